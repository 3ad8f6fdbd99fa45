"""The game of one crisis in Gambit's hands: it must find nothing to gain, and notice what is wrong.

Skipped where Gambit's Python package (the dependency group ``gambit``) is not installed.
"""

from __future__ import annotations

import doctest
import io
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from foedus.cli.app import app
from foedus.errors import GameError
from foedus.game import Effects, solve
from foedus.game.crisis import Solved, crisis, discretised, plan
from foedus.game.efg import Names, to_efg
from foedus.game.stages import terms

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.game import Future
    from foedus.game.crisis import Crisis

NOTHING = 1e-9
MOVED = 1e-5
WEAK_TYPES = {"war_win_p": 0.05, "war_cost_c": 4.0, "war_cost_p": 4.0, "war_support": (1.5,)}
"""A war that is soon won is worth most to those who care most, and dear to those who do not."""

NAMES = Names(title="Velmark and Ardal", guarantors=("Norrland", "Sund", "Ostmark"))

PACTS = {
    "one pact": [Effects(help=(0.5,), harm=(0.15,), renege=(0.2,), cost=(0.06,))],
    "a pact that weak types sign": [Effects(help=(0.5,), harm=(0.15,), renege=(0.2,), cost=(0.1,))],
    "a pact in two steps": [
        Effects(help=(0.2,), harm=(0.05,), renege=(0.05,), cost=(0.02,), denial=0.1),
        Effects(help=(0.3,), harm=(0.1,), renege=(0.1,), delay=3),
    ],
    "two pacts": [
        Effects(help=(0.3, 0.0), harm=(0.1, 0.0), renege=(0.12, 0.0), cost=(0.04, 0.0)),
        Effects(help=(0.0, 0.4), harm=(0.0, 0.1), renege=(0.0, 0.2), cost=(0.0, 0.05), delay=2),
    ],
    "three pacts": [
        Effects(
            help=(0.3, 0.2, 0.2),
            harm=(0.1, 0.05, 0.1),
            renege=(0.12, 0.1, 0.05),
            cost=(0.02, 0.03, 0.04),
        )
    ],
}


def in_future(future: Future, name: str) -> tuple[list[Effects], Future]:
    """Return a deal, and the future with as many provisions and guarantors as it has."""
    deal = PACTS[name]
    guarantors = len(deal[0].help)
    changed = {
        "effect": (1.0,) * len(deal),
        "fight_g": (0.3, 0.25, 0.2)[:guarantors],
        "war_support": (0.1, 0.12, 0.08)[:guarantors],
        "stake_mean": (0.8, 0.9, 0.6)[:guarantors],
        "stake_scale": (0.2, 0.15, 0.25)[:guarantors],
    }
    if name == "a pact that weak types sign":
        changed |= WEAK_TYPES
    return deal, replace(future, **changed)


@pytest.fixture(scope="session")
def gambit() -> Any:  # noqa: ANN401 - a module without types
    return pytest.importorskip("pygambit", reason="pygambit is not installed: group gambit")


def played(gambit: Any, game: Crisis) -> Any:  # noqa: ANN401 - a profile, which has no type
    """Return Gambit's profile of a written game, in which everybody does as the labels say."""
    read = gambit.read_efg(io.StringIO(to_efg(game, NAMES)))
    profile = read.mixed_behavior_profile(rational=False)
    for player in read.players:
        for infoset in player.infosets:
            does = infoset.label.rsplit(": ", 1)[1]
            assert does in [action.label for action in infoset.actions]
            for action in infoset.actions:
                profile[action] = float(action.label == does)
    return profile


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("one pact", 1),
        ("a pact that weak types sign", 1),
        *(("a pact in two steps", period) for period in (1, 2, 4)),
        *(("two pacts", period) for period in (1, 2, 3)),
        ("three pacts", 1),
    ],
)
def test_gambit_finds_nothing_to_gain_in_a_crisis(
    gambit: Any,  # noqa: ANN401
    future: Future,
    name: str,
    period: int,
) -> None:
    deal, pair = in_future(future, name)
    solution = solve(deal, pair)
    assert solution.agree > 0.01
    grid = {"types": 1, "shocks": 1} if len(pair.fight_g) > 2 else {"types": 4, "shocks": 2}
    game = crisis(deal, pair, period=period, **grid)
    profile = played(gambit, game)
    assert profile.agent_max_regret() <= NOTHING
    told = [(solution.value_c, solution.war_value_c), (solution.value_p, solution.war_value_p)]
    for player, (peace, war) in zip(profile.game.players, told, strict=False):
        assert profile.payoff(player) == pytest.approx(
            solution.agree * peace + (1 - solution.agree) * war, abs=1e-9
        )


