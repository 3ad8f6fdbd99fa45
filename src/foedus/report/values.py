"""What a report is once it has been cleaned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from foedus.errors import FoedusError
    from foedus.ids import ReportId
    from foedus.report.about import About

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One report as it came, not yet cleaned; small enough to be sent to another process.

    Parameters
    ----------
    source
        As in `Report`.
    text
        The page or the plain text, decoded.
    kind
        Which of the two it is.
    id
        As in `Report`; None when it is made from the source and the text, once cleaned.
    given
        What is known from beside the text, as a feed says of its items; it goes before what the
        text says.
    url
        The address it came from, if it came from one.
    published
        The day that the caller gives; it goes before everything.
    named
        Whether a person named this very report, and not a folder, a feed or an archive that it
        lies in: what is no report there is only passed over.
    """

    source: str
    text: str
    kind: Literal["page", "text"]
    id: ReportId | None = None
    given: About | None = None
    url: str | None = None
    published: date | None = None
    named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An input, or a part of one, that is no report.

    Parameters
    ----------
    error
        Where, what was found, what must hold, and what to do.
    failed
        Whether something is wrong that a person can mend. False for what was only passed over:
        records of an archive that are no pages, items in other languages.
    """

    error: FoedusError
    failed: bool = True

    @property
    def reason(self) -> str:
        """Return what skips of one cause have in common, in a word or two."""
        return self.error.faults[0].reason
