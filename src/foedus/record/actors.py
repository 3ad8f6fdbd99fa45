"""Who is who: names that several reports use for one actor, joined under one name.

Two names are one actor when they differ only in accents, case, "the" or the way a name is put into
Latin letters, or when one is the surname, or the initial and surname, of the only speaker in the
record who could be meant. Everything else is left apart until a person joins it: two actors taken
for one would put words into the wrong mouth.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from foedus.ids import entry_id
from foedus.reading.knowledge import entries, key
from foedus.reading.knowledge import roles as known_roles
from foedus.record.links import settled
from foedus.record.roles import role_told
from foedus.record.values import ActorEntry, RoleEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from foedus.record.changes import Change
    from foedus.record.known import Attested, Known
    from foedus.record.values import Correction

M = TypeVar("M")

_BEFOREHAND = "the reader's table of persons; when it was held is not known"


@dataclass(slots=True)
class _Use:
    """How one name is used."""

    reports: set[str] = field(default_factory=set)
    sides: Counter[str] = field(default_factory=Counter)
    speaks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """All actors, and the one name of each name that is used."""

    actors: tuple[ActorEntry, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfNames:
    """What people have said of actors or outlets, by the name they said it of."""

    corrections: dict[str, tuple[Correction, ...]]


def cast(known: Sequence[Known], changes: Sequence[Change], told: ToldOfNames) -> Cast:
    """Return who is who in some reports. ``changes`` are those in force, oldest first."""
    used = _used(known)
    lots, apart = settled(_said(changes, set(used)))
    leader = _joined(used, lots, apart)
    groups: dict[str, list[str]] = defaultdict(list)
    for name in used:
        groups[leader(name)].append(name)
    by_hand = {name: lot[0] for lot in lots for name in lot}
    names: dict[str, str] = {}
    actors = []
    for members in groups.values():
        chosen = _name(members, used, by_hand)
        names |= dict.fromkeys(members, chosen)
        actors.append(_entry(chosen, members, used, told))
    actors.sort(key=lambda a: a.name)
    return Cast(actors=tuple(actors), names={n: c for n, c in names.items() if n != c})


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


def _used(known: Iterable[Known]) -> dict[str, _Use]:
    """Return how each name is used, in the order of first use."""
    used: dict[str, _Use] = defaultdict(_Use)
    for one in known:
        for name, side, speaks in _named(one):
            use = used[name]
            use.reports.add(one.report.id)
            use.speaks = use.speaks or speaks
            if side is not None:
                use.sides[side] += 1
    return dict(used)


def _named(one: Known) -> Iterator[tuple[str, str | None, bool]]:
    """Yield each name in a report: whom it speaks for, if that is told, and whether it speaks."""
    for event in _counting(one.events):
        for name in (*event.actors, *event.recipients):
            yield name, None, False
    for claim in _counting(one.claims):
        yield claim.speaker, claim.side, True
        if claim.side is not None:
            yield claim.side, None, False
    for position in _counting(one.positions):
        yield position.actor, None, False
    for provision in _counting(one.provisions):
        if provision.by is not None:
            yield provision.by, None, False


def _counting(attested: Sequence[Attested[M]]) -> Iterator[M]:
    return (a.mention for a in attested if not a.rejected)


def _said(changes: Iterable[Change], used: set[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Yield what people have joined and parted, of the names that are used."""
    for change in changes:
        sides: tuple[list[str], list[str]] = ([], [])
        for target in change.targets:
            if target.family == "actor" and target.name is not None and target.name in used:
                sides[target.side].append(target.name)
        if change.kind in {"merge", "split"} and sides[0]:
            yield change.kind == "split", *sides


def _joined(used: dict[str, _Use], lots: list[list[str]], apart: set[tuple[str, str]]) -> Any:  # noqa: ANN401 - a function
    """Return a function that gives the same name for every name of one actor."""
    group: dict[str, list[str]] = {name: [name] for name in used}

    def join(one: str, two: str) -> None:
        ours, theirs = group[one], group[two]
        if ours is theirs or any((a, b) in apart for a in ours for b in theirs):
            return
        ours.extend(theirs)
        for name in theirs:
            group[name] = ours

    for lot in lots:
        for name in lot[1:]:
            join(lot[0], name)
    for spelling in (_plain, romanised):
        first: dict[str, str] = {}
        for name in sorted(used):
            form = spelling(name)
            if form:
                join(first.setdefault(form, name), name)
    for short, full in _short_forms(used):
        join(full, short)
    return lambda name: min(group[name])


