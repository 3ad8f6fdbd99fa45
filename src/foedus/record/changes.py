"""What people change in a record: dated entries by named persons, each of which can be undone.

A change never touches what was read. It names what it is about by report, family and span, so that
it finds its mention again when a better reader has read the report anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from foedus.ids import ReportId
    from foedus.record.values import ChangeKind

Family = Literal[
    "report", "event", "claim", "position", "provision", "unknown", "actor", "outlet"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who changes something, when (UTC, whole seconds), and why if they say so."""

    by: str
    at: dt.datetime
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One thing that a change is about.

    Parameters
    ----------
    family
        What it is. A mention has ``report``, ``text_hash``, ``span`` and ``quote``; a report
        ``report`` and ``text_hash``; an actor or an outlet only its ``name``.
    was
        What the machine had read there, field by field, as the person saw it.
    side
        Of a split: 0 for what is taken out, 1 for what it is parted from; else 0.
    twin
        Of several mentions of one family in one span, which: 0 for the first.
    """

    family: Family
    report: ReportId | None = None
    text_hash: str | None = None
    span: tuple[int, int] | None = None
    quote: str | None = None
    name: str | None = None
    was: tuple[tuple[str, str], ...] = ()
    side: int = 0
    twin: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of a record's journal.

    Parameters
    ----------
    number
        Its place in the journal; 0 for one that has not been written yet.
    kind, by, at, why
        What was done, by whom, when (UTC), and the reason given if any.
    targets
        What it is about; none for an undo.
    field, value
        Of a correction: the field, and what it is to say, as written by the person.
    undoes
        Of an undo: the number of the change that it takes back.
    """

    number: int
    kind: ChangeKind
    by: str
    at: dt.datetime
    targets: tuple[Target, ...] = ()
    field: str | None = None
    value: str | None = None
    why: str | None = None
    undoes: int | None = None


def in_force(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that hold, oldest first: neither undone nor an undo themselves.

    An undo can be undone, which makes the first change hold again.
    """
    undone: set[int] = set()
    kept = []
    for change in sorted(changes, key=lambda c: c.number, reverse=True):
        if change.number in undone:
            continue
        if change.undoes is not None:
            undone.add(change.undoes)
        else:
            kept.append(change)
    return tuple(reversed(kept))
