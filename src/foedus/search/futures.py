"""Futures: scrambled Sobol draws of every uncertain parameter, the same for every deal.

Sobol points fill the box of the parameters' ranges more evenly than independent draws, so that few
futures go far; the scrambling is random and comes from one seed (Owen 1998).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import qmc

from foedus.errors import Fault, SearchError
from foedus.search.distributions import values_at
from foedus.search.values import Futures

if TYPE_CHECKING:
    from foedus.case.values import Case


def draw(case: Case, count: int, seed: int) -> Futures:
    """Return ``count`` futures, a power of two; one dimension for each parameter of ``case``.

    The first half of the futures is itself a set of Sobol points, and so on down.

    Raises
    ------
    SearchError
        When a draw is not a finite number, with how many are not.
    """
    sampler = qmc.Sobol(len(case.parameters), scramble=True, rng=np.random.default_rng(seed))
    points = sampler.random_base2(count.bit_length() - 1)
    columns = [
        values_at(parameter.distribution, points[:, i])
        for i, parameter in enumerate(case.parameters)
    ]
    futures = Futures(
        seed=seed,
        keys=tuple(parameter.key for parameter in case.parameters),
        values=np.stack(columns, axis=1),
    )
    refuse_not_finite(case, futures)
    return futures


def refuse_not_finite(case: Case, futures: Futures) -> None:
    """Refuse futures with a number that is not finite, saying how many of each parameter.

    Raises
    ------
    SearchError
        The game would make something of such a number, and no figure may rest on it.
    """
    wrong = (~np.isfinite(futures.values)).sum(axis=0).tolist()
    faults = tuple(
        Fault(
            at=f"{count} of {len(futures.values)} draws of {key}",
            found="not finite",
            must="be a finite number",
        )
        for key, count in zip(futures.keys, wrong, strict=True)
        if count
    )
    if faults:
        raise SearchError(case.title, faults)
