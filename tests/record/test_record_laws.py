"""Laws that hold for any set of reports, whatever is told in them and in whatever order."""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import RecordError
from foedus.ids import ReportId, digest, entry_id
from foedus.reading.values import Claim, Position, ProvisionMention, Unknown
from foedus.record import Change, Signature, Store, open_store
from foedus.record.blocks import Blocks
from foedus.record.known import know
from foedus.record.likeness import THRESHOLD, likeness, may_be_alike, reach
from foedus.record.merging import candidates, groups
from foedus.record.rows import Reading
from foedus.record.tellings import Telling, tellings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from foedus.reading.values import Mentions
    from foedus.record import Record

FIRST = dt.date(2031, 5, 1)
SIGNED = Signature(by="Ida Stern", at=dt.datetime(2031, 6, 1, 9, 30, tzinfo=dt.UTC))
DAYS = st.integers(0, 6).map(lambda n: FIRST + dt.timedelta(days=n))
NAMES = st.lists(st.sampled_from(["Ardal", "Velmark", "Norrland"]), max_size=2, unique=True)
WORDS = st.sampled_from(
    ["shells fell on the station", "the harbour was struck again", "talks went on for hours"]
)


@st.composite
def _quantities(draw: st.DrawFn, number: Callable[..., Any]) -> tuple[Any, ...]:
    one = st.tuples(
        st.sampled_from([2, 40, 44, 312]),
        st.sampled_from(["drone", "person"]),
        st.sampled_from(["launched", "killed"]),
        st.sampled_from(["exact", "at-least"]),
    )
    return tuple(number(*drawn) for drawn in draw(st.lists(one, max_size=2)))


@st.composite
def _told(draw: st.DrawFn, event: Callable[..., Any], number: Callable[..., Any]) -> Any:  # noqa: ANN401 - a dict or a pair
    family = draw(st.sampled_from(["event"] * 5 + ["claim", "position", "provision", "unknown"]))
    if family == "claim":
        return Claim, {"speaker": "a driver", "side": None, "kind": "direct", "cue": "said"}
    if family == "position":
        return Position, {"actor": "Ardal", "issue": "territory", "stance": "demands"}
    if family == "provision":
        status = draw(st.sampled_from(["agreed", "discussed", "proposed"]))
        return ProvisionMention, {"provision": "monitoring", "by": None, "status": status}
    if family == "unknown":
        return Unknown, {"about": draw(st.sampled_from(["schedule", "other"]))}
    days = draw(st.one_of(st.none(), st.lists(DAYS, min_size=2, max_size=2).map(sorted)))
    return event(
        type=draw(st.sampled_from(["ASSAULT", "CONSULT", "AGREE"])),
        mode=draw(st.sampled_from(["other", None])),
        status=draw(st.sampled_from(["happened", "claimed", "denied", "planned", "called-off"])),
        date=None if days is None else f"{days[0]}/{days[1]}",
        place=draw(st.sampled_from([None, "Velm", "Osk", "Velmark"])),
        country=draw(st.sampled_from([None, "VLM"])),
        actors=tuple(draw(NAMES)),
        recipients=tuple(draw(NAMES)),
        quantities=draw(_quantities(number)),
    )


@pytest.fixture(scope="session")
def worlds(
    read: Callable[..., Mentions], event: Callable[..., Any], number: Callable[..., Any]
) -> st.SearchStrategy[list[Mentions]]:
    """Up to six reports of one week, some without a day, some with the same text as another."""

    @st.composite
    def one(draw: st.DrawFn) -> Mentions:
        said = draw(st.lists(st.tuples(WORDS, _told(event, number)), max_size=3))
        day = draw(st.one_of(st.none(), DAYS))
        source = f"{draw(st.integers(0, 4))}.txt"
        return read(source, day and str(day), *said)

    @st.composite
    def several(draw: st.DrawFn) -> list[Mentions]:
        # One reading of one report: two would be two versions of the reader.
        told = draw(st.lists(one(), max_size=5, unique_by=lambda m: m.report.id))
        for n, original in enumerate(
            draw(st.lists(st.sampled_from(told), max_size=2)) if told else ()
        ):
            day = draw(st.one_of(st.none(), DAYS))
            name = ReportId(f"{n:012}")
            copy = replace(original.report, id=name, source=f"copy-{n}.txt", published=day)
            told.append(replace(original, report=copy))
        return told

    return several()


@cache
def _empty_record() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "r.db")
        open_store(str(path)).__exit__()
        return path.read_bytes()


def _snapshots(told: Sequence[Mentions], *days: dt.date | None) -> list[Record]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "r.db")
        path.write_bytes(_empty_record())
        with open_store(str(path)) as store:
            for mentions in told:
                store.add(mentions, reader="1")
            return [store.record(day) for day in days]


