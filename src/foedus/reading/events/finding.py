"""All events of a report: its acts found line by line, joined, named, and given their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import is_verbal
from foedus.reading.dates import find_times
from foedus.reading.events.act import Scene, make
from foedus.reading.events.hanging import as_event, hang_counts
from foedus.reading.events.joining import joined
from foedus.reading.events.patterns import by_pattern
from foedus.reading.events.sides import name_attackers
from foedus.reading.events.talks import by_noun, name_delegates
from foedus.reading.events.violence import violence
from foedus.reading.quantities import counts
from foedus.reading.relevance import is_about_conflict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reading.events.act import Act
    from foedus.reading.names import Names
    from foedus.reading.parsed import Line, Parsed
    from foedus.reading.values import Event


def find_events(parsed: Parsed, names: Names) -> tuple[Event, ...]:
    """Return the events of a report in the order of their spans; none when it is not about a conflict."""
    if not is_about_conflict(parsed):
        return ()
    scene = Scene(parsed, names, find_times(parsed))
    body = [line for line in parsed.lines if line.kind != "headline"]
    acts = [act for line in body for act in _acts(scene, line)]
    if not acts:
        acts = [act for line in parsed.lines for act in _acts(scene, line)]
    acts = joined(acts)
    name_attackers(scene, acts)
    acts = joined(acts)
    name_delegates(scene, acts)
    hang_counts(scene, acts)
    kept = [act for act in acts if _is_told_enough(act)]
    return tuple(sorted((as_event(scene, act) for act in kept), key=lambda event: event.span))


def _is_told_enough(act: Act) -> bool:
    harm = act.type == "ASSAULT" and act.days and act.counts
    return bool(act.actors or act.recipients or harm)


def _acts(scene: Scene, line: Line) -> Iterator[Act]:
    """Yield the acts of one line: by verb, by noun, and by the harm that was done."""
    violent: set[int] = set()
    for token in line.doc:
        act = None
        if is_verbal(token) and token.pos_ == "VERB":
            act = violence(scene, token) or by_pattern(scene, token)
        elif token.pos_ == "NOUN":
            act = by_noun(scene, token)
        if act:
            if act.type == "ASSAULT":
                violent.add(token.sent.start)
            yield act
    for count in counts(line.doc):
        harmed = count.quantity.role in {"killed", "wounded"} and is_verbal(count.act)
        if harmed and count.act.sent.start not in violent:
            act = make(scene, count.act, ("ASSAULT", "other"))
            if act:
                violent.add(count.act.sent.start)
                yield act
