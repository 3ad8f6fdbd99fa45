"""Boxes found by peeling and pasting, on data whose true box is known."""

from __future__ import annotations

import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foedus.answer.prim import (
    MASS_LEAST,
    QUASI_P_MOST,
    Limits,
    differ,
    f_measure,
    find_box,
    peeled,
    quasi_p,
)


def planted(count: int, columns: int, seed: int, noise: float = 0.0) -> tuple[np.ndarray, ...]:
    """A third of the futures fail: those with column 1 below 0.5 and column 3 above 1/3."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(size=(count, columns))
    y = (x[:, 1] < 0.5) & (x[:, 3] > 1 / 3)
    return x, y ^ (rng.uniform(size=count) < noise)


def test_a_planted_box_is_found_with_its_limits() -> None:
    x, y = planted(2048, 12, seed=5)
    box = find_box(x, y, np.random.default_rng(1))
    assert box is not None
    assert np.flatnonzero(box.limits.restricted()).tolist() == [1, 3]
    assert box.limits.high[1] == pytest.approx(0.5, abs=0.02)
    assert box.limits.low[3] == pytest.approx(1 / 3, abs=0.02)
    assert np.isinf([box.limits.low[1], box.limits.high[3]]).all()
    assert box.coverage > 0.95
    assert box.density > 0.95
    assert box.mass == pytest.approx(1 / 3, abs=0.03)


def test_in_noise_there_is_no_box_but_in_one_of_a_hundred() -> None:
    """Eight idle columns, thirty sets of data; each limit may be chance with 1 in 100."""
    found = 0
    for seed in range(30):
        rng = np.random.default_rng(seed)
        x = rng.uniform(size=(512, 8))
        found += find_box(x, rng.uniform(size=512) < 0.4, rng) is not None
    assert found <= 1


def test_a_box_is_told_by_futures_that_had_no_part_in_finding_it() -> None:
    """With labels that mislead one half, the density told is that of the other half."""
    x, y = planted(1024, 6, seed=2, noise=0.15)
    box = find_box(x, y, np.random.default_rng(7))
    assert box is not None
    first = np.zeros(1024, dtype=bool)
    first[np.random.default_rng(7).permutation(1024)[:512]] = True
    inside = box.limits.inside(x) & ~first
    assert box.density == pytest.approx(y[inside].mean(), abs=1e-12)
    assert box.coverage == pytest.approx(y[inside].sum() / y[~first].sum(), abs=1e-12)


def test_a_cause_that_is_one_of_several_is_found_among_many_columns() -> None:
    """A fifth fail: most of those with column 2 below 0.3, a few of the rest; 25 columns idle."""
    rng = np.random.default_rng(3)
    x = rng.uniform(size=(1024, 26))
    y = rng.uniform(size=1024) < np.where(x[:, 2] < 0.3, 0.5, 0.08)
    box = find_box(x, y, np.random.default_rng(1))
    assert box is not None
    assert np.flatnonzero(box.limits.restricted()).tolist() == [2]
    assert box.limits.high[2] == pytest.approx(0.3, abs=0.05)
    assert box.density == pytest.approx(0.5, abs=0.12)


def test_how_two_samples_differ_is_the_test_of_kolmogorov_and_smirnov() -> None:
    rng = np.random.default_rng(8)
    x = np.stack([rng.uniform(size=300), rng.integers(0, 4, size=300).astype(float)], axis=1)
    y = rng.uniform(size=300) < 0.3 + 0.3 * x[:, 0]
    for column, chance in enumerate(differ(x, y)):
        test = stats.ks_2samp(x[y, column], x[~y, column], method="asymp")
        effective = y.sum() * (~y).sum() / 300
        assert chance == pytest.approx(stats.kstwobign.sf(test.statistic * effective**0.5))


def test_too_few_futures_of_interest_yield_no_box() -> None:
    x, _ = planted(256, 4, seed=1)
    y = np.zeros(256, dtype=bool)
    y[:9] = True
    assert find_box(x, y, np.random.default_rng(1)) is None
    assert find_box(x, ~y, np.random.default_rng(1)) is None


def test_quasi_p_is_the_binomial_test_against_the_box_without_the_limit() -> None:
    x, y = planted(600, 5, seed=4, noise=0.1)
    low, high = np.full(5, -np.inf), np.full(5, np.inf)
    high[1], low[3], low[0] = 0.5, 0.4, 0.05
    box = Limits(low=low, high=high)
    chances = quasi_p(box, x, y)
    for column in (0, 1, 3):
        inside, wider = box.inside(x), box.freed(column).inside(x)
        test = stats.binomtest(
            int(y[inside].sum()), int(inside.sum()), y[wider].mean(), alternative="greater"
        )
        assert chances[column] == pytest.approx(test.pvalue, rel=1e-9)
    assert np.isnan(chances[[2, 4]]).all()
    assert chances[0] > QUASI_P_MOST > chances[1]


@given(st.integers(0, 1000))
def test_each_peeling_leaves_less_that_is_richer_and_never_too_little(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.uniform(size=(200, 3))
    y = rng.uniform(size=200) < x[:, 0]
    boxes = peeled(x, y)
    inside = [box.inside(x) for box in boxes]
    assert inside[0].all()
    for wide, narrow in pairwise(inside):
        assert (narrow <= wide).all()
        assert narrow.sum() < wide.sum()
        assert y[narrow].mean() > y[wide].mean()
    assert inside[-1].sum() >= MASS_LEAST * 200
    for box, held in zip(boxes, inside, strict=True):
        cover, dense = y[held].sum() / y.sum(), y[held].mean()
        assert f_measure(box, x, y) == pytest.approx(2 * cover * dense / (cover + dense))


def test_equal_values_are_never_parted() -> None:
    """A column of two values only is cut between them or not at all."""
    rng = np.random.default_rng(9)
    x = np.stack([rng.integers(0, 2, size=400).astype(float), rng.uniform(size=400)], axis=1)
    y = x[:, 0] == 1
    for box in peeled(x, y):
        assert np.isinf(box.low[0]) or 0 < box.low[0] < 1
        assert np.isinf(box.high[0])


def test_it_finds_what_ema_workbench_finds() -> None:
    """Both peel with the same patience on the same data; each chooses on its own way of boxes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        prim = pytest.importorskip("ema_workbench.analysis.prim", reason="ema_workbench is a peer")
        pd = pytest.importorskip("pandas")
        x, y = planted(1000, 6, seed=11, noise=0.05)
        theirs = prim.Prim(
            pd.DataFrame(x, columns=[f"x{j}" for j in range(6)]),
            y.astype(int),
            threshold=0.1,
            peel_alpha=0.05,
            mass_min=0.05,
        ).find_box()
        way = theirs.peeling_trajectory[["coverage", "density"]].to_numpy()
        ours = [box.inside(x) for box in peeled(x, y)]
    best = int(np.argmax(2 * way.prod(axis=1) / way.sum(axis=1)))
    box = max(peeled(x, y), key=lambda one: f_measure(one, x, y))
    inside = box.inside(x)
    coverage, density = y[inside].sum() / y.sum(), y[inside].mean()
    assert way[best] == pytest.approx([coverage, density], abs=0.03)
    limits = theirs.box_lims[best]
    assert limits["x1"][1] == pytest.approx(box.high[1], abs=0.03)
    assert limits["x3"][0] == pytest.approx(box.low[3], abs=0.03)
    # on the whole way: where theirs covers as much, ours is about as dense
    mine = np.array([[y[i].sum() / y.sum(), y[i].mean()] for i in ours])
    for cover, dense in way[: best + 1]:
        assert mine[mine[:, 0] >= cover - 0.02, 1].max() >= dense - 0.03
