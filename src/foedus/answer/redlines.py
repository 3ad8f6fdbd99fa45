"""Which red lines cannot be respected together.

A deal takes one level of every provision, freely. So red lines can be respected together when, for
each provision, some level that the case allows is beyond none of them; and a smallest set that
cannot is a smallest set of lines on one provision such that each of its allowed levels is beyond
one of them: a minimal transversal, found by C. Berge's multiplication ("Hypergraphs", 1989).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.case.values import Case, Provision


def collisions(case: Case) -> tuple[tuple[int, ...], ...]:
    """Return the smallest sets of red lines, as indices, that no allowed deal can respect."""
    found = {lines for provision in case.provisions for lines in _on(case, provision)}
    return tuple(sorted((tuple(sorted(lines)) for lines in found), key=lambda s: (len(s), s)))


def _on(case: Case, provision: Provision) -> set[frozenset[int]]:
    sets = {frozenset[int]()}
    for level in provision.levels:
        if level.name in provision.excluded:
            continue
        against = {
            index
            for index, line in enumerate(case.red_lines)
            if line.provision == provision.id and level.name in line.levels
        }
        met = {lines for lines in sets if lines & against}
        widened = {lines | {index} for lines in sets - met for index in against}
        sets = _smallest(met | widened)
    return sets


def _smallest(sets: set[frozenset[int]]) -> set[frozenset[int]]:
    return {lines for lines in sets if not any(other < lines for other in sets)}
