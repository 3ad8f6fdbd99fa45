"""A record survives what machines do: kills, full disks, damage, and many hands at once."""

from __future__ import annotations

import datetime as dt
import pickle
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event as events

from foedus.errors import RecordError
from foedus.record import Signature, open_store, rows
from foedus.record.opening import open_engine

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.reading.values import Mentions

KILLS = 200

_KILL = """
import os, pickle, random, signal, sys, time
from pathlib import Path
from foedus.record import migrating, open_store, rows

where, kills = sys.argv[1], int(sys.argv[2])
told = pickle.load(sys.stdin.buffer)
given = {m.report.id: m for m in told}
chance = random.Random(20310503)


def ingest():
    with open_store(where) as store:
        store.add_all(told[:4], reader="1")
        for mentions in told[4:]:
            store.add(mentions, reader="1")


def timed():
    begun = time.perf_counter()
    ingest()
    return time.perf_counter() - begun


def forget():
    for end in ("", "-wal", "-shm", "-journal"):
        Path(where + end).unlink(missing_ok=True)


def check():
    with open_store(where) as store, store._engine.connect() as connection:
        assert store.check() == (), store.check()
        found = rows.read_all(connection)
        assert all(r.mentions == given[r.mentions.report.id] for r in found)
        return len(found)


def begin(anew):
    forget()
    if not anew:
        Path(where).write_bytes(empty)


open_store(where).__exit__()
empty = Path(where).read_bytes()
needed = {}
for anew in (True, False):
    begin(anew)
    needed[anew] = timed()
begin(anew)
sizes, killed = [], 0
while killed < kills:
    child = os.fork()
    if child == 0:
        ingest()
        os._exit(0)
    time.sleep(chance.uniform(0, needed[anew]))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    killed += os.WIFSIGNALED(status)
    sizes.append(check())
    if sizes[-1] == len(told):
        anew = chance.random() < 0.2  # making a record takes longer than filling it
        begin(anew)
ingest()
assert check() == len(told)
print(len(set(sizes)))
"""


