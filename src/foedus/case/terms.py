"""What a deal may be made of, drawn from a record: provisions with levels from the library.

What the record mentions comes in, by its own name, and what a position is about; where little is
mentioned a small core is added so that there is a game to play. A provision refused by who would
give it stays in the case with its levels excluded, so that nobody wonders where it went; what is
in force already is marked as present, at its least level, as records do not tell levels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from foedus.case.backers import REFUSED
from foedus.case.shelf import instruments
from foedus.case.values import GUARANTOR_EFFECTS, Level, Provision, Source, Tie
from foedus.case.wording import position_in_words, provision_in_short, provision_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.case.fighting import War
    from foedus.case.roles import Roles
    from foedus.case.shelf import Instrument, Strength
    from foedus.ids import EntryId
    from foedus.record.values import PositionEntry, ProvisionEntry

CORE = ("mutual-defence", "military-aid", "monitoring", "sanctions-snapback")
"""What is added when fewer than `FEW` provisions are mentioned and not refused."""

FEW = 4

_LAND = "territorial-terms"  # of which nothing but the line itself is ever in force

_NEUTRAL, _ALLIED = "neutrality", "nato-membership"

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
    "recognition": "recognition",
    "elections": "elections",
    "assets-reparations": "frozen-assets",
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

    def said(self, war: War) -> str:
        """Return why it is in the case, in the words of the record."""
        if self.mentions:
            words = (provision_in_words(entry, war) for entry in self.mentions)
            return f"In the record: {'; '.join(words)}."
        if self.positions:
            words = (position_in_words(entry, war) for entry in self.positions)
            return f"In the record as an issue: {'; '.join(words)}."
        return self.reason

    @property
    def said_in_short(self) -> str:
        """The same without the words."""
        if self.mentions:
            return f"In the record: {'; '.join(map(provision_in_short, self.mentions))}."
        if self.positions:
            words = (f"{p.actor} {p.stance} {p.issue} ({p.id})" for p in self.positions)
            return f"In the record as an issue: {'; '.join(words)}."
        return self.reason


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
    refusal = _refusal(found, war)
    told = {war.side(e.by) for e in found.mentions if e.by is not None and e.status not in REFUSED}
    if not found.instrument.each:
        borne = givers if set(givers) <= told else ()
        return (_provision(found, war, _Whose(found.instrument.id, givers, borne), refusal),)
    refusals = {
        war.side(entry.by): entry
        for entry in found.mentions
        if entry.by is not None and entry.status in REFUSED
    }
    names = [g for g in roles.guarantors if g in givers or g in refusals]
    return tuple(
        _provision(
            found,
            war,
            _Whose(f"{found.instrument.id}:{slug}", (name,), (name,)),
            (refusals[name],) if name in refusals else refusal,
        )
        for name, slug in zip(names, slugs(names), strict=True)
    )


def exclude_each_other(provisions: Sequence[Provision]) -> tuple[Provision, ...]:
    """Return the provisions with a tie: who is neutral is no member of an alliance."""
    allied = next((p for p in provisions if p.id == _ALLIED), None)
    if allied is None:
        return tuple(provisions)
    tie = Tie(
        provision=_ALLIED,
        levels=tuple(level.name for level in allied.levels[1:]),
        source=Source(
            kind="assumption",
            refs=(),
            why="Neutrality and membership of an alliance, or the way to it, exclude each other.",
        ),
    )
    return tuple(
        replace(p, levels=(p.levels[0], *(replace(x, excludes=(tie,)) for x in p.levels[1:])))
        if p.id == _NEUTRAL
        else p
        for p in provisions
    )


def weighed(found: Found, war: War) -> str | None:
    """Return which word on a provision gave way to a later one, or is in dispute; None if none."""
    noes = [no for no in _noes(found, war) if _speaks_for_all(no)]
    yeses = _yeses(found)
    if not noes or not yeses:
        return None
    no = "; ".join(map(provision_in_short, noes))
    yes = "; ".join(map(provision_in_short, yeses))
    if _refusal(found, war):
        return f"{no} is later than {yes}: taken as off the table."
    if all(any(_is_later(a, b) for a in yeses) for b in noes):
        return f"{yes} is later than {no}: taken as available."
    return (
        f"Disputed: {no}, against {yes}; the record does not tell which came last, so it is taken "
        "as available."
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
    live = _yeses(found)
    named = {war.side(entry.by) for entry in live if entry.by is not None}
    refusing = {war.side(e.by) for e in found.mentions if e.by is not None} - named
    anyone = not live or any(entry.by is None for entry in live)
    if anyone or named <= {roles.challenger, roles.protected}:
        return tuple(g for g in roles.guarantors if g in named or g not in refusing)
    return tuple(g for g in roles.guarantors if g in named)


def _refusal(found: Found, war: War) -> tuple[ProvisionEntry, ...]:
    """Return the entries that take it off the table: a refusal by its givers that stands.

    A "no" by a side of the war is that side's red line and takes nothing off the table. A word for
    it stands against a "no" unless a "no" to the thing as a whole is the later one.
    """
    noes, yeses = _noes(found, war), _yeses(found)
    if not yeses:
        return tuple(noes)
    general = [no for no in noes if _speaks_for_all(no)]
    ousted = all(any(_is_later(no, yes) for no in general) for yes in yeses)
    return tuple(general) if ousted else ()


def _yeses(found: Found) -> list[ProvisionEntry]:
    return [entry for entry in found.mentions if entry.status not in REFUSED]


def _noes(found: Found, war: War) -> list[ProvisionEntry]:
    """Return the refusals by those who would give it, or by nobody in particular."""
    own = (entry for entry in found.mentions if entry.provision == found.instrument.id)
    refused = (entry for entry in own if entry.status in REFUSED)
    return [e for e in refused if e.by is None or war.side(e.by) not in war.pair]


def _speaks_for_all(no: ProvisionEntry) -> bool:
    """Whether a refusal is of the thing as a whole: by nobody in particular, or off the table."""
    return no.by is None or no.status == "off-the-table"


def _is_later(one: ProvisionEntry, other: ProvisionEntry) -> bool:
    return one.date is not None and other.date is not None and one.date > other.date


@dataclass(frozen=True, slots=True)
class _Whose:
    """A provision's id, who gives it, and who is told to bear it."""

    id: str
    givers: tuple[str, ...]
    borne_by: tuple[str, ...]


