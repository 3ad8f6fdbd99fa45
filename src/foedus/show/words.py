"""How numbers, days and names are written: the same on a terminal and on a page.

Everything here turns one value into words. A chance is written as a percentage and, where a person
reads it in a sentence, as a frequency too: people judge "about 1 in 5" better than 0.2.

Source of the frequencies: G. Gigerenzer & U. Hoffrage, "How to Improve Bayesian Reasoning Without
Instruction: Frequency Formats", Psychological Review 102(4), 1995.
"""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from foedus.answer.values import Estimate

NOT_KNOWN = "not known"

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DIRECTIONS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_FREQUENCIES = (
    (1, 100), (1, 50), (1, 25), (1, 20), (1, 15), (1, 10), (1, 8), (1, 7), (1, 6), (1, 5), (1, 4),
    (3, 10), (1, 3), (2, 5), (1, 2), (3, 5), (2, 3), (7, 10), (3, 4), (4, 5), (5, 6), (7, 8),
    (9, 10), (19, 20), (49, 50), (99, 100),
)  # fmt: skip


def percent(chance: float) -> str:
    """Write a chance as a whole percentage; one that is not quite nothing or all says so.

    Examples
    --------
    >>> [percent(p) for p in (0.0, 0.003, 0.2149, 0.9987, 1.0)]
    ['0%', '<1%', '21%', '>99%', '100%']
    """
    if not math.isfinite(chance):
        return NOT_KNOWN
    if 0 < chance < 0.01:
        return "<1%"
    if 0.99 < chance < 1:
        return ">99%"
    return f"{100 * chance:.0f}%"


def frequency(chance: float) -> str:
    """Write a chance as a simple frequency, the nearest that people use.

    Examples
    --------
    >>> [frequency(p) for p in (0.0, 0.004, 0.21, 0.34, 0.8012, 0.9999)]
    ['none', 'fewer than 1 in 100', 'about 1 in 5', 'about 1 in 3', 'about 4 in 5', 'nearly all']
    """
    if not math.isfinite(chance):
        return NOT_KNOWN
    if chance <= 0:
        return "none"
    if chance >= 1:
        return "all"
    if chance < 0.0075:
        return "fewer than 1 in 100"
    if chance > 0.9925:
        return "nearly all"
    part, whole = min(_FREQUENCIES, key=lambda f: abs(f[0] / f[1] - chance))
    return f"about {part} in {whole}"


def both(chance: float) -> str:
    """Write a chance as a frequency and a percentage.

    Examples
    --------
    >>> both(0.21)
    'about 1 in 5 (21%)'
    """
    return f"{frequency(chance)} ({percent(chance)})" if math.isfinite(chance) else NOT_KNOWN


def interval(estimate: Estimate) -> str:
    """Write the spread of a chance between futures: "12 to 80%"."""
    if estimate.low == estimate.high:
        return "the same in all futures"
    if not (math.isfinite(estimate.low) and math.isfinite(estimate.high)):
        return NOT_KNOWN
    return f"{percent(estimate.low).removesuffix('%')} to {percent(estimate.high)}"


def figure(value: float) -> str:
    """Write a quantity that is no chance with three significant digits, never with an exponent.

    Examples
    --------
    >>> [figure(v) for v in (0.0, 0.0181234, 0.98765, -0.25, 12.0, 1234.4)]
    ['0', '0.0181', '0.988', '-0.25', '12', '1,234']
    """
    if not math.isfinite(value):
        return NOT_KNOWN
    if value == 0:
        return "0"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    digits = f"{abs(value):,.{decimals}f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f"-{digits}" if value < 0 else digits


def signed(value: float) -> str:
    """Write a difference in two decimals with its sign.

    Examples
    --------
    >>> [signed(v) for v in (0.1234, -0.05, 0.0004, -0.0004)]
    ['+0.12', '-0.05', '0.00', '0.00']
    """
    if not math.isfinite(value):
        return NOT_KNOWN
    digits = f"{abs(value):.2f}"
    if float(digits) == 0:
        return digits
    return f"+{digits}" if value > 0 else f"-{digits}"


