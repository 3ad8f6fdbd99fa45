"""Every shipped case has a golden answer, and still gives it; the teaching case is done by hand."""

from __future__ import annotations

import importlib.util
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from foedus.case import load_case
from foedus.game import solve
from foedus.search import SweepSettings, sweep
from foedus.search.inputs import each_future, effects

if TYPE_CHECKING:
    from types import ModuleType

    from foedus.game import Solution

ROOT = Path(__file__).parents[2]
STEMS = sorted(path.stem for path in (ROOT / "cases").glob("*.yaml"))
GOLDEN = ROOT / "tests" / "golden" / "cases"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """Load the script that makes the golden answers."""
    path = ROOT / "scripts" / "golden_cases.py"
    spec = importlib.util.spec_from_file_location("golden_cases", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def golden(stem: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((GOLDEN / f"{stem}.json").read_text(encoding="utf-8"))
    return told


def test_every_shipped_case_has_a_golden_answer_and_no_other_has() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.json")) == STEMS


@pytest.mark.parametrize("stem", STEMS)
def test_a_shipped_case_still_gives_its_golden_answer(script: ModuleType, stem: str) -> None:
    """Make them anew with scripts/golden_cases.py, and look at the difference."""
    assert script.solved(stem) == golden(stem)


@pytest.mark.parametrize("stem", STEMS)
def test_a_golden_answer_is_sound(stem: str) -> None:
    """What the game cannot but say: chances in 0..1 that add up, peace that only ever breaks."""
    for deal in [*golden(stem)["deals"].values(), *golden(stem)["best_of_sample"]]:
        assert math.isclose(sum(deal["ends"].values()), 1, abs_tol=1e-3)
        survive = list(deal["survive"].values())
        assert survive == sorted(survive, reverse=True)
        assert deal["ends"]["holds"] <= min(deal["agree"], 1) + 1e-4
        assert deal["failed"] <= 0.02 * golden(stem)["futures"]
    for ends in golden(stem)["no_deal"].values():
        assert math.isclose(sum(ends.values()), 1, abs_tol=1e-3)


# -- the teaching case, by hand: docs/learn/by-hand.md does the same sums in words -----------------

DELTA, X, CRISIS, HOLD, FIGHT = 0.98, 0.2, 0.1, 0.5, 0.3
FORTY = 40
DONE_BY_HAND = 1e-6
"""The private cost of acting has the scale 0.001 and not nought, which moves figures by less."""


def logistic(v: float) -> float:
    return 1 / (1 + math.exp(-v))


def teaching(pact: int, walls: int) -> Solution:
    case = load_case(ROOT / "cases" / "teaching.yaml")
    swept = sweep(case, SweepSettings(futures=2, keep=1, deals=((0, 0),)))
    return solve(list(effects(case, (pact, walls))), each_future(case, swept.futures)[0])


def going_on() -> tuple[float, float]:
    """What going on with the war is worth to Velmark and to Ardal."""
    stay = 1 - 0.01 - 0.01
    times = 1 / (1 - DELTA * stay)
    velmark = times * ((1 - DELTA) * (X * stay - 0.5) + 0.01)
    ardal = times * ((1 - DELTA) * ((1 - X) * stay - 0.5) + 0.01)
    return velmark, ardal


def test_by_hand_a_bare_truce_is_broken_in_the_first_crisis() -> None:
    act = X + (1 - HOLD) * (1 - X) - FIGHT
    assert act == pytest.approx(0.3)
    assert act > X
    bare = teaching(0, 0)
    assert bare.q == pytest.approx(CRISIS, abs=DONE_BY_HAND)
    assert bare.survive == pytest.approx(0.9**FORTY, abs=DONE_BY_HAND)
    ever = CRISIS / (1 - DELTA * (1 - CRISIS))
    ardal = (1 - ever) * (1 - X) + ever * (HOLD * (1 - X) - FIGHT)
    assert bare.value_p == pytest.approx(ardal, abs=DONE_BY_HAND)
    assert ardal == pytest.approx(0.2068, abs=1e-4)
    assert going_on() == pytest.approx((0.0990, 0.3960), abs=1e-4)
    assert bare.war_value_p == pytest.approx(going_on()[1], abs=1e-12)
    assert (bare.accept_c, bare.accept_p) == (True, False)


def test_by_hand_behind_walls_nobody_attacks() -> None:
    """Powell's inequality: an attack would bring 0.06, peace brings 0.2."""
    act = X + (1 - 0.8) * (1 - X) - FIGHT
    assert act == pytest.approx(0.06)
    walls = teaching(0, 1)
    assert walls.q < 1e-50  # exp(-140) with the scale of 0.001
    assert (walls.survive, walls.security) == (1, 1)
    assert walls.value_c == pytest.approx(X)
    assert walls.war_value_c == pytest.approx(going_on()[0], abs=1e-12)
    assert (walls.accept_c, walls.accept_p, walls.agree) == (True, True, 1)


def stakes() -> tuple[float, float]:
    """The worth of a stake of s to Norrland if the war goes on: slope and what it costs."""
    times = 1 / (1 - DELTA * 0.98)
    return times * ((1 - DELTA) * (1 - X) * 0.98 + 0.01), times * (1 - DELTA) * 0.1


def test_by_hand_a_pact_holds_if_it_is_believed_and_breaks_if_it_is_not() -> None:
    """Two equilibria; the game counts the worse one and keeps the other."""
    slope, cost = stakes()
    cut = (0.3 - 0.1) / (0.25 * (1 - X))
    assert cut == pytest.approx(1)
    # Believed: nobody attacks, so whoever minds the war more than the pact signs.
    signs_from = -(cost - 0.01) / ((1 - X) - slope)
    signs = 1 - logistic((signs_from - 1) / 0.2)
    honours = (1 - logistic((cut - 1) / 0.2)) / signs
    assert (signs_from, signs, honours) == pytest.approx((-0.2673, 0.9982, 0.5009), abs=1e-4)
    assert 0.3 - 0.3 * honours < X
    # Not believed: Velmark attacks, so only those sign who would rather be out of the war.
    ever = CRISIS / (1 - DELTA * (1 - CRISIS))
    worth = (1 - ever) * (1 - X) + ever * HOLD * (1 - X)
    out_below = (cost - (1 - ever) * 0.01 - ever * 0.1) / (slope - worth)
    weak = logistic((out_below - 1) / 0.2)
    assert (out_below, weak) == pytest.approx((-0.1908, 0.0026), abs=1e-4)
    assert out_below < cut
    pact = teaching(1, 0)
    assert pact.multiple
    assert pact.alpha[0] == pytest.approx(weak, abs=1e-5)
    assert pact.pi == ((0,),)
    assert pact.survive == pytest.approx(0.9**FORTY, abs=DONE_BY_HAND)
    assert pact.other is not None
    assert pact.other.survive == pytest.approx(1)
    assert pact.other.pi[0][0] == pytest.approx(honours, abs=1e-6)


def test_by_hand_walls_make_the_pact_believed_as_nobody_attacks_either_way() -> None:
    slope, cost = stakes()
    signs_from = -(cost - 0.01) / ((1 - X) - slope)
    both = teaching(1, 1)
    assert not both.multiple
    assert both.survive == 1
    assert both.alpha[0] == pytest.approx(1 - logistic((signs_from - 1) / 0.2), abs=1e-9)


def test_the_golden_answer_of_the_teaching_case_is_the_one_by_hand() -> None:
    deals = golden("teaching")["deals"]
    assert deals["bare"]["survive"]["10"] == round(0.9**FORTY, 4)
    assert deals["bare"]["accepts"] == {"Velmark": 1.0, "Ardal": 0.0, "Norrland": 1.0}
    assert deals["Walls along the line: Walls"]["robustness"] == 1
    pact = deals["A pact with Norrland: Norrland fights if Ardal is attacked"]
    assert pact["accepts"]["Norrland"] == 0.0026
    assert pact["several_equilibria"] == 1


def test_the_page_that_does_the_sums_has_these_numbers() -> None:
    page = (ROOT / "docs" / "learn" / "by-hand.md").read_text(encoding="utf-8")
    for number in ("0.0148", "0.2068", "0.3960", "0.0990", "0.9982", "0.5009", "0.0026", "-0.1908"):
        assert number in page.replace("\N{MINUS SIGN}", "-"), number
