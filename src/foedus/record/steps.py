"""Where parties stood and how far provisions have come, the newest steps of each.

Each is what the whole record gives, less the older steps. Of every position and provision the
newest mentions are read, and more where copies and what people rejected leave too few.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from foedus.record import schema
from foedus.record.asking import ask, positions_over_time
from foedus.record.pages import names_of
from foedus.record.part import Part

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection, Table

    from foedus.record.asking import PositionStep, Question
    from foedus.record.changes import Change
    from foedus.record.values import ProvisionEntry

    _Kind = tuple[str, str | None]
    """An issue and who takes a position on it, or a provision and who gives it."""

_GROWTH = 4


def positions(
    connection: Connection,
    question: Question,
    as_of: dt.date | None,
    changes: Sequence[Change],
    *,
    most: int,
) -> tuple[PositionStep, ...]:
    """Return the newest steps of each party on each issue, by these and then the oldest first."""
    steps = _Steps(connection, question, as_of, changes, schema.positions)
    while True:
        record = ask(steps.part.record(lambda _: False, actor=question.actor), question)
        found: dict[_Kind, list[PositionStep]] = defaultdict(list)
        for step in positions_over_time(record):
            if steps.is_whole((step.issue, step.actor), step.date):
                found[step.issue, step.actor].append(step)
        if not steps.read_more({kind: len(of) for kind, of in found.items()}, most):
            return tuple(step for of in found.values() for step in of[-most:])


def provisions(
    connection: Connection,
    question: Question,
    as_of: dt.date | None,
    changes: Sequence[Change],
    *,
    most: int,
) -> tuple[ProvisionEntry, ...]:
    """Return the provisions, each with the newest steps of its history.

    Where older steps are left out, ``independent`` is that of the ones that are given.
    """
    steps = _Steps(connection, question, as_of, changes, schema.provisions)
    while True:
        record = ask(steps.part.record(lambda _: False, actor=question.actor), question)
        found = {(p.provision, p.by): p for p in record.provisions}
        cut = {
            kind: tuple(step for step in p.history if steps.is_whole(kind, step[0]))
            for kind, p in found.items()
        }
        if not steps.read_more({kind: len(of) for kind, of in cut.items()}, most):
            return tuple(
                replace(p, history=cut[kind][-most:]) for kind, p in found.items() if cut[kind]
            )


class _Steps:
    """The newest mentions of each kind, read some more each time."""

    def __init__(
        self,
        connection: Connection,
        question: Question,
        as_of: dt.date | None,
        changes: Sequence[Change],
        table: Table,
    ) -> None:
        self._connection = connection
        self._table = table
        self._of, self._by = _COLUMNS[table.name]
        self._known = None if as_of is None else as_of.toordinal()
        self.part = Part(connection, changes, as_of, (table,))
        self._kinds = self._asked(question)
        self._cut: dict[_Kind, int] = dict.fromkeys(self._kinds, _UNREAD)
        self._amount = 0

    def is_whole(self, kind: _Kind, day: dt.date | None) -> bool:
        """Say whether all steps of a kind on a day have been read."""
        return schema.day_number(day) >= self._cut_of(kind)

    def read_more(self, found: dict[_Kind, int], most: int) -> bool:
        """Read more of the kinds of which there are too few steps; say whether there was any."""
        short = [
            kind for kind, cut in self._cut.items() if cut and found.get(self._one(kind), 0) < most
        ]
        self._amount = max(most, self._amount * _GROWTH)
        reports: set[str] = set()
        for kind in short:
            self._cut[kind], more = self._newest(kind)
            reports |= more
        self.part.take(reports)
        return bool(short)

    def _one(self, kind: _Kind) -> _Kind:
        """Return a kind with the one name of its actor."""
        of, by = kind
        return of, None if by is None else self.part.who.one([by]).get(by, by)

    def _cut_of(self, kind: _Kind) -> int:
        """Return the day from which on all of a kind has been read, under whatever name."""
        return max((cut for k, cut in self._cut.items() if self._one(k) == kind), default=0)

    def _asked(self, question: Question) -> list[_Kind]:
        """Return the kinds that a question may be about, under the names that reports give."""
        wanted = select(self._of, self._by).distinct()
        names = names_of(self.part, question)
        if names is not None:
            wanted = wanted.where(self._by.in_(names))
        if question.about is not None:
            wanted = wanted.where(self._of == question.about)
        return [(of, by) for of, by in self._connection.execute(wanted)]

    def _newest(self, kind: _Kind) -> tuple[int, set[str]]:
        """Return the newest reports of a kind, and the day from which on they are all.

        The day is 0 when there are no others.
        """
        table = self._table.c
        of, by = kind
        here = [self._of == of, self._by.is_(None) if by is None else self._by == by]
        if self._known is not None:
            here.append(table.day <= self._known)
        newest = (
            select(table.day).where(*here).order_by(table.day.desc()).limit(1).offset(self._amount)
        )
        day = self._connection.execute(newest).scalar() or 0
        reports = select(table.report).where(*here, table.day >= day).distinct()
        return day, set(self._connection.execute(reports).scalars())


_UNREAD = 10**9
"""A day after all others: nothing has been read from it on."""

_COLUMNS: dict[str, tuple[Any, Any]] = {
    "positions": (schema.positions.c.issue, schema.positions.c.actor),
    "provisions": (schema.provisions.c.provision, schema.provisions.c.given_by),
}
