"""Acts told by a noun: "a raid on the port on Friday", "talks in Osthaven", "the exchange of 300 men".

Such an act counts only with those who took part and a day or a place of its own; which words bring
those in differs by kind. The nouns stand in ``data/act_nouns.csv``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.clauses import is_verbal, subject
from foedus.reading.events.act import make
from foedus.reading.events.grammar import above, measured, preps
from foedus.reading.events.sides import owners, state_of_code, struck
from foedus.reading.events.violence import mode_of
from foedus.reading.events.voices import parties
from foedus.reading.moods import SAYS
from foedus.reading.phrases import rows
from foedus.reading.quantities import is_a

if TYPE_CHECKING:
    from foedus.reading.events.act import Act, Kind, Scene
    from foedus.reading.tokens import Token
    from foedus.reading.values import EventMode, EventType

_SERIES = frozenset(
    [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "latest",
        "last",
        "previous",
        "new",
        "next",
    ]
)
_BARE = frozenset(["explosion", "blast", "killing", "capture", "seizure", "strike", "round"])
_COMES = frozenset(
    ["arrive", "come", "expect", "fly", "gather", "head", "meet", "return", "travel"]
)
_TOLD = frozenset(["welcome", "hail", "praise", "announce", "follow", "note"])


@cache
def _kinds() -> dict[str, Kind]:
    return {
        row["noun"]: (cast("EventType", row["type"]), cast("EventMode | None", row["mode"] or None))
        for row in rows("act_nouns.csv")
    }


def is_attack(noun: Token) -> bool:
    """Say whether a noun tells of an attack."""
    kind = _kinds().get(noun.lemma_.lower())
    return is_a(noun, "attack") or (kind is not None and kind[0] == "ASSAULT")


def by_noun(scene: Scene, noun: Token) -> Act | None:
    """Return the act that a noun tells of."""
    kind = _kinds().get(noun.lemma_.lower())
    if kind is None or noun.dep_ in {"compound", "amod", "poss", "appos"}:
        return None
    if kind[0] == "CONSULT":
        return _visit(scene, noun) if kind[1] == "visit" else _talks(scene, noun, kind)
    if kind[0] == "AGREE":
        return _agreement(scene, noun)
    if kind[0] == "RETREAT":
        return _retreat(scene, noun)
    return _attack(scene, noun, kind)


def participants(scene: Scene, noun: Token) -> tuple[str, ...]:
    """Return who takes part in talks or an agreement, by the noun's own words."""
    found: list[str] = []
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"with", "between", "of", "among", "by"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    found.extend(parties(scene, inner))
        elif child.dep_ in {"poss", "amod", "compound", "nmod"}:
            naming = scene.names.naming(child)
            if naming is None or naming.how != "place":
                found.extend(parties(scene, child))
    found.extend(actor.name for actor in scene.names.modifiers(noun) if actor.side)
    return tuple(dict.fromkeys(found))


def _talks(scene: Scene, noun: Token, kind: Kind) -> Act | None:
    """Read "talks between Ardal and Velmark", "agreed at a meeting in Osthaven last week"."""
    actors = participants(scene, noun)
    if kind[1] == "call" and len(actors) < 2 and not _is_by_phone(noun):
        return None
    if not are_several(scene, actors):
        actors = (*actors, *_of_clause(scene, noun)) or scene.issuer
    act = make(scene, noun, kind, actors)
    if act is None or (act.days is None and act.place is None):
        return None
    if not are_several(scene, act.actors) and (act.actors or _is_of_series(noun)):
        act.actors = _of_series(scene, act)
    if act.actors and act.status == "planned" and act.days and act.place:
        return act
    return act if are_several(scene, act.actors) else None


def are_several(scene: Scene, names: tuple[str, ...]) -> bool:
    """Say whether names stand for more than one side, or for an assembly of sides."""
    known = {n.actor.name: n.actor for n in scene.names.namings if n.actor}
    sides = {known[name].side or name if name in known else name for name in names}
    return len(sides) > 1


def _of_series(scene: Scene, act: Act) -> tuple[str, ...]:
    """Return who took part in the talks before, for another round of them."""
    last = [
        a
        for a in scene.told
        if a.type == "CONSULT"
        and a.days
        and are_several(scene, a.actors)
        and set(act.actors) <= set(a.actors)
    ]
    return last[-1].actors if last else act.actors


def _is_by_phone(noun: Token) -> bool:
    return any(
        c.lower_ in {"telephone", "phone", "video", "conference", "hotline"} for c in noun.children
    )


def _is_of_series(noun: Token) -> bool:
    return any(c.lower_ in _SERIES for c in noun.children) or any(
        c.lower_ == "the" for c in noun.children
    )


