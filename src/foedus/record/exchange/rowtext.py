"""The text of a table's row as a small report: one line for each cell that says something.

This is what an imported event has as its evidence, whole: "column: value", under the file's own
plain names. The cells that tell most come first, since that is what is seen where a quotation is
cut; the others follow in the order of the file. So whatever the row says can be read, found by full
text, quoted, and taken apart again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.record.exchange.values import Row


def row_text(row: Row, first: Sequence[str] = ()) -> str:
    r"""Return the text of a row.

    Examples
    --------
    >>> from foedus.record.exchange.values import Row
    >>> row_text(Row(line=2, cells={"id": "7", "adm_1": " ", "where": "Velm  town"}), ("where",))
    'where: Velm town\nid: 7'
    """
    columns = dict.fromkeys([*(c for c in first if c in row.cells), *row.cells])
    said = ((column, " ".join(row.cells[column].split())) for column in columns)
    return "\n".join(f"{column}: {value}" for column, value in said if value)


def row_cells(text: str) -> dict[str, str]:
    """Return the cells of a row's text: the inverse of `row_text` but for empty cells."""
    lines = (line.partition(": ") for line in text.split("\n"))
    return {column: value for column, mark, value in lines if mark}
