"""GDELT 2.0 events: one row for each event that a program found in one or more articles.

The files have no header; the 61 columns have the names of the codebook here. CAMEO codes become
PLOVER types (`foedus.record.exchange.cameo`). An actor whose code says that it acts for a state is
that state; other names, which GDELT writes in capitals, are written as names are, with the country
behind words such as rebel or student. The row counts as known from the day on which GDELT added it.

Source: The GDELT Event Database, Data Format Codebook V2.0, 19 February 2015.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.values import Event
from foedus.record.exchange.cameo import ROOTS, plover
from foedus.record.exchange.parties import country, party, state_of
from foedus.record.exchange.values import Drawn

if TYPE_CHECKING:
    from foedus.record.exchange.cells import Cells


_ACTOR = (
    "code", "name", "countrycode", "knowngroupcode", "ethniccode", "religion1code",
    "religion2code", "type1code", "type2code", "type3code",
)  # fmt: skip
_GEO = (
    "type", "fullname", "countrycode", "adm1code", "adm2code", "lat", "long", "featureid",
)  # fmt: skip
COLUMNS = (
    "globaleventid", "day", "monthyear", "year", "fractiondate",
    *(f"actor{n}{part}" for n in (1, 2) for part in _ACTOR),
    "isrootevent", "eventcode", "eventbasecode", "eventrootcode", "quadclass", "goldsteinscale",
    "nummentions", "numsources", "numarticles", "avgtone",
    *(f"{of}geo_{part}" for of in ("actor1", "actor2", "action") for part in _GEO),
    "dateadded", "sourceurl",
)  # fmt: skip
PLACES = ("actiongeo_lat", "actiongeo_long", "actiongeo_type")
TELLING = (
    "day", "eventcode", "actor1name", "actor2name", "actiongeo_fullname", "numarticles",
)  # fmt: skip
PRECISION = {
    "1": "country",
    "2": "state of the United States",
    "3": "town",
    "4": "town",
    "5": "province",
}
_TOWNS = frozenset({"3", "4"})
_PROVINCES = frozenset({"2", "5"})
_FOR_A_STATE = frozenset({None, "GOV", "MIL", "LEG", "JUD", "SPY"})
"""CAMEO's codes of roles in which somebody acts for a state; none stands for the state as such."""


def draw(cells: Cells) -> Drawn | None:
    """Return what one row tells; None when something is wrong with it."""
    name, day = cells.needed("globaleventid"), cells.day("day")
    code = cells.needed("eventcode")
    if code and not (code.isdigit() and len(code) <= 4 and code[:2] in ROOTS):
        cells.fault("eventcode", f'"{code}"', "be a CAMEO code, 01 to 20 and what is below them")
    cells.point("actiongeo_lat", "actiongeo_long")
    added = cells.day("dateadded", needed=False)
    if cells.faults or day is None:
        return None
    kind = plover(code)
    event = kind and Event(
        type=kind[0],
        mode=kind[1],
        status="happened",
        date=(day, day),
        place=_place(cells),
        country=country(_parts(cells)[-1]) if _parts(cells) else None,
        actors=_actor(cells, "actor1"),
        recipients=_actor(cells, "actor2"),
        quantities=(),
        according_to=None,
        span=(0, 0),
    )
    url = cells.text("sourceurl")
    return Drawn(
        id=name,
        event=event or None,
        left_out=f"CAMEO {code}",
        published=max(day, added) if added else day,
        url=url if url and url.startswith(("http://", "https://")) else None,
    )


def _actor(cells: Cells, which: str) -> tuple[str, ...]:
    name, of = cells.text(f"{which}name"), state_of(cells.text(f"{which}countrycode"))
    if of is not None and cells.text(f"{which}type1code") in _FOR_A_STATE:
        return (of,)
    if name is None:
        return (of,) if of else ()
    written = party(name.title() if name.isupper() else name)
    named = cells.text(f"{which}knowngroupcode") is not None or of is None
    return (written if named else f"{written} ({of})",)


def _parts(cells: Cells) -> list[str]:
    """Return the names in "Velm, Osk, Velmark": the place, its province, its country."""
    return [part.strip() for part in (cells.text("actiongeo_fullname") or "").split(",")]


def _place(cells: Cells) -> str | None:
    kind = cells.text("actiongeo_type")
    return (_parts(cells)[0] or None) if kind in _TOWNS | _PROVINCES else None
