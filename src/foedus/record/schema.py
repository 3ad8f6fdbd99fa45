"""The tables of a record, as the newest migration leaves them.

What a report says is kept as it was read: joining the same events of several reports is done anew
for each snapshot, so a better way of joining needs no migration. A mention is known by its report
and its place in the order of reading (``n``).
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

REVISION = "0003"
"""The newest migration. A file at this revision is opened without loading the migrations."""

VERSION_TABLE = "foedus_schema"
"""Holds the revision; its name also tells a record from the database of another program."""

metadata = MetaData()


def _mention(name: str, *columns: Column[object] | Index) -> Table:
    """Return the table of a family of mentions: whose, the how-manieth, what, and its span."""
    return Table(
        name,
        metadata,
        Column("report", String(12), ForeignKey("reports.id"), primary_key=True),
        Column("n", Integer, primary_key=True, autoincrement=False),
        *columns,
        Column("span_start", Integer, nullable=False),
        Column("span_end", Integer, nullable=False),
    )


reports = Table(
    "reports",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("source", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("author", Text),
    Column("published", Date),
    Column("published_from", String(16), nullable=False),
    Column("language", String(16), nullable=False),
    Column("url", Text),
    Column("text", Text, nullable=False),
    Column("text_hash", String(12), nullable=False, index=True),
    Column("reader", Text, nullable=False),
    Column("number", Integer),
    Column("sketch", Text),
    Index("ix_reports_published", "published"),
    Index("ix_reports_number", "number", unique=True),
)
"""``number`` is what the index of words calls a report; ``sketch`` stands for its wording, see
`foedus.record.wording`."""

sources = Table(
    "sources",
    metadata,
    Column("report", String(12), ForeignKey("reports.id"), primary_key=True),
    Column("source", Text, primary_key=True),
)
"""Every name under which a report came in; ``reports.source`` is the one it is shown under."""

events = _mention(
    "events",
    Column("type", String(16), nullable=False),
    Column("mode", String(16)),
    Column("status", String(16), nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("place", Text),
    Column("country", String(3)),
    Column("actors", JSON, nullable=False),
    Column("recipients", JSON, nullable=False),
    Column("according_to", Text),
    Index("ix_events_first_day", "first_day"),
    Index("ix_events_type", "type"),
)

quantities = Table(
    "quantities",
    metadata,
    Column("report", String(12), ForeignKey("reports.id"), primary_key=True),
    Column("event", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("item", String(32), nullable=False),
    Column("role", String(16), nullable=False),
    Column("value", Float(53), nullable=False),
    Column("bound", String(16), nullable=False),
    Column("according_to", Text),
)
"""The numbers of the events; ``event`` is the event's ``n`` within its report."""

claims = _mention(
    "claims",
    Column("speaker", Text, nullable=False),
    Column("side", Text),
    Column("kind", String(16), nullable=False),
    Column("cue", Text, nullable=False),
)

positions = _mention(
    "positions",
    Column("actor", Text, nullable=False),
    Column("issue", String(32), nullable=False),
    Column("stance", String(16), nullable=False),
    Index("ix_positions_issue", "issue"),
)

provisions = _mention(
    "provisions",
    Column("provision", String(32), nullable=False),
    Column("given_by", Text),
    Column("status", String(16), nullable=False),
    Index("ix_provisions_provision", "provision"),
)

unknowns = _mention("unknowns", Column("about", String(32), nullable=False))

parties = Table(
    "parties",
    metadata,
    Column("report", String(12), ForeignKey("reports.id"), primary_key=True),
    Column("family", String(16), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Index("ix_parties_name", "name"),
)
"""Who acts, speaks or is acted on in each mention, by the name's key: for asking by actor."""

changes = Table(
    "changes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("field", Text),
    Column("value", Text),
    Column("why", Text),
    Column("undoes", Integer, ForeignKey("changes.number")),
)
"""What people changed. Rows are only ever added."""

targets = Table(
    "targets",
    metadata,
    Column("change", Integer, ForeignKey("changes.number"), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("family", String(16), nullable=False),
    Column("report", String(12)),
    Column("text_hash", String(12)),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Column("quote", Text),
    Column("name", Text),
    Column("was", JSON, nullable=False),
    Column("side", Integer, nullable=False),
    Column("twin", Integer, nullable=False),
)
"""What each change is about. The report may be missing: an import can bring changes first."""

WORDS = "words"
"""The index of words over the reports, by their numbers. Each kind of database has its own: FTS5 in
SQLite, a tsvector in PostgreSQL; see `foedus.record.searching`."""

MENTIONS = (parties, quantities, events, claims, positions, provisions, unknowns)
"""The tables that a new reading of a report fills anew."""
