"""What makes a deal's measures vary between futures: Sobol indices by SALib, games played for it.

The first-order index of a parameter is the share of the variance that knowing it would take away,
Var(E[y | x]) / Var(y); the total one is the share that would be left if all others were known,
which counts what it does together with others too (I. M. Sobol', Mathematics and Computers in
Simulation 55, 2001). Both are estimated from pairs of futures that have some parameters in common
(A. Saltelli et al., Computer Physics Communications 181(2), 2010), with 95 % intervals by bootstrap
over those pairs, as SALib does them. A group counts as one parameter.

Sets of futures in which a game was not solved are left out whole; what is left is still a sample.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.answer.uncertainty_values import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from foedus.search.values import Floats

    Evaluate = Callable[[Floats], Floats]
    """Given chances (N, P) of the parameters, returns measures (M, N); not a number if unsolved."""

BASE = 1024
"""Sets of futures; each is two futures and one more for each parameter. A power of two."""

VARIED_LEAST = 20
"""In how many futures a measure must differ from the first at least: an index of a variance that
rests on a handful of futures is chance."""

MEASURES = ("lasting", "agree", "survive", "direct_any", "security")
"""What indices are told of: the chance that the deal is agreed and holds, and as in `Outcomes`."""


def sobol_indices(
    evaluate: Evaluate, names: Sequence[str], groups: Sequence[str] | None, *, seed: int, base: int
) -> list[tuple[Index, ...]]:
    """Return for each measure the indices of the parameters, or of the groups they belong to.

    Parameters
    ----------
    evaluate
        Plays the games.
    names
        P parameters.
    groups
        For each of them the group it belongs to; None to tell of each by itself.
    seed
        Of the scrambled Sobol points, and of the bootstrap.
    base
        How many sets of futures, a power of two.

    Returns
    -------
    list
        For each measure, in the order of what ``evaluate`` gives; empty where it never varies.
    """
    from SALib.analyze import sobol as analysis  # type: ignore[import-untyped]  # noqa: PLC0415 - slow
    from SALib.sample import sobol as sampling  # type: ignore[import-untyped]  # noqa: PLC0415 - slow

    problem: dict[str, Any] = {
        "num_vars": len(names),
        "names": list(names),
        "bounds": [[0.0, 1.0]] * len(names),
    }
    if groups is not None:
        problem["groups"] = list(groups)
    told = list(names) if groups is None else list(dict.fromkeys(groups))
    points = sampling.sample(problem, base, calc_second_order=False, scramble=True, seed=seed)
    found: list[tuple[Index, ...]] = []
    for values in evaluate(points):
        sets = values.reshape(-1, len(told) + 2)
        kept = sets[np.isfinite(sets).all(axis=1)]
        varies = kept[:, [0, -1]]  # what the variance is of
        if len(kept) < 2 or (varies != varies[0, 0]).sum() < VARIED_LEAST:
            found.append(())
            continue
        # a seed of nought would be taken for none
        done = analysis.analyze(problem, kept.ravel(), calc_second_order=False, seed=seed + 1)
        found.append(_indices(told, done))
    return found


def _indices(names: Sequence[str], done: Any) -> tuple[Index, ...]:  # noqa: ANN401 - SALib's
    rows = zip(names, done["S1"], done["S1_conf"], done["ST"], done["ST_conf"], strict=True)
    found = [
        Index(
            of=name,
            first=float(first),
            first_half=float(first_half),
            total=float(total),
            total_half=float(total_half),
        )
        for name, first, first_half, total, total_half in rows
    ]
    return tuple(sorted(found, key=lambda index: (-index.total, index.of)))
