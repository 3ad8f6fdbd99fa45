"""Who met whom: parties that met or called, two by two."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.ids import EntryId
    from foedus.record import Record
    from foedus.record.values import EventEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two who met, in which events, and on which day last (None: the day is not known)."""

    one: str
    other: str
    events: tuple[EntryId, ...]
    last: dt.date | None


def pairs(record: Record) -> tuple[Pair, ...]:
    """Return every two who met, those who met most often first; talks that took place count."""
    met: dict[tuple[str, str], list[EventEntry]] = defaultdict(list)
    for event in record.events:
        if event.type == "CONSULT" and event.status == "happened":
            there = sorted({*event.actors, *event.recipients})
            for two in combinations(there, 2):
                met[two].append(event)
    found = [
        Pair(
            one=one,
            other=other,
            events=tuple(e.id for e in events),
            last=max((e.date[1] for e in events if e.date), default=None),
        )
        for (one, other), events in met.items()
    ]
    return tuple(sorted(found, key=lambda p: (-len(p.events), p.one, p.other)))
