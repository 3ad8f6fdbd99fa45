"""The laws of a record hold on a server: it gives what a file does, in whatever order filled."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from foedus.record import Question, Store, open_store, schema
from made_up_world import FIRST, World, filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from foedus.reading.values import Mentions

    Make = Callable[..., Any]


@pytest.fixture(scope="module")
def server(postgres: Any) -> Iterator[Store]:  # noqa: ANN401 - a server or a skip
    """One record on a server for all examples, emptied before each."""
    with open_store(postgres.database()) as store:
        yield store


def _empty(store: Store) -> None:
    tables = ", ".join([*(t.name for t in schema.metadata.sorted_tables), schema.WORDS])
    with store._engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables}"))


@pytest.fixture(scope="session")
def world(read: Make, event: Make, number: Make) -> Callable[[int], World]:
    return lambda seed: World(seed, read, event, number)


def _fill(store: Store, told: list[tuple[Mentions, str]]) -> None:
    for mentions, reader in told:
        store.add(mentions, reader=reader)


@settings(max_examples=25)
@given(st.integers(0, 2**32))
def test_a_server_gives_what_a_file_does_in_whatever_order_it_was_filled(
    server: Store, world: Callable[[int], World], seed: int
) -> None:
    made, again = world(seed), world(seed)
    _empty(server)
    with filled(made) as file:
        _fill(server, again.reports()[::-1])
        again.change(server)
        assert server.changes() == file.changes()
        for as_of in (None, FIRST, FIRST + dt.timedelta(days=5)):
            assert server.record(as_of) == file.record(as_of)
        for _ in range(2):
            question, as_of = made.question(), made.as_of()
            for most in (2, 1000):
                there = file.timeline(question, as_of=as_of, most=most)
                assert server.timeline(question, as_of=as_of, most=most) == there
            assert server.mentions(question, as_of=as_of) == file.mentions(question, as_of=as_of)
            for asked in (Question(), Question(actor=question.actor, about=question.about)):
                steps = file.positions(asked, as_of=as_of, most=2)
                assert server.positions(asked, as_of=as_of, most=2) == steps
                provisions = file.provisions(asked, as_of=as_of, most=2)
                assert server.provisions(asked, as_of=as_of, most=2) == provisions
        week = (FIRST, FIRST + dt.timedelta(days=6))
        assert server.findings(*week) == file.findings(*week)
        assert server.search("shells") == file.search("shells")
        assert server.counts() == file.counts()
        assert server.check() == ()


@settings(max_examples=25)
@given(st.integers(0, 2**32))
def test_on_a_server_adding_again_and_undoing_everything_change_nothing(
    server: Store, world: Callable[[int], World], seed: int
) -> None:
    told = world(seed).reports()
    _empty(server)
    _fill(server, told)
    before = server.record()
    _fill(server, told)
    assert server.record() == before
    made = world(seed)
    made.reports()
    made.change(server)
    for change in server.changes():
        if change.kind != "undo" and change.number in _holding(server):
            server.undo(change.number, made.signed)
    assert server.record() == before


def _holding(store: Store) -> set[int]:
    """Return the numbers of the changes that hold, told from the journal by hand."""
    holding: set[int] = set()
    for change in store.changes():
        if change.undoes is None:
            holding.add(change.number)
        else:
            holding.discard(change.undoes)
    return holding
