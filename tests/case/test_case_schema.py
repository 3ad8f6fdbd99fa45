"""The schema of case files accepts what loads, refuses what cannot, and explains every key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from drawn_cases import cases
from foedus.case import from_yaml, to_yaml
from foedus.case.schema import json_schema
from foedus.errors import CaseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from foedus.case.values import Case

VALIDATOR = Draft202012Validator(json_schema())


def loaded(text: str) -> Any:  # noqa: ANN401 -- whatever the text holds
    return YAML(typ="safe", pure=True).load(text)


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


def test_the_published_one_is_what_the_code_says(root: Path) -> None:
    """Made by ``foedus case schema --out docs/look-up/case.schema.json``."""
    published = (root / "docs" / "look-up" / "case.schema.json").read_text("utf-8")
    assert published == json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def test_every_shipped_case_fits_and_says_where_the_schema_is(root: Path) -> None:
    paths = sorted((root / "cases").glob("*.yaml"))
    assert paths
    for path in paths:
        text = path.read_text("utf-8")
        assert [error.message for error in VALIDATOR.iter_errors(loaded(text))] == [], path.name
        first, _ = text.split("\n", 1)
        assert first == "# yaml-language-server: $schema=../docs/look-up/case.schema.json"
        assert (path.parent / first.split("=")[1]).exists()


@settings(max_examples=30)
@given(cases())
def test_whatever_loads_fits(case: Case) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(loaded(to_yaml(case)))] == []


BROKEN = [
    ("title: Velmark and Ardal\n", ""),
    ("challenger: Velmark", "challenger: 7"),
    ("challenger: Velmark", 'challenger: " Velmark"'),
    ("guarantors: [Norrland]", "guarantors: Norrland"),
    ("guarantors: [Norrland]", "guarantors: [Norrland, Norrland]"),
    ("period_years: 0.25", "period_years: 0"),
    ("record: null", "records: null"),
    ("{uniform: [0.975, 0.992]}", "{uniform: [0.975, 1]}"),
    ("{uniform: [0.975, 0.992]}", "{uniform: [0.975]}"),
    ("{uniform: [0.975, 0.992]}", "{uniform: [0.975, 0.98, 0.99]}"),
    ("{uniform: [0.975, 0.992]}", "{uniform: [0.9, 0.95], within: [0.9, 1]}"),
    ("{uniform: [0.975, 0.992]}", "{normal: [0.98, 0.01]}"),
    ("{uniform: [0.975, 0.992]}", "often"),
    ("{uniform: [0.975, 0.992]}", "0"),
    ("{uniform: [0.4, 0.65]}", "{quantiles: [[0, 0.4], [2, 0.6]]}"),
    ("{uniform: [0.4, 0.65]}", "1.2"),
    ("unit: chance\n", "unit: per cent\n"),
    ("  delta:  #", "  gamma:  #"),
    ("kind: assumption\n", "kind: rumour\n"),
    ("kind: assumption\n", "kind: claim\n"),
    ("kind: assumption\n", "kind: assumption\n      by: Ann\n"),
    ("kind: judgement\n", "kind: judgement\n          date: May\n"),
    ("          delay: 3\n", "          delay: 1.5\n"),
    ("          delay: 3\n", "          delays: 3\n"),
    ("          delay: 3\n", "          share: 2\n"),
    ("help: {Norrland: 0.5}", "help: 0.5"),
    ("    title: A pact\n", ""),
    ("        title: A treaty\n", "        title: A treaty\n        expires_years: 0\n"),
    ("title: A treaty\n", "title: A treaty\n        requires: [{levels: [none]}]\n"),
    ("    levels: [treaty]", "    levels: []"),
    ("    levels: [treaty]", "    levels: [treaty]\n    active: false"),
    ("    levels: [treaty]", "    levels: [treaty]\n    why: it is on"),
    ("  alpha_least: 0.5", "  alpha_least: 5"),
    ("  alpha_least: 0.5", "  alpha_most: 0.5"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now"), BROKEN, ids=[f"{now.strip()[:40]}" for _, now in BROKEN])
def test_what_is_broken_does_not_fit_and_does_not_load(
    small_case: Case, was: str, now: str
) -> None:
    """Both, so that an editor never marks what foedus would take."""
    text = to_yaml(small_case)
    assert was in text
    broken = text.replace(was, now, 1)
    assert not VALIDATOR.is_valid(loaded(broken))
    with pytest.raises(CaseError, match="line"):
        from_yaml(broken, "ardal.yaml")


def _parts(schema: Any, at: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 -- any JSON
    """Yield every property in a schema, with where it is."""
    if isinstance(schema, dict):
        for name, part in schema.get("properties", {}).items():
            if isinstance(part, dict) and "if" not in at and "then" not in at:
                yield f"{at}.{name}", part
        for key, part in schema.items():
            yield from _parts(part, f"{at}.{key}")
    elif isinstance(schema, list):
        for part in schema:
            yield from _parts(part, at)


def test_every_key_is_explained() -> None:
    parts = dict(_parts(json_schema()))
    named = [at for at in parts if at.endswith((".hold", ".help", ".why", ".survive_least"))]
    assert len(named) == 5, "why is a key of sources and of red lines"
    unexplained = [
        at for at, part in parts.items() if not part.get("description", "").endswith((".", "]"))
    ]
    assert unexplained == []
