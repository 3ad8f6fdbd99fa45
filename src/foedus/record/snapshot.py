"""Draw one frozen record from what was read in many reports.

Everything here is a pure function of the readings and the day: neither the order in which reports
were added nor the time of asking can show.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING

from foedus.ids import digest, entry_id
from foedus.reading.values import ProvisionStatus
from foedus.record.merging import merge
from foedus.record.tellings import evidence_in, tellings
from foedus.record.values import (
    ClaimEntry,
    Evidence,
    PositionEntry,
    ProvisionEntry,
    Record,
    ReportEntry,
    UnknownEntry,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from foedus.ids import EntryId
    from foedus.reading.values import Mentions, Position, ProvisionMention
    from foedus.record.rows import Reading

_CAUTION: tuple[ProvisionStatus, ...] = (
    "proposed",
    "discussed",
    "suspended",
    "rejected",
    "off-the-table",
    "agreed",
    "in-force",
)
"""Where reports of one day differ, the status named first here is taken: the one that claims
least. All of them stay in the history."""

_History = tuple[dt.date | None, ProvisionStatus, Evidence]


def rank(published: dt.date | None, source: str) -> tuple[bool, dt.date, str]:
    """Return what copies of a text are ordered by; the first is the one to show.

    A copy whose day is known comes before one whose day is not, the earliest first: that is when
    the text became known.
    """
    return published is None, published or dt.date.max, source


def snapshot(readings: Iterable[Reading], as_of: dt.date | None) -> Record:
    """Return what was known at the end of the day ``as_of``; all there is when None."""
    known = _known(readings, as_of)
    reports = tuple(entry for entry, _ in known)
    mentions = tuple(m for _, m in known)
    events = merge(tellings(mentions))
    claims = tuple(c for m in mentions for c in _claims(m))
    positions = _positions(mentions)
    provisions = _provisions(mentions)
    unknowns = _unknowns(mentions)
    families = (reports, events, claims, positions, provisions, unknowns)
    content = [[asdict(entry) for entry in family] for family in families]
    return Record(
        as_of=as_of,
        hash=digest(json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)),
        reports=reports,
        events=events,
        claims=claims,
        positions=positions,
        provisions=provisions,
        unknowns=unknowns,
    )


def _known(
    readings: Iterable[Reading], as_of: dt.date | None
) -> tuple[tuple[ReportEntry, Mentions], ...]:
    """Return the reports known on a day, one for each text, in the order of their days.

    Reports without a day come first, so that what later days add always comes after.
    """
    copies: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        copies[reading.mentions.report.text].append(reading)
    known = []
    for same in copies.values():
        same.sort(key=lambda r: rank(r.mentions.report.published, r.mentions.report.source))
        first = same[0].mentions.report
        if as_of is not None and first.published is not None and first.published > as_of:
            continue
        names = {
            source
            for copy in same
            if as_of is None
            or copy.mentions.report.published is None
            or copy.mentions.report.published <= as_of
            for source in copy.sources
        }
        known.append((_report(same[0], names - {first.source}), same[0].mentions))
    known.sort(key=lambda k: (k[0].published or dt.date.min, k[0].id))
    return tuple(known)


def _report(reading: Reading, mirrors: set[str]) -> ReportEntry:
    report = reading.mentions.report
    return ReportEntry(
        id=report.id,
        source=report.source,
        title=report.title,
        outlet=report.outlet,
        author=report.author,
        published=report.published,
        published_from=report.published_from,
        language=report.language,
        url=report.url,
        text=report.text,
        reader=reading.reader,
        mirrors=tuple(sorted(mirrors)),
    )


def _claims(mentions: Mentions) -> list[ClaimEntry]:
    """Return a report's claims, each by itself; one that is there twice is one."""
    found: dict[EntryId, ClaimEntry] = {}
    for claim in mentions.claims:
        start, end = claim.span
        name = entry_id("c", mentions.report.id, str(start), str(end), claim.speaker)
        found.setdefault(
            name,
            ClaimEntry(
                id=name,
                speaker=claim.speaker,
                side=claim.side,
                kind=claim.kind,
                cue=claim.cue,
                evidence=evidence_in(mentions.report, claim.span),
            ),
        )
    return list(found.values())


def _positions(mentions: Sequence[Mentions]) -> tuple[PositionEntry, ...]:
    """Return one entry for each actor, issue and stance, with all that says so."""
    kinds: dict[tuple[str, ...], Position] = {}
    days: dict[tuple[str, ...], list[dt.date]] = defaultdict(list)
    found: dict[tuple[str, ...], list[Evidence]] = defaultdict(list)
    for m in mentions:
        for p in m.positions:
            key = (p.actor, p.issue, p.stance)
            kinds[key] = p
            found[key].append(evidence_in(m.report, p.span))
            if m.report.published is not None:
                days[key].append(m.report.published)
    return tuple(
        PositionEntry(
            id=entry_id("p", *key),
            actor=kinds[key].actor,
            issue=kinds[key].issue,
            stance=kinds[key].stance,
            date=max(days[key], default=None),
            evidence=_distinct(found[key]),
        )
        for key in sorted(found)
    )


def _provisions(mentions: Sequence[Mentions]) -> tuple[ProvisionEntry, ...]:
    """Return one entry for each provision and giver: its latest status, and how it came there."""
    found: dict[tuple[str, str], list[_History]] = defaultdict(list)
    kinds: dict[tuple[str, str], ProvisionMention] = {}
    for m in mentions:
        for p in m.provisions:
            key = (p.provision, p.by or "")
            kinds[key] = p
            step = (m.report.published, p.status, evidence_in(m.report, p.span))
            if step not in found[key]:
                found[key].append(step)
    return tuple(
        ProvisionEntry(
            id=entry_id("v", *key),
            provision=kinds[key].provision,
            by=kinds[key].by,
            status=_latest(found[key]),
            date=found[key][-1][0],
            history=tuple(found[key]),
        )
        for key in sorted(found)
    )


def _latest(history: Sequence[_History]) -> ProvisionStatus:
    """Return the status on the last day: what most of that day's reports say in the end."""
    last_day = history[-1][0]
    last = {evidence.report: status for day, status, evidence in history if day == last_day}
    votes = Counter(last.values())
    return max(votes, key=lambda status: (votes[status], -_CAUTION.index(status)))


def _unknowns(mentions: Sequence[Mentions]) -> tuple[UnknownEntry, ...]:
    """Return one entry for each thing that is said not to be known, with all that says so."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for m in mentions:
        for u in m.unknowns:
            found[u.about].append(evidence_in(m.report, u.span))
    return tuple(
        UnknownEntry(id=entry_id("u", about), about=about, evidence=_distinct(found[about]))
        for about in sorted(found)
    )


def _distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))
