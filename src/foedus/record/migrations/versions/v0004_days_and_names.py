"""What answers questions of a few days without drawing the whole: names, days, reaches, keys.

All of it follows from what was there, so taking it back loses nothing.
"""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from alembic import op

from foedus.ids import entry_id
from foedus.reading.knowledge import key
from foedus.record.likeness import reach_of
from foedus.record.names import plain, spelling, surname

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_PARTIAL = (
    ("ix_events_long", "last_day", sa.text("length > 31")),
    ("ix_events_ahead", "ahead", sa.text("ahead IS NOT NULL")),
)
_FAMILIES = ("event", "claim", "position", "provision", "unknown")
_NUMBERS = {
    "reports": ("day",),
    "events": ("length", "reach_from", "reach_to", "ahead"),
    "positions": ("day",),
    "provisions": ("day",),
}
_INDEXES = (
    ("ix_reports_source", "reports", ("source",)),
    ("ix_reports_outlet", "reports", ("outlet",)),
    ("ix_reports_day", "reports", ("day",)),
    ("ix_events_place", "events", ("place", "reach_from")),
    ("ix_events_reach", "events", ("reach_from", "type", "reach_to")),
    ("ix_positions_issue", "positions", ("issue", "actor", "day")),
    ("ix_provisions_provision", "provisions", ("provision", "given_by", "day")),
)
_BEFORE = (
    ("ix_events_type", "events", "type"),
    ("ix_positions_issue", "positions", "issue"),
    ("ix_provisions_provision", "provisions", "provision"),
)


def _table(name: str, *columns: str) -> sa.TableClause:
    """Return as much of a table as is needed here, as it is at this revision."""
    kinds: dict[str, Any] = {
        "published": sa.Date(),
        "first_day": sa.Date(),
        "last_day": sa.Date(),
        "actors": sa.JSON(),
        "recipients": sa.JSON(),
    }
    return sa.table(name, *(sa.column(c, kinds.get(c)) for c in columns))


_reports = _table("reports", "id", "number", "published", "text_hash", "day")
_names = _table("names", "id", "name", "plain", "spelling", "surname")
_parties = _table("parties", "name", "part", "day", "report", "n", "side")


