"""Pages that ask the record: in time, in space, who met whom, who stands where, and disputes."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from foedus import record
from foedus.reading.values import EVENT_TYPES, ISSUES
from foedus.record import Moment, PositionStep
from foedus.record.values import EventEntry
from foedus.show.entries import (
    event_place,
    event_status,
    event_title,
    position_words,
    provision_words,
)
from foedus.show.words import capital, spaced
from foedus.web.asking import Asking, Day, Windowed, report_of
from foedus.web.maps import placed
from foedus.web.meetings import pairs
from foedus.web.place import Here, Snapshot
from foedus.web.shown import page
from foedus.web.visitors import Reader

router = APIRouter(include_in_schema=False)

FIGHTING = ("ASSAULT", "COERCE")
"""Types of events that count as attacks in the series of intensity."""

RESULTS_MOST = 50


@router.get("/timeline")
def timeline(
    request: Request, place: Here, _: Reader, asked: Asking, window: Windowed
) -> HTMLResponse:
    """Show what happened and was said, the newest first, and how fierce the fighting was."""
    snapshot, found = asked.drawn(place)
    part = window.of(tuple(reversed(record.timeline(found))))
    return page(
        request,
        "timeline.html.j2",
        asked=asked,
        part=part,
        told=_in_words(found, part.items),
        series=intensity(found.events),
        days=_days(snapshot),
        types=EVENT_TYPES,
        where=_where(part.items),
    )


@router.get("/events/{id_}")
def event(id_: str, request: Request, place: Here, _: Reader) -> HTMLResponse:
    """Show one entry, with every mention of it and why they are taken to tell one event."""
    snapshot = place.memory.snapshot()
    found = snapshot.index.find(id_)
    entries = {e.id: e for e in snapshot.record.events}
    entry = entries.get(found.id)  # type: ignore[call-overload]
    return page(
        request,
        "event.html.j2",
        found=found,
        event=entry,
        joins=record.joins(snapshot.drawn, entry.id) if entry else (),
    )


@router.get("/map")
def map_(request: Request, place: Here, _: Reader, asked: Asking) -> HTMLResponse:
    """Show where events were."""
    found = placed(asked.drawn(place)[1])
    points = [p for p in found if p.unplaced is None]
    reasons = Counter(p.unplaced for p in found if p.unplaced is not None)
    return page(
        request,
        "map.html.j2",
        asked=asked,
        points=points,
        reasons=reasons.most_common(),
        types=EVENT_TYPES,
    )


@router.get("/meetings")
def meetings(request: Request, place: Here, _: Reader, asked: Asking) -> HTMLResponse:
    """Show who met whom."""
    _snapshot, found = asked.drawn(place)
    events = {e.id: e for e in found.events}
    return page(request, "meetings.html.j2", asked=asked, pairs=pairs(found), events=events)


@router.get("/positions")
def positions(request: Request, place: Here, _: Reader, asked: Asking) -> HTMLResponse:
    """Show where each party stands on each issue, over time, each with its words."""
    _snapshot, found = asked.drawn(place)
    cells: dict[str, dict[str, list[PositionStep]]] = defaultdict(lambda: defaultdict(list))
    for step in record.positions_over_time(found):
        cells[step.issue][step.actor].append(step)
    count = Counter(actor for row in cells.values() for actor in row)
    actors = sorted(count, key=lambda actor: (-count[actor], actor))
    issues = [issue for issue in ISSUES if issue in cells]
    return page(
        request, "positions.html.j2", asked=asked, cells=cells, actors=actors, issues=issues
    )


@router.get("/provisions")
def provisions(
    request: Request,
    place: Here,
    _: Reader,
    asked: Asking,
    before: str = "",
    after: str = "",
) -> HTMLResponse:
    """Show how far each part of a deal has come; and how two drafts of a plan differ."""
    snapshot, found = asked.drawn(place)
    drafts: tuple[record.DraftDifference, ...] | None = None
    if before and after:
        ids = [report_of(snapshot, id_).id for id_ in (before, after)]
        drafts = record.draft_differences(snapshot.record, ids[0], ids[1])
    told = {e.report for p in found.provisions for _, _, e in p.history}
    return page(
        request,
        "provisions.html.j2",
        asked=asked,
        found=found,
        drafts=drafts,
        chosen=(before, after),
        reports=[r for r in snapshot.record.reports if r.id in told],
    )


@router.get("/disputes")
def disputes(request: Request, place: Here, _: Reader, as_of: Day = None) -> HTMLResponse:
    """Show what does not fit together."""
    known = place.memory.snapshot(as_of).record
    reports = {r.id: r for r in known.reports}
    return page(
        request, "disputes.html.j2", findings=record.findings(known), reports=reports, as_of=as_of
    )


@router.get("/search")
def search(
    request: Request,
    place: Here,
    _: Reader,
    q: Annotated[str, Query(max_length=300)] = "",
    as_of: Day = None,
) -> HTMLResponse:
    """Search the texts of the reports."""
    found = place.store.search(q, as_of=as_of, most=RESULTS_MOST) if q.strip() else ()
    return page(request, "search.html.j2", q=q, hits=[_hit(hit) for hit in found], as_of=as_of)


def intensity(events: tuple[EventEntry, ...]) -> list[dict[str, Any]]:
    """Return, for each day with fighting, how many attacks there were and what they launched."""
    attacks: Counter[dt.date] = Counter()
    launched: Counter[dt.date] = Counter()
    for one in events:
        if one.type in FIGHTING and one.status != "denied" and one.date is not None:
            attacks[one.date[0]] += 1
            launched[one.date[0]] += int(sum(f.best for f in one.figures if f.role == "launched"))
    return [
        {"day": day.isoformat(), "attacks": attacks[day], "launched": launched[day]}
        for day in sorted(attacks)
    ]


def _days(snapshot: Snapshot) -> list[str]:
    """Return the days on which reports came out: the stops of the slider."""
    return sorted({str(r.published) for r in snapshot.record.reports if r.published})


def _in_words(found: record.Record, moments: tuple[Moment, ...]) -> dict[str, str]:
    """Return what each moment is, in the words of a brief; a claim as it stands."""
    events = {e.id: e for e in found.events}
    positions = {p.id: p for p in found.positions}
    provisions = {p.id: p for p in found.provisions}
    told: dict[str, str] = {}
    for moment in moments:
        if event := events.get(moment.id):
            status, place = event_status(event), event_place(event)
            told[moment.id] = event_title(event) + (f", at {place}" if place else "")
            told[moment.id] += f" ({status})" if status else ""
        elif position := positions.get(moment.id):
            told[moment.id] = f"{position.actor} on {position_words(position)}"
        elif provision := provisions.get(moment.id):
            status = spaced(moment.says.rpartition(": ")[2])
            told[moment.id] = f"{capital(provision_words(provision))}: {status}"
        else:
            told[moment.id] = moment.says
    return told


def _where(moments: tuple[Moment, ...]) -> dict[str, str]:
    """Return for each moment the address of the words it rests on."""
    return {
        moment.id: f"/reports/{moment.evidence[0].report}#{moment.evidence[0].mention or ''}"
        for moment in moments
        if moment.evidence
    }


def _hit(hit: record.Hit) -> dict[str, Any]:
    """Return a result with its snippet in pieces, found words marked."""
    pieces, at = [], 0
    for start, end in hit.marks:
        pieces += [(hit.snippet[at:start], False), (hit.snippet[start:end], True)]
        at = end
    pieces.append((hit.snippet[at:], False))
    return {"hit": hit, "pieces": pieces}
