"""Two answers beside each other: the input that turns the choice is the one that is named."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from typer.testing import CliRunner

from foedus import case, flow, show
from foedus.cli.app import app
from foedus.errors import CaseError
from foedus.flow.comparing import Side
from foedus.search import SweepSettings, sweep

if TYPE_CHECKING:
    from foedus.case.values import Case

SETTINGS = SweepSettings(futures=64, keep=16, workers=1)


@pytest.fixture(scope="module")
def ardal(root: Path) -> Case:
    return case.load_case(root / "cases" / "ardal.yaml")


def with_range(chosen: Case, key: str, low: float, high: float) -> Case:
    """The case with one range elsewhere."""
    parameters = tuple(
        replace(p, distribution=replace(p.distribution, low=low, high=high)) if p.key == key else p
        for p in chosen.parameters
    )
    return replace(chosen, parameters=parameters)


def sides(one: Case, other: Case) -> tuple[Side, Side]:
    return (
        Side(name="one", case=one, settings=SETTINGS),
        Side(name="other", case=other, settings=SETTINGS),
    )


def lasting(chosen: Case, levels: tuple[tuple[str, str], ...]) -> float:
    """The chance of a lasting agreement under a deal, by a sweep of its own."""
    wanted = dict(levels)
    deal = tuple(
        [level.name for level in p.levels].index(wanted.get(p.id, p.levels[0].name))
        for p in chosen.provisions
    )
    swept = sweep(chosen, replace(SETTINGS, deals=(deal,)))
    at = swept.deals.index(deal)
    solved = swept.outcomes.converged[at]
    return float(swept.outcomes.ends[at, :, 0][solved].mean())


def test_a_case_beside_itself_differs_in_nothing(ardal: Case) -> None:
    found = flow.compare(*sides(ardal, ardal))
    assert found.same_choice
    assert (found.causes, found.untried, found.other) == ((), (), ())
    assert found.choices[0] == found.choices[1] == found.beside[0]


def test_the_input_that_turns_the_choice_is_named_and_no_other(ardal: Case) -> None:
    weak = with_range(ardal, "hold", 0.05, 0.15)
    both = with_range(weak, "delta", 0.975, 0.99201)
    found = flow.compare(*sides(ardal, both))
    assert not found.same_choice
    turning, other = found.causes
    assert turning.flips
    assert "hold" in turning.says[0]
    assert not other.flips
    assert "delta" in other.says[0]
    # What is said of it is so: solved anew with only it changed, the choice is the one named.
    assert turning.choice is not None
    assert found.choices[0] is not None
    with_it = lasting(weak, turning.choice.levels)
    assert turning.choice.figures[-1] == pytest.approx(with_it, abs=1e-12)
    assert with_it > lasting(weak, found.choices[0].levels)
    was = lasting(ardal, found.choices[0].levels)
    moved = lasting(weak, found.choices[0].levels) - was
    assert turning.moved[-1] == pytest.approx(moved, abs=1e-12)


def test_a_provision_that_goes_is_tried_by_itself(ardal: Case) -> None:
    choice = flow.compare(*sides(ardal, ardal)).choices[0]
    assert choice is not None
    gone = choice.levels[0][0]
    without = replace(
        ardal,
        provisions=tuple(p for p in ardal.provisions if p.id != gone),
        parameters=tuple(p for p in ardal.parameters if p.of != gone),
        red_lines=tuple(line for line in ardal.red_lines if line.provision != gone),
    )
    found = flow.compare(*sides(ardal, without))
    assert not found.same_choice
    assert found.beside[0] is None  # the deal chosen before is not possible any more
    assert any(cause.flips and not cause.moved for cause in found.causes)


def test_who_fights_cannot_be_tried_by_itself(ardal: Case) -> None:
    renamed = replace(ardal, challenger="Quend")
    found = flow.compare(*sides(ardal, renamed))
    assert any("challenger" in says for says in found.untried)


def test_what_is_printed_says_it_and_fits(ardal: Case) -> None:
    found = flow.compare(*sides(ardal, with_range(ardal, "hold", 0.05, 0.15)))
    console = Console(width=80, record=True, file=io.StringIO())
    show.compared(found, console)
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= 80
    assert "because of one input by itself" in text
    assert "hold" in text


def test_an_answer_in_json_is_compared_with_its_own_case(
    root: Path, examples: list[Path], tmp_path: Path
) -> None:
    runner = CliRunner()
    teaching = root / "cases" / "teaching.yaml"
    options = ["--record", str(tmp_path / "war.db"), "--futures", "16", "--json"]
    done = runner.invoke(app, ["brief", str(examples[0]), *options, "--case", str(teaching)])
    assert done.exit_code == 0, done.output
    told = tmp_path / "answer.json"
    told.write_text(done.stdout, "utf-8")
    found = runner.invoke(app, ["compare", str(told), str(teaching), "--futures", "1024", "--json"])
    assert found.exit_code == 0, found.output
    result = json.loads(found.stdout)
    assert (result["causes"], result["untried"], result["other"]) == ([], [], [])
    assert result["choices"][0] == result["choices"][1]


@pytest.mark.parametrize("text", ["", "{}", "[1, 2]", '{"answer": null, "case_yaml": null}'])
def test_json_without_an_answer_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "no.json"
    file.write_text(text, "utf-8")
    with pytest.raises(CaseError, match="holds no answer"):
        flow.side(file, SETTINGS)
    with pytest.raises(CaseError, match="can be read"):
        flow.side(Path(tmp_path / "none.json"), SETTINGS)
