"""What people do to a record, as changes to write down: checked against the record as it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.errors import Fault, RecordError
from foedus.ids import digest
from foedus.record import fields
from foedus.record.changes import Change, Target, in_force
from foedus.record.fields import shown
from foedus.record.lookup import Found, Index, Place
from foedus.record.roles import split_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.record.changes import Signature
    from foedus.record.snapshot import Drawn
    from foedus.record.values import ChangeKind


def accepted(drawn: Drawn, ids: Sequence[str], signed: Signature) -> Change:
    """Return the change that finds mentions, reports or entries to be right."""
    return _about("accept", _found(drawn, ids), signed)


def rejected(drawn: Drawn, ids: Sequence[str], signed: Signature) -> Change:
    """Return the change that takes mentions or reports out of every snapshot."""
    found = _found(drawn, ids)
    wrong = [f.id for f in found if f.family in {"actor", "outlet"}]
    if wrong:
        fault = Fault(
            at="id",
            found=", ".join(wrong),
            must="be a mention, an entry or a report",
            do="Reject what reports say of it; or split it from what it was joined with.",
        )
        raise RecordError("reject", (fault,))
    return _about("reject", found, signed)


def corrected(drawn: Drawn, id_: str, told: tuple[str, str], signed: Signature) -> Change:
    """Return the change that makes a field say something else, in all mentions of an entry."""
    field, value = told
    (found,) = _found(drawn, [id_])
    if found.family in {"actor", "outlet"}:
        _check_told(found, field, value)
    elif found.report is not None:
        fields.corrected("report", found.report, field, value)
    for place in found.places:
        fields.corrected(place.family, place.attested.mention, field, value)
    change = _about("correct", (found,), signed)
    return replace(change, field=field, value=value.strip())


def merged(drawn: Drawn, ids: Sequence[str], signed: Signature) -> Change:
    """Return the change that joins events, actors or outlets; the first gives the name."""
    found = _found(drawn, ids)
    _check_joinable(found, "merge")
    change = _about("merge", found, signed)
    if len(change.targets) < 2:
        fault = Fault(at="ids", found=", ".join(ids), must="be two or more things to join")
        raise RecordError("merge", (fault,))
    return change


def parted(drawn: Drawn, ids: Sequence[str], signed: Signature) -> Change:
    """Return the change that takes mentions or a name away from what they were joined with."""
    index = Index(drawn)
    found = tuple(index.find(i) for i in ids)
    _check_joinable(found, "split")
    if found[0].family == "event":
        ones, others = _parted_mentions(index, found)
    else:
        ones, others = _parted_names(found, ids)
    if not others:
        fault = Fault(
            at="ids",
            found=", ".join(ids),
            must="be part of something larger",
            do="Give the ids of mentions (m-...) that belong to another event, or another name.",
        )
        raise RecordError("split", (fault,))
    return _signed("split", (*ones, *others), signed)


def undone(changes: Sequence[Change], number: int, signed: Signature) -> Change:
    """Return the change that takes another back."""
    by_number = {change.number: change for change in changes}
    holding = {change.number for change in in_force(changes)}
    change = by_number.get(number)
    if change is None:
        known = ", ".join(f"{n}" for n in sorted(holding)[-5:]) or "none yet"
        fault = Fault(
            at="number",
            found=number,
            must="be the number of a change",
            do=f"The last that hold: {known}.",
        )
        raise RecordError("undo", (fault,))
    taken_back = _taken_back(changes)
    if number in taken_back:
        fault = Fault(
            at="number",
            found=f"{number}, which was taken back by {taken_back[number]}",
            must="be a change that holds",
            do=f"To make it hold again, undo {taken_back[number]}.",
        )
        raise RecordError("undo", (fault,))
    return replace(_signed("undo", (), signed), undoes=number)


def _taken_back(changes: Sequence[Change]) -> dict[int, int]:
    """Return, of each change that does not hold, the undo that holds."""
    taken: dict[int, int] = {}
    for change in sorted(changes, key=lambda c: c.number, reverse=True):
        if change.undoes is not None and change.number not in taken:
            taken[change.undoes] = change.number
    return taken


def _found(drawn: Drawn, ids: Sequence[str]) -> tuple[Found, ...]:
    """Return what ids mean.

    Raises
    ------
    RecordError
        With every id that means nothing, not only the first.
    """
    index = Index(drawn)
    found: list[Found] = []
    faults: list[Fault] = []
    for said in ids:
        try:
            found.append(index.find(said))
        except RecordError as error:
            faults += error.faults
    if faults or not found:
        none = Fault(at="ids", found="no id", must="be one or more")
        raise RecordError("record", tuple(faults) or (none,))
    return tuple(found)


def _signed(kind: ChangeKind, targets: tuple[Target, ...], signed: Signature) -> Change:
    if not signed.by.strip():
        fault = Fault(at="by", found="no name", must="be the name of who changes the record")
        raise RecordError(kind, (fault,))
    return Change(
        number=0,
        kind=kind,
        by=signed.by.strip(),
        at=signed.at.replace(microsecond=0),
        targets=tuple(dict.fromkeys(targets)),
        why=signed.why,
    )


def _about(kind: ChangeKind, found: Sequence[Found], signed: Signature) -> Change:
    return _signed(kind, tuple(t for f in found for t in _targets(f)), signed)


def _targets(found: Found, side: int = 0) -> list[Target]:
    if found.report is not None:
        text = digest(found.report.text)
        was = shown("report", found.report)
        return [Target(family="report", report=found.report.id, text_hash=text, was=was, side=side)]
    if found.actor is not None:
        names = (found.actor.name, *found.actor.aliases)
        return [Target(family="actor", name=name, side=side) for name in names]
    if found.outlet is not None:
        return [Target(family="outlet", name=found.outlet.name, side=side)]
    return [_target(place, side) for place in found.places]


def _target(place: Place, side: int) -> Target:
    evidence = place.attested.evidence
    return Target(
        family=place.family,
        report=evidence.report,
        text_hash=place.known.text_hash,
        span=(evidence.start, evidence.end),
        quote=evidence.quote,
        was=shown(place.family, place.attested.read),
        side=side,
        twin=_twin(place),
    )


def _twin(place: Place) -> int:
    """Return the how-manieth of its family a mention is in its span."""
    here = place.attested.evidence
    family = dict(place.known.families())[place.family]
    twins = [a.id for a in family if (a.evidence.start, a.evidence.end) == (here.start, here.end)]
    return twins.index(place.attested.id)


def _check_joinable(found: Sequence[Found], doing: str) -> None:
    families = sorted({f.family for f in found})
    if len(families) > 1 or families[0] not in {"event", "actor", "outlet"}:
        fault = Fault(
            at="ids",
            found=f"of the kinds {', '.join(families)}",
            must="all be events, all actors or all outlets",
            do="Positions, claims and provisions are told apart by their fields: correct those.",
        )
        raise RecordError(doing, (fault,))


def _parted_mentions(index: Index, found: Sequence[Found]) -> tuple[list[Target], list[Target]]:
    ones = {place.attested.id: place for f in found for place in f.places}
    entries = {entry for name in ones for entry in index.entry_of(name)}
    others = {
        place.attested.id: place
        for entry in sorted(entries)
        for place in index.find(entry).places
        if place.attested.id not in ones
    }
    return [_target(p, 0) for p in ones.values()], [_target(p, 1) for p in others.values()]


def _parted_names(found: Sequence[Found], said: Sequence[str]) -> tuple[list[Target], list[Target]]:
    """Return the names that a person gave, and those that they go together with."""
    ones, others = [], []
    for thing, name in zip(found, said, strict=True):
        if thing.actor is not None:
            names = (thing.actor.name, *thing.actor.aliases)
            taken = next((n for n in names if n.casefold() == name.strip().casefold()), names[0])
            ones.append(Target(family="actor", name=taken))
            others += [Target(family="actor", name=n, side=1) for n in names if n != taken]
        elif thing.outlet is not None:
            ones.append(Target(family="outlet", name=thing.outlet.name))
            others += [
                Target(family="outlet", name=n, side=1) for n in thing.outlet.one_source_with
            ]
    mine = {t.name for t in ones}
    return ones, [t for t in others if t.name not in mine]


def _check_told(found: Found, field: str, value: str) -> None:
    """Refuse what cannot be said of an actor or an outlet."""
    known = fields.fields_of(found.family)
    if field not in known:
        what = ", ".join(known) or "none: outlets are merged and split"
        fault = Fault(at="field", found=repr(field), must=f"be one of {what}")
        raise RecordError("correct", (fault,))
    if field == "role":
        try:
            role, _, _ = split_role(value)
        except ValueError as error:
            raise RecordError("correct", (_NO_ROLE,)) from error
        if not role:
            raise RecordError("correct", (_NO_ROLE,))


_NO_ROLE = Fault(
    at="role",
    found="no office, or a day that is none",
    must="be an office with its days if known: foreign minister 2031-01-01/2031-06-30",
)
