"""Deals solved with the readable game, one pair at a time: what a faster solver has to agree with.

Deals are told in a few numbers each (means, quantiles and counts over the futures), or in full.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import astuple
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from foedus.game import solve
from foedus.game.outcomes import ends, survival
from foedus.game.war import ends_without_deal
from foedus.search.inputs import each_future, effects
from foedus.search.values import (
    CRITERIA_TOLD,
    MEASURES_TOLD,
    QUANTILES_TOLD,
    Outcomes,
    Reduction,
    years_told,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.case.values import Case, Criteria
    from foedus.game import Future, Solution
    from foedus.search.values import Counts, Flags, Floats, Futures


def reduce_plain(case: Case, deals: Counts, futures: Futures) -> Reduction:
    """Return how each of ``deals`` (D, J) fares over ``futures``, with the readable game."""
    each = each_future(case, futures)
    shape = (len(deals), len(MEASURES_TOLD))
    mean = np.full(shape, np.nan)
    each_mean = np.full((len(deals), len(case.guarantors), 3), np.nan)
    quantiles = np.full((*shape, len(QUANTILES_TOLD)), np.nan)
    met = np.zeros((len(deals), len(CRITERIA_TOLD)), dtype=np.int64)
    robust, multiple, failed = (np.zeros(len(deals), dtype=np.int64) for _ in range(3))
    for d, deal in enumerate(deals.tolist()):
        given = effects(case, tuple(deal))
        solved = [solve(given, future) for future in each]
        told = np.array([measures(solution) for solution in solved])
        good = np.array([s.converged for s in solved]) & np.isfinite(told).all(axis=1)
        failed[d] = len(each) - good.sum()
        multiple[d] = (np.array([s.multiple for s in solved]) & good).sum()
        if good.any():
            holds = np.stack(criteria_met(told[good], case.criteria), axis=1)
            met[d], robust[d] = holds.sum(axis=0), holds.all(axis=1).sum()
            mean[d], quantiles[d] = told[good].mean(axis=0), _quantiles(told[good])
            rows = [(s.alpha, s.direct, s.cost_total) for s in compress(solved, good)]
            each_mean[d] = np.array(rows).mean(axis=0).T
    return Reduction(
        deals=deals,
        mean=mean,
        by_guarantor=each_mean,
        quantiles=quantiles,
        met=met,
        robust=robust,
        multiple=multiple,
        failed=failed,
    )


def outcomes_plain(case: Case, deals: Counts, futures: Futures) -> Outcomes:
    """Return every outcome of each of ``deals`` (D, J) in each future, with the readable game."""
    each = each_future(case, futures)
    rows = [
        [solve(given, future) for future in each]
        for given in (effects(case, tuple(deal)) for deal in deals.tolist())
    ]

    def table(take: Callable[[Solution], object], kind: type = float) -> np.ndarray:
        return np.array([[take(s) for s in row] for row in rows], dtype=kind)

    periods = [round(year / case.period_years) for year in years_told(case)]
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
        ends_by_year=np.array(
            [
                [[_ends_by(s, f, t) for t in periods] for s, f in zip(row, each, strict=True)]
                for row in rows
            ]
        ),
        ends_no_deal=np.array([[astuple(ends_without_deal(f, t)) for t in periods] for f in each]),
        multiple=table(lambda s: s.multiple, bool),
        converged=table(lambda s: s.converged, bool),
    )


def _ends_by(solution: Solution, future: Future, periods: int) -> tuple[float, ...]:
    """Return the chances of the seven ends within ``periods``.

    Who honours is decided by the stage in which the one challenge comes.
    """
    fights = [1 - math.prod(1 - p for p in row) for row in solution.pi]
    peace, direct = 1.0, 0.0
    for t in range(1, periods + 1):
        inside = t <= solution.window
        q = solution.q_window[t - 1] if inside else solution.q
        stage = bisect_left(solution.starts, t) - 1 if inside else -1
        direct += peace * q * fights[stage]
        peace *= 1 - q
    return astuple(ends(solution.agree, peace, direct, future, periods))


def measures(solution: Solution) -> tuple[float, ...]:
    """Return the measures of one pair, in the order of `MEASURES_TOLD`."""
    return (
        float(solution.accept_c),
        float(solution.accept_p),
        solution.value_c - solution.war_value_c,
        solution.value_p - solution.war_value_p,
        math.prod(solution.alpha),
        solution.agree,
        solution.survive,
        solution.window_risk,
        solution.direct_any,
        solution.security,
        sum(solution.cost_total),
        solution.value_c,
        solution.value_p,
        solution.agree * solution.survive,
        solution.agree * (solution.value_c - solution.war_value_c),
        solution.agree * (solution.value_p - solution.war_value_p),
    )


def criteria_met(told: Floats, criteria: Criteria) -> list[Flags]:
    """Return where each criterion holds, from measures (..., M)."""
    column = {name: told[..., m] for m, name in enumerate(MEASURES_TOLD)}
    holds = {
        "accept_c": column["accept_c"] > 0,
        "accept_p": column["accept_p"] > 0,
        "alpha": column["alpha"] >= criteria.alpha_least,
        "survive": column["survive"] >= criteria.survive_least,
        "window_risk": column["window_risk"] <= criteria.window_risk_most,
        "direct_any": column["direct_any"] <= criteria.direct_war_most,
        "security": column["security"] >= criteria.security_least,
    }
    return [holds[name] for name in CRITERIA_TOLD]


def _quantiles(told: Floats) -> Floats:
    """Return (M, 5) of measures (F, M): each a value that occurs, as `Reduction` defines it."""
    return np.quantile(told, QUANTILES_TOLD, axis=0, method="inverted_cdf").T
