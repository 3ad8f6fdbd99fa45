"""Answers that were worked out, whole, as a page and as JSON."""

from __future__ import annotations

import gzip
import secrets
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from foedus.desk import schema
from foedus.desk.tables import moment
from foedus.desk.values import AnswerEntry
from foedus.errors import DeskError, Fault

if TYPE_CHECKING:
    from foedus.desk.tables import Tables
    from foedus.desk.values import CaseVersion

_LISTED = ("id", "case", "version", "title", "by", "at")


class Answers:
    """The answers."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, case: CaseVersion, *, by: str, title: str, page: str, told: str) -> str:
        """Keep an answer to a version of a case and return its id."""
        row = {
            "id": secrets.token_hex(6),
            "case": case.id,
            "version": case.n,
            "title": title,
            "by": by,
            "at": self._tables.now(),
            "page": gzip.compress(page.encode(), mtime=0),
            "told": gzip.compress(told.encode(), mtime=0),
        }
        with self._tables.writing() as connection:
            connection.execute(insert(schema.answers).values(row))
        return str(row["id"])

    def all(self, case: str | None = None) -> tuple[AnswerEntry, ...]:
        """Return the answers, the newest first; those to one case, if asked."""
        table = schema.answers
        asked = select(*(table.c[name] for name in _LISTED)).order_by(table.c.at.desc(), table.c.id)
        if case is not None:
            asked = asked.where(table.c.case == case)
        with self._tables.reading() as connection:
            rows = connection.execute(asked).mappings().all()
        return tuple(AnswerEntry(**{**row, "at": moment(row["at"])}) for row in rows)

    def page(self, id_: str) -> str:
        """Return an answer as one HTML page; `DeskError` when there is none."""
        return self._unpacked(id_, "page")

    def told(self, id_: str) -> str:
        """Return an answer as JSON; `DeskError` when there is none."""
        return self._unpacked(id_, "told")

    def _unpacked(self, id_: str, what: str) -> str:
        table = schema.answers
        with self._tables.reading() as connection:
            found = connection.execute(select(table.c[what]).where(table.c.id == id_)).scalar()
        if found is None:
            missing = Fault(
                at="", found="no such answer", must="be one that is kept", reason="missing"
            )
            raise DeskError(id_, (missing,))
        return gzip.decompress(found).decode()
