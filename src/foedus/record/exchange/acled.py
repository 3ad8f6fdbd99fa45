"""ACLED's export: one row for each event of political violence, protest, or strategic development.

In battles both sides are actors: ACLED says that the order of its actors does not tell who
attacked. In other violence actor1 did it and actor2 had it done to it. A day that is only known by
its week (``time_precision`` 2) becomes the week around the day that ACLED puts in the middle of
it; one only known by its month (3) becomes the whole month. ACLED's number of deaths is the most
careful of those reported; 0 stands both for none and for not known, so it gives no number. The row
counts as known from the day of its ``timestamp``, on which ACLED last changed it; without one from
the day of the event.

Source: ACLED Codebook (2023 and later), Armed Conflict Location & Event Data.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

from foedus.reading.values import Event, Quantity
from foedus.record.exchange.parties import country, party
from foedus.record.exchange.values import Drawn

if TYPE_CHECKING:
    from foedus.reading.values import Days, EventMode, EventType
    from foedus.record.exchange.cells import Cells

NEEDED = frozenset(
    {"event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "fatalities"}
)
PLACES = ("latitude", "longitude", "geo_precision")
TELLING = ("notes", "source", "event_date", "sub_event_type", "actor1", "actor2", "location")
PRECISION = {
    "1": "town or exact place",
    "2": "part of a region, or near a town",
    "3": "larger region",
}
_WEEK, _MONTH = 2, 3

_KINDS: dict[str, tuple[EventType, EventMode | None]] = {
    "armed clash": ("ASSAULT", "ground"),
    "government regains territory": ("ASSAULT", "ground"),
    "non-state actor overtakes territory": ("ASSAULT", "ground"),
    "chemical weapon": ("ASSAULT", "other"),
    "air/drone strike": ("ASSAULT", "aerial"),
    "suicide bomb": ("ASSAULT", "terror"),
    "shelling/artillery/missile attack": ("ASSAULT", "shelling"),
    "remote explosive/landmine/ied": ("ASSAULT", "other"),
    "grenade": ("ASSAULT", "other"),
    "attack": ("ASSAULT", "other"),
    "sexual violence": ("ASSAULT", "other"),
    "abduction/forced disappearance": ("ASSAULT", "other"),
    "excessive force against protesters": ("ASSAULT", "other"),
    "mob violence": ("ASSAULT", "other"),
    "looting/property destruction": ("ASSAULT", "other"),
    "violent demonstration": ("PROTEST", None),
    "peaceful protest": ("PROTEST", None),
    "protest with intervention": ("PROTEST", None),
    "agreement": ("AGREE", None),
    "arrests": ("COERCE", None),
    "headquarters or base established": ("MOBILIZE", None),
}
"""ACLED's kinds of event and the PLOVER type that its manual describes in the same words. The
others (changes to a group, weapons found or disarmed, territory that changes hands without
violence) have none; they are counted and left out."""


def draw(cells: Cells) -> Drawn | None:
    """Return what one row tells; None when something is wrong with it."""
    name, day = cells.needed("event_id_cnty"), cells.day("event_date")
    precision = cells.code("time_precision", (1, _WEEK, _MONTH))
    cells.code("geo_precision", (1, 2, 3))
    cells.point("latitude", "longitude")
    kind = cells.needed("sub_event_type")
    dead = cells.count("fatalities")
    if cells.text("fatalities") is None:
        cells.fault("fatalities", "empty", "be filled")
    stamp = _stamp(cells)
    if cells.faults or day is None:
        return None
    known = _KINDS.get(kind.casefold())
    event = known and Event(
        type=known[0],
        mode=known[1],
        status="happened",
        date=_days(day, precision),
        place=cells.text("location"),
        country=country(cells.text("country")),
        **_sides(cells, known[0]),
        quantities=_deaths(dead or 0),
        according_to=None,
        span=(0, 0),
    )
    return Drawn(
        id=name, event=event or None, left_out=kind, published=max(day, stamp) if stamp else day
    )


def _sides(cells: Cells, kind: EventType) -> dict[str, tuple[str, ...]]:
    one, two = (
        (party(actor),) if (actor := cells.text(column)) else () for column in ("actor1", "actor2")
    )
    battle = (cells.text("event_type") or "").casefold() == "battles"
    if battle or kind == "AGREE":
        return {"actors": tuple(dict.fromkeys((*one, *two))), "recipients": ()}
    return {"actors": one, "recipients": two}


def _days(day: dt.date, precision: int | None) -> Days:
    if precision == _MONTH:
        length = calendar.monthrange(day.year, day.month)[1]
        return day.replace(day=1), day.replace(day=length)
    spread = dt.timedelta(days=3 if precision == _WEEK else 0)
    return day - spread, day + spread


def _deaths(number: int) -> tuple[Quantity, ...]:
    if not number:
        return ()
    return (Quantity(item="person", role="killed", value=number, bound="exact"),)


def _stamp(cells: Cells) -> dt.date | None:
    """Return the day on which the row was last changed: seconds since 1970, in UTC."""
    seconds = cells.count("timestamp")
    if seconds is None:
        return None
    try:
        return dt.datetime.fromtimestamp(seconds, tz=dt.UTC).date()
    except (OverflowError, OSError, ValueError):
        cells.fault("timestamp", seconds, "be seconds since 1970")
        return None
