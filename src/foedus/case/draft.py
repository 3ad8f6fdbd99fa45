"""A first case drawn from a record: who plays, what is on the table, and what is not known.

Nothing here is found out: what the record says is put in its place with the entries that say it,
and what it does not say is filled from the library, with the word "assumption" where that is what
it is. An analyst takes the case from there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.case.backers import UMBRELLAS
from foedus.case.check import check
from foedus.case.fighting import Choice, find_war
from foedus.case.ranges import draw_parameters
from foedus.case.redlines import draw_red_lines
from foedus.case.roles import find_roles
from foedus.case.shelf import instruments
from foedus.case.terms import draw_provisions, exclude_each_other, find_terms, weighed
from foedus.case.ties import diagram_of
from foedus.case.values import Case, Criteria

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from foedus.case.fighting import War
    from foedus.case.terms import Found
    from foedus.case.values import Provision
    from foedus.record.values import Record

_PERIOD_YEARS = 0.25  # the library's flows, chances and delays are for a quarter of a year
_HORIZON_YEARS = 10.0


def draft(
    record: Record,
    *,
    challenger: str | None = None,
    protected: str | None = None,
    guarantors: Sequence[str] | None = None,
) -> Case:
    """Draw a case from a record.

    Parameters
    ----------
    record
        What is known.
    challenger, protected, guarantors
        Who plays the parts, where a person says so; None for what the record is to tell.

    Returns
    -------
    Case
        Checked, with a source for every value: entries of the record by their ids where it says
        something, the library's judgements, base rates and assumptions elsewhere.

    Raises
    ------
    CaseError
        If no two sides fight each other in the record, or it does not tell who plays which part,
        and nobody said so.
    """
    choice = Choice(
        challenger=challenger,
        protected=protected,
        guarantors=None if guarantors is None else tuple(guarantors),
    )
    war = find_war(record, choice)
    roles = find_roles(record, war, choice)
    terms = find_terms(war, roles)
    provisions = exclude_each_other(
        [p for found in terms for p in draw_provisions(found, war, roles)]
    )
    parameters, told = draw_parameters(record, war, roles, [p.id for p in provisions])
    red_lines, given_up = draw_red_lines(war, roles, provisions)
    title = f"{roles.challenger} and {roles.protected}: which guarantee would hold?"
    case = Case(
        title=title,
        challenger=roles.challenger,
        protected=roles.protected,
        guarantors=roles.guarantors,
        period_years=_PERIOD_YEARS,
        horizon_years=_HORIZON_YEARS,
        parameters=parameters,
        provisions=provisions,
        red_lines=red_lines,
        criteria=Criteria(),
        record_hash=record.hash,
        notes=(*roles.notes, *_notes(record, war, terms, provisions), *given_up, *told),
    )
    case = replace(case, notes=(*case.notes, *_closing(case)))
    return check(case, title)


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
    for found in terms:
        word = weighed(found, war)
        if word is not None:
            yield word
    for status in ("agreed", "suspended"):
        entries = [e for e in war.provisions if e.status == status and e.provision in instruments()]
        if entries:
            words = ", ".join(f"{e.provision} ({e.id})" for e in entries)
            yield f"Said to be {status} already, yet a choice in the game: {words}."
    umbrellas = [e for e in war.provisions if e.provision in UMBRELLAS]
    if umbrellas:
        words = ", ".join(f"{e.provision} {e.status} ({e.id})" for e in umbrellas)
        yield f"Named without an instrument, so no provision of their own: {words}."
    outside = {
        e.provision
        for e in war.provisions
        if e.provision not in (*instruments(), *UMBRELLAS, "withdrawal")
    }
    if outside:
        yield f"In the record, but not a part of the game: {', '.join(sorted(outside))}."
    unknown = sorted({e.about for e in record.unknowns if war.told_by(e.evidence)})
    if unknown:
        yield f"Said to be undisclosed, unknown or unsettled: {', '.join(unknown)}."


def _closing(case: Case) -> Iterator[str]:
    """Say how large the game is, and where its numbers come from."""
    yield f"{diagram_of(case).count:,} deals can be made of these provisions."
    yield (
        "Ranges of parameters and sizes of effects are the library's and stand for any war, where "
        "they name no entry of the record. Narrow first what the answer hinges on."
    )
