"""Whether a verb tells of something done, under way or planned, or of what might be.

An event is reported as fact or plan; a mere possibility, a wish, a condition or a question is none.
`standing` climbs from a verb to the root of its sentence and asks at each step what the clause above
makes of it, and who said so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.reading.clauses import is_conditional, is_negated, is_verbal, modal, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.reading.values import EventStatus

SAYS = frozenset(
    [
        "say",
        "tell",
        "announce",
        "state",
        "report",
        "write",
        "add",
        "claim",
        "confirm",
        "declare",
        "note",
        "insist",
        "describe",
        "explain",
        "allege",
        "show",
        "warn",
        "reveal",
        "acknowledge",
        "admit",
        "put",
        "speak",
        "repeat",
        "argue",
        "recall",
        "suggest",
        "adjoin",
        "tweet",
        "post",
        "stress",
        "reply",
        "answer",
        "count",
        "accuse",
    ]
)
_DENIES = frozenset(["deny", "reject", "dismiss", "dispute", "refute"])
_PLANS = frozenset(
    [
        "plan",
        "schedule",
        "expect",
        "due",
        "set",
        "prepare",
        "intend",
        "go",
        "decide",
        "arrange",
        "ready",
        "poise",
        "slate",
        "order",
        "agree",
        "mean",
        "pledge",
        "promise",
        "vow",
    ]
)
_GOES_ON = frozenset(
    [
        "begin",
        "start",
        "continue",
        "manage",
        "resume",
        "help",
        "proceed",
        "happen",
        "force",
        "make",
        "let",
        "see",
        "report",
        "say",
        "have",
        "use",
        "appear",
        "seem",
        "keep",
        "finish",
    ]
)
_DOUBTS = frozenset(
    [
        "think",
        "believe",
        "hope",
        "want",
        "wish",
        "fear",
        "doubt",
        "wonder",
        "imagine",
        "suppose",
        "assume",
    ]
)
_REPORTS = frozenset(
    ["report", "claim", "allegation", "rumour", "rumor", "story", "suggestion", "accusation"]
)
_OPEN = frozenset(["if", "unless", "whether", "once", "until", "till", "lest", "before", "when"])
_POSSIBLE = frozenset(
    ["can", "could", "may", "might", "must", "should", "would", "ought", "need", "'d"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a verb's act is told as real, and the word for whoever said so, if anybody is."""

    status: EventStatus
    speaker: Token | None


def standing(verb: Token) -> Standing | None:
    """Return how a verb's act stands; None when it is a possibility, a wish, a question or denied.

    An act that somebody denies ("denied that it had struck") is returned with status ``denied``.
    """
    if verb.sent.text.rstrip().endswith("?") or _is_open(verb):
        return None
    ahead = modal(verb) in {"will", "shall", "to", "'ll"}
    speaker: Token | None = None
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
    status: EventStatus = "denied" if denied else "planned" if ahead else "happened"
    return Standing(status=status, speaker=speaker)


def _is_open(verb: Token) -> bool:
    """Say whether a verb itself is negated, conditional or only possible."""
    if is_negated(verb) or is_conditional(verb) or modal(verb) in _POSSIBLE:
        return True
    marks = {child.lower_ for child in verb.children if child.dep_ in {"mark", "advmod"}}
    return bool(marks & (_OPEN - {"when", "before"}))


def _step(node: Token, above: Token) -> str:  # noqa: PLR0911  # one answer for each relation
    """Say what the clause above makes of the one below."""
    lemma = above.lemma_.lower()
    to = any(child.dep_ == "aux" and child.lower_ == "to" for child in node.children)
    if node.dep_ == "conj":
        return _of_conjunct(node, above)
    if node.dep_ in {"xcomp", "ccomp", "acl", "advcl"} and to:
        if lemma in _PLANS or (lemma == "be" and node.dep_ == "xcomp"):
            return "open" if is_verbal(above) and _is_open(above) else "ahead"
        return "pass" if lemma in _GOES_ON else "open"
    if node.dep_ in {"ccomp", "parataxis"}:
        return _of_content(above, lemma)
    if node.dep_ in {"acl", "relcl", "pobj", "dobj"} and lemma in _REPORTS:
        return "denied" if above.head.lemma_.lower() in _DENIES else "pass"
    if node.dep_ == "dobj" and lemma in _DENIES:
        return "denied"
    if node.dep_ in {"relcl", "acl"}:
        return "stop"
    if node.dep_ == "pcomp":
        return (
            "pass"
            if above.lower_ in {"after", "by", "since", "before", "in", "following"}
            else "open"
        )
    return "pass"


def _of_conjunct(node: Token, above: Token) -> str:
    if not is_verbal(node) or not is_verbal(above):
        return "pass"
    own = any(child.dep_ in {"nsubj", "nsubjpass"} for child in node.children)
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
