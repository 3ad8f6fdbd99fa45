"""What pages and the API ask a record alike: the question in an address, a part of a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, HTTPException, Query
from pydantic import BaseModel, Field, field_validator

from foedus import record
from foedus.ids import ReportId
from foedus.record.values import ReportEntry
from foedus.web.place import Place, Snapshot

Thing = TypeVar("Thing")

Day = Annotated[dt.date | None, Query(description="YYYY-MM-DD.")]
Word = Annotated[str, Field(max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, and the day as of which it is answered."""

    question: record.Question
    as_of: dt.date | None

    def drawn(self, place: Place) -> tuple[Snapshot, record.Record]:
        """Return the record as of the day, and the part that is asked about."""
        snapshot = place.memory.snapshot(self.as_of)
        if self.question == record.Question():
            return snapshot, snapshot.record
        return snapshot, record.ask(snapshot.record, self.question)


class _InAddress(BaseModel):
    """A question as it stands in an address; what is empty there leaves all in."""

    as_of: dt.date | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    actor: Word | None = None
    about: Word | None = None
    type: Word | None = None
    place: Word | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _nothing(cls, said: object) -> object:
        """Take an empty field of a form for one that was not filled in."""
        return None if said == "" else said


def _asked(told: Annotated[_InAddress, Query()]) -> Asked:
    question = record.Question(
        actor=told.actor,
        about=told.about,
        event_type=told.type,
        place=told.place,
        since=told.since,
        until=told.until,
    )
    return Asked(question=question, as_of=told.as_of)


Asking = Annotated[Asked, Depends(_asked)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[Thing]):
    """A part of a list: from ``first`` on, at most ``most``; and how many there are in all."""

    items: tuple[Thing, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which part of a list is wanted."""

    first: int
    most: int

    def of(self, things: Sequence[Thing]) -> Part[Thing]:
        """Return that part."""
        items = tuple(things[self.first : self.first + self.most])
        return Part(items=items, first=self.first, total=len(things))


def _window(
    first: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    most: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Window:
    return Window(first=first, most=most)


Windowed = Annotated[Window, Depends(_window)]


def report_of(snapshot: Snapshot, id_: str) -> ReportEntry:
    """Return a report; refused with status 404 when there is none."""
    wanted = ReportId(id_)
    for report in snapshot.record.reports:
        if report.id == wanted:
            return report
    raise HTTPException(404, "There is no such report in this record.")


def listed(part: Part[Any], plain: Any) -> dict[str, Any]:  # noqa: ANN401 - a function
    """Return a part of a list as the API gives it."""
    return {"total": part.total, "first": part.first, "items": [plain(one) for one in part.items]}
