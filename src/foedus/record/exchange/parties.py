"""Names of parties and countries as datasets write them -> the canonical names of the record.

Datasets name a state through what acts for it ("Government of Ardal", "Military Forces of Ardal
(2029-)") and put an older name in brackets ("Russia (Soviet Union)"). The record calls a state by
its common English name, so that a row and a report of one event can meet.
"""

from __future__ import annotations

import re
from functools import cache

from foedus.reading.knowledge import entries, key, states

_YEARS = re.compile(r"\s*\(\d{4}\s*-\s*(?:\d{4})?\)")
_ACTS_FOR = re.compile(
    r"(?:Government|Military Forces|Armed Forces) of (?:(.+?) \(\d{4}-(?:\d{4})?\).*|(.+))",
    re.IGNORECASE,
)
"""A government, or forces: ACLED adds the years of a government, and after them the service."""

_BRACKET = re.compile(r"\s*\([^)]*\)$")

_OTHER_NAMES = {
    "madagascar (malagasy)": "Madagascar",
    "macedonia fyr": "North Macedonia",
    "republic of congo": "Republic of the Congo",
    "congo": "Republic of the Congo",
}
"""Names of countries as UCDP and ACLED write them where the reader's table has them otherwise.
UCDP calls the two Congos "Congo" and "DR Congo (Zaire)"."""


def party(name: str) -> str:
    """Return the canonical name of a party: of the state where what is named acts for one.

    Examples
    --------
    >>> party("Government of Ardal"), party("Military Forces of Velmark (2029-) Coast Guard")
    ('Ardal', 'Velmark')
    >>> party("Government of Russia (Soviet Union)"), party("Free Velmark Front (2030-)")
    ('Russia', 'Free Velmark Front')
    >>> party("Un"), party("North Atlantic Treaty Organization")
    ('United Nations', 'NATO')
    """
    acting = _ACTS_FOR.fullmatch(name.strip())
    if acting is not None:
        return state(acting[1] or acting[2])
    bare = _YEARS.sub("", name).strip()
    known = _known(bare) or _called(bare)
    return known or bare or name


def state(name: str) -> str:
    """Return the common English name of a state; the name itself when no table knows it."""
    return _known(name) or _known(_BRACKET.sub("", name)) or name.strip()


def country(name: str | None) -> str | None:
    """Return the ISO 3166 alpha-3 code of a country named in words; None when not known."""
    if name is None:
        return None
    if name in _codes():
        return name
    known = states().get(state(name))
    return known.country if known else None


def state_of(code: str | None) -> str | None:
    """Return the name of the state with an alpha-3 code; None when there is none."""
    return _codes().get(code) if code else None


def _known(name: str) -> str | None:
    other = _OTHER_NAMES.get(key(name).replace(",", ""))
    if other in states():
        return other
    entry = entries().get(key(name))
    if entry is None or entry.actor is None or entry.how != "name" or entry.actor.kind != "state":
        return None
    return entry.actor.name


def _called(name: str) -> str | None:
    """Return the canonical name of an organisation or a group that the reader knows."""
    entry = entries().get(key(name))
    if entry is None or entry.actor is None or entry.how != "name":
        return None
    return entry.actor.name if entry.actor.kind in {"organisation", "group"} else None


@cache
def _codes() -> dict[str, str]:
    return {known.country: name for name, known in states().items() if known.country}
