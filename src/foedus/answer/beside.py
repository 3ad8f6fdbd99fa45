"""Deals beside each other: which deals have to be solved to compare them, and what that tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.answer.alike import groups
from foedus.answer.compared import Asked
from foedus.answer.deals import deal_views
from foedus.answer.makeup import makeup, sets_of
from foedus.answer.outlook import joint_gains
from foedus.answer.picks import best_deal, picks
from foedus.answer.reaching import changes, cheapest, looked_at, near
from foedus.answer.redlines import red_lines
from foedus.answer.table import table
from foedus.answer.told import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.answer.table import Table
    from foedus.answer.told import Told
    from foedus.answer.values import Pick
    from foedus.search.values import Deal, Sweep

MADE_UP = 2
"""Deals of which it is told what each provision adds."""


def wanted(sweep: Sweep, asked: Asked | None = None) -> tuple[Deal, ...]:
    """Return the deals whose means an answer needs beyond those that were kept.

    They are those without some of the provisions of the deals that do best, and those near the
    deals of which the smallest change is told. `foedus.search.means.widened` solves them.
    """
    asked = asked or Asked()
    deals = told(sweep)
    known = table(deals)
    chosen = picks(deals, deal_views(deals))
    found = set(asked.deals)
    for deal in _made_up(deals, chosen):
        found.update(map(tuple, sets_of(deal, sweep.futures.seed).tolist()))
    if not sweep.whole:
        for deal in looked_at(known, asked):
            found.update(map(tuple, near(sweep.case, deal).tolist()))
    return tuple(sorted(found))


def beside(deals: Told, known: Table, chosen: Sequence[Pick], asked: Asked) -> dict[str, Any]:
    """Return the fields of an answer that say how deals compare, by name."""
    seed = deals.sweep.futures.seed
    found = (makeup(known, deal, seed) for deal in _made_up(deals, chosen))
    return {
        "red_lines": red_lines(known),
        "groups": groups(known),
        "makeups": tuple(one for one in found if one is not None),
        "cheapest": tuple(one for target in asked.targets for one in cheapest(known, target)),
        "changes": changes(known, asked),
        "compared": len(known.means.deals),
        "whole": deals.sweep.whole,
    }


def _made_up(deals: Told, chosen: Sequence[Pick]) -> tuple[Deal, ...]:
    """Return the deals whose makeup is told: the first picked, the likely one, the next picked."""
    joint = joint_gains(deals)
    likely = best_deal(joint, deals.sound & (joint > 0))
    indices = [pick.deal for pick in chosen]
    order = [*indices[:1], *([] if likely is None else [likely]), *indices[1:]]
    every = [deals.sweep.deals[index] for index in dict.fromkeys(order)]
    return tuple(deal for deal in every if any(deal))[:MADE_UP]
