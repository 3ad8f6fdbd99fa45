"""The prior predictive panel: its figures against the reference solver and sums by hand."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from foedus.answer.panel import FIGURES, panel
from foedus.answer.references import references
from foedus.case import base_rates, load_case
from foedus.case.values import Distribution, Source, Tie
from foedus.game import solve
from foedus.search import SweepSettings, sweep
from foedus.search.inputs import each_future, effects

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.answer.panel import Panel, Row
    from foedus.case.values import Case
    from foedus.game import Solution
    from foedus.search import Sweep

MADE_UP = Source(kind="assumption", refs=(), why="Made up for a test.")


@pytest.fixture(scope="module")
def ardal(root: Path) -> Case:
    return load_case(root / "cases" / "ardal.yaml")


def tried(case: Case, futures: int = 32) -> Sweep:
    deals = tuple(dict.fromkeys(reference.deal for reference in references(case)))
    settings = SweepSettings(futures=futures, keep=len(deals), seed=3, deals=deals, workers=1)
    return sweep(case, settings)


@pytest.fixture(scope="module")
def swept(ardal: Case) -> Sweep:
    return tried(ardal)


@pytest.fixture(scope="module")
def shown(swept: Sweep) -> Panel:
    return panel(swept)


def row(shown: Panel, figure: str, deal: str, years: float | None = None) -> Row:
    (found,) = [
        r
        for r in shown.rows
        if (r.figure, r.deal) == (figure, deal) and (years is None or r.years == years)
    ]
    return found


def played(swept: Sweep, deal_id: str) -> list[Solution]:
    """Solve one reference deal in every future with the reference solver."""
    (deal,) = [r.deal for r in references(swept.case) if r.id == deal_id]
    done = effects(swept.case, deal)
    return [solve(list(done), future) for future in each_future(swept.case, swept.futures)]


def mean(row: Row) -> float:
    assert row.estimate is not None
    return row.estimate.mean


def changed(case: Case, **values: float) -> Case:
    """Return the case with some parameters known for sure."""
    return dataclasses.replace(
        case,
        parameters=tuple(
            dataclasses.replace(
                p, distribution=Distribution(kind="uniform", low=values[p.key], high=values[p.key])
            )
            if p.key in values
            else p
            for p in case.parameters
        ),
    )


def test_honour_is_how_many_of_the_wars_that_call_on_a_guarantor_it_joins(
    swept: Sweep, shown: Panel
) -> None:
    """A pact by one guarantor, in force after three periods: wars joined over wars after them."""
    solutions = played(swept, "mutual-defence:norrland")
    called = [math.prod(1 - q for q in s.q_window) - s.survive for s in solutions]
    joined = [c * s.pi[-1][0] for c, s in zip(called, solutions, strict=True)]
    assert len(solutions[0].q_window) == 3
    honour = row(shown, "honour", "mutual-defence:norrland")
    assert mean(honour) == pytest.approx(sum(joined) / sum(called), abs=1e-6)
    assert honour.name.startswith("Norrland; ")


def test_crises_become_war_as_often_as_the_challenger_acts_in_one(
    swept: Sweep, shown: Panel
) -> None:
    for deal in ("bare", "mutual-defence:norrland", "monitoring"):
        solutions = played(swept, deal)
        crises = [s.mu[-1] for s in solutions]
        share = sum(s.q for s in solutions) / sum(crises)
        assert mean(row(shown, "war-per-crisis", deal)) == pytest.approx(share, abs=1e-6)


def test_survival_is_the_mean_of_the_chance_to_get_so_far(swept: Sweep, shown: Panel) -> None:
    solutions = played(swept, "bare")
    for years in (1, 2, 5, 10):
        oracle = np.mean([(1 - s.q) ** (4 * years) for s in solutions])
        assert mean(row(shown, "survival", "bare", years)) == pytest.approx(float(oracle), abs=1e-7)


def test_the_present_war_ends_as_its_hazards_say(swept: Sweep, shown: Panel) -> None:
    futures = each_future(swept.case, swept.futures)
    ended = np.array([1 - f.stay**8 for f in futures])
    assert mean(row(shown, "war-ended", "none")) == pytest.approx(ended.mean())
    frozen = np.array([f.war_freeze / (1 - f.stay) for f in futures])
    share = float((ended * frozen).sum() / ended.sum())
    assert mean(row(shown, "ended-undecided", "none")) == pytest.approx(share)


def test_a_package_is_told_with_direct_war_and_with_who_fights(swept: Sweep, shown: Panel) -> None:
    solutions = played(swept, "typical")
    war = float(np.mean([s.direct_any for s in solutions]))
    assert mean(row(shown, "direct-war", "typical")) == pytest.approx(war, abs=1e-7)
    broken = sum(1 - s.survive for s in solutions)
    some = sum(s.direct_any for s in solutions) / broken
    assert mean(row(shown, "some-guarantor-fights", "typical")) == pytest.approx(some, abs=1e-6)


def test_the_range_goes_from_the_lowest_to_the_highest_published(shown: Panel) -> None:
    """The pacts: the lowest is the lower end of 4 of 32, the highest the upper end of 33 of 51."""
    honour = row(shown, "honour", "mutual-defence:norrland")
    assert {
        "alliances-honoured-1816-1944", "alliances-honoured-1816-2003",
        "alliances-honoured-1945-2003",
    } <= set(honour.rates)  # fmt: skip
    low = base_rates()["defence-pacts-honoured-since-1945-counted"].interval
    high = base_rates()["defence-pacts-honoured-before-1945-counted"].interval
    assert low is not None
    assert high is not None
    assert honour.range == (low[0], high[1])
    assert honour.range == pytest.approx((0.05, 0.764))


def test_a_rate_stands_beside_the_figure_the_deal_and_the_years_it_is_about(shown: Panel) -> None:
    for one in shown.rows:
        for name in one.rates:
            beside = base_rates()[name].beside
            assert beside is not None
            assert beside.figure == one.figure
            assert one.deal.partition(":")[0] in beside.deals
            assert beside.years in (None, one.years)
    assert row(shown, "survival", "military-aid", 10).verdict == "no rate"
    assert row(shown, "survival", "military-aid", 10).range is None


def test_a_prior_that_leaves_what_was_counted_is_told_so_with_what_moves_it(ardal: Case) -> None:
    eager = changed(ardal, fight_c=0.0, crisis=0.9)
    dark = row(panel(tried(eager)), "survival", "bare", 5)
    assert dark.verdict == "below"
    calm = changed(ardal, fight_c=3.0)
    assert row(panel(tried(calm)), "survival", "bare", 10).verdict == "above"
    wide = panel(tried(ardal, futures=1024))
    undecided = row(wide, "ended-undecided", "none")
    assert undecided.verdict == "above"
    assert undecided.drivers[0][0] == "war_freeze"
    assert {key for key, _ in undecided.drivers} <= {"war_freeze", "war_win_c", "war_win_p"}


def test_what_never_happens_has_no_figure(ardal: Case) -> None:
    """Without crises nobody is ever called on, and there is nothing to honour."""
    still = panel(tried(changed(ardal, crisis=0.0)))
    assert row(still, "war-per-crisis", "bare").verdict == "never"
    assert row(still, "war-per-crisis", "bare").estimate is None
    assert not [r for r in still.rows if r.figure == "honour"]
    assert mean(row(still, "survival", "bare", 10)) == 1.0


def test_the_figures_come_in_the_order_in_which_they_are_explained(shown: Panel) -> None:
    order = [list(FIGURES).index(one.figure) for one in shown.rows]
    assert order == sorted(order)
    assert set(order) == set(range(len(FIGURES)))
    assert shown.failed == 0


def test_quantiles_weigh_futures_by_how_often_the_event_comes_up(
    swept: Sweep, shown: Panel
) -> None:
    """By hand: the smallest value that 5 % of all wars that call on the guarantor are not above."""
    solutions = played(swept, "mutual-defence:sund")
    pairs = sorted(
        (s.pi[-1][1], math.prod(1 - q for q in s.q_window) - s.survive) for s in solutions
    )
    estimate = row(shown, "honour", "mutual-defence:sund").estimate
    assert estimate is not None
    for share, told in ((0.05, estimate.low), (0.95, estimate.high)):
        heap, total = 0.0, sum(weight for _, weight in pairs)
        for value, weight in pairs:
            heap += weight
            if heap >= share * total:
                assert told == pytest.approx(value, abs=1e-6)
                break


def test_the_deals_tried_are_a_truce_each_provision_alone_and_the_usual_package(
    ardal: Case,
) -> None:
    found = {reference.id: reference for reference in references(ardal)}
    assert set(found) == {"bare", "typical", *(p.id for p in ardal.provisions)}
    assert found["bare"].deal == (0,) * len(ardal.provisions)
    for j, provision in enumerate(ardal.provisions):
        alone = found[provision.id].deal
        assert [i for i, level in enumerate(alone) if level] == [j]
        assert alone[j] == max(
            i for i, level in enumerate(provision.levels) if level.name not in provision.excluded
        )
    names = [p.levels[i].name for p, i in zip(ardal.provisions, found["typical"].deal, strict=True)]
    assert names == [
        "agreement", "agreement", "reassurance", "technical", "steady", "agreed", "partial", "line",
    ]  # fmt: skip
    assert found["mutual-defence:sund"].kind == "mutual-defence"


def test_a_level_that_needs_another_brings_it_along_and_one_that_may_not_be_is_left_out(
    ardal: Case,
) -> None:
    tie = Tie(provision="monitoring", levels=("technical", "continuous"), source=MADE_UP)
    bar = Tie(provision="territorial-terms", levels=("line",), source=MADE_UP)

    def tied(case: Case, provision_id: str, **ties: tuple[Tie, ...]) -> Case:
        return dataclasses.replace(
            case,
            provisions=tuple(
                dataclasses.replace(
                    p, levels=(*p.levels[:-1], dataclasses.replace(p.levels[-1], **ties))
                )
                if p.id == provision_id
                else p
                for p in case.provisions
            ),
        )

    needing = {r.id: r for r in references(tied(ardal, "military-aid", requires=(tie,)))}
    deal = dict(zip([p.id for p in ardal.provisions], needing["military-aid"].deal, strict=True))
    assert {name: level for name, level in deal.items() if level} == {
        "military-aid": 2, "monitoring": 2,
    }  # fmt: skip
    back = Tie(provision="military-aid", levels=("surge",), source=MADE_UP)
    in_a_circle = tied(tied(ardal, "military-aid", requires=(tie,)), "monitoring", requires=(back,))
    circle = {r.id: r.deal for r in references(in_a_circle)}
    assert circle["military-aid"] == needing["military-aid"].deal
    assert circle["monitoring"][3:5] == (3, 2)
    barred = {r.id for r in references(tied(ardal, "military-aid", excludes=(bar,)))}
    assert "military-aid" not in barred
    assert "typical" in barred


def test_a_case_without_guarantors_has_no_figure_of_theirs(ardal: Case) -> None:
    alone = dataclasses.replace(
        ardal,
        guarantors=(),
        red_lines=(),
        parameters=tuple(p for p in ardal.parameters if p.of not in ardal.guarantors),
        provisions=tuple(
            dataclasses.replace(
                p,
                levels=tuple(
                    dataclasses.replace(
                        level,
                        effects={k: v for k, v in level.effects.items() if isinstance(k, str)},
                    )
                    for level in p.levels
                ),
            )
            for p in ardal.provisions
        ),
    )
    figures = {one.figure for one in panel(tried(alone)).rows}
    assert figures == {
        "survival", "war-per-crisis", "war-ended", "ended-undecided",
    }  # fmt: skip


def test_a_short_look_has_only_the_years_it_sees(ardal: Case) -> None:
    """In half a year nothing is known of two, and a pact that takes longer is never in force."""
    short = panel(tried(dataclasses.replace(ardal, horizon_years=0.5)))
    assert {one.years for one in short.rows if one.figure == "survival"} == {0.5}
    assert not [one for one in short.rows if one.figure in ("war-ended", "ended-undecided")]
    assert row(short, "war-per-crisis", "mutual-defence:sund").verdict == "never"
    assert not [
        one for one in short.rows if one.deal == "mutual-defence:sund" and one.figure == "honour"
    ]


def test_a_future_in_which_a_deal_is_unsolved_counts_nowhere(swept: Sweep, shown: Panel) -> None:
    """Whatever stands there: the figures are those of the futures that are left."""
    (deal,) = [r.deal for r in shown.deals if r.id == "mutual-defence:sund"]
    at = swept.deals.index(deal)
    outcomes = swept.outcomes
    converged = outcomes.converged.copy()
    converged[at, :5] = False
    survive, direct, some = (
        values.copy() for values in (outcomes.survive, outcomes.direct, outcomes.direct_any)
    )
    survive[at, :5], direct[at, :5], some[at, :5] = np.nan, np.nan, np.nan
    broken = dataclasses.replace(
        outcomes, converged=converged, survive=survive, direct=direct, direct_any=some
    )
    left = panel(dataclasses.replace(swept, outcomes=broken))
    assert left.failed == 5
    solutions = played(swept, "mutual-defence:sund")[5:]
    called = [math.prod(1 - q for q in s.q_window) - s.survive for s in solutions]
    joined = sum(c * s.pi[-1][1] for c, s in zip(called, solutions, strict=True))
    honour = row(left, "honour", "mutual-defence:sund")
    assert mean(honour) == pytest.approx(joined / sum(called), abs=1e-6)
    assert honour.futures <= len(solutions)
    lasting = float(np.mean([s.survive for s in solutions]))
    assert mean(row(left, "survival", "mutual-defence:sund", 10)) == pytest.approx(lasting)
    assert row(left, "survival", "bare", 10) == row(shown, "survival", "bare", 10)


def test_the_verdict_is_the_mean_s_whatever_the_spread(ardal: Case) -> None:
    """A prior that reaches beyond what was counted on both sides is in range if its mean is."""
    wide = row(panel(tried(ardal, futures=256)), "war-per-crisis", "bare")
    assert wide.range is not None
    assert wide.estimate is not None
    assert wide.estimate.high > wide.range[1]
    assert wide.range[0] < wide.estimate.mean < wide.range[1]
    assert wide.verdict == "in"


def test_what_cannot_move_a_figure_is_not_named_however_few_the_futures(ardal: Case) -> None:
    """How the war ends without a deal is in three hazards; with 32 futures chance plays tricks."""
    for seed in range(6):
        deals = tuple(dict.fromkeys(reference.deal for reference in references(ardal)))
        settings = SweepSettings(futures=32, keep=len(deals), seed=seed, deals=deals, workers=1)
        told = panel(sweep(ardal, settings))
        ended = row(told, "war-ended", "none")
        assert {key for key, _ in ended.drivers} <= {"war_freeze", "war_win_c", "war_win_p"}
