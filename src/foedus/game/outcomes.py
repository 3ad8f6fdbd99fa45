"""What follows from an equilibrium: values, acceptance, survival, war, costs, and how it ends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.game.values import Ends, Future
from foedus.game.war import War, ends_without_deal

if TYPE_CHECKING:
    from foedus.game.challenger import Reply
    from foedus.game.equilibrium import Play
    from foedus.game.stages import Terms
    from foedus.game.values import Solution


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectWar:
    """The chances, given agreement, that guarantors fight the challenger by the horizon."""

    each: tuple[float, ...]
    any: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Who accepts, and the chance that all do."""

    challenger: bool
    protected: bool
    agree: float


def survival(reply: Reply | Solution, periods: int) -> float:
    """Return the chance that the settlement is not challenged in the first ``periods``."""
    window = reply.q_window[:periods]
    return math.prod(1 - q for q in window) * (1 - reply.q) ** (periods - len(window))


def protected_value(terms: Terms, future: Future, found: Play) -> float:
    """Return V_P: the peace while it lasts, and what a challenge then leaves."""
    broken = sum(
        w * (hold * (1 - terms.x) - future.fight_p)
        for w, hold in zip(found.path.challenge, found.hold, strict=True)
    )
    return sum(found.path.flow) * terms.y_p + broken


def verdict(found: Play, war: War, value_p: float) -> Verdict:
    """Return who accepts, each as if the deal hung on it alone."""
    challenger = found.reply.value >= war.value_c
    protected = value_p >= war.value_p
    agree = float(challenger and protected) * math.prod(c.alpha for c in found.choices)
    return Verdict(challenger=challenger, protected=protected, agree=agree)


def direct_war(terms: Terms, found: Play, periods: int) -> DirectWar:
    """Return the chances of direct war within ``periods``; the types honour independently.

    The stage in which the one challenge comes decides who honours.
    """
    broken = [0.0] * len(terms.stages)
    reached = 1.0
    for i, q in zip(terms.window[:periods], found.reply.q_window[:periods], strict=True):
        broken[i] += reached * q
        reached *= 1 - q
    broken[-1] += reached - survival(found.reply, periods)
    return DirectWar(
        each=tuple(
            sum(b * row[k] for b, row in zip(broken, found.pi, strict=True))
            for k in range(len(terms.parties))
        ),
        any=sum(
            b * (1 - math.prod(1 - p for p in row)) for b, row in zip(broken, found.pi, strict=True)
        ),
    )


def peace_costs(terms: Terms, found: Play) -> tuple[float, ...]:
    """Return each guarantor's discounted cost of the deal while there is peace."""
    return tuple(
        sum(w * stage.cost[k] for w, stage in zip(found.path.flow, terms.stages, strict=True))
        for k in range(len(terms.parties))
    )


def broken_costs(terms: Terms, found: Play) -> tuple[float, ...]:
    """Return each guarantor's discounted expected cost of fighting and of reneging."""
    return tuple(
        sum(
            w * (row[k] * stage.fight[k] + (1 - row[k]) * stage.renege[k])
            for w, row, stage in zip(found.path.challenge, found.pi, terms.stages, strict=True)
        )
        for k in range(len(terms.parties))
    )


def ends(agree: float, survive: float, direct_any: float, future: Future, periods: int) -> Ends:
    """Return the chances of the seven ends within ``periods``, for which the others are given."""
    without = ends_without_deal(future, periods)
    return Ends(
        holds=agree * survive,
        breaks_fight=agree * direct_any,
        breaks_alone=agree * max(0.0, 1 - survive - direct_any),  # rounding may leave -1e-17
        war_on=(1 - agree) * without.war_on,
        frozen=(1 - agree) * without.frozen,
        c_prevails=(1 - agree) * without.c_prevails,
        p_prevails=(1 - agree) * without.p_prevails,
    )
