"""Put what was read into a database, many reports at a time.

The writer has taken its turn and is in a transaction: a report is there wholly or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select

from foedus.ids import digest
from foedus.reading.knowledge import key
from foedus.record import schema, searching
from foedus.record.known import rank
from foedus.record.wording import sketch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Row, Table

    from foedus.ids import ReportId
    from foedus.reading.values import Event, Mentions, Span
    from foedus.report.values import Report

_Rows = list[dict[str, Any]]


def add(connection: Connection, batch: Sequence[Mentions], reader: str) -> list[bool]:
    """Keep what a reader found in some reports; say of each whether that is new.

    The same text under another name is the same report: its name is kept beside the first, and so
    is what was read in it, since its day of publication may be the better known one. A new version
    of the reader takes the place of the old one's reading.
    """
    news: list[bool] = []
    for part in _without_repeats(batch):
        news += _add_distinct(connection, part, reader)
    return news


def _without_repeats(batch: Sequence[Mentions]) -> Iterator[list[Mentions]]:
    """Cut a batch so that no report stands twice in a part."""
    part: list[Mentions] = []
    seen: set[str] = set()
    for mentions in batch:
        if mentions.report.id in seen:
            yield part
            part, seen = [], set()
        part.append(mentions)
        seen.add(mentions.report.id)
    if part:
        yield part


def _add_distinct(connection: Connection, batch: list[Mentions], reader: str) -> list[bool]:
    table = schema.reports
    hashes = {m.report.id: digest(m.report.text) for m in batch}
    ours = select(table).where(table.c.id.in_(list(hashes)))
    held = {row.id: row for row in connection.execute(ours)}
    same = select(table.c.text_hash).where(
        table.c.text_hash.in_(list(hashes.values())), table.c.reader == reader
    )
    read = set(connection.execute(same).scalars())
    news, fresh = [], []
    for mentions in batch:
        report = mentions.report
        row = held.get(report.id)
        new = hashes[report.id] not in read
        if row is None:
            fresh.append(mentions)
        elif row.reader != reader or _supersedes(report, row):
            new = new or (row.reader == reader and row.source == report.source)
            _write_again(connection, mentions, row, reader)
        read.add(hashes[report.id])
        news.append(new)
    _write_fresh(connection, fresh, reader)
    write_names(connection, [(m.report.id, m.report.source) for m in batch])
    return news


def _supersedes(report: Report, held: Row[Any]) -> bool:
    """Say whether a report that came in again is the one to show from now on.

    Under the same name, what came last counts: somebody has corrected its day. Under another name
    a known day beats an unknown one and the earlier of two days is the day of publication, so that
    it does not matter which of them came first.
    """
    if report.source == held.source:
        return (report.published, digest(report.text)) != (held.published, held.text_hash)
    return rank(report.published, report.source) < rank(held.published, held.source)


def _write_fresh(connection: Connection, batch: list[Mentions], reader: str) -> None:
    """Write reports that are not there yet."""
    if not batch:
        return
    last = connection.execute(select(func.max(schema.reports.c.number))).scalar() or 0
    rows = [
        {"id": m.report.id, "number": number, **_report_row(m.report, reader)}
        for number, m in enumerate(batch, last + 1)
    ]
    connection.execute(insert(schema.reports), rows)
    searching.index(connection, [(r["number"], r["title"], r["text"]) for r in rows])
    _write_mentions(connection, batch)


def _write_again(connection: Connection, mentions: Mentions, held: Row[Any], reader: str) -> None:
    """Write a report over the one that stands there, and what was read in the old one's place."""
    report = mentions.report
    row = _report_row(report, reader)
    connection.execute(schema.reports.update().filter_by(id=report.id).values(row))
    if (held.title, held.text_hash) != (row["title"], row["text_hash"]):
        searching.forget(connection, (held.number, held.title, held.text))
        searching.index(connection, [(held.number, report.title, report.text)])
    for table in schema.MENTIONS:
        connection.execute(delete(table).where(table.c.report == report.id))
    _write_mentions(connection, [mentions])


