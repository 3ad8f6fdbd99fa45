"""``foedus explain``: from a figure of an answer back to what it rests on."""

import json
from pathlib import Path
from typing import Annotated

import typer

from foedus import flow


def explain(
    answer: Annotated[Path, typer.Argument(help="JSON of a brief: foedus brief ... --json.")],
    figure: Annotated[
        str | None,
        typer.Argument(help="Name of a figure, such as deal.1.robustness. None: list all names."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print as JSON in place of text.")
    ] = False,
) -> None:
    """Walk a figure of an answer back to quotes, base rates, judgements and assumptions.

    Examples
    --------
      foedus brief report.html --json > brief.json

      foedus explain brief.json deal.1.robustness

      foedus explain brief.json hinge.1.flips_at --json

      foedus explain brief.json
    """
    told = flow.explain(answer, figure)
    if as_json:
        typer.echo(json.dumps(told.data, ensure_ascii=False, indent=2))
        return
    for line in told.lines:
        typer.echo(line)
