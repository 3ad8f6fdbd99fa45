"""POLECAT and other tables after PLOVER: one row for each event that a program found in a story.

The event's type is PLOVER's own. Of the modes, those of an attack by their weapon and those of a
meeting by how it is held have a counterpart in the record; the others become ``other`` and stay in
the row's text. Several names in one cell are parted by semicolons. The row counts as known from
the day its story was published.

Source: A. Halterman et al., "PLOVER and POLECAT: A New Political Event Ontology and Dataset", 2023.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.values import EVENT_TYPES, Event
from foedus.record.exchange.parties import country, party, state_of
from foedus.record.exchange.values import Drawn

if TYPE_CHECKING:
    from foedus.reading.values import EventMode
    from foedus.record.exchange.cells import Cells

NEEDED = frozenset({"event_id", "event_date", "event_type", "event_mode", "actor_name"})
_SIDE = (
    "name", "country", "cow", "primary_{}_sector", "sectors", "title", "name_raw",
    "wikipedia_{}_id",
)  # fmt: skip
USUAL = (
    "event_id", "event_date", "event_type", "event_mode", "event_intensity", "quad_code",
    "contexts",
    *(
        part.format(side) if "{}" in part else f"{side}_{part}"
        for side in ("actor", "recipient")
        for part in _SIDE
    ),
    "placename", "city", "district", "province", "country", "latitude", "longitude", "geonames_id",
    "raw_placename", "feature_type", "source", "publication_date", "story_people",
    "story_organizations", "story_locations", "language", "version",
)  # fmt: skip
"""The columns that rows of POLECAT have. Some files were handed out with a header of more."""

PLACES = ("latitude", "longitude", "feature_type")
TELLING = (
    "headline", "event_date", "event_type", "event_mode", "contexts", "actor_name_raw",
    "recipient_name_raw", "raw_placename", "source",
)  # fmt: skip
PRECISION: dict[str, str] = {}
"""The row gives GeoNames' own code of what the place is (PPL a town, ADM1 a province)."""

_ASSAULT: dict[str, EventMode] = {"firearms": "ground", "suicide-attack": "terror"}
_CONSULT: dict[str, EventMode] = {
    "phone": "call",
    "visit": "visit",
    "host": "visit",
    "third-party": "meeting",
    "multilateral": "meeting",
}


def draw(cells: Cells) -> Drawn | None:
    """Return what one row tells; None when something is wrong with it."""
    name, day = cells.needed("event_id"), cells.day("event_date")
    kind = cells.needed("event_type").upper()
    if kind and kind not in EVENT_TYPES:
        cells.fault("event_type", f'"{kind}"', f"be one of {', '.join(sorted(EVENT_TYPES))}")
    cells.point("latitude", "longitude")
    published = cells.day("publication_date", needed=False)
    if cells.faults or day is None:
        return None
    return Drawn(
        id=name,
        event=Event(
            type=kind,  # type: ignore[arg-type]  # looked up above
            mode=_mode(kind, cells.text("event_mode") or ""),
            status="happened",
            date=(day, day),
            place=cells.first("city", "placename", "district", "province"),
            country=country(cells.text("country")),
            actors=_names(cells, "actor"),
            recipients=_names(cells, "recipient"),
            quantities=(),
            according_to=None,
            span=(0, 0),
        ),
        published=max(day, published) if published else day,
        edition=cells.text("version"),
    )


def _mode(kind: str, said: str) -> EventMode | None:
    if kind == "ASSAULT":
        return _ASSAULT.get(said.casefold(), "other")
    return _CONSULT.get(said.casefold()) if kind == "CONSULT" else None


def _names(cells: Cells, side: str) -> tuple[str, ...]:
    """Return the names of a side; where there is none, the state that it belongs to."""
    named = cells.text(f"{side}_name")
    if named is None:
        of = state_of(cells.text(f"{side}_country"))
        return (of,) if of else ()
    return tuple(dict.fromkeys(party(part.strip()) for part in named.split(";") if part.strip()))
