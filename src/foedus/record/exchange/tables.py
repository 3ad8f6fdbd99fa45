"""A record as plain tables: one for each family, and one for each list that an entry holds.

Every field of every entry is a column of the same name. A list of texts is one cell; a list of
anything else is a table of its own, with the id of the entry and the place in the list (``n``).
``points`` adds where events were, as far as that is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from foedus.record.exchange.points import Point, point_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from foedus.record.values import Correction, Record

Kind = Literal["text", "day", "time", "number", "whole", "flag", "texts"]
Table = dict[str, Kind]
Rows = list[dict[str, Any]]

_EVIDENCE: Table = {
    "report": "text", "start": "whole", "end": "whole", "quote": "text", "mention": "text",
}  # fmt: skip

TABLES: dict[str, Table] = {
    "record": {"as_of": "day", "hash": "text"},
    "reports": {
        "id": "text", "source": "text", "title": "text", "outlet": "text", "author": "text",
        "published": "day", "published_from": "text", "language": "text", "url": "text",
        "text": "text", "reader": "text", "mirrors": "texts",
    },
    "events": {
        "id": "text", "type": "text", "mode": "text", "status": "text", "first_day": "day",
        "last_day": "day", "place": "text", "country": "text", "actors": "texts",
        "recipients": "texts", "according_to": "text", "disputes": "texts", "independent": "whole",
    },
    "quantities": {
        "entry": "text", "n": "whole", "item": "text", "role": "text", "value": "number",
        "bound": "text", "according_to": "text", "report": "text",
    },
    "figures": {
        "entry": "text", "n": "whole", "item": "text", "role": "text", "low": "number",
        "best": "number", "high": "number", "sources": "whole", "disputed": "flag",
    },
    "points": {
        "entry": "text", "latitude": "number", "longitude": "number", "source": "text",
        "precision": "text",
    },
    "claims": {"id": "text", "speaker": "text", "side": "text", "kind": "text", "cue": "text"},
    "positions": {
        "id": "text", "actor": "text", "issue": "text", "stance": "text", "date": "day",
        "independent": "whole",
    },
    "provisions": {
        "id": "text", "provision": "text", "by": "text", "status": "text", "date": "day",
        "independent": "whole",
    },
    "history": {"entry": "text", "n": "whole", "date": "day", "status": "text", **_EVIDENCE},
    "unknowns": {"id": "text", "about": "text"},
    "evidence": {"entry": "text", "n": "whole", **_EVIDENCE},
    "actors": {
        "id": "text", "name": "text", "aliases": "texts", "state": "text", "reports": "whole",
    },
    "roles": {
        "entry": "text", "n": "whole", "role": "text", "since": "day", "until": "day",
        "source": "text",
    },
    "outlets": {"id": "text", "name": "text", "one_source_with": "texts", "reports": "whole"},
    "corrections": {
        "entry": "text", "n": "whole", "number": "whole", "kind": "text", "by": "text",
        "at": "time", "mention": "text", "field": "text", "was": "text", "now": "text",
        "why": "text",
    },
}  # fmt: skip
"""The columns of each table and what they hold. ``corrections`` without an entry are those whose
mention is no longer read where they found it."""


def tables(record: Record) -> Iterator[tuple[str, Rows]]:
    """Yield each table's name and rows, in the order of `TABLES`."""
    told = [
        *((e.id, e.evidence) for e in record.events),
        *((p.id, p.evidence) for p in record.positions),
        *((u.id, u.evidence) for u in record.unknowns),
        *((c.id, (c.evidence,)) for c in record.claims),
    ]
    rows: dict[str, Rows] = {
        "record": [{"as_of": record.as_of, "hash": record.hash}],
        "reports": _plain("reports", record.reports),
        "events": [
            dict(zip(("first_day", "last_day"), e.date or (None, None), strict=True)) | row
            for e, row in zip(record.events, _plain("events", record.events), strict=True)
        ],
        "quantities": _parts("quantities", ((e.id, e.quantities) for e in record.events)),
        "figures": _parts("figures", ((e.id, e.figures) for e in record.events)),
        "points": list(_points(record)),
        "claims": _plain("claims", record.claims),
        "positions": _plain("positions", record.positions),
        "provisions": _plain("provisions", record.provisions),
        "history": [
            {"entry": p.id, "n": n, "date": day, "status": status, **_cells(_EVIDENCE, evidence)}
            for p in record.provisions
            for n, (day, status, evidence) in enumerate(p.history)
        ],
        "unknowns": _plain("unknowns", record.unknowns),
        "evidence": _parts("evidence", told),
        "actors": _plain("actors", record.actors),
        "roles": _parts("roles", ((a.id, a.roles) for a in record.actors)),
        "outlets": _plain("outlets", record.outlets),
        "corrections": _parts("corrections", _corrected(record)),
    }
    yield from ((name, rows[name]) for name in TABLES)


def _corrected(record: Record) -> Iterator[tuple[str | None, tuple[Correction, ...]]]:
    yield from ((e.id, e.corrections) for e in record.reports)
    yield from ((e.id, e.corrections) for e in record.events)
    yield from ((e.id, e.corrections) for e in record.claims)
    yield from ((e.id, e.corrections) for e in record.positions)
    yield from ((e.id, e.corrections) for e in record.provisions)
    yield from ((e.id, e.corrections) for e in record.unknowns)
    yield from ((e.id, e.corrections) for e in record.actors)
    yield from ((e.id, e.corrections) for e in record.outlets)
    yield None, record.orphans


def _points(record: Record) -> Iterator[dict[str, Any]]:
    reports = {report.id: report for report in record.reports}
    for event in record.events:
        point = point_of(event, reports)
        if isinstance(point, Point):
            yield {"entry": event.id, **_cells(TABLES["points"], point)}


def _plain(table: str, entries: Iterable[object]) -> Rows:
    return [_cells(TABLES[table], entry) for entry in entries]


def _parts(table: str, lists: Iterable[tuple[str | None, Iterable[object]]]) -> Rows:
    return [
        {"entry": name, "n": n, **_cells(TABLES[table], part)}
        for name, parts in lists
        for n, part in enumerate(parts)
    ]


def _cells(columns: Table, entry: object) -> dict[str, Any]:
    """Return the cells that are fields of the entry itself."""
    return {name: getattr(entry, name) for name in columns if hasattr(entry, name)}


def arrow_table(columns: Table, rows: Rows) -> pa.Table:
    """Return rows as a table of Arrow, with typed columns."""
    import pyarrow as pa  # noqa: PLC0415 - slow to import, and seldom needed

    types = {
        "text": pa.string(),
        "day": pa.date32(),
        "time": pa.timestamp("us", tz="UTC"),
        "number": pa.float64(),
        "whole": pa.int64(),
        "flag": pa.bool_(),
        "texts": pa.list_(pa.string()),
    }
    schema = pa.schema([(name, types[kind]) for name, kind in columns.items()])
    return pa.Table.from_pylist(rows, schema=schema)
