"""The status of a point of a plan or a deal, taken from its paper.

Points of a plan are proposed and points of a deal agreed; what a paper leaves out is off the table,
and what a plan shuts out is rejected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import clause, governors, is_negated, is_none, modal, subject
from foedus.reading.cues import frames
from foedus.reading.papers import has_paper_subject, in_clause
from foedus.reading.phrases import compiled
from foedus.reading.status_words import cues, has_come

if TYPE_CHECKING:
    from foedus.reading.papers import Kind
    from foedus.reading.tokens import Token
    from foedus.reading.topics import Topic
    from foedus.reading.values import ProvisionStatus

_FOR_PAPERS = frozenset(
    {"require", "call", "include", "contain", "provide", "foresee", "envisage", "stipulate", "set",
     "demand", "commit", "bind", "promise", "allow", "permit", "limit", "ban", "establish", "create",
     "oblige", "ask", "offer", "give", "say", "state", "cover", "guarantee", "follow", "combine",
     "make", "task", "entrust", "assign", "place", "bar", "forbid", "prohibit", "see", "propose", "oversee", "link", "tie", "draw", "outline",
     "grant", "keep", "leave", "let", "have", "involve", "list", "describe", "specify", "lay"}
)  # fmt: skip
_WISHES = frozenset({"demand", "call", "urge", "ask", "condemn", "welcome"})
_CONSISTS = frozenset({"rest", "consist", "comprise", "rely", "build", "base", "be", "hinge"})
_SCHEMES = frozenset(
    {"version", "package", "plan", "draft", "idea", "text", "proposal", "framework", "outline",
     "scheme", "arrangement", "option", "formula", "deal", "guarantee"}
)  # fmt: skip
_TALKED = frozenset({"discuss", "negotiate", "debate", "consider", "mull", "weigh", "explore"})
_BARS = frozenset({"ban", "bar", "forbid", "prohibit", "exclude", "prevent", "preclude"})
_BARRED = frozenset(
    {"multinational-force", "peacekeepers", "nato-membership", "eu-membership", "military-aid",
     "prepositioned-stocks", "air-defence", "defence-cooperation"}
)  # fmt: skip
_OTHERWISE = frozenset({"rejected", "suspended", "discussed"})
_GUESS = compiled("likely|potentially|possibly|perhaps")
_ABSENT = compiled(
    "(no (provision|mention|word|clause|role|place|reference) (for|of|about|to)|not (included|foreseen"
    "|mentioned|part of)|does not (include|mention|contain|provide|foresee)|left out|leaves? out|leaving out|omit(s|ted)?)"
)
_POINTS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "last", "next"}
)
_TALKS = frozenset({"conference", "meeting", "talk", "summit", "visit", "round", "session"})


def of_paper(  # noqa: PLR0911  # one return a reason
    verb: Token, topic: Topic
) -> ProvisionStatus | None:
    """Return the status of a point whose own clause names the paper: "the draft calls for ..."."""
    if _is_in_the_making(verb) and verb not in topic.tokens:
        return "discussed"
    kind = in_clause(verb, topic)
    if kind is None:
        return None
    speaks = has_paper_subject(verb, topic)
    if speaks and kind == "deal" and verb.lemma_ in _WISHES:
        return None  # a resolution that demands something has not brought it about
    if speaks and verb.lemma_ not in _FOR_PAPERS and verb.lemma_ != "be":
        return None
    text = " ".join(t.text for t in clause(verb))
    if _GUESS.search(text):
        return "discussed"
    if _is_barred_in_list(verb, topic) or _is_barred(verb, topic):
        return "rejected"
    absent = is_negated(verb) if speaks else is_none(topic.head)
    if _ABSENT.search(text) or absent:
        return "off-the-table"
    if (
        not speaks
        and kind == "deal"
        and has_come(verb, topic)
        and cues("verb").get(verb.lemma_) == "in-force"
    ):
        return "in-force"
    own = verb in topic.tokens
    if not (speaks or own) and cues("verb").get(verb.lemma_) in _OTHERWISE:
        return None
    return "agreed" if kind == "deal" else "proposed"


def _is_in_the_making(verb: Token) -> bool:
    """Say whether what a clause describes is only talked of: "the version discussed rests on"."""
    doer = subject(verb)
    return (
        doer is not None
        and verb.lemma_ in _FOR_PAPERS | _CONSISTS
        and doer.lemma_.lower() in _SCHEMES
        and any(c.dep_ in {"acl", "amod"} and c.lemma_ in _TALKED for c in doer.children)
    )


def _is_barred_in_list(verb: Token, topic: Topic) -> bool:
    """Say whether a point of a list behind a colon is that there be none: "terms: no bases, ..."."""
    between = verb.doc[verb.i : topic.head.i]
    return is_none(topic.head) and any(t.text == ":" for t in between)


def _is_barred(verb: Token, topic: Topic) -> bool:
    """Say whether a paper forbids what it names: "the text would bar foreign troops"."""
    return verb.lemma_ in _BARS and topic.provision in _BARRED and verb not in topic.tokens


def in_paper(  # noqa: PLR0911  # one return a reason
    verb: Token, topic: Topic, paper: Kind | None
) -> ProvisionStatus | None:
    """Return the status of a point that has no cue of its own, from the paper it is in."""
    helper = modal(verb)
    if paper is None:
        doer = subject(verb)
        bound = doer is not None and doer.lemma_ in {"signatory", "party", "side"}
        return "agreed" if bound and helper in {"must", "shall"} and not is_negated(verb) else None
    denied = is_negated(verb) or is_none(topic.head) or _is_shut_out(verb)
    if paper == "plan" and (helper == "would" or verb.lemma_ in {"follow", "include", "contain"}):
        return "rejected" if denied else "proposed"
    between = list(governors(topic.head))[:5]
    if verb not in between or any(a.lemma_.lower() in _TALKS for a in between):
        return None
    if helper == "must" and any(a.lemma_.lower() in frames() for a in governors(verb)):
        return None
    point = helper in {"will", "shall", "must", "to"}
    set_up = verb.lemma_ in {"set", "establish", "create"} and verb.tag_ == "VBN"
    doer = subject(verb)
    bound = doer is not None and doer.pos_ != "PRON" and verb in {topic.head.head, *topic.tokens}
    if paper == "deal" and denied and bound and helper in {"shall", "will"}:
        return "rejected"  # "the parties shall not deploy forces of any third state"
    if paper == "deal" and not denied and (point or set_up or _is_point(verb)):
        return "agreed"
    return None


def _is_shut_out(verb: Token) -> bool:
    """Say whether a point is that something is not to be: "would undertake not to admit"."""
    return any(a.dep_ == "xcomp" and is_negated(a) for a in (verb, *verb.children))


def _is_point(verb: Token) -> bool:
    """Say whether a sentence is a numbered point: "the second is", "point three is"."""
    found = subject(verb)
    return (
        found is not None
        and found.lower_ in _POINTS
        and (verb.lemma_ == "be" or verb.tag_ == "VBZ")
    )
