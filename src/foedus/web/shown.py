"""Templates: every page is made here, all that is put into one escaped."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import jinja2
from fastapi.responses import HTMLResponse

from foedus import __version__
from foedus.show import entries, words
from foedus.web.assets import address_of
from foedus.web.visitors import visitor_of

if TYPE_CHECKING:
    from fastapi import Request

NAVIGATION = (
    ("/", "Inbox"),
    ("/reports", "Reports"),
    ("/timeline", "Timeline"),
    ("/map", "Map"),
    ("/meetings", "Who met whom"),
    ("/positions", "Positions"),
    ("/provisions", "Provisions"),
    ("/disputes", "Disputes"),
    ("/cases", "Cases"),
    ("/answers", "Answers"),
    ("/search", "Search"),
    ("/settings", "Settings"),
)
"""The pages that every page leads to."""


def page(request: Request, template: str, *, status: int = 200, **told: Any) -> HTMLResponse:  # noqa: ANN401 - whatever a template tells
    """Return a page made from a template.

    Parameters
    ----------
    request
        What it answers.
    template
        Its file under ``templates/``.
    status
        Of the answer.
    told
        What the template tells, beside what every page knows: who asks, the way to other pages.
    """
    place = request.app.state.place
    visitor = visitor_of(request, place)
    common = {
        "visitor": visitor,
        "team": place.settings.team,
        "navigation": NAVIGATION,
        "path": request.url.path,
        "address": _address(request),
        "request": request,
    }
    return HTMLResponse(_environment().get_template(template).render(common | told), status)


def _address(request: Request) -> str:
    """Return the address of a page with all it asks, less the notice of a change."""
    url = request.url.remove_query_params("done")
    return url.path + (f"?{url.query}" if url.query else "")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.FunctionLoader(_template),
        finalize=_printable,
    )
    functions = {
        name: tool
        for module in (words, entries)
        for name, tool in vars(module).items()
        if not name.startswith("_")
    }
    environment.globals.update(functions | {"asset": address_of, "version": __version__})
    return environment


def _template(name: str) -> str:
    return (resources.files("foedus.web") / "templates" / name).read_text(encoding="utf-8")


def _printable(value: object) -> object:
    """Drop what a page cannot hold from plain text; markup of the template's own is left alone."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return "".join(c for c in value if not words.unsafe(c))
    return value
