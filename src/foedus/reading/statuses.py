"""How far a part of a deal has come, and the word that says so.

The nearest cue above the words decides, so that "agreed on a framework and discussed deterrence" is
one of each, and "agreed to discuss" is discussed. An act of its own tells by its tense: what was
exchanged is in force, what is to be exchanged follows its paper. A standing wish or refusal ("wants",
"rejects") is a position and no status. The cues lie in ``data/status_cues.csv``.
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
    is_verbal,
    modal,
    own_subject,
    subject,
)
from foedus.reading.cues import frames
from foedus.reading.papers import has_paper_subject, in_clause
from foedus.reading.phrases import compiled, rows

if TYPE_CHECKING:
    import re

    from spacy.tokens import Token

    from foedus.reading.papers import Kind
    from foedus.reading.topics import Topic
    from foedus.reading.values import ProvisionStatus

_OFF = compiled("it ?('s|is|was|remains) (\\w+ ){0,2}(off the table|out of the question)")
_ABSENT = compiled(
    "(no (provision|mention|word|clause|role|place|reference) (for|of|about|to)|not (included|foreseen"
    "|mentioned|part of)|does not (include|mention|contain|provide|foresee)|left out|omits?)"
)
_STANDING = frozenset(
    {"want", "insist", "seek", "support", "urge", "favour", "favor", "welcome", "back", "oppose"}
)
_FOR_PAPERS = frozenset(
    {"require", "call", "include", "contain", "provide", "foresee", "envisage", "stipulate", "set",
     "demand", "commit", "bind", "promise", "allow", "permit", "limit", "ban", "establish", "create",
     "oblige", "ask", "offer", "give", "say", "state", "cover", "guarantee", "follow", "combine",
     "grant", "keep", "leave", "let", "have", "involve", "list", "describe", "specify", "lay"}
)  # fmt: skip
_WISHES = frozenset(
    {"appeal", "call", "demand", "request", "push", "plea", "hope", "need", "condition", "support"}
)
_AGAINST = frozenset({"rejected", "suspended", "off-the-table", "proposed"})
_TO_ITS_OBJECT = frozenset({"agreed", "discussed", "proposed", "rejected"})
_ASIDE = frozenset({"with", "in", "by", "at", "from", "under", "through", "near", "despite", "as"})
_LETS = frozenset(
    {"let", "allow", "permit", "enable", "help", "make", "have", "require", "oblige", "want", "see"}
)
_SUBORDINATES = frozenset(
    {
        "because",
        "while",
        "although",
        "though",
        "since",
        "as",
        "if",
        "when",
        "where",
        "whereas",
        "so",
    }
)
_HOLDS = frozenset(
    {"hold", "begin", "start", "remain", "continue", "operate", "fall", "return", "stay"}
)
_STANDS = frozenset(
    {"ceasefire", "peacekeepers", "monitoring", "military-aid", "intelligence-sharing",
     "multinational-force", "demilitarised-zone", "humanitarian-corridor"}
)  # fmt: skip
_NOT_IN = compiled(
    "(there (is|was|were|are)|contains?|contained|has|had|makes?|made) no <6> in the"
    " (text|plan|deal|draft|agreement|treaty|document|proposal|accord|paper)"
    "|no (provision|mention|clause|word) <1>(for|of|about)"
)
_MAYBE = frozenset({"would", "could", "might", "may"})
_TALKS = frozenset({"conference", "meeting", "talk", "summit", "visit", "round", "session"})
_DATES = frozenset(
    {"after", "before", "until", "since", "during", "pending", "despite", "without", "amid"}
)
_ASKED = frozenset({"who", "whose", "how", "whether", "what", "if", "why"})
_JOINED = frozenset({"nato-membership", "eu-membership"})
_READY = frozenset({"ready", "prepared", "willing", "open", "keen"})
_POINTS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "last", "next"}
)
_PRESENT = frozenset({"VBZ", "VBP", "VBD", "VBN"})


@cache
def _cues(where: str) -> dict[str, ProvisionStatus]:
    return {
        row["cue"]: cast("ProvisionStatus", row["status"])
        for row in rows("status_cues.csv")
        if row["where"] == where
    }


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], ProvisionStatus, bool], ...]:
    return tuple(
        (
            compiled(cue),
            status,
            cue.startswith(
                ("likely", "potentially", "could", "might", "may", "possibly", "expected")
            ),
        )
        for cue, status in _cues("phrase").items()
    )


def status_of(  # noqa: C901, PLR0911, PLR0912  # a ladder: the first rung that holds decides
    topic: Topic, paper: Kind | None
) -> tuple[ProvisionStatus | None, Token]:
    """Return how far a provision has come, and the word that says so."""
    head = topic.head
    nearest = next((a for a in governors(head) if is_verbal(a)), head)
    if _is_off_the_table(topic):
        return "off-the-table", nearest
    if _is_aside(topic, nearest):
        return None, nearest
    if not is_verbal(nearest) and any(t.tag_ == "VBZ" for t in topic.tokens):
        return "in-force", head  # "shares intelligence", with the verb taken for a noun
    if _is_readiness(head):
        return "proposed", nearest
    for child in head.children:
        if child.dep_ in {"amod", "compound"} and child.lower_ in _cues("modifier"):
            return _cues("modifier")[child.lower_], child
    wished = False
    sibling = False
    for above in governors(head):
        if not is_verbal(above):
            wished = wished or (above.lemma_.lower() in _WISHES and above not in topic.tokens)
            continue
        if sibling:  # what is joined to a clause does not govern it
            sibling = above.dep_ == "conj"
            continue
        sibling = above.dep_ == "conj" and is_verbal(above.head)
        if is_conditional(above) or _comes_after(above):
            return None, above
        if above.lemma_ in _STANDING and not has_paper_subject(above, topic):
            return None, above
        found = _of_paper(above, topic) or _said_by(above, topic)
        if found is not None:
            return (None if wished and found not in _AGAINST else found), above
        if _stands_apart(above):
            break
    point = next((a for a in governors(head) if is_verbal(a) and _is_finite(a)), nearest)
    return (None if wished else _in_paper(point, topic, paper)), point


def _is_finite(verb: Token) -> bool:
    """Say whether a verb heads a clause with a tense: not "joining", not "to leave"."""
    if verb.tag_ in {"VBZ", "VBP", "VBD"} or modal(verb) is not None:
        return True
    return any(c.tag_ in {"VBZ", "VBP", "VBD"} for c in _helpers(verb))


def _stands_apart(verb: Token) -> bool:
    """Say whether what governs a clause says nothing of it: a clause beside, or one of time."""
    if verb.dep_ == "advcl":
        return any(
            c.dep_ in {"mark", "advmod"} and c.lower_ in _SUBORDINATES for c in verb.children
        )
    if verb.dep_ != "ccomp":
        return False
    head = verb.head.lemma_.lower()
    told = head in frames() or head in _cues("verb") or head in _LETS
    return not told


def is_refusal(verb: Token) -> bool:
    """Say whether a verb tells that somebody said no."""
    name = _cues("verb").get(_with_particle(verb)) or _cues("verb").get(verb.lemma_.lower())
    told = verb.tag_ in {"VBD", "VBN"} and modal(verb) is None
    return name == "rejected" and told and not is_negated(verb)


def _is_readiness(head: Token) -> bool:
    """Say whether somebody is only ready for it: "stood ready to send", "is open to"."""
    for above in governors(head):
        if above.dep_ in {"acomp", "oprd"}:
            return above.lower_ in _READY and not is_negated(above.head)
        if is_verbal(above) and _is_finite(above):
            return False
    return False


def _is_aside(topic: Topic, nearest: Token) -> bool:
    """Say whether a topic only dates or places another, or is asked about."""
    head = topic.head
    outer = head
    while outer.dep_ in {"pobj", "prep", "conj"} and not is_verbal(outer):
        if outer.lower_ in _DATES:
            return True
        outer = outer.head
    zone = topic.provision == "demilitarised-zone"
    if (
        zone
        and head.dep_ == "pobj"
        and head.head.lower_ in {"in", "near", "inside", "from", "into"}
    ):
        return True
    first = nearest.left_edge
    opens = first.head == nearest or (first.head.head == nearest and first.head.dep_ != "advcl")
    return (opens and first.lower_ in _ASKED) or any(
        t.lower_ in _ASKED and t.i <= nearest.i for t in nearest.children
    )


def _is_off_the_table(topic: Topic) -> bool:
    """Say whether the topic is taken up by "it" in its sentence and put off the table."""
    sent = topic.head.sent
    found = _OFF.search(sent.text)
    if found is None or topic.head.idx > sent.start_char + found.start():
        return False
    between = sent.text[topic.head.idx - sent.start_char : found.start()]
    return not any(mark in between for mark in ";:")


def _comes_after(verb: Token) -> bool:
    """Say whether a clause only dates another: "once a ceasefire is in place"."""
    return any(
        c.dep_ in {"advmod", "mark"} and c.lower_ in {"once", "when", "until", "after", "before"}
        for c in verb.children
    )


def _of_paper(verb: Token, topic: Topic) -> ProvisionStatus | None:
    """Return the status of a point whose own clause names the paper: "the draft calls for ..."."""
    kind = in_clause(verb, topic)
    if kind is None:
        return None
    speaks = has_paper_subject(verb, topic)
    if speaks and verb.lemma_ not in _FOR_PAPERS and verb.lemma_ != "be":
        return None
    text = " ".join(t.text for t in clause(verb))
    absent = is_negated(verb) if speaks else is_none(topic.head)
    if _ABSENT.search(text) or absent:
        return "off-the-table"
    if (
        not speaks
        and kind == "deal"
        and _has_come(verb, topic)
        and _cues("verb").get(verb.lemma_) == "in-force"
    ):
        return "in-force"
    if not speaks and _cues("verb").get(verb.lemma_) in {"rejected", "suspended", "discussed"}:
        return None
    return "agreed" if kind == "deal" else "proposed"


def _said_by(  # noqa: C901, PLR0911, PLR0912  # a ladder: the first rung that holds decides
    verb: Token, topic: Topic
) -> ProvisionStatus | None:
    """Return the status that one verb gives to what it governs; None when it says nothing."""
    text = _own_text(verb)
    found = _cues("verb").get(verb.lemma_.lower())
    if verb in topic.tokens:
        found = found or _cues("verb").get(_with_particle(verb))
    if verb in topic.tokens and (found != "in-force" or topic.provision == "ceasefire"):
        return _own_act(verb, topic)
    if verb not in topic.tokens:
        found = _cues("verb").get(_with_particle(verb)) or found
    if _NOT_IN.search(text):
        return "off-the-table"
    if found in {"rejected", "suspended", "in-force"} and modal(verb) in _MAYBE:
        return None
    unfinished = found == "agreed" and any(c.lower_ == "to" for c in _helpers(verb))
    if found is not None and (unfinished or not _governs(verb, topic, found)):
        found = None
    if found == "agreed" and any(c.lower_ == "yet" for c in (*verb.children, *verb.head.children)):
        return "discussed" if verb.dep_ == "xcomp" or is_negated(verb) else found
    if found == "rejected" and verb.tag_ in {"VBZ", "VBP"} and not _helpers(verb):
        return None
    if found in {"rejected", "suspended"} and not is_negated(verb):
        return found
    for pattern, status, guess in _phrases():
        if guess and topic.head.i < verb.i:
            continue  # what a framework likely involves is discussed, not the framework
        if pattern.search(text) and _is_near(verb, topic):
            denied = is_negated(verb) and status not in {"off-the-table", "discussed"}
            return None if denied and status == "proposed" else "rejected" if denied else status
    if verb.lemma_ == "be" and is_none(topic.head) and topic.head.dep_ == "attr":
        return "rejected" if modal(verb) else "off-the-table"
    if found is None:
        return None
    if found == "off-the-table" and topic.provision in _JOINED:
        return "rejected"  # a bid that is dropped is given up
    if found == "in-force" and not _has_come(verb, topic):
        return None
    if is_negated(verb) or is_none(topic.head):
        return _denied(found)
    if found == "agreed" and modal(verb) in {"would", "could", "might", "may"}:
        return "proposed"
    return found


def _own_text(verb: Token) -> str:
    """Return the words of a clause without the clauses that say when, if or who."""
    aside = {
        word
        for token in clause(verb)
        if token != verb
        and (
            token.dep_ == "relcl"
            or (token.dep_ == "advcl" and any(c.dep_ == "mark" for c in token.children))
        )
        for word in token.subtree
    }
    return " ".join(t.text for t in clause(verb) if t not in aside)


def _own_act(verb: Token, topic: Topic) -> ProvisionStatus | None:
    """Return in force for a part of a deal that is itself an act, done: "the shelling stopped"."""
    done = topic.provision == "ceasefire" and _has_come(verb, topic) and not is_negated(verb)
    return "in-force" if done else None


def _governs(verb: Token, topic: Topic, status: ProvisionStatus) -> bool:
    """Say whether a verb's status is that of the topic: its object, or what holds by itself."""
    branch = topic.head
    while branch.head != verb:
        if branch.head == branch:
            return topic.head == verb
        branch = branch.head
    if branch.dep_ == "nsubj" and status in _TO_ITS_OBJECT:
        return False
    if branch.dep_ == "prep" and branch.lower_ in _ASIDE:
        return False
    return status != "in-force" or _is_near(verb, topic)


