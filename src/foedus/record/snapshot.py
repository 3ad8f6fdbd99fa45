"""Draw one frozen record from what was read in many reports and what people changed.

Everything here is a pure function of the readings, the changes and the day: neither the order in
which reports were added nor the time of asking can show.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from foedus.ids import EntryId, digest, entry_id
from foedus.record.actors import cast, renamed
from foedus.record.changes import in_force
from foedus.record.independence import independent, printed
from foedus.record.known import Knowledge, know
from foedus.record.merging import merge
from foedus.record.names import uses_of
from foedus.record.outlets import outlets, told_of
from foedus.record.tellings import Telling, tellings
from foedus.record.values import (
    ClaimEntry,
    PositionEntry,
    ProvisionEntry,
    Record,
    UnknownEntry,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from foedus.ids import ReportId
    from foedus.reading.values import Position, ProvisionMention, ProvisionStatus
    from foedus.record.changes import Change
    from foedus.record.independence import Printed
    from foedus.record.known import Attested, Known
    from foedus.record.rows import Reading
    from foedus.record.values import Correction, EventEntry, Evidence

_CAUTION: tuple[ProvisionStatus, ...] = (
    "proposed",
    "discussed",
    "suspended",
    "rejected",
    "off-the-table",
    "agreed",
    "in-force",
)
"""Where reports of one day differ, the status named first here is taken: the one that claims
least. All of them stay in the history."""

if TYPE_CHECKING:
    _History = tuple[dt.date | None, ProvisionStatus, Evidence]
    _Prints = Mapping[ReportId, Printed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A record with what it was drawn from: the mentions as they stand, and the tellings."""

    record: Record
    knowledge: Knowledge
    tellings: tuple[Telling, ...]


def draw(
    readings: Iterable[Reading], as_of: dt.date | None, changes: Sequence[Change] = ()
) -> Drawn:
    """Return what was known at the end of a day, with all that it was drawn from."""
    holding = in_force(changes)
    readings = tuple(readings)
    knowledge = know(readings, holding, as_of)
    uses = uses_of(readings, knowledge.known, as_of)
    people = cast(knowledge.known, uses, holding, told_of("actor", holding))
    sources = outlets(knowledge.known, holding)
    known = renamed(knowledge.known, people.names)
    told = tellings(known, sources.one)
    record = replace(
        compose(known, merge(told, knowledge.links), sources.one, as_of),
        actors=people.actors,
        outlets=sources.entries,
        orphans=knowledge.orphans,
    )
    return Drawn(
        record=replace(record, hash=_hash(record)),
        knowledge=replace(knowledge, known=known),
        tellings=told,
    )


def compose(
    known: Sequence[Known],
    events: tuple[EventEntry, ...],
    one_outlet: Callable[[str], str],
    as_of: dt.date | None,
) -> Record:
    """Return what some reports say as a record, whose events have been joined before."""
    prints = {k.report.id: printed(k.report, k.sketch, one_outlet) for k in known}
    return Record(
        as_of=as_of,
        hash="",
        reports=tuple(k.report for k in known),
        events=events,
        claims=tuple(c for k in known for c in _claims(k)),
        positions=_positions(known, prints),
        provisions=_provisions(known, prints),
        unknowns=_unknowns(known),
    )


def _hash(record: Record) -> str:
    """Return what names the content of a record: all of it but the day and who is who."""
    content = (
        record.reports,
        record.events,
        record.claims,
        record.positions,
        record.provisions,
        record.unknowns,
    )
    return digest(json.dumps(content, ensure_ascii=False, sort_keys=True, default=_fields))


def _fields(value: Any) -> object:  # noqa: ANN401 - whatever a record holds
    """Return the fields of a value of ours; a day or a time as text."""
    names = getattr(type(value), "__slots__", None)
    return str(value) if names is None else {name: getattr(value, name) for name in names}


def _claims(known: Known) -> list[ClaimEntry]:
    """Return a report's claims, each by itself; one that is there twice is one."""
    found: dict[tuple[int, int, str], ClaimEntry] = {}
    for attested in known.claims:
        if attested.rejected:
            continue
        claim, evidence = attested.mention, attested.evidence
        found.setdefault(
            (evidence.start, evidence.end, claim.speaker),
            ClaimEntry(
                id=EntryId(f"c-{attested.id[2:]}"),
                speaker=claim.speaker,
                side=claim.side,
                kind=claim.kind,
                cue=claim.cue,
                evidence=evidence,
                corrections=attested.corrections,
            ),
        )
    return list(found.values())


