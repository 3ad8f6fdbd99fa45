"""The audit log: every change, by whom and when. Nothing takes a line out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from foedus.desk import schema
from foedus.desk.tables import moment
from foedus.desk.values import AuditLine

if TYPE_CHECKING:
    from foedus.desk.tables import Tables


class Audit:
    """The log."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def write(self, by: str, action: str, target: str, said: str = "") -> None:
        """Write down that somebody did something to something."""
        with self._tables.writing() as connection:
            row = {"at": self._tables.now(), "by": by, "action": action, "target": target}
            connection.execute(insert(schema.audit).values(**row, said=said))

    def newest(self, most: int = 200, before: int | None = None) -> tuple[AuditLine, ...]:
        """Return the newest lines, the newest first; those before a number, to go on."""
        table = schema.audit
        asked = select(table).order_by(table.c.number.desc()).limit(most)
        if before is not None:
            asked = asked.where(table.c.number < before)
        with self._tables.reading() as connection:
            rows = connection.execute(asked).mappings().all()
        return tuple(AuditLine(**{**row, "at": moment(row["at"])}) for row in rows)
