"""The compiled game against the readable one, pair by pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba
import numpy as np
import pytest

from foedus.case import load_case
from foedus.game import dynamics, equilibrium
from foedus.game.logistic import sigmoid, surplus
from foedus.search import compiled, kernel, reducing
from foedus.search.futures import draw
from foedus.search.inputs import tables

if TYPE_CHECKING:
    from foedus.case.values import Case
    from foedus.search.values import Counts


@pytest.fixture(scope="module")
def case(request: pytest.FixtureRequest) -> Case:
    return load_case(request.config.rootpath / "cases" / "ardal.yaml")


def _deals(case: Case, count: int, seed: int) -> Counts:
    rng = np.random.default_rng(seed)
    return np.stack([rng.choice(allowed, count) for allowed in tables(case).allowed], axis=1)


@pytest.mark.parametrize(("kind", "least"), [(np.float64, 2e-15), (np.float32, 1e-6)])
def test_the_chance_of_acting_and_what_it_is_worth_are_exact_to_some_last_places(
    kind: type, least: float
) -> None:
    @numba.njit(error_model="numpy")
    def options(z: np.ndarray, chance: np.ndarray, worth: np.ndarray) -> None:
        for f in range(z.size):
            chance[f], worth[f] = kernel._option(z[f])

    z = np.linspace(-60, 60, 4001).astype(kind)
    chance, worth = np.empty_like(z), np.empty_like(z)
    options(z, chance, worth)
    for x, one, two in zip(z.tolist(), chance.tolist(), worth.tolist(), strict=True):
        assert one == pytest.approx(sigmoid(x), rel=least, abs=0)
        assert two == pytest.approx(surplus(x, 1.0), rel=least, abs=0)


NUMBERS = (
    *("margin_c", "margin_p", "alpha", "agree", "survive", "window_risk", "direct", "direct_any"),
    *("security", "cost", "value_c", "value_p", "ends", "ends_by_year", "ends_no_deal"),
)


def test_every_outcome_is_that_of_the_readable_game(case: Case) -> None:
    deals, futures = _deals(case, 12, 4), draw(case, 16, 3)
    fast, slow = (f(case, deals, futures) for f in (compiled.outcomes, reducing.outcomes_plain))
    good = fast.converged & slow.converged
    assert good.mean() > 0.99
    for name in NUMBERS:
        one, two = getattr(fast, name), getattr(slow, name)
        if name != "ends_no_deal":
            one, two = one[good], two[good]
        assert np.abs(one - two).max() < 1e-9, name
    assert (fast.multiple == slow.multiple)[good].all()
    assert ((fast.accept_c == slow.accept_c) | (np.abs(slow.margin_c) < 1e-9))[good].all()
    assert ((fast.accept_p == slow.accept_p) | (np.abs(slow.margin_p) < 1e-9))[good].all()


def test_a_reduction_is_that_of_the_readable_game(case: Case) -> None:
    deals, futures = _deals(case, 6, 8), draw(case, 16, 5)
    fast, slow = (f(case, deals, futures) for f in (compiled.reduce, reducing.reduce_plain))
    for name in ("met", "robust", "multiple", "failed"):
        assert (getattr(fast, name) == getattr(slow, name)).all(), name
    assert np.abs(fast.mean - slow.mean).max() < 1e-9
    assert np.abs(fast.by_guarantor - slow.by_guarantor).max() < 1e-9
    assert np.abs(fast.quantiles - slow.quantiles).max() < 1e-9


@pytest.mark.parametrize("threads", [2, 5])
def test_threads_change_no_bit(case: Case, threads: int) -> None:
    deals, futures = _deals(case, 150, 1), draw(case, 64, 2)
    one, many = (compiled.reduce(case, deals, futures, threads=t) for t in (1, threads))
    for name in ("mean", "by_guarantor", "quantiles", "met", "robust", "multiple", "failed"):
        assert np.array_equal(getattr(one, name), getattr(many, name), equal_nan=True), name


def test_futures_side_by_side_do_not_touch(case: Case) -> None:
    # a block of futures and a part of it, with another number of lanes to the vector
    deals, futures = _deals(case, 5, 6), draw(case, 512, 2)
    few = type(futures)(seed=2, keys=futures.keys, values=futures.values[:64])
    all_, part = (compiled.outcomes(case, deals, f) for f in (futures, few))
    for name in ("margin_c", "survive", "alpha"):
        assert np.abs(getattr(all_, name)[:, :64] - getattr(part, name)).max() < 1e-9, name


def test_the_flow_is_followed_by_one_rule() -> None:
    # said twice, as what is compiled would not notice a change in another file
    for name in ("MOVE", "TURN", "SWING", "FIRST", "SHORTEST", "GROWTH", "NUDGE"):
        assert getattr(kernel, name) == getattr(dynamics, name), name
    assert kernel.DIFFERENT == equilibrium.DIFFERENT
    assert kernel.EXACT < dynamics.CONVERGED
