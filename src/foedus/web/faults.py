"""What a visitor is told when something is refused or fails: a clear page, or JSON."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException as StarletteError

from foedus.errors import DeskError, FoedusError
from foedus.web.shown import page

if TYPE_CHECKING:
    from collections.abc import Sequence

STATUS_OF = {"missing": 404, "conflict": 409, "refused": 401, "too many": 429}
"""By the reason of a fault; any other that a person can mend is 422."""

TITLES = {
    400: "That cannot be understood",
    401: "Sign in first",
    403: "That is not for you to do",
    404: "It is not here",
    405: "Not in this way",
    409: "Something came between",
    413: "Too large",
    422: "That cannot be",
    429: "Too many at once",
}
"""What a page that refuses is headed by."""

PROBLEM_TYPE = "application/problem+json"
"""How the API refuses: M. Nottingham, E. Wilde & S. Dalal, RFC 9457, 2023."""


_PROBLEM = {
    "type": "object",
    "required": ["status", "detail"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "faults": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["at", "found", "must", "do"],
                "additionalProperties": {"type": "string"},
            },
        },
    },
}
_REFUSALS = {
    400: "The request cannot be taken apart.",
    401: "Nobody is signed in.",
    403: "The role is not enough, or another site sent this.",
    404: "It is not there.",
    409: "It does not go with what is there.",
    413: "Too large.",
    421: "Another server is meant.",
    422: "It says what cannot be so; `detail` says all of it.",
    429: "Too many.",
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": said, "content": {PROBLEM_TYPE: {"schema": _PROBLEM}}}
    for status, said in _REFUSALS.items()
}
"""What the API says in its description of how it refuses."""


def add_to(app: FastAPI) -> None:
    """Let an app answer faults by this module."""
    app.add_exception_handler(FoedusError, _mendable)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(StarletteError, _refused)


def status_of(error: FoedusError) -> int:
    """Return the status of an answer that tells a fault."""
    reason = error.faults[0].reason if isinstance(error, DeskError) else ""
    return STATUS_OF.get(reason, 422)


async def _mendable(request: Request, error: Exception) -> Response:
    assert isinstance(error, FoedusError)  # noqa: S101 - as registered
    faults = [{"at": f.at, "found": str(f.found), "must": f.must, "do": f.do} for f in error.faults]
    return _answer(request, status_of(error), [str(fault) for fault in error.faults], faults)


async def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as registered
    said = [
        f"{'.'.join(str(part) for part in one['loc'][1:]) or 'the request'}: {one['msg']}"
        for one in error.errors()
    ]
    return _answer(request, 422, said)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteError)  # noqa: S101 - as registered
    if error.status_code == 401 and not _is_api(request) and request.method == "GET":
        url = request.url
        wanted = quote(url.path + (f"?{url.query}" if url.query else ""))
        return RedirectResponse(f"/sign-in?then={wanted}" if url.path != "/" else "/sign-in", 303)
    said = error.detail
    if error.status_code == 404 and said == HTTPStatus.NOT_FOUND.phrase:
        said = "There is nothing at this address. It may have been written wrongly."
    return _answer(request, error.status_code, [said], headers=error.headers)


def _answer(
    request: Request,
    status: int,
    said: Sequence[str],
    faults: Sequence[dict[str, Any]] = (),
    headers: Any = None,  # noqa: ANN401 - as the framework has it
) -> Response:
    title = HTTPStatus(status).phrase
    if _is_api(request):
        told = {"title": title, "status": status, "detail": "\n".join(said)}
        content = told | ({"faults": list(faults)} if faults else {})
        return JSONResponse(content, status, headers=headers, media_type=PROBLEM_TYPE)
    title = TITLES.get(status, title)
    return page(
        request, "fault.html.j2", status=status, number=status, title=title, said=list(said)
    )


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def missing(what: str) -> HTTPException:
    """Return the refusal of something that is not there."""
    return HTTPException(404, f"There is no such {what} in this record.")
