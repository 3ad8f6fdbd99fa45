"""A record that goes out as JSON Lines and comes in again is the same record."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.errors import RecordError
from foedus.ids import ReportId, digest
from foedus.reading import READER_VERSION, as_json
from foedus.reading.values import (
    EVENT_TYPES,
    ISSUES,
    PROVISIONS,
    Bound,
    Claim,
    ClaimKind,
    Event,
    EventMode,
    EventStatus,
    Item,
    Mentions,
    Position,
    ProvisionMention,
    ProvisionStatus,
    Quantity,
    Role,
    Stance,
    Unknown,
)
from foedus.record import open_store
from foedus.record.changes import Signature
from foedus.record.exchange import export_record, import_file
from foedus.report.values import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.record import Record, Store

SAMPLES = Path(__file__).parent / "samples"
FIRST = dt.date(2031, 5, 1)
NOON = dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC)
ANNA = Signature(by="Anna Berg", at=NOON, why="seen on the spot; “sic”")

DAYS = st.integers(0, 40).map(lambda n: FIRST + dt.timedelta(days=n))
MAYBE_DAY = st.none() | DAYS
SPANS = st.lists(DAYS, min_size=2, max_size=2).map(sorted).map(tuple)
TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30
).filter(str.strip)
NAME = st.sampled_from(["Ardal", "Velmark", 'Free "Velmark" Front', "=1+1", "Ōsk-Tarn"])
NAMES = st.lists(NAME, max_size=3, unique=True).map(tuple)
MAYBE_NAME = st.none() | NAME


def _of(words: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - any Literal
    return st.sampled_from(words if isinstance(words, tuple) else get_args(words))


QUANTITIES = st.builds(
    Quantity,
    item=_of(Item),
    role=_of(Role),
    value=st.floats(0, 1e12) | st.integers(0, 10_000).map(float),
    bound=_of(Bound),
    according_to=MAYBE_NAME,
)


@st.composite
def _mentions(draw: st.DrawFn) -> Mentions:
    text = draw(TEXT)
    span = (0, len(text))
    source = draw(st.sampled_from(["a.html", "b.txt", "c.xml", "d.html"]))
    published = draw(MAYBE_DAY)
    report = Report(
        id=ReportId(digest(source, text)),
        source=source,
        title=draw(st.none() | TEXT),
        outlet=draw(MAYBE_NAME),
        author=draw(MAYBE_NAME),
        published=published,
        published_from="page" if published else "unknown",
        language="en",
        text=text,
        url=draw(st.none() | st.just("https://post.example/1?a=b&c=<d>")),
    )
    events = st.builds(
        Event,
        type=_of(EVENT_TYPES),
        mode=st.none() | _of(EventMode),
        status=_of(EventStatus),
        date=st.none() | SPANS,
        place=MAYBE_NAME,
        country=st.none() | st.just("VLM"),
        actors=NAMES,
        recipients=NAMES,
        quantities=st.lists(QUANTITIES, max_size=3).map(tuple),
        according_to=MAYBE_NAME,
        span=st.just(span),
    )
    claims = st.builds(
        Claim, speaker=NAME, side=MAYBE_NAME, kind=_of(ClaimKind), cue=TEXT, span=st.just(span)
    )
    positions = st.builds(
        Position, actor=NAME, issue=_of(ISSUES), stance=_of(Stance), span=st.just(span)
    )
    provisions = st.builds(
        ProvisionMention,
        provision=_of(PROVISIONS),
        by=MAYBE_NAME,
        status=_of(ProvisionStatus),
        span=st.just(span),
    )
    unknowns = st.builds(Unknown, about=_of(ISSUES), span=st.just(span))
    few = {"max_size": 2}
    return Mentions(
        report=report,
        events=tuple(draw(st.lists(events, **few))),  # type: ignore[arg-type]
        claims=tuple(draw(st.lists(claims, **few))),  # type: ignore[arg-type]
        positions=tuple(draw(st.lists(positions, **few))),  # type: ignore[arg-type]
        provisions=tuple(draw(st.lists(provisions, **few))),  # type: ignore[arg-type]
        unknowns=tuple(draw(st.lists(unknowns, **few))),  # type: ignore[arg-type]
    )


WORLDS = st.lists(_mentions(), min_size=1, max_size=5)


def _fill(store: Store, world: list[Mentions]) -> None:
    """Add reports, one of them under a second name, and let people change this and that."""
    for n, mentions in enumerate(world):
        store.add(mentions, reader=str(1 + n % 2))
    again = replace(world[0], report=replace(world[0].report, source="mirror.html"))
    store.add(again, reader="1")
    if claims := store.record().claims:
        store.correct(claims[0].id, "speaker", "Olle Brandt", ANNA)
        store.accept([store.record().claims[-1].id], ANNA)
    if events := store.record().events:
        store.correct(events[0].id, "place", "Osk", ANNA)
        store.reject([store.record().events[-1].id], ANNA)
    made = store.changes()
    for change in made[-1:]:
        undone = store.undo(change.number, ANNA)
        store.undo(undone.number, ANNA)
    for change in made[:1]:
        store.undo(change.number, ANNA)


def _through(store: Store, folder: Path, as_of: dt.date | None = None) -> Record:
    """Return a record that went out as JSON Lines and came into a new one."""
    out = folder / "record.jsonl"
    export_record(store, "jsonl", out, as_of=as_of)
    with open_store(str(folder / "new.db")) as new:
        done = import_file(new, out)
        assert done.refused == ()
        record = new.record()
        assert import_file(new, out).added == 0
        assert new.record() == record
        if as_of is None:
            assert new.changes() == store.changes()
        return record


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with nothing in it, to be copied: making one anew takes longer than filling it."""
    path = tmp_path_factory.mktemp("empty") / "record.db"
    with open_store(str(path)):
        pass
    return path


