"""What a stretch of text is about: issues, and parts that a deal may have.

The vocabulary is ``data/topics.csv``: a pattern, the issue and the provision it stands for (either
may be empty), and what an unknown about it is filed under; a row without any of the three keeps its
words from being one. Earlier rows are the more specific ones
and take the words they match, so that "lift sanctions" is sanctions-relief and not merely
sanctions. A pattern that holds a group named ``at`` needs the words before it but takes only that part:
of "sanctions would be lifted and return if ..." the last words are sanctions-snapback.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from foedus.reading.anchors import Sieve
from foedus.reading.parsed import once
from foedus.reading.phrases import compiled, rows

if TYPE_CHECKING:
    import re

    from foedus.reading.tokens import Doc, Token, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One mention of a topic: its words, their head, and what it stands for; "" where nothing."""

    issue: str
    provision: str
    about: str
    head: Token
    tokens: tuple[Token, ...]


@cache
def _vocabulary() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    return tuple((compiled(row["pattern"]), row) for row in rows("topics.csv"))


@cache
def _sieve() -> Sieve:
    return Sieve([pattern for pattern, _ in _vocabulary()])


@once
def topics_in(doc: Doc) -> tuple[Topic, ...]:
    """Return the topics that a parsed line mentions, in order; none overlaps another."""
    return tuple(sorted(_found_in(doc), key=lambda topic: topic.tokens[0].i))


def _is_verb_alone(words: Words) -> bool:
    """Say whether "guarantee" is but a verb: to guarantee a right is no guarantee."""
    return len(words) == 1 and words[0].lemma_ == "guarantee" and words[0].pos_ == "VERB"


def _head(words: Words) -> Token:
    """Return the head of a topic's words: of "troops are to leave" it is "leave"."""
    root = words.root
    if root.lemma_ != "be":
        return root
    inside = (c for c in root.children if c.dep_ == "xcomp" and words.start <= c.i < words.end)
    return next(inside, root)


def _found_in(doc: Doc) -> list[Topic]:
    """Find the topics of a line, the more specific first."""
    text = doc.text
    taken: list[tuple[int, int]] = []
    found: list[Topic] = []
    for number in _sieve().possible_in(doc):
        pattern, row = _vocabulary()[number]
        for match in pattern.finditer(text):
            start, end = match.span("at" if "at" in pattern.groupindex else 0)
            if any(start < e and s < end for s, e in taken) or start == end:
                continue
            words = doc.covering(start, end)
            if words is None or not words.text.strip() or _is_verb_alone(words):
                continue
            taken.append((start, end))
            if not (row["issue"] or row["provision"] or row["about"]):
                continue  # what only looks like a topic: diplomats who are withdrawn
            found.append(
                Topic(
                    issue=row["issue"],
                    provision=row["provision"],
                    about=row["about"],
                    head=_head(words),
                    tokens=tuple(words),
                )
            )
    return found
