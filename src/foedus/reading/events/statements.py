"""Acts done by saying something: threats, refusals and blame told by what somebody said.

"Said that its troops would answer any attack" threatens; "said that talks made no sense" refuses;
"said that the other side was to blame" accuses. The day is that of the saying.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import is_negated, is_verbal, modal, subject
from foedus.reading.events.act import bare, make
from foedus.reading.events.grammar import content_beside, content_of, is_present, thing_of
from foedus.reading.events.sides import target
from foedus.reading.events.voices import parties
from foedus.reading.moods import Standing, standing
from foedus.reading.parsed import start_of
from foedus.reading.phrases import words
from foedus.reading.quantities import is_a

if TYPE_CHECKING:
    from foedus.reading.events.act import Act, Scene
    from foedus.reading.tokens import Token
    from foedus.reading.values import EventType

_TO_COME = frozenset(["will", "would", "shall", "'ll", "to"])
_AGAIN = frozenset(["repeat", "reiterate", "renew", "restate"])
_IT = frozenset(["it", "this", "that", "threat", "warning", "demand", "refusal", "call", "offer"])
_REPEATED = frozenset(["THREATEN", "REJECT", "REQUEST", "ACCUSE"])
_ANSWERS = frozenset(["answer", "punish", "destroy", "target", "crush", "avenge", "meet"])
_GIVES_IN = frozenset(
    ["give", "lay", "surrender", "yield", "disarm", "withdraw", "cede", "talk", "capitulate"]
)
_DEFIES = frozenset(["accept", "negotiate", "sign", "join", "recognise", "recognize", "agree"])


def by_statement(scene: Scene, verb: Token) -> Act | None:
    """Return the threat, refusal or blame that a verb of saying introduces."""
    again = _again(scene, verb) or _declared(scene, verb)
    if again is not None:
        return again
    content = content_of(verb)
    says = verb.lemma_.lower() in words("says") | {"suggest", "claim", "argue"}
    if not says or content is None or not is_verbal(content):
        return None
    by = parties(scene, subject(verb))
    kind = _kind(scene, verb, content, by) if by else None
    if kind is None:
        return None
    aim = _blamed(scene, content) if kind == "ACCUSE" else _owner(scene, content, by)
    act = make(scene, verb, (kind, None), by, aim)
    published = scene.parsed.report.published
    if act and act.days is None and published and set(by) == set(scene.issuer) and is_present(verb):
        act.days = published, published
    return act


def _kind(scene: Scene, verb: Token, content: Token, by: tuple[str, ...]) -> EventType | None:
    if _refuses(scene, content, by):
        return "REJECT"
    if _threatens(scene, verb, content, by):
        return "THREATEN"
    if _yields(scene, content, by):
        return "CONCEDE"
    return "ACCUSE" if _blames(content) and _blamed(scene, content) else None


def _threatens(scene: Scene, verb: Token, content: Token, by: tuple[str, ...]) -> bool:
    """Say whether what is said threatens: own force to come, or others called targets."""
    for clause in (content, *(c for c in content.children if c.dep_ == "conj" and is_verbal(c))):
        if is_negated(clause) or not (modal(clause) in _TO_COME or clause.lemma_ == "be"):
            continue
        own = _is_own(scene, subject(clause), by)
        if own and modal(clause) in _TO_COME and _is_hostile(clause, warned=verb.lemma_ == "warn"):
            return True
        if not own and (_is_marked(clause) or _goes_on(clause)):
            return True
    return False


def _is_own(scene: Scene, doer: Token | None, by: tuple[str, ...]) -> bool:
    """Say whether a doer is the speaker, its side, or "the army" of nobody else."""
    found = parties(scene, doer)
    if doer is not None and any(c.tag_ == "PRP$" for c in doer.children):
        return True  # "his forces", in what he says himself
    if found or doer is None:
        return bool(set(found) & set(by))
    return doer.lemma_.lower() in words("troops") and any(c.lower_ == "the" for c in doer.children)


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
    if lemma == "pay" and modal(clause) in _TO_COME:  # "it will pay for it"
        return True
    passive = any(c.dep_ == "auxpass" for c in clause.children)
    return passive and modal(clause) in _TO_COME and lemma in _ANSWERS


def _goes_on(clause: Token) -> bool:
    """Say whether attacks are said to go on or begin again: "operations would resume"."""
    top = subject(clause)
    again = clause.lemma_ in {"resume", "continue", "intensify", "escalate", "expand"}
    return again and top is not None and modal(clause) in _TO_COME and is_a(top, "attack")


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


def _yields(scene: Scene, content: Token, by: tuple[str, ...]) -> bool:
    """Say whether own attacks are said to end: "said the bombing would stop"."""
    if modal(content) not in _TO_COME or is_negated(content):
        return False
    top, thing = subject(content), thing_of(content)
    if content.lemma_.lower() not in words("quiet-verbs") | {"suspend", "cease"}:
        return False
    if thing is None:
        return top is not None and is_a(top, "attack")
    return is_a(thing, "attack") and bool(set(parties(scene, top)) & set(by))


def _owner(scene: Scene, content: Token, by: tuple[str, ...]) -> tuple[str, ...]:
    """Return whose offer is refused, or whom a threat is for: "any proposal from Ardal"."""
    for word in content.subtree:
        if word.dep_ == "pobj" and word.head.lower_ in {
            "from",
            "with",
            "against",
            "on",
            "by",
            "of",
        }:
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


def _again(scene: Scene, verb: Token) -> Act | None:
    """Read "he repeated it on Friday", "said so again": a statement of that side once more."""
    thing = thing_of(verb)
    again = verb.lemma_ in _AGAIN and thing is not None and thing.lower_ in _IT
    so = verb.lemma_ == "say" and any(w.lower_ == "so" for c in verb.children for w in c.subtree)
    if not again and not so:
        return None
    by = parties(scene, subject(verb))
    last = next(
        (a for a in reversed(scene.told) if a.type in _REPEATED and set(a.actors) & set(by)), None
    )
    kind = last.type if last else _habit(verb)
    how = standing(verb)
    if kind is None or how is None:
        return None
    act = bare(scene, verb, (kind, None), how)
    act.actors, act.recipients = by, last.recipients if last else ()
    return act if act.days else None


def _declared(scene: Scene, verb: Token) -> Act | None:
    """Return the refusal that a paper itself speaks: "there will be no talks", "we will never yield"."""
    if not scene.issuer or verb.dep_ != "ROOT" or scene.parsed.quoted(start_of(verb)):
        return None
    ours = bool(set(parties(scene, subject(verb))) & set(scene.issuer))
    yields = verb.lemma_.lower() in _DEFIES | _GIVES_IN and is_negated(verb) and ours
    there = any(c.dep_ == "expl" for c in verb.children) and is_negated(verb)
    if modal(verb) not in _TO_COME or not (yields or (there and _refuses(scene, verb, ()))):
        return None
    published = scene.parsed.report.published
    act = bare(scene, verb, ("REJECT", None), Standing(status="happened", speaker=None))
    act.actors, act.recipients = scene.issuer, _owner(scene, verb, scene.issuer)
    act.days = (published, published) if published else None
    return act


def _habit(verb: Token) -> EventType | None:
    """Return what the clause before says of a standing refusal: "it rejects a truce; it said so"."""
    first = verb.sent.root if verb.sent.root != verb else content_beside(verb)
    return (
        "REJECT" if first is not None and first.lemma_ in {"reject", "refuse", "oppose"} else None
    )
