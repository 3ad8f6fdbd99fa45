"""A first case drawn from a record: who plays, what is on the table, and what is not known.

Nothing here is found out: what the record says is put in its place with the entries that say it,
and what it does not say is filled from the library, with the word "assumption" where that is what
it is. An analyst takes the case from there.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from foedus.case.check import check
from foedus.case.fighting import find_war
from foedus.case.redlines import draw_red_lines
from foedus.case.roles import find_roles
from foedus.case.shelf import instruments, usual_values
from foedus.case.terms import draw_provisions, find_terms
from foedus.case.values import (
    EFFECT_UNIT,
    GUARANTOR_PARAMETERS,
    SCALAR_PARAMETERS,
    Case,
    Criteria,
    Parameter,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from foedus.case.fighting import War
    from foedus.case.terms import Found
    from foedus.case.values import Provision
    from foedus.record.values import Record

_PERIOD_YEARS = 0.25  # the library's flows, chances and delays are for a quarter of a year
_HORIZON_YEARS = 10.0

_UMBRELLAS = ("security-framework", "deterrence")


def draft(record: Record) -> Case:
    """Draw a case from a record.

    Returns
    -------
    Case
        Checked, with a source for every value: entries of the record by their ids where it says
        something, the library's judgements, base rates and assumptions elsewhere.

    Raises
    ------
    CaseError
        If no two sides fight each other in the record.
    """
    war = find_war(record)
    roles = find_roles(record, war)
    terms = find_terms(war, roles)
    provisions = tuple(p for found in terms for p in draw_provisions(found, war, roles))
    title = f"{roles.challenger} and {roles.protected}: which guarantee would hold?"
    case = Case(
        title=title,
        challenger=roles.challenger,
        protected=roles.protected,
        guarantors=roles.guarantors,
        period_years=_PERIOD_YEARS,
        horizon_years=_HORIZON_YEARS,
        parameters=usual_parameters(roles.guarantors, [p.id for p in provisions]),
        provisions=provisions,
        red_lines=draw_red_lines(war, roles, provisions),
        criteria=Criteria(),
        record_hash=record.hash,
        notes=(*roles.notes, *_notes(record, war, terms, provisions)),
    )
    return check(case, title)


def usual_parameters(
    guarantors: Sequence[str], provision_ids: Sequence[str]
) -> tuple[Parameter, ...]:
    """Return every parameter of a case with its usual range, in the order of the model's tables."""
    usual = usual_values()
    keys: list[tuple[str, str | None, str]]
    keys = [(name, None, unit) for name, unit in SCALAR_PARAMETERS.items()]
    keys += [(name, of, unit) for name, unit in GUARANTOR_PARAMETERS.items() for of in guarantors]
    keys += [("effect", of, EFFECT_UNIT) for of in provision_ids]
    return tuple(
        Parameter(name=name, of=of, unit=unit, distribution=usual[name][0], source=usual[name][1])
        for name, of, unit in keys
    )


def _notes(
    record: Record, war: War, terms: Sequence[Found], provisions: Sequence[Provision]
) -> Iterator[str]:
    """Say what was added, left out or could not be told, so that a person can decide."""
    drawn = {provision.id.partition(":")[0] for provision in provisions}
    added = [one.instrument.id for one in terms if not one.refs and one.instrument.id in drawn]
    if added:
        yield (
            f"The record mentions little that a deal could be made of; added from the library: "
            f"{', '.join(added)}."
        )
    for status in ("agreed", "in-force", "suspended"):
        entries = [e for e in war.provisions if e.status == status and e.provision in instruments()]
        if entries:
            words = ", ".join(f"{e.provision} ({e.id})" for e in entries)
            yield f"Said to be {status} already, yet a choice in the game: {words}."
    umbrellas = [e for e in war.provisions if e.provision in _UMBRELLAS]
    if umbrellas:
        words = ", ".join(f"{e.provision} {e.status} ({e.id})" for e in umbrellas)
        yield f"Named without an instrument, so no provision of their own: {words}."
    outside = {
        e.provision
        for e in war.provisions
        if e.provision not in (*instruments(), *_UMBRELLAS, "withdrawal")
    }
    if outside:
        yield f"In the record, but not a part of the game: {', '.join(sorted(outside))}."
    unknown = sorted({e.about for e in record.unknowns if war.told_by(e.evidence)})
    if unknown:
        yield f"Said to be undisclosed, unknown or unsettled: {', '.join(unknown)}."
    open_ids = {provision.id for provision in provisions if not provision.excluded}
    if {"neutrality", "nato-membership"} <= open_ids:
        yield (
            "The game does not know that neutrality and membership of an alliance exclude each "
            "other: pass over deals with both."
        )
    deals = math.prod(len(p.levels) - len(p.excluded) for p in provisions)
    yield f"{deals:,} deals can be made of these provisions."
    yield (
        "Ranges of parameters and sizes of effects are the library's and stand for any war. "
        "Narrow first what the answer hinges on."
    )
