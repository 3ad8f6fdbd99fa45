"""Violence: weapons launched, landed and shot down, attacks, and ground taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.events.act import make
from foedus.reading.events.grammar import doer_of, preps, thing_of
from foedus.reading.events.sides import owners, struck, target
from foedus.reading.quantities import is_a, item_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.reading.events.act import Act, Scene
    from foedus.reading.names import Names
    from foedus.reading.values import EventMode

_Told = tuple["EventMode", tuple[str, ...], tuple[str, ...]]
"""How, by whom, and against whom."""

_WEAPONS = frozenset(
    {"drone", "missile", "rocket", "bomb", "shell", "ballistic-missile", "cruise-missile"}
)
_LAUNCH = frozenset(["launch", "fire", "use", "send", "unleash", "drop"])
_HITS = frozenset(
    [
        "hit",
        "strike",
        "fall",
        "rain",
        "land",
        "tear",
        "slam",
        "crash",
        "pound",
        "damage",
        "bring",
        "kill",
        "wound",
        "set",
    ]
)
_ATTACKS = frozenset(
    [
        "attack",
        "strike",
        "hit",
        "bomb",
        "bombard",
        "shell",
        "raid",
        "ambush",
        "storm",
        "invade",
        "assault",
        "pound",
        "target",
    ]
)
_MOUNTS = frozenset(["carry", "launch", "mount", "begin", "conduct", "stage"])
_DOWNS = frozenset(["shoot", "down", "intercept", "destroy", "bring", "suppress", "repel"])
_CAPTURES = frozenset(
    ["take", "capture", "seize", "recapture", "retake", "enter", "overrun", "occupy", "cross"]
)


def violence(scene: Scene, verb: Token) -> Act | None:
    """Return the attack that a verb tells of, by the first way of telling that fits."""
    for way in (_launched, _landed, _downed, _attacked, _mounted, _captured):
        told = way(scene.names, verb)
        if told is not None:
            mode, actors, recipients = told
            others = tuple(r for r in recipients if r not in actors)
            return make(scene, verb, ("ASSAULT", mode), actors, others)
    return None


def _armed(noun: Token | None) -> bool:
    return noun is not None and (item_of(noun) in _WEAPONS or is_a(noun, "aircraft"))


def _parties(names: Names, noun: Token | None) -> tuple[str, ...]:
    return names.parties(noun) if noun is not None else ()


def _launched(names: Names, verb: Token) -> _Told | None:
    """Read "fired 30 missiles at Ardal"."""
    weapon = thing_of(verb)
    if weapon is None or verb.lemma_.lower() not in _LAUNCH or not _armed(weapon):
        return None
    doer = doer_of(verb)
    actors = names.parties(doer) if doer is not None else owners(names, weapon)
    return "aerial", actors, struck(names, preps(verb)) or _aimed_at(names, weapon)


def _landed(names: Names, verb: Token) -> _Told | None:
    """Read "a missile hit the school"."""
    weapon, thing = doer_of(verb), thing_of(verb)
    if weapon is None or verb.lemma_.lower() not in _HITS or not _armed(weapon) or _armed(thing):
        return None
    return "aerial", owners(names, weapon), struck(names, preps(verb)) or target(names, thing)


def _downed(names: Names, verb: Token) -> _Told | None:
    """Read "shot down 12 drones": whoever launched them attacked; a jet downed was attacked."""
    weapon = thing_of(verb)
    if weapon is None or verb.lemma_.lower() not in _DOWNS or not _armed(weapon):
        return None
    defenders = _parties(names, doer_of(verb))
    if is_a(weapon, "aircraft"):
        return "aerial", defenders, owners(names, weapon)
    return "aerial", owners(names, weapon), defenders


def _attacked(names: Names, verb: Token) -> _Told | None:
    """Read "Velmark shelled the port", "the port was attacked"."""
    lemma, doer, thing, behind = verb.lemma_.lower(), doer_of(verb), thing_of(verb), preps(verb)
    if lemma not in _ATTACKS or (thing is None and not behind):
        return None
    for noun in (thing, verb.head):  # "the deal struck in Istanbul"
        if noun is not None and (is_a(noun, "agreement") or is_a(noun, "talks")):
            return None
    attack = doer is not None and is_a(doer, "attack")
    actors = owners(names, doer) if attack and doer is not None else _parties(names, doer)
    recipients = target(names, thing) or struck(names, behind)
    if not actors and not recipients and not attack:
        return None
    by_gun = lemma == "shell" or (doer is not None and is_a(doer, "tank"))
    return "shelling" if by_gun else "aerial", actors, recipients


def _mounted(names: Names, verb: Token) -> _Told | None:
    """Read "carried out a strike on the port"."""
    thing = thing_of(verb)
    if thing is None or verb.lemma_.lower() not in _MOUNTS or not is_a(thing, "attack"):
        return None
    actors = _parties(names, doer_of(verb))
    return "aerial", actors, struck(names, preps(verb)) or struck(names, preps(thing))


def _captured(names: Names, verb: Token) -> _Told | None:
    """Read "entered the town", "crossed into the region"."""
    doer, thing, behind = doer_of(verb), thing_of(verb), preps(verb)
    if verb.lemma_.lower() not in _CAPTURES or doer is None:
        return None
    if not (is_a(doer, "soldier") or names.parties(doer)) or not _takes_ground(names, verb):
        return None
    return "ground", names.parties(doer), target(names, thing) or struck(names, behind)


def _takes_ground(names: Names, verb: Token) -> bool:
    thing, behind = thing_of(verb), preps(verb)
    if verb.lemma_ == "cross":
        return "into" in behind and names.place(behind["into"]) is not None
    if thing is None:
        return False
    if is_a(thing, "settlement") or names.place(thing) is not None:
        return True
    return verb.lemma_ in {"capture", "seize", "take"} and thing.lemma_ in {
        "base",
        "position",
        "camp",
    }


def _aimed_at(names: Names, weapon: Token) -> tuple[str, ...]:
    """Return whom the weapons were for, where the parser hangs "at X" on the last of them."""
    each = (weapon, *weapon.conjuncts)
    return next((found for n in each if (found := struck(names, preps(n)))), ())
