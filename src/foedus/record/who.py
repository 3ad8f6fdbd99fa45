"""Who is who on a day, found in the database for a few names at a time.

What a name stands for depends only on the names that are spelled like it or have its surname, and
on what people have said. So it is enough to look at those: the answer is the one that all names
together give.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import distinct, func, select

from foedus.record import schema
from foedus.record.chunks import chunks
from foedus.record.names import (
    Use,
    Uses,
    corrected_uses,
    one_names,
    plain,
    spelling,
    surname,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections import Counter
    from collections.abc import Callable, Collection, Iterable, Sequence

    from sqlalchemy import ColumnElement, Connection

    from foedus.record.changes import Change
    from foedus.record.known import Known


def _last_name(name: str) -> str:
    return surname(name)[0]


_FORMS: dict[str, Callable[[str], str]] = {
    "plain": lru_cache(maxsize=65_536)(plain),
    "spelling": lru_cache(maxsize=65_536)(spelling),
    "surname": lru_cache(maxsize=65_536)(_last_name),
}
"""What names are found by that may mean one actor."""


class Who:
    """Who is who at the end of a day, by what was read until then and what people changed.

    Parameters
    ----------
    connection
        To the database.
    changes
        Those in force, oldest first.
    as_of
        The day; None: all days.
    corrected
        The reports in which people changed something: they may have written names.
    """

    def __init__(
        self,
        connection: Connection,
        changes: Sequence[Change],
        as_of: dt.date | None,
        corrected: Iterable[Known],
    ) -> None:
        self._connection = connection
        self._changes = changes
        self._last = None if as_of is None else as_of.toordinal()
        self._written: dict[str, Use] = {}
        self._times_written = corrected_uses(self._written, corrected)
        told = (t for c in changes for t in c.targets if t.family == "actor")
        self._by_hand = {t.name for t in told if t.name is not None} | self._written.keys()
        self._asked: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, str] = {}
        self._settled: set[str] = set()
        self._settle(self._by_hand)

    @property
    def written(self) -> Counter[str]:
        """Return the names that people have written, with the number of reports of each."""
        return self._times_written

    def one(self, names: Iterable[str]) -> dict[str, str]:
        """Return the one name of each of some names that is another's."""
        wanted = set(names)
        new = wanted - self._settled
        if new:
            self._settle(new)
        return {n: self._names[n] for n in wanted if n in self._names}

    def called(self, name: str) -> tuple[tuple[str, frozenset[str]], ...]:
        """Return the actors that go by a name, each with all its names."""
        self.one(self._spelled({name}))
        chosen = {self._names.get(n, n) for n in self._settled if plain(n) == plain(name)}
        return tuple(
            (one, frozenset({one} | {n for n, c in self._names.items() if c == one}))
            for one in sorted(chosen)
        )

    def numbers(self, names: Collection[str]) -> list[int]:
        """Return the numbers that some names have in the database."""
        table = schema.names.c
        found: list[int] = []
        for part in chunks(sorted(names)):
            held = select(table.id).where(table.name.in_(part))
            found += self._connection.execute(held).scalars()
        return sorted(found)

    def _spelled(self, names: set[str]) -> set[str]:
        """Return the names of the database that are written like some others, and these."""
        table = schema.names.c
        forms = [plain(name) for name in names]
        found = self._connection.execute(select(table.name).where(table.plain.in_(forms)))
        return names | set(found.scalars())

    def _settle(self, names: set[str]) -> None:
        every = self._related(names)
        alike: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name in every:
            for form, make in _FORMS.items():
                if make(name):
                    alike[form, make(name)].append(name)
        rivals = {n for same in alike.values() if len(same) > 1 for n in same}
        rivals |= self._by_hand & every
        used = self._used(rivals, alike)
        uses = Uses(of=used, count=self._count)
        self._names |= one_names(uses, self._changes)
        self._settled |= every

    def _related(self, names: set[str]) -> set[str]:
        """Return some names and all that have a form in common with one of them, and so on."""
        every: set[str] = set()
        while names - every:
            every |= names
            found: set[str] = set()
            for form, make in _FORMS.items():
                new = {make(name) for name in names} - self._asked[form] - {""}
                for part in chunks(sorted(new)):
                    held = select(schema.names.c.name).where(schema.names.c[form].in_(part))
                    found.update(self._connection.execute(held).scalars())
                self._asked[form] |= new
            names = found
        return every

    def _used(
        self, names: Collection[str], alike: dict[tuple[str, str], list[str]]
    ) -> dict[str, Use]:
        """Return how names are used, of those that are."""
        first = self._first(names)
        last = self._last if self._last is not None else 10**9
        part = schema.PARTS
        used: dict[str, Use] = {}
        for name in names:
            days = first.get(name, ())
            out = [day is not None and day <= last for day in days]
            if any(out):
                used[name] = Use(speaks=out[part["claim"]], is_side=out[part["side"]])
        persons = [
            name
            for (form, _), same in alike.items()
            if form == "surname" and len({surname(n)[1] for n in same}) > 1
            for name in same
            if name in used and used[name].speaks
        ]
        for name, side in self._sides(persons):
            used[name].sides.add(side)
        for name, use in self._written.items():
            if name in names:
                mine = used.setdefault(name, Use())
                mine.speaks, mine.is_side = mine.speaks or use.speaks, mine.is_side or use.is_side
                mine.sides |= use.sides
        return used

    def _first(self, names: Collection[str]) -> dict[str, tuple[int | None, ...]]:
        """Return the first day on which each name is named, part by part."""
        table, party = schema.names.c, schema.parties.c
        days = [
            select(func.min(party.day))
            .where(party.name == table.id, party.part == part)
            .scalar_subquery()
            for part in schema.PARTS.values()
        ]
        found = {}
        for some in chunks(sorted(names)):
            wanted = select(table.name, *days).where(table.name.in_(some))
            for name, *told in self._connection.execute(wanted):
                found[name] = tuple(told)
        return found

    def _sides(self, names: Collection[str]) -> Iterable[tuple[str, str]]:
        """Yield each side that each speaker speaks for."""
        party = schema.parties.c
        speaker, side = schema.names.alias("speaker"), schema.names.alias("side")
        for part in chunks(sorted(names)):
            wanted = (
                select(speaker.c.name, side.c.name)
                .select_from(schema.parties)
                .join(speaker, speaker.c.id == party.name)
                .join(side, side.c.id == party.side)
                .where(speaker.c.name.in_(part), party.part == schema.PARTS["claim"])
                .distinct()
            )
            for row in self._connection.execute(wanted.where(*self._known())):
                yield row[0], row[1]

    def _count(self, name: str) -> int:
        """Return in how many reports a name stands."""
        party, table = schema.parties.c, schema.names.c
        wanted = (
            select(func.count(distinct(party.report)))
            .join(schema.names, table.id == party.name)
            .where(table.name == name, *self._known())
        )
        found = self._connection.execute(wanted).scalar() or 0
        return found + self._times_written[name]

    def _known(self) -> list[ColumnElement[bool]]:
        return [] if self._last is None else [schema.parties.c.day <= self._last]
