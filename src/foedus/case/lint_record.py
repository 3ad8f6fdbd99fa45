"""What the record says today of the entries that a case rests on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.case.backers import REFUSED
from foedus.case.lint import CaseFinding, sources
from foedus.record import findings
from foedus.record.changes import in_force
from foedus.record.values import EventEntry, PositionEntry, ProvisionEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from foedus.case.flaws import Path
    from foedus.case.values import Case, Source
    from foedus.record.changes import Change
    from foedus.record.values import ClaimEntry, Record, UnknownEntry

    Entry = EventEntry | ClaimEntry | PositionEntry | ProvisionEntry | UnknownEntry

ENTRY = re.compile(r"[a-z]-[0-9a-f]{12}")
"""What an id of the record looks like."""

_AGAINST = ("opposes", "rejects", "red-line")
_PER_CENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per\s?cent)", re.IGNORECASE)
_FAMILIES = {"e": "event", "c": "claim", "p": "position", "v": "provision", "u": "unknown"}
_SHARES = ("x0", "hold")
"""Parameters that a share told in a report can be held against."""


def of_record(case: Case, record: Record, changes: Sequence[Change] = ()) -> Iterator[CaseFinding]:
    """Yield what the record says today against what ``case`` rests on.

    ``changes`` are those that people made in the record: what they rejected is told with what is
    gone.
    """
    entries = _entries(record)
    if case.record_hash not in (None, record.hash):
        yield CaseFinding(
            rule="out-of-date",
            path=("record",),
            what=f"drawn from the record {case.record_hash}; this one is {record.hash}",
            why="Reports, corrections or another day have changed what the record says since.",
            do="Draft again onto this file with foedus case draft, or check what follows here.",
        )
    told = _told_against(record)
    for path, source in sources(case):
        for ref in source.refs:
            if ref in entries:
                yield from _entry(path, source, entries[ref], told)
            elif source.kind == "claim" or ENTRY.fullmatch(ref):
                yield CaseFinding(
                    rule="not-in-record",
                    path=path,
                    what=f"{ref} is not in the record{_rejected(ref, changes)}",
                    why="It was rejected, joined with another, or read otherwise by a newer reader;"
                    " or it is of another record or a later day.",
                    do="Look for what took its place with foedus record list and name that, or give"
                    " another source.",
                )
    yield from _later(case, record)
    yield from _shares(case, entries)


def _rejected(ref: str, changes: Sequence[Change]) -> str:
    """Say which mentions of the family of ``ref`` were rejected, and why."""
    rejected = [
        f"#{change.number} by {change.by}{f' ({change.why})' if change.why else ''}"
        for change in in_force(changes)
        if change.kind == "reject"
        and any(target.family in ("report", _FAMILIES.get(ref[:1])) for target in change.targets)
    ]
    return f"; rejected of its kind: {', '.join(rejected)}" if rejected else ""


def _entries(record: Record) -> dict[str, Entry]:
    families: tuple[tuple[Entry, ...], ...] = (
        record.events, record.claims, record.positions, record.provisions, record.unknowns,
    )  # fmt: skip
    return {entry.id: entry for family in families for entry in family}


def _told_against(record: Record) -> dict[str, list[str]]:
    """Return what the record finds not to fit together, by the entries that it concerns."""
    told: dict[str, list[str]] = {}
    for finding in findings(record):
        if finding.kind == "contradiction":
            for entry in finding.entries:
                told.setdefault(entry, []).append(finding.says)
    return told


def _entry(
    path: Path, source: Source, entry: Entry, told: Mapping[str, list[str]]
) -> Iterator[CaseFinding]:
    """Yield what is to be said of one entry that a part rests on."""
    against = list(told.get(entry.id, ()))
    if isinstance(entry, EventEntry):
        against += [each for each in entry.disputes if each not in against]
        if entry.status == "denied":
            against.append("it is denied")
    for correction in entry.corrections:
        if correction.kind == "correct":
            was = f", read as {correction.was}" if correction.was else ""
            against.append(f"{correction.by} corrected {correction.field} to {correction.now}{was}")
    if against:
        yield CaseFinding(
            rule="disputed",
            path=path,
            what=f"{entry.id}: {'; '.join(dict.fromkeys(against))}",
            why="The case takes one side of it, or was drawn before it was corrected.",
            do=f"See foedus record show {entry.id}; widen what rests on it, or say why not.",
        )
    yield from _standing(path, source, entry)


def _standing(path: Path, source: Source, entry: Entry) -> Iterator[CaseFinding]:
    """Yield where a level stands otherwise today than the case has it."""
    if not isinstance(entry, ProvisionEntry) or source.kind != "claim" or len(path) < 3:
        return
    day = f" since {entry.date.isoformat()}" if entry.date else ""
    if path[2] == "excluded" and entry.status not in REFUSED:
        must = "off the table in the case"
    elif path[2] == "present" and entry.status != "in-force":
        must = "in force already in the case"
    else:
        return
    yield CaseFinding(
        rule="superseded",
        path=path,
        what=f"{entry.id}: {entry.provision} is {entry.status}{day}, {must}",
        why="Which deals are looked at hangs on it.",
        do="Draft again onto this file, or say with a judgement why the case has it so.",
    )


def _later(case: Case, record: Record) -> Iterator[CaseFinding]:
    """Yield red lines whose party has since taken another stance on the issue."""
    positions = {entry.id: entry for entry in record.positions}
    for number, line in enumerate(case.red_lines, start=1):
        for ref in line.source.refs:
            entry = positions.get(ref)  # type: ignore[call-overload] # any text may be looked up
            if entry is None:
                continue
            later = [
                other
                for other in record.positions
                if (other.actor, other.issue) == (entry.actor, entry.issue)
                and (other.stance in _AGAINST) != (entry.stance in _AGAINST)
                and other.date is not None
                and entry.date is not None
                and other.date > entry.date
            ]
            for other in later:
                yield CaseFinding(
                    rule="superseded",
                    path=("red_lines", str(number)),
                    what=f"{entry.id}: {entry.actor} {entry.stance} {entry.issue} on {entry.date},"
                    f" and {other.stance} it on {other.date} ({other.id})",
                    why="A red line that was given up makes deals look worse than they are.",
                    do="Take it off, or say with a judgement why it still holds.",
                )


def _shares(case: Case, entries: Mapping[str, Entry]) -> Iterator[CaseFinding]:
    """Yield ranges of shares that none of the per cents told in their sources lies in."""
    for parameter in case.parameters:
        if parameter.name not in _SHARES or parameter.source.kind != "claim":
            continue
        low, high = parameter.distribution.low, parameter.distribution.high
        told = [
            float(share) / 100
            for ref in parameter.source.refs
            if ref in entries
            for quote in _quotes(entries[ref])
            for share in _PER_CENT.findall(quote)
        ]
        either = [each for share in told for each in (share, 1 - share)]  # whoever's it is
        if told and not any(low <= share <= high for share in either):
            shares = ", ".join(f"{share:.3g}" for share in dict.fromkeys(told))
            yield CaseFinding(
                rule="outside-claim",
                path=("parameters", parameter.name),
                what=f"{low:g} to {high:g}, where the reports named say {shares}",
                why="A range that leaves out what its source says rests on something else.",
                do="Widen the range, or name what it rests on.",
            )


def _quotes(entry: Entry) -> tuple[str, ...]:
    """Return the words of an entry."""
    if isinstance(entry, ProvisionEntry):
        return tuple(evidence.quote for _, _, evidence in entry.history)
    told = entry.evidence
    return tuple(each.quote for each in told) if isinstance(told, tuple) else (told.quote,)