@pytest.mark.parametrize("by", [MOVED, -MOVED])
@pytest.mark.parametrize(
    ("name", "period", "what"),
    [
        ("one pact", 1, "honour_from"),
        ("one pact", 1, "refuse_to"),
        ("one pact", 1, "acts_to"),
        ("a pact that weak types sign", 1, "refuse_from"),
        ("a pact in two steps", 2, "honour_from"),
        ("a pact in two steps", 4, "acts_to"),
        ("two pacts", 3, "honour_from"),
        ("two pacts", 1, "refuse_to"),
    ],
)
def test_gambit_notices_a_cut_off_moved_by_a_hundred_thousandth(
    gambit: Any,  # noqa: ANN401
    future: Future,
    name: str,
    period: int,
    what: str,
    by: float,
) -> None:
    deal, pair = in_future(future, name)
    solved = Solved(terms=terms(deal, pair), future=pair, solution=solve(deal, pair))
    kept = plan(solved, period)
    assert kept.refusing[0] is not None
    low, high = kept.refusing[0]
    moved = {
        "honour_from": replace(kept, honour_from=(kept.honour_from[0] + by, *kept.honour_from[1:])),
        "refuse_from": replace(kept, refusing=((low + by, high), *kept.refusing[1:])),
        "refuse_to": replace(kept, refusing=((low, high + by), *kept.refusing[1:])),
        "acts_to": replace(kept, acts_to=kept.acts_to + by),
    }[what]
    assert moved != kept
    right, wrong = (
        played(gambit, discretised(solved, each, period, types=5, shocks=3)).agent_max_regret()
        for each in (kept, moved)
    )
    assert right <= NOTHING
    assert wrong > 100 * NOTHING


def test_a_crisis_counts_as_much_as_it_is_likely_to_be_reached(future: Future) -> None:
    deal, pair = in_future(future, "a pact in two steps")
    late, solution = crisis(deal, pair, period=4), solve(deal, pair)
    assert late.weight == pytest.approx(pair.delta**3 * (1 - solution.window_risk))
    assert crisis(deal, pair).weight == 1.0


def test_labels_say_who_knows_what_and_does_what(future: Future) -> None:
    deal, pair = in_future(future, "two pacts")
    text = to_efg(crisis(deal, pair, types=2, shocks=1), NAMES)
    assert text.startswith('EFG 2 R "Velmark and Ardal" { "Challenger" "Protected" "Norrland" ')
    for words in (
        '"The stake of Norrland" { "',
        '(cut-off, from below)"',
        "an attack, with a stake of",
        ': honour" { "honour" "abandon" } 0',
        '"it acts, Norrland and Sund fight (',
        '"it acts, none fights (',
        '"no deal (',
    ):
        assert words in text


def test_a_name_may_hold_whatever_a_name_may_hold(gambit: Any, future: Future) -> None:  # noqa: ANN401
    deal, pair = in_future(future, "one pact")
    names = Names(title='A "quoted" \\ title', guarantors=('Îles  "du Nord"',))
    read = gambit.read_efg(io.StringIO(to_efg(crisis(deal, pair, types=2, shocks=1), names)))
    assert read.title == 'A "quoted" / title'
    assert [*read.players][2].label == 'Iles "du Nord"'


def test_the_size_is_told_before_the_tree_is_built(future: Future) -> None:
    for name in PACTS:
        deal, pair = in_future(future, name)
        game = crisis(deal, pair, types=2, shocks=2)
        assert to_efg(game, NAMES).count("\n") == game.size + 2
    game = crisis(*in_future(future, "three pacts"), types=60, shocks=60)
    with pytest.raises(GameError, match="have at most 2,000,000 nodes"):
        to_efg(game, NAMES)


def test_without_guarantors_or_crises_there_is_still_a_game(gambit: Any, alone: Future) -> None:  # noqa: ANN401
    for crises in (0.0, 0.3, 7.0):
        game = crisis([Effects(denial=0.2)], replace(alone, crisis=crises), shocks=4)
        assert played(gambit, game).agent_max_regret() <= NOTHING


def test_a_crisis_that_is_never_reached_is_refused(future: Future) -> None:
    deal, pair = in_future(future, "one pact")
    with pytest.raises(GameError, match="period is 2; it must lie between 1 and 1"):
        crisis(deal, pair, period=2)
    with pytest.raises(GameError, match="types is 0; it must be 1 or more"):
        crisis(deal, pair, types=0)
    dear = [replace(deal[0], cost=(9.0,))]
    with pytest.raises(GameError, match="as good as sure to refuse"):
        crisis(dear, replace(pair, war_support=(0.0,), stake_scale=(0.05,)))


def test_the_page_on_gambit_does_what_it_says(
    gambit: Any,  # noqa: ANN401
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert gambit is not None
    page = root / "docs" / "do" / "check-with-gambit.md"
    (tmp_path / "cases").symlink_to(root / "cases")
    monkeypatch.chdir(tmp_path)
    (command,) = [line for line in page.read_text("utf-8").splitlines() if line.startswith("$ ")]
    assert CliRunner().invoke(app, shlex.split(command)[2:]).exit_code == 0
    result = doctest.testfile(str(page), module_relative=False)
    assert (result.failed, result.attempted) == (0, 6)
