"""Reports: the list, and one with what was read in it, to be found right or corrected."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from foedus.record.changes import Family
from foedus.record.fields import fields_of
from foedus.show.entries import thing_words
from foedus.show.words import spaced
from foedus.web.api.record import mentions_in
from foedus.web.asking import Day, Windowed, report_of
from foedus.web.place import Here
from foedus.web.shown import page
from foedus.web.visitors import Reader

router = APIRouter(include_in_schema=False)


FIELDS = {
    "mode": "how",
    "date": "on",
    "place": "where",
    "country": "in",
    "actors": "by",
    "recipients": "towards",
    "according_to": "according to",
    "side": "for",
    "cue": "told by the word",
}
"""What the fields of a mention are called on the page, where their own names are not plain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text, and the numbers of the mentions it lies in and that begin with it."""

    text: str
    inside: tuple[int, ...]
    begins: tuple[int, ...]


@router.get("/reports")
def reports(
    request: Request, place: Here, _: Reader, window: Windowed, as_of: Day = None
) -> HTMLResponse:
    """List the reports, the newest first."""
    known = place.memory.snapshot(as_of).record
    newest = sorted(known.reports, key=lambda r: (str(r.published or ""), r.id), reverse=True)
    return page(request, "reports.html.j2", part=window.of(newest), as_of=as_of)


@router.get("/reports/{id_}")
def report(id_: str, request: Request, place: Here, _: Reader) -> HTMLResponse:
    """Show a report: its text with the words that were read marked, and what was read in them."""
    snapshot = place.memory.snapshot()
    entry = report_of(snapshot, id_)
    mentions = mentions_in(snapshot, id_)
    for n, mention in enumerate(mentions, start=1):
        mention["n"] = n
        mention["entries"] = snapshot.index.entry_of(mention["id"])
    families: tuple[Family, ...] = ("event", "claim", "position", "provision", "unknown")
    return page(
        request,
        "report.html.j2",
        report=entry,
        mentions=mentions,
        paragraphs=paragraphs(entry.text, mentions),
        fields={family: fields_of(family) for family in families},
        field_words=field_words,
        value_words=value_words,
    )


def field_words(name: str) -> str:
    """Return what a field of a mention is called; a number of an event by its item and role.

    Examples
    --------
    >>> field_words("according_to"), field_words("ballistic-missile/launched")
    ('according to', 'ballistic missile launched')
    """
    return FIELDS.get(name, spaced(name).replace("/", " "))


def value_words(name: str, value: str) -> str:
    """Return a value of a field as people write it: words of closed vocabularies without hyphens.

    Examples
    --------
    >>> value_words("stance", "open-to"), value_words("type", "ASSAULT")
    ('open to', 'assault')
    >>> value_words("actors", "Anna-Lena Berg; Ardal"), value_words("issue", "nato-membership")
    ('Anna-Lena Berg; Ardal', 'alliance membership')
    """
    if name == "type":
        return value.lower()
    if name in {"issue", "provision", "about"}:
        return thing_words(value)
    return spaced(value) if name in {"mode", "status", "stance", "kind"} else value


def paragraphs(text: str, mentions: list[dict[str, Any]]) -> list[list[Piece]]:
    r"""Return the paragraphs of a text in pieces, cut where mentions begin and end.

    Examples
    --------
    >>> found = paragraphs("We met.\nWe left.", [{"n": 1, "span": [3, 6]}])
    >>> [[(p.text, p.inside) for p in pieces] for pieces in found]
    [[('We ', ()), ('met', (1,)), ('.', ())], [('We left.', ())]]
    """
    found, start = [], 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        if paragraph.strip():
            found.append(_pieces(text, (start, end), mentions))
        start = end + 1
    return found


def _pieces(text: str, bounds: tuple[int, int], mentions: list[dict[str, Any]]) -> list[Piece]:
    first, last = bounds
    here = [m for m in mentions if m["span"][0] < last and m["span"][1] > first]
    edges = {first, last} | {edge for m in here for edge in m["span"]}
    cuts = sorted(edge for edge in edges if first <= edge <= last)
    return [
        Piece(
            text=text[start:end],
            inside=tuple(m["n"] for m in here if m["span"][0] <= start and end <= m["span"][1]),
            begins=tuple(m["n"] for m in here if m["span"][0] == start),
        )
        for start, end in pairwise(cuts)
    ]
