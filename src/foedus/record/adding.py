"""Put what was read into a database, many reports at a time.

The writer has taken its turn and is in a transaction: a report is there wholly or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from foedus.ids import digest
from foedus.record import parties, schema, searching
from foedus.record.inserting import insert_rows
from foedus.record.known import mention_ids, rank
from foedus.record.likeness import reach_of
from foedus.record.rows import read_all
from foedus.record.schema import day_number
from foedus.record.wording import sketch

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection, Row, Table

    from foedus.ids import ReportId
    from foedus.reading.values import Claim, Event, Mentions, Position, ProvisionMention
    from foedus.record.changes import Family
    from foedus.report.values import Report

_Row = dict[str, Any]
_Rows = list[_Row]


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
    insert_rows(connection, schema.reports, rows)
    searching.index(connection, [(r["number"], r["title"], r["text"]) for r in rows])
    _write_mentions(
        connection,
        [(m, row["number"], row["text_hash"]) for m, row in zip(batch, rows, strict=True)],
    )


def _write_again(connection: Connection, mentions: Mentions, held: Row[Any], reader: str) -> None:
    """Write a report over the one that stands there, and what was read in the old one's place."""
    report = mentions.report
    row = _report_row(report, reader)
    if (held.title, held.text_hash) != (row["title"], row["text_hash"]):
        searching.forget(connection, (held.number, held.title, held.text))
        searching.index(connection, [(held.number, report.title, report.text)])
    (before,) = read_all(connection, [report.id])
    parties.forget(connection, before.mentions, held.number)
    for table in schema.MENTIONS:
        connection.execute(delete(table).where(table.c.report == report.id))
    connection.execute(schema.reports.update().filter_by(id=report.id).values(row))
    _write_mentions(connection, [(mentions, held.number, row["text_hash"])])


def write_names(connection: Connection, came: Sequence[tuple[ReportId, str]]) -> None:
    """Keep every name under which a report has come in."""
    names = schema.sources
    ours = select(names).where(names.c.report.in_(list({report for report, _ in came})))
    known = {(row.report, row.source) for row in connection.execute(ours)}
    fresh = [pair for pair in dict.fromkeys(came) if pair not in known]
    rows = [{"report": report, "source": source} for report, source in fresh]
    insert_rows(connection, names, rows)


def _write_mentions(connection: Connection, batch: Sequence[tuple[Mentions, int, str]]) -> None:
    """Write what was read in some reports, of which nothing is there.

    Each with the number of its report, and what its text is called.
    """
    found: dict[Table, _Rows] = defaultdict(list)
    for mentions, _, text_hash in batch:
        for table, rows in _rows(mentions, text_hash):
            found[table] += rows
    for table, rows in found.items():
        insert_rows(connection, table, rows)
    parties.write(connection, [(mentions, number) for mentions, number, _ in batch])


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
        "day": day_number(report.published),
    }


def _rows(mentions: Mentions, text_hash: str) -> list[tuple[Table, _Rows]]:
    report = mentions.report
    day = day_number(report.published)
    numbers = [
        {
            "report": report.id,
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

    def placed(family: Family, things: Sequence[Any], row: Callable[[Any], _Row]) -> _Rows:
        spans = [thing.span for thing in things]
        return [
            row(thing)
            | {
                "report": report.id,
                "n": n,
                "span_start": thing.span[0],
                "span_end": thing.span[1],
                "key": int(name[2:10], 16),
            }
            for n, (thing, name) in enumerate(
                zip(things, mention_ids(text_hash, family, spans), strict=True)
            )
        ]

    return [
        (
            schema.events,
            placed("event", mentions.events, lambda e: _event_row(e, report.published)),
        ),
        (schema.quantities, numbers),
        (schema.claims, placed("claim", mentions.claims, _claim_row)),
        (schema.positions, placed("position", mentions.positions, lambda p: _position_row(p, day))),
        (
            schema.provisions,
            placed("provision", mentions.provisions, lambda p: _provision_row(p, day)),
        ),
        (schema.unknowns, placed("unknown", mentions.unknowns, lambda u: {"about": u.about})),
    ]


def _claim_row(claim: Claim) -> _Row:
    return {"speaker": claim.speaker, "side": claim.side, "kind": claim.kind, "cue": claim.cue}


def _position_row(position: Position, day: int) -> _Row:
    return {
        "actor": position.actor,
        "issue": position.issue,
        "stance": position.stance,
        "day": day,
    }


def _provision_row(provision: ProvisionMention, day: int) -> _Row:
    return {
        "provision": provision.provision,
        "given_by": provision.by,
        "status": provision.status,
        "day": day,
    }


def _event_row(event: Event, published: dt.date | None) -> _Row:
    first, last = event.date or (None, None)
    reach = reach_of(event, published)
    is_ahead = first is not None and (published is None or first > published)
    return {
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "first_day": first,
        "last_day": last,
        "length": None if event.date is None else (event.date[1] - event.date[0]).days + 1,
        "reach_from": reach[0].toordinal(),
        "reach_to": reach[1].toordinal(),
        "ahead": day_number(first) if is_ahead else None,
        "place": event.place,
        "country": event.country,
        "actors": list(event.actors),
        "recipients": list(event.recipients),
        "according_to": event.according_to,
    }
