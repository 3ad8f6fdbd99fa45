"""Deals that come out alike, told as one.

Deals are alike when on no measure they are further apart than `TOLERANCE`, and cross the same red
lines. Being within a distance of each other cannot part deals into groups by itself: a chain of
small steps leads anywhere. So the first deal told begins a group and takes all that are alike to
it, then the next that is left, and so on: every deal is alike to the first of its group (J. A.
Hartigan's leader algorithm, "Clustering Algorithms", 1975).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.compared import Group
from foedus.answer.reaching import crossing

if TYPE_CHECKING:
    from foedus.answer.table import Table
    from foedus.search.values import Counts, Floats

TOLERANCE = 0.02
"""How far apart deals that are alike may be: two in a hundred of a chance, of the good, or of what
lasting peace would be worth. A judgement; it is told."""

MEASURES = (
    "robustness",
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
"""What is compared, and for each guarantor acceptance, direct war and cost."""

SAME = 9


def groups(table: Table) -> tuple[Group, ...]:
    """Return the deals told in groups, in their order, with all others that are alike."""
    scores, lines = _scores(table), crossing(table)
    left = table.possible.copy()
    kept = [row for row in map(table.row, table.places) if row is not None]
    found = []
    taken: set[int] = set()
    for row in kept:
        if row in taken:
            continue
        near = np.abs(scores - scores[row]).round(SAME).max(axis=1) <= TOLERANCE
        same = near & (lines == lines[row]).all(axis=1) & left
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


def _scores(table: Table) -> Floats:
    """Return (D, M): what is compared; a deal with no figures is like no other."""
    names = [*MEASURES]
    for guarantor in table.case.guarantors:
        names += [f"accepts[{guarantor}]", f"direct[{guarantor}]", f"cost[{guarantor}]"]
    scores = np.stack([table.column(name) for name in names], axis=1)
    return np.where(np.isnan(scores), np.inf, scores)
