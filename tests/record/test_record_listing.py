"""Listing mentions from the tables gives what going through the whole record gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from foedus.ids import ReportId
from foedus.reading.values import Claim, Position, ProvisionMention, Unknown
from foedus.record import Question, Signature, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from foedus.reading.values import Mentions
    from foedus.record import Record, Store

    Read = Callable[..., Mentions]

IDA = Signature(by="Ida Stern", at=dt.datetime(2031, 6, 1, 9, 30, tzinfo=dt.UTC))


@pytest.fixture
def store(
    where: str, read: Read, event: Callable[..., Any], number: Callable[..., Any], full: Mentions
) -> Iterator[Store]:
    told = [
        full,
        read(
            "b.txt",
            "2031-05-06",
            ("Ardal shelled Osk.", event(date="2031-05-05", place="Osk Port", country="VLM")),
            ("Ardal shelled Osk.", event(date="2031-05-01/2031-05-05", mode="shelling")),
            ("it was loud", (Claim, {"speaker": "Ida Falk", "side": "Velmark", "kind": "direct",
                                     "cue": "said"})),
            ("It wants it.", (Position, {"actor": "Ardal", "issue": "territory",
                                         "stance": "demands"})),
        ),
        read(
            "c.txt",
            None,
            ("Monitors.", (ProvisionMention, {"provision": "monitoring", "by": "Ardal",
                                              "status": "agreed"})),
            ("Who knows.", (Unknown, {"about": "monitoring"})),
            ("A raid.", event(date=None, quantities=(number(3, "drone", "launched"),))),
        ),
    ]  # fmt: skip
    copy = replace(full.report, id=ReportId("0" * 12), source="copy.txt")
    with open_store(where) as opened:
        opened.add_all([*told, replace(full, report=copy)], reader="1")
        yield opened


def _every(record: Record) -> list[str | None]:
    """Return the mention of every piece of evidence in a record, by way of its entries."""
    return sorted(
        [
            *(str(e.mention) for entry in record.events for e in entry.evidence),
            *(str(e.mention) for entry in record.positions for e in entry.evidence),
            *(str(e.mention) for entry in record.unknowns for e in entry.evidence),
            *(str(claim.evidence.mention) for claim in record.claims),
            *(str(e.mention) for entry in record.provisions for _, _, e in entry.history),
        ]
    )


@pytest.mark.parametrize("as_of", [None, dt.date(2031, 5, 3), dt.date(2031, 5, 2)])
@pytest.mark.parametrize("changed", [False, True])
def test_all_mentions_are_those_of_the_record(
    store: Store, as_of: dt.date | None, *, changed: bool
) -> None:
    if changed:
        event = next(e for e in store.record().events if e.place == "Osk Port")
        store.correct(event.id, "place", "Velm", IDA)
        store.reject(["c.txt"], IDA)
    found = store.mentions(Question(), as_of=as_of)
    assert sorted(m.id for m in found) == _every(store.record(as_of))
    texts = {r.id: r.text for r in store.record().reports}
    for mention in found:
        e = mention.evidence
        if e.report in texts:
            assert texts[e.report][e.start : e.end] == e.quote


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (Question(event_type="CONSULT"), ["They met."]),
        (Question(place="osk"), ["Ardal shelled Osk."]),
        (Question(place="VLM"),
         ["Ardal sent 12 drones at Velm in the night.", "Ardal shelled Osk."]),
        (Question(about="territory"), ["Velmark wants it all back.", "It wants it."]),
        (Question(about="monitoring"), ["Monitors.", "Who knows.", "Norrland offered observers."]),
        (Question(actor="ida falk"), ["it was loud"]),
        (Question(actor="Norrland"), ["Norrland offered observers."]),
        (Question(since=dt.date(2031, 5, 5), event_type="ASSAULT"), ["Ardal shelled Osk."] * 2),
        (Question(until=dt.date(2031, 5, 2), event_type="ASSAULT"),
         ["Ardal shelled Osk.", "Ardal sent 12 drones at Velm in the night."]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("changed", [False, True])
def test_a_question_is_answered_alike_with_and_without_changes(
    store: Store, question: Question, found: list[str], *, changed: bool
) -> None:
    if changed:  # every report is then read whole and asked here, not by the database
        store.accept(["full.html", "b.txt", "c.txt"], IDA)
    assert [m.evidence.quote for m in store.mentions(question)] == found


def test_only_the_newest_are_given_when_there_are_more(store: Store) -> None:
    every = store.mentions(Question())
    assert store.mentions(Question(), most=3) == every[-3:]
    assert [m.date for m in every] == sorted(
        (m.date for m in every), key=lambda d: d or (dt.date.min, dt.date.min)
    )


def test_a_corrected_mention_is_found_by_what_it_now_says(store: Store) -> None:
    (shelling,) = store.mentions(Question(place="osk"))
    store.correct(shelling.id, "place", "Tarn", IDA)
    assert store.mentions(Question(place="osk")) == ()
    (found,) = store.mentions(Question(place="tarn"))
    assert (found.id, [c.by for c in found.corrections]) == (shelling.id, ["Ida Stern"])


def test_numbers_come_with_their_event(store: Store) -> None:
    (raid,) = [m for m in store.mentions(Question()) if m.evidence.quote == "A raid."]
    assert [q.value for q in raid.says.quantities] == [3.0]  # type: ignore[union-attr]
