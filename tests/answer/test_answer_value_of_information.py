"""What it is worth to know before choosing, where that has a closed form."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from foedus.answer.value_of_information import evpi, evppi, ranks, regress


def closed_form(mean: float, deviation: float) -> float:
    """E[max(0, t)] - max(0, mean) for t normal: two options, one of them worth nothing for sure."""
    z = mean / deviation
    return deviation * stats.norm.pdf(z) + mean * stats.norm.cdf(z) - max(mean, 0.0)


def two_options(mean: float, seed: int, count: int = 2048) -> tuple[np.ndarray, np.ndarray]:
    """Option 1 is worth mean + 0.2 z0 + 0.3 z1, option 0 nothing; z2 bears on neither."""
    z = np.random.default_rng(seed).normal(size=(count, 3))
    return z, np.stack([np.zeros(count), mean + 0.2 * z[:, 0] + 0.3 * z[:, 1]])


@pytest.mark.parametrize("mean", [-0.1, 0.05, 0.3])
def test_a_choice_between_two_with_normal_gains_is_worth_what_the_formula_says(mean: float) -> None:
    """Thirty sets of futures: the mean is right, and the errors told are those seen."""
    told = []
    for seed in range(30):
        z, values = two_options(mean, seed)
        told.append(evppi(ranks(z[:, :1]), values, np.random.default_rng(seed)))
    found = np.array([worth.value for worth in told])
    error = float(np.mean([worth.error for worth in told]))
    assert found.mean() == pytest.approx(closed_form(mean, 0.2), abs=0.6 * error + 1e-4)
    assert 0.6 < error / max(found.std(ddof=1), 1e-4) < 2.0


def test_a_group_is_worth_what_its_members_are_together() -> None:
    """Knowing both, the deviation known is that of their sum."""
    z, values = two_options(-0.1, 3, count=4096)
    rng = np.random.default_rng(1)
    group = evppi(ranks(z[:, :2]), values, rng)
    assert group.value == pytest.approx(closed_form(-0.1, 0.13**0.5), abs=3 * group.error)
    alone = evppi(ranks(z[:, :1]), values, rng).value
    assert group.value > alone
    everything = evpi(values)
    assert everything.value == pytest.approx(group.value, abs=3 * (group.error + everything.error))


def test_what_two_do_only_together_is_seen() -> None:
    """The gain is the product of two signs' worth: neither alone tells anything."""
    u = np.random.default_rng(4).uniform(size=(4096, 2))
    gain = 0.4 * (2 * u[:, 0] - 1) * (2 * u[:, 1] - 1)
    values = np.stack([np.zeros(4096), gain])
    rng = np.random.default_rng(1)
    for column in (0, 1):
        assert evppi(ranks(u[:, [column]]), values, rng).value < 0.005
    # E|a b| / 2 for a, b uniform on -1..1 is 1/8
    assert evppi(ranks(u), values, rng).value == pytest.approx(0.4 / 8, abs=0.005)


def test_knowing_what_bears_on_nothing_is_worth_nothing_to_within_its_error() -> None:
    worths = []
    for seed in range(20):
        z, values = two_options(0.02, seed, count=512)
        worths.append(evppi(ranks(z[:, 2:]), values, np.random.default_rng(seed)))
    assert sum(worth.value > 3 * worth.error for worth in worths) == 0
    assert np.mean([worth.value for worth in worths]) < 0.004


def test_deals_that_are_alike_in_every_future_leave_nothing_to_know() -> None:
    values = np.tile(np.linspace(0, 1, 64), (3, 1))
    worth = evppi(ranks(values[:1].T), values, np.random.default_rng(1))
    assert (worth.value, worth.error) == (0.0, 0.0)


def test_the_fit_tells_the_mean_at_each_value_and_how_sure_it_is() -> None:
    """A line with noise: the errors told cover the truth about as often as they should."""
    at = np.linspace(0.05, 0.95, 19)[:, None]
    within = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        u = ranks(rng.uniform(size=(400, 1)))
        fit = regress(u, (0.5 * u[:, 0] + rng.normal(scale=0.2, size=400))[None])
        miss = np.abs(fit.at(at)[0] - 0.5 * at[:, 0])
        within.append((miss <= 1.96 * fit.errors_at(at)[0]).mean())
    assert 0.85 < np.mean(within) <= 1.0
