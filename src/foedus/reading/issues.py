"""What a stance is of: the nearest issue below it, what it waits for, and what it only supposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import governors, is_passive, is_verbal, own_subject
from foedus.reading.phrases import compiled
from foedus.reading.stance_words import cues

if TYPE_CHECKING:
    from foedus.reading.stance_words import Take
    from foedus.reading.tokens import Token
    from foedus.reading.topics import Topic

_ORDER = compiled(
    "(first|before|ahead of|prior to|only (when|once|after|if)|(comes?|came) first|beforehand"
    "|in advance of|unless)"
)
_ONLY = frozenset({"only"})
_ORDERS = frozenset({"only", "before"})
_WAITS = frozenset({"when", "once", "after", "if", "until"})
_POINTS_BACK = frozenset({"it", "them", "they", "any", "so", "either", "this", "that"})
_CONDITIONS = frozenset({"if", "unless", "should", "provided", "once", "when"})
_IDEAS = frozenset(
    {"formula", "solution", "arrangement", "idea", "proposal", "plan", "step", "move", "notion",
     "offer", "demand", "request", "call", "suggestion"}
)  # fmt: skip
_FAR = 20
_CLAUSE_OFF = 5


def without_holder(take: Take, words: list[Token]) -> list[Token]:
    """Return words without those of who takes a stance: "the recognised government opposes"."""
    verb = take.word
    if take.holder != "subject" or not is_verbal(verb) or is_passive(verb):
        return words
    doer = own_subject(verb)
    own = {t for t in doer.subtree if t.i < verb.i} if doer is not None else set()
    return [t for t in words if t not in own]


def supposed(take: Take) -> set[Token]:
    """Return the words that only say when, or under what condition: "if a ceasefire came"."""
    found: set[Token] = set()
    for token in take.reach:
        if token.dep_ == "prep" and token.lower_ in {"after", "since", "during", "following"}:
            found.update(token.subtree)
        if token.dep_ == "advcl" and (
            token.lemma_.lower() in cues("verb")
            or any(c.dep_ in {"mark", "advmod"} and c.lower_ in _CONDITIONS for c in token.children)
        ):
            found.update(token.subtree)
    return found


def spoken_of(take: Take, topics: list[Topic]) -> list[str]:
    """Return the issue that a pronoun or "the idea" takes up.

    A relative clause takes up its noun ("a pause that Ardal asked for"), other words what stands
    before them, what was wanted first.
    """
    verb = take.word
    if verb.dep_ == "relcl":
        inside = [t for t in topics if verb.head in (t.head, *t.tokens)]
        return [t.issue for t in inside[:1]]
    earlier = [t for t in topics if t.head.i < verb.i]
    here = [t for t in earlier if t.head.sent == verb.sent]
    if here:
        return [min(here, key=lambda t: len(list(governors(t.head)))).issue]
    return [t.issue for t in earlier[-1:]]


def awaited_by(take: Take) -> set[Token]:
    """Return the words of what a stance waits for: "only when ...", "not until ..."."""
    found: set[Token] = set()
    verb = next((a for a in governors(take.word) if is_verbal(a)), take.word)
    wanted = [c for c in verb.children if c.dep_ in {"xcomp", "attr"}]
    for child in (*verb.children, *(c for w in wanted for c in w.children)):
        if child.dep_ not in {"advcl", "prep"}:
            continue
        marks = [
            c
            for c in (child, *child.children)
            if c.dep_ in {"mark", "advmod", "prep"} or c == child
        ]
        words = {m.lower_ for m in marks}
        if take.stance == "rejects" and "before" in words:
            found.update(child.subtree)
        only = (
            words & _ONLY
            or any(c.lower_ == "only" for c in child.head.children)
            or any(m.i and m.nbor(-1).lower_ == "only" for m in marks)
        )
        if words & {"until", "unless", "without"} or (only and words & _WAITS):
            found.update(child.subtree)
    return found


def nearest(take: Take, topics: list[Topic], words: list[Token]) -> list[Topic]:
    """Return the topic nearest below a stance, and those joined to it."""
    inside = [t for t in topics if t.head in words or t.head == take.word]
    inside = [t for t in inside if _depth(t, take.word) < _FAR]
    if not inside:
        return []
    beyond = [t for t in inside if t.head != take.word]
    if beyond and take.word.lemma_ in {"recognise", "recognize"}:
        inside = beyond  # what is recognised is the issue: "will not recognise new borders"
    if take.stance == "supports":
        off = _CLAUSE_OFF if take.word in take.reach else _CLAUSE_OFF + 2  # "its support for"
        inside = [t for t in inside if _depth(t, take.word) < off]
        if not inside:
            return []
    first = min(inside, key=lambda t: (_depth(t, take.word), t.head.i))
    colon = next((t.i for t in take.word.sent if t.text == ":" and t.i > take.word.i), None)
    if colon is not None and colon < first.head.i:
        return [first, *(t for t in inside if t != first and t.head.i > colon)]
    joined = [
        t
        for t in inside
        if t != first and t.head in first.head.conjuncts and t.head.i > first.head.i
    ]
    return [first, *joined]


def _depth(topic: Topic, word: Token) -> int:
    """Return how far a topic stands below a word; one in a clause of its own stands far."""
    depth = 0
    for above in governors(topic.head):
        if above == word:
            return depth
        depth += 5 if above.dep_ in {"relcl", "advcl"} else 1
        if above.dep_ in {"ccomp", "pcomp"} and any(c.tag_ == "WP" for c in above.children):
            depth += _FAR
    return depth + 10


def points_back(token: Token) -> bool:
    """Say whether a word stands for something named before: "refused to put it in writing"."""
    if token.lower_ in _POINTS_BACK:
        return token.dep_ in {"dobj", "pobj", "nsubjpass"}
    return token.lemma_.lower() in _IDEAS and any(
        c.lower_ in {"any", "such", "the", "that", "this"} for c in token.children
    )


def is_ordered(take: Take, main: list[Token], waits: set[Token]) -> bool:
    """Say whether a stance puts one thing before another."""
    if take.stance not in {"demands", "rejects", "open-to", "accepts"}:
        return False
    if any(w.lower_ in _ORDERS for w in waits) or any(
        w.i and w.nbor(-1).lower_ in _ONLY for w in waits
    ):
        return True
    if any(c.lower_ in _ONLY for w in waits for c in w.head.children):
        return True
    if take.stance in {"open-to", "accepts"}:
        return False
    return bool(_ORDER.search(" ".join(t.text for t in main)))
