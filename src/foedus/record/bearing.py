"""Which reports bear on a question within some days: found in the tables, before anything is read.

More may be found than answers the question, never less. Days are numbers (`schema.day_number`).
Two tellings of one event have reaches that meet (`foedus.record.likeness.reach`), so an event that
begins within some days and has an actor or a place by one of its tellings has that telling near.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, literal_column, or_, select

from foedus.reading.knowledge import key
from foedus.record import schema
from foedus.record.likeness import CAMPAIGN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement, Connection, Select

    from foedus.record.asking import Question

LONGEST_REACH = CAMPAIGN + 1
"""Days between the first and the last of a reach, unless it is all days."""

ALWAYS = dt.date.min.toordinal()
"""Where a reach begins that is all days."""

_END = dt.date.max.toordinal()

_FEW_DAYS = 1

_NARROW = 400
"""Days up to which events are looked for by their days rather than by who is named."""

_events, _reports, _parties = schema.events.c, schema.reports.c, schema.parties.c


class Bearing:
    """What bears on a question, as known on a day.

    ``named`` are the numbers of the names of the actor that is asked for; None when none is.
    """

    def __init__(
        self,
        connection: Connection,
        question: Question,
        as_of: dt.date | None,
        named: Sequence[int] | None,
    ) -> None:
        self._connection = connection
        self._question = question
        self._named = named
        self._known = _END if as_of is None else as_of.toordinal()
        self.since = 1 if question.since is None else question.since.toordinal()
        self.until = _END if question.until is None else question.until.toordinal()
        self._of_events = question.about is None
        self._of_sayings = question.event_type is None and question.place is None
        self._places = None if question.place is None else self._called(question.place)
        self._latest = connection.execute(select(func.max(_reports.day))).scalar() or 0

    def first(self, last: int, amount: int) -> int | None:
        """Return the day from which on there are so many mentions until another day.

        None when there are fewer: then it is all that there is.
        """
        last = min(last, self._known)
        found = []
        if self._of_sayings:
            found += self._days_of_sayings(last, amount)
        if self._of_events:
            found += self._days_of_events(last, amount)
        found.sort(reverse=True)
        day = found[amount] if len(found) > amount else None
        return day if day is not None and day > self.since else None

    def said(self, first: int | None, last: int) -> list[str]:
        """Return the reports of some days that say something other than events about it."""
        if not self._of_sayings:
            return []
        span = (max(first or 1, self.since), min(last, self.until, self._known))
        if self._named is not None:
            parts = [part for name, part in schema.PARTS.items() if name != "event"]
            wanted = select(_reports.id).join(schema.parties, _parties.report == _reports.number)
            wanted = wanted.where(
                _parties.name.in_(self._named),
                _parties.part.in_(parts),
                _parties.day.between(*span),
            )
            return self._ids(wanted)
        if self._question.about is not None:
            return [
                name
                for table, column in _ABOUT
                for name in self._ids(
                    select(table.c.report).where(
                        table.c[column] == self._question.about, table.c.day.between(*span)
                    )
                )
            ]
        return self._ids(select(_reports.id).where(_reports.day.between(*span)))

    def events(self, first: int | None, last: int) -> list[str]:
        """Return the reports that tell of events that begin within some days."""
        if not self._of_events:
            return []
        span = (max(first or 1, self.since), min(last, self.until))
        if not self.by_telling(first, last):
            return self._by_days(span)
        beyond = and_(
            _events.reach_from.between(*span),
            _events.length > 1,
            _events.last_day > dt.date.fromordinal(span[1]),
        )
        found = self._ids(self._out(select(_events.report).where(beyond, *self._of_type())))
        if self._named is None or min(span[1], self._known) - span[0] <= _NARROW:
            near = select(_events.report).where(*self._near(span))
            return found + self._ids(self._out(near, with_reports=True))
        return found + self._by_name(span)

    def by_telling(self, first: int | None, last: int) -> bool:
        """Say whether events of some days are found by their actor or place, not by the days alone.

        Where there are few days, taking all of them costs less.
        """
        if self._named is None and self._places is None:
            return False
        return min(last, self.until, self._known, self._latest) - (first or 1) > _FEW_DAYS

    def spanning(self) -> list[str]:
        """Return the reports that tell of events that had begun before the days asked for."""
        if not self._of_events or self._question.since is None:
            return []
        since = self._question.since
        short = select(_events.report).where(
            _events.reach_from.between(self.since - CAMPAIGN, self.since),
            _events.length.is_not(None),
            _events.last_day >= since,
            _events.first_day < since,
        )
        # Asked for the last day only, so that the index of campaigns is taken and no other.
        campaigns = select(_events.report, _events.first_day).where(
            _events.length > literal_column(str(CAMPAIGN)), _events.last_day >= since
        )
        begun = self._connection.execute(self._out(campaigns))
        return self._ids(self._out(short)) + [r.report for r in begun if r.first_day < since]

    def _days_of_sayings(self, last: int, amount: int) -> list[int]:
        if self._named is not None:
            parts = [part for name, part in schema.PARTS.items() if name != "event"]
            return self._days_named(parts, last, amount)
        if self._question.about is not None:
            return [
                day
                for table, column in _ABOUT
                for day in self._newest(
                    select(table.c.day).where(
                        table.c[column] == self._question.about, table.c.day.between(1, last)
                    ),
                    table.c.day,
                    amount,
                )
            ]
        wanted = select(_reports.day).where(_reports.day.between(1, last))
        return self._newest(wanted, _reports.day, amount)

    def _days_of_events(self, last: int, amount: int) -> list[int]:
        if self._named is not None:
            return self._days_named([schema.PARTS["event"]], last, amount)
        wanted = select(_events.reach_from).where(
            _events.reach_from.between(1, min(last, self.until)),
            _events.length.is_not(None),
            *self._of_type(),
            *self._there(),
        )
        return self._newest(self._out(wanted), _events.reach_from, amount)

    def _days_named(self, parts: Iterable[int], last: int, amount: int) -> list[int]:
        """Return the newest days on which the actor is named, from each part some."""
        found: list[int] = []
        for name in self._named or ():
            for part in parts:
                wanted = select(_parties.day).where(
                    _parties.name == name, _parties.part == part, _parties.day.between(1, last)
                )
                found += self._newest(wanted, _parties.day, amount)
        return found

    def _newest(self, wanted: Select[Any], day: ColumnElement[Any], amount: int) -> list[int]:
        newest = wanted.order_by(day.desc()).limit(amount + 1)
        return list(self._connection.execute(newest).scalars())

    def _by_days(self, span: tuple[int, int]) -> list[str]:
        """Return the reports of events that begin within some days."""
        now = (span[0], min(span[1], self._known))
        dated = select(_events.report).where(
            _events.reach_from.between(*now), _events.length.is_not(None), *self._of_type()
        )
        found = self._ids(self._out(dated))
        if self._known < span[1]:  # and what was known of days to come
            later = (max(span[0], self._known + 1), span[1])
            ahead = and_(_events.ahead.is_not(None), _events.ahead.between(*later))
            found += self._ids(self._out(select(_events.report).where(ahead, *self._of_type())))
        return found

    def _near(self, span: tuple[int, int]) -> list[ColumnElement[bool]]:
        """Return what is true of a telling that gives an event of some days its actor or place."""
        near = _events.reach_from.between(span[0] - LONGEST_REACH, span[1] + 1)
        meets = or_(and_(near, _events.reach_to >= span[0]), _events.reach_from == ALWAYS)
        if self._named is None:
            return [meets, *self._of_type(), *self._there()]
        ours = exists().where(
            _parties.name.in_(self._named),
            _parties.part == schema.PARTS["event"],
            _parties.day == _reports.day,
            _parties.report == _reports.number,
            _parties.n == _events.n,
        )
        return [meets, *self._of_type(), ours]

    def _by_name(self, span: tuple[int, int]) -> list[str]:
        """Return the same as by `_near`, found by who is named.

        A report tells of what has begun, but for what lies ahead.
        """
        named = (
            select(_events.report)
            .select_from(schema.parties)
            .join(schema.reports, _reports.number == _parties.report)
            .join(schema.events, and_(_events.report == _reports.id, _events.n == _parties.n))
            .where(
                _parties.name.in_(self._named or ()),
                _parties.part == schema.PARTS["event"],
                *self._of_type(),
            )
        )
        begin = max(1, span[0] - LONGEST_REACH)
        ahead = and_(
            _events.ahead.is_not(None), _events.ahead >= begin, _parties.day <= self._known
        )
        kinds = (_parties.day.between(begin, self._known), _parties.day == 0, ahead)
        reaching = named.where(_events.reach_to >= span[0])
        return [name for kind in kinds for name in self._ids(reaching.where(kind))]

    def _of_type(self) -> list[ColumnElement[bool]]:
        asked = self._question.event_type
        return [] if asked is None else [_events.type == asked]

    def _there(self) -> list[ColumnElement[bool]]:
        if self._places is None:
            return []
        return [or_(_events.place.in_(self._places), _events.country == self._question.place)]

    def _called(self, place: str) -> list[str]:
        """Return the places of the record whose name has another one in it."""
        wanted = key(place)
        every = self._connection.execute(
            select(_events.place).where(_events.place.is_not(None)).distinct()
        )
        return sorted(name for name in every.scalars() if name and wanted in key(name))

    def _out(self, wanted: Select[Any], *, with_reports: bool = False) -> Select[Any]:
        """Leave out what was not known on the day."""
        if self._known == _END and not with_reports:
            return wanted
        joined = wanted.join(schema.reports, _reports.id == _events.report)
        return joined.where(_reports.day <= self._known)

    def _ids(self, wanted: Select[Any]) -> list[str]:
        return list(self._connection.execute(wanted.distinct()).scalars())


_ABOUT = ((schema.positions, "issue"), (schema.provisions, "provision"))
