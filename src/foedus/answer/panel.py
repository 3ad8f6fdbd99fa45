"""The prior predictive panel: what a case's ranges imply, beside how often it has happened.

A prior is believed or not for what it says of things that have been counted: how often guarantors
fought when called on, how long truces lasted, how wars ended. So the model is asked for just these
figures, for deals of which history has had some, and each is put beside the published rates. Where
codings disagree the range is from the lowest to the highest of them, intervals included.

Source: J. Gabry, D. Simpson, A. Vehtari, M. Betancourt & A. Gelman, "Visualization in Bayesian
Workflow", Journal of the Royal Statistical Society A 182(2), 2019: prior predictive checks against
what is known of the scale of the data.

What has been counted are events, so a future counts in a figure by how often the event comes up in
it: a guarantor's record is made in those futures in which it is called on, and these are not the
ones in which everyone believes it. (A. Smith, "Alliance Formation and War", International Studies
Quarterly 39(4), 1995: the pacts that wars test are the weak ones.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from foedus.answer.estimate import HIGH, LOW
from foedus.answer.references import NO_DEAL, TYPICAL, references
from foedus.answer.sensitivity import explained
from foedus.answer.trace import trace
from foedus.answer.values import Estimate
from foedus.case.shelf import base_rates
from foedus.search.values import ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.answer.references import Reference
    from foedus.case.shelf import BaseRate
    from foedus.search.values import Deal, Floats, Sweep

FIGURES = {
    "honour": "how often a guarantor fights when it is called on",
    "some-guarantor-fights": "how often some guarantor fights when it could be called on",
    "survival": "how often the settlement still stands",
    "war-per-crisis": "how many crises become war once all is in force",
    "direct-war": "how often it comes to war between the challenger and a guarantor",
    "war-ended": "how often the present war has ended, had no deal been possible",
    "ended-undecided": "how many of those ends leave no victor",
}
"""What each figure of the panel means."""

Verdict = Literal["in", "above", "below", "no rate", "never"]
"""Where the mean lies of the range that was published; ``never``: in no future does it come up."""

SELDOM = 1e-9
"""An event with a smaller chance than this in a future is left out there: a ratio of two of them
would be rounding."""

NOTABLE, CHANCE_MOST, DRIVERS = 0.05, 0.01, 3
"""A parameter drives a figure when it explains this share of its variance, and chance would give
any of them all as much in fewer cases than this (C. E. Bonferroni, 1936); so many are named."""

WAR_YEARS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure of one deal, beside the rates that measure it.

    Parameters
    ----------
    figure
        A key of FIGURES.
    deal
        The id of the deal it is of; ``none`` for no deal at all.
    name
        That deal in plain words, or the guarantor meant and the deal.
    years
        After how many years; None where the figure has no such time.
    estimate
        The model's: mean and 5 % and 95 % quantiles over futures, each weighing as often as the
        event comes up in it. None when it never does.
    futures
        In how many futures it comes up.
    rates
        The ids of the base rates beside it.
    range
        From the lowest to the highest of these rates, with their intervals; None without any.
    verdict
        Where the mean lies of that range.
    drivers
        The parameters that move the figure most, each with the share of its variance between
        futures that it explains by itself.
    """

    figure: str
    deal: str
    name: str
    years: float | None
    estimate: Estimate | None
    futures: int
    rates: tuple[str, ...]
    range: tuple[float, float] | None
    verdict: Verdict
    drivers: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What a case's ranges imply, beside what has been counted.

    Parameters
    ----------
    title, case_hash, seed, futures
        Of the case and the sweep.
    deals
        The deals it was tried on.
    rows
        Every figure, those of one kind together, in the order of FIGURES.
    failed
        Pairs of a deal and a future whose equilibrium was not found; they count nowhere.
    """

    title: str
    case_hash: str
    seed: int
    futures: int
    deals: tuple[Reference, ...]
    rows: tuple[Row, ...]
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The values (F,) of a figure, and how much each future weighs in it; 0 where it has none."""

    figure: str
    deal: str
    kind: str
    name: str
    years: float | None
    levels: Deal
    values: Floats
    weights: Floats


