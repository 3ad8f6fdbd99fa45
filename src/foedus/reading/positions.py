"""Where a party stands on an issue: actor, issue and stance in one clause.

A stance is a verb ("demands", "ruled out"), an adjective ("open to", "unwilling") or a will denied
("will not trade away"). Its holder is the side of whoever is its subject; its issue is the first
that its object names. A demand that one thing come before another is a stance on sequencing as
well. Where holder or issue is not clear, nothing is yielded.

The cues lie in ``data/stance_cues.csv``, the issues in ``data/topics.csv``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.clauses import (
    clause,
    governors,
    is_conditional,
    is_negated,
    is_none,
    is_passive,
    is_verbal,
    modal,
    own_subject,
    subject,
)
from foedus.reading.cues import frames
from foedus.reading.parsed import end_of, start_of
from foedus.reading.phrases import compiled, rows
from foedus.reading.quoting import direct_speech, trimmed
from foedus.reading.relevance import is_about_conflict
from foedus.reading.speakers import speaker_of
from foedus.reading.topics import topics_in
from foedus.reading.values import Position

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.reading.names import Names
    from foedus.reading.parsed import Line, Parsed
    from foedus.reading.quoting import Direct
    from foedus.reading.values import Issue, Span, Stance

_ORDER = compiled("(first|before|until|only (when|once|after|if)|(comes?|came) first|beforehand)")
_OPEN = frozenset({"open", "ready", "willing", "prepared"})
_UNWILLING = frozenset({"unwilling", "unprepared"})
_RED = compiled("(red lines?|non-?negotiable|never|under no circumstances|legitimate targets?)")
_FLIPPED: dict[Stance, Stance] = {
    "accepts": "rejects",
    "supports": "opposes",
    "open-to": "rejects",
    "rejects": "open-to",
    "opposes": "open-to",
}
_POINTS_BACK = frozenset({"it", "them", "any", "so", "either"})
_ENDED = compiled("(abolished|scrapped|ended|dismantled|dropped|gone)")
_DEMAND_NOUNS = frozenset({"demand", "insistence", "call", "appeal", "request", "condition"})


def find_positions(parsed: Parsed, names: Names) -> tuple[Position, ...]:
    """Return every position of a report once, in order of the text."""
    if not is_about_conflict(parsed):
        return ()
    found: dict[tuple[str, str, str], Position] = {}
    direct = direct_speech(parsed, names)
    for line in parsed.lines:
        if line.kind in {"headline", "heading"}:
            continue
        for position in _in_line(line, parsed, names, direct):
            found.setdefault((position.actor, position.issue, position.stance), position)
    return tuple(sorted(found.values(), key=lambda p: (p.span, p.issue, p.actor)))


def _in_line(line: Line, parsed: Parsed, names: Names, direct: list[Direct]) -> list[Position]:
    topics = [topic for topic in topics_in(line.doc) if topic.issue]
    found: list[Position] = []
    for token in line.doc:
        stance, reach = _stance(token)
        if stance is None:
            continue
        words = [t for t in reach if t.i != token.i]
        issues = [t.issue for t in topics if any(t.head == w for w in words) or t.head == token]
        if not issues and any(t.lower_ in _POINTS_BACK for t in words):
            issues = [t.issue for t in reversed(topics) if t.head.i < token.i][:1]
        holders = _holders(token, names) or _own_words(token, direct)
        span = _span(token, reach, parsed)
        if not holders or span is None:
            continue
        ordered = (
            bool(issues)
            and stance in {"demands", "rejects"}
            and bool(_ORDER.search(" ".join(t.text for t in reach)))
        )
        wanted: list[tuple[str, Stance]] = [(issues[0], stance)] if issues else []
        if ordered:
            wanted.append(("sequencing", "demands"))
        for holder in holders:
            for issue, kind in wanted:
                found.append(
                    Position(actor=holder, issue=cast("Issue", issue), stance=kind, span=span)
                )
    return found


@cache
def _cues() -> dict[str, Stance]:
    return {row["cue"]: cast("Stance", row["stance"]) for row in rows("stance_cues.csv")}


def _stance(  # noqa: PLR0911  # one return a way to take a stance
    token: Token,
) -> tuple[Stance | None, list[Token]]:
    """Return the stance that a word expresses, and the words it reaches over."""
    if token.lemma_.lower() in _DEMAND_NOUNS and token.pos_ == "NOUN":
        owned = any(c.dep_ == "poss" for c in token.children)
        return ("demands" if owned else None), list(token.subtree)
    if token.lower_ in _UNWILLING and token.dep_ in {"acomp", "oprd", "ROOT"}:
        return "rejects", list(token.subtree)
    if token.lower_ == "determined" and any(c.dep_ == "xcomp" for c in token.children):
        return "demands", list(token.subtree)
    if token.dep_ in {"acomp", "oprd"} and token.lower_ in _OPEN:
        verb = token.head
        return ("rejects" if is_negated(verb) else "open-to"), list(token.subtree)
    if not is_verbal(token) or is_conditional(token):
        return None, []
    reach = clause(token)
    particle = next((c.lower_ for c in token.children if c.dep_ in {"prt", "prep"}), "")
    found = _cues().get(f"{token.lemma_.lower()} {particle}") or _cues().get(token.lemma_.lower())
    if token.lemma_ == "call" and particle not in {"for", "on"}:
        found = None
    if found is not None and _is_event(token, found):
        return None, []
    if found == "demands" and _ENDED.search(" ".join(t.text for t in reach)):
        found = "opposes"
    if found is not None:
        return (_FLIPPED.get(found) if is_negated(token) else found), reach
    return _will(token, reach)


def _is_event(verb: Token, stance: Stance) -> bool:
    """Say whether a verb tells of an act rather than a stance: passive, or agreed by several."""
    if is_passive(verb):
        return True
    doer = subject(verb)
    several = doer is not None and (
        doer.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in doer.children)
    )
    return stance == "accepts" and (several or verb.lemma_ == "agree")


def _will(verb: Token, reach: list[Token]) -> tuple[Stance | None, list[Token]]:
    """Return the stance of a will denied ("will not withdraw"), a must, or a threat."""
    text = " ".join(t.text for t in reach)
    if "legitimate target" in text:
        return "rejects", reach
    helper = modal(verb)
    if helper in {"will", "would", "shall"} and is_negated(verb):
        doer = own_subject(verb)
        vague = verb.lemma_.lower() in frames() or (doer is not None and is_none(doer))
        told = verb.lemma_ != "be" or _speech_above(verb) is not None
        return ("rejects" if told and not vague else None), reach
    if helper == "must" and verb.dep_ in {"ccomp", "ROOT"} and _speech_above(verb) is not None:
        return "demands", reach
    if _RED.search(text) and verb.lemma_ == "be":
        return "red-line", reach
    return None, []


def _speech_above(verb: Token) -> Token | None:
    """Return the verb of speech that reports a clause, before or behind it."""
    for above in governors(verb):
        if above != verb and above.lemma_.lower() in frames():
            return above
    beside = [c for c in verb.children if c.dep_ == "parataxis" and c.lemma_.lower() in frames()]
    return beside[0] if beside else None


def _holders(token: Token, names: Names) -> list[str]:
    """Return the sides that hold a stance: those of its subject, or of whoever says it."""
    doer: Token | None
    if token.lemma_ == "be" and any(c.dep_ == "expl" for c in token.children):
        said = _speech_above(token)
        speaker = speaker_of(subject(said), names) if said is not None else None
        return [speaker.side] if speaker is not None and speaker.side else []
    if token.pos_ == "NOUN":
        doer = next((c for c in token.children if c.dep_ == "poss"), None)
    else:
        doer = subject(token.head if token.pos_ == "ADJ" else token)
    if doer is None:
        return []
    helper = modal(token) if is_verbal(token) else None
    said = _speech_above(token) if is_verbal(token) else None
    if said is not None and (helper == "must" or "target" in doer.sent.text.lower()):
        own = own_subject(said)
        speaker = speaker_of(own, names) if own is not None else None
        return [speaker.side] if speaker is not None and speaker.side else []
    if doer.lower_ in {"we", "i", "our"}:
        return []
    found = names.actors(doer) or (names.modifiers(doer) if doer.pos_ == "NOUN" else ())
    sides = [actor.side for actor in found if actor.side]
    return list(dict.fromkeys(sides))


def _own_words(token: Token, direct: list[Direct]) -> list[str]:
    """Return the side of whoever says "we will not" in quotation marks."""
    doer = subject(token) if is_verbal(token) else None
    if doer is None or doer.lower_ not in {"we", "i", "our"}:
        return []
    at = start_of(token)
    sides = [d.speaker.side for d in direct if d.span[0] <= at < d.span[1]]
    return [side for side in sides if side]


def _span(token: Token, reach: list[Token], parsed: Parsed) -> Span | None:
    words = sorted({*reach, token}, key=lambda t: t.i)
    return trimmed(parsed.report.text, start_of(words[0]), end_of(words[-1]))
