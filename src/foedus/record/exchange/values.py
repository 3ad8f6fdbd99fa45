"""What goes in and out of a record: formats, rows of tables, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    import datetime as dt

    from foedus.errors import Fault
    from foedus.reading.values import Event

ImportFormat = Literal["ucdp-ged", "acled", "gdelt", "polecat", "jsonl"]
ExportFormat = Literal["csv", "parquet", "jsonl", "geojson", "markdown", "html"]

IMPORT_FORMATS: tuple[ImportFormat, ...] = get_args(ImportFormat)
EXPORT_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table: the line it ends on, and its cells by the names of their columns.

    The names are those of the file, made plain: small letters, underscores for spaces.
    """

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a layout draws from one row: the event, and what is known about the row itself.

    Parameters
    ----------
    id
        The name that the dataset gives the row.
    event
        Without a span, which is the whole of the row's text; None when the row tells nothing that
        the record has a type for, and ``left_out`` says what it tells.
    published
        The day from which the row, or what it was coded from, was public.
    url
        The address of the article that the row was coded from, where the row names one.
    edition
        The version that the row itself names.
    """

    id: str
    event: Event | None
    left_out: str = ""
    published: dt.date
    url: str | None = None
    edition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of the rows of a file.

    Parameters
    ----------
    format
        The layout it was read as.
    guessed
        Whether that was found out from its first line rather than said by the user.
    added, known
        Rows that are new to the record, and rows that it had already.
    changes
        Changes by people that are new to the record; only JSON Lines have any.
    left_out
        How many rows tell what the record has no type for, by what they tell.
    refused
        What is wrong with each row that was refused; the others were kept.
    stopped
        Whether so much was wrong that the rest of the file was not read.
    """

    format: ImportFormat
    guessed: bool
    added: int
    known: int
    changes: int
    left_out: tuple[tuple[str, int], ...]
    refused: tuple[Fault, ...]
    stopped: bool = False
