"""Attacks told by the harm they did alone: "two peacekeepers were wounded on Friday"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import is_verbal
from foedus.reading.events.act import make
from foedus.reading.events.grammar import doer_of, measured, preps
from foedus.reading.events.nouns import participants
from foedus.reading.events.sides import owners, struck, target
from foedus.reading.events.violence import is_stranger, mode_of
from foedus.reading.events.voices import parties, sides_at_war
from foedus.reading.parsed import line_of
from foedus.reading.phrases import words
from foedus.reading.quantities import counts, is_a

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reading.events.act import Act, Scene
    from foedus.reading.parsed import Line
    from foedus.reading.quantities import Count
    from foedus.reading.tokens import Token

_SELDOM = frozenset(
    [
        "accident",
        "earthquake",
        "flood",
        "cholera",
        "famine",
        "crash",
        "hunger",
        "stampede",
        "landslide",
        "avalanche",
        "collision",
        "drowning",
        "outbreak",
        "shipwreck",
    ]
)


def by_harm(scene: Scene, line: Line, violent: set[int]) -> Iterator[Act]:
    """Yield an attack for each sentence that counts dead or wounded and tells no attack itself."""
    for count in counts(line.doc):
        if count.quantity.role not in {"killed", "wounded"} or not is_verbal(count.act):
            continue
        sentence = count.act.sent
        if sentence.start in violent or {w.lemma_ for w in sentence} & _SELDOM:
            continue
        act = _harmed(scene, count)
        if act is not None:
            act.by_harm = True
            violent.add(sentence.start)
            yield act


def _harmed(scene: Scene, count: Count) -> Act | None:
    verb = count.act
    attack = _attack_in(verb)
    by = owners(scene, attack) if attack is not None else parties(scene, preps(verb).get("by"))
    victims = _victims(scene, count)
    if attack is not None and not victims:
        victims = struck(scene, preps(attack)) or target(scene, preps(attack).get("of"))
    mutual = _fought(scene, verb, victims) if not by else None
    if mutual is not None:
        return mutual
    if {w.lemma_.lower() for w in verb.sent} & words("fighting") or "both sides" in verb.sent.text:
        pair = sides_at_war(scene)
        if not by and not victims and len(pair) == 2:
            act = make(scene, verb, ("ASSAULT", "other"), pair)
            if act is not None:
                act.recipients = act.actors
            return act if act and act.days else None
    act = make(scene, verb, ("ASSAULT", mode_of(verb.subtree)), by, victims)
    if act is not None:
        act.by_others = not by and is_stranger(doer_of(verb)) and verb.lemma_ != "die"
    return None if act is not None and _adds_to_one_told(scene, act) else act


def _fought(scene: Scene, verb: Token, victims: tuple[str, ...]) -> Act | None:
    """Return the fight of two that harm was done in: "Ardali men were killed in clashes with Velmark"."""
    fight = next((preps(verb)[w] for w in ("in", "during") if w in preps(verb)), None)
    if fight is None or fight.lemma_.lower() not in words("fighting"):
        return None
    pair = tuple(dict.fromkeys((*victims, *participants(scene, fight))))
    act = make(scene, verb, ("ASSAULT", "other"), pair) if len(pair) == 2 else None
    if act is not None:
        act.recipients = act.actors
    return act


def _adds_to_one_told(scene: Scene, act: Act) -> bool:
    """Say whether harm without doer or day belongs to the attack told just before."""
    if act.actors or act.days:
        return False
    last = next((a for a in reversed(scene.told) if a.type == "ASSAULT"), None)
    return last is not None and line_of(act.trigger) - line_of(last.trigger) <= 1


def _attack_in(verb: Token) -> Token | None:
    """Return the attack that a harm was done in: "died in a strike", "killed by shelling"."""
    behind, doer = preps(verb), doer_of(verb)
    if doer is not None and (is_a(doer, "attack") or doer.lower_ in {"shelling", "bombing"}):
        return doer
    for word in ("in", "by", "during", "after", "from"):
        noun = behind.get(word)
        if noun is not None and is_a(noun, "attack"):
            return noun
    return None


def _victims(scene: Scene, count: Count) -> tuple[str, ...]:
    """Return whose the dead and wounded are: "six peacekeepers from Norrland", "Ardali soldiers"."""
    noun = measured(count.word) if preps(count.word) else count.word.head
    found = tuple(a.side or a.name for a in scene.names.modifiers(noun))
    if found:
        return found
    return target(scene, noun) if is_a(noun, "soldier") else ()
