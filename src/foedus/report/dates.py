"""Days as reports write them: only what names a day, a month and a year, and never a guess.

A day that only differs from another by which of two numbers is the month (3/4/2025) is not read.
"""

from __future__ import annotations

import datetime as dt
import re

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?P<month{0}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year{0}>(?:19|20)\d\d)(?!\d)"
STATED = re.compile(
    rf"""(?<![\d.]){_DAY.format(1)}\s+(?:of\s+)?{_MONTH.format(1)},?\s+{_YEAR.format(1)}
    | \b{_MONTH.format(2)}\s+{_DAY.format(2)},?\s+{_YEAR.format(2)}
    | (?<!\d){_YEAR.format(3)}(?P<sign>[-/.])(?P<month3>\d\d?)(?P=sign)(?P<day3>\d\d?)(?!\d)
    | (?<![\d.]){_DAY.format(4)}\.\s?(?P<month4>\d{{1,2}})\.{_YEAR.format(4)}
    | (?<![\d/])(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/{_YEAR.format(5)}
    """,
    re.VERBOSE | re.IGNORECASE,
)
IN_ADDRESS = re.compile(
    r"[/_=-](?P<year>(?:19|20)\d\d)(?P<sign>[/_-]?)(?P<month>\d\d?|[a-z]{3,9})(?P=sign)"
    r"(?P<day>\d\d?)(?!\d)",
    re.IGNORECASE,
)


def stated_day(text: str) -> dt.date | None:
    """Return the first day that a text states in full; None when it states none.

    Examples
    --------
    >>> stated_day("Velmark, Tuesday 18 November 2025"), stated_day("Nov. 3rd, 2025, 18:40")
    (datetime.date(2025, 11, 18), datetime.date(2025, 11, 3))
    >>> stated_day("on 6 December"), stated_day("03/04/2025"), stated_day("03/24/2025")
    (None, None, datetime.date(2025, 3, 24))
    """
    for match in STATED.finditer(text):
        day = _day_of(match)
        if day:
            return day
    return None


def day_in_address(address: str) -> dt.date | None:
    """Return the day that an address carries in its path, as news sites write it.

    Examples
    --------
    >>> day_in_address("https://velmark.example/2024/11/28/sixty-days.html")
    datetime.date(2024, 11, 28)
    >>> day_in_address("https://velmark.example/2024/nov/28/sixty-days")
    datetime.date(2024, 11, 28)
    >>> day_in_address("https://velmark.example/2025/12/talks") is None
    True
    """
    for match in IN_ADDRESS.finditer(address):
        month = match["month"].lower()
        number = int(month) if month.isdigit() else MONTHS.get(month, 0)
        if match["sign"] or len(match["month"] + match["day"]) == 4:
            day = a_day(int(match["year"]), number, int(match["day"]))
            if day:
                return day
    return None


def a_day(year: int, month: int, day: int) -> dt.date | None:
    """Return a day, or None when the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _day_of(match: re.Match[str]) -> dt.date | None:
    """Return the day that a match of ``STATED`` stands for."""
    for form in "1234":
        if match[f"year{form}"]:
            month = match[f"month{form}"].lower()
            number = int(month) if month.isdigit() else MONTHS[month]
            return a_day(int(match[f"year{form}"]), number, int(match[f"day{form}"]))
    first, second = int(match["first"]), int(match["second"])
    if first == second or first > 12:
        return a_day(int(match["year5"]), second, first)
    if second > 12:
        return a_day(int(match["year5"]), first, second)
    return None