def write_names(connection: Connection, came: Sequence[tuple[ReportId, str]]) -> None:
    """Keep every name under which a report has come in."""
    names = schema.sources
    ours = select(names).where(names.c.report.in_(list({report for report, _ in came})))
    known = {(row.report, row.source) for row in connection.execute(ours)}
    fresh = [pair for pair in dict.fromkeys(came) if pair not in known]
    rows = [{"report": report, "source": source} for report, source in fresh]
    if rows:
        connection.execute(insert(names), rows)


def _write_mentions(connection: Connection, batch: Iterable[Mentions]) -> None:
    """Write what was read in some reports, of which nothing is there."""
    found: dict[Table, _Rows] = defaultdict(list)
    for mentions in batch:
        for table, rows in _rows(mentions):
            found[table].extend({"report": mentions.report.id, **row} for row in rows)
    for table, rows in found.items():
        if rows:
            connection.execute(insert(table), rows)


def _report_row(report: Report, reader: str) -> dict[str, Any]:
    return {
        "source": report.source,
        "title": report.title,
        "outlet": report.outlet,
        "author": report.author,
        "published": report.published,
        "published_from": report.published_from,
        "language": report.language,
        "url": report.url,
        "text": report.text,
        "text_hash": digest(report.text),
        "reader": reader,
        "sketch": " ".join(map(str, sketch(report.text))),
    }


def _rows(mentions: Mentions) -> list[tuple[Table, _Rows]]:
    numbers = [
        {
            "event": n,
            "n": m,
            "item": q.item,
            "role": q.role,
            "value": float(q.value),
            "bound": q.bound,
            "according_to": q.according_to,
        }
        for n, event in enumerate(mentions.events)
        for m, q in enumerate(event.quantities)
    ]
    return [
        (schema.events, [_event_row(n, e) for n, e in enumerate(mentions.events)]),
        (schema.quantities, numbers),
        (
            schema.claims,
            [
                {"speaker": c.speaker, "side": c.side, "kind": c.kind, "cue": c.cue}
                | _place(n, c.span)
                for n, c in enumerate(mentions.claims)
            ],
        ),
        (
            schema.positions,
            [
                {"actor": p.actor, "issue": p.issue, "stance": p.stance} | _place(n, p.span)
                for n, p in enumerate(mentions.positions)
            ],
        ),
        (
            schema.provisions,
            [
                {"provision": p.provision, "given_by": p.by, "status": p.status} | _place(n, p.span)
                for n, p in enumerate(mentions.provisions)
            ],
        ),
        (
            schema.unknowns,
            [{"about": u.about} | _place(n, u.span) for n, u in enumerate(mentions.unknowns)],
        ),
        (schema.parties, _party_rows(mentions)),
    ]


def _party_rows(mentions: Mentions) -> _Rows:
    """Return who takes part in each mention, each once, by the key of the name."""
    named: list[tuple[str, int, tuple[str | None, ...]]] = [
        *(("event", n, (*e.actors, *e.recipients)) for n, e in enumerate(mentions.events)),
        *(("claim", n, (c.speaker, c.side)) for n, c in enumerate(mentions.claims)),
        *(("position", n, (p.actor,)) for n, p in enumerate(mentions.positions)),
        *(("provision", n, (p.by,)) for n, p in enumerate(mentions.provisions)),
    ]
    return [
        {"family": family, "n": n, "name": name}
        for family, n, names in named
        for name in dict.fromkeys(_key(who) for who in names if who)
        if name
    ]


_key = lru_cache(maxsize=65_536)(key)


def _place(n: int, span: Span) -> dict[str, Any]:
    return {"n": n, "span_start": span[0], "span_end": span[1]}


def _event_row(n: int, event: Event) -> dict[str, Any]:
    first, last = event.date or (None, None)
    return {
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "first_day": first,
        "last_day": last,
        "place": event.place,
        "country": event.country,
        "actors": list(event.actors),
        "recipients": list(event.recipients),
        "according_to": event.according_to,
    } | _place(n, event.span)
