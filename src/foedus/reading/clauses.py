"""Who does what in a sentence: subjects, negation, and what governs a word.

The dependency parse of the language pipeline is read here and nowhere else in the families of
speech, positions, provisions and unknowns, so that each of them can ask in plain words: whose verb
is this, is it denied, what stands above this noun. Nothing here knows what a word means; the
vocabularies do.

Labels are those of the CLEAR style that spaCy's English models are trained on.
"""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

from foedus.reading.parsed import once_a_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reading.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
NOBODY = frozenset({"nobody", "none", "neither", "nothing", "no", "nowhere"})
CONDITIONS = frozenset({"if", "unless", "should", "whether"})


_DATELINE_LETTERS = 4
_DAYS = frozenset(name.lower() for name in (*calendar.day_name, *calendar.month_name) if name)


def governors(token: Token) -> Iterator[Token]:
    """Yield a token and all that stand above it, up to the root of its sentence."""
    yield token
    while token.head != token:
        token = token.head
        yield token


def is_verbal(token: Token) -> bool:
    """Say whether a token heads a clause: a verb, or an auxiliary that stands as one."""
    return token.pos_ in {"VERB", "AUX"} and token.dep_ not in {
        "aux",
        "auxpass",
        "amod",
        "compound",
    }


@once_a_word
def own_subject(verb: Token) -> Token | None:
    """Return the subject that a verb carries itself; of several, which a parse may give, the last."""
    found = [c for c in verb.children if c.dep_ in SUBJECTS and c.dep_ != "expl"]
    return _past_dateline(found[-1]) if found else None


def _past_dateline(noun: Token) -> Token:
    """Return the noun behind a dateline that the parser took for the subject: "ARN - Shelling"."""
    if not noun.text.isupper() or len(noun) < _DATELINE_LETTERS:
        return noun
    for child in noun.children:
        between = noun.doc[noun.i + 1 : child.i]
        if child.dep_ == "appos" and any(word.text in {"-", "--"} for word in between):
            return child
    return noun


@once_a_word
def subject(verb: Token) -> Token | None:
    """Return the subject of a verb, its own or the one it shares or is lent.

    A coordinated verb shares its neighbour's subject, a participle belongs to its noun, a relative
    clause says something of the noun before it, and an infinitive is done by whoever was asked or,
    where nobody was, by whoever wants to.
    """
    seen: set[int] = set()
    while verb.i not in seen:
        seen.add(verb.i)
        found = own_subject(verb)
        if found is not None:
            if found.lower_ in {"who", "which", "that", "whom"} and verb.dep_ == "relcl":
                return verb.head
            return found
        if verb.dep_ in {"relcl", "acl"}:
            return verb.head
        if verb.dep_ == "xcomp":
            lent = [c for c in verb.head.children if c.dep_ in {"dobj", "dative", "pobj"}]
            if lent and lent[0].i < verb.i:
                return lent[0]
        if verb.dep_ == "ROOT":
            return _lost(verb)
        verb = next((a for a in governors(verb.head) if is_verbal(a)), verb)
    return None


def _lost(verb: Token) -> Token | None:
    """Return the subject that the parser took for a measure or into the day before it.

    "Norrland hosted talks", "On Monday envoys met".
    """
    for child in verb.children:
        if child.i > verb.i:
            break
        if child.dep_ == "npadvmod" and child.pos_ == "PROPN" and child.lower_ not in _DAYS:
            return child
        if child.dep_ != "prep" or child.lower_ not in {"on", "in", "since"}:
            continue
        for noun in child.children:
            left = [w for w in noun.children if w.i < noun.i and w.dep_ in {"compound", "nmod"}]
            if noun.dep_ == "pobj" and left and left[0].lower_ in _DAYS:
                return noun
    return None


def agent(verb: Token) -> Token | None:
    """Return who a passive verb says it was done by."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return noun
    return None


@once_a_word
def in_one_row(token: Token) -> tuple[Token, ...]:
    """Return the words that are coordinated with a word, as "guns" is with "tanks"."""
    return tuple(token.conjuncts)


@once_a_word
def _row_places(token: Token) -> frozenset[int]:
    return frozenset(other.i for other in in_one_row(token))


def share_a_row(token: Token, other: Token) -> bool:
    """Say whether two words are coordinated, however long the row is."""
    return other.i in _row_places(token)


@once_a_word
def is_passive(verb: Token) -> bool:
    """Say whether a verb is in the passive."""
    return any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)


@once_a_word
def modal(verb: Token) -> str | None:
    """Return the modal that a verb stands under in small letters; "to" for "is to leave"."""
    for child in verb.children:
        if child.tag_ == "MD":
            return {"'ll": "will", "wo": "will", "ca": "can", "sha": "shall"}.get(
                child.lower_, child.lower_
            )
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and verb.i > verb.head.i:
        return "to"
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        above = [c for c in verb.children if c.dep_ in {"aux", "auxpass"} and c.lemma_ == "be"]
        if above and above[0].lower_ in {"is", "are", "was", "were"}:
            return "to"
    return _shared_modal(verb)


def _shared_modal(verb: Token) -> str | None:
    """Return the modal of the verb that a bare one is joined to: "would stop and (would) leave"."""
    bare = verb.dep_ == "conj" and verb.tag_ in {"VB", "VBP"} and verb.head.tag_ == "VB"
    if not bare or any(c.dep_ in SUBJECTS | {"aux", "auxpass"} for c in verb.children):
        return None
    return modal(verb.head)


@once_a_word
def is_negated(verb: Token) -> bool:
    """Say whether a verb is denied: by a particle, or by a subject or object that is nobody."""
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ in {"never", "nor", "hardly", "neither"}:
            return True
        if child.dep_ in SUBJECTS | {"dobj", "attr"} and is_none(child):
            return True
    return False


@once_a_word
def is_none(noun: Token) -> bool:
    """Say whether a noun phrase is empty: "nobody", "no troops", "none of them"."""
    if noun.lower_ in NOBODY:
        return True
    return any(c.dep_ == "det" and c.lower_ in {"no", "neither"} for c in noun.children)


@once_a_word
def is_conditional(verb: Token) -> bool:
    """Say whether a verb stands under a condition: what would be, not what is."""
    return any(
        child.dep_ in {"mark", "aux", "advmod"}
        and child.lower_ in CONDITIONS
        and (child.lower_ != "should" or child.i < (own_subject(verb) or verb).i)
        for child in verb.children
    )


def is_independent(verb: Token) -> bool:
    """Say whether a clause only stands beside the one it is parsed under: "he left; she denied it"."""
    head = verb.head
    if verb.dep_ not in {"ccomp", "parataxis"} or verb.i > head.i:
        return False
    between = {token.text for token in verb.doc[verb.i : head.i]}
    fills = any(c.dep_ == "ccomp" and c.i > head.i for c in head.children)
    return ";" in between or (fills and bool(between & {":", "-", "--"}))


def clause(verb: Token) -> list[Token]:
    """Return the words of a clause: all below its verb but for clauses that stand on their own.

    A clause that is said, reported or done beside this one is another; a relative clause or an
    infinitive that fills a place in this one is a part of it.
    """
    return list(_clause(verb))


@once_a_word
def _clause(verb: Token) -> tuple[Token, ...]:
    """Return the words of a clause in their order."""
    found = [verb]
    for child in verb.children:
        if child.dep_ in {"conj", "parataxis"} and is_verbal(child):
            continue
        if child.dep_ == "ccomp" and child.i < verb.i:
            continue
        found.extend(child.subtree)
    return tuple(sorted(found, key=lambda t: t.i))
