"""Reports of a war between two states that do not exist, read by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

import postgres_server
from foedus.ids import ReportId, digest
from foedus.reading.values import (
    Claim,
    Event,
    Mentions,
    Position,
    ProvisionMention,
    Quantity,
    Unknown,
)
from foedus.record import open_store
from foedus.report.values import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from foedus.record import Record

Told = tuple[str, Any]


def _date(said: str | None) -> tuple[dt.date, dt.date] | None:
    if said is None:
        return None
    first, _, last = said.partition("/")
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)


def make_event(**given: object) -> dict[str, Any]:
    """An air raid of Ardal on Velmark on 2 May, unless it is said otherwise."""
    values: dict[str, Any] = {
        "type": "ASSAULT",
        "mode": "aerial",
        "status": "happened",
        "date": "2031-05-02",
        "place": None,
        "country": None,
        "actors": ("Ardal",),
        "recipients": ("Velmark",),
        "quantities": (),
        "according_to": None,
    } | given
    if values["type"] not in {"ASSAULT", "CONSULT"}:
        values["mode"] = None
    values["date"] = _date(values["date"])
    return values


def make_number(value: float, item: str, role: str, bound: str = "exact") -> Quantity:
    return Quantity(item=item, role=role, value=value, bound=bound)  # type: ignore[arg-type]


def make_mentions(source: str, day: str | None, *told: Told) -> Mentions:
    """A report whose text is the sentences told, each with what a reader finds in it.

    Its last line tells it from other reports with the same sentences.

    What is found is a dict of an event's fields, or any other mention less its span.
    """
    text = "\n".join([*(sentence for sentence, _ in told), f"As {source} has it."])
    found: dict[type, list[Any]] = {
        t: [] for t in (Event, Claim, Position, ProvisionMention, Unknown)
    }
    for sentence, what in told:
        start = text.index(sentence)
        cls, values = (Event, what) if isinstance(what, dict) else what
        found[cls].append(cls(**values, span=(start, start + len(sentence))))
    return Mentions(
        report=Report(
            id=ReportId(digest(source, text)),
            source=source,
            title=None,
            outlet=None,
            author=None,
            published=None if day is None else dt.date.fromisoformat(day),
            published_from="unknown" if day is None else "page",
            language="en",
            text=text,
        ),
        events=tuple(found[Event]),
        claims=tuple(found[Claim]),
        positions=tuple(found[Position]),
        provisions=tuple(found[ProvisionMention]),
        unknowns=tuple(found[Unknown]),
    )


@pytest.fixture(scope="session")
def event() -> Callable[..., dict[str, Any]]:
    return make_event


@pytest.fixture(scope="session")
def number() -> Callable[..., Quantity]:
    return make_number


@pytest.fixture(scope="session")
def read() -> Callable[..., Mentions]:
    return make_mentions


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A PostgreSQL server for the whole run; skipped with a reason where none is installed."""
    with postgres_server.server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where to make a record: in a file, and in a database of a server."""
    if request.param == "sqlite":
        return str(tmp_path / "record.db")
    return str(request.getfixturevalue("postgres").database())


@pytest.fixture
def record_of(tmp_path: Path) -> Callable[..., Record]:
    """Return what a new record says once it has been given some readings."""
    numbers = count()

    def build(*readings: Mentions, as_of: dt.date | None = None) -> Record:
        with open_store(str(tmp_path / f"built-{next(numbers)}.db")) as store:
            for reading in readings:
                store.add(reading, reader="1")
            return store.record(as_of)

    return build


@pytest.fixture(scope="session")
def full(
    read: Callable[..., Mentions], event: Callable[..., Any], number: Callable[..., Quantity]
) -> Mentions:
    """One report with something of every family, every field filled somewhere."""
    mentions = read(
        "full.html",
        "2031-05-03",
        (
            "Ardal sent 12 drones at Velm in the night.",
            event(
                date="2031-05-02/2031-05-03",
                place="Velm",
                country="VLM",
                quantities=(
                    number(12, "drone", "launched"),
                    Quantity(
                        item="area-km2",
                        role="captured",
                        value=0.1 + 0.2,
                        bound="about",
                        according_to="Velmark's army",
                    ),
                ),
                according_to="Velmark",
            ),
        ),
        ("They met.", event(type="CONSULT", mode="call", date=None, recipients=())),
        (
            "more will come",
            (Claim, {"speaker": "Olle Brandt", "side": "Ardal", "kind": "direct", "cue": "said"}),
        ),
        (
            "it was quiet — all night",
            (Claim, {"speaker": "a driver", "side": None, "kind": "indirect", "cue": "told us"}),
        ),
        (
            "Velmark wants it all back.",
            (Position, {"actor": "Velmark", "issue": "territory", "stance": "demands"}),
        ),
        (
            "Norrland offered observers.",
            (
                ProvisionMention,
                {"provision": "monitoring", "by": "Norrland", "status": "proposed"},
            ),
        ),
        (
            "A truce was discussed.",
            (ProvisionMention, {"provision": "ceasefire", "by": None, "status": "discussed"}),
        ),
        ("Nobody knows when.", (Unknown, {"about": "schedule"})),
    )
    report = {f.name: getattr(mentions.report, f.name) for f in fields(mentions.report)}
    report |= {
        "title": "A night over Velm",
        "outlet": "The Norrland Post",
        "author": "I. Stern",
        "url": "https://post.example/velm",
    }
    return Mentions(
        report=Report(**report),
        events=mentions.events,
        claims=mentions.claims,
        positions=mentions.positions,
        provisions=mentions.provisions,
        unknowns=mentions.unknowns,
    )
