"""From reports, or a record that is there, to a brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus import case, reading, record
from foedus.answer.compared import Asked
from foedus.errors import Fault, FoedusError
from foedus.flow.answering import answer_case
from foedus.flow.reading import load, record_path, unread
from foedus.flow.settings import no_progress
from foedus.flow.sweeping import COMPILING
from foedus.report import Skipped
from foedus.show.values import Brief

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.flow.settings import BriefSettings, Progress

_NOTHING = Fault(
    at="",
    found="neither a report nor a record",
    must="have something to brief on",
    do="Name a report, or a record by --record.",
)


def brief(
    sources: Sequence[str], settings: BriefSettings, *, progress: Progress = no_progress
) -> Brief:
    """Read ``sources`` into the record, draw a case, solve it, and return all that was found.

    Parameters
    ----------
    sources
        File names and addresses of reports; none to brief on what the record holds.
    settings
        What the brief is made with.
    progress
        Told what is being done.

    Returns
    -------
    Brief
        With ``answer`` None and ``no_answer`` saying why when no case can be drawn from the record.

    Raises
    ------
    ExceptionGroup
        Of what is wrong with each source, when none could be used.
    FoedusError
        When the record cannot be opened, or the case given by the user is at fault.
    """
    from foedus.search import compiling  # noqa: PLC0415 - the compiler is slow to load
    from foedus.search.middle import deal_of  # noqa: PLC0415 - as above

    ahead = compiling.begin()
    reports, skipped = load(sources, settings, progress=progress)
    if not reports and skipped:
        raise ExceptionGroup("no report could be used", [each.error for each in skipped])
    if not reports and settings.record is None:
        raise FoedusError("brief", (_NOTHING,))
    chosen = None if settings.case is None else case.load_case(settings.case)
    where = settings.record or record_path(reports)
    with record.open_store(where, make=bool(reports)) as store:
        new = unread(store, reports, settings)
        for done, found in enumerate(reading.read_all(new, workers=settings.workers), start=1):
            progress("reading the reports", done / len(new))
            if isinstance(found, Skipped):
                skipped += (found,)
            else:
                store.add(found, reader=reading.READER_VERSION)
        known = store.record(settings.as_of)
    solved, no_answer = None, None
    try:
        chosen = chosen or case.draft(known)
    except FoedusError as error:
        no_answer = error
    if chosen is not None:
        compiling.wait(ahead, lambda: progress(COMPILING, 0.0))
        deals = tuple(deal_of(chosen, levels) for levels in settings.deals)
        asked = Asked(targets=settings.targets, deals=deals)
        solved = answer_case(chosen, settings.sweep, asked, known=known, progress=progress)
    return Brief(
        record=known,
        record_path=where,
        answer=solved,
        no_answer=no_answer,
        failures=tuple(each.error for each in skipped if each.failed),
        passed_over=tuple(each.error for each in skipped if not each.failed),
        case_yaml=None if chosen is None else case.to_yaml(chosen),
    )
