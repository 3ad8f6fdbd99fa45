"""Ceasefires observed: guns that fall quiet, a truce that takes effect, holds, or is to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.events.act import make
from foedus.reading.events.grammar import doer_of, preps, thing_of
from foedus.reading.events.nouns import participants
from foedus.reading.phrases import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.reading.events.act import Act, Scene

_BEGINS = frozenset(["begin", "start", "hold", "enter", "commence"])


def by_truce(scene: Scene, verb: Token) -> Act | None:
    """Return the ceasefire that a verb says is kept, or is to be kept."""
    noun = doer_of(verb) or thing_of(verb)
    if noun is None:
        return None
    lemma = noun.lemma_.lower()
    kept = lemma in words("truces") and _takes_effect(verb)
    quiet = lemma in words("quiet-subjects") and _falls_quiet(verb)
    if not kept and not quiet:
        return None
    pair = participants(scene, noun)
    if len(pair) < 2:
        pair = tuple(actor.name for actor in scene.names.sides_before(verb))
    act = make(scene, verb, ("RETREAT", None), pair)
    return act if act and act.days and len(act.actors) > 1 else None


def _takes_effect(verb: Token) -> bool:
    """Say whether a truce takes effect: "has been in force since", "came into effect", "begins"."""
    below = {w.lower_ for w in verb.subtree}
    behind = preps(verb)
    if verb.lemma_ in {"be", "come", "go", "take", "enter", "remain"}:
        return bool(below & {"force", "effect", "place"}) and (
            verb.lemma_ == "take" or bool(set(behind) & {"in", "into"})
        )
    return verb.lemma_ in _BEGINS


def _falls_quiet(verb: Token) -> bool:
    if verb.lemma_ in {"fall", "go", "be"}:
        return any(c.lower_ in {"quiet", "silent"} for c in verb.children)
    return verb.lemma_ in words("quiet-verbs") and thing_of(verb) is None
