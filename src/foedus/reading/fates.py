"""What became of what is counted: launched, destroyed, killed, released and so on.

A role hangs on a verb ("were shot down"), on a noun ("the death toll", "a salvo of 30 rockets") or
on the counted word itself ("nine dead"). From a counted noun `fates` looks first at the clauses that
describe it and then climbs to what governs it, never through a phrase that only says where, when or
why. The words lie in ``data/fates.csv``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.clauses import (
    governors,
    is_negated,
    is_none,
    is_verbal,
    modal,
    share_a_row,
)
from foedus.reading.fate_phrases import (
    GEAR,
    by_phrase,
    first_of,
    idiom,
    is_in_row,
    is_object,
    is_subject,
)
from foedus.reading.phrases import rows
from foedus.reading.things import PEOPLE, WEAPONS, counted, item_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from foedus.reading.tokens import Token
    from foedus.reading.values import Role

SELF: dict[str, Role] = {
    **dict.fromkeys(["dead", "death", "deaths", "fatality", "fatalities"], "killed"),
    **dict.fromkeys(["wounded", "injured", "injury", "injuries"], "wounded"),
    **dict.fromkeys(["missing", "disappeared"], "missing"),
    **dict.fromkeys(["displaced"], "displaced"),
    **dict.fromkeys(["freed", "released"], "released"),
    **dict.fromkeys(["captured"], "captured"),
}  # fmt: skip
_THROUGH = frozenset({"of", "among", "amongst", "including", "like", "between", "for"})
_ON = frozenset({"at", "on", "against", "into"})
_AIMED = frozenset({"fire", "shell", "drop", "launch", "open", "strike", "attack", "raid", "shoot"})
_WITH = frozenset({"by", "with", "using"})
LIGHT = frozenset(
    {"be", "stand", "put", "have", "include", "report", "count", "say", "get", "see", "leave",
     "know", "confirm", "believe", "estimate", "think", "presume", "remain", "involve", "manage",
     "begin", "start", "continue", "plan", "agree", "decide", "vow", "offer", "propose", "demand",
     "want", "help", "claim", "record", "list", "feature", "total", "number", "comprise", "fear"}
)  # fmt: skip
_DEMANDS = frozenset(
    {"demand", "propose", "ask", "call", "seek", "want", "urge", "insist", "request", "offer", "require"}
)  # fmt: skip
_DOWN = frozenset({"shoot", "bring", "knock"})
_STRIKES = frozenset({"hit", "strike", "damage", "target", "tear", "pound", "pierce"})
_DONE_TO = frozenset(
    {"killed", "wounded", "captured", "released", "destroyed", "delivered", "other"}
)
"""Roles of what an act is done to, which whoever does it does not have."""
_BY_ITSELF = frozenset({"die", "perish", "succumb", "drown", "burn", "sink", "crash"})
_CLIMB_MOST = 12


@cache
def role_words(kind: str) -> dict[str, Role]:
    """Return the role that each word of a kind gives: verb or noun."""
    return {
        row["word"]: cast("Role", row["role"]) for row in rows("fates.csv") if row["kind"] == kind
    }


def own_fate(noun: Token) -> Role | None:
    """Return the role that a counted word says itself: "nine dead", "30 injuries"."""
    return SELF.get(noun.lower_)


def fates(noun: Token) -> Iterator[tuple[Token, Role]]:
    """Yield the acts that a counted noun stands with, the clauses that describe it first."""
    own = own_fate(noun)
    if own is not None:
        yield noun, own
        return
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"} and _is_told(child) and _is_about(child):
            role = SELF.get(child.lower_) or _of_act(child, noun)
            if role is not None:
                yield child, role
                if noun.pos_ == "NUM" and child.i == noun.i + 1:
                    return  # "260,000 displaced"
    yield from _above(noun)


def _is_about(clause: Token) -> bool:
    """Say whether a clause tells of the noun it hangs on, not of a part: "of which 20 were hit"."""
    return not any(
        c.dep_ in {"nsubj", "nsubjpass"} and (c.pos_ == "NUM" or counted(c) is not None)
        for c in clause.children
    ) and not any(
        c.dep_ == "prep" and any(w.lower_ in {"which", "whom"} for w in c.children)
        for c in clause.children
    )


def _above(  # noqa: PLR0911  # one return an end of the way up
    noun: Token,
) -> Iterator[tuple[Token, Role]]:
    """Yield the act above a noun, if there is one."""
    node = noun
    for _ in range(_CLIMB_MOST):
        above = node.head
        if above.i == node.i:
            return
        special = idiom(node, above, noun)
        if special is not None:
            yield special
            return
        prep = node.dep_ in {"prep", "agent"} and node != noun
        if prep and not _carries(node, noun):
            return
        if prep and node.lower_ in _ON:
            yield above, "hit"
            return
        role = _of_act(above, noun if prep or _joins(node, noun) else node)
        if role is not None:
            if not is_verbal(above) or _is_told(above):
                yield above, _wished(above, role)
            return
        found = _beside(above, node) if is_verbal(above) else None
        if found is not None:
            yield found
            return
        named = node.dep_ == "oprd" and above.lemma_ in {"call", "describe", "term"}
        if is_verbal(above) and above.lemma_.lower() not in LIGHT and not named:
            return
        node = above


def _joins(node: Token, noun: Token) -> bool:
    """Say whether a noun is one of several that share the place of the first: "tanks and guns"."""
    if node == noun or node.pos_ not in {"NOUN", "PROPN"}:
        return False
    return share_a_row(node, noun) or (is_in_row(noun) and noun.head == node)


def _carries(prep: Token, noun: Token) -> bool:
    """Say whether a phrase hands its noun on to what governs it: "a salvo of", "hit by".

    "In three villages" and "near a school" only say where.
    """
    word, item = prep.lower_, item_of(noun)
    if word in _THROUGH:
        return not (is_verbal(prep.head) and word in {"of", "between", "for"})
    if word in _WITH:
        return item in WEAPONS or item == "aircraft"
    if word in _ON:
        return prep.head.lemma_.lower() in _AIMED and item in {"other", "settlement"}
    return False


def _beside(verb: Token, node: Token) -> tuple[Token, Role] | None:
    """Return a role told beside a light verb: "were among the dead", "reported missing"."""
    for child in verb.children:
        if child == node or child.dep_ not in {
            "acomp", "attr", "prep", "advmod", "dobj", "xcomp", "oprd", "advcl", "ccomp",
        }:  # fmt: skip
            continue
        role = SELF.get(child.lower_)
        if role is None and child.lower_ in {"among", "for"} and child.dep_ == "prep":
            role = next((r for c in child.children if (r := _of_group(c))), None)
        if role is None and child.lower_ in {"unaccounted", "missing"}:
            role = "missing"
        if role is None and child.dep_ == "xcomp" and node.dep_ in {"nsubj", "nsubjpass"}:
            role = _of_act(child, node) if _is_told(child) else None
        if role is not None:
            return child, role
    return None


def _of_group(noun: Token) -> Role | None:
    """Return what became of a group that others are counted among: "the dead", "those freed"."""
    return own_fate(noun) or next(
        (
            role
            for child in noun.children
            if child.dep_ in {"acl", "relcl"}
            and (role := SELF.get(child.lower_) or _of_act(child, noun))
        ),
        None,
    )


def of_group(noun: Token) -> Role | None:
    """Return what became of the group that a noun names; None when it does not say."""
    return _of_group(noun)


def _is_told(verb: Token) -> bool:
    """Say whether a verb tells of something done or planned, not denied and not merely possible."""
    if is_negated(verb) or modal(verb) in {"might", "may", "could", "can"}:
        return False
    return not any(is_none(child) for child in verb.children if child.dep_ == "nsubjpass")


def _wished(act: Token, role: Role) -> Role:
    """Turn a release into a demand, and a delivery into a promise, when that is what is told."""
    for above in governors(act):
        if is_verbal(above) and above.lemma_.lower() in _DEMANDS and above != act:
            return "demanded" if role == "released" else role
    if role == "delivered" and (modal(act) is not None or _promised(act)):
        return "pledged"
    return role


def _promised(act: Token) -> bool:
    return any(a.lemma_ in {"agree", "promise", "pledge", "offer", "vow"} for a in governors(act))


def _of_act(act: Token, below: Token) -> Role | None:
    """Return what an act makes of the thing counted below it."""
    kind = "verb" if is_verbal(act) or act.pos_ == "VERB" else "noun"
    role = role_words(kind).get(act.lemma_.lower()) or role_words(kind).get(act.lower_)
    if role is None and kind == "verb":
        role = by_phrase(act, below)
    if role is None:
        return _losing(act, below) if act.lemma_ == "lose" else _leaving(act, below)
    if kind == "noun":
        return role
    return _with_grammar(act, below, role)


def _with_grammar(  # noqa: PLR0911  # one case of grammar a branch
    act: Token, below: Token, role: Role
) -> Role | None:
    """Return an act's role, changed or refused by who does it to what."""
    lemma, item, subject = act.lemma_.lower(), item_of(below), is_subject(act, below)
    if (phrased := by_phrase(act, below)) is not None:
        return phrased
    if item in WEAPONS and subject and role in {"hit", "destroyed", "killed", "wounded"}:
        return "hit" if lemma == "get" else "launched"
    if lemma in _STRIKES:
        return "launched" if item in WEAPONS and not is_object(below) else "hit"
    if lemma in _DOWN and not any(c.lower_ in {"down", "out"} for c in act.children):
        return None
    if lemma in _PECULIAR:
        return _PECULIAR[lemma](act, below)
    if role == "released" and item in GEAR:
        return "delivered"
    if subject and role in _DONE_TO:
        if lemma == "return" and item in {"prisoner", None}:
            return "released"
        return role if lemma in _BY_ITSELF or (lemma == "withdraw" and item == "soldier") else None
    return role


