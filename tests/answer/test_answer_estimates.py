"""Means and quantiles over the futures that were solved, against hand counts and numpy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from foedus.answer.estimate import estimates, means


def test_twenty_one_values_have_their_second_and_twentieth_as_quantiles() -> None:
    values = np.random.default_rng(5).permutation(np.arange(21.0))[None, :]
    (estimate,) = estimates(values, np.ones((1, 21), dtype=bool))
    assert (estimate.mean, estimate.low, estimate.high) == (10.0, 1.0, 19.0)


def test_one_future_is_its_own_mean_and_quantiles() -> None:
    values, solved = np.array([[np.nan, 0.3, 7.0]]), np.array([[False, True, False]])
    (estimate,) = estimates(values, solved)
    assert (estimate.mean, estimate.low, estimate.high) == (0.3, 0.3, 0.3)


@given(st.data())
def test_they_are_those_of_numpy_over_the_solved_values(data: st.DataObject) -> None:
    shape = data.draw(st.tuples(st.integers(1, 4), st.integers(1, 9)))
    values = data.draw(hnp.arrays(float, shape, elements=st.floats(-5, 5)))
    solved = data.draw(hnp.arrays(bool, shape))
    solved[:, 0] = True
    rubbish = np.where(solved, values, data.draw(st.sampled_from([np.nan, np.inf, -1e9])))
    for row, estimate in enumerate(estimates(rubbish, solved)):
        kept = values[row][solved[row]]
        assert estimate.mean == pytest.approx(kept.mean(), abs=1e-12)
        assert estimate.low == pytest.approx(np.quantile(kept, 0.05), abs=1e-12)
        assert estimate.high == pytest.approx(np.quantile(kept, 0.95), abs=1e-12)


def test_a_mean_of_flags_is_a_share_of_solved_futures() -> None:
    flags = np.array([[True, False, True, True]])
    solved = np.array([[True, True, False, True]])
    assert means(flags, solved) == pytest.approx([2 / 3])
