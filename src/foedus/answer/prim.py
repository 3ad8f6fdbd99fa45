"""Boxes of futures: a few limits on a few parameters that fence in where something comes about.

The patient rule induction method of J. H. Friedman & N. I. Fisher, "Bump Hunting in
High-Dimensional Data", Statistics and Computing 9(2), 1999, as used for scenario discovery by
B. P. Bryant & R. J. Lempert, "Thinking Inside the Box", Technological Forecasting and Social Change
77(1), 2010. From the box of all futures a thin slice is peeled off again and again, always the one
whose loss makes the rest the richest; at the end slices are pasted back where that makes it richer
still. On the way lies a row of boxes, from wide and mixed to narrow and pure.

Of these the one is taken whose harmonic mean of coverage and density is the highest (the F measure
of C. J. van Rijsbergen, "Information Retrieval", 1979): a judgement, in place of an eye on a chart.

A box found in data always looks better there than it is, the more so the longer it was peeled. So
it is found in one half of the futures and told by the other; and how far to peel is found within
the first half, by peeling random halves of it and trying each box on what was left out. A limit
stays only when both of Bryant & Lempert's tests speak for it: its quasi-p-value, in the half that
had no part in finding it, and that the boxes found in the random halves have it too.

With dozens of idle parameters and few futures, the best of so many slices is often an idle one. So
only those parameters are peeled that differ at all between the futures of interest and the others,
by the test of Kolmogorov and Smirnov at the level `DIFFER`. What parameters do only together, each
by itself making no difference, is not found.

Written here because what exists does not fit: the package PRIM is under the GPL, and the one in
ema_workbench comes with a whole workbench. A test compares with the latter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from foedus.search.values import Flags, Floats

PEEL = 0.05
"""Share of the futures left in a box that one peeling takes away: the usual patience."""

MASS_LEAST = 0.05
"""Share of all futures that a box must keep: below it there is too little to go by."""

DIFFER = 0.05
"""How likely a parameter's difference may be chance for it to be peeled: about one idle parameter
in twenty is, and has to be seen through later."""

RESAMPLES = 8
AGREE_LEAST = 0.6
"""In how many random halves, of `RESAMPLES`, a limit must come back. A judgement."""

QUASI_P_MOST = 0.01
"""How likely a limit may be to be chance, shared out over the limits of a box."""

FEWEST = 20
"""With fewer futures of interest, or fewer others, no box is sought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A box: futures with every column of x within ``low`` and ``high`` (P,), infinite if free."""

    low: Floats
    high: Floats

    def inside(self, x: Floats) -> Flags:
        """Return (N,): which rows of ``x`` (N, P) lie in the box."""
        return np.asarray(((x >= self.low) & (x <= self.high)).all(axis=1))

    def restricted(self) -> Flags:
        """Return (P,): which columns have a limit."""
        return np.asarray(np.isfinite(self.low) | np.isfinite(self.high))

    def freed(self, column: int) -> Limits:
        """Return the box without its limits on one column."""
        low, high = self.low.copy(), self.high.copy()
        low[column], high[column] = -np.inf, np.inf
        return Limits(low=low, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How a box does in futures that had no part in finding it.

    Parameters
    ----------
    limits
        The box.
    coverage
        Share of all futures of interest that lie in it.
    density
        Share of the futures in it that are of interest.
    mass
        Share of all futures that lie in it.
    quasi_p
        For each column: how likely it is that its limits are chance; not a number where free.
    agreed
        For each column: in which share of random halves it had a limit too.
    """

    limits: Limits
    coverage: float
    density: float
    mass: float
    quasi_p: Floats
    agreed: Floats


