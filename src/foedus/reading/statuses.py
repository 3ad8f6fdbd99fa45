"""How far a part of a deal has come, and the word that says so.

The nearest cue above the words decides, so that "agreed on a framework and discussed deterrence" is
one of each, and "agreed to discuss" is discussed. An act of its own tells by its tense: what was
exchanged is in force, what is to be exchanged follows its paper. A standing wish or refusal ("wants",
"rejects") is a position and no status.
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
    modal,
    own_subject,
)
from foedus.reading.papers import has_paper_subject
from foedus.reading.phrases import compiled
from foedus.reading.points import in_paper, of_paper
from foedus.reading.status_words import (
    KEEPERS,
    MAYBE,
    cues,
    has_come,
    helpers,
    is_finite,
    phrases_in,
    with_particle,
)
from foedus.reading.told import described, is_at_work, is_wished, stands_apart

if TYPE_CHECKING:
    from foedus.reading.papers import Kind
    from foedus.reading.tokens import Token
    from foedus.reading.topics import Topic
    from foedus.reading.values import ProvisionStatus

_OFF = compiled("it ?('s|is|was|remains) (\\w+ ){0,2}(off the table|out of the question)")
_STANDING = frozenset(
    {"want", "insist", "seek", "support", "urge", "favour", "favor", "welcome", "back", "oppose"}
)
_WISHES = frozenset(
    {"appeal", "call", "demand", "request", "push", "plea", "hope", "need", "condition", "support"}
)
_AGAINST = frozenset({"rejected", "suspended", "off-the-table", "proposed"})
_TO_ITS_OBJECT = frozenset({"agreed", "discussed", "proposed", "rejected"})
_ASIDE = frozenset({"with", "in", "by", "at", "from", "under", "through", "near", "despite", "as"})
_NOT_IN = compiled(
    "(there (is|was|were|are)|contains?|contained|has|had|makes?|made) no <6> in the"
    " (text|plan|deal|draft|agreement|treaty|document|proposal|accord|paper)"
    "|no (provision|mention|clause|word) <1>(for|of|about)"
)
_DATES = frozenset(
    {"after", "before", "until", "since", "during", "pending", "despite", "without", "amid"}
)
_ASKED = frozenset({"who", "whose", "how", "whether", "what", "if", "why"})
_GIVES_UP = frozenset({"renounce", "drop", "abandon", "forgo", "forswear", "shelve"})
_VIOLATES = frozenset({"violate", "breach", "break"})
_SILENT = frozenset({"silent", "mute", "vague", "unclear", "coy"})
_ACCUSES = frozenset({"accuse", "blame", "suspect", "fear", "doubt"})
_LEAVES = frozenset({"pull", "draw", "withdraw"})
_JOINED = frozenset({"nato-membership", "eu-membership"})
_GOES = frozenset({"leave", "depart"})
_GIVEN = frozenset(
    {"military-aid", "air-defence", "intelligence-sharing", "economic-support", "peacekeepers",
     "prepositioned-stocks", "multinational-force", "reconstruction", "monitoring"}
)  # fmt: skip
GIVES = frozenset(
    {"send", "provide", "give", "supply", "deliver", "hand", "share", "station", "deploy", "donate",
     "contribute", "lend", "transfer", "ship"}
)  # fmt: skip
_OPENS = frozenset(
    {"open", "reopen", "lift", "ease", "release", "free", "withdraw", "join", "take", "exchange",
     "monitor", "patrol", "verify", "police", "oversee", "guard", "lead", "host"}
)  # fmt: skip
_PAST = frozenset(
    {"earlier", "previous", "past", "former", "prior", "old", "failed", "short-lived"}
)
_READY = frozenset({"ready", "prepared", "willing", "open", "keen"})
_PRESENT = frozenset({"VBZ", "VBP", "VBD", "VBN"})


def status_of(  # noqa: C901, PLR0911, PLR0912  # a ladder: the first rung that holds decides
    topic: Topic, paper: Kind | None
) -> tuple[ProvisionStatus | None, Token]:
    """Return how far a provision has come, and the word that says so."""
    head = topic.head
    nearest = next((a for a in governors(head) if is_verbal(a)), head)
    if _is_off_the_table(topic):
        return "off-the-table", nearest
    if _is_aside(topic, nearest) or any(a.lemma_ in _ACCUSES for a in governors(head)):
        return None, nearest
    if not is_verbal(nearest) and any(t.tag_ == "VBZ" for t in topic.tokens):
        return "in-force", head  # "shares intelligence", with the verb taken for a noun
    if _is_readiness(head):
        return "proposed", nearest
    if any(c.dep_ == "amod" and c.lower_ in _PAST for c in head.children):
        return None, nearest
    for child in head.children:
        if child.dep_ in {"amod", "compound"} and child.lower_ in cues("modifier"):
            return cues("modifier")[child.lower_], child
    if is_at_work(topic):
        return "in-force", nearest
    wished = sibling = False
    point: ProvisionStatus | None = None
    for above in governors(head):
        if not is_verbal(above):
            wished = wished or _is_wish(above, topic)
            continue
        if sibling:  # what is joined to a clause does not govern it
            sibling = above.dep_ == "conj"
            continue
        sibling = above.dep_ == "conj" and is_verbal(above.head)
        if is_conditional(above) or _comes_after(above):
            return None, above
        if is_wished(above):
            continue  # "proposed that observers verify the truce"
        if above.lemma_ in _STANDING and not has_paper_subject(above, topic):
            return None, above
        found = of_paper(above, topic)
        if found is not None and above in topic.tokens and not is_finite(above):
            point, found = found, None  # a bid that is given up under the plan
        found = found or _said_by(above, topic)
        if found is not None:
            return (None if wished and found not in _AGAINST else found), above
        if stands_apart(above):
            break
    verb = next((a for a in governors(head) if is_verbal(a) and is_finite(a)), nearest)
    point = point or in_paper(verb, topic, paper)
    if point is None:
        point, verb = described(topic, verb)
    return (None if wished else point), verb


def _is_wish(noun: Token, topic: Topic) -> bool:
    """Say whether a noun that governs a topic wishes for it; one only beside it does not.

    Of "economic support, and a promise to impose sanctions" the support wishes for nothing.
    """
    if noun.lemma_.lower() not in _WISHES or noun in topic.tokens:
        return False
    return not any(c.dep_ == "conj" and topic.head in c.subtree for c in noun.children)


def is_refusal(verb: Token) -> bool:
    """Say whether a verb tells that somebody said no."""
    name = cues("verb").get(with_particle(verb)) or cues("verb").get(verb.lemma_.lower())
    told = verb.tag_ in {"VBD", "VBN"} and modal(verb) is None
    return name == "rejected" and told and not is_negated(verb)


def _is_readiness(head: Token) -> bool:
    """Say whether somebody is only ready for it: "stood ready to send", "is open to"."""
    for above in governors(head):
        if above.dep_ in {"acomp", "oprd"}:
            near = [*above.children, *(c for p in above.children for c in p.children)]
            does = any(c.dep_ in {"xcomp", "pcomp"} and c.lemma_ in GIVES | _OPENS for c in near)
            return does and above.lower_ in _READY and not is_negated(above.head)
        if is_verbal(above) and is_finite(above):
            return False
    return False


def _is_aside(topic: Topic, nearest: Token) -> bool:
    """Say whether a topic only dates or places another, or is asked about."""
    head = topic.head
    if _is_passed_over(head):
        return True
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
        c.dep_ in {"advmod", "mark"}
        and c.lower_ in {"once", "when", "until", "after", "before"}
        and not (c.i and c.nbor(-1).lower_ == "at")
        for c in verb.children
    )


def _is_a_violation(verb: Token, topic: Topic) -> bool:
    """Say whether a verb only charges somebody with breaking a term, which need not end it.

    "Velmark broke the truce" is one act against it; "the truce broke" is its end.
    """
    if verb.lemma_ not in _VIOLATES or any(c.dep_ == "prt" for c in verb.children):
        return False
    return any(
        c.dep_ == "dobj" or (c.dep_ == "nsubjpass" and verb.lemma_ != "break")
        for c in verb.children
        if topic.head in c.subtree
    )


def _is_passed_over(head: Token) -> bool:
    """Say whether a text is told to leave a thing out: "is silent on", "says nothing about"."""
    for above in governors(head):
        if above.lower_ in _SILENT and above.dep_ in {"acomp", "oprd"}:
            return True
        if above.lemma_ == "say" and any(
            c.dep_ == "dobj" and c.lower_ in {"nothing", "little"} for c in above.children
        ):
            return True
        if is_verbal(above) and is_finite(above):
            return False
    return False


def _said_by(  # noqa: C901, PLR0911, PLR0912  # a ladder: the first rung that holds decides
    verb: Token, topic: Topic
) -> ProvisionStatus | None:
    """Return the status that one verb gives to what it governs; None when it says nothing."""
    found = cues("verb").get(verb.lemma_.lower())
    if verb in topic.tokens:
        found = found or cues("verb").get(with_particle(verb))
        if found != "in-force" or topic.provision in {"ceasefire", "withdrawal"}:
            return _own_act(verb, topic)
    else:
        found = cues("verb").get(with_particle(verb)) or found
    given = _given(verb, topic)
    if given is not None:
        return given
    if any(t.lower_ == "no" for t in clause(verb)) and _NOT_IN.search(_own_text(verb)):
        return "off-the-table"
    if found in {"rejected", "suspended", "in-force"} and modal(verb) in MAYBE:
        return "rejected" if topic.provision in _JOINED and verb.lemma_ in _GIVES_UP else None
    violated = _is_a_violation(verb, topic)
    unfinished = found == "agreed" and any(c.lower_ == "to" for c in helpers(verb))
    if found is not None and (unfinished or violated or not _governs(verb, topic, found)):
        found = None
    if found == "agreed" and any(c.lower_ == "yet" for c in (*verb.children, *verb.head.children)):
        return "discussed" if verb.dep_ == "xcomp" or is_negated(verb) else found
    if found == "rejected" and verb.tag_ in {"VBZ", "VBP"} and not helpers(verb):
        return None
    if _ends_a_war(verb, topic, found):
        return "in-force" if has_come(verb, topic) else None
    if found in {"rejected", "suspended"} and not is_negated(verb) and verb.lemma_ not in _GOES:
        return found
    if found == "suspended" and topic.provision in KEEPERS and topic.head.dep_ == "nsubj":
        return None if is_negated(verb) or modal(verb) else found  # "left at the junta's demand"
    told, phrased = _by_phrase(verb, topic, found)
    if told:
        return phrased
    if verb.lemma_ == "be" and is_none(topic.head) and topic.head.dep_ == "attr":
        return "rejected" if modal(verb) else "off-the-table"
    if found is None:
        return None
    given_up = verb.lemma_ == "give" and found == "off-the-table"
    if verb.lemma_ in _GOES or (given_up and topic.provision not in _JOINED):
        return None  # captives given up are let go
    if found == "off-the-table" and topic.provision in _JOINED:
        return "rejected"  # a bid that is dropped is given up
    if found == "in-force" and not has_come(verb, topic):
        return None
    if is_negated(verb) or is_none(topic.head):
        return _denied(found, verb)
    if found == "agreed" and modal(verb) in {"would", "could", "might", "may"}:
        return "proposed"
    return found


def _ends_a_war(verb: Token, topic: Topic, found: ProvisionStatus | None) -> bool:
    """Say whether a truce is what ends something, not what ends: "the truce stopped the war"."""
    ends = found == "suspended" and topic.provision == "ceasefire" and topic.head.dep_ == "nsubj"
    return ends and topic.head.head == verb and any(c.dep_ == "dobj" for c in verb.children)


def _by_phrase(
    verb: Token, topic: Topic, found: ProvisionStatus | None
) -> tuple[bool, ProvisionStatus | None]:
    """Return whether a phrase of a clause gives a status, and which: None for a wish denied."""
    possible = phrases_in(verb.doc)
    text = _own_text(verb) if possible else ""
    for pattern, status, guess in possible:
        if guess and topic.head.i < verb.i:
            continue  # what a framework likely involves is discussed, not the framework
        if found == "agreed" and status == "proposed":
            continue  # what accepts a proposal is no proposal
        if pattern.search(text) and _is_near(verb, topic):
            denied = is_negated(verb) and status not in {"off-the-table", "discussed"}
            return True, None if denied and status == "proposed" else (
                "rejected" if denied else status
            )
    return False, None


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


def _given(verb: Token, topic: Topic) -> ProvisionStatus | None:
    """Return the status of what somebody gives: "will send batteries" is agreed, "sent" in force."""
    if topic.provision not in _GIVEN or verb.lemma_ not in GIVES or is_negated(verb):
        return None
    if topic.head.head != verb or topic.head.dep_ not in {"dobj", "nsubjpass", "conj"}:
        return None
    going_on = verb.tag_ == "VBG" and any(c.lemma_ == "be" for c in helpers(verb))
    if modal(verb) == "will" or going_on:
        return "agreed"
    return "in-force" if has_come(verb, topic) else None


def _own_act(verb: Token, topic: Topic) -> ProvisionStatus | None:
    """Return the status of a part of a deal that is itself an act.

    Done, it is in force ("the shelling stopped"); what somebody says he will give, he has agreed to.
    """
    said = cues("verb").get(verb.lemma_)
    if verb.lemma_ in {"promise", "pledge", "offer"} and not is_negated(verb):
        return said if modal(verb) not in MAYBE else None
    gives = topic.provision in _GIVEN and modal(verb) == "will" and not is_negated(verb)
    if gives and own_subject(verb) is not None:
        return "agreed"
    moves = topic.provision == "withdrawal" and verb.lemma_ in _LEAVES
    done = (topic.provision == "ceasefire" or moves) and has_come(verb, topic)
    done = done and not is_negated(verb)
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
    own = with_particle(verb).endswith(f" {branch.lower_}") and with_particle(verb) in cues("verb")
    if branch.dep_ == "prep" and branch.lower_ in _ASIDE and not own:
        return False
    return status != "in-force" or _is_near(verb, topic)


def _denied(status: ProvisionStatus, verb: Token) -> ProvisionStatus | None:
    """Return what a denied status is: not agreed is refused, not discussed is off the table.

    What "has not been signed" still may be.
    """
    pending = is_passive(verb) and any(c.lower_ in {"has", "have"} for c in helpers(verb))
    if status == "agreed" and pending:
        return "discussed"
    if status in {"agreed", "in-force"}:
        return "rejected" if status == "agreed" else None
    return "off-the-table" if status == "discussed" else None


def _is_near(verb: Token, topic: Topic) -> bool:
    """Say whether a verb is the nearest above a topic, infinitives of its own left aside."""
    above = (a for a in governors(topic.head) if is_verbal(a))
    own = {"acl", "xcomp", "pcomp"}
    return next((a for a in above if a == verb or a.dep_ not in own), verb) == verb