def _falling(act: Token, below: Token) -> Role | None:
    """Return what falls: weapons are fired, towns taken, soldiers killed."""
    item, subject = item_of(below), is_subject(act, below)
    if item in WEAPONS:
        return "launched"
    if item == "settlement":
        return "captured"
    alone = not any(c.dep_ in {"prep", "prt"} for c in act.children)
    return "killed" if item == "soldier" and subject and alone else None


def _entering(act: Token, below: Token) -> Role | None:
    """Return a settlement entered as captured."""
    return "captured" if item_of(below) == "settlement" and not is_subject(act, below) else None


def _sending(act: Token, below: Token) -> Role | None:
    """Return what is sent: weapons are fired, soldiers deployed, anything else delivered."""
    item = item_of(below)
    if is_subject(act, below):
        return None
    return "launched" if item in WEAPONS else "deployed" if item == "soldier" else "delivered"


def _costing(act: Token, below: Token) -> Role | None:
    """Return lives that an act costs or claims as killed."""
    del act
    return "killed" if below.lemma_ == "life" else None


def _taking(act: Token, below: Token) -> Role | None:
    """Return what is taken: lives, places, and people when taken prisoner."""
    item = item_of(below)
    if below.lemma_ == "life":
        return "killed"
    if item is None or item in PEOPLE - {"prisoner"}:
        held = {"prisoner", "hostage", "captive"} & {c.lower_ for c in act.children}
        return "captured" if held or below.lemma_ == "hostage" else None
    return None if is_subject(act, below) else "captured"


