"""Why reports were taken to tell one event: each comparison with the weight that it gave."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from foedus.record.likeness import THRESHOLD, Comparison, comparisons

if TYPE_CHECKING:
    from foedus.ids import EntryId
    from foedus.record.snapshot import Drawn
    from foedus.record.values import Correction, Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Two tellings of one event, and what speaks for and against their being one.

    Parameters
    ----------
    one, two
        The words that tell it.
    comparisons
        What each comparison adds, in the order of `foedus.record.likeness`; empty where the two
        exclude each other and only a person has joined them.
    total, threshold
        Their sum, and what it is held against. A pair below it is joined by way of a third: the
        mean over all pairs of both groups reached the threshold.
    by_hand
        The changes by people that are about both.
    """

    one: Evidence
    two: Evidence
    comparisons: tuple[Comparison, ...]
    total: int
    threshold: int
    by_hand: tuple[Correction, ...]


def joins(drawn: Drawn, event: EntryId) -> tuple[Join, ...]:
    """Return every pair of tellings of an event; none when one report alone tells it."""
    entry = next(e for e in drawn.record.events if e.id == event)
    mentions = [e.mention for e in entry.evidence]
    members = [t for t in drawn.tellings if t.evidence.mention in mentions]
    found = []
    for one, two in combinations(members, 2):
        compared = comparisons(one, two)
        pair = {one.evidence.mention, two.evidence.mention}
        found.append(
            Join(
                one=one.evidence,
                two=two.evidence,
                comparisons=compared,
                total=sum(c.weight for c in compared),
                threshold=THRESHOLD,
                by_hand=tuple(
                    link.correction
                    for link in drawn.knowledge.links
                    if pair <= {*link.ones, *link.others}
                ),
            )
        )
    return tuple(found)
