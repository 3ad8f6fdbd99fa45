"""The day of publication as a report's own text gives it.

Three places speak of the day of the report and not of what it reports: the dateline before the
first sentence, a line that says as of when it holds, and a line with place and day at the end.
"""

from __future__ import annotations

# ruff: noqa: RUF001 - real typographic signs
import re
from typing import TYPE_CHECKING

from foedus.report.bylines import is_datestamp
from foedus.report.dates import STATED, stated_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

DATELINE = re.compile(
    r"^[A-ZÀ-Þ][\w’'.-]*(?:[\s,/]+(?:[A-ZÀ-Þ][\w’'.-]*|de|el|al|of|the))*[\s,.:(–—-]+(?:on\s+)?$"
)
"""A place, or several, before a day: "PORT VELM, Ardal, " and "Velmark – "."""

AGENCY = re.compile(r"^[A-ZÀ-Þ][^()“\"]{1,60}\((?P<agency>[A-ZÀ-Þ][^()]{1,40})\)\s*[–—-]")
"""A place, perhaps a day, and the agency in brackets before the dash."""

STAMP = re.compile(
    r"^\W*(?:issued|dated|published|updated|released|posted|as\s+of|as\s+at|status|situation"
    r"|(?:\w+\s+){0,4}(?:summary|bulletin|briefing|update|statement|communiqu[eé]|assessment"
    r"|report|digest|readout|overview|press\s+release))\b",
    re.IGNORECASE,
)
"""A line that says of when it is, when it begins so and is short."""

STAMP_WORDS = 16
PLACE_SIGNS = 80


def day_in_text(lines: Sequence[str], title: str | None = None) -> dt.date | None:
    """Return the day that a text gives as its own; None when it gives none.

    Examples
    --------
    >>> day_in_text(["VELMARK, 15 January 2026 (Northern Wire) - Ardal denied it on Thursday."])
    datetime.date(2026, 1, 15)
    >>> day_in_text(["The treaty was signed in Velmark on 22 July 2022."]) is None
    True
    """
    for line in lines[:3]:
        match = STATED.search(line)
        if match and (_is_dateline(line[: match.start()]) or _is_stamp(line)):
            return stated_day(line)
    if title and STAMP.match(title):
        return stated_day(title)
    match = STATED.search(lines[-1]) if len(lines) > 1 else None
    if match and len(lines[-1].split()) <= 8 and _is_dateline(lines[-1][: match.start()]):
        return stated_day(lines[-1])
    return None


def _is_dateline(text: str) -> bool:
    """Say whether the words before a day name a place and nothing else."""
    return len(text) <= PLACE_SIGNS and bool(DATELINE.match(text))


def _is_stamp(line: str) -> bool:
    """Say whether a line is there to say when it was issued, or as of when it holds."""
    return is_datestamp(line) or (len(line.split()) <= STAMP_WORDS and bool(STAMP.match(line)))


def agency_in_text(lines: Sequence[str]) -> str | None:
    """Return the agency that a dateline names in brackets; None when it names none.

    Examples
    --------
    >>> agency_in_text(["VELMARK, 15 January 2026 (Northern Wire) - Ardal denied it."])
    'Northern Wire'
    """
    match = AGENCY.match(lines[0]) if lines else None
    return match["agency"] if match else None
