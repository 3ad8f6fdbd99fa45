"""What entries of a record say, in the words that a drafted case gives as its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.record.sayings import quote
from foedus.record.values import PositionEntry

if TYPE_CHECKING:
    import datetime as dt

    from foedus.case.fighting import War
    from foedus.record.values import Evidence, ProvisionEntry


def position_in_words(entry: PositionEntry, war: War) -> str:
    """Return who takes which stance, on what day, in which words, and the entry."""
    what = f"{entry.actor} {entry.stance} {entry.issue}"
    return f"{what}{_told(entry.date, latest(entry), war)} ({entry.id})"


def provision_in_words(entry: ProvisionEntry, war: War) -> str:
    """Return how far a part of a deal has come, on what day, in which words, and the entry."""
    return f"{_status(entry)}{_told(entry.date, latest(entry), war)} ({entry.id})"


def provision_in_short(entry: ProvisionEntry) -> str:
    """Return the same without the words."""
    day = f", {entry.date.isoformat()}" if entry.date is not None else ""
    return f"{_status(entry)}{day} ({entry.id})"


def _status(entry: ProvisionEntry) -> str:
    by = f" by {entry.by}" if entry.by is not None else ""
    return f"{entry.provision} {entry.status}{by}"


def latest(entry: PositionEntry | ProvisionEntry) -> Evidence:
    """Return the words that say last where an entry stands."""
    if isinstance(entry, PositionEntry):
        return entry.evidence[-1]
    return next(words for _, status, words in reversed(entry.history) if status == entry.status)


def _told(day: dt.date | None, words: Evidence, war: War) -> str:
    """Return the day, the speaker where a claim holds the words, and the words."""
    when = f", {day.isoformat()}" if day is not None else ""
    speaker = war.speaker(words)
    return f"{when}: {f'{speaker}, ' if speaker else ''}{quote(words.quote)}"
