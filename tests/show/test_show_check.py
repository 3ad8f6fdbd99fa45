"""The panel on a terminal: nothing wider than it, every rate explained, what is outside said."""

from __future__ import annotations

import dataclasses
import io
import json
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from foedus import show
from foedus.answer.panel import panel
from foedus.answer.references import references
from foedus.case import base_rates, load_case
from foedus.search import SweepSettings, sweep

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.answer.panel import Panel


@pytest.fixture(scope="module")
def ardal(root: Path) -> Panel:
    case = load_case(root / "cases" / "ardal.yaml")
    deals = tuple(dict.fromkeys(reference.deal for reference in references(case)))
    settings = SweepSettings(futures=64, keep=len(deals), deals=deals, workers=1)
    return panel(sweep(case, settings))


def printed(told: Panel, width: int = 80) -> str:
    out = io.StringIO()
    show.checked(told, Console(file=out, width=width))
    return out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_panel_fits_the_terminal(ardal: Panel, width: int) -> None:
    assert max(map(len, printed(ardal, width).splitlines())) <= width


def test_every_rate_that_is_cited_is_explained(ardal: Panel) -> None:
    words = " ".join(printed(ardal).split())
    for name in {name for one in ardal.rows for name in one.rates}:
        rate = base_rates()[name]
        assert rate.what in words
        assert rate.citation in words
        if rate.k is not None:
            assert f"{rate.k} of {rate.n}" in words


def test_what_lies_outside_is_said_with_what_moves_it(ardal: Panel) -> None:
    words = " ".join(printed(ardal).split())
    outside = [one for one in ardal.rows if one.verdict in ("above", "below")]
    assert f"Outside the published range: {len(outside)} figures" in words
    assert any("war_freeze" in key for one in outside for key, _ in one.drivers)
    assert "war_freeze (" in words
    within = dataclasses.replace(ardal, rows=tuple(one for one in ardal.rows if one not in outside))
    words = " ".join(printed(within).split())
    assert "Every figure that has been counted lies within the published range." in words


def test_the_panel_as_data_has_every_figure_and_rate_and_only_plain_numbers(ardal: Panel) -> None:
    told = json.loads(json.dumps(show.check_as_json(ardal), allow_nan=False))
    assert len(told["rows"]) == len(ardal.rows)
    assert set(told["rates"]) == {name for one in ardal.rows for name in one.rates}
    assert told["rates"]["war-ends-within-2y-after-2y"]["k"] == 5
    assert told["case_hash"] == ardal.case_hash


def test_the_panel_in_the_documentation_is_the_one_that_is_printed(root: Path) -> None:
    case = load_case(root / "cases" / "ardal.yaml")
    deals = tuple(dict.fromkeys(reference.deal for reference in references(case)))
    settings = SweepSettings(futures=1024, keep=len(deals), deals=deals, workers=1)
    lines = {line.rstrip() for line in printed(panel(sweep(case, settings))).splitlines()}
    page = (root / "docs" / "do" / "check-the-ranges.md").read_text(encoding="utf-8")
    shown = [block.strip("\n") for block in page.split("```text")[1:]]
    told = [line for block in shown for line in block.split("```")[0].rstrip("\n").splitlines()]
    assert len(told) > 30
    assert [line for line in told if line.rstrip() not in lines] == []
