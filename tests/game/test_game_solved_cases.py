"""The forty solved pairs by another implementation, and four whose answer is plain by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from foedus.game import raw, solve

SOLVED = Path(__file__).parents[3] / "shared" / "data" / "game" / "solved_cases.json"
CLOSE = 1e-8

OPTIONAL = {"accept_c", "accept_p", "agree", "ends"}
"""What hangs on V >= W, and is not compared where the two are nearer than CLOSE."""


def solved_cases() -> list[Any]:
    if not SOLVED.exists():
        reason = "../shared/data/game/solved_cases.json is not here"
        return [pytest.param(None, id="absent", marks=pytest.mark.skip(reason=reason))]
    cases = json.loads(SOLVED.read_text(encoding="utf-8"))["cases"]
    return [pytest.param(case, id=f"{case['id']}-{case['kind']}") for case in cases]


def differences(ours: Any, theirs: Any, at: str = "") -> list[str]:  # noqa: ANN401 - any JSON
    """Name every place where two JSON values differ by more than CLOSE."""
    if isinstance(theirs, dict):
        return [d for key in theirs for d in differences(ours[key], theirs[key], f"{at}.{key}")]
    if isinstance(theirs, list):
        if len(ours) != len(theirs):
            return [f"{at}: {len(ours)} long, not {len(theirs)}"]
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [d for i, (a, b) in pairs for d in differences(a, b, f"{at}[{i}]")]
    if isinstance(theirs, bool | str) or theirs is None:
        return [] if ours == theirs else [f"{at}: {ours}, not {theirs}"]
    return [] if abs(ours - theirs) <= CLOSE else [f"{at}: {ours}, not {theirs}"]


@pytest.mark.parametrize("case", solved_cases())
def test_it_agrees_with_another_implementation(case: dict[str, Any]) -> None:
    theirs = case["out"]
    if not (case["selection_stable"] and theirs["converged"]):
        pytest.skip("the other implementation is not sure of its own answer")
    solution = solve(raw.deal_from_raw(case["deal"]), raw.future_from_raw(case["future"]))
    close = (
        abs(theirs["V_C"] - theirs["W_C"]) <= CLOSE or abs(theirs["V_P"] - theirs["W_P"]) <= CLOSE
    )
    skipped = {"residual", *(OPTIONAL if close else ())}
    compared = {key: value for key, value in theirs.items() if key not in skipped}
    assert differences(raw.solution_to_raw(solution), compared) == []
    assert solution.residual <= 1e-10


PLAIN = {
    "period_years": 0.5,
    "horizon_years": 2,
    "delta": 0.9,
    "x0": 0.2,
    "crisis": 0.0,
    "hold": 0.5,
    "fight_c": 0.3,
    "fight_p": 0.25,
    "shock_mean": 0.0,
    "shock_scale": 0.1,
    "war_win_c": 0.1,
    "war_win_p": 0.05,
    "war_freeze": 0.25,
    "war_cost_c": 0.6,
    "war_cost_p": 0.5,
    "fight_g": [],
    "war_support": [],
    "stake_mean": [],
    "stake_scale": [],
    "effect": [1.0],
}
"""No crisis ever comes, so every value is that of peace, and the war is arithmetic."""


def test_a_peace_without_crises_is_worth_its_flows_and_the_war_is_arithmetic() -> None:
    """W = w[(1 - delta)(flow·stay - cost) + win + freeze·truce], stay 0.6, w = 1/(1 - 0.54)."""
    solution = solve(
        raw.deal_from_raw([{"share": -0.05, "value_p": 0.1}]), raw.future_from_raw(PLAIN)
    )
    w = 1 / 0.46
    assert solution.value_c == pytest.approx(0.15, abs=1e-15)
    assert solution.value_p == pytest.approx(0.95, abs=1e-15)
    assert solution.war_value_c == pytest.approx(w * (0.1 * (0.12 - 0.6) + 0.1 + 0.25 * 0.2))
    assert solution.war_value_p == pytest.approx(w * (0.1 * (0.48 - 0.5) + 0.05 + 0.25 * 0.8))
    assert (solution.accept_c, solution.accept_p, solution.agree) == (False, True, 0.0)
    # four periods: stay^4 = 0.1296, the rest shared 25 : 10 : 5
    ends = solution.ends
    assert ends.war_on == pytest.approx(0.1296)
    assert (ends.frozen, ends.c_prevails, ends.p_prevails) == pytest.approx(
        (0.8704 * 0.625, 0.8704 * 0.25, 0.8704 * 0.125)
    )


def test_a_guarantor_that_only_pays_accepts_from_one_stake_on() -> None:
    """No crisis, no help: V - R = s(0.8 - r) - 0.04 + w·0.1·0.2, r the war's worth per stake.

    r = w[0.1·0.8·0.6 + 0.05 + 0.25·0.8] with w = 1/0.46; the cost is 0.04, the support 0.02/0.46.
    """
    future = PLAIN | {
        "fight_g": [0.3],
        "war_support": [0.2],
        "stake_mean": [0.5],
        "stake_scale": [0.25],
    }
    solution = solve(raw.deal_from_raw([{"cost": [0.1]}]), raw.future_from_raw(future))
    slope = 0.8 - (0.048 + 0.05 + 0.2) / 0.46
    threshold = (0.1 - 0.02 / 0.46) / slope
    assert solution.refuse_to[0] == pytest.approx(threshold)
    assert solution.refuse_from[0] == -math.inf
    assert solution.alpha[0] == pytest.approx(1 / (1 + math.exp((threshold - 0.5) / 0.25)))
    assert solution.cost == pytest.approx((0.1,))


def test_a_certain_crisis_and_no_shock_to_speak_of_end_the_peace_at_once() -> None:
    """A = x + (1 - hold)(1 - x) - fight = 0.3 > y = 0.2 and mu = 1: it acts in the first period."""
    future = PLAIN | {"crisis": 5.0, "shock_scale": 1e-4}
    solution = solve(raw.deal_from_raw([{}]), raw.future_from_raw(future))
    assert solution.mu == (1.0,)
    assert solution.act[0] == pytest.approx(0.3)
    assert solution.q == pytest.approx(1.0)
    assert solution.survive == pytest.approx(0.0)
    assert solution.value_c == pytest.approx(0.3, abs=1e-3)
    assert solution.value_p == pytest.approx(0.5 * 0.8 - 0.25)
    assert solution.security == pytest.approx(0.15 / 0.8)


def test_before_a_provision_is_in_force_only_its_terms_bind() -> None:
    future = PLAIN | {"crisis": 0.4, "effect": [2.0], "hold": 0.5}
    level = {
        "share": 0.1,
        "value_p": 0.02,
        "provoke": 0.01,
        "denial": 0.1,
        "crisis": -0.5,
        "punish": 0.05,
        "delay": 3,
    }
    solution = solve(raw.deal_from_raw([level]), raw.future_from_raw(future))
    assert solution.starts == (0, 3)
    assert solution.x == pytest.approx(0.3)
    assert (solution.y_c, solution.y_p) == pytest.approx((0.29, 0.72))
    assert solution.mu == pytest.approx((0.4, 0.4 * math.exp(-1.0)))
    assert solution.p0 == pytest.approx((0.5, 0.7))
    assert solution.act == pytest.approx((0.3 + 0.5 * 0.7 - 0.3, 0.3 + 0.3 * 0.7 - 0.3 - 0.1))
    assert len(solution.q_window) == 3
