"""Which of the deals kept can be told of, and in what order.

A deal that was solved in no future has no figures: it is named and left out. Where a deal was not
solved, its outcomes are set to "not a number" before anything is counted, so that whatever stood
there can never come back as a figure.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.answer.estimate import means
from foedus.errors import Fault, SearchError
from foedus.search.values import ENDS

if TYPE_CHECKING:
    from foedus.case.values import Case
    from foedus.search.values import Deal, Flags, Outcomes, Sweep

FAILED_MOST = 0.1
"""A deal unsolved in more than this share of futures is told of, but stands in no comparison: its
means are over other futures than those of the rest. A judgement."""

SAME = 9
"""Decimals to which two figures count as different. The fixed point of the game is found to about
12; without a limit, rounding would decide between deals that are as good as each other."""

HOLDS = ENDS.index("holds")

BARE_NAME = "nothing but a stop to the fighting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The deals told of, in the order told, and how they fare.

    ``robust`` (D, F) says where every criterion holds; ``sound`` (D,) which deals were solved in
    enough futures to be compared; ``unsolved`` are the deals left out.
    """

    sweep: Sweep
    robust: Flags
    sound: Flags
    unsolved: tuple[Deal, ...]


def told(sweep: Sweep) -> Told:
    """Order the deals that were solved: by robustness, lasting agreement, then their levels.

    Raises
    ------
    SearchError
        An outcome is not a finite number in a future that counts as solved.
    """
    solved = sweep.outcomes.converged
    found = np.flatnonzero(solved.any(axis=1))
    unsolved = tuple(deal for deal, row in zip(sweep.deals, solved, strict=True) if not row.any())
    kept = _take(sweep, found)
    _check(kept)
    robust = meets_criteria(kept.case, kept.outcomes)
    solved = kept.outcomes.converged
    robustness = means(robust, solved).round(SAME)
    lasting = means(kept.outcomes.ends[:, :, HOLDS], solved).round(SAME)
    order = sorted(range(len(found)), key=lambda d: (-robustness[d], -lasting[d], kept.deals[d]))
    ordered = _take(kept, np.array(order, dtype=int))
    return Told(
        sweep=ordered,
        robust=robust[order],
        sound=1.0 - ordered.outcomes.converged.mean(axis=1) <= FAILED_MOST,
        unsolved=unsolved,
    )


def meets_criteria(case: Case, outcomes: Outcomes) -> Flags:
    """Return (D, F): where every criterion of the case holds; nowhere where unsolved."""
    return np.asarray(np.all(list(each_criterion(case, outcomes).values()), axis=0))


def each_criterion(case: Case, outcomes: Outcomes) -> dict[str, Flags]:
    """Return (D, F) by criterion, where it holds: nowhere where unsolved.

    Both sides accept, all guarantors together are likely enough to, and given agreement the
    settlement is likely enough to last, is not likely to be challenged before it is in force, does
    not risk direct war with a guarantor, and leaves the protected state nearly what peace for ever
    would (section 7 of the model page). Names are those of `foedus.search.values.CRITERIA_TOLD`.
    """
    criteria = case.criteria
    each = {
        "accept_c": outcomes.accept_c,
        "accept_p": outcomes.accept_p,
        "alpha": outcomes.alpha.prod(axis=2) >= criteria.alpha_least,
        "survive": outcomes.survive[:, :, -1] >= criteria.survive_least,
        "window_risk": outcomes.window_risk <= criteria.window_risk_most,
        "direct_any": outcomes.direct_any <= criteria.direct_war_most,
        "security": outcomes.security >= criteria.security_least,
    }
    return {name: np.asarray(holds & outcomes.converged) for name, holds in each.items()}


def deal_parts(case: Case, deal: Deal) -> tuple[tuple[str, str], ...]:
    """Return pairs of provision and level titles, without those that do nothing."""
    return tuple(
        (provision.title, provision.levels[level].title)
        for provision, level in zip(case.provisions, deal, strict=True)
        if level > 0
    )


def deal_name(case: Case, deal: Deal) -> str:
    """Return a deal in plain words: a level whose title names its provision goes by itself."""
    parts = [
        level if provision.casefold() in level.casefold() else f"{provision}: {level}"
        for provision, level in deal_parts(case, deal)
    ]
    return "; ".join(parts) or BARE_NAME


def _take(sweep: Sweep, rows: np.ndarray) -> Sweep:
    """Keep the deals at ``rows`` in that order, with nothing where they were not solved."""
    outcomes = sweep.outcomes
    solved = outcomes.converged[rows]
    taken: dict[str, Any] = {}
    for field in fields(outcomes):
        values = getattr(outcomes, field.name)
        if field.name == "ends_no_deal":
            continue
        mask = solved.reshape(solved.shape + (1,) * (values.ndim - 2))
        nothing = False if values.dtype == bool else np.nan
        taken[field.name] = np.where(mask, values[rows], nothing)
    deals = tuple(sweep.deals[row] for row in rows.tolist())
    return replace(sweep, deals=deals, outcomes=replace(outcomes, **taken))


def _check(sweep: Sweep) -> None:
    outcomes = sweep.outcomes
    faults: list[Fault] = []
    for field in fields(outcomes):
        values = getattr(outcomes, field.name)
        wrong = ~np.isfinite(values)
        if field.name != "ends_no_deal":
            wrong[~outcomes.converged] = False
        if wrong.any():
            count = f"{int(wrong.sum())} times not a finite number"
            must = "be a number in every future that counts as solved"
            faults.append(Fault(at=f"outcome {field.name}", found=count, must=must))
    if faults:
        raise SearchError(sweep.case.title, tuple(faults))
