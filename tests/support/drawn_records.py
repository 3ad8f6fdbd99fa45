"""Records of reports written for a test, read as any report is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus import reading, record, report
from foedus.report import Raw, Skipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from foedus.record.values import Record


def record_of_texts(texts: Sequence[str], folder: Path, name: str = "war") -> Record:
    """Return the record of reports, each a plain text with its day in the dateline."""
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"{name}-{number}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return record_of_files(paths, folder / f"{name}.db")


def record_of_files(paths: Sequence[str], where: Path) -> Record:
    """Return the record of report files."""
    cleaned = [report.clean(raw) for raw in report.collect(paths) if isinstance(raw, Raw)]
    with record.open_store(str(where), make=True) as store:
        for found in reading.read_all(cleaned, workers=1):
            assert not isinstance(found, Skipped)
            store.add(found, reader=reading.READER_VERSION)
        return store.record(None)
