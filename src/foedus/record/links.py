"""What people have said to be one and what to be apart, made consistent: the latest word counts."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T", bound=str)

Pair = tuple[str, str]


def settled(
    said: Iterable[tuple[bool, Sequence[T], Sequence[T]]],
) -> tuple[list[list[T]], set[Pair]]:
    """Return what belongs together, in lots, and the pairs that must not meet.

    Parameters
    ----------
    said
        Oldest first: whether it parts; the ones; and, where it parts, what they are parted from.

    Returns
    -------
    tuple
        Lots of things that are one, each with the first named first; pairs to keep apart, both
        ways round. A join that would bring two together that were parted later does not hold for
        those two, and the other way round.
    """
    lot_of: dict[T, list[T]] = {}
    apart: set[Pair] = set()
    for parts, ones, others in reversed(list(said)):
        if parts:
            for one, two in product(ones, others):
                if lot_of.get(one, [one]) is not lot_of.get(two, [two]):
                    apart |= {(one, two), (two, one)}
        else:
            for two in ones[1:]:
                _join(lot_of, ones[0], two, apart)
    distinct = {id(lot): lot for lot in lot_of.values() if len(lot) > 1}
    return list(distinct.values()), apart


def _join(lot_of: dict[T, list[T]], one: T, two: T, apart: set[Pair]) -> None:
    ours = lot_of.setdefault(one, [one])
    theirs = lot_of.setdefault(two, [two])
    if ours is theirs or any(pair in apart for pair in product(ours, theirs)):
        return
    ours.extend(theirs)
    for thing in theirs:
        lot_of[thing] = ours
