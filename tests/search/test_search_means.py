"""The means held beside the deals kept: those of the readable game, and no two kept alike."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from foedus.search import SweepSettings, sweep
from foedus.search.means import COMPARED, TOLERANCE, crossings, widened
from foedus.search.reducing import reduce_plain
from foedus.search.values import MEASURES_TOLD

if TYPE_CHECKING:
    from foedus.case.values import Case


def test_every_deal_is_held_as_the_readable_game_has_it(small: Case) -> None:
    found = sweep(small, SweepSettings(futures=8, keep=4, workers=1, deals="all"))
    assert found.means is not None
    assert found.whole
    levels = [range(len(p.levels)) for p in small.provisions]
    every = [d for d in product(*levels) if d in set(map(tuple, found.means.deals.tolist()))]
    assert len(every) == found.possible == len(found.means.deals)
    plain = reduce_plain(small, found.means.deals, found.futures)
    assert np.abs(found.means.mean - plain.mean).max() < 1e-9
    assert np.abs(found.means.by_guarantor - plain.by_guarantor).max() < 1e-9
    assert (found.means.robust == plain.robust).all()


def test_no_two_deals_kept_are_alike(small: Case) -> None:
    found = sweep(small, SweepSettings(futures=16, keep=12, workers=1))
    plain = reduce_plain(small, np.array(found.deals), found.futures)
    columns = [MEASURES_TOLD.index(name) for name in COMPARED]
    lines = crossings(small, np.array(found.deals))
    for one, two in combinations(range(len(found.deals)), 2):
        off = max(
            abs(plain.robust[one] - plain.robust[two]) / 16,
            np.abs(plain.mean[one, columns] - plain.mean[two, columns]).max(),
            np.abs(plain.by_guarantor[one] - plain.by_guarantor[two]).max(initial=0.0),
        )
        assert off > TOLERANCE - 1e-9 or (lines[one] != lines[two]).any()


def test_deals_asked_for_later_are_solved_in_the_same_futures(small: Case) -> None:
    named = ((0,) * len(small.provisions),)
    found = sweep(small, SweepSettings(futures=8, keep=1, workers=1, deals=named))
    wanted = tuple(1 if j == 0 else 0 for j in range(len(small.provisions)))
    wider = widened(found, [wanted, *named])
    assert wider.means is not None
    assert wider.means.deals.tolist() == [list(named[0]), list(wanted)]
    plain = reduce_plain(small, wider.means.deals, found.futures)
    assert np.abs(wider.means.mean - plain.mean).max() < 1e-9
    assert not wider.whole
