"""Short names of deals say who a pact is by as the case writes it, not as its id does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.answer.naming import Names
from foedus.case import load_case

CASES = Path(__file__).parents[2] / "cases"


@pytest.mark.parametrize(
    ("name", "pact", "by"),
    [
        ("ardal", "mutual-defence:norrland", "Norrland"),
        ("armenia-azerbaijan-2025", "mutual-defence:united-states", "United States"),
    ],
)
def test_a_short_name_calls_a_guarantor_as_the_case_does(name: str, pact: str, by: str) -> None:
    case = load_case(CASES / f"{name}.yaml")
    at = next(j for j, one in enumerate(case.provisions) if one.id == pact)
    deal = tuple(int(j == at) for j in range(len(case.provisions)))
    weights = np.zeros(len(case.provisions))
    level = case.provisions[at].levels[1].name.replace("-", " ")
    assert Names.of(case, [deal], weights).short(deal) == f"mutual defence by {by}: {level}"
