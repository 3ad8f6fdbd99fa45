"""Talks told by a noun, and the persons who led or took part in talks between sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.events.act import make
from foedus.reading.events.grammar import above
from foedus.reading.events.patterns import patterns
from foedus.reading.parsed import line_of
from foedus.reading.quantities import is_a

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.reading.events.act import Act, Scene
    from foedus.reading.names import Names
    from foedus.reading.values import EventMode

_NEAR_LINES = 3


def participants(names: Names, noun: Token) -> tuple[str, ...]:
    """Return who takes part in talks, by the noun's own words."""
    found: list[str] = []
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"with", "between", "of", "among"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    found.extend(names.parties(inner))
    found.extend(actor.name for actor in names.modifiers(noun))
    return tuple(dict.fromkeys(found))


def by_noun(scene: Scene, noun: Token) -> Act | None:
    """Return talks, a meeting or a call inside a phrase, with two who take part."""
    if not is_a(noun, "talks") or (
        noun.lemma_ in {"round", "contact", "discussion"} and not list(noun.children)
    ):
        return None
    rows = patterns().get(noun.head.lemma_.lower(), ())
    if any(row["object"] == "talks" for row in rows):
        return None
    actors = participants(scene.names, noun)
    if len(actors) < 2:
        return None
    mode: EventMode = "call" if noun.lemma_ in {"call", "conversation"} else "meeting"
    return make(scene, noun, ("CONSULT", mode), actors)


def name_delegates(scene: Scene, acts: list[Act]) -> None:
    """Add to talks between sides the persons that the report says led or took part for them.

    "Talks between Ardal and Velmark, with the involvement of X", "Ardal, led by Y".
    """
    meetings = [
        a for a in acts if a.type == "CONSULT" and a.mode == "meeting" and a.status == "happened"
    ]
    sided = [a for a in meetings if len(a.actors) >= 2]
    for naming in scene.names.namings:
        actor = naming.actor
        if actor is None or actor.kind != "person" or actor.side is None:
            continue
        head = scene.parsed.lines[naming.line].doc[naming.first]
        words = [word.lower_ for word in above(head)][:6]
        leads = {"led", "headed"} & set(words[:3]) and "by" in words[:3]
        takes_part = {"involvement", "participation"} & set(words)
        near = [
            a
            for a in sided
            if actor.side in a.actors and 0 <= naming.line - line_of(a.trigger) <= _NEAR_LINES
        ]
        if near and (leads or takes_part):
            near[-1].actors = tuple(dict.fromkeys((*near[-1].actors, actor.name)))
