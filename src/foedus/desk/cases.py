"""Cases that a team edits: every version is kept, so that each edit can be taken back."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from foedus.desk import schema
from foedus.desk.tables import moment
from foedus.desk.values import CaseVersion
from foedus.errors import DeskError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from foedus.desk.tables import Tables


class Cases:
    """The cases, each with its versions."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, name: str, text: str, *, by: str, why: str = "") -> CaseVersion:
        """Keep a new case, and return its first version."""
        row = {"id": secrets.token_hex(4), "n": 1, "name": name, "text": text, "by": by, "why": why}
        with self._tables.writing() as connection:
            return _write(connection, {**row, "at": self._tables.now()})

    def save(self, id_: str, text: str, *, onto: int, by: str, why: str = "") -> CaseVersion:
        """Keep a further version of a case and return it; the same text makes none.

        Parameters
        ----------
        onto
            The version that was edited.

        Raises
        ------
        DeskError
            When there is no such case, or somebody has saved another version meanwhile.
        """
        with self._tables.writing() as connection:
            last = _newest(connection, id_)
            if last.n != onto:
                fault = Fault(
                    at="case",
                    found=f"version {last.n}, saved by {last.by} meanwhile",
                    must=f"be version {onto} still",
                    do="Look at what changed, and make your edit anew.",
                    reason="conflict",
                )
                raise DeskError(last.name, (fault,))
            if last.text == text:
                return last
            made = {"n": onto + 1, "text": text, "by": by, "why": why, "at": self._tables.now()}
            return _write(connection, {"id": id_, "name": last.name, **made})

    def newest(self, id_: str) -> CaseVersion:
        """Return the newest version of a case; `DeskError` when there is no such case."""
        with self._tables.reading() as connection:
            return _newest(connection, id_)

    def version(self, id_: str, n: int) -> CaseVersion:
        """Return one version of a case; `DeskError` when there is none."""
        for one in self.versions(id_):
            if one.n == n:
                return one
        raise _missing(f"{id_}, version {n}")

    def versions(self, id_: str) -> tuple[CaseVersion, ...]:
        """Return every version of a case, the oldest first; none when there is no such case."""
        table = schema.cases
        asked = select(table).where(table.c.id == id_).order_by(table.c.n)
        with self._tables.reading() as connection:
            return tuple(_version(row) for row in connection.execute(asked).mappings())

    def all(self) -> tuple[CaseVersion, ...]:
        """Return the newest version of each case, the last edited first."""
        table = schema.cases
        last = select(table.c.id, func.max(table.c.n).label("n")).group_by(table.c.id).subquery()
        asked = (
            select(table)
            .join(last, (table.c.id == last.c.id) & (table.c.n == last.c.n))
            .order_by(table.c.at.desc(), table.c.id)
        )
        with self._tables.reading() as connection:
            return tuple(_version(row) for row in connection.execute(asked).mappings())


def _newest(connection: Connection, id_: str) -> CaseVersion:
    table = schema.cases
    asked = select(table).where(table.c.id == id_).order_by(table.c.n.desc()).limit(1)
    row = connection.execute(asked).mappings().first()
    if row is None:
        raise _missing(id_)
    return _version(row)


def _write(connection: Connection, row: dict[str, Any]) -> CaseVersion:
    connection.execute(insert(schema.cases).values(row))
    return _version(row)


def _version(row: Mapping[Any, Any]) -> CaseVersion:
    return CaseVersion(**{**row, "at": moment(row["at"])})


def _missing(what: str) -> DeskError:
    fault = Fault(at="", found="no such case", must="be one that is kept", reason="missing")
    return DeskError(what, (fault,))
