"""Which red lines cannot be respected together, and what giving some up would open.

A deal crosses a set of red lines, often none. Red lines can be respected together when some deal
that the case allows crosses none of them; the smallest sets that cannot are the minimal
transversals of the sets crossed, found by C. Berge's multiplication ("Hypergraphs", 1989): each
deal is crossed by one of the set. A deal is a free choice among what each set of tied provisions
allows, so that it is enough to look at these sets one by one.

Conversely, the smallest sets of red lines whose giving up opens a deal are the smallest among those
crossed. A red line that was switched off plays no part.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.compared import RedLines, Relaxation
from foedus.answer.possible import allows, tied
from foedus.answer.reaching import best_free, crossing
from foedus.answer.table import best_row
from foedus.search.means import crossings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.answer.table import Table
    from foedus.case.values import Case

    Lines = frozenset[int]
    Crossed = Counter[Lines]
    """How many choices cross each set of red lines."""

LEAST_MOST = 5
"""Smallest sets to be given up that are told."""


def red_lines(table: Table) -> RedLines:
    """Return what the red lines in force leave, and what giving some up would open."""
    case = table.case
    active = tuple(index for index, line in enumerate(case.red_lines) if line.active)
    parts = [_crossed(case, places) for places in tied(case)]
    free = _count(parts, frozenset())
    best = best_free(table)
    least = () if free else _smallest_crossed(parts)[:LEAST_MOST]
    return RedLines(
        active=active,
        off=tuple(index for index in range(len(case.red_lines)) if index not in active),
        free=free,
        best=None if best is None else table.sketch(best),
        collisions=collisions(case),
        single=tuple(_relaxation(table, parts, frozenset({line})) for line in active),
        least=tuple(_relaxation(table, parts, lines) for lines in least),
    )


def collisions(case: Case) -> tuple[tuple[int, ...], ...]:
    """Return the smallest sets of red lines, as indices, that no allowed deal can respect."""
    found = {
        lines for places in tied(case) for lines in _transversals(_crossed(case, places).keys())
    }
    return _sorted(_smallest(found))


def _relaxation(table: Table, parts: Iterable[Crossed], lines: Lines) -> Relaxation:
    """Return what giving up ``lines`` would open, and the best of that."""
    parts = list(parts)
    crosses = crossing(table)
    rest = [index for index in range(crosses.shape[1]) if index not in lines]
    opened = table.possible & ~crosses[:, rest].any(axis=1) & crosses.any(axis=1)
    robust = best_row(table.robustness, opened)
    agreed = best_row(table.column("agree"), opened)
    return Relaxation(
        lines=tuple(sorted(lines)),
        opens=_count(parts, lines) - _count(parts, frozenset()),
        compared=int(opened.sum()),
        robust=None if robust is None else table.sketch(robust),
        agreed=None if agreed is None else table.sketch(agreed),
    )


def _crossed(case: Case, places: tuple[int, ...]) -> Crossed:
    """Return how many choices of levels of these provisions cross each set of red lines."""
    levels = [range(len(case.provisions[j].levels)) for j in places]
    deals = np.zeros((math.prod(map(len, levels)), len(case.provisions)), dtype=np.int64)
    deals[:, list(places)] = list(product(*levels))
    good = deals[allows(case, deals, places)]
    own = {case.provisions[j].id for j in places}
    at_issue = [i for i, line in enumerate(case.red_lines) if line.provision in own]
    rows = crossings(case, good)[:, at_issue]
    kinds, counts = np.unique(rows, axis=0, return_counts=True)
    return Counter(
        {
            frozenset(i for i, crosses in zip(at_issue, kind, strict=True) if crosses): int(count)
            for kind, count in zip(kinds.tolist(), counts.tolist(), strict=True)
        }
    )


def _count(parts: Iterable[Crossed], lines: Lines) -> int:
    """Return how many deals cross none but ``lines``."""
    return math.prod(sum(n for kind, n in part.items() if kind <= lines) for part in parts)


def _transversals(kinds: Iterable[Lines]) -> set[Lines]:
    """Return the smallest sets of lines that have one in common with each of ``kinds``."""
    sets = {frozenset[int]()}
    for against in sorted(kinds, key=sorted):
        met = {lines for lines in sets if lines & against}
        widened = {lines | {index} for lines in sets - met for index in against}
        sets = _smallest(met | widened)
    return sets


def _smallest_crossed(parts: Iterable[Crossed]) -> list[Lines]:
    """Return the smallest sets of lines that some deal crosses, those with the fewest first."""
    sets = {frozenset[int]()}
    for part in parts:
        sets = _smallest({a | b for a in sets for b in _smallest(set(part))})
    return [frozenset(lines) for lines in _sorted(sets)]


def _smallest(sets: set[Lines]) -> set[Lines]:
    return {lines for lines in sets if not any(other < lines for other in sets)}


def _sorted(sets: set[Lines]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted((tuple(sorted(lines)) for lines in sets), key=lambda s: (len(s), s)))
