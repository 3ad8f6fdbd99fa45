"""Cases: the list, the editor, the studio."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from foedus import case
from foedus.case.shelf import base_rates
from foedus.case.yaml_text import distribution
from foedus.errors import FoedusError
from foedus.web.api.cases import (
    Edit,
    Value,
    begin_answer,
    keep,
    save,
    set_value,
    version_of,
)
from foedus.web.densities import density
from foedus.web.faults import status_of
from foedus.web.place import Here
from foedus.web.shown import page
from foedus.web.studio import DEALS_MOST, FUTURES, read
from foedus.web.visitors import Analyst, Reader

router = APIRouter(include_in_schema=False)


@router.get("/cases")
def cases(request: Request, place: Here, _: Reader) -> HTMLResponse:
    """List the cases."""
    return page(request, "cases.html.j2", cases=place.desk.cases.all())


@router.post("/cases")
def add(
    place: Here, visitor: Analyst, text: Annotated[str, Form(max_length=2_000_000)] = ""
) -> RedirectResponse:
    """Keep a new case: the YAML given, or one drawn from the record."""
    kept = keep(place, visitor, text if text.strip() else None)
    return RedirectResponse(f"/cases/{kept.id}", 303)


@router.get("/cases/{id_}")
def editor(
    id_: str, request: Request, place: Here, _: Reader, version: int | None = None
) -> HTMLResponse:
    """Show a case to be edited: its parameters beside their sources, and the whole as YAML."""
    found = version_of(place, id_, version)
    return _editor(request, place, found.text, {"found": found, "faults": []})


class Edited(BaseModel):
    """A case as it was edited in a form: its YAML, the version that was edited, and why."""

    onto: Annotated[int, Field(ge=1)]
    text: Annotated[str, Field(max_length=2_000_000)]
    why: Annotated[str, Field(max_length=2000)] = ""


@router.post("/cases/{id_}")
def edit(
    id_: str, request: Request, place: Here, visitor: Analyst, sent: Annotated[Edited, Form()]
) -> Response:
    """Keep a further version; one that says what cannot be so is shown again with every fault."""
    text = sent.text.replace("\r\n", "\n")  # as forms send the ends of lines
    try:
        kept = save(place, visitor, id_, Edit(text=text, onto=sent.onto, why=sent.why))
    except FoedusError as error:
        found = version_of(place, id_, None)
        faults = [str(fault) for fault in error.faults]
        told = {"found": found, "faults": faults, "onto": sent.onto}  # not over what came between
        return _editor(request, place, text, told, status=status_of(error))
    return RedirectResponse(f"/cases/{id_}?version={kept.n}", 303)


class Set(BaseModel):
    """One value as it was set in a form."""

    path: Annotated[str, Field(min_length=1, max_length=300)]
    value: Annotated[str, Field(min_length=1, max_length=2000)]
    onto: Annotated[int, Field(ge=1)]
    why: Annotated[str, Field(min_length=1, max_length=2000)]


@router.post("/cases/{id_}/set")
def set_one(
    id_: str, request: Request, place: Here, visitor: Analyst, sent: Annotated[Set, Form()]
) -> Response:
    """Set one value; what cannot be so is shown with every fault."""
    try:
        kept = set_value(place, visitor, id_, Value(**sent.model_dump()))
    except FoedusError as error:
        found = version_of(place, id_, None)
        told = {"found": found, "faults": [str(fault) for fault in error.faults]}
        return _editor(request, place, found.text, told, status=status_of(error))
    key = sent.path.split(".")[1] if "." in sent.path else ""
    return RedirectResponse(f"/cases/{id_}?version={kept.n}#parameter-{key}", 303)


@router.post("/cases/{id_}/answer")
def answer(
    id_: str, place: Here, visitor: Analyst, version: Annotated[int, Form(ge=1)]
) -> RedirectResponse:
    """Have a case solved, and lead to the job."""
    job = begin_answer(place, visitor, version_of(place, id_, version), FUTURES)
    return RedirectResponse(f"/jobs/{job.id}", 303)


@router.get("/cases/{id_}/studio")
def studio(
    id_: str, request: Request, place: Here, _: Reader, version: int | None = None
) -> HTMLResponse:
    """Show the studio: choose levels, see at once how the deal fares, compare up to four."""
    found = version_of(place, id_, version)
    chosen = read(place, found)
    return page(
        request, "studio.html.j2", found=found, case=chosen, futures=FUTURES, most=DEALS_MOST
    )


def _editor(
    request: Request, place: Here, text: str, told: dict[str, Any], status: int = 200
) -> HTMLResponse:
    found = told["found"]
    chosen = case.from_yaml(found.text, found.name)
    return page(
        request,
        "case.html.j2",
        status=status,
        text=text,
        case=chosen,
        rates=base_rates(),
        written=distribution,
        density=density,
        versions=place.desk.cases.versions(found.id),
        answers=place.desk.answers.all(found.id),
        **{"onto": found.n, **told},
    )
