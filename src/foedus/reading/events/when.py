"""When an act was done: the expression of time that hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import is_verbal
from foedus.reading.events.grammar import above
from foedus.reading.moods import SAYS
from foedus.reading.parsed import line_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.reading.dates import Time
    from foedus.reading.values import Days


def days_of(times: tuple[Time, ...], trigger: Token, verb: Token, *, ahead: bool) -> Days | None:
    """Return the days of an act; None when the report does not place it."""
    doc = trigger.doc
    here = [t for t in times if t.line == line_of(trigger) and doc[t.first].sent == trigger.sent]
    best: tuple[int, Time] | None = None
    for time in here:
        depth = _depth(doc[time.first], trigger, verb)
        if depth is not None and (best is None or depth < best[0]):
            best = depth, time
    if best is None and verb.dep_ == "conj" and is_verbal(verb.head):
        return days_of(times, verb.head, verb.head, ahead=ahead)
    if best is None:
        free = [t for t in here if not _is_of_speech(doc[t.first])]
        if len(free) != 1:
            return None
        best = 0, free[0]
    return (best[1].ahead or best[1].past) if ahead else best[1].past


def _depth(time: Token, trigger: Token, verb: Token) -> int | None:
    """Return how far below an act an expression of time hangs; None when another clause is between."""
    for depth, word in enumerate(above(time)):
        if word in (trigger, verb):
            return depth
        if is_verbal(word):
            return None
    return None


def _is_of_speech(time: Token) -> bool:
    """Say whether an expression of time belongs to the saying, not to what was done."""
    verb = next((word for word in above(time) if is_verbal(word)), None)
    return verb is not None and verb.lemma_.lower() in SAYS
