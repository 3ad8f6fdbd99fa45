"""What a deal may be made of, drawn from a record: provisions with levels from the library.

What the record mentions comes in, by its own name, and what a position is about; where little is
mentioned a small core is added so that there is a game to play. A provision refused by who would
give it stays in the case with its levels excluded, so that nobody wonders where it went.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.case.roles import REFUSED
from foedus.case.shelf import instruments
from foedus.case.values import GUARANTOR_EFFECTS, Level, Provision, Source

if TYPE_CHECKING:
    from foedus.case.fighting import War
    from foedus.case.roles import Roles
    from foedus.case.shelf import Instrument, Strength
    from foedus.ids import EntryId
    from foedus.record.values import PositionEntry, ProvisionEntry

CORE = ("mutual-defence", "military-aid", "monitoring", "sanctions-snapback")
"""What is added when fewer than `FEW` provisions are mentioned and not refused."""

FEW = 4

_SHARED = ("help", "harm", "cost")  # of what several give together

_NAMED_AS = {"withdrawal": "territorial-terms"}
"""Provisions of the record that are a part of another one in the game."""

_AT_ISSUE = {
    "territory": "territorial-terms",
    "withdrawal": "territorial-terms",
    "sanctions": "sanctions-relief",
    "foreign-troops": "multinational-force",
    "alliance-membership": "nato-membership",
    "neutrality": "neutrality",
    "force-limits": "own-force-cap",
    "disarmament": "own-force-cap",
    "reconstruction": "reconstruction",
    "security-guarantees": "mutual-defence",
}
"""The provision that a position on an issue is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the record says of one instrument; ``reason`` stands in where it says nothing."""

    instrument: Instrument
    mentions: tuple[ProvisionEntry, ...]
    positions: tuple[PositionEntry, ...]
    reason: str

    @property
    def refs(self) -> tuple[str, ...]:
        """The entries it rests on."""
        return (*(entry.id for entry in self.mentions), *(entry.id for entry in self.positions))

    @property
    def said(self) -> str:
        """Why it is in the case, in a sentence."""
        if self.mentions:
            return f"In the record: {'; '.join(map(_mention, self.mentions))}."
        if self.positions:
            words = [f"{p.actor} {p.stance} {p.issue} ({p.id})" for p in self.positions]
            return f"In the record as an issue: {'; '.join(words)}."
        return self.reason


def _mention(entry: ProvisionEntry) -> str:
    by = f" by {entry.by}" if entry.by is not None else ""
    day = f", {entry.date.isoformat()}" if entry.date is not None else ""
    return f"{entry.provision} {entry.status}{by}{day} ({entry.id})"


def find_terms(war: War, roles: Roles) -> tuple[Found, ...]:
    """Return what a deal may be made of, in the order of the library."""
    parties = {roles.challenger, roles.protected, *roles.guarantors}
    found: list[Found] = []
    for name, instrument in instruments().items():
        mentions = [e for e in war.provisions if _NAMED_AS.get(e.provision, e.provision) == name]
        positions = [
            entry
            for entry in war.positions
            if _AT_ISSUE.get(entry.issue) == name and war.side(entry.actor) in parties
        ]
        if name == "sanctions-relief" and not mentions and not positions:
            back = [e for e in war.provisions if e.provision == "sanctions-snapback"]
            mentions = [entry for entry in back if entry.status not in REFUSED]
        found.append(
            Found(
                instrument=instrument,
                mentions=tuple(mentions),
                positions=tuple(positions),
                reason="Not in the record: added to the little it mentions, so that there is a "
                "game to play.",
            )
        )
    return tuple(one for one in found if one.refs or one.instrument.id in _added(found, roles))


def _added(found: list[Found], roles: Roles) -> tuple[str, ...]:
    """Return what is added from the core: all if little is mentioned, else a guarantee if none."""
    live = [one for one in found if any(e.status not in REFUSED for e in one.mentions)]
    if len(live) < FEW:
        return CORE
    return () if any(one.instrument.backs for one in live) or not roles.guarantors else CORE[:1]


def draw_provisions(found: Found, war: War, roles: Roles) -> tuple[Provision, ...]:
    """Return the provisions of one instrument: one, or one for each giver."""
    givers = _givers(found, war, roles)
    refusal = _refusal(found, war, roles)
    if not found.instrument.each:
        return (_provision(found, found.instrument.id, givers, refusal),)
    refusals = {
        war.side(entry.by): entry
        for entry in found.mentions
        if entry.by is not None and entry.status in REFUSED
    }
    names = [g for g in roles.guarantors if g in givers or g in refusals]
    ids = dict(zip(names, slugs(names), strict=True))
    return tuple(
        _provision(
            found,
            f"{found.instrument.id}:{ids[name]}",
            (name,),
            (refusals[name],) if name in refusals else refusal,
        )
        for name in names
    )


def slugs(names: list[str]) -> list[str]:
    """Return short names of one word for ``names``, each another.

    Examples
    --------
    >>> slugs(["United States", "Côte d'Or", "united states"])
    ['united-states', 'côte-d-or', 'united-states-2']
    """
    taken: list[str] = []
    for name in names:
        slug = "-".join(re.findall(r"\w+", name.lower())) or "guarantor"
        same = sum(re.fullmatch(rf"{re.escape(slug)}(-\d+)?", other) is not None for other in taken)
        taken.append(f"{slug}-{same + 1}" if same else slug)
    return taken


def _givers(found: Found, war: War, roles: Roles) -> tuple[str, ...]:
    """Return the guarantors that would give it: those named, or all where no giver is named."""
    live = [entry for entry in found.mentions if entry.status not in REFUSED]
    named = {war.side(entry.by) for entry in live if entry.by is not None}
    refusing = {war.side(e.by) for e in found.mentions if e.by is not None} - named
    anyone = not live or any(entry.by is None for entry in live)
    if anyone or named <= {roles.challenger, roles.protected}:
        return tuple(g for g in roles.guarantors if g in named or g not in refusing)
    return tuple(g for g in roles.guarantors if g in named)


def _refusal(found: Found, war: War, roles: Roles) -> tuple[ProvisionEntry, ...]:
    """Return the entries that take it off the table: a refusal by its givers, and no other word.

    A "no" by a side of the war is that side's red line and takes nothing off the table.
    """
    sides = (roles.challenger, roles.protected)
    refused = [entry for entry in found.mentions if entry.status in REFUSED]
    if len(refused) < len(found.mentions):
        return ()
    return tuple(e for e in refused if e.by is None or war.side(e.by) not in sides)


def _provision(
    found: Found, provision_id: str, givers: tuple[str, ...], refusal: tuple[ProvisionEntry, ...]
) -> Provision:
    instrument = found.instrument
    whose = f" by {givers[0]}" if instrument.each else ""
    levels = tuple(_level(found, strength, givers) for strength in instrument.levels)
    excluded: dict[str, Source] = {}
    if refusal:
        refs: tuple[EntryId, ...] = tuple(entry.id for entry in refusal)
        why = f"The record says so: {'; '.join(map(_mention, refusal))}."
        excluded = {level.name: Source(kind="claim", refs=refs, why=why) for level in levels[1:]}
    return Provision(
        id=provision_id, title=f"{instrument.title}{whose}", levels=levels, excluded=excluded
    )


def _level(found: Found, strength: Strength, givers: tuple[str, ...]) -> Level:
    """Give a level of the library to ``givers``: what they give together is divided among them."""
    effects: dict[str | tuple[str, str], float] = {}
    for name, size in strength.effects.items():
        if name not in GUARANTOR_EFFECTS:
            effects[name] = size
            continue
        for giver in givers:
            effects[name, giver] = size / len(givers) if name in _SHARED else size
    source = Source(
        kind=strength.source.kind,
        refs=(*found.refs, *strength.source.refs),
        why=f"{strength.source.why} {found.said}",
    )
    return Level(name=strength.name, title=strength.title, effects=effects, source=source)
