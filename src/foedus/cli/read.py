"""``foedus read``: what each report says, as data."""

import datetime as dt
import json
from typing import Annotated

import typer

from foedus import flow, reading
from foedus.cli.output import complain, progress_shown


def read(
    reports: Annotated[
        list[str], typer.Argument(help="Files (HTML, text, RSS) or addresses of reports.")
    ],
    published: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day the reports were published."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too.")
    ] = False,
) -> None:
    """Print what each report says: one JSON object a line, each mention with its span of text.

    Examples
    --------
      foedus read report.html

      foedus read *.txt --published 2031-03-14 > mentions.jsonl
    """
    settings = flow.BriefSettings(
        published=published.date() if published else None, allow_private=allow_private
    )
    with progress_shown() as progress:
        found, failures = flow.load(reports, settings, progress=progress)
        for mentions in flow.read(found, progress=progress):
            typer.echo(json.dumps(reading.as_json(mentions), ensure_ascii=False))
    complain(failures)
    if failures:
        raise typer.Exit(1)
