"""The game at its edges, where a formula could divide by nothing, overflow or fall silent."""

from __future__ import annotations

import math
from dataclasses import astuple, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.game import Effects, Future, solve
from foedus.game.acceptance import refusing

if TYPE_CHECKING:
    from foedus.game import Solution


def with_guarantors(future: Future, count: int) -> Future:
    return replace(
        future,
        fight_g=(0.3,) * count,
        war_support=(0.1,) * count,
        stake_mean=(0.8,) * count,
        stake_scale=(0.2,) * count,
    )


def test_who_refuses_is_read_off_the_lines() -> None:
    assert refusing([(1.0, -2.0)]) == (-math.inf, 2.0)
    assert refusing([(-1.0, -2.0)]) == (-2.0, math.inf)
    assert refusing([(0.0, -1e-9)]) == (-math.inf, math.inf)  # level, below 0: all refuse
    assert refusing([(1.0, -2.0), (0.0, 0.0)]) is None  # level, at 0: nobody does
    assert refusing([(2.0, -2.0), (-1.0, 1.0)]) is None  # they meet at 0
    assert refusing([(2.0, -2.0), (4.0, -1.0), (-1.0, -1.0), (-2.0, -1.0)]) == (-0.5, 0.25)


@pytest.mark.parametrize(("cost", "signs"), [(0.05, True), (0.2, False)])
def test_where_all_is_the_challengers_a_guarantor_only_counts_its_costs(
    future: Future,
    cost: float,
    signs: bool,  # noqa: FBT001 - told by the parameters
) -> None:
    """x0 = 1 and no hope of winning: the stake is worth nothing either way.

    The war costs 0.5·0.02/(1 - 0.98·stay) for as long as it lasts, stay = 0.95: 0.145.
    """
    lost = replace(future, x0=1.0, war_win_p=0.0, war_support=(0.5,))
    found = solve([Effects(cost=(cost,))], lost)
    assert found.x == 1.0
    assert found.alpha[0] == (1.0 if signs else 0.0)
    assert math.isnan(found.refuse_from[0]) == signs
    assert found.security == 0.0  # of a peace that is worth nothing to it


@pytest.mark.parametrize(("share", "x"), [(0.9, 1.0), (-0.5, 0.0), (0.3, 0.5)])
def test_nobody_holds_more_than_all_or_less_than_nothing(
    alone: Future, share: float, x: float
) -> None:
    found = solve([Effects(share=share)], alone)
    assert (found.x, found.y_c, found.y_p) == pytest.approx((x, x, 1 - x))
    assert found.act[0] == pytest.approx(x + 0.5 * (1 - x) - 0.3)


@pytest.mark.parametrize("level", [{"denial": 0.9}, {"share": 0.8}, {}])
@pytest.mark.parametrize(("renege", "honours"), [(0.4, 1.0), (0.3, 1.0), (0.2, 0.0)])
def test_where_fighting_saves_nothing_the_stake_plays_no_part(
    future: Future, level: dict[str, float], renege: float, honours: float
) -> None:
    """P cannot fall, has nothing left, or is not helped at all: all honour, or none does."""
    effects: dict[str, Any] = {**level, "harm": (0.1,), "renege": (renege,)}
    if level:
        effects["help"] = (0.5,)
    found = solve([Effects(**effects)], replace(future, war_support=(9.0,)))
    assert found.cut[0][0] == (-math.inf if honours else math.inf)
    assert found.pi[0][0] == honours
    assert found.act[0] == pytest.approx(
        found.x + (1 - found.p0[0]) * (1 - found.x) - 0.3 - 0.1 * honours
    )


def test_a_guarantor_that_nothing_is_asked_of_signs_and_stays_out(future: Future) -> None:
    """The second is asked for something only by a level that is no part of this deal."""
    f = replace(with_guarantors(future, 2), effect=(1.0, 1.0))
    found = solve([Effects(help=(0.5, 0.0), renege=(0.2, 0.0)), Effects(denial=0.1)], f)
    assert found.alpha[1] == 1.0
    assert (found.pi[0][1], found.direct[1], found.cost_total[1]) == (0.0, 0.0, 0.0)
    one = solve([Effects(help=(0.5,), renege=(0.2,)), Effects(denial=0.1)], replace(f, **first(f)))
    assert found.pi[0][0] == pytest.approx(one.pi[0][0], abs=1e-9)
    assert (found.survive, found.agree) == pytest.approx((one.survive, one.agree))


