"""Whether a report is about an armed conflict or its settlement at all.

Words of war are used of football and of trade, so one alone says nothing. A report counts when it
uses several different words that are seldom used of anything but war, its victims and its ending.
Words of diplomacy, which trade has too, count half; words of sport, films, trade and crime count
against it. The words and their weights lie in ``data/conflict_words.csv``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from foedus.reading.anchors import Sieve
from foedus.reading.phrases import compiled, rows

if TYPE_CHECKING:
    import re

    from foedus.reading.parsed import Parsed

_ENOUGH = 2.0
_HELD_AGAINST_MOST = 4.0
"""However much a report speaks of sport or trade: a war reaches stadiums and markets too."""


def is_about_conflict(parsed: Parsed) -> bool:
    """Say whether a report is about an armed conflict or its settlement."""
    return _say_enough((parsed.report.title or "", *(line.text for line in parsed.lines)))


@lru_cache(maxsize=1)
def _say_enough(lines: tuple[str, ...]) -> bool:
    """Say whether lines have enough words of war; each family of mentions asks it of a report.

    Examples
    --------
    >>> _say_enough(("The foreign ministers agreed on the text", "of a peace treaty and its border."))
    True
    >>> _say_enough(("The striker ended the truce with his coach: a war of words in the league.",))
    False
    """
    found: dict[int, float] = {}
    for line in lines:
        for number in _sieve().possible(line):
            if number not in found and _words()[number][0].search(line):
                found[number] = _words()[number][1]
    against = -sum(weight for weight in found.values() if weight < 0)
    return sum(w for w in found.values() if w > 0) - min(against, _HELD_AGAINST_MOST) >= _ENOUGH


@cache
def _words() -> tuple[tuple[re.Pattern[str], float], ...]:
    """Return each pattern with its weight."""
    return tuple((compiled(r["pattern"]), float(r["weight"])) for r in rows("conflict_words.csv"))


@cache
def _sieve() -> Sieve:
    return Sieve([pattern for pattern, _ in _words()])
