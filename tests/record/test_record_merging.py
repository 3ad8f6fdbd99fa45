"""Which tellings are one event: worked out by hand for a war between states that do not exist."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from foedus.record import joins, open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from foedus.reading.values import Mentions
    from foedus.record import Record

    Make = Callable[..., Any]

RAID = "Ardal launched drones and missiles at Velmark overnight"
TALKS = "Envoys of the two countries sat down again"


@pytest.fixture
def joined(
    read: Callable[..., Mentions], event: Make, record_of: Callable[..., Record]
) -> Callable[..., bool]:
    """Say whether two tellings, each in a report of its own, come out as one event."""

    def ask(
        one: dict[str, Any],
        two: dict[str, Any],
        words: tuple[str, str] = (RAID, "The enemy struck"),
        days: tuple[str | None, str | None] = ("2031-05-03", "2031-05-03"),
    ) -> bool:
        told = [
            read(source, day, (sentence, event(**what)))
            for source, day, sentence, what in zip("ab", days, words, (one, two), strict=True)
        ]
        return len(record_of(*told).events) == 1

    return ask


SAME = [
    pytest.param({"place": "Velm"}, {"place": "Velm"}, id="one town, one day, nothing else said"),
    pytest.param(
        {"place": "Velmark", "date": "2031-05-01/2031-05-02"},
        {"place": "Velmark", "date": "2031-05-02"},
        id="the night to a day, and that day",
    ),
    pytest.param(
        {"place": "Velm", "actors": ()},
        {"place": "Velm", "recipients": ("Velmark", "Velm Water Board")},
        id="one report does not say who did it",
    ),
    pytest.param(
        {"place": "Velm", "status": "claimed"},
        {"place": "Velm", "status": "denied"},
        id="claimed by one and denied by the other",
    ),
    pytest.param(
        {"type": "CONSULT", "mode": "meeting", "actors": ("Ardal", "Velmark"), "recipients": ()},
        {"type": "CONSULT", "mode": "visit", "actors": ("Velmark",), "recipients": ("Ardal",)},
        id="whoever is named first: a meeting is of both",
    ),
    pytest.param(
        {"type": "AGREE", "actors": ("Ardal", "Velmark"), "recipients": (), "place": "Oststad"}
        | {"date": "2031-04-28/2031-05-04"},
        {"type": "AGREE", "actors": ("Ardal", "Velmark", "Olle Brandt"), "recipients": ()}
        | {"place": "Oststad"},
        id="last week, and the day",
    ),
]

DIFFERENT = [
    pytest.param({"place": "Velm"}, {"place": "Osk"}, id="two towns in one night"),
    pytest.param(
        {"place": "Velm", "country": "VLM"}, {"place": "Velm", "country": "NRL"}, id="two countries"
    ),
    pytest.param({"place": "Velm"}, {"place": "Velm", "date": "2031-05-04"}, id="two days later"),
    pytest.param({"place": "Velm"}, {"place": "Velm", "date": "2031-05-03"}, id="the next day"),
    pytest.param(
        {"place": "Velmark", "date": "2031-05-01/2031-05-02"},
        {"place": "Velmark", "date": "2031-05-02/2031-05-03"},
        id="the next night",
    ),
    pytest.param({"place": "Velm"}, {"place": "Velm", "mode": "ground"}, id="bombs and infantry"),
    pytest.param(
        {"place": "Velm"},
        {"place": "Velm", "actors": ("Velmark",), "recipients": ("Ardal",)},
        id="the blow and the blow back",
    ),
    pytest.param(
        {"place": "Velm"},
        {"place": "Velm", "actors": ("Norrland",), "recipients": ("Sund",)},
        id="nobody in common",
    ),
    pytest.param(
        {"type": "CONSULT", "mode": "call", "actors": ("Ardal", "Velmark"), "recipients": ()},
        {"type": "CONSULT", "mode": "meeting", "actors": ("Ardal", "Velmark"), "recipients": ()},
        id="a call and a meeting",
    ),
    pytest.param(
        {"type": "CONSULT", "mode": "meeting", "place": "Oststad", "recipients": ()}
        | {"actors": ("Ardal", "Olle Brandt", "Norrland", "Ida Holm")},
        {"type": "CONSULT", "mode": "meeting", "place": "Oststad", "recipients": ()}
        | {"actors": ("Ardal", "Olle Brandt", "Sund", "Per Lund")},
        id="one host, two guests on one day",
    ),
    pytest.param(
        {"type": "THREATEN", "actors": ("Ardal", "Olle Brandt")},
        {"type": "THREATEN", "actors": ("Ardal", "Ida Holm")},
        id="two voices of one government",
    ),
    pytest.param(
        {"place": "Velmark", "mode": "other", "date": "2030-11-01/2031-05-03"},
        {"place": "Velmark"},
        id="the whole war and a raid in it",
    ),
    pytest.param(
        {"place": "Velm", "mode": "ground", "date": "2031-04-27/2031-05-03"},
        {"place": None, "mode": "ground", "date": "2031-05-01"},
        id="a week of fighting and an attack in it",
    ),
    pytest.param(
        {"type": "CONSULT", "mode": "meeting", "status": "called-off", "place": "Oststad"},
        {"type": "CONSULT", "mode": "meeting", "status": "happened", "place": "Oststad"},
        id="called off and held",
    ),
    pytest.param(
        {"type": "AGREE", "actors": ("Ardal", "Velmark"), "place": "Oststad"},
        {"type": "CONSULT", "mode": "meeting", "actors": ("Ardal", "Velmark")}
        | {"place": "Oststad"},
        id="the talks and what came of them",
    ),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_tellings_that_fit_are_one_event(
    joined: Make, one: dict[str, Any], two: dict[str, Any]
) -> None:
    assert joined(one, two)
    assert joined(two, one)


@pytest.mark.parametrize("words", [(RAID, "The enemy struck"), (RAID, RAID)])
@pytest.mark.parametrize(("one", "two"), DIFFERENT)
def test_tellings_that_do_not_fit_stay_apart_even_in_the_same_words(
    joined: Make, one: dict[str, Any], two: dict[str, Any], words: tuple[str, str]
) -> None:
    assert not joined(one, two, words=words)
    assert not joined(two, one, words=words)


def test_the_same_parties_and_day_are_not_enough_for_an_attack(joined: Make) -> None:
    assert not joined({}, {})
    assert joined({}, {}, words=(RAID, RAID))


def test_a_large_number_in_common_makes_one_raid_of_two(joined: Make, number: Make) -> None:
    raid = {"quantities": (number(312, "drone", "launched"),)}
    other = {"quantities": (number(127, "drone", "launched"),)}
    assert joined(raid, raid)
    assert not joined({**raid, "place": "Velmark"}, {**other, "place": "Velmark"})


def test_a_toll_that_rises_is_of_one_event_and_both_counts_stay(
    read: Callable[..., Mentions], event: Make, number: Make, record_of: Callable[..., Record]
) -> None:
    counts = {"a": (31, "2031-05-03"), "b": (44, "2031-05-05")}
    told = [
        read(
            source,
            day,
            (RAID, event(place="Velm", quantities=(number(count, "person", "killed"),))),
        )
        for source, (count, day) in counts.items()
    ]
    (raid,) = record_of(*told).events
    assert [(q.value, q.report) for q in raid.quantities] == [
        (31, told[0].report.id),
        (44, told[1].report.id),
    ]


def test_an_act_without_a_day_is_one_with_a_day_only_in_much_the_same_words(joined: Make) -> None:
    pact = {"type": "AGREE", "actors": ("Ardal", "Velmark"), "recipients": (), "place": "Oststad"}
    undated = pact | {"date": None}
    alike = ("agreed on the framework of a truce", "have agreed to the framework for a truce")
    assert joined(pact, undated, words=alike)
    assert joined(undated, undated, words=alike)
    assert not joined(pact, undated, words=(alike[0], "a deal on prisoners was signed there"))
    assert not joined(pact, undated, words=alike, days=("2031-05-03", "2031-06-20"))
    assert joined(undated, undated, words=alike, days=("2031-05-03", "2031-05-06"))
    assert not joined(undated, undated, words=alike, days=("2031-05-03", "2031-05-07"))
    assert not joined(undated, undated, words=alike, days=(None, "2031-05-20"))


def test_what_was_planned_and_then_happened_is_one_event_that_happened(
    read: Callable[..., Mentions], event: Make, record_of: Callable[..., Record]
) -> None:
    talks = {
        "type": "CONSULT",
        "mode": "meeting",
        "actors": ("Ardal", "Velmark"),
        "recipients": (),
        "place": "Oststad",
        "date": "2031-05-04",
    }
    plan = read("a", "2031-05-02", (TALKS, event(**talks, status="planned")))
    fact = read("b", "2031-05-05", (TALKS, event(**talks)))
    assert record_of(plan, as_of=dt.date(2031, 5, 4)).events[0].status == "planned"
    (met,) = record_of(plan, fact).events
    assert (met.status, met.disputes, len(met.evidence)) == ("happened", (), 2)


def test_a_report_tells_an_event_once(
    read: Callable[..., Mentions], event: Make, record_of: Callable[..., Record]
) -> None:
    twice = read(
        "a", "2031-05-03", (RAID, event(place="Velm")), ("Then they struck", event(place="Velm"))
    )
    assert len(record_of(twice).events) == 2


def test_where_two_events_fit_alike_none_is_taken(
    read: Callable[..., Mentions], event: Make, record_of: Callable[..., Record]
) -> None:
    twice = read(
        "a",
        "2031-05-03",
        ("First blow.", event(place="Velm")),
        ("Second blow.", event(place="Velm")),
    )
    once = read("b", "2031-05-03", ("A third.", event(place="Velm")))
    assert len(record_of(twice, once).events) == 3


def test_the_better_of_two_that_fit_is_taken(
    read: Callable[..., Mentions], event: Make, number: Make, record_of: Callable[..., Record]
) -> None:
    shot = (number(25, "drone", "destroyed"),)
    twice = read(
        "a",
        "2031-05-03",
        ("First blow.", event(place="Velm")),
        ("Second blow.", event(place="Velm", quantities=shot)),
    )
    once = read("b", "2031-05-03", ("A third.", event(place="Velm", quantities=shot)))
    assert [[e.quote for e in x.evidence] for x in record_of(twice, once).events] in (
        [["First blow."], ["Second blow.", "A third."]],
        [["A third.", "Second blow."], ["First blow."]],
    )


def test_a_vague_telling_does_not_bind_two_events_together(
    read: Callable[..., Mentions], event: Make, record_of: Callable[..., Record]
) -> None:
    """The first fits the second and the second fits the third, but not the first the third."""
    one = event(place="Velmark", date="2031-05-01/2031-05-02", quantities=())
    day = event(place="Velmark", date="2031-05-02")
    two = event(place="Velmark", date="2031-05-02/2031-05-03")
    told = [
        read(source, "2031-05-04", (RAID, what))
        for source, what in (("a", one), ("b", day), ("c", two))
    ]
    record = record_of(*told)
    together = [{e.report for e in raid.evidence} for raid in record.events]
    assert not any({told[0].report.id, told[2].report.id} <= group for group in together)


def test_a_telling_without_an_attacker_does_not_bind_the_raids_of_two_attackers(
    read: Callable[..., Mentions], event: Make, number: Make, record_of: Callable[..., Record]
) -> None:
    """However much else they have in common: two who exclude each other are not one event."""
    same = {
        "place": "Velm",
        "quantities": (number(312, "drone", "launched"), number(128, "drone", "destroyed")),
    }
    attackers: dict[str, tuple[str, ...]] = {"a": ("Ardal",), "b": (), "c": ("Norrland",)}
    told = [
        read(source, "2031-05-04", (RAID, event(actors=actors, **same)))
        for source, actors in attackers.items()
    ]
    sizes = sorted(len(raid.evidence) for raid in record_of(*told).events)
    assert sizes == [1, 2]
    assert {raid.actors for raid in record_of(*told).events} == {("Ardal",), ("Norrland",)}


def test_one_entry_says_what_most_reports_say_and_keeps_all_names(
    read: Callable[..., Mentions], event: Make, record_of: Callable[..., Record]
) -> None:
    told = [
        read(
            "a",
            "2031-05-03",
            (RAID, event(place="Velmark", country="VLM", date="2031-05-01/2031-05-02")),
        ),
        read(
            "b",
            "2031-05-03",
            (RAID, event(place="Velm", country="VLM", recipients=("Velmark", "Velm Water Board"))),
        ),
        read(
            "c",
            "2031-05-04",
            (
                RAID,
                event(place="Velm", mode="other", status="claimed", according_to="Velmark's army"),
            ),
        ),
    ]
    (raid,) = record_of(*told).events
    assert (raid.place, raid.country, raid.mode) == ("Velm", "VLM", "aerial")
    assert raid.date == (dt.date(2031, 5, 2), dt.date(2031, 5, 2))
    assert (raid.actors, raid.recipients) == (("Ardal",), ("Velmark", "Velm Water Board"))
    assert (raid.status, raid.according_to) == ("happened", None)
    assert [e.report for e in raid.evidence[:2]] == sorted(m.report.id for m in told[:2])
    assert raid.evidence[2].report == told[2].report.id


def test_whoever_meets_is_named_once(
    read: Callable[..., Mentions], event: Make, record_of: Callable[..., Record]
) -> None:
    talks = {"type": "CONSULT", "mode": "meeting"}
    told = [
        read(
            "a", "2031-05-03", (TALKS, event(**talks, actors=("Velmark", "Ardal"), recipients=()))
        ),
        read(
            "b", "2031-05-04", (TALKS, event(**talks, actors=("Ardal",), recipients=("Velmark",)))
        ),
    ]
    (met,) = record_of(*told).events
    assert (met.actors, met.recipients) == (("Velmark", "Ardal"), ())


def test_an_event_keeps_its_id_when_later_reports_tell_it_again(
    read: Callable[..., Mentions], event: Make, record_of: Callable[..., Record]
) -> None:
    first = read("z", "2031-05-03", (RAID, event(place="Velm")))
    later = read("a", "2031-05-09", (RAID, event(place="Velm")))
    (alone,) = record_of(first).events
    (both,) = record_of(first, later).events
    assert both.id == alone.id
    assert both.id.startswith("e-")


def test_days_next_to_each_other_meet_when_place_numbers_and_words_agree(
    joined: Callable[..., bool], number: Make
) -> None:
    """Worked out: days -4, parties +2, place +3, number +3, wording +3, an attack -1: 6 of 5."""
    raid = {"place": "Velm", "quantities": (number(312, "drone", "launched"),)}
    days = ("2031-05-02", "2031-05-03")
    assert joined(*(raid | {"date": day} for day in days), words=(RAID, RAID))
    assert not joined(*(raid | {"date": day} for day in ("2031-05-02", "2031-05-04")))


def test_two_towns_are_two_events_unless_a_number_is_the_same(
    joined: Callable[..., bool], number: Make
) -> None:
    """With it: days +3, parties +2, place -4, number +3, wording +3, an attack -1: 6 of 5."""
    towns = ({"place": "Velm"}, {"place": "Osk"})
    assert not joined(*towns, words=(RAID, RAID))
    for counts, is_one in (((312, 312), True), ((312, 300), False)):
        told = [
            town | {"quantities": (number(count, "drone", "launched"),)}
            for town, count in zip(towns, counts, strict=True)
        ]
        assert joined(*told, words=(RAID, RAID)) is is_one


def test_each_join_can_be_explained_and_the_weights_make_the_sum(
    read: Callable[..., Mentions], event: Make, number: Make, tmp_path: Path
) -> None:
    raid = event(place="Velm", quantities=(number(312, "drone", "launched"),))
    told = [read(source, "2031-05-03", (RAID, raid)) for source in "ab"]
    with open_store(str(tmp_path / "r.db")) as store:
        store.add_all(told, reader="1")
        drawn = store.drawn()
    (join,) = joins(drawn, drawn.record.events[0].id)
    assert {c.of: c.weight for c in join.comparisons} == {
        "days": 3,
        "parties": 2,
        "place": 3,
        "numbers": 3,
        "wording": 3,
        "plan or deed": 0,
        "kind of act": -1,
    }
    assert (join.total, join.threshold, join.by_hand) == (13, 5, ())
    assert {join.one.report, join.two.report} == {m.report.id for m in told}
