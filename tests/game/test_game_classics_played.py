"""The classics played out: best replies found by search, wars fought by draws, sums added up."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.game import classics as c

chances = st.floats(0.02, 0.98)
costs = st.floats(0.0, 0.5)
GRID = np.linspace(0, 1, 4001)


@given(chances, costs, costs)
def test_the_range_is_what_both_prefer_to_war(p: float, cost_a: float, cost_b: float) -> None:
    both = GRID[(p - cost_a <= GRID) & (1 - p - cost_b <= 1 - GRID)]
    least, most = c.fearon_1995_range(p, cost_a, cost_b)
    if both.size:
        assert (both.min(), both.max()) == pytest.approx((least, most), abs=2.6e-4)
    else:  # narrower than the grid
        assert most - least < 2.6e-4
    split = c.nash_1950_split(p, cost_a, cost_b)
    product = (GRID - p + cost_a) * (p + cost_b - GRID)
    assert (split - p + cost_a) * (p + cost_b - split) >= product.max() - 1e-12


@given(chances, costs, st.floats(0.01, 0.6), st.floats(0, 1))
def test_no_demand_does_better_than_the_best(
    p: float, cost_a: float, most: float, f: float
) -> None:
    least = min(f * most, 1 - p) * 0.99
    best = c.fearon_1995_offer(p, cost_a, most, least)
    demands = np.append(GRID, best.share)
    fights = np.clip((demands - p - least) / (most - least), 0, 1)  # those whose cost is below it
    worth = (1 - fights) * demands + fights * (p - cost_a)
    assert worth[-1] >= worth.max() - 1e-12
    assert best.share <= 1 + 1e-12
    assert (best.worth, best.war) == pytest.approx((worth[-1], fights[-1]), abs=1e-9)


@given(st.floats(0.05, 0.6), costs, chances)
def test_against_two_types_the_better_demand_is_the_one_said(
    p: float, cost_a: float, high: float
) -> None:
    pair = (0.05, 0.3)
    found = c.fearon_1995_offer_to_two_types(p, cost_a, pair, high)
    pays = np.where(p + pair[0] >= GRID, 1.0, np.where(p + pair[1] >= GRID, high, 0.0))
    worth = pays * GRID + (1 - pays) * (p - cost_a)
    assert max(found.safe, found.risky) == pytest.approx(worth.max(), abs=5e-4)
    if abs(found.safe - found.risky) > 1e-3:
        assert (found.risky > found.safe) == (high > found.threshold) == (found.war > 0)
        assert found.war == (pytest.approx(1 - high) if found.war else 0.0)


@given(chances, chances, st.floats(0, 0.5), st.floats(0.5, 0.99))
def test_a_side_attacks_if_nothing_given_now_makes_up_for_what_comes(
    before: float, after: float, price: float, delta: float
) -> None:
    """``price`` is the cost of war per period; sums over 5,000 periods in place of closed forms."""
    cost = min(price, 1 - after) / (1 - delta)
    found = c.fearon_1995_preventive_war(before, after, cost, delta)
    later = float((delta ** np.arange(1, 5_000)).sum())
    fights = (1 - before) * (1 + later) - cost
    best_peace = max(1 - x + (1 - found.demand) * later for x in (0.0, 0.5, 1.0))
    assert (found.war, found.peace) == pytest.approx((fights, best_peace), rel=1e-9)
    if abs(fights - best_peace) > 1e-6:
        assert found.attacks == (fights > best_peace)
    fights_later = (1 - after) * (1 + later) - cost
    assert (1 - found.demand) * (1 + later) == pytest.approx(fights_later, rel=1e-9, abs=1e-9)


@given(chances, chances, st.floats(0, 0.6), st.floats(0.5, 0.99))
def test_powells_inequality_is_the_general_one_with_war_that_destroys(
    before: float, after: float, loss: float, delta: float
) -> None:
    found = c.powell_2006_commitment(before, after, loss, delta)
    pie = 1 / (1 - delta)
    assured_later, assured_now = after * (1 - loss) * pie, (1 - before) * (1 - loss) * pie
    if abs(found.left - found.right) > 1e-9:
        assert found.war == c.powell_2004_inefficient(assured_later, assured_now, delta, pie)
        # and by search: give A x now, and from then on what it can assure itself of
        keeps_now = 1 - GRID + delta * (pie - assured_later) >= assured_now
        assert found.war != bool(keeps_now.any())
    if found.most < 1:
        assert not c.powell_2006_commitment(before, found.most * (1 - 1e-9), loss, delta).war
        assert c.powell_2006_commitment(before, min(1, found.most + 1e-6), loss, delta).war


@given(st.floats(0.1, 1), st.floats(0.05, 0.5), st.floats(0.01, 0.99), st.floats(0, 1))
def test_no_defender_gains_by_another_signal_than_its_own(
    p: float, cost: float, q: float, more: float
) -> None:
    most = cost / p + 0.1 + more
    values = np.linspace(0, most, 20_001)
    tie = c.fearon_1997_tying_hands(p, cost, q, most)
    sink = c.fearon_1997_sinking_costs(p, cost, q, most)
    fights = p * values - cost
    tied = (1 - q) * values + q * np.maximum(fights, -tie.size)
    sunk = (1 - q) * values + q * np.maximum(fights, 0) - sink.size
    for signal, sent in ((tie, tied), (sink, sunk)):
        does = values >= signal.sends_from
        assert (sent[does] >= -1e-9).all()
        assert (sent[~does] <= 1e-9).all()
        assert np.trapezoid(np.where(does, sent, 0), values) / most == pytest.approx(
            signal.worth, abs=2e-4
        )
        assert signal.war == pytest.approx(q * does.mean(), abs=1e-3)
        # senders fight: there is no bluff
        gives_way = -tie.size if signal is tie else 0.0
        assert (fights[does] >= gives_way - 1e-9).all()
    assert tie.sends_from <= sink.sends_from
    assert tie.worth >= sink.worth - 1e-12
    assert tie.war >= sink.war - 1e-12


@given(st.floats(0, 0.8), st.floats(0.01, 0.2), st.floats(0, 0.9), st.floats(0.5, 2))
def test_an_attacker_is_deterred_from_that_reliability_on(
    alone: float, helps: float, cost: float, value: float
) -> None:
    needed = c.smith_1998_reliability(alone, alone + helps, cost, value)
    r = np.linspace(0, 1, 1001)
    attacks = (1 - r) * (1 - alone) * value + r * (1 - alone - helps) * value > cost
    assert (attacks == (r < needed))[np.abs(r - needed) > 1e-9].all()


def test_promises_are_kept_in_war_by_half_of_what_deters() -> None:
    rng = np.random.default_rng(3)
    reliability = rng.random(400_000)
    attacked = reliability[reliability < 0.875]
    kept = (rng.random(attacked.size) < attacked).mean()
    assert kept == pytest.approx(c.smith_1995_observed_reliability(0.875), abs=0.003)
    assert c.smith_1995_observed_reliability(3.0) == 0.5


@given(st.floats(0, 0.6), st.floats(0.1, 1), st.floats(0.5, 2))
def test_an_ally_helps_as_often_as_its_honour_makes_it(
    gain: float, reliability: float, most: float
) -> None:
    price = c.smith_1998_stake_in_honour(reliability, gain, most)
    helps = (np.linspace(0, most, 10_001) < gain + price).mean()
    assert helps >= reliability - 2e-4
    assert price >= 0
    assert price == 0 or helps == pytest.approx(reliability, abs=2e-4)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.2, 2), st.floats(0.1, 1), st.floats(0, 2))
def test_no_smaller_promise_deters(
    p: float, value: float, most: float, prize: float, cost: float
) -> None:
    found = c.benson_2014_contract(p, value, most, prize, cost)

    def attack(transfer: float) -> float:
        resists = min(1.0, (p * value + transfer) / most)
        return (1 - resists) * prize + resists * found.war

    assert attack(0) == pytest.approx((1 - found.resists) * prize + found.resists * found.war)
    if found.transfer is None:
        assert min(attack(t) for t in (0, most, 10 * most)) >= 0
    else:
        assert attack(found.transfer) <= 1e-9
        assert found.transfer == 0 or attack(found.transfer * 0.99) > 0


@pytest.mark.parametrize(("p", "forts"), [(0.6, 10), (0.5, 7), (0.45, 8), (0.9, 3)])
def test_a_war_of_battles_solves_its_own_equations(p: float, forts: int) -> None:
    """Each state is the mean of its neighbours, a battle later."""
    walk = np.eye(forts + 1)
    for k in range(1, forts):
        walk[k, k + 1] -= p
        walk[k, k - 1] -= 1 - p
    won = np.linalg.solve(walk, np.eye(forts + 1)[-1])
    one = np.ones(forts + 1)
    one[[0, -1]] = 0
    battles = np.linalg.solve(walk, one)
    for k in range(forts + 1):
        found = c.feller_1968_ruin(p, forts, k)
        assert (found.wins, found.battles) == pytest.approx((won[k], battles[k]), abs=1e-9)


@given(chances, st.floats(0.05, 0.95), st.floats(0.05, 0.95), st.integers(0, 8))
def test_battles_teach_what_bayes_says_battle_by_battle(
    prior: float, strong: float, weak: float, battles: int
) -> None:
    for won in range(battles + 1):
        belief = prior
        for victory in [True] * won + [False] * (battles - won):
            likely, unlikely = (strong, weak) if victory else (1 - strong, 1 - weak)
            belief = belief * likely / (belief * likely + (1 - belief) * unlikely)
        found = c.slantchev_2003_posterior(prior, strong, weak, battles, won)
        assert found == pytest.approx(belief, rel=1e-6, abs=1e-9)
    # what it expects to learn of the truth, over all that may happen
    moved = sum(
        chance * (logit(c.slantchev_2003_posterior(prior, strong, weak, 1, v)) - logit(prior))
        for v, chance in ((1, strong), (0, 1 - strong))
    )
    assert moved == pytest.approx(c.slantchev_2003_information(strong, weak), abs=1e-9)


def logit(p: float) -> float:
    return math.log(p / (1 - p))


def test_sides_settle_when_some_share_suits_both() -> None:
    for a, b, cost in itertools.product((0.2, 0.5, 0.83), (0.1, 0.4, 0.72), (0.0, 0.07, 0.2)):
        suits = (a - cost <= GRID) & (b + cost >= GRID)
        assert c.slantchev_2003_settles(a, b, cost, cost) == bool(suits.any())


@given(st.floats(-100, 100), st.floats(0.1, 100), st.floats(0, 1))
def test_at_the_critical_risk_standing_firm_is_worth_yielding(
    war: float, range_: float, where: float
) -> None:
    win, yields = war + range_, war + where * range_
    risk = c.ellsberg_1968_critical_risk(win, yields, war)
    assert (1 - risk) * win + risk * war == pytest.approx(yields, abs=1e-9)


@given(st.floats(0.01, 10), st.floats(0.01, 10))
def test_a_tripwire_holds_from_where_the_attack_is_worth_nothing(gain: float, loss: float) -> None:
    sure = c.schelling_1966_tripwire(gain, loss)
    assert (1 - sure) * gain - sure * loss == pytest.approx(0, abs=1e-9)


def test_a_war_of_attrition_makes_each_willing_to_go_on_and_to_stop() -> None:
    war = c.hendricks_1988_attrition(1.0, 0.5, 0.1, 0.3)
    t = np.linspace(0, 400, 400_001)
    for value, cost, other in ((1.0, 0.1, war.quits_second), (0.5, 0.3, war.quits_first)):
        # the other gives up at u with density other·e^(-other·u); one stops at t
        for stop in (0.5, 3.0, 20.0):
            u = t[t <= stop]
            ends_first = np.trapezoid((value - cost * u) * other * np.exp(-other * u), u)
            assert ends_first - cost * stop * math.exp(-other * stop) == pytest.approx(0, abs=1e-5)
    rng = np.random.default_rng(4)
    first = rng.exponential(1 / war.quits_first, 200_000)
    second = rng.exponential(1 / war.quits_second, 200_000)
    assert np.minimum(first, second).mean() == pytest.approx(war.lasts, rel=0.02)
    assert (first > second).mean() == pytest.approx(war.first_wins, abs=0.006)


@given(st.floats(0, 2), st.floats(0.5, 1), st.floats(0, 1))
def test_a_mediator_tells_the_truth_from_that_bias_on(
    bias: float, right: float, war: float
) -> None:
    for pair, p in itertools.product([(0.05, 0.3), (0.2, 0.21)], (0.3, 0.6)):
        reports = c.kydd_2003_reports(bias, right, war, pair, p)
        least = c.kydd_2003_bias(right, war, pair)
        if abs(bias - least) > 1e-6 and abs(reports.weak - reports.strong) > 1e-12:
            assert (reports.weak > reports.strong) == (bias > least)


@given(st.floats(0.01, 3), st.floats(0.01, 3), st.floats(0.05, 1), st.floats(0, 2))
def test_a_ceasefire_is_kept_by_the_patient(
    tempts: float, gains: float, seen: float, penalty: float
) -> None:
    """Payoffs added up over 4,000 periods, one breach against none."""
    least = c.friedman_1971_patience(1 + gains + tempts, 1 + gains, 1.0, seen, penalty)
    assert least is not None
    for delta in (0.98 * least, min(0.99, 1.02 * least)):
        later = float((delta ** np.arange(1, 4_000)).sum())
        kept = (1 + gains) * (1 + later)
        broken = 1 + gains + tempts + later * (seen * (1 - penalty) + (1 - seen) * (1 + gains))
        if abs(delta - least) > 1e-6:
            assert (kept > broken) == (delta > least)


@given(st.floats(0.3, 0.99), st.floats(0.3, 0.99))
def test_alternating_offers_counted_back_from_far_off_give_the_first_share(
    first: float, second: float
) -> None:
    proposer = {0: 1.0, 1: 1.0}  # in the last round whoever proposes takes all
    for _ in range(3_000):
        proposer = {0: 1 - second * proposer[1], 1: 1 - first * proposer[0]}
    assert c.rubinstein_1982_share(first, second) == pytest.approx(proposer[0], abs=1e-9)


def test_a_hazard_is_many_small_risks() -> None:
    years, steps = 10.0, 1_000_000
    assert c.cox_1972_survival(0.05, years, 0.4) == pytest.approx(
        (1 - 0.05 * 0.4 * years / steps) ** steps, abs=1e-6
    )
