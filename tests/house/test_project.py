"""The project keeps its own rules: pins name no host, docs name every command, option and error."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
import typer.main
from typer.core import TyperGroup

import foedus
from foedus.cli.app import app
from foedus.errors import FoedusError
from foedus.reading.values import EVENT_TYPES, ISSUES, PROVISIONS

if TYPE_CHECKING:
    from pathlib import Path

    from typer.core import TyperCommand


def _commands() -> dict[str, TyperCommand]:
    """Return every command by its whole name, those of a group after the group's."""
    found: dict[str, TyperCommand] = {}
    groups: list[tuple[str, TyperGroup]] = [("", typer.main.get_group(app))]
    for before, group in groups:
        for name, command in group.commands.items():
            whole = f"{before} {name}".strip()
            if isinstance(command, TyperGroup):
                groups.append((whole, command))
            else:
                found[whole] = command
    return found


COMMANDS = _commands()


def _documentation(root: Path) -> str:
    return "\n".join(p.read_text("utf-8") for p in sorted((root / "docs").rglob("*.md")))


def test_pins_are_names_and_versions_only(root: Path) -> None:
    pin = re.compile(r"[a-z0-9.\-]+==[0-9][\w.+!]*( ; .+)?")
    lines = (root / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not pin.fullmatch(line)] == []


def test_every_dependency_is_pinned(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[<>=~! \[]", w)[0].replace(".", "-").lower() for w in wanted}
    pins = (root / "constraints.txt").read_text("utf-8").splitlines()
    assert names <= {p.split("==")[0].replace(".", "-") for p in pins}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_documented(root: Path, name: str) -> None:
    text = (root / "docs" / "look-up" / "commands.md").read_text("utf-8")
    assert f"## `foedus {name}`" in text
    section = text.split(f"## `foedus {name}`\n")[1].split("\n## ")[0]
    options = [o for p in COMMANDS[name].params for o in p.opts if o.startswith("--")]
    assert [o for o in options if o not in section] == []
    assert COMMANDS[name].help
    assert "Example" in (COMMANDS[name].help or "")


def test_every_error_is_documented(root: Path) -> None:
    text = _documentation(root)
    assert [c.__name__ for c in FoedusError.__subclasses__() if c.__name__ not in text] == []


def test_the_changelog_knows_this_version_or_what_comes(root: Path) -> None:
    text = (root / "CHANGELOG.md").read_text("utf-8")
    assert "[Unreleased]" in text or f"[{foedus.__version__}]" in text


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no sh here")
def test_setting_up_without_python_says_what_is_missing(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "foedus"
    (copy / "scripts").mkdir(parents=True)
    shutil.copy(root / "scripts" / "environment.sh", copy / "scripts")
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "dirname", "rm"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    done = subprocess.run(
        [str(tools / "sh"), str(copy / "scripts" / "environment.sh"), "runtime"],
        env={**os.environ, "PATH": str(tools), "PYTHON": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no Python 3.11 or newer was found" in done.stderr
    assert "apt install python3" in done.stderr
    assert not (copy / ".venv").exists()


def test_the_page_of_commands_is_what_the_commands_say(root: Path) -> None:
    script = str(root / "scripts" / "cli_reference.py")
    done = subprocess.run(
        [sys.executable, script, "--check"], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "up to date"


def test_the_vocabularies_are_documented_in_full(root: Path) -> None:
    text = (root / "docs" / "look-up" / "mentions.md").read_text("utf-8")
    assert [w for w in (*EVENT_TYPES, *ISSUES, *PROVISIONS) if f"`{w}`" not in text] == []
