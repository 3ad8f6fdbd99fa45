"""What a record holds, as one frozen value: entries, each with the words that say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from foedus.ids import EntryId, ReportId
    from foedus.reading.values import (
        Bound,
        ClaimKind,
        Days,
        EventMode,
        EventStatus,
        EventType,
        Issue,
        Item,
        ProvisionKind,
        ProvisionStatus,
        Role,
        Stance,
    )
    from foedus.report.values import PublishedFrom


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words an entry rests on: ``quote`` is ``text[start:end]`` of the report."""

    report: ReportId
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEntry:
    """A report that the record knows; ``reader`` is the version of the reader that read it.

    ``mirrors`` are the other names under which the same text came in, sorted.
    """

    id: ReportId
    source: str
    title: str | None
    outlet: str | None
    author: str | None
    published: dt.date | None
    published_from: PublishedFrom
    language: str
    url: str | None
    text: str
    reader: str
    mirrors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityEntry:
    """A number as one report gives it; numbers that disagree stand side by side."""

    item: Item
    role: Role
    value: float
    bound: Bound
    according_to: str | None
    report: ReportId


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntry:
    """One real event, as told by one or more reports.

    ``disputes`` says in plain words what its reports disagree on; empty when they agree.
    """

    id: EntryId
    type: EventType
    mode: EventMode | None
    status: EventStatus
    date: Days | None
    place: str | None
    country: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    quantities: tuple[QuantityEntry, ...]
    according_to: str | None
    disputes: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEntry:
    """What somebody is said to have said, in one report."""

    id: EntryId
    speaker: str
    side: str | None
    kind: ClaimKind
    cue: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionEntry:
    """Where a party stands on an issue; ``date`` is the day of the latest report that says so."""

    id: EntryId
    actor: str
    issue: Issue
    stance: Stance
    date: dt.date | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionEntry:
    """How far one part of a deal has come: its latest status, and the others beside it.

    ``history`` holds every (day, status, evidence) in the order of the days, undated first.
    """

    id: EntryId
    provision: ProvisionKind
    by: str | None
    status: ProvisionStatus
    date: dt.date | None
    history: tuple[tuple[dt.date | None, ProvisionStatus, Evidence], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownEntry:
    """What is said not to be disclosed, known or settled; ``about`` as reading names it."""

    id: EntryId
    about: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that was known on a day (None: all there is). ``hash`` names the content."""

    as_of: dt.date | None
    hash: str
    reports: tuple[ReportEntry, ...]
    events: tuple[EventEntry, ...]
    claims: tuple[ClaimEntry, ...]
    positions: tuple[PositionEntry, ...]
    provisions: tuple[ProvisionEntry, ...]
    unknowns: tuple[UnknownEntry, ...]
