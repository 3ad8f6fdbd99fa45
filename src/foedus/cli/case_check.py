"""``foedus case check``: what the ranges of a case imply, beside what has been counted."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from foedus import flow, show
from foedus.cli.output import progress_shown


def check(
    case: Annotated[Path, typer.Argument(help="Case to check, a YAML file.")],
    futures: Annotated[
        int, typer.Option(min=2, help="Futures that each deal is solved in; a power of two.")
    ] = 1024,
    seed: Annotated[int, typer.Option(min=0, help="Of all that is drawn.")] = 1,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all figures and rates as JSON.")
    ] = False,
) -> None:
    """Put what a case's ranges imply beside how often it has happened.

    Solves a truce with nothing in it, each provision alone at its highest level, and the library's
    usual package, and shows how often guarantors would fight, how long peace would last and how
    the war would end without a deal, each beside published rates with their intervals. Says what
    lies outside of them, and which parameters it comes from.

    Examples
    --------
      foedus case check cases/ardal.yaml

      foedus case check mine.yaml --futures 4096 --json
    """
    with progress_shown() as progress:
        found = flow.check_prior(
            case, futures=futures, seed=seed, workers=os.cpu_count() or 1, progress=progress
        )
    if as_json:
        json.dump(show.check_as_json(found), sys.stdout, indent=2, allow_nan=False)
        sys.stdout.write("\n")
    else:
        show.checked(found, Console())
