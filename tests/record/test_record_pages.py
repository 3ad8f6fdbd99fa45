"""What is asked a page at a time is what the whole record says, whatever people changed in it."""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from collections import defaultdict
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import RecordError
from foedus.ids import ReportId
from foedus.reading.values import Claim, Position, ProvisionMention, Unknown
from foedus.record import (
    Index,
    Question,
    Signature,
    ask,
    findings,
    open_store,
    positions_over_time,
    timeline,
)
from foedus.record.around import around

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from foedus.reading.values import Mentions
    from foedus.record import Record, Store
    from foedus.record.values import ProvisionEntry

    Make = Callable[..., Any]

FIRST = dt.date(2031, 5, 1)
SIGNED = Signature(by="Ida Stern", at=dt.datetime(2031, 6, 1, 9, 30, tzinfo=dt.UTC))
NAMES = ("Ardal", "the Ardal", "Velmark", "Norrland", "Olle Brandt", "Brandt", "Nils Brandt")
SPEAKERS = ("Olle Brandt", "Brandt", "O. Brandt", "Nils Brandt", "Andrii Sokolsky",
            "Andriy Sokolskyi", "Sokolsky", "a driver")  # fmt: skip
WORDS = ("shells fell on the station", "the harbour was struck again", "talks went on for hours")


