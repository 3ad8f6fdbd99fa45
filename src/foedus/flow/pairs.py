"""One deal in one future: solved, or written down for others' tools."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from foedus import case, game
from foedus.errors import Fault, GameError
from foedus.game import raw
from foedus.game.cases import cases_from_raw, one_case
from foedus.game.crisis import crisis
from foedus.game.efg import Names, to_efg

if TYPE_CHECKING:
    from pathlib import Path


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
