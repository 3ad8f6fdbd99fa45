"""The terminal door: what it prints where, and with which exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import foedus

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs foedus as a person would, in a folder of its own."""

    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "foedus", *map(str, arguments)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return call


def test_the_version_is_the_packages_own(run: Run) -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"foedus {foedus.__version__}\n")


@pytest.mark.parametrize("command", ["brief", "read", "solve"])
def test_help_has_an_example_that_begins_with_foedus(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"foedus {command} " in done.stdout.split("Example")[1]


@pytest.mark.parametrize(
    "arguments", [("brief",), ("brief", "a.txt", "--published", "yesterday"), ("fly",), ("solve",)]
)
def test_wrong_usage_is_exit_status_two(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage" in done.stderr


def test_a_shell_is_given_what_completes_commands() -> None:
    """The shell that runs the tests may be one without completion: ask as bash does."""
    asked = {"_FOEDUS_COMPLETE": "complete_bash", "COMP_WORDS": "foedus br", "COMP_CWORD": "1"}
    done = subprocess.run(
        [str(Path(sys.executable).with_name("foedus"))],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["brief"]


def test_no_usable_input_is_every_message_and_exit_status_one_and_nothing_written(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("brief", "missing.txt", "empty.txt", "--html", "brief.html", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    complaints = [line for line in done.stderr.splitlines() if "it must" in line]
    assert ["missing.txt" in complaints[0], "empty.txt" in complaints[1]] == [True, True]
    assert "Traceback" not in done.stderr
    assert {p.name for p in tmp_path.iterdir()} == {"empty.txt"}


def test_a_failed_input_is_named_and_the_others_are_still_used(run: Run, root: Path) -> None:
    done = run("read", "missing.txt", root / "examples" / "talks-at-osthaven.txt")
    assert done.returncode == 1
    assert "missing.txt" in done.stderr
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["report"]["source"] for r in read] == ["talks-at-osthaven.txt"]


def test_a_page_that_cannot_be_written_is_told_by_name(run: Run, root: Path) -> None:
    report = root / "examples" / "talks-at-osthaven.txt"
    done = run("brief", report, "--html", "no-such-folder/brief.html", "--futures", "4")
    assert done.returncode == 1
    assert "no-such-folder/brief.html" in done.stderr
    assert "Traceback" not in done.stderr
