"""From a source as a person names it to the reports in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from foedus.errors import ReportError
from foedus.ids import ReportId, digest
from foedus.report.about import About, Cleaned
from foedus.report.encoding import decode, garbled
from foedus.report.fetch import fetch
from foedus.report.language import require_english
from foedus.report.page import clean_page
from foedus.report.pasted import clean_text
from foedus.report.received import Received, read_file
from foedus.report.refusal import refusal
from foedus.report.values import Report

if TYPE_CHECKING:
    from datetime import date

    from foedus.report.feed import Item

PROLOGUE = re.compile(
    r"""(?:\s+ | <\?[^>]*\?> | <!--.*?--> | <!doctype\s+(?!html)[^>\[]*(?:\[.*?\]\s*)?>)*""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
FEED = re.compile(r"<(?:rss|feed|(?:\w+:)?RDF)\b", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
TAG = re.compile(
    r"</?(?:p|div|span|br|a|h[1-6]|article|table|td|li|ul|ol|html|body|meta)\b[^>]*>", re.IGNORECASE
)
SOME_TAGS = 3  # plain text may mention one


def load(
    source: str, *, published: date | None = None, allow_private: bool = False
) -> tuple[Report, ...]:
    """Return the reports in a file or at an address: one, or one for each item of a feed.

    Parameters
    ----------
    source
        The name of a file (an HTML page, plain text, or an RSS or Atom feed), or an http or https
        address. What it is, is seen from its content.
    published
        The day of publication, if the caller knows it; it overrides what the source says.
    allow_private
        Let an address lead into private networks and to this machine itself.

    Returns
    -------
    tuple of Report
        At least one. Items of a feed that hold no English text are left out, as long as one does.

    Raises
    ------
    ReportError
        When the source cannot be read or fetched, is no text, or holds no report in English.
    """
    scheme = re.match(r"^([a-z][a-z0-9+.-]*)://", source, re.IGNORECASE)
    received = fetch(source, allow_private=allow_private) if scheme else read_file(source)
    text = decode(received)
    kind = kind_of_text(text, received.source)
    if kind == "feed":
        return _feed(text, received, published)
    cleaned = clean_page(text, url=received.url) if kind == "page" else clean_text(text)
    if cleaned is None or not cleaned.lines:
        do = "Save the report's text as plain text, and name that file."
        raise refusal(
            "no report", received.source, f"a {kind} with no main text", "hold a report", do
        )
    report_id = ReportId(digest(received.content))
    return (_report(received.source, cleaned, published, report_id),)


def kind_of_text(text: str, where: str) -> Literal["page", "feed", "text"]:
    """Return what a text is, by what it begins with.

    Examples
    --------
    >>> kind_of_text("<?xml version='1.0'?> <rss version='2.0'>", "velmark.xml")
    'feed'
    >>> kind_of_text("<p>Talks <b>began</b>.</p><p>They go on.</p>", "velmark.txt")
    'page'
    >>> kind_of_text("Talks began, and 3 < 4.", "velmark.html")
    'text'
    """
    begin = PROLOGUE.match(text)
    start = text[begin.end() if begin else 0 :][:2000]
    if FEED.match(start):
        return "feed"
    if PAGE.match(start) or len(TAG.findall(text[:20_000])) >= SOME_TAGS:
        return "page"
    if text.lstrip().startswith("<?xml"):
        must = "be a page, a feed or plain text"
        raise refusal(
            "another kind", where, "XML of another kind", must, "Name the page of the report."
        )
    return "text"


def _feed(text: str, received: Received, published: date | None) -> tuple[Report, ...]:
    """Return a report for each item of a feed that holds one."""
    from foedus.report.feed import items_in  # noqa: PLC0415 - loads its library for feeds alone

    reports: list[Report] = []
    errors: list[ReportError] = []
    for number, item in enumerate(items_in(text, received.source), start=1):
        source = f"{received.source}#{number}"
        cleaned = _clean_item(item)
        if cleaned is None:
            do = "Name the page of the report."
            errors.append(refusal("no report", source, "an item without text", "hold a report", do))
            continue
        try:
            report_id = ReportId(digest(source, "\n".join(cleaned.lines)))
            reports.append(_report(source, cleaned, published, report_id))
        except ReportError as err:
            errors.append(err)
    if not reports:
        raise ReportError(
            received.source,
            tuple(replace(f, at=f.at or e.where, found=f.found) for e in errors for f in e.faults),
        )
    return tuple(reports)


def _clean_item(item: Item) -> Cleaned | None:
    """Return the report in an item of a feed; None when it holds no text."""
    body = item.body if TAG.search(item.body) else f"<p>{item.body}</p>"
    cleaned = clean_page(f"<html><body><article>{body}</article></body></html>")
    if cleaned is None:
        return None
    title = item.title
    about = About(
        title=title,
        outlet=item.outlet,
        author=item.author,
        published=item.published or cleaned.about.published,
        published_from="page" if item.published else cleaned.about.published_from,
        url=item.url,
    )
    lines = cleaned.lines[1:] if cleaned.lines[0] == title else cleaned.lines
    return Cleaned(lines=lines, about=about) if lines else None


def _report(source: str, cleaned: Cleaned, published: date | None, report_id: ReportId) -> Report:
    """Return the report, once its text is known to be English in the right character set."""
    text, about = "\n".join(cleaned.lines), cleaned.about
    wrong = garbled(f"{about.title or ''}\n{text}")
    if wrong:
        found = f"signs that come of a wrong character set ({wrong!r})"
        do = "Save the page again from a browser, as UTF-8."
        raise refusal("garbled", source, found, "be in the character set that it names", do)
    return Report(
        id=report_id,
        source=source,
        title=about.title,
        outlet=about.outlet,
        author=about.author,
        published=published or about.published,
        published_from="argument" if published else about.published_from,
        language=require_english(text, source),
        text=text,
        url=about.url,
    )
