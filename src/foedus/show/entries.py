"""Entries of the record in plain words: what happened, who said what, how far each part has come.

The words here are the only place where the closed vocabularies of reading meet a reader.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeVar

from foedus.show.words import amount, capital, clean, day, days, listing, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.record.values import (
        ClaimEntry,
        EventEntry,
        PositionEntry,
        ProvisionEntry,
        QuantityEntry,
        Record,
    )
    from foedus.show.sources import Sources

Thing = TypeVar("Thing")

STATUS_ORDER = (
    "in-force",
    "agreed",
    "discussed",
    "proposed",
    "suspended",
    "rejected",
    "off-the-table",
)
"""From the furthest along to the least, so that what is agreed is never read among what is not."""

STATUS_WORDS = {
    "in-force": "In force",
    "agreed": "Agreed",
    "discussed": "Discussed, not agreed",
    "proposed": "Proposed, not agreed",
    "suspended": "Suspended",
    "rejected": "Rejected",
    "off-the-table": "Off the table",
}

_TYPES = {
    "AGREE": ("agreement", "between", "with"),
    "CONSULT": ("talks", "between", "with"),
    "SUPPORT": ("support", "by", "for"),
    "CONCEDE": ("concession", "by", "to"),
    "COOPERATE": ("cooperation", "by", "with"),
    "AID": ("aid", "from", "to"),
    "RETREAT": ("withdrawal or release", "by", "towards"),
    "REQUEST": ("request", "by", "to"),
    "ACCUSE": ("accusation", "by", "against"),
    "REJECT": ("rejection", "by", "of"),
    "THREATEN": ("threat", "by", "against"),
    "PROTEST": ("protest", "by", "against"),
    "SANCTION": ("sanctions", "by", "on"),
    "MOBILIZE": ("mobilisation", "by", "against"),
    "COERCE": ("coercion", "by", "against"),
    "ASSAULT": ("attack", "by", "on"),
}
_MODES = {
    "aerial": "air attack",
    "ground": "ground attack",
    "shelling": "shelling",
    "naval": "naval attack",
    "terror": "terror attack",
    "meeting": "meeting",
    "call": "call",
    "visit": "visit",
    "mediation": "mediation",
}
_ITEMS = {
    "ballistic-missile": ("ballistic missile", "ballistic missiles"),
    "cruise-missile": ("cruise missile", "cruise missiles"),
    "person": ("person", "people"),
    "child": ("child", "children"),
    "aircraft": ("aircraft", "aircraft"),
    "money-usd": ("US dollar", "US dollars"),
    "money-eur": ("euro", "euros"),
    "area-km2": ("km²", "km²"),
    "other": ("other", "others"),
}
_BOUNDS = {"exact": "", "at-least": "at least ", "at-most": "up to ", "about": "about "}
_STANCES = {"open-to": "is open to it", "red-line": "draws a red line"}
_NAMES = {
    "eu-membership": "EU membership",
    "nato-membership": "alliance membership",
    "assets-reparations": "assets and reparations",
    "casualties-damage": "casualties and damage",
    "displaced": "displaced people",
    "energy-nuclear": "energy and nuclear sites",
    "own-force-cap": "a cap on its own forces",
    "sequencing": "the order of steps",
    "other": "other matters",
}


def event_title(event: EventEntry) -> str:
    """Say who did what to whom: "Air attack by Ardal on Velmark"."""
    noun, by, on = _TYPES[event.type]
    noun = _MODES.get(event.mode or "", noun)
    if event.type in {"AGREE", "CONSULT"} and len(event.actors) == 1:
        by = "by" if event.type == "AGREE" else "of"
    who = f" {by} {clean(listing(event.actors))}" if event.actors else ""
    whom = f" {on} {clean(listing(event.recipients))}" if event.recipients else ""
    return capital(f"{noun}{who}{whom}")


def event_status(event: EventEntry) -> str:
    """Say how sure the telling is; empty for what is told as fact with no source of its own."""
    status = "" if event.status == "happened" else spaced(event.status)
    source = f"according to {clean(event.according_to)}" if event.according_to else ""
    return ", ".join(part for part in (status, source) if part)


def event_numbers(event: EventEntry, sources: Sources) -> list[tuple[str, tuple[int, ...]]]:
    """Return each number of an event in words, with the numbers of the sources that give it."""
    found: dict[str, set[int]] = {}
    for quantity in event.quantities:
        spans = sources.of(e for e in event.evidence if e.report == quantity.report)
        found.setdefault(quantity_words(quantity), set()).update(spans)
    return [(words, tuple(sorted(spans))) for words, spans in found.items()]


def quantity_words(quantity: QuantityEntry) -> str:
    """Say a number: "at least 3 people killed, according to the mayor"."""
    one, many = _ITEMS.get(quantity.item, (spaced(quantity.item), f"{spaced(quantity.item)}s"))
    thing = one if quantity.value == 1 else many
    what = "" if quantity.role == "other" else f" {quantity.role}"
    source = f", according to {clean(quantity.according_to)}" if quantity.according_to else ""
    return f"{_BOUNDS[quantity.bound]}{amount(quantity.value)} {thing}{what}{source}"


def event_place(event: EventEntry) -> str:
    """Say where; empty when the reports do not."""
    return clean(event.place or event.country or "")


def happened(record: Record) -> tuple[list[EventEntry], list[EventEntry]]:
    """Part the events into acts and meetings, each with the latest first and the undated last."""
    newest = sorted(record.events, key=_latest_first)
    return (
        [e for e in newest if e.type != "CONSULT"],
        [e for e in newest if e.type == "CONSULT"],
    )


def _latest_first(event: EventEntry) -> int:
    return -event.date[1].toordinal() if event.date else -dt.date.min.toordinal() + 1


def speaker(claim: ClaimEntry) -> str:
    """Name who spoke, and for which side when that is another name."""
    apart = claim.side and claim.side != claim.speaker
    return clean(f"{claim.speaker} ({claim.side})" if apart else claim.speaker)


def claims_by_speaker(record: Record) -> list[tuple[str, list[ClaimEntry]]]:
    """Gather claims by who spoke, in the order of the record."""
    return _gathered((speaker(claim), claim) for claim in record.claims)


def positions_by_actor(record: Record) -> list[tuple[str, list[PositionEntry]]]:
    """Gather positions by the party that holds them, in the order of the record."""
    return _gathered((clean(position.actor), position) for position in record.positions)


def position_words(position: PositionEntry) -> str:
    """Say a position without its holder: "foreign troops: rejects (5 Mar 2031)"."""
    stance = _STANCES.get(position.stance, position.stance)
    when = f" ({day(position.date)})" if position.date else ""
    return f"{thing_words(position.issue)}: {stance}{when}"


def provisions_by_status(record: Record) -> list[tuple[str, list[ProvisionEntry]]]:
    """Gather provisions by how far they have come, from in force to off the table."""
    return [
        (status, found)
        for status in STATUS_ORDER
        if (found := [p for p in record.provisions if p.status == status])
    ]


def thing_words(name: str) -> str:
    """Write a provision or an issue as people do."""
    return _NAMES.get(name, spaced(name))


def provision_words(provision: ProvisionEntry) -> str:
    """Name a provision and who would give it."""
    by = f", by {clean(provision.by)}" if provision.by else ""
    return f"{thing_words(provision.provision)}{by}"


def provision_history(provision: ProvisionEntry) -> str:
    """Say how a provision came to its status; empty when it never had another."""
    steps: list[str] = []
    last = ""
    for date, status, _ in provision.history:
        if status != last:
            steps.append(f"{spaced(status)} {day(date)}" if date else spaced(status))
        last = status
    return ", then ".join(steps) if len(steps) > 1 else ""


def when(event: EventEntry) -> str:
    """Say on which days."""
    return days(event.date)


def _gathered(pairs: Iterable[tuple[str, Thing]]) -> list[tuple[str, list[Thing]]]:
    """Gather things by a name, names in the order in which they first come."""
    found: dict[str, list[Thing]] = {}
    for name, thing in pairs:
        found.setdefault(name, []).append(thing)
    return list(found.items())
