"""What goes in comes out, whole and once, however many write at the same time."""

from __future__ import annotations

import datetime as dt
import pickle
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import IntegrityError

from foedus.errors import RecordError
from foedus.ids import ReportId
from foedus.reading.values import Claim
from foedus.record import Signature, adding, open_store, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from foedus.reading.values import Mentions
    from foedus.record import Record

    Read = Callable[..., Mentions]

NOON = dt.datetime(2031, 5, 6, 12, tzinfo=dt.UTC)


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "record.db")


def _dated(mentions: Mentions, day: str | None, source: str | None = None) -> Mentions:
    report = mentions.report
    published = None if day is None else dt.date.fromisoformat(day)
    return replace(
        mentions, report=replace(report, published=published, source=source or report.source)
    )


def test_mentions_come_back_to_the_last_bit(where: str, full: Mentions) -> None:
    with open_store(where) as store:
        assert store.add(full, reader="7")
    with open_store(where) as store, store._engine.connect() as connection:
        (back,) = rows.read_all(connection)
    assert back.mentions == full
    assert (back.reader, back.sources) == ("7", ("full.html",))


def test_every_entry_leads_to_its_words(full: Mentions, record_of: Callable[..., Record]) -> None:
    record = record_of(full)
    (report,) = record.reports
    evidence = [
        *(e for event in record.events for e in event.evidence),
        *(claim.evidence for claim in record.claims),
        *(e for position in record.positions for e in position.evidence),
        *(e for provision in record.provisions for _, _, e in provision.history),
        *(e for unknown in record.unknowns for e in unknown.evidence),
    ]
    assert {e.report for e in evidence} == {report.id}
    assert sorted(e.quote for e in evidence) == sorted(report.text.split("\n")[:-1])
    assert all(report.text[e.start : e.end] == e.quote for e in evidence)


def test_what_has_been_read_is_not_read_again(where: str, full: Mentions) -> None:
    with open_store(where) as store:
        assert not store.has(full.report.id, "1")
        assert store.add(full, reader="1")
        assert store.has(full.report.id, "1")
        assert not store.has(full.report.id, "2")
        assert not store.add(full, reader="1")
        assert store.record().hash == store.record().hash


def test_a_new_reader_takes_the_place_of_the_old_one(where: str, full: Mentions) -> None:
    better = replace(full, claims=full.claims[:1], unknowns=())
    with open_store(where) as store:
        store.add(full, reader="1")
        assert store.add(better, reader="2")
        assert (store.has(full.report.id, "1"), store.has(full.report.id, "2")) == (False, True)
        record = store.record()
    assert (len(record.reports), len(record.claims), record.unknowns) == (1, 1, ())
    assert record.reports[0].reader == "2"