def test_a_kill_at_any_moment_leaves_each_report_whole_or_not_at_all(
    read: Callable[..., Mentions], full: Mentions, event: Callable[..., Any]
) -> None:
    """Two hundred kills at random moments of making a record and filling it.

    On a disk in memory where there is one: a kill does not lose what the system has been given.
    """
    told = [read(f"{n}.txt", "2031-05-02", (f"Raid {n}.", event()), ("It went on.", event()))
            for n in range(12)]  # fmt: skip
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        done = subprocess.run(
            [sys.executable, "-c", _KILL, str(Path(folder, "record.db")), str(KILLS)],
            input=pickle.dumps([full, *told]),
            capture_output=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr.decode()
    assert int(done.stdout) > 2  # kills met the work at several stages, on a busy machine too


_FILL = """
import pickle, resource, sys
from foedus.errors import RecordError
from foedus.record import open_store
where, most = sys.argv[1], int(sys.argv[2])
told = pickle.load(sys.stdin.buffer)
with open_store(where) as store:
    store.add(told[0], reader="1")
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        for mentions in told[1:]:
            store.add(mentions, reader="1")
    except RecordError as error:
        print(error)
"""


def test_a_disk_that_takes_no_more_is_said_and_what_was_kept_is_whole(
    read: Callable[..., Mentions], event: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "record.db"
    told = [read(f"{n}.txt", "2031-05-02", ("word " * 4000 + str(n), event())) for n in range(60)]
    done = subprocess.run(
        [sys.executable, "-c", _FILL, str(path), str(400_000)],
        input=pickle.dumps(told),
        capture_output=True,
        check=True,
    )
    assert b"disk" in done.stdout
    given = {m.report.id: m for m in told}
    with open_store(str(path)) as store:
        assert store.check() == ()
        with store._engine.connect() as connection:
            found = rows.read_all(connection)
        assert 0 < len(found) < 60
        assert all(r.mentions == given[r.mentions.report.id] for r in found)
        assert store.add_all(told, reader="1") == 60 - len(found)


def test_a_database_that_may_not_grow_says_that_there_is_no_room(
    tmp_path: Path, full: Mentions
) -> None:
    with open_store(str(tmp_path / "record.db")) as store:
        events.listen(
            store._engine, "connect", lambda c, _: c.execute("PRAGMA max_page_count = 60") and None
        )
        store._engine.dispose()
        with pytest.raises(RecordError, match="no room left on the disk"):
            store.add(_longer(full), reader="1")
        assert store.record().reports == ()


def _longer(mentions: Mentions) -> Mentions:
    text = mentions.report.text + " more" * 200_000
    return replace(mentions, report=replace(mentions.report, text=text))


_WORK = """
import pickle, sys
from foedus.record import open_store
told = pickle.load(sys.stdin.buffer)
with open_store(sys.argv[1]) as store:
    print(store.add_all(told, reader="1"))
"""

_LOOK = """
import sys
from foedus.record import open_store
sizes = []
with open_store(sys.argv[1]) as store:
    while not sizes or sizes[-1] < int(sys.argv[2]):
        record = store.record()
        assert sum(len(e.evidence) for e in record.events) == 2 * len(record.reports)
        sizes.append(len(record.reports))
assert sizes == sorted(sizes)
"""


def _raids(read: Callable[..., Mentions], event: Callable[..., Any], n: int) -> Mentions:
    """A report of two raids, each report of other days."""
    day = str(dt.date(2031, 1, 1) + dt.timedelta(days=5 * n))
    raid = event(date=day)
    return read(f"{n}.txt", day, (f"Raid {n}.", raid), (f"Again {n}.", raid))


def test_two_fill_a_record_while_a_third_reads_and_a_fourth_copies(
    where: str, read: Callable[..., Mentions], event: Callable[..., Any], tmp_path: Path
) -> None:
    told = [_raids(read, event, n) for n in range(240)]
    with open_store(where) as store:
        pipe = subprocess.PIPE
        reader = subprocess.Popen([sys.executable, "-c", _LOOK, where, "240"])
        writers = [
            subprocess.Popen([sys.executable, "-c", _WORK, where], stdin=pipe, stdout=pipe)
            for _ in range(2)
        ]
        for writer, part in zip(writers, (told[:140], told[100:]), strict=True):
            assert writer.stdin is not None
            writer.stdin.write(pickle.dumps(part))
            writer.stdin.close()
        copies = []
        while any(writer.poll() is None for writer in writers):
            copies.append(tmp_path / f"copy-{len(copies)}.jsonl")
            store.backup(copies[-1])
        new = []
        for writer in writers:
            assert writer.stdout is not None
            new.append(int(writer.stdout.read()))
            writer.stdout.close()
            assert writer.wait(60) == 0
        assert sum(new) == 240
        assert reader.wait(60) == 0
        assert store.check() == ()
    with open_store(str(tmp_path / "again.db")) as again:
        again.restore(copies[-1])
        assert again.check() == ()
        events = again.record().events
        assert sum(len(e.evidence) for e in events) == 2 * len(again.record().reports)


@pytest.mark.parametrize("kind", ["copy.db", "copy.jsonl"])
def test_a_copy_is_the_same_record(where: str, full: Mentions, tmp_path: Path, kind: str) -> None:
    to = tmp_path / kind
    signed = Signature(by="Ida", at=dt.datetime(2031, 6, 1, tzinfo=dt.UTC))
    with open_store(where) as store:
        store.add(full, reader="1")
        store.reject([store.record().claims[0].id], signed)
        store.accept([store.record().claims[0].id], signed)
        store.undo(2, signed)
        store.backup(to)
        record, changes, found = store.record(), store.changes(), store.search("drones")
    is_file = kind == "copy.db" and "://" not in where
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(("copy", ".copy"))] == [kind]
    with open_store(str(to if is_file else tmp_path / "new.db")) as copy:
        if not is_file:
            copy.restore(to)
        assert (copy.record(), copy.changes(), copy.search("drones")) == (record, changes, found)
        assert copy.check() == ()
    path = to if is_file else tmp_path / "new.db"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_copy_that_is_not_whole_is_refused_and_nothing_is_kept(
    where: str, full: Mentions, tmp_path: Path
) -> None:
    to = tmp_path / "copy.jsonl"
    with open_store(where) as store:
        store.add(full, reader="1")
        store.backup(to)
        with pytest.raises(RecordError, match="holds reports; it must be empty"):
            store.restore(to)
    whole = to.read_text("utf-8").splitlines(keepends=True)
    bad = {
        "cut": whole[:-3],
        "torn": [*whole[:4], whole[4][:20]],
        "other": ["{}\n", *whole[1:]],
        "later": [whole[0].replace("00", "99"), *whole[1:]],
    }
    with open_store(str(tmp_path / "new.db")) as new:
        for lines in bad.values():
            to.write_text("".join(lines), encoding="utf-8")
            with pytest.raises(RecordError, match="must be a whole copy"):
                new.restore(to)
            assert new.record().reports == ()
        with pytest.raises(RecordError, match="No such file"):
            new.restore(tmp_path / "nothing.jsonl")


def test_a_copy_that_cannot_be_written_is_refused(full: Mentions, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with open_store(str(path)) as store:
        store.add(full, reader="1")
        for to in ("nowhere/copy.db", "nowhere/copy.jsonl"):
            with pytest.raises(RecordError, match="folder that can be written to"):
                store.backup(tmp_path / to)
        with pytest.raises(RecordError, match="the record itself"):
            store.backup(path)


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE reports SET text = 'x' || text", "a text other than the one that was kept"),
        ("UPDATE claims SET span_end = 99999", "a span outside the text"),
        ("DELETE FROM events WHERE n = 0", "without their event"),
        ("DELETE FROM reports", "without its reports"),
        ("INSERT INTO words (rowid, terms) VALUES (77, 'x')", "2 reports of 1"),
    ],
)
def test_damage_inside_a_file_is_found_and_said(
    full: Mentions, tmp_path: Path, damage: str, found: str
) -> None:
    path = tmp_path / "record.db"
    with open_store(str(path)) as store:
        store.add(full, reader="1")
        assert store.check() == ()
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(damage)
        assert any(found in str(fault) for fault in store.check())


def test_a_server_that_is_not_there_is_said() -> None:
    where = "postgresql+psycopg://ida:hunter2@127.0.0.1:1/war"
    with pytest.raises(RecordError, match=r"127\.0\.0\.1:1/war.*error of the database") as caught:
        open_engine(where)
    assert "hunter2" not in str(caught.value)
