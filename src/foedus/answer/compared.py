"""What an answer says of deals beside each other: alike, cheapest, changed, and red lines given up.

These are values alone, as those of `foedus.answer.values`. A deal that was not kept is told in
means; where it was kept, ``told`` leads to all that is known of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from foedus.answer.values import Estimate
    from foedus.search.values import Deal

Measured = Literal["robustness", "agree", "survive", "lasting", "security"]
"""What a target may be about: means over futures of a deal, each better the higher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a deal is to reach: ``least`` on a measure, 0..1.

    ``lasting`` is the chance that all accept and it then holds to the horizon; the others are as
    in `foedus.answer.values.DealView`.
    """

    measure: Measured = "robustness"
    least: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user wants to know of an answer beyond what every answer says.

    Parameters
    ----------
    targets
        For each, the cheapest deals that reach it are told.
    deals
        For each, the smallest change that makes it acceptable is told; also for the bare deal, and
        for the best that crosses no red line.
    share
        A deal is acceptable when all parties accept it with at least this chance, over futures.
    """

    targets: tuple[Target, ...] = (Target(),)
    deals: tuple[Deal, ...] = ()
    share: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A deal told in means over all futures.

    Parameters
    ----------
    deal, name, short
        Its levels, its provisions in plain words, and a few of them.
    told
        Its index among the deals told in full, None where it was not kept.
    robustness, agree, survive, lasting, security
        As in `Target`.
    costs
        What it costs each guarantor, in the case's order, given agreement.
    crossed
        Indices of the red lines in force that it crosses.
    """

    deal: Deal
    name: str
    short: str
    told: int | None
    robustness: float
    agree: float
    survive: float
    lasting: float
    security: float
    costs: tuple[float, ...]
    crossed: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Deals that come out alike: on no measure further than ``tolerance`` from the first.

    Parameters
    ----------
    deals
        Indices of the deals told that are alike, the first being the one the others are measured
        by.
    size
        How many of all deals compared are alike, these included.
    differ
        The provisions in which they differ, as pairs of a title and the titles of the levels that
        occur among them.
    free
        Whether every mix of these levels is among them.
    tolerance
        How far apart they may be, in each measure's own unit.
    """

    deals: tuple[int, ...]
    size: int
    differ: tuple[tuple[str, tuple[str, ...]], ...]
    free: bool
    tolerance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What one provision adds to a deal on one measure: its Shapley value.

    ``error`` is its standard error where orders were drawn by chance, None where it is exact.
    """

    adds: float
    error: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one provision adds to a deal, or costs: one ``worth`` for each of the measures."""

    provision: str
    level: str
    worth: tuple[Worth, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Makeup:
    """What each provision of a deal adds, beginning with the bare deal.

    Parameters
    ----------
    deal
        Index of the deal among those told.
    measures
        Names of what is measured: ``robustness``, ``agree``, ``survive``, ``accepts[PARTY]`` for
        each party, ``cost`` to all guarantors together, and ``cost[GUARANTOR]`` where there are
        several.
    bare, whole
        What the bare deal and this one come to on each measure; what the provisions add is the
        difference, to the last of them.
    contributions
        One for each provision whose level is not the first, in the case's order.
    orders
        How many orders of the provisions were drawn by chance; 0 where it is exact.
    """

    deal: int
    measures: tuple[str, ...]
    bare: tuple[float, ...]
    whole: tuple[float, ...]
    contributions: tuple[Contribution, ...]
    orders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cheapest:
    """The deal that reaches a target at the least cost to one guarantor, or to all together.

    Parameters
    ----------
    target
        What is to be reached.
    payer
        A guarantor's name; None for all of them together.
    deal
        None when no deal compared reaches the target.
    cost
        What it costs the payer; None as above.
    most
        The deal that comes nearest to the target, or surpasses it by most.
    reached
        How many of the deals compared reach it.
    """

    target: Target
    payer: str | None
    deal: Sketch | None
    cost: float | None
    most: Sketch
    reached: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The smallest change that makes a deal acceptable.

    Parameters
    ----------
    why
        Why this deal is looked at: ``bare``, ``respectful`` (the best that crosses no red line) or
        ``asked``.
    deal
        The deal as it is.
    share
        The chance that all accept from which on a deal is acceptable.
    to
        The nearest acceptable deal: with the fewest provisions changed, then the fewest steps of
        level, then the likeliest to last. The deal itself where it is acceptable; None when none
        is among the deals compared.
    changed
        The provisions that change: title, level now, level then.
    steps
        Levels gone up or down, all told.
    """

    why: Literal["bare", "respectful", "asked"]
    deal: Sketch
    share: float
    to: Sketch | None
    changed: tuple[tuple[str, str, str], ...]
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """What giving up some red lines would open.

    Parameters
    ----------
    lines
        The red lines given up, as indices into the case's.
    opens
        How many possible deals then cross none of the others, and do now cross one.
    compared
        How many of these were solved.
    robust, agreed
        Of those solved, the one that meets every criterion in the most futures, and the likeliest
        to be agreed; None when none was solved.
    """

    lines: tuple[int, ...]
    opens: int
    compared: int
    robust: Sketch | None
    agreed: Sketch | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedLines:
    """What everybody's red lines leave, and what would open more. Lines are indices into the case.

    Parameters
    ----------
    active, off
        Those in force, and those that somebody switched off: each says why.
    free
        How many possible deals cross none that is in force.
    best
        Of those solved, the likeliest to last; None when there is none.
    collisions
        The smallest sets that no possible deal can respect together.
    single
        What giving up each one line in force would open.
    least
        Where no deal is free: the smallest sets of lines such that giving them all up opens one.
    """

    active: tuple[int, ...]
    off: tuple[int, ...]
    free: int
    best: Sketch | None
    collisions: tuple[tuple[int, ...], ...]
    single: tuple[Relaxation, ...]
    least: tuple[Relaxation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """A family of parameters and the share of what varies that each of them explains by itself.

    ``family`` is ``support``, ``sanctions``, ``politics``, ``escalation``, ``fighting`` or
    ``terms``; ``parameters`` are keys and shares of those that clearly explain some, the weightiest
    first, and ``share`` is their sum.
    """

    family: str
    share: float
    parameters: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """How the conflict ends, and what that hangs on.

    Parameters
    ----------
    deal
        Index of the deal on the table, None for none.
    ends
        (year, (name, estimate) pairs) at each of the years told.
    drivers
        Families of parameters by the share they explain of what varies between futures in the ends
        by the horizon, the weightiest first.
    unexplained
        The rest: what no parameter explains by itself, or not clearly.
    """

    deal: int | None
    ends: tuple[tuple[float, tuple[tuple[str, Estimate], ...]], ...]
    drivers: tuple[Driver, ...]
    unexplained: float
