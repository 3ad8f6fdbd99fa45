"""Days that are named: dates, months, years and weekdays."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from foedus.reading.dates.reckoning import (
    MONTHS,
    WEEKDAYS,
    Clock,
    Found,
    TimeKind,
    day_of,
    days_of_weekday,
    month_of,
    nearest,
    one,
    shift,
    since,
)

if TYPE_CHECKING:
    from foedus.reading.values import Days

_CLOSE = 45
_LONG_AGO = 300
"""Days: a date without a year is the coming one when that is close and the last one long ago."""


def full_date(match: re.Match[str], clock: Clock) -> Found | None:
    """Read "25 May", "4 and 5 December 2025", "18 to 28 August", "May 25"."""
    month = MONTHS[match["month"].lower()]
    first = int(match["day"])
    last = int(match["day2"]) if match["day2"] else first
    year = _year_of(match, clock)
    kind: TimeKind = "since" if re.match(r"since\b", match.group(), re.IGNORECASE) else "at"
    night = re.match(r"(?:in|on|during) the night (?:of|to)\b", match.group(), re.IGNORECASE)

    def make(year: int) -> Days | None:
        start, end = day_of(year, month, first), day_of(year, month, last)
        if start is None or end is None or end < start:
            return None
        return (shift(start, -1), end) if night else (start, end)

    if year:
        days = make(year)
        return since(days, kind, clock) if days else None
    past, ahead = nearest(clock.published, make)
    if past and ahead and clock.published and _is_soon(past, ahead, clock.published):
        return Found(None, ahead, kind)
    found = since(past, kind, clock)
    return Found(found.past, ahead or past, kind)


def _is_soon(past: Days, ahead: Days, published: dt.date) -> bool:
    """Say whether a day without a year is the one close ahead: "from 25 August", said on the 21st."""
    return (ahead[0] - published).days <= _CLOSE and (published - past[1]).days > _LONG_AGO


def across_months(match: re.Match[str], clock: Clock) -> Found | None:
    """Read "from 25 October to 2 November", "October 25 to November 2, 2031"."""
    months = MONTHS[match["m1"].lower()], MONTHS[match["m2"].lower()]

    def make(year: int) -> Days | None:
        start = day_of(year - (months[0] > months[1]), months[0], int(match["day"]))
        end = day_of(year, months[1], int(match["day2"]))
        return (start, end) if start and end and start <= end else None

    year = _year_of(match, clock)
    if year:
        days = make(year)
        return Found(days, days) if days else None
    past, ahead = nearest(clock.published, make)
    return Found(past, ahead or past)


def _year_of(match: re.Match[str], clock: Clock) -> int | None:
    """Return the year that stands with a date: "2031", "last year"; None when none does."""
    told = match["year"]
    if not told or told.isdigit():
        return int(told) if told else None
    way = {"last": -1, "this": 0, "next": 1}[told.split()[0].lower()]
    return clock.published.year + way if clock.published else None


def two_months(match: re.Match[str], clock: Clock) -> Found | None:
    """Read "in January and February"."""
    first, last = MONTHS[match["m1"].lower()], MONTHS[match["m2"].lower()]

    def make(year: int) -> Days | None:
        return (month_of(year, first)[0], month_of(year, last)[1]) if last >= first else None

    year = _year_of(match, clock)
    if year:
        days = make(year)
        return Found(days, days) if days else None
    past, ahead = nearest(clock.published, make)
    return Found(past, ahead)


def _kind(lead: str) -> TimeKind:
    """Say by its first words whether something runs from a time on, up to it, or falls on it."""
    if lead.startswith("since"):
        return "since"
    return "until" if lead.startswith(("by ", "until")) else "at"


def month_rule(match: re.Match[str], clock: Clock) -> Found | None:
    """Read "in March", "since October 2023", "by the end of January 2023", "early in May"."""
    month = MONTHS[match["month"].lower()]
    lead = match.group().lower()
    kind = _kind(lead)

    def make(year: int) -> Days | None:
        first, last = month_of(year, month)
        if "end of" in lead or "late" in lead:
            first = first.replace(day=21)
        elif "beginning of" in lead or "start of" in lead or "early" in lead:
            last = last.replace(day=10)
        elif "mid" in lead or "middle of" in lead:
            first, last = first.replace(day=11), last.replace(day=20)
        elif match["ordinal"]:
            week = {"first": 1, "second": 8, "third": 15, "fourth": 22}[match["ordinal"].lower()]
            first, last = first.replace(day=week), first.replace(day=week + 6)
        return first, last

    year = _year_of(match, clock)
    if year:
        days = make(year)
        return since(days, kind, clock) if days else None
    past, ahead = nearest(clock.published, make)
    found = since(past, kind, clock)
    return Found(found.past, ahead, kind)


def year_rule(match: re.Match[str], clock: Clock) -> Found | None:
    """Read "in 1994", "since 2014"."""
    year = int(match["year"])
    kind: TimeKind = "since" if match.group().lower().startswith("since") else "at"
    return since((dt.date(year, 1, 1), dt.date(year, 12, 31)), kind, clock)


def weekday(match: re.Match[str], clock: Clock) -> Found | None:
    """Read "on Saturday", "last Saturday", "Saturday's", "Tuesday and Wednesday of this week"."""
    if clock.published is None:
        return None
    lead = match.group().lower()
    first = days_of_weekday(match["w1"], clock.published)
    second = days_of_weekday(match["w2"], clock.published) if match["w2"] else first
    past = first[0], max(second[0], first[0])
    ahead = first[1], second[1]
    if ahead[1] < ahead[0]:
        ahead = ahead[1], ahead[1]
    if lead.startswith("last") and past[0] == clock.published:
        past = one(shift(past[0], -7))
    if lead.startswith("next") and ahead[0] == clock.published:
        ahead = one(shift(ahead[0], 7))
    if match["week"] == "last":
        monday = shift(clock.published, -clock.published.weekday() - 7)
        past = one(shift(monday, WEEKDAYS[match["w1"].lower()]))
    if "night" in lead and match["night"]:
        past, ahead = (past[0], shift(past[1], 1)), (ahead[0], shift(ahead[1], 1))
        if past[1] > clock.published:
            past = past[0], clock.published
    kind = _kind(lead)
    found = since(past, kind, clock)
    return Found(found.past, ahead, kind)
