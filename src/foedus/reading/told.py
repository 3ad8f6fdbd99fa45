"""How far a part of a deal has come by what a clause about it says: "the truce that Sundria proposed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import clause, is_negated, is_none, modal
from foedus.reading.cues import frames
from foedus.reading.phrases import compiled
from foedus.reading.status_words import KEEPERS, MAYBE, cues, has_come, helpers, with_particle

if TYPE_CHECKING:
    from foedus.reading.tokens import Token
    from foedus.reading.topics import Topic
    from foedus.reading.values import ProvisionStatus

_LETS = frozenset(
    {"let", "allow", "permit", "enable", "help", "make", "have", "require", "oblige", "want"}
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
_IN_FORCE = compiled("(is|are|was|has been) (still |now )?(holding|in force|in effect|in place|under way)"
    "|(came|entered|went|has come|comes) into (force|effect)|took effect|still holds|has held")  # fmt: skip
_ASKS_THAT = frozenset(
    {"propose", "suggest", "demand", "recommend", "insist", "request", "ask", "urge", "require",
     "stipulate", "advocate", "move"}
)  # fmt: skip
_KEEPS = frozenset(
    {"patrol", "monitor", "watch", "guard", "police", "man", "verify", "observe", "oversee",
     "supervise", "separate", "keep"}
)  # fmt: skip


def is_wished(verb: Token) -> bool:
    """Say whether a clause is only what somebody wants to be: "proposed that monitors watch it"."""
    bare = verb.tag_ in {"VB", "VBP"} and not helpers(verb)
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children)
    return verb.dep_ == "ccomp" and bare and marked and verb.head.lemma_ in _ASKS_THAT


def is_at_work(topic: Topic) -> bool:
    """Say whether a clause about those who keep a peace says that they do: "who patrol the line"."""
    if topic.provision not in KEEPERS or is_none(topic.head):
        return False
    return any(
        child.dep_ == "relcl"
        and child.lemma_ in _KEEPS
        and child not in topic.tokens
        and not is_negated(child)
        and any(c.dep_ == "nsubj" and c.tag_ in {"WP", "WDT"} for c in child.children)
        and has_come(child, topic)
        for noun in _nouns(topic)
        for child in noun.children
    )


def _nouns(topic: Topic) -> list[Token]:
    """Return a topic's words and those whose it is: "observers of the bloc, who patrol"."""
    whose = [
        noun
        for prep in topic.head.children
        if prep.dep_ == "prep" and prep.lower_ in {"of", "from", "with", "between"}
        for noun in prep.children
    ]
    return [topic.head, *topic.tokens, *whose]


def described(topic: Topic, verb: Token) -> tuple[ProvisionStatus | None, Token]:
    """Return the status that a clause about a topic gives: "the truce that Sundria proposed"."""
    if modal(verb) in MAYBE:
        return None, verb
    for child in (c for noun in _nouns(topic) for c in noun.children):
        if child.dep_ in {"relcl", "acl"} and not is_negated(child) and modal(child) is None:
            found = cues("verb").get(with_particle(child)) or cues("verb").get(child.lemma_)
            if found in {"proposed", "agreed", "rejected", "discussed", "suspended"}:
                return found, child
            if child.dep_ == "relcl" and _IN_FORCE.search(" ".join(t.text for t in clause(child))):
                return "in-force", child
            if child.dep_ == "relcl" and child.lemma_ in {"begin", "start", "resume", "continue"}:
                return ("in-force" if child.tag_ in {"VBD", "VBZ"} else None), child
    return None, verb


def stands_apart(verb: Token) -> bool:
    """Say whether what governs a clause says nothing of it: a clause beside, or one of time."""
    if verb.dep_ == "advcl":
        return any(
            c.dep_ in {"mark", "advmod"} and c.lower_ in _SUBORDINATES for c in verb.children
        )
    if verb.dep_ != "ccomp":
        return False
    head = verb.head.lemma_.lower()
    told = head in frames() or head in cues("verb") or head in _LETS
    return not told
