"""All deals that can be compared, in means over futures: what a search among deals looks through.

Where the sweep says nothing of deals beyond those kept, these are the deals compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.compared import Sketch
from foedus.answer.deals import crossed
from foedus.answer.estimate import means
from foedus.answer.naming import Names
from foedus.answer.possible import allows
from foedus.answer.told import FAILED_MOST, HOLDS, deal_name
from foedus.search.means import rows_of
from foedus.search.values import GUARANTOR_MEASURES_TOLD, MEASURES_TOLD, Means

if TYPE_CHECKING:
    from foedus.answer.told import Told
    from foedus.case.values import Case
    from foedus.search.values import Deal, Flags, Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The means of all deals that were solved over all futures.

    Parameters
    ----------
    case, means
        What was played, and how its deals fare.
    robustness
        (D,) share of the futures solved in which every criterion holds.
    possible
        (D,) which the case allows, of those solved in enough futures to be compared.
    names
        What they are called.
    places
        Where those told in full stand among the deals told.
    """

    case: Case
    means: Means
    robustness: Floats
    possible: Flags
    names: Names
    places: dict[Deal, int]

    def column(self, measure: str) -> Floats:
        """Return (D,) means of a measure: of MEASURES_TOLD, ``robustness``, or of one party.

        ``accepts[PARTY]`` is the chance that it accepts, ``cost[GUARANTOR]`` and
        ``direct[GUARANTOR]`` are as in a `Reduction`.
        """
        if measure == "robustness":
            return self.robustness
        if measure in MEASURES_TOLD:
            return self.means.mean[:, MEASURES_TOLD.index(measure)]
        name, _, party = measure.removesuffix("]").partition("[")
        if party in (self.case.challenger, self.case.protected):
            return self.column("accept_c" if party == self.case.challenger else "accept_p")
        which = GUARANTOR_MEASURES_TOLD.index({"accepts": "alpha"}.get(name, name))
        return self.means.by_guarantor[:, self.case.guarantors.index(party), which]

    def row(self, deal: Deal) -> int | None:
        """Return the row of a deal, None where it was not solved."""
        found = int(rows_of(self.means, np.array([deal], dtype=np.int64))[0])
        return None if found < 0 else found

    def sketch(self, row: int) -> Sketch:
        """Return the deal of a row, told in means."""
        levels: list[int] = self.means.deals[row].tolist()
        deal = tuple(levels)
        told = ("robustness", "agree", "survive", "lasting", "security")
        return Sketch(
            deal=deal,
            name=deal_name(self.case, deal),
            short=self.names.short(deal),
            told=self.places.get(deal),
            costs=tuple(float(self.column(f"cost[{g}]")[row]) for g in self.case.guarantors),
            crossed=crossed(self.case, deal),
            **{name: float(self.column(name)[row]) for name in told},
        )


def table(told: Told) -> Table:
    """Return all deals that can be compared, those kept among them."""
    sweep = told.sweep
    found = sweep.means if sweep.means is not None else _of_kept(told)
    solved = found.futures - found.failed
    robustness = np.divide(found.robust, solved, out=np.zeros(len(solved)), where=solved > 0)
    possible = (found.failed <= FAILED_MOST * found.futures) & allows(sweep.case, found.deals)
    return Table(
        case=sweep.case,
        means=found,
        robustness=robustness,
        possible=possible,
        names=Names.of(sweep.case, sweep.deals, _weights(found, possible)),
        places={deal: index for index, deal in enumerate(sweep.deals)},
    )


def best_row(scores: Floats, among: Flags) -> int | None:
    """Return the first row with the highest score among some, None when there are none."""
    if not among.any():
        return None
    return int(np.argmax(np.where(among, scores.round(9), -np.inf)))


def _of_kept(told: Told) -> Means:
    """Return the means of the deals told in full."""
    outcomes, solved = told.sweep.outcomes, told.sweep.outcomes.converged
    each = {
        name: getattr(outcomes, name) for name in MEASURES_TOLD if name in outcomes.__slots__
    } | {
        "alpha": outcomes.alpha.prod(axis=2),
        "survive": outcomes.survive[:, :, -1],
        "cost": outcomes.cost.sum(axis=2),
        "lasting": outcomes.ends[:, :, HOLDS],
        "gain_c": outcomes.agree * outcomes.margin_c,
        "gain_p": outcomes.agree * outcomes.margin_p,
    }
    guarantors = range(len(told.sweep.case.guarantors))
    by_guarantor = [
        [means(getattr(outcomes, name)[:, :, k], solved) for name in GUARANTOR_MEASURES_TOLD]
        for k in guarantors
    ]
    count, provisions = len(told.sweep.deals), len(told.sweep.case.provisions)
    shape = (len(guarantors), len(GUARANTOR_MEASURES_TOLD), count)
    return Means(
        futures=solved.shape[1],
        deals=np.array(told.sweep.deals, dtype=np.int64).reshape(count, provisions),
        mean=np.stack([means(each[name], solved) for name in MEASURES_TOLD], axis=1),
        by_guarantor=np.moveaxis(np.array(by_guarantor).reshape(shape), 2, 0),
        robust=told.robust.sum(axis=1),
        failed=(~solved).sum(axis=1),
    )


def _weights(found: Means, possible: Flags) -> Floats:
    """Return (J,): how much hangs on each provision, of what parts the deals compared.

    It is the share of the variance between deals that the level explains, averaged over a few
    measures: good enough to choose by which provisions a deal is called, and never told.
    """
    deals = found.deals[possible]
    names = ("lasting", "security", "cost", "margin_c")
    scores = found.mean[possible][:, [MEASURES_TOLD.index(name) for name in names]]
    if len(deals) < 2:
        return np.zeros(found.deals.shape[1])
    off = scores - scores.mean(axis=0)
    whole = (off**2).sum(axis=0)
    weights = []
    for column in deals.T:
        counts = np.bincount(column)
        sums = np.stack([np.bincount(column, off[:, m]) for m in range(len(names))], axis=1)
        between = (sums[counts > 0] ** 2 / counts[counts > 0, None]).sum(axis=0)
        weights.append(np.divide(between, whole, out=np.zeros(len(names)), where=whole > 0).mean())
    return np.array(weights)
