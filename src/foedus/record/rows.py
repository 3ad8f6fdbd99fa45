"""Rows of tables back as mentions; `foedus.record.adding` writes them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, cast, extract, func, select

from foedus.ids import ReportId, digest
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
from foedus.record.chunks import chunks
from foedus.report.values import Report

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Connection, Row, Table

    from foedus.reading.values import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one version of the reader read in one report; ``sources`` are all its names, sorted.

    ``sketch`` stands for the wording of the text, see `foedus.record.wording`.
    """

    mentions: Mentions
    reader: str
    sources: tuple[str, ...]
    text_hash: str
    sketch: frozenset[int]


def read_all(
    connection: Connection,
    only: Collection[str] | None = None,
    tables: Collection[Table] = schema.MENTIONS,
) -> tuple[Reading, ...]:
    """Return every reading, or those of some reports only, in the order of the reports' ids.

    ``tables`` are those that are read of `schema.MENTIONS`; what is in others is left out.
    """
    names: dict[str, list[str]] = defaultdict(list)
    for row in _ordered(connection, schema.sources, only):
        names[row.report].append(row.source)
    families = _Families.load(connection, only, tables)
    known = select(schema.reports).order_by(schema.reports.c.id)
    if only is not None:
        known = known.where(schema.reports.c.id.in_(only))
    found = connection.execute(known)
    return tuple(_reading(row, families.of(_report(row)), names[row.id]) for row in found)


def count_reports(connection: Connection) -> int:
    """Return how many reports there are."""
    return connection.execute(select(func.count(schema.reports.c.number))).scalar() or 0


def read_names(connection: Connection, ids: Iterable[ReportId]) -> dict[ReportId, str]:
    """Return the name under which each of some reports is shown."""
    table = schema.reports.c
    found: dict[ReportId, str] = {}
    for part in chunks(sorted(ids)):
        wanted = select(table.id, table.source).where(table.id.in_(part))
        found.update((ReportId(row.id), row.source) for row in connection.execute(wanted))
    return found


def read_ids(connection: Connection) -> tuple[str, ...]:
    """Return the ids of all reports, sorted."""
    return tuple(sorted(connection.execute(select(schema.reports.c.id)).scalars()))


def stamp(connection: Connection) -> str:
    """Return a few letters that are others once anything is added, read anew, dated or changed.

    The id of a report names its text, so how many there are, who read them and their days tell all
    that can change of them.
    """
    reports, names, changes = schema.reports.c, schema.sources.c, schema.changes.c
    day = func.sum(cast(extract("epoch", reports.published), BigInteger))
    asked = (
        select(func.count(), func.min(reports.reader), func.max(reports.reader), day),
        select(func.count(reports.published)),
        select(func.count(names.report)),
        select(func.max(changes.number)),
    )
    return digest(*(repr(tuple(connection.execute(one).one())) for one in asked))


def read_reports(connection: Connection, ids: Collection[str]) -> tuple[Reading, ...]:
    """Return some reports without what was read in them, in the order of their ids."""
    names: dict[str, list[str]] = defaultdict(list)
    table, known = schema.reports, schema.sources
    for row in connection.execute(select(known).where(known.c.report.in_(ids))):
        names[row.report].append(row.source)
    found = connection.execute(select(table).where(table.c.id.in_(ids)).order_by(table.c.id))
    return tuple(_reading(row, _NOTHING.of(_report(row)), names[row.id]) for row in found)


def _reading(row: Row[Any], mentions: Mentions, names: list[str]) -> Reading:
    return Reading(
        mentions=mentions,
        reader=row.reader,
        sources=tuple(sorted(names)),  # databases differ in how they sort text
        text_hash=row.text_hash,
        sketch=frozenset(map(int, (row.sketch or "").split())),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Families:
    """All mentions in the database, by report and in the order of reading."""

    events: dict[str, list[Event]]
    claims: dict[str, list[Claim]]
    positions: dict[str, list[Position]]
    provisions: dict[str, list[ProvisionMention]]
    unknowns: dict[str, list[Unknown]]

    @classmethod
    def load(
        cls, connection: Connection, only: Collection[str] | None, tables: Collection[Table]
    ) -> _Families:
        """Read each table once."""

        def of(table: Table) -> list[Row[Any]]:
            return _ordered(connection, table, only) if table in tables else []

        numbers: dict[tuple[str, int], list[Quantity]] = defaultdict(list)
        for row in of(schema.quantities):
            numbers[row.report, row.event].append(quantity(row))
        families = cls(
            events=defaultdict(list),
            claims=defaultdict(list),
            positions=defaultdict(list),
            provisions=defaultdict(list),
            unknowns=defaultdict(list),
        )
        for row in of(schema.events):
            families.events[row.report].append(event(row, tuple(numbers[row.report, row.n])))
        for row in of(schema.claims):
            families.claims[row.report].append(claim(row))
        for row in of(schema.positions):
            families.positions[row.report].append(position(row))
        for row in of(schema.provisions):
            families.provisions[row.report].append(provision(row))
        for row in of(schema.unknowns):
            families.unknowns[row.report].append(unknown(row))
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


_NOTHING = _Families(events={}, claims={}, positions={}, provisions={}, unknowns={})


def _ordered(connection: Connection, table: Table, only: Collection[str] | None) -> list[Row[Any]]:
    rows = select(table).order_by(*table.primary_key)
    if only is not None:
        rows = rows.where(table.c.report.in_(only))
    return list(connection.execute(rows))


def _span(row: Row[Any]) -> Span:
    return row.span_start, row.span_end


def quantity(row: Row[Any]) -> Quantity:
    """Return a row as the number of an event."""
    return Quantity(
        item=row.item,
        role=row.role,
        value=row.value,
        bound=row.bound,
        according_to=row.according_to,
    )


def claim(row: Row[Any]) -> Claim:
    """Return a row as a claim."""
    return Claim(speaker=row.speaker, side=row.side, kind=row.kind, cue=row.cue, span=_span(row))


def position(row: Row[Any]) -> Position:
    """Return a row as a position."""
    return Position(actor=row.actor, issue=row.issue, stance=row.stance, span=_span(row))


def provision(row: Row[Any]) -> ProvisionMention:
    """Return a row as a provision."""
    return ProvisionMention(
        provision=row.provision, by=row.given_by, status=row.status, span=_span(row)
    )


def unknown(row: Row[Any]) -> Unknown:
    """Return a row as what is not known."""
    return Unknown(about=row.about, span=_span(row))


def event(row: Row[Any], numbers: tuple[Quantity, ...]) -> Event:
    """Return a row as an event, with its numbers."""
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
