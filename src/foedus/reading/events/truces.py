"""Ceasefires observed: guns that fall quiet, a truce that takes effect, holds, or is to begin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.reading.events.act import bare
from foedus.reading.events.grammar import doer_of, is_present, preps, thing_of
from foedus.reading.events.nouns import participants
from foedus.reading.events.voices import sides_at_war
from foedus.reading.moods import standing
from foedus.reading.parsed import line_of
from foedus.reading.phrases import words

if TYPE_CHECKING:
    from foedus.reading.events.act import Act, Scene
    from foedus.reading.tokens import Token

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
        pair = _agreed_by(scene, verb) or sides_at_war(scene)
    how = standing(verb)
    if how is None:
        return None
    if is_present(verb) and how.status == "happened":  # "a truce that begins at midnight"
        how = replace(how, status="planned")
    act = bare(scene, verb, ("RETREAT", None), how)
    act.actors = pair
    return act if act.days and len(pair) > 1 else None


def _agreed_by(scene: Scene, verb: Token) -> tuple[str, ...]:
    """Return who agreed on the truce, if the report has just said so."""
    last = next((a for a in reversed(scene.told) if a.type == "AGREE"), None)
    near = last is not None and line_of(verb) - line_of(last.trigger) <= 1
    if last is None or not near or len(last.actors) < 2:
        return ()
    war = set(sides_at_war(scene))
    return last.actors if not war or war & set(last.actors) else ()


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
