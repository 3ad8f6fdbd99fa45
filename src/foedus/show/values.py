"""What is shown: a Brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.answer.values import Answer
    from foedus.errors import FoedusError
    from foedus.record.values import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything one run found out.

    Parameters
    ----------
    record
        What the reports say.
    record_path
        Where the record is kept, as a file name or an address.
    answer
        What the game says; None when no case could be drawn.
    no_answer
        Why not; None when there is an answer.
    failures
        The inputs that could not be used, each with its faults.
    passed_over
        Parts of inputs that are no reports to read, such as items in other languages.
    case_yaml
        The case that was solved, as a file holds it; None when there is no answer.
    """

    record: Record
    record_path: str
    answer: Answer | None
    no_answer: FoedusError | None
    failures: tuple[FoedusError, ...]
    passed_over: tuple[FoedusError, ...] = ()
    case_yaml: str | None = None