def _all_tellings(told: Sequence[Mentions]) -> tuple[Telling, ...]:
    """Return the tellings of every report, copies of a text too."""
    readings = [
        Reading(
            mentions=m,
            reader="1",
            sources=(m.report.source,),
            text_hash=digest(m.report.id, m.report.text),
            sketch=frozenset(),
        )
        for m in sorted(told, key=lambda m: m.report.id)
    ]
    return tellings(know(readings, (), None).known)


def _originals(told: Sequence[Mentions]) -> list[Mentions]:
    """Return one copy of each text, the one that is shown: dated before undated, the earliest."""
    shown: dict[str, Mentions] = {}
    for m in sorted(told, key=lambda m: (str(m.report.published or "undated"), m.report.source)):
        shown.setdefault(m.report.text, m)
    return list(shown.values())


@settings(max_examples=60)
@given(st.data())
def test_the_order_of_adding_does_not_show(
    worlds: st.SearchStrategy[list[Mentions]], data: st.DataObject
) -> None:
    told = data.draw(worlds)
    other = data.draw(st.permutations(told))
    assert _snapshots(told, None, FIRST) == _snapshots(other, None, FIRST)


@settings(max_examples=40)
@given(st.data())
def test_adding_again_changes_nothing(
    worlds: st.SearchStrategy[list[Mentions]], data: st.DataObject
) -> None:
    told = data.draw(worlds)
    assert _snapshots([*told, *told], None) == _snapshots(told, None)


@settings(max_examples=60)
@given(st.data())
def test_what_is_known_on_a_day_is_known_on_every_later_day(
    worlds: st.SearchStrategy[list[Mentions]], data: st.DataObject
) -> None:
    told = data.draw(worlds)
    days = [FIRST + dt.timedelta(days=n) for n in range(-1, 8)]
    records = _snapshots(told, *days, None)
    for before, after in pairwise(records):
        assert {r.id for r in before.reports} <= {r.id for r in after.reports}
        assert set(before.claims) <= set(after.claims)
        assert {p.id for p in before.positions} <= {p.id for p in after.positions}
        for kept, now in ((before.events, after.events), (before.unknowns, after.unknowns)):
            said = {e for entry in now for e in entry.evidence}
            assert {e for entry in kept for e in entry.evidence} <= said
    assert records[-2].hash == records[-1].hash  # the week is over: all is known


@settings(max_examples=60)
@given(st.data())
def test_nothing_is_lost_and_nothing_is_doubled_by_joining(
    worlds: st.SearchStrategy[list[Mentions]], data: st.DataObject
) -> None:
    """Counted against what was put in, not against what the code says of it."""
    told = data.draw(worlds)
    (record,) = _snapshots(told, None)
    told = _originals(told)
    put_in = sorted(
        (q.item, q.role, q.value, m.report.id) for m in told for e in m.events for q in e.quantities
    )
    got_out = sorted(
        (q.item, q.role, q.value, q.report) for e in record.events for q in e.quantities
    )
    assert got_out == put_in
    evidence = [(e.report, e.start, e.end) for x in record.events for e in x.evidence]
    assert sorted(evidence) == sorted((m.report.id, *e.span) for m in told for e in m.events)
    ids = [entry.id for entry in (*record.events, *record.claims, *record.positions)]
    assert len(ids) == len(set(ids))
    for entry in record.events:
        reports = [e.report for e in entry.evidence]
        assert len(reports) == len(set(reports))  # a report tells an event once


@settings(max_examples=60)
@given(st.data())
def test_blocks_leave_out_no_pair_that_could_be_joined(
    worlds: st.SearchStrategy[list[Mentions]], data: st.DataObject
) -> None:
    """The blocks are there for speed: comparing everything with everything finds no more."""
    told = _all_tellings(data.draw(worlds))
    every = {
        (i, j)
        for (i, a), (j, b) in combinations(enumerate(told), 2)
        if (likeness(a, b) or 0) >= THRESHOLD
    }
    found = set(candidates(told))
    assert every <= found
    blocks = Blocks(told)
    for n in range(len(told)):
        assert blocks.beside(n) == {m for pair in found if n in pair for m in pair if m != n}


@settings(max_examples=100)
@given(st.data())
def test_two_whose_reaches_do_not_meet_are_never_one_event(
    worlds: st.SearchStrategy[list[Mentions]], data: st.DataObject
) -> None:
    for a, b in combinations(_all_tellings(data.draw(worlds)), 2):
        if reach(a)[0] > reach(b)[1] or reach(b)[0] > reach(a)[1]:
            assert likeness(a, b) is None


@settings(max_examples=60)
@given(st.data())
def test_likeness_is_mutual_and_a_group_holds_no_two_that_exclude_each_other(
    worlds: st.SearchStrategy[list[Mentions]], data: st.DataObject
) -> None:
    told = _all_tellings(data.draw(worlds))
    for a, b in combinations(told, 2):
        assert likeness(a, b) == likeness(b, a)
        assert may_be_alike(a, b) or (likeness(a, b) or 0) < THRESHOLD
    for group in groups(told):
        for i, j in combinations(group, 2):
            assert likeness(told[i], told[j]) is not None


