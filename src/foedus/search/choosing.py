"""Which deals a sweep solves, and the solving of them shard by shard."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.errors import Fault, SearchError
from foedus.search.dealing import named, space
from foedus.search.keeping import joined
from foedus.search.sharding import shards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from foedus.case.values import Case
    from foedus.search.dealing import Space
    from foedus.search.sharding import Solve
    from foedus.search.values import Counts, Reduction, SweepSettings

    Told = Callable[[int, int], None]
    """Told how many pairs are solved, and of how many, roughly."""

DEALS_MOST = 10_000_000
"""Deals that are solved at most, one by one."""

QUICK_PAIRS = 1 << 23
"""Pairs that can be solved while somebody waits for an answer: a matter of seconds."""

NARROW_PAIRS = 1 << 26
"""Pairs that narrowing takes at most where nobody waits: a minute or two."""

NARROW_SHARE = 0.05
"""Share of all pairs that narrowing may take, where that is less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The deals to solve: ``some`` if they were drawn or named, else all, or narrowed down to."""

    space: Space
    narrowed: bool = False
    some: Counts | None = None

    @property
    def count(self) -> int:
        """How many deals are solved, unless narrowed."""
        return self.space.count if self.some is None else len(self.some)

    def deals(self, low: int, high: int) -> Counts:
        """Return the deals of a stretch."""
        return self.space.deals(np.arange(low, high)) if self.some is None else self.some[low:high]


def choose(case: Case, settings: SweepSettings) -> Choice:
    """Return the deals to solve.

    Raises
    ------
    SearchError
        When one is no deal of the case.
    """
    whole, chosen = space(case), settings.deals
    if isinstance(chosen, int):
        drawn = whole.drawn(chosen, np.random.default_rng(settings.seed))
        return Choice(space=whole, some=drawn)
    if isinstance(chosen, tuple):
        return Choice(space=whole, some=named(case, chosen))
    quick = whole.count * settings.futures <= QUICK_PAIRS
    narrowed = chosen == "narrow" or (chosen == "quick" and not quick) or whole.count > DEALS_MOST
    return Choice(space=whole, narrowed=narrowed)


def solved(
    choice: Choice, settings: SweepSettings, solve: Solve, told: Told
) -> Iterator[tuple[Reduction, int]]:
    """Yield the deals solved in all futures, in any order, each part with how many were looked at.

    ``solve`` solves the shards; ``told`` is told how far it has got.
    """
    if choice.narrowed:
        yield _narrowed(choice, settings, solve, told)
        return
    done, pairs = 0, choice.count * settings.futures
    for _, reduced in solve(shards(choice.deals, choice.count, settings.futures)):
        done += len(reduced.deals) * settings.futures
        told(done, pairs)
        yield reduced, len(reduced.deals)


def _narrowed(
    choice: Choice, settings: SweepSettings, solve: Solve, told: Told
) -> tuple[Reduction, int]:
    from foedus.search.narrowing import Budget, narrow  # noqa: PLC0415 - seldom needed

    pairs = choice.space.count * settings.futures
    most = QUICK_PAIRS if settings.deals == "quick" else NARROW_PAIRS
    budget = Budget(
        pairs=min(most, max(1, int(NARROW_SHARE * pairs))),
        futures=settings.futures,
        keep=settings.keep,
    )
    done, begun = 0, 0

    def evaluate(deals: Counts, futures: int) -> Reduction:
        nonlocal done, begun
        some = list(shards(lambda low, high: deals[low:high], len(deals), futures, start=begun))
        begun += len(some)
        parts: dict[int, Reduction] = {}
        for index, reduced in solve(some):
            parts[index] = reduced
            done += len(reduced.deals) * futures
            told(min(done, budget.pairs - 1), budget.pairs)  # how much it takes is not known
        return joined([parts[shard.index] for shard in some])

    found = narrow(choice.space, evaluate, budget, settings.seed)
    told(budget.pairs, budget.pairs)
    return found.reduced, found.looked_at


def refuse(case: Case, settings: SweepSettings) -> None:
    """Refuse what cannot be swept, naming every fault.

    Raises
    ------
    SearchError
        When a setting is out of its range, or the case holds a number that is not finite; these are
        counted as well as named.
    """
    faults = _not_finite(case)
    if faults:
        must = "be finite, all of them: no figure may rest on another"
        count = f"{len(faults)} not finite"
        faults.insert(0, Fault(at="numbers of the case", found=count, must=must))
    if settings.futures < 2 or settings.futures & (settings.futures - 1):
        must = "be a power of two, 2 or more: Sobol points fill a box evenly only then"
        faults.append(Fault(at="futures", found=settings.futures, must=must))
    for name in ("keep", "workers"):
        if getattr(settings, name) < 1:
            faults.append(Fault(at=name, found=getattr(settings, name), must="be 1 or more"))
    if settings.seed < 0:
        faults.append(Fault(at="seed", found=settings.seed, must="be 0 or more"))
    if isinstance(settings.deals, int) and not 1 <= settings.deals <= DEALS_MOST:
        must = f"be 1 to {DEALS_MOST:,} where deals are drawn by chance"
        faults.append(Fault(at="deals", found=settings.deals, must=must))
    if faults:
        raise SearchError(case.title, tuple(faults))


def _not_finite(case: Case) -> list[Fault]:
    """Return a fault for each number of the case that is NaN or infinite."""
    must = "be a finite number"
    ranges = [
        Fault(at=f"{parameter.key}, its range", found=number, must=must)
        for parameter in case.parameters
        for number in (
            parameter.distribution.low,
            parameter.distribution.high,
            *parameter.distribution.shape,
            *(n for pair in parameter.distribution.quantiles for n in pair),
        )
        if not math.isfinite(number)
    ]
    effects = [
        Fault(at=f"{provision.id}, {level.name}, {key}", found=value, must=must)
        for provision in case.provisions
        for level in provision.levels
        for key, value in level.effects.items()
        if not math.isfinite(value)
    ]
    return ranges + effects
