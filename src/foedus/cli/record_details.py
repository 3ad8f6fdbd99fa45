"""One thing of a record in a terminal: an entry, a mention, a report, an actor, an outlet."""

from collections.abc import Iterable
from typing import Any

import typer
from rich.console import Console

from foedus.cli.record_shown import Short, corrections, days, listed, plain, words
from foedus.record import Drawn, Found, Index, joins, says
from foedus.record.fields import shown as fields_shown
from foedus.record.lookup import Place
from foedus.record.sayings import number, quote
from foedus.record.values import ActorEntry, EventEntry, OutletEntry, ReportEntry


def details(drawn: Drawn, index: Index, found: Found, short: Short) -> None:
    """Print one thing with all that is known of it, and where each part comes from."""
    if found.report is not None:
        _report(drawn, found.report, short)
    elif found.actor is not None:
        _actor(found.actor)
    elif found.outlet is not None:
        _outlet(found.outlet)
    elif found.id.startswith("m-"):
        _mention(index, found.places[0], short)
    else:
        _entry(drawn, found, short)


def as_data(drawn: Drawn, found: Found) -> dict[str, Any]:
    """Return one thing as plain data: its fields, and for an entry its mentions as read and now."""
    thing = found.report or found.actor or found.outlet
    if thing is not None:
        return dict(plain(thing))
    mentions = [
        {
            "id": place.attested.id,
            "family": place.family,
            "read": dict(fields_shown(place.family, place.attested.read)),
            "now": dict(fields_shown(place.family, place.attested.mention)),
            "rejected": place.attested.rejected,
            "evidence": plain(place.attested.evidence),
            "corrections": plain(place.attested.corrections),
        }
        for place in found.places
    ]
    if found.id.startswith("m-"):
        return mentions[0]
    return {**plain(_entry_of(drawn, found)), "mentions": mentions}


def _entry_of(drawn: Drawn, found: Found) -> Any:  # noqa: ANN401 - an entry of any family
    record = drawn.record
    families = (
        record.events, record.claims, record.positions, record.provisions, record.unknowns,
    )  # fmt: skip
    return next(e for family in families for e in family if e.id == found.id)


def _say(lines: Iterable[str]) -> None:
    console = Console()
    for line in lines:
        console.print(words(line))


def _entry(drawn: Drawn, found: Found, short: Short) -> None:
    entry = _entry_of(drawn, found)
    _say([f"{short(found.id)}  {says(entry)}"])
    if isinstance(entry, EventEntry):
        _event(entry)
    _say(f"  {line}" for line in corrections(entry.corrections))
    table = listed("id", "day", "report", "says")
    for place in found.places:
        report = place.known.report
        table.add_row(
            short(place.attested.id),
            str(report.published or "-"),
            words(report.source),
            words(_read(place)),
        )
    Console().print(table)
    if isinstance(entry, EventEntry):
        _why(drawn, entry, short)


def _event(entry: EventEntry) -> None:
    count = len(entry.evidence)
    told = f"told by {count} reports, {entry.independent} independent" if count > 1 else "told once"
    _say([f"  {days(entry.date)}, {entry.status}, {told}"])
    if entry.figures:
        table = listed("number", "low", "best", "high", "sources", "")
        for f in entry.figures:
            table.add_row(
                f"{f.item} {f.role}",
                *map(number, (f.low, f.best, f.high)),
                str(f.sources),
                words("disputed", "bold red") if f.disputed else "",
            )
        Console().print(table)
    _say(f"  disputed: {d}" for d in entry.disputes)


def _why(drawn: Drawn, entry: EventEntry, short: Short) -> None:
    """Print why the reports are taken to tell one event."""
    found = joins(drawn, entry.id)
    for join in found[:MOST_PAIRS]:
        pair = " and ".join(short(e.mention) for e in (join.one, join.two))
        weights = ", ".join(f"{c.of} {c.weight:+d}" for c in join.comparisons if c.weight)
        hand = "".join(f"; by {c.by} (#{c.number})" for c in join.by_hand)
        told = f"{weights}: {join.total} of {join.threshold} needed" if weights else "not alike"
        _say([f"  {pair} are one event: {told}{hand}"])

    if len(found) > MOST_PAIRS:
        _say([f"  and {len(found) - MOST_PAIRS:,} more pairs of what tells it"])


MOST_PAIRS = 12
"""Pairs of tellings of one event that are shown with what speaks for their being one."""


def _read(place: Place) -> str:
    """Return a mention's words, and what the machine read where a person says otherwise."""
    attested = place.attested
    line = quote(attested.evidence.quote)
    changed = [f"{c.field}: read as {c.was}, now {c.now}" for c in attested.corrections if c.field]
    return "; ".join([line, *changed, *(["REJECTED"] if attested.rejected else [])])


def _mention(index: Index, place: Place, short: Short) -> None:
    attested, report = place.attested, place.known.report
    state = " (rejected)" if attested.rejected else ""
    _say(
        [
            (
                f"{short(attested.id)}  {place.family} in {report.source}"
                f" ({report.published or 'no day'}), read by version {report.reader}{state}"
            ),
            f"  {quote(attested.evidence.quote)}",
        ]
    )
    read = dict(fields_shown(place.family, attested.read))
    now = dict(fields_shown(place.family, attested.mention))
    table = listed("field", "read", "now")
    for field in dict.fromkeys((*read, *now)):
        changed = read.get(field) != now.get(field)
        told = words(now.get(field, "none"), "bold") if changed else ""
        table.add_row(field, words(read.get(field, "none")), told)
    Console().print(table)
    _say(f"  {line}" for line in corrections(attested.corrections))
    _say(f"  in {short(e)}" for e in index.entry_of(attested.id))


def _report(drawn: Drawn, report: ReportEntry, short: Short) -> None:
    told = [
        ("title", report.title),
        ("outlet", report.outlet),
        ("author", report.author),
        ("published", report.published and f"{report.published} ({report.published_from})"),
        ("url", report.url),
        ("read by", f"version {report.reader}"),
        ("also as", ", ".join(report.mirrors)),
    ]
    _say([f"{short(report.id)}  {report.source}", *(f"  {k}: {v}" for k, v in told if v)])
    _say(f"  {line}" for line in corrections(report.corrections))
    table = listed("id", "kind", "says")
    known = next(k for k in drawn.knowledge.known if k.report.id == report.id)
    for family, mentions in known.families():
        for attested in mentions:
            place = Place(family=family, known=known, attested=attested)
            table.add_row(short(attested.id), family, words(_read(place)))
    if table.row_count:
        Console().print(table)
    else:
        typer.echo("  Nothing was read in it.")


def _actor(actor: ActorEntry) -> None:
    _say([f"{actor.id}  {actor.name}", f"  in {actor.reports} reports"])
    _say([f"  state: {actor.state}"] if actor.state else [])
    _say([f"  also called {', '.join(actor.aliases)}"] if actor.aliases else [])
    _say(f"  {r.role}, {r.since or '?'} to {r.until or '?'}: {r.source}" for r in actor.roles)
    _say(f"  {line}" for line in corrections(actor.corrections))


def _outlet(outlet: OutletEntry) -> None:
    _say([f"{outlet.id}  {outlet.name}", f"  {outlet.reports} reports"])
    _say(
        [f"  one source with {', '.join(outlet.one_source_with)}"] if outlet.one_source_with else []
    )
    _say(f"  {line}" for line in corrections(outlet.corrections))
