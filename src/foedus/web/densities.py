"""What a range looks like: how likely each part of it is, for a small picture."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.case.values import Distribution

PARTS = 32


@lru_cache(maxsize=1024)
def density(distribution: Distribution) -> tuple[float, ...]:
    """Return the chance of each of 32 equal parts of a range; none for a single value.

    Examples
    --------
    >>> from foedus.case.values import Distribution
    >>> density(Distribution(kind="uniform", low=0.0, high=1.0))[:2]
    (0.03125, 0.03125)
    """
    from foedus.search.distributions import chance_below  # noqa: PLC0415 - scipy is slow to load

    low, high = distribution.low, distribution.high
    if low == high:
        return ()
    edges = [low + (high - low) * n / PARTS for n in range(PARTS + 1)]
    below = [chance_below(distribution, edge) for edge in edges]
    return tuple(round(after - before, 6) for before, after in pairwise(below))
