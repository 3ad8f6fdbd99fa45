"""Reports, the names they came under, and what was read in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _of_report() -> sa.Column[str]:
    return sa.Column("report", sa.String(12), sa.ForeignKey("reports.id"), primary_key=True)


def _counted(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False)


def _create_mentions(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        _of_report(),
        _counted("n"),
        *columns,
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
    )


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(12), primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("published_from", sa.String(16), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_hash", sa.String(12), nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
    )
    op.create_index("ix_reports_text_hash", "reports", ["text_hash"])
    op.create_table("sources", _of_report(), sa.Column("source", sa.Text, primary_key=True))


def _create_events() -> None:
    _create_mentions(
        "events",
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("mode", sa.String(16)),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("first_day", sa.Date),
        sa.Column("last_day", sa.Date),
        sa.Column("place", sa.Text),
        sa.Column("country", sa.String(3)),
        sa.Column("actors", sa.JSON, nullable=False),
        sa.Column("recipients", sa.JSON, nullable=False),
        sa.Column("according_to", sa.Text),
    )
    op.create_table(
        "quantities",
        _of_report(),
        _counted("event"),
        _counted("n"),
        sa.Column("item", sa.String(32), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("value", sa.Float(53), nullable=False),
        sa.Column("bound", sa.String(16), nullable=False),
        sa.Column("according_to", sa.Text),
    )


def upgrade() -> None:
    _create_reports()
    _create_events()
    _create_mentions(
        "claims",
        sa.Column("speaker", sa.Text, nullable=False),
        sa.Column("side", sa.Text),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("cue", sa.Text, nullable=False),
    )
    _create_mentions(
        "positions",
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("issue", sa.String(32), nullable=False),
        sa.Column("stance", sa.String(16), nullable=False),
    )
    _create_mentions(
        "provisions",
        sa.Column("provision", sa.String(32), nullable=False),
        sa.Column("given_by", sa.Text),
        sa.Column("status", sa.String(16), nullable=False),
    )
    _create_mentions("unknowns", sa.Column("about", sa.String(32), nullable=False))


def downgrade() -> None:
    for table in ("unknowns", "provisions", "positions", "claims", "quantities", "events"):
        op.drop_table(table)
    op.drop_table("sources")
    op.drop_table("reports")
