"""``foedus case draft``: a case proposed by a record, or an edited one brought up to it."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from foedus import flow
from foedus.cli.output import complain, progress_shown, tell, write_whole
from foedus.cli.read import INPUTS
from foedus.cli.record_options import AsOf, day
from foedus.cli.tally import Tally
from foedus.errors import Fault, FoedusError

_SHOWN = 12  # parts listed by name; the rest are counted


_DIFFER = "Who it is, where the record does not tell or you differ."

Reports = Annotated[list[str] | None, typer.Argument(help=f"{INPUTS} None: what the record holds.")]
RecordToo = Annotated[
    str | None,
    typer.Option(
        envvar="FOEDUS_RECORD",
        help="Record to draw from, and to add the reports to. Default: one of its own for these"
        " reports, in your data folder.",
    ),
]
Out = Annotated[Path | None, typer.Option(help="Write it here, not to standard output.")]
Onto = Annotated[
    Path | None,
    typer.Option(help="Case made from an earlier draft: merge, and keep what was edited."),
]
Side = Annotated[str | None, typer.Option(help=_DIFFER)]
Guarantors = Annotated[
    list[str] | None, typer.Option(help="Who could guarantee; once for each, in place of all.")
]
Published = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Day the reports were published."),
]
Private = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too.")
]


def draft(
    reports: Reports = None,
    record: RecordToo = None,
    as_of: AsOf = None,
    out: Out = None,
    onto: Onto = None,
    challenger: Side = None,
    protected: Side = None,
    guarantor: Guarantors = None,
    published: Published = None,
    allow_private: Private = False,
) -> None:
    """Propose a case from a record: parts, provisions, red lines and ranges, each with its source.

    A file that is there is not written over, unless it is the one that the draft is merged into.
    What was merged, and each conflict with both values, is told on standard error.

    Examples
    --------
      foedus case draft --record war.db --out war.yaml

      foedus case draft --record war.db --as-of 2031-05-06

      foedus case draft report.html --challenger Velmark --guarantor Sund --guarantor Norrland

      foedus case draft --record war.db --onto war.yaml --out war.yaml
    """
    if not reports and record is None:
        raise typer.BadParameter("name a report, or a record by --record")
    _refuse_writing_over(out, onto)
    settings = flow.BriefSettings(
        record=record,
        published=day(published),
        as_of=day(as_of),
        allow_private=allow_private,
    )
    parts = flow.Parts(
        challenger=challenger,
        protected=protected,
        guarantors=tuple(guarantor) if guarantor else None,
    )
    with progress_shown() as progress:
        made = flow.draft_case(reports or [], settings, parts, onto=onto, progress=progress)
    if out is None:
        typer.echo(made.text, nl=False)
    else:
        write_whole(out, made.text)
    _tell(made)
    if made.failures:
        raise typer.Exit(1)


def _refuse_writing_over(out: Path | None, onto: Path | None) -> None:
    """Refuse to write over a file that may hold edits, unless it is the one merged into."""
    if out is not None and out.exists() and (onto is None or not out.samefile(onto)):
        fault = Fault(
            at="",
            found="a file that is there",
            must="be a new one, or the one to merge into",
            do=f"Name another, or add --onto {out}.",
        )
        raise FoedusError(str(out), (fault,))


def _tell(made: flow.Drafted) -> None:
    """Tell what was left out, and what was merged."""
    complain(made.failures)
    passed = Tally()
    for error in made.passed_over:
        passed.skip(error)
    tell(*(f"passed over {line}" for line in passed.reasons()))
    if made.merged is not None:
        tell(*_merged(made.merged))


def _merged(merged: flow.Redraft) -> list[str]:
    """Return what a merge did, a line each."""
    lines = [
        f"{len(parts)} {what}: {', '.join(parts[:_SHOWN])}{', …' if len(parts) > _SHOWN else ''}"
        for what, parts in (
            ("parts taken from the new draft", merged.taken),
            ("parts that you took out stay out", merged.removed),
        )
        if parts
    ]
    for conflict in merged.conflicts:
        lines.append(f"conflict at {conflict.part}: yours is kept")
        lines += [f"  yours: {conflict.mine}", f"  draft: {conflict.draft}"]
    return [*lines, *merged.notes] or ["nothing has changed since the last draft"]
