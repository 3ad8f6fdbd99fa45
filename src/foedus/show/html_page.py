"""A Brief as one self-contained page: it opens without the internet and asks for nothing.

Words from reports reach the page only through the template's escaping, so they are never taken for
markup. Every statement links to the words it rests on, which are marked in the reports at the end.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from foedus import __version__
from foedus.show import findings
from foedus.show.charts import PALETTE, charts
from foedus.show.entries import (
    STATUS_WORDS,
    claims_by_speaker,
    event_numbers,
    event_place,
    event_status,
    event_title,
    happened,
    position_words,
    positions_by_actor,
    provision_words,
    provisions_by_status,
    thing_words,
    when,
)
from foedus.show.passages import passages
from foedus.show.sources import Sources, name_of, number
from foedus.show.terminal import basis_of, title_of
from foedus.show.words import both, capital, clean, day, interval, span_of_years

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.answer.values import Answer, DealView
    from foedus.record.values import EventEntry, Record
    from foedus.show.values import Brief

    Shown = dict[str, Any]

PARTS = (
    ("short", "In short"),
    ("happened", "What happened"),
    ("claims", "Claims"),
    ("positions", "Positions"),
    ("provisions", "Guarantees"),
    ("unknowns", "Not known"),
)
ANSWER_PARTS = (("deals", "Deals"), ("method", "Hinges"), ("ranges", "Assumptions and sources"))


def html(brief: Brief) -> str:
    """Return ``brief`` as a page of HTML that needs nothing but itself.

    Charts are drawn by plotly.js from the installed package, each with the same numbers as a table.
    """
    import jinja2  # noqa: PLC0415 - slow to load, and only a page needs it

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(_asset("brief.html.jinja"))
    sources = number(brief.record)
    answer = brief.answer
    return template.render(
        brief=brief,
        answer=answer,
        title=capital(title_of(brief)),
        basis=basis_of(brief),
        version=__version__,
        parts=(*PARTS, *(ANSWER_PARTS if answer else ()), ("sources", "Reports")),
        headline=findings.headline(brief),
        entries=sources.entries,
        kinds=findings.SOURCE_WORDS,
        **_record(brief.record, sources),
        **(_answer(answer) if answer else {"charts": ()}),
        **_assets(answer),
    )


def _asset(name: str) -> str:
    """Return a file that stands beside the template."""
    return files("foedus.show").joinpath("page", name).read_text("utf-8")


def _assets(answer: Answer | None) -> Shown:
    """Return styles, scripts and the data of the charts, each safe to stand within its element."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    shown: Shown = {"css": Markup(_asset("brief.css"))}  # noqa: S704 - our own file
    if answer is None:
        return shown
    from plotly.offline import get_plotlyjs  # noqa: PLC0415 - slow, and only a page needs it
    from plotly.utils import PlotlyJSONEncoder  # noqa: PLC0415

    figures = {chart.name: chart.figure for chart in charts(answer)}
    data = json.dumps(figures, cls=PlotlyJSONEncoder).replace("<", "\\u003c")
    return shown | {
        "js": Markup(_asset("brief.js")),  # noqa: S704 - our own file
        "plotly": Markup(get_plotlyjs()),  # noqa: S704 - the installed package's file
        "palette": Markup(json.dumps(PALETTE)),  # noqa: S704 - our own constants
        "figures": Markup(data),  # noqa: S704 - no "<" can end the element
    }


