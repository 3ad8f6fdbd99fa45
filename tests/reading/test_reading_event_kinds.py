"""One construction a sentence: who did what to whom, when, and whether it happened.

Our own sentences on states and people that do not exist; each expectation is read off by hand.
"""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.reading.events import find_events
from ours import reading

SETTING = (
    "The war between Ardal and Velmark is in its third year. The Ardali and Velmarkian governments "
    "have sent envoys to Osthaven, and soldiers of the Ardali army and of the Velmarkian army hold "
    "the front line. Norrland's government is host to them."
)
PUBLISHED = dt.date(2031, 3, 14)  # a Friday
BOTH = ("Ardal", "Velmark")


def told(sentence: str) -> list[tuple[str, str, str, set[str], set[str]]]:
    """Return type, status, days, actors and recipients of each event of a sentence."""
    text = f"{SETTING}\n{sentence}"
    return [
        (e.type, e.status, _days(e.date), set(e.actors), set(e.recipients))
        for e in find_events(*reading(text, published=PUBLISHED))
        if e.span[0] > len(SETTING)
    ]


def _days(days: tuple[dt.date, dt.date] | None) -> str:
    if days is None:
        return ""
    first, last = days
    return f"{first:%d.%m}" if first == last else f"{first:%d.%m}-{last:%d.%m}"


@pytest.mark.parametrize(
    ("sentence", "type_", "status", "days", "actors", "recipients"),
    [
        # violence
        ("Velmarkian artillery shelled an Ardali village on Thursday.",
         "ASSAULT", "happened", "13.03", ["Velmark"], ["Ardal"]),
        ("Ardali troops recaptured two villages on Wednesday.",
         "ASSAULT", "happened", "12.03", ["Ardal"], ["Velmark"]),
        ("Six Ardali soldiers died in a Velmarkian ambush on Monday.",
         "ASSAULT", "happened", "10.03", ["Velmark"], ["Ardal"]),
        ("Ardal said its air defences had shot down 14 Velmarkian drones overnight.",
         "ASSAULT", "claimed", "13.03-14.03", ["Velmark"], ["Ardal"]),
        ("Velmark denied that its forces had shelled Ardal on Thursday.",
         "ASSAULT", "denied", "13.03", ["Velmark"], ["Ardal"]),
        ("The two armies exchanged fire along the border on Tuesday.",
         "ASSAULT", "happened", "11.03", BOTH, BOTH),
        ("Heavy fighting raged near the river on Wednesday.",
         "ASSAULT", "happened", "12.03", BOTH, BOTH),
        ("More than 300 people have been killed since the war began in February.",
         "ASSAULT", "happened", "01.02-14.03", BOTH, BOTH),
        # talks
        ("The foreign ministers of Ardal and Velmark met in Osthaven on Thursday.",
         "CONSULT", "happened", "13.03", BOTH, []),
        ("Ardali and Velmarkian envoys are due to meet in Osthaven on 20 March.",
         "CONSULT", "planned", "20.03", BOTH, []),
        ("A second round of talks between Ardal and Velmark is scheduled for Monday.",
         "CONSULT", "planned", "17.03", BOTH, []),
        ("Velmark called off talks with Ardal on Wednesday.",
         "CONSULT", "called-off", "12.03", BOTH, []),
        ("Talks between Ardal and Velmark set for Saturday have been postponed.",
         "CONSULT", "called-off", "15.03", BOTH, []),
        # agreements, kept or undone
        ("A ceasefire was agreed between Ardal and Velmark on Wednesday.",
         "AGREE", "happened", "12.03", BOTH, []),
        ("Ardal and Velmark will sign a peace treaty on 2 April.",
         "AGREE", "planned", "02.04", BOTH, []),
        ("The ceasefire came into force at midnight on Thursday.",
         "RETREAT", "happened", "13.03", BOTH, []),
        ("The truce is to take effect on Sunday.",
         "RETREAT", "planned", "16.03", BOTH, []),
        ("Nine Ardali captives were handed over by Velmark on Sunday.",
         "RETREAT", "happened", "09.03", ["Velmark"], []),
        ("Velmark declared a unilateral ceasefire on Friday.",
         "CONCEDE", "happened", "14.03", ["Velmark"], []),
        ("Ardal quit the defence pact on Monday.",
         "REJECT", "happened", "10.03", ["Ardal"], []),
        # words that are deeds
        ("Ardal rejected the Velmarkian proposal on Tuesday.",
         "REJECT", "happened", "11.03", ["Ardal"], ["Velmark"]),
        ("Velmark said on Monday that peace talks made no sense.",
         "REJECT", "happened", "10.03", ["Velmark"], []),
        ("Velmark warned on Thursday that its troops would answer any attack.",
         "THREATEN", "happened", "13.03", ["Velmark"], []),
        ("Velmark said on Monday that foreign troops in Ardal would be legitimate targets.",
         "THREATEN", "happened", "10.03", ["Velmark"], []),
        ("Velmark was accused by Ardal on Monday of moving border posts.",
         "ACCUSE", "happened", "10.03", ["Ardal"], ["Velmark"]),
        ("Ardal asked Norrland on Wednesday for military help.",
         "REQUEST", "happened", "12.03", ["Ardal"], ["Norrland"]),
        # men and means
        ("Norrland sent 2,000 peacekeepers to the border on Wednesday.",
         "AID", "happened", "12.03", ["Norrland"], []),
        ("Ardal called up reservists on Sunday.",
         "MOBILIZE", "happened", "09.03", ["Ardal"], []),
        ("Velmark closed its border with Ardal on Monday.",
         "COERCE", "happened", "10.03", ["Velmark"], ["Ardal"]),
    ],
)  # fmt: skip
def test_a_construction_tells_its_event(
    sentence: str, type_: str, status: str, days: str, actors: list[str], recipients: list[str]
) -> None:
    assert told(sentence) == [(type_, status, days, set(actors), set(recipients))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Velmark could attack Ardal next week.",
        "If Ardal fires first, Velmark will strike.",
        "Velmark has repeatedly shelled border villages.",
        "Ardal has not signed the treaty.",
        "No agreement was reached in Osthaven.",
        "Ardal and Velmark may sign a deal in May.",
        "Any Velmarkian attack on Ardal would be a breach of the treaty.",
        "Will Ardal attack Velmark on Friday?",
        "Velmark wants a truce with Ardal before May.",
        "Velmark declined to comment on the talks.",
    ],
)
def test_what_might_be_or_is_wanted_is_no_event(sentence: str) -> None:
    assert told(sentence) == []


