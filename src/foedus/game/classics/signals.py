"""How a defender shows that it would fight: by what it pays if it does not, or by what it pays now.

The defender's value v of the good is uniform on 0..V and its own secret. It wins a war with chance
p, at a cost c. Without a signal it is attacked and gives way, which is worth 0. After one, a
challenger attacks with chance q: that part of challengers would attack whoever is sure to fight.
"""

from __future__ import annotations

from dataclasses import dataclass

from foedus.game.classics.ranges import above, chance, not_below, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """The equilibrium signal.

    ``sends_from`` is the value from which a defender sends it, ``size`` what it puts at stake or
    pays, ``war`` the chance of war, ``worth`` what the defender expects before it knows its value.
    """

    sends_from: float
    size: float
    war: float
    worth: float


def fearon_1997_tying_hands(p: float, cost: float, attacks: float, most: float) -> Signal:
    """Return the signal that costs the defender something only if it gives way after all.

    Who sends it fights if attacked, so it is worth sending from v* on, where (1 - q)v + q(pv - c)
    is 0: v* = q·c/(1 - q + q·p). The cost of giving way must make that type fight: m* = c - p·v*.
    In the guarantee game m is ``renege``, and c - p·v* = m is its honour rule.

    Parameters
    ----------
    p
        Chance that the defender wins, above 0 and up to 1.
    cost
        c, its cost of war, 0 or more.
    attacks
        q, the chance of an attack after the signal, 0..1.
    most
        V, the highest value; not below v*.

    References
    ----------
    J. D. Fearon, "Signaling Foreign Policy Interests: Tying Hands versus Sinking Costs", Journal of
    Conflict Resolution 41(1), 1997, 68-90. The uniform case is worked out here.

    Examples
    --------
    >>> signal = fearon_1997_tying_hands(0.5, 0.4, 0.3, 2)
    >>> round(signal.sends_from, 6), round(signal.size, 6), round(signal.worth, 6)
    (0.141176, 0.329412, 0.734235)
    """
    _require(p, cost, attacks, most)
    slope = 1 - attacks + attacks * p  # of (1 - q)v + q(pv - c)
    sends_from = attacks * cost / slope
    worth = _mean(slope, attacks * cost, sends_from, most)
    return Signal(
        sends_from=sends_from,
        size=cost - p * sends_from,
        war=attacks * (1 - sends_from / most),
        worth=worth,
    )


def fearon_1997_sinking_costs(p: float, cost: float, attacks: float, most: float) -> Signal:
    """Return the signal that is paid for when it is sent, whatever comes.

    It is sent by those who would fight anyway, v >= c/p, and it must be so dear that no other finds
    it worthwhile: at v = c/p fighting is worth 0, so its price is (1 - q)c/p. Compared with
    `fearon_1997_tying_hands` fewer send it, war is rarer, and the defender does worse.

    Parameters
    ----------
    p, cost, attacks, most
        As in `fearon_1997_tying_hands`; ``most`` not below c/p.

    References
    ----------
    As `fearon_1997_tying_hands`.

    Examples
    --------
    >>> signal = fearon_1997_sinking_costs(0.5, 0.4, 0.3, 2)
    >>> signal.sends_from, round(signal.size, 6), round(signal.worth, 6)
    (0.8, 0.56, 0.306)
    """
    _require(p, cost, attacks, most)
    sends_from = cost / p
    size = (1 - attacks) * sends_from
    worth = _mean(1 - attacks + attacks * p, attacks * cost + size, sends_from, most)
    return Signal(
        sends_from=sends_from, size=size, war=attacks * (1 - sends_from / most), worth=worth
    )


def _require(p: float, cost: float, attacks: float, most: float) -> None:
    """Refuse what the formulas do not hold for."""
    require(
        "Fearon 1997",
        p=(p, 0 < p <= 1, "lie above 0 and up to 1"),
        cost=not_below(cost),
        attacks=chance(attacks),
        most=above(most),
    )


def _mean(slope: float, drop: float, least: float, most: float) -> float:
    """Return the mean, over v uniform on 0..most, of slope·v - drop from ``least`` on, else 0."""
    require("Fearon 1997", most=not_below(most, least))
    return (slope * (most**2 - least**2) / 2 - drop * (most - least)) / most