def first(f: Future) -> dict[str, tuple[float, ...]]:
    names = ("fight_g", "war_support", "stake_mean", "stake_scale")
    return {name: getattr(f, name)[:1] for name in names}


@pytest.mark.parametrize("asked", ["harm", "cost", "renege", "risk"])
def test_whoever_is_asked_for_anything_is_a_party(future: Future, asked: str) -> None:
    """Even one that cannot help may refuse: here the deal takes from it more than the war does."""
    f = replace(future, war_support=(0.0,), stake_mean=(-0.5,), stake_scale=(0.05,))
    found = solve([Effects(**{asked: (0.01,)})], f)
    assert found.alpha[0] < 1


def test_together_guarantors_close_the_whole_gap_and_no_more(future: Future) -> None:
    f = with_guarantors(future, 4)
    found = solve([Effects(help=(0.9, 0.6, 0.3, 0.2))], f)
    assert found.shortfall[0] == pytest.approx((0.225, 0.15, 0.075, 0.05))
    assert found.p0[0] + sum(found.shortfall[0]) == pytest.approx(1.0)
    negative = solve([Effects(help=(-0.4, 0.5, 0.0, 0.0))], f)
    assert negative.shortfall[0] == (0.0, 0.25, 0.0, 0.0)


@pytest.mark.parametrize("delay", [39, 40, 41, 200])
def test_a_provision_may_come_into_force_after_the_horizon(future: Future, delay: int) -> None:
    """Within it, only the first stage can be seen; beyond it, what comes is still worth waiting."""
    found = solve([Effects(help=(0.5,), renege=(0.25,), delay=delay)], future)
    seen = found.q_window[:40] + (found.q,) * max(0, 40 - delay)
    assert (found.window, len(found.q_window)) == (delay, delay)
    assert found.survive == pytest.approx(math.prod(1 - q for q in seen))
    assert found.window_risk == pytest.approx(1 - math.prod(1 - q for q in found.q_window))
    if delay >= 40:
        assert found.direct[0] == 0.0  # before that it has promised nothing
    assert math.fsum(astuple(found.ends)) == pytest.approx(1)


@pytest.mark.parametrize("crisis", [1.0, 3.0])
@pytest.mark.parametrize("raised", [0.0, 40.0, 5_000.0])
def test_there_is_no_more_than_one_crisis_a_period(
    alone: Future, crisis: float, raised: float
) -> None:
    found = solve([Effects(crisis=raised)], replace(alone, crisis=crisis))
    assert found.mu == (1.0,)
    assert solve([Effects(crisis=raised)], replace(alone, crisis=0.0)).mu == (0.0,)


def test_one_who_sees_only_today_acts_on_today_alone(alone: Future) -> None:
    """Delta = 0: Y = y, and the discounted chance of a challenge ever is that of one now."""
    found = solve([Effects()], replace(alone, delta=0.0))
    z = (found.act[0] - 0.05 - 0.2) / 0.08
    assert found.wait == pytest.approx(0.2)
    assert found.q == pytest.approx(0.2 / (1 + math.exp(-z)))
    assert found.q_ever == found.q
    assert found.war_value_c == pytest.approx(0.2 * 0.945 - 1.0 + 0.01 + 0.04 * found.value_c)


def test_to_the_most_patient_the_digits_still_hold(alone: Future) -> None:
    """As delta nears 1 both 1 - delta and q are tiny; fractions do not round."""
    found = solve([Effects()], replace(alone, delta=1 - 1e-13))
    delta, q = Fraction(1 - 1e-13), Fraction(found.q)
    ever = q / (1 - delta * (1 - q))
    assert found.q < 1e-9
    assert found.q_ever == pytest.approx(float(ever), rel=1e-12)
    value = (1 - ever) * Fraction(0.8) + ever * Fraction(0.5 * 0.8 - 0.3)
    assert found.value_p == pytest.approx(float(value), rel=1e-12)


