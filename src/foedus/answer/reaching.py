"""The cheapest deal that reaches a target, and the smallest change that makes a deal acceptable.

Both look through every deal that was solved over all futures. Where that is every deal the case
allows, what they find is the best there is, and what they do not find does not exist; else it is
the best of those solved, as the answer says.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.compared import Asked, Change, Cheapest, Target
from foedus.answer.possible import allows
from foedus.answer.table import best_row
from foedus.search.means import crossings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from foedus.answer.table import Table
    from foedus.case.values import Case
    from foedus.search.values import Counts, Deal, Flags

    Why = Literal["bare", "respectful", "asked"]

SAME = 9
"""Decimals to which two figures count as different."""

FAR = 2
"""Provisions up to which every change to a deal looked at is solved."""


def cheapest(table: Table, target: Target) -> tuple[Cheapest, ...]:
    """Return the deals that reach a target at the least cost: to all guarantors, and to each.

    Of deals that cost the same the one that is better on the target is taken.
    """
    scores = table.column(target.measure).round(SAME)
    best = best_row(scores, table.possible)
    if best is None:
        return ()
    reach = table.possible & (scores >= target.least)
    case, found = table.case, []
    payers = (
        (None, *case.guarantors) if len(case.guarantors) > 1 else (None,)[: len(case.guarantors)]
    )
    for payer in payers:
        cost = table.column("cost" if payer is None else f"cost[{payer}]")
        row = _least(reach, cost.round(SAME), -scores)
        found.append(
            Cheapest(
                target=target,
                payer=payer,
                deal=None if row is None else table.sketch(row),
                cost=None if row is None else float(cost[row]),
                most=table.sketch(best),
                reached=int(reach.sum()),
            )
        )
    return tuple(found)


def changes(table: Table, asked: Asked) -> tuple[Change, ...]:
    """Return the smallest change that makes each deal looked at acceptable."""
    wanted = looked_at(table, asked)
    found = (_change(table, deal, why, asked.share) for deal, why in wanted.items())
    return tuple(change for change in found if change is not None)


def looked_at(table: Table, asked: Asked) -> dict[Deal, Why]:
    """Return the deals for which the smallest change is told, and why."""
    found: dict[Deal, Why] = dict.fromkeys(asked.deals, "asked")
    found.setdefault((0,) * len(table.case.provisions), "bare")
    free = best_free(table)
    if free is not None and table.case.red_lines:
        found.setdefault(tuple(table.means.deals[free].tolist()), "respectful")
    return found


def best_free(table: Table) -> int | None:
    """Return the row of the deal likeliest to last of those that cross no red line in force."""
    return best_row(table.column("lasting"), table.possible & ~crossing(table).any(axis=1))


def crossing(table: Table) -> Flags:
    """Return (D, L): which deals cross which red lines; one switched off is crossed by none."""
    return crossings(table.case, table.means.deals)


def near(case: Case, deal: Deal) -> Counts:
    """Return the deals that the case allows with one or two provisions of ``deal`` changed."""
    found = np.array(list(_near(case, deal)), dtype=np.int64).reshape(-1, len(deal))
    return found[allows(case, found)]


def _near(case: Case, deal: Deal) -> Iterator[Deal]:
    for count in range(1, FAR + 1):
        for places in combinations(range(len(deal)), count):
            others = [
                [i for i in range(len(case.provisions[j].levels)) if i != deal[j]] for j in places
            ]
            for levels in product(*others):
                taken = dict(zip(places, levels, strict=True))
                yield tuple(taken.get(j, level) for j, level in enumerate(deal))


def _change(table: Table, deal: Deal, why: Why, share: float) -> Change | None:
    row = table.row(deal)
    if row is None:
        return None
    deals, now = table.means.deals, np.array(deal)
    acceptable = table.possible & (table.column("agree").round(SAME) >= share)
    changed = (deals != now).sum(axis=1)
    steps = np.abs(deals - now).sum(axis=1)
    to = _least(acceptable, changed, steps, -table.column("lasting").round(SAME))
    case = table.case
    moved = [] if to is None else np.flatnonzero(deals[to] != now).tolist()
    return Change(
        why=why,
        deal=table.sketch(row),
        share=share,
        to=None if to is None else table.sketch(to),
        changed=tuple(
            (
                case.provisions[j].title,
                case.provisions[j].levels[deal[j]].title,
                case.provisions[j].levels[int(deals[to, j])].title,
            )
            for j in moved
        ),
        steps=0 if to is None else int(steps[to]),
    )


def _least(among: Flags, *keys: np.ndarray) -> int | None:
    """Return the row with the least first key, then the least second, and so on; None of none.

    Where all are the same the deal with the lower levels is not sought: the first row is taken.
    """
    rows = np.flatnonzero(among)
    if not len(rows):
        return None
    return int(rows[np.lexsort(tuple(key[rows] for key in reversed(keys)))[0]])
