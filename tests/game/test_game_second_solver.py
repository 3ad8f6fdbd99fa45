"""Drawn pairs of every shape, solved once more by a solver that shares nothing with the first."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import pytest

import second_solver as second
from foedus.game import raw, solve

EACH = 6
"""Pairs for each number of guarantors and stages: 120 in all."""

CLOSE = 1e-8
SAME = 1e-6
COMPARED = (
    *("A", "Y", "q", "q_window", "V_C", "V_C_in_force", "W_C", "V_P", "W_P", "alpha", "pi"),
    *("survive", "window_risk", "direct", "direct_any", "security", "g_cost", "g_cost_total"),
)
SEED = 23
"""With it both solvers are sure of every pair."""


@pytest.mark.parametrize("stages", [1, 2, 3, 4])
@pytest.mark.parametrize("guarantors", [0, 1, 2, 3, 4])
def test_a_second_solver_finds_the_same(guarantors: int, stages: int) -> None:
    rng = random.Random(100 * SEED + 10 * guarantors + stages)  # noqa: S311 - no secret
    for _ in range(EACH):
        deal, future = second.drawn(rng, guarantors, stages)
        ours = solve(raw.deal_from_raw(deal), raw.future_from_raw(future))
        pair = second.Pair(deal, future)
        ends = pair.limits()
        assert ours.converged
        assert all(end is not None for end in ends)
        theirs = sorted(map(pair.told, ends), key=lambda told: (told["survive"], told["V_P"]))
        assert ours.multiple == (float(np.abs(ends[0] - ends[1]).max(initial=0)) > SAME)
        assert apart(raw.solution_to_raw(ours), theirs[0]) == {}
        if ours.other is not None:
            assert ours.other.survive == pytest.approx(theirs[1]["survive"], abs=CLOSE)


def apart(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, float]:
    """Return every outcome in which the two differ by more than CLOSE, and by how much."""
    found = {name: difference(ours[name], theirs[name]) for name in COMPARED}
    for k, (low, high) in enumerate(theirs["refusing"]):
        for name, end in (("s1", low), ("s2", high)):
            told = float(ours[name][k])
            if math.isnan(end) or math.isinf(end):
                found[name] = 0.0 if str(told) == str(end) else math.inf
            else:  # a far end comes from a line that is nearly flat: it is known less well
                found[name] = abs(told - end) / max(1.0, abs(end))
    if min(abs(theirs[f"V_{who}"] - theirs[f"W_{who}"]) for who in "CP") > CLOSE:
        found["ends"] = difference(list(ours["ends"].values()), theirs["ends"])
        found["agree"] = difference(ours["agree"], theirs["agree"])
        for who in ("accept_c", "accept_p"):
            found[who] = float(ours[who] != theirs[who])
    return {name: by for name, by in found.items() if not by <= CLOSE}


def difference(ours: Any, theirs: Any) -> float:  # noqa: ANN401 - a number or lists of them
    return float(np.abs(np.array(ours, float) - np.array(theirs, float)).max(initial=0))


@pytest.mark.parametrize(("seed", "guarantors", "stages"), [(45021, 2, 1), (185042, 4, 2)])
def test_a_flow_that_ends_nowhere_is_said_not_to_have_ended(
    seed: int, guarantors: int, stages: int
) -> None:
    """In the first it is caught between two leaps, in the second it goes round in a circle.

    Small plain steps find no end to it either, from one of the two starts.
    """
    deal, future = second.drawn(random.Random(seed), guarantors, stages)  # noqa: S311 - no secret
    assert not solve(raw.deal_from_raw(deal), raw.future_from_raw(future)).converged
    pair = second.Pair(deal, future)
    closest = [late_distance(pair, np.full((stages, guarantors), start)) for start in (0.0, 1.0)]
    assert max(closest) > 1e-3


def late_distance(pair: Any, pi: np.ndarray) -> float:  # noqa: ANN401 - of the second solver
    """Return the least distance between beliefs and T of them after ten units of time."""
    step, least = 0.02, math.inf
    for taken in range(750):
        ahead = pair.image(pi)["pi"] - pi
        if taken * step > 10:
            least = min(least, float(np.abs(ahead).max()))
        pi = pi + step * ahead
    return least
