"""Shares of variance against functions whose Sobol indices are known in closed form."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from foedus.answer.sensitivity import explained


def futures(count: int, dimensions: int, seed: int = 1) -> np.ndarray:
    return qmc.Sobol(dimensions, scramble=True, rng=seed).random(count)


def test_ishigami() -> None:
    """Indices 0.3139, 0.4424, 0 for a = 7, b = 0.1 (T. Ishigami & T. Homma, ISUMA 1990)."""
    a, b = 7.0, 0.1
    x = np.pi * (2 * futures(8192, 3) - 1)
    y = np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0])
    variance = a**2 / 8 + b * np.pi**4 / 5 + b**2 * np.pi**8 / 18 + 0.5
    exact = [0.5 * (1 + b * np.pi**4 / 5) ** 2 / variance, a**2 / 8 / variance, 0.0]
    assert exact == pytest.approx([0.3139, 0.4424, 0.0], abs=1e-4)
    found = [explained(x[:, i], y)[0] for i in range(3)]
    assert found == pytest.approx(exact, abs=0.02)


def test_in_a_sum_each_part_explains_its_own_variance() -> None:
    """y = 3a + b has indices 0.9 and 0.1 whatever the scale of a and b."""
    x = futures(1024, 3)
    y = 3 * x[:, 0] + x[:, 1]
    found = [explained(np.exp(5 * x[:, i]), y)[0] for i in range(3)]
    assert found == pytest.approx([0.9, 0.1, 0.0], abs=0.02)


def test_few_futures_are_enough_to_tell_a_strong_parameter_from_an_idle_one() -> None:
    x = futures(128, 2)
    y = x[:, 0] + 0.1 * np.random.default_rng(2).normal(size=128)
    strong, idle = explained(x[:, 0], y), explained(x[:, 1], y)
    assert strong[0] == pytest.approx(12**-1 / (12**-1 + 0.01), abs=0.05)
    assert strong[1] < 1e-20
    assert idle[0] < 0.1
    assert idle[1] > 0.01


def test_the_share_has_no_bias_and_its_p_value_is_uniform_when_idle() -> None:
    """Kelley's correction centres the share on nought; clipping it there leaves half of a normal
    law with the spread sqrt(2 (M - 1)) / N of a chi-squared over M = 8 bins, whose mean is
    0.4 of it. A p-value below 5 % comes up in 5 % of 400 draws, give or take 3 errors.
    """
    rng = np.random.default_rng(3)
    found = [explained(rng.uniform(size=128), rng.normal(size=128)) for _ in range(400)]
    shares, chances = np.array(found).T
    assert shares.mean() == pytest.approx(0.4 * np.sqrt(2 * 7) / 128, rel=0.25)
    assert abs((chances < 0.05).mean() - 0.05) < 3 * np.sqrt(0.05 * 0.95 / 400)


def test_the_order_of_futures_does_not_matter() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.uniform(size=100), rng.normal(size=100)
    order = rng.permutation(100)
    assert explained(x[order], y[order]) == pytest.approx(explained(x, y), abs=1e-12)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (np.ones(64), np.arange(64.0)),
        (np.arange(64.0), np.ones(64)),
        (np.arange(8.0), np.arange(8.0)),
    ],
    ids=["a fixed parameter", "a fixed outcome", "too few futures"],
)
def test_nothing_is_said_where_nothing_can_be(x: np.ndarray, y: np.ndarray) -> None:
    assert explained(x, y) == (0.0, 1.0)


def test_a_parameter_that_decides_everything_explains_everything() -> None:
    x = np.arange(64.0)
    y = np.repeat([0.0, 1.0], 32)  # 6 bins, of which the middle cut falls between two
    assert explained(x, y) == (1.0, 0.0)
