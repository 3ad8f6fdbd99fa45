"""What a record holds as lines of JSON, and back: nothing is lost on the way.

A line of what was read in one report has the layout that ``foedus read`` prints, and besides it the
report's address, the version of the reader, and every name under which the text came in. Lines that
``foedus read`` printed can be taken in too; their reader counts as not known, so that a later one
reads the reports again. A change by a person is a line of its own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, get_args

from foedus.ids import ReportId
from foedus.reading import as_json
from foedus.reading.values import (
    ABOUT,
    EVENT_TYPES,
    ISSUES,
    PROVISIONS,
    Bound,
    Claim,
    ClaimKind,
    Event,
    EventMode,
    EventStatus,
    Item,
    Mentions,
    Position,
    ProvisionMention,
    ProvisionStatus,
    Quantity,
    Role,
    Stance,
    Unknown,
)
from foedus.record.changes import Change, Family, Target
from foedus.record.values import ChangeKind
from foedus.report.values import PublishedFrom, Report

if TYPE_CHECKING:
    from foedus.record.exchange.given import Given

_MODES, _STATUSES = get_args(EventMode), get_args(EventStatus)
_ITEMS, _ROLES, _BOUNDS = get_args(Item), get_args(Role), get_args(Bound)
_KINDS, _STANCES, _STEPS = get_args(ClaimKind), get_args(Stance), get_args(ProvisionStatus)
_FROM = get_args(PublishedFrom)
_CHANGES, _FAMILIES = get_args(ChangeKind), get_args(Family)

UNKNOWN_READER = "unknown"


def mentions_from(line: Given) -> Mentions:
    """Return the mentions that a line gives; only to be used when ``line.faults`` is empty."""
    report = _report(line.part("report"))
    text = report.text
    return Mentions(
        report=report,
        events=tuple(_event(e, text) for e in line.each("events")),
        claims=tuple(
            Claim(
                speaker=c.text("speaker"),
                side=c.text_or_none("side"),
                kind=c.word("kind", _KINDS),
                cue=c.text("cue"),
                span=c.span("span", text),
            )
            for c in line.each("claims")
        ),
        positions=tuple(
            Position(
                actor=p.text("actor"),
                issue=p.word("issue", ISSUES),
                stance=p.word("stance", _STANCES),
                span=p.span("span", text),
            )
            for p in line.each("positions")
        ),
        provisions=tuple(
            ProvisionMention(
                provision=p.word("provision", PROVISIONS),
                by=p.text_or_none("by"),
                status=p.word("status", _STEPS),
                span=p.span("span", text),
            )
            for p in line.each("provisions")
        ),
        unknowns=tuple(
            Unknown(about=u.word("about", ABOUT), span=u.span("span", text))
            for u in line.each("unknowns")
        ),
    )


def _report(given: Given) -> Report:
    return Report(
        id=ReportId(given.text("id")),
        source=given.text("source"),
        title=given.text_or_none("title"),
        outlet=given.text_or_none("outlet"),
        author=given.text_or_none("author"),
        published=given.day_or_none("published"),
        published_from=given.word("published_from", _FROM),
        language=given.text("language"),
        text=given.text("text"),
        url=given.text_or_none("url"),
    )


def _event(given: Given, text: str) -> Event:
    return Event(
        type=given.word("type", EVENT_TYPES),
        mode=given.word_or_none("mode", _MODES),
        status=given.word("status", _STATUSES),
        date=given.days_or_none("date"),
        place=given.text_or_none("place"),
        country=given.text_or_none("country"),
        actors=given.texts("actors"),
        recipients=given.texts("recipients"),
        quantities=tuple(
            Quantity(
                item=q.word("item", _ITEMS),
                role=q.word("role", _ROLES),
                value=q.number("value"),
                bound=q.word("bound", _BOUNDS),
                according_to=q.text_or_none("according_to"),
            )
            for q in given.each("quantities")
        ),
        according_to=given.text_or_none("according_to"),
        span=given.span("span", text),
    )


def line_of(mentions: Mentions, *, reader: str, names: tuple[str, ...]) -> dict[str, Any]:
    """Return what was read in one report as an object of JSON, with all that a record knows."""
    line = as_json(mentions)
    line["report"]["url"] = mentions.report.url
    return {"reader": reader, "names": list(names), **line}


def line_of_change(change: Change) -> dict[str, Any]:
    """Return a change by a person as an object of JSON."""
    told = asdict(change) | {"at": change.at.astimezone(dt.UTC).isoformat()}
    return {"change": told}


def change_from(given: Given) -> Change:
    """Return the change that an object gives; only to be used when it has no faults."""
    return Change(
        number=given.whole("number"),
        kind=given.word("kind", _CHANGES),
        by=given.text("by"),
        at=given.moment("at"),
        targets=tuple(_target(t) for t in given.each("targets")),
        field=given.text_or_none("field"),
        value=given.text_or_none("value"),
        why=given.text_or_none("why"),
        undoes=given.whole("undoes") if "undoes" in given else None,
    )


def _target(given: Given) -> Target:
    report = given.text_or_none("report")
    return Target(
        family=given.word("family", _FAMILIES),
        report=None if report is None else ReportId(report),
        text_hash=given.text_or_none("text_hash"),
        span=given.pair("span") if "span" in given else None,
        quote=given.text_or_none("quote"),
        name=given.text_or_none("name"),
        was=given.pairs("was"),
        side=given.whole("side"),
        twin=given.whole("twin") if "twin" in given else 0,
    )
