"""A logistic draw cut into cells: few draws that stand for all, some exactly at a cut-off."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from foedus.game.logistic import mass, sigmoid, surplus

if TYPE_CHECKING:
    from collections.abc import Iterable

EDGE = 0.01
"""The part of a cell's mass that the draw at a cut-off end of it takes."""

NEGLIGIBLE = 1e-25
"""A cell with less mass than this is left out."""

Edge = Literal["", "below", "above"]
"""Whether a draw is at a cut-off, and on which side of it its cell lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A draw that stands for others: where it is, its chance, and a point inside of its cell."""

    at: float
    chance: float
    edge: Edge
    inside: float


def cells(mean: float, scale: float, cuts: Iterable[float], count: int) -> tuple[Cell, ...]:
    """Return a logistic draw cut into cells at its quantiles and at ``cuts``.

    A cell stands for all draws in it and has their mean. At each cut there are two draws besides,
    that take `EDGE` of the cells below and above it without moving their means: whoever follows a
    cut-off is indifferent there, and either has to do as its cell does.

    Examples
    --------
    >>> for c in cells(0.0, 1.0, [0.0], 1):
    ...     print(round(c.at, 3), c.chance, c.edge, round(c.inside, 3))
    -1.4 0.495  -1.386
    0.0 0.005 below -1.386
    0.0 0.005 above 1.386
    1.4 0.495  1.386
    """
    at = {(cut - mean) / scale: cut for cut in cuts}
    at = {z: cut for z, cut in at.items() if math.isfinite(z)}
    ends = {math.log(j / (count - j)) for j in range(1, count)} | set(at)
    found: list[Cell] = []
    for low, high in pairwise([-math.inf, *sorted(ends), math.inf]):
        chance = mass(low, high)
        if chance < NEGLIGIBLE:
            continue
        inside = mean + scale * _mean(low, high)
        sides: tuple[tuple[float, Edge], ...] = ((low, "above"), (high, "below"))
        edges = [(at[z], edge) for z, edge in sides if z in at]
        share = EDGE * len(edges)
        kept = (inside - EDGE * sum(cut for cut, _ in edges)) / (1 - share)
        found.append(Cell(at=kept, chance=chance * (1 - share), edge="", inside=inside))
        found += [
            Cell(at=cut, chance=chance * EDGE, edge=edge, inside=inside) for cut, edge in edges
        ]
    return tuple(sorted(found, key=lambda cell: (cell.at, cell.inside)))


def _mean(low: float, high: float) -> float:
    """Return the mean of a standard logistic draw between ``low`` and ``high``.

    Examples
    --------
    >>> round(_mean(0.0, math.inf), 6)  # 2 log 2
    1.386294
    """
    if low + high > 0:
        return -_mean(-high, -low)  # in the tail where small numbers keep their digits

    def below(z: float) -> float:
        """Return the integral of the draws below ``z``."""
        return z * sigmoid(z) - surplus(z, 1.0) if math.isfinite(z) else 0.0

    return min(high, max(low, (below(high) - below(low)) / mass(low, high)))
