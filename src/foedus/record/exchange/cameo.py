"""CAMEO codes of events -> PLOVER types, by a table that gives the source of each row.

A code is a tree written in digits: 194 is a kind of 19. The longest beginning of a code that the
table has counts. 01, making a public statement, has no counterpart in PLOVER.

Sources: the table CAMEO2PLOVER-2021 and the manual in the PLOVER repository of the Open Event Data
Alliance; D. J. Gerner, P. A. Schrodt et al., CAMEO Codebook 1.1b3, 2012.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.reading.values import EventMode, EventType

ROOTS = tuple(f"{n:02}" for n in range(1, 21))
"""What every code begins with: 01 to 20."""


def plover(code: str) -> tuple[EventType, EventMode | None] | None:
    """Return the type and the mode of an event with this code; None when PLOVER has none.

    Examples
    --------
    >>> plover("1951"), plover("043"), plover("010")
    (('ASSAULT', 'aerial'), ('CONSULT', 'visit'), None)
    """
    return next((found for n in range(4, 1, -1) if (found := _table().get(code[:n]))), None)


@cache
def _table() -> dict[str, tuple[EventType, EventMode | None]]:
    text = resources.files("foedus.record.exchange").joinpath("data", "cameo.csv")
    return {
        row["code"]: (row["type"], row["mode"] or None)  # type: ignore[misc]  # our own table
        for row in csv.DictReader(text.read_text(encoding="utf-8").splitlines())
    }
