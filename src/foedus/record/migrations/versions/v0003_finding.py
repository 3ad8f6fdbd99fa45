"""What finds reports and mentions fast: words, wording, parties and days.

All of it follows from what was there, so taking it back loses nothing.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from foedus.reading.knowledge import key
from foedus.record.wording import distinct, sketch, terms

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_reports_published", "reports", "published"),
    ("ix_events_first_day", "events", "first_day"),
    ("ix_events_type", "events", "type"),
    ("ix_positions_issue", "positions", "issue"),
    ("ix_provisions_provision", "provisions", "provision"),
)

_reports = sa.table("reports", *map(sa.column, ("id", "title", "text", "number", "sketch")))
_parties = sa.table("parties", *map(sa.column, ("report", "family", "n", "name")))


def upgrade() -> None:
    op.add_column("reports", sa.Column("number", sa.Integer))
    op.add_column("reports", sa.Column("sketch", sa.Text))
    op.create_index("ix_reports_number", "reports", ["number"], unique=True)
    for name, table, column in _INDEXES:
        op.create_index(name, table, [column])
    op.create_table(
        "parties",
        sa.Column("report", sa.String(12), sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("family", sa.String(16), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, primary_key=True),
    )
    op.create_index("ix_parties_name", "parties", ["name"])
    connection = op.get_bind()
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE words USING"
            " fts5(terms, content='', detail=none, tokenize='ascii')"
        )
    else:
        connection.exec_driver_sql(
            "CREATE TABLE words (number INTEGER PRIMARY KEY, terms TSVECTOR NOT NULL)"
        )
        connection.exec_driver_sql("CREATE INDEX ix_words_terms ON words USING gin (terms)")
    _fill_reports(connection, on_sqlite=on_sqlite)
    _fill_parties(connection)


def downgrade() -> None:
    op.drop_table("words")
    op.drop_index("ix_parties_name", "parties")
    op.drop_table("parties")
    for name, table, _ in _INDEXES:
        op.drop_index(name, table)
    op.drop_index("ix_reports_number", "reports")
    op.drop_column("reports", "sketch")
    op.drop_column("reports", "number")


def _fill_reports(connection: sa.Connection, *, on_sqlite: bool) -> None:
    """Give each report a number and take its words into the index."""
    known = sa.select(_reports.c.id, _reports.c.title, _reports.c.text).order_by(_reports.c.id)
    if on_sqlite:
        add = sa.text("INSERT INTO words (rowid, terms) VALUES (:number, :terms)")
    else:
        add = sa.text(
            "INSERT INTO words (number, terms)"
            " VALUES (:number, array_to_tsvector(string_to_array(:terms, ' ')))"
        )
    for number, row in enumerate(connection.execute(known).all(), 1):
        wording = " ".join(map(str, sketch(row.text)))
        changed = _reports.update().where(_reports.c.id == row.id)
        connection.execute(changed.values(number=number, sketch=wording))
        found = distinct(terms(f"{row.title or ''}\n{row.text}"))
        connection.execute(add, {"number": number, "terms": " ".join(found)})


def _fill_parties(connection: sa.Connection) -> None:
    """Write down who takes part in each mention."""
    found: set[tuple[str, str, int, str]] = set()
    columns = {
        "event": ("events", "actors", "recipients"),
        "claim": ("claims", "speaker", "side"),
        "position": ("positions", "actor"),
        "provision": ("provisions", "given_by"),
    }
    for family, (name, *named) in columns.items():
        kind: sa.types.TypeEngine[Any] = sa.JSON() if family == "event" else sa.Text()
        table = sa.table(
            name, sa.column("report"), sa.column("n"), *(sa.column(c, kind) for c in named)
        )
        for row in connection.execute(sa.select(table)).all():
            for told in row[2:]:
                for who in told if isinstance(told, list) else [told]:
                    if who and key(who):
                        found.add((row.report, family, row.n, key(who)))
    rows = [dict(zip(("report", "family", "n", "name"), r, strict=True)) for r in sorted(found)]
    if rows:
        connection.execute(_parties.insert(), rows)
