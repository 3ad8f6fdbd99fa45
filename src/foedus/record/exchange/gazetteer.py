"""Where on earth a place lies, by an offline list of towns; nothing is guessed between equals.

A name leads to a town only when it is clear which one: the only one of that name in the country,
or one with ten times the people of the next. A name that is a state's, or of a region no list has,
leads nowhere: the middle of a country is not where something happened.

Source: towns with at least 5,000 people from GeoNames (CC BY 4.0), `scripts/build_coordinates.py`.
"""

from __future__ import annotations

import csv
import gzip
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from foedus.reading.knowledge import key, states

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from foedus.record.values import EventEntry

DOMINANCE = 10
"""How many times the people of the next town of its name one must have to be the one meant: where a
report names a small one, it says where that is."""

_KIND = re.compile(r" (?:city|town|village)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town of the gazetteer; ``country`` is an ISO 3166 alpha-3 code, ``people`` how many."""

    name: str
    country: str
    latitude: float
    longitude: float
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Towns by their names, and by the other names that they have."""

    by_name: Mapping[str, tuple[Town, ...]]
    by_other_name: Mapping[str, tuple[Town, ...]]

    def locate(self, place: str, country: str | None = None) -> Town | None:
        """Return the town that is meant by a name; None when that is not clear.

        Parameters
        ----------
        place
            The name, as reports have it; "Velm town" is Velm.
        country
            The alpha-3 code of the country it lies in; None when not known. A town of the same
            name elsewhere is then never taken for it.
        """
        name = key(_KIND.sub("", place.strip()))
        if name in _states():
            return None
        for known in (self.by_name, self.by_other_name):
            towns = [t for t in known.get(name, ()) if country is None or t.country == country]
            if towns:
                return _clear(towns)
        return None


def gazetteer(towns: Iterable[tuple[Town, Iterable[str]]]) -> Gazetteer:
    """Return a gazetteer of towns, each with its other names."""
    by_name: dict[str, list[Town]] = {}
    by_other: dict[str, list[Town]] = {}
    for town, others in towns:
        own = key(town.name)
        by_name.setdefault(own, []).append(town)
        for other in dict.fromkeys(key(name) for name in others):
            if other != own:
                by_other.setdefault(other, []).append(town)
    return Gazetteer(
        by_name={name: tuple(found) for name, found in by_name.items()},
        by_other_name={name: tuple(found) for name, found in by_other.items()},
    )


@cache
def shipped() -> Gazetteer:
    """Return the gazetteer that comes with foedus; it is read once."""
    packed = resources.files("foedus.record.exchange").joinpath("data", "coordinates.csv.gz")
    lines = gzip.decompress(packed.read_bytes()).decode().splitlines()
    return gazetteer(
        (
            Town(
                name=row["name"],
                country=row["alpha3"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                people=int(row["population"]),
            ),
            filter(None, row["others"].split(";")),
        )
        for row in csv.DictReader(line for line in lines if not line.startswith("#"))
    )


def locate(event: EventEntry, known: Gazetteer | None = None) -> Town | None:
    """Return the town at which an event is told to have been; None when that is not clear."""
    if event.place is None:
        return None
    return (known or shipped()).locate(event.place, event.country)


def _clear(towns: list[Town]) -> Town | None:
    """Return the only town, or the one that dwarfs the others of its name."""
    first, *rest = sorted(towns, key=lambda t: (-t.people, t.country, t.latitude, t.longitude))
    if rest and first.people < DOMINANCE * max(1, rest[0].people):
        return None
    return first


@cache
def _states() -> frozenset[str]:
    return frozenset(key(name) for name in states())
