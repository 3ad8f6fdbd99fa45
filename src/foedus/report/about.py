"""What is known about a report beside its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from foedus.report.values import PublishedFrom


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Title, outlet, author, day and address of a report; None for what is not known."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: dt.date | None = None
    published_from: PublishedFrom = "unknown"
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A report's lines, with the furniture taken out, and what is known about it."""

    lines: tuple[str, ...]
    about: About
