"""Where the conflict is heading: the seven ends with no deal, and the deal most likely struck."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.estimate import estimates, means
from foedus.answer.picks import best_deal
from foedus.answer.values import Outlook
from foedus.search.values import ENDS

if TYPE_CHECKING:
    from foedus.answer.told import Told
    from foedus.answer.values import Estimate
    from foedus.search.values import Floats

METHOD = (
    "The likely deal is the one with the largest product of what the two sides can each expect to "
    "gain by it over going on, where a deal that any party refuses gains nothing "
    "(J. F. Nash, 1950)."
)


def outlook(told: Told) -> Outlook:
    """Return the ends without a deal at each year, and the likely deal.

    Source: J. F. Nash, "The Bargaining Problem", Econometrica 18(2), 1950, with going on as the
    point of disagreement and expectations over futures and over the guarantors' private stakes. A
    side's mean margin will not do: it counts futures in which nobody would sign, and the product of
    two losses looks like a gain.
    """
    outcomes = told.sweep.outcomes
    joint = joint_gains(told)
    return Outlook(
        no_deal=tuple(
            (year, _ends(outcomes.ends_no_deal[:, y, :])) for y, year in enumerate(told.sweep.years)
        ),
        likely=best_deal(joint, told.sound & (joint > 0)),
        method=METHOD,
    )


def joint_gains(told: Told) -> Floats:
    """Return (D,) the geometric mean of what both sides expect of putting each deal on the table.

    It puts deals in the order of their Nash product.
    """
    outcomes = told.sweep.outcomes
    challenger = means(outcomes.agree * outcomes.margin_c, outcomes.converged)
    protected = means(outcomes.agree * outcomes.margin_p, outcomes.converged)
    return np.asarray(np.sqrt(np.maximum(challenger, 0.0) * np.maximum(protected, 0.0)))


def _ends(chances: Floats) -> tuple[tuple[str, Estimate], ...]:
    """Return (name, estimate) pairs for ``chances`` (F, 7), which need no equilibrium."""
    every = np.ones(chances.T.shape, dtype=bool)
    return tuple(zip(ENDS, estimates(chances.T, every), strict=True))
