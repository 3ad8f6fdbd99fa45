"""The report's numbers, each hung on the act it belongs to; and the act made an event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.reading.clauses import is_verbal
from foedus.reading.events.grammar import above
from foedus.reading.moods import standing
from foedus.reading.parsed import line_of
from foedus.reading.quantities import told
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
    verb = next((a for a in (count.act, *above(count.act)) if is_verbal(a)), None)
    how = standing(verb) if verb is not None else None
    actor = scene.names.actor(how.speaker) if how and how.speaker is not None else None
    return actor.name if actor else None


def as_event(scene: Scene, act: Act) -> Event:
    """Return an act as the event that the report yields."""
    found: dict[tuple[str, str, float, str | None], Quantity] = {}
    for count in act.counts:
        source = _source(scene, count)
        quantity = replace(count.quantity, according_to=source if source != act.speaker else None)
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
        according_to=act.speaker,
        span=act.span,
    )
