"""Where an event was, on a map: the coordinates of a dataset's row, else those of a known town.

Coordinates always come with where they are from and how exact they are. What is not known well
enough to be put at a point has none, and the reason is said instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.record.exchange.gazetteer import locate
from foedus.record.exchange.layouts import layout_of
from foedus.record.exchange.rowtext import row_cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from foedus.ids import ReportId
    from foedus.record.exchange.gazetteer import Gazetteer
    from foedus.record.values import EventEntry, ReportEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point on the earth in degrees (WGS 84), where it is from, and how exact it is."""

    latitude: float
    longitude: float
    source: str
    precision: str


def point_of(
    event: EventEntry, reports: Mapping[ReportId, ReportEntry], towns: Gazetteer | None = None
) -> Point | str:
    """Return where an event was; in words why that is not known, when it is not.

    Where a person has corrected the place, a row's coordinates are those of the old one and do not
    count.
    """
    if not any(made.field == "place" for made in event.corrections):
        for evidence in event.evidence:
            point = _of_row(reports[evidence.report])
            if point is not None:
                return point
    if event.place is None:
        return "no place is told"
    if event.place in {*event.actors, *event.recipients}:
        return f"{event.place} as a whole is no point"
    town = locate(event, towns)
    if town is None:
        return f"{event.place} is no town of the gazetteer, or it is not clear which"
    return Point(
        latitude=town.latitude,
        longitude=town.longitude,
        source="gazetteer (GeoNames, CC BY 4.0)",
        precision=f"middle of the town of {town.name}",
    )


def _of_row(report: ReportEntry) -> Point | None:
    layout = layout_of(report.reader)
    if layout is None:
        return None
    cells = row_cells(report.text)
    latitude, longitude, code = (cells.get(column) for column in layout.places)
    if latitude is None or longitude is None:
        return None
    return Point(
        latitude=float(latitude),
        longitude=float(longitude),
        source=report.source,
        precision=layout.precision.get(code or "", code or "not said"),
    )
