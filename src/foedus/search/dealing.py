"""The deals of a case: all of them in order, a sample of them, or those named.

A deal takes one level of each provision, of those that the provision does not exclude, and breaks
no tie between levels. In order, the last provision's level changes fastest, as digits do in
counting; so a deal has a number, 0 for the bare deal, and any stretch of deals can be made without
making those before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from foedus.case.ties import Pair, clashes, diagram, pairs
from foedus.errors import Fault, SearchError
from foedus.search.inputs import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from foedus.case.ties import Diagram
    from foedus.case.values import Case
    from foedus.search.values import Counts, Deal

SHOWN = 5
"""Deals at fault that are named one by one; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """The deals that a case allows.

    ``allowed`` are for each provision the levels that a deal may have; ``barred`` pairs of levels
    that cannot stand in one deal.
    """

    allowed: tuple[tuple[int, ...], ...]
    barred: tuple[Pair, ...] = ()

    @property
    def diagram(self) -> Diagram:
        """The deals as paths."""
        return diagram(self.allowed, self.barred)

    @property
    def count(self) -> int:
        """How many deals there are."""
        return self.diagram.count

    def bare(self) -> Counts:
        """Return the deal without any provision, as an array (1, J)."""
        return np.array([[levels[0] for levels in self.allowed]], dtype=np.int64)

    def deals(self, numbers: Counts) -> Counts:
        """Return the deals (D, J) of these ``numbers`` (D,), each from 0 to one below the count.

        Examples
        --------
        >>> Space(allowed=((0, 1), (0, 2, 3))).deals(np.arange(6)).tolist()
        [[0, 0], [0, 2], [0, 3], [1, 0], [1, 2], [1, 3]]
        >>> Space(allowed=((0, 1), (0, 2, 3)), barred=((0, 1, 1, 0),)).deals(np.arange(5)).tolist()
        [[0, 0], [0, 2], [0, 3], [1, 2], [1, 3]]
        """
        rest = np.array(numbers, dtype=np.int64)

        def step(rows: Counts, ahead: list[int]) -> Counts:
            """Return which step each number takes, and leave its number among those that do."""
            ends = np.array(list(accumulate(ahead)), dtype=np.int64)
            taken = np.searchsorted(ends, rest[rows], side="right")
            rest[rows] -= np.concatenate([[0], ends])[taken]
            return taken

        return self._walked(len(rest), step)

    def drawn(self, count: int, rng: np.random.Generator) -> Counts:
        """Return that many deals, each as likely, none twice, the bare one among them, in order.

        All of them when there are no more.
        """
        if count >= self.count:
            return self.deals(np.arange(self.count))
        found = self.bare()
        while len(found) < count:
            more = self._some(count - len(found), rng)
            found = np.unique(np.concatenate([found, more]), axis=0)
        return found

    def _some(self, count: int, rng: np.random.Generator) -> Counts:
        """Return deals drawn by chance, each as likely, some perhaps twice."""
        if not self.barred:
            return np.stack([rng.choice(levels, count) for levels in self.allowed], axis=1)

        def step(rows: Counts, ahead: list[int]) -> Counts:
            """Take each step with the share of the deals ahead that it leads to."""
            ends = np.cumsum([deals / sum(ahead) for deals in ahead])
            taken = np.searchsorted(ends, rng.random(len(rows)), side="right")
            return np.minimum(taken, len(ahead) - 1)  # the shares may add up to a hair below 1

        return self._walked(count, step)

    def _walked(self, count: int, step: Callable[[Counts, list[int]], Counts]) -> Counts:
        """Return ``count`` deals, each a path on which ``step`` says which way to go.

        It is told the rows that stand at one node, and how many deals are ahead on each way.
        """
        deals = np.zeros((count, len(self.allowed)), dtype=np.int64)
        at = np.zeros(count, dtype=np.int64)
        for j, layer in enumerate(self.diagram.steps):
            after = np.zeros(count, dtype=np.int64)
            for node in np.unique(at).tolist():
                rows = np.flatnonzero(at == node)
                levels, nodes = (
                    np.array(part, dtype=np.int64) for part in zip(*layer[node], strict=True)
                )
                taken = step(rows, [self.diagram.counts[j + 1][n] for n in nodes.tolist()])
                deals[rows, j], after[rows] = levels[taken], nodes[taken]
            at = after
        return deals

    def neighbours(self, deals: Iterable[Deal]) -> Counts:
        """Return the deals that differ in one level from any of ``deals``, each once, in order.

        Where a level cannot stand beside the others of the deal, as few of them as can be are
        changed with it.
        """
        changed = [
            ((*deal[:j], level, *deal[j + 1 :]), j)
            for deal in deals
            for j, levels in enumerate(self.allowed)
            for level in levels
            if level != deal[j]
        ]
        near = [found for deal, j in changed for found in self._nearest(deal, j)]
        return np.unique(np.array(near, dtype=np.int64).reshape(-1, len(self.allowed)), axis=0)

    def mended(self, deals: Counts) -> Counts:
        """Return each deal as it is, or as near to it as a deal can be that breaks no tie."""
        if not self.barred:
            return deals
        mended = [self._nearest(tuple(deal), None) for deal in deals.tolist()]
        return np.array([deal for found in mended for deal in found], dtype=np.int64)

    def breaks(self, deal: Deal) -> bool:
        """Say whether a deal has two levels that cannot stand together."""
        return any(deal[j] == level and deal[k] == other for j, level, k, other in self.barred)

    def _nearest(self, wanted: Deal, kept: int | None) -> Iterator[Deal]:
        """Yield the deal with fewest levels other than ``wanted``, the one at ``kept`` as wanted.

        Of several, that with the lower levels; none where no deal has the level to be kept.
        """
        if not self.breaks(wanted):
            yield wanted
            return
        best: dict[int, tuple[int, Deal]] = {0: (0, ())}  # node -> levels changed so far, the deal
        for j, layer in enumerate(self.diagram.steps):
            after: dict[int, tuple[int, Deal]] = {}
            for node, (cost, path) in best.items():
                for level, to in layer[node]:
                    if j == kept and level != wanted[j]:
                        continue
                    way = (cost + (level != wanted[j]), (*path, level))
                    after[to] = min(after.get(to, way), way)
            best = after
        yield from (path for _, path in best.values())


def space(case: Case) -> Space:
    """Return the deals that ``case`` allows."""
    return Space(allowed=tables(case).allowed, barred=pairs(case))


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
    faults = [
        Fault(
            at=f"deal {tuple(deal)}, {provision.id}",
            found=level,
            must=f"be one of {', '.join(map(str, levels))}: the levels allowed, counted from 0",
        )
        for provision, levels, level in zip(case.provisions, allowed, deal, strict=True)
        if level not in levels
    ]
    return faults or [
        Fault(at=f"deal {tuple(deal)}, {at}", found=found, must=must)
        for at, found, must in broken_ties(case, deal)
    ]


def broken_ties(case: Case, deal: Deal) -> Iterator[tuple[str, str, str]]:
    """Yield each tie that ``deal`` breaks: the provision, the level found beside, what must be."""
    for clash in clashes(case):
        if deal[clash.provision] == clash.level and deal[clash.other] == clash.with_level:
            own, other = case.provisions[clash.provision], case.provisions[clash.other]
            levels = ", ".join(clash.tie.levels)
            has, found = own.levels[clash.level].name, other.levels[clash.with_level].name
            beside = f"one of {levels}" if clash.needed else f"none of {levels}"
            yield own.id, f"{has} beside {other.id} {found}", f"have {beside} of {other.id} with it"
