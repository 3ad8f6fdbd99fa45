"""A desk on either database, and a clock that stands until it is moved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

import postgres_server
from foedus.desk import Desk, open_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass
class Clock:
    time: dt.datetime = field(default_factory=lambda: dt.datetime(2031, 5, 6, 9, tzinfo=dt.UTC))

    def __call__(self) -> dt.datetime:
        return self.time

    def move(self, seconds: float) -> None:
        self.time += dt.timedelta(seconds=seconds)


@pytest.fixture(scope="session")
def server() -> Iterator[postgres_server.Server]:
    with postgres_server.server() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "war.db")
    return str(request.getfixturevalue("server").database())


@pytest.fixture
def desk(where: str, clock: Clock) -> Iterator[Desk]:
    with open_desk(where, clock) as opened:
        yield opened
