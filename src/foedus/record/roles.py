"""Offices of actors, as people write them down: "foreign minister 2031-01-01/2031-06-30"."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from foedus.record.values import RoleEntry

if TYPE_CHECKING:
    from foedus.record.values import Correction

_DAY = r"\d{4}-\d{2}-\d{2}"
_DATED = re.compile(rf"\s+(?P<since>{_DAY})?/(?P<until>{_DAY})?\s*$")


def split_role(said: str) -> tuple[str, dt.date | None, dt.date | None]:
    """Return an office and its first and last day, None where the day is left out.

    Raises
    ------
    ValueError
        When a day is none.

    Examples
    --------
    >>> split_role("foreign minister 2031-01-01/")
    ('foreign minister', datetime.date(2031, 1, 1), None)
    """
    match = _DATED.search(said)
    if match is None:
        return said.strip(), None, None
    since, until = (
        dt.date.fromisoformat(day) if day else None for day in (match["since"], match["until"])
    )
    return said[: match.start()].strip(), since, until


def role_told(told: Correction) -> RoleEntry:
    """Return the office that a person has written down."""
    role, since, until = split_role(told.now or "")
    return RoleEntry(role=role, since=since, until=until, source=f"{told.by} (#{told.number})")
