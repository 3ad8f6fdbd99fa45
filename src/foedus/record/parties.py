"""Who is named in each mention, in the database: written with a report, and taken out again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, func, select

from foedus.record import schema
from foedus.record.chunks import chunks
from foedus.record.inserting import insert_rows
from foedus.record.names import plain, spelling, surname

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from foedus.reading.values import Mentions


def write(connection: Connection, batch: Iterable[tuple[Mentions, int]]) -> None:
    """Write who is named in some reports, each with its number, of which nothing is there."""
    insert_rows(connection, schema.parties, _rows(connection, batch))


def forget(connection: Connection, mentions: Mentions, number: int) -> None:
    """Take out who was named in a report, as it was written."""
    rows = _rows(connection, [(mentions, number)])
    if rows:
        here = and_(*(c == bindparam(f"old_{c.name}") for c in schema.parties.primary_key))
        old = [{f"old_{name}": value for name, value in row.items()} for row in rows]
        connection.execute(delete(schema.parties).where(here), old)


def _rows(
    connection: Connection, batch: Iterable[tuple[Mentions, int]]
) -> list[dict[str, int | None]]:
    named = [
        (number, schema.day_number(mentions.report.published), *one)
        for mentions, number in batch
        for one in _named(mentions)
    ]
    ids = _ids(connection, {name for *_, one, side in named for name in (one, side) if name})
    return [
        {
            "name": ids[name],
            "part": part,
            "day": day,
            "report": number,
            "n": n,
            "side": None if side is None else ids[side],
        }
        for number, day, part, n, name, side in named
    ]


def _named(mentions: Mentions) -> Iterator[tuple[int, int, str, str | None]]:
    """Yield who is named in each mention, each once for a part: part, mention, name and side."""
    part = schema.PARTS
    for n, event in enumerate(mentions.events):
        for name in dict.fromkeys((*event.actors, *event.recipients)):
            yield part["event"], n, name, None
    for n, claim in enumerate(mentions.claims):
        yield part["claim"], n, claim.speaker, claim.side
        if claim.side is not None:
            yield part["side"], n, claim.side, None
    for n, position in enumerate(mentions.positions):
        yield part["position"], n, position.actor, None
    for n, provision in enumerate(mentions.provisions):
        if provision.by is not None:
            yield part["provision"], n, provision.by, None


def _ids(connection: Connection, wanted: set[str]) -> dict[str, int]:
    """Return the numbers of names, new ones for those that have none."""
    table = schema.names.c
    ids: dict[str, int] = {}
    for part in chunks(sorted(wanted)):
        held = select(table.name, table.id).where(table.name.in_(part))
        ids.update((row.name, row.id) for row in connection.execute(held))
    new = sorted(wanted - ids.keys())
    if new:
        last = connection.execute(select(func.max(table.id))).scalar() or 0
        rows = [_name_row(name, number) for number, name in enumerate(new, last + 1)]
        insert_rows(connection, schema.names, rows)
        ids |= {row["name"]: row["id"] for row in rows}
    return ids


def _name_row(name: str, number: int) -> dict[str, Any]:
    return {
        "id": number,
        "name": name,
        "plain": plain(name),
        "spelling": spelling(name) or None,
        "surname": surname(name)[0] or None,
    }
