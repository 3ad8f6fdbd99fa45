"""Deals solved with the compiled game, many futures at a time: what `foedus.search.solving` asks.

Deals are solved in chunks, each by one thread, and every chunk begins afresh, so that no number
depends on how many threads there are. The first use on a machine compiles the game, which takes
about half a minute; what was compiled is kept on disk for the next.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from foedus.search import kernel
from foedus.search.careful import solve_rest
from foedus.search.going_on import ends_without_deal
from foedus.search.inputs import columns
from foedus.search.packing import pack
from foedus.search.reducing import criteria_met
from foedus.search.values import (
    CRITERIA_TOLD,
    MEASURES_TOLD,
    QUANTILES_TOLD,
    Outcomes,
    Reduction,
    years_told,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from foedus.case.values import Case
    from foedus.search.kernel import Packed
    from foedus.search.values import Counts, Flags, Floats, Futures

    Solved = tuple[Floats, Flags, Flags]
    """What is told of deals (D, rows, F), and where there are several equilibria or none found."""

Part = TypeVar("Part")

CHUNK = 64
"""Deals solved one after the other, each from where the one before has led."""

HELD = 1 << 18
"""Pairs whose outcomes are held at once, about, by each thread."""

REDUCED = 1 << 14
"""Pairs whose outcomes are reduced at once, about: they stay in the cache."""


def reduce(case: Case, deals: Counts, futures: Futures, *, threads: int = 1) -> Reduction:
    """Return how each of ``deals`` (D, J) fares over ``futures``; no number depends on threads."""
    packed = pack(case, futures, (case.horizon_years,))

    def one(some: Counts) -> Reduction:
        return _reduced(case, some, _solved(packed, some))

    parts = _in_chunks(one, deals, len(futures.values), threads)

    return _joined(parts) if parts else _nothing(case)


def _nothing(case: Case) -> Reduction:
    """Return a reduction of no deals."""
    none, measures = np.empty(0, dtype=np.int64), len(MEASURES_TOLD)
    return Reduction(
        deals=np.empty((0, len(case.provisions)), dtype=np.int64),
        mean=np.empty((0, measures)),
        by_guarantor=np.empty((0, len(case.guarantors), 3)),
        quantiles=np.empty((0, measures, len(QUANTILES_TOLD))),
        met=np.empty((0, len(CRITERIA_TOLD)), dtype=np.int64),
        robust=none,
        multiple=none,
        failed=none,
    )


def outcomes(case: Case, deals: Counts, futures: Futures, *, threads: int = 1) -> Outcomes:
    """Return every outcome of each of ``deals`` (D, J) in each of ``futures``."""
    years = years_told(case)
    packed = pack(case, futures, years)
    parts = _in_chunks(lambda some: _solved(packed, some), deals, len(futures.values), threads)
    told, multiple, failed = (np.concatenate(each) for each in zip(*parts, strict=True))
    k, first = len(case.guarantors), kernel.DIRECT

    def by_guarantor(which: int) -> Floats:
        """Return (D, F, K)."""
        begin = first + which * k
        return np.ascontiguousarray(told[:, begin : begin + k].transpose(0, 2, 1))

    def by_year(which: int) -> Floats:
        """Return (D, F, Y)."""
        begin = first + 3 * k + which * len(years)
        return np.ascontiguousarray(told[:, begin : begin + len(years)].transpose(0, 2, 1))

    periods = [round(year / case.period_years) for year in years]
    without = ends_without_deal(columns(case, futures), periods)
    alpha = by_guarantor(2)
    accept_c, accept_p = told[:, kernel.MARGIN_C] >= 0, told[:, kernel.MARGIN_P] >= 0
    agree = accept_c * accept_p * alpha.prod(axis=2)
    survive, direct_any = by_year(1), by_year(0)
    ends = _ends(agree, survive, direct_any, without)
    return Outcomes(
        accept_c=accept_c,
        accept_p=accept_p,
        margin_c=told[:, kernel.MARGIN_C],
        margin_p=told[:, kernel.MARGIN_P],
        alpha=alpha,
        agree=agree,
        survive=survive,
        window_risk=told[:, kernel.WINDOW_RISK],
        direct=by_guarantor(0),
        direct_any=direct_any[:, :, -1],
        security=told[:, kernel.SECURITY],
        cost=by_guarantor(1),
        value_c=told[:, kernel.VALUE_C],
        value_p=told[:, kernel.VALUE_P],
        ends=ends[:, :, -1],
        ends_by_year=ends,
        ends_no_deal=without,
        multiple=multiple,
        converged=~failed,
    )


def _in_chunks(
    solve: Callable[[Counts], Part], deals: Counts, futures: int, threads: int
) -> list[Part]:
    """Return what ``solve`` makes of each chunk of deals, in their order."""
    size = max(1, HELD // futures)
    chunks = [deals[low : low + size] for low in range(0, len(deals), size)]
    if threads == 1 or len(chunks) == 1:
        return [solve(chunk) for chunk in chunks]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(solve, chunks))


def _solved(packed: Packed, deals: Counts) -> Solved:
    """Return what is told of ``deals`` in every future."""
    deals = np.ascontiguousarray(deals, dtype=np.int64)
    count, futures, guarantors = len(deals), packed.draw.shape[1], packed.fight.shape[0]
    delays = packed.delay[packed.first + deals]
    stages = max(len({0, *row}) for row in delays.tolist())
    rows = kernel.DIRECT + 3 * guarantors + 2 * packed.periods.size
    told = np.empty((count, rows, futures))
    passed = np.empty((count, 2, futures), dtype=np.bool_)
    kept, found = np.zeros((count, stages * guarantors, futures)), np.empty_like(passed[:, 0])
    double, single = (kernel.address(single=which) for which in (False, True))
    for low in range(0, count, CHUNK):
        run = slice(low, low + CHUNK)
        each = (told[run], passed[run], kept[run], found[run])
        kernel.solve_most(double, single, packed, deals[run], stages, *each)
    multiple, failed = solve_rest(packed, deals, told, passed, kept, found)
    return told, multiple, failed


def _reduced(case: Case, deals: Counts, solved: Solved) -> Reduction:
    """Return means, quantiles and counts over the futures that did not fail, in small batches."""
    told, multiple, failed = solved
    size = max(1, REDUCED // told.shape[2])
    batches = [slice(low, low + size) for low in range(0, len(deals), size)]
    parts = [_batch_reduced(case, deals[at], told[at], multiple[at], failed[at]) for at in batches]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _joined(parts: Sequence[Reduction]) -> Reduction:
    """Return one reduction of all the deals."""
    names = [field.name for field in fields(Reduction)]
    return Reduction(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    )


def _batch_reduced(
    case: Case, deals: Counts, told: Floats, multiple: Flags, failed: Flags
) -> Reduction:
    """Return means, quantiles and counts over the futures that did not fail."""
    k = len(case.guarantors)
    measures, each = _measures(told, k), _each(told, k)
    good = ~failed & np.isfinite(measures.sum(axis=1))
    count = good.sum(axis=1)
    holds = criteria_met(np.moveaxis(measures, 1, 2), case.criteria)
    holds = [met & good for met in holds]
    if not good.all():
        each = np.where(good[:, None, None], each, 0.0)
    known = measures if good.all() else np.where(good[:, None], measures, 0.0)
    with np.errstate(invalid="ignore"):  # a deal that failed in every future has no mean
        mean = known.sum(axis=2) / count[:, None]
        by_guarantor = each.sum(axis=3) / count[:, None, None]
    if not good.all():
        known = np.where(good[:, None], measures, np.inf)
    known.sort(axis=2)
    # the smallest value that at least a share of the good futures have at most
    place = np.ceil(np.array(QUANTILES_TOLD) * count[:, None] - 1e-9).astype(np.int64) - 1
    place = np.broadcast_to(np.maximum(place, 0)[:, None], (*mean.shape, len(QUANTILES_TOLD)))
    quantiles = np.take_along_axis(known, place, axis=2)
    quantiles[count == 0] = np.nan
    return Reduction(
        deals=deals,
        mean=mean,
        by_guarantor=by_guarantor,
        quantiles=quantiles,
        met=np.stack([met.sum(axis=1) for met in holds], axis=1),
        robust=np.logical_and.reduce(holds).sum(axis=1),
        multiple=(multiple & good).sum(axis=1),
        failed=good.shape[1] - count,
    )


def _measures(told: Floats, k: int) -> Floats:
    """Return (D, M, F): what is told of each deal, one number for each of `MEASURES_TOLD`."""
    first = kernel.DIRECT
    margin_c, margin_p = told[:, kernel.MARGIN_C], told[:, kernel.MARGIN_P]
    alpha = told[:, first + 2 * k : first + 3 * k].prod(axis=1)
    accept_c, accept_p = (margin_c >= 0).astype(float), (margin_p >= 0).astype(float)
    each = {
        "accept_c": accept_c,
        "accept_p": accept_p,
        "margin_c": margin_c,
        "margin_p": margin_p,
        "alpha": alpha,
        "agree": accept_c * accept_p * alpha,
        "survive": told[:, -1],
        "window_risk": told[:, kernel.WINDOW_RISK],
        "direct_any": told[:, first + 3 * k],
        "security": told[:, kernel.SECURITY],
        "cost": told[:, first + k : first + 2 * k].sum(axis=1),
        "value_c": told[:, kernel.VALUE_C],
        "value_p": told[:, kernel.VALUE_P],
    }
    each["lasting"] = each["agree"] * each["survive"]
    each |= {f"gain_{side}": each["agree"] * each[f"margin_{side}"] for side in "cp"}
    return np.stack([each[name] for name in MEASURES_TOLD], axis=1)


def _each(told: Floats, k: int) -> Floats:
    """Return (D, K, 3, F): what is told of each guarantor, as in `GUARANTOR_MEASURES_TOLD`."""
    direct, cost, alpha = (told[:, kernel.DIRECT + i * k :][:, :k] for i in range(3))
    return np.stack([alpha, direct, cost], axis=2)


def _ends(agree: Floats, survive: Floats, direct_any: Floats, without: Floats) -> Floats:
    """Return (D, F, Y, 7), the chances of the seven ends; ``without`` (F, Y, 7): with no deal."""
    ends = (1 - agree)[:, :, None, None] * without
    ends[..., 0] = agree[:, :, None] * survive
    ends[..., 1] = agree[:, :, None] * direct_any
    ends[..., 2] = agree[:, :, None] * (1 - survive - direct_any)
    return ends
