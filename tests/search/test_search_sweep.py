"""The sweep: the same to the last bit however it is run, and true to the game it sweeps."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from foedus.case.values import Distribution
from foedus.errors import SearchError
from foedus.game import solve
from foedus.search import SweepSettings, sweep
from foedus.search.choosing import choose
from foedus.search.dealing import space
from foedus.search.futures import draw
from foedus.search.inputs import each_future, effects

if TYPE_CHECKING:
    from foedus.case.values import Case
    from foedus.search import Sweep

SMALL = SweepSettings(futures=4, keep=5, seed=7, workers=1)


@pytest.fixture(scope="module")
def case(small: Case) -> Case:
    return small


@pytest.fixture(scope="module")
def swept(case: Case) -> Sweep:
    return sweep(case, SMALL)


def test_processes_do_not_change_a_bit(case: Case, swept: Sweep) -> None:
    two = sweep(case, replace(SMALL, workers=2))
    assert two.deals == swept.deals
    for name in swept.outcomes.__dataclass_fields__:
        one = getattr(swept.outcomes, name)
        assert one.tobytes() == getattr(two.outcomes, name).tobytes(), name


def test_every_cell_is_what_the_game_gives_for_that_deal_in_that_future(
    case: Case, swept: Sweep
) -> None:
    futures = each_future(case, swept.futures)
    for d, deal in enumerate(swept.deals):
        for f, future in enumerate(futures):
            alone = solve(effects(case, deal), future)
            margin = alone.value_c - alone.war_value_c
            assert math.isclose(swept.outcomes.agree[d, f], alone.agree, abs_tol=1e-9)
            assert math.isclose(swept.outcomes.margin_c[d, f], margin, abs_tol=1e-9)
            assert math.isclose(swept.outcomes.survive[d, f, -1], alone.survive, abs_tol=1e-9)


def test_the_bare_deal_comes_first_and_nothing_excluded_is_kept(case: Case, swept: Sweep) -> None:
    assert swept.deals[0] == (0, 0, 0)
    assert len(set(swept.deals)) == len(swept.deals) == SMALL.keep
    for deal in swept.deals:
        for provision, level in zip(case.provisions, deal, strict=True):
            assert provision.levels[level].name not in provision.excluded


def test_possible_deals_are_the_product_of_the_levels_allowed(case: Case, swept: Sweep) -> None:
    allowed = [len(p.levels) - len(p.excluded) for p in case.provisions]
    assert swept.possible == math.prod(allowed)
    assert len(swept.deals) <= swept.screened <= swept.possible


def test_survival_falls_with_time_and_ends_add_to_one(swept: Sweep) -> None:
    assert (np.diff(swept.outcomes.survive, axis=2) <= 0).all()
    assert np.allclose(swept.outcomes.ends.sum(axis=2), 1, atol=1e-12)
    assert np.allclose(swept.outcomes.ends_no_deal.sum(axis=2), 1, atol=1e-12)


def test_the_years_told_end_with_the_horizon(case: Case) -> None:
    short = sweep(replace(case, horizon_years=7.0), SMALL)
    assert short.years == (1.0, 2.0, 5.0, 7.0)


def test_draws_fill_each_range_evenly(case: Case) -> None:
    """A Sobol set of 2^m points has one point in each 2^-m slice of every axis (Sobol' 1967)."""
    drawn = draw(case, 64, seed=3)
    for column, parameter in zip(drawn.values.T, case.parameters, strict=True):
        low, high = parameter.distribution.low, parameter.distribution.high
        place = (column - low) / (high - low)
        if parameter.distribution.kind == "loguniform":
            place = np.log(column / low) / np.log(high / low)
        assert sorted(np.floor(place * 64).astype(int)) == list(range(64)), parameter.key


def test_another_range_gives_other_figures(case: Case, swept: Sweep) -> None:
    widened = tuple(
        replace(p, distribution=Distribution(kind="uniform", low=0.9, high=0.95))
        if p.name == "hold"
        else p
        for p in case.parameters
    )
    other = sweep(replace(case, parameters=widened), SMALL)
    assert other.outcomes.survive[0, :, -1].mean() > swept.outcomes.survive[0, :, -1].mean()
    assert other.case_hash != swept.case_hash


def test_every_fault_of_a_request_is_named_before_anything_is_solved(case: Case) -> None:
    broken = tuple(
        replace(p, distribution=replace(p.distribution, high=math.inf)) if p.name == "x0" else p
        for p in case.parameters
    )
    bad = SweepSettings(futures=3, keep=0, seed=-1, workers=0)
    with pytest.raises(SearchError, match="numbers of the case is 1 not finite") as caught:
        sweep(replace(case, parameters=broken), bad)
    told = str(caught.value)
    assert all(word in told for word in ("x0", "futures", "keep", "seed", "workers"))
    assert len(caught.value.faults) == 6


def test_progress_never_falls_and_ends_at_one(case: Case) -> None:
    told: list[float] = []
    sweep(case, SMALL, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_every_deal_is_solved_where_that_is_quick(swept: Sweep) -> None:
    assert swept.screened == swept.possible == 36
    assert swept.tally.pairs == 36 * SMALL.futures
    assert swept.tally.deals == 36


def test_what_is_kept_is_the_best_of_all_by_brute_force(case: Case, swept: Sweep) -> None:
    """Each deal solved by the game; the most robust and the most lasting must be among the kept."""
    futures = each_future(case, swept.futures)
    want = case.criteria
    robust, lasts = {}, {}
    for deal in product(range(4), range(3), range(3)):
        row = [solve(effects(case, deal), future) for future in futures]
        robust[deal] = sum(
            s.accept_c
            and s.accept_p
            and math.prod(s.alpha) >= want.alpha_least
            and s.survive >= want.survive_least
            and s.window_risk <= want.window_risk_most
            and s.direct_any <= want.direct_war_most
            and s.security >= want.security_least
            for s in row
        )
        lasts[deal] = sum(s.agree for s in row) * sum(s.survive for s in row)
    most = max(robust, key=lambda deal: (robust[deal], round(lasts[deal], 9)))
    assert robust[most] > 0
    assert swept.deals[1] == most
    assert max(lasts, key=lasts.__getitem__) in swept.deals


def test_deals_futures_and_seed_can_be_given_by_name(case: Case) -> None:
    one = sweep(case, SMALL, deals=((3, 1, 0), (2, 0, 1)), futures=2, seed=9)
    assert set(one.deals) == {(0, 0, 0), (3, 1, 0), (2, 0, 1)}
    assert len(one.futures.values) == 2
    assert one.futures.values.tobytes() == draw(case, 2, seed=9).values.tobytes()
    assert (one.possible, one.screened) == (36, 2)


def test_a_sample_has_that_many_deals_each_once_with_the_bare_one(ardal: Case) -> None:
    choice = choose(ardal, replace(SMALL, deals=500))
    deals = choice.deals(0, choice.count)
    assert len(np.unique(deals, axis=0)) == len(deals) == choice.count == 500
    assert deals[0].tolist() == [0] * 8
    again = choose(ardal, replace(SMALL, deals=500)).deals(0, 500)
    other = choose(ardal, replace(SMALL, deals=500, seed=8)).deals(0, 500)
    assert (deals == again).all()
    assert (deals != other).any()


def test_a_sample_takes_every_level_about_as_often(ardal: Case) -> None:
    """4,000 of 20,736: each of n levels comes up 4,000/n times, give or take 5 deviations."""
    deals = choose(ardal, replace(SMALL, deals=4000)).deals(0, 4000)
    for j, provision in enumerate(ardal.provisions):
        levels = [i for i, v in enumerate(provision.levels) if v.name not in provision.excluded]
        share = 1 / len(levels)
        deviation = math.sqrt(4000 * share * (1 - share))
        for level in levels:
            assert abs((deals[:, j] == level).sum() - 4000 * share) < 5 * deviation


def test_deals_in_order_are_those_of_nested_loops(ardal: Case) -> None:
    allowed = [
        [i for i, v in enumerate(p.levels) if v.name not in p.excluded] for p in ardal.provisions
    ]
    every = space(ardal).deals(np.arange(20_736))
    assert every.tolist() == [list(deal) for deal in product(*allowed)]


def test_a_deal_that_the_case_has_not_is_refused_by_name(ardal: Case) -> None:
    wrong = ((0, 0), (0, 0, 9, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0, 0, 0))
    with pytest.raises(SearchError, match="2 faults") as caught:
        sweep(ardal, SMALL, deals=wrong)
    assert "deal (0, 0) is 2 levels; it must have a level for each of 8" in str(caught.value)
    assert "multinational-force is 9; it must be one of 0, 1, 2" in str(caught.value)
    with pytest.raises(SearchError, match="must hold at least one deal"):
        sweep(ardal, SMALL, deals=())
    with pytest.raises(SearchError, match="at fault 15 times more"):  # 20 in all, 5 are named
        sweep(ardal, SMALL, deals=((9,) * 8, (9,) * 8, *((9,) * 7,) * 4))
