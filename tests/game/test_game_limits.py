"""The game at its limits, where what must come out is known without it."""

from __future__ import annotations

import math
from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import GameError
from foedus.game import Effects, Future, solve


def test_without_guarantors_waiting_is_worth_what_bisection_finds(alone: Future) -> None:
    found = solve([Effects(denial=0.1)], alone)
    f = alone
    act = 0.2 + (1 - 0.6) * 0.8 - f.fight_c

    def excess(y: float) -> float:
        z = (act - f.shock_mean - y) / f.shock_scale
        gain = f.delta * f.crisis * f.shock_scale * math.log1p(math.exp(z))
        return (1 - f.delta) * (y - 0.2) - gain

    low, high = 0.0, 5.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) < 0 else (low, middle)
    assert found.wait == pytest.approx(low, abs=1e-12)
    q = f.crisis / (1 + math.exp(-(act - f.shock_mean - low) / f.shock_scale))
    assert found.q == pytest.approx(q, abs=1e-12)
    assert found.survive == pytest.approx((1 - q) ** 40, abs=1e-12)


def test_without_crises_peace_is_for_ever(alone: Future) -> None:
    found = solve([Effects()], replace(alone, crisis=1e-12))
    assert found.survive == pytest.approx(1, abs=1e-9)
    assert found.value_c == pytest.approx(0.2, abs=1e-9)


@pytest.mark.parametrize("fight_c", [0.05, 0.25, 0.3, 0.34, 0.36, 0.5])
def test_with_no_private_cost_it_acts_exactly_when_acting_beats_peace(
    alone: Future, fight_c: float
) -> None:
    """Powell's commitment inequality: A - shock_mean > y_c."""
    future = replace(alone, shock_scale=1e-4, fight_c=fight_c)
    act = 0.2 + 0.5 * 0.8 - fight_c - future.shock_mean
    found = solve([Effects()], future)
    assert found.q == pytest.approx(future.crisis if act > 0.2 else 0.0, abs=1e-4)


def test_simulated_play_survives_as_often_as_the_game_says(future: Future) -> None:
    """A guarantee that comes into force after three periods, played out 20,000 times."""
    level = Effects(help=(0.5,), harm=(0.15,), renege=(0.25,), delay=3)
    found = solve([level], future)
    rng = np.random.default_rng(5)
    runs = 20_000
    worth = [(1 - future.delta) * found.y_c + future.delta * found.value_c_in_force]
    values = found.value_c_in_force
    waits = []
    for _ in range(3):  # backwards through the window: what not acting is worth
        wait = (1 - future.delta) * found.y_c + future.delta * values
        shocks = rng.logistic(future.shock_mean, future.shock_scale, 400_000)
        gain = np.maximum(found.act[0] - shocks - wait, 0).mean()
        values = wait + found.mu[0] * gain
        waits.insert(0, wait)
    assert waits[-1] == pytest.approx(worth[0], abs=1e-12)
    held = np.ones(runs, dtype=bool)
    within = np.ones(runs, dtype=bool)
    for t in range(40):
        stage, wait = (0, waits[t]) if t < 3 else (1, found.wait)
        crisis = rng.random(runs) < found.mu[stage]
        shock = rng.logistic(future.shock_mean, future.shock_scale, runs)
        held &= ~(crisis & (found.act[stage] - shock > wait))
        if t == 2:
            within = held.copy()
    for simulated, told in ((held, found.survive), (within, 1 - found.window_risk)):
        error = math.sqrt(told * (1 - told) / runs)
        assert abs(simulated.mean() - told) < 5 * error + 1e-3


@given(st.floats(0, 0.6), st.floats(0, 0.3), st.integers(0, 6))
def test_the_seven_ends_add_to_one(future: Future, help_: float, renege: float, delay: int) -> None:
    found = solve([Effects(help=(help_,), renege=(renege,), delay=delay)], future)
    assert math.fsum(astuple(found.ends)) == pytest.approx(1, abs=1e-12)
    assert min(astuple(found.ends)) >= 0


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_what_is_not_a_number_is_refused(future: Future, bad: float) -> None:
    with pytest.raises(GameError, match="finite"):
        replace(future, hold=bad)
    with pytest.raises(GameError, match="finite"):
        Effects(denial=bad)
