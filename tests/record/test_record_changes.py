"""What people change lies over what was read: dated, named, undoable, and never lost."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from foedus import flow
from foedus.errors import RecordError
from foedus.ids import ReportId
from foedus.record import Index, Signature, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from foedus.reading.values import Mentions
    from foedus.record import Record, Store
    from foedus.record.values import EventEntry

    Read = Callable[..., Mentions]
    Event = Callable[..., dict[str, Any]]

IDA = Signature(by="Ida Stern", at=dt.datetime(2031, 6, 1, 9, 30, tzinfo=dt.UTC), why="checked")
OLLE = Signature(by="Olle Falk", at=dt.datetime(2031, 6, 2, 9, 30, tzinfo=dt.UTC))


def _content(record: Record) -> tuple[object, ...]:
    return record.events, record.claims, record.positions, record.provisions, record.unknowns


def _mention(entry: EventEntry, n: int = 0) -> str:
    mention = entry.evidence[n].mention
    assert mention is not None
    return mention


@pytest.fixture
def raids(read: Read, event: Event, number: Callable[..., Any]) -> list[Mentions]:
    """Two reports of one raid, and one of another a week later."""
    return [
        read(
            "a.txt",
            "2031-05-03",
            (
                "Ardal sent 40 drones at Velm.",
                event(place="Velm", quantities=(number(40, "drone", "launched"),)),
            ),
        ),
        read(
            "b.txt",
            "2031-05-03",
            (
                "Some 40 drones came at Velm from Ardal.",
                event(place="Velm", quantities=(number(40, "drone", "launched"),)),
            ),
        ),
        read(
            "c.txt",
            "2031-05-10",
            ("Shells fell on Osk.", event(mode="shelling", date="2031-05-09", place="Osk")),
        ),
    ]


@pytest.fixture
def store(where: str, raids: list[Mentions]) -> Iterator[Store]:
    with open_store(where) as opened:
        opened.add_all(raids, reader="1")
        yield opened


def test_a_correction_takes_effect_and_says_who_made_it_beside_what_was_read(store: Store) -> None:
    joined, _ = store.record().events
    change = store.correct(_mention(joined, 1), "drone/launched", "at-least 44", IDA)
    entry, _ = store.record().events
    assert [(q.value, q.bound) for q in entry.quantities] == [(40, "exact"), (44, "at-least")]
    (told,) = entry.corrections
    assert (told.number, told.by, told.at, told.why) == (1, "Ida Stern", IDA.at, "checked")
    assert (told.field, told.was, told.now) == ("drone/launched", "40", "at-least 44")
    assert change.number == 1
    (figure,) = entry.figures
    assert (figure.low, figure.high, figure.disputed) == (40, 44, True)


def test_what_was_rejected_leaves_every_answer_and_comes_back_as_it_was(store: Store) -> None:
    before = store.record()
    shelling = before.events[1]
    change = store.reject([shelling.id], IDA)
    assert [e.place for e in store.record().events] == ["Velm"]
    assert store.check() == ()
    store.undo(change.number, OLLE)
    assert _content(store.record()) == _content(before)


def test_accepting_takes_a_rejection_back(store: Store) -> None:
    mention = _mention(store.record().events[1])
    store.reject([mention], IDA)
    store.accept([mention], OLLE)
    entry = store.record().events[1]
    assert [(c.kind, c.by) for c in entry.corrections] == [
        ("reject", "Ida Stern"),
        ("accept", "Olle Falk"),
    ]


def test_correcting_what_was_rejected_does_not_bring_it_back(store: Store) -> None:
    mention = _mention(store.record().events[1])
    store.reject([mention], IDA)
    store.correct(mention, "status", "denied", IDA)
    assert [e.place for e in store.record().events] == ["Velm"]
    store.undo(1, IDA)
    assert [e.status for e in store.record().events] == ["happened", "denied"]


def test_the_latest_correction_counts_and_undoing_it_gives_way_to_the_one_before(
    store: Store,
) -> None:
    mention = _mention(store.record().events[1])
    for value in ("claimed", "denied"):
        store.correct(mention, "status", value, IDA)
    assert store.record().events[1].status == "denied"
    store.undo(2, IDA)
    assert store.record().events[1].status == "claimed"
    store.undo(3, IDA)  # the undo itself
    assert store.record().events[1].status == "denied"
    assert [c.kind for c in store.changes()] == ["correct", "correct", "undo", "undo"]


def test_a_change_that_does_not_hold_cannot_be_taken_back_again(store: Store) -> None:
    store.reject([_mention(store.record().events[0])], IDA)
    store.undo(1, IDA)
    with pytest.raises(RecordError, match=r"taken back by 2.*undo 2"):
        store.undo(1, IDA)
    with pytest.raises(RecordError, match=r"number is 9; .*must be the number of a change"):
        store.undo(9, IDA)


def test_events_that_a_person_joins_are_one_and_part_again_when_it_is_undone(store: Store) -> None:
    before = store.record()
    store.merge([e.id for e in before.events], IDA)
    (entry,) = store.record().events
    assert len(entry.evidence) == 3
    assert [c.kind for c in entry.corrections] == ["merge"]
    store.undo(1, IDA)
    assert _content(store.record()) == _content(before)


def test_what_a_person_parts_stays_apart_and_others_may_join_either(
    store: Store, read: Read, event: Event, number: Callable[..., Any]
) -> None:
    joined = store.record().events[0]
    store.split([_mention(joined, 0)], IDA)
    assert [len(e.evidence) for e in store.record().events] == [1, 1, 1]
    forty = (number(40, "drone", "launched"),)
    more = ("Ardal sent 40 drones at Velm again.", event(place="Velm", quantities=forty))
    store.add(read("d.txt", "2031-05-03", more), reader="1")
    sizes = sorted(len(e.evidence) for e in store.record().events)
    assert sizes in ([1, 1, 2], [1, 1, 1, 1])
    reports = [{e.report for e in entry.evidence} for entry in store.record().events]
    parted = {e.report for e in joined.evidence}
    assert not any(parted <= together for together in reports)


def test_the_last_word_on_a_pair_counts(store: Store) -> None:
    joined = store.record().events[0]
    first, second = _mention(joined, 0), _mention(joined, 1)
    store.split([first], IDA)
    store.merge([first, second], OLLE)
    assert len(store.record().events[0].evidence) == 2
    store.split([second], IDA)
    assert len(store.record().events[0].evidence) == 1


def test_a_correction_outlives_a_newer_reader(store: Store, raids: list[Mentions]) -> None:
    mention = _mention(store.record().events[1])
    store.correct(mention, "status", "denied", IDA)
    shells = raids[2]
    (told,) = shells.events
    start, end = told.span
    moved = replace(told, type="COERCE", mode=None, status="claimed", span=(start, end - 1))
    again = replace(shells, events=(moved,))
    assert store.add(again, reader="2")
    entry = store.record().events[1]
    assert (entry.type, entry.status) == ("COERCE", "denied")
    (told_by,) = entry.corrections
    assert (told_by.was, told_by.now) == ("claimed", "denied")
    assert store.record().orphans == ()


def test_a_correction_follows_its_words_into_another_text_of_the_same_report(
    store: Store, raids: list[Mentions]
) -> None:
    store.correct(_mention(store.record().events[1]), "status", "denied", IDA)
    shells = raids[2]
    text = f"By our own correspondent.\n{shells.report.text}"
    shift = len(text) - len(shells.report.text)
    start, end = shells.events[0].span
    event = replace(shells.events[0], span=(start + shift, end + shift))
    report = replace(shells.report, text=text)
    store.add(replace(shells, report=report, events=(event,)), reader="2")
    assert store.record().events[1].status == "denied"


def test_a_correction_whose_mention_is_gone_is_listed_and_finds_it_again(
    store: Store, raids: list[Mentions]
) -> None:
    store.correct(_mention(store.record().events[1]), "status", "denied", IDA)
    store.add(replace(raids[2], events=()), reader="2")
    record = store.record()
    assert [(o.number, o.field, o.now) for o in record.orphans] == [(1, "status", "denied")]
    assert len(record.events) == 1
    assert store.record(dt.date(2031, 5, 4)).orphans == ()  # the report was not out yet
    store.add(raids[2], reader="3")
    assert store.record().orphans == ()
    assert store.record().events[1].status == "denied"


def test_of_two_mentions_in_one_span_the_one_that_was_corrected_is_found(
    where: str, read: Read, event: Event
) -> None:
    both = read(
        "two.txt",
        "2031-05-03",
        ("Ardal shelled Osk and talks went on.", event(mode="shelling")),
        ("Ardal shelled Osk and talks went on.", event(type="CONSULT", mode="meeting")),
    )
    with open_store(where) as store:
        store.add(both, reader="1")
        talks = next(e for e in store.record().events if e.type == "CONSULT")
        store.correct(_mention(talks), "status", "planned", IDA)
        store.add(replace(both, events=both.events[::-1]), reader="2")
        statuses = {e.type: e.status for e in store.record().events}
    assert statuses == {"CONSULT": "planned", "ASSAULT": "happened"}


def test_a_correction_holds_for_every_copy_of_the_text(store: Store, raids: list[Mentions]) -> None:
    store.correct(_mention(store.record().events[1]), "status", "denied", IDA)
    copy = replace(
        raids[2].report,
        id=ReportId("0" * 12),
        source="copy.txt",
        published=dt.date(2031, 5, 9),
    )
    store.add(replace(raids[2], report=copy), reader="1")
    record = store.record()
    assert [r.source for r in record.reports if r.mirrors] == ["copy.txt"]
    assert record.events[1].status == "denied"


def test_a_report_can_be_given_another_day_and_rejected(store: Store) -> None:
    report = next(r for r in store.record().reports if r.source == "c.txt")
    store.correct(report.id, "published", "2031-05-01", IDA)
    early = store.record(dt.date(2031, 5, 2))
    assert [r.source for r in early.reports] == ["c.txt"]
    assert [c.was for c in early.reports[0].corrections] == ["2031-05-10"]
    change = store.reject(["c.txt"], IDA)
    assert {r.source for r in store.record().reports} == {"a.txt", "b.txt"}
    assert store.search("shells") == ()
    store.undo(change.number, IDA)
    assert [h.source for h in store.search("shells", as_of=dt.date(2031, 5, 2))] == ["c.txt"]


def test_an_entry_stands_for_all_its_mentions_and_ids_may_be_cut_short(
    where: str, read: Read
) -> None:
    from foedus.reading.values import Position  # noqa: PLC0415 - only here

    wants = (Position, {"actor": "Velmark", "issue": "territory", "stance": "demands"})
    told = [
        read(f"{n}.txt", f"2031-05-0{n + 1}", (f"It wants it back, {n}.", wants)) for n in (0, 1)
    ]
    with open_store(where) as store:
        store.add_all(told, reader="1")
        (position,) = store.record().positions
        change = store.correct(position.id[:6], "stance", "open-to", IDA)
        (position,) = store.record().positions
    assert len(change.targets) == 2
    assert (position.stance, len(position.evidence)) == ("open-to", 2)


def test_an_id_that_means_nothing_or_two_things_is_refused_with_what_is_near(store: Store) -> None:
    index = Index(store.drawn())
    mention = _mention(store.record().events[0])
    wrong = mention[:-2] + "zz"
    with pytest.raises(RecordError, match=rf"{wrong}.*Near it: .*{mention[:8]}"):
        store.reject([wrong], IDA)
    with pytest.raises(RecordError, match=r"'m-'; it must be an id"):
        index.find("m-")
    with pytest.raises(RecordError, match="2 faults") as caught:
        store.reject(["x-1", "x-2"], IDA)
    assert [f.found for f in caught.value.faults] == ["'x-1'", "'x-2'"]
    assert store.changes() == ()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("staus", "claimed", r"field is 'staus'; .*Near it: status"),
        ("status", "maybe", r"status is 'maybe'; it must be one of happened, claimed"),
        ("date", "2031-13-01", "be a day such as"),
        ("date", "2031-05-03/2031-05-01", "begin before it ends"),
        ("country", "Velmark", "alpha-3"),
        ("drone/lost", "3", r"role is 'lost'; it must be one of launched"),
        ("drone/launched", "many", r"drone/launched is 'many'; it must be a number"),
        ("drone/launched", "-3", "0 or more"),
    ],
)
def test_what_a_field_cannot_say_is_refused_and_nothing_is_written(
    store: Store, field: str, value: str, message: str
) -> None:
    with pytest.raises(RecordError, match=message):
        store.correct(_mention(store.record().events[0]), field, value, IDA)
    assert store.changes() == ()


@pytest.mark.parametrize(
    ("field", "value", "now"),
    [
        ("actors", "Ardal; Norrland", ("Ardal", "Norrland")),
        ("actors", "none", ()),
        ("date", "2031-05-01", (dt.date(2031, 5, 1), dt.date(2031, 5, 1))),
        ("place", "none", None),
        ("mode", "ground", "ground"),
    ],
)
def test_every_kind_of_field_can_be_corrected(
    store: Store, field: str, value: str, now: object
) -> None:
    mention = _mention(store.record().events[1])
    store.correct(mention, field, value, IDA)
    entry = next(e for e in store.record().events if _mention(e) == mention)
    assert getattr(entry, field) == now


def test_a_change_needs_a_name_and_things_of_one_kind(store: Store) -> None:
    record = store.record()
    with pytest.raises(RecordError, match="name of who changes"):
        store.reject([record.events[0].id], replace(IDA, by=" "))
    with pytest.raises(RecordError, match="kinds actor, event"):
        store.merge([record.events[0].id, "Ardal"], IDA)
    with pytest.raises(RecordError, match="two or more"):
        store.merge([record.events[1].id], IDA)
    with pytest.raises(RecordError, match="part of something larger"):
        store.split([record.events[1].id], IDA)


def test_changes_made_elsewhere_can_be_entered_with_new_numbers(
    store: Store, raids: list[Mentions], tmp_path: Path
) -> None:
    store.reject([_mention(store.record().events[1])], IDA)
    store.undo(1, IDA)
    store.correct(_mention(store.record().events[0]), "place", "Osk", OLLE)
    with open_store(str(tmp_path / "other.db")) as other:
        other.add_all(raids, reader="1")
        other.accept([other.record().events[0].id], IDA)
        entered = other.enter(store.changes())
        assert [(c.number, c.undoes) for c in entered] == [(2, None), (3, 2), (4, None)]
        assert other.changes()[1:] == entered
        # Nothing is rejected, and a raid on another place is another raid.
        assert sorted(str(e.place) for e in other.record().events) == ["Osk", "Osk", "Velm"]


_CHANGE = """
import datetime as dt, sys
from foedus.record import Signature, open_store
with open_store(sys.argv[1]) as store:
    mention = store.record().events[1].evidence[0].mention
    for n in range(10):
        signed = Signature(by=sys.argv[2], at=dt.datetime(2031, 6, 1, n, tzinfo=dt.UTC))
        store.correct(mention, "place", f"{sys.argv[2]} {n}", signed)