def test_a_reading_that_fails_half_way_leaves_the_old_one_whole(
    where: str, full: Mentions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise IntegrityError("INSERT", None, sqlite3.IntegrityError("no more"))

    with open_store(where) as store:
        store.add(full, reader="1")
        before = store.record()
        write = adding._write_mentions
        monkeypatch.setattr(adding, "_write_mentions", lambda *a: (write(*a), fail()))
        with pytest.raises(RecordError, match="no more"):
            store.add(replace(full, claims=()), reader="2")
        assert store.record() == before


def test_the_same_text_under_two_names_is_one_report(where: str, full: Mentions) -> None:
    other = replace(full.report, id=ReportId("0" * 12), source="copy.html")
    mirror = replace(full, report=other)
    with open_store(where) as store:
        assert store.add(full, reader="1")
        assert not store.add(mirror, reader="1")
        assert store.has(mirror.report.id, "1")
        record = store.record()
    assert [(r.source, r.mirrors) for r in record.reports] == [("copy.html", ("full.html",))]
    assert len(record.claims) == len(full.claims)


def test_the_same_bytes_under_two_names_are_one_report(where: str, full: Mentions) -> None:
    renamed = _dated(full, "2031-05-03", "a.html")
    for order in ((full, renamed), (renamed, full)):
        with open_store(where) as store:
            assert [store.add(m, reader=order[0].report.source) for m in order] == [True, False]
            record = store.record()
        assert [(r.source, r.mirrors) for r in record.reports] == [("a.html", ("full.html",))]


def test_of_two_copies_the_dated_and_the_earlier_one_is_shown(where: str, full: Mentions) -> None:
    days = [None, "2031-05-09", "2031-05-03", "2031-05-06"]
    copies = [
        replace(m, report=replace(m.report, id=ReportId(f"{n:012}")))
        for n, m in enumerate(_dated(full, day, f"{n}.html") for n, day in enumerate(days))
    ]
    with open_store(where) as store:
        for copy in copies:
            store.add(copy, reader="1")
        (report,) = store.record().reports
        (early,) = store.record(dt.date(2031, 5, 4)).reports
        assert store.record(dt.date(2031, 5, 2)).reports == ()
    assert (report.source, report.mirrors) == ("2.html", ("0.html", "1.html", "3.html"))
    assert (early.source, early.mirrors) == ("2.html", ("0.html",))


def test_a_day_that_is_given_later_is_taken_over(where: str, full: Mentions) -> None:
    with open_store(where) as store:
        store.add(_dated(full, None), reader="1")
        assert store.add(_dated(full, "2031-05-04"), reader="1")
        (report,) = store.record().reports
    assert report.published == dt.date(2031, 5, 4)


def test_the_stamp_is_another_once_anything_is(where: str, full: Mentions) -> None:
    with open_store(where) as store:
        stamps = [store.stamp()]
        steps: tuple[Callable[[], object], ...] = (
            lambda: store.add(full, reader="1"),
            lambda: store.add(_dated(full, "2031-05-04", "copy.txt"), reader="1"),
            lambda: store.add(_dated(full, "2031-05-09"), reader="1"),
            lambda: store.reject([full.report.id], Signature(by="Ida", at=NOON)),
            lambda: store.undo(1, Signature(by="Ida", at=NOON)),
            lambda: store.add(_dated(full, "2031-05-09"), reader="2"),
        )
        for step in steps:
            step()
            stamps.append(store.stamp())
        store.add(_dated(full, "2031-05-09"), reader="2")  # nothing new
        assert store.stamp() == stamps[-1]
    assert len(set(stamps)) == len(stamps)
    with open_store(where) as store:
        assert store.stamp() == stamps[-1]


def test_every_broken_span_is_named_and_nothing_is_kept(where: str, full: Mentions) -> None:
    length = len(full.report.text)
    broken = [(-1, 3), (5, 5), (9, 4), (0, length + 1)]
    claims = tuple(
        Claim(speaker="a driver", side=None, kind="direct", cue="said", span=span)
        for span in [*broken, (0, 4)]
    )
    spoilt = replace(full, claims=claims, unknowns=(replace(full.unknowns[0], span=(4, 3)),))
    with open_store(where) as store:
        with pytest.raises(RecordError) as caught:
            store.add(spoilt, reader="1")
        assert store.record().reports == ()
    faults = caught.value.faults
    assert [f.at for f in faults] == [*(f"claims[{n}].span" for n in range(4)), "unknowns[0].span"]
    assert [f.found for f in faults] == ["-1..3", "5..5", "9..4", f"0..{length + 1}", "4..3"]
    assert caught.value.where == "full.html"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0])
def test_a_number_has_to_be_one(where: str, full: Mentions, value: float) -> None:
    first = full.events[0]
    spoilt = replace(first, quantities=(replace(first.quantities[0], value=value),))
    with open_store(where) as store, pytest.raises(RecordError, match="be a number, 0 or more"):
        store.add(replace(full, events=(spoilt,)), reader="1")


def test_an_event_has_to_begin_before_it_ends_and_a_span_to_hold_words(
    where: str, full: Mentions
) -> None:
    days = (dt.date(2031, 5, 3), dt.date(2031, 5, 2))
    line_break = full.report.text.index("\n")
    spoilt = replace(
        full,
        events=(replace(full.events[0], date=days),),
        unknowns=(replace(full.unknowns[0], span=(line_break, line_break + 1)),),
    )
    with open_store(where) as store, pytest.raises(RecordError, match="2 faults") as caught:
        store.add(spoilt, reader="1")
    assert [f.at for f in caught.value.faults] == ["unknowns[0].span", "events[0].date"]


