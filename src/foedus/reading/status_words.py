"""The words that say how far a part of a deal has come, and what a verb's tense says of it.

The cues lie in ``data/status_cues.csv``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.anchors import Sieve
from foedus.reading.clauses import modal, own_subject
from foedus.reading.parsed import once
from foedus.reading.phrases import compiled, rows

if TYPE_CHECKING:
    import re

    from foedus.reading.tokens import Doc, Token
    from foedus.reading.topics import Topic
    from foedus.reading.values import ProvisionStatus

KEEPERS = frozenset({"peacekeepers", "monitoring", "multinational-force"})
"""The provisions that are people who keep a peace."""
MAYBE = frozenset({"would", "could", "might", "may"})
"""The modals of what only might be."""
_HOLDS = frozenset(
    {"hold", "begin", "start", "remain", "continue", "operate", "fall", "return", "stay"}
)
_STANDS = frozenset(
    {"ceasefire", "peacekeepers", "monitoring", "military-aid", "intelligence-sharing",
     "multinational-force", "demilitarised-zone", "humanitarian-corridor"}
)  # fmt: skip

_GUESSES = ("likely", "potentially", "could", "might", "may", "possibly", "expected")
_FIRST: tuple[ProvisionStatus, ...] = (
    "off-the-table", "suspended", "rejected", "discussed", "in-force", "agreed", "proposed",
)  # fmt: skip


@cache
def cues(where: str) -> dict[str, ProvisionStatus]:
    """Return the status that each cue of a kind says: verb, phrase or modifier."""
    return {
        row["cue"]: cast("ProvisionStatus", row["status"])
        for row in rows("status_cues.csv")
        if row["where"] == where
    }


Phrase = tuple["re.Pattern[str]", "ProvisionStatus", bool]
"""A phrase, the status that it says, and whether it is but a writer's guess."""


@cache
def _phrases() -> tuple[Phrase, ...]:
    """Return the phrases; those that take back come first: "close to a deal on" is no deal."""
    told = sorted(cues("phrase").items(), key=lambda item: _FIRST.index(item[1]))
    return tuple((compiled(cue), status, cue.startswith(_GUESSES)) for cue, status in told)


@cache
def _sieve() -> Sieve:
    return Sieve([pattern for pattern, _, _ in _phrases()])


@once
def phrases_in(doc: Doc) -> tuple[Phrase, ...]:
    """Return the phrases that clauses of a line may have, in their order."""
    return tuple(_phrases()[number] for number in _sieve().possible_in(doc))


def with_particle(verb: Token) -> str:
    """Return a verb with its particle: "rule out"."""
    particle = next((c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod", "prep"}), "")
    return f"{verb.lemma_.lower()} {particle}".strip()


def has_come(verb: Token, topic: Topic) -> bool:
    """Say whether a verb tells that a part of a deal is there: done, or holding by itself."""
    beside = helpers(verb)
    let = verb.dep_ == "ccomp" and verb.head.lemma_ in {"let", "make", "help", "have", "see"}
    plain = verb.tag_ == "VB" and not beside and own_subject(verb) is not None and not let
    bare = (verb.tag_ == "VB" and not plain) or any(c.tag_ in {"VB", "TO"} for c in beside)
    going_on = verb.tag_ == "VBG" and any(c.lemma_ == "be" for c in beside)
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


def helpers(verb: Token) -> list[Token]:
    """Return the auxiliaries of a verb."""
    return [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]


def is_finite(verb: Token) -> bool:
    """Say whether a verb heads a clause with a tense: not "joining", not "to leave"."""
    if verb.tag_ in {"VBZ", "VBP", "VBD"} or modal(verb) is not None:
        return True
    return any(c.tag_ in {"VBZ", "VBP", "VBD"} for c in helpers(verb))
