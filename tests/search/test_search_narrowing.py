"""Narrowing finds what enumeration finds, for a small part of the work.

The landscape here is made up: how well a deal does in a future is a sum of what each level is worth
and of what pairs of levels add, both drawn by chance, against a hurdle of that future. It can be
worked out for every deal at once, so the best is known. As in the game, a deal that misses the
hurdle shows by how much, as a chance.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from foedus.search import SweepSettings
from foedus.search.choosing import choose, solved
from foedus.search.dealing import Space
from foedus.search.futures import draw
from foedus.search.keeping import ORDERS, Keeper, best_rows, joined, taken
from foedus.search.narrowing import Budget, narrow
from foedus.search.sharding import here, shards
from foedus.search.values import MEASURES_TOLD, Reduction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.case.values import Case
    from foedus.search.narrowing import Narrowed
    from foedus.search.sharding import Shard

SPACE = Space(allowed=((0, 1, 2, 3), (0, 1, 2, 3), (0, 2, 3), (0, 1, 2, 3), (0, 1, 2), (0, 1, 2, 3),
                       (0, 1, 2), (0, 1, 2)))  # fmt: skip
FUTURES = 256
ALL = SPACE.count * FUTURES


class Landscape:
    """Solves deals of a made-up game, and counts what it is asked."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        count = len(SPACE.allowed)
        self.worth = rng.normal(0, 1, (count, 4))
        self.pairs = rng.normal(0, 0.7, (count, 4, count, 4))
        self.hurdles = np.sort(rng.normal(12, 3, FUTURES))[rng.permutation(FUTURES)]
        self.spent = 0

    def height(self, deals: np.ndarray) -> np.ndarray:
        total = np.zeros(len(deals))
        for j in range(deals.shape[1]):
            total += self.worth[j, deals[:, j]]
            for i in range(j):
                total += self.pairs[i, deals[:, i], j, deals[:, j]]
        return total

    def solve(self, deals: np.ndarray, futures: int) -> Reduction:
        self.spent += len(deals) * futures
        over = self.height(deals)[:, None] - self.hurdles[:futures]
        good = over >= 0
        chance = (1 / (1 + np.exp(-over))).mean(axis=1)
        mean = np.repeat(chance[:, None], len(MEASURES_TOLD), axis=1)
        none = np.zeros(len(deals), dtype=np.int64)
        return Reduction(
            deals=deals, mean=mean, by_guarantor=mean[:, :0, None],
            quantiles=np.zeros((*mean.shape, 5)),
            met=np.zeros((len(deals), 7), dtype=np.int64), robust=good.sum(axis=1),
            multiple=none, failed=none,
        )  # fmt: skip


def narrowed(land: Landscape, seed: int = 1) -> Narrowed:
    budget = Budget(pairs=int(0.05 * ALL), futures=FUTURES, keep=8)
    return narrow(SPACE, land.solve, budget, seed)


@pytest.mark.parametrize("seed", range(5))
def test_it_finds_nearly_the_best_for_a_twentieth_of_the_work(seed: int) -> None:
    land = Landscape(seed)
    best = land.solve(SPACE.deals(np.arange(SPACE.count)), FUTURES).robust.max()
    land.spent = 0
    found = narrowed(land).reduced.robust.max()
    assert best > 0
    assert found >= 0.99 * best
    assert land.spent <= 0.05 * ALL


def test_on_the_shipped_case_it_finds_nearly_the_best_there_is(ardal: Case) -> None:
    """Against all of its 20,736 deals, by the same solver: 1.3 million pairs."""
    futures, spent = 64, 0
    settings = SweepSettings(futures=futures, deals="narrow", keep=8, seed=4)
    drawn = draw(ardal, futures, 4)
    whole = here(ardal, drawn, 1)

    def counted(some: Iterable[Shard]) -> Iterator[tuple[int, Reduction]]:
        nonlocal spent
        for shard in some:
            spent += len(shard.deals) * shard.futures
            yield from whole([shard])

    ((found, _),) = solved(choose(ardal, settings), settings, counted, lambda _done, _of: None)
    assert spent <= 0.05 * 20_736 * futures
    every = choose(ardal, replace(settings, deals="all"))
    best = max(
        int(part.robust.max()) for _, part in whole(shards(every.deals, every.count, futures))
    )
    assert best > 0
    assert found.robust.max() >= 0.99 * best


