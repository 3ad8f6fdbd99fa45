"""How much two tellings have in common: the evidence that they tell one event.

Record linkage after Fellegi and Sunter: each comparison adds a weight, about the logarithm to base
2 of how many times likelier its outcome is for two tellings of one event than for two events of
the same type, parties and days; the sum is held against a threshold. The weights are round numbers
set by judgement, not fitted: a join that is false does more harm than one that is missed, so what
is not said counts for nothing, and what contradicts counts for more than what agrees.

Source: I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", Journal of the American
Statistical Association 64 (1969).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reading.values import Days, Event, EventType
    from foedus.record.tellings import Telling

THRESHOLD = 5
"""From this sum on, two tellings are one event: odds of 32 to 1 on top of those that two events of
one type on the same days with the same parties start with."""

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""What parties do together: it does not matter who is named as doing it to whom."""

_FREQUENT = {
    "ASSAULT": -1,
    "ACCUSE": -2,
    "REJECT": -2,
    "REQUEST": -2,
    "SUPPORT": -2,
    "THREATEN": -2,
}
"""Words and blows: the same parties often trade several on one day."""

_TOLLS = frozenset({"killed", "wounded", "missing", "displaced", "captured"})
"""What is counted for days after; two counts may differ much and still be of one event."""

_ALIKE_MODES = (frozenset({"meeting", "visit"}), frozenset({"meeting", "mediation"}))

_REAL = frozenset({"happened", "claimed", "denied"})

_RECENT = dt.timedelta(days=10)
"""How far back an act without a day may lie: news tells what is new."""

_SOON = dt.timedelta(days=30)
"""How far ahead a plan without a day may lie."""

_DAY = dt.timedelta(days=1)

CAMPAIGN = 31
"""Days above which an event is a campaign, known by its beginning and apart from all in it."""

_UNPLACED = -4
"""Nothing places one of the two in time: all else must agree, numbers included."""

_SHIFTED = -4
"""The days are near each other, but not the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What one comparison of two tellings adds to the evidence that they are one event."""

    of: str
    weight: int


def likeness(a: Telling, b: Telling) -> int | None:
    """Return the weight of the evidence that ``a`` and ``b`` are one event; None if they are not.

    Symmetric. None where both come from one report or one dataset (which tells an event once), or
    where type, mode, status, days or those who did it cannot be reconciled.
    """
    compared = _compared(a, b)
    return None if compared is None else sum(compared)


def comparisons(a: Telling, b: Telling) -> tuple[Comparison, ...]:
    """Return what `likeness` is the sum of; nothing where the two cannot be one event."""
    compared = _compared(a, b) or ()
    return tuple(Comparison(of=of, weight=w) for of, w in zip(_COMPARED, compared, strict=False))


_COMPARED = ("days", "parties", "place", "numbers", "wording", "plan or deed", "kind of act")


def _compared(a: Telling, b: Telling) -> tuple[int, ...] | None:
    if a.teller == b.teller or a.event.type != b.event.type or not _may_be_one(a, b):
        return None
    days = _days(a, b)
    if days is None:
        return None
    parties = _parties(a, b)
    if parties is None:
        return None
    place = _place(a, b)
    if place is None:
        return None
    change = 0 if _class(a.event) == _class(b.event) else -1  # a plan, and what became of it
    frequent = _FREQUENT.get(a.event.type, 0)
    return days, parties, place, _numbers(a, b), _words(a, b), change, frequent


def may_be_alike(a: Telling, b: Telling) -> bool:
    """Say whether the likeness can reach the threshold, at less cost than weighing everything.

    Days, parties and numbers are looked at, and place and wording taken to agree.
    """
    if a.teller == b.teller or a.event.type != b.event.type:
        return False
    days = _days(a, b)
    if days is None:
        return False
    parties = _parties(a, b)
    if parties is None:
        return False
    numbers = 6 if _share_a_number(a, b) else len(a.numbers)
    most = days + parties + 3 + numbers + 3 + _FREQUENT.get(a.event.type, 0)
    return most >= THRESHOLD


def traits(telling: Telling) -> Iterator[object]:
    """Yield what two tellings that both name a town must have one of in common.

    Words of the place, and numbers with the thing that is counted.
    """
    if not telling.wide:
        yield from telling.place
    for thing, values in telling.numbers.items():
        for value in values:
            yield thing, value


def names_no_town(telling: Telling) -> bool:
    """Say whether a telling names no place, or a whole state that is itself a party."""
    return telling.wide or not telling.place


def reach(telling: Telling) -> Days:
    """Return the first and the last day on which an event may lie that this could be a telling of.

    Two tellings whose reaches do not meet are never one event.
    """
    return reach_of(telling.event, telling.published)


def reach_of(event: Event, published: dt.date | None) -> Days:
    """Return the reach of an event as a report of a day tells it; see `reach`."""
    if event.date is not None:
        first, last = event.date
        return first, _later(first if _length(event.date) > CAMPAIGN else last, _DAY)
    if published is None:
        return dt.date.min, dt.date.max
    if _class(event) == "planned":
        return _earlier(published, _DAY), _later(published, _SOON)
    return _earlier(published, _RECENT), _later(published, _DAY)


def _earlier(day: dt.date, by: dt.timedelta) -> dt.date:
    """Return an earlier day, or the first that a date can hold: pages give impossible ones."""
    return day - by if day - dt.date.min >= by else dt.date.min


def _later(day: dt.date, by: dt.timedelta) -> dt.date:
    return day + by if dt.date.max - day >= by else dt.date.max


def _class(event: Event) -> str:
    return "real" if event.status in _REAL else event.status


