"""The deals of a case: all of them in order, a sample of them, or those named.

A deal takes one level of each provision, of those that the provision does not exclude. In order,
the last provision's level changes fastest, as digits do in counting; so a deal has a number, 0 for
the bare deal, and any stretch of deals can be made without making those before it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.errors import Fault, SearchError
from foedus.search.inputs import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from foedus.case.values import Case
    from foedus.search.values import Counts, Deal

SHOWN = 5
"""Deals at fault that are named one by one; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """The deals that a case allows: for each provision the levels that a deal may have."""

    allowed: tuple[tuple[int, ...], ...]

    @property
    def count(self) -> int:
        """How many deals there are."""
        return math.prod(len(levels) for levels in self.allowed)

    def bare(self) -> Counts:
        """Return the deal without any provision, as an array (1, J)."""
        return np.array([[levels[0] for levels in self.allowed]], dtype=np.int64)

    def deals(self, numbers: Counts) -> Counts:
        """Return the deals (D, J) of these ``numbers`` (D,), each from 0 to one below the count.

        Examples
        --------
        >>> Space(allowed=((0, 1), (0, 2, 3))).deals(np.arange(6)).tolist()
        [[0, 0], [0, 2], [0, 3], [1, 0], [1, 2], [1, 3]]
        """
        deals = np.zeros((len(numbers), len(self.allowed)), dtype=np.int64)
        rest = np.asarray(numbers, dtype=np.int64)
        for j in range(len(self.allowed) - 1, -1, -1):
            levels = np.array(self.allowed[j], dtype=np.int64)
            rest, digit = np.divmod(rest, len(levels))
            deals[:, j] = levels[digit]
        return deals

    def drawn(self, count: int, rng: np.random.Generator) -> Counts:
        """Return that many deals, each as likely, none twice, the bare one among them, in order.

        All of them when there are no more.
        """
        if count >= self.count:
            return self.deals(np.arange(self.count))
        found = self.bare()
        while len(found) < count:
            more = [rng.choice(levels, count - len(found)) for levels in self.allowed]
            found = np.unique(np.concatenate([found, np.stack(more, axis=1)]), axis=0)
        return found

    def neighbours(self, deals: Iterable[Deal]) -> Counts:
        """Return the deals that differ in one level from any of ``deals``, each once, in order."""
        near = [
            (*deal[:j], level, *deal[j + 1 :])
            for deal in deals
            for j, levels in enumerate(self.allowed)
            for level in levels
            if level != deal[j]
        ]
        return np.unique(np.array(near, dtype=np.int64).reshape(-1, len(self.allowed)), axis=0)


def space(case: Case) -> Space:
    """Return the deals that ``case`` allows."""
    return Space(allowed=tables(case).allowed)


def named(case: Case, deals: Sequence[Deal]) -> Counts:
    """Return ``deals`` as an array (D, J), in their order.

    Raises
    ------
    SearchError
        When one is no deal of the case; the first few are named, the rest counted.
    """
    allowed = space(case).allowed
    faults = [fault for deal in deals for fault in _faults(case, allowed, deal)]
    if not deals:
        faults = [Fault(at="deals", found="none", must="hold at least one deal")]
    if faults:
        more = len(faults) - SHOWN
        if more > 0:
            must = "be deals of the case"
            faults[SHOWN:] = [Fault(at="deals", found=f"at fault {more} times more", must=must)]
        raise SearchError(case.title, tuple(faults))
    return np.array(deals, dtype=np.int64)


def _faults(case: Case, allowed: tuple[tuple[int, ...], ...], deal: Deal) -> list[Fault]:
    """Return what keeps ``deal`` from being one of the case."""
    if len(deal) != len(allowed):
        must = f"have a level for each of {len(allowed)} provisions"
        return [Fault(at=f"deal {tuple(deal)}", found=f"{len(deal)} levels", must=must)]
    return [
        Fault(
            at=f"deal {tuple(deal)}, {provision.id}",
            found=level,
            must=f"be one of {', '.join(map(str, levels))}: the levels allowed, counted from 0",
        )
        for provision, levels, level in zip(case.provisions, allowed, deal, strict=True)
        if level not in levels
    ]
