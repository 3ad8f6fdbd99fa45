"""How much there is in a record, in a few lines."""

import datetime as dt

import typer
from rich.console import Console

from foedus import record
from foedus.cli.record_shown import as_json_text, counted, words

JOINED_MOST = 2000
"""Reports up to which an overview says what they are once joined."""


def overview(store: record.Store, as_of: dt.date | None, *, as_json: bool) -> None:
    """Print how much of each there is, and where to go from there."""
    if as_json:
        typer.echo(as_json_text(store.record(as_of)))
        return
    there = store.counts(as_of)
    if not there.reports:
        typer.echo(
            "No report is known here. Begin with: foedus record add REPORT.html --record ..."
        )
        return
    period = f", {there.first} to {there.last}" if there.first else ""
    lines = [
        f"{counted(there.reports, 'report')}{period}, from {counted(there.outlets, 'outlet')}",
        *(_joined(store.record(as_of)) if there.reports <= JOINED_MOST else _as_read(there)),
        "Go on with: timeline, positions, provisions, disputes, actors, search.",
    ]
    for line in lines:
        Console().print(words(line))


def _joined(known: record.Record) -> tuple[str, ...]:
    """Return how much there is once the same events are joined."""
    disputed = sum(bool(e.disputes) for e in known.events)
    joined = sum(len(e.evidence) > 1 for e in known.events)
    found = record.findings(known)
    return (
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
    )


def _as_read(there: record.Counts) -> tuple[str, ...]:
    """Return how much was read in a record too large to join for an overview."""
    return (
        f"{there.tellings:,} times an event is told",
        (
            f"{counted(there.claims, 'claim')}, a position is told {there.positions:,} times,"
            f" a provision {there.provisions:,} times, what is not known {there.unknowns:,} times"
        ),
        counted(there.names, "name"),
    )
