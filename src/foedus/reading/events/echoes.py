"""Acts told by pointing back at another: "did so in May", "the south did the same", "followed suit"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import subject
from foedus.reading.events.act import bare
from foedus.reading.events.grammar import thing_of
from foedus.reading.events.voices import parties
from foedus.reading.moods import standing

if TYPE_CHECKING:
    from foedus.reading.events.act import Act, Scene
    from foedus.reading.tokens import Token


def by_echo(scene: Scene, verb: Token) -> Act | None:
    """Return the act told last, done again or by another: its type, with this doer and day."""
    if not _points_back(verb) or not scene.told:
        return None
    last, how, by = scene.told[-1], standing(verb), parties(scene, subject(verb))
    near = last.trigger.doc is verb.doc or verb.doc.line - _line(last) <= 1
    if how is None or not by or not near:
        return None
    act = bare(scene, verb, (last.type, last.mode), how)
    act.actors = by
    act.recipients = tuple(name for name in last.recipients if name not in by)
    if last.status == "called-off":
        act.status = last.status
        act.actors = tuple(dict.fromkeys((*by, *last.actors)))
    if set(by) & set(last.actors) and act.days is None:
        return None
    return act


def _line(act: Act) -> int:
    return act.trigger.doc.line


def _points_back(verb: Token) -> bool:
    thing = thing_of(verb)
    if verb.lemma_ == "do":
        so = any(c.lower_ in {"so", "likewise"} for c in verb.children)
        return so or (thing is not None and thing.lower_ == "same")
    if verb.lemma_ == "follow":
        return thing is None or thing.lower_ == "suit"
    return False
