"""From a report as it came to a `Report`: its main text alone, in English, with its day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.ids import ReportId, digest
from foedus.report import page
from foedus.report.dates import day_in_address
from foedus.report.encoding import garbled
from foedus.report.language import require_english
from foedus.report.lines import key
from foedus.report.pasted import clean_text
from foedus.report.refusal import refusal
from foedus.report.values import Report

if TYPE_CHECKING:
    from foedus.errors import ReportError
    from foedus.report.about import About, Cleaned
    from foedus.report.values import Raw

SIGNS_AT_MOST = 200_000
"""About 33,000 words, a short book: read in 10 to 20 s and, made of one-letter words, in 1 GiB.
The longest news analyses that we know have a tenth of it."""


def clean(raw: Raw) -> Report:
    """Return a report with its furniture taken out.

    The same raw report gives the same report, in any process.

    Raises
    ------
    ReportError
        When it holds no report, none in English, or signs of a wrong character set.
    """
    given = raw.given
    if raw.kind == "text" and len(raw.text) > page.SIGNS_AT_MOST:
        raise _too_long(raw.source, len(raw.text))
    if raw.kind == "page":
        cleaned = page.clean_page(raw.text, url=raw.url, where=raw.source)
    else:
        cleaned = _at_address(clean_text(raw.text, title=given.title if given else None), raw.url)
    if cleaned is not None and given is not None:
        cleaned = _with_given(cleaned, given)
    if cleaned is None or not cleaned.lines:
        do = "Save the report's text as plain text, and name that file."
        found = f"a {raw.kind} with no main text"
        raise refusal("no report", raw.source, found, "hold a report", do)
    text, about = "\n".join(cleaned.lines), cleaned.about
    if len(text) > SIGNS_AT_MOST:
        raise _too_long(raw.source, len(text))
    wrong = garbled(f"{about.title or ''}\n{text}")
    if wrong:
        found = f"signs that come of a wrong character set ({wrong!r})"
        do = "Save the page again from a browser, as UTF-8."
        raise refusal("garbled", raw.source, found, "be in the character set that it names", do)
    return Report(
        id=raw.id or ReportId(digest(raw.source, text)),
        source=raw.source,
        title=about.title,
        outlet=about.outlet,
        author=about.author,
        published=raw.published or about.published,
        published_from="argument" if raw.published else about.published_from,
        language=require_english(text, raw.source),
        text=text,
        url=about.url,
    )


def _too_long(where: str, signs: int) -> ReportError:
    """Return the error for a text of more signs than a report has."""
    do = "Cut it into the reports it is made of."
    must = f"have at most {SIGNS_AT_MOST:,}"
    return refusal("too large", where, f"a text of {signs:,} signs", must, do)


def _at_address(cleaned: Cleaned, url: str | None) -> Cleaned:
    """Return a plain text that was fetched, with its address and the day in it."""
    if url is None:
        return cleaned
    about = replace(cleaned.about, url=url)
    day = day_in_address(url)
    if day and about.published_from != "page":
        about = replace(about, published=day, published_from="page")
    return replace(cleaned, about=about)


def _with_given(cleaned: Cleaned, given: About) -> Cleaned:
    """Return a report with what is known from beside it in place of what its text says."""
    found, lines = cleaned.about, cleaned.lines
    about = replace(
        found,
        title=given.title or found.title,
        outlet=given.outlet or found.outlet,
        author=given.author or found.author,
        published=given.published or found.published,
        published_from=given.published_from if given.published else found.published_from,
        url=given.url or found.url,
    )
    repeated = given.title is not None and lines and key(lines[0]) == key(given.title)
    return replace(cleaned, lines=lines[1:] if repeated else lines, about=about)
