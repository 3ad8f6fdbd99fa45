"""``foedus case``: what the game is played with, made, shown, looked over, compared and changed."""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from foedus.case.edit import Judgement
from foedus.case.starting import CHALLENGER, PROTECTED
from foedus.cli.output import write_whole
from foedus.cli.record_options import AsOf, By, day, login
from foedus.errors import Fault, FoedusError
from foedus.flow import cases, load_case
from foedus.show.terminal_case import case_shown, differences_shown, findings_shown

app = typer.Typer(
    name="case",
    help="Make a case, look at it, check it and change it.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)

CaseFile = Annotated[Path, typer.Argument(help="Case, a YAML file.", metavar="FILE")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON in place of text.")]
Out = Annotated[Path | None, typer.Option(help="Write it here, not to standard output.")]


@app.command("new")
def new(
    challenger: Annotated[
        str, typer.Option(help="Holds part of the good and may attack again.")
    ] = CHALLENGER,
    protected: Annotated[str, typer.Option(help="Holds the rest.")] = PROTECTED,
    guarantor: Annotated[
        list[str] | None, typer.Option(help="Could give a guarantee; once for each.")
    ] = None,
    out: Out = None,
) -> None:
    """Write a case to begin with: a few provisions, the library's ranges, and what to do next.

    Made-up states stand in for the parties that are not named. A file that is there is not
    written over.

    Examples
    --------
      foedus case new --out mine.yaml

      foedus case new --challenger Velmark --protected Ardal --guarantor Sund --guarantor Norrland
    """
    if out is not None and out.exists():
        fault = Fault(at="", found="a file that is there", must="be a new one", do="Name another.")
        raise FoedusError(str(out), (fault,))
    _put(cases.new_case(challenger, protected, guarantor or []), out)


@app.command("show")
def show(file: CaseFile) -> None:
    """Show a case at 80 columns: who plays, what a deal is made of, what nobody knows for sure.

    Each level stands with its effects and its source, each parameter with its range, unit and
    source; then come red lines, criteria and notes.

    Examples
    --------
      foedus case show cases/ardal.yaml
    """
    sys.stdout.write(case_shown(load_case(file)))


@app.command("lint")
def lint(
    file: CaseFile,
    where: Annotated[
        str | None,
        typer.Option("--record", help="Hold its sources against this record: a file or address."),
    ] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """List what a careful reader of a case would look at, the weightiest first.

    What rests on assumptions; ranges that contradict their source; parameters without any bearing
    on a deal; levels that no deal can have, or that do what another does; red lines about what is
    off the table anyway. With --record also sources that are disputed, corrected, gone or said
    otherwise since. Findings are no faults: the exit status is 1 only when the case cannot be used.

    Examples
    --------
      foedus case lint cases/ardal.yaml

      foedus case lint mine.yaml --record war.db --as-of 2031-05-02 --json
    """
    linted = cases.lint_case(file, where, day(as_of))
    if not as_json:
        sys.stdout.write(findings_shown(linted.file, linted.found))
        return
    told = [
        {
            "rule": finding.rule,
            "weight": finding.weight,
            "file": linted.file,
            "line": line,
            "path": list(finding.path),
            "what": finding.what,
            "why": finding.why,
            "do": finding.do,
        }
        for line, finding in linted.found
    ]
    typer.echo(json.dumps(told, indent=2, ensure_ascii=False))


@app.command("diff")
def diff(
    before: Annotated[Path, typer.Argument(help="The one case.", metavar="BEFORE")],
    after: Annotated[Path, typer.Argument(help="The other.", metavar="AFTER")],
    as_json: Json = False,
) -> None:
    """Say in plain words what changed from one case to another.

    Ranges, sources, provisions, levels and their effects, ties, what is off the table, red lines
    and criteria; not comments, order of keys or spacing.

    Examples
    --------
      foedus case diff cases/ardal.yaml mine.yaml
    """
    found = cases.compare_cases(before, after)
    if not as_json:
        sys.stdout.write(differences_shown(found))
        return
    told = [
        {
            "part": one.part,
            "path": list(one.path),
            "before": one.before,
            "after": one.after,
            "says": one.says,
        }
        for one in found
    ]
    typer.echo(json.dumps(told, indent=2, ensure_ascii=False))


@app.command("set")
def set_(
    file: CaseFile,
    change: Annotated[
        list[str],
        typer.Argument(help="PATH=VALUE, its keys joined by dots; the value is YAML on one line."),
    ],
    why: Annotated[
        str | None, typer.Option(help="Why, in a sentence: it becomes the source.")
    ] = None,
    by: By = None,
    on: Annotated[
        dt.datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="The day of the judgement."),
    ] = None,
    ref: Annotated[
        list[str] | None,
        typer.Option(help="What it rests on: an entry of the record, a citation; once for each."),
    ] = None,
) -> None:
    """Change one value of a case, or several for one reason, and leave all else to the letter.

    What the value rested on becomes a judgement: whose, of what day, and why. Comments, order and
    spacing stay. Nothing is written when the case would be at fault. A red line is switched off by
    active=false.

    Examples
    --------
      foedus case set mine.yaml parameters.hold.value='{uniform: [0.4, 0.6]}' --why "Counted."

      foedus case set mine.yaml red_lines.1.active=false --why "They moved." --on 2031-05-02

      foedus case set mine.yaml criteria.survive_least=0.9
    """
    changes = [_change(each) for each in change]
    judgement = None
    if why is not None:
        refs = tuple(ref or ())
        judgement = Judgement(why=why, by=by or login(), date=day(on), refs=refs)
    write_whole(file, cases.set_in_case(file, changes, judgement))


def _change(given: str) -> tuple[str, str]:
    """Return a path and a value.

    Raises
    ------
    typer.BadParameter
        When there is no ``=`` between them.
    """
    path, equals, value = given.partition("=")
    if not equals:
        raise typer.BadParameter(f"{given} is not PATH=VALUE", param_hint="CHANGE")
    return path.strip(), value


@app.command("schema")
def schema(out: Out = None) -> None:
    """Print the JSON Schema of case files, by which editors complete, explain and check them.

    A case that foedus writes names case.schema.json beside it in its first line.

    Examples
    --------
      foedus case schema --out case.schema.json
    """
    _put(json.dumps(cases.case_schema(), indent=2, ensure_ascii=False) + "\n", out)


def _put(text: str, out: Path | None) -> None:
    """Write a text where it is to go."""
    if out is None:
        sys.stdout.write(text)
    else:
        write_whole(out, text)
