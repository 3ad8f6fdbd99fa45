"""``foedus record add|check|backup|restore``: what goes in, and what keeps it safe."""

import datetime as dt
import json
from pathlib import Path
from typing import Annotated

import typer

from foedus import flow, record
from foedus.cli.output import complain, progress_shown, tell
from foedus.cli.read import INPUTS
from foedus.cli.record_options import Json, RecordOption, day
from foedus.cli.record_shown import counted, plain
from foedus.errors import RecordError


def add(
    inputs: Annotated[list[str], typer.Argument(help=INPUTS)],
    where: RecordOption,
    published: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day the reports were published."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes to read with. Default: one a processor."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too.")
    ] = False,
) -> None:
    """Read reports into a record. What it has read before is not read again.

    Examples
    --------
      foedus record add monday.html --record war.db

      foedus record add saved-pages/ feed.xml --record war.db --published 2031-03-14
    """
    settings = flow.BriefSettings(
        record=where, published=day(published), allow_private=allow_private, workers=workers
    )
    with progress_shown() as progress:
        kept = flow.keep(inputs, where, settings, progress=progress)
    complain(skipped.error for skipped in kept.skipped)
    tell(f"{counted(kept.new, 'report')} added, {kept.known:,} known")
    if any(skipped.failed for skipped in kept.skipped):
        raise typer.Exit(1)


def check(where: RecordOption, as_json: Json = False) -> None:
    """Check that a record is sound: nothing damaged, every change finds what it is about.

    Example:

      foedus record check --record war.db
    """
    with record.open_store(where, make=False) as store:
        faults = store.check()
        reports, orphans = (store.size(), store.orphans()) if not faults else (0, ())
    if as_json:
        told = {"faults": plain(faults), "orphans": plain(orphans)}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not faults:
        typer.echo(f"sound: {counted(reports, 'report')}")
        if orphans:
            typer.echo(f"{len(orphans)} changes no longer find what they are about; see `changes`.")
    if faults:
        raise RecordError(store.name, faults)


def backup(
    to: Annotated[Path, typer.Argument(help="File to write; .jsonl: rows as JSON Lines.")],
    where: RecordOption,
) -> None:
    """Write a copy of a record as it is at this moment, while others may use it.

    Examples
    --------
      foedus record backup copy.db --record war.db

      foedus record backup copy.jsonl --record postgresql+psycopg://host/war
    """
    with record.open_store(where, make=False) as store:
        store.backup(to)
    typer.echo(f"{to} is a copy of {store.name}")


def restore(
    source: Annotated[Path, typer.Argument(help="A copy in JSON Lines that `backup` wrote.")],
    where: RecordOption,
) -> None:
    """Read a copy in JSON Lines into a record that does not exist yet.

    A copy of a file is a record itself: give its name to --record.

    Example:

      foedus record restore copy.jsonl --record war.db
    """
    with record.open_store(where) as store:
        rows = store.restore(source)
    typer.echo(f"{rows:,} rows restored")
