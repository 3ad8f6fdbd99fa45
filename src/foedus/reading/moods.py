"""Whether a verb tells of something done, under way or planned, or of what might be.

An event is reported as fact or plan; a mere possibility, a wish, a condition or a question is none.
`standing` climbs from a verb to the root of its sentence and asks at each step what the clause above
makes of it, and who said so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from foedus.reading.clauses import (
    is_conditional,
    is_independent,
    is_negated,
    is_none,
    is_verbal,
    modal,
    subject,
)
from foedus.reading.phrases import words

if TYPE_CHECKING:
    from foedus.reading.tokens import Token
    from foedus.reading.values import EventStatus

SAYS = words("tells")
_DENIES = words("denies")
_PLANS = words("plans")
_GOES_ON = words("goes-on")
_DOUBTS = words("doubts")
_REPORTS = words("report-nouns")
_OPEN = frozenset(["if", "unless", "whether", "once", "until", "till", "lest", "before", "when"])
_POSSIBLE = frozenset(
    ["can", "could", "may", "might", "must", "should", "would", "ought", "need", "'d"]
)
_AHEAD = frozenset(["will", "shall", "to", "'ll"])
_ACCOUNTS = words("accounts")
_SOON = frozenset(["tomorrow"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a verb's act is told as real, and the word for whoever said so, if anybody is."""

    status: EventStatus
    speaker: Token | None
    tentative: bool = False
    """Whether it is only said that it would be done: a plan when a day is named, else nothing."""


def standing(verb: Token) -> Standing | None:
    """Return how a verb's act stands; None when it is a possibility, a wish, a question or negated.

    An act that somebody denies ("denied that it had struck") is returned with status ``denied``.
    """
    if verb.sent.text.rstrip().endswith("?"):
        return None
    if _is_future_in_past(verb):
        how = _climb(verb, ahead=True)
        return replace(how, tentative=True) if how else None
    if _is_open(verb):
        return None
    return _climb(verb, ahead=modal(verb) in _AHEAD or _is_near_future(verb))


def _is_future_in_past(verb: Token) -> bool:
    """Say whether "would" is what "will" becomes when it is reported: "said it would send"."""
    if modal(verb) != "would" or is_negated(verb) or is_conditional(verb):
        return False
    said = verb.head
    if verb.dep_ != "ccomp" or said.lemma_.lower() not in SAYS or said.tag_ != "VBD":
        return False
    return not any(
        word.lower_ in {"if", "once", "unless", "should", "until", "when"} for word in said.subtree
    )


def standing_of_noun(noun: Token) -> Standing | None:
    """Return how an act told by a noun stands: "a raid on Friday", "planned talks", "calls for a truce".

    What is wanted, feared, offered or discussed need not be real; what a phrase hangs on tells.
    """
    told = {c.lower_ for c in noun.children if c.dep_ in {"det", "amod", "compound"}}
    if noun.sent.text.rstrip().endswith("?") or told & words("unreal"):
        return None
    how = _of_phrase(noun, ahead=bool(told & words("ahead")))
    return None if how and how.status == "happened" and told & words("to-come") else how


def _of_phrase(noun: Token, *, ahead: bool) -> Standing | None:
    """Climb from a noun to the verb that it hangs on."""
    denied, node = False, noun
    while node.head.i != node.i:
        above = node.head
        lemma = above.lemma_.lower()
        if is_verbal(above):
            how = _of_governor(node, above, ahead=ahead)
            return replace(how, status="denied") if how and denied else how
        if lemma in words("report-nouns"):
            denied = denied or above.head.lemma_.lower() in _DENIES
        elif lemma in words("wish-nouns") and node.dep_ in {"prep", "acl", "compound"}:
            return None
        node = above
    return Standing(status="planned" if ahead else "happened", speaker=None)


def _of_governor(node: Token, verb: Token, *, ahead: bool) -> Standing | None:
    """Say what the verb above a phrase makes of the act that the phrase names."""
    lemma = verb.lemma_.lower()
    inside = node.dep_ in {"dobj", "nsubjpass", "attr"} or node.lower_ in {
        "for", "to", "about", "against", "on", "of", "from",
    }  # fmt: skip
    if lemma in _DENIES and inside:
        return Standing(status="denied", speaker=subject(verb))
    if lemma in words("wish-verbs") and inside:
        return None
    if verb.sent.text.rstrip().endswith("?") or _is_open(verb):
        return None
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    planned = passive and lemma in _PLANS and node.dep_ == "nsubjpass"
    planned = planned or (lemma == "be" and node.dep_ == "nsubj" and _is_due(verb))
    return _climb(verb, ahead=ahead or planned or modal(verb) in _AHEAD or _is_near_future(verb))


def _is_due(verb: Token) -> bool:
    """Say whether something "is to be held", "is due on Friday"."""
    return any(
        (c.dep_ == "xcomp" and c.tag_ == "VB") or (c.dep_ == "acomp" and c.lemma_ in {"due", "set"})
        for c in verb.children
    )