def upgrade() -> None:
    for name, table, _ in _BEFORE:
        op.drop_index(name, table)
    op.drop_table("parties")
    for table, columns in _NUMBERS.items():
        for column in columns:
            op.add_column(table, sa.Column(column, sa.Integer))
    for family in _FAMILIES:
        op.add_column(f"{family}s", sa.Column("key", sa.BigInteger))
    op.create_table(
        "names",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("plain", sa.Text, nullable=False, index=True),
        sa.Column("spelling", sa.Text, index=True),
        sa.Column("surname", sa.Text, index=True),
    )
    op.create_table(
        "parties",
        *(
            sa.Column(c, sa.Integer, primary_key=True, autoincrement=False)
            for c in ("name", "part", "day", "report", "n")
        ),
        sa.Column("side", sa.Integer),
        sqlite_with_rowid=False,
    )
    _fill(op.get_bind())
    for name, table, columns in _INDEXES:
        op.create_index(name, table, list(columns))
    for name, column, where in _PARTIAL:
        op.create_index(name, "events", [column], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, *_ in _PARTIAL:
        op.drop_index(name, "events")
    for name, table, _ in _INDEXES:
        op.drop_index(name, table)
    op.drop_table("parties")
    op.drop_table("names")
    for table, columns in _NUMBERS.items():
        for column in columns:
            op.drop_column(table, column)
    for family in _FAMILIES:
        op.drop_column(f"{family}s", "key")
    for name, table, column in _BEFORE:
        op.create_index(name, table, [column])
    op.create_table(
        "parties",
        sa.Column("report", sa.String(12), sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("family", sa.String(16), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, primary_key=True),
    )
    op.create_index("ix_parties_name", "parties", ["name"])
    _fill_before(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    """Give each report and mention its numbers, and write down who is named where."""
    reports = {}
    changed = _reports.update().where(_reports.c.id == sa.bindparam("it"))
    for row in connection.execute(sa.select(_reports)).all():
        row_day = 0 if row.published is None else row.published.toordinal()
        reports[row.id] = (row.number, row_day, row.text_hash, row.published)
    days = [{"it": name, "day": told[1]} for name, told in reports.items()]
    if days:
        connection.execute(changed, days)
    ids: dict[str, int] = {}
    parties: set[tuple[int, int, int, int, int, int | None]] = set()
    for family in _FAMILIES:
        twins: Counter[tuple[str, int, int]] = Counter()
        rows = []
        for row in _mentions(connection, family):
            number, day, text_hash, published = reports[row.report]
            span = (row.report, row.span_start, row.span_end)
            twins[span] += 1
            again = (str(twins[span]),) if twins[span] > 1 else ()
            name = entry_id("m", text_hash, family, *map(str, span[1:]), *again)
            told = {"of": row.report, "at": row.n, "key": int(name[2:10], 16)}
            rows.append(told | _numbers(family, row, day, published))
            for who, part, side in _named(family, row):
                who_id, side_id = (
                    None if said is None else ids.setdefault(said, len(ids) + 1)
                    for said in (who, side)
                )
                parties.add((who_id or 0, part, day, number, row.n, side_id))
        _write(connection, family, rows)
    named = [
        {
            "id": number,
            "name": name,
            "plain": plain(name),
            "spelling": spelling(name) or None,
            "surname": surname(name)[0] or None,
        }
        for name, number in ids.items()
    ]
    if named:
        connection.execute(_names.insert(), named)
    columns = ("name", "part", "day", "report", "n", "side")
    found = [dict(zip(columns, p, strict=True)) for p in sorted(parties, key=lambda p: p[:5])]
    if found:
        connection.execute(_parties.insert(), found)


def _mentions(connection: sa.Connection, family: str) -> list[Any]:
    columns = {
        "event": ("first_day", "last_day", "status", "actors", "recipients"),
        "claim": ("speaker", "side"),
        "position": ("actor",),
        "provision": ("given_by",),
        "unknown": (),
    }[family]
    table = _table(f"{family}s", "report", "n", "span_start", "span_end", *columns)
    return list(connection.execute(sa.select(table).order_by(table.c.report, table.c.n)).all())


def _numbers(family: str, row: Any, day: int, published: Any) -> dict[str, int | None]:  # noqa: ANN401 - a row, a day
    if family in {"position", "provision"}:
        return {"day": day}
    if family != "event":
        return {}
    date = None if row.first_day is None else (row.first_day, row.last_day)
    event: Any = SimpleNamespace(date=date, status=row.status)
    first, last = reach_of(event, published)
    is_ahead = date is not None and (published is None or date[0] > published)
    return {
        "length": None if date is None else (date[1] - date[0]).days + 1,
        "reach_from": first.toordinal(),
        "reach_to": last.toordinal(),
        "ahead": date[0].toordinal() if date is not None and is_ahead else None,
    }


def _named(family: str, row: Any) -> list[tuple[str, int, str | None]]:  # noqa: ANN401 - a row
    """Return each name in a mention, its part, and of a speaker for whom it speaks."""
    if family == "event":
        return [(who, 0, None) for who in (*row.actors, *row.recipients)]
    if family == "claim":
        side = [] if row.side is None else [(row.side, 2, None)]
        return [(row.speaker, 1, row.side), *side]
    if family == "position":
        return [(row.actor, 3, None)]
    if family == "provision" and row.given_by is not None:
        return [(row.given_by, 4, None)]
    return []


def _write(connection: sa.Connection, family: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    columns = [name for name in rows[0] if name not in {"of", "at"}]
    table = _table(f"{family}s", "report", "n", *columns)
    here = (table.c.report == sa.bindparam("of")) & (table.c.n == sa.bindparam("at"))
    connection.execute(table.update().where(here), rows)


def _fill_before(connection: sa.Connection) -> None:
    """Write down who takes part in each mention as revision 0003 has it."""
    table = _table("parties", "report", "family", "n", "name")
    found = {
        (row.report, family, row.n, key(who))
        for family in _FAMILIES
        for row in _mentions(connection, family)
        for who, _, _ in _named(family, row)
        if key(who)
    }
    columns = ("report", "family", "n", "name")
    if found:
        rows = [dict(zip(columns, row, strict=True)) for row in sorted(found)]
        connection.execute(table.insert(), rows)
