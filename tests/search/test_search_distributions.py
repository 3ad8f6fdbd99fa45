"""Draws from each kind of distribution, against another implementation and closed-form moments."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foedus.case.distributions import flaws_of
from foedus.case.values import Distribution
from foedus.errors import SearchError
from foedus.search.distributions import chance_below, values_at
from foedus.search.futures import draw, refuse_not_finite

if TYPE_CHECKING:
    from foedus.case.values import Case

EVEN = (np.arange(100_000) + 0.5) / 100_000
"""Chances spread evenly: the mean over them is the integral, by the midpoint rule."""

ROUNDING = 1e-14
"""A few units in the last place of the numbers here."""


def made(kind: str, low: float, high: float, *shape: float) -> Distribution:
    return Distribution(kind=kind, low=low, high=high, shape=shape)


NORMAL = made("normal", 0.2, 0.9, 0.4, 0.3)
FAR = made("normal", 0.0, 9.0, 0.0, 1.0)
LOGNORMAL = made("lognormal", 0.05, 2.0, math.log(0.3), 0.6)
QUANTILES = Distribution(
    kind="quantiles", low=0.1, high=0.8, quantiles=((0, 0.1), (0.25, 0.3), (0.75, 0.5), (1, 0.8))
)
NAMED = {
    "uniform": (made("uniform", 2.0, 5.0), stats.uniform(2, 3)),
    "loguniform": (made("loguniform", 0.02, 5.0), stats.loguniform(0.02, 5)),
    "triangular": (made("triangular", 1.0, 4.0, 1.5), stats.triang(0.5 / 3, 1, 3)),
    "triangular, likeliest least": (made("triangular", 1.0, 4.0, 1.0), stats.triang(0, 1, 3)),
    "triangular, likeliest most": (made("triangular", 1.0, 4.0, 4.0), stats.triang(1, 1, 3)),
    "beta": (made("beta", 0.0, 1.0, 2.0, 5.0), stats.beta(2, 5)),
    "beta of the ends": (made("beta", 0.1, 0.6, 0.5, 0.5), stats.beta(0.5, 0.5, 0.1, 0.5)),
    "pert": (made("pert", 0.0, 10.0, 3.0), stats.beta(2.2, 3.8, 0, 10)),
    "normal": (NORMAL, stats.truncnorm(-2 / 3, 5 / 3, 0.4, 0.3)),
    "normal, its upper half": (FAR, stats.truncnorm(0, 9)),
    "lognormal": (LOGNORMAL, None),  # scipy has none that is cut off at its ends: see below
    "quantiles": (QUANTILES, None),
}


@pytest.mark.parametrize("name", [name for name, (_, other) in NAMED.items() if other])
def test_values_and_chances_are_those_of_another_implementation(name: str) -> None:
    ours, other = NAMED[name]
    chances = np.array([0.0, 1e-9, 0.01, 0.3, 0.5, 0.77, 0.99, 1 - 1e-9, 1.0])
    values = values_at(ours, chances)
    assert np.allclose(values, other.ppf(chances), rtol=1e-9, atol=1e-12)
    assert [chance_below(ours, v) for v in values[1:-1]] == pytest.approx(
        other.cdf(values[1:-1]), rel=1e-9, abs=1e-12
    )


@pytest.mark.parametrize("name", NAMED)
def test_no_draw_leaves_the_ends_or_falls_as_the_chance_rises(name: str) -> None:
    ours, _ = NAMED[name]
    values = values_at(ours, np.linspace(0, 1, 10_001))
    assert values.min() >= ours.low
    assert values.max() <= ours.high
    assert (values[0], values[-1]) == pytest.approx((ours.low, ours.high), rel=1e-14)
    assert (np.diff(values) >= -ROUNDING).all()
    assert chance_below(ours, np.nextafter(ours.low, -1)) == 0
    assert chance_below(ours, ours.high) == 1


def moments(distribution: Distribution) -> tuple[float, float]:
    values = values_at(distribution, EVEN)
    return float(values.mean()), float(values.var())


def test_triangular_moments() -> None:
    """Mean (l+m+h)/3, variance (l^2+m^2+h^2-lm-lh-mh)/18."""
    low, top, high = 1.0, 1.5, 4.0
    mean, variance = moments(made("triangular", low, high, top))
    assert mean == pytest.approx((low + top + high) / 3, rel=1e-6)
    square = low**2 + top**2 + high**2 - low * top - low * high - top * high
    assert variance == pytest.approx(square / 18, rel=1e-4)


def test_pert_moments() -> None:
    """Mean (l+4m+h)/6, and with it variance (mean-l)(h-mean)/7."""
    mean, variance = moments(made("pert", 0.0, 10.0, 3.0))
    assert mean == pytest.approx(22 / 6, rel=1e-6)
    assert variance == pytest.approx((22 / 6) * (10 - 22 / 6) / 7, rel=1e-4)


def test_beta_moments() -> None:
    """Mean a/(a+b), variance ab/((a+b)^2 (a+b+1)), on 0..1."""
    mean, variance = moments(made("beta", 0.0, 1.0, 2.0, 5.0))
    assert mean == pytest.approx(2 / 7, rel=1e-6)
    assert variance == pytest.approx(10 / (49 * 8), rel=1e-4)


def test_loguniform_moments() -> None:
    """Mean (h-l)/ln(h/l), mean square (h^2-l^2)/(2 ln(h/l))."""
    low, high = 0.02, 5.0
    mean, variance = moments(made("loguniform", low, high))
    log = math.log(high / low)
    assert mean == pytest.approx((high - low) / log, rel=1e-6)
    assert variance == pytest.approx((high**2 - low**2) / (2 * log) - mean**2, rel=1e-4)


def test_the_mean_of_a_normal_cut_off_at_its_ends() -> None:
    """Mean m + s (phi(a) - phi(b)) / (Phi(b) - Phi(a)), a and b the ends in deviations."""
    mean, _ = moments(NORMAL)
    a, b = -2 / 3, 5 / 3
    whole = (math.erf(b / 2**0.5) - math.erf(a / 2**0.5)) / 2
    densities = (math.exp(-a * a / 2) - math.exp(-b * b / 2)) / math.sqrt(2 * math.pi)
    assert mean == pytest.approx(0.4 + 0.3 * densities / whole, rel=1e-6)


def test_the_mean_of_a_lognormal_cut_off_at_its_ends() -> None:
    """Mean exp(m + s^2/2) (Phi(b-s) - Phi(a-s)) / (Phi(b) - Phi(a))."""
    mean, _ = moments(LOGNORMAL)
    m, s = math.log(0.3), 0.6
    a, b = (math.log(0.05) - m) / s, (math.log(2) - m) / s

    def between(low: float, high: float) -> float:
        return (math.erf(high / 2**0.5) - math.erf(low / 2**0.5)) / 2

    exact = math.exp(m + s * s / 2) * between(a - s, b - s) / between(a, b)
    assert mean == pytest.approx(exact, rel=1e-6)
    assert chance_below(LOGNORMAL, 0.3) == pytest.approx(between(a, 0) / between(a, b), rel=1e-12)


def test_a_lognormal_is_a_normal_in_the_logarithm() -> None:
    logs = made("normal", math.log(0.05), math.log(2.0), math.log(0.3), 0.6)
    assert np.allclose(values_at(LOGNORMAL, EVEN), np.exp(values_at(logs, EVEN)), rtol=1e-12)


def test_a_far_tail_keeps_its_digits() -> None:
    """The upper half of a standard normal: exceeded with 2 (1 - Phi(x)) = erfc(x / sqrt 2)."""
    (value,) = values_at(FAR, np.array([1 - 2.0**-40]))
    assert math.erfc(value / 2**0.5) == pytest.approx(2.0**-40, rel=1e-5)


def test_the_curve_goes_through_every_quantile_given() -> None:
    chances = np.array([chance for chance, _ in QUANTILES.quantiles])
    assert values_at(QUANTILES, chances).tolist() == [value for _, value in QUANTILES.quantiles]
    for chance, value in QUANTILES.quantiles:
        assert chance_below(QUANTILES, value) == pytest.approx(chance, abs=1e-12)


def test_between_quantiles_the_curve_is_the_cubic_worked_out_by_hand() -> None:
    """Slopes of the pieces: 0.8, 0.4, 1.2, widths 1/4, 1/2, 1/4.

    Fritsch and Butland: the slope at a knot is (w1 + w2) / (w1/d1 + w2/d2), with w1 = 2 h2 + h1 and
    w2 = h2 + 2 h1, h1 and h2 the widths of the pieces before and after, d1 and d2 their slopes.
    Halfway through a piece of width h, a cubic of end values y0, y1 and end slopes s0, s1 is
    (y0 + y1)/2 + h (s0 - s1)/8.
    """
    first = (1.25 + 1.0) / (1.25 / 0.8 + 1.0 / 0.4)
    second = (1.0 + 1.25) / (1.0 / 0.4 + 1.25 / 1.2)
    halfway = (0.3 + 0.5) / 2 + 0.5 * (first - second) / 8
    assert values_at(QUANTILES, np.array([0.5]))[0] == pytest.approx(halfway, rel=1e-12)


@given(
    st.lists(st.floats(0.001, 1), min_size=1, max_size=5),
    st.lists(st.floats(0, 1), min_size=1, max_size=5),
    st.lists(st.floats(0, 1), min_size=1, max_size=8),
)
def test_quantiles_never_fall_and_turn_back_into_chances(
    steps: list[float], rises: list[float], chances: list[float]
) -> None:
    count = min(len(steps), len(rises))
    places = np.cumsum([0, *steps[:count]]) / math.fsum(steps[:count])
    places[-1] = 1.0
    heights = np.cumsum([0.0, *rises[:count]])
    pairs = tuple(zip(places.tolist(), heights.tolist(), strict=True))
    ours = Distribution(kind="quantiles", low=pairs[0][1], high=pairs[-1][1], quantiles=pairs)
    assert list(flaws_of(ours)) == []
    ordered = values_at(ours, np.array(sorted(chances)))
    assert (np.diff(ordered) >= -ROUNDING).all()
    for value in ordered.tolist():
        chance = chance_below(ours, value)
        assert values_at(ours, np.array([chance]))[0] <= value + 1e-9


def test_draws_of_every_kind_fill_every_slice_of_chance_once(small: Case) -> None:
    """A Sobol set of 2^m points has one point in each 2^-m slice of every axis (Sobol' 1967)."""
    kinds = [ours for ours, _ in NAMED.values()]
    some = small.parameters[: len(kinds)]
    given = replace(
        small,
        parameters=tuple(
            replace(parameter, distribution=kind)
            for parameter, kind in zip(some, kinds, strict=True)
        ),
    )
    drawn = draw(given, 64, seed=3)
    for column, kind in zip(drawn.values.T.tolist(), kinds, strict=True):
        slices = sorted(math.floor(chance_below(kind, value) * 64) for value in column)
        assert slices == list(range(64)), kind


def test_the_same_seed_draws_the_same_futures_and_another_seed_others(small: Case) -> None:
    one, same, other = (draw(small, 32, seed=seed) for seed in (1, 1, 2))
    assert one.values.tobytes() == same.values.tobytes()
    assert one.values.tobytes() != other.values.tobytes()


def test_draws_that_are_not_finite_are_refused_with_a_count(small: Case) -> None:
    drawn = draw(small, 32, seed=1)
    values = drawn.values.copy()
    values[[3, 5, 8], drawn.keys.index("hold")] = [math.nan, math.inf, -math.inf]
    with pytest.raises(SearchError, match="3 of 32 draws of hold is not finite"):
        refuse_not_finite(small, replace(drawn, values=values))
