"""Who would be protected from whom: the parts of the two sides that fight.

A record says who struck and who holds whose land, who asks for guarantees and who would give what;
it does not say who plays which part in the game. The parts are weighed here from what is reported,
acts first, and every reason is handed on with its entries, so that a person can see it and decide
otherwise. A part in the game is no verdict. `foedus.case.backers` finds who would guarantee.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.case.backers import find_guarantors
from foedus.case.fighting import named
from foedus.case.measures import find_holdings
from foedus.errors import CaseError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.case.fighting import Choice, War
    from foedus.record.values import Record

_AGAINST = ("opposes", "rejects", "red-line")

_HOLDS = 3.0
"""What it tells that a side is said to hold the other's land: as much as all attacks being its."""

_ATTACKS = 3.0

_LEAVES = 1.5
"""What it tells that a side would withdraw, or did: it stood on the other's land."""

_SPEAKS_FOR = {
    ("security-guarantees", "demands"): 2.0,
    ("security-guarantees", "supports"): 2.0,
    ("security-guarantees", "red-line"): 2.0,
    ("security-guarantees", "rejects"): -1.0,
    ("security-guarantees", "opposes"): -1.0,
    ("withdrawal", "demands"): 1.0,
    ("withdrawal", "open-to"): -0.5,
    ("withdrawal", "accepts"): -0.5,
    ("recognition", "demands"): -1.0,
    ("sovereignty", "demands"): 1.0,
    ("sovereignty", "red-line"): 1.0,
}
"""How much a stance speaks for its holder being the protected state; below 0: the challenger."""

_WANTED_BY_PROTECTED = {
    "foreign-troops": 1.5,
    "alliance-membership": 1.5,
    "neutrality": -1.5,
    "force-limits": -1.5,
    "disarmament": -1.0,
    "ceasefire": 0.5,
}
"""The same for issues on which one side wants what the other opposes: its points for wanting it."""

_GIVEN_BY_PROTECTED = {"territorial-terms": 1.5, "own-force-cap": 1.5, "neutrality": 1.5}
"""The same for what a party would have to give."""

_DONE_TO = {"AID": ("is given aid", 0.5), "SANCTION": ("is under sanctions", -0.5)}
"""The same for what others do to it."""

_SURE = 1.0  # points apart below which the note asks to have a look

