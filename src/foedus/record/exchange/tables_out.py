"""Tables of a record as CSV or Parquet files, in a folder or packed in one ``.zip``."""

from __future__ import annotations

import csv
import json
import zipfile
from typing import TYPE_CHECKING, Any

from foedus.record.exchange.tables import TABLES, arrow_table, tables
from foedus.record.exchange.writing import whole_file, whole_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from foedus.record.exchange.tables import Rows, Table
    from foedus.record.values import Record

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a cell must not begin with: a spreadsheet would take it for a formula and run it."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The day on everything in a ``.zip``, so that the same record gives the same bytes."""


def write_csv(record: Record, out: Path) -> None:
    """Write each table as CSV in UTF-8: an empty cell for None, a list as JSON.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, and so does one
    that begins with an apostrophe; whoever takes away one leading apostrophe has the text again.
    """
    _write(record, out, "csv", _as_csv)


def write_parquet(record: Record, out: Path) -> None:
    """Write each table as Parquet, with typed columns."""
    _write(record, out, "parquet", _as_parquet)


def _write(
    record: Record, out: Path, suffix: str, write: Callable[[Path, Table, Rows], None]
) -> None:
    names = {f"{name}.{suffix}" for name in TABLES}
    packed = out.suffix.lower() == ".zip"
    with whole_file(out) if packed else whole_folder(out, names) as draft:
        if not packed:
            for name, rows in tables(record):
                write(draft / f"{name}.{suffix}", TABLES[name], rows)
            return
        part = draft.with_name(f"{draft.name}.part")
        try:
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, rows in tables(record):
                    write(part, TABLES[name], rows)
                    entry = zipfile.ZipInfo(f"{name}.{suffix}", _EPOCH)
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(entry, part.read_bytes())
        finally:
            part.unlink(missing_ok=True)


def _as_csv(path: Path, columns: Table, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([_cell(row[name]) for name in columns] for row in rows)


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever a table holds
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def _as_parquet(path: Path, columns: Table, rows: Rows) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415 - slow to import, and only Parquet needs it

    pq.write_table(arrow_table(columns, rows), path)
