"""A case becomes an answer: swept, looked at again where an answer asks for more, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus import answer, search
from foedus.flow.settings import no_progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.answer.compared import Asked
    from foedus.answer.values import Answer
    from foedus.case.values import Case
    from foedus.flow.settings import Progress
    from foedus.record.values import Record
    from foedus.search import Deal, Futures, Outcomes, SweepSettings

SOLVING = "solving deals over futures"
DOUBTING = "looking for what could change the answer"


def answer_case(
    chosen: Case,
    settings: SweepSettings,
    asked: Asked | None = None,
    *,
    known: Record | None = None,
    progress: Progress = no_progress,
) -> Answer:
    """Solve a case, and return what that tells.

    Parameters
    ----------
    chosen, settings, asked
        The case, how widely to look, and what is to be said beyond what every answer says.
    known
        The record that the case rests on, to say what the answer would be without each report.
    progress
        Told what is being done.

    Raises
    ------
    FoedusError
        When the case cannot be solved.
    """
    from foedus.search.means import widened  # noqa: PLC0415 - numpy is slow to load

    swept = search.sweep(chosen, settings, progress=lambda share: progress(SOLVING, share))
    swept = widened(swept, answer.wanted(swept, asked))
    progress(DOUBTING, 0.0)

    def play(case: Case, deals: Sequence[Deal], futures: Futures) -> Outcomes:
        return _played(case, deals, futures, settings.workers)

    return answer.answer(swept, asked, play=play, record=known)


def _played(case: Case, deals: Sequence[Deal], futures: Futures, workers: int) -> Outcomes:
    """Play each deal in each future."""
    import numpy as np  # noqa: PLC0415 - slow to load

    from foedus.search.solving import outcomes  # noqa: PLC0415 - as above

    return outcomes(case, np.array(deals, dtype=np.int64), futures, threads=workers)
