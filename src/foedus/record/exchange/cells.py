"""Take the cells of one row apart, keeping every fault rather than the first."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING

from foedus.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.record.exchange.values import Row

_NUMERIC = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*|\d{6})?")
_WORDED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOTHING = frozenset({"", "na", "nan", "none", "null"})
"""What tables write where nothing is known."""


class Cells:
    """The cells of one row, asked for by column; what is wrong with them is kept in ``faults``."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self.faults: list[Fault] = []

    def fault(self, column: str, found: object, must: str) -> None:
        """Keep one thing that is wrong with a cell."""
        self.faults.append(Fault(at=f"line {self._row.line}, {column}", found=found, must=must))

    def text(self, column: str) -> str | None:
        """Return a cell without the space around it; None when it says nothing."""
        value = " ".join(self._row.cells.get(column, "").split())
        return None if value.casefold() in _NOTHING else value

    def first(self, *columns: str) -> str | None:
        """Return the first of several cells that says something."""
        return next((value for c in columns if (value := self.text(c)) is not None), None)

    def needed(self, column: str) -> str:
        """Return a cell that must say something."""
        value = self.text(column)
        if value is None:
            self.fault(column, "empty", "be filled")
        return value or ""

    def count(self, column: str) -> int | None:
        """Return a whole number, 0 or more; None when the cell is empty."""
        value = self.text(column)
        if value is None:
            return None
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not (0 <= number < math.inf and number == int(number)):
            self.fault(column, f'"{value}"', "be a whole number, 0 or more")
            return None
        return int(number)

    def code(self, column: str, known: Iterable[int]) -> int | None:
        """Return a whole number that must be one of those that the codebook knows."""
        value = self.count(column)
        among = tuple(known)
        if value is not None and value not in among:
            self.fault(column, value, f"lie between {among[0]} and {among[-1]}")
            return None
        return value

    def day(self, column: str, *, needed: bool = True) -> dt.date | None:
        """Return a day: 2031-05-02 (a time may follow), 20310502, or 2 May 2031."""
        value = self.needed(column) if needed else self.text(column)
        if not value:
            return None
        day = _day(value)
        if day is None:
            self.fault(column, f'"{value}"', "be a day, such as 2031-05-02 or 2 May 2031")
        return day

    def days(self, column: str, between: str) -> tuple[dt.date, ...]:
        """Return the days in a list; what is no day among them is passed over."""
        parts = (self.text(column) or "").split(between)
        return tuple(day for part in parts if (day := _day(part.strip())) is not None)

    def point(self, latitude: str, longitude: str) -> None:
        """See that two cells are a point on the earth, or that both are empty."""
        given = [(c, self.text(c), most) for c, most in ((latitude, 90), (longitude, 180))]
        empty = [column for column, value, _ in given if value is None]
        if len(empty) == 1:
            self.fault(empty[0], "empty, while the other coordinate is given", "be filled too")
        for column, value, most in given:
            if value is None:
                continue
            try:
                inside = -most <= float(value) <= most
            except ValueError:
                inside = False
            if not inside:
                self.fault(column, f'"{value}"', f"lie between -{most} and {most} degrees")


def _day(value: str) -> dt.date | None:
    if found := _NUMERIC.fullmatch(value):
        year, month, day = map(int, found.groups())
    elif (found := _WORDED.fullmatch(value)) and found[2].casefold() in _MONTHS:
        year, month, day = int(found[3]), _MONTHS.index(found[2].casefold()) + 1, int(found[1])
    else:
        return None
    if not 1000 <= year <= 9000:  # a slip, and days around it could not be counted
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
