"""The game played from its story: stakes are drawn, paths are walked, and nothing is looked up."""

from __future__ import annotations

import math
import pickle
from dataclasses import replace

import numpy as np
import pytest

from foedus.errors import GameError
from foedus.game import Effects, Future, solve

LEVELS = {
    "cheap talk": Effects(help=(0.5,), harm=(0.15,)),
    "tied hands": Effects(help=(0.5,), harm=(0.15,), renege=(0.25,)),
    "costly troops": Effects(
        help=(0.6,), harm=(0.2,), renege=(0.1,), cost=(0.3,), risk=(0.05,), denial=0.1, punish=0.02
    ),
}
DRAWS = 40_000


def waiting(act: float, y: float, mu: float, f: Future) -> float:
    """Y by bisection: what waiting is worth beyond the flow is the option to act later."""
    low, high = y - 1.0, y + 5.0
    for _ in range(100):
        worth = (low + high) / 2
        option = mu * f.shock_scale * np.logaddexp(0, (act - f.shock_mean - worth) / f.shock_scale)
        if (1 - f.delta) * (worth - y) < f.delta * option:
            low = worth
        else:
            high = worth
    return low


def challenge_rate(act: float, y: float, mu: float, f: Future) -> float:
    z = (act - f.shock_mean - waiting(act, y, mu, f)) / f.shock_scale
    return mu / (1 + math.exp(-z))


def present_worth(rate: float, f: Future) -> tuple[float, float]:
    """Weights of a flow that lasts until an event of chance ``rate``, and of what the event pays.

    Summed period by period: the event, if it comes, takes the whole future from that period on.
    """
    alive = (f.delta * (1 - rate)) ** np.arange(5_000)
    return float(alive.sum() * (1 - rate) * (1 - f.delta)), float(alive.sum() * rate)


def war_worth(stake: np.ndarray, f: Future) -> np.ndarray:
    """R(s), by walking the present war period by period."""
    act = f.x0 + (1 - f.hold) * (1 - f.x0) - f.fight_c
    flow, broken = present_worth(challenge_rate(act, f.x0, f.crisis, f), f)
    truce = (1 - f.x0) * (flow + broken * f.hold)
    still = 1 - f.war_win_c - f.war_win_p - f.war_freeze
    going = float(((f.delta * still) ** np.arange(5_000)).sum())
    per_period = (1 - f.delta) * (still * stake * (1 - f.x0) - f.war_support[0])
    return going * (per_period + stake * (f.war_win_p + f.war_freeze * truce))


@pytest.mark.parametrize("name", LEVELS)
def test_stakes_drawn_and_asked_accept_and_honour_as_often_as_is_believed(
    future: Future, name: str
) -> None:
    """Each drawn stake compares its own payoffs; those that accept must bear the belief out."""
    level, f = LEVELS[name], future
    found = solve([level], f)
    believed = found.pi[0][0]
    p0, rest = f.hold + level.denial, 1 - f.x0
    helps = (1 - p0) * level.help[0]
    harm, renege, cost, risk = (
        (getattr(level, v) or (0.0,))[0] for v in ("harm", "renege", "cost", "risk")
    )
    hold = p0 + believed * helps
    act = f.x0 + (1 - hold) * rest - f.fight_c - level.punish - believed * harm
    q = challenge_rate(act, f.x0, f.crisis, f)
    assert found.q == pytest.approx(q, abs=1e-9)
    flow, broken = present_worth(q, f)
    stake = np.random.default_rng(11).logistic(f.stake_mean[0], f.stake_scale[0], DRAWS)
    fight = stake * rest * (p0 + helps) - f.fight_g[0] - risk
    abandon = stake * rest * p0 - renege
    peace = flow * (stake * rest - cost) + broken * np.maximum(fight, abandon)
    accepts = peace >= war_worth(stake, f)
    assert_close(accepts, found.alpha[0])
    assert_close((fight >= abandon)[accepts], believed)
    value_p = flow * rest + broken * (hold * rest - f.fight_p)
    assert found.value_p == pytest.approx(value_p, abs=1e-9)


def assert_close(drawn: np.ndarray, told: float) -> None:
    """The share of draws is within five of its own standard errors of what is told."""
    error = math.sqrt(max(told * (1 - told), 1 / drawn.size) / drawn.size)
    assert abs(drawn.mean() - told) < 5 * error