def _climb(verb: Token, *, ahead: bool) -> Standing | None:
    """Climb from a verb to the root of its sentence and ask each clause what it makes of it."""
    speaker = _source(verb)
    denied = False
    node = verb
    for _ in range(40):
        above = node.head
        if above.i == node.i:
            break
        step = _step(node, above)
        if step == "open":
            return None
        if step == "ahead":
            ahead = True
        elif step == "denied":
            denied = True
            speaker = speaker or subject(above)
        elif step == "said":
            speaker = speaker or subject(above)
        elif step == "stop":
            break
        node = above
        speaker = speaker or _source(node)
    status: EventStatus = "denied" if denied else "planned" if ahead else "happened"
    return Standing(status=status, speaker=speaker)


def _source(verb: Token) -> Token | None:
    """Return who "according to X", "by X's account" names beside a verb."""
    for child in verb.children:
        if child.dep_ != "prep" and child.lower_ != "according":
            continue
        if child.lower_ == "according":
            for inner in child.subtree:
                if inner.dep_ == "pobj":
                    return inner
        elif child.lower_ == "by":
            for inner in child.children:
                if inner.dep_ == "pobj" and inner.lemma_.lower() in _ACCOUNTS:
                    return next((c for c in inner.children if c.dep_ == "poss"), None)
    return None


def _is_near_future(verb: Token) -> bool:
    """Say whether a verb in the present tells what is to come: "fly to Osthaven tomorrow"."""
    if verb.tag_ in {"VBD", "VBN"}:
        return False
    return any(word.lower_ in _SOON and word.head == verb for word in verb.subtree)


def _is_open(verb: Token) -> bool:
    """Say whether a verb itself is negated, conditional or only possible."""
    if is_negated(verb) or is_conditional(verb) or modal(verb) in _POSSIBLE or _is_void(verb):
        return True
    marks = {child.lower_ for child in verb.children if child.dep_ in {"mark", "advmod"}}
    return bool(marks & (_OPEN - {"when", "before"}))


def _is_void(verb: Token) -> bool:
    """Say whether a verb's preposition holds nothing: "agreed on nothing"."""
    return any(
        inner.dep_ == "pobj" and is_none(inner)
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ in {"on", "to", "with", "in"}
        for inner in child.children
    )


def _step(node: Token, above: Token) -> str:
    """Say what the clause above makes of the one below."""
    lemma = above.lemma_.lower()
    if node.dep_ == "conj":
        return _of_conjunct(node, above)
    if is_independent(node):
        return "stop"
    to = any(child.dep_ == "aux" and child.lower_ == "to" for child in node.children)
    if node.dep_ in {"xcomp", "ccomp", "acl", "advcl"} and to:
        return _of_infinitive(node, above, lemma)
    if node.dep_ in {"ccomp", "parataxis"}:
        return _of_content(above, lemma)
    if node.dep_ in {"acl", "relcl", "pobj", "dobj"}:
        return _of_noun(node, above, lemma)
    return _of_gerund(node, above, lemma)


def _of_infinitive(node: Token, above: Token, lemma: str) -> str:
    if lemma in _PLANS or (lemma == "be" and node.dep_ == "xcomp"):
        return "open" if is_verbal(above) and _is_open(above) else "ahead"
    return "pass" if lemma in _GOES_ON else "open"


def _of_noun(node: Token, above: Token, lemma: str) -> str:
    if lemma in _REPORTS:
        return "denied" if above.head.lemma_.lower() in _DENIES else "pass"
    return "stop" if node.dep_ in {"relcl", "acl"} else _of_gerund(node, above, lemma)


def _of_gerund(node: Token, above: Token, lemma: str) -> str:
    if node.dep_ in {"dobj", "xcomp", "pcomp"} and lemma in _DENIES:
        return "denied"
    if node.tag_ == "VBG" and node.dep_ == "xcomp" and lemma in words("shuns"):
        return "open"
    told = {"after", "by", "since", "before", "in", "following"}
    return "open" if node.dep_ == "pcomp" and above.lower_ not in told else "pass"


def _of_conjunct(node: Token, above: Token) -> str:
    if not is_verbal(node) or not is_verbal(above):
        return "pass"
    own = any(child.dep_ in {"nsubj", "nsubjpass"} for child in node.children)
    helped = any(child.dep_ in {"aux", "auxpass"} for child in node.children)
    if node.tag_ == "VBG" and not own and not helped and above.tag_ in {"VBD", "VBZ", "VBP"}:
        return "open"  # "blamed Ardal for arming the rebels and sending them"
    if not own and modal(node) is None and node.tag_ in {"VB", "VBN"}:
        if modal(above) in _POSSIBLE:
            return "open"
        if modal(above) in {"will", "shall", "to"}:
            return "ahead"
    return "pass"


def _of_content(above: Token, lemma: str) -> str:
    if lemma in _DENIES:
        return "denied"
    if lemma in _DOUBTS or (is_verbal(above) and is_negated(above) and lemma not in SAYS):
        return "open"
    if lemma in SAYS:
        return "open" if is_negated(above) else "said"
    return "pass"
