"""A case becomes an answer: swept, looked at again where an answer asks for more, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus import answer, search
from foedus.flow.settings import no_progress

if TYPE_CHECKING:
    from foedus.answer.compared import Asked
    from foedus.answer.values import Answer
    from foedus.case.values import Case
    from foedus.flow.settings import Progress
    from foedus.search import SweepSettings

SOLVING = "solving deals over futures"


def answer_case(
    chosen: Case,
    settings: SweepSettings,
    asked: Asked | None = None,
    *,
    progress: Progress = no_progress,
) -> Answer:
    """Solve a case, and return what that tells.

    Raises
    ------
    FoedusError
        When the case cannot be solved.
    """
    from foedus.search.means import widened  # noqa: PLC0415 - numpy is slow to load

    swept = search.sweep(chosen, settings, progress=lambda share: progress(SOLVING, share))
    swept = widened(swept, answer.wanted(swept, asked))
    return answer.answer(swept, asked)
