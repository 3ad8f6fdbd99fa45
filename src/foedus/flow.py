"""Each use of foedus as one function over the path; every door calls these, so none can differ.

A failed input never stops the others: it is returned beside what was made of them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from foedus import answer, case, game, reading, record, report, search
from foedus.errors import Fault, FoedusError, GameError
from foedus.game import raw
from foedus.game.cases import cases_from_raw, one_case
from foedus.game.crisis import crisis
from foedus.game.efg import Names, to_efg
from foedus.ids import digest
from foedus.report import Raw, Skipped
from foedus.search import SweepSettings, Swept
from foedus.show.values import Brief

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from foedus.case.values import Case
    from foedus.reading.values import Mentions
    from foedus.report import Report

    Progress = Callable[[str, float], None]
    """Told what is being done, and the share of it that is done, 0..1."""


COMPILING = "compiling the game, once on this machine"


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
    """

    record: str | None = None
    case: Path | None = None
    published: dt.date | None = None
    as_of: dt.date | None = None
    allow_private: bool = False
    workers: int | None = None
    sweep: SweepSettings = field(default_factory=SweepSettings)


_AT_ONCE = 200
"""Reports that are read and kept together: what is lost when the machine stops in between."""

_NOTHING = Fault(
    at="",
    found="neither a report nor a record",
    must="have something to brief on",
    do="Name a report, or a record by --record.",
)


def no_progress(_doing: str, _share: float) -> None:
    """Tell nobody."""


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
            unread = _unread(store, reports, settings)
            found = list(reading.read_all(unread, workers=settings.workers))
            lost += tuple(each for each in found if isinstance(each, Skipped))
            read_now = [each for each in found if not isinstance(each, Skipped)]
            added = store.add_all(read_now, reader=reading.READER_VERSION)
            new += added
            known += len(reports) - len(unread) + len(read_now) - added
            skipped += lost
    return Kept(new=new, known=known, skipped=tuple(skipped))


def _unread(
    store: record.Store, reports: Sequence[Report], settings: BriefSettings
) -> list[Report]:
    """Return the reports to read; a day given by the user may move every date in a known one."""
    version = reading.READER_VERSION
    return [one for one in reports if settings.published or not store.has(one.id, version)]


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

    ahead = compiling.begin()
    reports, skipped = load(sources, settings, progress=progress)
    if not reports and skipped:
        raise ExceptionGroup("no report could be used", [each.error for each in skipped])
    if not reports and settings.record is None:
        raise FoedusError("brief", (_NOTHING,))
    chosen = None if settings.case is None else case.load_case(settings.case)
    where = settings.record or record_path(reports)
    with record.open_store(where, make=bool(reports)) as store:
        unread = _unread(store, reports, settings)
        for done, found in enumerate(reading.read_all(unread, workers=settings.workers), start=1):
            progress("reading the reports", done / len(unread))
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
        swept = search.sweep(
            chosen,
            settings.sweep,
            progress=lambda share: progress("solving deals over futures", share),
        )
        solved = answer.answer(swept)
    return Brief(
        record=known,
        record_path=where,
        answer=solved,
        no_answer=no_answer,
        failures=tuple(each.error for each in skipped if each.failed),
        passed_over=tuple(each.error for each in skipped if not each.failed),
    )


def load_case(case_file: Path) -> Case:
    """Return the case in a file; raises `FoedusError` when it is at fault."""
    return case.load_case(case_file)


def compile_game(say: Callable[[str], None]) -> None:
    """Compile the game if this machine has not yet, and ``say`` so once if that takes a while."""
    from foedus.search import compiling  # noqa: PLC0415 - the compiler is slow to load

    compiling.wait(compiling.begin(), lambda: say(COMPILING))


def sweep(
    chosen: Case,
    settings: SweepSettings,
    file: Path,
    *,
    resume: bool = False,
    on: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Swept:
    """Solve the deals of a case over futures and write how each fares to a Parquet file.

    Parameters
    ----------
    chosen
        The case, as `load_case` returns it.
    settings, file, resume, on, progress
        As `foedus.search.to_parquet.sweep_to_parquet` takes them.

    Raises
    ------
    FoedusError
        When the sweep cannot be run.
    """
    from foedus.search.to_parquet import sweep_to_parquet  # noqa: PLC0415 - slow to load

    return sweep_to_parquet(chosen, settings, file, resume=resume, on=on, progress=progress)


def solve_raw(path: Path) -> dict[str, object]:
    """Return the cases of a JSON file, each with its deal solved in its future as ``out``.

    The layout is ``{"cases": [{"id", "deal": [level, ...], "future": {...}}, ...]}``; other keys of
    the file and of a case are kept, and an ``out`` that is there already is replaced.

    Raises
    ------
    GameError
        When the file cannot be read as such, or holds a deal or a future that cannot be.
    """
    told = _json(path)
    solved = [
        {**one.told, "out": raw.solution_to_raw(game.solve(one.deal, one.future))}
        for one in cases_from_raw(told, str(path))
    ]
    return {**told, "cases": solved}


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSettings:
    """Which deal in which future is meant, and which crisis of it is looked at.

    Parameters
    ----------
    id
        Of a file of cases, the id of the one that is meant; None when it holds only one.
    levels
        Of a case, the level of each provision that is not to be at its first.
    period, types, shocks
        As `foedus.game.crisis.crisis` takes them.
    """

    id: str | None = None
    levels: dict[str, str] = field(default_factory=dict)
    period: int = 1
    types: int = 8
    shocks: int = 6


def export_pair(path: Path, settings: PairSettings) -> dict[str, object]:
    """Return one deal in one future as a file of cases holds it, for `solve_raw`.

    Raises
    ------
    FoedusError
        When the file, or what is asked of it, is at fault.
    """
    names, deal, future = _pair(path, settings)
    one = {
        "id": names.title,
        "deal": raw.deal_to_raw(deal),
        "future": raw.future_to_raw(future),
    }
    return {"cases": [one]}


def export_efg(path: Path, settings: PairSettings) -> str:
    """Return one crisis of one deal in one future as a game that Gambit reads.

    Raises
    ------
    FoedusError
        When the file, or what is asked of it, is at fault, or there is no crisis to look at.
    """
    names, deal, future = _pair(path, settings)
    asked = {"period": settings.period, "types": settings.types, "shocks": settings.shocks}
    return to_efg(crisis(deal, future, **asked), names)


def _pair(
    path: Path, settings: PairSettings
) -> tuple[Names, tuple[game.Effects, ...], game.Future]:
    """Return the pair that is meant, and what to call it and its players."""
    if path.suffix.lower() == ".json":
        one = one_case(cases_from_raw(_json(path), str(path)), settings.id, str(path))
        count = range(1, one.future.guarantors + 1)
        names = Names(title=one.name, guarantors=tuple(f"Guarantor {k}" for k in count))
        return names, one.deal, one.future
    from foedus.search.middle import middle_pair  # noqa: PLC0415 - slow to load

    chosen = case.load_case(path)
    names = Names(
        title=chosen.title,
        challenger=chosen.challenger,
        protected=chosen.protected,
        guarantors=chosen.guarantors,
    )
    return names, *middle_pair(chosen, settings.levels)


def _json(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return what a file of JSON holds."""
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        fault = Fault(at="", found=error.strerror, must="be a file that can be read")
        raise GameError(str(path), (fault,)) from error
    except (ValueError, RecursionError) as error:
        fault = Fault(at="", found=str(error), must="be JSON in UTF-8")
        raise GameError(str(path), (fault,)) from error
