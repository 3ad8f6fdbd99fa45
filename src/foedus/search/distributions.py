"""Distributions of a case's parameters: the value at a chance, and the chance of less.

Each is drawn by its quantile function, so that evenly spread chances give evenly spread draws, and
none ever leaves its ends. With u the chance, l and h the ends:

- uniform: l + u (h - l); loguniform: the same in the logarithm;
- triangular, likeliest at m: the density rises straight from l to m and falls straight to h, so the
  value is l + sqrt(u (h - l)(m - l)) below m, and likewise from h above it;
- beta with exponents a and b, stretched from 0..1 to l..h;
- PERT, likeliest at m: the beta with a = 1 + 4 (m - l)/(h - l) and b = 1 + 4 (h - m)/(h - l), whose
  mean is (l + 4 m + h)/6 (D. G. Malcolm et al., "Application of a Technique for Research and
  Development Program Evaluation", Operations Research 7(5), 1959);
- normal, and lognormal (normal in the logarithm): what lies beyond l and h is cut off and the rest
  scaled up, so the value is that of the whole distribution at F(l) + u (F(h) - F(l));
- quantiles: a smooth curve through the given pairs that never falls, each piece a cubic (F. N.
  Fritsch and J. Butland, "A Method for Constructing Local Monotone Piecewise Cubic Interpolants",
  SIAM Journal on Scientific and Statistical Computing 5(2), 1984).

Densities and moments of the named ones: N. L. Johnson, S. Kotz and N. Balakrishnan, Continuous
Univariate Distributions, 2nd ed., Wiley, 1994 and 1995.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.special import betainc, betaincinv, ndtr, ndtri

if TYPE_CHECKING:
    from foedus.case.values import Distribution
    from foedus.search.values import Floats


def values_at(distribution: Distribution, chances: Floats) -> Floats:
    """Return the values that are not exceeded with these ``chances``, 0..1."""
    low, high = distribution.low, distribution.high
    if low == high:
        return np.full_like(chances, low)
    # the end of a formula may overshoot the end of the range by rounding
    return np.clip(_values(distribution, chances), low, high)


def _values(distribution: Distribution, chances: Floats) -> Floats:  # noqa: PLR0911 - one a kind
    low, high = distribution.low, distribution.high
    match distribution.kind:
        case "uniform":
            return low + chances * (high - low)
        case "loguniform":
            return np.exp(math.log(low) + chances * (math.log(high) - math.log(low)))
        case "triangular":
            (top,) = distribution.shape
            rising = low + np.sqrt(chances * (high - low) * (top - low))
            falling = high - np.sqrt((1 - chances) * (high - low) * (high - top))
            return np.where(chances * (high - low) < top - low, rising, falling)
        case "beta" | "pert":
            share = betaincinv(*_exponents(distribution), chances)
            return np.asarray(low + (high - low) * share)
        case "normal":
            mean, deviation = distribution.shape
            return mean + deviation * _cut(chances, *_scores(distribution, low, high))
        case "lognormal":
            mean, deviation = distribution.shape
            ends = _scores(distribution, math.log(low), math.log(high))
            return np.exp(mean + deviation * _cut(chances, *ends))
        case "quantiles":
            return np.asarray(_curve(distribution)(chances))


def chance_below(distribution: Distribution, value: float) -> float:  # noqa: PLR0911 - one a kind
    """Return the chance of at most ``value``; 0 below the range and 1 above it.

    Examples
    --------
    >>> from foedus.case.values import Distribution
    >>> pert = Distribution(kind="pert", low=0.0, high=1.0, shape=(0.5,))
    >>> chance_below(pert, 0.5)
    0.5
    """
    low, high = distribution.low, distribution.high
    if value < low or value >= high:
        return float(value >= high)
    match distribution.kind:
        case "uniform":
            return (value - low) / (high - low)
        case "loguniform":
            return math.log(value / low) / math.log(high / low)
        case "triangular":
            (top,) = distribution.shape
            if value < top:
                return (value - low) ** 2 / ((high - low) * (top - low))
            return 1 - (high - value) ** 2 / ((high - low) * (high - top))
        case "beta" | "pert":
            return float(betainc(*_exponents(distribution), (value - low) / (high - low)))
        case "normal":
            below, at, above = _scores(distribution, low, value, high)
            return _mass(below, at) / _mass(below, above)
        case "lognormal":
            logs = (math.log(low), math.log(value), math.log(high))
            below, at, above = _scores(distribution, *logs)
            return _mass(below, at) / _mass(below, above)
        case "quantiles":
            return _bisected(distribution, value)


def _exponents(distribution: Distribution) -> tuple[float, ...]:
    """Return the two exponents of a beta or PERT distribution."""
    if distribution.kind == "beta":
        return distribution.shape
    low, high, (top,) = distribution.low, distribution.high, distribution.shape
    return 1 + 4 * (top - low) / (high - low), 1 + 4 * (high - top) / (high - low)


def _scores(distribution: Distribution, *values: float) -> tuple[float, ...]:
    """Return how many standard deviations each of ``values`` lies above the mean."""
    mean, deviation = distribution.shape
    return tuple((value - mean) / deviation for value in values)


def _cut(chances: Floats, below: float, above: float) -> Floats:
    """Return standard normal scores at ``chances`` of what lies between two scores.

    Where the middle of the distribution lies nearer to the lower end, the chances are counted from
    the upper tail: a small chance keeps its digits, one near 1 does not.
    """
    if below + above > 0:
        return -_cut(1 - chances, -above, -below)
    least, most = ndtr(below), ndtr(above)
    return np.asarray(ndtri(least + chances * (most - least)))


def _mass(below: float, above: float) -> float:
    """Return the chance of a standard normal score between two."""
    if below + above > 0:
        below, above = -above, -below
    return float(ndtr(above) - ndtr(below))


def _curve(distribution: Distribution) -> PchipInterpolator:
    """Return the curve through the quantiles: a value for each chance."""
    with np.errstate(over="ignore"):  # next to no slope, turned over: the mean slope is then nought
        return PchipInterpolator(*zip(*distribution.quantiles, strict=True))


def _bisected(distribution: Distribution, value: float) -> float:
    """Return the largest chance, to a part in 2^53, at which the value is not above ``value``."""
    curve = _curve(distribution)
    least, most = 0.0, 1.0
    for _ in range(53):
        middle = (least + most) / 2
        least, most = (middle, most) if curve(middle) <= value else (least, middle)
    return least
