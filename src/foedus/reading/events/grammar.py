"""What a clause holds, as the finders of acts ask for it: doer, object, prepositions, measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import agent, is_independent, is_passive, own_subject, subject
from foedus.reading.parsed import once_a_word
from foedus.reading.phrases import words
from foedus.reading.quantities import is_a, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reading.tokens import Token

_MEASURES = words("measures")


_MORE = {"talks": "meetings", "captive": "remains"}
"""Kinds of things whose words for events are more than those that are counted."""


def above(token: Token) -> Iterator[Token]:
    """Yield all that stand above a token, up to the root of its sentence."""
    while token.head.i != token.i:
        token = token.head
        yield token


def preps(word: Token) -> dict[str, Token]:
    """Return the nouns behind a word's prepositions, by preposition; the first of each."""
    found: dict[str, Token] = {}
    for child in word.children:
        if child.dep_ not in {"prep", "agent", "dative"}:
            continue
        for inner in child.children:
            if inner.dep_ in {"pobj", "pcomp"}:
                found.setdefault(child.lower_, inner)
            elif inner.dep_ == "prep":  # "pulled out of the deal"
                for deep in inner.children:
                    if deep.dep_ == "pobj":
                        found.setdefault(inner.lower_, deep)
    return found


def measured(noun: Token) -> Token:
    """Return what a measure measures: "31 of 36 drones", "a wave of missiles" -> drones, missiles."""
    for _ in range(3):
        if noun.pos_ != "NUM" and noun.lemma_.lower() not in _MEASURES:
            break
        inner = preps(noun).get("of")
        if inner is None:
            break
        noun = inner
    return noun


@once_a_word
def thing_of(verb: Token) -> Token | None:
    """Return what a verb is done to: its object, or the subject of its passive."""
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass"}:
            if child.lower_ in {"that", "which", "who"} and verb.dep_ == "relcl":
                return verb.head
            if child.lower_ not in {"that", "which", "who"}:
                return own_subject(child) or child  # "talks set for May were called off"
    if verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"} and not _is_main(verb):
        return verb.head
    if verb.dep_ == "xcomp" and any(c.dep_ == "auxpass" for c in verb.children):
        return subject(verb)  # "the accord is to be signed"
    if verb.dep_ == "conj" and is_passive(verb.head) and verb.tag_ == "VBN":
        return thing_of(verb.head)
    return None


@once_a_word
def doer_of(verb: Token) -> Token | None:
    """Return who does what a verb says: its subject, or the agent of its passive."""
    if _is_main(verb):
        return verb.head
    if is_passive(verb) or (verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"}):
        return agent(verb)
    if (
        verb.dep_ == "conj"
        and verb.tag_ == "VBN"
        and is_passive(verb.head)
        and not _is_helped(verb)
    ):
        return agent(verb)
    if _is_strayed(verb):
        return subject(verb.head.head)
    return subject(verb)


def _is_main(verb: Token) -> bool:
    """Say whether a verb hung on its subject is the main one: "Ardal, the host, called for calm"."""
    if verb.dep_ != "acl" or verb.tag_ != "VBD" or verb.head.dep_ != "ROOT" or _is_helped(verb):
        return False
    named = any(c.dep_ == "appos" and c.i < verb.i for c in verb.head.children)
    return named and verb.nbor(-1).text == ","


def _is_strayed(verb: Token) -> bool:
    """Say whether a verb was taken into what is said: "said it may fail and called for calm"."""
    head = verb.head
    plain = verb.dep_ == "conj" and verb.tag_ == "VBD" and not _is_helped(verb)
    return (
        plain
        and own_subject(verb) is None
        and head.dep_ == "ccomp"
        and head.tag_ in {"VB", "VBN"}
        and _is_helped(head)
    )


def _is_helped(verb: Token) -> bool:
    return any(c.dep_ in {"aux", "auxpass"} for c in verb.children)


def is_reported(verb: Token) -> bool:
    """Say whether a verb stands in what somebody says, so that the saying's own words are not its."""
    return verb.dep_ in {"ccomp", "parataxis"} and not is_independent(verb)


def content_of(verb: Token) -> Token | None:
    """Return the verb of what somebody says: "said that the deal was dead" -> was."""
    contents = [c for c in verb.children if c.dep_ == "ccomp" and not is_independent(c)]
    behind = [c for c in contents if c.i > verb.i]
    return next(iter([*behind, *contents]), None)


def particles(verb: Token) -> set[str]:
    """Return the small words that belong to a verb: "down" of "shot down".

    The parser may hang "over" of "hand over 14 guns" on the number.
    """
    found = {c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod", "prep"}}
    behind = verb.nbor(1) if verb.i + 1 < len(verb.doc) else None
    if verb.lemma_ == "hand" and behind is not None and behind.lower_ == "over":
        found.add("over")
    return found


def is_kind(noun: Token, kind: str) -> bool:
    """Say whether a noun, or what it measures, is of a kind of things or of words for events."""
    if kind in _MORE and noun.lemma_.lower() in words(_MORE[kind]):
        return True
    for word in (noun, measured(noun)):
        if kind in lexicon():
            if is_a(word, kind):
                return True
        elif word.lemma_.lower() in words(kind):
            return True
    return False


def content_beside(verb: Token) -> Token | None:
    """Return the verb of the clause that stands beside a verb's own, before it."""
    return next((c for c in verb.children if is_independent(c)), None)


def is_present(verb: Token) -> bool:
    """Say whether a verb stands in the plain present: "rejects", "call on"."""
    helped = any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
    return verb.tag_ in {"VBZ", "VBP"} and not helped
