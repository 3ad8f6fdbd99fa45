"""One deal in one future, solved and told in full."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from foedus.game import outcomes
from foedus.game.dynamics import CONVERGED
from foedus.game.equilibrium import DIFFERENT, Play, equilibria
from foedus.game.stages import Terms, terms
from foedus.game.values import Effects, Future, Other, Solution
from foedus.game.war import War, war

if TYPE_CHECKING:
    from collections.abc import Sequence


def solve(deal: Sequence[Effects], future: Future) -> Solution:
    """Return the equilibrium of ``deal`` in ``future`` and what follows from it.

    ``deal`` has one level for each provision, in the order of ``future.effect``. Of two equilibria
    the one in which the settlement is less likely to survive is taken: robust means pessimistic.

    Raises
    ------
    GameError
        When the deal and the future differ in how many provisions or guarantors there are.

    Examples
    --------
    A promise of help, with and without a price on breaking it:

    >>> from foedus.game import Effects, Future, solve
    >>> future = Future(
    ...     period_years=0.25, horizon_years=10, delta=0.98, x0=0.2, crisis=0.2, hold=0.5,
    ...     fight_c=0.3, fight_p=0.3, shock_mean=0.05, shock_scale=0.08, war_win_c=0.01,
    ...     war_win_p=0.005, war_freeze=0.04, war_cost_c=1.0, war_cost_p=0.7, fight_g=(0.3,),
    ...     war_support=(0.1,), stake_mean=(0.8,), stake_scale=(0.2,), effect=(1.0,))
    >>> word = solve([Effects(help=(0.5,), harm=(0.15,))], future)
    >>> bond = solve([Effects(help=(0.5,), harm=(0.15,), renege=(0.25,))], future)
    >>> [round(s.pi[0][0], 2) for s in (word, bond)]  # how far it is believed
    [0.02, 0.97]
    >>> [round(s.survive, 2) for s in (word, bond)]  # how likely the settlement lasts ten years
    [0.22, 0.84]
    """
    agreed = terms(deal, future)
    outside = war(future)
    first, second = equilibria(agreed, future, outside)
    multiple = _distance(first, second) > DIFFERENT
    chosen, other = sorted(
        (first, second),
        key=lambda p: (
            outcomes.survival(p.reply, future.periods),
            outcomes.protected_value(agreed, future, p),
        ),
    )
    residual = max(first.residual, second.residual)
    return _told(
        agreed,
        future,
        outside,
        chosen,
        converged=residual <= CONVERGED,
        other=_other(other, future) if multiple else None,
    )


def _other(play: Play, future: Future) -> Other:
    """Return what is kept of the equilibrium not chosen."""
    return Other(pi=play.pi, survive=outcomes.survival(play.reply, future.periods))


def _distance(one: Play, two: Play) -> float:
    """Return how far apart two points are: the largest difference of any belief."""
    return max(
        (
            abs(a - b)
            for row, column in zip(one.pi, two.pi, strict=True)
            for a, b in zip(row, column, strict=True)
        ),
        default=0.0,
    )


def _told(
    terms: Terms, future: Future, war: War, found: Play, *, converged: bool, other: Other | None
) -> Solution:
    """Return all that follows from the equilibrium ``found``."""
    reply, stages = found.reply, terms.stages
    value_p = outcomes.protected_value(terms, future, found)
    said = outcomes.verdict(found, war, value_p)
    survive = outcomes.survival(reply, future.periods)
    direct = outcomes.direct_war(terms, found, future.periods)
    cost = outcomes.peace_costs(terms, found)
    broken = outcomes.broken_costs(terms, found)
    refused = [choice.refusing or (math.nan, math.nan) for choice in found.choices]
    return Solution(
        guarantors=future.guarantors,
        window=len(terms.window),
        periods=future.periods,
        starts=tuple(stage.start for stage in stages),
        x=terms.x,
        y_c=terms.y_c,
        y_p=terms.y_p,
        mu=tuple(stage.mu for stage in stages),
        p0=tuple(stage.p0 for stage in stages),
        act=found.act,
        shortfall=tuple(stage.gap for stage in stages),
        cut=tuple(stage.cut for stage in stages),
        pi=found.pi,
        alpha=tuple(choice.alpha for choice in found.choices),
        refuse_from=tuple(low for low, _ in refused),
        refuse_to=tuple(high for _, high in refused),
        wait=reply.wait,
        q=reply.q,
        q_ever=reply.q_ever,
        q_window=reply.q_window,
        value_c=reply.value,
        value_c_in_force=reply.value_in_force,
        war_value_c=war.value_c,
        value_p=value_p,
        war_value_p=war.value_p,
        accept_c=said.challenger,
        accept_p=said.protected,
        agree=said.agree,
        survive=survive,
        window_risk=1 - outcomes.survival(reply, len(terms.window)),
        direct=direct.each,
        direct_any=direct.any,
        security=value_p / terms.y_p if terms.y_p > 0 else 0.0,
        cost=cost,
        cost_total=tuple(c + b for c, b in zip(cost, broken, strict=True)),
        ends=outcomes.ends(said.agree, survive, direct.any, future, future.periods),
        converged=converged,
        multiple=other is not None,
        residual=found.residual,
        other=other,
    )
