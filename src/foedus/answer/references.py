"""The deals that a case is tried on: nothing but a truce, each provision alone, the usual package.

History has rates for deals such as these, and none for the particular deal that an analyst has in
mind; so a prior is looked at here before it is believed there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.case.shelf import instruments
from foedus.case.ties import pairs

if TYPE_CHECKING:
    from foedus.case.values import Case, Provision
    from foedus.search.values import Deal

BARE, TYPICAL, NO_DEAL = "bare", "typical", "none"
"""Deals that are no provision alone: a stop to the fighting, the usual package, no deal at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One deal that the case is tried on.

    Parameters
    ----------
    id
        ``bare``, ``typical`` or the id of the provision that stands alone.
    kind
        ``bare``, ``typical`` or the instrument: what a base rate says it is about.
    name
        It in plain words.
    deal
        Its levels.
    """

    id: str
    kind: str
    name: str
    deal: Deal


def references(case: Case) -> tuple[Reference, ...]:
    """Return the deals that ``case`` is tried on, those that it allows.

    Alone, a provision is at its highest level that is not ruled out, with no other but what that
    level needs beside it. The usual package has each provision at the level that the library calls
    typical, or at its first where the library does not know it; one that would break a tie is at
    its first level too.
    """
    bare = (0,) * len(case.provisions)
    found = [Reference(id=BARE, kind=BARE, name="a truce and nothing else", deal=bare)]
    for j, provision in enumerate(case.provisions):
        open_levels = [
            i for i, v in enumerate(provision.levels) if v.name not in provision.excluded
        ]
        deal = _with(case, bare, j, open_levels[-1])
        if open_levels[-1] > 0 and deal is not None:
            level = provision.levels[open_levels[-1]]
            name = f"{provision.title}: {level.title}"
            kind = instrument_of(provision)
            found.append(Reference(id=provision.id, kind=kind, name=name, deal=deal))
    package = bare
    for j, provision in enumerate(case.provisions):
        package = _with(case, package, j, _typical(provision)) or package
    if package != bare:
        name = "the library's usual package"
        found.append(Reference(id=TYPICAL, kind=TYPICAL, name=name, deal=package))
    return tuple(found)


def instrument_of(provision: Provision) -> str:
    """Return the instrument that a provision is, by its id: what stands before a colon."""
    return provision.id.partition(":")[0]


def _typical(provision: Provision) -> int:
    """Return the index of the usual level, or of the next lower one that is not ruled out."""
    instrument = instruments().get(instrument_of(provision))
    names = [level.name for level in provision.levels]
    if instrument is None or instrument.typical not in names:
        return 0
    index = names.index(instrument.typical)
    return max(i for i in range(index + 1) if i == 0 or names[i] not in provision.excluded)


def _with(case: Case, deal: Deal, j: int, level: int) -> Deal | None:
    """Return ``deal`` with provision ``j`` at ``level`` and what that needs; None if it may not be.

    What it needs is taken at the first of the levels that would do and are not ruled out.
    """
    place = {provision.id: index for index, provision in enumerate(case.provisions)}
    made = list(deal)
    made[j] = level
    settled = {j}  # each is moved once, so that ties in a circle come to an end
    waiting = [case.provisions[j].levels[level]]
    while waiting:
        for tie in waiting.pop().requires:
            index = place[tie.provision]
            needed = case.provisions[index]
            if needed.levels[made[index]].name in tie.levels:
                continue
            may = [
                i
                for i, other in enumerate(needed.levels)
                if other.name in tie.levels and other.name not in needed.excluded
            ]
            if not may or index in settled:
                return None
            made[index] = may[0]
            settled.add(index)
            waiting.append(needed.levels[may[0]])
    clash = any(made[a] == level and made[b] == other for a, level, b, other in pairs(case))
    return None if clash else tuple(made)