def _record(record: Record, sources: Sources) -> Shown:
    """Return what the record says, in words."""
    acts, meetings = happened(record)
    return {
        "happenings": (
            ("happened", "What happened", [_event(e, sources) for e in acts]),
            ("met", "Who met whom", [_event(e, sources) for e in meetings]),
        ),
        "claims": [
            (
                name,
                [
                    {
                        "direct": claim.kind == "direct",
                        "cue": claim.cue,
                        "quote": clean(claim.evidence.quote),
                        "refs": sources.of([claim.evidence]),
                    }
                    for claim in claims
                ],
            )
            for name, claims in claims_by_speaker(record)
        ],
        "positions": [
            (actor, [(position_words(p), sources.of(p.evidence)) for p in held])
            for actor, held in positions_by_actor(record)
        ],
        "provisions": [
            (STATUS_WORDS[status], [(provision_words(p), sources.entries[p.id]) for p in found])
            for status, found in provisions_by_status(record)
        ],
        "unknowns": [
            (
                f"{capital(thing_words(u.about))}: {clean(u.evidence[0].quote)}",
                sources.of(u.evidence),
            )
            for u in record.unknowns
        ],
        "reports": [
            {
                "name": clean(name_of(report)),
                "known": ", ".join(
                    clean(part)
                    for part in (report.outlet, report.author, day(report.published), report.source)
                    if part
                ),
                "paragraphs": passages(report, sources),
            }
            for report in record.reports
        ],
    }


def _event(event: EventEntry, sources: Sources) -> Shown:
    """Return an event in words, with its numbers and what is disputed."""
    place, status = event_place(event), event_status(event)
    words = event_title(event) + (f", at {place}" if place else "")
    return {
        "when": when(event),
        "words": words + (f" ({status})" if status else ""),
        "refs": sources.of(event.evidence),
        "numbers": event_numbers(event, sources),
        "disputes": event.disputes,
    }


def _answer(answer: Answer) -> Shown:
    """Return what the answer says, in words."""
    case = answer.case
    return {
        "criteria": findings.criteria_words(case),
        "picks": [_deal(answer, i) for i in findings.picked(answer)],
        "charts": charts(answer),
        "hinges": [(findings.hinge_words(answer, h), h.source) for h in answer.hinges],
        "parameters": [
            (
                capital(findings.parameter_words(p, case)),
                findings.range_words(p.distribution),
                p.unit,
                p.source,
            )
            for p in findings.by_weakness(case.parameters)
        ],
        "levels": [
            (
                provision.title,
                level.title,
                [findings.effect_words(k, v, case) for k, v in level.effects.items()],
                level.source,
                provision.excluded.get(level.name),
            )
            for provision in case.provisions
            for level in provision.levels
            if level.effects or level.name in provision.excluded
        ],
        "red_lines": [(findings.red_line_words(r, case), r.source) for r in case.red_lines],
        "collisions": [findings.collision_words(c, case) for c in answer.collisions],
    }


def _deal(answer: Answer, index: int) -> Shown:
    """Return a deal that was picked, in words."""
    deal = answer.deals[index]
    return {
        "number": index + 1,
        "name": deal.name,
        "parts": deal.parts,
        "reasons": [capital(words) for words in findings.pick_words(answer, index)],
        "rows": list(_deal_rows(answer, deal)),
    }


def _deal_rows(answer: Answer, deal: DealView) -> Iterable[tuple[str, str]]:
    """Yield what is told of a deal: what, and in which words."""
    years = span_of_years(answer.case.horizon_years)
    yield "Holds", f"{both(deal.survive.mean)} for {years} once agreed; {interval(deal.survive)}"
    yield "All accept", f"{both(deal.agree.mean)}; {interval(deal.agree)}"
    yield "Meets every criterion", f"in {findings.futures_words(deal.robustness)}"
    for party in deal.parties:
        yield f"{party.party} accepts", both(party.accepts)
    yield "Hardest to win over", deal.binding
    yield "Challenge before it is in force", both(deal.window_risk.mean)
    yield "Direct war with a guarantor", both(deal.direct_any.mean)
    yield "How it ends", findings.ends_words(answer, deal)
    for line in deal.crossed:
        yield "Crosses", findings.red_line_words(answer.case.red_lines[line], answer.case)
    if caution := findings.caution_words(deal):
        yield "Note", caution
