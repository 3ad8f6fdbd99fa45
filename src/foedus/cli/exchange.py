"""``foedus record import`` and ``export``: datasets in; tables, maps and documents out."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from foedus import record
from foedus.cli.output import complain, progress_shown, tell
from foedus.cli.record_options import AsOf, RecordOption, day
from foedus.errors import Fault, RecordError
from foedus.record import exchange

_ENDINGS: dict[str, exchange.ExportFormat] = {
    ".jsonl": "jsonl",
    ".geojson": "geojson",
    ".md": "markdown",
    ".html": "html",
}
"""What the name of a file says about its format."""


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(help="UCDP GED, ACLED, GDELT 2.0 or POLECAT tables, or JSON Lines."),
    ],
    where: RecordOption,
    layout: Annotated[
        exchange.ImportFormat | None,
        typer.Option(
            "--format",
            help="Layout of the files. Default: found by their first line.",
        ),
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option(help="Version of the dataset. Default: by the row, or the file's name."),
    ] = None,
) -> None:
    """Take rows of datasets into a record: each an event, with the row as its source.

    Rows that are at fault are refused, each with its line and what must hold; the others are kept.
    A file that cannot be read at all does not keep the others out.
    The same row again is known already. Files may be packed (.gz, .zip).

    Examples
    --------
      foedus record import GEDEvent_v25_1.csv --record war.db

      foedus record import 20310503121500.export.CSV.zip --format gdelt --record war.db

      foedus record import copy.jsonl --record new.db
    """
    failed = False
    with record.open_store(where) as store:
        for path in files:
            try:
                with progress_shown() as progress:
                    done = exchange.import_file(
                        store,
                        path,
                        format=layout,
                        edition=edition,
                        progress=partial(progress, f"taking in {path}"),
                    )
            except RecordError as error:
                complain([error])
                failed = True
                continue
            tell(*_told(path, done))
            if done.refused:
                complain([RecordError(str(path), done.refused)])
                failed = True
    if failed:
        raise typer.Exit(1)


def _told(path: Path, done: exchange.Imported) -> list[str]:
    """Return what became of the rows of a file."""
    how = "by its first line" if done.guessed else "as said"
    lines = [f"{path}: {done.format}, {how}; {done.added:,} added, {done.known:,} known"]
    if done.changes:
        lines.append(f"{path}: {done.changes:,} changes by people added")
    if done.left_out:
        kinds = ", ".join(f"{what} ({number:,})" for what, number in done.left_out)
        total = sum(number for _, number in done.left_out)
        lines.append(f"{path}: {total:,} left out, of kinds that a record has no type for: {kinds}")
    if done.stopped:
        lines.append(f"{path}: stopped reading after so many faults")
    return lines


def export(
    where: RecordOption,
    out: Annotated[
        Path, typer.Option("--out", help="File to write; for csv and parquet a folder, or a .zip.")
    ],
    form: Annotated[
        exchange.ExportFormat | None,
        typer.Option(
            "--format",
            help="Format. Default: by the ending of the file's name.",
        ),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Write what a record holds as tables, JSON Lines, a map, or a document to cite.

    JSON Lines hold everything, and `import` makes the same record of them. What was there before
    is replaced when all is written, and stays when something goes wrong.

    Examples
    --------
      foedus record export --record war.db --out war.html

      foedus record export --record war.db --format parquet --out tables --as-of 2031-05-06

      foedus record export --record war.db --out events.geojson
    """
    chosen = form or _ENDINGS.get(out.suffix.lower())
    if chosen is None:
        must = f"end in {', '.join(_ENDINGS)}, or come with --format"
        fault = Fault(at="out", found=str(out), must=must)
        raise RecordError("export", (fault,))
    with record.open_store(where, make=False) as store:
        exchange.export_record(store, chosen, out, as_of=day(as_of))
    tell(f"wrote {out} ({chosen})")
