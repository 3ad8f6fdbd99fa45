"""A brief as one HTML page that needs nothing else: no network, no other file.

The page carries its style, its scripts, its numbers and the full text of every report. A policy in
its head lets the browser run the scripts that are there, by their hashes, and load nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import partial
from importlib import resources
from typing import TYPE_CHECKING, Any

from foedus.show import beside, doubts, entries, findings, words
from foedus.show.charts import PALETTE, charts
from foedus.show.charts_beside import charts_beside
from foedus.show.passages import passages
from foedus.show.rests import rests_on
from foedus.show.sources import name_of, number
from foedus.show.terminal import basis_of, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import jinja2

    from foedus.case.values import Source
    from foedus.show.charts import Chart
    from foedus.show.sources import Sources
    from foedus.show.values import Brief

_RECORD_PARTS = (
    ("short", "In short"),
    ("happened", "What happened"),
    ("met", "Who met whom"),
    ("claims", "Claims"),
    ("positions", "Positions"),
    ("provisions", "Guarantees on the table"),
    ("unknown", "Not known"),
)
_ANSWER_PARTS = (
    ("deals", "Deals"),
    ("outlook", "Outlook"),
    ("hinges", "Hinges"),
    ("basis", "What figures rest on"),
)


def html(brief: Brief) -> str:
    """Return a brief as one self-contained page.

    It opens from a file and without a network, in light and dark, on a telephone and on paper.
    Every number of a source leads to the words in the report, and every figure of a deal that was
    picked to the inputs it rests on. Words from reports, names and titles are escaped, never taken
    for HTML. With no answer there are no charts, and plotly.js is left out.

    Parameters
    ----------
    brief
        What to show.
    """
    shown: tuple[Chart, ...] = ()
    if brief.answer is not None:
        shown = (*charts(brief.answer), *charts_beside(brief.answer, brief.record))
    scripts = [_asset("brief.js")]
    if shown:
        from plotly.offline import get_plotlyjs  # noqa: PLC0415 slow, and only a page needs it

        scripts.insert(0, get_plotlyjs().replace("\r\n", "\n"))
    return _template().render(_context(brief, shown, scripts)).lstrip()


def _template() -> jinja2.Template:
    """Return the template, which escapes all it is given and drops control characters."""
    import jinja2  # noqa: PLC0415 slow to import, and only a page needs it

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    return environment.from_string(_asset("brief.html.j2"))


def _printable(value: object) -> object:
    """Drop what a page cannot hold from plain text; markup of the template's own is left alone."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return "".join(c for c in value if not words.unsafe(c))
    return value


def _context(brief: Brief, shown: Sequence[Chart], scripts: Sequence[str]) -> dict[str, Any]:
    """Return all that the template uses."""
    from markupsafe import Markup  # noqa: PLC0415 as jinja2

    sources = number(brief.record)
    acts, meetings = entries.happened(brief.record)
    functions = {
        name: tool
        for module in (words, entries, findings, beside, doubts)
        for name, tool in vars(module).items()
        if not name.startswith("_")
    }
    return functions | {
        "brief": brief,
        "answer": brief.answer,
        "title": title_of(brief),
        "basis": basis_of(brief),
        "contents": _contents(brief),
        "headline": findings.headline(brief),
        "sources": sources,
        "back": _back(sources),
        "refs": partial(_refs, sources),
        "acts": acts,
        "meetings": meetings,
        "speakers": entries.claims_by_speaker(brief.record),
        "actors": entries.positions_by_actor(brief.record),
        "statuses": entries.provisions_by_status(brief.record),
        "passages": passages,
        "name_of": name_of,
        "link": _is_link,
        "charts": shown,
        "policy": Markup(_policy(scripts)),  # noqa: S704 digests of our own
        "style": Markup(_asset("brief.css")),  # noqa: S704 a file of ours
        "scripts": [Markup(script) for script in scripts],  # noqa: S704 files of ours and plotly's
        "data": Markup(_data(shown)),  # noqa: S704 JSON in which no tag can begin
        **_answer_context(brief),
    }


def _answer_context(brief: Brief) -> dict[str, Any]:
    answer = brief.answer
    if answer is None:
        return {}
    return {
        "horizon": words.span_of_years(answer.case.horizon_years),
        "picked": findings.picked(answer),
        "inputs": {p.key: at for at, p in enumerate(answer.case.parameters, 1)},
        "provisions": list(enumerate(answer.case.provisions, 1)),
        "traces": partial(rests_on, answer),
    }


def _contents(brief: Brief) -> list[tuple[str, str]]:
    parts = [*_RECORD_PARTS, *(_ANSWER_PARTS if brief.answer else ()), ("sources", "Sources")]
    return [*parts, ("failures", "Not used")] if brief.failures else parts


def _back(sources: Sources) -> dict[int, str]:
    """Return for each source number the first entry that rests on it."""
    back: dict[int, str] = {}
    for entry, numbers in sources.entries.items():
        for n in numbers:
            back.setdefault(n, entry)
    return back


def _refs(sources: Sources, source: Source) -> tuple[int, ...]:
    return tuple(sorted({n for ref in source.refs for n in sources.entries.get(ref, ())}))


def _is_link(url: str | None) -> bool:
    """Whether an address may be linked to: the web only, never a script."""
    return url is not None and url.lower().startswith(("https://", "http://"))


def _data(shown: Sequence[Chart]) -> str:
    """Return the figures as JSON in which no tag can begin."""
    data = {"palette": PALETTE, "figures": {chart.name: chart.figure for chart in shown}}
    text = json.dumps(data, ensure_ascii=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace("&", "\\u0026")


def _policy(scripts: Sequence[str]) -> str:
    """Return the page's security policy: run these scripts, style inline, load nothing."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        f"base-uri 'none'; form-action 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _asset(name: str) -> str:
    return (resources.files("foedus.show") / "page" / name).read_text(encoding="utf-8")
