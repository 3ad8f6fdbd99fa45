"""The journal: what people changed, by whom and when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("field", sa.Text),
        sa.Column("value", sa.Text),
        sa.Column("why", sa.Text),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("changes.number")),
    )
    op.create_table(
        "targets",
        sa.Column("change", sa.Integer, sa.ForeignKey("changes.number"), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("family", sa.String(16), nullable=False),
        sa.Column("report", sa.String(12)),
        sa.Column("text_hash", sa.String(12)),
        sa.Column("span_start", sa.Integer),
        sa.Column("span_end", sa.Integer),
        sa.Column("quote", sa.Text),
        sa.Column("name", sa.Text),
        sa.Column("was", sa.JSON, nullable=False),
        sa.Column("side", sa.Integer, nullable=False),
        sa.Column("twin", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("targets")
    op.drop_table("changes")
