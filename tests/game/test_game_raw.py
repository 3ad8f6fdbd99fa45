"""Files of cases: what is accepted, what is kept, what is refused and how it is said."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus import flow
from foedus.errors import GameError
from foedus.game import Effects, raw, solve
from foedus.game.cases import cases_from_raw

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.game import Future

OUT = (
    "K n T starts x y_c y_p mu p0 D cut A pi alpha s1 s2 Y q Q q_window V_C V_C_in_force W_C V_P"
    " W_P accept_c accept_p agree survive window_risk direct direct_any security g_cost"
    " g_cost_total ends converged multiple residual other"
)
"""What the layout says that an outcome holds, and nothing else."""

ENDS = "holds breaks_fight breaks_alone war_on frozen c_prevails p_prevails"


@pytest.fixture
def case(future: Future) -> dict[str, Any]:
    level = {"help": [0.5], "harm": [0.15], "renege": [0.25], "delay": 3}
    return {"id": "one", "deal": [level], "future": raw.future_to_raw(future)}


def test_a_file_comes_back_with_its_outcomes_and_whatever_else_it_held(
    case: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "cases.json"
    told = {"format": 2, "note": "kept", "cases": [{**case, "kind": "mine", "out": "old"}]}
    path.write_text(json.dumps(told), "utf-8")
    written = json.loads(json.dumps(flow.solve_raw(path)))
    out = written["cases"][0].pop("out")
    assert written == {**told, "cases": [{**case, "kind": "mine"}]}
    assert set(out) == set(OUT.split())
    assert " ".join(out["ends"]) == ENDS
    solved = solve(raw.deal_from_raw(case["deal"]), raw.future_from_raw(case["future"]))
    assert raw.solution_from_raw(out) == solved


def test_time_runs_ten_years_in_quarters_where_a_future_does_not_say(case: dict[str, Any]) -> None:
    bare = {k: v for k, v in case["future"].items() if not k.endswith("_years")}
    future = raw.future_from_raw(bare)
    assert (future.period_years, future.horizon_years, future.periods) == (0.25, 10.0, 40)


def test_json_has_one_kind_of_number(case: dict[str, Any]) -> None:
    level = {"delay": 3.0, "punish": 1, "help": [0]}
    assert raw.deal_from_raw([level])[0] == Effects(delay=3, punish=1.0, help=(0.0,))
    case["future"]["delta"] = 0
    assert raw.future_from_raw(case["future"]).delta == 0.0


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_deal_survives_being_written_and_read(value: float) -> None:
    deal = (Effects(share=value, help=(value, 1.0), delay=2), Effects())
    assert raw.deal_from_raw(json.loads(json.dumps(raw.deal_to_raw(deal)))) == deal


def test_every_fault_of_every_case_is_told_under_its_name(case: dict[str, Any]) -> None:
    bad = {**case["future"], "hold": 2, "shock_scale": 0, "effect": [1, 1]}
    cases = [
        {"id": 7, "deal": [{"delay": 1.5}, {"hlep": [1]}], "future": bad},
        {"deal": [{"help": [1, 2]}], "future": case["future"]},
        {"id": "c", "deal": {}, "future": []},
        "d",
    ]
    with pytest.raises(GameError) as caught:
        cases_from_raw({"cases": cases}, "mine.json")
    assert caught.value.where == "mine.json"
    told = [fault.at for fault in caught.value.faults]
    assert told == [
        "case 7: deal[0].delay",
        "case 7: deal[1].hlep",
        "case 7: future.hold",
        "case 7: future.shock_scale",
        "case 1: deal[0].help",
        "case c: deal",
        "case c: future",
        "cases[3]",
    ]


@pytest.mark.parametrize(
    ("key", "value", "must"),
    [
        ("hold", "0.5", "be a number"),
        ("hold", True, "be a number"),
        ("hold", None, "be a number"),
        ("hold", "inf", "be a finite number"),
        ("hold", math.nan, "be a finite number"),
        ("hold", 10**400, "be a number"),
        ("war_cost_c", 1e13, "lie between -1e[+]12 and 1e[+]12"),
        ("delta", 1, "be 0 or more and below 1"),
        ("crisis", -0.1, "be 0 or more"),
        ("stake_scale", [0], "be above 0"),
        ("stake_scale", [1, 1], "have one number for each guarantor"),
        ("fight_g", 0.3, "be a list of numbers"),
        ("war_freeze", 0.99, "be at most 1"),
        ("horizon_years", 10.1, "be whole periods of 0.25"),
        ("period_years", 0, "be above 0"),
        ("K", 1, "be one of"),
    ],
)
def test_what_no_future_can_hold_is_refused(
    case: dict[str, Any], key: str, value: object, must: str
) -> None:
    with pytest.raises(GameError, match=must):
        raw.future_from_raw({**case["future"], key: value})


@pytest.mark.parametrize("delay", [-1, 0.5, 10_001])
def test_a_delay_is_whole_periods_and_not_for_ever(delay: float) -> None:
    with pytest.raises(GameError, match="be a whole number of periods, 0 to 10000"):
        raw.deal_from_raw([{"delay": delay}])


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("[1]", 'holds? "cases"'),
        ('{"cases": 3}', 'holds? "cases"'),
        ("{", "be JSON in UTF-8"),
        ("[" * 100_000, "be JSON in UTF-8"),
    ],
)
def test_a_file_that_holds_no_cases_is_refused_by_name(
    tmp_path: Path, text: str, must: str
) -> None:
    path = tmp_path / "mine.json"
    path.write_text(text, "utf-8")
    with pytest.raises(GameError, match=must) as caught:
        flow.solve_raw(path)
    assert caught.value.where == str(path)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GameError, match="be a file that can be read"):
        flow.solve_raw(tmp_path / "none.json")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(GameError, match="be JSON in UTF-8"):
        flow.solve_raw(tmp_path / "bytes.json")
