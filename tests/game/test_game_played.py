"""The game played from its story: stakes, crises, costs and battles are drawn, and payoffs add up.

What players know of each other is taken from the solution; everything that then happens is drawn:
who accepts, when crises come, what acting costs, who honours, who holds, how the war ends. The
averages must be what the solution tells, within five of their own standard errors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from foedus.game import Effects, solve

if TYPE_CHECKING:
    from foedus.game import Future, Solution

PATHS = 20_000
FOR_EVER = 330
"""Periods after which nothing counts: 0.95^330 is 4e-8."""

SIGMAS = 5

Array = np.ndarray


@dataclass(frozen=True)
class Step:
    """What is in force in one stage, added up by hand from the deal below."""

    crisis: float
    holds: float
    punish: float
    helps: tuple[float, ...]
    harms: tuple[float, ...]
    costs: tuple[float, ...]
    renege: tuple[float, ...]
    fights: tuple[float, ...]


@dataclass(frozen=True)
class Story:
    """A deal in a future, and the same by hand: terms, and what is in force from when on."""

    deal: tuple[Effects, ...]
    future: Future
    share: float
    flow_c: float
    flow_p: float
    steps: dict[int, Step]

    def step(self, period: int) -> Step:
        """Return what is in force in a period, counted from 0."""
        return self.steps[max(start for start in self.steps if start <= period)]


def waiting(f: Future, step: Step, act: float, flow: float) -> float:
    """Y by bisection."""
    low, high = flow - 1.0, flow + 5.0
    for _ in range(100):
        worth = (low + high) / 2
        gain = (act - f.shock_mean - worth) / f.shock_scale
        option = step.crisis * f.shock_scale * float(np.logaddexp(0, gain))
        low, high = (
            (worth, high) if (1 - f.delta) * (worth - flow) < f.delta * option else (low, worth)
        )
    return low


def worth_of_waiting(story: Story, found: Solution) -> tuple[list[float], list[float]]:
    """Return what acting is worth in each stage, and not acting in each period up to all in force.

    Only what C believes of the guarantors is taken from the solution.
    """
    f = story.future
    acts = []
    for stage, step in enumerate(story.steps.values()):
        believed = found.pi[stage]
        hold = step.holds + sum(p * h for p, h in zip(believed, step.helps, strict=True))
        harm = sum(p * h for p, h in zip(believed, step.harms, strict=True))
        acts.append(story.share + (1 - hold) * (1 - story.share) - f.fight_c - step.punish - harm)
    last = list(story.steps.values())[-1]
    waits = [waiting(f, last, acts[-1], story.flow_c)]
    value = waits[0] + option(f, last, acts[-1] - waits[0])
    starts = list(story.steps)
    for period in reversed(range(starts[-1])):
        stage = max(i for i, start in enumerate(starts) if start <= period)
        waits.insert(0, (1 - f.delta) * story.flow_c + f.delta * value)
        value = waits[0] + option(f, story.step(period), acts[stage] - waits[0])
    return acts, waits


def option(f: Future, step: Step, gain: float) -> float:
    z = (gain - f.shock_mean) / f.shock_scale
    return step.crisis * f.shock_scale * float(np.logaddexp(0, z))


@dataclass
class Played:
    """What happened on each path."""

    ended: Array  # the period of the challenge, counted from 0; FOR_EVER if none came
    fought: Array  # (paths, guarantors)
    challenger: Array
    protected: Array
    guarantors: Array  # (paths, guarantors): payoffs
    costs: Array  # (paths, guarantors): what the deal, fighting and reneging cost
    stake: Array


def played(story: Story, found: Solution, stakes: Array, rng: np.random.Generator) -> Played:
    """Play the deal that all have accepted, each path with its own stakes."""
    f, paths = story.future, len(stakes)
    acts, waits = worth_of_waiting(story, found)
    rest = 1 - story.share
    alive = np.ones(paths, dtype=bool)
    ended = np.full(paths, FOR_EVER)
    fought = np.zeros(stakes.shape, dtype=bool)
    pay_c, pay_p = np.zeros(paths), np.zeros(paths)
    pay_g, cost_g = np.zeros(stakes.shape), np.zeros(stakes.shape)
    for period in range(FOR_EVER):
        step, discount = story.step(period), f.delta**period
        wait = waits[min(period, len(waits) - 1)]
        stage = list(story.steps.values()).index(step)
        shock = rng.logistic(f.shock_mean, f.shock_scale, paths)
        comes = alive & (rng.random(paths) < step.crisis) & (acts[stage] - shock > wait)
        # each guarantor compares what it gets by honouring and by abandoning
        saves = stakes * rest * np.array(step.helps) - np.array(step.fights)
        honours = saves >= -np.array(step.renege)
        holds = rng.random(paths) < step.holds + honours @ np.array(step.helps)
        ended[comes] = period
        fought[comes] = honours[comes]
        won = np.where(holds, story.share, 1.0)
        harm = honours @ np.array(step.harms)
        pay_c += comes * discount * (won - f.fight_c - step.punish - harm - shock)
        pay_p += comes * discount * (np.where(holds, rest, 0.0) - f.fight_p)
        acted = np.where(honours, np.array(step.fights), np.array(step.renege))
        kept = stakes * np.where(holds, rest, 0.0)[:, None]
        pay_g += (comes * discount)[:, None] * (kept - acted)
        cost_g += (comes * discount)[:, None] * acted
        alive &= ~comes
        flow = (1 - f.delta) * discount * alive
        pay_c += flow * story.flow_c
        pay_p += flow * story.flow_p
        pay_g += flow[:, None] * (stakes * rest - np.array(step.costs))
        cost_g += flow[:, None] * np.array(step.costs)
    return Played(
        ended=ended,
        fought=fought,
        challenger=pay_c,
        protected=pay_p,
        guarantors=pay_g,
        costs=cost_g,
        stake=stakes,
    )


def war_played(f: Future, rng: np.random.Generator) -> tuple[Array, Array, Array, Array]:
    """Return what the war brings C, P, a guarantor per unit of its stake, and its costs to one.

    The last is per unit of flow cost. How it ends is drawn: by period, and then for the rest.
    """
    line = 1 - f.x0
    truce = Step(
        crisis=min(1.0, f.crisis),
        holds=f.hold,
        punish=0.0,
        helps=(),
        harms=(),
        costs=(),
        renege=(),
        fights=(),
    )
    act = f.x0 + (1 - f.hold) * line - f.fight_c
    wait = waiting(f, truce, act, f.x0)
    pay_c, pay_p, per_stake, support = (np.zeros(PATHS) for _ in range(4))
    state = np.zeros(PATHS, dtype=int)  # 0 war, 1 truce, 2 over
    for period in range(FOR_EVER):
        discount = f.delta**period
        war = state == 0
        support += war * (1 - f.delta) * discount
        pay_c -= war * (1 - f.delta) * discount * f.war_cost_c
        pay_p -= war * (1 - f.delta) * discount * f.war_cost_p
        # a truce may break
        shock = rng.logistic(f.shock_mean, f.shock_scale, PATHS)
        breaks = (state == 1) & (rng.random(PATHS) < truce.crisis) & (act - shock > wait)
        holds = rng.random(PATHS) < f.hold
        pay_c += breaks * discount * (np.where(holds, f.x0, 1.0) - f.fight_c - shock)
        pay_p += breaks * discount * (np.where(holds, line, 0.0) - f.fight_p)
        per_stake += breaks * discount * np.where(holds, line, 0.0)
        state[breaks] = 2
        draw = rng.random(PATHS)
        c_wins = war & (draw < f.war_win_c)
        p_wins = war & ~c_wins & (draw < f.war_win_c + f.war_win_p)
        ends = f.war_win_c + f.war_win_p + f.war_freeze
        freezes = war & ~c_wins & ~p_wins & (draw < ends)
        pay_c += c_wins * discount
        pay_p += p_wins * discount
        per_stake += p_wins * discount
        state[c_wins | p_wins] = 2
        goes_on = (war & (draw >= ends)) | (state == 1)
        flow = goes_on * (1 - f.delta) * discount
        pay_c += flow * f.x0
        pay_p += flow * line
        per_stake += flow * line
        # a war that freezes is a truce from the next period on, worth what a truce is from its
        # first: so the truce's first period is played here
        first = freezes
        shock = rng.logistic(f.shock_mean, f.shock_scale, PATHS)
        breaks = first & (rng.random(PATHS) < truce.crisis) & (act - shock > wait)
        holds = rng.random(PATHS) < f.hold
        pay_c += breaks * discount * (np.where(holds, f.x0, 1.0) - f.fight_c - shock)
        pay_p += breaks * discount * (np.where(holds, line, 0.0) - f.fight_p)
        per_stake += breaks * discount * np.where(holds, line, 0.0)
        calm = first & ~breaks
        pay_c += calm * (1 - f.delta) * discount * f.x0
        pay_p += calm * (1 - f.delta) * discount * line
        per_stake += calm * (1 - f.delta) * discount * line
        state[breaks] = 2
        state[calm] = 1
    return pay_c, pay_p, per_stake, support


def accepting(
    f: Future, found: Solution, rng: np.random.Generator, count: int
) -> tuple[Array, list[float]]:
    """Return stakes of guarantors that all accept, and how often each accepted."""
    columns, shares = [], []
    for k, (low, high) in enumerate(zip(found.refuse_from, found.refuse_to, strict=True)):
        drawn = rng.logistic(f.stake_mean[k], f.stake_scale[k], 40 * count)
        kept = drawn[~((low < drawn) & (drawn < high))]
        shares.append(kept.size / drawn.size)
        columns.append(kept[:count])
    return (np.stack(columns, axis=1) if columns else np.empty((count, 0))), shares


def near(drawn: Array, told: float) -> None:
    """The mean of what was drawn is what was told, within its error."""
    error = float(np.std(drawn)) / math.sqrt(drawn.size)
    assert abs(float(np.mean(drawn)) - told) <= SIGMAS * error + 1e-6


@pytest.fixture(scope="session")
def quick(future: Future) -> Future:
    """A future in which things happen soon."""
    return replace(
        future,
        delta=0.95,
        crisis=0.3,
        war_win_c=0.03,
        war_win_p=0.02,
        war_freeze=0.1,
        war_cost_c=1.5,
        war_cost_p=1.5,
    )


def nobody(quick: Future) -> Story:
    """No guarantor; denial after two periods."""
    f = replace(
        quick, fight_g=(), war_support=(), stake_mean=(), stake_scale=(), effect=(1.5,), x0=0.3
    )
    deal = (Effects(share=-0.05, value_p=0.03, provoke=0.01, denial=0.2, crisis=-0.4, delay=2),)
    none = {"helps": (), "harms": (), "costs": (), "renege": (), "fights": (), "punish": 0.0}
    steps = {
        0: Step(crisis=0.3, holds=0.5, **none),
        2: Step(crisis=0.3 * math.exp(-0.6), holds=0.8, **none),
    }
    return Story(deal=deal, future=f, share=0.25, flow_c=0.24, flow_p=0.78, steps=steps)


def two(quick: Future) -> Story:
    """One helps from the start, the other from the fourth period on; both pay."""
    f = replace(
        quick,
        effect=(1.0, 0.8),
        fight_g=(0.3, 0.25),
        war_support=(0.3, 0.2),
        stake_mean=(0.8, 0.6),
        stake_scale=(0.2, 0.3),
    )
    deal = (
        Effects(help=(0.4, 0.0), harm=(0.1, 0.0), renege=(0.12, 0.0), cost=(0.04, 0.0)),
        Effects(
            help=(0.0, 0.5),
            harm=(0.0, 0.2),
            renege=(0.0, 0.2),
            cost=(0.0, 0.03),
            risk=(0.0, 0.05),
            punish=0.05,
            delay=3,
        ),
    )
    first = {"crisis": 0.3, "holds": 0.5}
    steps = {
        0: Step(
            **first,
            punish=0.0,
            helps=(0.2, 0.0),
            harms=(0.1, 0.0),
            costs=(0.04, 0.0),
            renege=(0.12, 0.0),
            fights=(0.3, 0.25),
        ),
        3: Step(
            **first,
            punish=0.04,
            helps=(0.2, 0.2),
            harms=(0.1, 0.16),
            costs=(0.04, 0.03),
            renege=(0.12, 0.2),
            fights=(0.3, 0.3),
        ),
    }
    return Story(deal=deal, future=f, share=0.2, flow_c=0.2, flow_p=0.8, steps=steps)


def three(quick: Future) -> Story:
    """Three guarantors in three stages, whose help is more than is needed in the end.

    In force in the end: 0.6, 0.3 and 0.3 of the shortfall of 0.4, scaled by 1/1.2.
    """
    f = replace(
        quick,
        effect=(1.0, 1.0, 1.0),
        fight_g=(0.25, 0.2, 0.15),
        war_support=(0.3, 0.4, 0.2),
        stake_mean=(0.9, 0.7, 0.5),
        stake_scale=(0.2, 0.25, 0.3),
    )
    deal = (
        Effects(help=(0.6, 0.0, 0.0), renege=(0.1, 0.0, 0.0), denial=0.1),
        Effects(help=(0.0, 0.3, 0.0), renege=(0.0, 0.1, 0.0), harm=(0.0, 0.1, 0.0), delay=1),
        Effects(help=(0.0, 0.0, 0.3), cost=(0.0, 0.02, 0.03), harm=(0.0, 0.0, 0.05), delay=4),
    )
    common = {"crisis": 0.3, "holds": 0.6, "punish": 0.0, "fights": (0.25, 0.2, 0.15)}
    steps = {
        0: Step(
            **common,
            helps=(0.24, 0.0, 0.0),
            harms=(0.0, 0.0, 0.0),
            costs=(0.0, 0.0, 0.0),
            renege=(0.1, 0.0, 0.0),
        ),
        1: Step(
            **common,
            helps=(0.24, 0.12, 0.0),
            harms=(0.0, 0.1, 0.0),
            costs=(0.0, 0.0, 0.0),
            renege=(0.1, 0.1, 0.0),
        ),
        4: Step(
            **common,
            helps=(0.2, 0.1, 0.1),
            harms=(0.0, 0.1, 0.05),
            costs=(0.0, 0.02, 0.03),
            renege=(0.1, 0.1, 0.0),
        ),
    }
    return Story(deal=deal, future=f, share=0.2, flow_c=0.2, flow_p=0.8, steps=steps)


STORIES = {"nobody": nobody, "two": two, "three": three}


@pytest.mark.parametrize("name", STORIES)
def test_a_deal_played_out_goes_as_it_is_told(quick: Future, name: str) -> None:
    story = STORIES[name](quick)
    f = story.future
    found = solve(story.deal, f)
    assert found.converged
    rng = np.random.default_rng(21)
    stakes, shares = accepting(f, found, rng, PATHS)
    for share, alpha in zip(shares, found.alpha, strict=True):
        assert share == pytest.approx(alpha, abs=SIGMAS * 0.5 / math.sqrt(40 * PATHS))
    for stage, step in enumerate(story.steps.values()):
        honours = stakes * 0.0 + stakes * (1 - story.share) * np.array(step.helps)
        honours = honours >= np.array(step.fights) - np.array(step.renege)
        for k in range(f.guarantors):
            near(honours[:, k], found.pi[stage][k])
    out = played(story, found, stakes, rng)
    horizon = found.periods
    near(out.ended >= horizon, found.survive)
    near(out.ended < found.window, found.window_risk)
    for period in range(found.window):
        near((out.ended == period)[out.ended >= period], found.q_window[period])
    in_force = (out.ended >= found.window) & (out.ended < FOR_EVER)
    lasted = np.minimum(out.ended, horizon) - found.window
    tries = int(lasted[out.ended >= found.window].sum())
    challenges = int((in_force & (out.ended < horizon)).sum())
    rate = challenges / (tries + challenges)
    assert rate == pytest.approx(found.q, abs=SIGMAS * math.sqrt(found.q / tries))
    soon = out.ended < horizon
    for k in range(f.guarantors):
        near(out.fought[:, k] & soon, found.direct[k])
        near(out.costs[:, k], found.cost_total[k])
    near(out.fought.any(axis=1) & soon, found.direct_any)
    near(out.challenger, found.value_c)
    near(out.protected, found.value_p)


@pytest.mark.parametrize("name", ["two", "three"])
def test_a_type_at_the_edge_of_refusing_gains_by_the_deal_what_it_has_without(
    quick: Future, name: str
) -> None:
    """V_k itself: paths with that very stake, the other guarantors being any that accept."""
    story = STORIES[name](quick)
    f = story.future
    found = solve(story.deal, f)
    rng = np.random.default_rng(22)
    _, _, per_stake, support = war_played(f, rng)
    edges = [
        (k, edge)
        for k, ends in enumerate(zip(found.refuse_from, found.refuse_to, strict=True))
        for edge in ends
        if math.isfinite(edge)
    ]
    assert edges
    for k, edge in edges:
        stakes, _ = accepting(f, found, rng, PATHS)
        stakes[:, k] = edge
        deal = played(story, found, stakes, rng).guarantors[:, k]
        near(deal - (edge * per_stake - f.war_support[k] * support), 0.0)


@pytest.mark.parametrize("change", [{}, {"war_win_c": 0.5, "war_win_p": 0.3, "war_freeze": 0.2}])
def test_a_war_fought_out_brings_what_it_is_told_to(
    quick: Future, change: dict[str, float]
) -> None:
    """Also where it is over within a period for sure."""
    f = replace(quick, **change)
    found = solve([Effects()], f)
    rng = np.random.default_rng(23)
    pay_c, pay_p, _, _ = war_played(f, rng)
    near(pay_c, found.war_value_c)
    near(pay_p, found.war_value_p)


def test_without_a_deal_the_war_is_where_it_is_told_to_be(quick: Future) -> None:
    """The last four ends, drawn period by period; nobody accepts this deal."""
    f = replace(quick, war_cost_p=0.0, war_win_p=0.2)
    found = solve([Effects(share=0.7)], f)
    assert not found.accept_p
    rng = np.random.default_rng(24)
    draws = rng.random((PATHS, found.periods))
    bounds = np.cumsum([f.war_freeze, f.war_win_c, f.war_win_p])
    ended = (draws < bounds[-1]).argmax(axis=1)
    is_over = (draws < bounds[-1]).any(axis=1)
    how = np.searchsorted(bounds, draws[np.arange(PATHS), ended], side="right")
    near(~is_over, found.ends.war_on)
    near(is_over & (how == 0), found.ends.frozen)
    near(is_over & (how == 1), found.ends.c_prevails)
    near(is_over & (how == 2), found.ends.p_prevails)
    assert (found.ends.holds, found.ends.breaks_fight, found.ends.breaks_alone) == (0, 0, 0)
