"""What it is worth to know some parameters before choosing: EVPPI, by regression.

The expected value of partial perfect information about parameters x is E[max_d E[y_d | x]] -
max_d E[y_d]: by how much the choice would be better on average if x were known first. It needs no
games within games: E[y_d | x] is the regression of y_d on x over the futures at hand (M. Strong,
J. E. Oakley & A. Brennan, "Estimating Multiparameter Partial Expected Value of Perfect Information
from a Probabilistic Sensitivity Analysis Sample", Medical Decision Making 34(3), 2014).

The regression is on Legendre polynomials of each parameter's rank, which are orthogonal over
futures, with products of two of them where there are several parameters; a ridge that bears harder
on what bends more keeps it smooth (as do the splines of that paper), its strength chosen by
generalised cross-validation (G. H. Golub, M. Heath & G. Wahba, Technometrics 21(2), 1979), which
also chooses, one after the other, which parameters of a group are taken: idle ones would have those
that matter smoothed away. What three or more parameters do only together is not seen, so that a
group may be worth more.

The standard error has two parts: coefficients are drawn from their posterior, as in that paper,
residuals being correlated between deals; and futures are but a sample. The same draws show by how
much the largest of several fitted values flatters, and that is taken off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from foedus.search.values import Floats

DEGREE = 8
"""Highest power of one parameter."""

TOGETHER = 5
"""Highest power, in all, of two parameters."""

MANY = 5
"""With more parameters than this, products are of the first powers only."""

STRENGTHS = tuple(10.0**power for power in range(-6, 4))
"""Of the ridge, in shares of the number of futures."""

DRAWS = 100
CONSIDERED = 16
"""How many deals a posterior draw looks at: those that the fit comes nearest to choosing."""

LOOKED_AT = 512
"""In how many of the futures, about, evenly over their order, a posterior draw is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What knowing is worth: ``value`` in units of y, 0 or more, and its standard error."""

    value: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A regression of D differences on (P,) parameters: what is needed to tell and to doubt it.

    ``terms`` are the powers of each column; ``score`` is that of generalised cross-validation, the
    lower the better; ``root`` the Cholesky factor of the matrix whose
    inverse, times the residuals' covariance ``spread`` (D, D), is the posterior covariance.
    """

    terms: tuple[tuple[int, ...], ...]
    score: float
    coefficients: Floats
    root: Floats
    spread: Floats
    fitted: Floats

    def at(self, chances: Floats) -> Floats:
        """Return (D, N) what is expected at ``chances`` (N, P) of the parameters."""
        return np.asarray((_columns(chances, self.terms) @ self.coefficients).T)

    def errors_at(self, chances: Floats) -> Floats:
        """Return (D, N) the standard errors of what is expected there."""
        design = _columns(chances, self.terms)
        width = np.sqrt((np.linalg.solve(self.root, design.T) ** 2).sum(axis=0))
        return np.asarray(np.sqrt(np.maximum(np.diag(self.spread), 0.0))[:, None] * width)


def ranks(x: Floats) -> Floats:
    """Return (N, P) the chance, by rank among the futures, of less than each value of ``x``.

    Examples
    --------
    >>> ranks(np.array([[3.0], [1.0], [2.0], [9.0]])).T
    array([[0.625, 0.125, 0.375, 0.875]])
    """
    order = np.argsort(np.argsort(x, axis=0, kind="stable"), axis=0, kind="stable")
    return np.asarray((order + 0.5) / len(x))


def regress(chances: Floats, gains: Floats) -> Fit:
    """Return the regression of ``gains`` (D, N) on ``chances`` (N, P) of parameters."""
    count, columns = chances.shape
    terms = _terms(columns)
    design = _columns(chances, terms)
    roughness = np.array([float(sum(term)) ** 4 for term in terms])
    square, cross = design.T @ design, design.T @ gains.T
    total = (gains**2).sum(axis=1)
    best: tuple[float, Floats, Floats, float] | None = None
    for strength in STRENGTHS:
        matrix = square + np.diag(strength * count * roughness)
        solved = np.linalg.solve(matrix, np.concatenate([cross, square], axis=1))
        coefficients = solved[:, : len(gains)]
        freedom = count - float(np.trace(solved[:, len(gains) :]))
        left = total - 2 * (cross * coefficients).sum(axis=0)
        left += (coefficients * (square @ coefficients)).sum(axis=0)
        score = float(np.maximum(left, 0.0).sum()) * count / freedom**2
        if best is None or score < best[0] * (1 - 1e-9):
            best = (score, coefficients, matrix, freedom)
    assert best is not None  # noqa: S101 - there is a strength
    score, coefficients, matrix, freedom = best
    fitted = (design @ coefficients).T
    residuals = gains - fitted
    return Fit(
        terms=terms,
        score=score,
        coefficients=coefficients,
        root=np.asarray(np.linalg.cholesky(matrix), dtype=np.float64),
        spread=residuals @ residuals.T / freedom,
        fitted=fitted,
    )