@settings(max_examples=40)
@given(st.data(), st.integers(0, 2**16))
def test_groups_do_not_depend_on_the_order_of_the_tellings(
    worlds: st.SearchStrategy[list[Mentions]], data: st.DataObject, seed: int
) -> None:
    told = list(_all_tellings(data.draw(worlds)))
    other = told.copy()
    random.Random(seed).shuffle(other)  # noqa: S311 - a shuffle that can be repeated
    one = {frozenset(told[i].id for i in group) for group in groups(told)}
    two = {frozenset(other[i].id for i in group) for group in groups(other)}
    assert one == two


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_days_at_the_ends_of_the_calendar_are_no_trouble(
    read: Callable[..., Mentions], event: Callable[..., Any], day: dt.date
) -> None:
    undated = [
        read(source, str(day), ("Shells fell.", event(status=status, date=None)))
        for source, status in (("a", "happened"), ("b", "planned"))
    ]
    dated = read("c", str(day), ("Shells fell.", event(date=str(day))))
    for telling in _all_tellings([*undated, dated]):
        first, last = reach(telling)
        assert first <= day <= last


@settings(max_examples=30)
@given(st.data())
def test_what_was_known_on_a_day_is_not_changed_by_what_came_later(
    worlds: st.SearchStrategy[list[Mentions]], data: st.DataObject
) -> None:
    # A text without a day counts as known until a copy of it tells the day.
    told = [m for m in data.draw(worlds) if m.report.published is not None]
    day = data.draw(DAYS)
    earlier = [m for m in told if m.report.published <= day]
    assert _snapshots(told, day) == _snapshots(earlier, day)


def _change(store: Store, chosen: str, ids: Sequence[str], signed: Signature) -> None:
    """Do one thing to a record, if it can be done."""
    with suppress(RecordError):
        match chosen:
            case "correct":
                store.correct(ids[0], "status", "denied", signed)
            case "merge":
                store.merge(ids, signed)
            case "split":
                store.split(ids[:1], signed)
            case "reject":
                store.reject(ids[:1], signed)
            case "accept":
                store.accept(ids, signed)


@settings(max_examples=30)
@given(st.data())
def test_undoing_everything_gives_back_what_was_read(
    worlds: st.SearchStrategy[list[Mentions]], data: st.DataObject
) -> None:
    """Whatever people did, in whatever order they take it back."""
    kinds = st.sampled_from(["correct", "merge", "split", "reject", "accept"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "r.db")
        path.write_bytes(_empty_record())
        with open_store(str(path)) as store:
            store.add_all(data.draw(worlds), reader="1")
            before = store.record()
            mentions = [str(e.mention) for entry in before.events for e in entry.evidence]
            if not mentions:
                return
            some = st.lists(st.sampled_from(mentions), min_size=1, max_size=3, unique=True)
            for kind, ids in data.draw(st.lists(st.tuples(kinds, some), max_size=5)):
                _change(store, kind, ids, SIGNED)
            made = store.changes()
            assert sorted(str(e.mention) for x in store.record().events for e in x.evidence) == (
                sorted(set(mentions) - _rejected(made))
            )
            for change in data.draw(st.permutations(made)):
                store.undo(change.number, SIGNED)
            assert store.record() == before
            assert len(store.changes()) == 2 * len(made)


def _rejected(made: Sequence[Change]) -> set[str]:
    """Return the mentions whose last acceptance or rejection is a rejection."""
    last: dict[str, str] = {}
    for change in made:
        if change.kind in {"accept", "reject"}:
            for target in change.targets:
                assert target.span is not None
                start, end = target.span
                again = (str(target.twin + 1),) if target.twin else ()
                place = (str(target.text_hash), "event", str(start), str(end), *again)
                last[entry_id("m", *place)] = change.kind
    return {mention for mention, kind in last.items() if kind == "reject"}


def test_comparing_grows_with_the_record_and_not_with_its_square(
    read: Callable[..., Mentions], event: Callable[..., Any], number: Callable[..., Any]
) -> None:
    """A war of the same raids day after day: twice the days are twice the pairs."""

    def pairs(days: int) -> int:
        told = []
        for n in range(4 * days):
            day = str(FIRST + dt.timedelta(days=n // 4))
            place = ("Velm", "Osk")[n % 2]
            drones = (number(40 + n, "drone", "launched"),)
            raid = event(date=day, place=place, quantities=drones)
            told.append(read(f"{n}.txt", day, (f"Raid {n}.", raid)))
        return len(list(candidates(_all_tellings(told))))

    once, twice = pairs(30), pairs(60)
    assert 0 < twice <= 2.1 * once
    assert twice < (4 * 60) * (4 * 60 - 1) / 2 / 20
