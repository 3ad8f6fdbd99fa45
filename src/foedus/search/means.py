"""Every deal that was solved in all futures, in a few means each: what deals are compared by.

A sweep tells only its best deals in every future. What a provision adds, which deal is the cheapest
to reach a target, and what would have to change in a deal are questions about the others too, and
their means are enough to answer them. They are held in flat arrays, up to `MOST` deals.
"""

from __future__ import annotations

import math
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np

from foedus.search.values import MEASURES_TOLD, Means

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from foedus.case.values import Case
    from foedus.search.values import Counts, Deal, Flags, Floats, Reduction, Sweep

COMPARED = (
    "accept_c",
    "accept_p",
    "agree",
    "survive",
    "lasting",
    "window_risk",
    "direct_any",
    "security",
    "margin_c",
    "margin_p",
)
"""What is compared to say whether deals are alike, besides robustness and, for each guarantor,
acceptance, direct war and cost."""

TOLERANCE = 0.02
"""How far apart deals that are alike may be on each: two in a hundred of a chance, of the good, or
of what lasting peace would be worth. A judgement; it is told."""

SAME = 9
"""Decimals to which two figures count as different."""

MOST = 1 << 20
"""Deals whose means are held at most: some 200 bytes each."""


ARRAYS = tuple(f.name for f in fields(Means) if f.name != "futures")


def means_of(reduced: Reduction, futures: int) -> Means:
    """Return the means of a reduction over so many futures."""
    return Means(futures=futures, **{name: getattr(reduced, name) for name in ARRAYS})


def joined(parts: Sequence[Means]) -> Means:
    """Return the deals of several as one, in their order; all are over the same futures."""
    arrays = {name: np.concatenate([getattr(part, name) for part in parts]) for name in ARRAYS}
    return Means(futures=parts[0].futures, **arrays)


class Gathering:
    """The means of deals as they are solved in so many futures; none once there are too many."""

    def __init__(self, futures: int) -> None:
        self._parts: list[Means] = []
        self._count, self._futures = 0, futures

    def add(self, reduced: Reduction) -> None:
        """Take in more deals."""
        self._count += len(reduced.deals)
        if self._count > MOST:
            self._parts = []
        else:
            self._parts.append(means_of(reduced, self._futures))

    def all(self, kept: Reduction) -> Means:
        """Return all that were taken in, or those ``kept`` where they were too many."""
        best = means_of(kept, self._futures)
        if not self._parts:
            return best
        found = joined(self._parts)
        return joined([found, _taken(best, np.flatnonzero(rows_of(found, best.deals) < 0))])


def rows_of(means: Means, deals: Counts) -> Counts:
    """Return (N,) the row of each of ``deals`` (N, J), -1 for one that is not there.

    Examples
    --------
    >>> given = np.array([[0, 1], [1, 1]])
    >>> none = np.zeros((2, 0))
    >>> means = Means(
    ...     futures=2, deals=given, mean=none, by_guarantor=none, robust=none, failed=none)
    >>> rows_of(means, np.array([[1, 1], [1, 0], [0, 1]])).tolist()
    [1, -1, 0]
    """
    # rows are found by a mixed-up sum of their levels, and then compared: no two are ever confused
    factors = np.random.default_rng(7).integers(1, 1 << 63, means.deals.shape[1], dtype=np.uint64)
    if not len(means.deals):
        return np.full(len(deals), -1)
    known = means.deals.astype(np.uint64) @ factors
    wanted = np.asarray(deals).astype(np.uint64) @ factors
    order = np.argsort(known, kind="stable")
    place = np.minimum(np.searchsorted(known[order], wanted), len(known) - 1)
    rows = order[place]
    return np.where((means.deals[rows] == deals).all(axis=1), rows, -1)


def crossings(case: Case, deals: Counts) -> Flags:
    """Return (D, L): which of ``deals`` (D, J) cross which red lines; one switched off, none."""
    places = {provision.id: j for j, provision in enumerate(case.provisions)}
    found = np.zeros((len(deals), len(case.red_lines)), dtype=bool)
    for index, line in enumerate(case.red_lines):
        if line.active:
            j = places[line.provision]
            names = [level.name for level in case.provisions[j].levels]
            found[:, index] = np.isin(names, line.levels)[deals[:, j]]
    return found


def fare(means: Means) -> Floats:
    """Return (D, N): all by which it is said whether deals are alike, each about 0 to 1.

    A deal that failed in all futures has infinities, and is like no other.
    """
    share = means.robust / np.maximum(means.futures - means.failed, 1)
    scores = np.column_stack(
        [
            share,
            means.mean[:, [MEASURES_TOLD.index(name) for name in COMPARED]],
            means.by_guarantor.reshape(len(means.deals), math.prod(means.by_guarantor.shape[1:])),
        ]
    )
    return np.where(np.isnan(scores), np.inf, scores)


def alike(scores: Floats, lines: Flags, row: int) -> Flags:
    """Return (D,): which deals are alike to that of a row, itself among them.

    ``scores`` (D, N) are those of `fare`, ``lines`` (D, L) the red lines crossed: deals that cross
    other ones are not alike.
    """
    with np.errstate(invalid="ignore"):  # of two infinities, which are like nothing
        off = np.abs(scores - scores[row]).max(axis=1)
    found: Flags = (off.round(SAME) <= TOLERANCE) & (lines == lines[row]).all(axis=1)
    found[row] = True
    return found


def unlike(case: Case, means: Means, count: int) -> Counts:
    """Return up to ``count`` rows in their order, leaving out what is alike to one before it."""
    scores, lines = fare(means), crossings(case, means.deals)
    left = np.ones(len(scores), dtype=bool)
    found: list[int] = []
    for row in range(len(scores)):
        if left[row] and len(found) < count:
            found.append(row)
            left &= ~alike(scores, lines, row)
    return np.array(found, dtype=np.int64)


def widened(sweep: Sweep, deals: Iterable[Deal]) -> Sweep:
    """Return the sweep with the means of more deals, solved in the same futures.

    Deals that the case does not allow may be among them: to see what a provision does, one looks at
    a deal without it, whether anybody could sign that or not.
    """
    from foedus.search.solving import reduce  # noqa: PLC0415 - the compiler is slow to load

    wanted = np.array(sorted(set(deals)), dtype=np.int64).reshape(-1, len(sweep.case.provisions))
    if sweep.means is not None and len(sweep.means.deals):
        wanted = wanted[rows_of(sweep.means, wanted) < 0]
    if not len(wanted):
        return sweep
    solved = reduce(sweep.case, wanted, sweep.futures, threads=sweep.settings.workers)
    more = means_of(solved, len(sweep.futures.values))
    return replace(sweep, means=more if sweep.means is None else joined([sweep.means, more]))


def _taken(means: Means, rows: Counts) -> Means:
    arrays = {name: getattr(means, name)[rows] for name in ARRAYS}
    return Means(futures=means.futures, **arrays)
