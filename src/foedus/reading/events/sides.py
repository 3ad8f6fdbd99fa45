"""Who is struck, who struck, and who is at war with whom."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.reading.events.grammar import preps
from foedus.reading.events.voices import enemies, parties
from foedus.reading.knowledge import states

if TYPE_CHECKING:
    from foedus.reading.events.act import Act, Scene
    from foedus.reading.tokens import Token


REGAINS = frozenset(["retake", "recapture", "liberate", "reclaim"])
"""Verbs that tell of taking back: whose the place is says nothing of from whom."""

_ANSWERS = frozenset(
    ["retaliation", "response", "reply", "revenge", "reprisal", "answer", "exchange", "support"]
)
"""Nouns behind "in" that tell why it was struck, not where."""


@cache
def state_of_code() -> dict[str, str]:
    """Return the name of each state by its ISO code."""
    return {actor.country: name for name, actor in states().items() if actor.country}


def owners(scene: Scene, noun: Token) -> tuple[str, ...]:
    """Return whose weapon or attack a noun is: "a Velmarkian raid", "the raid by Velmark"."""
    by = preps(noun).get("by") or next(
        (w for w in noun.subtree if w.dep_ == "pobj" and w.head.lower_ == "by"), None
    )
    if by is not None and (found := parties(scene, by)):
        return found
    actors = scene.names.modifiers(noun)
    if not actors and any(c.lower_ == "our" for c in noun.children):
        return parties(scene, noun)
    found = tuple(actor.side or actor.name for actor in actors if not _is_aim(noun, actor.name))
    if found:
        return tuple(dict.fromkeys(found))
    for child in noun.children:  # "the enemy's drones", "army shelling"
        if child.dep_ in {"poss", "compound"} and (inner := parties(scene, child)):
            return inner
    return ()


def _is_aim(noun: Token, name: str) -> bool:
    """Say whether a name stands behind "for": whom a thing is meant for owns nothing of it."""
    return any(
        child.dep_ == "prep" and child.lower_ == "for" and name in {w.text for w in child.subtree}
        for child in noun.children
    )


def target(scene: Scene, noun: Token | None) -> tuple[str, ...]:
    """Return whose a thing that was struck is: its owner, or the state that the place lies in."""
    if noun is None:
        return ()
    names = scene.names
    naming = names.naming(noun)
    if naming and naming.actor and naming.actor.kind != "person":
        return (naming.actor.side or naming.actor.name,)
    found = parties(scene, noun) or tuple(a.side or a.name for a in names.modifiers(noun))
    if found:
        return found
    country = next((p.country for w in noun.subtree if (p := names.place(w)) and p.country), None)
    if country in state_of_code():
        return (state_of_code()[country],)
    named = (n.actor for w in noun.subtree if names.is_place_here(w) and (n := names.naming(w)))
    return next(((a.name,) for a in named if a is not None and a.kind == "state"), ())


def struck(scene: Scene, behind: dict[str, Token]) -> tuple[str, ...]:
    """Return who is struck, by the prepositions of an attack."""
    for word in ("on", "at", "against", "towards", "toward", "in", "into", "over", "near"):
        if word in behind and behind[word].lemma_.lower() not in _ANSWERS:
            found = target(scene, behind[word])
            if found:
                return found
    return ()


def name_attackers(scene: Scene, acts: list[Act]) -> None:
    """Give attacks without a doer or a victim the one that the rest of the report shows.

    An attacker is given only where the report shows who strikes that victim, or where the victim is
    at war with one other that the report names; nobody attacks outsiders, such as peacekeepers, by
    default.
    """
    attacks = [a for a in acts if a.type == "ASSAULT"]
    known = [(a.actors[0], a.recipients[0]) for a in attacks if a.actors and a.recipients]
    known += [(b, a) for a, b in known if b in enemies(scene, a)]  # they strike each other
    named = {n.actor.side for n in scene.names.namings if n.actor and n.actor.side}
    groups = {n.actor.name for n in scene.names.namings if n.actor and n.actor.kind == "group"}
    for act in attacks:
        own = act.trigger.lemma_ in REGAINS
        if not act.recipients and not own and act.place and act.place.country in state_of_code():
            where = state_of_code()[act.place.country]
            act.recipients = (where,) if where not in act.actors else ()
        if not act.actors and act.recipients and not act.by_others:
            victim = act.recipients[0]
            foes = enemies(scene, victim)
            at_war = [enemy for enemy in foes if enemy in named]
            shown = [a for a, b in known if b == victim]
            act.actors = _only(_at_home(scene, at_war, act) or shown or at_war)
            if _flies(act) and act.actors and act.actors[0] in groups:
                act.actors = ()  # no air force: the state may have struck at home
        elif not act.recipients and act.actors:
            foes = enemies(scene, act.actors[0])
            at_war = [enemy for enemy in foes if enemy in named]
            shown = [b for a, b in known if a == act.actors[0]]
            act.recipients = _only(at_war if len(at_war) > 1 else shown or at_war)


def _flies(act: Act) -> bool:
    """Say whether only an air force does what an attack is told to be: "air strikes", not drones."""
    flown = {"airstrike", "jet", "warplane", "helicopter", "bomber", "gunship"}
    told = [act.trigger, *act.trigger.subtree]
    aerial = any(w.lower_ == "air" and w.head.lemma_ in {"strike", "raid"} for w in told)
    return aerial or bool({w.lemma_.lower() for w in told} & flown)


def _only(sides: list[str]) -> tuple[str, ...]:
    """Return the one side that it can have been; () when it may have been any of several."""
    return tuple(sides[:1]) if len(set(sides)) == 1 else ()


def _at_home(scene: Scene, sides: list[str], act: Act) -> list[str]:
    """Return those of a victim's enemies that are at home where it was attacked."""
    where = act.place.country if act.place else None
    homes = {n.actor.name: n.actor.country for n in scene.names.namings if n.actor}
    return [side for side in sides if where and homes.get(side) == where]
