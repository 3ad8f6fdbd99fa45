"""Who is said to have said what, as grammar: each verb of speech with its speaker and its content.

A sentence reports speech in five ways, and each leaves the content elsewhere: behind the verb ("X
said that ..."), before it ("..., said X"), round it ("..., he said, and ..."), in an object ("X
denied any part in it") or beside a phrase ("according to X", "by X's account"). `utterances` finds
all of them in a parsed line. Whether the content is in quotation marks, and who the speaker is by
name, is for `foedus.reading.claims` to say. The cues lie in ``data/speech_cues.csv`` by frame:
what kind of content a cue takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.reading.clauses import (
    governors,
    is_conditional,
    is_negated,
    is_passive,
    is_verbal,
    modal,
    subject,
)
from foedus.reading.contents import CUE_WORDS_MOST, contents, start_before
from foedus.reading.cues import frames, inverted, nouns
from foedus.reading.edges import run
from foedus.reading.parsed import once

if TYPE_CHECKING:
    from foedus.reading.tokens import Doc, Token


_BEHIND_MOST = 6
_NOMINAL = frozenset([
    "DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "ADP", "PART", "CCONJ", "PUNCT",
])  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One act of speech. ``parts`` are its contents, each an unbroken run of tokens.

    ``speaker`` heads the phrase that names who spoke; None where the sentence does not say.
    """

    cue: str
    verb: Token
    speaker: Token | None
    parts: tuple[tuple[Token, ...], ...]


@once
def utterances(doc: Doc) -> tuple[Utterance, ...]:
    """Return every act of speech in a parsed line, in the order of its cues."""
    found = (_utterance(token) for token in doc)
    return tuple(said for said in found if said is not None and said.parts)


def _utterance(token: Token) -> Utterance | None:
    """Return the act of speech that a word is the cue of."""
    if token.lower_ == "according":
        return _according(token)
    if token.lower_ == "by" and token.dep_ in {"prep", "agent"}:
        return _by_account(token)
    return _told_by_noun(token) if token.pos_ == "NOUN" else _spoken(token)


def speaks(verb: Token) -> bool:
    """Say whether a token reports what was said: a verb of speech, not denied, no "might"."""
    if verb.lemma_.lower() not in frames() or verb.pos_ not in {"VERB", "AUX"}:
        return False
    if verb.dep_ in {"amod", "compound", "aux"} or is_negated(verb) or is_conditional(verb):
        return False
    if verb.head.lower_ == "worth" or _is_habit(verb):
        return False
    return modal(verb) is None and not any(
        child.dep_ == "aux" and child.lower_ == "to" for child in verb.children
    )


def _is_habit(verb: Token) -> bool:
    """Say whether a verb tells what somebody says at any time: "when an envoy says that"."""
    return verb.tag_ in {"VBZ", "VBP"} and any(
        c.lower_ in {"when", "whenever"} and c.dep_ in {"advmod", "mark"} for c in verb.children
    )


def _spoken(verb: Token) -> Utterance | None:
    if not speaks(verb):
        return None
    if is_passive(verb):
        return None
    tail = _at_the_end(verb)
    if tail is not None:
        return tail
    parts = contents(verb)
    if not parts:
        return None
    return Utterance(
        cue=verb.lower_, verb=verb, speaker=inverted(verb) or subject(verb), parts=tuple(parts)
    )


