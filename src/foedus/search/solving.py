"""What the solver is asked: deals reduced over futures, or told in full.

This is the one place that says which solver a sweep runs on.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from foedus.search.reducing import outcomes_plain, reduce_plain

if TYPE_CHECKING:
    from foedus.case.values import Case
    from foedus.search.values import Counts, Futures, Outcomes, Reduction

COMPILED = find_spec("foedus.search.compiled") is not None
"""Whether there is a compiled solver; without it the readable game is played pair by pair."""


def reduce(case: Case, deals: Counts, futures: Futures, *, threads: int = 1) -> Reduction:
    """Return how each of ``deals`` (D, J) fares over ``futures``; no number depends on threads."""
    if COMPILED:
        compiled = import_module("foedus.search.compiled")  # the compiler is slow to load
        return cast("Reduction", compiled.reduce(case, deals, futures, threads=threads))
    return reduce_plain(case, deals, futures)


def outcomes(case: Case, deals: Counts, futures: Futures, *, threads: int = 1) -> Outcomes:
    """Return every outcome of each of ``deals`` (D, J) in each of ``futures``."""
    if COMPILED:
        compiled = import_module("foedus.search.compiled")
        return cast("Outcomes", compiled.outcomes(case, deals, futures, threads=threads))
    return outcomes_plain(case, deals, futures)


def first(futures: Futures, count: int) -> Futures:
    """Return the first ``count`` futures: a power of two of them is again a Sobol set."""
    if count == len(futures.values):
        return futures
    return replace(futures, values=futures.values[:count])
