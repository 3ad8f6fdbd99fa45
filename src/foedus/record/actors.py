"""Who acts, speaks and takes positions: each actor under one name, with what is known of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from foedus.ids import entry_id
from foedus.reading.knowledge import entries, key
from foedus.reading.knowledge import roles as known_roles
from foedus.record.names import Uses, named, one_names
from foedus.record.roles import role_told
from foedus.record.values import ActorEntry, RoleEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from foedus.record.changes import Change
    from foedus.record.known import Attested, Known
    from foedus.record.values import Correction


_BEFOREHAND = "the reader's table of persons; when it was held is not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """All actors, and the one name of each name that is used."""

    actors: tuple[ActorEntry, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfNames:
    """What people have said of actors or outlets, by the name they said it of."""

    corrections: dict[str, tuple[Correction, ...]]


def cast(known: Sequence[Known], uses: Uses, changes: Sequence[Change], told: ToldOfNames) -> Cast:
    """Return who is who in some reports. ``changes`` are those in force, oldest first.

    Who is who follows from all that was read, also where a person has rejected it since; who is
    there at all, from what counts.
    """
    names = one_names(uses, changes)
    counting = _counted(known)
    aliases: dict[str, list[str]] = defaultdict(list)
    for name, chosen in names.items():
        aliases[chosen].append(name)
    there = sorted({names.get(name, name) for name in counting})
    actors = []
    for chosen in there:
        counts = [counting[n] for n in (chosen, *aliases[chosen]) if n in counting]
        reports = len(set().union(*(c.reports for c in counts)))
        sides = sum((c.sides for c in counts), Counter())
        actors.append(actor_entry(chosen, sorted(aliases[chosen]), (reports, sides), told))
    return Cast(actors=tuple(actors), names=names)


def renamed(known: Sequence[Known], names: dict[str, str]) -> tuple[Known, ...]:
    """Return the reports with every actor under its one name."""
    if not names:
        return tuple(known)
    return tuple(
        replace(
            one,
            events=_each(one.events, names, ("actors", "recipients")),
            claims=_each(one.claims, names, ("speaker", "side")),
            positions=_each(one.positions, names, ("actor",)),
            provisions=_each(one.provisions, names, ("by",)),
        )
        for one in known
    )


def _each(
    attested: Sequence[Attested[Any]], names: dict[str, str], fields: tuple[str, ...]
) -> tuple[Attested[Any], ...]:
    return tuple(_under_one_name(a, names, fields) for a in attested)


def _under_one_name(
    attested: Attested[Any], names: dict[str, str], fields: tuple[str, ...]
) -> Attested[Any]:
    new: dict[str, object] = {}
    for name in fields:
        old = getattr(attested.mention, name)
        if isinstance(old, tuple):
            now: object = tuple(dict.fromkeys(names.get(n, n) for n in old))
        else:
            now = names.get(old, old)
        if now != old:
            new[name] = now
    return replace(attested, mention=replace(attested.mention, **new)) if new else attested


@dataclass(slots=True)
class _Count:
    """In which reports a name counts, and how often it is said to speak for whom."""

    reports: set[str] = field(default_factory=set)
    sides: Counter[str] = field(default_factory=Counter)


def _counted(known: Iterable[Known]) -> dict[str, _Count]:
    """Return how each name counts, in the order of first use."""
    counted: dict[str, _Count] = defaultdict(_Count)
    for one in known:
        counting = [
            (family, a.mention)
            for family, attested in one.families()
            for a in attested
            if not a.rejected
        ]
        for name, side, _ in named(counting):
            count = counted[name]
            count.reports.add(one.report.id)
            if side is not None:
                count.sides[side] += 1
    return dict(counted)


def actor_entry(
    name: str, aliases: Sequence[str], counted: tuple[int, Counter[str]], told: ToldOfNames
) -> ActorEntry:
    """Return an actor: in how many reports it is named, and how often it is said to be whose."""
    reports, sides = counted
    corrections = tuple(
        sorted(
            {c for m in (name, *aliases) for c in told.corrections.get(m, ())},
            key=lambda c: c.number,
        )
    )
    said = [c.now for c in corrections if c.field == "state"]
    entry = entries().get(key(name))
    actor = entry.actor if entry is not None else None
    known_side = actor.side if actor is not None and actor.name == name else None
    best = min(sides, key=lambda s: (-sides[s], s), default=None)
    state = known_side or best
    if said:
        state = None if said[-1] == "none" else said[-1]
    return ActorEntry(
        id=entry_id("a", key(name)),
        name=name,
        aliases=tuple(aliases),
        state=None if state == name else state,
        roles=_roles(name, corrections),
        reports=reports,
        corrections=corrections,
    )


def _roles(name: str, corrections: Sequence[Correction]) -> tuple[RoleEntry, ...]:
    """Return the offices that people wrote down, and the one that the reader knows beforehand."""
    roles = [role_told(c) for c in corrections if c.field == "role"]
    known = known_roles().get(name)
    if known is not None:
        roles.append(RoleEntry(role=known, since=None, until=None, source=_BEFOREHAND))
    return tuple(sorted(roles, key=lambda r: (str(r.since or ""), str(r.until or "~"), r.role)))
