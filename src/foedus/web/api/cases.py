"""Cases, the studio and answers."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from foedus import case
from foedus.case import edit as edit_value
from foedus.desk import CaseVersion
from foedus.show.data import plain
from foedus.web.place import Here, Place
from foedus.web.studio import DEALS_MOST, looked
from foedus.web.visitors import Analyst, Reader, Visitor, log

router = APIRouter(prefix="/api/v1", tags=["cases"])

Text = Annotated[str, Field(max_length=2_000_000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Levels = dict[str, str]


class NewCase(BaseModel):
    """A case to keep: its YAML, or none to have one drawn from the record."""

    model_config = ConfigDict(extra="forbid")

    text: Text | None = None


class Edit(BaseModel):
    """A further version of a case: its YAML, the version that was edited, and why."""

    model_config = ConfigDict(extra="forbid")

    text: Text
    onto: Annotated[int, Field(ge=1)]
    why: Annotated[str, Field(max_length=2000)] = ""


class Value(BaseModel):
    """One value of a case to set: where it stands, what it is to be, the version edited, and why.

    ``path`` joins keys by dots, such as ``parameters.hold.value``; ``value`` is YAML on one line.
    """

    model_config = ConfigDict(extra="forbid")

    path: Annotated[str, Field(min_length=1, max_length=300)]
    value: Annotated[str, Field(min_length=1, max_length=2000)]
    onto: Annotated[int, Field(ge=1)]
    why: Annotated[str, Field(min_length=1, max_length=2000)]


class Deals(BaseModel):
    """Deals to look at: for each, the level of each provision that is not at its first."""

    model_config = ConfigDict(extra="forbid")

    deals: Annotated[list[Levels], Field(min_length=1, max_length=DEALS_MOST)]
    version: Annotated[int, Field(ge=1)] | None = None


class Asked(BaseModel):
    """An answer to work out: to which case and version (None: the newest)."""

    model_config = ConfigDict(extra="forbid")

    case: Name
    version: Annotated[int, Field(ge=1)] | None = None
    futures: Annotated[int, Field(ge=2, le=65_536)] = 1024


@router.get("/cases")
def cases(place: Here, _: Reader) -> dict[str, Any]:
    """List the cases, each by its newest version."""
    found = [_without_text(one) for one in place.desk.cases.all()]
    return {"total": len(found), "first": 0, "items": found}


@router.post("/cases", status_code=201)
def add(new: NewCase, place: Here, visitor: Analyst) -> dict[str, Any]:
    """Keep a new case: the YAML given, or one drawn from the record."""
    return dict(plain(keep(place, visitor, new.text)))


@router.get("/cases/{id_}")
def one(id_: str, place: Here, _: Reader, version: int | None = None) -> dict[str, Any]:
    """Return a case: its YAML, and what it says."""
    found = version_of(place, id_, version)
    return {**plain(found), "case": plain(case.from_yaml(found.text, found.name))}


@router.get("/cases/{id_}/versions")
def versions(id_: str, place: Here, _: Reader) -> dict[str, Any]:
    """List every version of a case."""
    place.desk.cases.newest(id_)
    found = [_without_text(each) for each in place.desk.cases.versions(id_)]
    return {"total": len(found), "first": 0, "items": found}


@router.put("/cases/{id_}")
def edit(id_: str, wanted: Edit, place: Here, visitor: Analyst) -> dict[str, Any]:
    """Keep a further version of a case; refused with every fault when it says what cannot be so."""
    return dict(plain(save(place, visitor, id_, wanted)))


@router.post("/cases/{id_}/set")
def set_one(id_: str, wanted: Value, place: Here, visitor: Analyst) -> dict[str, Any]:
    """Set one value of a case; it rests on the judgement of whoever asks, all else stays."""
    return dict(plain(set_value(place, visitor, id_, wanted)))


@router.post("/cases/{id_}/studio")
def studio(id_: str, wanted: Deals, place: Here, _: Reader) -> dict[str, Any]:
    """Solve a few deals of a case in 1,024 futures, at once."""
    return looked(place, version_of(place, id_, wanted.version), wanted.deals)


@router.post("/jobs/answer", status_code=202, tags=["jobs"])
def answer(asked: Asked, place: Here, visitor: Analyst) -> dict[str, Any]:
    """Have a case solved over its deals, and the answer kept."""
    found = version_of(place, asked.case, asked.version)
    return dict(plain(begin_answer(place, visitor, found, asked.futures)))


@router.get("/answers")
def answers(place: Here, _: Reader, case: str | None = None) -> dict[str, Any]:
    """List the answers, the newest first."""
    found = place.desk.answers.all(case)
    return {"total": len(found), "first": 0, "items": plain(found)}


@router.get("/answers/{id_}")
def whole(id_: str, place: Here, _: Reader) -> dict[str, Any]:
    """Return an answer, as ``foedus brief --json`` gives it."""
    return dict(json.loads(place.desk.answers.told(id_)))


def version_of(place: Place, id_: str, version: int | None) -> CaseVersion:
    """Return a version of a case, the newest when None."""
    if version is None:
        return place.desk.cases.newest(id_)
    return place.desk.cases.version(id_, version)


def keep(place: Place, visitor: Visitor, text: str | None) -> CaseVersion:
    """Keep a case: a text that holds one, or one drawn from the record."""
    if text is None:
        drawn = case.draft(place.memory.snapshot().record)
        text, why = case.to_yaml(drawn), "drawn from the record"
    else:
        drawn, why = case.from_yaml(text, "the case"), "brought in"
    kept = place.desk.cases.add(drawn.title, text, by=visitor.name, why=why)
    log(place, visitor, "add", f"case {kept.id}", drawn.title)
    return kept


def save(place: Place, visitor: Visitor, id_: str, wanted: Edit) -> CaseVersion:
    """Keep a further version of a case, once it can be read."""
    case.from_yaml(wanted.text, "the case")
    kept = place.desk.cases.save(
        id_, wanted.text, onto=wanted.onto, by=visitor.name, why=wanted.why
    )
    log(place, visitor, "edit", f"case {id_}", f"version {kept.n}. {wanted.why}".strip())
    return kept


def set_value(place: Place, visitor: Visitor, id_: str, wanted: Value) -> CaseVersion:
    """Keep a further version of a case in which one value is another, by a visitor's judgement."""
    last = version_of(place, id_, wanted.onto)
    today = dt.datetime.now(dt.UTC).date()
    judged = edit_value.Judgement(why=wanted.why, by=visitor.name, date=today)
    text = edit_value.set_value((last.text, last.name), wanted.path, wanted.value, judged)
    why = f"{wanted.path} = {wanted.value}: {wanted.why}"
    return save(place, visitor, id_, Edit(text=text, onto=wanted.onto, why=why[:2000]))


def begin_answer(place: Place, visitor: Visitor, version: CaseVersion, futures: int) -> Any:  # noqa: ANN401 - a job
    """Keep a job that solves a case, and let it begin."""
    asked = {"case": version.id, "version": version.n, "futures": futures}
    made = place.desk.jobs.add("answer", by=visitor.name, asked=asked)
    log(place, visitor, "solve", f"case {version.id}", f"version {version.n}")
    place.work.wake()
    return made


def _without_text(version: CaseVersion) -> dict[str, Any]:
    return {name: value for name, value in plain(version).items() if name != "text"}
