"""Deals named for a reason, the outlook, and the likely deal, by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from foedus.answer import answer
from foedus.case.values import Case, RedLine, Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.answer.values import Answer
    from foedus.search.values import Sweep

    Build = Callable[..., Sweep]
    MakeCase = Callable[..., Case]


def column(*by_deal: float) -> np.ndarray:
    """The same in two futures."""
    return np.repeat(np.array(by_deal)[:, None], 2, axis=1)


def last(*by_deal: float) -> np.ndarray:
    chances = column(*by_deal)
    return np.stack([np.ones_like(chances), chances], axis=2)


def picked(found: Answer) -> dict[str, tuple[tuple[int, ...], float]]:
    """Levels and value by the first words of the measure."""
    return {
        " ".join(pick.measure.split()[:3]): (found.deals[pick.deal].deal, pick.value)
        for pick in found.picks
    }


def test_each_measure_has_its_own_pick_and_says_whose_it_is(
    case_of: MakeCase, sweep_of: Build
) -> None:
    """Deal 6 is best on everything but too unlikely to last to stand among the contenders."""
    said = Source(kind="claim", refs=("c-1",), why="said so")
    lines = (
        RedLine(party="Velm", provision="a", levels=("a0", "a1", "a2", "a3"), source=said),
        RedLine(party="Ardal", provision="a", levels=("a0", "a1", "a2", "a4"), source=said),
    )
    case = case_of(guarantors=("Ostra", "Norr"), levels=(7,), red_lines=lines)
    found = answer(
        sweep_of(
            case,
            7,
            survive=last(0.9, 0.85, 0.82, 0.7, 0.81, 0.83, 0.4),
            security=column(0.8, 0.95, 0.8, 0.8, 0.8, 0.5, 0.99),
            margin_c=column(0.1, 0.1, 0.4, 0.1, 0.1, 0.1, 0.9),
            direct_any=column(0.09, 0.09, 0.09, 0.01, 0.09, 0.09, 0.0),
            cost=np.stack([column(0.3, 0.3, 0.3, 0.3, 0.2, 0.1, 0.0), column(*[0.1] * 7)], axis=2),
        )
    )
    picks = picked(found)
    assert picks["most likely to"] == ((0,), pytest.approx(0.9))
    assert picks["meets every criterion"] == ((0,), 1.0)
    assert picks["highest security of"] == ((1,), pytest.approx(0.95))
    assert picks["highest margin of"] == ((2,), pytest.approx(0.4))
    assert picks["least risk of"] == ((3,), pytest.approx(0.01))
    costs = [p for p in found.picks if p.measure.startswith("least cost")]
    assert [found.deals[p.deal].deal for p in costs] == [(5,), (4,)]  # the second meets criteria
    assert [p.value for p in costs] == pytest.approx([0.2, 0.3])
    assert picks["fewest red lines"] == ((5,), 0.0)
    whose = {pick.whose for pick in found.picks}
    assert {"Velm", "Ardal", "the guarantors"} <= whose
    assert found.picks[0].measure == "most likely to be agreed and to hold"


def test_without_guarantors_and_red_lines_nobody_picks_for_them(
    case_of: MakeCase, sweep_of: Build
) -> None:
    found = answer(sweep_of(case_of(guarantors=()), 2, survive=last(0.9, 0.5)))
    assert len(found.picks) == 4
    assert {pick.deal for pick in found.picks} == {0}
    assert not any("guarantor" in pick.whose for pick in found.picks)


def test_a_measure_that_no_deal_reaches_has_no_pick(case_of: MakeCase, sweep_of: Build) -> None:
    found = answer(sweep_of(case_of(), 2, survive=last(0.5, 0.4)))
    assert "meets every criterion" not in picked(found)
    assert not any("meets every criterion" in pick.measure for pick in found.picks)


def test_where_no_side_ever_agrees_the_nearest_deal_is_picked(
    case_of: MakeCase, sweep_of: Build
) -> None:
    found = answer(
        sweep_of(
            case_of(),
            3,
            accept_c=column(0, 0, 1) > 0,
            accept_p=column(1, 0, 0) > 0,
            margin_c=column(-0.2, -0.05, 0.5),
            margin_p=column(0.5, -0.1, -0.3),
        )
    )
    (pick,) = found.picks
    assert found.deals[pick.deal].deal == (1,)
    assert pick.value == pytest.approx(-0.1)
    assert found.outlook.likely is None
    assert found.deals[pick.deal].both_accept == 0.0


def test_deals_that_come_out_alike_are_picked_in_the_order_told(
    case_of: MakeCase, sweep_of: Build
) -> None:
    """Also when they differ by no more than the rounding of the numbers."""
    survive = last(0.9, 0.9, 0.9)
    survive[2] += 1e-13
    sweep = sweep_of(case_of(), [(2,), (1,), (3,)], survive=survive)
    found = answer(sweep)
    assert [view.deal for view in found.deals] == [(1,), (2,), (3,)]
    assert {pick.deal for pick in found.picks} == {0}


def test_the_likely_deal_has_the_largest_product_of_expected_gains(
    case_of: MakeCase, sweep_of: Build
) -> None:
    """Deal 0: both lose much where they refuse, which makes the product of mean margins largest.

    Expected gains on the table are 0.05 and 0.05; deal 1 has 0.1 and 0.06; deal 2 is refused by
    the guarantor three times in four, so 0.1 and 0.1; of which deal 2 has the largest product.
    """
    sweep = sweep_of(
        case_of(),
        3,
        accept_c=np.array([[True, False], [True, True], [True, True]]),
        accept_p=np.array([[True, False], [True, True], [True, True]]),
        margin_c=np.array([[0.1, -0.9], [0.1, 0.1], [0.4, 0.4]]),
        margin_p=np.array([[0.1, -0.9], [0.06, 0.06], [0.4, 0.4]]),
        alpha=np.array([[1.0, 1.0], [1.0, 1.0], [0.25, 0.25]])[:, :, None],
    )
    found = answer(sweep)
    assert found.outlook.likely is not None
    assert found.deals[found.outlook.likely].deal == (2,)
    assert "Nash" in found.outlook.method
    shy = sweep.outcomes.alpha.copy()
    shy[2] = 0.15
    agree = sweep.outcomes.agree.copy()
    agree[2] = 0.15
    found = answer(replace(sweep, outcomes=replace(sweep.outcomes, alpha=shy, agree=agree)))
    assert found.outlook.likely is not None
    assert found.deals[found.outlook.likely].deal == (1,)


def test_the_likely_deal_is_one_that_both_gain_by_and_not_the_largest_sum(
    case_of: MakeCase, sweep_of: Build
) -> None:
    """0.5 and 0.1 make 0.05; 0.25 and 0.25 make 0.0625 of a smaller sum."""
    sweep = sweep_of(case_of(), 2, margin_c=column(0.5, 0.25), margin_p=column(0.1, 0.25))
    found = answer(sweep)
    assert found.outlook.likely is not None
    assert found.deals[found.outlook.likely].deal == (1,)


@given(data=st.data())
def test_the_likely_deal_is_that_of_brute_force(
    data: st.DataObject, case_of: MakeCase, sweep_of: Build
) -> None:
    grid = st.sampled_from([-0.3, -0.1, 0.1, 0.2, 0.5])
    margin_c = data.draw(hnp.arrays(float, (4, 3), elements=grid))
    margin_p = data.draw(hnp.arrays(float, (4, 3), elements=grid))
    both = (margin_c > 0) & (margin_p > 0)
    sweep = sweep_of(
        case_of(),
        4,
        margin_c=margin_c,
        margin_p=margin_p,
        accept_c=margin_c > 0,
        accept_p=margin_p > 0,
    )
    found = answer(sweep)
    products = [sum(margin_c[d][both[d]]) * sum(margin_p[d][both[d]]) for d in range(len(both))]
    if max(products) == 0:
        assert found.outlook.likely is None
    else:
        assert found.outlook.likely is not None
        (chosen,) = found.deals[found.outlook.likely].deal
        assert products[chosen] == pytest.approx(max(products))


def test_the_outlook_without_a_deal_tells_the_seven_ends_at_each_year(
    case_of: MakeCase, sweep_of: Build
) -> None:
    ends = np.zeros((2, 2, 7))
    ends[0, :, 3:] = [[0.8, 0.1, 0.06, 0.04], [0.2, 0.4, 0.25, 0.15]]
    ends[1, :, 3:] = [[0.6, 0.2, 0.16, 0.04], [0.0, 0.5, 0.35, 0.15]]
    converged = np.array([[True, False]])  # of the deal: the war without one needs no equilibrium
    found = answer(sweep_of(case_of(), 1, ends_no_deal=ends, converged=converged))
    years = {year: dict(told) for year, told in found.outlook.no_deal}
    assert list(years) == [1.0, 10.0]
    for told in years.values():
        assert sum(estimate.mean for estimate in told.values()) == pytest.approx(1)
    assert years[1.0]["war_on"].mean == pytest.approx(0.7)
    assert years[10.0]["c_prevails"].mean == pytest.approx(0.3)
    assert years[10.0]["frozen"].low == pytest.approx(0.405)
    assert years[10.0]["holds"].high == 0.0
