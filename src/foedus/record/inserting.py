"""Many rows into a table at once, by the driver's own way of doing so.

SQLAlchemy makes a statement's parameters anew for each row, which costs more than the database does
for all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Table


def insert_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, which all give the same columns in the same order."""
    if not rows:
        return
    columns = list(rows[0])
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    statement = (
        f"INSERT INTO {table.name} ({', '.join(columns)})"  # noqa: S608 - names of our own
        f" VALUES ({', '.join([mark] * len(columns))})"
    )
    given = [list(row.values()) for row in rows]
    for n, name in enumerate(columns):
        type_ = table.c[name].type.dialect_impl(connection.dialect)
        prepare = type_.bind_processor(connection.dialect)
        if prepare is not None:
            for row in given:
                row[n] = prepare(row[n])
    connection.exec_driver_sql(statement, [tuple(row) for row in given])
