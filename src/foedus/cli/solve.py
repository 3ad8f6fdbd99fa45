"""``foedus solve``: the game itself, for those who bring their own deals and futures."""

import json
from pathlib import Path
from typing import Annotated

import typer

from foedus import flow


def solve(
    raw: Annotated[
        Path,
        typer.Option(
            help="JSON file of cases, each with a deal and a future, laid out as documented."
        ),
    ],
) -> None:
    """Solve deals in futures given as numbers, and print the same file with each outcome.

    Example:

      foedus solve --raw cases.json > solved.json
    """
    typer.echo(json.dumps(flow.solve_raw(raw), indent=1))
