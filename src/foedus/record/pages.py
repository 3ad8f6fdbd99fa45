"""Answers to questions a page at a time, from as much of a record as bears on them.

Each is what the whole record gives: the newest moments of its timeline, the newest steps of each
position and provision, the findings of some days. Days are read from the newest on, some more each
time, until there is enough.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from foedus.reading.knowledge import key
from foedus.record import schema
from foedus.record.asking import Question, ask, timeline
from foedus.record.bearing import Bearing
from foedus.record.findings import findings_of_days
from foedus.record.likeness import reach
from foedus.record.part import Part

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    from foedus.reading.values import Days
    from foedus.record.asking import Moment
    from foedus.record.changes import Change
    from foedus.record.findings import Finding
    from foedus.record.tellings import Telling

_LEAST = 40
"""Mentions that are looked at first, at least; then as many as seem to be missing."""

_SAID = (schema.positions, schema.provisions)
"""Where is what is said about something."""

_GROWTH = 5
"""How many times as many mentions are looked at next, at most."""


def moments(
    connection: Connection,
    question: Question,
    as_of: dt.date | None,
    changes: Sequence[Change],
    *,
    most: int,
) -> tuple[Moment, ...]:
    """Return the newest moments of a timeline, the oldest of them first."""
    told = _SAID if question.about is not None else schema.MENTIONS
    part = Part(connection, changes, as_of, told)
    names = names_of(part, question)
    numbers = None if names is None else part.who.numbers(names)
    bearing = Bearing(connection, question, as_of, numbers)
    last, amount = bearing.until, max(_LEAST, most // 4)
    found: tuple[Moment, ...] = ()
    while True:
        first = bearing.first(last, amount)
        said, events = bearing.said(first, last), bearing.events(first, last)
        part.take(said)
        part.take_events(events)
        if first is None:
            part.take_events(bearing.spanning())
        days = (0 if first is None else first, last)
        wanted = _wanted(question, days, by_telling=bearing.by_telling(first, last), names=names)
        record = part.record(wanted, actor=question.actor, days=days)
        new = [
            moment
            for moment in timeline(ask(record, question))
            if _within(moment.date, question) and days[0] <= moment.date[0].toordinal() <= last
        ]
        found = (*new, *found)
        if first is None or len(found) >= most:
            return found[-most:]
        last = first - 1
        missing = (most - len(found)) / max(1, len(new))
        asked_of_few = names is not None or question.place is not None
        seen = amount if asked_of_few else max(amount, len(said) + len(events))
        amount = ceil(seen * min(_GROWTH, max(1, missing)))


def findings_between(
    connection: Connection, days: Days, as_of: dt.date | None, changes: Sequence[Change]
) -> tuple[Finding, ...]:
    """Return what does not fit together in the events and reports of some days."""
    question = Question(since=days[0], until=days[1])
    part = Part(connection, changes, as_of)
    bearing = Bearing(connection, question, as_of, None)
    part.take(bearing.said(None, bearing.until))
    part.take_events(bearing.events(None, bearing.until))
    part.take_events(bearing.spanning())
    record = part.record(_wanted(question, (0, bearing.until)))
    return findings_of_days(record, days)


def names_of(part: Part, question: Question) -> list[str] | None:
    """Return every name of the actor that is asked for; None when none is."""
    if question.actor is None:
        return None
    wanted = key(question.actor)
    called = [names for _, names in part.who.called(question.actor)]
    return sorted({n for names in called if wanted in map(key, names) for n in names})


def _within(days: Days, question: Question) -> bool:
    since, until = question.since, question.until
    return (until is None or days[0] <= until) and (since is None or days[1] >= since)


def _wanted(
    question: Question,
    days: tuple[int, int],
    *,
    by_telling: bool = False,
    names: Sequence[str] | None = None,
) -> Callable[[Telling], bool]:
    """Return what is true of tellings of the events that are asked for and begin within some days.

    An event has its day, its actor and its place each from a telling of it, not all from one. The
    tellings of one event have reaches that meet; so the one with the actor or the place lies near
    those days, or else the one with the day reaches out of them.
    """
    start = max(days[0], 1 if question.since is None else question.since.toordinal())
    last = days[1]
    parties = None if names is None else {name.casefold() for name in names}

    def wanted(telling: Telling) -> bool:
        event = telling.event
        if question.about is not None or question.event_type not in {None, event.type}:
            return False
        if event.date is not None and _within(event.date, question):
            first, end = (day.toordinal() for day in event.date)
            if days[0] <= first <= last and (not by_telling or end > last or first < start):
                return True
        return by_telling and _is_near(telling) and _has_it(telling)

    def _is_near(telling: Telling) -> bool:
        first, end = (day.toordinal() for day in reach(telling))
        return end >= start and first <= last + 1

    def _has_it(telling: Telling) -> bool:
        if parties is not None:
            return not parties.isdisjoint(telling.parties)
        place = question.place or ""
        return place == telling.event.country or key(place) in key(telling.event.place or "")

    return wanted
