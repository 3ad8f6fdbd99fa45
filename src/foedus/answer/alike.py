"""Deals that come out alike, told as one.

Deals are alike when on no measure they are further apart than `foedus.search.means.TOLERANCE`, and
cross the same red lines. Being within a distance of each other cannot part deals into groups by
itself: a chain of small steps leads anywhere. So the first deal told begins a group and takes all
that are alike to it, then the next that is left, and so on: every deal is alike to the first of its
group (J. A. Hartigan's leader algorithm, "Clustering Algorithms", 1975).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.compared import Group
from foedus.answer.reaching import crossing
from foedus.search.means import TOLERANCE, alike, fare

if TYPE_CHECKING:
    from foedus.answer.table import Table
    from foedus.search.values import Counts


def groups(table: Table) -> tuple[Group, ...]:
    """Return the deals told in groups, in their order, with all others that are alike."""
    scores, lines = fare(table.means), crossing(table)
    left = table.possible.copy()
    kept = [row for row in map(table.row, table.places) if row is not None]
    found = []
    taken: set[int] = set()
    for row in kept:
        if row in taken:
            continue
        same = alike(scores, lines, row) & left
        same[row] = True
        left &= ~same
        members = np.flatnonzero(same)
        told = [r for r in kept if same[r] and r not in taken]
        taken.update(told)
        found.append(_group(table, told, members))
    return tuple(found)


def _group(table: Table, told: list[int], members: Counts) -> Group:
    case, deals = table.case, table.means.deals[members]
    levels = [np.unique(column).tolist() for column in deals.T]
    places = [tuple(table.means.deals[row].tolist()) for row in told]
    return Group(
        deals=tuple(table.places[deal] for deal in places),
        size=len(members),
        differ=tuple(
            (provision.title, tuple(provision.levels[i].title for i in found))
            for provision, found in zip(case.provisions, levels, strict=True)
            if len(found) > 1
        ),
        free=math.prod(map(len, levels)) == len(members),
        tolerance=TOLERANCE,
    )
