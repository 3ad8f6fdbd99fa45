"""Where events were: points for a map, and why some have none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus import record
from foedus.show.entries import event_title, when

if TYPE_CHECKING:
    from foedus.ids import EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An event with the point it is shown at, or ``unplaced``: why it is shown at none."""

    id: EntryId
    title: str
    type: str
    when: str
    place: str | None
    latitude: float | None
    longitude: float | None
    precision: str | None
    unplaced: str | None


def placed(known: record.Record) -> tuple[Placed, ...]:
    """Return every event with where it was."""
    reports = {report.id: report for report in known.reports}
    found = []
    for event in known.events:
        point = record.point_of(event, reports)
        at = point if isinstance(point, record.Point) else None
        found.append(
            Placed(
                id=event.id,
                title=event_title(event),
                type=event.type,
                when=when(event),
                place=event.place,
                latitude=at.latitude if at else None,
                longitude=at.longitude if at else None,
                precision=at.precision if at else None,
                unplaced=None if isinstance(point, record.Point) else point,
            )
        )
    return tuple(found)
