"""A sweep cut into shards: stretches of deals that are solved, stored and sent as a whole.

Where the cuts are depends on the deals and futures alone, never on how many threads or machines
there are or on where a sweep was broken off, so that a shard is the same to the last bit wherever
and whenever it is solved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.search.solving import first, reduce

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from foedus.case.values import Case
    from foedus.search.values import Counts, Futures, Reduction

    Solve = Callable[[Iterable["Shard"]], Iterator[tuple[int, Reduction]]]
    """Solves shards as they are asked for; yields each one's index and what came, in any order."""

PAIRS = 1 << 21
"""Pairs of a deal and a future in a shard, about: three seconds of work for one processor."""

MOST_PAIRS = 6 * PAIRS
"""Pairs in a shard of a very wide sweep, about, so that there are not too many of them: what is
lost when a sweep is broken off must stay under half a minute of work."""

SHARDS = 1 << 12
"""Shards from which on they grow rather than become more."""

ROWS = 1 << 16
"""Deals in a shard at most, whatever the futures: they are held in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Some deals (D, J) to be solved in the first ``futures``; ``index`` is its place among all."""

    index: int
    deals: Counts
    futures: int


def shard_size(count: int, futures: int) -> int:
    """Return how many of ``count`` deals, each solved in so many futures, are in a shard."""
    pairs = min(max(PAIRS, count * futures // SHARDS), MOST_PAIRS)
    return min(max(1, pairs // futures), ROWS)


def shards(
    deals: Callable[[int, int], Counts], count: int, futures: int, *, start: int = 0
) -> Iterator[Shard]:
    """Yield ``count`` deals in shards; ``deals`` gives those of a stretch, from where to where."""
    size = shard_size(count, futures)
    for index, low in enumerate(range(0, count, size), start):
        yield Shard(index=index, deals=deals(low, min(low + size, count)), futures=futures)


def shard_count(count: int, futures: int) -> int:
    """Return how many shards `shards` yields."""
    return -(-count // shard_size(count, futures))


def here(case: Case, futures: Futures, threads: int) -> Solve:
    """Return what solves shards in this process."""

    def solve(some: Iterable[Shard]) -> Iterator[tuple[int, Reduction]]:
        for shard in some:
            drawn = first(futures, shard.futures)
            yield shard.index, reduce(case, shard.deals, drawn, threads=threads)

    return solve
