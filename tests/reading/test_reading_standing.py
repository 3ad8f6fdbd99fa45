"""A process that stays reads what one that goes reads, and outlives what brings it down."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from foedus.errors import Fault, ReportError
from foedus.reading import StandingReader, read_all
from foedus.reading.values import Mentions
from foedus.report import Skipped, collect, unpack

if TYPE_CHECKING:
    from pathlib import Path


def test_it_reads_what_others_read_and_outlives_its_process(examples: list[Path]) -> None:
    raws = [raw for path in examples for raw in unpack(path.name, path.read_bytes())]
    told = list(read_all(raws, workers=1))
    with StandingReader() as reader:
        assert reader.read(raws[0]) == told[0]
        assert reader._pool is not None
        (worker,) = reader._pool._processes.values()
        os.kill(worker.pid or 0, 9)
        worker.join()
        assert [reader.read(raw) for raw in raws] == told
    assert all(isinstance(each, Mentions) for each in told)
    assert reader._pool is None


def test_what_is_skipped_is_handed_on() -> None:
    fault = Fault(at="", found="nothing", must="be something")
    skipped = Skipped(error=ReportError("a.txt", (fault,)))
    with StandingReader() as reader:
        assert reader.read(skipped) is skipped
        assert reader._pool is None  # no process for that


def test_bytes_hold_what_the_file_holds(examples: list[Path], tmp_path: Path) -> None:
    for path in examples:
        (copy,) = unpack(path.name, path.read_bytes())
        (file,) = collect([str(path)])
        assert copy == file
    (refused,) = unpack("a.bin", b"\x00\x01\x02" * 300)
    assert isinstance(refused, Skipped)
    assert list(unpack(str(tmp_path), b""))  # an empty file is told, not passed over
