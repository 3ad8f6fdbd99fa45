"""``foedus case check`` from the outside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from foedus.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path


def test_the_same_case_gives_the_same_panel_on_any_number_of_futures_asked(root: Path) -> None:
    case = str(root / "cases" / "ardal.yaml")
    runs = [
        CliRunner().invoke(app, ["case", "check", case, "--futures", "16", "--json"])
        for _ in range(2)
    ]
    assert [run.exit_code for run in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout
    assert json.loads(runs[0].stdout)["futures"] == 16


def test_the_panel_is_printed(root: Path) -> None:
    case = str(root / "cases" / "ardal.yaml")
    done = CliRunner().invoke(app, ["case", "check", case, "--futures", "16"])
    assert done.exit_code == 0
    assert "How often the settlement still stands" in done.stdout


def test_a_number_of_futures_that_fills_no_box_is_refused(root: Path) -> None:
    case = str(root / "cases" / "ardal.yaml")
    done = CliRunner().invoke(app, ["case", "check", case, "--futures", "100"])
    assert done.exit_code == 1
    assert "power of two" in str(done.exception)
