"""Open the desk beside a record: make what is not there, refuse what a later version made."""

from __future__ import annotations

import datetime as dt
import secrets
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert, inspect, select
from sqlalchemy.exc import DBAPIError

from foedus.desk import schema
from foedus.desk.accounts import Accounts
from foedus.desk.answers import Answers
from foedus.desk.audit import Audit
from foedus.desk.cases import Cases
from foedus.desk.jobs import Jobs
from foedus.desk.tables import Tables
from foedus.errors import DeskError, Fault
from foedus.record.opening import engine_at, lock_for_making, name_of, trouble, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Self

    from sqlalchemy import Engine


def now() -> dt.datetime:
    """Return the time, UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An open desk; several threads and processes may use one at once.

    ``secret`` is its own, known to nobody else: what the tokens of forms are made with.
    """

    secret: bytes
    accounts: Accounts
    audit: Audit
    jobs: Jobs
    cases: Cases
    answers: Answers
    _engine: Engine

    def __enter__(self) -> Self:
        """Return the desk itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close every connection."""
        self._engine.dispose()

    def ping(self) -> None:
        """Raise when the database does not answer."""
        with self._engine.connect() as connection:
            connection.execute(select(schema.about.c.version)).one()


def open_desk(record: str, clock: Callable[[], dt.datetime] = now) -> Desk:
    """Return the desk that belongs to a record, made if there is none.

    Parameters
    ----------
    record
        Where the record is: a file name, beside which the desk lies as ``NAME.desk.db``; or a
        database URL, in which it has tables of its own.
    clock
        Tells the time, UTC.

    Raises
    ------
    DeskError
        When it cannot be opened, or a later version made it.
    """
    where = record if "://" in record else str(Path(record).with_suffix(".desk.db"))
    name = name_of(where)
    with _told(name):
        engine = engine_at(where)
        secret = _secret(engine, name)
    tables = Tables(engine, clock)
    return Desk(
        secret=secret,
        accounts=Accounts(tables),
        audit=Audit(tables),
        jobs=Jobs(tables),
        cases=Cases(tables),
        answers=Answers(tables),
        _engine=engine,
    )


def _secret(engine: Engine, name: str) -> bytes:
    """Return the desk's secret, its tables made or found to be of this version."""
    with writing(engine).begin() as connection:
        lock_for_making(connection)
        if not inspect(connection).has_table(schema.about.name):
            schema.metadata.create_all(connection)
            row = {"version": schema.VERSION, "secret": secrets.token_hex(32)}
            connection.execute(insert(schema.about).values(row))
        version, secret = connection.execute(select(schema.about)).one()
    if version > schema.VERSION:
        engine.dispose()
        fault = Fault(
            at="desk",
            found=f"of version {version}",
            must=f"be of version {schema.VERSION} or before",
            do="A later version of foedus made it: update foedus to open it.",
        )
        raise DeskError(name, (fault,))
    return bytes.fromhex(secret)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn a database's error into one that a person can mend."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise DeskError(name, trouble(name, error).faults) from error
