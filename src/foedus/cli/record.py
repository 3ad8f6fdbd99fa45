"""``foedus record``: keep a record of a conflict, ask it, and correct it."""

import datetime as dt
import json
from typing import Annotated

import typer
from rich.console import Console

from foedus import record
from foedus.cli import exchange
from foedus.cli import record_changes as changes
from foedus.cli import record_keeping as keeping
from foedus.cli.record_details import as_data, details
from foedus.cli.record_options import (
    About,
    Actor,
    AsOf,
    EventTypeOption,
    Json,
    Place,
    RecordOption,
    Since,
    Until,
    day,
)
from foedus.cli.record_shown import counted, drafts, hits, listed, moments, plain, put, words
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
        drawn = store.drawn(day(as_of))
    if not ids:
        typer.echo(_json(drawn.record)) if as_json else _overview(drawn)
        return
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
        typer.echo(_json([as_data(drawn, one) for one in found]))
        return
    for one in found:
        details(drawn, index, one)


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
    limit: Annotated[int, typer.Option(min=1, help="Show so many, the newest.")] = 60,
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
        drawn = store.drawn(day(as_of))
    told = record.timeline(record.ask(drawn.record, question))
    if since or until:  # an entry may reach out of the period with some of its days
        first, last = day(since), day(until)
        told = tuple(
            m for m in told if (not last or m.date[0] <= last) and (not first or m.date[1] >= first)
        )
    if as_json:
        typer.echo(_json(told))
    else:
        moments(told, record.Index(drawn).shorten(), limit)


@app.command("positions")
def positions(
    where: RecordOption,
    as_of: AsOf = None,
    actor: Actor = None,
    about: About = None,
    as_json: Json = False,
) -> None:
    """List where each party stood on each issue, as reports told it over time.

    Example:

      foedus record positions --record war.db --actor Velmark --about territory
    """
    with record.open_store(where, make=False) as store:
        drawn = store.drawn(day(as_of))
    steps = record.positions_over_time(
        record.ask(drawn.record, record.Question(actor=actor, about=about))
    )
    if as_json:
        typer.echo(_json(steps))
        return
    short = record.Index(drawn).shorten()
    table = listed("actor", "issue", "day", "id", "stance")
    last: tuple[str, str] | None = None
    for step in steps:
        here = (step.actor, step.issue)
        head = (words(step.actor), step.issue) if here != last else ("", "")
        said = words(step.stance, "bold")
        said.append(f"  {quote(step.evidence.quote)}", "not bold")
        mention = short.get(step.evidence.mention or "", "")
        table.add_row(*head, str(step.date or "-"), mention, said)
        last = here
    put(table, empty="No position fits. Ask of another actor or issue, or add reports.")


@app.command("provisions")
def provisions(
    where: RecordOption,
    as_of: AsOf = None,
    actor: Actor = None,
    about: About = None,
    as_json: Json = False,
) -> None:
    """List the parts of a deal, how far each has come, and how it came there.

    Example:

      foedus record provisions --record war.db --as-of 2031-05-06
    """
    with record.open_store(where, make=False) as store:
        drawn = store.drawn(day(as_of))
    found = record.ask(drawn.record, record.Question(actor=actor, about=about)).provisions
    if as_json:
        typer.echo(_json(found))
        return
    short = record.Index(drawn).shorten()
    table = listed("id", "provision", "status", "history")
    for one in found:
        by = f" by {one.by}" if one.by else ""
        steps = [
            f"{date or 'no day'} {status} {short.get(e.mention or '', '')}"
            for date, status, e in one.history
        ]
        table.add_row(short[one.id], words(f"{one.provision}{by}"), one.status, "\n".join(steps))
    put(table, empty="No provision fits. Ask of another one, or add reports of the talks.")


@app.command("disputes")
def disputes(where: RecordOption, as_of: AsOf = None, as_json: Json = False) -> None:
    """List what does not fit together: contradictions, sums, jumps, numbers beyond history.

    Example:

      foedus record disputes --record war.db
    """
    with record.open_store(where, make=False) as store:
        drawn = store.drawn(day(as_of))
    found = record.findings(drawn.record)
    if as_json:
        typer.echo(_json(found))
        return
    short = record.Index(drawn).shorten()
    sources = {r.id: r.source for r in drawn.record.reports}
    table = listed("kind", "id", "what")
    for one in found:
        what = words(one.says)
        for evidence in one.evidence:
            what.append(f"\n{sources[evidence.report]}: {quote(evidence.quote)}", "dim")
        table.add_row(one.kind, "\n".join(short.get(e, e) for e in one.entries), what)
    put(table, empty="Nothing contradicts anything else in this record.")