def test_the_same_seed_takes_the_same_road_and_another_seed_another() -> None:
    one, same, other = (narrowed(Landscape(3), seed) for seed in (1, 1, 2))
    assert one.reduced.deals.tobytes() == same.reduced.deals.tobytes()
    assert one.looked_at == same.looked_at
    assert one.reduced.deals.tobytes() != other.reduced.deals.tobytes()


def test_what_is_told_is_allowed_is_there_once_and_has_the_bare_deal() -> None:
    deals = narrowed(Landscape(4)).reduced.deals
    assert len(np.unique(deals, axis=0)) == len(deals) >= 8
    assert all(set(deals[:, j]) <= set(levels) for j, levels in enumerate(SPACE.allowed))
    assert [0] * 8 in deals.tolist()


def test_a_space_too_large_to_count_is_narrowed_all_the_same() -> None:
    wide = Space(allowed=(tuple(range(4)),) * 40)
    assert wide.count == 4**40

    def solve(deals: np.ndarray, futures: int) -> Reduction:
        land = Landscape(1)
        high = (deals == 3).sum(axis=1)
        land.height = lambda _deals: high - 12.0  # half the futures ask for 24 of the 40
        return land.solve(deals, futures)

    budget = Budget(pairs=2000 * FUTURES, futures=FUTURES, keep=8)
    found = narrow(wide, solve, budget, seed=1).reduced
    drawn = solve(wide.drawn(2000, np.random.default_rng(1)), FUTURES)
    assert 0 < drawn.robust.max() < 0.1 * FUTURES
    assert found.robust.max() > 0.9 * FUTURES


def shuffled(seed: int, count: int = 40) -> Reduction:
    """Deals with scores that are often the same, some of which failed throughout."""
    rng = np.random.default_rng(seed)
    mean = rng.integers(0, 3, (count, len(MEASURES_TOLD))) / 2
    mean[rng.random(count) < 0.1] = np.nan
    return Reduction(
        deals=SPACE.drawn(count, rng), mean=mean, by_guarantor=mean[:, :0, None],
            quantiles=np.zeros((*mean.shape, 5)),
        met=np.zeros((count, 7), dtype=np.int64), robust=rng.integers(0, 4, count),
        multiple=rng.integers(0, 2, count), failed=rng.integers(0, 2, count),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_what_is_kept_does_not_depend_on_how_deals_come_in(seed: int) -> None:
    whole = shuffled(seed)
    rng = np.random.default_rng(seed)
    kept = []
    for cuts in ([], [7], [3, 20, 21], [39]):
        parts = [taken(whole, rows) for rows in np.split(rng.permutation(40), cuts)]
        keeper = Keeper(count=10, orders=ORDERS)
        for part in parts:
            keeper.add(part, 16)
        kept.append(keeper.kept())
        assert keeper.tally.pairs == 40 * 16
        assert keeper.tally.failed == whole.failed.sum()
        assert keeper.tally.multiple == whole.multiple.sum()
    assert len({one.deals.tobytes() + one.robust.tobytes() for one in kept}) == 1


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("count", [1, 3, 25, 60])
def test_the_best_are_those_that_plain_sorting_puts_first(seed: int, count: int) -> None:
    whole = shuffled(seed)
    for order in ORDERS:
        scores, lasts = order(whole), ORDERS[1](whole)

        def key(row: int, scores: np.ndarray = scores, lasts: np.ndarray = lasts) -> tuple:
            told = [-np.inf if np.isnan(x[row]) else round(x[row], 9) for x in (scores, lasts)]
            return (-told[0], -told[1], *whole.deals[row].tolist())

        assert best_rows(whole, order, count).tolist() == sorted(range(40), key=key)[:count]


def test_joining_what_was_taken_apart_gives_the_whole() -> None:
    whole = shuffled(2)
    again = joined([taken(whole, np.arange(low, low + 8)) for low in range(0, 40, 8)])
    for name in Reduction.__slots__:
        assert getattr(again, name).tobytes() == getattr(whole, name).tobytes()
