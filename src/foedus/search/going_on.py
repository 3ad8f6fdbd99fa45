"""What going on with the war is worth, and how it ends, in many futures at once.

The same as `foedus.game.war`, future by future in arrays: W_C, W_P, R_k and the ends without a deal
are needed of every future before any deal is solved, and one at a time they take longer than the
deals do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.search.values import ENDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from foedus.search.values import Floats

ROUNDS = 200
"""Steps of Newton's method at most, as in the game."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingOn:
    """The worth of going on: W_C, W_P, R_k(s) = ``per_stake``·s - ``flow``·war_support_k; (F,)."""

    value_c: Floats
    value_p: Floats
    per_stake: Floats
    flow: Floats


def going_on(column: Mapping[str, Floats]) -> GoingOn:
    """Return what going on is worth to each in futures given as a ``column`` (F,) a parameter."""
    delta, x0, hold = column["delta"], column["x0"], column["hold"]
    win_c, win_p, freeze = column["war_win_c"], column["war_win_p"], column["war_freeze"]
    line, stay, now = 1 - x0, stays(column), 1 - delta
    ever, truce_c = _truce(column)
    truce_p = (1 - ever) * line + ever * (hold * line - column["fight_p"])
    truce_g = line * (1 - ever + ever * hold)
    w = 1 / (1 - delta * stay)
    return GoingOn(
        value_c=w * (now * (x0 * stay - column["war_cost_c"]) + win_c + freeze * truce_c),
        value_p=w * (now * (line * stay - column["war_cost_p"]) + win_p + freeze * truce_p),
        per_stake=w * (now * line * stay + win_p + freeze * truce_g),
        flow=w * now,
    )


def stays(column: Mapping[str, Floats]) -> Floats:
    """Return (F,) the chance per period that the present war goes on."""
    left = 1 - column["war_win_c"] - column["war_win_p"] - column["war_freeze"]
    return np.maximum(0.0, left)


def ends_without_deal(column: Mapping[str, Floats], periods: Sequence[int]) -> Floats:
    """Return (F, Y, 7) the chances of the seven ends by each of ``periods``, if there is no deal.

    Examples
    --------
    >>> one = {"war_win_c": 0.2, "war_win_p": 0.1, "war_freeze": 0.2}
    >>> ends_without_deal({k: np.array([v]) for k, v in one.items()}, [1])[0, 0].round(9).tolist()
    [0.0, 0.0, 0.0, 0.5, 0.2, 0.2, 0.1]
    """
    stay = stays(column)
    hazards = [column[name] for name in ("war_freeze", "war_win_c", "war_win_p")]
    total = hazards[1] + hazards[2] + hazards[0]
    ends = np.zeros((len(stay), len(periods), len(ENDS)))
    for y, period in enumerate(periods):
        on = stay**period
        over = np.divide(1 - on, total, out=np.zeros_like(total), where=total > 0)
        ends[:, y, 3] = on
        for end, hazard in enumerate(hazards, 4):
            ends[:, y, end] = over * hazard
    return ends


def _truce(column: Mapping[str, Floats]) -> tuple[Floats, Floats]:
    """Return (F,) how likely, discounted, an unguaranteed truce ever breaks, and V_C in it."""
    delta, x0, scale = column["delta"], column["x0"], column["shock_scale"]
    mu = np.minimum(1.0, column["crisis"])
    act = x0 + (1 - column["hold"]) * (1 - x0) - column["fight_c"]
    worth = x0.copy()
    rising = np.ones(len(worth), dtype=bool)
    for _ in range(ROUNDS):
        gain = act - column["shock_mean"] - worth
        short = (1 - delta) * (worth - x0) - delta * mu * _surplus(gain, scale)
        step = -short / (1 - delta + delta * mu * _sigmoid(gain / scale))
        worth = np.where(rising, worth + step, worth)
        rising &= step > 1e-16 * np.maximum(1.0, np.abs(worth))
        if not rising.any():
            break
    gain = act - column["shock_mean"] - worth
    q = mu * _sigmoid(gain / scale)
    return q / (1 - delta + delta * q), worth + mu * _surplus(gain, scale)


def _sigmoid(z: Floats) -> Floats:
    small = np.exp(-np.abs(z))
    return np.asarray(np.where(z >= 0, 1.0, small) / (1 + small))


def _surplus(gain: Floats, scale: Floats) -> Floats:
    return np.asarray(np.maximum(gain, 0.0) + scale * np.log1p(np.exp(-np.abs(gain) / scale)))