def _moving(act: Token, below: Token) -> Role | None:
    """Return people who are moved, or who move somewhere, as displaced."""
    still = is_subject(act, below) and not any(c.lower_ == "to" for c in act.children)
    return None if still else "displaced"


def _getting(act: Token, below: Token) -> Role | None:
    """Return what got through as a hit."""
    del below
    return "hit" if any(c.lower_ == "through" for c in act.children) else None


def _giving_troops(act: Token, below: Token) -> Role | None:
    """Return soldiers who are based or contributed as deployed."""
    return None if is_subject(act, below) else "deployed"


def _losing(act: Token, below: Token) -> Role | None:
    """Return what is lost: soldiers and lives are killed, machines destroyed, land captured."""
    item = item_of(below)
    passive = act.dep_ in {"acl", "relcl"} or first_of(below).dep_ == "nsubjpass"
    lives = any(c.dep_ == "dobj" and c.lemma_ == "life" for c in act.children)
    if lives or (below.lemma_ == "life" and (is_object(below) or passive)):
        return "killed"
    if not (is_object(below) or passive):
        return None
    if item in PEOPLE:
        return "killed"
    if item == "settlement":
        return "captured"
    return "destroyed" if item in {"aircraft", "tank", "drone", "other"} else None


def _leaving(act: Token, below: Token) -> Role | None:
    """Return what a strike left people: dead, wounded, missing, homeless; or that they left."""
    if act.lemma_ != "leave":
        return None
    if is_subject(act, below):
        return "displaced" if any(c.dep_ in {"dobj", "prep"} for c in act.children) else None
    for word in act.subtree:
        if word.i > act.i:
            role = "displaced" if word.lower_ == "homeless" else SELF.get(word.lower_)
            if role is not None and word.i - below.i < _CLIMB_MOST:
                return role
    return None


_PECULIAR: dict[str, Callable[[Token, Token], Role | None]] = {
    "fall": _falling,
    "enter": _entering,
    "send": _sending,
    "claim": _costing,
    "cost": _costing,
    "take": _taking,
    "leave": _leaving,
    "move": _moving,
    "get": _getting,
    "base": _giving_troops,
    "contribute": _giving_troops,
}
"""Verbs whose role hangs on what they are said of."""