def _plain(name: str) -> str:
    return re.sub(r"^the ", "", key(name))


_SPELLINGS = (
    (r"[yj]", "i"),
    (r"ph", "f"),
    (r"w", "v"),
    (r"ck|kh|ch|q|c(?=[aou]|$)", "k"),
    (r"gh", "g"),
    (r"ou|oo", "u"),
    (r"ee", "i"),
    (r"x", "ks"),
    (r"ii+", "i"),
    (r"(.)\1+", r"\1"),
)
"""Letters that ways of writing Ukrainian, Russian and Arabic names in Latin letters choose
differently, after the national systems and BGN/PCGN."""


def romanised(name: str) -> str:
    """Return what spellings of a name of several words have in common; empty for a single word.

    Single words are left alone: too many states and towns differ by a letter.

    Examples
    --------
    >>> {romanised(n) for n in ("Andrij Sokolskyy", "Andriy Sokolskiy", "Andrii Sokolsky")}
    {'andri sokolski'}
    >>> romanised("Niger"), romanised("Nigeria")
    ('', '')
    """
    words = _plain(name).split()
    if len(words) < 2 or not name[:1].isupper() or key(name) in entries():
        return ""
    folded = []
    for word in words:
        form = word
        for pattern, letter in _SPELLINGS:
            form = re.sub(pattern, letter, form)
        folded.append(form)
    return " ".join(folded)


def _short_forms(used: dict[str, _Use]) -> Iterator[tuple[str, str]]:
    """Yield each surname or initial with surname, and the only full name that it can stand for."""
    full: dict[str, list[str]] = defaultdict(list)
    sides = {side for use in used.values() for side in use.sides}
    for name, use in used.items():
        words = _plain(name).split()
        named = all(word[:1].isupper() for word in name.split())
        if use.speaks and 2 <= len(words) <= 3 and len(words[0]) > 1 and named:
            full[words[-1]].append(name)
    for name, use in used.items():
        *before, last = _plain(name).split() or [""]
        short = not before or (len(before) == 1 and len(before[0]) == 1)
        if not (use.speaks and short and name[:1].isupper()):
            continue
        if name in sides or key(name) in entries():  # a state or an organisation
            continue
        fits = [
            f
            for f in full.get(last, [])
            if _plain(f).startswith(before[0] if before else "")
            and (not use.sides or not used[f].sides or set(use.sides) & set(used[f].sides))
        ]
        forms = {romanised(f) or f for f in fits}
        if len(forms) == 1:
            yield name, fits[0]


def _name(members: list[str], used: dict[str, _Use], by_hand: dict[str, str]) -> str:
    """Return the one name: what a person chose, else a name known beforehand, else the fullest."""
    chosen = [by_hand[m] for m in members if m in by_hand]
    if chosen:
        return min(chosen, key=lambda c: (members.index(c) if c in members else 0, c))

    def rank(name: str) -> tuple[bool, bool, int, int, int, str]:
        entry = entries().get(key(name))
        is_known = entry is not None and entry.actor is not None and entry.actor.name == name
        words = _plain(name).split()
        initials = sum(len(word) == 1 for word in words)
        is_bare = not name.casefold().startswith("the ")
        return not is_known, not is_bare, initials, -len(words), -len(used[name].reports), name

    return min(members, key=rank)


def _entry(name: str, members: list[str], used: dict[str, _Use], told: ToldOfNames) -> ActorEntry:
    corrections = tuple(
        sorted({c for m in members for c in told.corrections.get(m, ())}, key=lambda c: c.number)
    )
    said = [c.now for c in corrections if c.field == "state"]
    sides = sum((used[m].sides for m in members), Counter())
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
        aliases=tuple(sorted(set(members) - {name})),
        state=None if state == name else state,
        roles=_roles(name, corrections),
        reports=len(set().union(*(used[m].reports for m in members))),
        corrections=corrections,
    )


def _roles(name: str, corrections: Sequence[Correction]) -> tuple[RoleEntry, ...]:
    """Return the offices that people wrote down, and the one that the reader knows beforehand."""
    roles = [role_told(c) for c in corrections if c.field == "role"]
    known = known_roles().get(name)
    if known is not None:
        roles.append(RoleEntry(role=known, since=None, until=None, source=_BEFOREHAND))
    return tuple(sorted(roles, key=lambda r: (str(r.since or ""), str(r.until or "~"), r.role)))
