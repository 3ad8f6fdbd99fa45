"""From a case to what the game is played with: levels to effects, columns of draws to parameters.

This is the one place where a case's names meet the game's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.case.values import (
    GUARANTOR_EFFECTS,
    GUARANTOR_PARAMETERS,
    SCALAR_EFFECTS,
    SCALAR_PARAMETERS,
)
from foedus.errors import Fault, SearchError
from foedus.game import Effects, Future
from foedus.game.values import CHANCES, LARGEST

if TYPE_CHECKING:
    from foedus.case.values import Case, Level
    from foedus.search.values import Deal, Floats, Futures

EFFECTS = tuple(name for name in SCALAR_EFFECTS if name != "delay")
"""The effects that a level has once, in the order of the columns of `Tables.effects`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The levels of a case as arrays, one for each of J provisions.

    Parameters
    ----------
    effects
        (levels, 7) for each provision: the effects in the order of `EFFECTS`.
    vectors
        (levels, 5, K) for each provision: those in the order of GUARANTOR_EFFECTS.
    delays
        (levels,) for each provision, in periods.
    allowed
        For each provision, the indices of the levels that a deal may have.
    """

    effects: tuple[Floats, ...]
    vectors: tuple[Floats, ...]
    delays: tuple[tuple[int, ...], ...]
    allowed: tuple[tuple[int, ...], ...]


def tables(case: Case) -> Tables:
    """Return the levels of ``case`` as arrays."""
    return Tables(
        effects=tuple(
            np.array([[v.effects.get(name, 0.0) for name in EFFECTS] for v in p.levels])
            for p in case.provisions
        ),
        vectors=tuple(
            np.array(
                [
                    [
                        [v.effects.get((name, g), 0.0) for g in case.guarantors]
                        for name in GUARANTOR_EFFECTS
                    ]
                    for v in p.levels
                ]
            )
            for p in case.provisions
        ),
        delays=tuple(
            tuple(int(v.effects.get("delay", 0)) for v in p.levels) for p in case.provisions
        ),
        allowed=tuple(
            tuple(i for i, v in enumerate(p.levels) if v.name not in p.excluded)
            for p in case.provisions
        ),
    )


def effects(case: Case, deal: Deal) -> tuple[Effects, ...]:
    """Return what each provision of ``deal`` does, as the game takes it."""
    return tuple(
        _effects(provision.levels[i], case.guarantors)
        for provision, i in zip(case.provisions, deal, strict=True)
    )


def _effects(level: Level, guarantors: tuple[str, ...]) -> Effects:
    """Return what ``level`` does, as the game takes it."""
    held = level.effects
    vector: dict[str, Any] = {
        name: tuple(float(held.get((name, g), 0.0)) for g in guarantors)
        for name in GUARANTOR_EFFECTS
    }
    scalar: dict[str, Any] = {name: float(held.get(name, 0.0)) for name in EFFECTS}
    return Effects(**scalar, **vector, delay=int(held.get("delay", 0)))


def each_future(case: Case, futures: Futures) -> tuple[Future, ...]:
    """Return each row of ``futures`` as the game takes it.

    Raises
    ------
    SearchError
        With every parameter that the case lacks.
    """
    column = {key: i for i, key in enumerate(futures.keys)}
    vectors = _vectors(case)
    _refuse_missing(case, vectors, futures)

    def future(row: list[float]) -> Future:
        held: dict[str, Any] = {
            **{name: row[column[name]] for name in SCALAR_PARAMETERS},
            **{name: tuple(row[column[key]] for key in keys) for name, keys in vectors.items()},
        }
        return Future(period_years=case.period_years, horizon_years=case.horizon_years, **held)

    return tuple(future(row) for row in futures.values.tolist())


def columns(case: Case, futures: Futures) -> dict[str, Floats]:
    """Return each parameter's draws (F,) by its key, once no future is one that cannot be.

    Raises
    ------
    SearchError
        With every parameter that the case lacks.
    GameError
        With what is wrong with the first future that no game can be played in.
    """
    _refuse_missing(case, _vectors(case), futures)
    column = dict(zip(futures.keys, futures.values.T, strict=True))
    scales = ["shock_scale", *(f"stake_scale[{g}]" for g in case.guarantors)]
    hazards = column["war_win_c"] + column["war_win_p"] + column["war_freeze"]
    possible = (
        (np.abs(futures.values) <= LARGEST).all(axis=1)
        & np.all([(column[name] >= 0) & (column[name] <= 1) for name in CHANCES], axis=0)
        & np.all([column[name] > 0 for name in scales], axis=0)
        & ((column["delta"] >= 0) & (column["delta"] < 1))
        & ((column["crisis"] >= 0) & (hazards <= 1))
    )
    if not possible.all():  # the game itself says what is wrong, or lets rounding pass
        each_future(case, replace(futures, values=futures.values[~possible]))
    return column


def _vectors(case: Case) -> dict[str, list[str]]:
    """Return the keys of the parameters that a case has more than once, by their names."""
    return {
        **{name: [f"{name}[{g}]" for g in case.guarantors] for name in GUARANTOR_PARAMETERS},
        "effect": [f"effect[{provision.id}]" for provision in case.provisions],
    }


def _refuse_missing(case: Case, vectors: dict[str, list[str]], futures: Futures) -> None:
    wanted = [*SCALAR_PARAMETERS, *(key for keys in vectors.values() for key in keys)]
    missing = [key for key in wanted if key not in futures.keys]
    if missing:
        must = "be among the parameters of the case"
        raise SearchError(
            case.title, tuple(Fault(at=key, found="missing", must=must) for key in missing)
        )
