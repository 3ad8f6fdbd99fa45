"""The commands, gathered."""

import sys
from typing import Annotated

import typer

from foedus import __version__
from foedus.cli import (
    brief,
    case,
    case_check,
    case_draft,
    compare,
    explain,
    game,
    read,
    record,
    serve,
    solve,
    sweep,
)
from foedus.cli.output import complain
from foedus.errors import FoedusError

app = typer.Typer(
    name="foedus",
    help="Which security guarantee would hold? From public reporting on a war and its talks"
    " to a traced answer.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin with: foedus brief REPORT.html. Every command has --help with examples.",
)
app.command("brief")(brief.brief)
app.command("read")(read.read)
app.command("compare")(compare.compare)
app.command("explain")(explain.explain)
app.command("serve")(serve.serve)
app.command("solve")(solve.solve)
app.command("sweep")(sweep.sweep)
case.app.command("check")(case_check.check)
case.app.command("draft")(case_draft.draft)
app.add_typer(case.app)
app.add_typer(record.app)
app.add_typer(game.app)


def _print_version(wanted: bool) -> None:
    """Print the version and stop, when asked to."""
    if wanted:
        typer.echo(f"foedus {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main() -> None:
    """Run the command line; a fault that a person can mend is its message and exit status 1."""
    try:
        app()
    except FoedusError as error:
        complain((error,))
    except ExceptionGroup as group:
        mendable, rest = group.split(FoedusError)
        if rest is not None:
            raise
        complain(mendable.exceptions if mendable else ())
    else:
        return
    sys.exit(1)
