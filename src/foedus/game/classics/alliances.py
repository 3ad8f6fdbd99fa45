"""Whether an ally's help deters: how sure it must be, what makes it so, what one gets to see."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.game.classics.ranges import above, chance, not_below, require


def smith_1998_reliability(alone: float, helped: float, cost_a: float, value: float = 1.0) -> float:
    """Return the least chance of help from which an attacker is deterred; above 1: by none.

    A attacks B if (1 - r)(1 - alone)v + r(1 - helped)v > cost_a, so it is deterred from
    r* = [(1 - alone)v - cost_a]/[(helped - alone)v] on. In the guarantee game r is pi, alone p0 and
    helped - alone D. (A reduced form.)

    Parameters
    ----------
    alone, helped
        Chance that B keeps the good without and with its ally, 0..1; the second is larger.
    cost_a
        A's cost of attacking, in the unit of ``value``, 0 or more.
    value
        v, what the good is worth to A, above 0.

    References
    ----------
    A. Smith, "Alliance Formation and War", International Studies Quarterly 39(4), 1995, 405-425,
    and "Extended Deterrence and Alliance Formation", International Interactions 24(4), 1998,
    315-343.

    Examples
    --------
    >>> round(smith_1998_reliability(0.35, 0.75, 0.3), 6)
    0.875
    """
    require(
        "Smith 1998",
        alone=chance(alone),
        helped=(helped, alone < helped <= 1, "lie above alone and up to 1"),
        cost_a=not_below(cost_a),
        value=above(value),
    )
    return ((1 - alone) * value - cost_a) / ((helped - alone) * value)


def smith_1998_stake_in_honour(reliability: float, gain: float, cost_most: float) -> float:
    """Return what breaking the promise must cost the ally for its help to be so likely.

    The ally's cost of helping is uniform on 0..K and it helps if that is below its gain g plus the
    price a of breaking its word: r = min(1, (g + a)/K), so a = r·K - g, or 0 where it helps often
    enough for its own sake. (A reduced form.)

    Parameters
    ----------
    reliability
        r, the chance of help that is wanted, 0..1.
    gain
        g, what the ally gains by helping, 0 or more.
    cost_most
        K, the most that helping may cost it, above 0.

    References
    ----------
    As `smith_1998_reliability`.

    Examples
    --------
    >>> round(smith_1998_stake_in_honour(0.875, 0.4, 1), 6)
    0.475
    """
    require(
        "Smith 1998",
        reliability=chance(reliability),
        gain=not_below(gain),
        cost_most=above(cost_most),
    )
    return max(0.0, reliability * cost_most - gain)


def smith_1995_observed_reliability(deters_from: float) -> float:
    """Return how reliable alliances look in the wars that happen.

    With reliability uniform on 0..1 and those attacked that do not deter, r < r*, the mean among
    them is r*/2, while that of all is 1/2: whoever counts promises kept in war counts the weak
    ones. (A reduced form.)

    Parameters
    ----------
    deters_from
        r*, as `smith_1998_reliability` gives it, above 0; from 1 on all are attacked.

    References
    ----------
    A. Smith, "Alliance Formation and War", International Studies Quarterly 39(4), 1995, 405-425.

    Examples
    --------
    >>> smith_1995_observed_reliability(0.875)
    0.4375
    """
    require("Smith 1995", deters_from=above(deters_from))
    return min(1.0, deters_from) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What it takes to deter by making the target fight.

    ``war`` is what the challenger gets if the target fights; ``resists`` the chance that it does
    without a contract; ``needed`` the chance that deters, and ``transfer`` the promise that brings
    it about: both None where the challenger attacks whatever the target does.
    """

    war: float
    resists: float
    needed: float | None
    transfer: float | None


def benson_2014_contract(
    p: float, value: float, cost_most: float, prize: float, cost_c: float
) -> Contract:
    """Return the support in war that makes a target fight often enough to deter.

    The target, with a cost of war uniform on 0..c, fights if p·v + t exceeds it, so it resists with
    r(t) = min(1, (p·v + t)/c). The challenger gets the prize if the target yields and
    w = (1 - p)·prize - cost_c if it fights. Where w < 0 it is deterred from r* = prize/(prize - w)
    on, by the promise t* = max(0, r*·c - p·v), which is paid only in war, and so, if it deters,
    never. The same promise makes a target reckless: that is what deters. (A reduced form.)

    Parameters
    ----------
    p
        Chance that the target wins, 0..1.
    value
        v, what the good is worth to the target, 0 or more.
    cost_most
        c, the target's highest cost of war, above 0.
    prize
        What the challenger gets if the target yields, above 0.
    cost_c
        The challenger's cost of war, 0 or more.

    References
    ----------
    B. V. Benson, A. Meirowitz and K. W. Ramsay, "Inducing Deterrence through Moral Hazard in
    Alliance Contracts", Journal of Conflict Resolution 58(2), 2014, 307-335.

    Examples
    --------
    >>> contract = benson_2014_contract(0.4, 1, 1.2, 1, 0.9)
    >>> round(contract.needed, 5), round(contract.transfer, 5)
    (0.76923, 0.52308)
    """
    require(
        "Benson et al. 2014",
        p=chance(p),
        value=not_below(value),
        cost_most=above(cost_most),
        prize=above(prize),
        cost_c=not_below(cost_c),
    )
    war = (1 - p) * prize - cost_c
    resists = min(1.0, p * value / cost_most)
    if war >= 0:
        return Contract(war=war, resists=resists, needed=None, transfer=None)
    needed = prize / (prize - war)
    transfer = max(0.0, needed * cost_most - p * value)
    return Contract(war=war, resists=resists, needed=needed, transfer=transfer)