"""


def test_two_people_may_change_one_record_at_the_same_time(store: Store, where: str) -> None:
    command = [sys.executable, "-c", _CHANGE, where]
    workers = [subprocess.Popen([*command, name]) for name in ("Ida", "Olle")]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    made = store.changes()
    assert [c.number for c in made] == list(range(1, 21))
    for name in ("Ida", "Olle"):
        values = [c.value for c in made if c.by == name]
        assert values == [f"{name} {n}" for n in range(10)]
    assert store.record().events[1].place == made[-1].value


def test_a_brief_rests_on_the_record_as_people_have_corrected_it(
    raids: list[Mentions], tmp_path: Path
) -> None:
    where = str(tmp_path / "war.db")
    with open_store(where) as store:
        store.add_all(raids, reader="1")
        first, second = store.record().events
        store.reject([second.id], IDA)
        store.correct(_mention(first), "status", "claimed", IDA)
    made = flow.brief([], flow.BriefSettings(record=where))
    assert [(e.place, e.status) for e in made.record.events] == [("Velm", "happened")]
    assert [c.by for c in made.record.events[0].corrections] == ["Ida Stern"]
    early = flow.brief([], flow.BriefSettings(record=where, as_of=dt.date(2031, 5, 2)))
    assert early.record.reports == ()
