"""Whether a report is about an armed conflict or its settlement at all.

Words of war are used of football and of trade, so one alone says nothing. A report counts when it
uses several different words that are seldom used of anything but war, its victims and its ending.
Words of diplomacy, which trade has too, count half; words of sport, films, trade and crime count
against it. The words and their weights lie in ``data/conflict_words.csv``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from foedus.reading.anchors import anchors
from foedus.reading.phrases import compiled, rows

if TYPE_CHECKING:
    import re

    from foedus.reading.parsed import Parsed

_ENOUGH = 2.0
_HELD_AGAINST_MOST = 4.0
"""However much a report speaks of sport or trade: a war reaches stadiums and markets too."""


def is_about_conflict(parsed: Parsed) -> bool:
    """Say whether a report is about an armed conflict or its settlement."""
    return _says_enough("\n".join([parsed.report.title or "", *(x.text for x in parsed.lines)]))


@lru_cache(maxsize=1)
def _says_enough(text: str) -> bool:
    """Say whether a text has enough words of war; each family of mentions asks it of a report.

    Examples
    --------
    >>> _says_enough("The foreign ministers agreed on the text of a peace treaty and its border.")
    True
    >>> _says_enough("The striker ended the truce with his coach: a war of words before the match.")
    False
    """
    lowered = text.lower()
    found = [
        weight
        for pattern, needed, weight in _words()
        if (not needed or any(letters in lowered for letters in needed)) and pattern.search(text)
    ]
    against = -sum(weight for weight in found if weight < 0)
    return sum(w for w in found if w > 0) - min(against, _HELD_AGAINST_MOST) >= _ENOUGH


@cache
def _words() -> tuple[tuple[re.Pattern[str], frozenset[str], float], ...]:
    """Return each pattern with letters that it needs, and its weight."""
    patterns = [(compiled(row["pattern"]), row) for row in rows("conflict_words.csv")]
    return tuple((pattern, anchors(pattern), float(row["weight"])) for pattern, row in patterns)
