"""A record opens fast, says plainly why it does not, and never touches what is not its own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from foedus.errors import RecordError
from foedus.record import migrating, open_store, schema
from foedus.record.opening import open_engine, writing

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.reading.values import Mentions


def _run_sql(path: Path, *statements: str) -> list[tuple[object, ...]]:
    """Ask the file itself, past everything that is tested here."""
    with closing(sqlite3.connect(path)) as connection, connection:
        return [row for sql in statements for row in connection.execute(sql)]


def _tables(path: Path) -> set[object]:
    return {name for (name,) in _run_sql(path, "SELECT name FROM sqlite_master WHERE type='table'")}


def test_a_new_record_is_one_file_that_readers_and_a_writer_can_share(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with open_store(str(path)) as store:
        assert store.record().reports == ()
    assert [p.name for p in tmp_path.iterdir()] == ["record.db"]
    assert _run_sql(path, "PRAGMA journal_mode") == [("wal",)]
    assert _run_sql(path, "PRAGMA integrity_check") == [("ok",)]


def test_a_url_names_the_same_record_as_its_file(tmp_path: Path, full: Mentions) -> None:
    path = tmp_path / "record.db"
    with open_store(f"sqlite:///{path}") as store:
        store.add(full, reader="1")
    with open_store(str(path)) as store:
        assert store.has(full.report.id, "1")


def test_the_tables_are_what_the_code_thinks_they_are(tmp_path: Path) -> None:
    engine = open_engine(str(tmp_path / "record.db"))
    with engine.connect() as connection:
        options = {
            "version_table": schema.VERSION_TABLE,
            "compare_type": True,
            # The index of words is another thing in each kind of database.
            "include_name": lambda name, kind, _: kind != "table" or name[:5] != schema.WORDS,
        }
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, schema.metadata)
    engine.dispose()
    assert differences == []


def test_the_newest_migration_is_the_one_that_the_code_expects() -> None:
    assert migrating.revisions()[-1] == schema.REVISION


def test_every_migration_can_be_taken_back_and_run_again(tmp_path: Path, full: Mentions) -> None:
    path = tmp_path / "record.db"
    engine = open_engine(str(path))
    made = _tables(path)
    with writing(engine).begin() as connection:
        migrating.downgrade(connection, "base")
    assert _tables(path) == {schema.VERSION_TABLE}
    engine.dispose()
    with open_store(str(path)) as store:  # what is missing is run on opening
        assert store.add(full, reader="1")
    assert _tables(path) == made


def test_a_migration_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "record.db"

    def half(connection: object) -> None:
        schema.reports.create(connection)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(migrating, "upgrade", half)
        with pytest.raises(KeyboardInterrupt):
            open_store(str(path))
    assert _tables(path) == set()
    with open_store(str(path)) as store:
        assert store.record().reports == ()


def test_a_record_of_a_later_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    open_store(str(path)).__exit__()
    _run_sql(path, "UPDATE foedus_schema SET version_num = '9041'")
    before = path.read_bytes()
    with pytest.raises(RecordError, match=r"schema is 9041; .*up to \d+\. .*update foedus"):
        open_store(str(path))
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.db"
    _run_sql(path, "CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(RecordError, match="another program, with a table bookmarks"):
        open_store(str(path))
    assert path.read_bytes() == before


def test_a_text_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("What we know so far.\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(RecordError, match=r"notes\.txt: found a file that is not a database"):
        open_store(str(path))
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["cut short", "overwritten"])
def test_a_damaged_record_is_refused(tmp_path: Path, full: Mentions, damage: str) -> None:
    path = tmp_path / "record.db"
    with open_store(str(path)) as store:
        store.add(full, reader="1")
    whole = path.read_bytes()
    page = 4096  # what SQLite uses unless told otherwise
    middle = b"\xff" * (5 * page) if damage == "overwritten" else b""
    path.write_bytes(whole[:page] + middle + whole[6 * page :] * bool(middle))
    with (
        pytest.raises(RecordError, match="found a damaged database; it must be whole"),
        open_store(str(path)) as store,
    ):
        store.record()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    where = tmp_path / "nowhere" / "record.db"
    with pytest.raises(RecordError, match=r"nowhere, which does not exist; it must exist first"):
        open_store(str(where))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_record_and_the_message_says_what_would_be(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"found a folder; .* Try .*record\.db"):
        open_store(str(tmp_path))


@pytest.mark.parametrize("where", ["", "sqlite://", "sqlite:///:memory:"])
def test_a_record_has_to_have_a_name(where: str) -> None:
    with pytest.raises(RecordError, match="found no file name"):
        open_store(where)


@pytest.mark.parametrize("where", ["nosuch://host/x", "sqlite+nosuch:///x.db"])
def test_a_database_without_its_driver_is_refused(where: str) -> None:
    with pytest.raises(RecordError, match="it must be one whose driver is installed"):
        open_store(where)


def test_a_password_is_never_shown() -> None:
    with pytest.raises(RecordError) as caught:
        open_store("nosuch://reader:hunter2@host/x")
    assert "hunter2" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are another matter here")
@pytest.mark.parametrize("readonly", ["file", "folder"])
def test_what_may_not_be_written_is_refused(tmp_path: Path, readonly: str) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    path = tmp_path / "record.db"
    open_store(str(path)).__exit__()
    locked = path if readonly == "file" else tmp_path
    mode = locked.stat().st_mode
    locked.chmod(mode & ~0o222)
    try:
        with pytest.raises(RecordError, match="must be writable, and its folder too"):
            open_store(str(path))
    finally:
        locked.chmod(mode)


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="there is no /proc here")  # noqa: PTH112
def test_a_folder_that_takes_no_files_is_refused() -> None:
    with pytest.raises(RecordError, match="must be writable, and its folder too"):
        open_store("/proc/record.db")


def test_opening_a_current_record_is_quick_and_loads_no_migrations(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    open_store(str(path)).__exit__()
    code = (
        "import sys, foedus.record as r\n"
        f"r.open_store({str(path)!r}).__exit__()\n"
        "print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    spent = []
    for _ in range(5):
        begun = time.perf_counter()
        open_store(str(path)).__exit__()
        spent.append(time.perf_counter() - begun)
    assert min(spent) < 0.15


def test_a_disk_error_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with open_store(str(path)) as store:
        _run_sql(path, "DROP TABLE unknowns")
        with pytest.raises(RecordError, match='error of the database: "no such table: unknowns"'):
            store.record()
