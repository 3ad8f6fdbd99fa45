"""``foedus sweep`` at the terminal: what it prints, what it leaves, how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb
import pytest

from foedus.case import load_case, to_yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

CALL = [sys.executable, "-m", "foedus", "sweep"]


@pytest.fixture
def case(root: Path, tmp_path: Path) -> Path:
    """Give the file of a case with 12 deals."""
    whole = load_case(root / "cases" / "ardal.yaml")
    few = ("mutual-defence:norrland", "military-aid")
    cut = replace(
        whole,
        provisions=tuple(p for p in whole.provisions if p.id in few),
        red_lines=(),
        parameters=tuple(p for p in whole.parameters if p.name != "effect" or p.of in few),
    )
    (tmp_path / "case.yaml").write_text(to_yaml(cut), "utf-8")
    return tmp_path / "case.yaml"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*CALL, *map(str, arguments)],
            cwd=tmp_path,
            env=os.environ | {"COLUMNS": "100"},
            capture_output=True,
            text=True,
            check=False,
        )

    return call


def test_the_best_are_printed_and_every_deal_is_in_the_file(
    run: Run, case: Path, tmp_path: Path
) -> None:
    done = run(case, "--futures", "8", "--seed", "3", "--best", "2", "--out", "deals.parquet")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "the best 2 of 12 deals in 8 futures (seed 3)" in done.stdout
    assert "96 pairs of a deal and a future solved, 0 of them failed;" in done.stdout
    assert "All 12 deals that the case allows were solved." in done.stdout
    assert "Every deal is in deals.parquet" in done.stdout
    assert "foedus: 96 of 96 pairs" in done.stderr
    held = duckdb.read_parquet(f"{tmp_path}/deals.parquet").aggregate("max(robustness), count(*)")
    ((most, count),) = held.fetchall()
    assert count == 12
    first = next(line for line in done.stdout.splitlines() if line.strip().startswith("1 "))
    assert first.split()[1] == f"{100 * most:.0f}%"


def test_a_sample_says_that_the_others_were_not_looked_at(run: Run, case: Path) -> None:
    done = run(case, "--deals", "5", "--futures", "2", "--out", "some.parquet")
    assert "the best 5 of 5 deals" in done.stdout
    assert "The case allows 12 deals; the others were not looked at." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--deals", "most"), 2, "give all, narrow or a number"),
        (("--futures", "6"), 1, "futures is 6; it must be a power of two"),
        (("--deals", "0"), 1, "deals is 0; it must be 1 to 10,000,000"),
        (("--on", "elsewhere"), 1, "must be ray or ray://host:port"),
    ],
)
def test_what_cannot_be_swept_is_said(
    run: Run, case: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    done = run(case, *arguments, "--out", "deals.parquet")
    assert (done.returncode, done.stdout) == (status, "")
    assert said in " ".join(done.stderr.replace("│", " ").split())


def test_a_case_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    done = run("nowhere.yaml", "--out", "deals.parquet")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("foedus: nowhere.yaml: found No such file or directory")
    assert list(tmp_path.iterdir()) == []


STOPPED = """
import sys
from foedus.cli import main
from foedus.search import sharding

sharding.PAIRS = 8
sys.argv = ["foedus", "sweep", *sys.argv[1:]]
solved = 0
whole = sharding.reduce

def slow(*given, **named):
    global solved
    solved += 1
    if solved == 4:  # as a person would: in the middle of the work
        print("now", flush=True)
        sys.stdin.readline()
    return whole(*given, **named)

sharding.reduce = slow
main()
"""


def test_broken_off_at_the_keyboard_it_says_how_to_go_on(
    run: Run, case: Path, tmp_path: Path
) -> None:
    options = [str(case), "--futures", "8", "--out", "deals.parquet"]
    with subprocess.Popen(
        [sys.executable, "-c", STOPPED, *options],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as sweeping:
        assert sweeping.stdout is not None
        assert sweeping.stdout.readline() == "now\n"
        sweeping.send_signal(signal.SIGINT)
        _, complaints = sweeping.communicate()
    assert sweeping.returncode == 130
    assert "the same command with --resume goes on" in complaints
    assert "Traceback" not in complaints
    assert len(list(tmp_path.glob("deals.parquet.unfinished/*.parquet"))) == 3
    unasked = run(*options)
    assert (unasked.returncode, unasked.stdout) == (1, "")
    assert "an unfinished sweep" in unasked.stderr
    # one deal a shard then, all of them now: another plan, and it is said
    other = run(*options, "--resume")
    assert "deals_a_shard is" in other.stderr
    assert "it must be 1 to go on with what is there" in other.stderr
