"""Deals told in a few numbers: the numbers are those of the game, counted by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.case.values import Criteria
from foedus.game import solve
from foedus.search import reducing
from foedus.search.futures import draw
from foedus.search.inputs import each_future, effects
from foedus.search.reducing import reduce_plain
from foedus.search.values import CRITERIA_TOLD, MEASURES_TOLD, QUANTILES_TOLD

if TYPE_CHECKING:
    from foedus.case.values import Case
    from foedus.game import Solution
    from foedus.search.values import Futures, Reduction

DEALS = np.array([[0, 0, 0], [3, 1, 0], [2, 2, 1]])


@pytest.fixture(scope="module")
def futures(small: Case) -> Futures:
    return draw(small, 16, seed=5)


@pytest.fixture(scope="module")
def solved(small: Case, futures: Futures) -> list[list[Solution]]:
    each = each_future(small, futures)
    return [[solve(effects(small, tuple(d)), f) for f in each] for d in DEALS.tolist()]


@pytest.fixture(scope="module")
def reduced(small: Case, futures: Futures) -> Reduction:
    return reduce_plain(small, DEALS, futures)


def mean_of(reduced: Reduction, name: str) -> np.ndarray:
    return reduced.mean[:, MEASURES_TOLD.index(name)]


def test_means_are_those_of_the_solutions(reduced: Reduction, solved: list[list[Solution]]) -> None:
    for d, row in enumerate(solved):
        margin = math.fsum(s.value_c - s.war_value_c for s in row) / len(row)
        assert math.isclose(mean_of(reduced, "margin_c")[d], margin, rel_tol=1e-12)
        cost = math.fsum(c for s in row for c in s.cost_total) / len(row)
        assert math.isclose(mean_of(reduced, "cost")[d], cost, rel_tol=1e-12, abs_tol=1e-15)
        accept = sum(s.accept_p for s in row) / len(row)
        assert mean_of(reduced, "accept_p")[d] == accept
        alpha = math.fsum(s.alpha[0] * s.alpha[1] for s in row) / len(row)
        assert math.isclose(mean_of(reduced, "alpha")[d], alpha, rel_tol=1e-12)


def test_a_deal_is_robust_where_every_criterion_of_the_case_holds(
    small: Case, reduced: Reduction, solved: list[list[Solution]]
) -> None:
    want = small.criteria
    for d, row in enumerate(solved):
        met = [
            [
                s.accept_c,
                s.accept_p,
                s.alpha[0] * s.alpha[1] >= want.alpha_least,
                s.survive >= want.survive_least,
                s.window_risk <= want.window_risk_most,
                s.direct_any <= want.direct_war_most,
                s.security >= want.security_least,
            ]
            for s in row
        ]
        assert reduced.met[d].tolist() == [sum(column) for column in zip(*met, strict=True)]
        assert reduced.robust[d] == sum(all(future) for future in met)
    assert reduced.robust.max() > 0  # else the test above says little
    assert len(CRITERIA_TOLD) == reduced.met.shape[1]


def test_quantiles_are_values_that_occur_and_enough_futures_have_at_most_that(
    reduced: Reduction, solved: list[list[Solution]]
) -> None:
    m = MEASURES_TOLD.index("survive")
    for d, row in enumerate(solved):
        values = sorted(s.survive for s in row)
        for q, share in enumerate(QUANTILES_TOLD):
            # 16 futures: the first value that at least 16 p of them have at most
            assert reduced.quantiles[d, m, q] == values[math.ceil(len(values) * share) - 1]


@given(failing=st.sets(st.integers(0, 15)), broken=st.sets(st.integers(0, 15)))
def test_a_failed_pair_is_counted_and_has_no_part_in_any_number(
    failing: set[int], broken: set[int]
) -> None:
    """The same pairs with those that fail taken out of the futures altogether."""
    rows = iter(range(16))

    def told(_deal: object, future: int) -> Solution:
        return _solution(future, converged=next(rows) not in failing, broken=future in broken)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reducing, "each_future", lambda _case, futures: futures)
        patch.setattr(reducing, "effects", lambda _case, deal: deal)
        patch.setattr(reducing, "solve", told)
        case = half_lasting()
        one = reduce_plain(case, np.zeros((1, 1), dtype=np.int64), range(16))
        good = [f for f in range(16) if f not in failing | broken]
        rows = iter([99] * 16)
        alone = reduce_plain(case, np.zeros((1, 1), dtype=np.int64), good) if good else None
    assert one.failed[0] == len(failing | broken)
    if alone is None:
        assert np.isnan(one.mean).all()
        assert np.isnan(one.quantiles).all()
        assert one.robust[0] == one.multiple[0] == one.met.sum() == 0
    else:
        for name in ("mean", "quantiles", "met", "robust", "multiple"):
            assert getattr(one, name).tobytes() == getattr(alone, name).tobytes(), name


class _Any:
    """Stands for a value whose fields are given."""

    def __init__(self, **fields: object) -> None:
        self.__dict__.update(fields)


def half_lasting() -> Case:

    return _Any(criteria=replace(Criteria(), survive_least=0.4), guarantors=("Norr", "Ostra"))


def _solution(future: int, *, converged: bool, broken: bool) -> Solution:
    return _Any(
        accept_c=future % 2 == 0,
        accept_p=True,
        value_c=math.inf if broken else 0.1 * future,
        war_value_c=0.3,
        value_p=0.5,
        war_value_p=0.25,
        alpha=(0.9, 0.8),
        agree=0.5,
        survive=future / 16,
        window_risk=0.0,
        direct=(0.03, 0.04),
        direct_any=0.05,
        security=0.75,
        cost_total=(0.01, 0.02),
        converged=converged,
        multiple=future % 3 == 0,
    )
