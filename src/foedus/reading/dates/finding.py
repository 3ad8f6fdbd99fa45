"""Expressions of time in the order of the text, each by the first of the rules that matches it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from foedus.reading.anchors import Sieve
from foedus.reading.dates.named import (
    across_months,
    full_date,
    month_rule,
    two_months,
    weekday,
    year_rule,
)
from foedus.reading.dates.reckoning import MONTHS, WEEKDAYS, Clock, Found, TimeKind
from foedus.reading.dates.relative import (
    ago,
    calendar_unit,
    earlier_or_later,
    hours_from_anchor,
    past_stretch,
    relative_to_anchor,
    within,
    word_rule,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from foedus.reading.parsed import Line, Parsed
    from foedus.reading.tokens import Doc
    from foedus.reading.values import Days

    _Resolve = Callable[[re.Match[str], Clock], Found | None]

_OF_FIGURES = (across_months, full_date, year_rule)
_OF_MONTHS = (across_months, full_date, two_months, month_rule)
_LETTERS = re.compile("[a-z]+")
_W = "|".join(WEEKDAYS)
_M = "|".join(sorted(MONTHS, key=len, reverse=True))
_N = r"\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|sixty|ninety"
_D = r"(?:0?[1-9]|[12]\d|3[01])"
_PART = r"(?: (?:early |late )?(?:morning|afternoon|evening|night|night-time|midnight|noon))?"
_YEAR = r"(?:,? (?:of )?(?P<year>(?:19|20)\d\d|(?:last|this|next) year))?"


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


def find_times(parsed: Parsed) -> tuple[Time, ...]:
    """Return every expression of time of the report, in order of the text."""
    clock = Clock(published=parsed.report.published)
    return tuple(time for line in parsed.lines for time in _times_of(line, clock))


def _times_of(line: Line, clock: Clock) -> Iterator[Time]:
    for match, resolve in _matches(line.doc):
        days = resolve(match, clock)
        span = line.doc.covering(match.start(), match.end())
        if days is None or span is None:
            continue
        if days.past:
            clock.anchor = days.past
        yield Time(
            line=line.number,
            first=span.start,
            last=span.end - 1,
            kind=days.kind,
            past=days.past,
            ahead=days.ahead,
        )


def _matches(doc: Doc) -> Iterator[tuple[re.Match[str], _Resolve]]:
    """Yield what the rules match: always the first match, of two that begin together the longer."""
    text = doc.text
    next_of = {k: match for k in _possible_in(doc) if (match := _RULES[k][0].search(text))}
    while next_of:
        k = min(next_of, key=lambda k: (next_of[k].start(), -next_of[k].end(), k))
        match = next_of[k]
        yield match, _RULES[k][1]
        for other, ahead in list(next_of.items()):
            if ahead.start() < match.end():
                again = _RULES[other][0].search(text, match.end())
                if again is None:
                    del next_of[other]
                else:
                    next_of[other] = again


def _possible_in(doc: Doc) -> list[int]:
    """Return the places of the rules that may match a line; "dec" alone is no month in "decide"."""
    found = _sieve().possible_in(doc)
    if not any(word.text[0].isdigit() for word in doc):
        found = [k for k in found if _RULES[k][1] not in _OF_FIGURES]
    if MONTHS.keys().isdisjoint(_LETTERS.findall(doc.text.lower())):
        found = [k for k in found if _RULES[k][1] not in _OF_MONTHS]
    return found


@cache
def _sieve() -> Sieve:
    return Sieve([pattern for pattern, _ in _RULES])


def _c(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_RULES: tuple[tuple[re.Pattern[str], _Resolve], ...] = (
    (_c(rf"\b(?:from |between )?(?P<day>{_D})(?:st|nd|rd|th)? (?:of )?(?P<m1>{_M})(?: to | and | until | through |-| - |–| – )(?P<day2>{_D})(?:st|nd|rd|th)? (?:of )?(?P<m2>{_M})\b{_YEAR}"), across_months),
    (_c(rf"\b(?:from |between )?(?P<m1>{_M})\.? (?P<day>{_D})(?:st|nd|rd|th)?(?: to | and | until | through |-| - |–| – )(?P<m2>{_M})\.? (?P<day2>{_D})(?:st|nd|rd|th)?\b(?!,\d){_YEAR}"), across_months),
    (_c(rf"\b(?:since |(?:in|on|during) the night (?:of|to) )?(?:(?:{_W}),? )?(?P<day>{_D})(?:st|nd|rd|th)?(?:(?: and | to | or |-| until )(?P<day2>{_D})(?:st|nd|rd|th)?)? (?:of )?(?P<month>{_M})\b\.?{_YEAR}"), full_date),
    (_c(rf"\b(?:since )?(?P<month>{_M})\.? (?P<day>{_D})(?:st|nd|rd|th)?(?:(?: and | to |-)(?P<day2>{_D})(?:st|nd|rd|th)?)?\b(?!,\d){_YEAR}"), full_date),
    (_c(rf"\b(?:in|during|between) (?P<m1>{_M}) and (?P<m2>{_M})(?: (?P<year>(?:19|20)\d\d))?\b"), two_months),
    (_c(rf"\b(?:in|at|towards?|around|since|by|until|during|last|of|from|early|late|mid-?)(?: (?:early|late|mid|the)?)?(?:-| ?)(?:(?:the )?(?:(?P<ordinal>first|second|third|fourth) week|end|beginning|start|middle) of |early |late )?(?P<month>(?!may\b|mar\b|dec\b|sun\b|jan\b){_M}|may(?= \d|[,.;]|$| (?:the|a|of|and|was|when|after|before|it|they|he|she|with|that)\b))\b(?:,? (?P<year>(?:19|20)\d\d|(?:last|this|next) year))?(?! \d)"), month_rule),
    (_c(r"\b(?:in|since|during) (?:early |late |mid-)?(?P<year>(?:19|20)\d\d)\b(?! (?:people|men|soldiers|troops))"), year_rule),
    (_c(rf"\b(?:(?:on|last|next|since|until|by|this|early on|late on|from|for|through) )*(?P<w1>{_W})(?:'s)?(?P<night> night)?{_PART}(?:(?: and(?: on)?|,| to) (?P<w2>{_W}))?(?:,? (?:of )?(?P<week>this|last) week)?\b"), weekday),
    (_c(rf"\b(?:(?:the )?day before yesterday|yesterday(?: (?:morning|afternoon|evening|night))?|today|tomorrow(?: and (?:on )?(?P<and>{_W}))?|tonight|overnight(?! on )|last night|(?:during|in) the night(?! (?:of|to)\b)|at (?:midnight|dawn|noon)(?! on )|this (?:morning|afternoon|evening))\b"), word_rule),
    (_c(r"\b(?:(?:on|in|during|over) )?(?:the|that) (?:(?:very )?same (?:day|night|evening|morning|afternoon|week|month|period)|night before|day before|previous (?:day|night)|next day|following day|day after)\b|\b(?:on|in) that (?:day|night|evening|month)|\bthat (?:night|day|evening|same night|same day|same month)\b"), relative_to_anchor),
    (_c(rf"\b(?P<n>{_N}) (?P<unit>day|week|month|year|fortnight)s? (?P<way>earlier|later|previously|(?:before|after)(?=[.,;:]|$))"), earlier_or_later),
    (_c(r"\b(?:a few |several |some |\w+ )?(?:hours|minutes) (?:later|earlier)\b|\blater (?:that|the same) (?:day|night|evening)\b"), hours_from_anchor),
    (_c(rf"\b(?P<n>{_N}) (?P<unit>day|week|month|year|fortnight)s? ago\b"), ago),
    (_c(rf"\b(?:in|over|during|within|for) the (?:past|last|previous) (?:(?P<n>{_N}) )?(?P<unit>hour|day|week|month|year)s?\b"), past_stretch),
    (_c(rf"\bwithin (?:the next )?(?P<n>{_N}) (?P<unit>hour|day|week|month|year)s?\b"), within),
    (_c(r"\b(?:(?:since|in|during|for|over) )?(?P<way>last|this|next|previous|coming) (?P<unit>weekend|week|month|year|spring|summer|autumn|winter)\b"), calendar_unit),
    (_c(r"\b(?:in|since|during|over|at|by) the (?P<way>past )?(?P<unit>weekend|spring|summer|autumn|winter)\b"), calendar_unit),
)  # fmt: skip
