"""Whether a report is about an armed conflict or its settlement at all.

Words of war are used of football and of trade, so one alone says nothing. A report counts when it
uses several different words that are seldom used of anything but war, its victims and its ending.
The words lie in ``data/conflict_words.csv``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.phrases import compiled, rows

if TYPE_CHECKING:
    from foedus.reading.parsed import Parsed

_WORDS_LEAST = 2


def is_about_conflict(parsed: Parsed) -> bool:
    """Say whether a report is about an armed conflict or its settlement."""
    text = "\n".join([parsed.report.title or "", *(line.doc.text for line in parsed.lines)])
    seen = 0
    for row in rows("conflict_words.csv"):
        if compiled(row["pattern"]).search(text):
            seen += 1
            if seen >= _WORDS_LEAST:
                return True
    return False
