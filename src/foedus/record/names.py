"""Who is meant by a name: the names of one actor, found by how they are written and used.

Two names are one actor when they differ only in accents, case, "the" or the way a name is put into
Latin letters, or when one is the surname, or the initial and surname, of the only speaker in the
record who could be meant. Everything else is left apart until a person joins it: two actors taken
for one would put words into the wrong mouth.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from foedus.reading.knowledge import entries, key
from foedus.record.links import settled

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from foedus.reading.values import Mentions
    from foedus.record.changes import Change, Family
    from foedus.record.known import Known
    from foedus.record.rows import Reading

    Naming = tuple[str, str | None, bool]
    """A name in a report: whom it speaks for, if that is told, and whether it speaks."""


@dataclass(slots=True)
class Use:
    """How one name is used: whether it speaks, for whom, and whether others speak for it."""

    speaks: bool = False
    is_side: bool = False
    sides: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """How names are used in all that was read until a day, and in how many reports each."""

    of: dict[str, Use]
    count: Callable[[str], int]


def one_names(uses: Uses, changes: Sequence[Change]) -> dict[str, str]:
    """Return the one name of each name that is another's.

    What is said of a name depends on the names that are spelled alike or have the same surname, and
    on those that people have joined or parted, and on no others.
    """
    used = uses.of
    lots, apart = settled(_said(changes, set(used)))
    leader = _joined(used, lots, apart)
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(used):
        groups[leader(name)].append(name)
    by_hand = {name: lot[0] for lot in lots for name in lot}
    names: dict[str, str] = {}
    for members in groups.values():
        chosen = _name(members, uses.count, by_hand)
        names |= {name: chosen for name in members if name != chosen}
    return names


def uses_of(readings: Iterable[Reading], known: Iterable[Known], as_of: dt.date | None) -> Uses:
    """Return how names are used in readings that were out on a day, and in people's corrections."""
    used: dict[str, Use] = defaultdict(Use)
    count: Counter[str] = Counter()
    for reading in readings:
        published = reading.mentions.report.published
        if as_of is None or published is None or published <= as_of:
            count.update(take_uses(used, mentions_named(reading.mentions)))
    count.update(corrected_uses(used, known))
    return Uses(of=dict(used), count=lambda name: count[name])


def corrected_uses(used: dict[str, Use], known: Iterable[Known]) -> Counter[str]:
    """Take in the names that people have written; return in how many reports each."""
    count: Counter[str] = Counter()
    for one in known:
        changed = [
            (family, a.mention)
            for family, attested in one.families()
            for a in attested
            if a.mention != a.read
        ]
        count.update(take_uses(used, named(changed)))
    return count


def take_uses(used: dict[str, Use], named: Iterable[Naming]) -> set[str]:
    """Take in how names are used; return the names."""
    names = set()
    for name, side, speaks in named:
        names.add(name)
        use = used.setdefault(name, Use())
        if speaks:
            use.speaks = True
        if side is not None:
            use.sides.add(side)
            used.setdefault(side, Use()).is_side = True
    return names


def mentions_named(mentions: Mentions) -> Iterator[Naming]:
    """Yield each name in what was read in a report, as `Naming` says."""
    return named(
        [
            *(("event", e) for e in mentions.events),
            *(("claim", c) for c in mentions.claims),
            *(("position", p) for p in mentions.positions),
            *(("provision", p) for p in mentions.provisions),
        ]
    )


def named(mentions: Iterable[tuple[Family, Any]]) -> Iterator[Naming]:
    """Yield each name in some mentions of a report, as `Naming` says."""
    for family, one in mentions:
        if family == "event":
            for name in (*one.actors, *one.recipients):
                yield name, None, False
        elif family == "claim":
            yield one.speaker, one.side, True
            if one.side is not None:
                yield one.side, None, False
        elif family == "position":
            yield one.actor, None, False
        elif family == "provision" and one.by is not None:
            yield one.by, None, False


def _said(changes: Iterable[Change], used: set[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Yield what people have joined and parted, of the names that are used."""
    for change in changes:
        sides: tuple[list[str], list[str]] = ([], [])
        for target in change.targets:
            if target.family == "actor" and target.name is not None and target.name in used:
                sides[target.side].append(target.name)
        if change.kind in {"merge", "split"} and sides[0]:
            yield change.kind == "split", *sides


def _joined(
    used: dict[str, Use], lots: list[list[str]], apart: set[tuple[str, str]]
) -> Callable[[str], str]:
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
    for spelling in (plain, romanised):
        first: dict[str, str] = {}
        for name in sorted(used):
            form = spelling(name)
            if form:
                join(first.setdefault(form, name), name)
    for short, full in _short_forms(used):
        join(full, short)
    return lambda name: min(group[name])


def plain(name: str) -> str:
    """Return what spellings of a name that differ in accents, case or "the" have in common."""
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
    return "" if key(name) in entries() else spelling(name)


def spelling(name: str) -> str:
    """Return what `romanised` does, also for a name that the reader knows beforehand."""
    words = plain(name).split()
    if len(words) < 2 or not name[:1].isupper():
        return ""
    folded = []
    for word in words:
        form = word
        for pattern, letter in _SPELLINGS:
            form = re.sub(pattern, letter, form)
        folded.append(form)
    return " ".join(folded)


def surname(name: str) -> tuple[str, bool]:
    """Return the surname if the name looks like a person's, and whether there is no more of it.

    Empty for what is neither a full name nor a surname, alone or after an initial.
    """
    *before, last = plain(name).split() or [""]
    if not before or (len(before) == 1 and len(before[0]) == 1):
        return (last, True) if name[:1].isupper() else ("", False)
    named = all(word[:1].isupper() for word in name.split())
    return (last, False) if len(before) <= 2 and len(before[0]) > 1 and named else ("", False)


def _short_forms(used: dict[str, Use]) -> Iterator[tuple[str, str]]:
    """Yield each surname or initial with surname, and the only full name that it can stand for."""
    full: dict[str, list[str]] = defaultdict(list)
    short: dict[str, str] = {}
    for name in sorted(name for name, use in used.items() if use.speaks):
        last, is_short = surname(name)
        if is_short:
            short[name] = last
        elif last:
            full[last].append(name)
    for name, last in short.items():
        use = used[name]
        if use.is_side or key(name) in entries():  # a state or an organisation
            continue
        before = plain(name).split()[:-1]
        fits = [
            f
            for f in full.get(last, [])
            if plain(f).startswith(before[0] if before else "")
            and (not use.sides or not used[f].sides or use.sides & used[f].sides)
        ]
        forms = {romanised(f) or f for f in fits}
        if len(forms) == 1:
            yield name, fits[0]


def _name(members: list[str], count: Callable[[str], int], by_hand: dict[str, str]) -> str:
    """Return the one name: what a person chose, else a name known beforehand, else the fullest."""
    chosen = [by_hand[m] for m in members if m in by_hand]
    if chosen:
        return min(chosen, key=lambda c: (members.index(c) if c in members else 0, c))

    if len(members) == 1:
        return members[0]

    def rank(name: str) -> tuple[bool, bool, int, int]:
        entry = entries().get(key(name))
        is_known = entry is not None and entry.actor is not None and entry.actor.name == name
        words = plain(name).split()
        initials = sum(len(word) == 1 for word in words)
        is_bare = not name.casefold().startswith("the ")
        return not is_known, not is_bare, initials, -len(words)

    best = min(map(rank, members))
    fullest = [name for name in members if rank(name) == best]
    if len(fullest) == 1:  # counting costs more
        return fullest[0]
    return min(fullest, key=lambda name: (-count(name), name))
