"""What a report says is not disclosed, not known or not settled.

A clause counts when it says so itself; the cues lie in ``data/unknown_cues.csv``. What it is about is
taken from its own words, else from the rest of its sentence, else, where it points back ("no number
was given", "its members have not been named"), from the sentences before it. A list that follows a
cue ("two matters were left open: ...") is one unknown a point. A question of the writer's is none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.anchors import Sieve
from foedus.reading.phrases import compiled, rows
from foedus.reading.quoting import trimmed
from foedus.reading.relevance import is_about_conflict
from foedus.reading.topics import topics_in
from foedus.reading.values import Unknown

if TYPE_CHECKING:
    from foedus.reading.names import Names
    from foedus.reading.parsed import Parsed, Sentence
    from foedus.reading.topics import Topic
    from foedus.reading.values import About, Span

_TIME = compiled(
    "(dates?|day|timing|timetable|schedule|venue|deadline|when (the|it|they|talks|this|that|he|she|its)"
    "|when|where (the|they|it|talks|i do not)|where,? .* know|next round|how long)"
)
_WHEN = compiled(
    "(said|say|says|known|clear|disclosed|decided|settled|announced|unclear|uncertain|know) when"
)
_ITS_TIME = compiled("(its|their) (timing|pace|timetable|schedule|order|date)")
_TOLL = compiled(
    "(died|dead|hurt|harmed|deaths?|killed|casualt*|wounded|injured|toll|victims?|losses|lost|damage|fatalities"
    "|hit|struck|reached their targets?|shot down|destroyed|survivors?|perished|buried"
    "|how many (people|civilians) (are|were|remain))"
)
_FIGURE = compiled("(figures?|numbers?|how many|count|toll|estimates?|claims?)")
_ABOUT_WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (compiled("who (will|would|should|is to) <2>(guard|police|patrol|secure|garrison)"), "foreign-troops"),
    (
        compiled(
            "who (will|would|should|is to) <2>(decide|judge|verify|check|watch|monitor|oversee|rule)"
            "|whether <5> (carried out|complied|been kept|broken)|watch over the"
        ),
        "monitoring",
    ),
    (compiled("how many <1>(soldiers|troops|men) <4> (send|deploy|contribute|station)"), "foreign-troops"),
    (compiled("(means?|meant|intends?|plans?) to (stay|leave|go)|how long <4> stay"), "withdrawal"),
    (compiled("who (will|would|is to) <1>pay(?! for (it|them|this|that|these))"), "reconstruction"),
)  # fmt: skip
_UNCLAIMED = compiled(
    "(claimed|claim) (the|responsibility|it)|who (had )?(fired|carried out|was behind|shot|launched"
    "|planted|started)|what it (is|was|means)|what caused|published one"
)
_OF_ITS_OWN = compiled(
    "(number|cause|motive|identity|name|extent|reason)s? (of|for) <1>\\w+"
    "|who (will|would|should|is to) \\w+ (the|a|an) \\w+"
)
_AGREED = compiled("(agreed|agreement|settled|decided|signed|answer*|respond*|repl*)")
_COUNTS = compiled("(numbers?|how many|names?|who|figures?|list)")
_STANDS_OPEN = compiled(  # what can be gone through is open to it, and no question
    "(doors?|windows?|gates?|channels?|hotlines?|corridors?|crossings?|bridges?|roads?|ports?|offer"
    "|invitation|airspace) (\\w+ ){0,4}(is|are|was|were|stays?|stayed|remains?|remained|left|kept)"
    " (\\w+ ){0,2}open"
)
_SENTENCES_BACK = 6
_COLON = ":"


def find_unknowns(parsed: Parsed, names: Names) -> tuple[Unknown, ...]:
    """Return what a report says is not known, in order of the text."""
    del names  # what is not known has no actor
    if not is_about_conflict(parsed):
        return ()
    found: list[Unknown] = []
    kept = [s for s in parsed.sentences if s.line.kind not in {"headline", "heading"}]
    for k, sentence in enumerate(kept):
        last: str | None = None
        for start, end in _cues_in(sentence):
            span = trimmed(parsed.report.text, sentence.start + start, sentence.start + end)
            if span is None:
                continue
            words = sentence.words.text[start:end]
            about, own = _about(words, start, sentence, kept[max(0, k - _SENTENCES_BACK) : k])
            if last is not None and (about == last or not own):
                continue  # two cues of one sentence on one matter are one unknown
            last = about
            found.append(Unknown(about=cast("About", about), span=span))
    return tuple(found)


@cache
def _cues() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((compiled(row["pattern"]), row["about"]) for row in rows("unknown_cues.csv"))


@cache
def _sieve() -> Sieve:
    return Sieve([pattern for pattern, _ in _cues()])


def _cues_in(sentence: Sentence) -> list[Span]:
    """Return the stretch of each cue: the part of the sentence, between strong stops."""
    text = sentence.words.text
    cues = [_cues()[number][0] for number in _sieve().possible_in(sentence.line.doc)]
    if not cues or text.rstrip(" \"'").endswith("?"):
        return []
    found: list[Span] = []
    start = 0
    for part in _parts(text):
        told = _STANDS_OPEN.sub("", part)
        if any(cue.search(told) for cue in cues):
            points = _points(part)
            for first, last in points or [(0, len(part.rstrip(" ;")))]:
                found.append((start + first, start + last))
        start += len(part)
    return found


def _parts(text: str) -> list[str]:
    """Cut a sentence where a clause of its own begins, the stops kept.

    Examples
    --------
    >>> _parts("No date was set, and no one said who would pay; talks go on.")
    ['No date was set, ', 'and no one said who would pay; ', 'talks go on.']
    """
    cut = text.replace("; ", "; \x00").replace(", but ", ", \x00but ")
    cut = re.sub(
        r", (and (?:it|they|he|she|no|neither|nobody|none|its|nor|the \w+ (?:does|do|did|has|have))\b)",
        ", \x00\\1",
        cut,
    )
    return [part for part in cut.split("\x00") if part]


def _points(part: str) -> list[Span]:
    """Return the points of a list that a cue opens: "two matters are open: the land, and the dam".

    Examples
    --------
    >>> text = "Two matters were left open: the land of the east, and the dam."
    >>> [text[a:b] for a, b in _points(text)]
    ['the land of the east', 'the dam']
    """
    head, colon, rest = part.partition(_COLON)
    opened = re.search(r"\b(matters|points|questions|issues|things|topics)\b", head, re.IGNORECASE)
    if not colon or not opened or not any(cue.search(head) for cue, _ in _cues()):
        return []
    found: list[Span] = []
    at = len(head) + 1
    for piece in re.split(r"(?:, and | and |, )", rest):
        first = part.find(piece, at)
        stripped = piece.strip(" .;")
        if stripped:
            inner = part.find(stripped, first)
            found.append((inner, inner + len(stripped)))
        at = first + len(piece)
    return found


def _about(  # noqa: C901, PLR0911  # one return a place to look
    words: str, start: int, sentence: Sentence, before: list[Sentence]
) -> tuple[str, bool]:
    """Return what is not known, and whether the clause's own words say so."""
    for pattern, about in _ABOUT_WORDS:
        if pattern.search(words):
            return about, True
    if _UNCLAIMED.search(words):
        return "other", True
    if _WHEN.search(words):
        return "schedule", True
    given = next((about for pattern, about in _cues() if about and pattern.search(words)), "")
    if given == "schedule" and not _ITS_TIME.search(words):
        return given, True
    here = _topic(sentence, words)
    if here is not None:
        return _fitted(here, words), True
    if _ITS_TIME.search(words) and (topic := _before(sentence, start, before, words)):
        return topic, True
    if _TOLL.search(words):
        return "casualties-damage", True
    if _TIME.search(words):
        return "schedule", True
    if given:
        return given, True
    if _OF_ITS_OWN.search(words):
        return "other", True
    topic = _before(sentence, start, before, words)
    return (topic, False) if topic else ("other", False)


