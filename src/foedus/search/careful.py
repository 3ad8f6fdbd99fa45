"""The pairs of a deal and a future that want care: the flow is followed from both starts.

What is compiled for it is in `foedus.search.kernel`; here is who goes with whom. Lanes go together
whose deals have the same stages and parties, so that one array holds them all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from foedus.search import kernel

if TYPE_CHECKING:
    from foedus.search.kernel import Packed
    from foedus.search.values import Counts, Flags, Floats

STEPS = (
    *((kernel.walk, steps) for steps in (24, 48, 96, 192)),
    *((kernel.creep, steps) for steps in (16, 32, 64, 128)),
)
"""Steps along the flow after each look at where it leads: as if it were easy, then implicit."""

TRIES = 10
"""Evaluations for a look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lanes:
    """Lanes that go together: ``table`` (rows, n), and what their deals have in common."""

    table: Floats
    window: Counts
    party: Flags
    order: Counts
    stages: int

    @property
    def common(self) -> tuple[Counts, Flags, Counts, int]:
        """Return what every call to the kernel ends with."""
        return self.window, self.party, self.order, self.stages

    @property
    def pairs(self) -> int:
        """S·K, how many beliefs there are."""
        return self.stages * self.party.size

    def play(self) -> Floats:
        """Return room for what follows from beliefs."""
        rows = 3 * self.stages + 10 + 3 * self.party.size + self.window.size
        return np.zeros((rows, self.table.shape[1]))


def solve_rest(
    packed: Packed, deals: Counts, told: Floats, passed: Flags, kept: Floats
) -> tuple[Flags, Flags]:
    """Solve the pairs that have not ``passed``, and return where there are several or none found.

    ``passed`` (D, 2, F) says for which of the two starts the fixed point in ``kept`` (D, S·K, F) is
    known to be where the flow leads. ``told`` (D, rows, F) is filled with the equilibrium that
    survives less, or else leaves the protected state less. Returned are two tables (D, F).
    """
    left = ~(passed[:, 0] & passed[:, 1])
    multiple, failed = np.zeros_like(left), np.zeros_like(left)
    for group in _groups(packed, deals, np.any(left, axis=1)):
        rows, which = np.nonzero(left[group])
        rows, which = group[rows], np.ascontiguousarray(which)
        lanes = _filled(packed, deals, rows, which)
        known = np.ascontiguousarray(kept[rows, : lanes.pairs, which].T)
        found = [_from(lanes, float(side), passed[rows, side, which], known) for side in (0, 1)]
        missed = found[0][1] | found[1][1]
        several, out = _worse(lanes, packed, found[0][0], found[1][0], told.shape[1])
        multiple[rows, which], failed[rows, which] = several & ~missed, missed
        told[rows, :, which] = out.T
    return multiple, failed


def _from(lanes: _Lanes, start: float, sure: Flags, known: Floats) -> tuple[Floats, Flags]:
    """Return where the flow leads from ``start``, partly known, and where it was given up."""
    found, missed = known.copy(), np.zeros(sure.size, dtype=np.bool_)
    unsure = np.nonzero(~sure)[0]
    if unsure.size:
        some = replace(lanes, table=np.take(lanes.table, unsure, axis=1))
        found[:, unsure], missed[unsure] = _limit(some, start)
    return found, missed


def _groups(packed: Packed, deals: Counts, wanted: Flags) -> list[Counts]:
    """Return the positions of the deals wanted, those with the same stages and parties together."""
    level = packed.first + deals
    party = (packed.vector != 0).any(axis=1)[level].any(axis=1)  # (D, K)
    alike: dict[object, list[int]] = {}
    for d in np.nonzero(wanted)[0].tolist():
        starts = tuple(sorted({0, *packed.delay[level[d]].tolist()}))
        alike.setdefault((starts, tuple(party[d].tolist())), []).append(d)
    return [np.array(group) for group in alike.values()]


