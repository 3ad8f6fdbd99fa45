"""From reports to what they say, and into a record."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from foedus import reading, record, report
from foedus.errors import FoedusError
from foedus.flow.settings import no_progress
from foedus.ids import digest
from foedus.report import Raw, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from foedus.flow.settings import BriefSettings, Progress
    from foedus.reading.values import Mentions
    from foedus.report import Report

_AT_ONCE = 200
"""Reports that are read and kept together: what is lost when the machine stops in between."""


def load(
    sources: Sequence[str], settings: BriefSettings, *, progress: Progress = no_progress
) -> tuple[tuple[Report, ...], tuple[Skipped, ...]]:
    """Return the reports behind ``sources`` in their order, cleaned, and what was skipped."""
    return _cleaned(_collected(sources, settings, "fetching the reports", progress))


def _cleaned(
    given: Iterable[Raw | Skipped],
) -> tuple[tuple[Report, ...], tuple[Skipped, ...]]:
    """Return the reports that came, cleaned, and what was skipped."""
    reports: list[Report] = []
    skipped: list[Skipped] = []
    for each in given:
        try:
            if isinstance(each, Raw):
                reports.append(report.clean(each))
            else:
                skipped.append(each)
        except FoedusError as error:
            skipped.append(Skipped(error=error, failed=isinstance(each, Raw) and each.named))
    return tuple(reports), tuple(skipped)


def read(
    sources: Sequence[str], settings: BriefSettings, *, progress: Progress = no_progress
) -> Iterator[Mentions | Skipped]:
    """Yield what each report behind ``sources`` says, or why it is skipped, in their order.

    Inputs of any size are read as they are used up: nothing is held that has been yielded.
    """
    given = _collected(sources, settings, "reading the reports", progress)
    return reading.read_all(given, workers=settings.workers)


def _collected(
    sources: Sequence[str], settings: BriefSettings, doing: str, progress: Progress
) -> Iterator[Raw | Skipped]:
    """Yield the reports behind ``sources`` as they came."""
    return report.collect(
        sources,
        published=settings.published,
        allow_private=settings.allow_private,
        progress=lambda share: progress(doing, share),
    )


def record_path(reports: Sequence[Report]) -> str:
    """Return where the record of just these reports is kept when the user names no other place."""
    folder = Path(platformdirs.user_data_dir("foedus", appauthor=False)) / "records"
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder / f"{digest(*sorted({one.id for one in reports}))}.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of reports that were to be kept: how many were new, known, or skipped."""

    new: int
    known: int
    skipped: tuple[Skipped, ...]


def keep(
    sources: Sequence[str],
    where: str,
    settings: BriefSettings,
    *,
    progress: Progress = no_progress,
) -> Kept:
    """Read reports into the record at ``where``; those it has read before are not read again.

    Inputs of any size are read as they are used up, and what has been read is kept as it comes.
    """
    new = known = 0
    skipped: list[Skipped] = []
    given = _collected(sources, settings, "reading the reports", progress)
    with record.open_store(where) as store:
        while part := list(islice(given, _AT_ONCE)):
            reports, lost = _cleaned(part)
            new_ones = unread(store, reports, settings)
            found = list(reading.read_all(new_ones, workers=settings.workers))
            lost += tuple(each for each in found if isinstance(each, Skipped))
            read_now = [each for each in found if not isinstance(each, Skipped)]
            added = store.add_all(read_now, reader=reading.READER_VERSION)
            new += added
            known += len(reports) - len(new_ones) + len(read_now) - added
            skipped += lost
    return Kept(new=new, known=known, skipped=tuple(skipped))


def unread(store: record.Store, reports: Sequence[Report], settings: BriefSettings) -> list[Report]:
    """Return the reports to read; a day given by the user may move every date in a known one."""
    version = reading.READER_VERSION
    return [one for one in reports if settings.published or not store.has(one.id, version)]
