"""An event in the making, and the one report that it is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.reading.clauses import clause, is_verbal
from foedus.reading.events.grammar import above
from foedus.reading.events.when import days_of
from foedus.reading.events.where import place_of
from foedus.reading.moods import standing
from foedus.reading.parsed import span_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from foedus.reading.dates import Time
    from foedus.reading.knowledge import Place
    from foedus.reading.names import Names
    from foedus.reading.parsed import Parsed
    from foedus.reading.quantities import Count
    from foedus.reading.values import Days, EventMode, EventStatus, EventType, Span


@dataclass(frozen=True, slots=True)
class Scene:
    """One report as the finders of acts see it: its lines, its names and its expressions of time."""

    parsed: Parsed
    names: Names
    times: tuple[Time, ...]


@dataclass(slots=True)
class Act:
    """An event in the making; joined with others of its kind before it becomes an `Event`."""

    type: EventType
    mode: EventMode | None
    status: EventStatus
    trigger: Token
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: Place | None
    days: Days | None
    speaker: str | None
    span: Span
    counts: list[Count] = field(default_factory=list)


def make(
    scene: Scene,
    trigger: Token,
    kind: tuple[EventType, EventMode | None],
    actors: Iterable[str] = (),
    recipients: Iterable[str] = (),
) -> Act | None:
    """Return the act that a verb or a noun tells of; None when it only might be."""
    verb = trigger
    if not is_verbal(trigger):
        verb = next((a for a in above(trigger) if is_verbal(a)), trigger)
    how = standing(verb)
    if how is None:
        return None
    speaker = scene.names.actor(how.speaker) if how.speaker is not None else None
    return Act(
        type=kind[0],
        mode=kind[1],
        status=how.status,
        trigger=trigger,
        actors=tuple(dict.fromkeys(actors)),
        recipients=tuple(dict.fromkeys(recipients)),
        place=place_of(scene.names, trigger),
        days=days_of(scene.times, trigger, verb, ahead=how.status == "planned"),
        speaker=speaker.name if speaker else None,
        span=span_of(clause(verb) if is_verbal(trigger) else trigger.subtree),
    )
