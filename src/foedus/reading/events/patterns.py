"""Acts that a verb tells by itself or with its object, by the table ``data/acts.csv``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.clauses import is_passive
from foedus.reading.events.act import make
from foedus.reading.events.grammar import (
    doer_of,
    is_kind,
    is_present,
    measured,
    particles,
    preps,
    thing_of,
)
from foedus.reading.events.nouns import are_several, participants
from foedus.reading.events.voices import enemies, parties, sides_at_war
from foedus.reading.phrases import rows, words
from foedus.reading.quantities import is_a

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Token

    from foedus.reading.events.act import Act, Scene
    from foedus.reading.values import EventMode, EventType

_CALLED_OFF = frozenset(
    [
        "suspend",
        "break",
        "cancel",
        "call",
        "postpone",
        "put",
        "delay",
        "adjourn",
        "shelve",
        "freeze",
        "abandon",
        "halt",
    ]
)
_STANDING = frozenset(["REJECT", "AGREE", "THREATEN", "SUPPORT", "REQUEST", "ACCUSE"])
_OWN_DOING = frozenset(["AID", "MOBILIZE", "REJECT", "RETREAT"])


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


# --- whether a row fits --------------------------------------------------------------------------


def _leaves(kind: str) -> Callable[[Token], bool]:
    def leaves(verb: Token) -> bool:
        behind = preps(verb)
        noun = behind.get("of") or behind.get("from")
        named = kind == "agreement" and noun is not None and noun.pos_ == "PROPN"
        return noun is not None and (named or is_kind(noun, kind))

    return leaves


def _moves_soldiers(verb: Token) -> bool:
    nouns = [n for n in (thing_of(verb), doer_of(verb)) if n is not None]
    return any(is_kind(n, "soldier") or n.lemma_ in {"force", "army"} for n in nouns)


def _to_do(verb: Token) -> bool:
    return any(c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VB" for c in verb.children)


def _is_offered(verb: Token) -> bool:
    """Say whether something is turned down, rather than a charge denied."""
    thing = thing_of(verb)
    return thing is None or not is_kind(thing, "fact-nouns")


def _to_harm(verb: Token) -> bool:
    """Say whether harm is promised: "vowed to strike back", "vowed revenge"."""
    thing = thing_of(verb)
    if thing is not None and thing.lemma_.lower() in words("hostile-nouns"):
        return True
    acts = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp"}]
    return any(act.lemma_.lower() in words("hostile") for act in acts)


def _by_phone(verb: Token) -> bool:
    below = {w.lower_ for child in verb.children if child.dep_ == "prep" for w in child.subtree}
    return bool(below & {"phone", "telephone", "video", "videolink", "hotline"})


def _blames(verb: Token) -> bool:
    return thing_of(verb) is not None and any(w.lower_ == "responsible" for w in verb.subtree)


def _alerts(verb: Token) -> bool:
    return any(w.lemma_.lower() in words("alert") for w in verb.subtree)


def _is_past(verb: Token) -> bool:
    thing = thing_of(verb)
    return thing is not None and is_kind(thing, "agreement") and verb.tag_ in {"VBD", "VBN"}


_SHAPES: dict[str, Callable[[Token], bool]] = {
    "any": bool,
    "none": lambda verb: thing_of(verb) is None,
    "on": lambda verb: "on" in particles(verb),
    "for": lambda verb: "for" in preps(verb),
    "with": lambda verb: "with" in preps(verb),
    "offered": _is_offered,
    "to-do": _to_do,
    "hostile-act": _to_harm,
    "by-phone": _by_phone,
    "blamed": _blames,
    "alert": _alerts,
    "agreement-past": _is_past,
    "of-agreement": _leaves("agreement"),
    "of-talks": _leaves("talks"),
    "soldier-any": _moves_soldiers,
}


def _is_done_to_actor(scene: Scene, verb: Token) -> bool:
    return bool(parties(scene, thing_of(verb)))


def _asks_actor(scene: Scene, verb: Token) -> bool:
    passive = is_passive(verb) and bool(parties(scene, doer_of(verb)))
    asked = thing_of(verb) is None or passive or _is_done_to_actor(scene, verb)
    return asked and ("for" in preps(verb) or _to_do(verb))


def _strikes_off(scene: Scene, verb: Token) -> bool:
    return _is_done_to_actor(scene, verb) and any(c.lower_ == "off" for c in verb.children)


def _is_done_to_place(scene: Scene, verb: Token) -> bool:
    thing = thing_of(verb)
    return thing is not None and scene.names.place(thing) is not None


def _goes_to_place(scene: Scene, verb: Token) -> bool:
    behind = preps(verb)
    to = behind.get("to") or behind.get("in")
    return to is not None and scene.names.place(to) is not None


_SHAPES_WITH_NAMES: dict[str, Callable[[Scene, Token], bool]] = {
    "place": _is_done_to_place,
    "to-place": _goes_to_place,
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
    return noun is not None and is_kind(noun, wanted.removesuffix("-subject"))


# --- what a row that fits yields -----------------------------------------------------------------


def _from_row(scene: Scene, verb: Token, row: dict[str, str]) -> Act | None:
    type_ = cast("EventType", row["type"])
    spoken = type_ in _STANDING and is_present(verb) and _is_performed(scene, verb)
    if type_ in _STANDING and not spoken and _is_no_act(verb, type_):
        return None
    mode = cast("EventMode | None", row["mode"] or None)
    act = make(scene, verb, (type_, mode), _actors(scene, verb, row), _recipients(scene, verb, row))
    if act is None:
        return None
    if spoken and act.days is None and scene.parsed.report.published:
        act.days = scene.parsed.report.published, scene.parsed.report.published
    if row["verb"] in _CALLED_OFF and type_ in {"CONSULT", "COOPERATE", "RETREAT"}:
        return _called_off(scene, act)
    if mode is not None and not _is_told_of(scene, act):
        return None
    return act if act.actors or type_ in {"AID", "RETREAT"} else None


def _is_no_act(verb: Token, type_: EventType) -> bool:
    """Say whether a verb tells an attitude, asks a question, or only marks out a thing."""
    if is_present(verb) and not (type_ in {"REQUEST", "ACCUSE"} and verb.dep_ == "ROOT"):
        return True
    if type_ != "REQUEST":
        return False
    asks = (c for c in verb.children if c.dep_ in {"ccomp", "mark"})
    if any(word.lower_ in {"whether", "if"} for c in asks for word in c.subtree):
        return True
    return verb.dep_ == "relcl" and any(c.lower_ in {"that", "which"} for c in verb.children)


def _called_off(scene: Scene, act: Act) -> Act | None:
    """Return talks or drills called off, by those who were to hold them."""
    act.status = "called-off"
    if not act.actors and act.type == "COOPERATE":
        last = [a for a in scene.told if a.type == "COOPERATE"]
        act.actors = last[-1].actors if last else ()
    return act if act.actors or act.days else None


def _is_told_of(scene: Scene, act: Act) -> bool:
    """Say whether a meeting is told with enough: who took part, and when or where."""
    if act.mode == "mediation":
        return bool(act.actors)
    if scene.parsed.report.published and not (act.days or act.place):
        return False
    if are_several(scene, act.actors):
        return True
    if act.mode == "visit":
        return bool(act.actors and act.days)
    known = {n.actor.name: n.actor.kind for n in scene.names.namings if n.actor}
    body = any(known.get(name) == "organisation" for name in act.actors)
    return bool(act.days and (act.place or body))


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


def _actors(scene: Scene, verb: Token, row: dict[str, str]) -> tuple[str, ...]:
    doer = doer_of(verb)
    actors = parties(scene, doer)
    if row["type"] == "CONSULT":
        return actors + tuple(_consulted(scene, verb))
    if row["type"] == "AGREE":
        return _agreeing(scene, verb, actors)
    if doer is None and is_passive(verb):
        if row["object"] == "captive":
            return _holders(scene, thing_of(verb))
        return scene.issuer if row["type"] in _OWN_DOING else ()
    if not actors and doer is not None and row["type"] == "MOBILIZE":
        on = preps(verb).get("on")
        return parties(scene, on) if on is not None and on.lemma_ == "side" else ()
    return actors


def _agreeing(scene: Scene, verb: Token, actors: tuple[str, ...]) -> tuple[str, ...]:
    behind = preps(verb)
    for word in ("with", "between"):
        actors += parties(scene, behind.get(word))
    thing = thing_of(verb)
    if thing is None or not is_a(thing, "agreement"):
        return actors
    if actors and not are_several(scene, actors):  # "signed an agreement on water with Velmark"
        deep = (w for w in thing.subtree if w.dep_ == "pobj" and w.head.lower_ == "with")
        actors += tuple(name for word in deep for name in parties(scene, word))
    if actors:
        return actors
    pair = participants(scene, thing)
    if len(pair) > 1:
        return pair
    # "the accord that ended the war was signed in Osthaven": by the two that fought it
    plain = {"agreement", "deal", "accord", "truce", "ceasefire", "treaty", "pact", "armistice"}
    return sides_at_war(scene) if doer_of(verb) is None and thing.lemma_ in plain else ()


def _holders(scene: Scene, captives: Token | None) -> tuple[str, ...]:
    """Return who held those that were freed: hostages are held by the group, not by the state."""
    if captives is None or measured(captives).lemma_ != "hostage":
        return ()
    groups = [n.actor.name for n in scene.names.namings if n.actor and n.actor.kind == "group"]
    pair = sides_at_war(scene)
    return tuple(side for side in pair if side in groups)[:1]


def _recipients(scene: Scene, verb: Token, row: dict[str, str]) -> tuple[str, ...]:
    slot, thing = row["recipient"], thing_of(verb)
    if slot == "attack":
        return _attackers(scene, verb)
    if slot == "dobj":
        return parties(scene, thing)
    if slot == "owner":
        owners = scene.names.modifiers(thing) if thing is not None else ()
        return tuple(a.name for a in owners) or (
            _doers_before(scene) if row["type"] == "SUPPORT" else ()
        )
    found = parties(scene, preps(verb).get(slot))
    return found or (parties(scene, thing) if slot == "on" and thing is not None else ())


def _doers_before(scene: Scene) -> tuple[str, ...]:
    """Return who did what is welcomed: whoever agreed, yielded or withdrew last."""
    kinds = {"AGREE", "CONCEDE", "RETREAT"}
    return next((a.actors for a in reversed(scene.told) if a.type in kinds and a.actors), ())


def _attackers(scene: Scene, verb: Token) -> tuple[str, ...]:
    """Return who is condemned: the one named, or who made the attack that is."""
    thing = thing_of(verb)
    found = parties(scene, thing)
    if found or thing is None:
        return found
    owners = tuple(a.side or a.name for a in scene.names.modifiers(thing))
    if owners or not is_a(thing, "attack"):
        return owners
    known = [a.actors for a in scene.told if a.type == "ASSAULT" and a.actors]
    if known:
        return known[-1]
    struck = [a.recipients[0] for a in scene.told if a.type == "ASSAULT" and a.recipients]
    named = {n.actor.side for n in scene.names.namings if n.actor}
    return tuple(e for e in enemies(scene, struck[-1]) if e in named)[:1] if struck else ()


def _is_performed(scene: Scene, verb: Token) -> bool:
    """Say whether a document does by its words what they say: "we call on", "the Command rejects"."""
    by = parties(scene, doer_of(verb))
    return bool(scene.issuer) and set(by) == set(scene.issuer)
