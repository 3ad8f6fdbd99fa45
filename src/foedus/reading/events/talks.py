"""The persons who led or took part in talks between sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.events.grammar import above
from foedus.reading.parsed import line_of

if TYPE_CHECKING:
    from foedus.reading.events.act import Act, Scene

_NEAR_LINES = 3


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
