"""Days that a report names, resolved against its day of publication.

`find_times` returns every expression of time in order of the text, with the days it means if the act
is past and if it is ahead: "on Saturday" said on a Friday is yesterday week or tomorrow, as the verb has
it. The rules are those of the labelling decisions: a weekday equal to the day of publication means that
day; "overnight" is the day before to the day of publication; "last week" runs from Monday to Sunday;
"in March" is the whole month; "since X" runs to publication; "recent" is nothing. Without a day of
publication only dates with a year are resolved.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from foedus.reading.numbers import spelt

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.reading.parsed import Line, Parsed
    from foedus.reading.values import Days

TimeKind = Literal["at", "since", "until"]

_WEEKDAYS = {name.lower(): k for k, name in enumerate(calendar.day_name)}
_MONTHS = {name.lower(): k for k, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): k for k, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_W = "|".join(_WEEKDAYS)
_M = "|".join(sorted(_MONTHS, key=len, reverse=True))
_N = r"\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|sixty|ninety"
_D = r"(?:0?[1-9]|[12]\d|3[01])"
_PART = r"(?: (?:early |late )?(?:morning|afternoon|evening|night|night-time|midnight|noon))?"
_YEAR = r"(?:,? (?P<year>(?:19|20)\d\d))?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """One expression of time: its line, its tokens (both included), and the days it means.

    ``past`` are the days when the act is past, ``ahead`` when it lies ahead; None when they cannot be
    told. ``kind`` is "since" for the start of a stretch that runs on, "until" for its end.
    """

    line: int
    first: int
    last: int
    kind: TimeKind
    past: Days | None
    ahead: Days | None


@dataclass(slots=True)
class _Clock:
    """What expressions are measured from: the day of publication, and the days named last."""

    published: dt.date | None
    anchor: Days | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    past: Days | None
    ahead: Days | None
    kind: TimeKind = "at"


def find_times(parsed: Parsed) -> tuple[Time, ...]:
    """Return every expression of time of the report, in order of the text."""
    clock = _Clock(published=parsed.report.published)
    found: list[Time] = []
    for line in parsed.lines:
        found.extend(_times_of(line, clock))
    return tuple(found)


def _times_of(line: Line, clock: _Clock) -> list[Time]:
    text = line.doc.text
    found: list[Time] = []
    at = 0
    while at < len(text):
        best: tuple[re.Match[str], Callable[[re.Match[str], _Clock], _Found | None]] | None = None
        for pattern, resolve in _RULES:
            match = pattern.search(text, at)
            if match and (
                best is None or (match.start(), -match.end()) < (best[0].start(), -best[0].end())
            ):
                best = match, resolve
        if best is None:
            break
        match, resolve = best
        at = match.end()
        days = resolve(match, clock)
        span = line.doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if days is None or span is None:
            continue
        found.append(
            Time(
                line=line.number,
                first=span.start,
                last=span.end - 1,
                kind=days.kind,
                past=days.past,
                ahead=days.ahead,
            )
        )
        if days.past:
            clock.anchor = days.past
    return found


# --- helpers over days ----------------------------------------------------------------------------


def _one(day: dt.date) -> Days:
    return day, day


def _shift(day: dt.date, days: int) -> dt.date:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return day


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(year: int, month: int) -> Days:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _nearest(
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


def _number(word: str) -> int:
    return int(word) if word.isdigit() else 1 if word in {"a", "an"} else int(spelt(word) or 0)


_NEAR = 14
"""A term named "within 60 days" runs from the day named last, if that lies this near."""
_LENGTHS = {"day": 1, "week": 7, "fortnight": 14, "hour": 0, "month": 30, "year": 365}


def _back(day: dt.date, count: int, unit: str) -> Days:
    """Return the day or the stretch that lies ``count`` units before ``day``."""
    if unit in {"day", "week", "fortnight"}:
        return _one(_shift(day, -count * _LENGTHS[unit]))
    if unit == "hour":
        return _shift(day, -max(1, round(count / 24))), day
    if unit == "month":
        index = day.year * 12 + day.month - 1 - count
        return _month(max(1, index // 12), index % 12 + 1)
    year = max(1, day.year - count)
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


# --- the rules ------------------------------------------------------------------------------------


def _full_date(match: re.Match[str], clock: _Clock) -> _Found | None:
    """Read "25 May", "4 and 5 December 2025", "18 to 28 August", "May 25"."""
    month = _MONTHS[match["month"].lower()]
    first = int(match["day"])
    last = int(match["day2"]) if match["day2"] else first
    year = match["year"] or _year_named(match, clock)
    kind: TimeKind = "since" if re.match(r"since\b", match.group(), re.IGNORECASE) else "at"
    night = re.match(r"(?:in|on|during) the night (?:of|to)\b", match.group(), re.IGNORECASE)

    def make(year: int) -> Days | None:
        start, end = _date(year, month, first), _date(year, month, last)
        if start is None or end is None or end < start:
            return None
        return (_shift(start, -1), end) if night else (start, end)

    if year:
        days = make(int(year))
        return _since(days, kind, clock) if days else None
    past, ahead = _nearest(clock.published, make)
    found = _since(past, kind, clock)
    return _Found(found.past, ahead or past, kind)


def _year_named(match: re.Match[str], clock: _Clock) -> str | None:
    """Return the year that "last year" or "this year" behind a date names."""
    behind = re.match(r",? (last|this|next) year\b", match.string[match.end() :])
    if behind is None or clock.published is None:
        return None
    return str(clock.published.year + {"last": -1, "this": 0, "next": 1}[behind[1]])


def _since(days: Days | None, kind: TimeKind, clock: _Clock) -> _Found:
    if kind == "since" and days:
        end = clock.published if clock.published and clock.published >= days[0] else None
        stretch = (days[0], end) if end else None
        return _Found(stretch, stretch, kind)
    return _Found(days, days, kind)


def _two_months(match: re.Match[str], clock: _Clock) -> _Found | None:
    """Read "in January and February"."""
    first, last = _MONTHS[match["m1"].lower()], _MONTHS[match["m2"].lower()]

    def make(year: int) -> Days | None:
        return (_month(year, first)[0], _month(year, last)[1]) if last >= first else None

    if match["year"]:
        days = make(int(match["year"]))
        return _Found(days, days) if days else None
    past, ahead = _nearest(clock.published, make)
    return _Found(past, ahead)


def _month_rule(match: re.Match[str], clock: _Clock) -> _Found | None:
    """Read "in March", "since October 2023", "by the end of January 2023", "early in May"."""
    month = _MONTHS[match["month"].lower()]
    lead = match.group().lower()
    kind: TimeKind = (
        "since"
        if lead.startswith("since")
        else "until"
        if lead.startswith(("by ", "until"))
        else "at"
    )

    def make(year: int) -> Days | None:
        first, last = _month(year, month)
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

    if match["year"]:
        days = make(int(match["year"]))
        return _since(days, kind, clock) if days else None
    past, ahead = _nearest(clock.published, make)
    found = _since(past, kind, clock)
    return _Found(found.past, ahead, kind)


def _year_rule(match: re.Match[str], clock: _Clock) -> _Found | None:
    """Read "in 1994", "since 2014"."""
    year = int(match["year"])
    kind: TimeKind = "since" if match.group().lower().startswith("since") else "at"
    return _since((dt.date(year, 1, 1), dt.date(year, 12, 31)), kind, clock)


def _weekday(match: re.Match[str], clock: _Clock) -> _Found | None:
    """Read "on Saturday", "last Saturday", "Saturday's", "Tuesday and Wednesday of this week"."""
    if clock.published is None:
        return None
    lead = match.group().lower()
    first = _days_of_weekday(match["w1"], clock.published)
    second = _days_of_weekday(match["w2"], clock.published) if match["w2"] else first
    past = first[0], max(second[0], first[0])
    ahead = first[1], second[1]
    if ahead[1] < ahead[0]:
        ahead = ahead[1], ahead[1]
    if lead.startswith("last") and past[0] == clock.published:
        past = _one(_shift(past[0], -7))
    if lead.startswith("next") and ahead[0] == clock.published:
        ahead = _one(_shift(ahead[0], 7))
    if match["week"] == "last":
        monday = _shift(clock.published, -clock.published.weekday() - 7)
        past = _one(_shift(monday, _WEEKDAYS[match["w1"].lower()]))
    if "night" in lead and match["night"]:
        past, ahead = (past[0], _shift(past[1], 1)), (ahead[0], _shift(ahead[1], 1))
        if past[1] > clock.published:
            past = past[0], clock.published
    kind: TimeKind = (
        "since"
        if lead.startswith("since")
        else "until"
        if lead.startswith(("until", "by "))
        else "at"
    )
    found = _since(past, kind, clock)
    return _Found(found.past, ahead, kind)


def _days_of_weekday(name: str, published: dt.date) -> tuple[dt.date, dt.date]:
    number = _WEEKDAYS[name.lower()]
    back = (published.weekday() - number) % 7
    return _shift(published, -back), _shift(published, (7 - back) % 7)


def _word(match: re.Match[str], clock: _Clock) -> _Found | None:
    """Read "today", "yesterday", "overnight", "tomorrow", "at dawn", "this morning"."""
    if clock.published is None:
        return None
    word = match.group().lower()
    today = clock.published
    if "tomorrow" in word:
        end = today
        following = match["and"]
        end = _days_of_weekday(following, today)[1] if following else _shift(today, 1)
        return _Found(None, (_shift(today, 1), max(end, _shift(today, 1))))
    if "day before yesterday" in word:
        days = _one(_shift(today, -2))
    elif "yesterday" in word:
        days = _one(_shift(today, -1))
    elif "midnight" in word:
        return _Found(_one(today), (today, _shift(today, 1)))
    elif "night" in word and "tonight" not in word:
        days = _shift(today, -1), today
    else:
        days = _one(today)
    return _Found(days, days)


def _relative_to_anchor(match: re.Match[str], clock: _Clock) -> _Found | None:
    """Read "the same day", "that night", "the night before", "the previous day", "that same month"."""
    if clock.anchor is None:
        return None
    word = match.group().lower()
    first, last = clock.anchor
    if "month" in word:
        days = _month(first.year, first.month)
    elif "night before" in word:
        days = _shift(first, -1), first
    elif "day before" in word or "previous day" in word:
        days = _one(_shift(first, -1))
    elif "next day" in word or "following day" in word or "day after" in word:
        days = _one(_shift(last, 1))
    elif "night" in word:
        days = last, _shift(last, 1)
        if clock.published and days[1] > clock.published:  # the night that has just passed
            days = _shift(last, -1), last
    else:
        days = first, last
    return _Found(days, days)


def _earlier_or_later(match: re.Match[str], clock: _Clock) -> _Found | None:
    """Read "two days earlier", "a week later", "six days before"."""
    count, unit = _number(match["n"].lower()), match["unit"].lower()
    base = clock.anchor
    if base is None:
        return None
    if match["way"].lower() in {"earlier", "before", "previously"}:
        days = _back(base[0], count, unit)
    elif unit in {"day", "week", "fortnight"}:
        days = _one(_shift(base[1], count * _LENGTHS[unit]))
    else:
        return None
    return _Found(days, days)


def _hours_from_anchor(_: re.Match[str], clock: _Clock) -> _Found | None:
    """Read "hours later", "later that day": still the day named last."""
    return _Found(clock.anchor, clock.anchor) if clock.anchor else None


def _ago(match: re.Match[str], clock: _Clock) -> _Found | None:
    """Read "three days ago", "a year ago"."""
    if clock.published is None:
        return None
    days = _back(clock.published, _number(match["n"].lower()), match["unit"].lower())
    return _Found(days, days)


def _past_stretch(match: re.Match[str], clock: _Clock) -> _Found | None:
    """Read "in the past 24 hours", "over the last three days", "in a week"."""
    if clock.published is None:
        return None
    count = _number((match["n"] or "one").lower())
    unit = match["unit"].lower()
    length = max(1, round(count / 24)) if unit == "hour" else count * _LENGTHS[unit]
    days = _shift(clock.published, -length), clock.published
    return _Found(days, None)


def _within(match: re.Match[str], clock: _Clock) -> _Found | None:
    """Read "within 60 days", "within three months": from the day named last, or publication."""
    count, unit = _number(match["n"].lower()), match["unit"].lower()
    start = clock.published
    if clock.anchor and (start is None or abs((start - clock.anchor[0]).days) <= _NEAR):
        start = clock.anchor[0]
    if start is None:
        return None
    length = max(1, round(count / 24)) if unit == "hour" else count * _LENGTHS[unit]
    return _Found(None, (start, _shift(start, length)))


def _calendar_unit(match: re.Match[str], clock: _Clock) -> _Found | None:
    """Read "last week", "this month", "next year", "last autumn", "since the summer"."""
    if clock.published is None:
        return None
    today = clock.published
    way, unit = (match["way"] or "this").lower(), match["unit"].lower()
    way = way.strip()
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(way, 0)
    lead = match.group().lower()
    if unit in {"week", "weekend"}:
        monday = _shift(today, -today.weekday() + 7 * step)
        days = (
            (_shift(monday, 5), _shift(monday, 6))
            if unit == "weekend"
            else (monday, _shift(monday, 6))
        )
        if unit == "weekend" and way not in {"last", "next"} and days[0] > today:
            past = _shift(days[0], -7), _shift(days[1], -7)
            if lead.startswith("since"):
                past = past[0], today
            return _Found(past, days, "since" if lead.startswith("since") else "at")
    elif unit == "month":
        index = today.year * 12 + today.month - 1 + step
        days = _month(index // 12, index % 12 + 1)
    elif unit == "year":
        days = dt.date(today.year + step, 1, 1), dt.date(today.year + step, 12, 31)
    else:
        return _season(unit, lead, clock)
    kind: TimeKind = "since" if lead.startswith("since") else "at"
    return _since(days, kind, clock)


def _season(unit: str, lead: str, clock: _Clock) -> _Found | None:
    month = _SEASONS[unit]

    def make(year: int) -> Days | None:
        end = _month(year + (month + 2 > 12), (month + 1) % 12 + 1)[1]
        return dt.date(year, month, 1), end

    if clock.published is None:
        return None
    past, ahead = _nearest(clock.published, make)
    if past and "last" in lead and past[1] >= clock.published:
        past = make(past[0].year - 1)
    kind: TimeKind = "since" if lead.startswith("since") else "at"
    found = _since(past, kind, clock)
    return _Found(found.past, ahead, kind)


def _c(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Clock], _Found | None]], ...] = (
    (_c(rf"\b(?:since |(?:in|on|during) the night (?:of|to) )?(?:(?:{_W}),? )?(?P<day>{_D})(?:st|nd|rd|th)?(?:(?: and | to | or |-| until )(?P<day2>{_D})(?:st|nd|rd|th)?)? (?:of )?(?P<month>{_M})\b\.?{_YEAR}"), _full_date),
    (_c(rf"\b(?:since )?(?P<month>{_M})\.? (?P<day>{_D})(?:st|nd|rd|th)?(?:(?: and | to |-)(?P<day2>{_D})(?:st|nd|rd|th)?)?\b(?!,\d){_YEAR}"), _full_date),
    (_c(rf"\b(?:in|during|between) (?P<m1>{_M}) and (?P<m2>{_M})(?: (?P<year>(?:19|20)\d\d))?\b"), _two_months),
    (_c(rf"\b(?:in|at|towards?|around|since|by|until|during|last|of|from|early|late|mid-?)(?: (?:early|late|mid|the)?)?(?:-| ?)(?:(?:the )?(?:(?P<ordinal>first|second|third|fourth) week|end|beginning|start|middle) of |early |late )?(?P<month>(?!may\b|mar\b|dec\b|sun\b|jan\b){_M}|may(?= \d|[,.;]|$| (?:the|a|of|and|was|when|after|before|it|they|he|she|with|that)\b))\b(?:,? (?P<year>(?:19|20)\d\d))?(?! \d)"), _month_rule),
    (_c(r"\b(?:in|since|during) (?:early |late |mid-)?(?P<year>(?:19|20)\d\d)\b(?! (?:people|men|soldiers|troops))"), _year_rule),
    (_c(rf"\b(?:(?:on|last|next|since|until|by|this|early on|late on|from|for|through) )*(?P<w1>{_W})(?:'s)?(?P<night> night)?{_PART}(?:(?: and(?: on)?|,| to) (?P<w2>{_W}))?(?:,? (?:of )?(?P<week>this|last) week)?\b"), _weekday),
    (_c(rf"\b(?:(?:the )?day before yesterday|yesterday(?: (?:morning|afternoon|evening|night))?|today|tomorrow(?: and (?:on )?(?P<and>{_W}))?|tonight|overnight|last night|(?:during|in) the night(?! (?:of|to)\b)|at midnight|at dawn|this (?:morning|afternoon|evening))\b"), _word),
    (_c(r"\b(?:(?:on|in|during|over) )?(?:the|that) (?:(?:very )?same (?:day|night|evening|morning|afternoon|week|month|period)|night before|day before|previous (?:day|night)|next day|following day|day after)\b|\b(?:on|in) that (?:day|night|evening|month)|\bthat (?:night|day|evening|same night|same day|same month)\b"), _relative_to_anchor),
    (_c(rf"\b(?P<n>{_N}) (?P<unit>day|week|month|year|fortnight)s? (?P<way>earlier|later|previously|(?:before|after)(?=[.,;:]|$))"), _earlier_or_later),
    (_c(r"\b(?:a few |several |some |\w+ )?(?:hours|minutes) (?:later|earlier)\b|\blater (?:that|the same) (?:day|night|evening)\b"), _hours_from_anchor),
    (_c(rf"\b(?P<n>{_N}) (?P<unit>day|week|month|year|fortnight)s? ago\b"), _ago),
    (_c(rf"\b(?:in|over|during|within|for) the (?:past|last|previous) (?:(?P<n>{_N}) )?(?P<unit>hour|day|week|month|year)s?\b"), _past_stretch),
    (_c(rf"\bwithin (?:the next )?(?P<n>{_N}) (?P<unit>hour|day|week|month|year)s?\b"), _within),
    (_c(r"\b(?:(?:since|in|during|for|over) )?(?P<way>last|this|next|previous|coming) (?P<unit>weekend|week|month|year|spring|summer|autumn|winter)\b"), _calendar_unit),
    (_c(r"\b(?:in|since|during|over|at|by) the (?P<way>past )?(?P<unit>weekend|spring|summer|autumn|winter)\b"), _calendar_unit),
)  # fmt: skip
