"""Whether a database still is what was written: its pages, its rows and what they refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from foedus.errors import Fault
from foedus.ids import digest
from foedus.record import schema, searching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Table

_SPANS = (schema.events, schema.claims, schema.positions, schema.provisions, schema.unknowns)

_ALIKE_MOST = 5
"""Faults of one kind that are told by themselves."""


def faults(connection: Connection) -> tuple[Fault, ...]:
    """Return what is damaged in a record; nothing when it is sound."""
    if connection.dialect.name == "sqlite":
        found = tuple(_of_sqlite(connection))
        if found:
            return found
    return (
        *_of_texts(connection),
        *(f for table in _SPANS for f in _of_spans(connection, table)),
        *_of_numbers(connection),
        *_of_words(connection),
    )


def _of_sqlite(connection: Connection) -> Iterator[Fault]:
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check").all()[:_ALIKE_MOST]:
        if said != "ok":
            yield Fault(at="file", found=said, must="be whole", do="Restore it from a copy.")
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all()[:_ALIKE_MOST]:
        yield Fault(at=str(row[0]), found=f"row {row[1]} without its {row[2]}", must="have it")


def _of_texts(connection: Connection) -> Iterator[Fault]:
    table = schema.reports
    wrong = [
        row.id
        for row in connection.execute(select(table.c.id, table.c.text, table.c.text_hash))
        if digest(row.text) != row.text_hash
    ]
    for name in wrong[:_ALIKE_MOST]:
        yield Fault(
            at=f"report {name}",
            found="a text other than the one that was kept",
            must="be as it was read",
            do="Read the report again, or restore the record from a copy.",
        )


def _of_spans(connection: Connection, table: Table) -> Iterator[Fault]:
    texts = schema.reports
    beyond = (
        select(table.c.report, table.c.n)
        .join(texts, texts.c.id == table.c.report)
        .where(
            (table.c.span_start < 0)
            | (table.c.span_start >= table.c.span_end)
            | (table.c.span_end > func.length(texts.c.text))
        )
    )
    for row in connection.execute(beyond.limit(_ALIKE_MOST)):
        yield Fault(
            at=f"{table.name} {row.n} of report {row.report}",
            found="a span outside the text",
            must="lie within it",
            do="Read the report again.",
        )


def _of_numbers(connection: Connection) -> Iterator[Fault]:
    numbers, events = schema.quantities, schema.events
    owner = (events.c.report == numbers.c.report) & (events.c.n == numbers.c.event)
    lost = select(func.count()).select_from(numbers.outerjoin(events, owner))
    count = connection.execute(lost.where(events.c.n.is_(None))).scalar()
    if count:
        yield Fault(at="quantities", found=f"{count} without their event", must="have one")


def _of_words(connection: Connection) -> Iterator[Fault]:
    reports = connection.execute(select(func.count()).select_from(schema.reports)).scalar()
    indexed = searching.size(connection)
    if reports != indexed:
        yield Fault(
            at="index of words",
            found=f"{indexed} reports of {reports}",
            must="hold all of them",
            do="Write a copy with `foedus record backup copy.jsonl` and restore it: that makes"
            " the index anew.",
        )
