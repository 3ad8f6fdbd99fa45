"""A file of a dataset -> the record: row by row, each a small report with one event in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.errors import Fault, RecordError
from foedus.ids import ReportId, digest
from foedus.reading.values import Mentions
from foedus.record.exchange.cells import Cells
from foedus.record.exchange.files import opened, rows, separator, untold
from foedus.record.exchange.jsonl import import_jsonl
from foedus.record.exchange.layouts import LAYOUTS, guess, lacking, reader_of
from foedus.record.exchange.rowtext import row_text
from foedus.record.exchange.tally import Tally
from foedus.report.values import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from foedus.record.exchange.files import Progress
    from foedus.record.exchange.layouts import Layout
    from foedus.record.exchange.values import Drawn, Imported, ImportFormat, Row
    from foedus.record.store import Store

_EDITION = re.compile(r"v(\d{2}(?:[._]\d{1,2}){1,2})(?!\d)", re.IGNORECASE)
"""How UCDP writes its version in the name of a file: GEDEvent_v25_1.csv, and v25_0_5 of May."""


def mentions_of(
    path: Path,
    chosen: ImportFormat,
    tally: Tally,
    *,
    edition: str | None = None,
    progress: Progress = untold,
) -> Iterator[Mentions]:
    """Yield each row of a table as a report with its event; what is refused goes to the tally."""
    layout = LAYOUTS[chosen]
    with opened(path) as text:
        between = separator(text.readline())
    faults = [
        Fault(at="header", found=f"one without {column}", must="have that column")
        for column in lacking(path, layout)
    ]
    if faults:
        raise RecordError(str(path), tuple(faults))
    edition = edition or _edition(path)
    for row in rows(
        path,
        between="\t" if layout.columns else between,
        quoted=not layout.columns,
        columns=layout.columns,
        usual=layout.usual,
        progress=progress,
    ):
        if tally.full():
            return
        if isinstance(row, Fault):
            tally.refuse(row)
        else:
            mentions = _mentions(row, layout, tally, edition)
            if mentions is not None and tally.sound(mentions, f"line {row.line}"):
                yield mentions


def _mentions(row: Row, layout: Layout, tally: Tally, edition: str | None) -> Mentions | None:
    cells = Cells(row)
    drawn = layout.draw(cells)
    if drawn is not None and (first := tally.lines.setdefault(drawn.id, row.line)) != row.line:
        cells.fault("id", f"{drawn.id}, which line {first} has too", "be given once in a file")
    if drawn is None or cells.faults:
        tally.refuse(*cells.faults)
        return None
    if drawn.event is None:
        tally.left_out[drawn.left_out] += 1
        return None
    report = _report(row, drawn, layout, edition)
    event = replace(drawn.event, span=(0, len(report.text)))
    return Mentions(
        report=report, events=(event,), claims=(), positions=(), provisions=(), unknowns=()
    )


def _report(row: Row, drawn: Drawn, layout: Layout, edition: str | None) -> Report:
    """Return a row as a report: named after the dataset and the row, its text the cells."""
    source = f"{layout.name} {drawn.id}"
    text = row_text(row, layout.telling)
    version = drawn.edition or edition
    return Report(
        id=ReportId(digest(source, text)),
        source=source,
        title=f"{layout.name} {version}, row {drawn.id}" if version else None,
        outlet=layout.name,
        author=None,
        published=drawn.published,
        published_from="text",
        language="en",
        text=text,
        url=drawn.url,
    )


def _edition(path: Path) -> str | None:
    found = _EDITION.search(path.name)
    return found[1].replace("_", ".") if found else None


def import_file(
    store: Store,
    path: Path,
    *,
    format: ImportFormat | None = None,  # noqa: A002 - what users call it
    edition: str | None = None,
    progress: Progress = untold,
) -> Imported:
    """Take the rows of a file into a record.

    A row that is at fault is refused and the others are kept. The same row again is known.

    Parameters
    ----------
    store
        The record.
    path
        A UCDP GED, ACLED, GDELT 2.0 or POLECAT table, or JSON Lines that were exported from a
        record; it may lie in a ``.gz`` or by itself in a ``.zip``.
    format
        Its layout; None to find it out from the first line.
    edition
        The version of the dataset; None to take it from the row or the name of the file.
    progress
        Told what share of the file has been read.

    Raises
    ------
    RecordError
        When the file cannot be read, lacks a column of the layout, or is of none that is known;
        or when the record cannot be written.
    """
    chosen = format or guess(path)
    tally = Tally()
    if chosen == "jsonl":
        import_jsonl(store, path, tally, progress)
    else:
        rows_read = 0

        def counted() -> Iterator[Mentions]:
            nonlocal rows_read
            for mentions in mentions_of(path, chosen, tally, edition=edition, progress=progress):
                rows_read += 1
                yield mentions

        tally.added = store.add_all(counted(), reader=reader_of(chosen))
        tally.known = rows_read - tally.added
    return tally.result(chosen, guessed=format is None)
