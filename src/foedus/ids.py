"""Names for things that are kept: what an id is, and how it is made.

An id is a short prefix and twelve hex digits of a SHA-256, so that the same thing gets the same id
on every machine and in every run.
"""

from __future__ import annotations

import hashlib
from typing import NewType

ReportId = NewType("ReportId", str)
"""A report: the first twelve hex digits of the SHA-256 of what was received."""

EntryId = NewType("EntryId", str)
"""An entry of the record: a letter for its family, a dash, twelve hex digits."""


def digest(*parts: str | bytes) -> str:
    """Return twelve hex digits that stand for ``parts`` in their order.

    One part by itself is hashed as it is, so that ``sha256sum FILE`` shows the same digits; several
    are joined by line breaks.

    Examples
    --------
    >>> digest("peace")
    'c2e10c20bf46'
    """
    joined = b"\n".join(p.encode() if isinstance(p, str) else p for p in parts)
    return hashlib.sha256(joined).hexdigest()[:12]


def entry_id(family: str, *parts: str) -> EntryId:
    """Return the id of an entry of a ``family`` (one letter) that is known by ``parts``."""
    return EntryId(f"{family}-{digest(*parts)}")
