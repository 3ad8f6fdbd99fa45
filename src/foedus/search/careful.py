"""The pairs of a deal and a future that want care: the flow is followed from both starts.

What is compiled for it is in `foedus.search.kernel`; here is who goes with whom. Lanes go together
whose deals have the same stages and parties, so that one array holds them all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.search import kernel

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.search.kernel import Packed
    from foedus.search.values import Counts, Flags, Floats

    Reals = np.ndarray[Any, np.dtype[np.floating[Any]]]
    """Numbers in either precision."""

LOOKS = (0, 8, 8, 8)
"""Steps along the flow before each look at whether the rest of the way to the fixed point that is
known is straight."""

LEAPS, WALKS = (0, 24, 48), (96, 192)
"""Steps before each look for the fixed point that the flow leads to from where it has come: in
single precision, and in double."""

PIECE = 1024
"""Lanes that go side by side in single precision: what they need stays in the second cache."""

CREEPS = (16, 32, 64, 128)
"""Implicit steps before each look, where all that was not enough."""

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

    @property
    def accepting(self) -> slice:
        """The rows of a table of play that say who accepts."""
        first = 3 * self.stages + kernel.OWN
        return slice(first, first + 3 * self.party.size)

    def play(self, count: int, kind: type = np.float64) -> Reals:
        """Return room for what follows from beliefs."""
        return np.zeros((self.accepting.stop + self.window.size, count), dtype=kind)

    def only(self, some: Counts) -> _Lanes:
        """Return some of the lanes; `take` lays them out in a row, which indexing would not."""
        return replace(self, table=np.take(self.table, some, axis=1))


@dataclass(slots=True, kw_only=True)
class _Walk:
    """Lanes on their way along the flow: ``at`` says which of all ``lanes`` they are.

    ``table`` is theirs in the precision of all the rest; ``points`` (4, S·K, n) begin with where
    they are, and T there, ``ends`` (3·K, n) say who accepts, ``length`` (n,) how long the next step
    is.
    """

    at: Counts
    lanes: _Lanes
    table: Reals
    points: Reals
    play: Reals
    ends: Reals
    length: Reals

    @property
    def evaluate(self) -> int:
        """Where T in that precision lies."""
        return int(kernel.address(single=self.table.dtype == np.float32))

    @property
    def near(self) -> Reals:
        """By how much beliefs fail to reproduce themselves."""
        away: Reals = np.abs(self.points[1] - self.points[0]).max(axis=0, initial=0.0)
        return away

    def step(self, steps: int, by: Callable[..., None] | None = None) -> bool:
        """Take steps along the flow: True."""
        if steps:
            (by or kernel.walk)(
                self.evaluate,
                self.table,
                self.points,
                self.play,
                self.ends,
                self.length,
                steps,
                *self.lanes.common,
            )
        return True

    def goes_on_without(self, arrived: Flags) -> bool:
        """Leave the lanes that have arrived; True if all have."""
        if arrived.any():
            self.keep(np.nonzero(~arrived)[0])
        return bool(arrived.all())

    def leads_to(self, target: Floats) -> Flags:
        """Return where the rest of the way to ``target`` (S·K, n) is straight."""
        passed = np.empty(self.at.size, dtype=np.bool_)
        target = np.ascontiguousarray(target, dtype=self.points.dtype)
        kernel.straight(
            self.evaluate,
            self.table,
            self.points[0],
            target,
            self.play.copy(),
            self.near,
            passed,
            *self.lanes.common,
        )
        return passed

    def keep(self, some: Counts) -> None:
        """Go on with some of the lanes."""
        self.at, self.length = self.at[some], self.length[some]
        # `take` lays the lanes out in a row again, which indexing would not
        self.table, self.play = (np.take(a, some, axis=1) for a in (self.table, self.play))
        self.ends = np.take(self.ends, some, axis=1)
        self.points = np.take(self.points, some, axis=2)

    def in_double(self) -> Reals:
        """Return the table in double precision."""
        if self.table.dtype == np.float64:
            return self.table
        return np.take(self.lanes.table, self.at, axis=1)

    def doubled(self) -> _Walk:
        """Return the same lanes where they are, in double precision."""
        table = self.in_double()
        points, play = np.zeros(self.points.shape), self.play.astype(np.float64)
        points[0] = self.points[0]
        found = np.empty(self.at.size, dtype=np.bool_)
        kernel.seek(
            kernel.address(single=False),
            table,
            points,
            play,
            found,
            1,
            *self.lanes.common,
        )
        return _Walk(
            at=self.at,
            lanes=self.lanes,
            table=table,
            points=points,
            play=play,
            ends=play[self.lanes.accepting].copy(),
            length=self.length.astype(np.float64),
        )


def solve_rest(
    packed: Packed, deals: Counts, told: Floats, passed: Flags, kept: Floats, found: Flags
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
        have = found[rows, which]
        ends = [
            _from(lanes, float(side), passed[rows, side, which], known, have) for side in (0, 1)
        ]
        missed = ends[0][1] | ends[1][1]
        several, out = _worse(lanes, packed, ends[0][0], ends[1][0], told.shape[1])
        multiple[rows, which], failed[rows, which] = several & ~missed, missed
        told[rows, :, which] = out.T
    return multiple, failed


def _from(
    lanes: _Lanes, start: float, sure: Flags, known: Floats, have: Flags
) -> tuple[Floats, Flags]:
    """Return where the flow leads from ``start``, partly known, and where it was given up."""
    found, missed = known.copy(), np.zeros(sure.size, dtype=np.bool_)
    unsure = np.nonzero(~sure)[0]
    if unsure.size:
        found[:, unsure], missed[unsure] = _limit(
            lanes.only(unsure), start, np.take(known, unsure, axis=1), have[unsure]
        )
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
    told, count = [], one.shape[1]
    for found in (one, two):
        out = np.empty((rows, count))
        kernel.tell(
            kernel.address(single=False),
            lanes.table,
            found,
            lanes.play(count),
            *lanes.common,
            packed.periods,
            out,
        )
        told.append(out)
    first, second = told
    less = second[kernel.VALUE_P] < first[kernel.VALUE_P]
    worse = (second[-1] < first[-1]) | ((second[-1] == first[-1]) & less)
    apart = np.abs(one - two).max(axis=0, initial=0.0) > kernel.DIFFERENT
    return apart, np.where(worse, second, first)


def _limit(lanes: _Lanes, start: float, known: Floats, have: Flags) -> tuple[Floats, Flags]:
    """Return where the flow leads from ``start`` (S·K, n), and where it was given up (n,).

    A fixed point is ``known`` (S·K, n) in the lanes that ``have`` one.
    """
    found, missed, stiff = known.copy(), np.zeros(have.size, dtype=np.bool_), []
    for low in range(0, have.size, PIECE):
        some = np.arange(low, min(low + PIECE, have.size))
        way = _begun(lanes, some, start)
        if not (_looked(way, found, have) or _leapt(way, found)):
            stiff.append(way.doubled())
    if stiff:
        way = _together(stiff)
        if not _walked(way, found):
            _crept(way, found, missed)
    return found, missed


def _looked(way: _Walk, found: Floats, have: Flags) -> bool:
    """See in which lanes the flow leads to the fixed point that is known; True if in all."""
    return any(
        way.goes_on_without(have[way.at] & way.leads_to(np.take(found, way.at, axis=1)))
        for steps in LOOKS
        if way.step(steps)
    )


def _leapt(way: _Walk, found: Floats) -> bool:
    """Follow the flow a good way in single precision; True if all have arrived."""
    return any(_settled(way, found) for steps in LEAPS if way.step(steps))


def _walked(way: _Walk, found: Floats) -> bool:
    """Follow it further in double precision; True if all have arrived."""
    return any(_settled(way, found) for steps in WALKS if way.step(steps))


def _crept(way: _Walk, found: Floats, missed: Flags) -> None:
    """Follow the flow in the lanes where it is stiff."""
    if any(_settled(way, found) for steps in CREEPS if way.step(steps, kernel.creep)):
        return
    found[:, way.at], missed[way.at] = way.points[0], way.near > kernel.EXACT


def _together(ways: list[_Walk]) -> _Walk:
    """Return lanes that went apart, in double precision, as one."""
    return _Walk(
        at=np.concatenate([way.at for way in ways]),
        lanes=ways[0].lanes,
        table=np.concatenate([way.table for way in ways], axis=1),
        points=np.concatenate([way.points for way in ways], axis=2),
        play=np.concatenate([way.play for way in ways], axis=1),
        ends=np.concatenate([way.ends for way in ways], axis=1),
        length=np.concatenate([way.length for way in ways]),
    )


def _begun(lanes: _Lanes, at: Counts, start: float) -> _Walk:
    """Return lanes about to set out from ``start``, in single precision."""
    count = at.size
    table = np.take(lanes.table, at, axis=1).astype(np.float32)
    play = lanes.play(count, np.float32)
    points = np.zeros((4, lanes.pairs, count), dtype=np.float32)
    kernel.begin(kernel.address(single=True), table, start, points, play, *lanes.common)
    return _Walk(
        at=at,
        lanes=lanes,
        table=table,
        points=points,
        play=play,
        ends=play[lanes.accepting].copy(),
        length=np.full(count, kernel.FIRST, dtype=np.float32),
    )


def _settled(way: _Walk, found: Floats) -> bool:
    """Look for the fixed points that the flow leads to, and leave them; True if all did."""
    count = way.at.size
    points, play = np.zeros((4, way.lanes.pairs, count)), way.play.astype(np.float64)
    points[0] = way.points[1]
    frozen = np.empty(count, dtype=np.bool_)
    kernel.seek(
        kernel.address(single=False),
        way.in_double(),
        points,
        play,
        frozen,
        TRIES,
        *way.lanes.common,
    )
    arrived = frozen & way.leads_to(points[0])
    found[:, way.at[arrived]] = points[0][:, arrived]
    return way.goes_on_without(arrived)
