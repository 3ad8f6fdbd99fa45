"""Every deal that was solved in all futures, in a few means each: what deals are compared by.

A sweep tells only its best deals in every future. What a provision adds, which deal is the cheapest
to reach a target, and what would have to change in a deal are questions about the others too, and
their means are enough to answer them. They are held in flat arrays, up to `MOST` deals.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np

from foedus.search.values import Means

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from foedus.search.values import Counts, Deal, Reduction, Sweep

MOST = 1 << 20
"""Deals whose means are held at most: some 200 bytes each."""


def means_of(reduced: Reduction) -> Means:
    """Return the means of a reduction."""
    return Means(**{f.name: getattr(reduced, f.name) for f in fields(Means)})


def joined(parts: Sequence[Means]) -> Means:
    """Return the deals of several as one, in their order."""
    return Means(
        **{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Means)}
    )


class Gathering:
    """The means of deals as they are solved; nothing is held once there are too many."""

    def __init__(self) -> None:
        self._parts: list[Means] = []
        self._count = 0

    def add(self, reduced: Reduction) -> None:
        """Take in more deals."""
        self._count += len(reduced.deals)
        if self._count > MOST:
            self._parts = []
        else:
            self._parts.append(means_of(reduced))

    def all(self, kept: Reduction) -> Means:
        """Return all that were taken in, or those ``kept`` where they were too many."""
        if not self._parts:
            return means_of(kept)
        found = joined(self._parts)
        missing = rows_of(found, kept.deals) < 0
        return joined([found, _taken(means_of(kept), np.flatnonzero(missing))])


def rows_of(means: Means, deals: Counts) -> Counts:
    """Return (N,) the row of each of ``deals`` (N, J), -1 for one that is not there.

    Examples
    --------
    >>> given = np.array([[0, 1], [1, 1]])
    >>> none = np.zeros((2, 0))
    >>> means = Means(deals=given, mean=none, by_guarantor=none, robust=none, failed=none)
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
    more = means_of(reduce(sweep.case, wanted, sweep.futures, threads=sweep.settings.workers))
    return replace(sweep, means=more if sweep.means is None else joined([sweep.means, more]))


def _taken(means: Means, rows: Counts) -> Means:
    return Means(**{f.name: getattr(means, f.name)[rows] for f in fields(Means)})
