"""Deals named for a reason, and whose reason it is.

There is no best deal: each pick is the best of some deals on one measure, which matters to
somebody. Where deals come out alike, the one told first is picked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.estimate import means
from foedus.answer.told import HOLDS, SAME
from foedus.answer.values import Pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.answer.told import Told
    from foedus.answer.values import DealView
    from foedus.search.values import Flags, Floats

LASTING = "most likely to be agreed and to hold"
"""The measure that the hinges are about."""

_CONTENDERS = "among deals at least half as likely to be agreed and to hold as the likeliest"
_NEARLY = 0.5
"""A contender's least share of the highest chance of a lasting agreement: without a limit, the
deal with the least risk and cost is always the one that promises nothing. A judgement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contest:
    """Scores (D,), the deals that stand in it, and what the winner is named for."""

    measure: str
    whose: str
    scores: Floats
    among: Flags
    highest: bool = True


def picks(told: Told, views: Sequence[DealView]) -> tuple[Pick, ...]:
    """Return the best deal on each measure that any deal reaches.

    The first is the choice that the hinges are about, unless nothing is ever agreed: then the one
    pick is the deal that comes nearest to it.
    """
    lasting = lasting_chances(told)
    best = lasting[told.sound].max(initial=0.0)
    if best <= 0:
        contests = [_nearest(told, views)]
    else:
        contenders = told.sound & (lasting >= _NEARLY * best)
        contests = [
            _lasting(told, lasting),
            _robust(told, views),
            *_sides(told, views, contenders),
            *_guarantors(told, views, contenders),
            *_lines(told, views, contenders),
        ]
    won = (_winner(contest) for contest in contests)
    return tuple(pick for pick in won if pick is not None)


def lasting_chances(told: Told) -> Floats:
    """Return (D,) the mean chance that a deal is agreed and holds to the horizon."""
    return means(told.sweep.outcomes.ends[:, :, HOLDS], told.sweep.outcomes.converged)


def best_deal(scores: Floats, among: Flags) -> int | None:
    """Return the first deal with the highest score ``among`` some, None when there are none.

    Examples
    --------
    >>> best_deal(np.array([0.9, 0.5, 0.5]), np.array([False, True, True]))
    1
    """
    if not among.any():
        return None
    return int(np.argmax(np.where(among, scores.round(SAME), -np.inf)))


def _winner(contest: _Contest) -> Pick | None:
    sign = 1.0 if contest.highest else -1.0
    deal = best_deal(sign * contest.scores, contest.among)
    if deal is None:
        return None
    return Pick(
        measure=contest.measure,
        whose=contest.whose,
        deal=deal,
        value=float(contest.scores[deal]),
    )


def _robust(told: Told, views: Sequence[DealView]) -> _Contest:
    scores = np.array([view.robustness for view in views])
    return _Contest(
        measure="meets every criterion in the most futures",
        whose="whoever holds to the criteria of the case",
        scores=scores,
        among=told.sound & (scores > 0),
    )


def _lasting(told: Told, lasting: Floats) -> _Contest:
    return _Contest(
        measure=LASTING,
        whose="whoever wants the war to end and stay ended",
        scores=lasting,
        among=told.sound,
    )


def _sides(told: Told, views: Sequence[DealView], contenders: Flags) -> tuple[_Contest, ...]:
    """Return what each side would choose among the contenders, once all have signed."""
    case, outcomes = told.sweep.case, told.sweep.outcomes
    return (
        _Contest(
            measure=f"highest security of {case.protected} once signed, {_CONTENDERS}",
            whose=case.protected,
            scores=np.array([view.security.mean for view in views]),
            among=contenders,
        ),
        _Contest(
            measure=f"highest margin of {case.challenger} over going on, {_CONTENDERS}",
            whose=case.challenger,
            scores=means(outcomes.margin_c, outcomes.converged),
            among=contenders,
        ),
    )


def _guarantors(told: Told, views: Sequence[DealView], contenders: Flags) -> tuple[_Contest, ...]:
    case, outcomes = told.sweep.case, told.sweep.outcomes
    if not case.guarantors:
        return ()
    costs = means(outcomes.cost.sum(axis=2), outcomes.converged)
    robustness = np.array([view.robustness for view in views])
    return (
        _Contest(
            measure=f"least risk of direct war with a guarantor, {_CONTENDERS}",
            whose="the guarantors, and all who fear a wider war",
            scores=np.array([view.direct_any.mean for view in views]),
            among=contenders,
            highest=False,
        ),
        _Contest(
            measure=f"least cost to the guarantors, {_CONTENDERS}",
            whose="the guarantors",
            scores=costs,
            among=contenders,
            highest=False,
        ),
        _Contest(
            measure="least cost to the guarantors that meets every criterion in most futures",
            whose="guarantors who hold to the criteria of the case",
            scores=costs,
            among=told.sound & (robustness > 0.5),
            highest=False,
        ),
    )


def _lines(told: Told, views: Sequence[DealView], contenders: Flags) -> tuple[_Contest, ...]:
    if not told.sweep.case.red_lines:
        return ()
    return (
        _Contest(
            measure=f"fewest red lines crossed, {_CONTENDERS}",
            whose="the parties that drew them",
            scores=np.array([float(len(view.crossed)) for view in views]),
            among=contenders,
            highest=False,
        ),
    )


def _nearest(told: Told, views: Sequence[DealView]) -> _Contest:
    """Return the contest for when nothing is ever agreed: which deal is refused by least."""
    outcomes = told.sweep.outcomes
    margins = np.minimum(outcomes.margin_c, outcomes.margin_p)
    return _Contest(
        measure="nearest to both sides accepting: the margin of the less willing, on average",
        whose="a mediator",
        scores=means(margins, outcomes.converged),
        among=told.sound & np.ones(len(views), dtype=bool),
    )
