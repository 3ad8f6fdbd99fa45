"""What a door that stays open does: keep one report, answer one case, look at a deal at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus import case, reading, search
from foedus.flow.answering import answer_case
from foedus.flow.sweeping import compile_game
from foedus.report import Skipped
from foedus.search import SweepSettings
from foedus.show.values import Brief

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.answer.values import DealView, Hinge
    from foedus.case.values import Case
    from foedus.flow.settings import Progress
    from foedus.record import Store
    from foedus.report import Raw
    from foedus.search import Deal


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """What became of one report: its id, whether it was new, and how much was read in it."""

    report: str
    new: bool
    mentions: int


def keep_one(raw: Raw | Skipped, store: Store, reader: reading.StandingReader) -> One | Skipped:
    """Read one report into a record; what is no report is returned with the reason."""
    found = reader.read(raw)
    if isinstance(found, Skipped):
        return found
    new = store.add(found, reader=reading.READER_VERSION)
    families = (found.events, found.claims, found.positions, found.provisions, found.unknowns)
    return One(report=found.report.id, new=new, mentions=sum(map(len, families)))


def answered(chosen: Case, store: Store, settings: SweepSettings, progress: Progress) -> Brief:
    """Solve a case on what a record holds, and return the brief on it.

    Raises
    ------
    FoedusError
        When the case cannot be solved.
    """
    compile_game(lambda doing: progress(doing, 0.0))
    known = store.record()
    return Brief(
        record=known,
        record_path=store.name,
        answer=answer_case(chosen, settings, known=known, progress=progress),
        no_answer=None,
        failures=(),
        passed_over=(),
        case_yaml=case.to_yaml(chosen),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Some deals of a case, solved in every future: how each fares, and what would turn the best.

    ``deals`` are in the order asked for, None where one was solved in no future; ``hinges`` say
    what would make another of them the choice.
    """

    deals: tuple[DealView | None, ...]
    hinges: tuple[Hinge, ...]


def look(chosen: Case, deals: Sequence[Deal], *, futures: int = 1024, seed: int = 1) -> Look:
    """Solve a few deals of a case at once, for one who tries them out.

    Raises
    ------
    FoedusError
        When a deal is none that the case allows.
    """
    from foedus.answer.deals import deal_views  # noqa: PLC0415 - numpy is slow to load
    from foedus.answer.hinges import hinges  # noqa: PLC0415 - as above
    from foedus.answer.told import told  # noqa: PLC0415 - as above

    wanted = tuple(dict.fromkeys(deals))
    settings = SweepSettings(futures=futures, seed=seed, keep=len(wanted) + 1, deals=wanted)
    solved = told(search.sweep(chosen, settings))
    views = {view.deal: view for view in deal_views(solved)}
    return Look(deals=tuple(views.get(deal) for deal in deals), hinges=hinges(solved))
