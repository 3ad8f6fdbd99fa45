"""The report's numbers, each hung on the act it belongs to; and the act made an event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.reading.parsed import line_of
from foedus.reading.quantities import told
from foedus.reading.sources import at
from foedus.reading.values import Event

if TYPE_CHECKING:
    from foedus.reading.events.act import Act, Scene
    from foedus.reading.quantities import Count
    from foedus.reading.values import Quantity

_HARM = frozenset(
    {"launched", "destroyed", "hit", "killed", "wounded", "missing", "captured", "displaced"}
)
_BEARERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_HARM, ("ASSAULT",)),
    "deployed": ("MOBILIZE", "AID", "COOPERATE"),
    "demanded": ("REQUEST", "REJECT", "AGREE"),
}
_BEARERS_ELSE = ("RETREAT", "AGREE", "MOBILIZE", "AID", "COOPERATE")


def hang_counts(scene: Scene, acts: list[Act]) -> None:
    """Hang each number on the act it belongs to: the same clause, sentence, or the last before."""
    for count in told(scene.parsed.lines):
        role = count.quantity.role
        types = _BEARERS.get(role, _BEARERS_ELSE)
        here = (line_of(count.word), count.word.i)
        fitting = [a for a in acts if a.type in types]
        same = [
            a
            for a in fitting
            if any(
                line_of(word) == here[0] and word.sent == count.word.sent
                for word in (a.trigger, *a.others)
            )
        ]
        before = [a for a in fitting if (line_of(a.trigger), a.trigger.i) <= here]
        chosen = same or before[-1:] or (fitting[:1] if role in _HARM else [])
        if chosen and (same or role in _HARM):
            chosen[0].counts.append(count)


def _source(scene: Scene, count: Count) -> str | None:
    source = at(scene.sources, count.word)
    return source.name if source else None


def _source_of_weapons(scene: Scene, act: Act) -> str | None:
    """Return who counted the weapons of an attack that the report tells in its own words."""
    told = {_source(scene, c) for c in act.counts if c.quantity.role in {"launched", "destroyed"}}
    return next(iter(told)) if len(told) == 1 else None


def as_event(scene: Scene, act: Act) -> Event:
    """Return an act as the event that the report yields."""
    found: dict[tuple[str, str, float, str | None], Quantity] = {}
    speaker = act.speaker or _source_of_weapons(scene, act)
    for count in act.counts:
        source = _source(scene, count)
        quantity = replace(count.quantity, according_to=source if source != speaker else None)
        found.setdefault((quantity.item, quantity.role, quantity.value, None), quantity)
    return Event(
        type=act.type,
        mode=act.mode,
        status=act.status,
        date=act.days,
        place=act.place.name if act.place else None,
        country=act.place.country if act.place else None,
        actors=act.actors,
        recipients=act.recipients,
        quantities=tuple(found.values()),
        according_to=speaker,
        span=act.span,
    )