@pytest.fixture
def store(empty: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(empty, tmp_path / "record.db")
    with open_store(str(tmp_path / "record.db")) as opened:
        yield opened


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORLDS)
def test_going_out_and_coming_in_again_changes_nothing(empty: Path, world: list[Mentions]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for copy in ("old.db", "new.db"):
            shutil.copy(empty, folder / copy)
        with open_store(str(folder / "old.db")) as store:
            _fill(store, world)
            assert _through(store, folder) == store.record()


def test_what_was_known_on_a_day_goes_out_and_comes_in(
    store: Store, full: Mentions, empty: Path, tmp_path: Path
) -> None:
    shutil.copy(empty, tmp_path / "new.db")
    store.add(full, reader="1")
    import_file(store, SAMPLES / "ucdp-ged.csv")
    store.correct(store.record().claims[0].id, "speaker", "Olle Brandt", ANNA)
    day = dt.date(2031, 5, 6)
    known = store.record(day)
    assert 0 < len(known.reports) < len(store.record().reports)
    assert _through(store, tmp_path, day) == replace(known, as_of=None)


def test_rows_of_datasets_come_back_as_rows_of_datasets(
    store: Store, empty: Path, tmp_path: Path
) -> None:
    shutil.copy(empty, tmp_path / "new.db")
    for name in ("ucdp-ged.csv", "acled.csv", "gdelt.export.CSV", "polecat.txt"):
        import_file(store, SAMPLES / name)
    assert _through(store, tmp_path) == store.record()


def test_changes_go_into_a_record_that_has_its_own(
    store: Store, full: Mentions, empty: Path, tmp_path: Path
) -> None:
    """What both know of is entered once, and an undo finds its change under the new number."""
    store.add(full, reader="1")
    first = store.correct(store.record().claims[0].id, "speaker", "Olle Brandt", ANNA)
    store.undo(first.number, ANNA)
    export_record(store, "jsonl", tmp_path / "a.jsonl")
    shutil.copy(empty, tmp_path / "new.db")
    with open_store(str(tmp_path / "new.db")) as other:
        other.add(full, reader="1")
        other.accept([other.record().claims[1].id], ANNA)
        done = import_file(other, tmp_path / "a.jsonl")
        assert (done.added, done.known, done.changes) == (0, 1, 2)
        assert [(c.number, c.kind, c.undoes) for c in other.changes()] == [
            (1, "accept", None),
            (2, "correct", None),
            (3, "undo", 2),
        ]
        assert import_file(other, tmp_path / "a.jsonl").changes == 0


def test_lines_that_reading_prints_can_be_taken_in(
    store: Store, full: Mentions, tmp_path: Path
) -> None:
    path = tmp_path / "mentions.jsonl"
    path.write_text(json.dumps(as_json(full)), "utf-8")
    assert import_file(store, path).added == 1
    (report,) = store.record().reports
    assert report.reader == "unknown"
    assert not store.has(report.id, READER_VERSION)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"type": "CHAT"}, "line 2.events[0].type is 'CHAT'; it must be one of ACCUSE, AGREE"),
        ({"span": [3, 3]}, "line 2.events[0].span is [3, 3]; it must be a start and an end"),
        ({"span": [0, 9999]}, "line 2.events[0].span is [0, 9999]; it must end within the"),
        ({"date": ["2031-05-02"]}, "line 2.events[0].date is ['2031-05-02']; it must be two"),
        ({"actors": "Ardal"}, "line 2.events[0].actors is 'Ardal'; it must be a list of texts"),
        ({"status": None}, "line 2.events[0].status is nothing; it must be one of called-off"),
        ({"place": 7}, "line 2.events[0].place is 7; it must be text"),
        ({"quantities": [{"value": -1}]}, "line 2.events[0].quantities[0].value is -1; it must"),
        ({"quantities": [{"value": True}]}, "quantities[0].value is True; it must be a number"),
        ({"quantities": 3}, "line 2.events[0].quantities is 3; it must be a list"),
        ({"quantities": [3]}, "line 2.events[0].quantities[0] is 3; it must be an object"),
    ],
)
def test_a_line_that_says_what_cannot_be_is_refused(
    store: Store, full: Mentions, tmp_path: Path, change: dict[str, Any], fault: str
) -> None:
    line = as_json(full)
    line["events"][0] |= change
    path = tmp_path / "mentions.jsonl"
    path.write_text(f"{json.dumps(as_json(full))}\n{json.dumps(line)}\n", "utf-8")
    done = import_file(store, path)
    assert done.added == 1
    assert any(fault in str(refused) for refused in done.refused), done.refused


