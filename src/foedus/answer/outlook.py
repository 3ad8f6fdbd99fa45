"""Where the conflict is heading: the seven ends with no deal, and with those most worth a look.

The *likely deal* is J. F. Nash's bargaining solution ("The Bargaining Problem", Econometrica 18(2),
1950) among the deals that both sides gain by. His two bargainers are the challenger and the
protected state; the point of disagreement is going on with the war. What each expects of a deal on
the table is its margin over going on times the chance that all accept, over futures and over the
guarantors' private stakes: a deal that anybody refuses leaves both where they are. A guarantor does
not bargain over terms here; it enters by the chance that it signs. A side's mean margin would not
do: it counts futures in which nobody would sign, and the product of two losses looks like a gain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.compared import Heading
from foedus.answer.driving import drivers
from foedus.answer.estimate import estimates, means
from foedus.answer.picks import best_deal
from foedus.answer.values import Outlook
from foedus.search.values import ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.answer.told import Told
    from foedus.answer.values import Estimate
    from foedus.search.values import Floats

METHOD = (
    "The likely deal is the one with the largest product of what the two sides can each expect to "
    "gain by it over going on, where a deal that any party refuses gains nothing "
    "(J. F. Nash, 1950). Guarantors do not bargain over terms: they sign or do not."
)


def outlook(told: Told, packages: Iterable[int] = ()) -> Outlook:
    """Return the ends without a deal, with the likely one, and with each of ``packages``."""
    case, outcomes = told.sweep.case, told.sweep.outcomes
    gains = expected_gains(told)
    joint = joint_gains(told)
    among = told.sound & (joint > 0)
    likely = best_deal(joint, among)
    without = outcomes.ends_no_deal
    every = np.ones(len(without), dtype=bool)
    found, rest = drivers(told.sweep, without[:, -1], every)
    nothing = Heading(
        deal=None, ends=_by_year(told, without[None]), drivers=found, unexplained=rest
    )
    wanted = dict.fromkeys([*(() if likely is None else (likely,)), *packages])
    return Outlook(
        no_deal=nothing.ends,
        likely=likely,
        method=METHOD,
        acceptable=int(among.sum()),
        gains=()
        if likely is None
        else tuple(zip((case.challenger, case.protected), gains[:, likely].tolist(), strict=True)),
        headings=(nothing, *(_heading(told, deal) for deal in wanted)),
    )


def expected_gains(told: Told) -> Floats:
    """Return (2, D): what challenger and protected state each expect of a deal on the table."""
    outcomes = told.sweep.outcomes
    margins = (outcomes.margin_c, outcomes.margin_p)
    return np.stack([means(outcomes.agree * m, outcomes.converged) for m in margins])


def joint_gains(told: Told) -> Floats:
    """Return (D,) the geometric mean of what both sides expect: the order of the Nash product."""
    return np.asarray(np.sqrt(np.maximum(expected_gains(told), 0.0).prod(axis=0)))


def _heading(told: Told, deal: int) -> Heading:
    """Return how it ends with a deal on the table, and what that hangs on."""
    outcomes = told.sweep.outcomes
    solved = outcomes.converged[deal]
    found, rest = drivers(told.sweep, outcomes.ends[deal], solved, told.sweep.deals[deal])
    years = _by_year(told, outcomes.ends_by_year[deal][None], solved)
    return Heading(deal=deal, ends=years, drivers=found, unexplained=rest)


def _by_year(
    told: Told, chances: Floats, solved: np.ndarray | None = None
) -> tuple[tuple[float, tuple[tuple[str, Estimate], ...]], ...]:
    """Return the ends at each year told, of ``chances`` (1, F, Y, 7)."""
    known = np.ones(chances.shape[:2], dtype=bool) if solved is None else solved[None]
    return tuple(
        (
            year,
            tuple((name, estimates(chances[:, :, y, e], known)[0]) for e, name in enumerate(ENDS)),
        )
        for y, year in enumerate(told.sweep.years)
    )