def _before(sentence: Sentence, start: int, before: list[Sentence], words: str) -> str:
    """Return what was spoken of before: earlier in the sentence, then in the sentences before it."""
    for text, where in [
        (sentence.words.text[:start], sentence),
        *((s.words.text, s) for s in reversed(before)),
    ]:
        topics = _topics(where, text)
        if topics:
            return _fitted(topics[-1] if where is sentence else topics[0], words)
        if _FIGURE.search(words) and _TOLL.search(text):
            return "casualties-damage"
    return ""


def _fitted(topic: Topic, words: str) -> str:
    """File a number of captives under the captives, and what is agreed on them as an exchange."""
    if _AGREED.search(words):
        return "prisoner-exchange" if topic.about == "prisoners" else topic.about
    counted = topic.about == "prisoner-exchange" and _COUNTS.search(words)
    return "prisoners" if counted else topic.about


def _topic(sentence: Sentence, words: str) -> Topic | None:
    """Return the first topic of a stretch of a sentence."""
    return next(iter(_topics(sentence, words)), None)


def _topics(sentence: Sentence, words: str) -> list[Topic]:
    """Return the topics of a stretch of a sentence that unknowns can be about."""
    at = sentence.words.text.find(words)
    first = sentence.words.start_char + max(at, 0)
    return [
        topic
        for topic in topics_in(sentence.line.doc)
        if first <= topic.head.idx < first + len(words) and topic.about
    ]
