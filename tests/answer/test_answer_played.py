"""The answer and its traces on a small war that is really played, by the reference solver."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.stats import qmc

from foedus.answer import FIGURES, answer, trace
from foedus.case.values import GUARANTOR_PARAMETERS, Case, Distribution, Level, Provision, Source
from foedus.game import Effects, Future, solve
from foedus.search.values import ENDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.game import Solution
    from foedus.search.values import Sweep

MADE_UP = Source(kind="assumption", refs=(), why="made up for a test")
GUARANTORS = ("Ostra", "Norr")
CENTRE = {
    "delta": 0.97,
    "x0": 0.25,
    "crisis": 0.15,
    "hold": 0.5,
    "fight_c": 0.3,
    "fight_p": 0.3,
    "shock_mean": 0.05,
    "shock_scale": 0.08,
    "war_win_c": 0.01,
    "war_win_p": 0.005,
    "war_freeze": 0.04,
    "war_cost_c": 1.0,
    "war_cost_p": 0.7,
    "fight_g": 0.3,
    "war_support": 0.1,
    "stake_mean": 0.8,
    "stake_scale": 0.2,
    "effect": 1.0,
}
EFFECTS = {
    "a": {("help", "Ostra"): 0.5, ("harm", "Ostra"): 0.15, ("renege", "Ostra"): 0.25},
    "b": {"share": 0.07, "value_p": 0.02},
    "c": {"denial": 0.2, "delay": 4.0, "provoke": 0.01},
}
"""What the second level of each provision does; Norr is party to none."""


@pytest.fixture(scope="module")
def case(case_of: Callable[..., Case]) -> Case:
    made = case_of(guarantors=GUARANTORS, levels=(2, 2, 2))
    provisions = tuple(
        Provision(
            id=p.id,
            title=p.title,
            levels=(
                p.levels[0],
                Level(name="yes", title="as asked", effects=dict(EFFECTS[p.id]), source=MADE_UP),
            ),
            excluded={},
        )
        for p in made.provisions
    )
    parameters = tuple(
        replace(
            p,
            distribution=Distribution(
                kind="uniform",
                low=0.8 * CENTRE[p.name] if p.name != "delta" else 0.95,
                high=1.2 * CENTRE[p.name] if p.name != "delta" else 0.99,
            ),
        )
        for p in made.parameters
    )
    return replace(made, provisions=provisions, parameters=parameters)


def effects(case: Case, deal: tuple[int, ...]) -> list[Effects]:
    found = []
    for provision, taken in zip(case.provisions, deal, strict=True):
        given = provision.levels[taken].effects
        plain = {key: size for key, size in given.items() if isinstance(key, str)}
        plain["delay"] = int(plain.get("delay", 0))
        vectors = {
            name: tuple(given.get((name, g), 0.0) for g in GUARANTORS)
            for name in ("help", "harm", "cost", "renege", "risk")
        }
        found.append(Effects(**plain, **vectors))
    return found


def future(case: Case, values: dict[str, float]) -> Future:
    given = {
        key: value
        for key, value in values.items()
        if not key.startswith((*GUARANTOR_PARAMETERS, "effect["))
    }
    for name in GUARANTOR_PARAMETERS:
        given[name] = tuple(values[f"{name}[{k}]"] for k in GUARANTORS)
    given["effect"] = tuple(values[f"effect[{p.id}]"] for p in case.provisions)
    return Future(period_years=case.period_years, horizon_years=case.horizon_years, **given)


def outcome(figure: str, solved: Solution, without: Solution) -> tuple[float, ...]:
    """What the game says of a figure, where it says it by a number that moves smoothly."""
    ends = without.ends
    return {
        "survive": (solved.survive,),
        "security": (solved.security,),
        "window_risk": (solved.window_risk,),
        "direct_any": (solved.direct_any,),
        "direct_war": (solved.direct[0],),
        "cost": (solved.cost_total[0],),
        "accepts_g": (solved.alpha[0],),
        "margin_c": (solved.value_c - solved.war_value_c,),
        "margin_p": (solved.value_p - solved.war_value_p,),
        "ends_no_deal": (ends.war_on, ends.frozen, ends.c_prevails, ends.p_prevails),
    }[figure]


SMOOTH = ("survive", "security", "window_risk", "direct_any", "direct_war", "cost", "accepts_g")
SMOOTH += ("margin_c", "margin_p", "ends_no_deal")
NEVER = [Effects(share=1.0, value_c=-9.0)]
"""A deal that the challenger refuses: its ends are those of the war with none."""


@pytest.mark.parametrize("deal", list(product((0, 1), repeat=3)))
def test_a_figure_moves_with_what_its_trace_names_and_with_nothing_else(
    case: Case, deal: tuple[int, ...]
) -> None:
    values = {p.key: CENTRE[p.name] for p in case.parameters}
    deals = effects(case, deal)

    def play(changed: dict[str, float]) -> tuple[Solution, Solution]:
        at = future(case, changed)
        return solve(deals, at), solve(NEVER, replace(at, effect=(1.0,)))

    before = play(values)
    assert before[1].agree == 0.0
    moved: dict[str, set[str]] = {figure: set() for figure in SMOOTH}
    for parameter in case.parameters:
        after = play(values | {parameter.key: values[parameter.key] * 1.02})
        for figure in SMOOTH:
            if outcome(figure, *after) != outcome(figure, *before):
                moved[figure].add(parameter.key)
    for figure in SMOOTH:
        named = {p.key for p in trace(case, deal, figure).parameters}
        if figure == "window_risk" and not deal[2]:
            assert not moved[figure]  # no delay, so no window: nought whatever comes
        else:
            assert moved[figure] == named, figure


def test_what_counts_acceptance_rests_on_all_that_acceptance_does(case: Case) -> None:
    def keys(deal: tuple[int, ...], figure: str) -> set[str]:
        return {p.key for p in trace(case, deal, figure).parameters}

    for deal in product((0, 1), repeat=3):
        sides = keys(deal, "margin_c") | keys(deal, "margin_p")
        for figure in ("robustness", "both_accept", "agree", "ends"):
            assert keys(deal, figure) == sides | keys(deal, "accepts_g")
        assert keys(deal, "accepts_c") == keys(deal, "margin_c")
        assert keys(deal, "accepts_p") == keys(deal, "margin_p")
        assert keys(deal, "survival_curve") == keys(deal, "survive")
        assert keys(deal, "regret") == {p.key for p in case.parameters}


def test_a_trace_names_the_levels_that_do_something_and_every_part_has_a_source(
    case: Case,
) -> None:
    for figure, meaning in FIGURES.items():
        found = trace(case, (1, 0, 1), figure)
        assert (found.figure, found.meaning) == (figure, meaning)
        expected = [] if figure == "ends_no_deal" else [("a", "yes"), ("c", "yes")]
        assert [(p.id, level.name) for p, level in found.levels] == expected
        assert all(p.source.why for p in found.parameters)
        assert all(level.source.why for _, level in found.levels)
    with pytest.raises(KeyError, match="colour"):
        trace(case, (0, 0, 0), "colour")


@pytest.fixture(scope="module")
def played(
    case: Case, sweep_of: Callable[..., Sweep]
) -> tuple[Sweep, dict[tuple[int, ...], list[Solution]]]:
    """Every deal in 32 futures."""
    points = qmc.Sobol(len(case.parameters), scramble=True, rng=1).random(32)
    low = np.array([p.distribution.low for p in case.parameters])
    high = np.array([p.distribution.high for p in case.parameters])
    table = low + points * (high - low)
    keys = [p.key for p in case.parameters]
    futures = [future(case, dict(zip(keys, row, strict=True))) for row in table.tolist()]
    deals = list(product((0, 1), repeat=3))
    solved = {deal: [solve(effects(case, deal), f) for f in futures] for deal in deals}
    without = [solve(NEVER, replace(f, effect=(1.0,))) for f in futures]

    def array(name: str) -> np.ndarray:
        return np.array([[getattr(s, name) for s in solved[deal]] for deal in deals])

    def seven(rows: list[Solution]) -> list[list[float]]:
        return [[getattr(s.ends, end) for end in ENDS] for s in rows]

    survive = array("survive")
    sweep = sweep_of(
        case,
        deals,
        x=dict(zip(keys, table.T, strict=True)),
        accept_c=array("accept_c"),
        accept_p=array("accept_p"),
        margin_c=array("value_c") - array("war_value_c"),
        margin_p=array("value_p") - array("war_value_p"),
        alpha=array("alpha"),
        agree=array("agree"),
        survive=np.stack([survive, survive], axis=2),
        window_risk=array("window_risk"),
        direct=array("direct"),
        direct_any=array("direct_any"),
        security=array("security"),
        cost=array("cost_total"),
        ends=np.array([seven(solved[deal]) for deal in deals]),
        ends_no_deal=np.repeat(np.array(seven(without))[:, None, :], 2, axis=1),
        multiple=array("multiple"),
        converged=array("converged"),
    )
    return sweep, solved


def test_a_war_that_is_played_is_answered_as_a_plain_count_would(
    played: tuple[Sweep, dict[tuple[int, ...], list[Solution]]],
) -> None:
    sweep, solutions = played
    found = answer(sweep)
    assert len(found.deals) == 8
    for view in found.deals:
        kept = [s for s in solutions[view.deal] if s.converged]
        assert view.failed_share == 1 - len(kept) / 32
        good = [
            s.accept_c
            and s.accept_p
            and s.alpha[0] * s.alpha[1] >= 0.5
            and s.survive >= 0.8
            and s.window_risk <= 0.1
            and s.direct_any <= 0.1
            and s.security >= 0.7
            for s in kept
        ]
        assert view.robustness == pytest.approx(fmean(good))
        assert view.survive.mean == pytest.approx(fmean(s.survive for s in kept))
        assert dict(view.ends)["holds"].mean == pytest.approx(
            fmean(s.agree * s.survive for s in kept)
        )
        assert sum(e.mean for _, e in view.ends) == pytest.approx(1)
        accepts = {
            "Ardal": fmean(s.accept_c for s in kept),
            "Velm": fmean(s.accept_p for s in kept),
            "Ostra": fmean(s.alpha[0] for s in kept),
            "Norr": fmean(s.alpha[1] for s in kept),
        }
        assert accepts[view.binding] == pytest.approx(min(accepts.values()))
        assert accepts["Norr"] == 1.0  # party to nothing
    lasting = {deal: fmean(s.agree * s.survive for s in s_) for deal, s_ in solutions.items()}
    assert lasting[found.deals[found.picks[0].deal].deal] == pytest.approx(max(lasting.values()))
    assert found.deals[found.bare or 0].deal == (0, 0, 0)
    assert found.hinges == answer(sweep).hinges
