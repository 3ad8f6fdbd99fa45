"""Where events happen and who told of them, and how names and places are told apart."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from foedus.reading import read
from foedus.reading.names import Names
from foedus.reading.parsed import parse
from ours import pipeline
from ours import report as our_report

if TYPE_CHECKING:
    from foedus.reading.values import Mentions
    from foedus.report.values import Report

SETTING = (
    "The war between Ardal and Velmark is in its third year. The Ardali army and Velmark's "
    "government have signed no ceasefire, and soldiers hold the river."
)


def report(told: str) -> Report:
    return our_report(told, published=dt.date(2031, 5, 14))


def mentions(told: str) -> Mentions:
    return read(report(f"{SETTING}\n{told}"), pipeline())


def names(told: str) -> Names:
    return Names(parse(report(told), pipeline()))


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("Ardal shelled a school in the village of Ulmen on Monday, killing two people.", "Ulmen"),
        ("On Monday Ardal's army captured the towns of Ulmen and Sorrel.", "Ulmen, Sorrel"),
        (
            "On Monday Ardal fired nine missiles at Velmark, days after talks in Oslo.",
            "Velmark",
        ),
        ("Envoys of Ardal and Velmark met in the village of Sohl on Monday.", "Sohl"),
        ("Envoys of Ardal and Velmark met on Monday to discuss the fighting near Goma.", None),
        ("On Monday Ardal rejected any talks about the fighting in the village of Ulmen.", None),
    ],
)
def test_a_place_is_that_of_the_events_own_clause(told: str, place: str | None) -> None:
    assert [event.place for event in mentions(told).events if event.span[0] > len(SETTING)] == [
        place
    ]


def test_here_is_the_place_of_the_dateline() -> None:
    told = (
        "GENEVA, 12 May 2031. The foreign ministers of Ardal and Velmark signed a ceasefire "
        f"agreement here on Monday.\n{SETTING}"
    )
    event = read(report(told), pipeline()).events[0]
    assert (event.type, event.place, event.country) == ("AGREE", "Geneva", "CHE")


def test_a_deal_is_struck_where_the_talks_of_its_paragraph_were_held() -> None:
    told = (
        "Envoys of Ardal and Velmark met in Geneva on Monday. Ardal and Velmark agreed on a "
        "ceasefire of ten days."
    )
    places = {e.type: e.place for e in mentions(told).events if e.span[0] > len(SETTING)}
    assert places == {"CONSULT": "Geneva", "AGREE": "Geneva"}


def test_a_number_goes_by_whoever_gave_it_and_an_outlet_counts() -> None:
    told = (
        "Ardal fired rockets at the town of Ulmen on Monday. Velmark's interior ministry said "
        "nine people were killed."
    )
    (event,) = [e for e in mentions(told).events if e.type == "ASSAULT"]
    assert [q.according_to for q in event.quantities if q.role == "killed"] == [
        "Velmark Interior Ministry"
    ]


@pytest.mark.parametrize(
    ("told", "country"),
    [
        ("Ukraine sent aid. Shells fell near Pokrovsk in the east of Ukraine.", "UKR"),
        ("Russia sent aid. Snow fell near Pokrovsk in the east of Russia.", "RUS"),
    ],
)
def test_of_towns_of_one_name_the_one_in_the_reports_country_is_meant(
    told: str, country: str
) -> None:
    found = [n.place.country for n in names(told).namings if n.place and n.place.name == "Pokrovsk"]
    assert found == [country]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Shells fell on Kiev and on Kharkov.", ["Kiev", "Kharkov"]),
        ("Fighting reached Al-Fashir, in Darfur.", ["Al-Fashir", "Darfur"]),
        ("More people left. Most of them had gone to Date and sale prices rose.", []),
    ],
)
def test_spellings_of_towns_are_known_and_plain_words_are_no_towns(
    told: str, name: list[str]
) -> None:
    found = names(told)
    here = [
        found.parsed.lines[n.line].doc[n.first : n.last + 1].text
        for n in found.namings
        if n.place is not None
    ]
    assert [word for word in here if word != "Date"] == name


@pytest.mark.parametrize(
    ("told", "sides"),
    [
        ("Canada's Joint Chiefs said the drill was over.", ["Canada"]),
        ("Ardal's parliament voted. The Senate met on Friday.", []),
        ("The Chamber met in the United States. The Senate met on Friday.", ["United States"]),
    ],
)
def test_an_office_that_many_states_have_needs_its_own_state_beside_it(
    told: str, sides: list[str]
) -> None:
    offices = [n.actor for n in names(told).namings if n.actor and n.actor.kind != "state"]
    assert [actor.side for actor in offices] == sides


def test_a_surname_that_two_bear_is_the_one_named_last() -> None:
    told = (
        "General Osric Venn took the pass. Venn then slept. Later Judge Mara Venn freed him. "
        "Venn gave no reason."
    )
    assert [n.actor.name for n in names(told).namings if n.actor] == [
        "Osric Venn",
        "Osric Venn",
        "Mara Venn",
        "Mara Venn",
    ]


def test_a_capital_that_the_text_names_speaks_for_its_state() -> None:
    told = "Ardal's army marched on Osthaven, the Velmark capital. Osthaven said it would hold."
    found = names(f"{SETTING}\n{told}")
    said = next(t for t in found.parsed.lines[1].doc if t.lower_ == "said")
    head = next(t for t in said.children if t.dep_ == "nsubj")
    actor = found.actor(head)
    assert actor is not None
    assert actor.name == "Velmark"


def test_the_north_is_the_state_of_that_name_and_else_a_direction() -> None:
    korea = names("North Korea fired a missile. The North said it was a test.")
    plain = names("Ardal's army fired a missile. The north wind blew. The North was cold.")
    assert [n.actor.name for n in korea.namings if n.actor] == ["North Korea", "North Korea"]
    assert [n.actor.name for n in plain.namings if n.actor] == ["Ardal"]
