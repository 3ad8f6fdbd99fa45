"""The tables of a record, as the newest migration leaves them.

What a report says is kept as it was read: joining the same events of several reports is done anew
for each snapshot, so a better way of joining needs no migration. A mention is known by its report
and its place in the order of reading (``n``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    BigInteger,
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
    text,
)

if TYPE_CHECKING:
    import datetime as dt

REVISION = "0004"
"""The newest migration. A file at this revision is opened without loading the migrations."""

VERSION_TABLE = "foedus_schema"
"""Holds the revision; its name also tells a record from the database of another program."""

metadata = MetaData()

_LONG = text("length > 31")
"""Campaigns, as `foedus.record.likeness` calls them."""

_AHEAD = text("ahead IS NOT NULL")


def _mention(name: str, *columns: Column[object] | Index) -> Table:
    """Return the table of a family of mentions: whose, the how-manieth, what, and its span.

    ``key`` is the number that the first eight digits of the mention's id are. It has no index:
    looking through all of them takes half a second in a million, and an index of numbers without
    order would have to be written anew with every few hundred reports.
    """
    return Table(
        name,
        metadata,
        Column("report", String(12), ForeignKey("reports.id"), primary_key=True),
        Column("n", Integer, primary_key=True, autoincrement=False),
        *columns,
        Column("span_start", Integer, nullable=False),
        Column("span_end", Integer, nullable=False),
        Column("key", BigInteger),
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
    Column("day", Integer),
    Index("ix_reports_published", "published"),
    Index("ix_reports_day", "day"),
    Index("ix_reports_source", "source"),
    Index("ix_reports_outlet", "outlet"),
    Index("ix_reports_number", "number", unique=True),
)
"""``number`` is what the index of words calls a report; ``sketch`` stands for its wording, see
`foedus.record.wording`; ``day`` is its day as a number, see `day_number`."""

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
    Column("length", Integer),
    Column("reach_from", Integer),
    Column("reach_to", Integer),
    Index("ix_events_first_day", "first_day"),
    Index("ix_events_place", "place", "reach_from"),
    Column("ahead", Integer),
    Index("ix_events_reach", "reach_from", "type", "reach_to"),
    Index("ix_events_long", "last_day", sqlite_where=_LONG, postgresql_where=_LONG),
    Index("ix_events_ahead", "ahead", sqlite_where=_AHEAD, postgresql_where=_AHEAD),
)
"""``length`` is how many days it lasts. The reach are days as numbers: where tellings of the same
event lie, see `foedus.record.likeness.reach`. ``ahead`` is its first day as a number where that
lies after the day of the report, or the report has none."""

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
    Column("day", Integer),
    Index("ix_positions_issue", "issue", "actor", "day"),
)

provisions = _mention(
    "provisions",
    Column("provision", String(32), nullable=False),
    Column("given_by", Text),
    Column("status", String(16), nullable=False),
    Column("day", Integer),
    Index("ix_provisions_provision", "provision", "given_by", "day"),
)

unknowns = _mention("unknowns", Column("about", String(32), nullable=False))

names = Table(
    "names",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("plain", Text, nullable=False, index=True),
    Column("spelling", Text, index=True),
    Column("surname", Text, index=True),
)
"""Every name that stands in a mention, with what is compared to find who is meant by it; see
`foedus.record.names`. Names are only ever added."""

PARTS: dict[str, int] = {"event": 0, "claim": 1, "side": 2, "position": 3, "provision": 4}
"""The numbers of the parts that a name can have; a claim's speaker and side are two."""

parties = Table(
    "parties",
    metadata,
    Column("name", Integer, primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("report", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("side", Integer),
    sqlite_with_rowid=False,
)
"""Who acts, speaks or is acted on in each mention, by the numbers of the name and the report and in
the order of the reports' days; of a speaker, the name it speaks for."""

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

MENTIONS = (quantities, events, claims, positions, provisions, unknowns)
"""The tables that a new reading of a report fills anew, besides that of the parties."""


def day_number(day: dt.date | None) -> int:
    """Return a day as a number; 0 for none, which comes before all others as it does in answers."""
    return 0 if day is None else day.toordinal()
