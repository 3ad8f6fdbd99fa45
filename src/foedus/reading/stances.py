"""The ways to take a stance: what a word of a sentence says that somebody wants, bears or refuses.

A stance is a verb ("demands", "ruled out"), a noun ("its opposition to"), an adjective ("open to",
"unwilling"), a will denied ("will not trade away"), what somebody says must be, what he says he might
do, or a line drawn ("not negotiable"). Each way has one function here. Who holds it and on what is
asked in `foedus.reading.positions`. The cues lie in ``data/stance_cues.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

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
from foedus.reading.phrases import compiled, rows
from foedus.reading.things import is_a

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from foedus.reading.values import Stance

Holder = Literal["subject", "owner", "speaker", "for", "agent"]

_RED = compiled("(red lines?|non-?negotiable|not negotiable|under no circumstances|legitimate targets?"
    "|not (up )?for (debate|discussion|negotiation|sale|bargaining))")  # fmt: skip
_TARGETS = compiled(
    "legitimate (military )?targets?|(a )?hostile (force|army|act)|enemy (forces?|combatants|soldiers)"
    "|an? act of war|invaders|occupiers"
)
_ENDED = compiled("(abolished|scrapped|ended|dismantled|dropped|gone|removed|closed)")
_ENDABLE = frozenset(
    {"security-guarantees", "foreign-troops", "alliance-membership", "neutrality", "force-limits"}
)
_EXPRESSES = frozenset(
    {"have", "see", "express", "voice", "signal", "show", "declare", "announce", "state", "indicate",
     "register", "repeat", "reiterate", "reaffirm", "confirm", "stress", "renew", "raise", "set"}
)  # fmt: skip
_NEVER = compiled("out of the question|off the table|a non-?starter|unthinkable|unacceptable")
_FLIPPED: dict[Stance, Stance] = {
    "accepts": "rejects",
    "supports": "opposes",
    "open-to": "rejects",
    "rejects": "open-to",
    "opposes": "open-to",
}
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
_UNITS = frozenset({"brigade", "force", "contingent", "unit", "battalion", "mission", "base"})
_STAYS = frozenset({"remain", "stay"})
_FIGHTS_ON = frozenset({"continue", "go", "keep", "press", "carry", "fight"})
_KEY = frozenset(
    {"heart", "core", "key", "priority", "condition", "precondition", "must", "essential", "crucial",
     "vital", "indispensable", "prerequisite", "basis", "cornerstone", "first", "goal", "aim"}
)  # fmt: skip
_NEEDED = frozenset({"need", "have"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A stance taken: the word that takes it, the words it reaches over, and where its holder is."""

    stance: Stance
    word: Token
    reach: list[Token]
    holder: Holder
    issue: str | None = None
    """The issue where the way of taking the stance says it by itself."""


def take_of(token: Token) -> Take | None:
    """Return the stance that a word expresses; None when it takes none."""
    if token.is_punct or token.is_space:
        return None
    for way in _WAYS:
        take = way(token)
        if take is not None:
            return None if _is_unsaid(token) else take
    return None


@cache
def _cues(kind: str) -> dict[str, Stance]:
    return {
        row["cue"]: cast("Stance", row["stance"])
        for row in rows("stance_cues.csv")
        if row["kind"] == kind
    }


def speech_above(verb: Token) -> Token | None:
    """Return the verb of speech that reports a clause, before or behind it."""
    for above in governors(verb):
        if above != verb and is_verbal(above) and above.lemma_.lower() in frames():
            return above
    beside = [c for c in verb.children if c.dep_ == "parataxis" and c.lemma_.lower() in frames()]
    return beside[0] if beside else None


def turned(stance: Stance, issue: str, reach: list[Token]) -> Stance:
    """Turn a demand that something be done away with into opposition to it."""
    if stance == "demands" and issue in _ENDABLE:
        if _ENDED.search(" ".join(t.text for t in reach)):
            return "opposes"
        if issue == "foreign-troops" and any(t.lemma_ in {"leave", "withdraw"} for t in reach):
            return "opposes"
    return stance


def _is_unsaid(token: Token) -> bool:
    """Say whether a stance is denied, asked about or only supposed by what governs it."""
    for above in governors(token):
        if not is_verbal(above) or above == token:
            continue
        if above.lemma_ in {"deny", "doubt"} or is_conditional(above):
            return True
        asked = above.lemma_ in {"ask", "wonder", "know"} and any(
            t.lower_ in {"whether", "if"} and t.i < token.i for t in above.subtree if t.i > above.i
        )
        if asked:
            return True
    return False


