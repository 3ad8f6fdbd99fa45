"""Which way the chance of a challenge must move, and which ways it need not."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from foedus.game import Effects, solve
from foedus.game.equilibrium import play
from foedus.game.stages import terms
from foedus.game.war import war

if TYPE_CHECKING:
    from foedus.game import Future

FEWER = settings(max_examples=40)
"""Each example is two equilibria, each with a search for the smallest and the largest root."""


def between(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_subnormal=False)


worlds = st.fixed_dictionaries(
    {
        "delta": between(0.95, 0.995),
        "x0": between(0.05, 0.4),
        "crisis": between(0.05, 0.5),
        "hold": between(0.2, 0.8),
        "fight_c": between(0.05, 0.45),
        "shock_mean": between(-0.05, 0.1),
        "shock_scale": between(0.03, 0.15),
        "war_win_c": between(0, 0.05),
        "war_win_p": between(0, 0.05),
        "war_freeze": between(0, 0.08),
        "fight_g": st.tuples(between(0.05, 0.5)),
        "war_support": st.tuples(between(0, 0.2)),
        "stake_mean": st.tuples(between(0.1, 1)),
        "stake_scale": st.tuples(between(0.05, 0.4)),
    }
)
pacts = st.fixed_dictionaries(
    {
        "help": st.tuples(between(0, 0.6)),
        "harm": st.tuples(between(0, 0.2)),
        "renege": st.tuples(between(0, 0.3)),
        "cost": st.tuples(between(0, 0.05)),
        "risk": st.tuples(between(0, 0.05)),
        "punish": between(0, 0.1),
        "denial": between(0, 0.15),
    }
)
"""One guarantor, no window."""

World = dict[str, Any]


def challenged(future: Future, world: World, pact: World) -> float:
    found = solve([Effects(**pact)], replace(future, **world))
    assume(found.converged)
    return found.q


@FEWER
@given(worlds, pacts, st.sampled_from(["renege", "harm", "punish"]), between(0.01, 0.1))
def test_the_dearer_it_is_to_act_or_to_renege_the_rarer_are_challenges(
    future: Future, world: World, pact: World, what: str, more: float
) -> None:
    raised = pact[what] + more if what == "punish" else (pact[what][0] + more,)
    dearer = challenged(future, world, {**pact, what: raised})
    assert dearer <= challenged(future, world, pact) + 1e-9


@FEWER
@given(worlds, pacts, between(0.01, 0.2))
def test_more_help_deters_more_where_fighting_costs_more_than_breaking_ones_word(
    future: Future, world: World, pact: World, more: float
) -> None:
    assume(world["fight_g"][0] + pact["risk"][0] >= pact["renege"][0])
    helped = challenged(future, world, {**pact, "help": (pact["help"][0] + more,)})
    assert helped <= challenged(future, world, pact) + 1e-9


@given(worlds, pacts, between(0.0, 1.0), between(0.0, 0.2))
def test_if_beliefs_stay_what_they_are_denial_deters(
    future: Future, world: World, pact: World, believed: float, more: float
) -> None:
    pair = replace(future, **world)

    def q(denial: float) -> float:
        deal = terms([Effects(**{**pact, "denial": denial})], pair)
        return play(deal, pair, war(pair), ((believed,),)).reply.q

    assert q(pact["denial"] + more) <= q(pact["denial"]) + 1e-12


@given(worlds, pacts, between(0.0, 1.0), st.integers(1, 8), st.integers(1, 8))
def test_if_beliefs_stay_what_they_are_a_longer_window_is_a_larger_risk(
    future: Future, world: World, pact: World, believed: float, delay: int, longer: int
) -> None:
    pair = replace(future, **world)

    def risk(after: int) -> float:
        deal = terms([Effects(**pact, delay=after)], pair)
        reply = play(deal, pair, war(pair), ((0.0,), (believed,))).reply
        return 1 - math.prod(1 - q for q in reply.q_window)

    assert risk(delay + longer) >= risk(delay) - 1e-12


def test_in_equilibrium_more_denial_may_bring_more_challenges(future: Future) -> None:
    """What the state can hold alone leaves less for help to save, so that fewer types honour.

    Here that outweighs the denial: no law, and none is claimed.
    """
    world = {
        "delta": 0.957,
        "x0": 0.236,
        "crisis": 0.425,
        "hold": 0.30,
        "fight_c": 0.12,
        "shock_mean": 0.014,
        "shock_scale": 0.07,
        "war_win_c": 0.006,
        "war_win_p": 0.012,
        "war_freeze": 0.078,
        "fight_g": (0.383,),
        "war_support": (0.178,),
        "stake_mean": (0.914,),
        "stake_scale": (0.215,),
    }
    pact = {
        "help": (0.574,),
        "harm": (0.12,),
        "renege": (0.087,),
        "cost": (0.023,),
        "risk": (0.006,),
        "punish": 0.07,
    }
    exposed, safer = (
        solve([Effects(**pact, denial=denial)], replace(future, **world)) for denial in (0.11, 0.15)
    )
    assert safer.cut[0][0] > exposed.cut[0][0]
    assert safer.pi[0][0] < exposed.pi[0][0] - 0.1
    assert safer.q > exposed.q + 0.005


def test_in_equilibrium_a_longer_window_may_be_a_smaller_risk(future: Future) -> None:
    """With one more period to wait doubt bears itself out, and there is less worth acting before.

    Where help will come for sure the challenger has two periods to act in; where it is not
    believed at all, no reason to hurry.
    """
    world = {
        "delta": 0.971,
        "x0": 0.3165,
        "crisis": 0.279,
        "hold": 0.5335,
        "fight_c": 0.228,
        "fight_p": 0.11,
        "shock_mean": 0.025,
        "shock_scale": 0.0457,
        "war_win_c": 0.0132,
        "war_win_p": 0.0056,
        "war_freeze": 0.032,
        "war_cost_c": 0.042,
        "war_cost_p": 1.6,
        "fight_g": (0.165,),
        "war_support": (0.00625,),
        "stake_mean": (0.586,),
        "stake_scale": (0.118,),
    }
    pact = Effects(
        denial=0.0486, help=(0.2367,), harm=(0.189,), cost=(0.0962,), renege=(0.2753,), delay=2
    )
    pair = replace(future, **world)
    sooner, later = (solve([replace(pact, delay=delay)], pair) for delay in (2, 3))
    assert later.window_risk < sooner.window_risk - 0.1
    assert (later.pi[-1][0], sooner.pi[-1][0]) == (0.0, 1.0)
