"""Numbers in a text: figures and words, bounds and ranges.

"653", "1,700", "33 million", "half a million", "seventy-three", "two hundred and six" are numbers;
"thousands", "several" and "dozens" are not, since they give none. The words before a number say how
it is bounded: "more than" at least, "nearly" about, "up to" at most. A range is two numbers, the lower
at least, the upper at most. Days, years, clock times, shares of a hundred, ages and names of weapons
(Kh-22, F-16) are no amounts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reading.tokens import Doc, Token
    from foedus.reading.values import Bound

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {
    "hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "bn": 1e9, "mn": 1e6,
}  # fmt: skip
_SMALL = {**_UNITS, **_TENS, "dozen": 12}
_WORDS = "|".join(sorted([*_SMALL, *_SCALES], key=len, reverse=True))
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPELT = (
    rf"(?:half a|an?|(?:{_WORDS}))(?: and a half)?"
    rf"(?:(?:[ -]| and )(?:{_WORDS}))*(?: and a half)?"
)
_NUMBER = re.compile(
    rf"(?<![\w.,])(?<!\D-)(?<!\d{{4}}-)(?<!-\d\d-)(?P<currency>[$€£])?\s?(?:(?P<figure>{_FIGURE})(?:[ -]?(?P<scale>hundred|thousand|million|billion|trillion|bn|mn|m|k)\b)?"
    rf"|(?P<spelt>\b{_SPELT}))(?![\w])",
    re.IGNORECASE,
)  # fmt: skip
_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("at-most", re.compile(r"(?:up to|at most|no more than|not more than|as many as|(?<!no )(?<!not )fewer than|(?<!no )(?<!not )less than|under|a maximum of|at the most)(?: (?:the|a|an|some|estimated|its|their))*\s*$", re.IGNORECASE)),
    ("at-least", re.compile(r"(?:(?<!no )(?<!not )more than|(?<!hand )(?<!hands )(?<!handed )(?<!handing )over|at least|no fewer than|no less than|not fewer than|not less than|upwards of|in excess of|a minimum of|above|exceeding|exceeded|well over|topped|surpassed)(?: (?:the|a|an|some|estimated|its|their|another))*\s*$", re.IGNORECASE)),
    ("about", re.compile(r"(?:nearly|almost|about|around|some|roughly|approximately|close to|estimated|perhaps|an average of|or so|circa|just under|just over|as much as|nearer)(?: (?:the|a|an|all|estimated|total of|half))*\s*$", re.IGNORECASE)),
)  # fmt: skip
_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("at-least", re.compile(r"^\s*(?:or more|and more|-plus|\+)", re.IGNORECASE)),
    ("about", re.compile(r"^\s*(?:or so\b|-odd\b)", re.IGNORECASE)),
)
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_NOT_AFTER = re.compile(
    rf"^(?:st|nd|rd|th)?\s*(?:(?:and|to|-) ?\d+ )?(?:(?:of )?(?:{_MONTHS})\b|%|per ?cent|percent|o'clock|[ap]\.?m\.?\b"
    r"|-?year|-?years?[- ]old|:\d|-(?:storey|point|mile|km|day|hour|minute|month|week|member|page|article|year|nation|way|star|strong|foot|metre|meter)"
    r"|[- ]?(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|kilomet\w+|km|miles?|met(?:re|er)s?|times|degrees|points?|votes?|pages?|storeys?|articles?|rounds?|per)\b(?! (?:of )?(?:people|killed)))",
    re.IGNORECASE,
)  # fmt: skip
_CALENDAR_BEFORE = re.compile(rf"\b(?:{_MONTHS})\.?(?: \d+,?)?\s*$", re.IGNORECASE)
_LABEL_BEFORE = re.compile(
    r"\b(?:resolution|article|chapter|page|no\.?|number|aged?|phase|protocol|bulletin|route|channel|day|week|point|section|file|flight|g|round|unit|reactor|age)\s*$",
    re.IGNORECASE,
)
_CLOCK_HOURS_BEFORE = re.compile(r"(?<![\w:])[0-2]?\d:$")
_CLOCK = re.compile(r"[01]\d\.[0-5]\d|0\d{3}")
_CLOCK_BEFORE = re.compile(r"\bat (?:about |around )?$", re.IGNORECASE)
_LEVEL_BEFORE = re.compile(
    r"\b(?:put|puts|stood|stands|estimated|estimates|toll|number|dead|deaths|figure|total|tally|remain\w*|capped|kept)\b[^.;]{0,60}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One number of a text.

    ``first`` and ``last`` are token indices in the line's parse; ``word`` is the token of the number
    that hangs on what is counted; ``money`` is the item when a currency stands with the number.
    """

    value: float
    bound: Bound
    first: int
    last: int
    currency: str | None = None

    def word(self, doc: Doc) -> Token:
        """Return the number's token that hangs on a word outside it."""
        for k in range(self.last, self.first - 1, -1):
            if not self.first <= doc[k].head.i <= self.last:
                return doc[k]
        return doc[self.last]


def amounts(doc: Doc) -> list[Amount]:
    """Return the amounts of one line in order; ranges give two."""
    text = doc.text
    found: list[Amount] = []
    matches = list(_matches(text))
    skip = False
    for k, (match, value) in enumerate(matches):
        if skip:
            skip = False
            continue
        following = matches[k + 1] if k + 1 < len(matches) else None
        pair = following and _range(text, match, following[0], value, following[1])
        if pair and following:
            low, high = pair
            found.extend(_amount(doc, match, low, "at-least"))
            found.extend(_amount(doc, following[0], high, "at-most"))
            skip = True
        elif not _is_no_amount(text, match, value):
            found.extend(_amount(doc, match, value, _bound(text, match)))
    return found


