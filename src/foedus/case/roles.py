"""Who would be protected from whom, and who would stand behind a settlement.

A record says who struck whom, who asks for guarantees and who offers something; it does not say who
plays which part in the game. The parts are weighed here from what is reported, and every reason is
handed on, so that a person can see it and decide otherwise. A part in the game is no verdict.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.case.fighting import named
from foedus.case.shelf import instruments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.case.fighting import War
    from foedus.record.values import Record

REFUSED = ("rejected", "off-the-table")
"""Statuses of a provision that will not come; with any other it may."""

AGAINST = ("opposes", "rejects", "red-line")

_MOST_GUARANTORS = 3

_SPEAKS_FOR = {
    ("security-guarantees", "demands"): 3.0,
    ("security-guarantees", "supports"): 3.0,
    ("security-guarantees", "red-line"): 3.0,
    ("security-guarantees", "rejects"): -1.0,
    ("security-guarantees", "opposes"): -1.0,
    ("withdrawal", "demands"): 1.0,
    ("territory", "rejects"): 1.0,
    ("recognition", "demands"): -1.0,
    ("sovereignty", "demands"): 1.0,
    ("sovereignty", "red-line"): 1.0,
}
"""How much a stance speaks for its holder being the protected state; below 0: the challenger."""

_WANTED_BY_PROTECTED = {
    "foreign-troops": 2.0,
    "alliance-membership": 2.0,
    "neutrality": -2.0,
    "force-limits": -2.0,
    "disarmament": -1.0,
    "withdrawal": 1.0,
    "ceasefire": 0.5,
}
"""The same for issues on which one side wants what the other opposes: its points for wanting it."""

_GIVEN_BY_PROTECTED = {"territorial-terms": 2.0, "own-force-cap": 2.0, "neutrality": 2.0}
"""The same for what a party would have to give."""

_STRUCK = "is attacked more than it attacks"

_BINDING = {"help", "harm", "renege"}
"""Effects that make who gives them answer for the settlement; money alone does not."""

_ON_GUARANTEES = ("security-guarantees", "foreign-troops")


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The parts, and the sentences that say why."""

    challenger: str
    protected: str
    guarantors: tuple[str, ...]
    notes: tuple[str, ...]


def find_roles(record: Record, war: War) -> Roles:
    """Weigh who is who in ``war``."""
    challenger, protected, why = _fighters(record, war)
    guarantors, whose = _guarantors(record, war, protected)
    notes = [why, whose]
    if war.others():
        others = ", ".join(war.others())
        notes.append(f"The record also tells of fighting by {others}: not in this case.")
    return Roles(
        challenger=challenger, protected=protected, guarantors=guarantors, notes=tuple(notes)
    )


@dataclass(frozen=True, slots=True)
class _Hint:
    """One reason for ``party`` to be the protected state; below 0: the challenger."""

    party: str
    points: float
    why: str


def _fighters(record: Record, war: War) -> tuple[str, str, str]:
    """Return challenger, protected state, and why."""
    first, second = war.pair
    hints = [hint for hint in _hints(record, war) if hint.party in war.pair]
    points = {name: sum(h.points for h in hints if h.party == name) for name in war.pair}
    challenger, protected = (second, first) if points[first] > points[second] else (first, second)
    reasons = [
        f"{hint.party} {hint.why}"
        for hint in hints
        if (hint.points > 0) == (hint.party == protected)
    ]
    apart = points[protected] - points[challenger]
    told = any(hint.why != _STRUCK for hint in hints) and apart >= 1
    unsure = "" if told else " The record hardly tells the two apart: see whether to swap them."
    note = (
        f"{challenger} is taken as the challenger and {protected} as the protected state: "
        f"{'; '.join(reasons) or 'the record gives no reason either way'}.{unsure} These are parts "
        "in the game, not a judgement of who is right."
    )
    return challenger, protected, note