def test_a_war_that_is_over_at_once_is_worth_its_end(alone: Future) -> None:
    """The three ends have chances that add to 1: stay = 0."""
    f = replace(alone, war_win_c=0.5, war_win_p=0.3, war_freeze=0.2)
    found = solve([Effects()], f)  # which is the truce itself
    assert found.war_value_c == pytest.approx(-0.02 * 1.0 + 0.5 + 0.2 * found.value_c)
    assert found.war_value_p == pytest.approx(-0.02 * 0.7 + 0.3 + 0.2 * found.value_p)
    assert found.ends.war_on == 0.0


def test_where_as_good_as_nobody_signs_nobody_is_believed(future: Future) -> None:
    """Alpha is too small for a number: pi is 0 by rule, and the deal will not come."""
    f = replace(future, stake_scale=(1e-5,), war_support=(0.0,))
    found = solve([Effects(help=(0.5,), cost=(9.0,))], f)
    assert (found.alpha[0], found.pi[0][0], found.agree) == (0.0, 0.0, 0.0)


def test_in_a_far_tail_beliefs_keep_their_digits(future: Future) -> None:
    """Those who sign lie 45 and more scales out; among them the chance to honour is a ratio.

    They sign from s2 on and honour from s2 + 1 scale on, which e^-1 of them do.
    """
    f = replace(future, x0=0.0, hold=0.0, stake_mean=(0.0,), stake_scale=(0.02,), crisis=0.0)
    bare = solve([Effects(help=(1.0,), cost=(0.5,))], f)
    fight = bare.refuse_to[0] + 0.02
    found = solve([Effects(help=(1.0,), cost=(0.5,))], replace(f, fight_g=(fight,)))
    assert found.alpha[0] < 1e-19
    assert found.pi[0][0] == pytest.approx(math.exp(-1), rel=1e-9)


scales = st.floats(-9, 3).map(lambda e: 10.0**e)
amounts = st.one_of(st.floats(-2, 2), st.sampled_from([0.0, 1e-300, -1e9, 1e9]))
chances = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 1.0, 1e-300, 1 - 1e-16]))


@given(st.data())
def test_whatever_it_is_given_it_tells_chances_that_are_chances(data: st.DataObject) -> None:
    draw = data.draw
    count = draw(st.integers(0, 2))
    ends = [draw(chances) for _ in range(3)]
    ends = [end / max(1.0, sum(ends)) for end in ends]
    each = st.tuples(*[amounts] * count)
    future = Future(
        period_years=0.25,
        horizon_years=10,
        delta=draw(st.sampled_from([0.0, 1e-12, 0.5, 0.98, 1 - 2**-53])),
        x0=draw(chances),
        crisis=draw(amounts.map(abs)),
        hold=draw(chances),
        fight_c=draw(amounts),
        fight_p=draw(amounts),
        shock_mean=draw(amounts),
        shock_scale=draw(scales),
        war_win_c=ends[0],
        war_win_p=ends[1],
        war_freeze=ends[2],
        war_cost_c=draw(amounts),
        war_cost_p=draw(amounts),
        fight_g=draw(each),
        war_support=draw(each),
        stake_mean=draw(each),
        stake_scale=draw(st.tuples(*[scales] * count)),
        effect=(draw(amounts),),
    )
    scalars = ("share", "value_p", "denial", "punish", "provoke", "crisis")
    level = {name: draw(amounts) for name in scalars}
    vectors = {name: draw(each) for name in ("help", "harm", "cost", "renege", "risk")}
    deal = [Effects(**level, **vectors, delay=draw(st.sampled_from([0, 1, 50])))]
    check(solve(deal, future))


def check(found: Solution) -> None:
    beliefs = [p for stage in found.pi for p in stage]
    told = [found.q, found.q_ever, *found.q_window, *found.alpha, *beliefs, *found.direct]
    told += [found.agree, found.survive, found.window_risk, found.direct_any]
    told += astuple(found.ends)
    assert all(-1e-12 <= chance <= 1 + 1e-12 for chance in told)
    assert math.fsum(astuple(found.ends)) == pytest.approx(1, abs=1e-9)
    values = [found.wait, found.value_c, found.value_p, found.war_value_c, found.war_value_p]
    assert all(map(math.isfinite, (*values, *found.act, *found.cost_total, found.residual)))
    assert max(found.direct, default=0.0) <= found.direct_any + 1e-12
