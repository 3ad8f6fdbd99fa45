"""A record that goes out as JSON Lines and comes in again is the same record."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.ids import ReportId, digest
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
    from foedus.record import Record, Store

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


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORLDS)
def test_going_out_and_coming_in_again_changes_nothing(empty: Path, world: list[Mentions]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for copy in ("old.db", "new.db"):
            shutil.copy(empty, folder / copy)
        with open_store(str(folder / "old.db")) as store:
            _fill(store, world)
            assert _through(store, folder) == store.record()
