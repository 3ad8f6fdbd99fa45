"""``foedus case``: what the game is played with, shown, checked and changed."""

import json
from pathlib import Path
from typing import Annotated

import typer

from foedus.cli.output import write_whole
from foedus.flow import cases

app = typer.Typer(
    name="case",
    help="Make a case, look at it, check it and change it.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)


@app.command("schema")
def schema(
    out: Annotated[Path | None, typer.Option(help="Write it here, not to standard output.")] = None,
) -> None:
    """Print the JSON Schema of case files, by which editors complete, explain and check them.

    A case that foedus writes names case.schema.json beside it in its first line.

    Examples
    --------
      foedus case schema --out case.schema.json
    """
    text = json.dumps(cases.case_schema(), indent=2, ensure_ascii=False) + "\n"
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_whole(out, text)
