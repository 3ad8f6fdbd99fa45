"""List mentions straight from the tables: what reports say, one by one, however large the record.

Nothing is joined and no actor is looked up, so a name is asked for as the reports give it. What
people changed counts: the few reports that they changed something in are read whole and put to the
same question here, all others by the database.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select

from foedus.ids import EntryId, ReportId, entry_id
from foedus.record import rows, schema
from foedus.record.changes import in_force
from foedus.record.chunks import chunks
from foedus.record.known import know
from foedus.record.names import plain
from foedus.record.values import Correction, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, Row, Select, Table

    from foedus.reading.values import (
        Claim,
        Days,
        Event,
        Position,
        ProvisionMention,
        Quantity,
        Unknown,
    )
    from foedus.record.asking import Question
    from foedus.record.changes import Change, Family
    from foedus.record.known import Known

    _Reading = Event | Claim | Position | ProvisionMention | Unknown

_ABOUT = {"position": "issue", "provision": "provision", "unknown": "about"}
"""The field of a family that says what it is about."""

_PART_OF: dict[str, Family] = {
    "event": "event",
    "claim": "claim",
    "side": "claim",
    "position": "position",
    "provision": "provision",
}
"""The family of the mentions in which a name has a part."""

_TABLES: dict[Family, Table] = {
    "event": schema.events,
    "claim": schema.claims,
    "position": schema.positions,
    "provision": schema.provisions,
    "unknown": schema.unknowns,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What one report says at one place, as people have corrected it.

    ``date`` is when an event took place; of everything else, the day of the report; None when that
    is not known.
    """

    id: EntryId
    family: Family
    date: Days | None
    source: str
    published: dt.date | None
    says: _Reading
    evidence: Evidence
    corrections: tuple[Correction, ...] = ()


def mentions(
    connection: Connection,
    question: Question,
    as_of: dt.date | None,
    changes: Sequence[Change],
    *,
    most: int,
) -> tuple[Mention, ...]:
    """Return the newest mentions that a question is about, as known on a day, the oldest first."""
    touched = touched_reports()
    found: list[Mention] = []
    for family, table in _TABLES.items():
        if _may_answer(family, question):
            wanted = _wanted(family, table, question, as_of)
            if changes:
                wanted = wanted.where(table.c.report.not_in(touched))
            found += _read(connection, family, wanted.limit(most))
    if changes:
        ids = sorted(connection.execute(touched).scalars())
        parts = [rows.read_all(connection, part) for part in chunks(ids)]
        known = know([r for part in parts for r in part], in_force(changes), as_of).known
        found += (m for one in known for m in _corrected(one, question))
    return _newest(found, most)


def _corrected(known: Known, question: Question) -> Iterator[Mention]:
    """Yield what a question is about in a report in which people changed something."""
    for family, attested in known.families():
        for one in attested:
            mention = Mention(
                id=one.id,
                family=family,
                date=_date(one.mention, known.report.published),
                source=known.report.source,
                published=known.report.published,
                says=one.mention,
                evidence=one.evidence,
                corrections=one.corrections,
            )
            answers = _may_answer(family, question) and _answers(mention, question)
            if answers and not one.rejected:
                yield mention


def _newest(found: list[Mention], most: int) -> tuple[Mention, ...]:
    """Return the newest, each once: of copies of one text, the one that came out first."""
    found.sort(key=lambda m: (m.published is None, m.published or dt.date.max, m.source))
    distinct: dict[EntryId, Mention] = {}
    for mention in found:
        distinct.setdefault(mention.id, mention)

    def place(mention: Mention) -> tuple[dt.date, dt.date, str, str]:
        first, last = mention.date or (dt.date.min, dt.date.min)
        return first, last, mention.family, mention.id

    return tuple(sorted(distinct.values(), key=place)[-most:])


def touched_reports() -> Select[Any]:
    """Return the statement that finds the reports that changes are about, and their texts' copies.

    Changes that were taken back are among them: more is read then than need be, and nothing is
    missed.
    """
    reports, targets = schema.reports.c, schema.targets.c
    texts = select(targets.text_hash).where(targets.text_hash.is_not(None))
    named = select(targets.report).where(targets.report.is_not(None))
    return select(reports.id).where(or_(reports.text_hash.in_(texts), reports.id.in_(named)))


def _may_answer(family: Family, question: Question) -> bool:
    """Say whether mentions of a family can be what a question is about."""
    if question.event_type is not None or question.place is not None:
        return family == "event" and question.about is None
    if question.about is not None:
        return family in _ABOUT
    return family != "unknown" or question.actor is None


