"""Whether a report is about an armed conflict or its settlement at all.

Words of war are used of football and of trade, so one alone says nothing. A report counts when it
uses several different words that are seldom used of anything but war, its victims and its ending.
The words lie in ``data/conflict_words.csv``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from foedus.reading.phrases import compiled, rows

if TYPE_CHECKING:
    from foedus.reading.parsed import Parsed

_WORDS_LEAST = 2


def is_about_conflict(parsed: Parsed) -> bool:
    """Say whether a report is about an armed conflict or its settlement."""
    return _says_enough("\n".join([parsed.report.title or "", *(x.text for x in parsed.lines)]))


@lru_cache(maxsize=1)
def _says_enough(text: str) -> bool:
    """Say whether a text has enough words of war; each family of mentions asks it of a report."""
    seen = 0
    for row in rows("conflict_words.csv"):
        if compiled(row["pattern"]).search(text):
            seen += 1
            if seen >= _WORDS_LEAST:
                return True
    return False
