"""``foedus read``: what each report says, as data."""

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from foedus import flow, reading
from foedus.cli.findings import in_words
from foedus.cli.output import complain, progress_shown, tell, written_whole
from foedus.cli.tally import Tally
from foedus.reading.values import Mentions
from foedus.report import Skipped

INPUTS = (
    "Reports: files (web pages, plain text, RSS or Atom feeds, JSON Lines, WARC archives; packed"
    " by gzip or not), folders, patterns, addresses, or - for standard input."
)


def read(
    inputs: Annotated[list[str], typer.Argument(help=INPUTS)],
    published: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day the reports were published."),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="Print JSON Lines in a terminal too; elsewhere they always are."
        ),
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write the JSON Lines to a file, all of them or none.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes to read with. Default: one a processor."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too.")
    ] = False,
) -> None:
    """Print what each report says, one JSON object a line, each mention with its span of text.

    In a terminal a few lines for people are printed instead. Progress, and what was skipped and
    why, go to standard error.

    Examples
    --------
      foedus read report.html

      foedus read saved-pages/ feed.xml --published 2031-03-14 > mentions.jsonl

      foedus read "archive/**/*.html" crawl.warc.gz --out mentions.jsonl --workers 4

      curl https://news.example/feed | foedus read - --json

      foedus read reports.jsonl --json | head -1
    """
    settings = flow.BriefSettings(
        published=published.date() if published else None,
        allow_private=allow_private,
        workers=workers,
    )
    tally = Tally()
    failed = False
    with (
        _printed(out, as_json=as_json or not sys.stdout.isatty()) as put,
        progress_shown() as progress,
    ):
        for found in flow.read(inputs, settings, progress=progress):
            if isinstance(found, Skipped):
                tally.skip(found.error)
                failed = failed or found.failed
                if found.failed:
                    complain((found.error,))
            else:
                tally.read += 1
                put(found)
    tell(*tally.lines())
    if failed:
        raise typer.Exit(1)


@contextmanager
def _printed(out: Path | None, *, as_json: bool) -> Iterator[Callable[[Mentions], None]]:
    """Yield a function that puts mentions where they go: a file, or standard output."""
    if out is not None:
        with written_whole(out) as file:
            yield lambda mentions: _put(file.write, mentions)
    elif as_json:
        yield lambda mentions: _put(sys.stdout.write, mentions)
    else:
        yield lambda mentions: typer.echo(in_words(mentions))


def _put(write: Callable[[str], object], mentions: Mentions) -> None:
    """Write mentions as a line of JSON."""
    write(json.dumps(reading.as_json(mentions), ensure_ascii=False) + "\n")