def test_a_mediated_truce_is_mediation_by_one_and_an_agreement_of_two() -> None:
    found = told("Norrland brokered a truce between Ardal and Velmark on Tuesday.")
    assert {(type_, frozenset(actors)) for type_, _, _, actors, _ in found} == {
        ("CONSULT", frozenset({"Norrland", *BOTH})),
        ("AGREE", frozenset(BOTH)),
    }


def test_the_day_of_a_speech_is_not_the_day_of_what_was_said() -> None:
    ((type_, _, days, _, _),) = told(
        "Ardal said on Thursday that it and Velmark had agreed on a truce."
    )
    assert (type_, days) == ("AGREE", "")


def test_what_is_agreed_at_a_dated_meeting_has_its_day() -> None:
    found = told(
        "On Monday envoys of Ardal and Velmark met in Osthaven. They agreed to free all captives."
    )
    assert [(type_, days) for type_, _, days, _, _ in found] == [
        ("CONSULT", "10.03"),
        ("AGREE", "10.03"),
    ]


def test_an_act_that_points_back_at_another_is_one_of_its_kind() -> None:
    found = told("Ardal accepted the plan on Monday, and Velmark followed suit on Wednesday.")
    assert [(type_, days, actors) for type_, _, days, actors, _ in found] == [
        ("AGREE", "10.03", {"Ardal"}),
        ("AGREE", "12.03", {"Velmark"}),
    ]


def test_a_charge_denied_is_no_fact_but_an_attack_the_report_tells_itself_stays_one() -> None:
    said = told("Ardal said Velmarkian jets had bombed a clinic on Monday. Velmark denied it.")
    assert [(type_, status) for type_, status, *_ in said] == [("ASSAULT", "denied")]
    seen = told("Velmarkian jets bombed a clinic on Monday. Velmark denied it.")
    assert [(type_, status) for type_, status, *_ in seen] == [("ASSAULT", "happened")]


def test_an_attack_is_counted_from_the_day_that_it_is_measured_from() -> None:
    found = told(
        "Ardal ended its search on Tuesday, three days after a Velmarkian missile hit a school."
    )
    assert ("ASSAULT", "08.03") in [(type_, days) for type_, _, days, _, _ in found]


