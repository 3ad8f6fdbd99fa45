"""Changes by people as rows of tables, and back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from foedus.record import schema
from foedus.record.changes import Change, Target

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Row


def write_changes(connection: Connection, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Write changes under the next numbers and return them with these; their own do not count.

    What an undo takes back is looked up among the changes given, else in the journal. The caller
    has taken its turn, so that no two changes get one number.
    """
    last = connection.execute(select(func.max(schema.changes.c.number))).scalar() or 0
    new: dict[int, int] = {}
    written = []
    for number, change in enumerate(changes, last + 1):
        undoes = None if change.undoes is None else new.get(change.undoes, change.undoes)
        now = replace(change, number=number, undoes=undoes, at=change.at.astimezone(dt.UTC))
        _write(connection, now)
        new[change.number] = number
        written.append(now)
    return tuple(written)


def _write(connection: Connection, change: Change) -> None:
    row = {
        "number": change.number,
        "kind": change.kind,
        "made_by": change.by,
        "made_at": change.at.isoformat(timespec="seconds"),
        "field": change.field,
        "value": change.value,
        "why": change.why,
        "undoes": change.undoes,
    }
    connection.execute(insert(schema.changes).values(row))
    rows = [_target_row(change.number, n, target) for n, target in enumerate(change.targets)]
    if rows:
        connection.execute(insert(schema.targets), rows)


def read_changes(connection: Connection) -> tuple[Change, ...]:
    """Return every change in the order in which they were made."""
    targets: dict[int, list[Target]] = defaultdict(list)
    key = schema.targets.c
    for row in connection.execute(select(schema.targets).order_by(key.change, key.n)):
        targets[row.change].append(_target(row))
    return tuple(
        Change(
            number=row.number,
            kind=row.kind,
            by=row.made_by,
            at=dt.datetime.fromisoformat(row.made_at),
            targets=tuple(targets[row.number]),
            field=row.field,
            value=row.value,
            why=row.why,
            undoes=row.undoes,
        )
        for row in connection.execute(select(schema.changes).order_by(schema.changes.c.number))
    )


def about_reports(connection: Connection) -> tuple[Change, ...]:
    """Return the changes that are about whole reports, and every undo."""
    return tuple(
        change
        for change in read_changes(connection)
        if change.undoes is not None or any(t.family == "report" for t in change.targets)
    )


def _target_row(number: int, n: int, target: Target) -> dict[str, Any]:
    start, end = target.span or (None, None)
    return {
        "change": number,
        "n": n,
        "family": target.family,
        "report": target.report,
        "text_hash": target.text_hash,
        "span_start": start,
        "span_end": end,
        "quote": target.quote,
        "name": target.name,
        "was": [list(pair) for pair in target.was],
        "side": target.side,
        "twin": target.twin,
    }


def _target(row: Row[Any]) -> Target:
    return Target(
        family=row.family,
        report=row.report,
        text_hash=row.text_hash,
        span=None if row.span_start is None else (row.span_start, row.span_end),
        quote=row.quote,
        name=row.name,
        was=tuple((field, said) for field, said in row.was),
        side=row.side,
        twin=row.twin,
    )
