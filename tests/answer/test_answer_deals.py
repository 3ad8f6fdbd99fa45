"""How each deal looks, from sweeps small enough to count by hand."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from foedus.answer import answer
from foedus.answer.deals import efficient_set, regrets
from foedus.case.values import Case, Criteria, Level, Provision, RedLine, Source
from foedus.errors import SearchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.search.values import Sweep

    Build = Callable[..., Sweep]
    MakeCase = Callable[..., Case]

SOURCE = Source(kind="judgement", refs=(), why="made up for a test")


def survive(*by_deal: list[float]) -> np.ndarray:
    """(D, F, 2): one at the first year told, the chances given at the last."""
    last = np.array(by_deal, dtype=float)
    return np.stack([np.ones_like(last), last], axis=2)


def test_two_deals_in_four_futures_by_hand(case_of: MakeCase, sweep_of: Build) -> None:
    """Deal 1: in the second future the challenger refuses, in the fourth nothing was found."""
    sweep = sweep_of(
        case_of(),
        2,
        accept_c=np.array([[True] * 4, [True, False, True, True]]),
        margin_c=np.array([[0.1] * 4, [0.3, -0.3, 0.2, 9.9]]),
        margin_p=np.array([[0.1] * 4, [0.4] * 4]),
        alpha=np.array([[0.5] * 4, [0.8, 0.6, 1.0, 0.0]])[:, :, None],
        survive=survive([0.1] * 4, [0.9, 0.7, 0.8, 0.0]),
        window_risk=np.array([[0.0] * 4, [0.03, 0.0, 0.06, 1.0]]),
        direct=np.array([[0.0] * 4, [0.02, 0.04, 0.06, 1.0]])[:, :, None],
        direct_any=np.array([[0.0] * 4, [0.02, 0.04, 0.06, 1.0]]),
        cost=np.array([[0.0] * 4, [0.01, 0.02, 0.06, 5.0]])[:, :, None],
        security=np.array([[0.9] * 4, [0.8, 0.7, 0.6, -5.0]]),
        multiple=np.array([[False] * 4, [True, False, False, True]]),
        converged=np.array([[True] * 4, [True, True, True, False]]),
    )
    views = answer(sweep).deals
    assert [view.deal for view in views] == [(1,), (0,)]  # the robust one is told first
    view = views[0]
    challenger, protected, guarantor = view.parties
    assert view.robustness == pytest.approx(1 / 3)  # the first: security fails in the third
    assert view.both_accept == pytest.approx(2 / 3)
    assert view.agree.mean == pytest.approx((0.8 + 0 + 1.0) / 3)
    assert view.survive.mean == pytest.approx(0.8)
    assert view.survival_curve[0][0] == 1.0
    assert view.survival_curve[0][1].mean == 1.0
    assert view.survival_curve[1] == (10.0, view.survive)
    assert view.window_risk.mean == pytest.approx(0.03)
    assert view.direct_any.high == pytest.approx(0.06 - 0.1 * 0.02)
    assert view.security.mean == pytest.approx(0.7)
    assert view.security.low == pytest.approx(0.6 + 0.1 * 0.1)
    ends = dict(view.ends)
    assert ends["holds"].mean == pytest.approx((0.8 * 0.9 + 1.0 * 0.8) / 3)
    assert ends["war_on"].mean == pytest.approx((0.2 + 1.0 + 0.0) / 3)
    assert (view.multiple_share, view.failed_share) == pytest.approx((1 / 3, 1 / 4))
    assert (challenger.party, challenger.role) == ("Ardal", "challenger")
    assert challenger.accepts == pytest.approx(2 / 3)
    assert challenger.margin is not None
    assert challenger.margin.mean == pytest.approx(0.2 / 3)
    assert challenger.cost is challenger.direct_war is None
    assert (protected.party, protected.role, protected.accepts) == ("Velm", "protected", 1.0)
    assert (guarantor.party, guarantor.role) == ("Ostra", "guarantor")
    assert guarantor.accepts == pytest.approx(0.8)
    assert guarantor.cost is not None
    assert guarantor.cost.mean == pytest.approx(0.03)
    assert guarantor.direct_war is not None
    assert guarantor.direct_war.mean == pytest.approx(0.04)
    assert guarantor.margin is guarantor.regret is None
    assert view.binding == "Ardal"
    # on the table the bare deal gains the challenger 0.05, this one 0.24, 0, 0.2; never less than
    # going on
    assert challenger.regret == pytest.approx((0 + 0.05 + 0) / 3)
    assert views[1].parties[0].regret == pytest.approx((0.19 + 0 + 0.15 + 0) / 4)


def test_regret_is_against_going_on_where_every_deal_would_lose() -> None:
    gains = np.array([[-0.2, 0.3], [-0.1, 0.1]])
    assert regrets(gains, np.ones((2, 2), dtype=bool)) == pytest.approx([0.1, 0.15])


@pytest.mark.parametrize(
    ("outcome", "least", "short"),
    [
        ("accept_c", True, False),
        ("accept_p", True, False),
        ("alpha", 0.5, 0.499),
        ("survive", 0.8, 0.799),
        ("window_risk", 0.1, 0.101),
        ("direct_any", 0.1, 0.101),
        ("security", 0.7, 0.699),
    ],
)
def test_each_criterion_can_fail_by_itself(
    outcome: str, least: float, short: float, case_of: MakeCase, sweep_of: Build
) -> None:
    def values(*row: float) -> np.ndarray:
        return survive(list(row)) if outcome == "survive" else np.array([row])

    def robustness(values: np.ndarray) -> float:
        if outcome == "alpha":
            values = values[:, :, None]
        return answer(sweep_of(case_of(), 1, **{outcome: values})).deals[0].robustness

    assert robustness(values(least, least)) == 1.0
    assert robustness(values(least, short)) == 0.5


def test_the_criteria_are_the_cases_and_join_all_guarantors(
    case_of: MakeCase, sweep_of: Build
) -> None:
    case = case_of(guarantors=("Ostra", "Norr"))
    alpha = np.array([[[0.7, 0.7], [0.9, 0.6]]])  # products 0.49, 0.54
    assert answer(sweep_of(case, 1, alpha=alpha)).deals[0].robustness == 0.5
    lenient = replace(case, criteria=Criteria(alpha_least=0.4))
    assert answer(sweep_of(lenient, 1, alpha=alpha)).deals[0].robustness == 1.0


def test_deals_are_told_by_robustness_then_lasting_agreement_then_levels(
    case_of: MakeCase, sweep_of: Build
) -> None:
    chances = [[0.5, 0.5], [0.9, 0.1], [0.6, 0.6], [0.6, 0.6]]
    found = answer(sweep_of(case_of(), [(0,), (1,), (3,), (2,)], survive=survive(*chances)))
    assert [view.deal for view in found.deals] == [(1,), (2,), (3,), (0,)]
    assert found.bare == 3


def test_a_deal_solved_nowhere_is_named_and_left_out(case_of: MakeCase, sweep_of: Build) -> None:
    converged = np.array([[False, False], [True, True], [False, False]])
    found = answer(sweep_of(case_of(), 3, converged=converged))
    assert [view.deal for view in found.deals] == [(1,)]
    assert found.bare is None
    assert found.unsolved == ("nothing but a stop to the fighting", "Part a: level 2")


def test_an_answer_can_have_no_deal_at_all(case_of: MakeCase, sweep_of: Build) -> None:
    found = answer(sweep_of(case_of(), 2, converged=np.zeros((2, 4), dtype=bool)))
    assert found.deals == found.picks == found.hinges == ()
    assert found.outlook.likely is None
    assert len(found.outlook.no_deal) == 2
    assert not found.red_line_free


@given(data=st.data())
def test_what_stands_where_nothing_was_found_changes_nothing(
    data: st.DataObject, case_of: MakeCase, sweep_of: Build
) -> None:
    converged = data.draw(hnp.arrays(bool, (3, 20), elements=st.booleans()))
    rng = np.random.default_rng(data.draw(st.integers(0, 9)))
    clean = sweep_of(
        case_of(),
        3,
        survive=survive(*rng.uniform(size=(3, 20)).tolist()),
        margin_c=rng.normal(size=(3, 20)),
        accept_c=rng.uniform(size=(3, 20)) > 0.3,
        converged=converged,
    )
    dirt = data.draw(st.sampled_from([np.nan, np.inf, -1e6, 1.0]))
    dirty = {}
    for field in fields(clean.outcomes):
        values = getattr(clean.outcomes, field.name).copy()
        if field.name not in ("converged", "ends_no_deal"):
            values[~converged] = True if values.dtype == bool else dirt
        dirty[field.name] = values
    assert answer(replace(clean, outcomes=replace(clean.outcomes, **dirty))) == answer(clean)


def test_a_number_that_is_none_is_refused_where_it_counts_as_solved(
    case_of: MakeCase, sweep_of: Build
) -> None:
    security = np.array([[0.9, np.nan]])
    with pytest.raises(SearchError, match=r"outcome security is 1 times not a finite number"):
        answer(sweep_of(case_of(), 1, security=security))


def beaten(scores: np.ndarray, d: int) -> bool:
    """By the definition, pair by pair."""
    return any(
        all(scores[e][m] >= scores[d][m] for m in range(scores.shape[1]))
        and any(scores[e][m] > scores[d][m] for m in range(scores.shape[1]))
        for e in range(len(scores))
    )


@given(
    hnp.arrays(
        float,
        st.tuples(st.integers(1, 7), st.integers(1, 6)),
        elements=st.sampled_from([0.0, 0.1, 0.2, 0.3]),
    )
)
def test_a_deal_is_efficient_when_no_other_is_as_good_on_all_and_better_on_one(
    scores: np.ndarray,
) -> None:
    found = efficient_set(scores, np.ones(len(scores), dtype=bool))
    assert found.tolist() == [not beaten(scores, d) for d in range(len(scores))]
    assert found.any()


def test_each_of_the_six_measures_can_make_a_deal_efficient(
    case_of: MakeCase, sweep_of: Build
) -> None:
    """Deal 0 is middling; each other deal is better than it on one measure, worse on the rest."""

    def row(better: int, low: float, mid: float, high: float) -> np.ndarray:
        column = np.full((7, 1), low)
        column[0], column[better] = mid, high
        return np.repeat(column, 2, axis=1)

    last = row(4, 0.3, 0.5, 0.7)
    sweep = sweep_of(
        case_of(),
        7,
        security=row(1, 0.3, 0.5, 0.7),
        alpha=row(2, 0.3, 0.5, 0.7)[:, :, None],
        margin_c=row(3, 0.1, 0.2, 0.3),
        survive=np.stack([np.ones_like(last), last], axis=2),
        direct_any=row(5, 0.09, 0.08, 0.07),
        cost=row(6, 0.3, 0.2, 0.1)[:, :, None],
    )
    assert all(view.efficient for view in answer(sweep).deals)
    singly = ["security", "alpha", "margin_c", "survive", "direct_any", "cost"]
    for better, measure in enumerate(singly, 1):
        values = getattr(sweep.outcomes, measure).copy()
        values[better] = values[(better % 6) + 1]  # no better than the others any more
        flat = replace(sweep, outcomes=replace(sweep.outcomes, **{measure: values}))
        by_deal = {view.deal: view.efficient for view in answer(flat).deals}
        assert not by_deal[(better,)]


def test_a_deal_that_failed_in_many_futures_stands_in_no_comparison(
    case_of: MakeCase, sweep_of: Build
) -> None:
    """Deal 1 looks better on everything, from one future in ten."""
    converged = np.ones((2, 10), dtype=bool)
    converged[1, 1:] = False
    sweep = sweep_of(case_of(), 2, survive=survive([0.5] * 10, [0.9] * 10), converged=converged)
    found = answer(sweep)
    assert [(v.deal, v.efficient, v.failed_share) for v in found.deals] == [
        ((1,), False, 0.9),
        ((0,), True, 0.0),
    ]
    assert {pick.deal for pick in found.picks} == {1}
    assert found.outlook.likely == 1


def test_parts_and_names_are_in_plain_words(case_of: MakeCase, sweep_of: Build) -> None:
    def level(name: str, title: str) -> Level:
        return Level(name=name, title=title, effects={}, source=SOURCE)

    provisions = (
        Provision(
            id="treaty",
            title="Treaty",
            levels=(level("none", "none"), level("bilateral", "A treaty that binds Ostra")),
            excluded={},
        ),
        Provision(
            id="troops",
            title="Foreign troops",
            levels=(level("none", "none"), level("few", "few"), level("many", "30,000")),
            excluded={},
        ),
    )
    case = replace(case_of(levels=()), provisions=provisions)
    found = answer(sweep_of(case, [(0, 0), (1, 2), (0, 1)], window_risk=np.zeros((3, 2))))
    by_deal = {view.deal: view for view in found.deals}
    assert by_deal[0, 0].name == "nothing but a stop to the fighting"
    assert by_deal[0, 0].parts == ()
    assert by_deal[1, 2].name == "A treaty that binds Ostra; Foreign troops: 30,000"
    assert by_deal[1, 2].parts == (
        ("Treaty", "A treaty that binds Ostra"),
        ("Foreign troops", "30,000"),
    )
    assert by_deal[0, 1].name == "Foreign troops: few"


def test_red_lines_crossed_are_those_whose_levels_the_deal_takes(
    case_of: MakeCase, sweep_of: Build
) -> None:
    lines = (
        RedLine(party="Ardal", provision="b", levels=("b1", "b2"), source=SOURCE),
        RedLine(party="Velm", provision="a", levels=("a0",), source=SOURCE),
    )
    case = case_of(levels=(2, 3), red_lines=lines)
    found = answer(sweep_of(case, [(0, 0), (1, 0), (1, 2)], window_risk=np.zeros((3, 2))))
    assert {v.deal: v.crossed for v in found.deals} == {(0, 0): (1,), (1, 0): (), (1, 2): (0,)}
    assert found.red_line_free
    assert found.collisions == ()
    bad = answer(sweep_of(case, [(0, 0), (1, 2)], window_risk=np.zeros((2, 2))))
    assert not bad.red_line_free
    assert bad.collisions == ()  # a deal could respect both: it was not kept


def random_sweep(case_of: MakeCase, sweep_of: Build, seed: int) -> Sweep:
    rng = np.random.default_rng(seed)
    return sweep_of(
        case_of(),
        5,
        survive=survive(*rng.uniform(size=(5, 24)).tolist()),
        margin_c=rng.normal(size=(5, 24)),
        security=rng.uniform(0.6, 1, (5, 24)),
        accept_c=rng.uniform(size=(5, 24)) > 0.3,
        converged=rng.uniform(size=(5, 24)) > 0.05,
    )


def test_the_order_in_which_deals_come_does_not_matter(
    case_of: MakeCase, sweep_of: Build, reordered: Callable[..., Sweep]
) -> None:
    sweep = random_sweep(case_of, sweep_of, 7)
    moved = reordered(sweep, [3, 1, 4, 0, 2], range(24))
    assert answer(moved) == answer(sweep)


def test_the_order_in_which_futures_come_does_not_matter(
    case_of: MakeCase, sweep_of: Build, reordered: Callable[..., Sweep]
) -> None:
    sweep = random_sweep(case_of, sweep_of, 8)
    one = answer(sweep)
    other = answer(reordered(sweep, range(5), np.random.default_rng(9).permutation(24)))
    assert [view.deal for view in one.deals] == [view.deal for view in other.deals]
    assert [(p.measure, p.deal) for p in one.picks] == [(p.measure, p.deal) for p in other.picks]
    for a, b in zip(one.deals, other.deals, strict=True):
        assert a.robustness == b.robustness
        assert a.efficient == b.efficient
        assert (a.security.low, a.security.high) == (b.security.low, b.security.high)
        assert a.security.mean == pytest.approx(b.security.mean, abs=1e-12)
        assert a.parties[0].regret == pytest.approx(b.parties[0].regret, abs=1e-12)


def test_the_seven_ends_of_every_deal_add_up_to_one(case_of: MakeCase, sweep_of: Build) -> None:
    for view in answer(random_sweep(case_of, sweep_of, 10)).deals:
        assert sum(estimate.mean for _, estimate in view.ends) == pytest.approx(1, abs=1e-12)


def test_an_answer_says_what_it_was_made_from(case_of: MakeCase, sweep_of: Build) -> None:
    sweep = random_sweep(case_of, sweep_of, 11)
    found = answer(sweep)
    assert (found.case, found.case_hash, found.record_hash) == (sweep.case, "c", "r")
    assert (found.seed, found.futures, found.possible, found.screened) == (1, 24, 100, 50)
    assert found == answer(sweep)
