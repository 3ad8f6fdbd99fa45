"""The layouts of tables that can be read, and which of them a file has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.errors import Fault, RecordError
from foedus.record.datasets import NAMES, dataset_of
from foedus.record.exchange import acled, gdelt, polecat, ucdp
from foedus.record.exchange.files import opened, plain, separator
from foedus.record.exchange.values import IMPORT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from foedus.record.exchange.cells import Cells
    from foedus.record.exchange.values import Drawn, ImportFormat

VERSION = "1"
"""Raised whenever the same row would yield another event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a dataset lays out its rows.

    Parameters
    ----------
    name
        What the dataset is called.
    draw
        What is drawn from one row.
    places
        The columns of latitude, longitude, and how exact they are.
    precision
        What the codes of the third say.
    telling
        The columns that tell most of what happened, in the order in which to read them.
    needed
        The columns that a header must have.
    columns
        All columns in their order, for a file without a header.
    usual
        The columns of a row that has as many cells as these, and not as many as the header.
    """

    name: str
    draw: Callable[[Cells], Drawn | None]
    places: tuple[str, str, str]
    precision: dict[str, str]
    telling: tuple[str, ...]
    needed: frozenset[str] = frozenset()
    columns: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()


LAYOUTS: dict[str, Layout] = {
    "ucdp-ged": Layout(
        name=NAMES["ucdp-ged"],
        draw=ucdp.draw,
        places=ucdp.PLACES,
        precision=ucdp.PRECISION,
        telling=ucdp.TELLING,
        needed=ucdp.NEEDED,
    ),
    "acled": Layout(
        name=NAMES["acled"],
        draw=acled.draw,
        places=acled.PLACES,
        precision=acled.PRECISION,
        telling=acled.TELLING,
        needed=acled.NEEDED,
    ),
    "gdelt": Layout(
        name=NAMES["gdelt"],
        draw=gdelt.draw,
        places=gdelt.PLACES,
        precision=gdelt.PRECISION,
        telling=gdelt.TELLING,
        columns=gdelt.COLUMNS,
    ),
    "polecat": Layout(
        name=NAMES["polecat"],
        draw=polecat.draw,
        places=polecat.PLACES,
        precision=polecat.PRECISION,
        telling=polecat.TELLING,
        needed=polecat.NEEDED,
        usual=polecat.USUAL,
    ),
}


def reader_of(name: str) -> str:
    """Return the reader's version under which rows of a layout are kept."""
    return f"{name} {VERSION}"


def layout_of(reader: str) -> Layout | None:
    """Return the layout of the row that a reader read; None when it read a report."""
    return LAYOUTS.get(dataset_of(reader) or "")


def guess(path: Path) -> ImportFormat:
    """Return the layout of a file by its first line.

    Raises
    ------
    RecordError
        When it is none that is known.
    """
    with opened(path) as text:
        first = text.readline(1_000_000)
    if first.lstrip().startswith("{"):
        return "jsonl"
    cells = [cell.strip().strip('"') for cell in first.rstrip("\r\n").split(separator(first))]
    names = {plain(cell) for cell in cells}
    for name in IMPORT_FORMATS:
        layout = LAYOUTS.get(name)
        if layout and layout.needed and layout.needed <= names:
            return name
    if len(cells) == len(gdelt.COLUMNS) and re.fullmatch(r"\d+", cells[0]):
        return "gdelt"
    found = "an empty file" if not first.strip() else f'a first line "{first.strip()[:80]}"'
    must = "be the header of UCDP GED, ACLED or POLECAT, a row of GDELT, or JSON Lines"
    raise RecordError(str(path), (Fault(at="", found=found, must=must, do="Say --format."),))


def lacking(path: Path, layout: Layout) -> tuple[str, ...]:
    """Return the columns that a file's header lacks, sorted; none when it needs no header."""
    with opened(path) as text:
        first = text.readline(1_000_000)
    names = {plain(cell.strip().strip('"')) for cell in first.strip().split(separator(first))}
    return tuple(sorted(layout.needed - names))