def _filled(packed: Packed, deals: Counts, rows: Counts, which: Counts) -> _Lanes:
    """Return lane i as deal ``rows[i]`` in future ``which[i]``."""
    delays = packed.delay[packed.first + deals[rows[0]]]
    stages, guarantors = len({0, *delays.tolist()}), packed.fight.shape[0]
    size = 10 + 3 * stages + kernel.PAIRS * stages * guarantors + 3 * guarantors
    lanes = _Lanes(
        table=np.empty((size, rows.size)),
        window=np.empty(int(delays.max(initial=0)), dtype=np.int64),
        party=np.zeros(guarantors, dtype=np.bool_),
        order=np.empty((guarantors, stages), dtype=np.int64),
        stages=stages,
    )
    kernel.fill_lanes(
        packed, deals, rows, which, lanes.table, lanes.window, lanes.party, lanes.order
    )
    return lanes


def _worse(
    lanes: _Lanes, packed: Packed, one: Floats, two: Floats, rows: int
) -> tuple[Flags, Floats]:
    """Return where two points (S·K, n) differ, and what is told (rows, n) of the worse of them."""
    told = []
    for found in (one, two):
        out = np.empty((rows, lanes.table.shape[1]))
        kernel.tell(lanes.table, found, lanes.play(), *lanes.common, packed.periods, out)
        told.append(out)
    first, second = told
    less = second[kernel.VALUE_P] < first[kernel.VALUE_P]
    worse = (second[-1] < first[-1]) | ((second[-1] == first[-1]) & less)
    apart = np.abs(one - two).max(axis=0, initial=0.0) > kernel.DIFFERENT
    return apart, np.where(worse, second, first)


def _limit(lanes: _Lanes, start: float) -> tuple[Floats, Flags]:
    """Return where the flow leads from ``start`` (S·K, n), and where it was given up (n,)."""
    count = lanes.table.shape[1]
    found, missed = np.zeros((lanes.pairs, count)), np.ones(count, dtype=np.bool_)
    active = np.arange(count)
    table, play = lanes.table, lanes.play()
    points, length = np.zeros((6, lanes.pairs, count)), np.full(count, kernel.FIRST)
    kernel.begin(table, start, points, play, *lanes.common)
    first = 3 * lanes.stages + 10
    ends = play[first : first + 3 * lanes.party.size].copy()
    for step, steps in STEPS:
        arrived = _jumped(lanes, table, points, play, found, active)
        missed[active] = ~arrived
        left = np.nonzero(~arrived)[0]
        if left.size == 0:
            break
        active, length = active[left], length[left]
        # `take` lays the lanes out in a row again, which indexing would not
        table, play, ends = (np.take(a, left, axis=1) for a in (table, play, ends))
        points = np.take(points, left, axis=2)
        step(table, points, play, ends, length, steps, *lanes.common)
    else:
        off = np.abs(points[1] - points[0]).max(axis=0, initial=0.0)
        missed[active], found[:, active] = off > kernel.EXACT, points[0]
    return found, missed


def _jumped(
    lanes: _Lanes, table: Floats, points: Floats, play: Floats, found: Floats, active: Counts
) -> Flags:
    """Return where the rest of the way is straight; ``found`` is filled there."""
    near = np.abs(points[1] - points[0]).max(axis=0)
    trial, seen, arrived = points.copy(), play.copy(), np.empty(active.size, dtype=np.bool_)
    kernel.seek(table, trial, seen, arrived, TRIES, *lanes.common)
    there = np.nonzero(arrived)[0]
    if there.size:
        some = np.take(trial, there, axis=2)
        passed = np.empty(there.size, dtype=np.bool_)
        table, seen = np.take(table, there, axis=1), np.take(play, there, axis=1)
        kernel.straight(table, some, seen, near[there], passed, *lanes.common)
        arrived[there] = passed
        found[:, active[there[passed]]] = some[0][:, passed]
    return arrived
