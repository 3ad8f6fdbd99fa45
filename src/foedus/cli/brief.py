"""``foedus brief``: from reports to an answer."""

import datetime as dt
import json
import math
from pathlib import Path
from typing import Annotated, cast, get_args

import typer
from rich.console import Console

from foedus import case, flow, show
from foedus.answer.compared import Measured, Target
from foedus.cli.output import complain, progress_shown, tell, write_whole
from foedus.cli.read import INPUTS
from foedus.cli.tally import Tally
from foedus.search import SweepSettings

DEFAULT = SweepSettings(futures=1024)


def brief(
    reports: Annotated[
        list[str] | None, typer.Argument(help=f"{INPUTS} None: what the record holds.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write the brief as one self-contained page.")
    ] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the brief as Markdown.")] = None,
    parquet: Annotated[
        Path | None, typer.Option(help="Write the deals as a table, one row a deal.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the brief as JSON in place of text.")
    ] = False,
    record: Annotated[
        str | None,
        typer.Option(
            help="Record to keep and add to; every report in it counts. Default: one of its own for"
            " these reports, in your data folder."
        ),
    ] = None,
    case_file: Annotated[
        Path | None, typer.Option("--case", help="Case to solve in place of the one drawn.")
    ] = None,
    save_case: Annotated[
        Path | None, typer.Option(help="Write the case that was solved, to edit and use again.")
    ] = None,
    published: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day the reports were published."),
    ] = None,
    as_of: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Brief on what was known at the end of this day."),
    ] = None,
    futures: Annotated[
        int, typer.Option(min=2, help="Futures that each deal is solved in; a power of two.")
    ] = DEFAULT.futures,
    seed: Annotated[int, typer.Option(min=0, help="Of the draw of futures.")] = DEFAULT.seed,
    target: Annotated[
        list[str] | None,
        typer.Option(
            help="What a deal is to reach, to be told the cheapest that does: robustness, agree,"
            " survive, lasting or security, then = and a share. Default: robustness=0.5."
        ),
    ] = None,
    deal: Annotated[
        list[str] | None,
        typer.Option(
            help="A deal of the case, to be told what would make all accept it:"
            " PROVISION=LEVEL,PROVISION=LEVEL; those not named are at their first level."
        ),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too.")
    ] = False,
) -> None:
    """Read reports of a war and its talks, and say which guarantee would hold.

    Examples
    --------
      foedus brief report.html

      foedus brief *.html pasted.txt --html brief.html

      foedus brief https://news.example/talks --record war.db --json

      foedus brief --record war.db --as-of 2031-05-06

      foedus brief report.txt --save-case mine.yaml

      foedus brief report.txt --case mine.yaml

      foedus brief --record war.db --target robustness=0.8 --deal monitoring=continuous
    """
    if not reports and record is None:
        raise typer.BadParameter("name a report, or a record by --record")
    settings = flow.BriefSettings(
        record=record,
        case=case_file,
        published=published.date() if published else None,
        as_of=as_of.date() if as_of else None,
        allow_private=allow_private,
        sweep=SweepSettings(futures=futures, seed=seed),
        deals=tuple(_levels(words) for words in deal or ()),
        targets=tuple(_target(words) for words in target or ("robustness=0.5",)),
    )
    with progress_shown() as progress:
        made = flow.brief(reports or [], settings, progress=progress)
    if html is not None:
        write_whole(html, show.html(made))
    if markdown is not None:
        write_whole(markdown, show.markdown(made))
    if parquet is not None and made.answer is not None:
        show.parquet(made.answer, parquet)
    if save_case is not None and made.answer is not None:
        written = case.draft_text if case_file is None else case.to_yaml
        write_whole(save_case, written(made.answer.case))
    if as_json:
        typer.echo(json.dumps(show.as_json(made), ensure_ascii=False, indent=2))
    else:
        show.terminal(made, Console())
    complain(made.failures)
    passed = Tally()
    for error in made.passed_over:
        passed.skip(error)
    tell(*(f"passed over {line}" for line in passed.reasons()))
    if made.no_answer is not None:
        complain((made.no_answer,))
    if made.failures or made.no_answer is not None:
        raise typer.Exit(1)


def _target(words: str) -> Target:
    """Return what is to be reached: "robustness=0.8".

    Raises
    ------
    typer.BadParameter
        When it says no such thing.
    """
    name, _, share = words.partition("=")
    measures = get_args(Measured)
    try:
        least = float(share)
    except ValueError:
        least = math.nan
    if name not in measures or not 0 <= least <= 1:
        must = f"give {', '.join(measures[:-1])} or {measures[-1]}, then = and a share from 0 to 1"
        raise typer.BadParameter(must, param_hint="--target")
    return Target(measure=cast("Measured", name), least=least)


def _levels(words: str) -> dict[str, str]:
    """Return the levels named of a deal, by provision: "monitoring=continuous,own-force-cap=loose".

    Raises
    ------
    typer.BadParameter
        When it names none.
    """
    pairs = [part.strip().partition("=") for part in words.split(",")]
    if not all(name and level for name, _, level in pairs):
        must = "give PROVISION=LEVEL, with commas between several"
        raise typer.BadParameter(must, param_hint="--deal")
    return {name: level for name, _, level in pairs}
