"""An entry in one line of plain words, for lists."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from foedus.record.disputes import thing
from foedus.record.values import (
    ClaimEntry,
    EventEntry,
    PositionEntry,
    ProvisionEntry,
    UnknownEntry,
)

if TYPE_CHECKING:
    from foedus.record.values import Figure

QUOTE_MOST = 160
"""Characters of a quote that are shown in a line."""


@singledispatch
def says(entry: object) -> str:
    """Return what an entry says, in one line.

    Raises
    ------
    TypeError
        When it is no entry.
    """
    raise TypeError(f"{type(entry).__name__} is no entry")


@says.register
def _(entry: EventEntry) -> str:
    what = " ".join(filter(None, (entry.type, entry.mode)))
    who = ", ".join(entry.actors) or "somebody"
    whom = f" > {', '.join(entry.recipients)}" if entry.recipients else ""
    place = entry.place or entry.country
    where = f" at {place}" if place else ""
    status = "" if entry.status == "happened" else f" [{entry.status}]"
    numbers = "; ".join(map(figure_in_words, entry.figures))
    return f"{what}: {who}{whom}{where}{status}{f' ({numbers})' if numbers else ''}"


@says.register
def _(entry: ClaimEntry) -> str:
    return f"{entry.speaker} {entry.cue}: {quote(entry.evidence.quote)}"


@says.register
def _(entry: PositionEntry) -> str:
    return f"{entry.actor} {entry.stance} {entry.issue}"


@says.register
def _(entry: ProvisionEntry) -> str:
    by = f" by {entry.by}" if entry.by else ""
    return f"{entry.provision}{by}: {entry.status}"


@says.register
def _(entry: UnknownEntry) -> str:
    return f"not known: {entry.about}"


def figure_in_words(figure: Figure) -> str:
    """Return a number as it is summed up: ``390 to 410, best 400, drones launched, disputed``."""
    low, best, high = map(number, (figure.low, figure.best, figure.high))
    what = thing(figure.item, figure.role, figure.best)
    if figure.low == figure.high:
        return f"{best} {what}"
    disputed = ", disputed" if figure.disputed else ""
    return f"{best} {what}, told from {low} to {high}{disputed}"


def number(value: float) -> str:
    """Return a number with its thousands parted."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def quote(words: str) -> str:
    """Return a quote on one line, cut where it is long."""
    line = " ".join(words.split())
    return f"“{line}”" if len(line) <= QUOTE_MOST else f"“{line[: QUOTE_MOST - 1]}…”"
