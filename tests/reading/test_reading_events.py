"""Events and their numbers in our own reports of states and people that do not exist."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.reading.events import find_events
from ours import reading

if TYPE_CHECKING:
    from foedus.reading.values import Event


def events_of(text: str) -> tuple[Event, ...]:
    return find_events(*reading(text, published=dt.date(2031, 3, 14)))  # a Friday


BARRAGE = (
    "Velmark launched 120 drones and 14 missiles at Ardal overnight, the Ardali army said, as the "
    "war went on. Air defences shot down 97 of the drones. Two civilians were killed and eleven "
    "were wounded.\n"
    "Ardal's president and the Velmarkian government have not agreed on a ceasefire."
)


def test_a_barrage_between_states_no_table_knows_is_one_assault_with_its_numbers() -> None:
    (raid,) = [event for event in events_of(BARRAGE) if event.type == "ASSAULT"]
    assert (raid.actors, raid.recipients) == (("Velmark",), ("Ardal",))
    assert raid.date == (dt.date(2031, 3, 13), dt.date(2031, 3, 14))
    numbers = {(q.item, q.role, q.value) for q in raid.quantities}
    assert {
        ("drone", "launched", 120),
        ("missile", "launched", 14),
        ("drone", "destroyed", 97),
    } <= numbers
    assert {("person", "killed", 2), ("person", "wounded", 11)} <= numbers


def test_what_has_not_been_agreed_is_no_agreement() -> None:
    assert not [event for event in events_of(BARRAGE) if event.type == "AGREE"]


def test_a_possible_attack_is_no_event() -> None:
    text = (
        "If the ceasefire failed, Velmark might launch 300 missiles at Ardal. "
        "The Ardali army and the Velmarkian army are still at war."
    )
    assert events_of(text) == ()


def test_a_match_is_no_war() -> None:
    text = (
        "Rovers fired nine shots at United on Saturday and struck the bar twice. "
        "The attack killed the game."
    )
    assert events_of(text) == ()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=300))
def test_any_text_is_read_without_raising_and_each_span_lies_inside_it(text: str) -> None:
    whole = (
        f"{text}\nVelmark shelled Ardal's troops on Monday. The war and the ceasefire talks go on."
    )
    for event in events_of(whole):
        start, end = event.span
        assert 0 <= start < end <= len(whole)
        assert whole[start:end].strip()
