"""Entries of a record in plain words, the same for every party."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from foedus.record.disputes import number_told, thing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from foedus.reading.values import Days
    from foedus.record.values import Correction, EventEntry, QuantityEntry, Record

LONGEST_QUOTE = 300
"""Characters of the longest quotation; the whole of it is in the report, under its hash."""

_DIRECTIONS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Characters that turn the direction of what follows, also where the text has ended."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_STATUS = {
    "happened": "",
    "claimed": "as one side claims",
    "denied": "denied",
    "planned": "planned",
    "called-off": "called off",
}
_KINDS = {
    "accept": "accepted",
    "correct": "corrected",
    "reject": "rejected",
    "merge": "joined",
    "split": "parted",
    "undo": "undone",
}


def many(number: int, thing: str) -> str:
    """Return a number of things: "1 report", "2 reports"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def spaced(word: str) -> str:
    """Return a word of a vocabulary as it is said: "red line", "ceasefire"."""
    return word.replace("-", " ")


def day(value: dt.date) -> str:
    """Return a day as it is said: 2 May 2031."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def days(value: Days | None) -> str:
    """Return a day or a span of days as it is said."""
    if value is None:
        return "Day not known"
    first, last = value
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def period(record: Record) -> str | None:
    """Return from when to when the events of a record are told; None when none has a day."""
    dated = [event.date for event in record.events if event.date is not None]
    if not dated:
        return None
    return days((min(first for first, _ in dated), max(last for _, last in dated)))


def event_told(event: EventEntry) -> str:
    """Return what an event is told to be: type, mode, status, parties, place, whose word it is."""
    mode = f" ({event.mode})" if event.mode else ""
    parties = " → ".join(
        part for part in (", ".join(event.actors), ", ".join(event.recipients)) if part
    )
    place = ", ".join(part for part in (event.place, event.country) if part)
    by = f"according to {event.according_to}" if event.according_to else ""
    at = f"at {place}" if place else ""
    told = (f"{event.type.lower()}{mode}", _STATUS[event.status], parties, at, by)
    return "; ".join(part for part in told if part)


def counted(quantity: QuantityEntry) -> str:
    """Return a number with its bound, its thing, and whose number it is."""
    number = number_told(quantity.value, quantity.bound)
    by = f" (according to {quantity.according_to})" if quantity.according_to else ""
    return f"{number} {thing(quantity.item, quantity.role, quantity.value)}{by}"


def shortened(words: str) -> str:
    """Return words in one line, cut at a space where they are many."""
    line = " ".join(words.split())
    if len(line) <= LONGEST_QUOTE:
        return line
    return f"{line[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"


def changed(record: Record) -> tuple[str, ...]:
    """Return what people have changed, each change once, in the order in which they made it."""
    made = sorted(set(_corrections(record)), key=lambda c: (c.number, c.mention or ""))
    return tuple(dict.fromkeys(_change(each) for each in made))


def _corrections(record: Record) -> Iterator[Correction]:
    families = (
        record.reports,
        record.events,
        record.claims,
        record.positions,
        record.provisions,
        record.unknowns,
        record.actors,
        record.outlets,
    )
    for family in families:
        for entry in family:
            yield from entry.corrections
    yield from record.orphans


def _change(made: Correction) -> str:
    what = _KINDS[made.kind]
    if made.field is not None:
        what += f" {made.field} from {made.was or 'nothing'} to {made.now or 'nothing'}"
    why = f": {made.why}" if made.why else ""
    return f"{made.number}. {day(made.at.date())}, {made.by}: {what}{why}"


def printable(text: str) -> str:
    """Return text in one line without what cannot be printed or would turn the line's direction."""
    return " ".join("".join(c for c in text if c.isspace() or not _unprintable(c)).split())


def _unprintable(character: str) -> bool:
    return character in _DIRECTIONS or unicodedata.category(character) in {"Cc", "Cs", "Cn"}
