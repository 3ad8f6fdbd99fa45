"""What the usual ranges imply, played out: ends of wars, lasting of truces, honouring of pacts.

The oracle is history: rates of the library with their intervals, and published rates. A range that
leaves them is either mended or says so in its source.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.stats import qmc

from foedus.case import base_rates, load_case, usual_parameters
from foedus.case.values import GUARANTOR_PARAMETERS, SCALAR_PARAMETERS
from foedus.game import Effects, Future, solve

if TYPE_CHECKING:
    from foedus.case.values import Level
    from foedus.game import Solution

FUTURES = 64
SEED = 1
PACT = "mutual-defence:norrland"


def futures() -> list[Future]:
    """Draw futures from the usual ranges for one guarantor and one provision."""
    parameters = usual_parameters(("Norrland",), [PACT])
    draws = qmc.Sobol(len(parameters), scramble=True, rng=SEED).random(FUTURES)
    made = []
    for draw in draws.tolist():
        values = {}
        for parameter, u in zip(parameters, draw, strict=True):
            low, high = parameter.distribution.low, parameter.distribution.high
            log = parameter.distribution.kind == "loguniform"
            values[parameter.name] = low * (high / low) ** u if log else low + (high - low) * u
        scalars = {name: values[name] for name in SCALAR_PARAMETERS}
        vectors = {name: (values[name],) for name in (*GUARANTOR_PARAMETERS, "effect")}
        made.append(Future(period_years=0.25, horizon_years=10.0, **scalars, **vectors))
    return made


def played(name: str) -> list[Solution]:
    """Play one level of Norrland's pact of the shipped case in every future."""
    case = load_case(Path(__file__).parents[2] / "cases" / "ardal.yaml")
    (pact,) = [provision for provision in case.provisions if provision.id == PACT]
    (level,) = [level for level in pact.levels if level.name == name]
    return [solve([_effects(level)], future) for future in futures()]


def _effects(level: Level) -> Effects:
    sizes = {
        key if isinstance(key, str) else key[0]: size if isinstance(key, str) else (size,)
        for key, size in level.effects.items()
    }
    return Effects(**sizes | {"delay": int(level.effects.get("delay", 0))})


def within(rate: str, value: float) -> bool:
    low, high = base_rates()[rate].interval or (math.inf, -math.inf)
    return low <= value <= high


def test_wars_end_within_two_years_about_as_often_as_long_wars_did() -> None:
    ends = [1 - future.stay**8 for future in futures()]
    assert within("war-ends-within-2y-after-2y", float(np.mean(ends)))
    assert within("war-ends-within-2y-after-2y", min(ends))
    assert within("war-ends-within-2y-after-2y", max(ends))


def test_a_truce_with_nothing_in_it_lasts_about_as_long_as_such_truces_did() -> None:
    truces = played("none")
    five_years = float(np.mean([(1 - truce.q) ** 20 for truce in truces]))
    assert within("no-recurrence-5y-after-fade-out", five_years)
    ten_years = float(np.mean([truce.survive for truce in truces]))
    for rate in ("no-recurrence-10y-after-fade-out", "no-new-war-10y-between-neighbours"):
        low, _ = base_rates()[rate].interval or (0, 0)
        assert low - 0.1 < ten_years < low, "too dark, as the source says, and not by far"
    said = usual_parameters((), [])[2].source.why
    assert f"five years in {100 * five_years:.0f} of 100" in said
    assert f"ten in {100 * ten_years:.0f}" in said


def test_honour_rates_rise_with_what_breaking_costs_and_span_the_published_ones() -> None:
    """Published: from 22 % (1945-2003) over 41 % (defence pacts) to 74.5 % (1816-1944)."""
    honour = [
        float(np.mean([solution.pi[-1][0] for solution in played(name)]))
        for name in ("pledge", "agreement", "treaty")
    ]
    assert honour == sorted(honour)
    assert honour[0] == pytest.approx(0.22, abs=0.1)
    assert 0.41 <= honour[1] <= 0.745
    assert honour[2] == pytest.approx(0.745, abs=0.1)


def test_what_signing_takes_and_what_holding_takes_pull_apart() -> None:
    """The more a pact binds, the fewer challengers sign it: the tension the tool is about."""
    bare, bound = played("none"), played("agreement")
    assert np.mean([s.accept_c for s in bare]) > 0.9
    assert np.mean([s.accept_c for s in bound]) < np.mean([s.accept_c for s in bare])
    assert np.mean([s.survive for s in bound]) > np.mean([s.survive for s in bare]) + 0.1
    assert all(solution.converged for solution in (*bare, *bound))