class _World:
    """Made-up reports of some weeks: copies, rows of datasets, campaigns, plans, unknown days."""

    def __init__(self, seed: int, read: Make, event: Make, number: Make) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - made-up data
        self._read, self._event, self._number = read, event, number

    def reports(self) -> list[tuple[Mentions, str]]:
        """Return readings, each with the version of its reader."""
        chance = self._chance
        span = chance.choice([3, 12, 60])
        told: list[tuple[Mentions, str]] = []
        for n in range(chance.randrange(3, 14)):
            if told and chance.random() < 0.2:
                original, reader = chance.choice(told)
                again = replace(
                    original.report,
                    id=ReportId(f"{n:012}"),
                    source=f"copy-{n}.txt",
                    published=self._day(span),
                )
                told.append((replace(original, report=again), reader))
                continue
            day = self._day(span)
            said = [self._told(span) for _ in range(chance.randrange(5))]
            row = chance.random() < 0.15
            source = f"row {chance.randrange(2)}" if row else f"{n}.txt"
            one = self._read(source, day and str(day), *said)
            outlet = chance.choice([None, "The Post", "Velm Wire"])
            one = replace(one, report=replace(one.report, outlet=outlet, title=f"{n}"))
            told.append((one, "acled 1" if row else "1"))
        return told

    def _day(self, span: int) -> dt.date | None:
        chance = self._chance
        return None if chance.random() < 0.1 else FIRST + dt.timedelta(days=chance.randrange(span))

    def _told(self, span: int) -> tuple[str, Any]:
        chance = self._chance
        words = chance.choice(WORDS)
        kind = chance.choice(["event"] * 6 + ["claim"] * 2 + ["position", "provision", "unknown"])
        if kind == "claim":
            side = chance.choice([None, "Ardal", "Velmark"])
            said = {"speaker": chance.choice(SPEAKERS), "side": side}
            return words, (Claim, {**said, "kind": "direct", "cue": "said"})
        if kind == "position":
            return words, (Position, {
                "actor": chance.choice(NAMES),
                "issue": chance.choice(["territory", "ceasefire"]),
                "stance": chance.choice(["demands", "rejects"]),
            })  # fmt: skip
        if kind == "provision":
            return words, (ProvisionMention, {
                "provision": chance.choice(["monitoring", "ceasefire"]),
                "by": chance.choice([None, "Norrland", "the Ardal"]),
                "status": chance.choice(["agreed", "discussed", "proposed", "in-force"]),
            })  # fmt: skip
        if kind == "unknown":
            return words, (Unknown, {"about": "schedule"})
        return words, self._an_event(span)

    def _an_event(self, span: int) -> dict[str, Any]:
        chance = self._chance
        first = FIRST + dt.timedelta(days=chance.randrange(-2, span + 3))
        last = first + dt.timedelta(days=chance.choice([0, 0, 0, 1, 6, 20, 40]))
        numbers = [
            self._number(chance.choice([2, 40, 44, 312]), "drone", "launched", "exact")
            for _ in range(chance.randrange(2))
        ]
        made: dict[str, Any] = self._event(
            type=chance.choice(["ASSAULT", "ASSAULT", "CONSULT", "AGREE"]),
            mode=chance.choice(["other", None]),
            status=chance.choice(["happened"] * 4 + ["claimed", "denied", "planned"]),
            date=None if chance.random() < 0.2 else f"{first}/{last}",
            place=chance.choice([None, "Velm", "Osk", "Vélm Port", "Velmark"]),
            country=chance.choice([None, None, "VLM"]),
            actors=tuple(chance.sample(NAMES, chance.randrange(3))),
            recipients=tuple(chance.sample(NAMES, chance.randrange(3))),
            quantities=tuple(numbers),
        )
        return made

    def change(self, store: Store) -> None:
        """Do to a record what people may do, if it can be done."""
        chance = self._chance
        record = store.record()
        mentions = [str(e.mention) for entry in record.events for e in entry.evidence]
        reports = [r.id for r in record.reports]
        for _ in range(chance.choice([0, 0, 1, 4])):
            with suppress(RecordError, IndexError, ValueError):
                self._do(store, mentions, reports)

    def _do(self, store: Store, mentions: list[str], reports: list[ReportId]) -> None:
        chance = self._chance
        day = FIRST + dt.timedelta(days=chance.randrange(12))
        match chance.randrange(9):
            case 0:
                store.correct(chance.choice(mentions), "date", str(day), SIGNED)
            case 1:
                store.correct(chance.choice(reports), "published", str(day), SIGNED)
            case 2:
                store.merge(chance.sample(mentions, 2), SIGNED)
            case 3:
                store.split([chance.choice(mentions)], SIGNED)
            case 4:
                store.reject([chance.choice(mentions)], SIGNED)
            case 5:
                store.merge(chance.sample(["Olle Brandt", "Velmark", "Norrland"], 2), SIGNED)
            case 6:
                store.correct(chance.choice(mentions), "actors", "Velmark; Ida Falk", SIGNED)
            case 7:
                store.reject([chance.choice(reports)], SIGNED)
            case 8:
                store.undo(1, SIGNED)

    def question(self) -> Question:
        """Return a question of any kind."""
        chance = self._chance
        since = until = None
        if chance.random() < 0.4:
            since = FIRST + dt.timedelta(days=chance.randrange(-3, 60))
        if chance.random() < 0.4:
            until = (since or FIRST) + dt.timedelta(days=chance.randrange(10))
        return Question(
            actor=chance.choice([None, None, "Ardal", "brandt", "Andriy Sokolskyi", "Velmark"]),
            about=chance.choice([None] * 5 + ["territory", "monitoring", "ceasefire"]),
            event_type=chance.choice([None] * 4 + ["ASSAULT", "AGREE"]),
            place=chance.choice([None] * 4 + ["velm", "VLM", "Osk"]),
            since=since,
            until=until,
        )

    def some(self, things: list[str], most: int) -> list[str]:
        """Return a few of some things."""
        return self._chance.sample(things, min(most, len(things)))

    def as_of(self) -> dt.date | None:
        chance = self._chance
        return chance.choice([None, None, *(FIRST + dt.timedelta(days=n) for n in (-1, 1, 5, 30))])


@pytest.fixture(scope="session")
def world(read: Make, event: Make, number: Make) -> Callable[[int], _World]:
    return lambda seed: _World(seed, read, event, number)


@cache
def _empty_record() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "r.db")
        open_store(str(path)).__exit__()
        return path.read_bytes()


