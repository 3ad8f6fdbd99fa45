"""``foedus record``: keep a record of a conflict, ask it, and correct it."""

import datetime as dt
import json
from itertools import groupby
from typing import Annotated

import typer
from rich.console import Console

from foedus import record
from foedus.cli import exchange
from foedus.cli import record_changes as changes
from foedus.cli import record_keeping as keeping
from foedus.cli.output import tell
from foedus.cli.record_details import as_data, details
from foedus.cli.record_options import (
    About,
    Actor,
    AsOf,
    EventTypeOption,
    Json,
    OfEach,
    Place,
    RecordOption,
    Since,
    Until,
    day,
)
from foedus.cli.record_overview import JOINED_MOST, overview
from foedus.cli.record_shown import (
    Short,
    as_json_text,
    drafts,
    hits,
    listed,
    moments,
    plain,
    put,
    words,
)
from foedus.errors import Fault, RecordError
from foedus.ids import ReportId
from foedus.record.sayings import quote

app = typer.Typer(
    name="record",
    help="Keep what reports say of a conflict, ask it as of any day, and correct it.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
for command in ("add", "check", "backup", "restore"):
    app.command(command)(getattr(keeping, command))
app.command("import")(exchange.import_)
app.command("export")(exchange.export)
for command in ("accept", "correct", "reject", "merge", "split", "undo", "changes"):
    app.command(command)(getattr(changes, command))


@app.command("show")
def show(
    where: RecordOption,
    ids: Annotated[list[str] | None, typer.Argument(help="Ids or names; none: the whole.")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Show what a record holds; or one event, mention, report or actor, and why it is so.

    Examples
    --------
      foedus record show --record war.db

      foedus record show e-3fa9c1 --record war.db --as-of 2031-05-02

      foedus record show "Olle Brandt" --record war.db
    """
    with record.open_store(where, make=False) as store:
        short = Short(store.size())
        if not ids:
            overview(store, day(as_of), as_json=as_json)
            return
        drawn = store.around(ids, day(as_of))
    index = record.Index(drawn)
    found: list[record.Found] = []
    faults: list[Fault] = []
    for said in ids:
        try:
            found.append(index.find(said))
        except RecordError as error:
            faults.extend(error.faults)
    if faults:
        raise RecordError(store.name, tuple(faults))
    if as_json:
        typer.echo(as_json_text([as_data(drawn, one) for one in found]))
        return
    for one in found:
        details(drawn, index, one, short)


@app.command("timeline")
def timeline(
    where: RecordOption,
    as_of: AsOf = None,
    actor: Actor = None,
    about: About = None,
    event_type: EventTypeOption = None,
    place: Place = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Show so many, the newest. Default: 60; JSON: all.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List what happened and what was said, in the order of the days.

    Examples
    --------
      foedus record timeline --record war.db --as-of 2031-05-06

      foedus record timeline --record war.db --actor Ardal --type ASSAULT --since 2031-05-01
    """
    question = record.Question(
        actor=actor,
        about=about,
        event_type=event_type,
        place=place,
        since=day(since),
        until=day(until),
    )
    with record.open_store(where, make=False) as store:
        short = Short(store.size())
        if as_json:
            most = EVERY if limit is None else limit
            typer.echo(as_json_text(store.timeline(question, as_of=day(as_of), most=most)))
            return
        most = 60 if limit is None else limit
        told = store.timeline(question, as_of=day(as_of), most=most + 1)
    moments(told, short, most)


@app.command("positions")
def positions(
    where: RecordOption,
    as_of: AsOf = None,
    actor: Actor = None,
    about: About = None,
    limit: OfEach = None,
    as_json: Json = False,
) -> None:
    """List where each party stood on each issue, as reports told it over time.

    Example:

      foedus record positions --record war.db --actor Velmark --about territory
    """
    question = record.Question(actor=actor, about=about)
    with record.open_store(where, make=False) as store:
        short = Short(store.size())
        if as_json:
            most = EVERY if limit is None else limit
            typer.echo(as_json_text(store.positions(question, as_of=day(as_of), most=most)))
            return
        most = OF_EACH if limit is None else limit
        steps = store.positions(question, as_of=day(as_of), most=most + 1)
    table = listed("actor", "issue", "day", "id", "stance")
    cut = False
    for (who, issue), group in groupby(steps, key=lambda step: (step.actor, step.issue)):
        told = list(group)
        cut = cut or len(told) > most
        head = (words(who), issue)
        for step in told[-most:]:
            said = words(step.stance, "bold")
            said.append(f"  {quote(step.evidence.quote)}", "not bold")
            table.add_row(*head, str(step.date or "-"), short(step.evidence.mention), said)
            head = (words(""), "")
    put(table, empty="No position fits. Ask of another actor or issue, or add reports.")
    if cut:
        typer.echo(EARLIER)


@app.command("provisions")
def provisions(
    where: RecordOption,
    as_of: AsOf = None,
    actor: Actor = None,
    about: About = None,
    limit: OfEach = None,
    as_json: Json = False,
) -> None:
    """List the parts of a deal, how far each has come, and how it came there.

    Example:

      foedus record provisions --record war.db --as-of 2031-05-06
    """
    question = record.Question(actor=actor, about=about)
    with record.open_store(where, make=False) as store:
        short = Short(store.size())
        if as_json:
            most = EVERY if limit is None else limit
            typer.echo(as_json_text(store.provisions(question, as_of=day(as_of), most=most)))
            return
        most = OF_EACH if limit is None else limit
        found = store.provisions(question, as_of=day(as_of), most=most + 1)
    table = listed("id", "provision", "status", "history")
    for one in found:
        by = f" by {one.by}" if one.by else ""
        steps = [
            f"{date or 'no day'} {status} {short(e.mention)}"
            for date, status, e in one.history[-most:]
        ]
        table.add_row(short(one.id), words(f"{one.provision}{by}"), one.status, "\n".join(steps))
    put(table, empty="No provision fits. Ask of another one, or add reports of the talks.")
    if any(len(one.history) > most for one in found):
        typer.echo(EARLIER)


@app.command("disputes")
def disputes(
    where: RecordOption,
    as_of: AsOf = None,
    since: Since = None,
    until: Until = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="Look through all of a large record: it takes minutes.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List what does not fit together: contradictions, sums, jumps, numbers beyond history.

    With --since or --until, that of some days: all but jumps and numbers beyond all others, which
    take the whole record to find. Of a large record, that of its last week, unless you say
    otherwise.

    Examples
    --------
      foedus record disputes --record war.db

      foedus record disputes --record war.db --since 2031-05-01 --until 2031-05-07
    """
    with record.open_store(where, make=False) as store:
        short = Short(store.size())
        first, last = day(since), day(until)
        if not (first or last or whole) and store.size() > JOINED_MOST:
            last = store.counts(day(as_of)).last or dt.date.max
            first = last - dt.timedelta(days=6)
            tell(f"of {first} to {last}; for other days --since and --until, for all --whole")
        if first or last:
            days = (first or dt.date.min, last or dt.date.max)
            found = store.findings(*days, as_of=day(as_of))
        else:
            found = record.findings(store.record(day(as_of)))
        sources = store.called({e.report for one in found for e in one.evidence})
    if as_json:
        typer.echo(as_json_text(found))
        return
    table = listed("kind", "id", "what")
    for one in found:
        what = words(one.says)
        for evidence in one.evidence[:MOST_QUOTED]:
            what.append(f"\n{sources[evidence.report]}: {quote(evidence.quote)}", "dim")
        if len(one.evidence) > MOST_QUOTED:
            what.append(f"\nand {len(one.evidence) - MOST_QUOTED:,} more", "dim")
        table.add_row(one.kind, "\n".join(map(short, one.entries)), what)
    put(table, empty="Nothing contradicts anything else in this record.")


@app.command("diff")
def diff(
    before: Annotated[str, typer.Argument(help="A day, or the id or name of a report.")],
    after: Annotated[str, typer.Argument(help="A later day, or another report.")],
    where: RecordOption,
    limit: Annotated[int, typer.Option(min=1, help="Show so many of what changed.")] = 200,
    as_json: Json = False,
) -> None:
    """Say what changed between two days, or between two drafts of a plan (two reports).

    Examples
    --------
      foedus record diff 2031-05-02 2031-05-06 --record war.db

      foedus record diff draft-1.txt draft-2.txt --record war.db
    """
    first, second = _as_day(before), _as_day(after)
    with record.open_store(where, make=False) as store:
        short = Short(store.size())
        if first is None or second is None:
            drawn = store.around([before, after])
            ids = [_report(drawn, said) for said in (before, after)]
            two = record.draft_differences(drawn.record, ids[0], ids[1])
            typer.echo(as_json_text(two)) if as_json else drafts(two)
            return
        found = record.differences(store.record(first), store.record(second))
    if as_json:
        typer.echo(as_json_text(found))
        return
    table = listed("", "id", "what")
    for one in found[:limit]:
        what = words(one.after or one.before or "")
        if one.kind == "changed":
            what.append(f"\nbefore: {one.before}", "dim")
        table.add_row(one.kind, short(one.id), what)
    put(table, empty=f"Nothing changed between {before} and {after}.")
    if len(found) > limit:
        typer.echo(f"{len(found) - limit:,} more are not shown; see --limit.")


@app.command("search")
def search(
    text: Annotated[list[str], typer.Argument(help='Words; "a phrase"; or beginnings: ceasef*.')],
    where: RecordOption,
    as_of: AsOf = None,
    limit: Annotated[int, typer.Option(min=1, help="Show so many, the best.")] = 10,
    as_json: Json = False,
) -> None:
    """Search the full texts of the reports, the most relevant first.

    Examples
    --------
      foedus record search drones Velm --record war.db

      foedus record search '"peace plan" ceasef*' --record war.db
    """
    with record.open_store(where, make=False) as store:
        short = Short(store.size())
        found = store.search(" ".join(text), as_of=day(as_of), most=limit)
    if as_json:
        typer.echo(as_json_text(found))
    else:
        hits(found, short)


@app.command("actors")
def actors(where: RecordOption, as_of: AsOf = None, as_json: Json = False) -> None:
    """List who acts, speaks and takes positions, under which names; and the outlets.

    Example:

      foedus record actors --record war.db
    """
    with record.open_store(where, make=False) as store:
        short = Short(store.size())
        found, outlets = store.actors(day(as_of))
    if as_json:
        told = {"actors": plain(found), "outlets": plain(outlets)}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    table = listed("id", "actor", "state", "reports", "also called")
    for one in sorted(found, key=lambda a: (-a.reports, a.name)):
        names = words(", ".join(one.aliases))
        table.add_row(
            short(one.id), words(one.name), words(one.state or ""), f"{one.reports:,}", names
        )
    put(table, empty="Nobody acts or speaks in this record yet. Add reports.")
    if outlets:
        table = listed("id", "outlet", "reports", "one source with")
        for outlet in outlets:
            same = words(", ".join(outlet.one_source_with))
            table.add_row(short(outlet.id), words(outlet.name), f"{outlet.reports:,}", same)
        Console().print(table)


OF_EACH = 20
"""Steps of each position or provision that are listed, unless more are asked for."""

MOST_QUOTED = 6
"""Quotes that are listed with a finding."""

EVERY = 10**9

EARLIER = "Earlier steps of some are not shown; see --limit."

NO_REPORT = Fault(at="id", found="no report", must="be a day or a report's id or name")


def _as_day(said: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        return None


def _report(drawn: record.Drawn, said: str) -> ReportId:
    """Return the report that an id, the beginning of one, or a source's name means."""
    report = record.Index(drawn).find(said).report
    if report is None:
        raise RecordError(said, (NO_REPORT,))
    return report.id
