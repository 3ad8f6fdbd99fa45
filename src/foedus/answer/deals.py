"""How each deal looks: to every party, over all futures, and against the other deals.

The efficient set is that of V. Pareto over the means of six measures (section 7 of the model page);
regret is that of L. J. Savage, "The Theory of Statistical Decision", Journal of the American
Statistical Association 46(253), 1951, for a party that chooses what to put on the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.estimate import estimates, means
from foedus.answer.told import SAME, deal_name, deal_parts
from foedus.answer.values import DealView, PartyView
from foedus.search.values import ENDS

if TYPE_CHECKING:
    from foedus.answer.naming import Names
    from foedus.answer.told import Told
    from foedus.case.values import Case
    from foedus.search.values import Deal, Flags, Floats, Outcomes


def deal_views(told: Told, names: Names | None = None) -> tuple[DealView, ...]:
    """Return a view of each deal told of; with ``names``, each has a short one."""
    case, outcomes = told.sweep.case, told.sweep.outcomes
    solved = outcomes.converged
    parties = _party_views(case, outcomes)
    robustness = means(told.robust, solved).tolist()
    both_accept = means(outcomes.accept_c & outcomes.accept_p, solved).tolist()
    agree = estimates(outcomes.agree, solved)
    survive = [estimates(outcomes.survive[:, :, y], solved) for y in range(len(told.sweep.years))]
    window_risk = estimates(outcomes.window_risk, solved)
    direct_any = estimates(outcomes.direct_any, solved)
    security = estimates(outcomes.security, solved)
    ends = [estimates(outcomes.ends[:, :, e], solved) for e in range(len(ENDS))]
    efficient = efficient_set(measures(outcomes), told.sound).tolist()
    multiple = means(outcomes.multiple, solved).tolist()
    failed = (1.0 - solved.mean(axis=1)).tolist()
    return tuple(
        DealView(
            deal=deal,
            name=deal_name(case, deal),
            parts=deal_parts(case, deal),
            parties=parties[d],
            binding=min(parties[d], key=lambda view: round(view.accepts, SAME)).party,
            robustness=robustness[d],
            both_accept=both_accept[d],
            agree=agree[d],
            survive=survive[-1][d],
            survival_curve=tuple(
                (year, curve[d]) for year, curve in zip(told.sweep.years, survive, strict=True)
            ),
            window_risk=window_risk[d],
            direct_any=direct_any[d],
            security=security[d],
            ends=tuple((name, end[d]) for name, end in zip(ENDS, ends, strict=True)),
            crossed=crossed(case, deal),
            efficient=efficient[d],
            multiple_share=multiple[d],
            failed_share=failed[d],
            short="" if names is None else names.short(deal),
        )
        for d, deal in enumerate(told.sweep.deals)
    )


def crossed(case: Case, deal: Deal) -> tuple[int, ...]:
    """Return the indices of the red lines in force that a deal crosses."""
    levels = {
        provision.id: provision.levels[level].name
        for provision, level in zip(case.provisions, deal, strict=True)
    }
    return tuple(
        index
        for index, line in enumerate(case.red_lines)
        if line.active and levels[line.provision] in line.levels
    )


def measures(outcomes: Outcomes) -> Floats:
    """Return (D, 6), each better the higher: the means on which deals are compared.

    Security of the protected state, chance that all guarantors accept, the challenger's margin,
    survival, less direct war, less the guarantors' cost.
    """
    solved = outcomes.converged
    columns = (
        outcomes.security,
        outcomes.alpha.prod(axis=2),
        outcomes.margin_c,
        outcomes.survive[:, :, -1],
        -outcomes.direct_any,
        -outcomes.cost.sum(axis=2),
    )
    return np.stack([means(column, solved) for column in columns], axis=1)


def efficient_set(scores: Floats, sound: Flags) -> Flags:
    """Return (D,): which sound deals no sound deal beats; ``scores`` (D, M), higher is better.

    One deal beats another when it is at least as good on every measure and better on one.

    Examples
    --------
    >>> scores = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.5]])
    >>> efficient_set(scores, np.array([True, True, True]))
    array([ True,  True, False])
    """
    score = scores.round(SAME)
    as_good = (score[:, None, :] >= score[None, :, :]).all(axis=2)
    better = (score[:, None, :] > score[None, :, :]).any(axis=2)
    beaten = (as_good & better & sound[:, None]).any(axis=0)
    return np.asarray(sound & ~beaten)


def regrets(gains: Floats, solved: Flags) -> Floats:
    """Return (D,) the mean regret of putting each deal on the table, of its ``gains`` (D, F).

    A party's gain is what a deal adds to going on, times the chance that all accept it; it can
    always put none on the table, for a gain of nought.
    """
    best = np.where(solved, gains, 0.0).max(axis=0, initial=0.0)
    return means(best - gains, solved)


def _party_views(case: Case, outcomes: Outcomes) -> list[tuple[PartyView, ...]]:
    """Return for each deal the views of the challenger, the protected state, the guarantors."""
    sides = (
        _side_views(case.challenger, "challenger", outcomes),
        _side_views(case.protected, "protected", outcomes),
    )
    guarantors = (_guarantor_views(name, k, outcomes) for k, name in enumerate(case.guarantors))
    return list(zip(*sides, *guarantors, strict=True))


def _side_views(party: str, role: str, outcomes: Outcomes) -> list[PartyView]:
    solved = outcomes.converged
    challenger = role == "challenger"
    accepts = outcomes.accept_c if challenger else outcomes.accept_p
    margin = outcomes.margin_c if challenger else outcomes.margin_p
    rows = zip(
        means(accepts, solved).tolist(),
        estimates(margin, solved),
        regrets(outcomes.agree * margin, solved).tolist(),
        strict=True,
    )
    return [
        PartyView(
            party=party,
            role=role,
            accepts=chance,
            margin=estimate,
            cost=None,
            direct_war=None,
            regret=regret,
        )
        for chance, estimate, regret in rows
    ]


def _guarantor_views(party: str, k: int, outcomes: Outcomes) -> list[PartyView]:
    solved = outcomes.converged
    rows = zip(
        means(outcomes.alpha[:, :, k], solved).tolist(),
        estimates(outcomes.cost[:, :, k], solved),
        estimates(outcomes.direct[:, :, k], solved),
        strict=True,
    )
    return [
        PartyView(
            party=party,
            role="guarantor",
            accepts=chance,
            margin=None,
            cost=cost,
            direct_war=direct,
            regret=None,
        )
        for chance, cost, direct in rows
    ]
