"""Futures: scrambled Sobol draws of every uncertain parameter, the same for every deal.

Sobol points fill the box of the parameters' ranges more evenly than independent draws, so that few
futures go far; the scrambling is random and comes from one seed (Owen 1998).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import qmc

from foedus.search.values import Futures

if TYPE_CHECKING:
    from foedus.case.values import Case, Distribution
    from foedus.search.values import Floats


def draw(case: Case, count: int, seed: int) -> Futures:
    """Return ``count`` futures, a power of two; one dimension for each parameter of ``case``.

    The first half of the futures is itself a set of Sobol points, and so on down.
    """
    sampler = qmc.Sobol(len(case.parameters), scramble=True, rng=np.random.default_rng(seed))
    points = sampler.random_base2(count.bit_length() - 1)
    columns = [
        _stretch(points[:, i], parameter.distribution)
        for i, parameter in enumerate(case.parameters)
    ]
    return Futures(
        seed=seed,
        keys=tuple(parameter.key for parameter in case.parameters),
        values=np.stack(columns, axis=1),
    )


def _stretch(points: Floats, distribution: Distribution) -> Floats:
    """Return chances 0..1 as draws from ``distribution``."""
    low, high = distribution.low, distribution.high
    if low == high:
        return np.full_like(points, low)
    if distribution.kind == "uniform":
        return low + points * (high - low)
    return np.exp(math.log(low) + points * (math.log(high) - math.log(low)))