def panel(sweep: Sweep) -> Panel:
    """Return the panel of a sweep of the deals that `references` names for its case."""
    deals = references(sweep.case)
    place = {deal: row for row, deal in enumerate(sweep.deals)}
    found = [*_no_deal(sweep)]
    for reference in deals:
        found += _of_deal(sweep, reference, place[reference.deal])
    order = list(FIGURES)
    found.sort(key=lambda one: order.index(one.figure))  # stable: deals stay in their order
    told = [place[reference.deal] for reference in deals]
    return Panel(
        title=sweep.case.title,
        case_hash=sweep.case_hash,
        seed=sweep.futures.seed,
        futures=len(sweep.futures.values),
        deals=deals,
        rows=tuple(_row(sweep, one) for one in found),
        failed=int((~sweep.outcomes.converged[told]).sum()),
    )


def _no_deal(sweep: Sweep) -> Iterator[_Found]:
    """Yield how the present war ends when there is no deal."""
    if WAR_YEARS not in sweep.years:
        return
    ends = sweep.outcomes.ends_no_deal[:, sweep.years.index(WAR_YEARS), :]
    ended = 1.0 - ends[:, ENDS.index("war_on")]
    frozen = ends[:, ENDS.index("frozen")]
    shares = {"war-ended": (ended, np.ones_like(ended)), "ended-undecided": (frozen, ended)}
    for figure, (part, whole) in shares.items():
        yield _Found(
            figure=figure,
            deal=NO_DEAL,
            kind=NO_DEAL,
            name="no deal",
            years=WAR_YEARS,
            levels=(0,) * len(sweep.case.provisions),
            values=_ratio(part, whole),
            weights=np.where(whole > SELDOM, whole, 0.0),
        )


def _of_deal(sweep: Sweep, reference: Reference, row: int) -> Iterator[_Found]:
    """Yield the figures of one deal."""
    outcomes = sweep.outcomes
    solved = outcomes.converged[row]

    def found(
        figure: str, name: str, years: float | None, values: Floats, weights: Floats
    ) -> _Found:
        return _Found(
            figure=figure,
            deal=reference.id,
            kind=reference.kind,
            name=name,
            years=years,
            levels=reference.deal,
            values=values,
            weights=np.where(solved & (weights > SELDOM), weights, 0.0),
        )

    once = np.ones(len(solved))
    for y, years in enumerate(sweep.years):
        yield found("survival", reference.name, years, outcomes.survive[row, :, y], once)
    lasting = outcomes.survive[row, :, -1]
    in_force = 1.0 - outcomes.window_risk[row]
    crises, wars = _per_period(sweep, reference, in_force, lasting)
    yield found("war-per-crisis", reference.name, None, _ratio(wars, crises), crises)
    fighting = np.where(solved, outcomes.direct_any[row], 0.0)
    if fighting.max() <= SELDOM:
        return
    # A pact that is not yet in force calls on nobody; the package is in force part by part, so
    # there every challenge counts.
    called = (1.0 if reference.id == TYPICAL else in_force) - lasting
    for k, guarantor in enumerate(sweep.case.guarantors):
        direct = np.where(solved, outcomes.direct[row, :, k], 0.0)
        if direct.max() > SELDOM:
            name = f"{guarantor}; {reference.name}"
            yield found("honour", name, None, _ratio(direct, called), called)
    some = _ratio(fighting, called)
    yield found("some-guarantor-fights", reference.name, None, some, called)
    yield found("direct-war", reference.name, sweep.years[-1], fighting, once)


