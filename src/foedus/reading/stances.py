"""The ways to take a stance: what a word of a sentence says that somebody wants, bears or refuses.

A stance is a verb ("demands", "ruled out"), a noun ("its opposition to"), an adjective ("open to",
"unwilling"), a will denied ("will not trade away"), what somebody says must be, what he says he might
do, or a line drawn ("not negotiable"). Each way has one function here. Who holds it and on what is
asked in `foedus.reading.positions`. The cues lie in ``data/stance_cues.csv``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import (
    clause,
    governors,
    is_conditional,
    is_negated,
    is_none,
    is_passive,
    is_verbal,
    own_subject,
)
from foedus.reading.phrases import compiled
from foedus.reading.stance_verbs import (
    by_intent,
    by_must,
    by_offer,
    by_only,
    by_verb,
    by_will,
)
from foedus.reading.stance_words import FLIPPED, Take, cues, speech_above, take
from foedus.reading.things import is_a

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.reading.tokens import Token
    from foedus.reading.values import Stance


_RED = compiled("(red lines?|non-?negotiable|not negotiable|under no circumstances|legitimate targets?"
    "|not (up )?for (debate|discussion|negotiation|sale|bargaining))")  # fmt: skip
_TARGETS = compiled(
    "legitimate (military )?targets?|(a )?hostile (force|army|act)|enemy (forces?|combatants|soldiers)"
    "|an? act of war|invaders|occupiers"
)
_ENDED = compiled(
    "abolish*|scrap*|end|ends|ended|dismantl*|drop*|gone|remov*|clos*|cancel*|abandon*|halt*|stop*"
    "|call* <2>off|wound up|wind* up|disband*|go home"
)
_ENDABLE = frozenset(
    {"security-guarantees", "foreign-troops", "alliance-membership", "neutrality", "force-limits"}
)
_EXPRESSES = frozenset(
    {"have", "see", "express", "voice", "signal", "show", "declare", "announce", "state", "indicate",
     "register", "repeat", "reiterate", "reaffirm", "confirm", "stress", "renew", "raise", "set"}
)  # fmt: skip
_NEVER = compiled("out of the question|off the table|a non-?starter|unthinkable|unacceptable")
_CALLS = frozenset(
    {"call", "consider", "deem", "label", "describe", "declare", "regard", "view", "brand", "term"}
)  # fmt: skip
_DRAWS = _CALLS | {"be", "remain", "treat", "become"}
_SETS = frozenset(
    {"set", "list", "name", "put", "lay", "present", "publish", "issue", "give", "make", "announce",
     "state", "table", "have", "attach"}
)  # fmt: skip
_CONDITION = frozenset({"condition", "precondition", "prerequisite", "requirement", "priority"})
_UNITS = frozenset({"brigade", "force", "contingent", "unit", "battalion", "mission", "base"})
_KEY = frozenset(
    {"heart", "core", "key", "priority", "condition", "precondition", "must", "essential", "crucial",
     "vital", "indispensable", "prerequisite", "basis", "cornerstone", "first", "goal", "aim"}
)  # fmt: skip


def take_of(token: Token) -> Take | None:
    """Return the stance that a word expresses; None when it takes none."""
    if token.is_punct or token.is_space:
        return None
    for way in _BY_VERBS if is_verbal(token) else _BY_OTHERS:
        take = way(token)
        if take is not None:
            return None if _is_unsaid(token) else take
    return None


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


def _by_list(token: Token) -> Take | None:
    """Read demands told in a list behind a colon: "set out three conditions: no bases, ..."."""
    stance = cues("noun").get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    if stance != "demands" or token.dep_ not in {"dobj", "nsubj", "ROOT", "attr"}:
        return None
    behind = token.doc[token.i + 1 : token.sent.end]
    colon = next((t for t in behind if t.text == ":"), None)
    if colon is None or is_conditional(token.head) or is_negated(token.head):
        return None
    owned = any(c.dep_ == "poss" for c in token.children)
    if not owned and (token.dep_ != "dobj" or token.head.lemma_ not in _SETS):
        return None
    reach = [t for t in behind if t.i > colon.i]
    word = token if owned else token.head
    return Take(stance=stance, word=word, reach=reach, holder="owner" if owned else "subject")


def _by_condition(verb: Token) -> Take | None:
    """Read what is made a condition: "made the release of captives a condition for talks"."""
    if verb.lemma_ not in {"make", "set"} or is_conditional(verb):
        return None
    named = [
        c
        for c in verb.children
        if c.dep_ in {"dobj", "oprd", "attr", "ccomp", "prep"} and c.i > verb.i
    ]
    last = next((c for c in named for t in (c, *c.children) if t.lemma_ in _CONDITION), None)
    if last is None or is_negated(verb):
        return None
    told = next(t for t in (last, *last.children) if t.lemma_ in _CONDITION)
    reach = [t for t in verb.subtree if verb.i < t.i < told.i]
    return Take(stance="demands", word=verb, reach=reach, holder="subject")


def _by_noun(token: Token) -> Take | None:
    """Read a stance told as a noun that somebody owns: "its opposition to", "Ardal's demand"."""
    stance = cues("noun").get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
    if stance is None:
        return None
    if token.dep_ == "dobj" and token.head.lemma_ in _EXPRESSES:
        return _expressed(token, stance)
    if not any(c.dep_ == "poss" for c in token.children) or token.lemma_ == "need":
        return None
    if token.dep_ == "nsubj" and token.head.lemma_ == "be" and stance == "demands":
        own = set(token.subtree)  # "its price for a truce is the release": not the truce
        reach = [t for t in token.head.subtree if t not in own]
        return Take(stance=stance, word=token, reach=reach, holder="owner")
    about = any(c.dep_ in {"prep", "acl", "ccomp", "relcl", "appos"} for c in token.children)
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
        elif stance in FLIPPED:
            stance = FLIPPED[stance]
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
        stance = cues("adjective").get(token.lower_)
    if stance is None or is_conditional(verb):
        return None
    if stance == "red-line" and token.dep_ != "acomp":
        return None
    if stance == "red-line":
        return Take(stance=stance, word=token, reach=list(verb.subtree), holder="speaker")
    if is_negated(verb) or any(c.dep_ == "neg" for c in token.children):
        stance = FLIPPED.get(stance, stance)
    behind = [t for t in clause(verb) if t.i >= token.i]
    reach = behind if token.dep_ != "ROOT" else list(token.subtree)
    return Take(stance=stance, word=token, reach=reach, holder="subject")


def _by_line(  # noqa: PLR0911  # one return a way to draw it
    verb: Token,
) -> Take | None:
    """Read a line that is drawn: "is a red line for", "is not negotiable", "legitimate targets"."""
    if verb.lemma_ not in _DRAWS or is_conditional(verb):
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
    if verb.lemma_ in _CALLS and not is_negated(verb) and not is_passive(verb):
        named = " ".join(t.text for t in verb.subtree if t.i > verb.i and t.dep_ != "relcl")
        if _RED.search(named):
            return take(verb, "red-line")
        if _NEVER.search(named):
            return take(verb, "rejects")
    if verb.lemma_ in {"be", "remain"} and _NEVER.search(text) and not is_negated(verb):
        return take(verb, "rejects", "for")
    if verb.lemma_ in {"be", "remain"} and _RED.search(text):
        return take(verb, "red-line", "for")
    return None


def _by_weight(verb: Token) -> Take | None:
    """Read what somebody calls first or essential: "was the heart of the text"."""
    if verb.lemma_ not in {"be", "remain", "come"} or is_negated(verb):
        return None
    key = any(c.dep_ in {"attr", "acomp"} and c.lemma_.lower() in _KEY for c in verb.children)
    first = verb.lemma_ == "come" and any(c.lower_ == "first" for c in verb.children)
    if (key or first) and speech_above(verb) is not None and not is_conditional(verb):
        return take(verb, "demands", "speaker")
    return None


_Ways = tuple["Callable[[Token], Take | None]", ...]
_BY_OTHERS: _Ways = (_by_list, _by_noun, _by_adjective)
"""The ways of words that head no clause."""
_BY_VERBS: _Ways = (
    _by_condition,
    _by_line,
    _by_adjective,
    by_must,
    _by_weight,
    by_verb,
    by_intent,
    by_will,
    by_only,
    by_offer,
)