def _by_noun(token: Token) -> Take | None:
    """Read a stance told as a noun that somebody owns: "its opposition to", "Ardal's demand"."""
    stance = _cues("noun").get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    if stance is None:
        return None
    if token.dep_ == "dobj" and token.head.lemma_ in _EXPRESSES:
        return _expressed(token, stance)
    if not any(c.dep_ == "poss" for c in token.children) or token.lemma_ == "need":
        return None
    about = any(c.dep_ in {"prep", "acl", "ccomp", "relcl"} for c in token.children)
    named = any(c.dep_ in {"amod", "compound"} for c in token.children)
    if not about and not named:
        return None
    return Take(stance=stance, word=token, reach=list(token.subtree), holder="owner")


def _expressed(noun: Token, stance: Stance) -> Take | None:
    """Read a stance that somebody is said to have: "has no objection to", "signalled readiness"."""
    verb = noun.head
    if is_conditional(verb) or not any(c.dep_ in {"prep", "acl", "ccomp"} for c in noun.children):
        return None
    if is_none(noun) or is_negated(verb):
        if noun.lemma_ == "need":
            stance = "rejects"
        elif stance in _FLIPPED:
            stance = _FLIPPED[stance]
        else:
            return None
    elif noun.lemma_ == "need":
        return None
    return Take(stance=stance, word=verb, reach=list(noun.subtree), holder="subject")


def _by_adjective(token: Token) -> Take | None:
    """Read a stance told by an adjective behind a verb: "is open to", "stood ready to"."""
    if token.dep_ not in {"acomp", "oprd", "ROOT", "prep", "attr"} or (
        token.pos_ == "VERB"
        and (token.dep_ == "ROOT" and not any(c.dep_ == "auxpass" for c in token.children))
    ):
        return None
    verb = token.head
    if token.dep_ == "prep" and (token.lower_ not in {"against", "in"} or verb.lemma_ != "be"):
        return None
    if token.lower_ == "in":
        favour = any(c.lower_ in {"favour", "favor", "support"} for c in token.children)
        stance: Stance | None = "supports" if favour else None
    else:
        stance = _cues("adjective").get(token.lower_)
    if stance is None or is_conditional(verb):
        return None
    if stance == "red-line":
        return Take(stance=stance, word=token, reach=list(verb.subtree), holder="speaker")
    if is_negated(verb) or any(c.dep_ == "neg" for c in token.children):
        stance = _FLIPPED.get(stance, stance)
    behind = [t for t in verb.subtree if t.i >= token.i]
    reach = behind if token.dep_ != "ROOT" else list(token.subtree)
    return Take(stance=stance, word=token, reach=reach, holder="subject")


def _by_verb(  # noqa: PLR0911  # one return a reason to abstain
    token: Token,
) -> Take | None:
    """Read a stance told by a verb: "demands", "ruled out", "objects to"."""
    if not is_verbal(token) or is_conditional(token):
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
    helper = modal(token)
    if helper in _MIGHT | {"would"} and stance in {"accepts", "supports"}:
        stance = "open-to"
    elif helper in _MIGHT and stance != "open-to":
        return None
    if is_negated(token):
        if stance == "demands":
            return None if token.lemma_ != "want" else _take(token, "opposes")
        stance = _FLIPPED.get(stance, stance)
    return _take(token, stance)


def _take(verb: Token, stance: Stance, holder: Holder = "subject") -> Take:
    return Take(stance=stance, word=verb, reach=clause(verb), holder=holder)


def _verb_stance(verb: Token) -> Stance | None:
    lemma, cues = verb.lemma_.lower(), _cues("verb")
    for child in verb.children:
        if child.dep_ in {"prt", "prep", "advmod"} and f"{lemma} {child.lower_}" in cues:
            return cues[f"{lemma} {child.lower_}"]
    if lemma == "call" or (lemma == "offer" and verb.tag_ == "VBG"):
        return None
    return cues.get(lemma)


def _asked_by(verb: Token, stance: Stance) -> Take | None:
    """Read who is said to have asked: "was asked by Ardal to leave"."""
    by = any(c.dep_ == "agent" for c in verb.children)
    return _take(verb, stance, "agent") if by and stance == "demands" else None


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


def _by_will(  # noqa: PLR0911  # one return a reason to abstain
    verb: Token,
) -> Take | None:
    """Read a will denied or held to: "will not leave", "would remain in the valley"."""
    if not is_verbal(verb) or is_conditional(verb):
        return None
    helper = modal(verb)
    if helper not in {"will", "would", "shall", "can"}:
        return None
    text = " ".join(t.text for t in clause(verb))
    if is_negated(verb) or (verb.lemma_ == "be" and _no_attribute(verb)):
        doer = own_subject(verb)
        vague = verb.lemma_.lower() in frames() or (doer is not None and is_none(doer))
        told = verb.lemma_ != "be" or speech_above(verb) is not None
        there = verb.lemma_ == "be" and any(c.dep_ == "expl" for c in verb.children)
        bears = helper != "can" or there or verb.lemma_ in _cues("verb")
        if vague or not told or not bears:
            return None
        return _take(verb, "rejects", "speaker" if there else "subject")
    if helper == "can":
        return None
    if verb.lemma_ in _FIGHTS_ON and "until" in text:
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


