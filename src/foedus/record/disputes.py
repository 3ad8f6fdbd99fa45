"""Say in plain words what the reports of one event disagree on, and which report says what."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from foedus.reading.values import Bound, Days, Item, Quantity
    from foedus.record.tellings import Telling

_ABOUT = 0.1
"""How far off a round number may be, as a share of it: "nearly 400" can be 390."""

_MANY: dict[Item, str] = {
    "aircraft": "aircraft",
    "person": "people",
    "child": "children",
    "money-usd": "US dollars",
    "money-eur": "euros",
    "area-km2": "square kilometres",
    "other": "other things",
}
"""Items whose plural is not the word with an s."""

_ONE: dict[Item, str] = {
    "money-usd": "US dollar",
    "money-eur": "euro",
    "area-km2": "square kilometre",
    "other": "other thing",
}
"""Items of which one is not called by the word itself."""

_BOUNDS = {"exact": "", "about": "about ", "at-least": "at least ", "at-most": "at most "}


def disputes(members: Sequence[Telling]) -> tuple[str, ...]:
    """Return one sentence for each thing on which two reports cannot both be right.

    A report may give several numbers for one thing (a total, and a part of it). Two reports
    disagree when no number of the one goes with any number of the other; a toll of "at least 30"
    goes with one of 45. Plans that came true, and parties or places that only one report names, are
    no disagreement.
    """
    found = [*_status(members), *_days(members)]
    things: dict[tuple[Item, str], dict[int, list[Quantity]]] = defaultdict(dict)
    for n, member in enumerate(members):
        for quantity in member.event.quantities:
            things[quantity.item, quantity.role].setdefault(n, []).append(quantity)
    for (item, role), by_member in things.items():
        pairs = combinations(by_member.values(), 2)
        if any(not go_together(one, two) for one, two in pairs):
            said = [
                (_number(quantity), members[n].source)
                for n, quantities in by_member.items()
                for quantity in quantities
            ]
            found.append(_sentence(thing(item, role), said))
    return tuple(found)


def _status(members: Sequence[Telling]) -> list[str]:
    statuses = {m.event.status for m in members}
    if "denied" in statuses and len(statuses) > 1:
        return [_sentence("status", [(m.event.status, m.source) for m in members])]
    return []


def _days(members: Sequence[Telling]) -> list[str]:
    dated = [(m.event.date, m.source) for m in members if m.event.date is not None]
    if all(one[0] <= two[1] and two[0] <= one[1] for (one, _), (two, _) in combinations(dated, 2)):
        return []
    return [_sentence("day", [(_day(days), source) for days, source in dated])]


def _day(days: Days) -> str:
    return str(days[0]) if days[0] == days[1] else f"{days[0]} to {days[1]}"


def _sentence(thing: str, said: Iterable[tuple[str, str]]) -> str:
    """Return "thing: this (a.html, c.html) or that (b.txt)"."""
    sources: dict[str, dict[str, None]] = defaultdict(dict)
    for what, source in said:
        sources[what][source] = None
    return f"{thing}: " + " or ".join(f"{w} ({', '.join(names)})" for w, names in sources.items())


def go_together(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Say whether some number of one report can be right together with one of another."""
    return any(_meet(one, two) for one in _ranges(ours) for two in _ranges(theirs))


def _ranges(quantities: Sequence[Quantity]) -> list[tuple[float, float]]:
    """Return where the numbers of one report can lie; an estimate, between its own bounds."""
    most = [q.value for q in quantities if q.bound == "at-most"]
    rest = [_range(q) for q in quantities if q.bound != "at-most"]
    if not most or not rest:
        return [_range(q) for q in quantities]
    return [(min(low for low, _ in rest), max(most))]


def _meet(one: tuple[float, float], two: tuple[float, float]) -> bool:
    return one[0] <= two[1] and two[0] <= one[1]


def _range(quantity: Quantity) -> tuple[float, float]:
    value = quantity.value
    if quantity.bound == "at-least":
        return value, math.inf
    if quantity.bound == "at-most":
        return 0, value
    if quantity.bound == "about":
        return value * (1 - _ABOUT), value * (1 + _ABOUT)
    return value, value


def thing(item: Item, role: str, value: float = 2) -> str:
    """Return what is counted, in words: drones launched, people killed; one drone is no drones."""
    name = _ONE.get(item, item) if value == 1 else _MANY.get(item, f"{item}s")
    words = name.replace("-", " ")
    return words if role == "other" else f"{words} {role}"


def number_told(value: float, bound: Bound) -> str:
    """Return a number with its bound: at least 1,200."""
    plain = f"{value:,.0f}" if value == int(value) else f"{value:,}"
    return f"{_BOUNDS[bound]}{plain}"


def _number(quantity: Quantity) -> str:
    return number_told(quantity.value, quantity.bound)
