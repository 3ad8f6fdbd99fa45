"""The sweep: the same to the last bit however it is run, and true to the game it sweeps."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from foedus.case import load_case
from foedus.case.values import Distribution
from foedus.errors import SearchError
from foedus.game import solve
from foedus.search import SweepSettings, sweep
from foedus.search.futures import draw
from foedus.search.inputs import each_future, effects

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.case.values import Case
    from foedus.search import Sweep

SMALL = SweepSettings(futures=4, keep=5, seed=7, workers=1)


@pytest.fixture(scope="module")
def case(root: Path) -> Case:
    """Return the shipped case, cut down to provisions enough for a quick sweep."""
    whole = load_case(root / "cases" / "ardal.yaml")
    few = whole.provisions[:3]
    names = {p.id for p in few}
    return replace(
        whole,
        provisions=few,
        red_lines=(),
        parameters=tuple(p for p in whole.parameters if p.name != "effect" or p.of in names),
    )


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
            assert swept.outcomes.agree[d, f] == alone.agree
            assert swept.outcomes.margin_c[d, f] == alone.value_c - alone.war_value_c
            assert math.isclose(swept.outcomes.survive[d, f, -1], alone.survive, abs_tol=1e-12)


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
    with pytest.raises(SearchError, match="5 faults") as caught:
        sweep(replace(case, parameters=broken), bad)
    told = str(caught.value)
    assert all(word in told for word in ("x0", "futures", "keep", "seed", "workers"))


def test_progress_never_falls_and_ends_at_one(case: Case) -> None:
    told: list[float] = []
    sweep(case, SMALL, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
