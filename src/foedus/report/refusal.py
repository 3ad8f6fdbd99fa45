"""How this folder says no: one input, one thing wrong with it, one way to mend it."""

from __future__ import annotations

from foedus.errors import Fault, ReportError


def refusal(where: str, found: object, must: str, do: str) -> ReportError:
    """Return the error for the input ``where``, in which ``found`` is not what it ``must`` be.

    Examples
    --------
    >>> print(refusal("ardal.html", "an empty file", "hold a report", "Save the page again."))
    ardal.html: found an empty file; it must hold a report. Save the page again.
    """
    return ReportError(where, (Fault(at="", found=found, must=must, do=do),))
