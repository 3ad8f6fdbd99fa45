"""Join the tellings of one event: what several reports tell becomes one entry, without loss.

Tellings are compared only within a block (same type, a common party, days that meet; and a place or
a number in common unless one names no town). A pair counts
when each is, of all that its report tells, the one most like the other. The likeliest pairs come
first, and a pair joins the groups that its two tellings are in when these can be one event
throughout: no two tellings exclude each other, and the mean likeness reaches the threshold. So a
telling that says little cannot bind two events together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from foedus.record.disputes import disputes
from foedus.record.figures import figures
from foedus.record.independence import sources
from foedus.record.likeness import (
    MUTUAL,
    THRESHOLD,
    likeness,
    may_be_alike,
    names_no_town,
    reach,
    traits,
)
from foedus.record.links import settled
from foedus.record.values import EventEntry, QuantityEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from foedus.reading.values import Days, EventMode, EventStatus
    from foedus.record.known import Link
    from foedus.record.tellings import Telling

_T = TypeVar("_T")

_STRENGTH: tuple[EventStatus, ...] = ("happened", "denied", "claimed", "called-off", "planned")
"""The status of an event that reports tell differently is the first of these that one of them
gives: `claimed` is for what no report tells as fact, and what came of a plan stands above it."""


def merge(
    tellings: Sequence[Telling],
    links: Sequence[Link] = (),
    weights: dict[tuple[str, str], int | None] | None = None,
) -> tuple[EventEntry, ...]:
    """Return one entry for each event, in the order of the first telling of each.

    ``weights`` holds what is known of the likeness of two tellings, by their ids, and takes more.
    """
    found = groups(tellings, links, weights)
    return tuple(_entry([tellings[i] for i in group], links) for group in found)


def groups(
    tellings: Sequence[Telling],
    links: Sequence[Link] = (),
    weights: dict[tuple[str, str], int | None] | None = None,
) -> list[list[int]]:
    """Return the indices of the tellings, those of one event together, each list in order.

    What people have said to be one event is one, and what they have parted is not joined, whatever
    the likeness. The result depends on the set of tellings and links and on nothing else but their
    order within an entry.
    """
    lots, apart = by_hand(tellings, links)
    known = {} if weights is None else weights

    mine: dict[tuple[int, int], int | None] = dict.fromkeys(apart)

    def weigh(i: int, j: int) -> int | None:
        pair = (i, j) if i < j else (j, i)
        if pair not in mine:
            mine[pair] = weight(tellings[i], tellings[j], known)
        return mine[pair]

    likely = ((i, j) for i, j in candidates(tellings) if may_be_alike(tellings[i], tellings[j]))
    weighed = ((weigh(i, j), i, j) for i, j in likely)
    pairs = [(w, i, j) for w, i, j in weighed if w is not None and w >= THRESHOLD]
    group_of = {i: [i] for i in range(len(tellings))}
    for lot in lots:
        for n in lot:
            group_of[n] = lot
    fixed = {n for lot in lots for n in lot}
    for i, j in _mutual(pairs, tellings):
        one, two = group_of[i], group_of[j]
        if one is not two and _may_join(one, two, weigh, (fixed, apart)):
            one.extend(two)
            for n in two:
                group_of[n] = one
    distinct = {id(group): sorted(group) for group in group_of.values()}
    return sorted(distinct.values())


def weight(a: Telling, b: Telling, known: dict[tuple[str, str], int | None]) -> int | None:
    """Return the likeness of two tellings, which is weighed only once."""
    pair = (a.id, b.id) if a.id < b.id else (b.id, a.id)
    if pair not in known:
        known[pair] = likeness(a, b)
    return known[pair]


def _may_join(
    one: list[int],
    two: list[int],
    weigh: Callable[[int, int], int | None],
    by_hand: tuple[set[int], set[tuple[int, int]]],
) -> bool:
    """Say whether two groups can be one event throughout.

    Where a person has put tellings together that exclude each other, a third that is like one of
    them may join although another of them excludes it: that one counts as no likeness at all.
    """
    fixed, apart = by_hand
    total = 0
    for m in one:
        for n in two:
            found = weigh(m, n)
            if found is not None:
                total += found
            elif ((m, n) if m < n else (n, m)) in apart or not {m, n} & fixed:
                return False
    return total >= THRESHOLD * len(one) * len(two)


def by_hand(
    tellings: Sequence[Telling], links: Sequence[Link]
) -> tuple[list[list[int]], set[tuple[int, int]]]:
    """Return what people have put together and what they have parted, by the tellings' indices."""
    if not links:
        return [], set()
    at = {telling.evidence.mention or "": n for n, telling in enumerate(tellings)}
    lots, apart = settled(
        (
            link.apart,
            [m for m in link.ones if m in at],
            [m for m in link.others if m in at],
        )
        for link in links
    )
    pairs = {(at[a], at[b]) for a, b in apart}
    return [[at[m] for m in lot] for lot in lots], {(i, j) for i, j in pairs if i < j}


