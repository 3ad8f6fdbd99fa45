"""A case drawn from a record, afresh or merged into one that an analyst has edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus import case, reading, record
from foedus.case.yaml_in import case_text
from foedus.errors import Fault, FoedusError
from foedus.flow.reading import load, record_path, unread
from foedus.flow.settings import no_progress
from foedus.report import Skipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from foedus.case import Redraft
    from foedus.case.values import Case
    from foedus.flow.settings import BriefSettings, Progress
    from foedus.record import Record

_NOTHING = Fault(
    at="",
    found="neither a report nor a record",
    must="have something to draft from",
    do="Name a report, or a record by --record.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Who plays which part, where a person says so; None for what the record is to tell."""

    challenger: str | None = None
    protected: str | None = None
    guarantors: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A case file as drafted, what a merge did where there was one, and the inputs left out."""

    text: str
    case: Case
    record_path: str
    merged: Redraft | None
    failures: tuple[FoedusError, ...]
    passed_over: tuple[FoedusError, ...]


def draft_case(
    sources: Sequence[str],
    settings: BriefSettings,
    parts: Parts,
    *,
    onto: Path | None = None,
    progress: Progress = no_progress,
) -> Drafted:
    """Read ``sources`` into the record, and draw a case from all that it holds.

    Parameters
    ----------
    sources
        File names and addresses of reports; none to draw from what the record holds.
    settings
        The record, the day as of which to draft, and how reports are read.
    parts
        Who plays which part, where a person says so.
    onto
        A case file that an earlier draft became; the new draft is merged into it.
    progress
        Told what is being done.

    Raises
    ------
    ExceptionGroup
        Of what is wrong with each source, when none could be used.
    FoedusError
        When the record cannot be opened or gives no case, or the case file is at fault.
    """
    edited = None if onto is None else case_text(onto)
    known, where, skipped = _known(sources, settings, progress)
    merged = None
    if edited is None:
        drawn = case.draft(
            known,
            challenger=parts.challenger,
            protected=parts.protected,
            guarantors=parts.guarantors,
        )
        text = case.draft_text(drawn)
    else:
        merged = case.redraft(
            known,
            edited,
            str(onto),
            challenger=parts.challenger,
            protected=parts.protected,
            guarantors=parts.guarantors,
        )
        text, drawn = merged.text, merged.case
    return Drafted(
        text=text,
        case=drawn,
        record_path=where,
        merged=merged,
        failures=tuple(each.error for each in skipped if each.failed),
        passed_over=tuple(each.error for each in skipped if not each.failed),
    )


def _known(
    sources: Sequence[str], settings: BriefSettings, progress: Progress
) -> tuple[Record, str, tuple[Skipped, ...]]:
    """Return the record with the sources in it, where it is kept, and what was left out."""
    reports, skipped = load(sources, settings, progress=progress)
    if not reports and skipped:
        raise ExceptionGroup("no report could be used", [each.error for each in skipped])
    if not reports and settings.record is None:
        raise FoedusError("case draft", (_NOTHING,))
    where = settings.record or record_path(reports)
    with record.open_store(where, make=bool(reports)) as store:
        new = unread(store, reports, settings)
        for done, found in enumerate(reading.read_all(new, workers=settings.workers), start=1):
            progress("reading the reports", done / len(new))
            if isinstance(found, Skipped):
                skipped += (found,)
            else:
                store.add(found, reader=reading.READER_VERSION)
        return store.record(settings.as_of), where, skipped
