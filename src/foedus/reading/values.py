"""What reading yields: mentions, each with the span of text that says it.

A span is a pair ``(start, end)`` of character offsets into ``Report.text``; ``text[start:end]`` is
the evidence, to the letter. Names are canonical: states by their common English name, persons and
organisations in full. The vocabularies are closed; event types are those of PLOVER.

Source of the event types: P. Halterman et al., "PLOVER and POLECAT: A New Political Event Ontology
and Dataset", 2023.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from datetime import date

    from foedus.report.values import Report

Span = tuple[int, int]
Days = tuple["date", "date"]
"""The first and the last day; the same day twice for one day."""

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
EventMode = Literal[
    "aerial", "ground", "shelling", "naval", "terror", "other",
    "meeting", "call", "visit", "mediation",
]  # fmt: skip
EventStatus = Literal["happened", "claimed", "denied", "planned", "called-off"]
Item = Literal[
    "drone", "missile", "ballistic-missile", "cruise-missile", "bomb", "rocket", "shell",
    "aircraft", "tank", "soldier", "person", "prisoner", "child", "settlement", "money-usd",
    "money-eur", "area-km2", "other",
]  # fmt: skip
Role = Literal[
    "launched", "destroyed", "hit", "killed", "wounded", "missing", "captured", "released",
    "displaced", "deployed", "pledged", "delivered", "demanded", "other",
]  # fmt: skip
Bound = Literal["exact", "at-least", "at-most", "about"]
ClaimKind = Literal["direct", "indirect"]
Issue = Literal[
    "territory", "security-guarantees", "ceasefire", "foreign-troops", "alliance-membership",
    "neutrality", "force-limits", "sanctions", "assets-reparations", "prisoners", "displaced",
    "energy-nuclear", "accountability", "recognition", "elections", "humanitarian-access",
    "withdrawal", "disarmament", "reconstruction", "sequencing", "sovereignty",
]  # fmt: skip
Stance = Literal["demands", "supports", "accepts", "open-to", "opposes", "rejects", "red-line"]
ProvisionKind = Literal[
    "security-framework", "deterrence", "defence-cooperation", "ceasefire", "withdrawal",
    "mutual-defence", "consultation", "rapid-response", "multinational-force", "peacekeepers",
    "monitoring", "demilitarised-zone", "military-aid", "air-defence", "intelligence-sharing",
    "prepositioned-stocks", "sanctions-snapback", "sanctions-relief", "economic-support",
    "reconstruction", "eu-membership", "nato-membership", "neutrality", "own-force-cap",
    "territorial-terms", "prisoner-exchange", "humanitarian-corridor", "hostage-release",
]  # fmt: skip
ProvisionStatus = Literal[
    "proposed", "discussed", "agreed", "in-force", "rejected", "off-the-table", "suspended"
]
About = Issue | ProvisionKind | Literal["casualties-damage", "schedule", "other"]

EVENT_TYPES: tuple[str, ...] = get_args(EventType)
ISSUES: tuple[str, ...] = get_args(Issue)
PROVISIONS: tuple[str, ...] = get_args(ProvisionKind)
ABOUT: tuple[str, ...] = tuple(
    dict.fromkeys(word for words in get_args(About) for word in get_args(words))
)
"""What an unknown may be about; some issues are provisions too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number tied to a thing and to what became of it: 653 drones launched.

    ``value`` is 0 or more, in units of ``item`` (money in whole units, area in km²);
    ``according_to`` names who gave this number when it was not the event's own source.
    """

    item: Item
    role: Role
    value: float
    bound: Bound
    according_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A bounded act told as done, under way, planned, denied or called off.

    ``mode`` is set for ASSAULT and CONSULT only; ``date`` is None unless the report places the act
    itself in time; ``country`` is an ISO 3166 alpha-3 code.
    """

    type: EventType
    mode: EventMode | None
    status: EventStatus
    date: Days | None
    place: str | None
    country: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    according_to: str | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody is said to have said; the span is the content, without the cue or the marks."""

    speaker: str
    side: str | None
    kind: ClaimKind
    cue: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a party stands on an issue."""

    actor: str
    issue: Issue
    stance: Stance
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionMention:
    """A part that a deal may have, who would give it (None: not said), and how far it has come."""

    provision: ProvisionKind
    by: str | None
    status: ProvisionStatus
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """What the report says is not disclosed, not known or not settled."""

    about: About
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """All that was read in one report, each family in the order of its spans."""

    report: Report
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    positions: tuple[Position, ...]
    provisions: tuple[ProvisionMention, ...]
    unknowns: tuple[Unknown, ...]