def _wanted(family: Family, table: Table, question: Question, as_of: dt.date | None) -> Select[Any]:
    """Return the statement that finds the mentions of a family, the newest first."""
    reports, c = schema.reports.c, table.c
    before = table.alias()
    twins = (
        select(func.count())
        .where(
            before.c.report == c.report,
            before.c.span_start == c.span_start,
            before.c.span_end == c.span_end,
            before.c.n < c.n,
        )
        .scalar_subquery()
    )
    quote = func.substr(reports.text, c.span_start + 1, c.span_end - c.span_start)
    day = c.first_day if family == "event" else reports.published
    wanted = (
        select(
            table,
            reports.source,
            reports.published,
            reports.text_hash,
            quote.label("quote"),
            twins.label("twins"),
        )
        .select_from(table.join(schema.reports, reports.id == c.report))
        .where(*_conditions(family, table, question))
        .order_by(day.is_(None), day.desc(), c.report, c.n)
    )
    if as_of is not None:
        wanted = wanted.where(or_(reports.published <= as_of, reports.published.is_(None)))
    return wanted


def _conditions(family: Family, table: Table, question: Question) -> Iterator[ColumnElement[bool]]:
    c, published = table.c, schema.reports.c.published
    first, last = (c.first_day, c.last_day) if family == "event" else (published, published)
    if question.until is not None:
        yield first <= question.until
    if question.since is not None:
        yield last >= question.since
    if question.about is not None:
        yield c[_ABOUT[family]] == question.about
    if question.event_type is not None:
        yield c.type == question.event_type
    if question.place is not None:
        yield or_(c.country == question.place, c.place.icontains(question.place, autoescape=True))
    if question.actor is not None:
        party, named = schema.parties.c, schema.names.c
        spelled = select(named.id).where(named.plain == plain(question.actor))
        yield exists().where(
            and_(
                party.name.in_(spelled),
                party.part.in_([n for part, n in schema.PARTS.items() if _PART_OF[part] == family]),
                party.day == schema.reports.c.day,
                party.report == schema.reports.c.number,
                party.n == c.n,
            )
        )


def _read(connection: Connection, family: Family, wanted: Select[Any]) -> list[Mention]:
    found = connection.execute(wanted).all()
    numbers: dict[tuple[str, int], list[Quantity]] = defaultdict(list)
    if family == "event" and found:
        table = schema.quantities
        ours = select(table).where(table.c.report.in_({row.report for row in found}))
        for row in connection.execute(ours.order_by(*table.primary_key)):
            numbers[row.report, row.event].append(rows.quantity(row))
    return [_mention(family, row, numbers.get((row.report, row.n), [])) for row in found]


def _mention(family: Family, row: Row[Any], numbers: list[Quantity]) -> Mention:
    says = _says(family, row, numbers)
    span = (row.span_start, row.span_end)
    again = (str(row.twins + 1),) if row.twins else ()
    name = entry_id("m", row.text_hash, family, str(span[0]), str(span[1]), *again)
    return Mention(
        id=name,
        family=family,
        date=_date(says, row.published),
        source=row.source,
        published=row.published,
        says=says,
        evidence=Evidence(
            report=ReportId(row.report), start=span[0], end=span[1], quote=row.quote, mention=name
        ),
    )


def _says(family: Family, row: Row[Any], numbers: list[Quantity]) -> _Reading:
    if family == "event":
        return rows.event(row, tuple(numbers))
    if family == "claim":
        return rows.claim(row)
    if family == "position":
        return rows.position(row)
    return rows.provision(row) if family == "provision" else rows.unknown(row)


def _date(says: Any, published: dt.date | None) -> Days | None:  # noqa: ANN401 - any mention
    if hasattr(says, "date"):
        return says.date  # type: ignore[no-any-return]
    return None if published is None else (published, published)


def _answers(mention: Mention, question: Question) -> bool:
    """Say whether one mention is what a question is about."""
    says = mention.says
    days, since, until = mention.date, question.since, question.until
    if (since or until) and (
        days is None or days[0] > (until or days[0]) or days[1] < (since or days[1])
    ):
        return False
    about = getattr(says, _ABOUT.get(mention.family, ""), None)
    if question.about is not None and about != question.about:
        return False
    if question.event_type is not None and getattr(says, "type", None) != question.event_type:
        return False
    if not _is_at(says, question.place):
        return False
    return question.actor is None or plain(question.actor) in map(plain, _names(says))


def _is_at(says: Any, place: str | None) -> bool:  # noqa: ANN401 - any mention
    if place is None or getattr(says, "country", None) == place:
        return True
    return place.casefold() in (getattr(says, "place", None) or "").casefold()


def _names(says: Any) -> list[str]:  # noqa: ANN401 - any mention
    fields = ("speaker", "side", "actor", "by")
    alone = [getattr(says, field, None) for field in fields]
    return [
        n for n in (*alone, *getattr(says, "actors", ()), *getattr(says, "recipients", ())) if n
    ]
