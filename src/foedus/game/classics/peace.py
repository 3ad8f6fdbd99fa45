"""What keeps a peace that is there: a mediator's word, monitoring and retaliation, a hazard."""

from __future__ import annotations

import math
from dataclasses import dataclass

from foedus.game.classics.ranges import chance, not_below, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """What a mediator who hears that the opponent is weak gets by saying so, and by denying it."""

    weak: float
    strong: float


def kydd_2003_reports(
    bias: float, right: float, war: float, costs: tuple[float, float], p: float
) -> Reports:
    """Return what each report is worth to a mediator who has heard that the opponent is weak.

    Told "weak", the side it speaks to demands p + high; the opponent pays if it is weak, with
    chance ``right``, and else there is war. Told "strong", it demands p + low and is paid for sure.
    The mediator gets bias times what that side gets, less its own cost of war. (A reduced form.)

    Parameters
    ----------
    bias
        How much the mediator cares for the side it speaks to, 0 or more.
    right
        Chance that what it has heard is true, 0..1.
    war
        Its cost of a war, 0 or more.
    costs
        Cost of war of a strong and of a weak opponent, low and high, share of the good.
    p
        Chance that the side it speaks to wins, 0..1.

    References
    ----------
    A. Kydd, "Which Side Are You On? Bias, Credibility, and Mediation", American Journal of
    Political Science 47(4), 2003, 597-611.

    Examples
    --------
    >>> reports = kydd_2003_reports(0.2, 0.9, 0.5, (0.05, 0.3), 0.5)
    >>> round(reports.weak, 6), round(reports.strong, 6)  # better to deny it
    (0.104, 0.11)
    """
    low, high = costs
    require(
        "Kydd 2003",
        bias=not_below(bias),
        right=chance(right),
        war=not_below(war),
        low=not_below(low),
        high=not_below(high, low),
        p=chance(p),
    )
    weak = right * bias * (p + high) + (1 - right) * (bias * p - war)
    return Reports(weak=weak, strong=bias * (p + low))


def kydd_2003_bias(right: float, war: float, costs: tuple[float, float]) -> float:
    """Return the least bias with which a mediator truthfully says that the opponent is weak.

    Saying so risks war, so only one who cares enough for the side it speaks to does:
    bias >= (1 - right)·war/(right·high - low). A neutral mediator, who only wants peace, is not
    believed. Infinite where right·high does not exceed low: no bias makes the risk worth it.

    Parameters
    ----------
    right, war, costs
        As in `kydd_2003_reports`.

    References
    ----------
    As `kydd_2003_reports`.

    Examples
    --------
    >>> round(kydd_2003_bias(0.9, 0.5, (0.05, 0.3)), 5)
    0.22727
    """
    low, high = costs
    require(
        "Kydd 2003",
        right=chance(right),
        war=not_below(war),
        low=not_below(low),
        high=not_below(high, low),
    )
    gain = right * high - low
    return (1 - right) * war / gain if gain > 0 else math.inf


def friedman_1971_patience(
    tempted: float, peace: float, conflict: float, seen: float = 1.0, penalty: float = 0.0
) -> float | None:
    """Return the least discount factor with which a monitored ceasefire is kept; None: with none.

    A breach yields T once; it is seen with chance a, and then answered by conflict, P, for ever and
    a penalty s per period. Keeping R for ever is at least as good from
    delta* = (T - R)/[(T - R) + a(R - P + s)] on.

    Parameters
    ----------
    tempted, peace, conflict
        T > R > P, per period.
    seen
        a, the chance that a breach is seen, 0..1.
    penalty
        s, per period after it is seen, 0 or more: sanctions that snap back.

    References
    ----------
    J. W. Friedman, "A Non-cooperative Equilibrium for Supergames", Review of Economic Studies
    38(1), 1971, 1-12; with monitoring that may miss a breach added here.

    Examples
    --------
    >>> friedman_1971_patience(5, 3, 1), round(friedman_1971_patience(5, 3, 1, seen=0.8), 4)
    (0.5, 0.5556)
    >>> friedman_1971_patience(5, 3, 1, seen=0) is None
    True
    """
    require(
        "Friedman 1971",
        tempted=(tempted, peace < tempted < math.inf, "be above peace"),
        peace=(peace, conflict < peace, "be above conflict"),
        seen=chance(seen),
        penalty=not_below(penalty),
    )
    if seen == 0:
        return None
    return (tempted - peace) / (tempted - peace + seen * (peace - conflict + penalty))


def cox_1972_survival(hazard: float, years: float, ratio: float = 1.0) -> float:
    """Return the chance that a peace lasts so long, with a constant hazard and a hazard ratio.

    S = e^(-hazard·ratio·years). In the guarantee game it is the limit of (1 - q)^T as periods get
    shorter.

    Parameters
    ----------
    hazard
        Per year, 0 or more.
    years
        0 or more.
    ratio
        By which the hazard is multiplied, 0 or more.

    References
    ----------
    D. R. Cox, "Regression Models and Life-Tables", Journal of the Royal Statistical Society B
    34(2), 1972, 187-220.

    Examples
    --------
    >>> round(cox_1972_survival(0.05, 10), 6), round(cox_1972_survival(0.05, 10, 0.4), 6)
    (0.606531, 0.818731)
    """
    require("Cox 1972", hazard=not_below(hazard), years=not_below(years), ratio=not_below(ratio))
    return math.exp(-hazard * ratio * years)