def test_the_day_of_a_raid_that_somebody_is_blamed_for_is_the_raids_own() -> None:
    found = told("Ardal blamed Velmark for a massacre of 26 villagers on 3 March.")
    assert [(type_, days, sorted(rec)) for type_, _, days, _, rec in found] == [
        ("ACCUSE", "", ["Velmark"]),
        ("ASSAULT", "03.03", ["Ardal"]),
    ]


def test_talks_planned_and_called_off_have_the_day_they_were_planned_for() -> None:
    ((type_, status, days, _, _),) = told(
        "A conference of donors planned for this month has been called off."
    )
    assert (type_, status, days) == ("CONSULT", "called-off", "01.03-31.03")


def test_what_was_said_before_and_said_again_is_said_twice() -> None:
    found = told(
        "Velmark said on Monday that peace talks made no sense, and it repeated it on Thursday."
    )
    assert [(type_, days) for type_, _, days, _, _ in found] == [
        ("REJECT", "10.03"),
        ("REJECT", "13.03"),
    ]


def test_an_army_speaks_of_itself_and_of_its_enemy_in_its_own_bulletin() -> None:
    text = (
        "General Staff of the Ukrainian Armed Forces: bulletin.\n"
        "In the past 24 hours the enemy launched 12 missiles at our towns.\n"
        "Our forces recaptured a village."
    )
    found = find_events(*reading(text, published=PUBLISHED))
    assert [(e.actors, _days(e.date)) for e in found] == [
        (("Russia",), "13.03-14.03"),
        (("Ukraine",), "13.03-14.03"),
    ]


def test_a_list_of_dates_gives_each_entry_its_own() -> None:
    found = told("4 May 2029: Velmark shells an Ardali town.\n9 June 2030: Fighting resumes.")
    assert [(type_, days) for type_, _, days, _, _ in found] == [
        ("ASSAULT", "04.05"),
        ("ASSAULT", "09.06"),
    ]


def test_who_claims_an_attack_made_it() -> None:
    found = told(
        "A bomb exploded at an Ardali market on Monday, killing nine people. The Red Hand group "
        "has not spoken. Velmark claimed responsibility for the attack."
    )
    assert [(days, actors) for type_, _, days, actors, _ in found if type_ == "ASSAULT"] == [
        ("10.03", {"Velmark"})
    ]


def test_a_subject_that_the_parser_takes_for_a_measure_still_acts() -> None:
    ((type_, _, days, actors, _),) = told("Turkey hosted talks in Ankara on 1 March.")
    assert (type_, days, actors) == ("CONSULT", "01.03", {"Turkey"})


def test_a_raid_and_the_toll_of_a_month_are_two() -> None:
    found = told(
        "Velmarkian drones hit an Ardali port overnight. At least 40 Ardali civilians have been "
        "killed since 1 February."
    )
    assert [days for type_, _, days, _, _ in found if type_ == "ASSAULT"] == [
        "13.03-14.03",
        "01.02-14.03",
    ]


def test_an_agreement_that_others_tell_and_a_party_denies_is_denied() -> None:
    found = told(
        "Norrland said Ardal and Velmark had agreed on a truce. Velmark said on Monday that no "
        "truce had been agreed."
    )
    assert [(type_, status) for type_, status, *_ in found] == [("AGREE", "denied")]


@pytest.mark.parametrize(
    ("sentence", "status", "recipients"),
    [
        ("Norrland handed over 14 howitzers to Ardal on Monday.", "happened", {"Ardal"}),
        ("Norrland is to hand over 14 howitzers to Ardal on 20 March.", "planned", {"Ardal"}),
        ("Norrland promised Ardal 2 billion euros in arms on Tuesday.", "happened", {"Ardal"}),
        ("Norrland pledged 40 tanks to Velmark on Tuesday.", "happened", {"Velmark"}),
    ],
)
def test_arms_handed_over_or_promised_are_aid_to_whoever_gets_them(
    sentence: str, status: str, recipients: set[str]
) -> None:
    ((kind, how, _, actors, given),) = told(sentence)
    assert (kind, how, actors, given) == ("AID", status, {"Norrland"}, recipients)


def test_a_promise_of_money_for_other_ends_and_arms_laid_down_are_no_aid() -> None:
    assert all(
        event[0] != "AID"
        for sentence in (
            "Norrland promised 2 billion euros in taxes on Tuesday.",
            "Velmark handed over its weapons on Monday.",
        )
        for event in told(sentence)
    )
