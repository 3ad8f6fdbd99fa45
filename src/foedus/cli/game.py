"""``foedus game``: what is done with the game itself, beside solving it."""

import json
from pathlib import Path
from typing import Annotated

import typer

from foedus import flow
from foedus.cli.output import write_whole

DEFAULT = flow.PairSettings()
PERIOD = (
    "The period of the crisis. That after the window, in which all is in force, stands for all"
    " later ones."
)

app = typer.Typer(name="game", help="Look at the game itself.", no_args_is_help=True)


@app.command("export")
def export(
    file: Annotated[
        Path,
        typer.Argument(
            help="A case (YAML), its parameters at their medians; or a file for solve (JSON)."
        ),
    ],
    efg: Annotated[
        Path | None,
        typer.Option(help="Write one crisis as an extensive-form game for Gambit, here."),
    ] = None,
    raw: Annotated[
        Path | None, typer.Option(help="Write the deal and the future as solve takes them, here.")
    ] = None,
    level: Annotated[
        list[str] | None,
        typer.Option(
            help="Of a case: PROVISION=LEVEL, once for each provision that is in the deal."
        ),
    ] = None,
    case_id: Annotated[
        str | None, typer.Option("--id", help="Of a JSON file: the id of the one that is meant.")
    ] = None,
    period: Annotated[int, typer.Option(min=1, help=PERIOD)] = DEFAULT.period,
    types: Annotated[
        int, typer.Option(min=1, help="Cells that a guarantor's stakes are put in.")
    ] = DEFAULT.types,
    shocks: Annotated[
        int, typer.Option(min=1, help="Cells that the challenger's cost of acting is put in.")
    ] = DEFAULT.shocks,
) -> None:
    """Write one deal in one future for other tools.

    With --efg, one crisis of its equilibrium becomes a finite game: types on a grid, one exactly at
    each cut-off; what comes before and after as payoffs. Each information set is labelled with what
    its player knows and, after a colon, what the equilibrium has it do, so that Gambit can check
    that nobody gains by acting otherwise.

    Examples
    --------
      foedus game export cases/ardal.yaml --level mutual-defence:sund=treaty --efg crisis.efg

      foedus game export cases/ardal.yaml --level monitoring=continuous --raw pair.json

      foedus game export pairs.json --id 7 --period 3 --types 5 --efg crisis.efg
    """
    if efg is None and raw is None:
        raise typer.BadParameter("say what to write", param_hint="--efg or --raw")
    settings = flow.PairSettings(
        id=case_id,
        levels=dict(map(_level, level or [])),
        period=period,
        types=types,
        shocks=shocks,
    )
    if efg is not None:
        write_whole(efg, flow.export_efg(file, settings))
    if raw is not None:
        write_whole(raw, json.dumps(flow.export_pair(file, settings), indent=1) + "\n")


def _level(given: str) -> tuple[str, str]:
    """Return a provision and its level.

    Raises
    ------
    typer.BadParameter
        When there is no ``=`` between them.
    """
    provision, equals, level = given.partition("=")
    if not equals:
        raise typer.BadParameter(f"{given} is not PROVISION=LEVEL", param_hint="--level")
    return provision, level
