"""A record -> a file or folder of a format, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.record.exchange.dossier import dossier
from foedus.record.exchange.geojson import geojson
from foedus.record.exchange.jsonl import jsonl
from foedus.record.exchange.markdown import markdown
from foedus.record.exchange.page import page
from foedus.record.exchange.tables_out import write_csv, write_parquet
from foedus.record.exchange.writing import whole_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from foedus.record.exchange.values import ExportFormat
    from foedus.record.store import Store


def export_record(
    store: Store,
    format: ExportFormat,  # noqa: A002 - what users call it
    out: Path,
    *,
    as_of: dt.date | None = None,
) -> None:
    """Write what a record holds, as it was known at the end of a day.

    Parameters
    ----------
    store
        The record.
    format
        ``jsonl`` holds everything and can be taken in again; ``csv`` and ``parquet`` hold the
        entries as tables, in a folder or, where ``out`` ends in ``.zip``, in one file; ``geojson``
        the events as points; ``markdown`` and ``html`` a document to be read and cited.
    out
        Where to. An earlier export is replaced; anything else in a folder is left alone.
    as_of
        The day; None for all that there is.

    Raises
    ------
    RecordError
        When it cannot be written; what was there before is then still there.
    """
    if format == "jsonl":
        _write(out, jsonl(store, as_of))
        return
    record = store.record(as_of)
    if format == "csv":
        write_csv(record, out)
    elif format == "parquet":
        write_parquet(record, out)
    elif format == "geojson":
        _write(out, geojson(record))
    elif format == "markdown":
        _write(out, markdown(dossier(record)))
    else:
        _write(out, page(dossier(record)))


def _write(out: Path, parts: Iterable[str]) -> None:
    with whole_file(out) as draft, draft.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)
