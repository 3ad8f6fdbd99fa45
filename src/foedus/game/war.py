"""What there is without a deal: the war goes on until it is won, lost, or freezes.

A war that freezes leaves a truce at the line of contact that nobody guarantees and that is as
breakable as any settlement.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from foedus.game.challenger import best_reply
from foedus.game.stages import terms
from foedus.game.values import Ends, Future


@dataclass(frozen=True, slots=True, kw_only=True)
class War:
    """The worth of going on: W_C, W_P, and R_k(s) = ``per_stake``·s - ``support[k]``."""

    value_c: float
    value_p: float
    per_stake: float
    support: tuple[float, ...]


def war(future: Future) -> War:
    """Return what going on with the war is worth to each."""
    delta, stay, line = future.delta, future.stay, 1 - future.x0
    truce = terms((), replace(future, effect=()))
    act = future.x0 + (1 - future.hold) * line - future.fight_c
    reply = best_reply(truce, future, (act,))
    broken = reply.q_ever
    truce_p = (1 - broken) * line + broken * (future.hold * line - future.fight_p)
    truce_g = line * (1 - broken + broken * future.hold)
    w = 1 / (1 - delta * stay)
    now = 1 - delta
    return War(
        value_c=w
        * (
            now * (future.x0 * stay - future.war_cost_c)
            + future.war_win_c
            + future.war_freeze * reply.value
        ),
        value_p=w
        * (
            now * (line * stay - future.war_cost_p) + future.war_win_p + future.war_freeze * truce_p
        ),
        per_stake=w * (now * line * stay + future.war_win_p + future.war_freeze * truce_g),
        support=tuple(w * now * cost for cost in future.war_support),
    )


def ends_without_deal(future: Future, periods: int) -> Ends:
    """Return the chances of the seven ends by ``periods`` from now, if there is no deal.

    Examples
    --------
    >>> from foedus.game import Future
    >>> f = Future(period_years=0.25, horizon_years=10, delta=0.98, x0=0.2, crisis=0.2, hold=0.5,
    ...     fight_c=0.3, fight_p=0.3, shock_mean=0.0, shock_scale=0.1, war_win_c=0.2, war_win_p=0.1,
    ...     war_freeze=0.2, war_cost_c=0.5, war_cost_p=0.5, fight_g=(), war_support=(),
    ...     stake_mean=(), stake_scale=(), effect=())
    >>> ends = ends_without_deal(f, 1)
    >>> ends.war_on, ends.frozen, ends.c_prevails, ends.p_prevails
    (0.5, 0.2, 0.2, 0.1)
    """
    war_on = future.stay**periods
    hazard = future.war_win_c + future.war_win_p + future.war_freeze
    over = (1 - war_on) / hazard if hazard > 0 else 0.0
    return Ends(
        holds=0.0,
        breaks_fight=0.0,
        breaks_alone=0.0,
        war_on=war_on,
        frozen=over * future.war_freeze,
        c_prevails=over * future.war_win_c,
        p_prevails=over * future.war_win_p,
    )
