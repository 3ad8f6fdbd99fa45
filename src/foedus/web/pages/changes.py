"""Changes to the record from pages without a script, and the list of all of them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from foedus.record.changes import in_force
from foedus.web.api.changes import Wanted, make, undo
from foedus.web.asking import Windowed
from foedus.web.place import Here
from foedus.web.shown import page
from foedus.web.visitors import Analyst, Reader

router = APIRouter(include_in_schema=False)


@router.get("/changes")
def changes(request: Request, place: Here, _: Reader, window: Windowed) -> HTMLResponse:
    """List what people changed, the newest first, each to be taken back."""
    made = place.store.changes()
    holding = {change.number for change in in_force(made)}
    part = window.of(tuple(reversed(made)))
    return page(request, "changes.html.j2", part=part, holding=holding)


class Sent(BaseModel):
    """A change as a form sends it; ``back`` is the page to lead back to."""

    kind: Literal["accept", "reject", "correct", "merge", "split"]
    id: Annotated[list[str], Field(min_length=1, max_length=500)]
    field: Annotated[str, Field(max_length=80)] = ""
    value: Annotated[str, Field(max_length=4000)] = ""
    why: Annotated[str, Field(max_length=4000)] = ""
    back: Annotated[str, Field(max_length=2000)] = "/changes"


@router.post("/changes")
def change(place: Here, visitor: Analyst, sent: Annotated[Sent, Form()]) -> RedirectResponse:
    """Make a change, and lead back."""
    correction = sent.kind == "correct"
    wanted = Wanted(
        kind=sent.kind,
        ids=sent.id,
        field=sent.field if correction else None,
        value=sent.value if correction else None,
        why=sent.why or None,
    )
    made = make(place, visitor, wanted)
    return RedirectResponse(_with_notice(sent.back, made.number), 303)


@router.post("/changes/{number}/undo")
def take_back(
    number: int, place: Here, visitor: Analyst, back: Annotated[str, Form()] = "/changes"
) -> RedirectResponse:
    """Take a change back, and lead back."""
    undo(number, place, visitor)
    return RedirectResponse(own_address(back, "/changes"), 303)


def _with_notice(back: str, number: int) -> str:
    """Return an address of ours that offers to take a change back.

    Examples
    --------
    >>> _with_notice("/reports/a1#m-2", 7), _with_notice("https://elsewhere.example", 7)
    ('/reports/a1?done=7#m-2', '/changes?done=7')
    """
    path, _, anchor = own_address(back, "/changes").partition("#")
    joint = "&" if "?" in path else "?"
    return f"{path}{joint}done={number}" + (f"#{anchor}" if anchor else "")


def own_address(back: str, otherwise: str) -> str:
    """Return an address only if it is one of ours: none that leads to another site.

    Examples
    --------
    >>> [own_address(a, "/") for a in ("/map?since=2031-05-01", "//a.example", "https://b.example")]
    ['/map?since=2031-05-01', '/', '/']
    """
    ours = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return back if ours else otherwise
