"""The challenger: in each crisis it compares a challenge with waiting, and its cost is private.

Once every provision is in force the game is the same in every period, so the worth of waiting, Y,
is a fixed point; before that it follows backwards from there.

The private cost of acting is logistic with mean m and scale b, drawn afresh in each crisis. A
challenge is worth A before that cost, waiting Y. With z = (A - m - Y)/b the challenger acts in a
crisis with chance sig(z) = 1/(1 + e^-z), and the option to act is worth b·log(1 + e^z): the logit
choice and its log-sum (McFadden 1978).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.game.logistic import sigmoid, surplus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.game.stages import Terms
    from foedus.game.values import Future


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The challenger's best reply, and its worth.

    ``q_ever`` is the discounted chance that a challenge ever comes, counted from when all is in
    force; ``value`` is at the start, ``value_in_force`` once all is in force.
    """

    wait: float
    q: float
    q_ever: float
    q_window: tuple[float, ...]
    value: float
    value_in_force: float


def waiting(mu: float, act: float, y: float, future: Future) -> float:
    """Return Y, the worth of waiting when every later period is like this one.

    Y solves (1 - delta)(Y - y) = delta·mu·b·log(1 + e^z) with z = (A - m - Y)/b: what waiting is
    worth beyond the flow y is the option to act later. The difference of the two sides increases in
    Y and is concave, so Newton's method from Y = y, where it is not above 0, rises to the one root.

    Examples
    --------
    With no crisis, waiting is worth the flow:

    >>> from foedus.game import Future
    >>> calm = Future(period_years=0.25, horizon_years=10, delta=0.98, x0=0.2, crisis=0.0, hold=0.5,
    ...     fight_c=0.3, fight_p=0.3, shock_mean=0.0, shock_scale=0.1, war_win_c=0.0, war_win_p=0.0,
    ...     war_freeze=0.0, war_cost_c=0.5, war_cost_p=0.5, fight_g=(), war_support=(),
    ...     stake_mean=(), stake_scale=(), effect=())
    >>> waiting(0.0, 0.4, 0.2, calm)
    0.2
    """
    delta, scale = future.delta, future.shock_scale
    worth = y
    for _ in range(200):
        gain = act - future.shock_mean - worth
        short = (1 - delta) * (worth - y) - delta * mu * surplus(gain, scale)
        step = -short / (1 - delta + delta * mu * sigmoid(gain / scale))
        worth += step
        if step <= 1e-16 * max(1.0, abs(worth)):  # it rises until rounding stops it
            break
    return worth


def best_reply(terms: Terms, future: Future, act: Sequence[float]) -> Reply:
    """Return what the challenger does, ``act`` being A in each stage."""
    delta, mean, scale = future.delta, future.shock_mean, future.shock_scale
    last = terms.stages[-1]
    wait = waiting(last.mu, act[-1], terms.y_c, future)
    gain = act[-1] - mean - wait
    q = last.mu * sigmoid(gain / scale)
    in_force = wait + last.mu * surplus(gain, scale)
    value = in_force
    backwards: list[float] = []
    for i in reversed(terms.window):
        later = (1 - delta) * terms.y_c + delta * value
        gain = act[i] - mean - later
        backwards.append(terms.stages[i].mu * sigmoid(gain / scale))
        value = later + terms.stages[i].mu * surplus(gain, scale)
    return Reply(
        wait=wait,
        q=q,
        q_ever=q / (1 - delta + delta * q),  # so ordered, nothing cancels as delta nears 1
        q_window=tuple(reversed(backwards)),
        value=value,
        value_in_force=in_force,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each stage's peace and each stage's challenge weigh in every value; they add to 1.

    A flow v for ever is worth v, and a challenge ends the peace for good.
    """

    flow: tuple[float, ...]
    challenge: tuple[float, ...]


def weights(terms: Terms, reply: Reply, delta: float) -> Weights:
    """Return the discounted weights along the path that ``reply`` leads to."""
    flow = [0.0] * len(terms.stages)
    challenge = [0.0] * len(terms.stages)
    reached = 1.0
    for i, q in zip(terms.window, reply.q_window, strict=True):
        challenge[i] += reached * q
        flow[i] += reached * (1 - q) * (1 - delta)
        reached *= delta * (1 - q)
    challenge[-1] += reached * reply.q_ever
    flow[-1] += reached * (1 - reply.q_ever)
    return Weights(flow=tuple(flow), challenge=tuple(challenge))