def _provision(
    found: Found, war: War, whose: _Whose, refusal: tuple[ProvisionEntry, ...]
) -> Provision:
    instrument = found.instrument
    by = f" by {whose.givers[0]}" if instrument.each else ""
    levels = tuple(_level(found, strength, whose.givers, war) for strength in instrument.levels)
    excluded: dict[str, Source] = {}
    if refusal:
        said = "; ".join(provision_in_words(entry, war) for entry in refusal)
        refs: tuple[EntryId, ...] = tuple(entry.id for entry in refusal)
        source = Source(kind="claim", refs=refs, why=f"The record says so: {said}.")
        excluded = {level.name: source for level in levels[1:]}
    return Provision(
        id=whose.id,
        title=f"{instrument.title}{by}",
        levels=levels,
        excluded=excluded,
        present={} if refusal else _present(found, war, whose, levels),
        borne_by=whose.borne_by,
    )


def _present(found: Found, war: War, whose: _Whose, levels: tuple[Level, ...]) -> dict[str, Source]:
    """Return the least level with no delay, if the record says that the thing is in force."""
    in_force = [
        entry
        for entry in found.mentions
        if entry.status == "in-force"
        and entry.provision == found.instrument.id != _LAND
        and (not found.instrument.each or entry.by is None or war.side(entry.by) in whose.givers)
    ]
    least = next((level for level in levels[1:] if not level.effects.get("delay")), None)
    if not in_force or least is None:
        return {}
    said = "; ".join(provision_in_words(entry, war) for entry in in_force)
    why = f"In force already: {said}. The record does not tell how much: the least is taken."
    refs = tuple(entry.id for entry in in_force)
    return {least.name: Source(kind="claim", refs=refs, why=why)}


def _level(found: Found, strength: Strength, givers: tuple[str, ...], war: War) -> Level:
    """Give a level of the library to ``givers``: what they give together is divided among them."""
    effects: dict[str | tuple[str, str], float] = {}
    for name, size in strength.effects.items():
        if name not in GUARANTOR_EFFECTS:
            effects[name] = size
            continue
        for giver in givers:
            effects[name, giver] = size / len(givers) if name in _SHARED else size
    first = strength is found.instrument.levels[0]  # its words are told once, at the first level
    source = Source(
        kind=strength.source.kind,
        refs=(*found.refs, *strength.source.refs),
        why=f"{strength.source.why} {found.said(war) if first else found.said_in_short}",
    )
    return Level(name=strength.name, title=strength.title, effects=effects, source=source)