def test_half_a_character_is_refused(where: str, full: Mentions) -> None:
    text = full.report.text + "\ud800"
    spoilt = replace(full, report=replace(full.report, text=text))
    with open_store(where) as store, pytest.raises(RecordError, match="whole characters only"):
        store.add(spoilt, reader="1")


def test_a_day_decides_which_reports_are_known(
    read: Read, event: Callable[..., Any], where: str
) -> None:
    told = [
        read(f"{n}.txt", day, (f"The raid number {n}.", event(date=None)))
        for n, day in enumerate([None, "2031-05-02", "2031-05-03"])
    ]
    with open_store(where) as store:
        for mentions in told:
            store.add(mentions, reader="1")
        known = {
            day: [r.source for r in store.record(day and dt.date.fromisoformat(day)).reports]
            for day in (None, "2031-05-01", "2031-05-02", "2031-05-03")
        }
        last = store.record(dt.date(2031, 5, 3))
        assert last.hash == store.record().hash
        assert last.as_of == dt.date(2031, 5, 3)
    assert known == {
        None: ["0.txt", "1.txt", "2.txt"],
        "2031-05-01": ["0.txt"],
        "2031-05-02": ["0.txt", "1.txt"],
        "2031-05-03": ["0.txt", "1.txt", "2.txt"],
    }


_ADD_ALL = """
import pickle, sys
from foedus.record import open_store
all_mentions = pickle.load(sys.stdin.buffer)
print("ready", flush=True)
sys.stdin.buffer.readline()
with open_store(sys.argv[1]) as store:
    print([store.add(mentions, reader="1") for mentions in all_mentions].count(True))
"""


def test_several_processes_may_make_and_fill_one_record(
    read: Read, event: Callable[..., Any], where: str, record_of: Callable[..., Record]
) -> None:
    told = [read(f"{n}.txt", "2031-05-02", (f"Raid {n}.", event())) for n in range(40)]
    # Each adds its own reports and the ten in the middle, in its own order.
    shares = [told[:25], told[15:], told[24:14:-1]]
    command = [sys.executable, "-c", _ADD_ALL, where]
    pipe = subprocess.PIPE
    workers = [subprocess.Popen(command, stdin=pipe, stdout=pipe) for _ in shares]
    for worker, share in zip(workers, shares, strict=True):
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(pickle.dumps(share))
        worker.stdin.flush()
        assert worker.stdout.readline() == b"ready\n"
    for worker in workers:  # now all of them at once
        assert worker.stdin is not None
        worker.stdin.write(b"go\n")
        worker.stdin.flush()
    counts = [int(worker.communicate()[0]) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert sum(counts) == len(told)
    with open_store(where) as store:
        assert store.record() == record_of(*told)


def test_several_threads_may_use_one_store(
    read: Read, event: Callable[..., Any], where: str, record_of: Callable[..., Record]
) -> None:
    told = [read(f"{n}.txt", "2031-05-02", (f"Raid {n}.", event())) for n in range(20)]
    added: list[bool] = []
    with open_store(where) as store:

        def work() -> None:
            added.extend(store.add(mentions, reader="1") for mentions in told)
            store.record()

        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.record() == record_of(*told)
    assert (len(added), added.count(True)) == (60, 20)


def test_a_snapshot_does_not_wait_for_a_writer_nor_see_half_of_its_work(
    file: str, full: Mentions
) -> None:
    with open_store(file) as store:
        store.add(full, reader="1")
        before = store.record()
        with closing(sqlite3.connect(file, isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("DELETE FROM claims")
            assert store.record() == before
            writer.execute("COMMIT")
        assert store.record().claims == ()


def test_a_writer_that_never_ends_is_reported(
    file: str, full: Mentions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.record.opening.PATIENCE", 0.05)
    with open_store(file) as store, closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordError, match=r"another program that has been writing"):
            store.add(full, reader="1")
