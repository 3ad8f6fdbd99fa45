"""When an act was done: the expression of time that its own clause holds, or is measured from.

The day on which somebody spoke is not the day of what was spoken of, and a day in another clause is
that clause's. Clauses share a day when one says "when" or "as" of the other, when two verbs share a
subject, and when one verb only carries the other ("began to leave", "managed to reach").
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from foedus.reading.clauses import is_verbal, modal, own_subject
from foedus.reading.events.grammar import above, is_reported
from foedus.reading.moods import SAYS
from foedus.reading.numbers import spelt
from foedus.reading.parsed import line_of
from foedus.reading.phrases import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reading.dates import Time
    from foedus.reading.tokens import Token
    from foedus.reading.values import Days

_SAME_TIME = frozenset(["when", "as", "while"])
LIGHT = words("light")
_CARRIES = words("carries")
_FAR = 20
_UNITS = {"day": 1, "week": 7, "fortnight": 14}
_BRIEF = frozenset(["hour", "minute"])


def days_of(
    times: tuple[Time, ...], trigger: Token, *, ahead: bool, published: dt.date | None
) -> Days | None:
    """Return the days of an act; None when the report does not place it."""
    here = [t for t in times if t.line == line_of(trigger)]
    best = _own(here, trigger)
    if best is None:
        verbs = _sharing(trigger) if is_verbal(trigger) else _carriers(trigger)
        best = next((found for verb in verbs if (found := _own(here, verb))), None)
    if best is None:
        best = _just_behind(here, trigger) if is_verbal(trigger) else _charged(here, trigger)
    if best is None and trigger.dep_ == "relcl" and _is_said_of(trigger):
        best = _own(here, trigger.head)
    if best is None:
        best = _of_entry(here, trigger)
    if best is not None:
        days = (best.ahead or best.past) if ahead else best.past
        return _since(best, days, trigger, published)
    return _measured(here, trigger, published)


def _is_said_of(verb: Token) -> bool:
    """Say whether a clause tells what a deed did: "an attack on 3 May that killed nine"."""
    who = own_subject(verb)
    deed = verb.head.lemma_.lower() in words("attacks") | {"airstrike", "bombing", "attack"}
    return deed and who is not None and who.lower_ in {"that", "which"}


def _own(here: list[Time], word: Token) -> Time | None:
    """Return the expression of time that hangs nearest below a word in its own clause."""
    best: tuple[int, Time] | None = None
    for time in here:
        if word.doc[time.first].lower_ in {"until", "till"} or _is_of_charge(time, word):
            continue
        depth = _depth(word.doc[time.first : time.last + 1].root, word)
        if depth is None:
            continue
        if word.doc[time.first].lower_ == "at":  # "on 12 May at noon": the hour names no day
            depth += _FAR
        if best is None or depth < best[0]:
            best = depth, time
    return best[1] if best else None


def _just_behind(here: list[Time], verb: Token) -> Time | None:
    """Return the time that follows a verb before any other does, wherever the parser hung it."""
    for time in here:
        first = verb.doc[time.first]
        if first.sent != verb.sent or first.i < verb.i or _governor(first).lemma_.lower() in SAYS:
            continue
        if _is_of_charge(time, verb):
            return None
        between = verb.doc[verb.i + 1 : time.first]
        if any(_parts(word) for word in between):
            continue
        return None if any(_is_after(word) for word in between) else time
    return None


def _parts(word: Token) -> bool:
    """Say whether a word begins another clause, but for "since the fighting resumed"."""
    if word.text in {";", ":", '"'}:
        return True
    return word.pos_ in {"VERB", "AUX"} and "since" not in _marks(word)


def _of_entry(here: list[Time], word: Token) -> Time | None:
    """Return the date that an entry of a list of dates begins with: "4 May 2031: Fighting resumes"."""
    first = next((time for time in here if time.first <= 1), None)
    if first is None or first.last + 1 >= len(word.doc):
        return None
    return first if word.doc[first.last + 1].text in {":", "-", "--"} else None


def _governor(time: Token) -> Token:
    return next((word for word in above(time) if is_verbal(word)), time)


def _depth(time: Token, word: Token) -> int | None:
    """Return how far below a word an expression of time hangs; None when another clause is between."""
    below = time
    for depth, node in enumerate(above(time)):
        if node == word:
            return depth
        if is_verbal(node) or _is_after(below):
            return None
        below = node
    return None


def _charged(here: list[Time], noun: Token) -> Time | None:
    """Return the day of what somebody is blamed for: "blamed X for a raid on Friday"."""
    return next((t for t in here if t.first > noun.i and _is_of_charge(t, _governor(noun))), None)


def _is_of_charge(time: Time, word: Token) -> bool:
    """Say whether a day is that of what somebody is blamed for: "blamed X for a raid on Friday"."""
    if word.lemma_.lower() not in {"blame", "accuse", "apologise", "apologize"}:
        return False
    return any(w.lower_ in {"for", "of"} and w.head == word for w in word.doc[word.i : time.first])


def _is_after(word: Token) -> bool:
    """Say whether a word measures from a time and does not name it: "after the raid on Friday"."""
    return word.dep_ == "prep" and word.lower_ in {"after", "before", "following", "since", "until"}


def _sharing(verb: Token) -> Iterator[Token]:
    """Yield the verbs whose day is a verb's own too, the nearest first."""
    seen = {verb.i}
    queue = [verb]
    while queue:
        node = queue.pop(0)
        for other in _beside(node):
            if other.i not in seen:
                seen.add(other.i)
                queue.append(other)
                yield other


