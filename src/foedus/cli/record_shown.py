"""A record in a terminal: tables that can be read at 80 columns, and plain data for programs."""

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from foedus.record import Change, DraftDifference, Hit, Moment
from foedus.record.changes import in_force
from foedus.record.values import Correction

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that a terminal takes for commands; each is shown as a blank."""


class Short:
    """Ids cut to as many digits as tell them apart in a record of so many reports.

    Six, and more where more are likely to begin alike; whoever is unlucky is told so, with the ids
    in full.
    """

    def __init__(self, reports: int) -> None:
        mentions = _A_REPORT * reports
        self._digits = next(n for n in range(6, 13) if mentions < 16**n / _ALIKE or n == 12)

    def __call__(self, name: str | None) -> str:
        """Return what is shown of an id; nothing when there is none."""
        if name is None:
            return ""
        return name[: self._digits + (2 if name[1:2] == "-" else 0)]


_A_REPORT = 16
"""Mentions of a report, about."""

_ALIKE = 1000
"""One id of so many may begin like another."""


def plain(value: object) -> Any:  # noqa: ANN401 - plain data is of many types
    """Return values of the record as dicts, lists, texts and numbers; days as YYYY-MM-DD."""
    if dataclasses.is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def as_json_text(value: object) -> str:
    """Return values of the record as a JSON text."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2)


def counted(number: int, what: str) -> str:
    """Return how many there are: 1 report, 1,204 reports."""
    return f"{number:,} {what if number == 1 else f'{what}s'}"


def put(table: Table, *, empty: str) -> None:
    """Print a table; when it has no rows, what to do about it."""
    if table.row_count:
        Console().print(table)
    else:
        typer.echo(empty)


def listed(*columns: str) -> Table:
    """Return an empty table; its last column takes what room is left."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns[:-1]:
        table.add_column(column, no_wrap=column in {"id", "day"}, overflow="fold")
    table.add_column(columns[-1], overflow="fold", ratio=1)
    return table


def days(span: tuple[dt.date, dt.date] | None) -> str:
    """Return days as text: one, first and last, or a dash when they are not known."""
    if span is None:
        return "-"
    return str(span[0]) if span[0] == span[1] else f"{span[0]}/{span[1]:%m-%d}"


def words(text: str, style: str = "") -> Text:
    """Return text as it is: brackets in a report are no markup, and nothing in it commands."""
    return Text(_CONTROL.sub(" ", text), style=style)


def moments(told: Sequence[Moment], short: Short, most: int) -> None:
    """Print a timeline, the newest that fit when there are more than ``most``."""
    table = listed("day", "id", "what")
    for moment in told[-most:]:
        what = words(moment.says)
        if moment.disputed:
            what.append("  disputed", "bold red")
        table.add_row(days(moment.date), short(moment.id), what)
    put(table, empty="Nothing with a day fits. Widen the question, or leave out --as-of.")
    if len(told) > most:
        earlier = "Earlier ones are not shown: ask with --until, or for more with --limit."
        typer.echo(earlier)


def hits(found: Sequence[Hit], short: Short) -> None:
    """Print search results with the words marked."""
    table = listed("day", "id", "where")
    for hit in found:
        snippet = words(" ".join(hit.snippet.split("\n")))
        for start, end in hit.marks:
            snippet.stylize("bold", start, end)
        where = words(hit.title or hit.source, "italic")
        where.append("\n")
        where.append_text(snippet)
        table.add_row(str(hit.published or "-"), short(hit.report), where)
    put(table, empty="No report holds all these words. Try fewer, or a beginning such as ceasef*.")


def drafts(found: Sequence[DraftDifference]) -> None:
    """Print how two drafts of a plan differ."""
    table = listed("provision", "before", "after")
    for one in found:
        by = f" by {one.by}" if one.by else ""
        sides = [", ".join(side) if side else "-" for side in (one.before, one.after)]
        table.add_row(words(f"{one.provision}{by}"), *sides)
    put(table, empty="The two tell the same provisions.")


def say_change(change: Change) -> None:
    """Say what was written down, and how to take it back."""
    typer.echo(
        f"#{change.number} {_done(change)}, by {change.by}. To take it back: undo {change.number}"
    )


def corrections(made: Iterable[Correction]) -> list[str]:
    """Return what people changed, one line each."""
    return [
        f"#{c.number} {_corrected(c)}, by {c.by}, {c.at:%Y-%m-%d}{f': {c.why}' if c.why else ''}"
        for c in made
    ]


def changes_told(made: Sequence[Change], orphans: Sequence[Correction]) -> None:
    """Print the journal."""
    holding = {change.number for change in in_force(made)}
    table = listed("no.", "day", "by", "what")
    for change in made:
        what = words(_done(change))
        if change.why:
            what.append(f": {change.why}")
        if change.undoes is None and change.number not in holding:
            what.append("  (taken back)", "dim")
        table.add_row(str(change.number), f"{change.at:%Y-%m-%d}", words(change.by), what)
    put(table, empty="Nobody has changed anything yet. See `foedus record correct --help`.")
    for orphan in dict.fromkeys(orphans):
        change = next(c for c in made if c.number == orphan.number)
        quote = next((t.quote for t in change.targets if t.quote), "a report that is not here")
        typer.echo(f"#{orphan.number} no longer finds what it is about: “{quote}”")


def _corrected(correction: Correction) -> str:
    if correction.field is not None:
        was = f" (read as {correction.was})" if correction.was is not None else ""
        return f"{correction.field} = {correction.now}{was}"
    return {
        "accept": "found right",
        "reject": "rejected",
        "merge": "joined",
        "split": "parted",
    }.get(correction.kind, correction.kind)


def _done(change: Change) -> str:
    names = [t.name for t in change.targets if t.name]
    about = ", ".join(names) if names else _counted(change)
    match change.kind:
        case "correct":
            return f"corrected {change.field} to {change.value} in {about}"
        case "undo":
            return f"took back #{change.undoes}"
        case kind:
            done = {"accept": "accepted", "reject": "rejected", "merge": "merged", "split": "split"}
            return f"{done[kind]} {about}"


def _counted(change: Change) -> str:
    families: dict[str, int] = {}
    for target in change.targets:
        if target.side == 0:
            what = target.family if target.family == "report" else f"mention of a {target.family}"
            what = what.replace("a event", "an event").replace("a unknown", "an unknown")
            families[what] = families.get(what, 0) + 1
    return ", ".join(
        f"1 {what}"
        if n == 1
        else f"{n} {what.replace('mention', 'mentions').replace('report', 'reports')}"
        for what, n in families.items()
    )
