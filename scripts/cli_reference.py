"""Write docs/look-up/commands.md from the commands themselves; `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer.main
from typer.core import TyperGroup

from foedus.cli.app import app

if TYPE_CHECKING:
    from typer.core import TyperArgument, TyperCommand, TyperOption

PAGE = Path(__file__).resolve().parents[1] / "docs" / "look-up" / "commands.md"
INTRODUCTION = """# Commands

`foedus` takes a command and its options; `python -m foedus` is the same. `foedus --version` prints
the version, `foedus --install-completion` makes your shell complete commands and options.

Results go to standard output, progress and complaints to standard error. The exit status is 0 when
all went well, 1 when an input, a case or a record is at fault, 2 when the command was not
understood.

This page is written by `scripts/cli_reference.py` from the commands themselves.
"""


def reference() -> str:
    """Return the page: each command with its help, arguments and options."""
    return "\n".join([INTRODUCTION, *(_section(n, c) for n, c in commands())])


def commands() -> list[tuple[str, TyperCommand]]:
    """Return every command by its whole name, those of a group after its name, sorted."""
    found: list[tuple[str, TyperCommand]] = []
    groups = [("", typer.main.get_group(app))]
    for before, group in groups:
        for name, command in group.commands.items():
            whole = f"{before} {name}".strip()
            if isinstance(command, TyperGroup):
                groups.append((whole, command))
            else:
                found.append((whole, command))
    return sorted(found)


def _section(name: str, command: TyperCommand) -> str:
    """Return one command's part of the page."""
    told, _, examples = (command.help or "").partition("Example")
    lines = [f"## `foedus {name}`", "", told.strip(), ""]
    samples = [line.strip() for line in examples.splitlines() if "foedus " in line]
    if samples:
        lines += ["```console", *(f"$ {s}" for s in samples), "```", ""]
    lines += ["| argument or option | meaning |", "|---|---|"]
    lines += [_row(p) for p in command.params]
    return "\n".join([*lines, ""])


def _row(parameter: TyperOption | TyperArgument) -> str:
    """Return one parameter as a row of a table."""
    names = (
        (parameter.metavar or parameter.name.upper())
        if parameter.param_type_name == "argument"
        else None
    )
    shown = names or ", ".join(parameter.opts)
    meaning = getattr(parameter, "help", "") or ""
    default = parameter.default
    if isinstance(default, int | str) and not isinstance(default, bool):
        meaning += f" Default: {default}."
    return f"| `{shown}` | {meaning} |"


def main() -> int:
    """Write the page, or with ``--check`` compare it."""
    page = reference()
    if "--check" in sys.argv[1:]:
        same = PAGE.exists() and PAGE.read_text("utf-8") == page
        print("up to date" if same else f"{PAGE} is out of date: run scripts/cli_reference.py")
        return 0 if same else 1
    PAGE.write_text(page, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
