"""What there is to agree on, and how much is demanded of one whose cost of war is not known."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.game.classics.ranges import above, chance, inside, not_below, require


def fearon_1995_range(p: float, cost_a: float, cost_b: float) -> tuple[float, float]:
    """Return the least and the largest share of A that both prefer to war.

    War gives A the good with chance p and costs each side, so A takes no less than p - cost_a and B
    leaves no more than p + cost_b; the range is cost_a + cost_b wide where it fits into 0..1.

    Parameters
    ----------
    p
        Chance that A wins, 0..1.
    cost_a, cost_b
        Cost of war, share of the good, 0 or more.

    References
    ----------
    J. D. Fearon, "Rationalist Explanations for War", International Organization 49(3), 1995,
    379-414: the bargaining range, 386-390.

    Examples
    --------
    >>> [round(x, 9) for x in fearon_1995_range(0.6, 0.1, 0.15)]
    [0.5, 0.75]
    """
    require("Fearon 1995", p=chance(p), cost_a=not_below(cost_a), cost_b=not_below(cost_b))
    return max(0.0, p - cost_a), min(1.0, p + cost_b)


def nash_1950_split(p: float, cost_a: float, cost_b: float) -> float:
    """Return A's share when the range is split evenly: the Nash solution with war as the threat.

    It maximises (x - (p - cost_a))(p + cost_b - x), so x = p + (cost_b - cost_a)/2, or the nearest
    share that there is.

    Parameters
    ----------
    p, cost_a, cost_b
        As in `fearon_1995_range`.

    References
    ----------
    J. F. Nash, "The Bargaining Problem", Econometrica 18(2), 1950, 155-162.

    Examples
    --------
    >>> nash_1950_split(0.6, 0.1, 0.15)
    0.625
    """
    require("Nash 1950", p=chance(p), cost_a=not_below(cost_a), cost_b=not_below(cost_b))
    return min(1.0, max(0.0, p + (cost_b - cost_a) / 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is demanded: A's share, the chance that war follows, and what A expects of it."""

    share: float
    war: float
    worth: float


def fearon_1995_offer(
    p: float, cost_a: float, cost_b_most: float, cost_b_least: float = 0.0
) -> Offer:
    """Return A's best demand when B's cost of war is uniform and known to B alone.

    A demands p + k, and B, whose cost is uniform on [a, b], fights if its cost is below k. So A
    maximises (p + k)(b - k)/(b - a) + (p - cost_a)(k - a)/(b - a), which k = (b - cost_a)/2 does,
    or k = a, where nobody fights, if that is more; and k is at most 1 - p. Risking war for better
    terms is optimal as soon as b - 2a > cost_a.

    Parameters
    ----------
    p
        Chance that A wins, 0..1.
    cost_a
        A's cost of war, share of the good, 0 or more.
    cost_b_most, cost_b_least
        b > a >= 0, share of the good; p + a must not exceed 1.

    References
    ----------
    J. D. Fearon, "Rationalist Explanations for War", International Organization 49(3), 1995: war
    due to private information, 390-401. The uniform case is worked out here.

    Examples
    --------
    >>> offer = fearon_1995_offer(0.5, 0.1, 0.4)
    >>> round(offer.share, 6), round(offer.war, 6), round(offer.worth, 6)
    (0.65, 0.375, 0.55625)
    """
    a, b = cost_b_least, cost_b_most
    require(
        "Fearon 1995",
        p=chance(p),
        cost_a=not_below(cost_a),
        cost_b_least=not_below(a),
        cost_b_most=above(b, a),
    )
    require("Fearon 1995", p_and_cost_b_least=(p + a, p + a <= 1, "add to no more than 1"))
    more = min(max(a, (b - cost_a) / 2), 1 - p)
    war = (more - a) / (b - a)
    return Offer(share=p + more, war=war, worth=(1 - war) * (p + more) + war * (p - cost_a))


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoTypes:
    """Two demands that A may make of a B of unknown cost, and which is better.

    ``safe`` and ``risky`` are what A expects of demanding what the type with the lower cost would
    still pay, and of what only the other would; risking is better above the chance ``threshold``
    of the higher cost, and ``war`` is the chance of war after the better demand.
    """

    threshold: float
    safe: float
    risky: float
    war: float


def fearon_1995_offer_to_two_types(
    p: float, cost_a: float, costs_b: tuple[float, float], high: float
) -> TwoTypes:
    """Return what A can expect when B's cost of war is low or high, and whether A risks war.

    Safe is p + low, risky high·(p + high cost) + (1 - high)(p - cost_a). Risking is better where
    the chance of the high cost exceeds (low + cost_a)/(high cost + cost_a).

    Parameters
    ----------
    p
        Chance that A wins, 0..1.
    cost_a
        A's cost of war, share of the good, 0 or more.
    costs_b
        B's low and high cost of war, share of the good; p plus the high one at most 1.
    high
        Chance of the high cost, 0..1.

    References
    ----------
    As `fearon_1995_offer`; two types in place of an interval.

    Examples
    --------
    >>> found = fearon_1995_offer_to_two_types(0.5, 0.1, (0.05, 0.3), 0.5)
    >>> round(found.threshold, 6), found.safe, round(found.risky, 6), found.war
    (0.375, 0.55, 0.6, 0.5)
    """
    low_cost, high_cost = costs_b
    require(
        "Fearon 1995",
        p=chance(p),
        cost_a=not_below(cost_a),
        low_cost=not_below(low_cost),
        high_cost=above(high_cost, low_cost),
        high=chance(high),
        p_and_high_cost=(p + high_cost, p + high_cost <= 1, "add to no more than 1"),
    )
    threshold = (low_cost + cost_a) / (high_cost + cost_a)
    return TwoTypes(
        threshold=threshold,
        safe=p + low_cost,
        risky=high * (p + high_cost) + (1 - high) * (p - cost_a),
        war=1 - high if high > threshold else 0.0,
    )


def rubinstein_1982_share(delta_first: float, delta_second: float) -> float:
    """Return the share of the one who proposes first, when proposals alternate without end.

    x = (1 - delta_second)/(1 - delta_first·delta_second): who can wait gets more.

    Parameters
    ----------
    delta_first, delta_second
        Discount factor of each between proposals, above 0 and below 1.

    References
    ----------
    A. Rubinstein, "Perfect Equilibrium in a Bargaining Model", Econometrica 50(1), 1982, 97-109.

    Examples
    --------
    >>> round(rubinstein_1982_share(0.9, 0.8), 6)
    0.714286
    """
    require("Rubinstein 1982", delta_first=inside(delta_first), delta_second=inside(delta_second))
    return (1 - delta_second) / (1 - delta_first * delta_second)
