"""Acts done by saying something: threats, refusals and blame told by what somebody said.

"Said that its troops would answer any attack" threatens; "said that talks made no sense" refuses;
"said that the other side was to blame" accuses. The day is that of the saying.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import is_negated, is_verbal, modal, subject
from foedus.reading.events.act import bare, make
from foedus.reading.events.grammar import content_of, preps, thing_of
from foedus.reading.events.sides import target
from foedus.reading.events.voices import parties
from foedus.reading.moods import standing
from foedus.reading.phrases import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.reading.events.act import Act, Scene
    from foedus.reading.values import EventType

_TO_COME = frozenset(["will", "would", "shall", "'ll", "to"])
_AGAIN = frozenset(["repeat", "reiterate", "renew", "restate"])
_IT = frozenset(["it", "this", "that", "threat", "warning", "demand", "refusal", "call", "offer"])
_REPEATED = frozenset(["THREATEN", "REJECT", "REQUEST", "ACCUSE"])
_DEFIES = frozenset(["accept", "negotiate", "sign", "join", "recognise", "recognize", "agree"])


def by_statement(scene: Scene, verb: Token, before: list[Act]) -> Act | None:
    """Return the threat, refusal or blame that a verb of saying introduces."""
    again = _again(scene, verb, before)
    if again is not None:
        return again
    lemma = verb.lemma_.lower()
    content = content_of(verb)
    if lemma not in words("says") | {"suggest", "claim", "argue"} or content is None:
        return None
    by = parties(scene, subject(verb))
    if not by or not is_verbal(content):
        return None
    kind = _kind(scene, verb, content, by)
    if kind is None:
        return None
    if kind == "ACCUSE":
        return make(scene, verb, (kind, None), by, _blamed(scene, content))
    return make(scene, verb, (kind, None), by, _owner(scene, content, by))


def _kind(scene: Scene, verb: Token, content: Token, by: tuple[str, ...]) -> EventType | None:
    if _refuses(scene, content, by):
        return "REJECT"
    if _threatens(scene, verb, content, by):
        return "THREATEN"
    return "ACCUSE" if _blames(content) and _blamed(scene, content) else None


def _threatens(scene: Scene, verb: Token, content: Token, by: tuple[str, ...]) -> bool:
    """Say whether what is said threatens: own force to come, or others called targets."""
    for clause in (content, *(c for c in content.children if c.dep_ == "conj" and is_verbal(c))):
        if is_negated(clause) or not (modal(clause) in _TO_COME or clause.lemma_ == "be"):
            continue
        own = set(parties(scene, subject(clause))) & set(by)
        if own and modal(clause) in _TO_COME and _is_hostile(clause, warned=verb.lemma_ == "warn"):
            return True
        if not own and _is_marked(clause):
            return True
    return False


def _is_hostile(clause: Token, *, warned: bool) -> bool:
    lemma = clause.lemma_.lower()
    if lemma in words("hostile") and not (lemma == "answer" and not warned and thing_of(clause)):
        return True
    below = {w.lemma_.lower() for w in clause.subtree}
    return bool(below & {"self-defence", "self-defense", "retaliation", "revenge", "retaliatory"})


def _is_marked(clause: Token) -> bool:
    """Say whether others are told what awaits them: "would be legitimate targets"."""
    nouns = [
        c for c in clause.subtree if c.dep_ in {"attr", "pobj", "dobj"} and c.head.i >= clause.i
    ]
    lemma = clause.lemma_.lower()
    for noun in nouns:
        held = {c.lower_ for c in noun.children}
        if noun.lemma_ == "target" and held & {"legitimate", "lawful", "fair", "legal", "military"}:
            return True
        if noun.lemma_ in {"act", "declaration"} and "war" in {w.lower_ for w in noun.subtree}:
            return True
        if lemma in {"face", "suffer", "bear", "pay", "meet", "have", "bring", "receive"} and (
            noun.lemma_.lower() in words("hostile-nouns")
        ):
            return True
    passive = any(c.dep_ == "auxpass" for c in clause.children)
    return passive and modal(clause) in _TO_COME and lemma in {
        "answer", "punish", "destroy", "target", "crush", "avenge", "treat",
    } and lemma != "treat"  # fmt: skip


def _refuses(scene: Scene, content: Token, by: tuple[str, ...]) -> bool:
    """Say whether what is said turns something down."""
    top = subject(content)
    there = any(c.dep_ == "expl" for c in content.children)
    if there and is_negated(content):
        return (
            any(
                c.dep_ == "attr" and c.lemma_.lower() in words("negotiable")
                for c in content.children
            )
            and modal(content) in _TO_COME
        )
    below = {w.lower_ for w in content.subtree}
    if top is not None and top.lemma_.lower() in words("negotiable"):
        if content.lemma_ == "make" and {"no", "sense"} <= below:
            return True
        if content.lemma_ == "be" and ({"question", "out"} <= below or below & words("negative")):
            return True
    own = set(parties(scene, top)) & set(by)
    if not own:
        return False
    if content.lemma_ == "have" and "no" in below:
        return bool(below & {"interest", "intention", "desire", "plans", "plan"})
    return (
        is_negated(content)
        and modal(content) in _TO_COME
        and content.lemma_.lower() in _DEFIES
        and not below & {"until", "unless"}
    )


def _owner(scene: Scene, content: Token, by: tuple[str, ...]) -> tuple[str, ...]:
    """Return whose offer is refused, or whom a threat is for: "any proposal from Ardal"."""
    for word in content.subtree:
        if word.dep_ == "pobj" and word.head.lower_ in {"from", "with", "against", "on", "by"}:
            found = parties(scene, word)
            if found and not set(found) & set(by):
                return found
    return ()


def _blames(content: Token) -> bool:
    below = [w.lower_ for w in content.subtree]
    return content.lemma_ == "be" and (
        "blame" in below or "responsible" in below or below.count("behind") > 0
    )


def _blamed(scene: Scene, content: Token) -> tuple[str, ...]:
    blamed = subject(content)
    if blamed is None:
        return ()
    return target(scene, blamed)


def _again(scene: Scene, verb: Token, before: list[Act]) -> Act | None:
    """Read "he repeated it on Friday", "said so again": the last statement of that side, once more."""
    thing = thing_of(verb)
    again = verb.lemma_ in _AGAIN and thing is not None and thing.lower_ in _IT
    so = verb.lemma_ == "say" and any(c.lower_ == "so" for c in verb.children)
    if not again and not so:
        return None
    by = parties(scene, subject(verb))
    last = next(
        (a for a in reversed(before) if a.type in _REPEATED and set(a.actors) & set(by)), None
    )
    how = standing(verb)
    if last is None or how is None:
        return None
    act = bare(scene, verb, (last.type, None), how)
    act.actors, act.recipients = by, last.recipients
    return act if act.days else None


def aims_at(scene: Scene, verb: Token) -> tuple[str, ...]:
    """Return whom a verb's prepositions name as those it is meant for."""
    behind = preps(verb)
    return next((f for w in ("to", "against", "with") if (f := parties(scene, behind.get(w)))), ())