def _denied(status: ProvisionStatus) -> ProvisionStatus | None:
    """Return what a denied status is: not agreed is refused, not discussed is off the table."""
    if status in {"agreed", "in-force"}:
        return "rejected" if status == "agreed" else None
    return "off-the-table" if status == "discussed" else None


def _helpers(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]


def _has_come(verb: Token, topic: Topic) -> bool:
    """Say whether a verb tells that a part of a deal is there: done, or holding by itself."""
    helpers = _helpers(verb)
    plain = verb.tag_ == "VB" and not helpers and own_subject(verb) is not None
    bare = (verb.tag_ == "VB" and not plain) or any(c.tag_ in {"VB", "TO"} for c in helpers)
    going_on = verb.tag_ == "VBG" and any(c.lemma_ == "be" for c in helpers)
    begun = (
        verb.tag_ in {"VBG", "VB"}
        and verb.dep_ == "xcomp"
        and verb.head.lemma_ in {"begin", "start"}
    )
    if modal(verb) is not None or ((bare or verb.tag_ == "VBG") and not going_on and not begun):
        return False
    if verb.lemma_ == "fall":
        return "guns" in verb.sent.text
    if verb.lemma_ not in _HOLDS or topic.head == verb:
        return True
    return topic.provision in _STANDS and topic.head.dep_ in {"nsubj", "nsubjpass"}