def _beside(verb: Token) -> Iterator[Token]:
    """Yield the verbs next to a verb that tell of the same time: the one above, those below."""
    head = verb.head
    if head.i != verb.i and is_verbal(head) and not is_reported(verb) and _shares(verb, head):
        yield head
    if verb.dep_ == "pcomp" and verb.head.lower_ in {"by", "in"} and is_verbal(verb.head.head):
        yield verb.head.head
    for child in verb.children:
        if is_verbal(child) and _is_shared(child, verb):
            yield child
    for word in verb.subtree:
        if word.dep_ == "relcl" and word.tag_ == "VBG" and _is_background(word, verb):
            yield word


def _shares(verb: Token, head: Token) -> bool:
    """Say whether a verb has the time of the one above it."""
    if verb.dep_ == "conj":
        return _joins(verb, head)
    if verb.dep_ in {"xcomp", "acomp"}:
        return head.lemma_.lower() in _CARRIES
    if verb.dep_ == "advcl":
        marks = _marks(verb)
        return bool(marks & _SAME_TIME) or (verb.tag_ == "VBG" and not marks)  # "hit it, killing 9"
    return verb.dep_ == "pcomp" and head.dep_ != "prep"


def _is_shared(child: Token, verb: Token) -> bool:
    """Say whether the time of a clause below is that of the verb above it too."""
    if child.dep_ == "advcl":
        return bool(_marks(child) & (_SAME_TIME | {"since"}))
    if child.dep_ == "xcomp":
        return verb.lemma_.lower() in _CARRIES
    both_ahead = {modal(child), modal(verb)} == {"will"}
    bare = child.tag_ == "VBN" and not any(c.dep_ in {"aux", "auxpass"} for c in child.children)
    return child.dep_ == "conj" and (own_subject(child) is None or both_ahead or bare)


def _is_background(clause: Token, verb: Token) -> bool:
    """Say whether a clause tells what was going on: "where families were sheltering on Saturday"."""
    nearest = next((a for a in above(clause) if is_verbal(a)), None)
    return nearest == verb and any(c.lower_ in {"was", "were"} for c in clause.children)


def _joins(verb: Token, head: Token) -> bool:
    """Say whether a verb joined by "and" tells of the same occasion as the one before."""
    perfect = [
        any(c.lemma_ == "have" and c.dep_ == "aux" for c in v.children) for v in (verb, head)
    ]
    return own_subject(verb) is None or perfect[0] == perfect[1]


def _marks(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}


def _carriers(noun: Token) -> Iterator[Token]:
    """Yield the verb that says when an act told by a noun took place: "the talks began on Monday"."""
    node = noun
    for word in above(noun):
        if is_verbal(word):
            inside = noun.head == node and node.lower_ in {"at", "in", "during", "by"}
            if inside or (word.lemma_.lower() in LIGHT and node.dep_ != "prep"):
                yield word
                yield from _sharing(word)
            elif (
                noun.head == node
                and node.lower_ in {"after", "following"}
                and noun.lemma_ in {"talk", "meeting"}
            ):
                yield word
            return
        if node.dep_ not in {"pobj", "conj", "dobj", "compound", "prep", "agent"}:
            return
        if word.pos_ == "NOUN" and node.dep_ != "conj" and word.lemma_ not in words("measures"):
            return
        node = word


def _since(time: Time, days: Days | None, trigger: Token, published: dt.date | None) -> Days | None:
    """Let what has gone on "since the fighting resumed last week" run to publication."""
    node = trigger.doc[time.first]
    for word in above(node):
        if is_verbal(word):
            begun = word.dep_ == "advcl" and "since" in _marks(word)
            if begun and days and published and word != trigger:
                return days[0], max(days[1], published)
            return days
    return days


def _measured(here: list[Time], trigger: Token, published: dt.date | None) -> Days | None:
    """Return the day of an act that another one is measured from: "three days after a strike"."""
    for word in (trigger, *above(trigger)):
        mark = next(
            (c for c in word.children if c.dep_ == "mark" and c.lower_ in {"after", "before"}), None
        )
        if (
            mark is None
            and word.dep_ in {"pobj", "pcomp"}
            and word.head.lower_ in {"after", "before"}
        ):
            mark = word.head
        if mark is None:
            if is_verbal(word):
                return None
            continue
        length = _length(mark, word)
        main = next((a for a in above(word) if is_verbal(a)), None)
        if length is None or main is None:
            return None
        base = _own(here, main)
        day = base.past[0] if base and base.past else published if base is None else None
        if day is None:
            return None
        shift = dt.timedelta(days=-length if mark.lower_ == "after" else length)
        return day + shift, day + shift
    return None


def _length(mark: Token, verb: Token) -> int | None:
    """Return the days that "three days after" names; None when it names none."""
    for child in (*mark.children, *verb.children, *mark.head.children):
        if child.dep_ != "npadvmod" or child.i > mark.i:
            continue
        unit = child.lemma_.lower()
        if unit in _BRIEF:
            return 0
        number = next((c for c in child.children if c.dep_ in {"nummod", "det"}), None)
        if unit in _UNITS and number is not None:
            word = number.lower_
            count = 1 if word in {"a", "an"} else int(word) if word.isdigit() else spelt(word)
            return int(count) * _UNITS[unit] if count else None
    return None
