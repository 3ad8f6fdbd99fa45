"""What ids and names mean, with what stands around them: as much of a record as that takes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from foedus.ids import entry_id
from foedus.reading.knowledge import key
from foedus.record import schema
from foedus.record.actors import actor_entry
from foedus.record.chunks import chunks
from foedus.record.outlets import outlet_entries, told_of
from foedus.record.part import Part

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, Table

    from foedus.record.changes import Change
    from foedus.record.snapshot import Drawn
    from foedus.record.tellings import Telling
    from foedus.record.values import ActorEntry, OutletEntry

_FAMILIES: dict[str, tuple[Table, ...]] = {
    "m": (
        schema.events,
        schema.claims,
        schema.positions,
        schema.provisions,
        schema.unknowns,
    ),
    "e": (schema.events,),
    "c": (schema.claims,),
}
"""Where the mentions are whose digits an id has, by its letter."""

_SAYINGS = {
    "p": (schema.positions, ("actor", "issue", "stance")),
    "v": (schema.provisions, ("provision", "given_by")),
    "u": (schema.unknowns, ("about",)),
}
"""Where the mentions of an entry are that goes by what it says, and what that is."""

_KEY = 8
"""Digits of an id that ``key`` holds."""

_HEX = frozenset("0123456789abcdef")


def around(
    connection: Connection,
    said: Sequence[str],
    as_of: dt.date | None,
    changes: Sequence[Change],
) -> Drawn:
    """Return a snapshot in which some ids and names mean what they do in the whole record.

    What they begin is in it too, so that it shows where one is not plain. Of actors and outlets
    there are only those that are named.
    """
    part = Part(connection, changes, as_of)
    prefixes: list[str] = []
    sought: dict[Table, list[str]] = defaultdict(list)
    for one in (s.strip() for s in said):
        letter, digits = one[:1].lower(), one[2:].lower()
        is_id = one[1:2] == "-" and bool(digits) and _HEX.issuperset(digits)
        if is_id and letter in _FAMILIES:
            prefixes.append(digits)
            for table in _FAMILIES[letter]:
                sought[table].append(digits)
        elif is_id and letter in _SAYINGS:
            part.take(_saying(connection, part, letter, digits))
    part.take(_reports(connection, [one.strip() for one in said]))
    part.take(name for table, of in sought.items() for name in _with_keys(connection, table, of))

    def wanted(telling: Telling) -> bool:
        digits = str(telling.evidence.mention)[2:]
        return any(digits.startswith(prefix) for prefix in prefixes)

    drawn = part.drawn(wanted)
    holding = part.changes
    return replace(
        drawn,
        record=replace(
            drawn.record,
            actors=tuple(_actors(connection, part, said, as_of)),
            outlets=outlet_entries(_outlets(connection, as_of), holding),
        ),
    )


def _with_keys(connection: Connection, table: Table, prefixes: Sequence[str]) -> Iterator[str]:
    """Yield the reports that have a mention whose id begins with some digits."""
    whole = {int(digits[:_KEY], 16) for digits in prefixes if len(digits) >= _KEY}
    parts = [
        (int(digits.ljust(_KEY, "0"), 16), int(digits.ljust(_KEY, "f"), 16))
        for digits in prefixes
        if len(digits) < _KEY
    ]
    for some in chunks(sorted(whole)):
        wanted = select(table.c.report).where(table.c.key.in_(some)).distinct()
        yield from connection.execute(wanted).scalars()
    for spans in chunks(parts):
        near = or_(*(table.c.key.between(first, last) for first, last in spans))
        yield from connection.execute(select(table.c.report).where(near).distinct()).scalars()


def _saying(connection: Connection, part: Part, letter: str, digits: str) -> list[str]:
    """Return the reports that say what an entry does, whatever name they give to its actor."""
    table, columns = _SAYINGS[letter]
    told = [table.c[column] for column in columns]
    rows = connection.execute(select(*told).distinct()).all()
    names = {who for row in rows for c, who in zip(columns, row, strict=True) if c in _WHO and who}
    one = part.who.one(names)
    found: list[str] = []
    for row in rows:
        parts = [
            one.get(value or "", value or "") if c in _WHO else value
            for c, value in zip(columns, row, strict=True)
        ]
        if entry_id(letter, *parts)[2:].startswith(digits):
            here = and_(
                *(
                    column.is_(None) if value is None else column == value
                    for column, value in zip(told, row, strict=True)
                )
            )
            found += connection.execute(select(table.c.report).where(here).distinct()).scalars()
    return found


_WHO = ("actor", "given_by")


def _reports(connection: Connection, said: Sequence[str]) -> Iterator[str]:
    """Yield the reports that go by an id, the beginning of one, or a name."""
    table, names = schema.reports.c, schema.sources.c
    for some in chunks(said):
        called = or_(names.source.in_(some), func.lower(names.source).in_(map(str.lower, some)))
        yield from connection.execute(select(names.report).where(called)).scalars()
    for one in said:
        digits = one.lower()
        if len(digits) > 2 and _HEX.issuperset(digits):
            near = table.id.between(digits, digits.ljust(12, "f"))
            yield from connection.execute(select(table.id).where(near)).scalars()


def _outlets(connection: Connection, as_of: dt.date | None) -> dict[str, int]:
    """Return in how many reports each outlet stands."""
    table = schema.reports.c
    wanted = select(table.outlet, func.count(table.text_hash.distinct())).where(
        table.outlet.is_not(None), *_until(as_of)
    )
    return {row[0]: row[1] for row in connection.execute(wanted.group_by(table.outlet))}


def _actors(
    connection: Connection, part: Part, said: Iterable[str], as_of: dt.date | None
) -> Iterator[ActorEntry]:
    """Yield the actors that are named, or whose id begins so."""
    told = told_of("actor", part.changes)
    names: set[str] = set()
    written = part.who.written
    for one in (s.strip() for s in said):
        names.add(one)
        if one[:2].lower() == "a-":
            every = {*connection.execute(select(schema.names.c.name)).scalars(), *written}
            names.update(n for n in every if entry_id("a", key(n)).startswith(one.lower()))
    there = part.named()  # also in a report whose day a person has put earlier
    seen = set()
    for name in sorted(names):
        for chosen, called in part.who.called(name):
            if chosen in seen:
                continue
            seen.add(chosen)
            reports, sides = _counts(connection, part.who.numbers(called), as_of)
            reports = reports or sum(written[name] for name in called)
            if reports or chosen in there:
                aliases = sorted(called - {chosen})
                yield actor_entry(chosen, aliases, (reports, sides), told)


def everybody(
    connection: Connection, as_of: dt.date | None, changes: Sequence[Change]
) -> tuple[tuple[ActorEntry, ...], tuple[OutletEntry, ...]]:
    """Return all actors and outlets, by how often they are named in what was read."""
    part = Part(connection, changes, as_of)
    told = told_of("actor", part.changes)
    party, table, names = schema.parties.c, schema.reports.c, schema.names
    side = names.alias("side")
    known = _until(as_of)
    joined = schema.parties.join(schema.reports, table.number == party.report)
    named = (
        select(names.c.name, func.count(party.report.distinct()))
        .select_from(joined.join(names, names.c.id == party.name))
        .where(*known)
        .group_by(names.c.name)
    )
    often: dict[str, int] = {row[0]: row[1] for row in connection.execute(named)}
    sides: dict[str, Counter[str]] = defaultdict(Counter)
    spoken = (
        select(names.c.name, side.c.name, func.count())
        .select_from(
            joined.join(names, names.c.id == party.name).join(side, side.c.id == party.side)
        )
        .where(*known)
        .group_by(names.c.name, side.c.name)
    )
    for name, whose, count in connection.execute(spoken):
        sides[name][whose] += count
    often = dict(part.who.written) | often  # names that only people have written
    one = part.who.one(often)
    aliases: dict[str, list[str]] = defaultdict(list)
    for name in sorted(often):
        aliases[one.get(name, name)].append(name)
    found = []
    for chosen, called in sorted(aliases.items()):
        if len(called) > 1:
            reports, _ = _counts(connection, part.who.numbers(called), as_of)
        else:
            reports = often[chosen]
        whose = sum((sides[name] for name in called), Counter[str]())
        others = [name for name in called if name != chosen]
        found.append(actor_entry(chosen, others, (reports, whose), told))
    return tuple(found), outlet_entries(_outlets(connection, as_of), part.changes)


def _counts(
    connection: Connection, numbers: Sequence[int], as_of: dt.date | None
) -> tuple[int, Counter[str]]:
    """Return in how many texts some names stand, and how often they speak for whom."""
    party, table, side = schema.parties.c, schema.reports.c, schema.names
    here = [party.name.in_(numbers), *_until(as_of)]
    texts = (
        select(func.count(table.text_hash.distinct()))
        .select_from(schema.parties)
        .join(schema.reports, table.number == party.report)
        .where(*here)
    )
    said = (
        select(side.c.name, table.text_hash, party.n)
        .select_from(schema.parties)
        .join(schema.reports, table.number == party.report)
        .join(side, side.c.id == party.side)
        .where(*here)
        .distinct()
    )
    sides = Counter(row[0] for row in connection.execute(said))
    return connection.execute(texts).scalar() or 0, sides


def _until(as_of: dt.date | None) -> list[ColumnElement[bool]]:
    return [] if as_of is None else [schema.reports.c.day <= as_of.toordinal()]
