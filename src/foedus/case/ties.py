"""Which deals a case allows: what its ties forbid, and every deal that is left.

A tie forbids pairs of levels, so what is left to choose after some provisions is, for each later
one, the levels that no level chosen has barred. Deals are paths through these states: a decision
diagram (R. E. Bryant, IEEE Transactions on Computers C-35(8), 1986), in which deals are counted and
numbered without being listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.case.values import Case, Tie

Pair = tuple[int, int, int, int]
"""Two levels that cannot stand in one deal: a provision, its level; a later one, its level."""

Steps = tuple[tuple[tuple[tuple[int, int], ...], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two levels that cannot stand in one deal, and the tie of the first that says so.

    ``provision`` and ``other`` are places among the case's provisions, ``level`` and ``with_level``
    among their levels; ``needed`` when the tie is one of ``requires``.
    """

    provision: int
    level: int
    other: int
    with_level: int
    tie: Tie
    needed: bool

    @property
    def pair(self) -> Pair:
        """The two, the earlier provision first."""
        first, second = (self.provision, self.level), (self.other, self.with_level)
        return (*first, *second) if first < second else (*second, *first)


def clashes(case: Case) -> tuple[Clash, ...]:
    """Return every pair of levels that a tie of ``case`` forbids, in the order of the ties."""
    places = {provision.id: j for j, provision in enumerate(case.provisions)}
    return tuple(
        Clash(provision=j, level=i, other=k, with_level=place, tie=tie, needed=needed)
        for j, provision in enumerate(case.provisions)
        for i, level in enumerate(provision.levels)
        for needed, ties in ((True, level.requires), (False, level.excludes))
        for tie in ties
        for k in [places[tie.provision]]
        for place, other in enumerate(case.provisions[k].levels)
        if (other.name in tie.levels) != needed
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """Every deal as a path: for each provision a step from one node to another of the next layer.

    Parameters
    ----------
    steps
        For each provision, for each node before it: the levels that some deal has from there, each
        with the node it leads to.
    counts
        For each provision, for each node before it: how many deals lead on from there.
    """

    steps: Steps
    counts: tuple[tuple[int, ...], ...]

    @property
    def count(self) -> int:
        """How many deals there are."""
        return self.counts[0][0]

    def levels(self) -> tuple[tuple[int, ...], ...]:
        """Return, for each provision, the levels that some deal has."""
        return tuple(
            tuple(sorted({level for node in layer for level, _ in node})) for layer in self.steps
        )


def diagram_of(case: Case) -> Diagram:
    """Return the deals that ``case`` allows."""
    allowed = tuple(
        tuple(i for i, level in enumerate(p.levels) if level.name not in p.excluded)
        for p in case.provisions
    )
    return diagram(allowed, pairs(case))


def pairs(case: Case) -> tuple[Pair, ...]:
    """Return the pairs of levels that no deal of ``case`` has, each once, sorted."""
    return tuple(sorted({clash.pair for clash in clashes(case)}))


@cache
def diagram(allowed: tuple[tuple[int, ...], ...], barred: tuple[Pair, ...]) -> Diagram:
    """Return every deal of levels ``allowed`` for each provision in which no pair is ``barred``.

    Examples
    --------
    >>> diagram(((0, 1), (0, 1, 2)), ((0, 1, 1, 2),)).count
    5
    """
    bars: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for j, level, k, other in barred:
        bars.setdefault((j, level), set()).add((k, other))
    layers = [{tuple(allowed): 0}]  # what is left to choose -> its node
    forward: list[list[list[tuple[int, int]]]] = []
    for j in range(len(allowed)):
        after: dict[tuple[tuple[int, ...], ...], int] = {}
        forward.append(
            [
                [
                    (level, after.setdefault(left, len(after)))
                    for level, left in _choices(state, j, bars)
                ]
                for state in layers[-1]
            ]
        )
        layers.append(after)
    counts = [[1] * len(layers[-1])]
    for layer in reversed(forward):
        counts.append([sum(counts[-1][node] for _, node in steps) for steps in layer])
    counts.reverse()
    return Diagram(
        steps=tuple(
            tuple(tuple((v, n) for v, n in steps if after_it[n]) for steps in layer)
            for layer, after_it in zip(forward, counts[1:], strict=True)
        ),
        counts=tuple(map(tuple, counts)),
    )


def _choices(
    state: tuple[tuple[int, ...], ...], j: int, bars: dict[tuple[int, int], set[tuple[int, int]]]
) -> Iterator[tuple[int, tuple[tuple[int, ...], ...]]]:
    """Yield each level that provision ``j`` may have, and what it leaves to the later ones."""
    first, *later = state
    for level in first:
        barred = bars.get((j, level), set())
        left = tuple(
            tuple(other for other in levels if (k, other) not in barred)
            for k, levels in enumerate(later, start=j + 1)
        )
        if all(left):
            yield level, left
