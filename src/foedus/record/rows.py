"""Mentions as rows of tables, and back: the one place that knows both."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from foedus.ids import digest
from foedus.reading.values import (
    Claim,
    Event,
    Mentions,
    Position,
    ProvisionMention,
    Quantity,
    Unknown,
)
from foedus.record import schema
from foedus.report.values import Report

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Table

    from foedus.reading.values import Span

_Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one version of the reader read in one report; ``sources`` are all its names, sorted."""

    mentions: Mentions
    reader: str
    sources: tuple[str, ...]


def write_report(connection: Connection, report: Report, reader: str, *, known: bool) -> None:
    """Write a report's own row: over the one that stands there if it is ``known``."""
    values = {
        "source": report.source,
        "title": report.title,
        "outlet": report.outlet,
        "author": report.author,
        "published": report.published,
        "published_from": report.published_from,
        "language": report.language,
        "url": report.url,
        "text": report.text,
        "text_hash": digest(report.text),
        "reader": reader,
    }
    if known:
        connection.execute(schema.reports.update().filter_by(id=report.id).values(values))
    else:
        connection.execute(insert(schema.reports).values(id=report.id, **values))


def write_mentions(connection: Connection, mentions: Mentions) -> None:
    """Write what was read in a report, in the place of what had been read there before."""
    report = mentions.report.id
    for table in schema.MENTIONS:
        connection.execute(delete(table).where(table.c.report == report))
    for table, rows in _rows(mentions):
        if rows:
            connection.execute(insert(table), [{"report": report, **row} for row in rows])


def read_all(connection: Connection) -> tuple[Reading, ...]:
    """Return every reading, in the order of the reports' ids."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(select(schema.sources).order_by(*schema.sources.primary_key)):
        names[row.report].append(row.source)
    families = _Families.load(connection)
    return tuple(
        Reading(
            mentions=families.of(_report(row)),
            reader=row.reader,
            sources=tuple(sorted(names[row.id])),  # databases differ in how they sort text
        )
        for row in connection.execute(select(schema.reports).order_by(schema.reports.c.id))
    )


def _rows(mentions: Mentions) -> list[tuple[Table, _Rows]]:
    numbers = [
        {
            "event": n,
            "n": m,
            "item": q.item,
            "role": q.role,
            "value": float(q.value),
            "bound": q.bound,
            "according_to": q.according_to,
        }
        for n, event in enumerate(mentions.events)
        for m, q in enumerate(event.quantities)
    ]
    return [
        (schema.events, [_event_row(n, e) for n, e in enumerate(mentions.events)]),
        (schema.quantities, numbers),
        (
            schema.claims,
            [
                {"speaker": c.speaker, "side": c.side, "kind": c.kind, "cue": c.cue}
                | _place(n, c.span)
                for n, c in enumerate(mentions.claims)
            ],
        ),
        (
            schema.positions,
            [
                {"actor": p.actor, "issue": p.issue, "stance": p.stance} | _place(n, p.span)
                for n, p in enumerate(mentions.positions)
            ],
        ),
        (
            schema.provisions,
            [
                {"provision": p.provision, "given_by": p.by, "status": p.status} | _place(n, p.span)
                for n, p in enumerate(mentions.provisions)
            ],
        ),
        (
            schema.unknowns,
            [{"about": u.about} | _place(n, u.span) for n, u in enumerate(mentions.unknowns)],
        ),
    ]


def _place(n: int, span: Span) -> dict[str, Any]:
    return {"n": n, "span_start": span[0], "span_end": span[1]}


def _event_row(n: int, event: Event) -> dict[str, Any]:
    first, last = event.date or (None, None)
    return {
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "first_day": first,
        "last_day": last,
        "place": event.place,
        "country": event.country,
        "actors": list(event.actors),
        "recipients": list(event.recipients),
        "according_to": event.according_to,
    } | _place(n, event.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Families:
    """All mentions in the database, by report and in the order of reading."""

    events: dict[str, list[Event]]
    claims: dict[str, list[Claim]]
    positions: dict[str, list[Position]]
    provisions: dict[str, list[ProvisionMention]]
    unknowns: dict[str, list[Unknown]]

    @classmethod
    def load(cls, connection: Connection) -> _Families:
        """Read each table once."""
        numbers: dict[tuple[str, int], list[Quantity]] = defaultdict(list)
        for row in _ordered(connection, schema.quantities):
            numbers[row.report, row.event].append(_quantity(row))
        families = cls(
            events=defaultdict(list),
            claims=defaultdict(list),
            positions=defaultdict(list),
            provisions=defaultdict(list),
            unknowns=defaultdict(list),
        )
        for row in _ordered(connection, schema.events):
            families.events[row.report].append(_event(row, tuple(numbers[row.report, row.n])))
        for row in _ordered(connection, schema.claims):
            claim = Claim(
                speaker=row.speaker, side=row.side, kind=row.kind, cue=row.cue, span=_span(row)
            )
            families.claims[row.report].append(claim)
        for row in _ordered(connection, schema.positions):
            position = Position(
                actor=row.actor, issue=row.issue, stance=row.stance, span=_span(row)
            )
            families.positions[row.report].append(position)
        for row in _ordered(connection, schema.provisions):
            provision = ProvisionMention(
                provision=row.provision, by=row.given_by, status=row.status, span=_span(row)
            )
            families.provisions[row.report].append(provision)
        for row in _ordered(connection, schema.unknowns):
            families.unknowns[row.report].append(Unknown(about=row.about, span=_span(row)))
        return families

    def of(self, report: Report) -> Mentions:
        """Return what was read in one report."""
        return Mentions(
            report=report,
            events=tuple(self.events.get(report.id, ())),
            claims=tuple(self.claims.get(report.id, ())),
            positions=tuple(self.positions.get(report.id, ())),
            provisions=tuple(self.provisions.get(report.id, ())),
            unknowns=tuple(self.unknowns.get(report.id, ())),
        )


def _ordered(connection: Connection, table: Table) -> list[Row[Any]]:
    return list(connection.execute(select(table).order_by(*table.primary_key)))


def _span(row: Row[Any]) -> Span:
    return row.span_start, row.span_end


def _quantity(row: Row[Any]) -> Quantity:
    return Quantity(
        item=row.item,
        role=row.role,
        value=row.value,
        bound=row.bound,
        according_to=row.according_to,
    )


def _event(row: Row[Any], numbers: tuple[Quantity, ...]) -> Event:
    return Event(
        type=row.type,
        mode=row.mode,
        status=row.status,
        date=None if row.first_day is None else (row.first_day, row.last_day),
        place=row.place,
        country=row.country,
        actors=tuple(row.actors),
        recipients=tuple(row.recipients),
        quantities=numbers,
        according_to=row.according_to,
        span=_span(row),
    )


def _report(row: Row[Any]) -> Report:
    return Report(
        id=row.id,
        source=row.source,
        title=row.title,
        outlet=row.outlet,
        author=row.author,
        published=row.published,
        published_from=row.published_from,
        language=row.language,
        text=row.text,
        url=row.url,
    )
