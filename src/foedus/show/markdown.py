"""A brief as Markdown: to paste into a paper, a page or a message, every claim with its number.

What stands here are the same sentences as on the terminal; tables are those that a plain reader of
CommonMark with tables shows. Words from reports, names and titles cannot make markup.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.show import entries
from foedus.show.findings import (
    by_weakness,
    criteria_words,
    end_words,
    headline,
    hinge_words,
    parameter_words,
    range_words,
    red_line_words,
)
from foedus.show.sources import number
from foedus.show.terminal import basis_of, title_of
from foedus.show.words import capital, clean, interval, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.answer.values import Answer
    from foedus.case.values import Source
    from foedus.record.values import Evidence
    from foedus.show.sources import Sources
    from foedus.show.values import Brief

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&])|^([#+\-]|\d+\.)(?= )")
"""What makes markup: anywhere in a line, or at its beginning."""


def markdown(brief: Brief) -> str:
    """Return a brief as Markdown.

    Parameters
    ----------
    brief
        What to show.
    """
    sources = number(brief.record)
    parts = [
        [f"# {escaped(title_of(brief))}", "", escaped(basis_of(brief)), ""],
        [f"{n}. {escaped(line)}" for n, line in enumerate(headline(brief), 1)],
        *([] if brief.answer is None else list(_answer(brief.answer))),
        *_record(brief, sources),
        _sources(brief, sources),
    ]
    return "\n".join(line for part in parts if part for line in [*part, ""]).rstrip() + "\n"


def escaped(words: str) -> str:
    r"""Return words that Markdown shows as they are.

    Examples
    --------
    >>> print(escaped("a *b* <c> [d](e) | f"))
    a \*b\* \<c\> \[d\](e) \| f
    >>> print(escaped("# no heading"), escaped("1. no list"), escaped("0.98 a year"))
    \# no heading 1\. no list 0.98 a year
    """
    return _MARKUP.sub(_with_escape, " ".join(clean(words).split()))


def _with_escape(found: re.Match[str]) -> str:
    mark = found.group(1) or found.group(2)
    return f"{mark[:-1]}\\{mark[-1]}"


def _answer(answer: Answer) -> Iterator[list[str]]:
    yield _assumptions(answer)
    yield _deals(answer)
    yield _outlook(answer)
    yield _hinges(answer)
    yield _red_lines(answer)
    yield [
        "## How it was worked out",
        "",
        escaped(
            f"foedus {answer.version}; {answer.futures} futures, seed {answer.seed};"
            f" {len(answer.deals)} deals kept, {answer.screened} tried, {answer.possible} possible;"
            f" case {answer.case_hash}, record {answer.record_hash or 'none'}."
        ),
        "",
        escaped(criteria_words(answer.case)),
    ]


def _assumptions(answer: Answer) -> list[str]:
    case = answer.case
    rows = [
        (
            capital(parameter_words(p, case)),
            f"{range_words(p.distribution)} ({p.unit})",
            f"{p.source.kind}: {_why(p.source)}",
        )
        for p in by_weakness(case.parameters)
    ]
    return [
        "## What every figure rests on, assumptions first",
        "",
        *_table(("input", "range", "source"), rows),
    ]


def _why(source: Source) -> str:
    return f"{source.why} ({', '.join(source.refs)})" if source.refs else source.why


def _deals(answer: Answer) -> list[str]:
    rows = [
        (
            str(n),
            deal.name,
            percent(deal.robustness),
            percent(deal.agree.mean),
            f"{percent(deal.survive.mean)} ({interval(deal.survive)})",
            percent(deal.direct_any.mean),
            percent(deal.security.mean),
            f"{deal.binding} ({percent(min(p.accepts for p in deal.parties))})",
            "yes" if deal.efficient else "",
        )
        for n, deal in enumerate(answer.deals, 1)
    ]
    picks = [
        escaped(f"{capital(pick.measure)}, for {pick.whose}: deal {pick.deal + 1}.")
        for pick in answer.picks
    ]
    head = ("", "deal", "good", "agreed", "holds", "war", "secure", "hardest to win", "efficient")
    return ["## Deals", "", *_table(head, rows), "", *(f"- {pick}" for pick in picks)]


def _outlook(answer: Answer) -> list[str]:
    columns = [(f"{year:g} years, no deal", dict(ends)) for year, ends in answer.outlook.no_deal]
    if answer.outlook.likely is not None:
        deal = answer.deals[answer.outlook.likely]
        columns.append((f"with deal {answer.outlook.likely + 1}", dict(deal.ends)))
    names = dict.fromkeys(name for _, ends in columns for name in ends)
    rows = [
        (
            end_words(name, answer.case),
            *(percent(ends[name].mean) if name in ends else "" for _, ends in columns),
        )
        for name in names
    ]
    table = _table(("end", *(title for title, _ in columns)), rows)
    return ["## Outlook", "", *table, "", escaped(answer.outlook.method)]


def _hinges(answer: Answer) -> list[str]:
    if not answer.hinges:
        return []
    told = [f"- {escaped(capital(hinge_words(answer, hinge)))}" for hinge in answer.hinges]
    return ["## What it hinges on", "", *told]


def _red_lines(answer: Answer) -> list[str]:
    lines = answer.case.red_lines
    if not lines:
        return []
    told = [f"- {escaped(red_line_words(line, answer.case))}" for line in lines]
    return ["## Red lines", "", *told]


def _record(brief: Brief, sources: Sources) -> Iterator[list[str]]:
    record = brief.record
    acts, meetings = entries.happened(record)
    for title, events in (("What happened", acts), ("Who met whom", meetings)):
        if events:
            told = [
                f"- {escaped(f'{entries.when(e)}: {entries.event_title(e)}')}"
                f"{escaped(_aside(entries.event_place(e), entries.event_status(e)))}"
                f"{_cited(sources, e.evidence)}"
                for e in events
            ]
            yield [f"## {title}", "", *told]
    for actor, positions in entries.positions_by_actor(record):
        told = [
            f"- {escaped(entries.position_words(p))}{_cited(sources, p.evidence)}"
            for p in positions
        ]
        yield [f"## Where {escaped(actor)} stands", "", *told]
    for status, provisions in entries.provisions_by_status(record):
        told = [
            f"- {escaped(capital(entries.provision_words(p)))}"
            f"{_cited(sources, (e for _, _, e in p.history))}"
            for p in provisions
        ]
        yield [f"## {entries.STATUS_WORDS[status]}", "", *told]


def _aside(*parts: str) -> str:
    told = ", ".join(filter(None, parts))
    return f" ({told})" if told else ""


def _cited(sources: Sources, evidence: Iterable[Evidence]) -> str:
    return "".join(f" \\[{n}\\]" for n in sources.of(evidence))


def _sources(brief: Brief, sources: Sources) -> list[str]:
    told = []
    for report in brief.record.reports:
        spans = sources.in_report(report.id)
        if spans:
            where = ", ".join(
                filter(None, (report.title, report.outlet, str(report.published or "")))
            )
            told.append(f"- {escaped(where or report.source)} ({escaped(report.source)})")
            told += [f"  - \\[{n}\\] “{escaped(e.quote)}”" for n, e in spans]
    return ["## Sources", "", *told] if told else []


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return lines + [f"| {' | '.join(map(escaped, row))} |" for row in rows]
