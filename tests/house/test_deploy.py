"""The recipe for a container is sound: by its own linter, and by what the project is."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest


def test_the_dockerfile_passes_its_linter(root: Path) -> None:
    beside = Path(sys.executable).parent / "hadolint"
    hadolint = str(beside) if beside.exists() else shutil.which("hadolint")
    if hadolint is None:
        pytest.skip("hadolint is not installed here: its package has no wheel for this system")
    done = subprocess.run(
        [hadolint, str(root / "Dockerfile")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_it_copies_only_what_is_there_and_runs_a_command_that_is(root: Path) -> None:
    lines = (root / "Dockerfile").read_text("utf-8").splitlines()
    copied = [
        name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]
        if not name.startswith(("--", "/"))
    ]  # fmt: skip
    assert copied
    assert [name for name in copied if not (root / name).exists()] == []
    allowed = {
        line.removeprefix("!")
        for line in (root / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    assert set(copied) == allowed
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert "postgres" in project["optional-dependencies"]
    assert any(line.startswith("USER ") for line in lines)