_ENTRIES_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The parts, and the sentences that say why."""

    challenger: str
    protected: str
    guarantors: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """All of them, in the order of a case."""
        return (self.challenger, self.protected, *self.guarantors)


@dataclass(frozen=True, slots=True)
class _Hint:
    """One reason for ``party`` to be the protected state; below 0: the challenger."""

    party: str
    points: float
    why: str
    is_blows: bool = False


def find_roles(record: Record, war: War, choice: Choice) -> Roles:
    """Weigh who is who in ``war``; what a person chose is so.

    Raises
    ------
    CaseError
        If the record tells nothing that parts the two sides.
    """
    challenger, protected, why = _fighters(record, war, choice)
    guarantors, whose = find_guarantors(record, war, (challenger, protected), choice.guarantors)
    notes = [why, *whose]
    if war.others():
        others = ", ".join(war.others())
        notes.append(
            f"The record also tells of fighting by {others}: not in this case, as the game has one "
            "challenger and one protected state."
        )
    return Roles(
        challenger=challenger, protected=protected, guarantors=guarantors, notes=tuple(notes)
    )


def _fighters(record: Record, war: War, choice: Choice) -> tuple[str, str, str]:
    """Return challenger, protected state, and why."""
    first, second = war.pair
    if choice.sides:
        swapped = choice.challenger == second or choice.protected == first
        challenger, protected = (second, first) if swapped else (first, second)
        return challenger, protected, _chosen(challenger, protected)
    hints = [hint for hint in _hints(record, war) if hint.party in war.pair]
    points = {name: sum(h.points for h in hints if h.party == name) for name in war.pair}
    apart = abs(points[first] - points[second])
    if apart < 1e-9:
        raise CaseError("record", (_alike(war, hints),))
    challenger, protected = (second, first) if points[first] > points[second] else (first, second)
    reasons = [
        f"{hint.party} {hint.why}"
        for hint in hints
        if (hint.points > 0) == (hint.party == protected)
    ]
    against = [
        f"{hint.party} {hint.why}"
        for hint in hints
        if (hint.points > 0) != (hint.party == protected)
    ]
    told = any(not hint.is_blows for hint in hints) and apart >= _SURE
    unsure = (
        ""
        if told
        else " The record hardly tells the two apart: see whether to swap them (--challenger NAME)."
    )
    but = f" Against it: {'; '.join(against)}." if against else ""
    note = (
        f"{challenger} is taken as the challenger and {protected} as the protected state: "
        f"{'; '.join(reasons)}.{but}{unsure} These are parts in the game, not a judgement of who "
        "is right."
    )
    return challenger, protected, note


def _chosen(challenger: str, protected: str) -> str:
    return (
        f"{challenger} is the challenger and {protected} the protected state because whoever "
        "drew the case said so. These are parts in the game, not a judgement of who is right."
    )


def _alike(war: War, hints: list[_Hint]) -> Fault:
    first, second = war.pair
    said = "; ".join(f"{hint.party} {hint.why}" for hint in hints)
    return Fault(
        at="",
        found=f"nothing that parts {first} from {second}{f' ({said})' if said else ''}",
        must="tell who attacks whom more, who holds whose land, or who asks for guarantees",
        do=f'Say it: foedus case draft --challenger "{first}" or --challenger "{second}".',
    )


def _hints(record: Record, war: War) -> Iterator[_Hint]:
    """Yield every reason, acts before words."""
    yield from _blows(war)
    for holding in find_holdings(record, war):
        if holding.owner != holding.holder:
            why = f"is said to hold land of {holding.owner} ({holding.telling.ref})"
            yield _Hint(holding.holder, -_HOLDS, why)
            break
    yield from _sayings(war)
    for event in record.events:
        verb, points = _DONE_TO.get(event.type, ("", 0.0))
        if points and war.told_by(event.evidence):
            for name in named(event.recipients, war.sides):
                yield _Hint(name, points, f"{verb} ({event.id})")


def _sayings(war: War) -> Iterator[_Hint]:
    """Yield what the sides want, refuse and would give."""
    for position in war.positions:
        points = _SPEAKS_FOR.get((position.issue, position.stance))
        if points is None:
            wanted = position.stance in ("demands", "supports")
            want = -1 if position.stance in _AGAINST else int(wanted)
            points = _WANTED_BY_PROTECTED.get(position.issue, 0) * want
        if points:
            why = f"{position.stance} {position.issue} ({position.id})"
            yield _Hint(war.side(position.actor), points, why)
    for provision in war.provisions:
        points = _GIVEN_BY_PROTECTED.get(provision.provision, 0)
        why = f"would give {provision.provision} ({provision.id})"
        # what is only proposed for a side to give up is often the other's proposal
        if provision.provision == "withdrawal" and provision.status in ("agreed", "in-force"):
            points, why = -_LEAVES, f"would withdraw, or did ({provision.id})"
        if points and provision.by is not None:
            yield _Hint(war.side(provision.by), points, why)


def _blows(war: War) -> Iterator[_Hint]:
    """Yield who is struck more, and by what share of all that is told."""
    first, second = war.pair
    struck = {first: war.attacks.get((second, first), 0.0)}
    struck[second] = war.attacks.get((first, second), 0.0)
    for name, other in ((first, second), (second, first)):
        if struck[name] > struck[other]:
            share = struck[name] / (struck[first] + struck[second])
            ids = war.told[other, name]
            more = f" and {len(ids) - _ENTRIES_SHOWN} more" if len(ids) > _ENTRIES_SHOWN else ""
            why = (
                f"is attacked by {other} more than it attacks ({', '.join(ids[:_ENTRIES_SHOWN])}"
                f"{more})"
            )
            yield _Hint(name, _ATTACKS * (2 * share - 1), why, is_blows=True)