def _may_be_one(a: Telling, b: Telling) -> bool:
    if a.event.mode != b.event.mode:
        modes = {a.event.mode, b.event.mode} - {None, "other"}
        if len(modes) == 2 and modes not in _ALIKE_MODES:
            return False
    if a.event.status == b.event.status:
        return True
    # A plan may come true or be called off; what came true was not called off.
    return {_class(a.event), _class(b.event)} != {"real", "called-off"}


def _days(a: Telling, b: Telling) -> int | None:
    if a.event.date is not None and b.event.date is not None:
        return _both_dated(a.event.type, a.event.date, b.event.date)
    known = a.event.date or b.event.date
    if known is None:
        return _undated(a, b)
    if _length(known) > CAMPAIGN:  # an act without a day is news, and none of these
        return None
    first, last = reach(a if a.event.date is None else b)
    if known[0] > last or known[1] < first:
        return None
    return _UNPLACED if first == dt.date.min else -1


def _undated(a: Telling, b: Telling) -> int | None:
    if a.published is None or b.published is None:
        return _UNPLACED
    return -1 if abs(a.published - b.published) <= 3 * _DAY else None


def _both_dated(type_: EventType, one: Days, two: Days) -> int | None:
    """Weigh days: those of one telling should lie within those of the other.

    Days that only touch, or of which each has one that the other lacks, are rather those of the
    next night's raid or the next day's talks, which are told in the same words: only their numbers
    can show them to be one.
    """
    common = (min(one[1], two[1]) - max(one[0], two[0])).days + 1
    if common < 0:
        return None
    shorter, longer = sorted((_length(one), _length(two)))
    if longer > CAMPAIGN:  # one that goes on has the same beginning in both
        return 2 if shorter > 8 and abs(one[0] - two[0]) <= _DAY else None
    if common == 0:
        return _SHIFTED
    return _within(type_, one, two) if common == shorter else _SHIFTED


def _within(type_: EventType, one: Days, two: Days) -> int:
    """Weigh days that lie within other days: the wider those are, the less it says."""
    shorter, longer = sorted((_length(one), _length(two)))
    together = abs(one[0] - two[0]) <= _DAY
    if longer <= 3:
        return 3
    if longer <= 2 * shorter:
        return 2
    if longer <= 8:
        # "Last week" may be any day of it, but fighting all week is not one day's attack.
        return 2 if together or type_ != "ASSAULT" else 0
    return -1  # "in May" says little about a day in May


def _length(days: Days) -> int:
    return (days[1] - days[0]).days + 1


def _parties(a: Telling, b: Telling) -> int | None:
    if a.event.type in MUTUAL:
        return _names(a.parties, b.parties) if a.parties & b.parties else None
    if a.actors and b.actors and not a.actors & b.actors:
        return None
    if not a.parties & b.parties:
        return None
    return _names(a.actors, b.actors) + _names(a.recipients, b.recipients)


def _names(one: frozenset[str], two: frozenset[str]) -> int:
    """Weigh names: a list that holds all of the other agrees, since reports name few or many.

    Where each names several that the other lacks, one host has met two guests.
    """
    if not one and not two:
        return 0
    if not one or not two:
        return -1
    common = len(one & two)
    share = common / min(len(one), len(two))
    if share == 1:
        return min(common, 2)
    return 0 if share >= 2 / 3 else -5


def _place(a: Telling, b: Telling) -> int | None:
    """Weigh places; two towns with no number in common are two events."""
    ours, theirs = a.event.country, b.event.country
    abroad = ours is not None and theirs is not None and ours != theirs
    if not a.place or not b.place:
        return -6 if abroad else 0
    if abroad:
        return -6 if a.wide or b.wide or a.place & b.place or _share_a_number(a, b) else None
    if a.place == b.place:
        return 1 if a.wide and b.wide else 3
    if a.wide or b.wide:
        return 0  # a country and a town in it
    if a.place <= b.place or b.place <= a.place:
        return 1
    return -4 if _share_a_number(a, b) or a.place & b.place else None


def _share_a_number(a: Telling, b: Telling) -> bool:
    theirs = b.numbers
    return any(set(ours).intersection(theirs.get(t, ())) for t, ours in a.numbers.items())


def _numbers(a: Telling, b: Telling) -> int:
    """Weigh numbers of the same thing: large ones that are equal are seldom so by chance."""
    if not a.numbers or not b.numbers:
        return 0
    theirs = b.numbers
    weights = [
        _values(thing, ours, theirs[thing]) for thing, ours in a.numbers.items() if thing in theirs
    ]
    return max(-6, min(6, sum(weights)))


def _values(thing: tuple[str, str], ours: tuple[float, ...], theirs: tuple[float, ...]) -> int:
    equal = set(ours).intersection(theirs)
    if equal:
        highest = max(equal)
        return 3 if highest >= 100 else 2 if highest >= 10 else 1 if highest >= 2 else 0
    ratio = max(_ratio(q, r) for q in ours for r in theirs)
    if ratio >= 0.9:
        return 1
    if thing[1] in _TOLLS:
        return -2 if ratio < 1 / 3 else 0
    return -3 if ratio < 0.5 else -1


def _ratio(one: float, two: float) -> float:
    return min(one, two) / max(one, two) if max(one, two) > 0 else 1.0


def _words(a: Telling, b: Telling) -> int:
    """Weigh wording by Dice's coefficient; a few words say little either way."""
    total = len(a.words) + len(b.words)
    if total < 4:
        return 0
    common = len(a.words & b.words)
    if common == 0:
        return -1 if min(len(a.words), len(b.words)) >= 4 else 0
    share = 2 * common / total
    return 3 if share >= 0.7 else 2 if share >= 0.45 else 1 if share >= 0.25 else 0
