"""What is asked a page at a time is what the whole record says, whatever people changed in it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.record import (
    Index,
    Question,
    ask,
    findings,
    positions_over_time,
    timeline,
)
from foedus.record.around import around
from made_up_world import FIRST, World, filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.record import Found, Record
    from foedus.record.values import ProvisionEntry

    Make = Callable[..., Any]


@pytest.fixture(scope="session")
def world(read: Make, event: Make, number: Make) -> Callable[[int], World]:
    return lambda seed: World(seed, read, event, number)


def _shown(record: Record, question: Question) -> tuple[Any, ...]:
    """Return the timeline of a question, less what reaches out of its days."""
    first, last = question.since or dt.date.min, question.until or dt.date.max
    told = timeline(ask(record, question))
    return tuple(m for m in told if m.date[0] <= last and first <= m.date[1])


@settings(max_examples=120)
@given(st.integers(0, 2**32), st.sampled_from([1, 2, 5, 1000]), st.sampled_from([400, 0]))
def test_a_page_of_the_timeline_is_the_end_of_the_whole_timeline(
    world: Callable[[int], World], seed: int, most: int, narrow: int
) -> None:
    """Also of a war of so many days that an actor is looked for by its name."""
    made = world(seed)
    with (
        filled(made) as store,
        patch("foedus.record.bearing._NARROW", narrow),
        patch("foedus.record.bearing._FEW_DAYS", narrow),
        patch("foedus.record.pages._LEAST", 1 + narrow // 10),
    ):
        for _ in range(4):
            question, as_of = made.question(), made.as_of()
            whole = _shown(store.record(as_of), question)
            assert store.timeline(question, as_of=as_of, most=most) == whole[-most:]


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.sampled_from([1, 3, 1000]))
def test_steps_are_the_last_ones_of_each_position_and_provision(
    world: Callable[[int], World], seed: int, most: int
) -> None:
    made = world(seed)
    with filled(made) as store:
        for _ in range(3):
            asked, as_of = made.question(), made.as_of()
            question = Question(actor=asked.actor, about=asked.about)
            whole = ask(store.record(as_of), question)
            kinds: dict[tuple[str, str], list[Any]] = defaultdict(list)
            for step in positions_over_time(whole):
                kinds[step.actor, step.issue].append(step)
            last = tuple(step for steps in kinds.values() for step in steps[-most:])
            assert store.positions(question, as_of=as_of, most=most) == last
            found = store.provisions(question, as_of=as_of, most=most)
            assert [_less(p) for p in found] == [
                _less(replace(p, history=p.history[-most:])) for p in whole.provisions
            ]
            if most == 1000:
                assert found == whole.provisions


def _less(entry: ProvisionEntry) -> ProvisionEntry:
    """Leave out what is told of the whole history."""
    return replace(entry, independent=0, corrections=())


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_findings_of_some_days_are_those_of_the_whole_record(
    world: Callable[[int], World], seed: int
) -> None:
    made = world(seed)
    with filled(made) as store:
        as_of = made.as_of()
        record = store.record(as_of)
        first = FIRST + dt.timedelta(days=seed % 8 - 1)
        last = first + dt.timedelta(days=seed % 5)
        during = {
            e.id for e in record.events if e.date and e.date[0] <= last and first <= e.date[1]
        }
        days = {str(first + dt.timedelta(days=n)) for n in range((last - first).days + 1)}
        whole = [
            f
            for f in findings(record)
            if f.kind != "jump"
            and "in this record is" not in f.says
            and (f.entries[0] in during or any(f" on {day}: " in f.says for day in days))
        ]
        assert store.findings(first, last, as_of=as_of) == tuple(whole)


def _said(found: Found) -> list[tuple[Any, ...]]:
    """Return what the mentions of something are, and where."""
    return [(p.family, p.attested, p.known.report) for p in found.places]


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_ids_and_names_mean_what_they_do_in_the_whole_record(
    world: Callable[[int], World], seed: int
) -> None:
    made = world(seed)
    with filled(made) as store:
        as_of = made.as_of()
        drawn = store.drawn(as_of)
        whole, record = Index(drawn), drawn.record
        ids = [e.id for of in (record.events, record.claims, record.positions) for e in of]
        ids += [e.id for of in (record.provisions, record.unknowns, record.actors) for e in of]
        ids += [str(e.mention) for entry in record.events for e in entry.evidence]
        ids += [r.id for r in record.reports] + [r.source for r in record.reports]
        ids += [o.name for o in record.outlets] + [a.name.upper() for a in record.actors]
        for said in made.some(ids, 6):
            with store._engine.connect() as connection:
                near = around(connection, [said], as_of, store.changes())
            index = Index(near)
            found, meant = index.find(said), whole.find(said)
            assert (found.id, found.report) == (meant.id, meant.report)
            assert _said(found) == _said(meant)
            if meant.actor is not None and found.actor is not None:
                assert (found.actor.name, found.actor.aliases) == (
                    meant.actor.name,
                    meant.actor.aliases,
                )
            for place in meant.places:
                if place.family in {"event", "claim"}:
                    name = place.attested.id
                    assert index.entry_of(name) == whole.entry_of(name)
