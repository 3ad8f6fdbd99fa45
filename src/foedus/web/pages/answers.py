"""Answers: the list, and one as the whole page that ``foedus brief --html`` makes."""

from __future__ import annotations

import base64
import hashlib
import re

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from foedus.web.assets import styles_of_plotly
from foedus.web.place import Here
from foedus.web.shown import page
from foedus.web.visitors import Reader

router = APIRouter(include_in_schema=False)

_PARTS = {
    "script": re.compile(r"<script(?: [^>]*)?>(.*?)</script>", re.DOTALL),
    "style": re.compile(r"<style(?: [^>]*)?>(.*?)</style>", re.DOTALL),
}


@router.get("/answers")
def answers(request: Request, place: Here, _: Reader) -> HTMLResponse:
    """List the answers, the newest first."""
    cases = {one.id: one for one in place.desk.cases.all()}
    return page(request, "answers.html.j2", answers=place.desk.answers.all(), cases=cases)


@router.get("/answers/{id_}")
def answer(id_: str, request: Request, place: Here, _: Reader) -> HTMLResponse:
    """Show an answer, with the way to its case and to the whole page for others to keep."""
    found = next((one for one in place.desk.answers.all() if one.id == id_), None)
    place.desk.answers.told(id_)  # refused when there is none
    return page(request, "answer.html.j2", found=found)


@router.get("/answers/{id_}/page")
def whole(id_: str, place: Here, _: Reader) -> Response:
    """Return an answer as one page that needs nothing else."""
    text = place.desk.answers.page(id_)
    headers = {"content-security-policy": policy_of(text), "x-frame-options": "SAMEORIGIN"}
    return HTMLResponse(text, headers=headers)


@router.get("/answers/{id_}/json")
def told(id_: str, place: Here, _: Reader) -> Response:
    """Return an answer as JSON, to be kept as a file."""
    headers = {"content-disposition": f'attachment; filename="answer-{id_}.json"'}
    return Response(place.desk.answers.told(id_), media_type="application/json", headers=headers)


def policy_of(text: str) -> str:
    """Return the policy that lets a page of ours run what stands in it, and nothing else.

    Examples
    --------
    >>> policy_of("<style>a{}</style><script>1</script>")[:34]
    "default-src 'none'; script-src 'sh"
    """
    allowed = {
        kind: " ".join(f"'sha256-{_digest(part)}'" for part in pattern.findall(text)) or "'none'"
        for kind, pattern in _PARTS.items()
    }
    plotly = " ".join(f"'sha256-{digest}'" for digest in styles_of_plotly())
    return (
        f"default-src 'none'; script-src {allowed['script']};"
        f" style-src {allowed['style']} {plotly};"
        " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


def _digest(part: str) -> str:
    return base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
