"""The commands of ``foedus case`` as a person runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from foedus.case import load_case
from foedus.case.schema import json_schema

if TYPE_CHECKING:
    from pathlib import Path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "foedus", "case", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case to begin with."""
    folder = tmp_path_factory.mktemp("case")
    done = run(folder, "new", "--guarantor", "Sund", "--guarantor", "Norrland", "--out", "a.yaml")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder


def test_a_new_case_loads_has_its_parties_and_says_how_to_go_on(begun: Path) -> None:
    text = (begun / "a.yaml").read_text("utf-8")
    case = load_case(begun / "a.yaml")
    assert (case.challenger, case.protected) == ("Velmark", "Ardal")
    assert case.guarantors == ("Sund", "Norrland")
    assert "# How to go on:" in text
    assert text.startswith("# yaml-language-server: $schema=case.schema.json\n")
    done = run(begun, "new", "--out", "a.yaml")
    assert done.returncode == 1
    assert "a file that is there" in done.stderr
    assert (begun / "a.yaml").read_text("utf-8") == text


def test_a_case_is_shown_within_eighty_columns_with_all_its_parts(begun: Path) -> None:
    done = run(begun, "show", "a.yaml")
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    case = load_case(begun / "a.yaml")
    for parameter in case.parameters:
        assert f"{parameter.key}: " in done.stdout
    words = " ".join(done.stdout.split())
    for provision in case.provisions:
        assert f"{provision.title} ({provision.id})" in words
        for level in provision.levels:
            assert f"{level.name}: {level.title}" in words
            assert level.source.why in words


def test_a_value_is_set_and_the_difference_told(begun: Path) -> None:
    text = (begun / "a.yaml").read_text("utf-8")
    (begun / "b.yaml").write_text(text, "utf-8")
    change = "parameters.hold.value={uniform: [0.4, 0.6]}"
    signed = ("--why", "Counted.", "--by", "A. Larsen", "--on", "2031-05-02")
    assert run(begun, "set", "b.yaml", change, *signed).returncode == 0
    told = json.loads(run(begun, "diff", "a.yaml", "b.yaml", "--json").stdout)
    assert [one["part"] for one in told] == ["parameter", "source"]
    assert told[1]["after"] == "judgement by A. Larsen, 2031-05-02, “Counted.”"
    plain = run(begun, "diff", "a.yaml", "b.yaml").stdout
    assert "0.4 to 0.65 -> 0.4 to 0.6: narrower." in " ".join(plain.split())
    assert run(begun, "diff", "a.yaml", "a.yaml").stdout == "The two say the same.\n"


def test_what_cannot_be_set_leaves_the_file_alone(begun: Path) -> None:
    before = (begun / "a.yaml").read_bytes()
    done = run(begun, "set", "a.yaml", "parameters.hold.value=3", "--why", "so", "--by", "me")
    assert done.returncode == 1
    assert "hold.value is 3; it must lie between 0 and 1" in done.stderr
    assert run(begun, "set", "a.yaml", "parameters.hold.value").returncode == 2
    assert (begun / "a.yaml").read_bytes() == before


def test_findings_are_told_with_their_lines_and_are_no_faults(begun: Path) -> None:
    done = run(begun, "lint", "a.yaml", "--json")
    assert done.returncode == 0
    lines = (begun / "a.yaml").read_text("utf-8").splitlines()
    found = json.loads(done.stdout)
    assert found
    for finding in found:
        named = lines[finding["line"] - 1].strip().strip('"')
        assert named.startswith((finding["path"][-1], "- party"))
    weights = [finding["weight"] for finding in found]
    assert weights == sorted(weights, reverse=True)
    plain = run(begun, "lint", "a.yaml").stdout
    assert f"a.yaml: {len(found)} findings" in plain
    assert max(map(len, plain.splitlines())) <= 80


def test_a_case_without_a_source_is_refused_with_every_command(begun: Path) -> None:
    text = (begun / "a.yaml").read_text("utf-8")
    start = text.index("    source:")
    broken = text[:start] + text[text.index("  x0:") :]
    (begun / "bare.yaml").write_text(broken, "utf-8")
    for command in (["lint"], ["show"], ["diff", "a.yaml"]):
        done = run(begun, *command, "bare.yaml")
        assert done.returncode == 1
        assert "parameters.delta.source is missing" in done.stderr


def test_a_record_that_is_not_there_is_a_fault(begun: Path) -> None:
    done = run(begun, "lint", "a.yaml", "--record", "nowhere.db")
    assert done.returncode == 1
    assert "nowhere.db" in done.stderr
    assert not (begun / "nowhere.db").exists()


def test_the_schema_is_printed_or_written(begun: Path) -> None:
    assert json.loads(run(begun, "schema").stdout) == json_schema()
    assert run(begun, "schema", "--out", "case.schema.json").returncode == 0
    assert json.loads((begun / "case.schema.json").read_text("utf-8")) == json_schema()
