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


def softplus(z: float) -> float:
    """Return log(1 + e^z), the mean of how far ``z`` exceeds a logistic draw, if it does.

    Examples
    --------
    >>> softplus(800.0)
    800.0
    >>> round(softplus(0.0), 6)  # log 2
    0.693147
    """
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))


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