def _mutual(
    pairs: list[tuple[int, int, int]], tellings: Sequence[Telling]
) -> list[tuple[int, int]]:
    """Return the pairs in which each is, of all in its report, the one most like the other.

    A report tells an event once. Where two of its events are equally like a third, nothing says
    which of them it is, and it stays by itself. The likeliest pairs come first.
    """
    best: dict[tuple[int, str], tuple[int, int, int]] = {}
    for weight, i, j in pairs:
        for this, other in ((i, j), (j, i)):
            here = (this, tellings[other].teller)
            first, whom, second = best.get(here, (0, -1, 0))
            if weight > first:
                best[here] = (weight, other, first)
            elif weight > second:
                best[here] = (first, whom, weight)

    def rival(this: int, other: int) -> int:
        first, whom, second = best[this, tellings[other].teller]
        return second if whom == other else first

    kept = [
        (-weight, sorted((tellings[i].id, tellings[j].id)), i, j)
        for weight, i, j in pairs
        if weight > rival(i, j) and weight > rival(j, i)
    ]
    return [(i, j) for *_, i, j in sorted(kept)]


def candidates(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Yield, once each, the pairs that could be one event.

    They are of one type, share a party, and their days can meet; and they name places that share a
    word, or one of them names no town, or they give one number alike.
    """
    reaches = [reach(telling) for telling in tellings]
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i in sorted(range(len(tellings)), key=lambda n: (reaches[n], n)):
        for party in tellings[i].parties:
            blocks[tellings[i].event.type, party].append(i)
    seen = set()
    for block in blocks.values():
        alike: dict[object, list[int]] = defaultdict(list)
        for i in block:
            for trait in traits(tellings[i]):
                alike[trait].append(i)
        placeless = [i for i in block if names_no_town(tellings[i])]
        lots = [(lot, lot) for lot in alike.values()]
        for ones, others in (*lots, (placeless, block), (block, placeless)):
            for i, j in _meeting(ones, others, reaches):
                pair = (i, j) if i < j else (j, i)
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _meeting(
    ones: Sequence[int], others: Sequence[int], reaches: Sequence[Days]
) -> Iterator[tuple[int, int]]:
    """Yield each of the ones with each of the others that begins later, before it is over.

    Both are in the order of their reaches.
    """
    start = 0
    for i in ones:
        mine = (reaches[i], i)
        while start < len(others) and (reaches[others[start]], others[start]) <= mine:
            start += 1
        for j in islice(others, start, None):
            if reaches[j][0] > reaches[i][1]:
                break
            yield i, j


def _entry(members: list[Telling], links: Sequence[Link]) -> EventEntry:
    """Make one entry of the tellings of one event; the first gives it its id."""
    mentions = {m.evidence.mention for m in members}
    linked = [k.correction for k in links if mentions.intersection((*k.ones, *k.others))]
    corrections = {c for m in members for c in m.corrections} | set(linked)
    events = [m.event for m in members]
    named = sources([m.printed for m in members])
    statuses = {e.status for e in events}
    place, country = _where(members)
    actors = _union(e.actors for e in events)
    recipients = _union(e.recipients for e in events)
    return EventEntry(
        id=members[0].id,
        type=events[0].type,
        mode=_mode(e.mode for e in events),
        status=min(statuses, key=_STRENGTH.index),
        date=_date([e.date for e in events if e.date is not None]),
        place=place,
        country=country,
        actors=actors,
        # Together is together, whichever of the two a report names first.
        recipients=tuple(r for r in recipients if events[0].type not in MUTUAL or r not in actors),
        quantities=tuple(q for m in members for q in _quantities(m)),
        according_to=_according_to([e.according_to for e in events]),
        disputes=disputes(members),
        evidence=tuple(m.evidence for m in members),
        figures=figures(members, named),
        independent=len(set(named)),
        corrections=tuple(sorted(corrections, key=lambda c: (c.number, c.mention or ""))),
    )


def _union(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


def _most_common(values: Iterable[_T]) -> _T | None:
    """Return what most give; of several, what was given first."""
    counts = Counter(values).most_common(1)
    return counts[0][0] if counts else None


def _mode(modes: Iterable[EventMode | None]) -> EventMode | None:
    """Return the mode that most reports give; ``other`` only when none says more."""
    known = [mode for mode in modes if mode is not None]
    return _most_common(m for m in known if m != "other") or _most_common(known)


def _date(dates: list[Days]) -> Days | None:
    """Return the days that most reports give; of several, the narrowest, then the earliest."""
    counts = Counter(dates)
    return min(counts, key=lambda d: (-counts[d], d[1] - d[0], d), default=None)


def _where(members: list[Telling]) -> tuple[str | None, str | None]:
    """Return the place that most reports give, before that a town rather than a whole state."""
    known = [m.event for m in members if m.event.place is not None]
    towns = [e for e in known if e.place not in {*e.actors, *e.recipients}]
    best = _most_common((e.place, e.country) for e in towns or known)
    if best is not None and best[1] is not None:
        return best
    country = _most_common(m.event.country for m in members if m.event.country is not None)
    return (best[0] if best else None), country


def _according_to(named: list[str | None]) -> str | None:
    """Return whose word it is: nobody's when one report tells it on its own account."""
    known = [name for name in named if name is not None]
    return "; ".join(dict.fromkeys(known)) if len(known) == len(named) else None


def _quantities(member: Telling) -> Iterator[QuantityEntry]:
    for quantity in member.event.quantities:
        yield QuantityEntry(
            item=quantity.item,
            role=quantity.role,
            value=quantity.value,
            bound=quantity.bound,
            according_to=quantity.according_to,
            report=member.report,
        )