def _matches(text: str) -> Iterator[tuple[re.Match[str], float]]:
    for match in _NUMBER.finditer(text):
        value = _value(match)
        if value is not None:
            yield match, value


def _value(match: re.Match[str]) -> float | None:
    figure, scale = match.group("figure"), match.group("scale")
    if figure:
        factor = _SCALES.get(
            (scale or "").lower(), {"m": 1e6, "k": 1e3}.get((scale or "").lower(), 1.0)
        )
        return float(figure.replace(",", "")) * factor
    return spelt(match.group("spelt"))


def spelt(words: str) -> float | None:
    """Return the number that words spell; None when they spell none.

    Examples
    --------
    >>> spelt("seventy-three"), spelt("half a million"), spelt("two hundred and six")
    (73.0, 500000.0, 206.0)
    >>> spelt("one and a half million"), spelt("a million and a half"), spelt("a") is None
    (1500000.0, 1500000.0, True)
    """
    lowered = words.lower()
    more = " and a half" in lowered
    parts = re.split(r"[ -]+", lowered.replace(" and a half", ""))
    half = parts[:2] == ["half", "a"]
    parts = [part for part in parts if part not in {"and", "half"}]
    if parts and parts[0] in {"a", "an"}:
        parts = parts[1:]
        if not parts or parts[0] not in {*_SCALES, "dozen"}:
            return None
    if not parts:
        return None
    total = current = 0.0
    for part in parts:
        if part == "dozen":
            current = max(current, 1) * 12
        elif part in _SMALL:
            current += _SMALL[part]
        elif part == "hundred":
            current = max(current, 1) * 100
        else:
            total += max(current, 1) * _SCALES[part]
            current = 0.0
    value = total + current
    if more:
        value += max((_SCALES[part] for part in parts if part in _SCALES), default=1.0) / 2
    return value / 2 if half else value


def _bound(text: str, match: re.Match[str]) -> Bound:
    before, after = (
        text[max(0, match.start() - 40) : match.start()],
        text[match.end() : match.end() + 12],
    )
    for bound, pattern in _AFTER:
        if pattern.search(after):
            return bound
    for bound, pattern in _BEFORE:
        if pattern.search(before):
            return bound
    return "exact"


def _range(
    text: str, low: re.Match[str], high: re.Match[str], low_value: float, high_value: float
) -> tuple[float, float] | None:
    """Return the two ends when ``low`` and ``high`` are a range: "between 5 and 7", "5 to 7"."""
    between = text[low.end() : high.start()]
    before = text[max(0, low.start() - 12) : low.start()]
    joined = (
        (re.fullmatch(r" and ", between) and re.search(r"between\s*$", before, re.IGNORECASE))
        or (
            re.fullmatch(r" to ", between)
            and not re.search(r"(?:from|by|voted)\s*$", before, re.IGNORECASE)
        )
        or (re.fullmatch(r" to ", between) and re.search(r"from\s*$", before, re.IGNORECASE))
        or re.fullmatch(r"\s?-\s?", between)
    )
    if not joined or _NOT_AFTER.match(text[high.end() :].lstrip()):
        return None
    scale = high.group("scale")
    if scale and not low.group("scale") and low.group("figure"):
        low_value *= high_value / float((high.group("figure") or "1").replace(",", ""))
    return (low_value, high_value) if low_value < high_value else None


def _is_no_amount(text: str, match: re.Match[str], value: float) -> bool:
    """Refuse days, years, clock times, measures of time and length, labels."""
    before, after = text[: match.start()][-30:], text[match.end() :][:30]
    if match.group("currency"):
        return False
    if _NOT_AFTER.match(after.lstrip()) and not match.group("scale"):
        return not re.match(r"\s*(?:km2|km²|square|sq)", after, re.IGNORECASE)
    figure = match.group("figure")
    if figure and (_CALENDAR_BEFORE.search(before) or _LABEL_BEFORE.search(before)):
        return True
    if figure and _is_clock(text, match, figure):
        return True
    if (
        _CLOCK_BEFORE.search(before)
        and value <= 24
        and not _LEVEL_BEFORE.search(text[: match.start()])
    ):
        return True
    is_year = (
        bool(figure) and "," not in (figure or "") and 1900 <= value <= 2100 and value == int(value)
    )
    counted = re.match(r"\s*[a-z]+s\b", after) and not re.match(
        r"\s*(?:was|is|has|as|its|this|talks|tells)\b", after
    )
    return is_year and not counted


def _is_clock(text: str, match: re.Match[str], figure: str) -> bool:
    """Say whether a figure is a time of day: the minutes of "06:45", a line that opens "06.45 Five".

    Examples
    --------
    >>> text = "21:40 Two bridges are down"
    >>> [_is_clock(text, match, match["figure"] or "") for match in _NUMBER.finditer(text)]
    [False, True, False]
    """
    before = text[: match.start("figure")]
    if len(figure) == 2 and _CLOCK_HOURS_BEFORE.search(before):
        return True
    return not before.strip() and _CLOCK.fullmatch(figure) is not None


def _amount(doc: Doc, match: re.Match[str], value: float, bound: Bound) -> Iterator[Amount]:
    span = doc.covering(match.start(), match.end())
    if span is not None and len(span):
        first = span.start
        while first < span.end - 1 and doc[first].is_space:
            first += 1
        yield Amount(
            value=value,
            bound=bound,
            first=first,
            last=span.end - 1,
            currency=match.group("currency"),
        )
