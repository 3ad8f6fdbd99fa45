"""A case solved over deals and futures, into a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus import case

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from foedus.case.values import Case
    from foedus.search import SweepSettings, Swept

COMPILING = "compiling the game, once on this machine"


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