def evppi(chances: Floats, values: Floats, rng: np.random.Generator) -> Worth:
    """Return what it is worth to know parameters before choosing among D deals.

    Parameters
    ----------
    chances
        (N, P) the parameters' `ranks` over N futures.
    values
        (D, N) what each deal gives there.
    rng
        For the posterior draws.

    Examples
    --------
    One deal gives 0.5 whatever comes, the other u: knowing u, one gets E[max(u, 0.5)] = 0.625.

    >>> u = (np.arange(512) + 0.5) / 512
    >>> worth = evppi(u[:, None], np.stack([0 * u + 0.5, u]), np.random.default_rng(1))
    >>> round(worth.value, 3)
    0.125
    """
    means = values.mean(axis=1)
    chosen = int(means.argmax())
    gains = values - values[chosen]
    if not np.ptp(gains):
        return Worth(value=0.0, error=0.0)
    fit, columns = _best_fit(chances, gains)
    chances = chances[:, columns]
    told = _worth(fit.fitted)
    near = np.argsort(-fit.fitted.max(axis=1), kind="stable")[:CONSIDERED]
    near = np.union1d(near, [chosen])
    drawn = _drawn(fit, chances, near, rng)
    thin = fit.fitted[near][:, :: max(1, len(chances) // LOOKED_AT)]
    flattery = float(drawn.mean()) - _worth(thin)
    lead = fit.fitted.max(axis=0) - fit.fitted[int(fit.fitted.mean(axis=1).argmax())]
    error = float(np.hypot(drawn.std(ddof=1), lead.std(ddof=1) / len(chances) ** 0.5))
    return Worth(value=max(0.0, told - max(0.0, flattery)), error=error)


def _best_fit(chances: Floats, gains: Floats) -> tuple[Fit, list[int]]:
    """Return the regression on those columns that foretell best, and which they are."""
    every = list(range(chances.shape[1]))
    best, chosen = regress(chances, gains), every
    taken: list[int] = []
    last: Fit | None = None
    while len(taken) < len(every) - 1:
        tried = {
            column: regress(chances[:, [*taken, column]], gains)
            for column in every
            if column not in taken
        }
        column = min(tried, key=lambda one: tried[one].score)
        if last is not None and tried[column].score >= last.score:
            break
        taken.append(column)
        last = tried[column]
    return (best, chosen) if last is None or best.score <= last.score else (last, taken)


def evpi(values: Floats) -> Worth:
    """Return what it is worth to know everything before choosing; no fit is needed for that."""
    lead = values.max(axis=0) - values[int(values.mean(axis=1).argmax())]
    return Worth(value=float(lead.mean()), error=float(lead.std(ddof=1) / len(lead) ** 0.5))


def _worth(fitted: Floats) -> float:
    return float(fitted.max(axis=0).mean() - fitted.mean(axis=1).max())


def _drawn(fit: Fit, chances: Floats, deals: np.ndarray, rng: np.random.Generator) -> Floats:
    """Return (DRAWS,) the worth by coefficients drawn from their posterior, of a few deals."""
    spread = fit.spread[np.ix_(deals, deals)]
    scales, directions = np.linalg.eigh(spread)
    mix = directions * np.sqrt(np.maximum(scales, 0.0))
    design = _columns(chances[:: max(1, len(chances) // LOOKED_AT)], fit.terms)
    noise = rng.normal(size=(len(fit.terms), DRAWS, len(deals))) @ mix.T
    moved = np.linalg.solve(fit.root.T, noise.reshape(len(fit.terms), -1))
    fitted = (design @ moved).reshape(len(design), DRAWS, len(deals))
    fitted += (design @ fit.coefficients[:, deals])[:, None, :]
    return np.asarray(fitted.max(axis=2).mean(axis=0) - fitted.mean(axis=0).max(axis=1))


def _terms(columns: int) -> tuple[tuple[int, ...], ...]:
    """Return the powers of each column in each term: none, those of one, those of two."""
    alone = [
        tuple(power if j == column else 0 for j in range(columns))
        for column in range(columns)
        for power in range(1, DEGREE + 1)
    ]
    most = TOGETHER if columns <= MANY else 2
    pairs = [
        tuple(a if j == first else b if j == second else 0 for j in range(columns))
        for first in range(columns)
        for second in range(first + 1, columns)
        for a in range(1, most)
        for b in range(1, most - a + 1)
    ]
    return ((0,) * columns, *alone, *pairs)


def _columns(chances: Floats, terms: tuple[tuple[int, ...], ...]) -> Floats:
    """Return (N, terms): products of Legendre polynomials of mean square 1 over 0..1."""
    each = np.polynomial.legendre.legvander(2 * chances - 1, DEGREE)
    each = each * np.sqrt(2 * np.arange(DEGREE + 1) + 1)
    columns = np.ones((len(chances), len(terms)))
    for t, term in enumerate(terms):
        for j, power in enumerate(term):
            if power:
                columns[:, t] *= each[:, j, power]
    return columns
