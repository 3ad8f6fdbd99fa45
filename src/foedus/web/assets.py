"""Style, scripts and charts, all from this machine: named by what they hold, so kept for good."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from functools import cache
from importlib import resources

from fastapi import APIRouter, HTTPException, Response

KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}
PLOTLY = "plotly.js"
"""Comes from the installed package, not from ours."""

_MAPS = re.compile(r"\.textContent='(\.maplibregl-map\{[^']*)'")

router = APIRouter(include_in_schema=False)


def address_of(name: str) -> str:
    """Return the address of a file under ``static/``, or of plotly.js."""
    return f"/static/{_digest(name)}/{name}"


@router.get("/static/{digest}/{name}")
def asset(digest: str, name: str) -> Response:
    """Return a file; an address with another digest is of another version.

    It is packed by gzip, which every browser that these pages are for takes.
    """
    if name not in _names() or digest != _digest(name):
        raise HTTPException(404, "There is no such file in this version.")
    headers = {
        "cache-control": "public, max-age=31536000, immutable",
        "content-encoding": "gzip",
    }
    kind = KINDS[name.rpartition(".")[2]]
    return Response(_packed(name), media_type=kind, headers=headers)


@cache
def styles_of_plotly() -> tuple[str, ...]:
    """Return the digests of the styles that plotly.js puts into a page: SHA-256 in base 64."""
    found = _MAPS.search(_content(PLOTLY).decode())
    styles = ("", *([found.group(1)] if found else []))
    return tuple(
        base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in styles
    )


@cache
def _names() -> frozenset[str]:
    ours = (resources.files("foedus.web") / "static").iterdir()
    return frozenset({PLOTLY, *(file.name for file in ours)})


@cache
def _content(name: str) -> bytes:
    if name == PLOTLY:
        from plotly.offline import get_plotlyjs  # noqa: PLC0415 - slow, and only charts need it

        return str(get_plotlyjs()).encode()
    return (resources.files("foedus.web") / "static" / name).read_bytes()


@cache
def _packed(name: str) -> bytes:
    return gzip.compress(_content(name), mtime=0)


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(_content(name)).hexdigest()[:12]
