"""Stances told by verbs: what is demanded, refused, willed, offered, or made a condition.

Each function is asked only of words that head a clause (`foedus.reading.clauses.is_verbal`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import (
    clause,
    is_conditional,
    is_negated,
    is_none,
    is_passive,
    modal,
    own_subject,
    subject,
)
from foedus.reading.cues import frames
from foedus.reading.stance_words import FLIPPED, Take, cues, speech_above, take
from foedus.reading.things import is_a

if TYPE_CHECKING:
    from foedus.reading.tokens import Token
    from foedus.reading.values import Stance

_CLAIMS = frozenset(
    {"charge", "claim", "accusation", "allegation", "report", "word", "suggestion", "account",
     "version", "rumour", "label", "term", "comment", "criticism", "notion", "figure"}
)  # fmt: skip
_MUST = frozenset({"must", "should", "shall", "ought"})
_MIGHT = frozenset({"could", "might", "may"})
_SENDS = frozenset(
    {"send", "deploy", "contribute", "provide", "lead", "join", "host", "set", "offer", "station",
     "supply", "back", "support", "monitor", "base", "take", "lift", "withdraw", "free", "release",
     "sign", "resume", "cede", "leave", "allow", "let", "open", "hold", "recognise", "recognize"}
)  # fmt: skip
_TAKES_OFF = frozenset({"lift", "ease", "waive", "relax", "suspend", "free", "release", "reopen"})
_STAYS = frozenset({"remain", "stay"})
_FIGHTS_ON = frozenset({"continue", "go", "keep", "press", "carry", "fight"})
_NEEDED = frozenset({"need", "have"})


def by_verb(  # noqa: PLR0911  # one return a reason to abstain
    token: Token,
) -> Take | None:
    """Read a stance told by a verb: "demands", "ruled out", "objects to"."""
    if is_conditional(token):
        return None
    stance = _verb_stance(token)
    if stance is None:
        return None
    if is_passive(token) or (
        token.tag_ == "VBN" and not any(c.dep_ == "aux" for c in token.children)
    ):
        return _asked_by(token, stance)
    if _is_event(token, stance) or _of_a_claim(token, stance):
        return None
    if stance == "demands" and _says_no(token):
        return None  # "reiterated that it would not accept": the refusal is the stance
    helper = modal(token)
    if helper in _MIGHT | {"would"} and stance in {"accepts", "supports"}:
        stance = "open-to"
    elif helper in _MIGHT and stance != "open-to":
        return None
    if is_negated(token) or any(c.lower_ == "longer" for c in token.children):
        if stance == "demands":
            return None if token.lemma_ != "want" else take(token, "opposes")
        stance = FLIPPED.get(stance, stance)
    return take(token, stance)


def _says_no(verb: Token) -> bool:
    """Say whether what a verb stresses is that something will not be: "insisted it would not"."""
    return any(
        c.dep_ == "ccomp" and is_negated(c) and modal(c) in {"will", "would", "can", "could"}
        for c in verb.children
    )


def _verb_stance(verb: Token) -> Stance | None:
    lemma, known = verb.lemma_.lower(), cues("verb")
    for child in verb.children:
        if child.dep_ in {"prt", "prep", "advmod"} and f"{lemma} {child.lower_}" in known:
            return known[f"{lemma} {child.lower_}"]
    if lemma == "call" or (lemma == "offer" and verb.tag_ == "VBG"):
        return None
    return known.get(lemma)


def _asked_by(verb: Token, stance: Stance) -> Take | None:
    """Read who is said to have asked: "was asked by Ardal to leave"."""
    by = any(c.dep_ == "agent" for c in verb.children)
    return take(verb, stance, "agent") if by and stance == "demands" else None


def _is_event(verb: Token, stance: Stance) -> bool:
    """Say whether a verb tells of an agreement, which is an event of several and no stance of one."""
    doer = subject(verb)
    several = doer is not None and (
        doer.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in doer.children)
    )
    return stance == "accepts" and (several or verb.lemma_ == "agree")


def _of_a_claim(verb: Token, stance: Stance) -> bool:
    """Say whether what is rejected is only something said: "dismissed the charge"."""
    return stance in {"rejects", "opposes"} and any(
        c.dep_ == "dobj" and c.lemma_.lower() in _CLAIMS for c in verb.children
    )


def by_will(  # noqa: PLR0911  # one return a reason to abstain
    verb: Token,
) -> Take | None:
    """Read a will denied or held to: "will not leave", "would remain in the valley"."""
    if is_conditional(verb):
        return None
    helper = modal(verb)
    if helper not in {"will", "would", "shall", "can", "could"}:
        return None
    if is_negated(verb) or (verb.lemma_ == "be" and _no_attribute(verb)):
        doer = own_subject(verb)
        says = verb.lemma_.lower() in frames() and not any(c.dep_ == "prt" for c in verb.children)
        vague = says or (doer is not None and is_none(doer))
        told = verb.lemma_ != "be" or speech_above(verb) is not None
        there = verb.lemma_ == "be" and any(c.dep_ == "expl" for c in verb.children)
        bears = helper not in {"can", "could"} or there or verb.lemma_ in cues("verb")
        if vague or not told or not bears:
            return None
        return take(verb, "rejects", "speaker" if there else "subject")
    if helper in {"can", "could"}:
        return None
    if verb.lemma_ in _FIGHTS_ON and "until" in " ".join(t.text for t in clause(verb)):
        return Take(
            stance="rejects", word=verb, reach=clause(verb), holder="subject", issue="ceasefire"
        )
    doer = own_subject(verb)
    if verb.lemma_ in _STAYS and doer is not None and _is_armed(doer):
        return Take(
            stance="rejects", word=verb, reach=clause(verb), holder="subject", issue="withdrawal"
        )
    return None


def _is_armed(noun: Token) -> bool:
    return is_a(noun, "soldier") or noun.lemma_.lower() in {"force", "army", "man", "we"}


def _no_attribute(verb: Token) -> bool:
    return any(c.dep_ == "attr" and is_none(c) for c in verb.children)


def by_intent(verb: Token) -> Take | None:
    """Read what somebody says he is not doing or has no mind to do: "we are not sending troops"."""
    if is_conditional(verb):
        return None
    doing = verb.tag_ == "VBG" and any(c.lemma_ == "be" for c in verb.children) and is_negated(verb)
    doer = own_subject(verb)
    ours = doer is not None and doer.lower_ in {"we", "i"}
    if doing and ours:
        return take(verb, "rejects")
    minded = any(
        c.dep_ == "dobj" and c.lemma_ in {"intention", "plan", "wish", "desire"} and is_none(c)
        for c in verb.children
    )
    return take(verb, "rejects") if verb.lemma_ in {"have", "see"} and minded else None


def by_must(verb: Token) -> Take | None:
    """Read what somebody says must be: "the refugees must return, said ..."."""
    if is_conditional(verb) or is_negated(verb):
        return None
    needed = verb.dep_ == "xcomp" and verb.head.lemma_ in _NEEDED
    if modal(verb) not in _MUST and not needed:
        return None
    reported = verb.head if needed else verb
    return take(verb, "demands", "speaker") if reported.dep_ in {"ccomp", "ROOT", "conj"} else None


def by_offer(verb: Token) -> Take | None:
    """Read what somebody says he might do or would do himself: open to it, or in favour."""
    if is_conditional(verb) or is_negated(verb) or verb.lemma_ == "be":
        return None
    helper = modal(verb)
    said = speech_above(verb)
    if said is None or verb.dep_ != "ccomp":
        return None
    if helper in _MIGHT and (verb.lemma_ in _SENDS | _TAKES_OFF or verb.lemma_ in cues("verb")):
        given = is_passive(verb) and verb.lemma_ in _TAKES_OFF
        return take(verb, "open-to", "speaker" if given else "subject")
    held = {"held", "brought"} & {verb.lower_}
    if helper == "would" and held:
        return take(verb, "supports", "speaker")
    return take(verb, "supports") if helper == "would" and verb.lemma_ in _SENDS else None


def by_only(verb: Token) -> Take | None:
    """Read what somebody makes a condition: "talks can start only when ..."."""
    if modal(verb) not in {"can", "will", "would", "could"}:
        return None
    for child in verb.children:
        if child.dep_ not in {"advcl", "prep"}:
            continue
        first = child.left_edge
        only = first.lower_ == "only" or (first.i > 0 and first.nbor(-1).lower_ == "only")
        waits = first.lower_ in {"after", "once", "when", "if"}
        only = only or (waits and any(c.lower_ == "only" for c in verb.children))
        until = child.dep_ == "advcl" and any(
            c.dep_ == "mark" and c.lower_ in {"until", "unless"} for c in child.children
        )
        if until and modal(verb) in {"will", "would"} and not is_negated(verb):
            return Take(stance="demands", word=verb, reach=list(child.subtree), holder="speaker")
        if only and speech_above(verb) is not None:
            return Take(stance="demands", word=verb, reach=list(child.subtree), holder="speaker")
    return None
