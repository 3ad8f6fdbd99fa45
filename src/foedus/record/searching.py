"""Search the full texts of the reports: the same hits in the same order on every database.

The database's own index (FTS5 in SQLite, a tsvector in PostgreSQL) finds the reports that hold
every term; both are given the same terms, made by `foedus.record.wording`, so they find the same.
The order is made here, by BM25 over the reports found, and does not depend on the database.

Source of the order: S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond", Foundations and Trends in Information Retrieval 3(4), 2009, with their usual k1 and b.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String, column, delete, func, or_, select, table, text

from foedus.errors import Fault, RecordError
from foedus.record import schema
from foedus.record.wording import distinct_terms, placed_terms, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, TextClause

    from foedus.ids import ReportId
    from foedus.record.values import ReportEntry

    _Numbered = tuple[int, str | None, str]
    """A report's number, title and text."""

RANKED_MOST = 2000
"""Of the reports that hold every term, so many of the newest are put in order."""

_K1 = 1.2
_B = 0.75

_AROUND = 90
"""Characters shown on each side of the first hit."""

_words = table(schema.WORDS, column("rowid"), column("number"), column("terms", String))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A report that holds every word asked for.

    ``snippet`` is a stretch of its text with no more than some 200 characters; ``marks`` are the
    places of the words within it. ``span`` is where the snippet stands in the text.
    """

    report: ReportId
    source: str
    title: str | None
    outlet: str | None
    published: dt.date | None
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...]
    span: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for: terms, beginnings of terms (``ceasef*``), and phrases in quotes."""

    terms: tuple[str, ...]
    beginnings: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]


def index(connection: Connection, reports: Iterable[_Numbered]) -> None:
    """Take reports into the index of words."""
    rows = [
        {"number": number, "terms": " ".join(distinct_terms(f"{title or ''}\n{body}"))}
        for number, title, body in reports
    ]
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO words (rowid, terms) VALUES (:number, :terms)"), rows)
    else:
        connection.execute(
            text(
                "INSERT INTO words (number, terms)"
                " VALUES (:number, array_to_tsvector(string_to_array(:terms, ' ')))"
            ),
            rows,
        )


def forget(connection: Connection, report: _Numbered) -> None:
    """Take a report out of the index of words; it must be given as it was taken in."""
    number, title, body = report
    if connection.dialect.name == "sqlite":
        old = " ".join(distinct_terms(f"{title or ''}\n{body}"))
        command = text("INSERT INTO words (words, rowid, terms) VALUES ('delete', :number, :terms)")
        connection.execute(command, {"number": number, "terms": old})
    else:
        connection.execute(delete(_words).where(_words.c.number == number))


def size(connection: Connection) -> int:
    """Return how many reports are in the index of words."""
    if connection.dialect.name == "sqlite":
        return connection.exec_driver_sql("SELECT count(*) FROM words_docsize").scalar() or 0
    return connection.exec_driver_sql("SELECT count(*) FROM words").scalar() or 0


