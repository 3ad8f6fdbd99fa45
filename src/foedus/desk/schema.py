"""The tables of a desk. Times are whole seconds since 1970, UTC."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

VERSION = 1
"""Of these tables; a desk of a later version is not touched."""

metadata = MetaData()

about = Table(
    "desk_about",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("secret", String(64), nullable=False),
)
"""One row; ``secret`` is what tokens of forms are made with, in hex."""

accounts = Table(
    "desk_accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("password", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("made", BigInteger, nullable=False),
)

sessions = Table(
    "desk_sessions",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("account", ForeignKey("desk_accounts.id"), nullable=False, index=True),
    Column("until", BigInteger, nullable=False),
)
"""``key`` is the SHA-256 of what the browser holds: a stolen table signs nobody in."""

tokens = Table(
    "desk_tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("account", ForeignKey("desk_accounts.id"), nullable=False, index=True),
    Column("label", String(80), nullable=False),
    Column("hint", String(16), nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("used", BigInteger),
)

attempts = Table(
    "desk_attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, index=True),
    Column("at", BigInteger, nullable=False, index=True),
)
"""Failed attempts to sign in, for as long as they count."""

audit = Table(
    "desk_audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("by", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("target", Text, nullable=False),
    Column("said", Text, nullable=False),
)

jobs = Table(
    "desk_jobs",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("by", String(80), nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("made", BigInteger, nullable=False, index=True),
    Column("ended", BigInteger),
    Column("beat", BigInteger, nullable=False),
    Column("share", Float, nullable=False),
    Column("says", Text, nullable=False),
    Column("asked", JSON, nullable=False),
    Column("result", JSON, nullable=False),
    Column("cancelling", Boolean, nullable=False),
)
"""``beat`` is when the one that runs it last said so; long ago, and another may take it over."""

items = Table(
    "desk_items",
    metadata,
    Column("job", ForeignKey("desk_jobs.id"), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary),
    Column("state", String(16), nullable=False),
    Column("said", Text, nullable=False),
    Column("report", String(12)),
)
"""``content`` is dropped once it has been read: the record holds the text."""

cases = Table(
    "desk_cases",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
)

answers = Table(
    "desk_answers",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("case", String(16), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    Column("page", LargeBinary, nullable=False),
    Column("told", LargeBinary, nullable=False),
)
"""``page`` and ``told`` are the whole answer as HTML and as JSON, each compressed by gzip."""
