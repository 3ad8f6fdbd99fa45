"""Events as GeoJSON (RFC 7946): points, longitude first, each saying how exact it is.

An event whose place is not known well enough is there too, with no geometry and the reason why, so
that nothing drops out of sight because it cannot be put on a map.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from foedus.record.exchange.points import Point, point_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from foedus.ids import ReportId
    from foedus.record.exchange.gazetteer import Gazetteer
    from foedus.record.values import EventEntry, Record, ReportEntry


def geojson(record: Record, towns: Gazetteer | None = None) -> Iterator[str]:
    """Yield the text of a collection of features, one a line, in the order of the record."""
    reports = {report.id: report for report in record.reports}
    about = {
        "record": record.hash,
        "as_of": record.as_of.isoformat() if record.as_of else None,
    }
    yield f'{{"type": "FeatureCollection", "foedus": {json.dumps(about)}, "features": [\n'
    for n, event in enumerate(record.events):
        text = json.dumps(_feature(event, reports, towns), ensure_ascii=False, allow_nan=False)
        yield f",\n{text}" if n else text
    yield "\n]}\n"


def _feature(
    event: EventEntry, reports: Mapping[ReportId, ReportEntry], towns: Gazetteer | None
) -> dict[str, Any]:
    point = point_of(event, reports, towns)
    first, last = event.date or (None, None)
    known = isinstance(point, Point)
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]}
        if isinstance(point, Point)
        else None,
        "properties": {
            "type": event.type,
            "mode": event.mode,
            "status": event.status,
            "first_day": first.isoformat() if first else None,
            "last_day": last.isoformat() if last else None,
            "place": event.place,
            "country": event.country,
            "coordinates_from": point.source if isinstance(point, Point) else None,
            "precision": point.precision if isinstance(point, Point) else None,
            "no_coordinates": None if known else point,
            "actors": list(event.actors),
            "recipients": list(event.recipients),
            "according_to": event.according_to,
            "numbers": [
                {
                    "item": q.item,
                    "role": q.role,
                    "value": q.value,
                    "bound": q.bound,
                    "according_to": q.according_to,
                    "source": reports[q.report].source,
                }
                for q in event.quantities
            ],
            "disputes": list(event.disputes),
            "sources": [
                {"report": e.report, "source": reports[e.report].source, "quote": e.quote}
                for e in event.evidence
            ],
        },
    }
