"""Deals solved in futures with the readable game, over several processes.

The work is split over deals, never over futures, and every pair is solved by itself, so the answer
is the same to the last bit for any number of processes.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from foedus.game import Solution, solve
from foedus.game.outcomes import survival
from foedus.game.war import ends_without_deal
from foedus.search.values import Outcomes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Executor

    from foedus.game import Effects, Future

Row = tuple[Solution, ...]
"""One deal in every future."""

CHUNK = 4
"""Deals that a process takes at a time."""


def solve_row(futures: tuple[Future, ...], deal: tuple[Effects, ...]) -> Row:
    """Return the solution of ``deal`` in each of ``futures``."""
    return tuple(solve(deal, future) for future in futures)


def executor(workers: int) -> Executor | None:
    """Return what runs on ``workers`` processes; None for one, which needs no other process."""
    if workers == 1:
        return None
    # Fresh processes: a copy of this one could inherit a lock that a thread of its holds.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def solve_all(
    deals: Sequence[tuple[Effects, ...]],
    futures: tuple[Future, ...],
    pool: Executor | None,
    *,
    progress: Callable[[float], None],
) -> tuple[Row, ...]:
    """Return every deal in every future, in the order of ``deals``."""
    one = partial(solve_row, futures)
    rows: Iterable[Row] = map(one, deals) if pool is None else pool.map(one, deals, chunksize=CHUNK)
    solved = []
    for row in rows:
        solved.append(row)
        progress(len(solved) / len(deals))
    return tuple(solved)


def outcomes(
    rows: Sequence[Row], futures: tuple[Future, ...], years: tuple[float, ...]
) -> Outcomes:
    """Return the solutions as arrays; ``years`` are those at which survival and ends are told."""

    def table(take: Callable[[Solution], object], kind: type = float) -> np.ndarray:
        return np.array([[take(s) for s in row] for row in rows], dtype=kind)

    periods = [round(year / futures[0].period_years) for year in years]
    return Outcomes(
        accept_c=table(lambda s: s.accept_c, bool),
        accept_p=table(lambda s: s.accept_p, bool),
        margin_c=table(lambda s: s.value_c - s.war_value_c),
        margin_p=table(lambda s: s.value_p - s.war_value_p),
        alpha=table(lambda s: s.alpha),
        agree=table(lambda s: s.agree),
        survive=table(lambda s: [survival(s, t) for t in periods]),
        window_risk=table(lambda s: s.window_risk),
        direct=table(lambda s: s.direct),
        direct_any=table(lambda s: s.direct_any),
        security=table(lambda s: s.security),
        cost=table(lambda s: s.cost_total),
        value_c=table(lambda s: s.value_c),
        value_p=table(lambda s: s.value_p),
        ends=table(lambda s: astuple(s.ends)),
        ends_no_deal=np.array(
            [[astuple(ends_without_deal(f, t)) for t in periods] for f in futures]
        ),
        multiple=table(lambda s: s.multiple, bool),
        converged=table(lambda s: s.converged, bool),
    )