def _by_intent(verb: Token) -> Take | None:
    """Read what somebody says he is not doing or has no mind to do: "we are not sending troops"."""
    if not is_verbal(verb) or is_conditional(verb):
        return None
    doing = verb.tag_ == "VBG" and any(c.lemma_ == "be" for c in verb.children) and is_negated(verb)
    doer = own_subject(verb)
    ours = doer is not None and doer.lower_ in {"we", "i"}
    if doing and ours:
        return _take(verb, "rejects")
    minded = any(
        c.dep_ == "dobj" and c.lemma_ in {"intention", "plan", "wish", "desire"} and is_none(c)
        for c in verb.children
    )
    return _take(verb, "rejects") if verb.lemma_ in {"have", "see"} and minded else None


def _by_must(verb: Token) -> Take | None:
    """Read what somebody says must be: "the refugees must return, said ..."."""
    if not is_verbal(verb) or is_conditional(verb) or is_negated(verb):
        return None
    needed = verb.dep_ == "xcomp" and verb.head.lemma_ in _NEEDED
    if modal(verb) not in _MUST and not needed:
        return None
    reported = verb.head if needed else verb
    return _take(verb, "demands", "speaker") if reported.dep_ in {"ccomp", "ROOT", "conj"} else None


def _by_offer(verb: Token) -> Take | None:
    """Read what somebody says he might do or would do himself: open to it, or in favour."""
    if not is_verbal(verb) or is_conditional(verb) or is_negated(verb) or verb.lemma_ == "be":
        return None
    helper = modal(verb)
    said = speech_above(verb)
    if said is None or verb.dep_ != "ccomp":
        return None
    if helper in _MIGHT and (verb.lemma_ in _SENDS or verb.lemma_ in _cues("verb")):
        return _take(verb, "open-to")
    held = {"held", "brought"} & {verb.lower_}
    if helper == "would" and held:
        return _take(verb, "supports", "speaker")
    return _take(verb, "supports") if helper == "would" and verb.lemma_ in _SENDS else None


def _by_line(verb: Token) -> Take | None:
    """Read a line that is drawn: "is a red line for", "is not negotiable", "legitimate targets"."""
    if not is_verbal(verb) or is_conditional(verb):
        return None
    text = " ".join(t.text for t in clause(verb))
    if _TARGETS.search(text) and verb.lemma_ in {"be", "treat", "consider", "become", "regard"}:
        doer = own_subject(verb)
        soldiers = doer is not None and (is_a(doer, "soldier") or doer.lemma_ in _UNITS)
        return Take(
            stance="rejects",
            word=verb,
            reach=clause(verb),
            holder="speaker",
            issue="foreign-troops" if soldiers else None,
        )
    if verb.lemma_ in {"be", "remain"} and _NEVER.search(text) and not is_negated(verb):
        return _take(verb, "rejects", "for")
    if verb.lemma_ in {"be", "remain"} and _RED.search(text):
        return _take(verb, "red-line", "for")
    return None


def _by_weight(verb: Token) -> Take | None:
    """Read what somebody calls first or essential: "was the heart of the text"."""
    if not is_verbal(verb) or verb.lemma_ not in {"be", "remain", "come"} or is_negated(verb):
        return None
    key = any(c.dep_ in {"attr", "acomp"} and c.lemma_.lower() in _KEY for c in verb.children)
    first = verb.lemma_ == "come" and any(c.lower_ == "first" for c in verb.children)
    if (key or first) and speech_above(verb) is not None and not is_conditional(verb):
        return _take(verb, "demands", "speaker")
    return None


def _by_only(verb: Token) -> Take | None:
    """Read what somebody makes a condition: "talks can start only when ..."."""
    if not is_verbal(verb) or modal(verb) not in {"can", "will", "would", "could"}:
        return None
    for child in verb.children:
        if child.dep_ not in {"advcl", "prep"}:
            continue
        first = child.left_edge
        only = first.lower_ == "only" or (first.i > 0 and first.nbor(-1).lower_ == "only")
        waits = first.lower_ in {"after", "once", "when", "if"}
        only = only or (waits and any(c.lower_ == "only" for c in verb.children))
        if only and speech_above(verb) is not None:
            return Take(stance="demands", word=verb, reach=list(child.subtree), holder="speaker")
    return None


_WAYS: tuple[Callable[[Token], Take | None], ...] = (
    _by_noun,
    _by_line,
    _by_adjective,
    _by_must,
    _by_weight,
    _by_verb,
    _by_only,
    _by_intent,
    _by_will,
    _by_offer,
)
