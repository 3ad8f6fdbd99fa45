"""War as a walk of battles won and lost, and what it teaches those who fight it.

The full equilibrium of such wars has no closed form. These are the two pieces that have one: how
the walk ends, and what its steps reveal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from foedus.game.classics.ranges import chance, inside, not_below, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruin:
    """The chance of winning the war, and the battles it is expected to take."""

    wins: float
    battles: float


def feller_1968_ruin(p: float, forts: int, held: int) -> Ruin:
    """Return how a war of battles ends that is over when one side holds all forts.

    With r = (1 - p)/p one who holds k of N wins with (1 - r^k)/(1 - r^N), after
    [k - N·wins]/(1 - 2p) battles on average; with p = 1/2 these are k/N and k(N - k).

    Parameters
    ----------
    p
        Chance of winning a battle, and with it a fort, above 0 and below 1.
    forts, held
        N, and how many are held at the start, 0..N.

    References
    ----------
    W. Feller, "An Introduction to Probability Theory and Its Applications", vol. 1, 3rd ed., 1968,
    ch. XIV, 344-349; as a model of war: A. Smith, "Fighting Battles, Winning Wars", Journal of
    Conflict Resolution 42(3), 1998, 301-320.

    Examples
    --------
    >>> feller_1968_ruin(0.5, 10, 5)
    Ruin(wins=0.5, battles=25.0)
    """
    require(
        "Feller 1968",
        p=inside(p),
        forts=not_below(forts, 1),
        held=(held, 0 <= held <= forts, "lie between 0 and forts"),
    )
    if p == 0.5:
        return Ruin(wins=held / forts, battles=float(held * (forts - held)))
    log_r = math.log1p(-p) - math.log(p)
    if log_r > 0:  # r^N may be more than a float holds: divide by it
        wins = math.exp((held - forts) * log_r) * math.expm1(-held * log_r)
        wins /= math.expm1(-forts * log_r)
    else:
        wins = math.expm1(held * log_r) / math.expm1(forts * log_r)
    return Ruin(wins=wins, battles=(held - forts * wins) / (1 - 2 * p))


def slantchev_2003_posterior(
    prior: float, strong: float, weak: float, battles: int, won: int
) -> float:
    """Return the belief that the opponent is strong, after so many battles of which it won some.

    By Bayes' rule the log odds rise by ln(strong/weak) with each battle that it wins, and by
    ln[(1 - strong)/(1 - weak)] with each that it loses. Battles cannot be feigned as words can,
    so beliefs converge.

    Parameters
    ----------
    prior
        Belief before, above 0 and below 1.
    strong, weak
        Chance that a strong and a weak opponent wins a battle, above 0 and below 1.
    battles, won
        How many there were, and how many the opponent won.

    References
    ----------
    B. L. Slantchev, "The Principle of Convergence in Wartime Negotiations", American Political
    Science Review 97(4), 2003, 621-632.

    Examples
    --------
    >>> round(slantchev_2003_posterior(0.5, 0.7, 0.4, 10, 7), 6)
    0.862696
    """
    require(
        "Slantchev 2003",
        prior=inside(prior),
        strong=inside(strong),
        weak=inside(weak),
        battles=not_below(battles),
        won=(won, 0 <= won <= battles, "lie between 0 and battles"),
    )
    odds = math.log(prior / (1 - prior)) + won * math.log(strong / weak)
    odds += (battles - won) * math.log((1 - strong) / (1 - weak))
    return 1 / (1 + math.exp(-odds)) if odds >= 0 else math.exp(odds) / (1 + math.exp(odds))


def slantchev_2003_information(truth: float, other: float) -> float:
    """Return by how much a battle moves the log odds towards the truth, on average, in nats.

    It is the Kullback-Leibler divergence t·ln(t/o) + (1 - t)·ln[(1 - t)/(1 - o)].

    Parameters
    ----------
    truth, other
        Chance that the opponent wins a battle as it is, and if it were the other type; above 0 and
        below 1.

    References
    ----------
    As `slantchev_2003_posterior`.

    Examples
    --------
    >>> round(slantchev_2003_information(0.7, 0.4), 5)
    0.18379
    """
    require("Slantchev 2003", truth=inside(truth), other=inside(other))
    return truth * math.log(truth / other) + (1 - truth) * math.log((1 - truth) / (1 - other))


def slantchev_2003_settles(
    expected_a: float, expected_b: float, cost_a: float, cost_b: float
) -> bool:
    """Say whether two sides that expect different wars have something to agree on.

    They have when their expectations of A's chance of winning lie no further apart than the costs
    of fighting on add up to.

    Parameters
    ----------
    expected_a, expected_b
        A's chance of winning in the eyes of A and of B, 0..1.
    cost_a, cost_b
        Cost of fighting on, share of the good, 0 or more.

    References
    ----------
    As `slantchev_2003_posterior`; the range itself is that of `fearon_1995_range`.

    Examples
    --------
    >>> slantchev_2003_settles(0.7, 0.4, 0.1, 0.1), slantchev_2003_settles(0.55, 0.4, 0.1, 0.1)
    (False, True)
    """
    require(
        "Slantchev 2003",
        expected_a=chance(expected_a),
        expected_b=chance(expected_b),
        cost_a=not_below(cost_a),
        cost_b=not_below(cost_b),
    )
    return expected_a - expected_b <= cost_a + cost_b
