"""How days are reckoned: what is measured from what, and which year, month or week is meant."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from foedus.reading.numbers import spelt

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.reading.values import Days

TimeKind = Literal["at", "since", "until"]
WEEKDAYS = {name.lower(): k for k, name in enumerate(calendar.day_name)}
MONTHS = {name.lower(): k for k, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): k for k, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
LENGTHS = {"day": 1, "week": 7, "fortnight": 14, "hour": 0, "month": 30, "year": 365}


@dataclass(slots=True)
class Clock:
    """What expressions are measured from: the day of publication, and the days named last."""

    published: dt.date | None
    anchor: Days | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What an expression means: the days when the act is past, and when it lies ahead."""

    past: Days | None
    ahead: Days | None
    kind: TimeKind = "at"


def one(day: dt.date) -> Days:
    """Return one day as a stretch of days."""
    return day, day


def shift(day: dt.date, days: int) -> dt.date:
    """Return the day so many days later; the same day at the ends of the calendar."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return day


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """Return a day of a year and month; None when there is none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Days:
    """Return the first and the last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def nearest(
    published: dt.date | None, make: Callable[[int], Days | None]
) -> tuple[Days | None, Days | None]:
    """Return the days in the year that puts them last before, and first after, publication."""
    if published is None:
        return None, None
    tries = [
        make(year)
        for year in (published.year - 1, published.year, published.year + 1)
        if 1 <= year <= 9998
    ]
    known = [days for days in tries if days]
    past = [days for days in known if days[0] <= published]
    ahead = [days for days in known if days[1] >= published]
    return (past[-1] if past else None), (ahead[0] if ahead else None)


def number(word: str) -> int:
    """Return the number that a word or digits say."""
    return int(word) if word.isdigit() else 1 if word in {"a", "an"} else int(spelt(word) or 0)


def back(day: dt.date, count: int, unit: str) -> Days:
    """Return the day or the stretch that lies ``count`` units before ``day``."""
    if unit in {"day", "week", "fortnight"}:
        return one(shift(day, -count * LENGTHS[unit]))
    if unit == "hour":
        return shift(day, -max(1, round(count / 24))), day
    if unit == "month":
        index = day.year * 12 + day.month - 1 - count
        return month_of(max(1, index // 12), index % 12 + 1)
    year = max(1, day.year - count)
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def since(days: Days | None, kind: TimeKind, clock: Clock) -> Found:
    """Let what began on some days and goes on run to publication."""
    if kind == "since" and days:
        end = clock.published if clock.published and clock.published >= days[0] else None
        stretch = (days[0], end) if end else None
        return Found(stretch, stretch, kind)
    return Found(days, days, kind)


def days_of_weekday(name: str, published: dt.date) -> tuple[dt.date, dt.date]:
    """Return the last such weekday up to publication, and the first from then on."""
    """Let what began on some days and goes on run to publication."""
    """Return the number that a word or digits say."""
    """Return the first and the last day of a month."""
    """Return a day of a year and month; None when there is none."""
    """Return the day so many days later; the same day at the ends of the calendar."""
    """Return one day as a stretch of days."""
    number = WEEKDAYS[name.lower()]
    back = (published.weekday() - number) % 7
    return shift(published, -back), shift(published, (7 - back) % 7)
