"""Events on a map: valid by RFC 7946, and honest about how exact a point is."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from foedus.record import open_store
from foedus.record.changes import Signature
from foedus.record.exchange import Town, export_record, gazetteer, import_file
from foedus.record.exchange.geojson import geojson

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.reading.values import Mentions
    from foedus.record import Record

SAMPLES = Path(__file__).parent / "samples"
FILES = ("ucdp-ged.csv", "acled.csv", "gdelt.export.CSV", "polecat.txt")
TOWNS = gazetteer(
    [
        (Town(name="Velm", country="VLM", latitude=48.25, longitude=-37.5, people=9000), ()),
        (Town(name="Osk", country="VLM", latitude=1.0, longitude=2.0, people=9000), ()),
        (Town(name="Osk", country="ARD", latitude=3.0, longitude=4.0, people=8000), ()),
    ]
)


def _check(thing: dict[str, Any]) -> None:
    """Check a collection of points against RFC 7946, sections 3 and 4, rule by rule."""
    assert thing["type"] == "FeatureCollection"
    assert isinstance(thing["features"], list)
    assert "crs" not in thing
    for feature in thing["features"]:
        assert feature["type"] == "Feature"
        assert {"geometry", "properties"} <= set(feature)
        assert isinstance(feature["properties"], dict)
        assert isinstance(feature.get("id", ""), str | int | float)
        geometry = feature["geometry"]
        if geometry is None:
            continue
        assert not {"geometry", "properties", "features"} & set(geometry)
        assert geometry["type"] == "Point"
        longitude, latitude = geometry["coordinates"]
        assert all(type(n) is float for n in (longitude, latitude))
        assert -180 <= longitude <= 180
        assert -90 <= latitude <= 90


def _features(record: Record) -> dict[str, Any]:
    thing = json.loads("".join(geojson(record, TOWNS)))
    _check(thing)
    return {feature["id"]: feature for feature in thing["features"]}


@pytest.fixture
def told(
    record_of: Callable[..., Record],
    read: Callable[..., Mentions],
    event: Callable[..., dict[str, Any]],
) -> Callable[..., dict[str, Any]]:
    """Return the feature of one event told in one report."""

    def feature(**given: object) -> dict[str, Any]:
        record = record_of(read("a.html", "2031-05-03", ("Drones came.", event(**given))))
        (only,) = _features(record).values()
        return only

    return feature


def test_rows_of_datasets_are_where_they_say_longitude_first(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "record.db")) as store:
        for name in FILES:
            import_file(store, SAMPLES / name)
        out = tmp_path / "war.geojson"
        export_record(store, "geojson", out)
        record = store.record()
    thing = json.loads(out.read_text("utf-8"))
    _check(thing)
    assert [f["id"] for f in thing["features"]] == [e.id for e in record.events]
    told = {
        (p["coordinates_from"], p["precision"], *f["geometry"]["coordinates"])
        for f in thing["features"]
        if f["geometry"] is not None and (p := f["properties"])
    }
    assert {
        ("UCDP GED 500102", "province", 37.0, 48.0),
        ("UCDP GED 500103", "country", 37.5, 48.25),
        ("ACLED ARD1002", "part of a region, or near a town", 37.0, 48.0),
        ("GDELT 2.0 1300000001", "town", 37.5, 48.25),
    } <= told


def test_a_report_s_event_is_at_its_town_and_says_where_that_is_from(
    told: Callable[..., dict[str, Any]],
) -> None:
    feature = told(place="Velm", country="VLM")
    assert feature["geometry"] == {"type": "Point", "coordinates": [-37.5, 48.25]}
    assert feature["properties"]["precision"] == "middle of the town of Velm"
    assert "GeoNames" in feature["properties"]["coordinates_from"]


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (None, "no place is told"),
        ("Osk", "Osk is no town of the gazetteer, or it is not clear which"),
        ("the northern front", "the northern front is no town of the gazetteer, or it is not"),
        ("Velmark", "Velmark as a whole is no point"),
    ],
)
def test_an_event_without_a_point_stays_and_says_why(
    told: Callable[..., dict[str, Any]], place: str | None, why: str
) -> None:
    feature = told(place=place)
    assert feature["geometry"] is None
    assert feature["properties"]["no_coordinates"].startswith(why)
    assert feature["properties"]["sources"][0]["quote"] == "Drones came."


def test_a_place_that_a_person_corrected_moves_the_point(tmp_path: Path) -> None:
    signed = Signature(by="Anna Berg", at=dt.datetime(2031, 6, 1, tzinfo=dt.UTC))
    with open_store(str(tmp_path / "record.db")) as store:
        import_file(store, SAMPLES / "ucdp-ged.csv")
        event = next(e for e in store.record().events if e.place == "Osk province")
        store.correct(event.id, "place", "Velm", signed)
        feature = _features(store.record())[event.id]
    assert feature["geometry"]["coordinates"] == [-37.5, 48.25]
    assert feature["properties"]["precision"] == "middle of the town of Velm"
