"""Read a table row by row, whatever its separator; nothing is held in memory but one row.

A file may lie in a ``.gz``, or be the only one in a ``.zip``, as datasets are handed out.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from foedus.errors import Fault, RecordError
from foedus.record.exchange.values import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    Progress = Callable[[float], None]
    """Told the share of a file that has been read, 0..1."""

LONGEST = 131_072
"""Characters of the longest cell: what Python's csv takes. A quote that is never closed ends here
rather than at the end of the file."""

TOLD_EVERY = 2_000
"""Lines between two tellings of how far reading has come."""


def untold(_share: float) -> None:
    """Tell nobody."""


@contextmanager
def opened(path: Path) -> Iterator[IO[str]]:
    """Yield the text of a file; bytes that are no UTF-8 come as halves of characters.

    Raises
    ------
    RecordError
        When the file cannot be read, or is a ``.zip`` that holds several.
    """
    try:
        with _binary(path) as binary:
            yield io.TextIOWrapper(
                binary, encoding="utf-8-sig", errors="surrogateescape", newline=""
            )
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        found = getattr(error, "strerror", None) or str(error)
        fault = Fault(at="", found=found, must="be a file that can be read")
        raise RecordError(str(path), (fault,)) from error


@contextmanager
def _binary(path: Path) -> Iterator[IO[bytes]]:
    if path.suffix.lower() == ".gz":
        with gzip.open(path) as unpacked:
            yield cast("IO[bytes]", unpacked)
    elif path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as packed:
            names = [name for name in packed.namelist() if not name.endswith("/")]
            if len(names) != 1:
                fault = Fault(
                    at="", found=f"{len(names)} files in it", must="hold one", do="Unpack it first."
                )
                raise RecordError(str(path), (fault,))
            with packed.open(names[0]) as file:
                yield file
    else:
        with path.open("rb") as file:
            yield file


def plain(column: str) -> str:
    """Return the name of a column in small letters, with underscores for what is no letter.

    Examples
    --------
    >>> plain(" Event ID "), plain("EVENT_ID_CNTY")
    ('event_id', 'event_id_cnty')
    """
    return "_".join(column.casefold().replace("_", " ").split())


def separator(header: str) -> str:
    """Return what parts the cells of a header: the one of tab, semicolon, comma it has most of."""
    return max("\t;,", key=header.count)


def lines(path: Path, progress: Progress) -> Iterator[str]:
    """Yield the lines of a file, telling now and then what share of it has been read."""
    size = max(1, path.stat().st_size)
    done = 0
    with opened(path) as text:
        for number, line in enumerate(text):
            yield line
            done += len(line)
            if number % TOLD_EVERY == 0:
                progress(min(1.0, done / size))


def rows(
    path: Path,
    *,
    between: str,
    quoted: bool = True,
    columns: Sequence[str] = (),
    usual: Sequence[str] = (),
    progress: Progress = untold,
) -> Iterator[Row | Fault]:
    """Yield each row of a table, or what is wrong with it, in their order.

    Parameters
    ----------
    path
        The file.
    between
        What parts the cells of a row.
    quoted
        Whether a cell in quotation marks may hold the separator or a line break.
    columns
        The names of the columns of a file without a header.
    usual
        The columns of a row that has as many cells as these, and not as many as the header.
    progress
        Told what share of the file has been read.
    """
    reader = csv.reader(
        lines(path, progress),
        delimiter=between,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    names = list(columns) or [plain(name) for name in next(reader, [])]
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            must = f"hold cells of at most {LONGEST:,} characters, with quotation marks closed"
            yield Fault(at=f"line {reader.line_num}", found=f'"{error}"', must=must)
            continue
        if cells:
            fits = len(cells) == len(usual) != len(names)
            yield _row(list(usual) if fits else names, cells, reader.line_num)


def _row(names: list[str], cells: list[str], line: int) -> Row | Fault:
    spare = cells[len(names) :]
    if len(cells) < len(names) or any(cell.strip() for cell in spare):
        found = f"a row of {len(cells)} cells"
        return Fault(at=f"line {line}", found=found, must=f"have {len(names)}, as its columns")
    for name, cell in zip(names, cells, strict=False):
        try:
            cell.encode()
        except UnicodeEncodeError:
            found = "bytes that are not UTF-8"
            return Fault(at=f"line {line}, {name}", found=found, must="be text in UTF-8")
    return Row(line=line, cells=dict(zip(names, cells, strict=False)))
