"""``foedus case draft``: written, merged, refused, and solved."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from foedus.case import load_case
from foedus.search import SweepSettings, sweep

EXAMPLES = sorted(
    str(p) for p in (Path(__file__).parents[2] / "examples").iterdir() if p.suffix != ".md"
)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "foedus", "case", "draft", *arguments],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a record of the examples, a case drafted from it, and its twin."""
    here = tmp_path_factory.mktemp("drafted")
    made = run(here, *EXAMPLES, "--record", "war.db", "--out", "war.yaml")
    assert made.returncode == 0, made.stderr
    return here


def test_a_case_drafted_from_the_examples_is_read_and_solved(folder: Path) -> None:
    case = load_case(folder / "war.yaml")
    assert (case.challenger, case.protected, case.guarantors) == ("Velmark", "Ardal", ("Sundria",))
    swept = sweep(case, SweepSettings(futures=4, seed=1, workers=1, deals=8))
    assert swept.case == case


def test_a_file_that_is_there_is_not_written_over_but_merged_into(folder: Path) -> None:
    before = (folder / "war.yaml").read_text("utf-8")
    refused = run(folder, "--record", "war.db", "--out", "war.yaml")
    assert refused.returncode == 1
    assert "be a new one, or the one to merge into" in refused.stderr
    assert (folder / "war.yaml").read_text("utf-8") == before
    merged = run(folder, "--record", "war.db", "--onto", "war.yaml", "--out", "war.yaml")
    assert merged.returncode == 0, merged.stderr
    assert "nothing has changed since the last draft" in merged.stderr
    assert (folder / "war.yaml").read_text("utf-8") == before


def test_without_an_out_the_case_is_printed_with_the_parts_that_were_chosen(folder: Path) -> None:
    made = run(folder, "--record", "war.db", "--challenger", "Ardal", "--guarantor", "Norrland")
    assert made.returncode == 0, made.stderr
    assert "\nchallenger: Ardal" in made.stdout
    assert "\nguarantors: [Norrland]" in made.stdout


def test_neither_a_report_nor_a_record_is_told(folder: Path) -> None:
    assert "name a report, or a record by --record" in run(folder).stderr
