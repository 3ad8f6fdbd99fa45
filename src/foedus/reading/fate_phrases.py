"""Fates told in several words, and what a noun is to its verb: subject, object, one of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.things import PEOPLE, WEAPONS, is_a, is_gun, item_of

if TYPE_CHECKING:
    from foedus.reading.tokens import Token
    from foedus.reading.values import Role

GEAR = frozenset({"tank", "aircraft", "drone", "missile", "shell", "rocket"})
"""Machines of war that can be given and delivered."""
_TAKES_IN = frozenset({"take", "rush", "bring", "admit", "evacuate", "treat"})
_CLINICS = frozenset({"hospital", "clinic", "ward", "wound", "injury", "burn", "icu"})
_CAPTIVES = frozenset({"hostage", "abductee", "captive", "detainee"})
_HOMES = frozenset({"home", "house", "village", "flee", "land", "district"})
_REMAINS = frozenset({"body", "corpse", "remains"})
_FINDS = frozenset(
    {
        "recover",
        "find",
        "pull",
        "bring",
        "retrieve",
        "receive",
        "discover",
        "exhume",
        "collect",
        "identify",
        "unearth",
        "dig",
    }
)
_JOINS = frozenset({"participate", "join", "train", "rehearse", "drill"})
_FLIES = frozenset(
    {"carry", "fly", "conduct", "mount", "stage", "make", "perform", "undertake", "record"}
)
_STRIKES = frozenset({"bomb", "hit", "strike", "attack", "raid", "pound", "target", "bombard"})


def by_phrase(  # noqa: C901, PLR0911  # one return a phrase
    act: Token, below: Token
) -> Role | None:
    """Return the role of an act told in several words: "set free", "take part", "carry out"."""
    beside = {c.lower_ for c in act.children}
    item, lemma = item_of(below), act.lemma_.lower()
    if lemma in {"set", "let"} and beside & {"free", "go"}:
        return "released"
    if lemma == "bring" and beside & {"home", "back"} and item in PEOPLE:
        return "released"
    if lemma in _TAKES_IN and any(t.lemma_.lower() in _CLINICS for t in act.subtree if t.i > act.i):
        return "wounded"
    if lemma == "arrive" and (item in GEAR or is_gun(below)):
        return "delivered"
    captive = item == "prisoner" or below.lemma_.lower() in _CAPTIVES
    if lemma in {"go", "come", "return", "arrive", "be"} and captive and "home" in beside:
        return "released"
    if lemma == "get" and beside & {"out", "away"} and is_subject(act, below):
        return "displaced"
    if lemma in {"drive", "force", "chase"} and _from_home(act):
        return "displaced"
    if below.lemma_.lower() in _REMAINS and lemma in _FINDS:
        return "killed"
    joins = lemma == "involve" or (
        is_subject(act, below) and (lemma in _JOINS or (lemma == "take" and "part" in beside))
    )
    if item == "soldier" and joins:
        return "deployed"
    if (
        lemma == "reach"
        and item in WEAPONS | {None}
        and any(c.dep_ == "dobj" and c.lemma_ == "target" for c in act.children)
    ):
        return "hit"
    if lemma in _FLIES and (below.lemma_ == "sortie" or is_a(below, "attack")):
        return "launched"
    if item == "aircraft" and lemma in _STRIKES and is_subject(act, below):
        return "launched"
    return None


def _from_home(act: Token) -> bool:
    """Say whether somebody is driven from where he lives."""
    return any(t.lemma_.lower() in _HOMES for t in act.subtree if t.i > act.i)


def is_subject(act: Token, below: Token) -> bool:
    """Say whether what is counted does an act, rather than having it done to it."""
    if act.dep_ == "relcl" and act.head == below:
        return any(c.dep_ == "nsubj" and c.lower_ in {"that", "which", "who"} for c in act.children)
    if act.dep_ == "acl" and act.head == below:
        return act.tag_ == "VBG"
    has = any(c.dep_ == "aux" and c.lemma_ == "have" for c in act.children)
    below = first_of(below)
    return below.dep_ == "nsubj" and (act.tag_ != "VBN" or has)  # "eight others wounded"


def is_object(noun: Token) -> bool:
    """Say whether a noun, or the first of its row, is what something is done to."""
    return first_of(noun).dep_ in {"dobj", "nsubjpass"}


def first_of(noun: Token) -> Token:
    """Return the noun that has the place of a row: the first, or the last that took it from it."""
    while is_in_row(noun) and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    return noun


def is_in_row(noun: Token) -> bool:
    """Say whether a noun shares the place of another: "a midwife and two weavers"."""
    joined = noun.dep_ == "nmod" and any(c.dep_ == "cc" for c in noun.children)
    return joined or noun.dep_ in {"conj", "appos"}


def idiom(prep: Token, above: Token, noun: Token) -> tuple[Token, Role] | None:
    """Return what an idiom makes of the noun behind its preposition.

    "Set fire to eleven boats" hits them; "lost control of two towns" is their capture; an exercise
    "with 900 soldiers" deploys them.
    """
    if prep.lower_ == "with" and item_of(noun) in {"soldier", "aircraft", "tank"}:
        drills = any(is_a(token, "exercise") for token in prep.sent)
        return (above, "deployed") if drills else None
    if prep.lower_ == "of" and above.lemma_ == "control" and above.dep_ == "dobj":
        return above.head, "captured"
    if prep.lower_ == "to" and above.lower_ in {"fire", "setting", "set"}:
        verb = above if above.lemma_ == "set" else above.head
        if verb.lemma_ == "set" and any(c.lower_ == "fire" for c in verb.children):
            return verb, "hit"
    return None
