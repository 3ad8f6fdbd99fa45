"""A case's ranges tried on deals of which history has had some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus import case, search
from foedus.flow.settings import no_progress
from foedus.flow.sweeping import COMPILING
from foedus.search import SweepSettings

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.answer.panel import Panel
    from foedus.flow.settings import Progress


def check_prior(
    case_file: Path,
    *,
    futures: int,
    seed: int,
    workers: int,
    progress: Progress = no_progress,
) -> Panel:
    """Return what the ranges of a case imply, beside what has been counted.

    Parameters
    ----------
    case_file
        The case.
    futures, seed, workers
        As `foedus.search.SweepSettings` takes them.
    progress
        Told what is being done.

    Raises
    ------
    FoedusError
        When the case is at fault, or ``futures`` is no power of two.
    """
    from foedus.answer.panel import panel  # noqa: PLC0415 - numpy is slow to load
    from foedus.answer.references import references  # noqa: PLC0415 - as above
    from foedus.search import compiling  # noqa: PLC0415 - the compiler is slow to load

    chosen = case.load_case(case_file)
    compiling.wait(compiling.begin(), lambda: progress(COMPILING, 0.0))
    deals = tuple(dict.fromkeys(reference.deal for reference in references(chosen)))
    settings = SweepSettings(
        futures=futures, keep=len(deals), seed=seed, workers=workers, deals=deals
    )
    swept = search.sweep(
        chosen, settings, progress=lambda share: progress("solving deals over futures", share)
    )
    return panel(swept)
