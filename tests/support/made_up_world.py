"""A made-up war for tests of the record: reports of all kinds, what people do, what they ask."""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.errors import RecordError
from foedus.ids import ReportId
from foedus.reading.values import Claim, Position, ProvisionMention, Unknown
from foedus.record import Question, Signature, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from foedus.reading.values import Mentions
    from foedus.record import Store

    Make = Callable[..., Any]

FIRST = dt.date(2031, 5, 1)
SIGNED = Signature(by="Ida Stern", at=dt.datetime(2031, 6, 1, 9, 30, tzinfo=dt.UTC))
NAMES = ("Ardal", "the Ardal", "Velmark", "Norrland", "Olle Brandt", "Brandt", "Nils Brandt")
SPEAKERS = ("Olle Brandt", "Brandt", "O. Brandt", "Nils Brandt", "Andrii Sokolsky",
            "Andriy Sokolskyi", "Sokolsky", "a driver")  # fmt: skip
WORDS = ("shells fell on the station", "the harbour was struck again", "talks went on for hours")


class World:
    """Made-up reports of some weeks: copies, rows of datasets, campaigns, plans, unknown days."""

    def __init__(self, seed: int, read: Make, event: Make, number: Make) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - made-up data
        self._read, self._event, self._number = read, event, number
        self._acts: list[dict[str, Any]] = []

    signed = SIGNED

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
        """Return an event: a new one, or one that another report has told, more or less alike."""
        chance = self._chance
        if self._acts and chance.random() < 0.6:
            again = dict(chance.choice(self._acts))
            if again["date"] is not None and chance.random() < 0.4:
                earlier = dt.timedelta(days=chance.choice([1, 5, 6]))
                again["date"] = (again["date"][0] - earlier, again["date"][1])
            if chance.random() < 0.2:
                again["place"] = None
            return again
        self._acts.append(self._new_event(span))
        return self._acts[-1]

    def _new_event(self, span: int) -> dict[str, Any]:
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


@cache
def _empty_record() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "r.db")
        open_store(str(path)).__exit__()
        return path.read_bytes()


@contextmanager
def filled(made: World) -> Iterator[Store]:
    """Yield a record of a world, as people have changed it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "r.db")
        path.write_bytes(_empty_record())
        with open_store(str(path)) as store:
            for mentions, reader in made.reports():
                store.add(mentions, reader=reader)
            made.change(store)
            yield store