def _positions(known: Sequence[Known], prints: _Prints) -> tuple[PositionEntry, ...]:
    """Return one entry for each actor, issue and stance, with all that says so."""
    kinds: dict[tuple[str, ...], Position] = {}
    found: dict[tuple[str, ...], list[tuple[Known, Attested[Position]]]] = defaultdict(list)
    for k in known:
        for attested in k.positions:
            if not attested.rejected:
                p = attested.mention
                kinds[p.actor, p.issue, p.stance] = p
                found[p.actor, p.issue, p.stance].append((k, attested))
    return tuple(
        PositionEntry(
            id=entry_id("p", *key),
            actor=kinds[key].actor,
            issue=kinds[key].issue,
            stance=kinds[key].stance,
            date=max((k.report.published for k, _ in said if k.report.published), default=None),
            evidence=_distinct(a.evidence for _, a in said),
            independent=independent(prints[k.report.id] for k, _ in said),
            corrections=_corrections(a for _, a in said),
        )
        for key, said in sorted(found.items())
    )


def _provisions(known: Sequence[Known], prints: _Prints) -> tuple[ProvisionEntry, ...]:
    """Return one entry for each provision and giver: its latest status, and how it came there."""
    found: dict[tuple[str, str], list[tuple[Known, Attested[ProvisionMention]]]] = defaultdict(list)
    kinds: dict[tuple[str, str], ProvisionMention] = {}
    for k in known:
        for attested in k.provisions:
            if not attested.rejected:
                p = attested.mention
                kinds[p.provision, p.by or ""] = p
                found[p.provision, p.by or ""].append((k, attested))
    entries = []
    for key, said in sorted(found.items()):
        history = _history(said)
        entries.append(
            ProvisionEntry(
                id=entry_id("v", *key),
                provision=kinds[key].provision,
                by=kinds[key].by,
                status=_latest(history),
                date=history[-1][0],
                history=history,
                independent=independent(prints[k.report.id] for k, _ in said),
                corrections=_corrections(a for _, a in said),
            )
        )
    return tuple(entries)


def _history(said: Sequence[tuple[Known, Attested[ProvisionMention]]]) -> tuple[_History, ...]:
    """Return the steps of a provision in order; what one place says twice is one step."""
    steps: dict[tuple[object, ...], _History] = {}
    for k, attested in said:
        day, status, evidence = k.report.published, attested.mention.status, attested.evidence
        place = (day, status, evidence.report, evidence.start, evidence.end)
        steps.setdefault(place, (day, status, evidence))
    return tuple(steps.values())


def _latest(history: Sequence[_History]) -> ProvisionStatus:
    """Return the status on the last day: what most of that day's reports say in the end."""
    last_day = history[-1][0]
    last = {evidence.report: status for day, status, evidence in history if day == last_day}
    votes = Counter(last.values())
    return max(votes, key=lambda status: (votes[status], -_CAUTION.index(status)))


def _unknowns(known: Sequence[Known]) -> tuple[UnknownEntry, ...]:
    """Return one entry for each thing that is said not to be known, with all that says so."""
    found: dict[str, list[Attested[Any]]] = defaultdict(list)
    for k in known:
        for attested in k.unknowns:
            if not attested.rejected:
                found[attested.mention.about].append(attested)
    return tuple(
        UnknownEntry(
            id=entry_id("u", about),
            about=about,
            evidence=_distinct(a.evidence for a in said),
            corrections=_corrections(said),
        )
        for about, said in sorted(found.items())
    )


def _distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return each place once, under the first mention there."""
    places: dict[tuple[str, int, int], Evidence] = {}
    for e in evidence:
        places.setdefault((e.report, e.start, e.end), e)
    return tuple(places.values())


def _corrections(said: Iterable[Attested[Any]]) -> tuple[Correction, ...]:
    made = [c for attested in said for c in attested.corrections]
    return tuple(sorted(made, key=lambda c: (c.number, c.mention or "")))
