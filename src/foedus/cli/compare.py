"""``foedus compare``: two answers beside each other."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from foedus import flow, show
from foedus.cli.output import progress_shown
from foedus.search import SweepSettings
from foedus.show.data import plain

DEFAULT = SweepSettings()


def compare(
    before: Annotated[Path, typer.Argument(help="A case, or an answer in JSON.")],
    after: Annotated[Path, typer.Argument(help="Another.")],
    futures: Annotated[
        int, typer.Option(min=2, help="Futures to solve a case in; an answer says its own.")
    ] = DEFAULT.futures,
    seed: Annotated[int, typer.Option(min=0, help="Of the draw of futures.")] = DEFAULT.seed,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Say what changed from one answer to another, and because of which input.

    Each input that differs is changed by itself in the first, and the deals of both are solved
    again: so one sees which input changes the choice.

    Examples
    --------
      foedus compare cases/ardal.yaml mine.yaml

      foedus brief --record war.db --as-of 2031-05-02 --json > may.json

      foedus compare may.json june.json
    """
    settings = SweepSettings(futures=futures, seed=seed)
    sides = [flow.side(file, settings) for file in (before, after)]
    with progress_shown() as progress:
        found = flow.compare(*sides, progress=progress)
    if as_json:
        typer.echo(json.dumps(plain(found), ensure_ascii=False, indent=2))
    else:
        show.compared(found, Console())