@app.command("diff")
def diff(
    before: Annotated[str, typer.Argument(help="A day, or the id or name of a report.")],
    after: Annotated[str, typer.Argument(help="A later day, or another report.")],
    where: RecordOption,
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
        if first is not None and second is not None:
            drawn = store.drawn(second)
            found = record.differences(store.record(first), drawn.record)
            short = record.Index(drawn).shorten()
        else:
            drawn = store.drawn()
            ids = [_report(drawn, said) for said in (before, after)]
            two = record.draft_differences(drawn.record, ids[0], ids[1])
            typer.echo(_json(two)) if as_json else drafts(two)
            return
    if as_json:
        typer.echo(_json(found))
        return
    table = listed("", "id", "what")
    for one in found:
        what = words(one.after or one.before or "")
        if one.kind == "changed":
            what.append(f"\nbefore: {one.before}", "dim")
        table.add_row(one.kind, short.get(one.id, one.id[:8]), what)
    put(table, empty=f"Nothing changed between {before} and {after}.")


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
        found = store.search(" ".join(text), as_of=day(as_of), most=limit)
    if as_json:
        typer.echo(_json(found))
    else:
        hits(found, {hit.report: hit.report[:8] for hit in found})


@app.command("actors")
def actors(where: RecordOption, as_of: AsOf = None, as_json: Json = False) -> None:
    """List who acts, speaks and takes positions, under which names; and the outlets.

    Example:

      foedus record actors --record war.db
    """
    with record.open_store(where, make=False) as store:
        drawn = store.drawn(day(as_of))
    if as_json:
        told = {"actors": plain(drawn.record.actors), "outlets": plain(drawn.record.outlets)}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    short = record.Index(drawn).shorten()
    table = listed("id", "actor", "state", "reports", "also called")
    for one in sorted(drawn.record.actors, key=lambda a: (-a.reports, a.name)):
        names = words(", ".join(one.aliases))
        table.add_row(
            short[one.id], words(one.name), words(one.state or ""), str(one.reports), names
        )
    put(table, empty="Nobody acts or speaks in this record yet. Add reports.")
    if drawn.record.outlets:
        table = listed("id", "outlet", "reports", "one source with")
        for outlet in drawn.record.outlets:
            same = words(", ".join(outlet.one_source_with))
            table.add_row(short[outlet.id], words(outlet.name), str(outlet.reports), same)
        Console().print(table)


def _overview(drawn: record.Drawn) -> None:
    """Print how much of each there is, and where to go from there."""
    known = drawn.record
    if not known.reports:
        typer.echo(
            "No report is known here. Begin with: foedus record add REPORT.html --record ..."
        )
        return
    published = sorted(r.published for r in known.reports if r.published)
    period = f", {published[0]} to {published[-1]}" if published else ""
    found = record.findings(known)
    disputed = sum(bool(e.disputes) for e in known.events)
    joined = sum(len(e.evidence) > 1 for e in known.events)
    lines = (
        (
            f"{counted(len(known.reports), 'report')}{period},"
            f" from {counted(len(known.outlets), 'outlet')}"
        ),
        (
            f"{counted(len(known.events), 'event')}; {joined:,} told by several reports,"
            f" {disputed:,} disputed"
        ),
        (
            f"{counted(len(known.claims), 'claim')}, {counted(len(known.positions), 'position')},"
            f" {counted(len(known.provisions), 'provision')},"
            f" {counted(len(known.unknowns), 'thing')} not known"
        ),
        counted(len(known.actors), "actor"),
        f"{counted(len(found), 'finding')} of what does not fit together",
        "Go on with: timeline, positions, provisions, disputes, actors, search.",
    )
    for line in lines:
        Console().print(words(line))


NO_REPORT = Fault(at="id", found="no report", must="be a day or a report's id or name")


def _json(value: object) -> str:
    return json.dumps(plain(value), ensure_ascii=False, indent=2)


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
