"""What the table ``data/acts.csv`` may ask of a verb's clause: its particle and its object.

A row's ``object`` is a kind of things (``agreement``, ``captive``), with ``-subject`` when the doer
must be of it, or one of the shapes below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import is_passive
from foedus.reading.events.grammar import doer_of, is_kind, particles, preps, thing_of
from foedus.reading.events.voices import parties
from foedus.reading.phrases import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.reading.events.act import Scene
    from foedus.reading.tokens import Token


def _left(verb: Token) -> Token | None:
    return preps(verb).get("of") or preps(verb).get("from")


def _leaves_talks(verb: Token) -> bool:
    noun = _left(verb)
    return noun is not None and is_kind(noun, "talks")


def _moves_soldiers(verb: Token) -> bool:
    nouns = [n for n in (thing_of(verb), doer_of(verb)) if n is not None]
    moved = words("troops") | words("ships") | words("guns") | {"fleet", "weapon", "brigade"}
    return any(is_kind(n, "soldier") or n.lemma_.lower() in moved for n in nouns)


_MERE_WORDS = frozenset(
    [
        "comment",
        "say",
        "confirm",
        "name",
        "elaborate",
        "discuss",
        "answer",
        "be",
        "mediate",
        "host",
        "begin",
        "start",
        "resume",
        "hold",
        "talk",
        "meet",
        "negotiate",
    ]
)
"""What is declined or offered without refusing or binding anybody."""


def _to_do(verb: Token) -> bool:
    return any(c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VB" for c in verb.children)


def _binds(verb: Token) -> bool:
    """Say whether what is offered or declined is a deed, not words or good offices."""
    return any(c.dep_ == "xcomp" and c.lemma_ not in _MERE_WORDS for c in verb.children)


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


def _commits(verb: Token) -> bool:
    """Say whether a side binds itself: "committed to a truce", not "committed crimes"."""
    thing = thing_of(verb)
    itself = thing is None or thing.lower_ in {"itself", "themselves", "himself", "herself"}
    return itself and ("to" in particles(verb) or _to_do(verb))


def _is_money_in_aid(verb: Token) -> bool:
    """Say whether money is given as arms or relief: "2 billion euros in arms", "worth of grain"."""
    thing = thing_of(verb)
    if thing is None or thing.lemma_.lower() not in words("money"):
        return False
    behind = {**preps(verb), **preps(thing)}
    kinds = [noun for word in ("in", "of", "for") if (noun := behind.get(word)) is not None]
    return any(is_kind(noun, "materiel") for noun in kinds)


_SHAPES: dict[str, Callable[[Token], bool]] = {
    "any": bool,
    "none": lambda verb: thing_of(verb) is None,
    "for": lambda verb: "for" in preps(verb) and thing_of(verb) is None,
    "with": lambda verb: "with" in preps(verb),
    "offered": _is_offered,
    "to-do": _to_do,
    "bound": _commits,
    "a-deed": _binds,
    "hostile-act": _to_harm,
    "by-phone": _by_phone,
    "blamed": _blames,
    "alert": _alerts,
    "money-in-aid": _is_money_in_aid,
    "agreement-past": _is_past,
    "of-talks": _leaves_talks,
    "soldier-any": _moves_soldiers,
}


def _is_shared(scene: Scene, verb: Token) -> bool:
    """Say whether several do something with each other: "X and Y spoke", "the two spoke"."""
    doer = doer_of(verb)
    if doer is None or thing_of(verb) is not None:
        return False
    several = doer.tag_ == "NNS" and doer.lemma_.lower() in words("group-words")
    return several or bool(list(doer.conjuncts)) or len(parties(scene, doer)) > 1


def _calls_on(scene: Scene, verb: Token) -> bool:
    """Say whether somebody is called on, rather than something done on a day."""
    on = next((c for c in verb.children if c.lower_ in {"on", "upon"}), None)
    if on is None:
        return False
    if not list(on.children):  # the parser's "called on X to leave": X is the object
        return thing_of(verb) is not None
    called = preps(verb).get(on.lower_)
    return called is not None and (bool(parties(scene, called)) or _to_do(verb))


def _leaves_agreement(scene: Scene, verb: Token) -> bool:
    noun = _left(verb)
    if noun is None or is_kind(noun, "agreement"):
        return noun is not None
    return noun.pos_ == "PROPN" and scene.names.place(noun) is None and not _moves_soldiers(verb)


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
    if thing is None:
        return False
    return scene.names.place(thing) is not None or is_kind(thing, "settlement")


def _frees(scene: Scene, verb: Token) -> bool:
    """Say whether it is people that are freed, not statements or pictures."""
    thing = thing_of(verb)
    if thing is None:
        return False
    actor = scene.names.actor(thing)
    person = actor is not None and actor.kind == "person"
    return person or any(is_kind(thing, k) for k in ("captive", "person", "soldier", "child"))


def _goes_to_place(scene: Scene, verb: Token) -> bool:
    behind = preps(verb)
    to = behind.get("to") or behind.get("in")
    return to is not None and scene.names.place(to) is not None


_SHAPES_WITH_NAMES: dict[str, Callable[[Scene, Token], bool]] = {
    "together": _is_shared,
    "on": _calls_on,
    "of-agreement": _leaves_agreement,
    "place": _is_done_to_place,
    "freed": _frees,
    "to-place": _goes_to_place,
    "actor": _is_done_to_actor,
    "actor-for": _asks_actor,
    "actor-off": _strikes_off,
}


def fits(scene: Scene, verb: Token, row: dict[str, str]) -> bool:
    """Say whether a verb's clause has the particle and the object that a row of the table asks for."""
    wanted = row["object"]
    if row["particle"] and row["particle"] not in particles(verb):
        return False
    if wanted in _SHAPES:
        return _SHAPES[wanted](verb)
    if wanted in _SHAPES_WITH_NAMES:
        return _SHAPES_WITH_NAMES[wanted](scene, verb)
    noun = doer_of(verb) if wanted.endswith("-subject") else thing_of(verb)
    return noun is not None and is_kind(noun, wanted.removesuffix("-subject"))