def _at_the_end(verb: Token) -> Utterance | None:
    """Return speech whose speaker and cue end the sentence, where the parse has lost the speaker.

    "..., residents and a local group said.", "..., the mayor, Pell Haro, told the radio."
    """
    doc, sent = verb.doc, verb.sent
    behind = [t for t in doc[verb.i + 1 : sent.end] if not t.is_punct]
    found = subject(verb)
    if len(behind) > _BEHIND_MOST or any(is_verbal(t) for t in behind):
        return None
    if frames()[verb.lemma_.lower()] not in {"clause", "content"}:
        return None
    commas = [k for k in range(sent.start, verb.i) if doc[k].text == ","]
    named = bool(commas) and commas[-1] == verb.i - 1  # "the mayor, Pell Haro, told"
    need = 3 if named else 1
    if len(commas) < need:
        return None
    start = commas[-need]
    inside = list(doc[start + 1 : verb.i])
    parsed_well = found is not None and start < found.i < verb.i
    if parsed_well or any(t.pos_ not in _NOMINAL for t in inside):
        return None
    nouns_inside = [t for t in inside if t.pos_ in {"NOUN", "PROPN", "PRON"}]
    content = run(list(doc[sent.start : start]))
    if not nouns_inside or not any(is_verbal(t) for t in content):
        return None
    return Utterance(cue=verb.lower_, verb=verb, speaker=_head_of(inside), parts=(content,))


def _head_of(inside: list[Token]) -> Token:
    """Return the head of a noun phrase by its place: the last noun before a preposition or comma."""
    head = next(t for t in inside if t.pos_ in {"NOUN", "PROPN", "PRON"})
    for token in inside[inside.index(head) + 1 :]:
        if token.pos_ not in {"NOUN", "PROPN"} and token.text != "-":
            break
        head = token
    return head


def _according(token: Token) -> Utterance | None:
    """Return the speech that "according to X" gives to X."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to":
        to = token.nbor(1)
    speaker = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if speaker is None:
        return None
    parts = _beside(token, token.i, speaker.right_edge.i)
    return Utterance(cue="according to", verb=token, speaker=speaker, parts=tuple(parts))


def _told_by_noun(noun: Token) -> Utterance | None:
    """Return the speech that a noun holds: "Ardal's claim that ...", "a warning by Haro that ..."."""
    if noun.lemma_.lower() not in nouns("utterance") | nouns("assertion"):
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    for child in noun.children:
        if owner is None and child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from"}:
            owner = next((c for c in child.children if c.dep_ == "pobj"), None)
    told = next(
        (
            c
            for c in noun.children
            if c.dep_ in {"acl", "ccomp", "relcl"}
            and any(m.dep_ == "mark" and m.lower_ == "that" for m in c.children)
        ),
        None,
    )
    if owner is None or told is None:
        return None
    words = run([t for t in told.subtree if t.dep_ != "mark" or t.head != told])
    return Utterance(cue=noun.lower_, verb=noun, speaker=owner, parts=(words,))


def _by_account(token: Token) -> Utterance | None:
    """Return the speech that "by X's account" gives to X."""
    measure = next((c for c in token.children if c.dep_ == "pobj"), None)
    if measure is None or measure.lemma_.lower() not in nouns("measure"):
        return None
    owner = next((c for c in measure.children if c.dep_ == "poss"), None)
    if owner is None:
        return None
    parts = _beside(token, token.i, measure.right_edge.i)
    return Utterance(cue=f"by {measure.lower_}", verb=token, speaker=owner, parts=tuple(parts))


def _beside(token: Token, first: int, last: int) -> list[tuple[Token, ...]]:
    """Return the clause that a phrase from ``first`` to ``last`` stands beside."""
    doc, sent = token.doc, token.sent
    start = start_before(token, first)
    end = next((k for k in range(last + 1, sent.end) if doc[k].text == ";"), sent.end)
    before, after = run(list(doc[start:first])), run(list(doc[last + 1 : end]))
    while after and after[-1].text == ".":
        after = after[:-1]
    if not before:
        return [after] if after else []
    head = next((a for a in governors(token.head) if is_verbal(a)), token.head)
    if head.dep_ == "relcl" and after and head.i > last:
        return [after]
    if head.i > last and after:
        whole = last - first + 1 <= max(CUE_WORDS_MOST, len(before))
        return [run(list(doc[start:end]))] if whole else [after]
    return [before]
