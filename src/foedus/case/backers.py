"""Who would stand behind a settlement, by what they are said to offer or are asked for.

Who offers, is proposed for or is asked for something that binds it is a guarantor; who only hosts
talks, sends money or has its own troops to take home is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.case.fighting import known_names, named
from foedus.case.shelf import instruments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from foedus.case.fighting import War
    from foedus.ids import ReportId
    from foedus.record.values import EventEntry, ProvisionEntry, Record

REFUSED = ("rejected", "off-the-table")
"""Statuses of a provision that will not come; with any other it may."""

UMBRELLAS = ("security-framework", "deterrence")
"""Guarantees as a whole, with no instrument named."""

_MOST_GUARANTORS = 3

_BINDING = {"help", "harm", "renege"}
"""Effects that make who gives them answer for the settlement; money alone does not."""

_WILLING = ("supports", "accepts", "open-to", "demands")
_ON_GUARANTEES = ("security-guarantees", "foreign-troops")
_ASKS = re.compile(r"\bguarant|\bvouch|\bstand behind", re.IGNORECASE)
_HEARD = ("happened", "claimed", "planned")


@dataclass(slots=True)
class _Offer:
    """What a third party is reported to give, say and attend, as gathered, with its entries."""

    gives: dict[str, str] = field(default_factory=dict)
    binds: set[str] = field(default_factory=set)
    backs: set[str] = field(default_factory=set)
    willing: dict[str, str] = field(default_factory=dict)
    unwilling: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agrees: list[str] = field(default_factory=list)
    meetings: list[str] = field(default_factory=list)
    leaves: list[str] = field(default_factory=list)

    @property
    def is_binding(self) -> bool:
        """Whether it would answer for the settlement with something."""
        takes_part = bool(self.meetings) and bool(self.willing)
        return bool(self.binds or self.asked or self.agrees) or takes_part

    @property
    def weight(self) -> float:
        """How much is said of its part."""
        given = 3 * len(self.backs) + len(set(self.gives) - self.backs)
        given += 2 * bool(self.asked) + 2 * bool(self.agrees)
        stances = len(self.willing) - 2 * len(self.unwilling)
        return given + stances + min(0.5 * len(self.meetings), 2)

    @property
    def reason(self) -> str:
        """Why it is a guarantor, or none, in words."""
        parts = []
        if self.gives:
            listed = ", ".join(f"{name} ({ref})" for name, ref in sorted(self.gives.items()))
            parts.append(f"would give or gives {listed}")
        if self.asked:
            parts.append(f"is asked to guarantee ({', '.join(dict.fromkeys(self.asked))})")
        if self.agrees:
            parts.append(f"agrees on guarantees ({', '.join(dict.fromkeys(self.agrees))})")
        for stances in (self.willing, self.unwilling):
            parts += [f"{stance} ({ref})" for stance, ref in sorted(stances.items())]
        if self.meetings:
            parts.append(f"talks attended: {len(self.meetings)}")
        return "; ".join(parts)


def find_guarantors(
    record: Record, war: War, sides: tuple[str, str], chosen: Sequence[str] | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who would stand behind a settlement, the most involved first, and why."""
    offers = _offers(record, war, sides[1])
    if chosen is not None:
        return tuple(dict.fromkeys(chosen)), tuple(_chosen(record, chosen, offers))
    fight = {name for ends in war.attacks if set(ends) & set(war.pair) for name in ends}
    weights = {
        name: offer.weight
        for name, offer in offers.items()
        if offer.is_binding and not offer.leaves and name not in fight
    }
    ranked = sorted(weights, key=lambda name: (-weights[name], name))
    notes = [_none_or_why(ranked, offers)]
    beside = [
        f"{name} ({offers[name].reason})"
        for name in offers
        if name not in ranked and (offers[name].gives or offers[name].meetings)
    ]
    if beside:
        notes.append(
            "Named, yet no guarantors, as they only talk, pay, fight or take their own troops "
            f"home: {'; '.join(beside)}."
        )
    return tuple(ranked[:_MOST_GUARANTORS]), tuple(notes)


def _chosen(record: Record, chosen: Sequence[str], offers: dict[str, _Offer]) -> Iterator[str]:
    """Say that a person chose the guarantors, and what the record says of each."""
    if not chosen:
        yield "No guarantor because whoever drew the case said so."
        return
    reasons = [
        f"{name} ({offers[name].reason if name in offers else 'of which the record says nothing'})"
        for name in dict.fromkeys(chosen)
    ]
    yield f"Guarantors because whoever drew the case said so: {'; '.join(reasons)}."
    unknown = [name for name in chosen if name not in known_names(record)]
    if unknown:
        yield f"Not named in the record at all: {', '.join(unknown)}. Is it a slip?"


