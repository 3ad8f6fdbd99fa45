"""Open the database behind a record: refuse what is no record, make or update what is.

SQLite in WAL mode: readers do not wait for the one writer, and a second writer waits its turn. A
transaction that will write says so from the start (BEGIN IMMEDIATE); one that reads first and
writes later could not be let through when another has written in between.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import (
    Connection,
    Engine,
    column,
    create_engine,
    event,
    func,
    inspect,
    select,
    table,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from foedus.errors import Fault, RecordError
from foedus.record.schema import REVISION, VERSION_TABLE

if TYPE_CHECKING:
    from sqlalchemy.pool import ConnectionPoolEntry

PATIENCE = 30.0
"""Seconds to wait for another process to finish writing: far more than adding a report takes."""

_MAKING = 20_311_412
"""The lock that PostgreSQL gives to one process at a time that makes or migrates a record."""

_CACHE = 65_536
"""KiB of a file's pages that a connection may hold: adding to a large record touches many."""

_CHECKPOINT = 8000
"""Pages written beside the file before they are put into it; each page is then put there once."""

_version = table(VERSION_TABLE, column("version_num"))


def open_engine(where: str, *, make: bool = True) -> Engine:
    """Return an engine on the record at ``where``, made or brought up to date.

    Raises
    ------
    RecordError
        When there is something else at ``where``, nothing can be made there, or nothing is there
        and none is to be made; what is there has then not been touched.
    """
    url = _url(where)
    name = name_of(where)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        _check_place(name, path)
        if not make and not path.exists():
            raise RecordError(name, (_NONE,))
    engine = _engine(url)
    try:
        _bring_up_to_date(engine, name, make=make)
    except (DBAPIError, sqlite3.Error) as error:
        engine.dispose()
        raise trouble(name, error) from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def engine_at(where: str) -> Engine:
    """Return an engine on whatever database is at ``where``, a file made if there is none.

    For what is kept beside a record, in tables of its own.

    Raises
    ------
    RecordError
        When no file can be made there, or the driver is not installed.
    """
    url = _url(where)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        _check_place(name_of(where), path)
        _use_wal(path)
    return _engine(url)


def lock_for_making(connection: Connection) -> None:
    """Let one process at a time make tables, where BEGIN does not keep the others out."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_MAKING)))


def name_of(where: str) -> str:
    """Return what a record is called in messages: where it is, without the password if any."""
    return _url(where).render_as_string(hide_password=True) if "://" in where else where


def writing(engine: Engine) -> Engine:
    """Return the same engine, its transactions announced as writing."""
    return engine.execution_options(foedus_writes=True)


def reading(engine: Engine) -> Engine:
    """Return the same engine, all of a transaction's queries answered as of its beginning."""
    if engine.dialect.name == "sqlite":
        return engine  # as it does by itself
    return engine.execution_options(isolation_level="REPEATABLE READ")


def take_turn(connection: Connection) -> None:
    """Wait until no other connection writes: where BEGIN does not see to it, by a row lock."""
    connection.execute(select(_version).with_for_update())


