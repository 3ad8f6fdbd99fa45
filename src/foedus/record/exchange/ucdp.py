"""UCDP Georeferenced Event Dataset: one row for each event of organised violence with deaths.

Sides of a fight between two (``type_of_violence`` 1, 2) are both actors, since UCDP does not say
who attacked and PLOVER has all sides of two-sided violence act; in one-sided violence (3) the
civilians are recipients. Where the estimates of deaths differ, three numbers stand side by side:
at least the low, about the best, at most the high. The row does not say with what weapon, so the
mode is ``other``. UCDP does not say in the row when it was published; the last day of the sources
that it was coded from stands for that, or, when they are not given, the last day of the event.

Source: UCDP GED Codebook, version 25.1, Department of Peace and Conflict Research, Uppsala.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.values import Event, Quantity
from foedus.record.exchange.parties import country, party
from foedus.record.exchange.values import Drawn

if TYPE_CHECKING:
    import datetime as dt

    from foedus.record.exchange.cells import Cells

NEEDED = frozenset(
    {"id", "type_of_violence", "side_a", "side_b", "date_start", "date_end", "best", "high", "low"}
)
PLACES = ("latitude", "longitude", "where_prec")
TELLING = (
    "date_start", "date_end", "dyad_name", "where_description", "where_coordinates", "country",
    "low", "best", "high", "source_headline",
)  # fmt: skip
PRECISION = {
    "1": "exact place",
    "2": "within about 25 km",
    "3": "district",
    "4": "province",
    "5": "along a line or in an area",
    "6": "country",
    "7": "at sea or in the air",
}
_ONE_SIDED = 3
_PROVINCE = 4
_DISTRICT = 3
_COUNTRY = 6


def draw(cells: Cells) -> Drawn | None:
    """Return what one row tells; None when something is wrong with it."""
    kind = cells.code("type_of_violence", (1, 2, 3))
    first, last = cells.day("date_start"), cells.day("date_end")
    if first and last and first > last:
        cells.fault("date_end", last, f"not be before date_start, {first}")
    cells.code("date_prec", range(1, 6))
    where = cells.code("where_prec", range(1, 8))
    cells.point("latitude", "longitude")
    name, one, two = cells.needed("id"), cells.needed("side_a"), cells.needed("side_b")
    deaths = _deaths(cells)
    if cells.faults or first is None or last is None:
        return None
    sides = (party(one), party(two))
    return Drawn(
        id=name,
        event=Event(
            type="ASSAULT",
            mode="other",
            status="happened",
            date=(first, last),
            place=_place(cells, where),
            country=country(cells.text("country")),
            actors=sides[:1] if kind == _ONE_SIDED else tuple(dict.fromkeys(sides)),
            recipients=sides[1:] if kind == _ONE_SIDED else (),
            quantities=deaths,
            according_to=None,
            span=(0, 0),
        ),
        published=_published(cells, last),
    )


def _deaths(cells: Cells) -> tuple[Quantity, ...]:
    """Return the deaths: one number when all three estimates agree, else each with its bound."""
    low, best, high = (cells.count(column) for column in ("low", "best", "high"))
    for column, value in (("low", low), ("best", best), ("high", high)):
        if value is None and not any(column in f.at for f in cells.faults):
            cells.fault(column, "empty", "be filled")
    if low is None or best is None or high is None:
        return ()
    if not low <= best <= high:
        cells.fault("best", best, f"lie between low, {low}, and high, {high}")
    if low == best == high:
        return (_killed(best, "exact", None),) if best else ()
    return (
        *((_killed(low, "at-least", "UCDP, low estimate"),) if low else ()),
        _killed(best, "about", "UCDP, best estimate"),
        _killed(high, "at-most", "UCDP, high estimate"),
    )


def _killed(value: int, bound: str, by: str | None) -> Quantity:
    return Quantity(
        item="person",
        role="killed",
        value=value,
        bound=bound,  # type: ignore[arg-type]  # one of the three above
        according_to=by,
    )


def _place(cells: Cells, where: int | None) -> str | None:
    """Return the name of what the coordinates stand for; None for a country as a whole."""
    if where == _COUNTRY:
        return None
    if where == _PROVINCE:
        return cells.first("adm_1", "where_coordinates")
    if where == _DISTRICT:
        return cells.first("adm_2", "where_coordinates")
    return cells.text("where_coordinates")


def _published(cells: Cells, last: dt.date) -> dt.date:
    return max((last, *cells.days("source_date", ";")))