def _is_near(verb: Token, topic: Topic) -> bool:
    """Say whether a verb is the nearest above a topic, infinitives of its own left aside."""
    above = (a for a in governors(topic.head) if is_verbal(a))
    own = {"acl", "xcomp", "pcomp"}
    return next((a for a in above if a == verb or a.dep_ not in own), verb) == verb


def _with_particle(verb: Token) -> str:
    particle = next((c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod", "prep"}), "")
    return f"{verb.lemma_.lower()} {particle}".strip()


def _in_paper(verb: Token, topic: Topic, paper: Kind | None) -> ProvisionStatus | None:
    """Return the status of a point that has no cue of its own, from the paper it is in."""
    if paper is None:
        return None
    helper = modal(verb)
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
    if paper == "deal" and not denied and (point or set_up or _is_point(verb)):
        return "agreed"
    return None


def _is_shut_out(verb: Token) -> bool:
    """Say whether a point is that something is not to be: "would undertake not to admit"."""
    return any(a.dep_ == "xcomp" and is_negated(a) for a in (verb, *verb.children))


def _is_point(verb: Token) -> bool:
    """Say whether a sentence is a numbered point: "the second is", "point three is"."""
    found = subject(verb)
    return verb.lemma_ == "be" and found is not None and found.lower_ in _POINTS
