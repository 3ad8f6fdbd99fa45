"""A part of a record, drawn so that it is what drawing the whole would give.

Whatever a question is about is read with all that bears on it: every copy of a text, every edition
of a dataset's row, every report in which people changed something, and of each event every telling
that it might be joined with. Tellings are joined along pairs that are alike enough; so it is enough
to follow these from the tellings that are asked for, and to look for those of each telling among
the ones whose reach meets its own.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, or_, select

from foedus.ids import entry_id
from foedus.reading.knowledge import key
from foedus.record import rows, schema
from foedus.record.actors import renamed
from foedus.record.bearing import ALWAYS, LONGEST_REACH
from foedus.record.blocks import Blocks
from foedus.record.changes import in_force
from foedus.record.chunks import AT_ONCE, chunks
from foedus.record.datasets import dataset_of
from foedus.record.known import Knowledge, know
from foedus.record.likeness import THRESHOLD, may_be_alike, names_no_town, reach
from foedus.record.listing import touched_reports
from foedus.record.merging import by_hand, merge, weight
from foedus.record.names import named, plain
from foedus.record.outlets import one_source
from foedus.record.snapshot import Drawn, compose
from foedus.record.tellings import place_words, tellings
from foedus.record.values import ActorEntry
from foedus.record.who import Who

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from sqlalchemy import ColumnElement, Connection, Table

    from foedus.record.changes import Change
    from foedus.record.known import Known, Link
    from foedus.record.tellings import Telling
    from foedus.record.values import EventEntry, Record

_FEW_TOWNS = 5

_EVENTS = (schema.events, schema.quantities)


class Part:
    """What has been read of a record so far, and what follows from it on a day.

    ``tables`` are those of `schema.MENTIONS` in which is what is asked for.
    """

    def __init__(
        self,
        connection: Connection,
        changes: Sequence[Change],
        as_of: dt.date | None,
        tables: Collection[Table] = schema.MENTIONS,
    ) -> None:
        self._tables = tables
        self._spans: dict[str, tuple[int, int]] = {}
        self._every_place: list[str] | None = None
        self._states: set[str] = set()
        self._connection = connection
        self.changes = in_force(changes)
        self._as_of = as_of
        self._known: dict[str, Known] = {}
        self._told: dict[str, tuple[Telling, ...]] = {}
        self._whole: set[str] = set()
        self._read: set[str] = set()
        self._links: tuple[Link, ...] = ()
        self._weights: dict[tuple[str, str], int | None] = {}
        self._pairs: dict[tuple[str, str], bool] = {}
        self._expanded: set[str] = set()
        leaders = one_source(self.changes)
        self._one_outlet: Callable[[str], str] = lambda name: leaders.get(key(name), key(name))
        touched = connection.execute(touched_reports()).scalars() if changes else ()
        self._corrected = self._take(set(touched), schema.MENTIONS)
        self.who = Who(connection, self.changes, as_of, self._corrected)
        self._keep(self._corrected)

    def take(self, reports: Iterable[str]) -> None:
        """Read some reports with all that was found in them."""
        self._keep(self._take(set(reports) - self._whole, self._tables))

    def take_events(self, reports: Iterable[str]) -> None:
        """Read some reports and the events in them."""
        self._keep(self._take(set(reports) - self._read, _EVENTS))

    def named(self) -> set[str]:
        """Return who is named in what has been read so far."""
        return {
            name
            for one in self._known.values()
            for name, _, _ in named((f, a.mention) for f, of in one.families() for a in of)
        }

    def record(
        self,
        wanted: Callable[[Telling], bool],
        *,
        actor: str | None = None,
        days: tuple[int, int] | None = None,
    ) -> Record:
        """Return what has been read whole as a record, with every event of a wanted telling.

        Positions, provisions and what is unknown have only what was read of them.

        Parameters
        ----------
        wanted
            Whether a telling's event is.
        actor
            One whose names are given with it.
        days
            Leave out reports of other days, as numbers; not their events.
        """
        return self.drawn(wanted, actor=actor, days=days).record

    def drawn(
        self,
        wanted: Callable[[Telling], bool],
        *,
        actor: str | None = None,
        days: tuple[int, int] | None = None,
    ) -> Drawn:
        """Return the same with what it was drawn from."""
        events, told = self._events(wanted)
        known = self._ordered()
        whole = [
            k
            for k in known
            if k.report.id in self._whole
            and (days is None or days[0] <= schema.day_number(k.report.published) <= days[1])
        ]
        called = () if actor is None else self.who.called(actor)
        record = compose(whole, events, self._one_outlet, self._as_of)
        return Drawn(
            record=replace(record, actors=tuple(_actor(*one) for one in called)),
            knowledge=Knowledge(known=tuple(known), links=self._links, orphans=()),
            tellings=tuple(told),
        )

    def _take(self, reports: set[str], tables: Collection[Table]) -> tuple[Known, ...]:
        """Read reports with their copies and other editions, and say what is known of them."""
        if not reports:
            return ()
        ids = self._with_copies(reports)
        self._read |= ids
        if tables is not _EVENTS:
            self._whole |= ids
        readings = [
            reading
            for part in chunks(sorted(ids))
            for reading in rows.read_all(self._connection, part, tables)
        ]
        knowledge = know(readings, self.changes, self._as_of)
        self._links = self._links or knowledge.links  # of what people changed, which is read first
        return knowledge.known

    def _keep(self, known: Iterable[Known]) -> None:
        """Put reports beside those that were read before, every actor under its one name."""
        new = [k for k in known if k.text_hash not in self._known or k.report.id in self._whole]
        names = {
            name
            for one in new
            for name, side, _ in named((f, a.mention) for f, of in one.families() for a in of)
        }
        for one in renamed(new, self.who.one(names)):
            self._known[one.text_hash] = one
            self._told.pop(one.text_hash, None)

    def _with_copies(self, reports: set[str]) -> set[str]:
        """Return the ids of reports, all copies of their texts and all editions of their rows."""
        table = schema.reports.c
        what = (table.id, table.text_hash, table.source, table.reader)
        every: dict[str, Any] = {}
        texts: set[str] = set()
        sources: set[str] = set()
        new = [
            row
            for part in chunks(sorted(reports))
            for row in self._connection.execute(select(*what).where(table.id.in_(part)))
        ]
        while new:
            every |= {row.id: row for row in new}
            now_texts = {row.text_hash for row in new} - texts
            now_sources = {r.source for r in new if dataset_of(r.reader) is not None} - sources
            texts |= now_texts
            sources |= now_sources
            found = [
                row
                for column, values in ((table.text_hash, now_texts), (table.source, now_sources))
                for part in chunks(sorted(values))
                for row in self._connection.execute(select(*what).where(column.in_(part)))
            ]
            new = [row for row in found if row.id not in every]
        return set(every)

    def _ordered(self) -> list[Known]:
        return sorted(
            self._known.values(),
            key=lambda k: (k.report.published or dt.date.min, k.report.id),
        )

    def _events(
        self, wanted: Callable[[Telling], bool]
    ) -> tuple[tuple[EventEntry, ...], list[Telling]]:
        """Return the events of the wanted tellings, and all tellings of them."""
        asked = {telling.id for telling in self._tellings() if wanted(telling)}
        members = [telling for telling in self._tellings() if telling.id in asked]
        near: list[Telling] = []
        while members:
            fresh = [telling for telling in members if telling.id not in self._expanded]
            self._expanded.update(telling.id for telling in fresh)
            self._read_near(fresh)
            around = self._around(members)
            if not fresh and len(around) == len(near):
                break
            near = around
            within = self._joinable(near, {n for n, t in enumerate(near) if t.id in asked})
            members = [near[n] for n in sorted(within)]
        return merge(members, self._links, self._weights), members

    def _joinable(self, told: Sequence[Telling], members: set[int]) -> set[int]:
        """Return some tellings and all that pairs alike enough lead to from them."""
        blocks = Blocks(told)
        lots, _ = by_hand(told, self._links)
        lot_of = {n: lot for lot in lots for n in lot}
        found: set[int] = set()
        rest = list(members)
        while rest:
            n = rest.pop()
            if n in found:
                continue
            found.add(n)
            rest += lot_of.get(n, ())
            others = blocks.beside(n) - found
            rest += (m for m in others if self._alike(told[n], told[m]))
        return found

    def _alike(self, a: Telling, b: Telling) -> bool:
        pair = (a.id, b.id) if a.id < b.id else (b.id, a.id)
        if pair not in self._pairs:
            found = weight(a, b, self._weights) if may_be_alike(a, b) else None
            self._pairs[pair] = found is not None and found >= THRESHOLD
        return self._pairs[pair]

    def _tellings(self) -> list[Telling]:
        """Return every event that has been read."""
        told: list[Telling] = []
        for one in self._ordered():
            if one.text_hash not in self._told:
                self._told[one.text_hash] = tellings([one], self._one_outlet)
            told += self._told[one.text_hash]
        return told

    def _around(self, members: Sequence[Telling]) -> list[Telling]:
        """Return some tellings and those read so far that might be joined with one of them."""
        spans = [self._span(telling) for telling in members]
        first, last = min(span[0] for span in spans), max(span[1] for span in spans)
        types = {telling.event.type for telling in members}
        by_hand_too = {m for link in self._links for m in (*link.ones, *link.others)}

        def is_near(telling: Telling) -> bool:
            begin, end = self._span(telling)
            if telling.evidence.mention in by_hand_too:
                return True
            return telling.event.type in types and begin <= last and first <= end

        return [telling for telling in self._tellings() if is_near(telling)]

    def _span(self, telling: Telling) -> tuple[int, int]:
        """Return a telling's reach as the numbers of days."""
        if telling.id not in self._spans:
            first, last = reach(telling)
            self._spans[telling.id] = first.toordinal(), last.toordinal()
        return self._spans[telling.id]

    def _read_near(self, told: Iterable[Telling]) -> None:
        """Read the reports of all tellings that one of these might be joined with."""
        told = list(told)
        reaches: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for telling in told:
            reaches[telling.event.type].append(self._span(telling))
        alike = self._towns_and_numbers(told)
        conditions = [
            and_(_meets(type_, span), *alike)
            for type_, spans in reaches.items()
            for span in _united(spans)
        ]
        events = schema.events.c
        found: set[str] = set()
        for part in chunks(conditions):
            wanted = select(events.report).where(or_(*part)).distinct()
            found.update(self._connection.execute(wanted).scalars())
        self.take_events(found)

    def _towns_and_numbers(self, told: Sequence[Telling]) -> list[ColumnElement[bool]]:
        """Return what is true of all that might be joined with tellings of a few towns.

        Two that both name a town are only held against each other when these share a word, or when
        they give one number alike (`foedus.record.likeness.traits`).
        """
        towns = {telling.place for telling in told}
        if len(towns) > _FEW_TOWNS or any(map(names_no_town, told)):
            return []
        events, numbers = schema.events.c, schema.quantities.c
        words = frozenset().union(*towns)
        values = {v for t in told for of in t.numbers.values() for v in of}
        if len(values) > AT_ONCE:
            return []
        near = [place for place in self._places() if words & place_words(place)]
        same_number = exists().where(
            numbers.report == events.report,
            numbers.event == events.n,
            numbers.value.in_(sorted(values)),
        )
        wide = [place for place in self._places() if place in self._states]
        return [or_(events.place.is_(None), events.place.in_(near + wide), same_number)]

    def _places(self) -> list[str]:
        """Return the places that are named anywhere, and see which are called as somebody is."""
        if self._every_place is None:
            places = schema.events.c.place
            wanted = select(places).where(places.is_not(None)).distinct()
            self._every_place = sorted(self._connection.execute(wanted).scalars())
            forms = {plain(place) for place in self._every_place}
            called = schema.names.c.plain
            held = {
                form
                for part in chunks(sorted(forms))
                for form in self._connection.execute(
                    select(called).where(called.in_(part)).distinct()
                ).scalars()
            }
            held |= {plain(name) for name in self.who.written}
            self._states = {place for place in self._every_place if plain(place) in held}
        return self._every_place


def _meets(type_: str, span: tuple[int, int]) -> ColumnElement[bool]:
    events = schema.events.c
    first, last = span
    near = and_(events.reach_from.between(first - LONGEST_REACH, last), events.reach_to >= first)
    return and_(events.type == type_, or_(near, events.reach_from == ALWAYS))


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of days, those that meet or nearly do as one."""
    united: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if united and first <= united[-1][1] + LONGEST_REACH:
            united[-1] = (united[-1][0], max(last, united[-1][1]))
        else:
            united.append((first, last))
    return united


def _actor(name: str, names: Iterable[str]) -> ActorEntry:
    """Return an actor with its names only."""
    return ActorEntry(
        id=entry_id("a", key(name)),
        name=name,
        aliases=tuple(sorted(set(names) - {name})),
        state=None,
        roles=(),
        reports=0,
    )