@pytest.mark.parametrize("delay", [0, 3])
def test_paths_walked_survive_and_meet_guarantors_as_often_as_is_told(
    future: Future, delay: int
) -> None:
    """Half of the help is in force at once, the other half after the window."""
    f = replace(future, effect=(1.0, 1.0))
    half = Effects(help=(0.25,), harm=(0.075,), renege=(0.2,))
    found = solve([half, replace(half, renege=(0.05,), delay=delay)], f)
    halves = [1] * delay + [2] * (40 - delay)
    rates = challenge_rates(found.pi, halves, f)
    assert found.survive == pytest.approx(math.prod(1 - q for q in rates), abs=1e-9)
    reached, direct = 1.0, 0.0
    for period, rate in enumerate(rates):
        direct += reached * rate * found.pi[0 if period < delay else -1][0]
        reached *= 1 - rate
    assert found.direct[0] == pytest.approx(direct, abs=1e-9)
    rng = np.random.default_rng(12)
    holds, fought = np.ones(DRAWS, dtype=bool), np.zeros(DRAWS, dtype=bool)
    window = holds
    for period, rate in enumerate(rates):
        comes = holds & (rng.random(DRAWS) < rate)
        fought |= comes & (rng.random(DRAWS) < found.pi[0 if period < delay else -1][0])
        holds = holds & ~comes
        window = holds if period < delay else window
    assert_close(holds, found.survive)
    assert_close(fought, found.direct[0])
    assert_close(~window, found.window_risk)


def challenge_rates(pi: tuple[tuple[float, ...], ...], halves: list[int], f: Future) -> list[float]:
    """Return the chance of a challenge in each period, backwards from what waiting is worth.

    ``halves`` says for each period how many halves of the help are in force.
    """

    def act(count: int, believed: float) -> float:
        hold = f.hold + believed * (1 - f.hold) * 0.25 * count
        return f.x0 + (1 - hold) * (1 - f.x0) - f.fight_c - believed * 0.075 * count

    def option(z: float) -> float:
        return f.crisis * f.shock_scale * float(np.logaddexp(0, z))

    late = act(2, pi[-1][0])
    wait = waiting(late, f.x0, f.crisis, f)
    z = (late - f.shock_mean - wait) / f.shock_scale
    value, rates = wait + option(z), [f.crisis / (1 + math.exp(-z))] * halves.count(2)
    for _ in range(halves.count(1)):
        wait = (1 - f.delta) * f.x0 + f.delta * value
        z = (act(1, pi[0][0]) - f.shock_mean - wait) / f.shock_scale
        rates.insert(0, f.crisis / (1 + math.exp(-z)))
        value = wait + option(z)
    return rates


def test_of_two_equilibria_the_one_that_survives_less_is_taken(future: Future) -> None:
    """Where doubt and trust both bear themselves out, the answer is the doubt."""
    f = replace(
        future,
        hold=0.32,
        shock_scale=0.047,
        stake_mean=(0.54,),
        stake_scale=(0.07,),
        fight_g=(0.42,),
    )
    found = solve([Effects(help=(0.24,), harm=(0.12,), renege=(0.04,), cost=(0.009,))], f)
    assert found.multiple
    assert found.other is not None
    assert found.pi[0][0] < 0.01
    assert found.other.pi[0][0] > 0.5
    assert found.survive < found.other.survive - 0.1
    assert found.residual <= 1e-10


def test_what_is_solved_and_what_it_is_solved_from_survive_pickling(future: Future) -> None:
    """A sweep sends them between processes."""
    level = LEVELS["costly troops"]
    found = solve([level], future)
    for value in (level, future, found):
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes
    assert solve([pickle.loads(pickle.dumps(level))], future) == found  # noqa: S301 - our own


def test_a_refusal_survives_pickling_and_names_every_fault(future: Future) -> None:
    with pytest.raises(GameError) as caught:
        replace(future, hold=math.nan, delta=math.inf, stake_mean=(-math.inf,))
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert str(again) == str(caught.value)
    assert {"hold", "delta", "stake_mean[0]"} <= {fault.at for fault in again.faults}
