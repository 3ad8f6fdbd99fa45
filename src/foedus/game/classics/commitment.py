"""When a shift of power that is foreseen brings war before it: the commitment problem."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.game.classics.ranges import above, chance, inside, not_below, require


@dataclass(frozen=True, slots=True, kw_only=True)
class PreventiveWar:
    """Whether the side that declines attacks before it does.

    ``left`` > ``right`` is the condition; ``demand`` what A will take once it has risen; ``war``
    and ``peace`` what B gets, in periods of the whole good, by attacking now and at best by not.
    """

    left: float
    right: float
    attacks: bool
    demand: float
    war: float
    peace: float


def fearon_1995_preventive_war(
    before: float, after: float, cost_b: float, delta: float
) -> PreventiveWar:
    """Return whether B attacks A before A's chance of winning rises.

    A makes the demands, and from the next period on takes after + cost_b(1 - delta), all that B
    then prefers to war. All that A can give up now is one period of the good. So B attacks if
    delta·after - before > cost_b(1 - delta)^2.

    Parameters
    ----------
    before, after
        A's chance of winning now and from the next period on, 0..1.
    cost_b
        B's cost of war, in periods of the whole good, 0 or more, with after + cost_b(1 - delta) at
        most 1.
    delta
        Discount factor per period, above 0 and below 1.

    References
    ----------
    J. D. Fearon, "Rationalist Explanations for War", International Organization 49(3), 1995:
    preventive war as a commitment problem, 404-408.

    Examples
    --------
    >>> fearon_1995_preventive_war(0.2, 0.6, 1, 0.9).attacks
    True
    >>> fearon_1995_preventive_war(0.5, 0.55, 1, 0.9).attacks
    False
    """
    demand = after + cost_b * (1 - delta)
    require(
        "Fearon 1995",
        before=chance(before),
        after=chance(after),
        cost_b=not_below(cost_b),
        delta=inside(delta),
        demand_after=(demand, demand <= 1, "be at most 1"),
    )
    left, right = delta * after - before, cost_b * (1 - delta) ** 2
    return PreventiveWar(
        left=left,
        right=right,
        attacks=left > right,
        demand=demand,
        war=(1 - before) / (1 - delta) - cost_b,
        peace=1 + delta * (1 - demand) / (1 - delta),
    )


def powell_2004_inefficient(
    rising_later: float, falling_now: float, delta: float, pie: float = 1.0
) -> bool:
    """Say whether no division of the pie can keep the peace while power shifts.

    The side that falls can assure itself of ``falling_now`` by fighting now, the side that rises of
    ``rising_later`` by fighting in the next period. If delta·rising_later + falling_now > pie, the
    first cannot be given its due today without the second being denied its own tomorrow. (In the
    paper: delta·M_A(t+1) - M_A(t) > B - [M_A(t) + M_B(t)].)

    Parameters
    ----------
    rising_later, falling_now
        What fighting assures, in the unit of ``pie``.
    delta
        Discount factor per period, above 0 and up to 1.
    pie
        What there is to divide: 1, with values per period, or 1/(1 - delta), with sums of them.

    References
    ----------
    R. Powell, "The Inefficient Use of Power: Costly Conflict with Complete Information", American
    Political Science Review 98(2), 2004, 231-241.

    Examples
    --------
    >>> powell_2004_inefficient(0.6, 0.5, 0.95), powell_2004_inefficient(0.4, 0.5, 0.95)
    (True, False)
    """
    require("Powell 2004", delta=(delta, 0 < delta <= 1, "lie above 0 and up to 1"), pie=above(pie))
    return delta * rising_later + falling_now > pie


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Whether a shift of power brings war, ``left`` > ``right``, and the largest that does not."""

    left: float
    right: float
    war: bool
    most: float


def powell_2006_commitment(before: float, after: float, loss: float, delta: float) -> Shift:
    """Return whether a rise of A's chance of winning makes B fight now.

    War destroys the share ``loss`` of the good for good, so with p now and p' in the next period
    war follows if delta·p' - p > loss/(1 - loss): what A gains by the shift is more than what war
    destroys, in terms of what it leaves. A guarantee that comes into force after some periods is
    such a shift, with P rising and C falling.

    Parameters
    ----------
    before, after
        A's chance of winning now and in the next period, 0..1.
    loss
        Share of the good that war destroys, 0 or more and below 1.
    delta
        Discount factor per period, above 0 and below 1.

    References
    ----------
    R. Powell, "War as a Commitment Problem", International Organization 60(1), 2006, 169-203.

    Examples
    --------
    >>> powell_2006_commitment(0.3, 0.6, 0.2, 0.95).war
    True
    >>> powell_2006_commitment(0.3, 0.6, 0.25, 0.95).war
    False
    >>> round(powell_2006_commitment(0.3, 0.6, 0.1, 0.95).most, 6)
    0.432749
    """
    require(
        "Powell 2006",
        before=chance(before),
        after=chance(after),
        loss=(loss, 0 <= loss < 1, "be 0 or more and below 1"),
        delta=inside(delta),
    )
    left, right = delta * after - before, loss / (1 - loss)
    return Shift(left=left, right=right, war=left > right, most=(before + right) / delta)
