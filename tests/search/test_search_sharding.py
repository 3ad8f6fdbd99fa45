"""Sweeps are cut so that a shard is quickly solved, fits in memory, and is the same anywhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.search import sharding
from foedus.search.sharding import MOST_PAIRS, PAIRS, ROWS, SHARDS, shard_count, shard_size, shards


@given(count=st.integers(1, 3000), futures=st.sampled_from([2, 16, 256]))
def test_shards_hold_every_deal_once_in_order(count: int, futures: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharding, "PAIRS", 64)
        patch.setattr(sharding, "ROWS", 10)
        cut = list(shards(np.arange, count, futures, start=5))
        assert len(cut) == shard_count(count, futures)
    assert [shard.index for shard in cut] == list(range(5, 5 + len(cut)))
    assert np.concatenate([shard.deals for shard in cut]).tolist() == list(range(count))
    assert max(len(shard.deals) for shard in cut) <= 10
    assert {shard.futures for shard in cut} == {futures}


@pytest.mark.parametrize("futures", [2, 64, 4096, 1 << 17])
@pytest.mark.parametrize("count", [1, 1000, 10_000_000])
def test_a_shard_is_never_too_large_nor_are_there_too_many(count: int, futures: int) -> None:
    size = shard_size(count, futures)
    assert 1 <= size <= ROWS
    assert size * futures <= max(MOST_PAIRS, futures)
    if count * futures <= SHARDS * PAIRS:
        assert size * futures <= max(PAIRS, futures)
