"""A record as a document that can be cited: what is told when, and which report says so.

The document is a value; `foedus.record.exchange.markdown` and `foedus.record.exchange.page` write
it down, and so the two say the same. The rules are the same for every party: entries come in the
order of their days or of the alphabet, in the words of the vocabularies, and a number stands beside
each other number for the same thing, with the report that gives it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.record.exchange.told import (
    changed,
    counted,
    day,
    days,
    event_told,
    many,
    period,
    shortened,
    spaced,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.record.values import (
        EventEntry,
        Evidence,
        PositionEntry,
        ProvisionEntry,
        Record,
        ReportEntry,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a report, what is said about them before they come, and the report's number."""

    about: str
    words: str
    source: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry: what is told, the numbers of the reports that tell it, and their words."""

    text: str
    sources: tuple[int, ...]
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the document; ``none`` is what it says when it has no lines."""

    title: str
    none: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A report, as the list of sources names it."""

    number: int
    text: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A whole document: its title, what it is of, the sources, and the parts."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]
    sections: tuple[Section, ...]


class _Numbers:
    """Which number each report has in the list of sources, and how its words are quoted."""

    def __init__(self, record: Record) -> None:
        self.of = {report.id: n for n, report in enumerate(record.reports, 1)}

    def sources(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        """Return the numbers of the reports that give some evidence, each once, in order."""
        return tuple(sorted({self.of[e.report] for e in evidence}))

    def quote(self, evidence: Evidence, about: str = "") -> Quote:
        """Return the words of a report."""
        words = shortened(evidence.quote)
        return Quote(about=about, words=words, source=self.of[evidence.report])

    def quotes(self, evidence: Iterable[Evidence]) -> tuple[Quote, ...]:
        """Return the words of each report."""
        return tuple(self.quote(e) for e in evidence)


def dossier(record: Record) -> Dossier:
    """Return the document of a record; the same record gives the same document."""
    numbers = _Numbers(record)
    held = period(record)
    reports = many(len(record.reports), "report")
    title = f"What {reports} {'says' if len(record.reports) == 1 else 'say'}"
    title += f", {held}" if held else ""
    known = f"as of {day(record.as_of)}" if record.as_of else "whole"
    return Dossier(
        title=title,
        facts=(
            ("Period of the events", held or "no event has a day"),
            ("As of", day(record.as_of) if record.as_of else "all that the record holds"),
            ("Reports", str(len(record.reports))),
            ("Hash of the record", record.hash),
            ("To cite", f"{title}. Dossier by foedus of record {record.hash}, {known}"),
        ),
        sources=tuple(_source(numbers.of[r.id], r) for r in record.reports),
        sections=tuple(
            Section(title=title, none=none, lines=tuple(lines))
            for title, none, lines in _sections(record, numbers)
        ),
    )


def _sections(record: Record, numbers: _Numbers) -> Iterator[tuple[str, str, Iterable[Line]]]:
    """Yield the title of each part, what it says when it is empty, and its lines."""
    events = sorted(record.events, key=_when)
    yield "Timeline", "No event is told.", (_event(e, numbers) for e in events)
    positions = (_position(p, numbers) for p in record.positions)
    yield "Positions", "No position is told.", positions
    provisions = (_provision(p, numbers) for p in record.provisions)
    yield "Provisions of a deal", "No provision is told.", provisions
    disputes = (_dispute(e, numbers) for e in events if e.disputes)
    yield "Disputes", "No two reports contradict each other.", disputes
    yield "Statements", "Nobody is quoted.", _claims(record, numbers)
    unknowns = (
        Line(
            text=spaced(u.about),
            sources=numbers.sources(u.evidence),
            quotes=numbers.quotes(u.evidence),
        )
        for u in record.unknowns
    )
    yield "Not known", "No report says that something is not known.", unknowns
    changes = (Line(text=text, sources=()) for text in changed(record))
    yield "Changes by people", "Nobody has changed what was read.", changes


def _when(event: EventEntry) -> tuple[bool, dt.date, dt.date, str]:
    first, last = event.date or (dt.date.max, dt.date.max)
    return event.date is None, first, last, event.id


def _source(number: int, report: ReportEntry) -> Source:
    if report.published is None:
        known = "day not known"
    else:
        known = f"{day(report.published)} (by the {report.published_from})"
    parts = [
        report.title or report.source,
        report.outlet,
        report.author,
        known,
        report.source if report.title else None,
        f"also as {', '.join(report.mirrors)}" if report.mirrors else None,
        f"hash {report.id}",
        f"reader {report.reader}",
    ]
    return Source(number=number, text="; ".join(p for p in parts if p), url=report.url)


def _event(event: EventEntry, numbers: _Numbers) -> Line:
    figures = [
        f"{counted(q)} [{numbers.of[q.report]}]" if len(event.evidence) > 1 else counted(q)
        for q in event.quantities
    ]
    marks = ["disputed, see below"] if event.disputes else []
    text = "; ".join([event_told(event), *dict.fromkeys(figures), *marks])
    return Line(
        text=f"{days(event.date)}: {text}",
        sources=numbers.sources(event.evidence),
        quotes=numbers.quotes(event.evidence),
    )


def _position(position: PositionEntry, numbers: _Numbers) -> Line:
    last = f", last said on {day(position.date)}" if position.date else ""
    return Line(
        text=f"{position.actor}: {spaced(position.stance)}: {spaced(position.issue)}{last}",
        sources=numbers.sources(position.evidence),
        quotes=numbers.quotes(position.evidence),
    )


def _provision(entry: ProvisionEntry, numbers: _Numbers) -> Line:
    by = f", by {entry.by}" if entry.by else ""
    since = f", {day(entry.date)}" if entry.date else ""
    return Line(
        text=f"{spaced(entry.provision)}{by}: {spaced(entry.status)}{since}",
        sources=numbers.sources(evidence for *_, evidence in entry.history),
        quotes=tuple(
            numbers.quote(
                evidence, about=f"{day(said) if said else 'day not known'}, {spaced(status)}"
            )
            for said, status, evidence in entry.history
        ),
    )


def _dispute(event: EventEntry, numbers: _Numbers) -> Line:
    """Return what reports of one event disagree on, with the numbers of each."""
    figures = tuple(
        Quote(about=counted(q), words="", source=numbers.of[q.report]) for q in event.quantities
    )
    return Line(
        text=f"{days(event.date)}: {event_told(event)}; " + "; ".join(event.disputes),
        sources=numbers.sources(event.evidence),
        quotes=tuple(dict.fromkeys(figures)),
    )


def _claims(record: Record, numbers: _Numbers) -> tuple[Line, ...]:
    return tuple(
        Line(
            text=f"{c.speaker}{f' ({c.side})' if c.side and c.side != c.speaker else ''}, {c.kind}",
            sources=numbers.sources([c.evidence]),
            quotes=numbers.quotes([c.evidence]),
        )
        for c in record.claims
    )
