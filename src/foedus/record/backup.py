"""A whole copy of a record while others use it, and the way back.

An SQLite record is copied page by page by SQLite itself: the copy is a record like any other. Any
record can be written as JSON Lines, one row a line, and read into an empty record of either kind of
database. Both are made as of one moment, and a copy is either whole or not there.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from itertools import groupby, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import Date, insert, select

from foedus.errors import Fault, RecordError
from foedus.record import schema, searching

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Table

_TABLES: tuple[Table, ...] = (
    schema.reports,
    schema.sources,
    schema.events,
    schema.quantities,
    schema.claims,
    schema.positions,
    schema.provisions,
    schema.unknowns,
    schema.names,
    schema.parties,
    schema.changes,
    schema.targets,
)
"""All tables in an order in which they can be filled."""

_MANY = 500


def copy_file(where: Path, to: Path) -> None:
    """Copy the SQLite record at ``where`` while it is in use, wholly or not at all."""
    with (
        _whole(to) as draft,
        closing(sqlite3.connect(where)) as source,
        closing(sqlite3.connect(draft)) as copy,
    ):
        source.backup(copy)


def write_lines(connection: Connection, to: Path) -> int:
    """Write every row of a record as a line of JSON, wholly or not at all; return how many."""
    with _whole(to) as draft, draft.open("w", encoding="utf-8") as file:
        _put(file, {"foedus_record": schema.REVISION})
        count = 0
        for table in _TABLES:
            rows = connection.execute(select(table).order_by(*table.primary_key))
            for row in rows.mappings():
                _put(file, {"table": table.name, "row": _plain(dict(row))})
                count += 1
        _put(file, {"rows": count})
    return count


def read_lines(connection: Connection, source: Path) -> int:
    """Read rows that `write_lines` wrote into an empty record; return how many.

    Raises
    ------
    RecordError
        When the file is no such copy or not whole, or the record is not empty.
    """
    if connection.execute(select(schema.reports.c.id).limit(1)).first() is not None:
        fault = Fault(
            at="record",
            found="one that holds reports",
            must="be empty",
            do="Name a record that does not exist yet.",
        )
        raise RecordError(str(source), (fault,))
    tables = {table.name: table for table in _TABLES}
    count = 0
    with _read(source) as file:
        lines = _lines(file, source)
        _check_head(next(lines, {}), source)
        told: int | None = None
        for name, group in groupby(lines, key=lambda line: line.get("table")):
            if name not in tables:
                told = next(group).get("rows")
                break
            while rows := [_typed(tables[name], line["row"]) for line in islice(group, _MANY)]:
                connection.execute(insert(tables[name]), rows)
                count += len(rows)
        if told != count:
            raise _not_a_copy(source, f"{count:,} rows of {told or 'an unknown number'}")
    every = select(schema.reports.c.number, schema.reports.c.title, schema.reports.c.text)
    found = iter(connection.execute(every.order_by(schema.reports.c.number)).all())
    while part := list(islice(found, _MANY)):
        searching.index(connection, [(row.number, row.title, row.text) for row in part])
    return count


def _put(file: IO[str], value: dict[str, Any]) -> None:
    file.write(json.dumps(value, ensure_ascii=False) + "\n")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {n: v.isoformat() if isinstance(v, dt.date) else v for n, v in row.items()}


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    days = {c.name for c in table.columns if isinstance(c.type, Date)}
    return {n: dt.date.fromisoformat(v) if n in days and v else v for n, v in row.items()}


@contextmanager
def _read(source: Path) -> Iterator[IO[str]]:
    try:
        with source.open(encoding="utf-8") as file:
            yield file
    except OSError as error:
        raise _not_a_copy(source, error.strerror or str(error)) from error


def _lines(file: Iterable[str], source: Path) -> Iterator[dict[str, Any]]:
    try:
        for line in file:
            told = json.loads(line)
            if not isinstance(told, dict):
                raise _not_a_copy(source, "a line that is no object")
            yield told
    except ValueError as error:
        raise _not_a_copy(source, "a line that is not JSON") from error


def _check_head(head: dict[str, Any], source: Path) -> None:
    found = head.get("foedus_record")
    if found != schema.REVISION:
        what = "no copy of a record" if found is None else f"a copy at revision {found}"
        raise _not_a_copy(source, what)


def _not_a_copy(source: Path, found: str) -> RecordError:
    must = f"be a whole copy made by `foedus record backup` at revision {schema.REVISION}"
    do = "What `foedus record export` wrote goes in by `foedus record import`."
    return RecordError(str(source), (Fault(at="", found=found, must=must, do=do),))


@contextmanager
def _whole(to: Path) -> Iterator[Path]:
    """Yield a file to write, which takes the place of ``to`` when all went well."""
    try:
        handle, name = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name}.")
        os.close(handle)
        draft = Path(name)
        try:
            yield draft
            draft.replace(to)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        fault = Fault(
            at="",
            found=error.strerror or str(error),
            must="be a file in a folder that can be written to",
            do="Name another place.",
        )
        raise RecordError(str(to), (fault,)) from error
