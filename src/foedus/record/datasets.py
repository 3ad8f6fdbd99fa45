"""Datasets whose rows a record can hold: which there are, and what sets their rows apart.

A row is kept as a small report, read by a reader that is named after the dataset's layout. A
dataset tells each event once, so that two of its rows are never one event; and it changes its rows
from edition to edition, so that of one row only the latest edition counts. The earlier ones stay in
the record, and count on the days before the latest was known.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.record.rows import Reading

NAMES = {"ucdp-ged": "UCDP GED", "acled": "ACLED", "gdelt": "GDELT 2.0", "polecat": "POLECAT"}
"""What each dataset is called, by the name of its layout."""


def dataset_of(reader: str) -> str | None:
    """Return the layout whose rows a reader reads; None when it reads reports.

    Examples
    --------
    >>> dataset_of("ucdp-ged 1"), dataset_of("1")
    ('ucdp-ged', None)
    """
    layout = reader.rpartition(" ")[0]
    return layout if layout in NAMES else None


def latest_editions(readings: Iterable[Reading], as_of: dt.date | None) -> list[Reading]:
    """Return the readings without rows of which a later edition was known at the end of a day."""
    kept: list[Reading] = []
    rows: dict[str, Reading] = {}
    for reading in readings:
        if dataset_of(reading.reader) is None:
            kept.append(reading)
        elif not _is_later_than(reading, as_of):
            source = reading.mentions.report.source
            rows[source] = max(rows.get(source, reading), reading, key=_edition)
    return [*kept, *rows.values()]


def _is_later_than(reading: Reading, as_of: dt.date | None) -> bool:
    published = reading.mentions.report.published
    return as_of is not None and published is not None and published > as_of


def _edition(reading: Reading) -> tuple[dt.date, str, str]:
    """Return what editions of a row are ordered by: when they were known, then their names."""
    report = reading.mentions.report
    return report.published or dt.date.min, report.title or "", report.id