def _per_period(
    sweep: Sweep, reference: Reference, in_force: Floats, lasting: Floats
) -> tuple[Floats, Floats]:
    """Return (F,) crises and wars per period once everything is in force; none if that is never."""
    case = sweep.case
    levels = [p.levels[i] for p, i in zip(case.provisions, reference.deal, strict=True)]
    window = int(max(level.effects.get("delay", 0) for level in levels))
    left = round(case.horizon_years / case.period_years) - window
    if left <= 0:
        return np.zeros_like(lasting), np.zeros_like(lasting)
    draws = dict(zip(sweep.futures.keys, sweep.futures.values.T, strict=True))
    effect = sum(
        draws[f"effect[{provision.id}]"] * level.effects.get("crisis", 0.0)
        for provision, level in zip(case.provisions, levels, strict=True)
    )
    crises = np.minimum(1.0, draws["crisis"] * np.exp(effect))
    return crises, 1.0 - _ratio(lasting, in_force) ** (1.0 / left)


def _ratio(part: Floats, whole: Floats) -> Floats:
    """Return part / whole within 0 and 1; 0 where there is no whole to speak of."""
    safe = np.where(whole > SELDOM, whole, 1.0)
    return np.asarray(np.where(whole > SELDOM, np.clip(part / safe, 0.0, 1.0), 0.0))


def _row(sweep: Sweep, found: _Found) -> Row:
    rates = [rate for rate in base_rates().values() if _measures(rate, found)]
    ends = [rate.interval or (rate.share, rate.share) for rate in rates]
    span = (min(low for low, _ in ends), max(high for _, high in ends)) if ends else None
    comes_up = found.weights > 0
    estimate = _estimate(found.values[comes_up], found.weights[comes_up])
    return Row(
        figure=found.figure,
        deal=found.deal,
        name=found.name,
        years=found.years,
        estimate=estimate,
        futures=int(comes_up.sum()),
        rates=tuple(rate.id for rate in rates),
        range=span,
        verdict=_verdict(estimate, span),
        drivers=_drivers(sweep, found, comes_up),
    )


def _measures(rate: BaseRate, found: _Found) -> bool:
    beside = rate.beside
    if beside is None or beside.figure != found.figure or found.kind not in beside.deals:
        return False
    return beside.years is None or beside.years == found.years


def _verdict(estimate: Estimate | None, span: tuple[float, float] | None) -> Verdict:
    if estimate is None:
        return "never"
    if span is None:
        return "no rate"
    if estimate.mean < span[0]:
        return "below"
    return "above" if estimate.mean > span[1] else "in"


def _estimate(values: Floats, weights: Floats) -> Estimate | None:
    """Return the weighted mean, and the smallest values that so much of the weight is at or below.

    Examples
    --------
    >>> _estimate(np.array([0.25, 0.75]), np.array([3.0, 1.0]))
    Estimate(mean=0.375, low=0.25, high=0.75)
    """
    if not len(values):
        return None
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    heap = np.cumsum(weights[order])
    low, high = (
        float(ranked[min(int(np.searchsorted(heap, share * heap[-1])), len(ranked) - 1)])
        for share in (LOW, HIGH)
    )
    mean = float((values * weights).sum() / weights.sum())
    return Estimate(mean=mean, low=low, high=high)


def _drivers(sweep: Sweep, found: _Found, rows: np.ndarray) -> tuple[tuple[str, float], ...]:
    """Return what moves a figure most, of the parameters that can move it by the game's rules."""
    figure = "ends_no_deal" if found.kind == NO_DEAL else "survive"
    may = {parameter.key for parameter in trace(sweep.case, found.levels, figure).parameters}
    shares = []
    for key, draws in zip(sweep.futures.keys, sweep.futures.values.T, strict=True):
        if key in may:
            share, chance = explained(draws[rows], found.values[rows])
            if share >= NOTABLE and chance * len(may) <= CHANCE_MOST:
                shares.append((key, share))
    return tuple(sorted(shares, key=lambda pair: -pair[1])[:DRIVERS])
