"""Changing the record: accept, correct, reject, merge, split, and take any of it back."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from foedus import record
from foedus.show.data import plain
from foedus.web.asking import Windowed, listed
from foedus.web.place import Here, Place
from foedus.web.visitors import Analyst, Reader, Visitor, log

router = APIRouter(prefix="/api/v1", tags=["changes"])

Id = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=4000)]


class Wanted(BaseModel):
    """A change to make: what to do to which mentions, entries, reports, actors or outlets.

    ``field`` and ``value`` belong to a correction alone.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal["accept", "reject", "correct", "merge", "split"]
    ids: Annotated[list[Id], Field(min_length=1, max_length=500)]
    field: Annotated[str, Field(max_length=80)] | None = None
    value: Text | None = None
    why: Text | None = None


@router.get("/changes")
def changes(place: Here, _: Reader, window: Windowed) -> dict[str, Any]:
    """List what people changed, the newest first."""
    newest = tuple(reversed(place.store.changes()))
    return listed(window.of(newest), plain)


@router.post("/changes", status_code=201)
def change(wanted: Wanted, place: Here, visitor: Analyst) -> dict[str, Any]:
    """Make a change; it is dated, signed, and can be taken back by its number."""
    return dict(plain(make(place, visitor, wanted)))


@router.post("/changes/{number}/undo", status_code=201)
def undo(number: int, place: Here, visitor: Analyst) -> dict[str, Any]:
    """Take a change back; an undo can be taken back too."""
    made = place.store.undo(number, signed(visitor, None))
    log(place, visitor, "undo", f"change {number}")
    return dict(plain(made))


def make(place: Place, visitor: Visitor, wanted: Wanted) -> record.Change:
    """Make a change that a visitor wants, and write it into the audit log."""
    store, by = place.store, signed(visitor, wanted.why)
    if wanted.kind == "correct":
        made = store.correct(wanted.ids[0], wanted.field or "", wanted.value or "", by)
    else:
        do = {
            "accept": store.accept,
            "reject": store.reject,
            "merge": store.merge,
            "split": store.split,
        }[wanted.kind]
        made = do(wanted.ids, by)
    said = f"{wanted.field} = {wanted.value}" if wanted.kind == "correct" else ""
    log(place, visitor, wanted.kind, ", ".join(wanted.ids), said)
    return made


def signed(visitor: Visitor, why: str | None) -> record.Signature:
    """Return a visitor's signature under a change made now."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return record.Signature(by=visitor.name, at=now, why=why or None)
