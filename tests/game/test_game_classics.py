"""The classics against a list of numbers computed elsewhere, and some of our own by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from foedus.errors import GameError
from foedus.game import classics as c

ORACLES = Path(__file__).parents[3] / "shared" / "design" / "oracles.json"
NO_GAMES = {"seed 653+51", "3+34+14", "585/653", "30/51", "RU MoD 116"}
"""Sums over figures in reports, which the list has too."""

DRAWN = 0.01
"""How far the numbers that were drawn at random there may lie from the exact ones."""


def bargaining() -> dict[str, Any]:
    told: dict[str, Any] = {}
    for p, a, b in ((0.6, 0.1, 0.15), (0.9, 0.05, 0.2)):
        least, most = c.fearon_1995_range(p, a, b)
        told[f"1a p={p} cA={a} cB={b}"] = {
            "range": [least, most],
            "tioli": most,  # who makes the one offer there is takes all that is left
            "nash": c.nash_1950_split(p, a, b),
        }
    for case in ((0.5, 0.1, 0.4), (0.5, 0.05, 0.3), (0.8, 0.05, 0.6), (0.5, 0.3, 0.2)):
        told[f"1b p,cA,cbar={case}"] = offer(c.fearon_1995_offer(*case))
    for key, least, most in (("[.05,.5]", 0.05, 0.5), ("[.2,.4]", 0.2, 0.4)):
        told[f"1b2 p=.5 cA=.1 cB~U{key}"] = offer(c.fearon_1995_offer(0.5, 0.1, most, least))
    for high in (0.3, 0.375, 0.5):
        two = c.fearon_1995_offer_to_two_types(0.5, 0.1, (0.05, 0.3), high)
        told["1c thr"] = two.threshold
        told[f"1c pi={high}"] = {"safe": two.safe, "risky": two.risky, "pwar": two.war}
    told["9 rub 0.9,0.9"] = c.rubinstein_1982_share(0.9, 0.9)
    told["9 rub 0.9,0.8"] = c.rubinstein_1982_share(0.9, 0.8)
    return told


def offer(found: c.Offer) -> dict[str, float]:
    return {"x": found.share, "pwar": found.war, "UA": found.worth}


def commitment() -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, before, after in (
        ("1d d=.9 p1=.2 p2=.6 cB=1", 0.2, 0.6),
        ("1d d=.9 p1=.5 p2=.55 cB=1", 0.5, 0.55),
    ):
        war = c.fearon_1995_preventive_war(before, after, 1, 0.9)
        told[key] = {
            "lhs": war.left,
            "rhs": war.right,
            "war": war.attacks,
            "x2": war.demand,
            "Vwar": war.war,
            "Vpeace_max": war.peace,
        }
    # the largest after that keeps left <= right
    told["1d max p2 (d=.9,p1=.5,cB=1)"] = (
        0.5 + c.fearon_1995_preventive_war(0.5, 0.5, 1, 0.9).right
    ) / 0.9
    for key, loss in (("2 d=.95 p=.3 pp=.6 c=.2", 0.2), ("2 same c=.25", 0.25)):
        shift = c.powell_2006_commitment(0.3, 0.6, loss, 0.95)
        told[key] = {"lhs": shift.left, "rhs": shift.right, "inefficient": shift.war}
    told["2 max shift pp for c=.1 d=.95 p=.3"] = c.powell_2006_commitment(0.3, 0.6, 0.1, 0.95).most
    return told


def signals() -> dict[str, Any]:
    told: dict[str, Any] = {}
    for p, cost, q, most in ((0.5, 0.4, 0.3, 2), (0.6, 0.3, 0, 1), (0.4, 0.3, 0.5, 2)):
        tie = c.fearon_1997_tying_hands(p, cost, q, most)
        sink = c.fearon_1997_sinking_costs(p, cost, q, most)
        short = [str(v).replace("0.", ".") for v in (p, cost, q)]
        told[f"3 p={short[0]} c1={short[1]} q={short[2]} V={most}"] = {
            "v_star": tie.sends_from,
            "m_tie": tie.size,
            "v_hat": sink.sends_from,
            "m_sunk": sink.size,
            "pwar_tie": tie.war,
            "pwar_sunk": sink.war,
            "EU_tie": tie.worth,
            "EU_sunk": sink.worth,
        }
    return told


def alliances() -> dict[str, Any]:
    needed = {cost: c.smith_1998_reliability(0.35, 0.75, cost) for cost in (0.2, 0.3, 0.5)}
    told: dict[str, Any] = {
        "4 rho* v=1 pB=.35 pBC=.75 cA=.3": needed[0.3],
        "4 rho* cA=.5": needed[0.5],
        "4 rho* cA=.2 (>1: undeterrable)": needed[0.2],
        "4 alpha* (b=1,k~U[0,1])": {
            "cA3": c.smith_1998_stake_in_honour(needed[0.3], 0.4, 1),
            "cA5": c.smith_1998_stake_in_honour(needed[0.5], 0.4, 1),
        },
        "4 selection: E[rho|attacked]": {"closed": c.smith_1995_observed_reliability(needed[0.3])},
    }
    for key, cost in (("6 cC=.9", 0.9), ("6 cC=.65", 0.65), ("6 cC=.5 (w>0)", 0.5)):
        contract = c.benson_2014_contract(0.4, 1, 1.2, 1, cost)
        told[key] = {
            "wC": contract.war,
            "r0": contract.resists,
            "r_star": contract.needed,
            "tau": contract.transfer,
        }
    return told


def battles() -> dict[str, Any]:
    told: dict[str, Any] = {}
    for case in ((0.6, 10, 5), (0.5, 10, 5), (0.45, 8, 4), (0.55, 6, 2)):
        ruin = c.feller_1968_ruin(*case)
        told[f"5 ruin p,N,k={case}"] = {"Pwin": ruin.wins, "Ebattles": ruin.battles}
    told["5b post b0=.5 ps=.7 pw=.4 n=10 k=7"] = c.slantchev_2003_posterior(0.5, 0.7, 0.4, 10, 7)
    told["5b n=10 k=4"] = c.slantchev_2003_posterior(0.5, 0.7, 0.4, 10, 4)
    told["5b KL strong/weak"] = [
        c.slantchev_2003_information(0.7, 0.4),
        c.slantchev_2003_information(0.4, 0.7),
    ]
    return told


def the_rest() -> dict[str, Any]:
    told: dict[str, Any] = {
        "7 beta* mu=.9 K=.5": c.kydd_2003_bias(0.9, 0.5, (0.05, 0.3)),
        "7 beta* mu=.7 K=.5": c.kydd_2003_bias(0.7, 0.5, (0.05, 0.3)),
    }
    for bias in (0.2, 0.25):
        reports = c.kydd_2003_reports(bias, 0.9, 0.5, (0.05, 0.3), 0.5)
        told[f"7 check beta={bias}"] = {"tellH": reports.weak, "tellL": reports.strong}
    war = c.hendricks_1988_attrition(1, 0.5, 0.1, 0.1)
    return told | {
        "8 crit D(10,2,-40)": c.ellsberg_1968_critical_risk(10, 2, -40),
        "8 crit C(8,0,-60)": c.ellsberg_1968_critical_risk(8, 0, -60),
        "8 a* gain=1 loss=4": c.schelling_1966_tripwire(1, 4),
        "8 WoA": {
            "quit_haz_1": war.quits_first,
            "quit_haz_2": war.quits_second,
            "ET": war.lasts,
            "P1wins": war.first_wins,
        },
        "10 h=.05 HR=.4 S(10)": [
            c.cox_1972_survival(0.05, 10),
            c.cox_1972_survival(0.05, 10, 0.4),
        ],
        "11 delta* T=5 R=3 P=1": c.friedman_1971_patience(5, 3, 1),
        **{
            f"11 monitored detect={seen}": c.friedman_1971_patience(5, 3, 1, seen=seen)
            for seen in (0, 0.5, 0.8)
        },
    }


TOLD = bargaining() | commitment() | signals() | alliances() | battles() | the_rest()


def oracles() -> list[Any]:
    if not ORACLES.exists():
        reason = "../shared/design/oracles.json is not here"
        return [pytest.param("", None, id="absent", marks=pytest.mark.skip(reason=reason))]
    listed = json.loads(ORACLES.read_text(encoding="utf-8"))
    return [pytest.param(k, value, id=k) for k, value in listed.items() if k not in NO_GAMES]


@pytest.mark.parametrize(("key", "listed"), oracles())
def test_every_number_on_the_list_comes_out(key: str, listed: Any) -> None:  # noqa: ANN401 - JSON
    told = TOLD[key]
    if isinstance(listed, dict):
        exact = {name: value for name, value in listed.items() if not name.startswith("mc")}
        assert set(exact) == set(told)
        drawn = {"mc": "closed", "mc_ET": "ET", "mc_P1": "P1wins"}
        for name in set(listed) - set(exact):
            assert told[drawn[name]] == pytest.approx(listed[name], abs=DRAWN)
        for name, value in exact.items():
            same(told[name], value)
    elif isinstance(listed, list):
        for ours, theirs in zip(told, listed, strict=True):
            same(ours, theirs)
    else:
        same(told, listed)


def same(ours: float | None, theirs: float | None) -> None:
    assert (ours is None) == (theirs is None)
    if ours is not None:
        assert ours == pytest.approx(theirs, rel=1e-12, abs=1e-14)


def test_a_range_that_reaches_the_end_of_the_good_ends_there() -> None:
    assert c.fearon_1995_range(0.9, 0.05, 0.2) == pytest.approx((0.85, 1.0))
    assert c.fearon_1995_range(0.05, 0.1, 0.2) == pytest.approx((0.0, 0.25))
    assert c.nash_1950_split(0.95, 0.0, 0.4) == 1.0


def test_a_demand_by_hand() -> None:
    """p = 1/2, c_A = 1/10, a cost of war on 0..4/10: k = 3/20, (13/20)(5/8) + (2/5)(3/8)."""
    found = c.fearon_1995_offer(0.5, 0.1, 0.4)
    assert (found.share, found.war) == pytest.approx((13 / 20, 3 / 8))
    assert found.worth == pytest.approx(13 / 20 * 5 / 8 + 2 / 5 * 3 / 8)


def test_a_signal_by_hand() -> None:
    """p = 1/2, c = 2/5, q = 3/10: v* = (12/100)/(85/100) = 12/85, m* = 2/5 - 6/85 = 28/85."""
    tie = c.fearon_1997_tying_hands(0.5, 0.4, 0.3, 2)
    assert (tie.sends_from, tie.size) == pytest.approx((12 / 85, 28 / 85))
    sink = c.fearon_1997_sinking_costs(0.5, 0.4, 0.3, 2)
    assert (sink.sends_from, sink.size) == pytest.approx((4 / 5, 14 / 25))
    assert (tie.war, sink.war) == pytest.approx((0.3 * (1 - 6 / 85), 0.18))


def test_contracts_and_promises_by_hand() -> None:
    """A yields to r* = 1/1.3 = 10/13; the target needs t = 12/13 - 4/10 on top of its own 4/10."""
    contract = c.benson_2014_contract(0.4, 1, 1.2, 1, 0.9)
    assert contract.needed == pytest.approx(10 / 13)
    assert contract.transfer == pytest.approx(12 / 13 - 0.4)
    assert c.smith_1998_reliability(0.35, 0.75, 0.3) == pytest.approx(7 / 8)
    assert c.powell_2006_commitment(0.3, 0.6, 0.1, 0.95).most == pytest.approx((0.3 + 1 / 9) / 0.95)


def test_a_war_of_many_forts_does_not_overflow() -> None:
    assert c.feller_1968_ruin(1e-3, 2_000, 1_000).wins == 0.0
    assert c.feller_1968_ruin(0.999, 2_000, 1_000).wins == 1.0
    assert c.feller_1968_ruin(0.5 + 1e-9, 10, 3).wins == pytest.approx(0.3, abs=1e-7)


@pytest.mark.parametrize(
    ("call", "at"),
    [
        (lambda: c.fearon_1995_range(1.2, 0.1, 0.1), "p"),
        (lambda: c.fearon_1995_range(math.nan, 0.1, -0.1), "p cost_b"),
        (lambda: c.nash_1950_split(0.5, -0.1, 0.1), "cost_a"),
        (lambda: c.fearon_1995_offer(0.5, 0.1, 0.2, 0.3), "cost_b_most"),
        (lambda: c.fearon_1995_offer(0.9, 0.1, 0.4, 0.2), "p_and_cost_b_least"),
        (lambda: c.fearon_1995_offer_to_two_types(0.9, 0.1, (0.1, 0.3), 0.5), "p_and_high_cost"),
        (lambda: c.rubinstein_1982_share(1.0, 0.9), "delta_first"),
        (lambda: c.fearon_1995_preventive_war(0.2, 0.95, 1, 0.9), "demand_after"),
        (lambda: c.powell_2004_inefficient(0.5, 0.5, 1.1), "delta"),
        (lambda: c.powell_2006_commitment(0.5, 0.6, 1.0, 0.9), "loss"),
        (lambda: c.fearon_1997_tying_hands(0.0, 0.4, 0.3, 2), "p"),
        (lambda: c.fearon_1997_sinking_costs(0.5, 0.4, 0.3, 0.5), "most"),
        (lambda: c.smith_1998_reliability(0.5, 0.4, 0.1), "helped"),
        (lambda: c.smith_1998_stake_in_honour(1.1, 0.4, 1), "reliability"),
        (lambda: c.smith_1995_observed_reliability(0.0), "deters_from"),
        (lambda: c.benson_2014_contract(0.4, 1, 0, 1, 0.9), "cost_most"),
        (lambda: c.feller_1968_ruin(1.0, 10, 11), "p held"),
        (lambda: c.slantchev_2003_posterior(0.5, 0.7, 0.4, 3, 4), "won"),
        (lambda: c.slantchev_2003_information(0.0, 0.4), "truth"),
        (lambda: c.slantchev_2003_settles(0.5, 0.4, math.inf, 0.1), "cost_a"),
        (lambda: c.ellsberg_1968_critical_risk(1, 2, 0), "yielding"),
        (lambda: c.schelling_1966_tripwire(0, 1), "gain"),
        (lambda: c.hendricks_1988_attrition(1, 0, 0.1, 0.1), "value_second"),
        (lambda: c.kydd_2003_bias(0.9, 0.5, (0.3, 0.1)), "high"),
        (lambda: c.kydd_2003_reports(-1, 0.9, 0.5, (0.1, 0.3), 0.5), "bias"),
        (lambda: c.friedman_1971_patience(3, 3, 1), "tempted"),
        (lambda: c.cox_1972_survival(-0.1, 10), "hazard"),
    ],
)
def test_what_a_formula_does_not_hold_for_is_refused(call: Any, at: str) -> None:  # noqa: ANN401
    with pytest.raises(GameError, match="it must") as caught:
        call()
    assert [fault.at for fault in caught.value.faults] == at.split()
