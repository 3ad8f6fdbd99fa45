"""``foedus read``: what goes where, what is told, and that nothing half-made is left."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

FOREIGN = "Die Unterhändler von Ardal trafen sich am Montag in Lind."


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs ``foedus read`` as a person would, in a folder of its own."""

    def call(*arguments: str | Path, told: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "foedus", "read", *map(str, arguments)],
            cwd=tmp_path,
            input=told,
            capture_output=True,
            text=True,
            check=False,
        )

    return call


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    """Return a folder with a report, a broken page, a picture, and a feed with a foreign item."""
    there = tmp_path / "in"
    there.mkdir()
    talks = (root / "examples" / "talks-at-osthaven.txt").read_bytes()
    (there / "b-talks.txt").write_bytes(talks)
    (there / "a-empty.html").write_bytes(b"")
    (there / "logo.png").write_bytes(b"\x89PNG")
    story = "Velmark fired 40 drones at Ardal on Monday, the Ardali army said in the evening."
    items = f"<item><description>{FOREIGN}</description></item>"
    items += f"<item><description>{story}</description></item>"
    (there / "c-feed.xml").write_text(f'<rss version="2.0"><channel>{items}</channel></rss>')
    return there


def test_a_folder_becomes_json_lines_and_a_summary_by_reason(run: Run, folder: Path) -> None:
    done = run(folder, "--published", "2031-03-16")
    read = [json.loads(line)["report"] for line in done.stdout.splitlines()]
    assert [r["source"] for r in read] == ["b-talks.txt", "c-feed.xml#2"]
    assert {(r["published"], r["published_from"]) for r in read} == {("2031-03-16", "argument")}
    assert done.stderr.splitlines()[-4:] == [
        "foedus: 2 reports read, 3 skipped",
        f"foedus: 1 another kind: {folder / 'logo.png'}",
        "foedus: 1 empty: a-empty.html",
        "foedus: 1 not in English: c-feed.xml#1",
    ]
    assert done.returncode == 1  # for the empty page, which somebody can mend


def test_what_was_only_passed_over_is_no_failure(run: Run, folder: Path) -> None:
    (folder / "a-empty.html").unlink()
    done = run(folder)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert "1 not in English: c-feed.xml#1" in done.stderr


def test_a_file_is_written_whole_or_not_at_all(run: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = run(folder / "b-talks.txt", "--out", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads(out.read_text("utf-8"))["report"]["source"] == "b-talks.txt"
    before = out.read_bytes()
    broken = run(folder / "b-talks.txt", "--out", "no-such-folder/out.jsonl")
    assert (broken.returncode, "no-such-folder/out.jsonl" in broken.stderr) == (1, True)
    assert out.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {"in", "out.jsonl"}


def test_a_run_that_is_broken_off_leaves_the_file_as_it_was(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("as it was\n")
    code = (
        "import foedus.flow as flow, sys\n"
        "def broken(*_a, **_k):\n"
        "    yield from ()\n"
        "    raise KeyboardInterrupt\n"
        "flow.read = broken\n"
        "from foedus.cli.app import main\n"
        f"sys.argv = ['foedus', 'read', {str(folder)!r}, '--out', {str(out)!r}]\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert out.read_text() == "as it was\n"
    assert {p.name for p in tmp_path.iterdir()} == {"in", "out.jsonl"}


def test_standard_input_is_read_in_the_order_of_the_inputs(run: Run, folder: Path) -> None:
    line = json.dumps({"text": "Velmark fired 40 drones at Ardal on Monday, the army said."})
    done = run("-", folder / "b-talks.txt", told=f"{line}\n")
    sources = [json.loads(each)["report"]["source"] for each in done.stdout.splitlines()]
    assert (done.returncode, sources) == (0, ["stdin#1", "b-talks.txt"])


def test_workers_do_not_change_a_letter(run: Run, folder: Path) -> None:
    (folder / "a-empty.html").unlink()
    alone, several = (run(folder, "--workers", number) for number in ("1", "2"))
    assert alone.stdout == several.stdout != ""


def test_in_a_terminal_people_are_told_in_words(folder: Path, tmp_path: Path) -> None:
    """A pseudo-terminal is what a person's standard output is."""
    above, below = pty.openpty()
    command = [sys.executable, "-m", "foedus", "read", str(folder / "b-talks.txt")]
    with subprocess.Popen(
        command, cwd=tmp_path, stdin=below, stdout=below, stderr=subprocess.PIPE, text=True
    ) as process:
        os.close(below)
        shown = b""
        while piece := _piece(above):
            shown += piece
        assert process.wait() == 0
    os.close(above)
    text = shown.decode().replace("\r\n", "\n")
    assert "b-talks.txt" in text
    assert "CONSULT meeting" in text
    assert '{"report"' not in text


def _piece(handle: int) -> bytes:
    """Return the next bytes from a terminal; none when the other side has gone."""
    try:
        return os.read(handle, 65536)
    except OSError:
        return b""
