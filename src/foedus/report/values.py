"""What a report is once it has been cleaned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from foedus.ids import ReportId

PublishedFrom = Literal["page", "text", "argument", "unknown"]
"""Where the day of publication was found: the page's own metadata or address, its text, the
caller, or nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as it will be read: main text only, and what is known about it.

    Parameters
    ----------
    id
        Twelve hex digits of the SHA-256 of what was received (of a feed item: of the source name,
        a line break and the text).
    source
        The file's name or the address, as given; a feed item adds ``#1``, ``#2``, ...
    title, outlet, author
        As the page says; None when it does not.
    published
        The day of publication; None when it is not known.
    published_from
        Where that day was found.
    language
        ISO 639-1 code of the text's language.
    text
        Paragraphs, headings and list items, one a line, and nothing else.
    url
        The address it came from or that the page gives as its own; None when there is none.
    """

    id: ReportId
    source: str
    title: str | None
    outlet: str | None
    author: str | None
    published: date | None
    published_from: PublishedFrom
    language: str
    text: str
    url: str | None = None
