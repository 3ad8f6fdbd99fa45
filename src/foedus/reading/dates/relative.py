"""Days that are measured: from publication ("two days ago") or from the day named last ("that night")."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from foedus.reading.dates.reckoning import (
    LENGTHS,
    SEASONS,
    Clock,
    Found,
    TimeKind,
    back,
    days_of_weekday,
    month_of,
    nearest,
    number,
    one,
    shift,
    since,
)

if TYPE_CHECKING:
    import re

    from foedus.reading.values import Days

_NEAR = 14
"""A term named "within 60 days" runs from the day named last, if that lies this near."""


def word_rule(match: re.Match[str], clock: Clock) -> Found | None:
    """Read "today", "yesterday", "overnight", "tomorrow", "at dawn", "this morning"."""
    if clock.published is None:
        return None
    word = match.group().lower()
    today = clock.published
    if "tomorrow" in word:
        end = today
        following = match["and"]
        end = days_of_weekday(following, today)[1] if following else shift(today, 1)
        return Found(None, (shift(today, 1), max(end, shift(today, 1))))
    if "day before yesterday" in word:
        days = one(shift(today, -2))
    elif "yesterday" in word:
        days = one(shift(today, -1))
    elif "midnight" in word:
        return Found(one(today), (today, shift(today, 1)))
    elif "night" in word and "tonight" not in word:
        days = shift(today, -1), today
    else:
        days = one(today)
    return Found(days, days)


def relative_to_anchor(match: re.Match[str], clock: Clock) -> Found | None:
    """Read "the same day", "that night", "the night before", "the previous day", "that same month"."""
    if clock.anchor is None:
        return None
    word = match.group().lower()
    first, last = clock.anchor
    if "month" in word:
        days = month_of(first.year, first.month)
    elif "night before" in word:
        days = shift(first, -1), first
    elif "day before" in word or "previous day" in word:
        days = one(shift(first, -1))
    elif "next day" in word or "following day" in word or "day after" in word:
        days = one(shift(last, 1))
    elif "night" in word:
        days = last, shift(last, 1)
        if clock.published and days[1] > clock.published:  # the night that has just passed
            days = shift(last, -1), last
    else:
        days = first, last
    return Found(days, days)


def earlier_or_later(match: re.Match[str], clock: Clock) -> Found | None:
    """Read "two days earlier", "a week later", "six days before"."""
    count, unit = number(match["n"].lower()), match["unit"].lower()
    base = clock.anchor
    if base is None:
        return None
    if match["way"].lower() in {"earlier", "before", "previously"}:
        days = back(base[0], count, unit)
    elif unit in {"day", "week", "fortnight"}:
        days = one(shift(base[1], count * LENGTHS[unit]))
    else:
        return None
    return Found(days, days)


def hours_from_anchor(_: re.Match[str], clock: Clock) -> Found | None:
    """Read "hours later", "later that day": still the day named last."""
    return Found(clock.anchor, clock.anchor) if clock.anchor else None


def ago(match: re.Match[str], clock: Clock) -> Found | None:
    """Read "three days ago", "a year ago"."""
    if clock.published is None:
        return None
    days = back(clock.published, number(match["n"].lower()), match["unit"].lower())
    return Found(days, days)


def past_stretch(match: re.Match[str], clock: Clock) -> Found | None:
    """Read "in the past 24 hours", "over the last three days", "in a week"."""
    if clock.published is None:
        return None
    count = number((match["n"] or "one").lower())
    unit = match["unit"].lower()
    length = max(1, round(count / 24)) if unit == "hour" else count * LENGTHS[unit]
    days = shift(clock.published, -length), clock.published
    return Found(days, None)


def within(match: re.Match[str], clock: Clock) -> Found | None:
    """Read "within 60 days", "within three months": from the day named last, or publication."""
    count, unit = number(match["n"].lower()), match["unit"].lower()
    start = clock.published
    if clock.anchor and (start is None or abs((start - clock.anchor[0]).days) <= _NEAR):
        start = clock.anchor[0]
    if start is None:
        return None
    length = max(1, round(count / 24)) if unit == "hour" else count * LENGTHS[unit]
    return Found(None, (start, shift(start, length)))


def calendar_unit(match: re.Match[str], clock: Clock) -> Found | None:
    """Read "last week", "this month", "next year", "last autumn", "since the summer"."""
    if clock.published is None:
        return None
    today = clock.published
    way, unit = (match["way"] or "this").lower(), match["unit"].lower()
    way = way.strip()
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(way, 0)
    lead = match.group().lower()
    if unit in {"week", "weekend"}:
        monday = shift(today, -today.weekday() + 7 * step)
        days = (
            (shift(monday, 5), shift(monday, 6))
            if unit == "weekend"
            else (monday, shift(monday, 6))
        )
        if unit == "weekend" and way not in {"last", "next"} and days[0] > today:
            past = shift(days[0], -7), shift(days[1], -7)
            if lead.startswith("since"):
                past = past[0], today
            return Found(past, days, "since" if lead.startswith("since") else "at")
    elif unit == "month":
        index = today.year * 12 + today.month - 1 + step
        days = month_of(index // 12, index % 12 + 1)
    elif unit == "year":
        days = dt.date(today.year + step, 1, 1), dt.date(today.year + step, 12, 31)
    else:
        return _season(unit, lead, clock)
    kind: TimeKind = "since" if lead.startswith("since") else "at"
    return since(days, kind, clock)


def _season(unit: str, lead: str, clock: Clock) -> Found | None:
    month = SEASONS[unit]

    def make(year: int) -> Days | None:
        end = month_of(year + (month + 2 > 12), (month + 1) % 12 + 1)[1]
        return dt.date(year, month, 1), end

    if clock.published is None:
        return None
    past, ahead = nearest(clock.published, make)
    if past and "last" in lead and past[1] >= clock.published:
        past = make(past[0].year - 1)
    kind: TimeKind = "since" if lead.startswith("since") else "at"
    found = since(past, kind, clock)
    return Found(found.past, ahead, kind)
