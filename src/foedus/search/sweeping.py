"""The sweep: the deals of a case solved over futures, and the best of them told in full.

Each deal is reduced as it is solved, so memory stays flat however many there are; the best on any
of several measures are kept, and told in every future.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from foedus.case import case_hash
from foedus.search.choosing import choose, refuse, solved
from foedus.search.keeping import ORDERS, Keeper, respecting
from foedus.search.means import MOST, Gathering, means_of, unlike
from foedus.search.sharding import here
from foedus.search.solving import outcomes, reduce
from foedus.search.values import Sweep, SweepSettings, years_told

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.case.values import Case
    from foedus.search.values import Chosen

WIDER = 16
"""Of how many times as many deals those kept are taken: most are much like better ones."""

SOLVING = 0.9
"""Share of the work, roughly, that is done once the best deals are known: for the progress told."""


def sweep(
    case: Case,
    settings: SweepSettings | None = None,
    *,
    deals: Chosen | None = None,
    futures: int | None = None,
    seed: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> Sweep:
    """Return the deals worth keeping, each solved in every future.

    Parameters
    ----------
    case
        What is played.
    settings
        How widely to look.
    deals, futures, seed
        In place of those of ``settings``.
    progress
        Told the share of the work that is done, 0..1.

    Raises
    ------
    SearchError
        When a setting is out of its range or the case holds a number that is not finite; nothing
        has been solved then.
    """
    given: dict[str, Any] = {"deals": deals, "futures": futures, "seed": seed}
    settings = replace(
        settings or SweepSettings(), **{k: v for k, v in given.items() if v is not None}
    )
    return _sweep(case, settings, progress or (lambda _share: None))


def _sweep(case: Case, settings: SweepSettings, tell: Callable[[float], None]) -> Sweep:
    from foedus.search.futures import draw  # noqa: PLC0415 - scipy takes half a second to load

    refuse(case, settings)
    choice = choose(case, settings)
    drawn = draw(case, settings.futures, settings.seed)
    orders = (*ORDERS, respecting(case)) if case.red_lines else ORDERS
    keeper, looked_at = Keeper(count=WIDER * settings.keep, orders=orders), 0
    solve = here(case, drawn, settings.workers)
    gathering = Gathering(settings.futures)
    parts = solved(choice, settings, solve, lambda done, of: tell(SOLVING * done / of))
    for reduced, count in parts:
        keeper.add(reduced, settings.futures)
        gathering.add(reduced)
        looked_at += count
    bare = reduce(case, choice.space.bare(), drawn)
    best = keeper.kept(first=bare)
    kept = best.deals
    if not isinstance(settings.deals, tuple):  # those that were named are all told
        kept = kept[unlike(case, means_of(best, settings.futures), settings.keep)]
    told = outcomes(case, kept, drawn, threads=settings.workers)
    tell(1.0)
    return Sweep(
        case=case,
        case_hash=case_hash(case),
        settings=settings,
        years=years_told(case),
        deals=tuple(tuple(deal) for deal in kept.tolist()),
        futures=drawn,
        outcomes=told,
        possible=choice.space.count,
        screened=looked_at,
        tally=keeper.tally,
        means=gathering.all(best),
        whole=keeper.tally.deals == choice.space.count <= MOST,
    )