def find_box(x: Floats, y: Flags, rng: np.random.Generator) -> Told | None:
    """Return a box of ``x`` (N, P) rich in ``y`` (N,), or None where no limit is clear of chance.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = rng.uniform(size=(2000, 5))
    >>> box = find_box(x, (x[:, 2] < 0.4) & (x[:, 4] > 0.3), rng)
    >>> box.limits.restricted().tolist(), box.limits.high.round(1).tolist()
    ([False, False, True, False, True], [inf, inf, 0.4, inf, inf])
    """
    first = np.zeros(len(y), dtype=bool)
    first[rng.permutation(len(y))[: len(y) // 2]] = True
    told = ~first
    if min(y[first].sum(), (~y[first]).sum(), y[told].sum(), (~y[told]).sum()) < FEWEST // 2:
        return None
    columns = np.flatnonzero(differ(x[first], y[first]) <= DIFFER)
    if not len(columns):
        return None
    found, share = _chosen(x[first][:, columns], y[first], rng)
    low, high, agreed = (np.full(x.shape[1], end) for end in (-np.inf, np.inf, 0.0))
    low[columns], high[columns], agreed[columns] = found.low, found.high, share
    limits = Limits(low=low, high=high)
    for column in np.flatnonzero(limits.restricted() & (agreed < AGREE_LEAST)):
        limits = limits.freed(int(column))
    limits = _pruned(limits, x[told], y[told])
    if not limits.restricted().any():
        return None
    limits = _pasted(limits, x[first], y[first])
    inside = limits.inside(x[told])
    return Told(
        limits=limits,
        coverage=float(y[told][inside].sum() / y[told].sum()),
        density=float(y[told][inside].mean()),
        mass=float(inside.mean()),
        quasi_p=quasi_p(limits, x[told], y[told]),
        agreed=agreed,
    )


def differ(x: Floats, y: Flags) -> Floats:
    """Return (P,) how likely it is that each column's difference where ``y`` holds is chance.

    The two-sample test of Kolmogorov and Smirnov, by its limit for many futures (N. Smirnov,
    Annals of Mathematical Statistics 19(2), 1948).
    """
    from scipy import special  # noqa: PLC0415 - slow to load, and help needs none of it

    hits, others = int(y.sum()), int((~y).sum())
    order = np.argsort(x, axis=0, kind="stable")
    ranked, held = np.take_along_axis(x, order, axis=0), y[order]
    apart = np.abs(held.cumsum(axis=0) / hits - (~held).cumsum(axis=0) / others)
    # among equal values only the last one counts
    last = np.vstack([ranked[1:] > ranked[:-1], np.ones((1, x.shape[1]), dtype=bool)])
    widest = np.where(last, apart, 0.0).max(axis=0)
    return np.asarray(special.kolmogorov(widest * (hits * others / (hits + others)) ** 0.5))


def f_measure(limits: Limits, x: Floats, y: Flags) -> float:
    """Return the harmonic mean of coverage and density: 2 · hits / (futures inside + hits sought).

    Examples
    --------
    >>> box = Limits(low=np.array([-np.inf]), high=np.array([0.5]))
    >>> x = np.array([[0.1], [0.2], [0.8], [0.9]])
    >>> f_measure(box, x, np.array([True, True, True, False]))  # coverage 2/3, density 1
    0.8
    """
    inside = limits.inside(x)
    sought = inside.sum() + y.sum()
    return float(2 * y[inside].sum() / sought) if sought else 0.0


def peeled(x: Floats, y: Flags) -> list[Limits]:
    """Return the boxes on the way: first that of all futures, each next one a slice less."""
    count, columns = x.shape
    box = Limits(low=np.full(columns, -np.inf), high=np.full(columns, np.inf))
    boxes = [box]
    rows = np.arange(count)
    while True:
        found = _best_slice(x[rows], y[rows])
        if found is None:
            return boxes
        column, upper, cut = found
        low, high = box.low.copy(), box.high.copy()
        (high if upper else low)[column] = cut
        rows = rows[x[rows, column] <= cut] if upper else rows[x[rows, column] >= cut]
        if len(rows) < MASS_LEAST * count:
            return boxes
        box = Limits(low=low, high=high)
        boxes.append(box)


def quasi_p(limits: Limits, x: Floats, y: Flags) -> Floats:
    """Return (P,) how likely each column's limits are chance; not a number where it has none.

    Without the limits the box would be wider, with some density there; the quasi-p-value is the
    chance that as many futures as the box holds, drawn at that density, have as many of interest
    as it has or more (Bryant & Lempert 2010, after the binomial test).
    """
    from scipy import special  # noqa: PLC0415 - slow to load, and help needs none of it

    inside = limits.inside(x)
    hits, held = int(y[inside].sum()), int(inside.sum())
    chances = np.full(x.shape[1], np.nan)
    for column in np.flatnonzero(limits.restricted()):
        wider = limits.freed(int(column)).inside(x)
        share = float(y[wider].mean()) if wider.any() else 1.0
        chances[column] = special.bdtrc(hits - 1, held, share) if hits else 1.0
    return chances


def _best_slice(x: Floats, y: Flags) -> tuple[int, bool, float] | None:
    """Return column, side and new limit of the best slice to take; None where none helps.

    The best makes the rest the richest for each future lost, so that slices of several sizes can be
    compared (Friedman & Fisher 1999, section 14).
    """
    count = len(y)
    size = max(1, round(PEEL * count))
    if count <= size or y.all() or not y.any():
        return None
    order = np.argsort(x, axis=0, kind="stable")
    ranked = np.take_along_axis(x, order, axis=0)
    hits = y[order]
    total = int(y.sum())
    rest = count - size
    below = (total - hits[:size].sum(axis=0)) / rest
    above = (total - hits[rest:].sum(axis=0)) / rest
    # a cut between equal values would part what is alike
    below = np.where(ranked[size - 1] < ranked[size], below, -np.inf)
    above = np.where(ranked[rest - 1] < ranked[rest], above, -np.inf)
    gains = np.stack([below, above]).round(12)
    side, column = np.unravel_index(int(gains.argmax()), gains.shape)
    if gains[side, column] <= total / count:
        return None
    near = (size - 1, size) if side == 0 else (rest - 1, rest)
    cut = float(ranked[near[0], column] + ranked[near[1], column]) / 2
    return int(column), bool(side == 1), cut


def _chosen(x: Floats, y: Flags, rng: np.random.Generator) -> tuple[Limits, Floats]:
    """Return the box to take, and (P,) in which share of random halves it has each limit.

    A way of boxes found in a half is tried on the rest, and how F goes with the share of futures
    that a box holds is averaged over several halves; of all futures' boxes the one is taken whose
    share is the best by that.
    """
    shares = np.linspace(MASS_LEAST, 1.0, 96)
    scores = np.zeros(len(shares))
    ways: list[tuple[Floats, list[Limits]]] = []
    for _ in range(RESAMPLES):
        half = np.zeros(len(y), dtype=bool)
        half[rng.permutation(len(y))[: len(y) // 2]] = True
        boxes = peeled(x[half], y[half])
        held = np.array([box.inside(x[half]).mean() for box in boxes])
        found = np.array([f_measure(box, x[~half], y[~half]) for box in boxes])
        scores += np.interp(shares, held[::-1], found[::-1])
        ways.append((held, boxes))
    # the widest of several as good
    share = shares[len(shares) - 1 - int(np.argmax(scores[::-1].round(9)))]
    agreed = np.mean([_nearest(*way, share).restricted() for way in ways], axis=0)
    boxes = peeled(x, y)
    return _nearest(np.array([box.inside(x).mean() for box in boxes]), boxes, share), agreed


def _nearest(held: Floats, boxes: list[Limits], share: float) -> Limits:
    """Return the box whose share of futures is nearest to what is wanted."""
    return boxes[int(np.argmin(np.abs(held - share)))]


def _pruned(limits: Limits, x: Floats, y: Flags) -> Limits:
    """Return the box without limits that could be chance, the likeliest taken off first."""
    while (restricted := int(limits.restricted().sum())) > 0:
        chances = quasi_p(limits, x, y)
        worst = int(np.nanargmax(chances))
        if chances[worst] <= QUASI_P_MOST / restricted:
            break
        limits = limits.freed(worst)
    return limits


def _pasted(limits: Limits, x: Floats, y: Flags) -> Limits:
    """Return the box with slices pasted back as long as each raises the F measure."""
    best = f_measure(limits, x, y)
    while True:
        wider = [
            _widened(limits, x, int(j), u)
            for j in np.flatnonzero(limits.restricted())
            for u in (False, True)
        ]
        scores = [-np.inf if box is None else f_measure(box, x, y) for box in wider]
        chosen = wider[int(np.argmax(scores))] if scores else None
        if chosen is None or max(scores) <= best + 1e-12 or not chosen.restricted().any():
            return limits
        limits, best = chosen, max(scores)


def _widened(limits: Limits, x: Floats, column: int, upper: bool) -> Limits | None:  # noqa: FBT001
    """Return the box with one limit moved out by a slice; None where there is nothing to paste."""
    side = limits.high if upper else limits.low
    if not np.isfinite(side[column]):
        return None
    size = max(1, round(PEEL * int(limits.inside(x).sum())))
    others = limits.freed(column)
    low, high = limits.low[column], limits.high[column]
    values = x[others.inside(x), column]
    out = np.sort(values[values > high]) if upper else np.sort(-values[values < low])
    low_new, high_new = limits.low.copy(), limits.high.copy()
    edge = np.inf if len(out) <= size else (out[size - 1] + out[size]) / 2
    (high_new if upper else low_new)[column] = edge if upper else -edge
    return Limits(low=low_new, high=high_new)
