"""What a report teaches about names that no table knows, and what it must not teach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ours import reading

if TYPE_CHECKING:
    from foedus.reading.knowledge import Actor
    from foedus.reading.names import Names


def names(told: str) -> Names:
    return reading(told)[1]


def actors(told: str) -> list[Actor]:
    return [naming.actor for naming in names(told).namings if naming.actor]


def places(told: str) -> list[tuple[str, str | None]]:
    found = names(told).namings
    return [(n.place.name, n.place.country) for n in found if n.place and not n.actor]


@pytest.mark.parametrize(
    "told",
    [
        "The Kestrian government sent envoys and the Kestrian army dug in.",
        "Kestria's army dug in along the river.",
        "A truce between Kestria and Tarsk held for a day.",
        "The armed forces of Kestria dug in.",
    ],
)
def test_a_state_is_learnt_from_its_army_its_government_and_its_treaties(told: str) -> None:
    assert {"Kestria"} <= {actor.name for actor in actors(told) if actor.kind == "state"}


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Fighters of the Free Hill Front took the pass.", "Free Hill Front"),
        (
            "The Front for the Freedom of the Highlands took the pass.",
            "Front for the Freedom of the Highlands",
        ),
        ("The Northern Relief Front (NRF) met. Later the NRF left.", "Northern Relief Front"),
        ("The Dawn Brigades dug in.", "Dawn Brigades"),
    ],
)
def test_a_group_is_learnt_from_how_such_names_begin_and_end(told: str, name: str) -> None:
    found = actors(told)
    assert {(actor.name, actor.kind) for actor in found} == {(name, "group")}


def test_a_bare_plural_leads_back_to_the_group_that_bears_it() -> None:
    found = names("The Dawn Brigades dug in. The Brigades said nothing more.")
    said = next(t for t in found.parsed.lines[0].doc if t.lower_ == "said")
    head = next(t for t in said.children if t.dep_ == "nsubj")
    assert [actor.name for actor in found.actors(head)] == ["Dawn Brigades"]


def test_a_month_is_no_surname_and_a_heading_in_capitals_no_person() -> None:
    told = "STATEMENT ON FOREIGN AFFAIRS\nBritain mourns two guards who were killed on 4 May."
    assert [actor.name for actor in actors(told)] == ["United Kingdom"]


def test_another_first_name_makes_another_person() -> None:
    told = "Russia voted on Sunday. A teacher, Olga Putin, counted the votes in Kazan."
    assert [actor.name for actor in actors(told)] == ["Russia", "Olga Putin"]


def test_a_venue_gives_nobody_a_side() -> None:
    told = (
        "Talks on Kestria's war were held in Geneva. Foreign Minister Lotte Varga came late to "
        "Geneva, and Kestria's envoy waited."
    )
    sides = {actor.name: actor.side for actor in actors(told)}
    assert sides["Lotte Varga"] == "Kestria"


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("Mali mourned. Shells fell in Ulmen, central Mali, at noon.", ("Ulmen", "MLI")),
        ("Guns stood on Ulm Hill and shells fell.", ("Ulm Hill", None)),
        ("Shells fell on the northern quarter of Sorrel.", ("Sorrel", None)),
        ("Shells fell near the village of Um Sorrel Haj.", ("Um Sorrel Haj", None)),
    ],
)
def test_a_place_is_learnt_from_its_land_and_from_its_kind(
    told: str, place: tuple[str, str | None]
) -> None:
    assert place in places(told)


@pytest.mark.parametrize(
    ("told", "side"),
    [
        ("Sanna Voss led the Kestrian observers for a year.", "Kestria"),
        ("Kestria hosted talks. Its foreign minister, Signe Dahl, left early.", "Kestria"),
        (
            "The Dawn Brigades dug in. The group's chief negotiator, Idris Fenn, left.",
            "Dawn Brigades",
        ),
        ("Rafael Orto, the deputy head of the mission, stayed in Kestria's capital.", None),
    ],
)
def test_a_side_follows_from_whom_somebody_leads_or_belongs_to(told: str, side: str | None) -> None:
    persons = [actor for actor in actors(told) if actor.kind == "person"]
    assert [person.side for person in persons] == [side]


@pytest.mark.parametrize("country", ["Colombia", "Spain"])
def test_of_two_ministers_of_one_name_the_one_of_the_reports_country_is_meant(country: str) -> None:
    told = f"{country} has a government. Pedro Sánchez has been a member of it."
    assert [actor.side for actor in actors(told)] == [country, country]
