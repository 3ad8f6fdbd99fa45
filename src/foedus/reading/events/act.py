"""An event in the making, and the one report that it is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.reading.clauses import is_verbal
from foedus.reading.events.evidence import evidence_of
from foedus.reading.events.when import days_of
from foedus.reading.events.where import place_of
from foedus.reading.moods import standing, standing_of_noun
from foedus.reading.sources import at, source_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.reading.dates import Time
    from foedus.reading.knowledge import Place
    from foedus.reading.moods import Standing
    from foedus.reading.names import Names
    from foedus.reading.parsed import Parsed
    from foedus.reading.quantities import Count
    from foedus.reading.sources import Sources
    from foedus.reading.tokens import Token
    from foedus.reading.values import Days, EventMode, EventStatus, EventType, Span

_OFTEN = frozenset(
    ["repeatedly", "often", "regularly", "routinely", "frequently", "always", "usually", "daily"]
)
Kind = tuple["EventType", "EventMode | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One report as the finders of acts see it.

    ``issuer`` is who speaks as "we" outside quotes; ``told`` grows by each act that is found.
    """

    parsed: Parsed
    names: Names
    times: tuple[Time, ...]
    sources: Sources
    issuer: tuple[str, ...]
    told: list[Act] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Act:
    """An event in the making; joined with others of its kind before it becomes an `Event`.

    ``speaker`` and ``speaks_for`` are who is said to have said so, and for which side, as long as
    all tellings have the same. ``others`` are the words of the tellings that were joined to it;
    ``by_harm`` says that only the harm done tells of it, ``by_others`` that somebody did it who is none of those named.
    """

    type: EventType
    mode: EventMode | None
    status: EventStatus
    trigger: Token
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: Place | None
    days: Days | None
    speaker: str | None
    speaks_for: str | None
    span: Span
    by_harm: bool = False
    by_others: bool = False
    others: list[Token] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)


def make(
    scene: Scene,
    trigger: Token,
    kind: Kind,
    actors: Iterable[str] = (),
    recipients: Iterable[str] = (),
) -> Act | None:
    """Return the act that a verb or a noun tells of; None when it only might be."""
    how = standing(trigger) if is_verbal(trigger) else standing_of_noun(trigger)
    if how is None:
        return None
    act = bare(scene, trigger, kind, how)
    if act.days is None and (how.tentative or _is_often(trigger)):
        return None
    act.actors = tuple(dict.fromkeys(actors))
    act.recipients = tuple(r for r in dict.fromkeys(recipients) if r not in act.actors)
    return act


def _is_often(trigger: Token) -> bool:
    """Say whether a habit is told: "has repeatedly shelled"."""
    return any(child.lemma_.lower() in _OFTEN for child in trigger.children)


def bare(scene: Scene, trigger: Token, kind: Kind, how: Standing) -> Act:
    """Return an act whose standing is known, its place and days read, and nobody in it yet."""
    source = at(scene.sources, trigger) or source_of(how.speaker, scene.names)
    if how.status == "denied":
        source = None  # whoever denies it is no source for it
    return Act(
        type=kind[0],
        mode=kind[1],
        status=how.status,
        trigger=trigger,
        actors=(),
        recipients=(),
        place=place_of(scene.names, trigger, kind[0]),
        days=days_of(
            scene.times,
            trigger,
            ahead=how.status == "planned",
            published=scene.parsed.report.published,
        ),
        speaker=source.name if source else None,
        speaks_for=source.side if source else None,
        span=evidence_of(trigger),
    )