def _none_or_why(ranked: Sequence[str], offers: dict[str, _Offer]) -> str:
    if not ranked:
        return (
            "No guarantor: the record names nobody but the two sides who offers a guarantee, is "
            "proposed for one or asked for it. Name one to see what it would change: --guarantor "
            "NAME."
        )
    chosen, rest = ranked[:_MOST_GUARANTORS], ranked[_MOST_GUARANTORS:]
    reasons = [f"{name} ({offers[name].reason})" for name in chosen]
    note = f"Guarantors, by what the record says they offer and attend: {'; '.join(reasons)}."
    if rest:
        note += f" Left out, as less is said of them: {', '.join(rest)} (--guarantor NAME)."
    return note


def _offers(record: Record, war: War, protected: str) -> dict[str, _Offer]:
    """Gather what every third party is said to do about this war, in the order of names."""
    offers: dict[str, _Offer] = defaultdict(_Offer)
    mutual = _mutual(war)
    for entry in war.provisions:
        if entry.by is not None and entry.status not in REFUSED and entry.id not in mutual:
            _gather(offers[war.side(entry.by)], entry)
    for position in war.positions:
        offer = offers[war.side(position.actor)]
        if position.issue in _ON_GUARANTEES:
            told = offer.willing if position.stance in _WILLING else offer.unwilling
            told[f"{position.stance} {position.issue}"] = position.id
    for event in record.events:
        if event.type == "CONSULT" and event.status in _HEARD and war.told_by(event.evidence):
            for name in named(event.actors, war.sides):
                offers[name].meetings.append(event.id)
    for name, ref in _agreed_with(record, war, protected):
        offers[name].agrees.append(ref)
    for name, ref in _asked(record, war):
        offers[name].asked.append(ref)
    return {name: offers[name] for name in sorted(offers) if name not in war.pair}


def _agreed_with(record: Record, war: War, protected: str) -> Iterator[tuple[str, str]]:
    """Yield who agrees with the protected state on guarantees as a whole."""
    umbrellas = _umbrella_words(war)
    for event in record.events:
        if event.type == "AGREE" and event.status in _HEARD and _touches(event, umbrellas):
            names = named(event.actors, war.sides)
            if protected in names:
                yield from ((name, event.id) for name in names)


def _mutual(war: War) -> set[str]:
    """Return what a side of the war and a third party promise in the same words.

    What each promises the other, such as to verify each step, makes nobody a guarantor; a pact of
    defence does.
    """
    words = {
        (entry.provision, evidence.report, evidence.start)
        for entry in war.provisions
        if entry.by is not None and war.side(entry.by) in war.pair
        for _, _, evidence in entry.history
    }
    return {
        entry.id
        for entry in war.provisions
        if entry.provision in instruments() and not instruments()[entry.provision].backs
        for _, _, evidence in entry.history
        if (entry.provision, evidence.report, evidence.start) in words
    }


def _gather(offer: _Offer, entry: ProvisionEntry) -> None:
    """Note one thing that a third party would give."""
    if entry.provision == "withdrawal":
        offer.leaves.append(entry.id)
    if entry.provision in UMBRELLAS:
        offer.gives[entry.provision] = entry.id
        offer.binds.add(entry.provision)
    instrument = instruments().get(entry.provision)
    if instrument is None:  # a part of a deal that the game does not have
        return
    offer.gives[entry.provision] = entry.id
    if any(_BINDING & set(level.effects) for level in instrument.levels):
        offer.binds.add(entry.provision)
    if instrument.backs:
        offer.backs.add(entry.provision)


def _umbrella_words(war: War) -> dict[ReportId, list[tuple[int, int]]]:
    """Return where reports speak of guarantees as a whole, with nobody named who gives them."""
    spans: dict[ReportId, list[tuple[int, int]]] = defaultdict(list)
    for entry in war.provisions:
        if entry.provision in UMBRELLAS and entry.by is None:
            for _, _, words in entry.history:
                spans[words.report].append((words.start, words.end))
    return spans


def _touches(event: EventEntry, spans: dict[ReportId, list[tuple[int, int]]]) -> bool:
    return any(
        words.start < end and start < words.end
        for words in event.evidence
        for start, end in spans.get(words.report, ())
    )


def _asked(record: Record, war: War) -> Iterator[tuple[str, str]]:
    """Yield who is named where a side asks for a guarantee: "asked Sundria to guarantee it"."""
    names = {war.side(name) for name in known_names(record)} - set(war.pair)
    words = {name: re.compile(rf"\b{re.escape(name)}\b") for name in sorted(names)}
    asking = [
        (position.id, evidence.quote)
        for position in war.positions
        if war.side(position.actor) in war.pair and position.stance in ("demands", "supports")
        for evidence in position.evidence
    ]
    asking += [
        (event.id, evidence.quote)
        for event in record.events
        if event.type == "REQUEST" and set(named(event.actors, war.sides)) & set(war.pair)
        for evidence in event.evidence
        if evidence.report in war.reports
    ]
    for ref, quote in asking:
        if _ASKS.search(quote):
            yield from ((name, ref) for name, pattern in words.items() if pattern.search(quote))
