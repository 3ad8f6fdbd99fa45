"""`foedus record import` and `export` as somebody types them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from foedus.cli.app import app
from foedus.errors import FoedusError

SAMPLES = Path(__file__).parent / "samples"
FILES = [str(SAMPLES / n) for n in ("ucdp-ged.csv", "acled.csv", "gdelt.export.CSV", "polecat.txt")]


@pytest.fixture
def war(tmp_path: Path) -> str:
    where = str(tmp_path / "war.db")
    done = CliRunner().invoke(app, ["record", "import", *FILES, "--record", where])
    assert done.exit_code == 0, done.output
    return where


def _foedus(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "foedus", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_importing_says_which_layout_it_found_and_what_it_did_not_take(tmp_path: Path) -> None:
    done = _foedus("record", "import", *FILES, "--record", str(tmp_path / "war.db"))
    assert done.returncode == 0
    told = [line for line in done.stderr.splitlines() if "taking in" not in line]
    assert [line.partition(f"{SAMPLES}/")[2] for line in told] == [
        "ucdp-ged.csv: ucdp-ged, by its first line; 3 added, 0 known",
        "acled.csv: acled, by its first line; 3 added, 0 known",
        (
            "acled.csv: 1 left out, of kinds that a record has no type for:"
            " Change to group/activity (1)"
        ),
        "gdelt.export.CSV: gdelt, by its first line; 2 added, 0 known",
        ("gdelt.export.CSV: 1 left out, of kinds that a record has no type for: CAMEO 010 (1)"),
        "polecat.txt: polecat, by its first line; 2 added, 0 known",
    ]


def test_a_file_with_bad_rows_is_told_in_full_and_ends_in_1(tmp_path: Path) -> None:
    bad = tmp_path / "acled.csv"
    text = (SAMPLES / "acled.csv").read_text("utf-8")
    bad.write_text(text.replace("9 May 2031,2031,2", "9 Mai 2031,2031,9"), "utf-8")
    done = _foedus("record", "import", str(bad), "--record", str(tmp_path / "war.db"))
    assert done.returncode == 1
    assert done.stderr.endswith(
        f"foedus: {bad}: 2 faults\n"
        'line 3, event_date is "9 Mai 2031"; it must be a day, such as 2031-05-02 or 2 May 2031.\n'
        "line 3, time_precision is 9; it must lie between 1 and 3.\n"
    )


def test_a_file_that_cannot_be_read_does_not_keep_the_others_out(tmp_path: Path) -> None:
    words = ["import", str(tmp_path / "nowhere.csv"), FILES[1], "--record", str(tmp_path / "w.db")]
    done = _foedus("record", *words)
    assert done.returncode == 1
    assert "nowhere.csv: found No such file or directory" in done.stderr
    assert "acled, by its first line; 3 added" in done.stderr


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("war.jsonl", '{"foedus": "record"'),
        ("war.geojson", '{"type": "FeatureCollection"'),
        ("war.md", "# What 10 reports say"),
        ("war.html", "<!DOCTYPE html>"),
    ],
)
def test_the_ending_of_the_name_gives_the_format(
    war: str, tmp_path: Path, name: str, begins: str
) -> None:
    out = tmp_path / name
    done = CliRunner().invoke(app, ["record", "export", "--record", war, "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert out.read_text("utf-8").startswith(begins)


@pytest.mark.parametrize(
    "words",
    [
        ["show"],
        ["timeline"],
        ["search", "drones"],
        ["check"],
        ["changes"],
        ["backup", "copy.db"],
        ["export", "--out", "war.html"],
    ],
)
def test_asking_makes_no_record_where_there_is_none(tmp_path: Path, words: list[str]) -> None:
    where = tmp_path / "wrr.db"
    done = CliRunner().invoke(app, ["record", *words, "--record", str(where)])
    assert isinstance(done.exception, FoedusError)
    assert "wrr.db: found no record there; it must be one. Begin one with" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_gives_no_format_asks_for_one(war: str, tmp_path: Path) -> None:
    words = ["record", "export", "--record", war, "--out", str(tmp_path / "war")]
    done = CliRunner().invoke(app, words)
    assert isinstance(done.exception, FoedusError)
    assert "or come with --format" in str(done.exception)
    assert CliRunner().invoke(app, [*words, "--format", "csv"]).exit_code == 0
    assert (tmp_path / "war" / "events.csv").is_file()


def test_an_export_as_of_a_day_knows_no_later_one(war: str, tmp_path: Path) -> None:
    out = tmp_path / "war.geojson"
    words = ["record", "export", "--record", war, "--out", str(out), "--as-of", "2031-05-03"]
    assert CliRunner().invoke(app, words).exit_code == 0
    told = json.loads(out.read_text("utf-8"))
    assert told["foedus"]["as_of"] == "2031-05-03"
    assert len(told["features"]) == 3
