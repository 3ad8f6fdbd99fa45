"""A name leads to a town only when it is clear which: tested on countries that do not exist."""

from __future__ import annotations

import pytest

from foedus.record.exchange.gazetteer import Gazetteer, Town, gazetteer, shipped


def _town(name: str, country: str, people: int, at: float = 10.0) -> Town:
    return Town(name=name, country=country, latitude=at, longitude=2 * at, people=people)


@pytest.fixture(scope="module")
def towns() -> Gazetteer:
    return gazetteer(
        [
            (_town("Velm", "ARD", 90_000), ["Felm", "Velmas"]),
            (_town("Velm", "VLK", 80_000), []),
            (_town("Osk", "ARD", 500_000), []),
            (_town("Osk", "VLK", 40_000), []),
            (_town("Tarn", "ARD", 30_000, 11.0), []),
            (_town("Tarn", "ARD", 20_000, 12.0), []),
            (_town("Sankt Olle", "NRL", 9_000), ["Saint-Olle"]),
            (_town("Felm", "NRL", 6_000), []),
        ]
    )


@pytest.mark.parametrize(
    ("place", "country", "found"),
    [
        ("Velm", "ARD", "ARD"),
        ("Velm", "VLK", "VLK"),
        ("Velm", None, None),  # two of like size: nothing says which
        ("Velm", "NRL", None),  # not taken from another country
        ("Osk", None, "ARD"),  # more than ten times the other
        ("Osk", "VLK", "VLK"),
        ("Tarn", "ARD", None),  # two in one country
        ("velm town", "ARD", "ARD"),
        ("Sankt-Olle", None, "NRL"),
        ("saint olle", "NRL", "NRL"),
        ("Felm", None, "NRL"),  # its own name goes before another's other name
        ("Felm", "ARD", "ARD"),
        ("Nowhere", None, None),
        ("", None, None),
    ],
)
def test_a_name_leads_to_a_town_only_when_it_is_clear_which(
    towns: Gazetteer, place: str, country: str | None, found: str | None
) -> None:
    town = towns.locate(place, country)
    assert (town.country if town else None) == found


def test_the_order_of_the_list_does_not_matter() -> None:
    same = [
        (_town("Osk", "VLK", 40_000), ()),
        (_town("Osk", "ARD", 500_000), ()),
    ]
    assert gazetteer(same).locate("Osk") == gazetteer(same[::-1]).locate("Osk")


@pytest.mark.parametrize(
    ("place", "country", "latitude", "longitude"),
    [("Vienna", "AUT", 48.2, 16.4), ("Geneva", "CHE", 46.2, 6.1), ("Quito", "ECU", -0.2, -78.5)],
)
def test_towns_of_the_shipped_list_are_where_any_atlas_has_them(
    place: str, country: str | None, latitude: float, longitude: float
) -> None:
    town = shipped().locate(place, country)
    assert town is not None
    assert (round(town.latitude, 1), round(town.longitude, 1)) == (latitude, longitude)


def test_a_state_is_no_town() -> None:
    assert shipped().locate("Austria") is None
    assert shipped().locate("Mexico", "MEX") is None
