"""Many reports: in order, the same with any number of workers, and none stops the others."""

from __future__ import annotations

import json
import os
import signal
from typing import TYPE_CHECKING

import pytest

from foedus.errors import Fault, ReadingError, ReportError
from foedus.reading import as_json, pool, read_all
from foedus.reading.values import Mentions
from foedus.report import Raw, Report, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

SKIPPED = Skipped(error=ReportError("gone.txt", (Fault(at="", found="no file", must="be there"),)))


def raw(number: int) -> Raw:
    text = (
        f"Velmark launched {number + 20} drones at Ardal overnight, the Ardali army said. "
        "The president of Velmark denied the attack on Monday.\n"
    )
    return Raw(source=f"{number}.txt", text=text, kind="text")


def shown(found: Iterator[Mentions | Skipped]) -> list[str]:
    return [
        json.dumps(as_json(f)) if isinstance(f, Mentions) else f"skipped {f.error}" for f in found
    ]


def given() -> list[Raw | Report | Skipped]:
    foreign = Raw(
        source="x.txt", text="Die Gespräche begannen am Montag in der Stadt.", kind="text"
    )
    return [*map(raw, range(7)), SKIPPED, foreign, *map(raw, range(7, 14))]


def test_results_are_the_same_whatever_the_number_of_workers() -> None:
    alone = shown(read_all(given(), workers=1))
    assert alone == shown(read_all(given(), workers=2))
    sources = [line.split('"source": "')[1].split('"')[0] for line in alone if line[0] == "{"]
    assert sources == [f"{n}.txt" for n in range(14)]
    assert alone[7].startswith("skipped gone.txt")
    assert "German" in alone[8]
    assert '"value": 27' in alone[9]


def test_a_few_reports_are_read_without_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_workers: int) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(pool, "_executor", refuse)
    assert len(shown(read_all(map(raw, range(3))))) == 3


def test_nothing_is_taken_long_before_it_is_needed() -> None:
    taken = 0

    def endless() -> Iterator[Raw | Skipped]:
        nonlocal taken
        while True:
            taken += 1
            yield raw(taken) if taken % 50 == 0 else SKIPPED

    found = read_all(endless(), workers=1)
    for _ in range(100):
        next(found)
    assert taken <= 100 + pool.WAITING


def test_a_fault_of_ours_is_told_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(_report: Report, _pipeline: object) -> Mentions:
        raise IndexError("list index out of range")

    monkeypatch.setattr(pool, "read", stumble)
    (found,) = read_all([raw(1)], workers=1)
    assert isinstance(found, Skipped)
    assert found.reason == "fault of foedus"
    assert "IndexError" in str(found.error)


def test_a_model_that_cannot_be_loaded_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    pool._pipeline.cache_clear()
    monkeypatch.setenv("FOEDUS_SPACY_MODEL", "no-such-model")
    with pytest.raises(ReadingError, match="no-such-model"):
        list(read_all([raw(1)], workers=1))


class Deadly(Raw):
    """A report that kills the process that unpacks it, as a fault in a C library does."""

    __slots__ = ()

    def __reduce__(self) -> tuple[object, tuple[int, int]]:
        return _die, (os.getpid(), signal.SIGKILL)


def _die(parent: int, how: int) -> None:
    if os.getpid() != parent:
        os.kill(os.getpid(), how)


def test_a_report_that_kills_its_process_is_told_and_the_others_are_read() -> None:
    deadly = Deadly(source="deadly.txt", text="", kind="text")
    reports = [deadly, raw(2)]
    found = shown(read_all(reports, workers=2))
    assert "deadly.txt: found a report that foedus stumbles over (the process" in found[0]
    assert '"2.txt"' in found[1]
