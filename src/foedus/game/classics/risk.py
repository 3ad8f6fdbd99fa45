"""Contests in risk: how much of it one is ready to run, and how much is enough."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.game.classics.ranges import above, require


def ellsberg_1968_critical_risk(win: float, yielding: float, war: float) -> float:
    """Return the risk of war above which it is better to yield than to stand firm.

    Standing firm is worth (1 - risk)·win + risk·war, so the critical risk is
    (win - yielding)/(win - war). Of two, the one with the lower critical risk yields in the range
    between.

    Parameters
    ----------
    win, yielding, war
        What it is worth if the other yields, if one yields oneself, and if it comes to war:
        win > war and win >= yielding >= war, in one unit.

    References
    ----------
    D. Ellsberg, "The Theory and Practice of Blackmail", RAND P-3883, 1968.

    Examples
    --------
    >>> ellsberg_1968_critical_risk(10, 2, -40)
    0.16
    """
    require(
        "Ellsberg 1968",
        win=above(win, war),
        yielding=(yielding, war <= yielding <= win, "lie between war and win"),
    )
    return (win - yielding) / (win - war)


def schelling_1966_tripwire(gain: float, loss: float) -> float:
    """Return how surely an attack must set off the big war for the attack not to pay.

    With chance a the attacker loses ``loss``, else it has ``gain``: a* = gain/(gain + loss). A
    tripwire need not be certain, and need not be able to stop anyone.

    Parameters
    ----------
    gain, loss
        Above 0, in one unit.

    References
    ----------
    T. C. Schelling, "Arms and Influence", 1966, ch. 2, "The Art of Commitment".

    Examples
    --------
    >>> schelling_1966_tripwire(1, 4)
    0.2
    """
    require("Schelling 1966", gain=above(gain), loss=above(loss))
    return gain / (gain + loss)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attrition:
    """How a war of attrition goes: how fast each gives up, how long it lasts, who outlasts."""

    quits_first: float
    quits_second: float
    lasts: float
    first_wins: float


def hendricks_1988_attrition(
    value_first: float, value_second: float, cost_first: float, cost_second: float
) -> Attrition:
    """Return the equilibrium in which both may outlast the other, with everything known.

    To be willing to go on and willing to stop, each must expect the other to give up at a rate that
    just pays for its own waiting: 1 gives up at the rate cost_second/value_second, 2 at
    cost_first/value_first. So the one with more at stake gives up faster, which is why this is no
    model of resolve.

    Parameters
    ----------
    value_first, value_second
        What outlasting is worth to each, above 0.
    cost_first, cost_second
        What going on costs each per unit of time, above 0.

    References
    ----------
    K. Hendricks, A. Weiss and C. Wilson, "The War of Attrition in Continuous Time with Complete
    Information", International Economic Review 29(4), 1988, 663-680.

    Examples
    --------
    >>> war = hendricks_1988_attrition(1, 0.5, 0.1, 0.1)
    >>> war.quits_first, war.quits_second, round(war.lasts, 4), round(war.first_wins, 4)
    (0.2, 0.1, 3.3333, 0.3333)
    """
    require(
        "Hendricks et al. 1988",
        value_first=above(value_first),
        value_second=above(value_second),
        cost_first=above(cost_first),
        cost_second=above(cost_second),
    )
    first, second = cost_second / value_second, cost_first / value_first
    return Attrition(
        quits_first=first,
        quits_second=second,
        lasts=1 / (first + second),
        first_wins=second / (first + second),
    )
