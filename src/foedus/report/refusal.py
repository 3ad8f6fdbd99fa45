"""How this folder says no: one input, one thing wrong with it, one way to mend it."""

from __future__ import annotations

from typing import Literal, get_args

from foedus.errors import Fault, ReportError

Reason = Literal[
    "no file", "not readable", "too large", "empty", "binary", "garbled", "another kind",
    "no report", "not in English", "entities", "address refused", "not reached", "no page there",
    "broken archive", "broken line", "no page", "no word of conflict",
]  # fmt: skip
"""What inputs that fail for one cause have in common, in a word or two: what a summary counts."""

REASONS: tuple[str, ...] = get_args(Reason)


def refusal(reason: Reason, where: str, found: object, must: str, do: str = "") -> ReportError:
    """Return the error for the input ``where``, in which ``found`` is not what it ``must`` be.

    Examples
    --------
    >>> print(refusal("empty", "a.html", "an empty file", "hold a report", "Save the page again."))
    a.html: found an empty file; it must hold a report. Save the page again.
    """
    return ReportError(where, (Fault(at="", found=found, must=must, do=do, reason=reason),))
