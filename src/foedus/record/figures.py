"""Sum up what the reports of one event say of its numbers: lowest, best, highest, and disputed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from foedus.record.disputes import go_together
from foedus.record.values import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.reading.values import Item, Quantity, Role
    from foedus.record.tellings import Telling

    _Told = tuple[Telling, str, list[Quantity]]
    """Of a telling: what its source is called, and its numbers of one thing."""


def figures(members: Sequence[Telling], sources: Sequence[str]) -> tuple[Figure, ...]:
    """Return one figure for each thing that is counted, in the order of first telling.

    ``sources`` gives each telling's source its name.
    """
    things: dict[tuple[Item, Role], list[_Told]] = defaultdict(list)
    for member, source in zip(members, sources, strict=True):
        told: dict[tuple[Item, Role], list[Quantity]] = defaultdict(list)
        for quantity in member.event.quantities:
            told[quantity.item, quantity.role].append(quantity)
        for thing, quantities in told.items():
            things[thing].append((member, source, quantities))
    return tuple(_figure(thing, told) for thing, told in things.items())


def _figure(thing: tuple[Item, Role], told: list[_Told]) -> Figure:
    ranges = [_range(quantities) for *_, quantities in told]
    numbers = [
        (member, source, number)
        for (member, source, _), (_, number, _) in zip(told, ranges, strict=True)
    ]
    pairs = combinations([quantities for *_, quantities in told], 2)
    return Figure(
        item=thing[0],
        role=thing[1],
        low=min(low for low, _, _ in ranges),
        best=_best(numbers),
        high=max(high for _, _, high in ranges),
        sources=len({source for _, source, _ in told}),
        disputed=any(not go_together(one, two) for one, two in pairs),
    )


def _range(quantities: Sequence[Quantity]) -> tuple[float, float, float]:
    """Return the lowest, the number, and the highest of what one report says of a thing.

    Its number is the largest, since smaller ones are parts of it. Where it gives an estimate and
    the most that it can be, as datasets do, the estimate is its number, between its own bounds.
    """
    most = [q.value for q in quantities if q.bound == "at-most"]
    estimates = [q.value for q in quantities if q.bound in {"exact", "about"}]
    if not most or not estimates:
        number = max(q.value for q in quantities)
        return number, number, number
    number = max(estimates)
    least = max((q.value for q in quantities if q.bound == "at-least"), default=number)
    return min(least, number), number, max(*most, number)


def _best(largest: list[tuple[Telling, str, float]]) -> float:
    """Return what most independent sources give; then what was told last; then the lowest."""
    sources: dict[float, set[str]] = defaultdict(set)
    last: dict[float, dt.date] = {}
    for member, source, value in largest:
        sources[value].add(source)
        day = member.published or dt.date.min
        last[value] = max(day, last.get(value, day))
    return max(sources, key=lambda v: (len(sources[v]), last[v], -v))
