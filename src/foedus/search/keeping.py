"""Which of the deals solved are kept: those that do best, on one measure or on several in turn.

Deals come in shards, in any order; what is kept depends on none of that, and memory stays flat.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

import numpy as np

from foedus.search.means import crossings
from foedus.search.values import MEASURES_TOLD, Reduction, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from foedus.case.values import Case
    from foedus.search.values import Counts, Floats

    Order = Callable[[Reduction], Floats]

SAME = 9
"""Decimals to which two figures count as different, as in an answer: rounding must not choose."""


def column(reduced: Reduction, name: str) -> Floats:
    """Return the means (D,) of one measure."""
    return reduced.mean[:, MEASURES_TOLD.index(name)]


def robustly(reduced: Reduction) -> Floats:
    """In how many futures every criterion holds."""
    return reduced.robust.astype(float)


def lasting(reduced: Reduction) -> Floats:
    """How likely it is agreed and then holds."""
    return column(reduced, "lasting")


def holding(reduced: Reduction) -> Floats:
    """How likely it holds once agreed, times how often a side would sign."""
    sides = column(reduced, "accept_c") + column(reduced, "accept_p")
    return column(reduced, "survive") * sides


def near(reduced: Reduction) -> Floats:
    """How near the less willing of the two sides is to accepting."""
    return np.minimum(0, np.minimum(column(reduced, "margin_c"), column(reduced, "margin_p")))


def secure(reduced: Reduction) -> Floats:
    """How likely it is agreed, times how secure the protected state then is."""
    return column(reduced, "agree") * column(reduced, "security")


def bargained(reduced: Reduction) -> Floats:
    """How much both sides can expect of it: the Nash product's root, nought where one loses."""
    gains = np.maximum(column(reduced, "gain_c"), 0) * np.maximum(column(reduced, "gain_p"), 0)
    return np.asarray(np.sqrt(gains))


ORDERS: Sequence[Order] = (robustly, lasting, holding, near, secure, bargained)
"""What deals are ranked on when it is chosen which to look at further: all to be high. Some are
products of means, which will do to choose by and are never told."""


def respecting(case: Case) -> Order:
    """Return an order that puts deals that cross no red line first, the more lasting before."""

    def order(reduced: Reduction) -> Floats:
        """Return how lasting it is, -1 for a deal that crosses a red line."""
        return np.where(crossings(case, reduced.deals).any(axis=1), -1.0, lasting(reduced))

    return order


@dataclass(slots=True)
class Keeper:
    """The best ``count`` deals so far on each of ``orders``, and how all that came fared.

    Where two are the same on an order, the more lasting one goes first, then the one that comes
    first in counting.
    """

    count: int
    orders: Sequence[Order]
    tally: Tally = field(default_factory=Tally)
    _best: dict[int, Reduction] = field(default_factory=dict)

    def add(self, reduced: Reduction, futures: int) -> None:
        """Take in more deals, each solved in ``futures``."""
        self.tally = self.tally.plus(reduced, futures)
        for number, order in enumerate(self.orders):
            known = self._best.get(number)
            both = reduced if known is None else joined((known, reduced))
            self._best[number] = taken(both, best_rows(both, order, self.count))

    def kept(self, first: Reduction | None = None) -> Reduction:
        """Return up to ``count`` deals: the best on each order in turn, after ``first``."""
        turns = [deal for rank in zip(*self._deals(), strict=False) for deal in rank]
        ahead = [] if first is None else [tuple(deal) for deal in first.deals.tolist()]
        wanted = list(dict.fromkeys([*ahead, *turns]))[: self.count]
        every = joined([*([] if first is None else [first]), *self._best.values()])
        rows = {tuple(deal): row for row, deal in reversed(list(enumerate(every.deals.tolist())))}
        return taken(every, np.array([rows[deal] for deal in wanted]))

    def _deals(self) -> list[list[tuple[int, ...]]]:
        return [[tuple(deal) for deal in best.deals.tolist()] for best in self._best.values()]


def best_rows(reduced: Reduction, order: Order, count: int) -> Counts:
    """Return the rows of the best ``count`` on ``order``, best first.

    A deal that failed in every future comes last.
    """
    scores = [
        np.where(np.isnan(key), -np.inf, key.round(SAME))
        for key in (order(reduced), lasting(reduced))
    ]
    rows = _worth_sorting(scores, count)
    counting = [reduced.deals[rows, j] for j in range(reduced.deals.shape[1] - 1, -1, -1)]
    return rows[np.lexsort((*counting, -scores[1][rows], -scores[0][rows]))][:count]


def _worth_sorting(scores: Sequence[Floats], count: int) -> Counts:
    """Return the rows that can be among the best ``count``: sorting all of them takes long."""
    rows = np.arange(len(scores[0]))
    tied, room = rows, count
    sure: list[Counts] = []
    for score in scores:
        if len(tied) <= room:
            break
        least = np.partition(score[tied], len(tied) - room)[len(tied) - room]
        sure.append(tied[score[tied] > least])
        room -= len(sure[-1])
        tied = tied[score[tied] == least]
    return np.concatenate([*sure, tied])


def joined(parts: Sequence[Reduction]) -> Reduction:
    """Return the deals of several reductions as one, in their order."""
    if len(parts) == 1:
        return parts[0]
    return Reduction(
        **{
            f.name: np.concatenate([getattr(part, f.name) for part in parts])
            for f in fields(Reduction)
        }
    )


def taken(reduced: Reduction, rows: Counts) -> Reduction:
    """Return only these rows of a reduction, in their order."""
    return Reduction(**{f.name: getattr(reduced, f.name)[rows] for f in fields(Reduction)})
