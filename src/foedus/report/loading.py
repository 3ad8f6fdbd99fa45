"""From one source as a person names it to the reports in it, all at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.errors import Fault, FoedusError, ReportError
from foedus.report.cleaning import clean
from foedus.report.collecting import collect
from foedus.report.values import Raw

if TYPE_CHECKING:
    from datetime import date

    from foedus.report.values import Report


def load(
    source: str, *, published: date | None = None, allow_private: bool = False
) -> tuple[Report, ...]:
    """Return the reports behind one name: a file's, a folder's, a pattern's, or an address.

    Parameters
    ----------
    source
        As in `collect`, which reads many sources, and any number of reports, one by one.
    published
        The day of publication, if the caller knows it; it overrides what the source says.
    allow_private
        Let an address lead into private networks and to this machine itself.

    Returns
    -------
    tuple of Report
        At least one. What is no report in English is left out, as long as one is.

    Raises
    ------
    ReportError
        When the source cannot be read or fetched, or holds no report in English.
    """
    reports: list[Report] = []
    errors: list[FoedusError] = []
    for each in collect([source], published=published, allow_private=allow_private):
        try:
            if isinstance(each, Raw):
                reports.append(clean(each))
            else:
                errors.append(each.error)
        except ReportError as error:
            errors.append(error)
    if not reports:
        raise _together(source, errors)
    return tuple(reports)


def _together(source: str, errors: list[FoedusError]) -> FoedusError:
    """Return several errors of one source as one."""
    if len(errors) == 1:
        return errors[0]
    faults: list[Fault] = []
    for error in errors:
        faults += [replace(fault, at=fault.at or error.where) for fault in error.faults]
    return ReportError(source, tuple(faults))