@contextmanager
def _filled(made: _World) -> Iterator[Store]:
    """Yield a record of a world, as people have changed it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "r.db")
        path.write_bytes(_empty_record())
        with open_store(str(path)) as store:
            for mentions, reader in made.reports():
                store.add(mentions, reader=reader)
            made.change(store)
            yield store


def _shown(record: Record, question: Question) -> tuple[Any, ...]:
    """Return the timeline of a question, less what reaches out of its days."""
    first, last = question.since or dt.date.min, question.until or dt.date.max
    told = timeline(ask(record, question))
    return tuple(m for m in told if m.date[0] <= last and first <= m.date[1])


@settings(max_examples=120)
@given(st.integers(0, 2**32), st.sampled_from([1, 2, 5, 1000]))
def test_a_page_of_the_timeline_is_the_end_of_the_whole_timeline(
    world: Callable[[int], _World], seed: int, most: int
) -> None:
    made = world(seed)
    with _filled(made) as store:
        for _ in range(4):
            question, as_of = made.question(), made.as_of()
            whole = _shown(store.record(as_of), question)
            assert store.timeline(question, as_of=as_of, most=most) == whole[-most:]


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.sampled_from([1, 3, 1000]))
def test_steps_are_the_last_ones_of_each_position_and_provision(
    world: Callable[[int], _World], seed: int, most: int
) -> None:
    made = world(seed)
    with _filled(made) as store:
        for _ in range(3):
            asked, as_of = made.question(), made.as_of()
            question = Question(actor=asked.actor, about=asked.about)
            whole = ask(store.record(as_of), question)
            kinds: dict[tuple[str, str], list[Any]] = defaultdict(list)
            for step in positions_over_time(whole):
                kinds[step.actor, step.issue].append(step)
            last = tuple(step for steps in kinds.values() for step in steps[-most:])
            assert store.positions(question, as_of=as_of, most=most) == last
            found = store.provisions(question, as_of=as_of, most=most)
            assert [_less(p) for p in found] == [
                _less(replace(p, history=p.history[-most:])) for p in whole.provisions
            ]
            if most == 1000:
                assert found == whole.provisions


def _less(entry: ProvisionEntry) -> ProvisionEntry:
    """Leave out what is told of the whole history."""
    return replace(entry, independent=0, corrections=())


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_findings_of_some_days_are_those_of_the_whole_record(
    world: Callable[[int], _World], seed: int
) -> None:
    made = world(seed)
    with _filled(made) as store:
        as_of = made.as_of()
        record = store.record(as_of)
        first = FIRST + dt.timedelta(days=seed % 8 - 1)
        last = first + dt.timedelta(days=seed % 5)
        during = {
            e.id for e in record.events if e.date and e.date[0] <= last and first <= e.date[1]
        }
        days = {str(first + dt.timedelta(days=n)) for n in range((last - first).days + 1)}
        whole = [
            f
            for f in findings(record)
            if f.kind != "jump"
            and "in this record is" not in f.says
            and (f.entries[0] in during or any(f" on {day}: " in f.says for day in days))
        ]
        assert store.findings(first, last, as_of=as_of) == tuple(whole)


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_ids_and_names_mean_what_they_do_in_the_whole_record(
    world: Callable[[int], _World], seed: int
) -> None:
    made = world(seed)
    with _filled(made) as store:
        as_of = made.as_of()
        drawn = store.drawn(as_of)
        whole, record = Index(drawn), drawn.record
        ids = [e.id for of in (record.events, record.claims, record.positions) for e in of]
        ids += [e.id for of in (record.provisions, record.unknowns, record.actors) for e in of]
        ids += [str(e.mention) for entry in record.events for e in entry.evidence]
        ids += [r.id[:6] for r in record.reports] + [r.source for r in record.reports]
        ids += [o.name for o in record.outlets] + [a.name.upper() for a in record.actors]
        for said in made.some(ids, 6):
            with store._engine.connect() as connection:
                near = around(connection, [said], as_of, store.changes())
            index = Index(near)
            found, meant = index.find(said), whole.find(said)
            assert (found.id, found.places, found.report) == (meant.id, meant.places, meant.report)
            if meant.actor is not None and found.actor is not None:
                assert (found.actor.name, found.actor.aliases) == (
                    meant.actor.name,
                    meant.actor.aliases,
                )
            for place in meant.places:
                if place.family in {"event", "claim"}:
                    name = place.attested.id
                    assert index.entry_of(name) == whole.entry_of(name)
