"""What is compiled ahead is what is called."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from foedus.case import load_case
from foedus.search import compiled, compiling, kernel
from foedus.search.futures import draw
from foedus.search.inputs import tables

if TYPE_CHECKING:
    import pytest


def test_every_function_is_called_with_the_types_it_is_compiled_for(
    request: pytest.FixtureRequest,
) -> None:
    case = load_case(request.config.rootpath / "cases" / "ardal.yaml")
    rng = np.random.default_rng(2)
    deals = np.stack([rng.choice(allowed, 40) for allowed in tables(case).allowed], axis=1)
    compiled.reduce(case, deals, draw(case, 64, 1))
    for name, types in compiling.signatures().items():
        called = getattr(kernel, name).signatures
        assert set(called) <= set(types), name  # none but those foreseen


def test_the_two_processes_share_all_of_it() -> None:
    assert sorted(name for part in compiling.PARTS for name in part) == sorted(
        compiling.signatures()
    )


def test_what_is_compiled_is_kept() -> None:
    compiling.wait(compiling.begin(), lambda: None)
    assert compiling.is_kept()
    assert compiling.begin() == ()


def test_it_is_said_once_that_compiling_takes_a_while() -> None:
    go = threading.Event()
    threads = [threading.Thread(target=go.wait) for _ in range(2)]
    for thread in threads:
        thread.start()
    said: list[bool] = []

    def say() -> None:
        said.append(all(thread.is_alive() for thread in threads))
        go.set()

    compiling.wait(threads, say)
    assert said == [True]
    assert not any(thread.is_alive() for thread in threads)
    compiling.wait(threads, say)  # over already
    assert said == [True]
