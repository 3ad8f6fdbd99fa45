"""Which reports are about a conflict: short texts of our own on states that do not exist."""

from __future__ import annotations

import pytest

from foedus.reading.relevance import is_about_conflict
from ours import reading


def relevant(title: str, text: str) -> bool:
    return is_about_conflict(reading(text, title=title)[0])


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Ardal and Velmark settle their text",
            (
                "The foreign ministers said the text of the treaty on the shared border was ready. "
                "It bars third-country forces and ends forty years of enmity."
            ),
        ),
        (
            "Envoy raises partition of the Salt Coast",
            (
                "The UN envoy told the Security Council that autonomy under Ardali sovereignty was "
                "one way, and a referendum another."
            ),
        ),
        (
            "Gangs storm the gaol of Port Lenn",
            (
                "Armed gangs stormed the gaol and freed 900 men. The government declared a state "
                "of emergency and a curfew; an Ardali-backed mission of 400 police is awaited."
            ),
        ),
        (
            "Ardal and Velmark will not use force",
            (
                "The presidents agreed not to use force over the disputed Lenn region. A joint "
                "commission of foreign ministers is to report; Norrland moved armoured vehicles."
            ),
        ),
        (
            "Diplomat briefs on a shut road",
            (
                "The special representative said both capitals were open to a meeting. Velmark "
                "wants checkpoints; the contingent has not moved, and Sundria offered its good "
                "offices."
            ),
        ),
        (
            "Shell hits football ground",
            (
                "Two shells fell on the football ground of Osthaven, and nine people were killed. "
                "The army said a gun of the other side had fired."
            ),
        ),
    ],
)
def test_a_report_on_a_conflict_with_few_words_of_war_is_read(title: str, text: str) -> None:
    assert relevant(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Osthaven win the derby",
            (
                "The striker scored twice in the match. “We went to war,” said the coach, whose "
                "truce with the league had held until the drone of the crowd began."
            ),
        ),
        (
            "A truce in the trade war",
            (
                "Ardal and Velmark agreed a truce on tariffs, their foreign ministers said. Envoys "
                "will hold talks on customs duties, and shares rose on the market."
            ),
        ),
        (
            "The Siege tops the box office",
            (
                "The film, in which rebels shell a fictional capital and soldiers are captured, "
                "pleased audiences. A ceasefire is signed in the last reel."
            ),
        ),
        (
            "Two killed in a nightclub",
            (
                "Police arrested a gunman after two people were killed and five wounded in a "
                "nightclub. Rival gangs had fought there before."
            ),
        ),
        (
            "Toll of the quake passes 2,000",
            (
                "More than 2,100 people were killed when an earthquake struck Ardal. Soldiers and "
                "rescue workers dug through rubble, and Velmark opened its airspace."
            ),
        ),
        (
            "The siege of Lenn on show",
            (
                "The museum opens on Monday with shells and letters of soldiers. In 1713 the "
                "troops of Ardal held out for ten months before the armistice."
            ),
        ),
    ],
)
def test_a_report_on_sport_trade_films_crime_or_history_is_none(title: str, text: str) -> None:
    assert not relevant(title, text)
