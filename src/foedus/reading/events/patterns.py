"""Acts that a verb tells by itself or with its object, by the table ``data/acts.csv``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.clauses import is_passive
from foedus.reading.events.act import make
from foedus.reading.events.grammar import doer_of, particles, preps, thing_of
from foedus.reading.events.nouns import participants
from foedus.reading.events.voices import parties
from foedus.reading.phrases import rows
from foedus.reading.quantities import is_a

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Token

    from foedus.reading.events.act import Act, Scene
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


def by_pattern(scene: Scene, verb: Token) -> tuple[Act, ...]:
    """Return the acts that a verb tells of by the first row of the table that fits."""
    for row in patterns().get(verb.lemma_.lower(), ()):
        if _fits(scene, verb, row):
            acts = _brokered(scene, verb, row) or (_from_row(scene, verb, row),)
            return tuple(act for act in acts if act is not None)
    return ()


def _leaves_agreement(verb: Token) -> bool:
    noun = preps(verb).get("of") or preps(verb).get("from")
    return noun is not None and (is_a(noun, "agreement") or noun.pos_ == "PROPN")


def _moves_soldiers(verb: Token) -> bool:
    nouns = [n for n in (thing_of(verb), doer_of(verb)) if n is not None]
    return any(is_a(n, "soldier") or n.lemma_ in {"force", "army"} for n in nouns)


def _is_done_to_actor(scene: Scene, verb: Token) -> bool:
    thing = thing_of(verb)
    return thing is not None and bool(parties(scene, thing))


def _asks_actor(scene: Scene, verb: Token) -> bool:
    to_do = any(c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VB" for c in verb.children)
    passive = is_passive(verb) and bool(parties(scene, doer_of(verb)))
    asked = thing_of(verb) is None or passive or _is_done_to_actor(scene, verb)
    return asked and ("for" in preps(verb) or to_do)


def _strikes_off(scene: Scene, verb: Token) -> bool:
    return _is_done_to_actor(scene, verb) and any(c.lower_ == "off" for c in verb.children)


def _is_done_to_place(scene: Scene, verb: Token) -> bool:
    thing = thing_of(verb)
    return thing is not None and scene.names.place(thing) is not None


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
_SHAPES_WITH_NAMES: dict[str, Callable[[Scene, Token], bool]] = {
    "place": _is_done_to_place,
    "actor": _is_done_to_actor,
    "actor-for": _asks_actor,
    "actor-off": _strikes_off,
}


def _fits(scene: Scene, verb: Token, row: dict[str, str]) -> bool:
    wanted = row["object"]
    if row["particle"] and row["particle"] not in particles(verb):
        return False
    if wanted in _SHAPES:
        return _SHAPES[wanted](verb)
    if wanted in _SHAPES_WITH_NAMES:
        return _SHAPES_WITH_NAMES[wanted](scene, verb)
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


def _consulted(scene: Scene, verb: Token) -> Iterator[str]:
    """Yield who else takes part in talks that a verb tells of."""
    behind = preps(verb)
    for noun in (thing_of(verb), behind.get("with"), behind.get("between")):
        if noun is not None:
            yield from parties(scene, noun) or participants(scene, noun)


def _brokered(scene: Scene, verb: Token, row: dict[str, str]) -> tuple[Act | None, ...]:
    """Read "brokered a truce between Ardal and Velmark": mediation by one, an agreement of two."""
    thing = thing_of(verb)
    if row["mode"] != "mediation" or thing is None or not is_a(thing, "agreement"):
        return ()
    sides = participants(scene, thing)
    act = make(scene, verb, ("CONSULT", "mediation"), (*parties(scene, doer_of(verb)), *sides))
    agreed = make(scene, verb, ("AGREE", None), sides) if len(sides) > 1 else None
    if act is not None and act.status == "denied":
        agreed = None
    return (act if act and act.actors else None, agreed)


def _from_row(scene: Scene, verb: Token, row: dict[str, str]) -> Act | None:
    type_ = cast("EventType", row["type"])
    spoken = type_ in _STANDING | {"REQUEST", "ACCUSE"} and _is_performed(scene, verb)
    if type_ in _STANDING and _is_habit(verb) and not spoken:
        return None
    if type_ == "REQUEST" and _asks_whether(verb):
        return None
    mode = cast("EventMode | None", row["mode"] or None)
    act = make(scene, verb, (type_, mode), _actors(scene, verb, row), _recipients(scene, verb, row))
    if act is None:
        return None
    if spoken and act.days is None and scene.parsed.report.published:
        act.days = scene.parsed.report.published, scene.parsed.report.published
    if row["verb"] in _CALLED_OFF and type_ in {"CONSULT", "COOPERATE"}:
        act.status = "called-off"
    elif mode == "meeting" and len(act.actors) < 2 and not (act.days and act.place):
        return None
    return act if act.actors or type_ in {"AID", "RETREAT"} else None


def _actors(scene: Scene, verb: Token, row: dict[str, str]) -> tuple[str, ...]:
    actors = parties(scene, doer_of(verb))
    if row["type"] == "CONSULT":
        return actors + tuple(_consulted(scene, verb))
    if row["type"] == "AGREE":
        behind = preps(verb)
        for word in ("with", "between"):
            actors += parties(scene, behind.get(word))
        thing = thing_of(verb)
        if len(actors) < 2 and thing is not None and is_a(thing, "agreement"):
            pair = participants(scene, thing)
            actors = pair if len(pair) > 1 and not actors else actors
            if not actors and doer_of(verb) is None:  # "the accord was signed in Osthaven"
                actors = tuple(actor.name for actor in scene.names.sides_before(verb))
    return actors


def _recipients(scene: Scene, verb: Token, row: dict[str, str]) -> tuple[str, ...]:
    slot = row["recipient"]
    if slot in {"dobj", "attack"}:
        return parties(scene, thing_of(verb))
    if slot == "owner":
        thing = thing_of(verb)
        return tuple(a.name for a in scene.names.modifiers(thing)) if thing is not None else ()
    return parties(scene, preps(verb).get(slot))


def _is_performed(scene: Scene, verb: Token) -> bool:
    """Say whether a document does by its words what they say: "we call on", "the Command rejects"."""
    by = parties(scene, doer_of(verb))
    return bool(scene.issuer) and set(by) == set(scene.issuer) and _is_habit(verb)
