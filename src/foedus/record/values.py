"""What a record holds, as one frozen value: entries, each with the words that say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

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

ChangeKind = Literal["accept", "correct", "reject", "merge", "split", "undo"]
"""What a person may do to a record; nothing of it deletes anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words an entry rests on: ``quote`` is ``text[start:end]`` of the report.

    ``mention`` is the id of what was read there, by which a person can correct or reject it; None
    where an entry was not drawn from a store.
    """

    report: ReportId
    start: int
    end: int
    quote: str
    mention: EntryId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person changed about an entry, beside what the machine had read.

    Parameters
    ----------
    number
        Of the change in the record's journal; what `undo` takes.
    kind, by, at, why
        What was done, by whom, when (UTC), and the reason given if any.
    mention
        The mention that was changed; None for a change to a report, an actor or an outlet.
    field, was, now
        Of a correction: the field, what the machine read, and what the person says it is.
    """

    number: int
    kind: ChangeKind
    by: str
    at: dt.datetime
    mention: EntryId | None = None
    field: str | None = None
    was: str | None = None
    now: str | None = None
    why: str | None = None


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
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEntry:
    """An office that an actor held; None for a day that is not known or has not come."""

    role: str
    since: dt.date | None
    until: dt.date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """Somebody who acts, speaks or takes a position, under one name.

    Parameters
    ----------
    id, name
        The canonical name, and the id made from it.
    aliases
        Other names that reports use for the same actor, sorted.
    state
        The state or organisation it belongs to; None when no report says.
    roles
        Offices with their days, oldest first, as far as known; each with its source.
    reports
        In how many reports it is named.
    """

    id: EntryId
    name: str
    aliases: tuple[str, ...]
    state: str | None
    roles: tuple[RoleEntry, ...]
    reports: int
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletEntry:
    """An outlet, and those that are declared to be one source with it."""

    id: EntryId
    name: str
    one_source_with: tuple[str, ...]
    reports: int
    corrections: tuple[Correction, ...] = ()


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
class Figure:
    """What reports say of one number of one event, the lowest, best and highest.

    A report counts with the largest number it gives for the thing, since a smaller one is a part of
    it, or with its estimate where it also says how many it is at most. ``best`` is what most
    independent sources give; of several, what was told last; of several still, the lowest.
    ``disputed`` when two reports cannot both be right.
    """

    item: Item
    role: Role
    low: float
    best: float
    high: float
    sources: int
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntry:
    """One real event, as told by one or more reports.

    ``disputes`` says in plain words what its reports disagree on; empty when they agree.
    ``figures`` are its numbers, each summed up over its reports; ``independent`` is the number of
    independent sources among its reports.
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
    figures: tuple[Figure, ...] = ()
    independent: int = 0
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEntry:
    """What somebody is said to have said, in one report."""

    id: EntryId
    speaker: str
    side: str | None
    kind: ClaimKind
    cue: str
    evidence: Evidence
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionEntry:
    """Where a party stands on an issue; ``date`` is the day of the latest report that says so."""

    id: EntryId
    actor: str
    issue: Issue
    stance: Stance
    date: dt.date | None
    evidence: tuple[Evidence, ...]
    independent: int = 0
    corrections: tuple[Correction, ...] = ()


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
    independent: int = 0
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownEntry:
    """What is said not to be disclosed, known or settled; ``about`` as reading names it."""

    id: EntryId
    about: str
    evidence: tuple[Evidence, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that was known on a day (None: all there is). ``hash`` names the content.

    ``orphans`` are changes by people whose mention is no longer read where they found it.
    """

    as_of: dt.date | None
    hash: str
    reports: tuple[ReportEntry, ...]
    events: tuple[EventEntry, ...]
    claims: tuple[ClaimEntry, ...]
    positions: tuple[PositionEntry, ...]
    provisions: tuple[ProvisionEntry, ...]
    unknowns: tuple[UnknownEntry, ...]
    actors: tuple[ActorEntry, ...] = ()
    outlets: tuple[OutletEntry, ...] = ()
    orphans: tuple[Correction, ...] = ()
