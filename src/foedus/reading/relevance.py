"""Whether a report is about an armed conflict or its settlement at all.

Words of war are used of football and of trade, so one alone says nothing. A report counts when it
uses several different words that are seldom used of anything but war, its victims and its ending.
Words of diplomacy, which trade has too, count half; words of sport, films, trade and crime count
against it. The words and their weights lie in ``data/conflict_words.csv``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.reading.anchors import Sieve
from foedus.reading.parsed import once
from foedus.reading.phrases import compiled, rows

if TYPE_CHECKING:
    import re

    from foedus.reading.parsed import Parsed

_ENOUGH = 2.0
_HELD_AGAINST_MOST = 4.0
"""However much a report speaks of sport or trade: a war reaches stadiums and markets too."""


@once
def is_about_conflict(parsed: Parsed) -> bool:
    """Say whether a report is about an armed conflict or its settlement."""
    title = parsed.report.title or ""
    found = _weights(title, _sieve().possible(title), {})
    for line in parsed.lines:
        found = _weights(line.text, _sieve().possible_in(line.doc), found)
    return _are_enough(found)


def _weights(text: str, possible: list[int], before: dict[int, float]) -> dict[int, float]:
    """Return the weights of the words of a line and of those before it, each word once."""
    found = {
        number: _words()[number][1]
        for number in possible
        if number not in before and _words()[number][0].search(text)
    }
    return before | found


def _are_enough(found: dict[int, float]) -> bool:
    """Say whether words of war outweigh those of sport and trade.

    Examples
    --------
    >>> _are_enough({0: 1.0, 1: 1.5}), _are_enough({0: 1.0, 1: 1.5, 2: -1.0})
    (True, False)
    """
    weights = [found[number] for number in sorted(found)]
    against = -sum(weight for weight in weights if weight < 0)
    return sum(w for w in weights if w > 0) - min(against, _HELD_AGAINST_MOST) >= _ENOUGH


@cache
def _words() -> tuple[tuple[re.Pattern[str], float], ...]:
    """Return each pattern with its weight."""
    return tuple((compiled(r["pattern"]), float(r["weight"])) for r in rows("conflict_words.csv"))


@cache
def _sieve() -> Sieve:
    return Sieve([pattern for pattern, _ in _words()])
