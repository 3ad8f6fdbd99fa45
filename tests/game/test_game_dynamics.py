"""Flows whose limits are known by hand, among them those that take long, leap, or never arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from foedus.game.dynamics import CONVERGED, Revised, extremes, limit

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.game.dynamics import Row

NOTHING = np.empty(0)


def only(to: Callable[[Row], Row]) -> Callable[[Row], Revised]:
    return lambda pi: Revised(to=np.clip(to(pi), 0, 1), accepting=NOTHING)


def test_it_stops_at_the_first_fixed_point_and_not_at_one_that_repels() -> None:
    """T - pi = -8(pi - 0.2)(pi - 0.5)(pi - 0.9): the middle one repels."""
    revise = only(lambda p: p - 8 * (p - 0.2) * (p - 0.5) * (p - 0.9))
    for start, end in ((0.0, 0.2), (0.5 - 1e-7, 0.2), (0.5 + 1e-7, 0.9), (1.0, 0.9)):
        assert limit(revise, np.array([start])) == pytest.approx([end], abs=1e-10)


@pytest.mark.parametrize("steep", [1e2, 1e4, 1e6])
def test_one_belief_that_settles_fast_does_not_keep_the_others_from_arriving(steep: float) -> None:
    """The first follows 0.3 + 0.4·second closely, the second drifts to 0.5 + 0.5·first.

    So first = 0.3 + 0.4(0.5 + 0.5 first), hence 0.625 and 0.8125.
    """

    def to(p: Row) -> Row:
        return np.array([p[0] + steep * (0.3 + 0.4 * p[1] - p[0]), 0.5 + 0.5 * p[0]])

    found = limit(lambda p: Revised(to=to(p), accepting=NOTHING), np.zeros(2))
    assert found == pytest.approx([0.625, 0.8125], abs=1e-10)


def test_a_narrow_passage_is_passed() -> None:
    """T - pi is above 0 by 1e-7 at its least, so that all seems settled at 0.4; it is not.

    From there Newton's method would throw beliefs back to where T falls through pi at 0.1.
    """

    def to(p: Row) -> Row:
        behind = np.interp(p, [0.0, 0.1, 0.15, 0.2, 0.3], [0.1, 0.0, -0.02, 0.0, 0.01 + 1e-7])
        passage = np.minimum((p - 0.4) ** 2 + 1e-7, 0.8 - p)
        return p + np.where(p < 0.3, behind, passage)

    for start in (0.21, 0.37425):  # from the second it would
        assert limit(only(to), np.array([start])) == pytest.approx([0.8], abs=1e-8)
    assert limit(only(to), np.array([0.19])) == pytest.approx([0.1], abs=1e-8)


def test_a_leap_of_t_is_crossed() -> None:
    revise = only(lambda p: np.where(p > 0.6, 0.3, 0.1))
    assert limit(revise, np.ones(1)) == pytest.approx([0.1], abs=1e-10)


def test_a_flow_that_goes_round_for_ever_is_told_by_what_is_left() -> None:
    """Round (0.5, 0.5): near it the flow leads away, further out back."""

    def to(p: Row) -> Row:
        x, y = p - 0.5
        out = 1 - 20 * (x * x + y * y)
        return p + 0.5 * np.array([out * x - 4 * y, out * y + 4 * x])

    revise = only(to)
    end = limit(revise, np.array([0.5, 0.6]))
    assert np.abs(revise(end).to - end).max() > 1e-3 > CONVERGED


def test_a_sliver_that_acceptance_warns_of_is_not_jumped() -> None:
    """Within 0.006 of 0.5 T keeps pi there; who accepts changes over a wider stretch."""

    def revise(p: Row) -> Revised:
        held = np.abs(p - 0.5) < 0.006
        accepting = np.tanh((p - 0.5) / 0.01) / 2 + 0.5
        return Revised(to=np.where(held, 0.5, 0.0), accepting=accepting)

    assert limit(revise, np.ones(1)) == pytest.approx([0.5], abs=1e-10)


def test_no_place_a_tenth_wide_is_jumped() -> None:
    """Nothing warns of it: T is 0 but for the place where it stays."""
    revise = only(lambda p: np.where(np.abs(p - 0.5) < 0.06, 0.5, 0.0))
    assert limit(revise, np.ones(1)) == pytest.approx([0.5], abs=1e-10)


def test_the_extreme_roots_of_five_are_found() -> None:
    roots = np.array([0.05, 0.31, 0.5, 0.77, 0.96])
    low, high = extremes(lambda p: p - 5 * float(np.prod(p - roots)))
    assert (low, high) == pytest.approx((0.05, 0.96), abs=1e-12)


def test_where_t_only_leaps_through_there_is_no_root() -> None:
    """It leaps to 0 at 0.3 and back at 0.31; the one root is at 0.9."""
    low, high = extremes(lambda p: 0.0 if 0.3 < p < 0.31 else 0.9)
    assert (low, high) == pytest.approx((0.9, 0.9), abs=1e-12)
