"""What an outcome amounts to over futures, leaving out those in which it was not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.values import Estimate

if TYPE_CHECKING:
    from foedus.search.values import Flags, Floats

LOW, HIGH = 0.05, 0.95
"""The quantiles told beside a mean."""


def means(values: Floats | Flags, solved: Flags) -> Floats:
    """Return the mean (D,) of ``values`` (D, F) over the futures ``solved``, one or more a row.

    Examples
    --------
    >>> means(np.array([[0.2, 0.4, np.nan]]), np.array([[True, True, False]])).round(3)
    array([0.3])
    """
    return np.asarray(np.where(solved, values, 0.0).sum(axis=1) / solved.sum(axis=1))


def estimates(values: Floats, solved: Flags) -> tuple[Estimate, ...]:
    """Return an estimate for each row of ``values`` (D, F) over the futures ``solved``.

    A quantile lies on the straight line between the two nearest of the n values in their order, the
    first being quantile 0 and the last quantile 1: definition 7 of R. J. Hyndman & Y. Fan, "Sample
    Quantiles in Statistical Packages", The American Statistician 50(4), 1996.

    Examples
    --------
    >>> estimates(np.array([[0.0, 1.0, np.nan]]), np.array([[True, True, False]]))
    (Estimate(mean=0.5, low=0.05, high=0.95),)
    """
    ranked = np.sort(np.where(solved, values, np.inf), axis=1)  # what was not found goes last
    last = solved.sum(axis=1) - 1
    rows = zip(
        means(values, solved).tolist(),
        _quantile(ranked, last, LOW).tolist(),
        _quantile(ranked, last, HIGH).tolist(),
        strict=True,
    )
    return tuple(Estimate(mean=mean, low=low, high=high) for mean, low, high in rows)


def _quantile(ranked: Floats, last: np.ndarray, chance: float) -> Floats:
    place = last * chance
    below = np.floor(place).astype(int)
    row = np.arange(len(ranked))
    low, high = ranked[row, below], ranked[row, np.minimum(below + 1, last)]
    return np.asarray(low + (high - low) * (place - below))
