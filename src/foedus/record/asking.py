"""Ask a record: who, what about, of which kind, where and when; and in the order of time.

Everything here is a pure function of a record, which has been drawn as of a day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from foedus.errors import Fault, RecordError
from foedus.reading.knowledge import key
from foedus.reading.values import ABOUT, EVENT_TYPES
from foedus.record.fields import close_to
from foedus.record.sayings import says

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.ids import EntryId
    from foedus.reading.values import Days, Issue, Stance
    from foedus.record.values import (
        ClaimEntry,
        EventEntry,
        Evidence,
        PositionEntry,
        ProvisionEntry,
        Record,
        UnknownEntry,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked for; a field that is None leaves all in, and all fields must be met.

    Parameters
    ----------
    actor
        Who acts, is acted on, speaks, takes a position or gives a provision; any of its names.
    about
        An issue or a provision: positions on it, provisions of it, what is unknown of it.
    event_type
        Events of this type and nothing else.
    place
        Events there: a part of the place's name, or an ISO 3166 alpha-3 code.
    since, until
        What happened, or was said, from this day and until that one. Without a day it is left out.
    """

    actor: str | None = None
    about: str | None = None
    event_type: str | None = None
    place: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    def __post_init__(self) -> None:
        """Refuse words that no record can hold."""
        faults = [
            Fault(
                at=at,
                found=repr(said),
                must=f"be one of {', '.join(known)}",
                do=close_to(said, known),
            )
            for at, said, known in (
                ("about", self.about, ABOUT),
                ("event type", self.event_type, EVENT_TYPES),
            )
            if said is not None and said not in known
        ]
        if self.since is not None and self.until is not None and self.since > self.until:
            found = f"{self.since}, after {self.until}"
            faults.append(Fault(at="since", found=found, must="not lie after until"))
        if faults:
            raise RecordError("question", tuple(faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something at its place in time: an event, a claim, a position, a step of a provision.

    ``date`` is when it happened; of what was said, the day of the report.
    """

    date: Days
    family: Literal["event", "claim", "position", "provision"]
    id: EntryId
    says: str
    disputed: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionStep:
    """Where a party stood on an issue on the day of a report (None: the day is not known)."""

    actor: str
    issue: Issue
    date: dt.date | None
    stance: Stance
    id: EntryId
    evidence: Evidence


def ask(record: Record, question: Question) -> Record:
    """Return the part of a record that a question is about; its reports are those it rests on."""
    asked = _Asked(record, question)
    events = tuple(e for e in record.events if asked.event(e))
    claims = tuple(c for c in record.claims if asked.claim(c))
    positions = tuple(p for p in record.positions if asked.position(p))
    provisions = tuple(p for p in record.provisions if asked.provision(p))
    unknowns = tuple(u for u in record.unknowns if asked.unknown(u))
    rest_on = {
        *(e.report for event in events for e in event.evidence),
        *(e.report for p in positions for e in p.evidence),
        *(e.report for u in unknowns for e in u.evidence),
        *(c.evidence.report for c in claims),
        *(e.report for p in provisions for _, _, e in p.history),
    }
    return replace(
        record,
        reports=tuple(r for r in record.reports if r.id in rest_on),
        events=events,
        claims=claims,
        positions=positions,
        provisions=provisions,
        unknowns=unknowns,
    )


def timeline(record: Record) -> tuple[Moment, ...]:
    """Return all of a record that has a day, in the order of the days.

    A position or a provision stands once for each day on which a report says so.
    """
    day_of = {r.id: r.published for r in record.reports}
    moments = [
        Moment(
            date=e.date,
            family="event",
            id=e.id,
            says=says(e),
            disputed=bool(e.disputes),
            evidence=e.evidence,
        )
        for e in record.events
        if e.date is not None
    ]
    for claim in record.claims:
        moments += _said("claim", claim, [(day_of.get(claim.evidence.report), claim.evidence)])
    for position in record.positions:
        told = [(day_of.get(e.report), e) for e in position.evidence]
        moments += _said("position", position, told)
    for provision in record.provisions:
        for status in dict.fromkeys(s for _, s, _ in provision.history):
            steps = [(day, e) for day, s, e in provision.history if s == status]
            moments += _said("provision", replace(provision, status=status), steps)
    return tuple(sorted(moments, key=lambda m: (m.date, m.family, m.id, m.says)))


def positions_over_time(record: Record) -> tuple[PositionStep, ...]:
    """Return every position as each report gives it: by actor and issue, then in order of days."""
    day_of = {r.id: r.published for r in record.reports}
    steps = [
        PositionStep(
            actor=p.actor,
            issue=p.issue,
            date=day_of.get(e.report),
            stance=p.stance,
            id=p.id,
            evidence=e,
        )
        for p in record.positions
        for e in p.evidence
    ]
    return tuple(
        sorted(
            steps,
            key=lambda s: (
                s.actor,
                s.issue,
                s.date or dt.date.min,
                s.evidence.report,
                s.evidence.start,
                s.stance,
            ),
        )
    )


def _said(
    family: Literal["claim", "position", "provision"],
    entry: ClaimEntry | PositionEntry | ProvisionEntry,
    told: Iterable[tuple[dt.date | None, Evidence]],
) -> list[Moment]:
    """Return a moment for each day on which it was said."""
    by_day: dict[dt.date, list[Evidence]] = {}
    for day, evidence in told:
        if day is not None:
            by_day.setdefault(day, []).append(evidence)
    return [
        Moment(
            date=(day, day),
            family=family,
            id=entry.id,
            says=says(entry),
            disputed=False,
            evidence=tuple(evidence),
        )
        for day, evidence in by_day.items()
    ]


class _Asked:
    """A question put to the entries of one record."""

    def __init__(self, record: Record, question: Question) -> None:
        self._question = question
        self._days = {r.id: r.published for r in record.reports}
        self._names: frozenset[str] = frozenset()
        if question.actor is not None:
            wanted = key(question.actor)
            called = [(a.name, *a.aliases) for a in record.actors]
            meant = [n for names in called if wanted in map(key, names) for n in names]
            self._names = frozenset(map(key, meant)) | {wanted}

    def event(self, entry: EventEntry) -> bool:
        asked = self._question
        if asked.about is not None:
            return False
        return (
            asked.event_type in {None, entry.type}
            and self._by(*entry.actors, *entry.recipients)
            and self._at(entry.place, entry.country)
            and self._during([entry.date])
        )

    def claim(self, entry: ClaimEntry) -> bool:
        asked = self._question
        if asked.about is not None or self._only_events():
            return False
        return self._by(entry.speaker, entry.side) and self._told([entry.evidence])

    def position(self, entry: PositionEntry) -> bool:
        if self._only_events() or self._question.about not in {None, entry.issue}:
            return False
        return self._by(entry.actor) and self._told(entry.evidence)

    def provision(self, entry: ProvisionEntry) -> bool:
        if self._only_events() or self._question.about not in {None, entry.provision}:
            return False
        days = [None if day is None else (day, day) for day, _, _ in entry.history]
        return self._by(entry.by) and self._during(days)

    def unknown(self, entry: UnknownEntry) -> bool:
        if self._only_events() or self._question.about not in {None, entry.about}:
            return False
        return self._question.actor is None and self._told(entry.evidence)

    def _only_events(self) -> bool:
        return self._question.event_type is not None or self._question.place is not None

    def _by(self, *names: str | None) -> bool:
        return self._question.actor is None or any(key(n) in self._names for n in names if n)

    def _at(self, place: str | None, country: str | None) -> bool:
        wanted = self._question.place
        if wanted is None:
            return True
        return wanted == country or key(wanted) in key(place or "")

    def _told(self, evidence: Iterable[Evidence]) -> bool:
        days = [self._days.get(e.report) for e in evidence]
        return self._during([None if day is None else (day, day) for day in days])

    def _during(self, days: Iterable[Days | None]) -> bool:
        since, until = self._question.since, self._question.until
        if since is None and until is None:
            return True
        first, last = since or dt.date.min, until or dt.date.max
        return any(d is not None and d[0] <= last and first <= d[1] for d in days)
