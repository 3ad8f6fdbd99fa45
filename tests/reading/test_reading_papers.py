"""Papers that speak for themselves, days close ahead, and acts told in passing.

Our own sentences on states and people that do not exist; each expectation is read off by hand.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from foedus.reading.events import find_events
from ours import reading

if TYPE_CHECKING:
    from foedus.reading.values import Event

PUBLISHED = dt.date(2031, 3, 14)  # a Friday
WAR = (
    "The war between Ardal and Velmark is in its third year. The Ardali government and Velmark's "
    "government have armies on the front line, and soldiers die daily.\n"
)


def events(text: str, title: str | None = None) -> list[Event]:
    return list(find_events(*reading(text, title=title, published=PUBLISHED)))


def days(event: Event) -> str:
    if event.date is None:
        return ""
    return f"{event.date[0]:%d.%m}-{event.date[1]:%d.%m}"


@pytest.mark.parametrize(
    "title",
    [
        "Statement of the Hill Brigades",
        "Communiqué No. 7 issued by the Hill Brigades on the war",
    ],
)
def test_our_fighters_are_those_of_whom_the_title_says_issued_the_paper(title: str) -> None:
    text = (
        "Citizens of Velmark! On Thursday our fighters ambushed an army column near Lenn.\n"
        "The Hill Brigades lost two comrades. We will never surrender our arms."
    )
    found = events(text, title)
    assert [(e.type, e.actors, days(e)) for e in found] == [
        ("ASSAULT", ("Hill Brigades",), "13.03-13.03"),
        ("REJECT", ("Hill Brigades",), "14.03-14.03"),
    ]


def test_a_joint_statement_speaks_for_all_whom_its_title_names() -> None:
    text = (
        "We, the foreign ministers of Ardal and Velmark, met in Pellmere on 11 and 12 March.\n"
        "1. We have agreed to a ceasefire from noon on 20 March.\n"
        "2. Velmark will withdraw its fleet from the Salt islands within ten days."
    )
    found = events(text, "Joint statement of the foreign ministers of Ardal and Velmark")
    assert [(e.type, e.status, e.actors, days(e)) for e in found] == [
        ("CONSULT", "happened", ("Ardal", "Velmark"), "11.03-12.03"),
        ("AGREE", "happened", ("Ardal", "Velmark"), ""),
        ("RETREAT", "planned", ("Velmark",), "11.03-21.03"),
    ]


def test_a_lie_about_a_retreat_is_a_retreat_denied() -> None:
    text = (
        "Velmark's armed forces\nOn 12 March air units flew four sorties over the Ombel valley.\n"
        "The General Staff rejects the lies about a retreat from Cairn Hill. There will be no "
        "talks with those who hold our soldiers."
    )
    found = events(text, "Bulletin of the Velmark Armed Forces")
    told = {(e.type, e.status, e.actors) for e in found}
    assert ("RETREAT", "denied", ("Velmark",)) in told
    assert ("ASSAULT", "happened", ("Velmark",)) in told
    assert [e.status for e in found if e.type == "REJECT"] == ["happened"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Envoys of Ardal and Velmark met in Pellmere from 25 February to 2 March.", "25.02-02.03"),
        ("Envoys of Ardal and Velmark met in Pellmere from February 25 to March 2.", "25.02-02.03"),
        ("Envoys of Ardal and Velmark met in Pellmere on 2 March.", "02.03-02.03"),
    ],
)
def test_days_across_two_months_are_one_stretch(sentence: str, expected: str) -> None:
    assert [days(e) for e in events(WAR + sentence) if e.type == "CONSULT"] == [expected]


def test_a_strike_in_reply_and_the_attack_it_answers_are_two() -> None:
    text = (
        WAR + "Ardal launched strikes on four sites in Velmark on Wednesday in retaliation for an "
        "attack on pilgrims in Ardal on March 2 that killed 26 people."
    )
    strikes = [e for e in events(text) if e.type == "ASSAULT" and e.date]
    assert [(e.actors, e.recipients) for e in strikes if days(e) == "12.03-12.03"] == [
        (("Ardal",), ("Velmark",))
    ]
    killed = [q.value for e in strikes if days(e) == "02.03-02.03" for q in e.quantities]
    assert killed == [26]


def test_a_side_commits_to_a_truce_but_commits_crimes_without_agreeing() -> None:
    crimes = events(WAR + "Ardal said that Velmark had committed war crimes on Monday.")
    truce = events(WAR + "Velmark committed itself to a ceasefire on Monday.")
    assert [e.type for e in crimes if e.type == "AGREE"] == []
    assert [e.actors for e in truce if e.type == "AGREE"] == [("Velmark",)]


def test_a_strait_is_closed_to_somebody() -> None:
    found = events(WAR + "Ardal closed the strait to Velmarkian ships on Sunday.")
    assert [(e.type, e.actors, e.recipients) for e in found if e.type == "COERCE"] == [
        ("COERCE", ("Ardal",), ("Velmark",))
    ]


@pytest.mark.parametrize(
    ("sentence", "actors", "recipients"),
    [
        ("Velmarkian soldiers marched into the Ardali town of Lenn on Monday.", "Velmark", "Ardal"),
        ("Ardali troops retook the port of Lenn from the insurgents on Monday.", "Ardal", None),
        (
            "Velmark launched its campaign on Monday with strikes on Ardali bases.",
            "Velmark",
            "Ardal",
        ),
    ],
)
def test_ground_is_taken_and_campaigns_are_begun(
    sentence: str, actors: str, recipients: str | None
) -> None:
    found = [e for e in events(WAR + sentence) if e.type == "ASSAULT" and days(e) == "10.03-10.03"]
    assert [e.actors for e in found] == [(actors,)]
    if recipients:
        assert found[0].recipients == (recipients,)


def test_who_is_blamed_for_sending_men_has_not_sent_them_by_that() -> None:
    found = events(
        WAR + "Ardal's premier blamed Velmark on Monday for arming rebels and sending men."
    )
    assert {e.type for e in found} <= {"ACCUSE"}


def test_to_speak_to_reporters_is_no_meeting() -> None:
    told = (
        "Ardal's president spoke to us in Osthaven on Sunday. Velmark's spoke to reporters there."
    )
    assert [e for e in events(WAR + told) if e.type == "CONSULT"] == []


def test_men_killed_in_a_clash_with_others_were_in_a_fight_of_two() -> None:
    told = "Nine Ardali soldiers were killed in fighting with Velmarkian troops on Monday."
    found = [e for e in events(WAR + told) if e.type == "ASSAULT" and days(e) == "10.03-10.03"]
    assert [set(e.actors) for e in found] == [{"Ardal", "Velmark"}]
    assert set(found[0].recipients) == {"Ardal", "Velmark"}


def test_the_council_in_the_paper_of_rebels_is_not_theirs() -> None:
    text = (
        "People of Velmark! On Thursday our fighters ambushed an army column near Lenn.\n"
        "The Hill Brigades lost two comrades. The military council bombed two villages that night."
    )
    found = events(text, "Statement of the Hill Brigades")
    assert [e.actors for e in found if e.mode == "aerial"] != [("Hill Brigades",)]


def test_people_who_die_in_a_stampede_were_not_attacked() -> None:
    told = "At least five people died in a stampede at the airport of Osthaven on Monday."
    assert [e for e in events(WAR + told) if e.date and days(e) == "10.03-10.03"] == []
