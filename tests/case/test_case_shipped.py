"""The cases that ship load clean, are in their canonical form, and can be played."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from foedus.case import base_rates, load_case, to_yaml
from foedus.case.lint_parts import of_parts

CASES = sorted((Path(__file__).parents[2] / "cases").glob("*.yaml"))


def test_there_are_cases_to_learn_from() -> None:
    assert {path.stem for path in CASES} >= {
        "ardal", "teaching", "ukraine-2025-12", "ukraine-1994-budapest", "korea-1953",
        "armenia-azerbaijan-2025",
    }  # fmt: skip


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_shipped_case_names_base_rates_that_there_are_and_quotes_nobody(path: Path) -> None:
    """An id has no blank, a citation has; public facts are told indirectly, never as speech."""
    case = load_case(path)
    sources = [parameter.source for parameter in case.parameters]
    sources += [level.source for p in case.provisions for level in p.levels]
    sources += [source for p in case.provisions for source in p.excluded.values()]
    sources += [line.source for line in case.red_lines]
    assert {ref for source in sources for ref in source.refs if " " not in ref} <= set(base_rates())
    for source in sources:
        assert not set('"“”«»') & set(source.why)
        assert source.kind != "published" or source.refs


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_shipped_case_loads_and_is_in_its_canonical_form(path: Path) -> None:
    """So that reading it and writing it again shows no difference in a review."""
    written = to_yaml(load_case(path), schema="../docs/look-up/case.schema.json")
    assert written == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_shipped_case_has_no_more_deals_than_can_be_looked_at(path: Path) -> None:
    """Ten million are solved one by one; beyond that a search has to find the best."""
    case = load_case(path)
    assert 2 <= math.prod(len(p.levels) - len(p.excluded) for p in case.provisions) <= 10_000_000


def test_the_model_case_has_one_of_each_thing_that_a_case_can_have() -> None:
    case = load_case(next(path for path in CASES if path.stem == "ardal"))
    assert case.guarantors
    assert case.red_lines
    assert case.notes
    assert any(provision.excluded for provision in case.provisions)
    kinds = {parameter.source.kind for parameter in case.parameters}
    assert kinds == {"assumption", "judgement", "base-rate"}


TOLD = {"assumption", "not-in-game", "no-bearing", "red-line-idle"}
"""What a careful reader may find in a shipped case: what is assumed, and what is there for show."""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_who_looks_over_a_shipped_case_finds_nothing_that_contradicts_its_source(
    path: Path,
) -> None:
    case = load_case(path)
    found = list(of_parts(case))
    assert found, "every case rests on some assumption"
    assert {finding.rule for finding in found} <= TOLD