def amount(value: float) -> str:
    """Write a number that a report gives, keeping every digit it gave.

    Examples
    --------
    >>> [amount(v) for v in (653.0, 5000.0, 2.5, 61_900_000_000.0)]
    ['653', '5,000', '2.5', '61.9 billion']
    """
    if not math.isfinite(value):
        return NOT_KNOWN
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        shorter = f"{value / size:.12g}"
        if abs(value) >= size and len(shorter) <= 6:
            return f"{shorter} {name}"
    return f"{int(value):,}" if value == int(value) else f"{value:,.12g}"


def counted(number: int, thing: str, things: str | None = None) -> str:
    """Write how many there are of a thing.

    Examples
    --------
    >>> counted(1, "report"), counted(3, "report"), counted(0, "party", "parties")
    ('1 report', '3 reports', 'no parties')
    """
    if number == 1:
        return f"1 {thing}"
    return f"{number:,} {things or thing + 's'}" if number else f"no {things or thing + 's'}"


def span_of_years(years: float) -> str:
    """Write a length of time.

    Examples
    --------
    >>> span_of_years(10.0), span_of_years(1), span_of_years(2.5)
    ('ten years', 'one year', '2.5 years')
    """
    if years == 1:
        return "one year"
    whole = years == int(years) and 0 <= years < len(_NUMBERS)
    return f"{_NUMBERS[int(years)] if whole else figure(years)} years"


def day(date: dt.date | None) -> str:
    """Write a day; one that is not known says so.

    Examples
    --------
    >>> from datetime import date
    >>> day(date(2031, 3, 5)), day(None)
    ('5 Mar 2031', 'undated')
    """
    return "undated" if date is None else f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def days(pair: tuple[dt.date, dt.date] | None) -> str:
    """Write a day, or the days from the first to the last.

    Examples
    --------
    >>> from datetime import date
    >>> days((date(2031, 3, 5), date(2031, 3, 6))), days((date(2030, 12, 31), date(2031, 1, 1)))
    ('5-6 Mar 2031', '31 Dec 2030 to 1 Jan 2031')
    """
    if pair is None:
        return "undated"
    first, last = pair
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{day(last)}"
    return f"{day(first)} to {day(last)}"


def listing(names: Iterable[str]) -> str:
    """Write names as a list in a sentence.

    Examples
    --------
    >>> listing(["Ardal"]), listing(["Ardal", "Velmark"]), listing(["A", "B", "C"])
    ('Ardal', 'Ardal and Velmark', 'A, B and C')
    """
    every = list(names)
    return " and ".join(part for part in (", ".join(every[:-1]), *every[-1:]) if part)


def spaced(word: str) -> str:
    """Write a word of a closed vocabulary as people write it: ``off-the-table``, ``war_on``."""
    return word.replace("-", " ").replace("_", " ")


def capital(sentence: str) -> str:
    """Return the sentence with its first letter a capital; the rest is left as it is."""
    return sentence[:1].upper() + sentence[1:]


def clean(text: str) -> str:
    """Return text from outside on one line, without what could steer a terminal or reorder a line.

    Control characters (ANSI escapes begin with one) and the marks that set the direction of writing
    go; white space becomes one space.

    Examples
    --------
    >>> clean("a" + chr(27) + "[31mred" + chr(0x202E) + " b" + chr(10) + "c")
    'a[31mred b c'
    """
    kept = (c if c.isprintable() or not c.isspace() else " " for c in text)
    return " ".join("".join(c for c in kept if not unsafe(c)).split())


def unsafe(character: str) -> bool:
    """Whether a character may not reach a terminal or a page: controls, and direction marks."""
    if character in "\n\t":
        return False
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _DIRECTIONS


def at_most(items: Sequence[str], most: int) -> str:
    """Write the first few of several parts, and how many more there are.

    Examples
    --------
    >>> at_most(["a", "b", "c", "d"], 2), at_most(["a", "b"], 2)
    ('a; b; and 2 more parts', 'a; b')
    """
    left_out = len(items) - most
    tail = [f"and {counted(left_out, 'more part')}"] if left_out > 0 else []
    return "; ".join([*items[:most], *tail])
