"""Violence told by a verb: weapons launched, landed and shot down, attacks, and ground taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.events.act import make
from foedus.reading.events.grammar import doer_of, measured, particles, preps, thing_of
from foedus.reading.events.sides import REGAINS, owners, struck, target
from foedus.reading.events.voices import enemies, parties
from foedus.reading.phrases import words
from foedus.reading.quantities import is_a, item_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.reading.events.act import Act, Scene
    from foedus.reading.tokens import Token
    from foedus.reading.values import EventMode

_Told = tuple[tuple[str, ...], tuple[str, ...]]
"""By whom, and against whom."""

_WEAPONS = frozenset(
    {"drone", "missile", "rocket", "bomb", "shell", "ballistic-missile", "cruise-missile"}
)
_LAUNCH = words("launches")
_HITS = words("lands")
_ATTACKS = words("attacks")
_MOUNTS = words("mounts")
_DOWNS = words("downs")
_FOILS = frozenset(["repel", "repulse", "foil", "thwart", "beat"])
_CAPTURES = words("captures")
_KILLS = words("kills")
_FIRES = frozenset(["fire", "shoot", "open"])
_GROUND = frozenset(
    [
        "base",
        "position",
        "camp",
        "garrison",
        "airport",
        "bridge",
        "headquarters",
        "post",
        "outpost",
        "checkpoint",
        "barracks",
        "airbase",
        "airfield",
        "stronghold",
        "hilltop",
    ]
)


def violence(scene: Scene, verb: Token) -> Act | None:
    """Return the attack that a verb tells of, by the first way of telling that fits."""
    for way in _WAYS:
        told = way(scene, verb)
        if told is not None:
            ground = way in (_captured, _fell)
            mode: EventMode = "ground" if ground else mode_of(verb.subtree)
            act = make(scene, verb, ("ASSAULT", mode), *told)
            if act is not None:
                suffers = way in (_under, _fell, _downed)
                act.by_others = not told[0] and not suffers and is_stranger(doer_of(verb))
            return act
    return None


def is_stranger(doer: Token | None) -> bool:
    """Say whether somebody did it who is none of those named: "dissidents", not mere "gunmen"."""
    if doer is None or doer.pos_ not in {"NOUN", "PROPN"} or _is_armed(doer):
        return False
    lemma = doer.lemma_.lower()
    return not (is_a(doer, "attack") or lemma in words("terror") | words("fighters"))


def mode_of(phrase: Iterable[Token]) -> EventMode:
    """Return how an attack was made, by the weapons that a phrase names."""
    found = list(phrase)
    lemmas = {word.lemma_.lower() for word in found}
    nouns = [word for word in found if word.pos_ in {"NOUN", "PROPN"}]
    if lemmas & words("ships"):
        return "naval"
    if lemmas & words("guns"):
        return "shelling"
    if any(_is_armed(word) for word in nouns) or lemmas & words("aerial"):
        return "aerial"
    if lemmas & words("terror"):
        return "terror"
    return "ground" if lemmas & words("ground") else "other"


def _is_armed(noun: Token | None) -> bool:
    if noun is None:
        return False
    noun = measured(noun)
    return item_of(noun) in _WEAPONS or is_a(noun, "aircraft")


def _launched(scene: Scene, verb: Token) -> _Told | None:
    """Read "fired 30 missiles at Ardal"."""
    weapon = thing_of(verb)
    if weapon is None or verb.lemma_.lower() not in _LAUNCH or not _is_armed(weapon):
        return None
    if verb.lemma_.lower() in {"send", "deploy", "release"} and is_a(weapon, "aircraft"):
        return None
    if "down" in particles(verb) or (verb.lemma_ == "shoot" and is_a(weapon, "aircraft")):
        return None
    into = preps(verb).get("into")
    if into is not None and into.lemma_.lower() in words("sea"):
        return None  # a test
    doer = doer_of(verb)
    by = parties(scene, doer) if doer is not None else owners(scene, measured(weapon))
    return by, struck(scene, preps(verb)) or _aimed_at(scene, weapon)


def _landed(scene: Scene, verb: Token) -> _Told | None:
    """Read "a missile hit the school"."""
    weapon, thing = doer_of(verb), thing_of(verb)
    if weapon is None or verb.lemma_.lower() not in _HITS:
        return None
    if not _is_armed(weapon) or _is_armed(thing):
        return None
    if is_a(measured(weapon), "aircraft") and thing is None:
        return None  # it only came down
    by = owners(scene, measured(weapon))
    return by, target(scene, thing) or struck(scene, preps(verb))


def _downed(scene: Scene, verb: Token) -> _Told | None:
    """Read "shot down 12 drones": whoever launched them attacked; a manned aircraft is attacked."""
    weapon = thing_of(verb)
    lemma = verb.lemma_.lower()
    if weapon is None or lemma not in _DOWNS | _FOILS:
        return None
    if not (_is_armed(weapon) or (lemma in _FOILS and is_a(measured(weapon), "attack"))):
        return None
    weapon = measured(weapon)
    defenders = parties(scene, doer_of(verb))
    foes = owners(scene, weapon)
    if not foes and any(c.dep_ in {"relcl", "acl"} or c.lower_ == "the" for c in weapon.children):
        return None  # "the drones that they launched" are told of elsewhere
    if is_a(weapon, "aircraft") or _is_watching(weapon):
        return defenders, foes
    return foes, defenders


def _is_watching(drone: Token) -> bool:
    """Say whether a drone watches rather than strikes: to down it is an attack."""
    named = {drone.lemma_.lower(), *(c.lower_ for c in drone.children if c.dep_ == "compound")}
    return bool(named & words("watching-drones"))


def _fired(scene: Scene, verb: Token) -> _Told | None:
    """Read "fired on the post", "opened fire at a column"."""
    lemma, thing, behind = verb.lemma_.lower(), thing_of(verb), preps(verb)
    if lemma not in _FIRES or (lemma == "open" and (thing is None or thing.lemma_ != "fire")):
        return None
    if thing is not None and lemma != "open":
        return None
    aim = behind.get("on") or behind.get("at") or behind.get("upon")
    doer = doer_of(verb)
    if doer is None or (aim is None and lemma != "open"):
        return None
    by = parties(scene, doer) or owners(scene, doer)
    against = target(scene, aim)
    return (by, against) if by or against else None


def _attacked(scene: Scene, verb: Token) -> _Told | None:
    """Read "Velmark shelled the port", "the port was attacked"."""
    lemma, doer, thing, behind = verb.lemma_.lower(), doer_of(verb), thing_of(verb), preps(verb)
    if lemma not in _ATTACKS or (thing is None and not set(behind) & {"on", "at", "in", "near"}):
        return None
    for noun in (thing, verb.head, doer):  # "the deal struck in Istanbul"
        if noun is not None and any(is_a(noun, k) for k in ("agreement", "talks", "sanction")):
            return None
    if thing is None and doer is not None and not (set(behind) & {"at", "in", "near"}):
        return None
    if "off" in particles(verb):
        return None
    attack = doer is not None and is_a(doer, "attack")
    by = owners(scene, doer) if attack and doer is not None else parties(scene, doer)
    if doer is not None and not by and not attack:
        by = owners(scene, doer)
    against = target(scene, thing) or struck(scene, behind)
    suffered = doer is None and thing is not None and is_a(measured(thing), "other")
    return (by, against) if by or against or attack or suffered else None


def _killed(scene: Scene, verb: Token) -> _Told | None:
    """Read "a Velmarkian strike killed nine", "nine were killed in shelling of the port"."""
    if verb.lemma_.lower() not in _KILLS:
        return None
    behind, doer = preps(verb), doer_of(verb)
    thing = doer if verb.lemma_ == "die" else thing_of(verb)
    among = [behind.get(word) for word in ("in", "by", "during", "from")]
    for attack in (doer, *among):
        if attack is None:
            continue
        fought = attack.lemma_.lower() in words("fighting")
        if fought and thing is not None and {"with", "between", "against"} & set(preps(attack)):
            return None  # a fight of two: the harm done in it tells of both
        if _is_attack(attack):
            by, against = owners(scene, attack), struck(scene, preps(attack))
            if by or against:
                return by, against or struck(scene, behind) or _victims(scene, thing)
    fight = doer is not None and doer.lemma_.lower() in words("fighting")
    by = () if thing is doer or fight else parties(scene, doer)
    if thing is not None and scene.names.actor(thing) is not None:  # "the commander was killed"
        return by, parties(scene, thing)
    return (by, _victims(scene, thing)) if by and thing is not None else None


def _is_attack(noun: Token) -> bool:
    return is_a(measured(noun), "attack") or noun.lower_ in {"shelling", "bombing"}


def _victims(scene: Scene, noun: Token | None) -> tuple[str, ...]:
    """Return whose the dead and wounded are: "six peacekeepers from Norrland", "Ardali soldiers"."""
    if noun is None:
        return ()
    noun = measured(noun)
    return tuple(a.side or a.name for a in scene.names.modifiers(noun))


def _mounted(scene: Scene, verb: Token) -> _Told | None:
    """Read "carried out a strike on the port"."""
    thing = thing_of(verb)
    if thing is None or verb.lemma_.lower() not in _MOUNTS:
        return None
    if not is_a(measured(thing), "attack") and not _is_war(verb, thing):
        return None
    by = parties(scene, doer_of(verb)) or owners(scene, doer_of(verb) or thing)
    against = struck(scene, preps(verb) | preps(thing))
    aims = (w for w in verb.subtree if w.dep_ == "pobj" and w.head.lower_ == "against")
    return by, against or next((found for w in aims if (found := target(scene, w))), ())


def _is_war(verb: Token, thing: Token) -> bool:
    """Say whether a war is begun: "launched its campaign with strikes", "began a war on Ardal"."""
    if thing.lemma_.lower() not in {"war", "campaign", "counteroffensive", "push", "mission"}:
        return False
    return any(is_a(word, "attack") for word in verb.subtree) or (
        thing.lemma_ == "war" and bool({"on", "against"} & set(preps(thing)))
    )


def _exploded(scene: Scene, verb: Token) -> _Told | None:
    """Read "a car bomb went off at the market", "pagers exploded across the country"."""
    lemma = verb.lemma_.lower()
    off = lemma == "go" and "off" in particles(verb)
    if not (off or lemma in {"explode", "detonate"} or (lemma == "blow" and _is_up(verb))):
        return None
    if thing_of(verb) is not None and lemma != "detonate":
        return None
    return (), struck(scene, preps(verb)) or _across(scene, verb)


def _is_up(verb: Token) -> bool:
    return "up" in particles(verb)


def _across(scene: Scene, verb: Token) -> tuple[str, ...]:
    return target(scene, preps(verb).get("across"))


def _under(scene: Scene, verb: Token) -> _Told | None:
    """Read "the town came under fire", "was under bombardment"."""
    beneath = preps(verb).get("under")
    if verb.lemma_ not in {"come", "be", "fall"} or beneath is None or not is_a(beneath, "attack"):
        return None
    by = preps(beneath).get("from") or preps(beneath).get("by")
    against = target(scene, doer_of(verb))
    return (parties(scene, by) or owners(scene, beneath), against) if against else None


def _captured(scene: Scene, verb: Token) -> _Told | None:
    """Read "entered the town", "crossed into the region"."""
    doer, thing, behind = doer_of(verb), thing_of(verb), preps(verb)
    if verb.lemma_.lower() not in _CAPTURES or not _takes_ground(scene, verb):
        return None
    by = parties(scene, doer) or (owners(scene, doer) if doer is not None else ())
    if doer is None and thing is not None:  # "the town was captured"
        return (), target(scene, thing)
    if doer is None or not (by or is_a(doer, "soldier") or _are_fighters(doer)):
        return None
    against = target(scene, thing) or struck(scene, behind)
    if verb.lemma_ in REGAINS:  # whose it was is not from whom it was taken
        against = tuple(a for a in against if a in enemies(scene, by[0])) if by else ()
    return by, tuple(a for a in against if a not in by)


def _are_fighters(noun: Token) -> bool:
    beside = (c.lemma_.lower() for c in noun.children if c.dep_ in {"compound", "amod"})
    return not words("fighters").isdisjoint({noun.lemma_.lower(), *beside})


def _takes_ground(scene: Scene, verb: Token) -> bool:
    lemma, thing, behind = verb.lemma_.lower(), thing_of(verb), preps(verb)
    if lemma in {"cross", "advance", "push", "break", "march", "sweep"}:
        return "into" in behind and _is_ground(scene, behind["into"])
    if lemma in {"take", "seize"} and thing is not None and thing.lemma_ == "control":
        thing = preps(thing).get("of")
    if thing is None or "part" in {thing.lemma_, lemma}:
        return False
    thing = measured(thing)
    if thing.lemma_ == "zone" or is_a(thing, "settlement") or thing.lemma_.lower() in _GROUND:
        return True
    doer = doer_of(verb)
    if lemma in {"take", "enter", "cross"} and doer is not None:
        person = scene.names.actor(doer)
        if person is not None and person.kind == "person":
            return False
    return _is_ground(scene, thing)


def _is_ground(scene: Scene, noun: Token) -> bool:
    """Say whether a noun is a place: known as one, or a name beside "region", or a bare name."""
    naming = scene.names.naming(noun)
    if naming is not None:
        return naming.place is not None
    if noun.lemma_.lower() in words("geography"):
        inside = preps(noun).get("of")
        named = inside is not None and inside.pos_ == "PROPN"
        return named or any(c.pos_ == "PROPN" for c in noun.children)
    return noun.pos_ == "PROPN" or (noun.text[:1].isupper() and noun.text[1:2].islower())


def _fell(scene: Scene, verb: Token) -> _Told | None:
    """Read "the town fell to the rebels"."""
    doer, to = doer_of(verb), preps(verb).get("to")
    if verb.lemma_ != "fall" or doer is None or to is None or scene.names.place(doer) is None:
        return None
    by = parties(scene, to)
    return (by, target(scene, doer)) if by else None


def _aimed_at(scene: Scene, weapon: Token) -> tuple[str, ...]:
    """Return whom the weapons were for, where the parser hangs "at X" on the last of them."""
    each = (weapon, measured(weapon), *weapon.conjuncts)
    return next((found for n in each if (found := struck(scene, preps(n)))), ())


_WAYS = (
    _launched, _landed, _downed, _fired, _captured, _fell, _attacked, _killed, _mounted, _under,
    _exploded,
)  # fmt: skip
"""The ways of telling an attack, the most certain first."""
