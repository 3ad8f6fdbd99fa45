"""A case and its futures laid out for the kernel: plain arrays, one place for each number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.search.going_on import going_on
from foedus.search.inputs import columns, tables
from foedus.search.kernel import Packed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.case.values import Case
    from foedus.search.values import Futures

SCALARS = ("delta", "x0", "crisis", "hold", "fight_c", "fight_p", "shock_mean", "shock_scale")
"""The parameters that a future has once, in the order of the rows of `Packed.draw`."""


def pack(case: Case, futures: Futures, years: Sequence[float]) -> Packed:
    """Return ``case`` and its ``futures`` as the kernel takes them.

    ``years`` are those at which survival is told, the horizon last.

    Raises
    ------
    SearchError
        With every parameter that the case lacks.
    GameError
        With what is wrong with a future that no game can be played in.
    """
    levels = tables(case)
    column = columns(case, futures)
    outside = going_on(column)
    worth = (outside.value_c, outside.value_p, outside.per_stake)
    draw = [*(column[name] for name in SCALARS), *worth]
    guarantors, count = len(case.guarantors), len(futures.values)

    def by_guarantor(name: str) -> np.ndarray:
        rows = [column[f"{name}[{g}]"] for g in case.guarantors]
        return np.array(rows).reshape(guarantors, count)

    sizes = [len(delays) for delays in levels.delays]
    return Packed(
        draw=np.array(draw),
        fight=by_guarantor("fight_g"),
        support=outside.flow * by_guarantor("war_support"),
        mean=by_guarantor("stake_mean"),
        scale=by_guarantor("stake_scale"),
        effect=np.array([column[f"effect[{p.id}]"] for p in case.provisions]),
        once=np.concatenate(levels.effects),
        vector=np.ascontiguousarray(np.concatenate(levels.vectors)),
        delay=np.concatenate([np.array(d, dtype=np.int64) for d in levels.delays]),
        first=np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64),
        periods=np.array([round(year / case.period_years) for year in years], dtype=np.int64),
    )
