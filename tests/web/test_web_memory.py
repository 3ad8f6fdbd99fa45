"""What is remembered between requests: made once, forgotten in turn, and never piled up."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from foedus import record
from foedus.web.place import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def memory(where: str) -> Iterator[Memory]:
    with record.open_store(where) as store:
        yield Memory(store)


def test_of_many_who_ask_at_once_one_makes_it(memory: Memory) -> None:
    made: list[int] = []
    together = threading.Barrier(8)

    def ask() -> object:
        together.wait(timeout=30)
        return memory.once(("thing",), lambda: made.append(1) or object())

    with ThreadPoolExecutor(8) as pool:
        found = [each.result() for each in [pool.submit(ask) for _ in range(8)]]
    assert len(made) == 1
    assert len(set(map(id, found))) == 1


def test_neither_what_was_made_nor_what_could_not_be_piles_up(memory: Memory) -> None:
    def fails() -> object:
        raise ValueError

    for n in range(100):
        memory.once(("made", n), object)
        with pytest.raises(ValueError, match=r"^$"):
            memory.once(("fails", n), fails)
    assert len(memory._kept) <= Memory.MOST
    assert len(memory._turns) <= Memory.MOST
