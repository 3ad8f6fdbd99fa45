"""What a verb's clause holds, as the finders of acts ask for it: doer, object, prepositions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import agent, is_passive, subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token


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


def thing_of(verb: Token) -> Token | None:
    """Return what a verb is done to: its object, or the subject of its passive."""
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass"} and child.lower_ not in {"that", "which", "who"}:
            return child
    if verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBN":
        return verb.head
    return None


def doer_of(verb: Token) -> Token | None:
    """Return who does what a verb says: its subject, or the agent of its passive."""
    if is_passive(verb) or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
        return agent(verb)
    return subject(verb)