def test_a_copy_made_by_backup_is_told_from_an_export(store: Store, tmp_path: Path) -> None:
    store.backup(tmp_path / "copy.jsonl")
    with pytest.raises(RecordError, match="Use `foedus record restore`"):
        import_file(store, tmp_path / "copy.jsonl")


def test_what_is_no_object_is_one_fault(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text('{"report": 4, "events": [7]}\n', "utf-8")
    done = import_file(store, path)
    assert [str(fault) for fault in done.refused] == [
        "line 1.report is 4; it must be an object.",
        "line 1.events[0] is 7; it must be an object.",
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", 'line 1 is "Expecting property name'),
        ("[1]", "line 1 is [1]; it must be an object"),
        ('{"foedus": "record", "layout": 99}', "line 1.layout is 99; it must be 1 or less"),
        ('{"report": 4}', "line 1.report is 4; it must be an object"),
        ('{"change": {"number": 1, "kind": "shout"}}', "line 1.change.kind is 'shout'; it must"),
        (
            (
                '{"change": {"number": 2, "kind": "undo", "by": "A", "at": "2031-05-02T00:00:00Z",'
                ' "targets": [], "undoes": 1}}'
            ),
            "change 2.undoes is 1; it must be the number of a change that comes before it",
        ),
        (
            (
                '{"change": {"number": 2, "kind": "undo", "by": "A", "at": "2031-05-02",'
                ' "targets": []}}'
            ),
            "line 1.change.at is '2031-05-02'; it must be a moment such as",
        ),
    ],
)
def test_a_line_of_another_kind_is_refused(
    store: Store, tmp_path: Path, line: str, fault: str
) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(line + "\n", "utf-8")
    done = import_file(store, path, format="jsonl")
    assert any(fault in str(refused) for refused in done.refused), done.refused
    assert (done.added, done.changes) == (0, 0)


def test_a_record_of_any_database_moves_into_a_file(
    where: str, full: Mentions, empty: Path, tmp_path: Path
) -> None:
    shutil.copy(empty, tmp_path / "new.db")
    with open_store(where) as store:
        store.add(full, reader="1")
        for name in ("ucdp-ged.csv", "acled.csv", "gdelt.export.CSV", "polecat.txt"):
            import_file(store, SAMPLES / name)
        store.correct(store.record().claims[0].id, "speaker", "Olle Brandt", ANNA)
        assert _through(store, tmp_path) == store.record()
