"""Asking the record."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from foedus import record
from foedus.record.fields import shown
from foedus.show.data import plain
from foedus.web.asking import Asking, Day, Windowed, listed, report_of
from foedus.web.maps import placed
from foedus.web.meetings import pairs
from foedus.web.place import Here, Snapshot
from foedus.web.visitors import Reader

router = APIRouter(prefix="/api/v1", tags=["record"])

Plain = dict[str, Any]


@router.get("/record")
def about(place: Here, _: Reader, as_of: Day = None) -> Plain:
    """Say how much the record holds."""
    known = place.memory.snapshot(as_of).record
    families = ("reports", "events", "claims", "positions", "provisions", "unknowns", "actors")
    counts = {family: len(getattr(known, family)) for family in families}
    return {"as_of": plain(as_of), "hash": known.hash, "counts": counts}


@router.get("/reports")
def reports(place: Here, _: Reader, window: Windowed, as_of: Day = None) -> Plain:
    """List the reports, without their texts, the newest first."""
    known = place.memory.snapshot(as_of).record
    newest = sorted(known.reports, key=lambda r: (str(r.published or ""), r.id), reverse=True)
    return listed(window.of(newest), _without_text)


@router.get("/reports/{id_}")
def report(id_: str, place: Here, _: Reader, as_of: Day = None) -> Plain:
    """Return a report with its text and everything that was read in it, by spans of the text."""
    snapshot = place.memory.snapshot(as_of)
    entry = report_of(snapshot, id_)
    return {**plain(entry), "mentions": mentions_in(snapshot, id_)}


@router.get("/timeline")
def timeline(place: Here, _: Reader, asked: Asking, window: Windowed) -> Plain:
    """List what happened and what was said, in the order of the days."""
    _drawn, found = asked.drawn(place)
    return listed(window.of(record.timeline(found)), plain)


@router.get("/events")
def events(place: Here, _: Reader, asked: Asking, window: Windowed) -> Plain:
    """List events, each as several reports may tell it."""
    return listed(window.of(asked.drawn(place)[1].events), plain)


@router.get("/claims")
def claims(place: Here, _: Reader, asked: Asking, window: Windowed) -> Plain:
    """List who said what."""
    return listed(window.of(asked.drawn(place)[1].claims), plain)


@router.get("/positions")
def positions(place: Here, _: Reader, asked: Asking, window: Windowed) -> Plain:
    """List where each party stood on each issue, in the order of the days."""
    steps = record.positions_over_time(asked.drawn(place)[1])
    return listed(window.of(steps), plain)


@router.get("/provisions")
def provisions(place: Here, _: Reader, asked: Asking, window: Windowed) -> Plain:
    """List the parts of a deal, each with how far it has come."""
    return listed(window.of(asked.drawn(place)[1].provisions), plain)


@router.get("/unknowns")
def unknowns(place: Here, _: Reader, asked: Asking, window: Windowed) -> Plain:
    """List what is said not to be known."""
    return listed(window.of(asked.drawn(place)[1].unknowns), plain)


@router.get("/disputes")
def disputes(place: Here, _: Reader, window: Windowed, as_of: Day = None) -> Plain:
    """List what does not fit together."""
    return listed(window.of(record.findings(place.memory.snapshot(as_of).record)), plain)


@router.get("/actors")
def actors(place: Here, _: Reader, window: Windowed, as_of: Day = None) -> Plain:
    """List who acts, speaks and takes positions."""
    return listed(window.of(place.memory.snapshot(as_of).record.actors), plain)


@router.get("/meetings")
def meetings(place: Here, _: Reader, asked: Asking, window: Windowed) -> Plain:
    """List who met whom, how often, and when last."""
    return listed(window.of(pairs(asked.drawn(place)[1])), plain)


@router.get("/places")
def places(place: Here, _: Reader, asked: Asking, window: Windowed) -> Plain:
    """List events with where they were on a map, or why that is not known."""
    return listed(window.of(placed(asked.drawn(place)[1])), plain)


@router.get("/search")
def search(
    place: Here,
    _: Reader,
    q: Annotated[str, Query(min_length=1, max_length=300)],
    as_of: Day = None,
    most: Annotated[int, Query(ge=1, le=200)] = 20,
) -> Plain:
    """Search the full texts of the reports, the most relevant first."""
    found = place.store.search(q, as_of=as_of, most=most)
    return {"total": len(found), "first": 0, "items": plain(found)}


@router.get("/diff")
def diff(
    place: Here,
    _: Reader,
    before: Annotated[str, Query(description="The id of a report: the earlier draft.")],
    after: Annotated[str, Query(description="The id of a report: the later draft.")],
) -> Plain:
    """Say how the provisions that two reports tell of differ: two drafts of a plan."""
    snapshot = place.memory.snapshot()
    ids = [report_of(snapshot, id_).id for id_ in (before, after)]
    found = record.draft_differences(snapshot.record, ids[0], ids[1])
    return {"total": len(found), "first": 0, "items": plain(found)}


def mentions_in(snapshot: Snapshot, report_id: str) -> list[Plain]:
    """Return what was read in a report, in the order of the text, what people changed beside it."""
    known = next(k for k in snapshot.drawn.knowledge.known if k.report.id == report_id)
    found = [
        {
            "id": one.id,
            "family": family,
            "rejected": one.rejected,
            "span": list(one.mention.span),
            "quote": known.report.text[slice(*one.mention.span)],
            "read": dict(shown(family, one.read)),
            "fields": dict(shown(family, one.mention)),
            "corrections": plain(one.corrections),
        }
        for family, attested in known.families()
        for one in attested
    ]
    return sorted(found, key=lambda each: (each["span"], each["id"]))


def _without_text(entry: object) -> Plain:
    return {name: value for name, value in plain(entry).items() if name != "text"}