def trouble(where: str, error: DBAPIError | sqlite3.Error) -> RecordError:
    """Say in plain words what a database's error means for the record at ``where``."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = str(getattr(cause, "sqlite_errorname", ""))
    for start, fault in _TROUBLES.items():
        if name.startswith(start):
            return RecordError(where, (fault,))
    found = str(cause).strip().split("\n")[0]
    fault = Fault(at="", found=f'an error of the database: "{found}"', must="answer without one")
    return RecordError(where, (fault,))


_TROUBLES = {
    "SQLITE_NOTADB": Fault(
        at="",
        found="a file that is not a database",
        must="be a record or not exist yet",
        do="Name another file.",
    ),
    "SQLITE_CORRUPT": Fault(
        at="",
        found="a damaged database",
        must="be whole",
        do="Restore it from a copy, or read the reports into a new file.",
    ),
    "SQLITE_BUSY": Fault(
        at="",
        found=f"another program that has been writing for more than {PATIENCE:.0f} seconds",
        must="be free",
        do="Wait for it to finish and try again.",
    ),
    "SQLITE_READONLY": Fault(
        at="", found="a file that may not be written", must="be writable, and its folder too"
    ),
    "SQLITE_CANTOPEN": Fault(
        at="", found="a file that cannot be opened", must="be writable, and its folder too"
    ),
    "SQLITE_IOERR": Fault(
        at="",
        found="a disk that did not read or write as told",
        must="have room and be sound",
        do="Make room, or name a file on another disk; what was kept before is still there.",
    ),
    "SQLITE_FULL": Fault(at="", found="no room left on the disk", must="have room to grow"),
}


_NONE = Fault(
    at="",
    found="no record there",
    must="be one",
    do="Begin one with `foedus record add` or `foedus record import`.",
)


def _url(where: str) -> URL:
    if "://" not in where:
        return URL.create("sqlite", database=where)
    try:
        return make_url(where)
    except ArgumentError as error:
        fault = Fault(
            at="",
            found="an address that cannot be taken apart",
            must="be a file name or a database URL such as postgresql+psycopg://user@host/name",
        )
        raise RecordError(where, (fault,)) from error


def _check_place(where: str, path: Path) -> None:
    """Refuse a place where no file can be kept, before anything is made there."""
    target = path if path.exists() else path.parent
    if path.name in {"", ":memory:"}:
        fault = Fault(at="", found="no file name", must="name a file", do="Try record.db.")
    elif path.is_dir():
        fault = Fault(at="", found="a folder", must="be a file", do=f"Try {path / 'record.db'}.")
    elif not path.parent.is_dir():
        fault = Fault(at="folder", found=f"{path.parent}, which does not exist", must="exist first")
    elif not os.access(target, os.W_OK) or not os.access(path.parent, os.W_OK):
        fault = _TROUBLES["SQLITE_READONLY"]
    else:
        return
    raise RecordError(where, (fault,))


def _engine(url: URL) -> Engine:
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url)
        engine = create_engine(url, connect_args={"timeout": PATIENCE})
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        fault = Fault(
            at="database",
            found=url.drivername,
            must="be one whose driver is installed",
            do="Install the driver, or name a file.",
        )
        raise RecordError(url.render_as_string(hide_password=True), (fault,)) from error
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("foedus_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(engine: Engine, where: str, *, make: bool) -> None:
    with engine.connect() as connection:
        if _revision(connection) == REVISION:
            return
        _check_ours(connection, where)
        if not make and _revision(connection) is None:
            raise RecordError(where, (_NONE,))
    if engine.dialect.name == "sqlite":
        _use_wal(Path(engine.url.database or ""))
    from foedus.record.migrating import upgrade  # noqa: PLC0415 - slow, and seldom needed

    with writing(engine).begin() as connection:
        lock_for_making(connection)
        _check_ours(connection, where)  # another process may have been first
        if _revision(connection) != REVISION:
            upgrade(connection)


def _revision(connection: Connection) -> str | None:
    """Return the revision that the database is at; None when it has none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(select(_version)).scalar()


def _check_ours(connection: Connection, where: str) -> None:
    """Refuse another program's database, and a record made by a later version."""
    names = set(inspect(connection).get_table_names())
    if VERSION_TABLE not in names:
        if names:
            fault = Fault(
                at="",
                found=f"the database of another program, with a table {min(names)}",
                must="be a record or not exist yet",
                do="Name another file.",
            )
            raise RecordError(where, (fault,))
        return
    from foedus.record.migrating import revisions  # noqa: PLC0415 - slow, and seldom needed

    found = _revision(connection)
    if found is not None and found not in revisions():
        fault = Fault(
            at="schema",
            found=found,
            must=f"be one that this version knows, up to {REVISION}",
            do="The record was made by a later version of foedus: update foedus to open it.",
        )
        raise RecordError(where, (fault,))


def _use_wal(path: Path) -> None:
    """Make the file a WAL database, for good; two processes may try at once."""
    deadline = time.monotonic() + PATIENCE
    while True:
        with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                # The change of mode does not wait for a lock as other statements do.
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return