def _of_clause(scene: Scene, noun: Token) -> tuple[str, ...]:
    """Return who does what is done at talks: "the two agreed at a meeting", "he said after talks"."""
    verb = next((word for word in above(noun) if is_verbal(word)), None)
    if verb is None or verb.lemma_.lower() in SAYS:
        return ()
    comes = noun.head.lower_ == "for" and verb.lemma_ in _COMES
    if not comes and noun.head.lower_ not in {"at", "in", "during", "after", "through"}:
        return ()
    behind = preps(verb)
    others = (parties(scene, behind.get(word)) for word in ("between", "by"))
    return parties(scene, subject(verb)) or next((o for o in others if o), ())


def _visit(scene: Scene, noun: Token) -> Act | None:
    """Read "Ilse Brandt's visit to Osthaven on Friday"."""
    actors = [*participants(scene, noun)]
    to = preps(noun).get("to") or preps(noun).get("in")
    place = scene.names.place(to) if to is not None else None
    if not actors or place is None:
        return None
    host = state_of_code().get(place.country or "")
    act = make(scene, noun, ("CONSULT", "visit"), [*actors, *([host] if host else [])])
    if act is None or act.days is None:
        return None
    act.place = place
    return act


def _agreement(scene: Scene, noun: Token) -> Act | None:
    """Read "the agreement of Ardal and Velmark to the first phase", "Friday's deal between them"."""
    actors = participants(scene, noun)
    if len(actors) < 2 or any(c.dep_ == "relcl" for c in noun.children):
        return None
    governor = next((a for a in above(noun) if is_verbal(a)), None)
    told = noun.dep_ == "dobj" and governor is not None and governor.lemma_.lower() in _TOLD
    act = make(scene, noun, ("AGREE", None), actors)
    if act is None or not (told or (act.days and _is_own_day(scene, noun))):
        return None
    return act


def _is_own_day(scene: Scene, noun: Token) -> bool:
    inside = {w.i for w in noun.subtree}
    return any(t.first in inside and t.line == noun.doc.line for t in scene.times)


def _retreat(scene: Scene, noun: Token) -> Act | None:
    """Read "the exchange of 300 prisoners on Friday", "an army withdrawal from the town"."""
    behind = preps(noun)
    what = behind.get("of")
    what = measured(what) if what is not None else None
    captives = (what is not None and is_a(what, "captive")) or any(
        c.dep_ == "compound" and is_a(c, "captive") for c in noun.children
    )
    if noun.lemma_ in {"exchange", "swap", "release", "handover"} and not captives:
        return None
    by = owners(scene, noun) or (
        () if what is None else owners(scene, what) or parties(scene, what)
    )
    between = behind.get("between")
    if between is not None:
        by = parties(scene, between)
    act = make(scene, noun, ("RETREAT", None), by)
    if act is not None and act.status == "denied":
        act.actors = act.actors or scene.issuer
    if act is None or not act.actors or not (act.days or act.status == "denied"):
        return None
    return act


def _attack(scene: Scene, noun: Token, kind: Kind) -> Act | None:
    """Read "a Velmarkian raid on the port on Friday", "the massacre of nine villagers at Arn"."""
    behind = preps(noun)
    victims = behind.get("of")
    if kind[0] == "MOBILIZE":
        by = owners(scene, noun) or (
            owners(scene, measured(victims)) if victims is not None else ()
        )
        act = make(scene, noun, kind, by)
        return act if act and act.actors and act.days else None
    by = owners(scene, noun)
    against = struck(scene, behind)
    if victims is not None:
        if noun.lemma_.lower() in {
            "massacre",
            "killing",
            "capture",
            "seizure",
            "bombing",
            "shelling",
        }:
            against = against or struck(scene, {"on": victims})
        by = tuple(name for name in by if name not in parties(scene, victims))
    if not against:
        against = _accuser(scene, noun)
    mode = kind[1] or mode_of((noun, *noun.children, *(w for w in noun.subtree)))
    act = make(scene, noun, ("ASSAULT", mode), by, against)
    if act is None or not (by or against or victims is not None):
        return None
    if noun.lemma_.lower() in _BARE and not (set(behind) & {"on", "of", "against", "at", "in"}):
        return None
    return act if act.days or (act.place and _kills(noun)) else None


def _accuser(scene: Scene, noun: Token) -> tuple[str, ...]:
    """Return who blames others for an attack: those whom it struck."""
    verb = next((word for word in above(noun) if is_verbal(word)), None)
    blames = verb is not None and verb.lemma_ in {"blame", "accuse"} and noun.dep_ == "pobj"
    return parties(scene, subject(verb)) if verb is not None and blames else ()


def _kills(noun: Token) -> bool:
    """Say whether an attack is told by what it did: "an attack on a base killed two"."""
    node = noun
    for word in above(noun):
        if is_verbal(word):
            return word.lemma_.lower() in {
                "kill", "die", "wound", "injure", "destroy", "damage", "leave", "hit", "displace",
            }  # fmt: skip
        node = word
    return node is not noun and False
