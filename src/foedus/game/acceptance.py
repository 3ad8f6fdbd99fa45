"""A guarantor's choice: which types of it accept, and what that says about whether it honours.

A guarantor's stake s is its own secret. To a type s a deal is worth the best of its plans (honour
from which stage's cut-off on), each a line in s; so is the war, one line. The difference is the
upper envelope of lines: convex, so the types that refuse, where it is below 0, are one open
interval. Strong types accept because accepting signals resolve, weak ones because it takes them out
of the war; by Bayes' rule acceptance tells the challenger which it may be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.game.logistic import mass, sigmoid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.game.challenger import Weights
    from foedus.game.stages import Terms
    from foedus.game.values import Future
    from foedus.game.war import War

Line = tuple[float, float]
"""Slope and value at 0 of what accepting is worth over the war to a type, under one plan."""

Interval = tuple[float, float]
"""The open interval of stakes that refuse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What one guarantor does: the types that refuse (None: nobody), alpha, and pi by stage.

    ``ends`` are the chances of a stake below each end of the interval; nan where nobody refuses.
    """

    refusing: Interval | None
    ends: tuple[float, float]
    alpha: float
    pi: tuple[float, ...]


def nobody_refuses(pi: tuple[float, ...]) -> Choice:
    """Return the choice of a guarantor that accepts whatever its stake."""
    return Choice(refusing=None, ends=(math.nan, math.nan), alpha=1.0, pi=pi)


def plan_lines(
    terms: Terms, k: int, *, base: Sequence[float], path: Weights, war: War
) -> list[Line]:
    """Return the lines of guarantor ``k``'s plans.

    ``base`` is b, in each stage: the chance that the protected state holds if k does not fight. A
    plan is to honour in the stages with the lowest cut-offs: none, one, ... all; no other plan is
    best for any type. (Where a cut-off is infinite, plus or minus, some of these lie below another
    for every type, and change nothing.)
    """
    stages, rest = terms.stages, 1 - terms.x
    slope = sum(path.flow) * rest - war.per_stake
    worth = war.support[k] - sum(
        w * stage.cost[k] for w, stage in zip(path.flow, stages, strict=True)
    )
    for w, stage, b in zip(path.challenge, stages, base, strict=True):
        slope += w * rest * b
        worth -= w * stage.renege[k]
    lines = [(slope, worth)]
    for w, stage in sorted(zip(path.challenge, stages, strict=True), key=lambda p: p[1].cut[k]):
        slope += w * rest * stage.gap[k]
        worth -= w * (stage.fight[k] - stage.renege[k])
        lines.append((slope, worth))
    return lines


def refusing(lines: Sequence[Line]) -> Interval | None:
    """Return the open interval of types for whom every line is below 0, or None.

    Examples
    --------
    Strong types accept for the first plan, weak ones for the second:

    >>> refusing([(1.0, -2.0), (-1.0, 0.5)])
    (0.5, 2.0)
    >>> refusing([(1.0, -2.0), (-1.0, 3.0)]) is None  # every type has a plan
    True
    """
    low, high = -math.inf, math.inf
    for slope, worth in lines:
        if slope < 0:
            low = max(low, -worth / slope)
        elif slope > 0:
            high = min(high, -worth / slope)
        elif worth >= 0:
            return None
    return (low, high) if low < high else None


def choose(terms: Terms, future: Future, k: int, interval: Interval | None) -> Choice:
    """Return guarantor ``k``'s chance of accepting and, by Bayes' rule, of honouring."""
    mean, scale = future.stake_mean[k], future.stake_scale[k]
    cuts = [(stage.cut[k] - mean) / scale for stage in terms.stages]
    if interval is None:
        return nobody_refuses(tuple(sigmoid(-cut) for cut in cuts))
    low, high = ((end - mean) / scale for end in interval)
    alpha = min(1.0, sigmoid(low) + sigmoid(-high))
    honours = (mass(cut, low) + sigmoid(-max(cut, high)) for cut in cuts)
    return Choice(
        refusing=interval,
        ends=(sigmoid(low), sigmoid(high)),
        alpha=alpha,
        pi=tuple(min(1.0, h / alpha) if alpha > 0 else 0.0 for h in honours),
    )
