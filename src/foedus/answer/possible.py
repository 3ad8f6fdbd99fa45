"""Which deals a case allows: no level that is off the table, and no tie between levels broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.case.ties import pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.case.values import Case
    from foedus.search.values import Counts, Flags


def allows(case: Case, deals: Counts, places: Sequence[int] | None = None) -> Flags:
    """Return (D,): which of ``deals`` (D, J) the case allows, by the provisions at ``places``."""
    asked = range(len(case.provisions)) if places is None else places
    good = np.ones(len(deals), dtype=bool)
    for j in asked:
        provision = case.provisions[j]
        names = [level.name for level in provision.levels]
        good &= ~np.isin(names, list(provision.excluded))[deals[:, j]]
    for j, level, k, other in pairs(case):
        if j in asked and k in asked:
            good &= ~((deals[:, j] == level) & (deals[:, k] == other))
    return good


def tied(case: Case) -> tuple[tuple[int, ...], ...]:
    """Return the places of the provisions in sets: what is tied together, directly or not, in one.

    A deal is a free choice among what each set allows.
    """
    sets = [{j} for j in range(len(case.provisions))]
    for j, _, k, _ in pairs(case):
        met = [s for s in sets if j in s or k in s]
        sets = [s for s in sets if s not in met] + [set[int]().union(*met)]
    return tuple(sorted(tuple(sorted(s)) for s in sets))