def parse(words: str) -> Query:
    """Return what somebody looks for.

    Raises
    ------
    RecordError
        When there is no word in it.

    Examples
    --------
    >>> parse('drones "peace plan" ceasef*')
    Query(terms=('drone', 'peace', 'plan'), beginnings=('ceasef',), phrases=(('peace', 'plan'),))
    """
    phrases = [tuple(terms(p)) for p in re.findall(r'"([^"]*)"', words)]
    rest = re.sub(r'"[^"]*"', " ", words)
    beginnings = [b for part in re.findall(r"(\S+)\*", rest) for b in terms(part)[-1:]]
    loose = terms(re.sub(r"\S+\*", " ", rest))
    inner = [w for part in re.findall(r"(\S+)\*", rest) for w in terms(part)[:-1]]
    wanted = dict.fromkeys([*loose, *inner, *(w for p in phrases for w in p)])
    if not wanted and not beginnings:
        fault = Fault(
            at="words",
            found=repr(words),
            must="hold a letter or a figure",
            do='Try: drones "peace plan" ceasef*',
        )
        raise RecordError("search", (fault,))
    kept = tuple(p for p in phrases if len(p) > 1)
    return Query(terms=tuple(wanted), beginnings=tuple(dict.fromkeys(beginnings)), phrases=kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The reports that hold every term, and how much each term tells: the rarer, the more."""

    query: Query
    ids: tuple[str, ...]
    rarity: dict[str, float]


def candidates(
    connection: Connection, query: Query, as_of: dt.date | None, always: Sequence[str]
) -> Candidates:
    """Return the newest reports known on a day that hold every term, undated ones last.

    ``always`` are reports whose day a person may have corrected: their day is looked at later.
    """
    reports = schema.reports
    key = _words.c.rowid if connection.dialect.name == "sqlite" else _words.c.number
    base = select(reports.c.id).select_from(reports.join(_words, key == reports.c.number))
    count = select(func.count()).select_from(reports.join(_words, key == reports.c.number))
    if as_of is not None:
        in_time = or_(
            reports.c.published <= as_of, reports.c.published.is_(None), reports.c.id.in_(always)
        )
        base, count = base.where(in_time), count.where(in_time)
    order = (reports.c.published.is_(None), reports.c.published.desc(), reports.c.id)
    wanted = base.where(_matches(connection, query.terms, query.beginnings))
    ids = connection.execute(wanted.order_by(*order).limit(RANKED_MOST)).scalars()
    total = connection.execute(count).scalar() or 0
    told = {}
    for term in (*query.terms, *query.beginnings):
        is_whole = term in query.terms
        condition = _matches(connection, (term,) * is_whole, (term,) * (not is_whole))
        held = connection.execute(count.where(condition)).scalar() or 0
        told[term] = math.log(1 + (total - held + 0.5) / (held + 0.5))
    return Candidates(query=query, ids=tuple(ids), rarity=told)


def ranked(found: Candidates, reports: Sequence[ReportEntry], *, most: int) -> tuple[Hit, ...]:
    """Return the best hits, the most relevant first; of equals the newest, then by id."""
    query = found.query
    counted = [(report, _hits(report, query)) for report in reports]
    mean = sum(len(r.text) for r in reports) / max(1, len(reports)) or 1.0
    scored = [
        (round(_score(counts, found.rarity, len(report.text) / mean), 6), report)
        for report, counts in counted
        if counts is not None
    ]
    scored.sort(key=lambda s: s[1].id)
    scored.sort(key=lambda s: s[1].published or dt.date.min, reverse=True)
    scored.sort(key=lambda s: s[0], reverse=True)
    return tuple(_hit(report, query, score) for score, report in scored[:most])


def _matches(
    connection: Connection, terms_: Sequence[str], beginnings: Sequence[str]
) -> TextClause:
    """Return the condition that every term is there. Terms are letters and figures only."""
    if connection.dialect.name == "sqlite":
        asked = [f'"{t}"' for t in terms_] + [f'"{b}"*' for b in beginnings]
        return text("words MATCH :asked").bindparams(asked=" AND ".join(asked))
    asked = [f"'{t}'" for t in terms_] + [f"'{b}':*" for b in beginnings]
    return text("words.terms @@ CAST(:asked AS tsquery)").bindparams(asked=" & ".join(asked))


def _hits(searched: ReportEntry, query: Query) -> dict[str, int] | None:
    """Count each term in a report; None when a phrase is not there as it stands."""
    told = terms(f"{searched.title or ''}\n{searched.text}")
    for phrase in query.phrases:
        size = len(phrase)
        if not any(tuple(told[n : n + size]) == phrase for n in range(len(told) - size + 1)):
            return None
    counts = Counter(told)
    found = {term: counts[term] for term in query.terms}
    for beginning in query.beginnings:
        found[beginning] = sum(c for t, c in counts.items() if t.startswith(beginning))
    return found


def _score(counts: dict[str, int], rarity_of: dict[str, float], length: float) -> float:
    damp = _K1 * (1 - _B + _B * length)
    return sum(
        rarity_of[term] * count * (_K1 + 1) / (count + damp) for term, count in counts.items()
    )


def _hit(searched: ReportEntry, query: Query, score: float) -> Hit:
    """Show a report's text around the place where most of the words stand together."""
    body = searched.text
    wanted, beginnings = set(query.terms), query.beginnings
    places = [
        (start, end, term)
        for term, start, end in placed_terms(body)
        if term in wanted or (beginnings and term.startswith(beginnings))
    ]
    best = (0, 0)
    if places:
        within = [
            len({t for s, _, t in places if first <= s <= first + 2 * _AROUND})
            for first, _, _ in places
        ]
        start = places[within.index(max(within))][0]
        best = (start, start)
    begin, end = _stretch(body, best[0])
    marks = tuple((s - begin, e - begin) for s, e, _ in places if begin <= s and e <= end)
    return Hit(
        report=searched.id,
        source=searched.source,
        title=searched.title,
        outlet=searched.outlet,
        published=searched.published,
        score=score,
        snippet=body[begin:end],
        marks=marks,
        span=(begin, end),
    )


def _stretch(body: str, around: int) -> tuple[int, int]:
    """Return a stretch of text within its line, cut at blanks."""
    line_start = body.rfind("\n", 0, around) + 1
    line_end = body.find("\n", around)
    line_end = len(body) if line_end < 0 else line_end
    begin, end = max(line_start, around - _AROUND), min(line_end, around + 2 * _AROUND)
    if begin > line_start:
        begin = body.find(" ", begin, around) + 1 or begin
    if end < line_end:
        cut = body.rfind(" ", around, end)
        end = cut if cut > around else end
    return begin, end