def _hints(record: Record, war: War) -> Iterator[_Hint]:
    first, second = war.pair
    struck = {first: war.attacks.get((second, first), 0.0)}
    struck[second] = war.attacks.get((first, second), 0.0)
    for name, weight in struck.items():
        share = weight / sum(struck.values())
        if share > 0.5:
            yield _Hint(name, 4 * share - 2, _STRUCK)
    for position in war.positions:
        want = -1 if position.stance in AGAINST else int(position.stance in ("demands", "supports"))
        points = _SPEAKS_FOR.get((position.issue, position.stance))
        points = _WANTED_BY_PROTECTED.get(position.issue, 0) * want if points is None else points
        if points:
            why = f"{position.stance} {position.issue} ({position.id})"
            yield _Hint(war.side(position.actor), points, why)
    for provision in war.provisions:
        points = _GIVEN_BY_PROTECTED.get(provision.provision, 0)
        if points and provision.by is not None:
            why = f"would give {provision.provision} ({provision.id})"
            yield _Hint(war.side(provision.by), points, why)
    for event in record.events:
        points = {"AID": 0.5, "SANCTION": -0.5}.get(event.type, 0)
        if points and war.told_by(event.evidence):
            verb = "is given aid" if points > 0 else "is under sanctions"
            for name in named(event.recipients, war.sides):
                yield _Hint(name, points, f"{verb} ({event.id})")


@dataclass(slots=True)
class _Offer:
    """What a third party is reported to give, say and attend, as gathered."""

    gives: set[str] = field(default_factory=set)
    binds: set[str] = field(default_factory=set)
    backs: set[str] = field(default_factory=set)
    stances: list[str] = field(default_factory=list)
    meetings: int = 0


def _guarantors(record: Record, war: War, protected: str) -> tuple[tuple[str, ...], str]:
    """Return who would stand behind a settlement, most involved first, and why."""
    offers = _offers(record, war)
    foes = {attacker for attacker, attacked in war.attacks if attacked == protected}
    weights = {}
    for name, offer in offers.items():
        willing = sum(stance not in AGAINST for stance in offer.stances)
        takes_part = offer.meetings > 0 and (offer.gives or willing)
        if name not in foes and (offer.binds or takes_part):
            unwilling = len(offer.stances) - willing
            points = 3 * len(offer.backs) + len(offer.gives - offer.backs)
            weights[name] = points + willing - 2 * unwilling + min(0.5 * offer.meetings, 2)
    ranked = sorted(weights, key=lambda name: (-weights[name], name))
    if not ranked:
        return (), (
            "No guarantor: the record names nobody but the two sides who would give a guarantee, "
            "or who meets them and offers something. Add one by hand to see what it would change."
        )
    chosen, rest = ranked[:_MOST_GUARANTORS], ranked[_MOST_GUARANTORS:]
    reasons = [f"{name} ({_reason(offers[name])})" for name in chosen]
    note = f"Guarantors, by what the record says they give and attend: {'; '.join(reasons)}."
    if rest:
        note += f" Left out, as less is said of them: {', '.join(rest)}."
    return tuple(chosen), note


def _reason(offer: _Offer) -> str:
    parts = [f"gives {', '.join(sorted(offer.gives))}"] if offer.gives else []
    if offer.stances:
        parts.append(f"{', '.join(sorted(set(offer.stances)))} on guarantees or troops")
    if offer.meetings:
        parts.append(f"talks attended: {offer.meetings}")
    return "; ".join(parts)


def _offers(record: Record, war: War) -> dict[str, _Offer]:
    """Gather what every third party is said to do about this war, in the order of names."""
    offers: dict[str, _Offer] = defaultdict(_Offer)
    for entry in war.provisions:
        if entry.by is not None and entry.status not in REFUSED:
            _gather(offers[war.side(entry.by)], entry.provision)
    for position in war.positions:
        if position.issue in _ON_GUARANTEES:
            offers[war.side(position.actor)].stances.append(position.stance)
    for event in record.events:
        attends = event.type == "CONSULT" and event.status in ("happened", "claimed", "planned")
        if attends and war.told_by(event.evidence):
            for name in named(event.actors, war.sides):
                offers[name].meetings += 1
    return {name: offers[name] for name in sorted(offers) if name not in war.pair}


def _gather(offer: _Offer, provision: str) -> None:
    instrument = instruments().get(provision)
    if instrument is None:  # a part of a deal that the game does not have
        return
    offer.gives.add(provision)
    if any(_BINDING & set(level.effects) for level in instrument.levels):
        offer.binds.add(provision)
    if instrument.backs:
        offer.backs.add(provision)
