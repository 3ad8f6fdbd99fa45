"""What the solver is asked: deals reduced over futures, or told in full.

This is the one place that says which solver a sweep runs on. The compiler is loaded only when
something is solved, as that takes a while.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.case.values import Case
    from foedus.search.values import Counts, Futures, Outcomes, Reduction


def reduce(case: Case, deals: Counts, futures: Futures, *, threads: int = 1) -> Reduction:
    """Return how each of ``deals`` (D, J) fares over ``futures``; no number depends on threads."""
    from foedus.search import compiled  # noqa: PLC0415 - slow to load

    return compiled.reduce(case, deals, futures, threads=threads)


def outcomes(case: Case, deals: Counts, futures: Futures, *, threads: int = 1) -> Outcomes:
    """Return every outcome of each of ``deals`` (D, J) in each of ``futures``."""
    from foedus.search import compiled  # noqa: PLC0415 - slow to load

    return compiled.outcomes(case, deals, futures, threads=threads)


def first(futures: Futures, count: int) -> Futures:
    """Return the first ``count`` futures: a power of two of them is again a Sobol set."""
    if count == len(futures.values):
        return futures
    return replace(futures, values=futures.values[:count])
