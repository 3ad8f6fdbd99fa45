"""How much of each there is, counted in the tables without drawing anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from foedus.record import schema

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import ColumnElement, Connection, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a record holds as it was read, before events are joined and names resolved.

    ``first`` and ``last`` are the days of the oldest and the newest report that have one;
    ``tellings`` are the events, each counted once for every report that tells it.
    """

    reports: int
    first: dt.date | None
    last: dt.date | None
    outlets: int
    tellings: int
    claims: int
    positions: int
    provisions: int
    unknowns: int
    names: int


def counts(connection: Connection, as_of: dt.date | None) -> Counts:
    """Return how much was known on a day; all of it when None."""
    table = schema.reports.c
    known: list[ColumnElement[bool]] = []
    if as_of is not None:
        known.append(table.day <= as_of.toordinal())

    def of(counted: Table) -> int:
        wanted = select(func.count()).select_from(counted)
        if known:
            wanted = wanted.join(schema.reports, table.id == counted.c.report).where(*known)
        return connection.execute(wanted).scalar() or 0

    told = select(
        func.count(table.text_hash.distinct()),
        func.min(table.published),
        func.max(table.published),
        func.count(table.outlet.distinct()),
    ).where(*known)
    reports, first, last, outlets = connection.execute(told).one()
    return Counts(
        reports=reports,
        first=first,
        last=last,
        outlets=outlets,
        tellings=of(schema.events),
        claims=of(schema.claims),
        positions=of(schema.positions),
        provisions=of(schema.provisions),
        unknowns=of(schema.unknowns),
        names=connection.execute(select(func.count()).select_from(schema.names)).scalar() or 0,
    )
