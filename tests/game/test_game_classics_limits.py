"""Where the game contains a classic it is taken to that limit, and must give the same answer."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from foedus.game import Effects, classics, solve

if TYPE_CHECKING:
    from foedus.game import Future

chances = st.floats(0.05, 0.95)


@pytest.fixture(scope="session")
def last_battle(alone: Future) -> Future:
    """A war that one battle decides, and a peace without crises."""
    return replace(alone, x0=0.0, crisis=0.0, war_freeze=0.0, delta=0.9)


@given(chances, st.floats(0, 0.3), st.floats(0, 0.3))
def test_over_levels_of_share_alone_the_deals_that_both_accept_are_fearons_range(
    last_battle: Future, p: float, cost_c: float, cost_p: float
) -> None:
    """W_C = p - (1 - delta)·cost: the war ends within the period, and a period costs that much."""
    future = replace(
        last_battle,
        war_win_c=p,
        war_win_p=1 - p,
        war_cost_c=cost_c / 0.1,
        war_cost_p=cost_p / 0.1,
    )
    least, most = classics.fearon_1995_range(p, cost_c, cost_p)
    for share in np.linspace(0, 1, 51):
        found = solve([Effects(share=float(share))], future)
        assert found.survive == 1.0
        assert (found.value_c, found.value_p) == pytest.approx((share, 1 - share))
        if min(abs(share - least), abs(share - most)) > 1e-9:
            assert (found.agree == 1.0) == (least < share < most)


@given(
    st.floats(0.01, 0.4),
    st.floats(0, 1),
    st.floats(0.05, 0.5),
    st.floats(-0.1, 0.1),
    st.floats(0, 0.1),
)
def test_with_no_private_cost_it_acts_if_acting_beats_the_peace(
    alone: Future, x0: float, hold: float, fight: float, shock: float, provoke: float
) -> None:
    """As shock_scale -> 0: q -> mu if A - shock_mean > y_c, else 0; the worth of it by hand."""
    future = replace(alone, x0=x0, hold=hold, fight_c=fight, shock_mean=shock, shock_scale=1e-7)
    found = solve([Effects(provoke=provoke)], future)
    act, peace = x0 + (1 - hold) * (1 - x0) - fight - shock, x0 - provoke
    assume(abs(act - peace) > 1e-4)
    mu, delta = future.crisis, future.delta
    if act > peace:
        assert found.q == pytest.approx(mu, abs=1e-9)
        # it waits for a crisis and then acts: Y = (1 - delta)y + delta[mu·act + (1 - mu)Y]
        wait = ((1 - delta) * peace + delta * mu * act) / (1 - delta * (1 - mu))
        assert found.wait == pytest.approx(wait, abs=1e-5)
        assert found.value_c == pytest.approx(mu * act + (1 - mu) * wait, abs=1e-5)
    else:
        assert found.q == pytest.approx(0, abs=1e-9)
        assert found.value_c == pytest.approx(peace, abs=1e-6)


@given(st.floats(0.0, 0.95), st.floats(0.02, 0.4), st.floats(0.1, 0.9), st.floats(0.02, 0.3))
def test_no_terms_keep_the_peace_until_a_guarantee_where_powell_says_none_can(
    alone: Future, hold: float, fight: float, p_wins: float, cost: float
) -> None:
    """Shock_scale -> 0, mu -> 0 but for the window, delta -> 1, no guarantor, any share.

    P rises: after a period it is safe, and it accepts what leaves it as much as going on with a
    war that it wins with chance p_wins. C falls: now its attack succeeds with chance 1 - hold. What
    C can have by fighting now is A at the most that P gives it, and by Powell peace fails if this
    and what P insists on add to more than the good.
    """
    future = replace(
        alone,
        x0=0.0,
        hold=hold,
        fight_c=fight,
        delta=1 - 1e-7,
        crisis=1.0,
        shock_mean=0.0,
        shock_scale=1e-7,
        war_win_c=1 - p_wins,
        war_win_p=p_wins,
        war_freeze=0.0,
        war_cost_p=cost / 1e-7,
        war_cost_c=1 / 1e-7,
    )
    insists = p_wins - cost
    most = 1 - max(0.0, insists)  # the share that P will still give up
    attack = most + (1 - hold) * (1 - most) - fight
    assume(insists > 0.01)
    assume(abs(attack + insists - 1) > 0.02)
    bad = classics.powell_2004_inefficient(insists, attack, 1 - 1e-7)
    safe = Effects(denial=1.0, punish=1.0, crisis=-40.0, delay=1)
    future = replace(future, effect=(1.0, 1.0))
    kept = []
    for share in np.linspace(0, 1, 101):
        found = solve([Effects(share=float(share)), safe], future)
        kept.append(found.accept_c and found.accept_p and found.window_risk < 0.5)
    assert any(kept) != bad


@settings(max_examples=40)
@given(st.floats(0.05, 1), st.floats(0.05, 1), st.floats(0.01, 0.9), st.floats(0.05, 0.9))
def test_tying_hands_is_the_honour_rule(
    future: Future, p: float, cost: float, attacks: float, paid: float
) -> None:
    """With x = 0 and p0 = 0 help is the chance p of holding, and renege the m of the signal.

    The lowest type that honours is then the one from which tying hands is worth it; a cost that is
    sunk beforehand moves nobody.
    """
    signal = classics.fearon_1997_tying_hands(p, cost, attacks, 10 + cost / p)
    promise = Effects(help=(p,), renege=(signal.size,), cost=(paid,))
    found = solve([promise], replace(future, x0=0.0, hold=0.0, fight_g=(cost,)))
    assert found.cut[0][0] == pytest.approx(signal.sends_from, abs=1e-9)
    sunk = solve([replace(promise, renege=(0.0,))], replace(future, x0=0, hold=0, fight_g=(cost,)))
    assert sunk.cut[0][0] == pytest.approx(
        classics.fearon_1997_sinking_costs(p, cost, attacks, 10 + cost / p).sends_from
    )


@given(st.floats(0.1, 0.6), st.floats(0.1, 0.35), st.floats(0.05, 0.8), st.floats(0.02, 0.98))
def test_an_ally_that_is_believed_enough_deters_as_smith_says(
    future: Future, alone: float, helps: float, cost: float, reliability: float
) -> None:
    """Shock_scale -> 0, and a guarantor whom nothing makes refuse: pi is the share that honours."""
    needed = classics.smith_1998_reliability(alone, alone + helps, cost)
    assume(abs(reliability - needed) > 1e-3)
    mean = 0.5 + 0.02 * math.log(reliability / (1 - reliability))  # so that P(s >= 1/2) is just it
    level = Effects(help=(helps / (1 - alone),), renege=(0.1,))
    found = solve(
        [level],
        replace(
            future,
            x0=0.0,
            hold=alone,
            fight_c=cost,
            shock_mean=0.0,
            shock_scale=1e-7,
            fight_g=(0.5 * helps + 0.1,),
            war_support=(1e3,),
            stake_mean=(mean,),
            stake_scale=(0.02,),
        ),
    )
    assert found.alpha[0] == pytest.approx(1)
    assert found.pi[0][0] == pytest.approx(reliability, abs=1e-9)
    assert (found.q < 1e-6) == (reliability > needed)


@pytest.mark.parametrize("periods_a_year", [4, 64, 1024])
def test_survival_over_ever_shorter_periods_is_that_of_a_constant_hazard(
    alone: Future, periods_a_year: int
) -> None:
    """The crisis rate per year is kept; A is so high that each crisis is a challenge."""
    rate = 0.05
    future = replace(
        alone,
        period_years=1 / periods_a_year,
        crisis=rate / periods_a_year,
        shock_mean=-100.0,
        delta=0.5,
    )
    found = solve([Effects()], future)
    exact = classics.cox_1972_survival(rate, future.horizon_years)
    assert found.survive == pytest.approx(exact, abs=0.01 / periods_a_year)
