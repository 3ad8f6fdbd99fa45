"""The logistic distribution, written so that small chances keep all their digits."""

from __future__ import annotations

import math


def sigmoid(z: float) -> float:
    """Return the chance 1 / (1 + e^-z) that a standard logistic draw is below ``z``.

    Examples
    --------
    >>> sigmoid(0.0), sigmoid(math.inf), sigmoid(-800.0)
    (0.5, 1.0, 0.0)
    """
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    small = math.exp(z)
    return small / (1 + small)


def surplus(gain: float, scale: float) -> float:
    """Return the mean of how far ``gain`` exceeds a logistic cost of mean 0, where it does.

    It is scale · log(1 + e^(gain/scale)), written so that no scale above 0 is too small for it.

    Examples
    --------
    >>> surplus(80.0, 0.1), surplus(-80.0, 0.1), surplus(0.25, 1e-320)
    (80.0, 0.0, 0.25)
    >>> round(surplus(0.0, 1.0), 6)  # log 2
    0.693147
    """
    return max(gain, 0.0) + scale * math.log1p(math.exp(-abs(gain) / scale))


def mass(low: float, high: float) -> float:
    """Return the chance that a standard logistic draw lies between ``low`` and ``high``.

    It is sig(high) · sig(-low) · (1 - e^(low - high)), an identity for sig(high) - sig(low) that
    does not cancel far out in a tail. 0 when ``low`` is not below ``high``.

    Examples
    --------
    >>> mass(-math.inf, math.inf), mass(1.0, 1.0)
    (1.0, 0.0)
    >>> mass(50.0, 51.0) > 0  # the difference of the two sigmoids is 0 in double precision
    True
    """
    if not low < high:
        return 0.0
    return sigmoid(high) * sigmoid(-low) * -math.expm1(low - high)
