"""What a report says is not disclosed, not known or not settled.

A sentence counts when it says so itself; the cues lie in ``data/unknown_cues.csv``. What it is
about is taken from its own words, else from the sentences before it in its paragraph, else from
the nearest topic before.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.phrases import compiled, rows
from foedus.reading.quoting import trimmed
from foedus.reading.relevance import is_about_conflict
from foedus.reading.topics import topics_in
from foedus.reading.values import Unknown

if TYPE_CHECKING:
    import re

    from foedus.reading.names import Names
    from foedus.reading.parsed import Parsed, Sentence
    from foedus.reading.values import About, Span

_TIME = compiled("(date|day|timing|timetable|schedule|venue|when|where i do not|where,? .* know)")
_TOLL = compiled(
    "(died|dead|deaths?|killed|casualt*|wounded|injured|toll|victims?|losses|lost|damage|fatalities"
    "|hit|struck|targets?|rockets|missiles|drones|aircraft)"
)
_SENTENCES_BACK = 6


def find_unknowns(parsed: Parsed, names: Names) -> tuple[Unknown, ...]:
    """Return what a report says is not known, in order of the text."""
    del names  # what is not known has no actor
    if not is_about_conflict(parsed):
        return ()
    found: list[Unknown] = []
    kept = [s for s in parsed.sentences if s.line.kind not in {"headline", "heading"}]
    for k, sentence in enumerate(kept):
        for start, end in _cues_in(sentence):
            span = trimmed(parsed.report.text, sentence.start + start, sentence.start + end)
            if span is None:
                continue
            before = kept[max(0, k - _SENTENCES_BACK) : k]
            words = sentence.words.text[start:end]
            about = _about(words, sentence, before)
            found.append(Unknown(about=cast("About", about), span=span))
    return tuple(found)


@cache
def _cues() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((compiled(row["pattern"]), row["about"]) for row in rows("unknown_cues.csv"))


def _cues_in(sentence: Sentence) -> list[Span]:
    """Return the stretch of each cue: the part of the sentence, between strong stops."""
    text = sentence.words.text
    if text.rstrip().endswith("?"):
        return []
    found: list[Span] = []
    start = 0
    for part in _parts(text):
        if any(pattern.search(part) for pattern, _ in _cues()):
            found.append((start, start + len(part.rstrip(" ;"))))
        start += len(part)
    return found


def _parts(text: str) -> list[str]:
    """Cut a sentence at its semicolons and before ", but" and ", and they", the stops kept."""
    cut = text.replace("; ", "; \x00").replace(", but ", ", \x00but ")
    return [part for part in cut.split("\x00") if part]


def _about(  # noqa: PLR0911  # one return a place to look
    words: str, sentence: Sentence, before: list[Sentence]
) -> str:
    """Return what is not known: by the words, by the cue, or by what was spoken of before."""
    given = next((about for pattern, about in _cues() if about and pattern.search(words)), "")
    if given:
        return given
    if _TIME.search(words):
        return "schedule"
    here = _topic(sentence, words)
    if here:
        return here
    if _TOLL.search(words):
        return "casualties-damage"
    for earlier in reversed(before):
        topic = _topic(earlier, earlier.words.text)
        if topic:
            return topic
        if _TOLL.search(earlier.words.text):
            return "casualties-damage"
    return "other"


def _topic(sentence: Sentence, words: str) -> str:
    """Return what the last topic of a stretch is filed under; "" when it has none."""
    at = sentence.words.text.find(words)
    first = sentence.words.start_char + max(at, 0)
    inside = [
        topic
        for topic in topics_in(sentence.line.doc)
        if first <= topic.head.idx < first + len(words) and topic.about
    ]
    return inside[0].about if inside else ""
