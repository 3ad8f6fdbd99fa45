"""What reading and briefing are told by the user, and how they tell how far they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.answer.compared import Target
from foedus.search import SweepSettings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    Progress = Callable[[str, float], None]
    """Told what is being done, and the share of it that is done, 0..1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefSettings:
    """What a brief is made with.

    Parameters
    ----------
    record
        File name or database address of the record to keep; None for one of its own for these
        reports, in the user's data folder.
    case
        File of a case to use in place of the one drawn from the record.
    published
        Day of publication of the reports; None to find it in each.
    as_of
        The day as of which to brief: on what was known at its end; None for all there is.
    allow_private
        Whether addresses inside a private network may be fetched.
    workers
        Processes that read reports; None for one a processor, when there are more than a few.
    sweep
        How widely deals and futures are searched.
    targets
        What a deal is to reach: the cheapest that does is told.
    deals
        Deals of which it is told what would make them acceptable: the levels of each that are not
        the first, by provision.
    """

    record: str | None = None
    case: Path | None = None
    published: dt.date | None = None
    as_of: dt.date | None = None
    allow_private: bool = False
    workers: int | None = None
    sweep: SweepSettings = field(default_factory=SweepSettings)
    targets: tuple[Target, ...] = (Target(),)
    deals: tuple[dict[str, str], ...] = ()


def no_progress(_doing: str, _share: float) -> None:
    """Tell nobody."""
