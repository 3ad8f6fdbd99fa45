"""One report in, all its mentions out; and the JSON object that shows them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from foedus.reading.claims import find_claims
from foedus.reading.events import find_events
from foedus.reading.names import Names
from foedus.reading.parsed import parse
from foedus.reading.positions import find_positions
from foedus.reading.provisions import find_provisions
from foedus.reading.unknowns import find_unknowns
from foedus.reading.values import Mentions

if TYPE_CHECKING:
    from foedus.reading.pipeline import Pipeline
    from foedus.reading.values import Event
    from foedus.report.values import Report

READER_VERSION = "2"
"""Raised whenever the same report would yield other mentions."""


def read(report: Report, pipeline: Pipeline) -> Mentions:
    """Return what a report says: events, claims, positions, provisions, unknowns.

    The same report and model give the same mentions. Nothing is yielded without a span of
    ``report.text`` that says it.
    """
    parsed = parse(report, pipeline)
    names = Names(parsed)
    mentions = Mentions(
        report=report,
        events=find_events(parsed, names),
        claims=find_claims(parsed, names),
        positions=find_positions(parsed, names),
        provisions=find_provisions(parsed, names),
        unknowns=find_unknowns(parsed, names),
    )
    for line in parsed.lines:  # what it remembers leads back to it, and would keep it alive
        line.doc.forget()
    parsed.memory.clear()
    return mentions


def as_json(mentions: Mentions) -> dict[str, Any]:
    """Return mentions as the JSON object of one report: plain values, days as YYYY-MM-DD."""
    report = mentions.report
    return {
        "report": {
            "id": report.id,
            "source": report.source,
            "title": report.title,
            "outlet": report.outlet,
            "author": report.author,
            "published": report.published.isoformat() if report.published else None,
            "published_from": report.published_from,
            "language": report.language,
            "text": report.text,
        },
        "events": [_event(event) for event in mentions.events],
        "claims": [_plain(claim) for claim in mentions.claims],
        "positions": [_plain(position) for position in mentions.positions],
        "provisions": [_plain(provision) for provision in mentions.provisions],
        "unknowns": [_plain(unknown) for unknown in mentions.unknowns],
    }


def _event(event: Event) -> dict[str, Any]:
    found = _plain(event)
    found["date"] = [day.isoformat() for day in event.date] if event.date else None
    for quantity in found["quantities"]:
        if float(quantity["value"]).is_integer():
            quantity["value"] = int(quantity["value"])
    return found


def _plain(item: Any) -> dict[str, Any]:  # noqa: ANN401  # any of the five frozen values
    """Return a frozen value as an object of JSON: tuples become lists."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(item).items()
    }
