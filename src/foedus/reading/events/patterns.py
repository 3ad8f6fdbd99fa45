"""Acts that a verb tells by itself or with its object, by the table ``data/acts.csv``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.events.act import make
from foedus.reading.events.grammar import doer_of, preps, thing_of
from foedus.reading.phrases import rows
from foedus.reading.quantities import is_a

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Token

    from foedus.reading.events.act import Act, Scene
    from foedus.reading.names import Names
    from foedus.reading.values import EventMode, EventType

_CALLED_OFF = frozenset(["suspend", "break", "cancel", "call", "postpone"])
_STANDING = frozenset(["REJECT", "AGREE", "THREATEN", "SUPPORT"])


@cache
def patterns() -> dict[str, tuple[dict[str, str], ...]]:
    """Return the rows of the table by verb."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("acts.csv"):
        found.setdefault(row["verb"], []).append(row)
    return {verb: tuple(listed) for verb, listed in found.items()}


def by_pattern(scene: Scene, verb: Token) -> Act | None:
    """Return the act that a verb tells of by the first row of the table that fits."""
    for row in patterns().get(verb.lemma_.lower(), ()):
        if _fits(scene.names, verb, row):
            return _from_row(scene, verb, row)
    return None


def _leaves_agreement(verb: Token) -> bool:
    noun = preps(verb).get("of") or preps(verb).get("from")
    return noun is not None and (is_a(noun, "agreement") or noun.pos_ == "PROPN")


def _moves_soldiers(verb: Token) -> bool:
    nouns = [n for n in (thing_of(verb), doer_of(verb)) if n is not None]
    return any(is_a(n, "soldier") or n.lemma_ in {"force", "army"} for n in nouns)


def _is_done_to_actor(names: Names, verb: Token) -> bool:
    thing = thing_of(verb)
    return thing is not None and bool(names.actors(thing))


def _asks_actor(names: Names, verb: Token) -> bool:
    to_do = any(c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VB" for c in verb.children)
    asked = thing_of(verb) is None or _is_done_to_actor(names, verb)
    return asked and ("for" in preps(verb) or to_do)


def _strikes_off(names: Names, verb: Token) -> bool:
    return _is_done_to_actor(names, verb) and any(c.lower_ == "off" for c in verb.children)


def _is_done_to_place(names: Names, verb: Token) -> bool:
    thing = thing_of(verb)
    return thing is not None and names.place(thing) is not None


_SHAPES: dict[str, Callable[[Token], bool]] = {
    "any": bool,
    "none": lambda verb: thing_of(verb) is None,
    "on": lambda verb: "on" in preps(verb),
    "for": lambda verb: "for" in preps(verb),
    "with": lambda verb: "with" in preps(verb),
    "content": lambda verb: any(c.dep_ == "ccomp" for c in verb.children),
    "of-agreement": _leaves_agreement,
    "soldier-any": _moves_soldiers,
}
_SHAPES_WITH_NAMES: dict[str, Callable[[Names, Token], bool]] = {
    "place": _is_done_to_place,
    "actor": _is_done_to_actor,
    "actor-for": _asks_actor,
    "actor-off": _strikes_off,
}


def _fits(names: Names, verb: Token, row: dict[str, str]) -> bool:
    particles = {c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod", "prep"}}
    wanted = row["object"]
    if row["particle"] and row["particle"] not in particles:
        return False
    if wanted in _SHAPES:
        return _SHAPES[wanted](verb)
    if wanted in _SHAPES_WITH_NAMES:
        return _SHAPES_WITH_NAMES[wanted](names, verb)
    noun = doer_of(verb) if wanted.endswith("-subject") else thing_of(verb)
    return noun is not None and is_a(noun, wanted.removesuffix("-subject"))


def _is_habit(verb: Token) -> bool:
    """Say whether a verb tells a standing attitude: "rejects", "agree"."""
    helped = any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
    return verb.tag_ in {"VBZ", "VBP"} and not helped


def _asks_whether(verb: Token) -> bool:
    return any(
        c.dep_ in {"ccomp", "mark"} and any(w.lower_ in {"whether", "if"} for w in c.subtree)
        for c in verb.children
    )


def _consulted(names: Names, verb: Token) -> Iterator[str]:
    behind = preps(verb)
    for noun in (thing_of(verb), behind.get("with"), behind.get("between")):
        if noun is None:
            continue
        found = names.parties(noun)
        if not found:
            for child in noun.children:
                if child.dep_ == "prep" and child.lower_ in {"with", "between", "of", "among"}:
                    for inner in child.children:
                        if inner.dep_ == "pobj":
                            yield from names.parties(inner)
            yield from (actor.name for actor in names.modifiers(noun))
        yield from found


def _from_row(scene: Scene, verb: Token, row: dict[str, str]) -> Act | None:
    doer, thing, behind = doer_of(verb), thing_of(verb), preps(verb)
    type_ = cast("EventType", row["type"])
    actors = scene.names.parties(doer) if doer is not None else ()
    if type_ in _STANDING and _is_habit(verb):
        return None
    if type_ == "REQUEST" and _asks_whether(verb):
        return None
    if type_ == "CONSULT":
        actors += tuple(_consulted(scene.names, verb))
        if row["verb"] == "meet" and not actors:
            return None
    slot = row["recipient"]
    target = thing if slot in {"dobj", "attack"} else behind.get(slot)
    recipients = scene.names.parties(target) if target is not None else ()
    if type_ == "AGREE" and "with" in behind:
        actors += scene.names.parties(behind["with"])
    mode = cast("EventMode | None", row["mode"] or None)
    act = make(scene, verb, (type_, mode), actors, recipients)
    if act is None:
        return None
    if type_ == "CONSULT":
        if row["verb"] in _CALLED_OFF:
            act.status = "called-off"
        if mode == "meeting" and len(act.actors) < 2 and not (act.days and act.place):
            return None
    return act if act.actors or type_ in {"AID", "RETREAT"} else None
