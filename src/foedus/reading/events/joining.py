"""Tellings of one act, joined.

One event for each type, actors and occasion; an attack is one for each attacker, night and wave. A
toll of many days is no telling of one raid, and a fight of two sides none of one side's attack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.parsed import line_of

if TYPE_CHECKING:
    from foedus.reading.events.act import Act
    from foedus.reading.values import Days

_LONG = 4
"""Days that a toll "since" some day covers at least, not to be taken for one raid."""


def joined(acts: list[Act]) -> list[Act]:
    """Join tellings of one act; what is denied of an act that the report itself tells is dropped."""
    kept: list[Act] = []
    for act in acts:
        twin = next((k for k in kept if _same(k, act)), None)
        if twin is None:
            kept.append(act)
        else:
            _join(twin, act)
    return [act for act in kept if not any(_refuted(act, other) for other in kept)]


def _join(twin: Act, act: Act) -> None:
    if twin.by_harm and not act.by_harm:  # the attack tells it better than the harm
        twin.trigger, act.trigger = act.trigger, twin.trigger
        twin.span, twin.by_harm = act.span, False
    twin.others.extend((act.trigger, *act.others))
    twin.days = twin.days or act.days
    twin.place = twin.place or act.place
    if twin.mode == "other":
        twin.mode = act.mode
    if act.type == "CONSULT" or not twin.actors:
        twin.actors = tuple(dict.fromkeys(twin.actors + act.actors))
    twin.recipients = twin.recipients or act.recipients
    if twin.speaker != act.speaker:
        twin.speaker = twin.speaks_for = None


def _refuted(act: Act, other: Act) -> bool:
    """Say whether a denied attack is one that the report tells in its own words."""
    return (
        act.type == other.type == "ASSAULT"
        and act.status == "denied"
        and other.status == "happened"
        and not (act.place and act.place != other.place)
        and _meet(act.actors, other.actors)
        and _overlap(act.days, other.days)
    )


def _same(a: Act, b: Act) -> bool:
    if a.type != b.type or a.status != b.status or not _overlap(a.days, b.days):
        return False
    if a.type == "ASSAULT":
        return _same_attack(a, b)
    if not (a.actors and b.actors):
        return _beside(a, b)
    if a.type == "CONSULT":
        return _same_talks(a, b)
    if not _meet(a.actors, b.actors) or not _meet(a.recipients, b.recipients):
        return False
    return _same_deed(a, b)


def _same_deed(a: Act, b: Act) -> bool:
    """Say whether two deeds of the same sides are one: both dated, or told in one sentence."""
    if a.type != "AGREE":
        told_on = not a.days and not b.days and line_of(a.trigger) == line_of(b.trigger)
        return bool(a.days and b.days) or told_on or _beside(a, b)
    shared = len(set(a.actors) & set(b.actors))
    if 2 * shared <= min(len(a.actors), len(b.actors)):
        return False
    alike = set(a.actors) == set(b.actors)
    near = shared > 1 and abs(line_of(a.trigger) - line_of(b.trigger)) <= alike
    return bool(a.days and b.days) or near or _beside(a, b)


def _same_talks(a: Act, b: Act) -> bool:
    """Say whether two tellings are of one meeting: its day, or its place in the same paragraph."""
    if a.mode != b.mode and "call" in {a.mode, b.mode}:
        return False
    if not _meet(a.actors, b.actors):
        placed = a.place is not None and a.place == b.place
        return placed and (not a.days or not b.days or a.days == b.days) and _near(a, b)
    if a.days and b.days:
        return True
    if a.place and b.place:
        return a.place == b.place
    return _beside(a, b) or (_near(a, b) and not (a.days or b.days))


def _same_attack(a: Act, b: Act) -> bool:
    if _are_two(a, b) or not _meet(a.actors, b.actors) or _abroad(a, b):
        return False
    if not _meet(a.recipients, b.recipients):
        told_once = a.days is None or b.days is None
        return bool(a.actors and b.actors) and told_once and _near(a, b, most=3)
    ground = [x.mode == "ground" for x in (a, b)]
    if a.mode != "other" and b.mode != "other" and ground[0] != ground[1] and not _beside(a, b):
        return False
    elsewhere = a.place and b.place and a.place != b.place
    return not (elsewhere and not (a.days and b.days) and not _near(a, b))


def _are_two(a: Act, b: Act) -> bool:
    """Say whether attacks differ in kind: a fight of both, a toll of many days, one told before."""
    if a.days is None and b.days and line_of(a.trigger) != line_of(b.trigger):
        return True  # what is told undated is not dated by the next attack
    aside = a.trigger.dep_ == "relcl" or b.trigger.dep_ == "relcl"
    if aside and (a.days is None) != (b.days is None) and not _beside(a, b):
        return True  # "an attack in May that killed nine" is told in passing
    nobody = a.days and not b.days and not (a.actors or a.recipients or a.by_harm)
    if nobody and line_of(a.trigger) != line_of(b.trigger):
        return True  # nor is whoever is told next taken for its doer
    mutual = [len(x.actors) > 1 and set(x.actors) == set(x.recipients) for x in (a, b)]
    return (mutual[0] != mutual[1] or _is_toll(a) != _is_toll(b)) and not _beside(a, b)


def _abroad(a: Act, b: Act) -> bool:
    """Say whether two attacks were made in different countries."""
    where = [x.place.country if x.place else None for x in (a, b)]
    return None not in where and where[0] != where[1] and not _beside(a, b)


def _is_toll(act: Act) -> bool:
    """Say whether an act is a toll "since" some day rather than one raid."""
    return act.by_harm and act.days is not None and (act.days[1] - act.days[0]).days + 1 >= _LONG


def _overlap(a: Days | None, b: Days | None) -> bool:
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def _meet(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return not a or not b or bool(set(a) & set(b))


def _beside(a: Act, b: Act) -> bool:
    return line_of(a.trigger) == line_of(b.trigger) and a.trigger.sent == b.trigger.sent


def _near(a: Act, b: Act, *, most: int = 1) -> bool:
    return abs(line_of(a.trigger) - line_of(b.trigger)) <= most
