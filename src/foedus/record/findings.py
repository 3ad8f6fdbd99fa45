"""What does not fit together in a record: found by rule, told with the words on both sides.

A finding says that somebody should look, not who is right. The rules:

- ``sum``: in one report's telling of one event a part is larger than its whole (more destroyed than
  launched, more children than people killed, ballistic and cruise missiles above all missiles).
- ``contradiction``: two reports of one event cannot both be right, give a provision two statuses
  on one day that cannot both hold, or have a party accept and refuse the same on one day.
- ``jump``: a provision comes into force that no report has called agreed, or is suspended that was
  never in force.
- ``history``: a number is above the highest in ``data/history.csv``, a small table in which each
  row has its source, or ten times the next highest of its kind in the record itself.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from foedus.record.disputes import thing
from foedus.record.sayings import number

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from foedus.ids import EntryId, ReportId
    from foedus.reading.values import Days, ProvisionStatus, Stance
    from foedus.record.values import (
        EventEntry,
        Evidence,
        PositionEntry,
        ProvisionEntry,
        QuantityEntry,
        Record,
    )

FindingKind = Literal["sum", "contradiction", "jump", "history"]

_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("missile", ("ballistic-missile", "cruise-missile")),
    ("person", ("child",)),
    ("person", ("soldier",)),
)
"""Items of which some are parts of another, within one role."""

_OF_LAUNCHED = ("destroyed", "hit")
"""What becomes of what is launched: neither can be more."""

_FOR: frozenset[Stance] = frozenset({"supports", "accepts", "demands"})
_AGAINST: frozenset[Stance] = frozenset({"opposes", "rejects", "red-line"})

_CANNOT_BOTH: tuple[frozenset[ProvisionStatus], ...] = (
    frozenset({"agreed", "discussed"}),
    frozenset({"agreed", "proposed"}),
    frozenset({"agreed", "rejected"}),
    frozenset({"agreed", "off-the-table"}),
    frozenset({"in-force", "proposed"}),
    frozenset({"in-force", "discussed"}),
    frozenset({"in-force", "rejected"}),
    frozenset({"in-force", "off-the-table"}),
    frozenset({"in-force", "suspended"}),
)
"""Statuses that one provision cannot have on one day in two reports; what is agreed has been
discussed before, but a report that says "discussed" of what another calls agreed says less."""

_OUTLIER = 10
_OTHERS_LEAST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that does not fit: what, which entries, and the words on both sides."""

    kind: FindingKind
    says: str
    entries: tuple[EntryId, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Highest:
    """The highest number of its kind on public record, for acts of at most so many days."""

    item: str
    role: str
    most: float
    days: int | None
    what: str
    source: str


@cache
def highest() -> tuple[Highest, ...]:
    """Return the table of the highest numbers that were publicly reported, each with its source."""
    told = resources.files("foedus.record").joinpath("data", "history.csv").read_text("utf-8")
    return tuple(
        Highest(
            item=row["item"],
            role=row["role"],
            most=float(row["most"]),
            days=int(row["days"]) if row["days"] else None,
            what=row["what"],
            source=row["source"],
        )
        for row in csv.DictReader(told.splitlines())
    )


def findings(record: Record) -> tuple[Finding, ...]:
    """Return all that does not fit together, in the order of the rules and then of the entries."""
    return (
        *(f for event in record.events for f in _sums(event)),
        *(f for event in record.events for f in _disputed(event)),
        *(f for provision in record.provisions for f in _two_statuses(provision)),
        *_two_stances(record),
        *(f for provision in record.provisions for f in _jumps(provision)),
        *(f for event in record.events for f in _beyond_history(event)),
        *_beyond_the_record(record),
    )


def findings_of_days(record: Record, days: Days) -> tuple[Finding, ...]:
    """Return what does not fit together in the events and in the reports of some days.

    Those rules count that look at one event or one day; what they find is what they find in all of
    the record.
    """
    first, last = days
    events = [
        e for e in record.events if e.date is not None and e.date[0] <= last and first <= e.date[1]
    ]
    return (
        *(f for event in events for f in _sums(event)),
        *(f for event in events for f in _disputed(event)),
        *(f for provision in record.provisions for f in _two_statuses(provision, days)),
        *_two_stances(record, days),
        *(f for event in events for f in _beyond_history(event)),
    )


def _sums(event: EventEntry) -> Iterator[Finding]:
    """Yield where a part is larger than its whole in one report's telling."""
    for evidence in event.evidence:
        largest: dict[tuple[str, str], QuantityEntry] = {}
        for q in event.quantities:
            known = largest.get((q.item, q.role))
            if q.report == evidence.report and (known is None or q.value > known.value):
                largest[q.item, q.role] = q
        for role in dict.fromkeys(role for _, role in largest):
            for whole, parts in _PARTS:
                told = [largest[p, role] for p in parts if (p, role) in largest]
                if told and (whole, role) in largest:
                    yield from _larger(event, evidence, told, largest[whole, role])
        for (item, role), q in largest.items():
            if role in _OF_LAUNCHED and (item, "launched") in largest:
                yield from _larger(event, evidence, [q], largest[item, "launched"])


def _larger(
    event: EventEntry, evidence: Evidence, parts: list[QuantityEntry], whole: QuantityEntry
) -> Iterator[Finding]:
    total = sum(q.value for q in parts if q.bound != "at-most")
    if whole.bound == "at-least" or total <= whole.value * (1.1 if whole.bound == "about" else 1):
        return
    told = " and ".join(f"{number(q.value)} {thing(q.item, q.role, q.value)}" for q in parts)
    yield Finding(
        kind="sum",
        says=f"{told}, of {number(whole.value)} {thing(whole.item, whole.role, whole.value)}",
        entries=(event.id,),
        evidence=tuple(_where(evidence, q.value) for q in (*parts, whole)),
    )


def _disputed(event: EventEntry) -> Iterator[Finding]:
    for dispute in event.disputes:
        yield Finding(
            kind="contradiction", says=dispute, entries=(event.id,), evidence=event.evidence
        )


def _two_statuses(provision: ProvisionEntry, days: Days | None = None) -> Iterator[Finding]:
    """Yield statuses of one day in two reports that cannot both hold, each pair once."""
    by_day: dict[dt.date, dict[ProvisionStatus, dict[ReportId, Evidence]]] = defaultdict(dict)
    for day, status, evidence in provision.history:
        if day is not None and _among(day, days):
            by_day[day].setdefault(status, {}).setdefault(evidence.report, evidence)
    for day, statuses in by_day.items():
        for one, two in combinations(statuses, 2):
            ours, theirs = statuses[one], statuses[two]
            if {one, two} not in _CANNOT_BOTH or ours.keys() & theirs.keys():
                continue
            by = f" by {provision.by}" if provision.by else ""
            yield Finding(
                kind="contradiction",
                says=f"{provision.provision}{by} on {day}: {one} or {two}",
                entries=(provision.id,),
                evidence=(*ours.values(), *theirs.values()),
            )


def _two_stances(record: Record, days: Days | None = None) -> Iterator[Finding]:
    """Yield where reports of one day have a party both for and against the same."""
    day_of = {r.id: r.published for r in record.reports}
    sides: dict[tuple[str, str, dt.date], list[tuple[PositionEntry, Evidence]]] = defaultdict(list)
    for position in record.positions:
        for evidence in position.evidence:
            day = day_of.get(evidence.report)
            if day is not None and _among(day, days):
                sides[position.actor, position.issue, day].append((position, evidence))
    for (actor, issue, day), told in sorted(sides.items()):
        ours = [(p, e) for p, e in told if p.stance in _FOR]
        theirs = [(p, e) for p, e in told if p.stance in _AGAINST]
        if {e.report for _, e in ours} & {e.report for _, e in theirs} or not (ours and theirs):
            continue
        stances = [" and ".join(dict.fromkeys(p.stance for p, _ in s)) for s in (ours, theirs)]
        yield Finding(
            kind="contradiction",
            says=f"{actor} on {issue} on {day}: {stances[0]} or {stances[1]}",
            entries=tuple(dict.fromkeys(p.id for p, _ in (*ours, *theirs))),
            evidence=tuple(e for _, e in (*ours, *theirs)),
        )


def _jumps(provision: ProvisionEntry) -> Iterator[Finding]:
    """Yield the first step of a provision that has left out a step before it."""
    by = f" by {provision.by}" if provision.by else ""
    before: list[tuple[ProvisionStatus, Evidence]] = []
    for _, status, evidence in provision.history:
        had = {s for s, _ in before}
        missing = {"in-force": "agreed", "suspended": "in-force"}.get(status)
        if missing is not None and before and not had & {"agreed", "in-force", status}:
            last_status, last = before[-1]
            yield Finding(
                kind="jump",
                says=f"{provision.provision}{by}: from {last_status} to {status},"
                f" and no report calls it {missing} before",
                entries=(provision.id,),
                evidence=(last, evidence),
            )
            return
        before.append((status, evidence))


def _beyond_history(event: EventEntry) -> Iterator[Finding]:
    for known in highest():
        if not _lasts(event, known.days) or event.status in {"planned", "denied"}:
            continue
        told: dict[float, list[QuantityEntry]] = defaultdict(list)
        for q in event.quantities:
            is_it = (q.item, q.role) == (known.item, known.role)
            if is_it and q.value > known.most and q.bound != "at-most":
                told[q.value].append(q)
        for value, same in told.items():
            what = thing(same[0].item, same[0].role, value)
            yield Finding(
                kind="history",
                says=f"{number(value)} {what}; the most on public record is"
                f" {number(known.most)} ({known.what}; {known.source})",
                entries=(event.id,),
                evidence=tuple(dict.fromkeys(e for q in same for e in _where_told(event, q))),
            )


def _beyond_the_record(record: Record) -> Iterator[Finding]:
    """Yield a number that is ten times the next highest of its kind in short events."""
    values: dict[tuple[str, str], list[tuple[float, EventEntry, QuantityEntry]]] = defaultdict(list)
    for event in record.events:
        if _lasts(event, 3):
            for q in event.quantities:
                if q.item != "other" and q.role != "other":
                    values[q.item, q.role].append((q.value, event, q))
    for told in values.values():
        highest_value, event, q = max(told, key=lambda v: (v[0], v[1].id))
        others = {e.id: v for v, e, _ in told if e.id != event.id}
        next_highest = max((v for v, e, _ in told if e.id != event.id), default=0)
        if len(others) >= _OTHERS_LEAST and highest_value > _OUTLIER * next_highest > 0:
            yield Finding(
                kind="history",
                says=f"{number(highest_value)} {thing(q.item, q.role, q.value)}; the next highest"
                f" of {len(others)} other events in this record is {number(next_highest)}",
                entries=(event.id,),
                evidence=_where_told(event, q),
            )


def _among(day: dt.date, days: Days | None) -> bool:
    return days is None or days[0] <= day <= days[1]


def _lasts(event: EventEntry, days: int | None) -> bool:
    """Say whether an event is known to last no longer than so many days."""
    if days is None:
        return True
    return event.date is not None and (event.date[1] - event.date[0]).days < days


def _where_told(event: EventEntry, q: QuantityEntry) -> tuple[Evidence, ...]:
    """Return the places of an event's number in the words of the report that gave it."""
    return tuple(_where(e, q.value) for e in event.evidence if e.report == q.report)


def _where(evidence: Evidence, value: float) -> Evidence:
    """Return the place of a number within the words that tell it, or all of them."""
    if value == int(value):
        for form in (f"{value:,.0f}", f"{value:.0f}"):
            match = re.search(rf"(?<![\d.,]){form}(?![\d]|[.,]\d)", evidence.quote)
            if match:
                start = evidence.start + match.start()
                return replace(evidence, start=start, end=start + len(form), quote=match.group())
    return evidence
