"""Where a case allows more deals than can be solved: narrowing down to those worth solving.

Four steps, each deal solved in no more futures than it takes to choose:

1. *Halving.* Many deals drawn by chance, the bare one and its neighbours are solved in a few
   futures; the better half of them in twice as many, and so on up to all (K. Jamieson and
   A. Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization", AISTATS
   2016). The first futures of a Sobol set are one themselves, so that few tell much.
2. *Evolution.* What came best breeds further deals, in some of the futures, towards all of the
   measures in `keeping.ORDERS` at once (NSGA-II: K. Deb et al., IEEE Transactions on Evolutionary
   Computation 6(2), 2002; by pymoo).
3. *Climbing.* The neighbours of the best, those with one level changed, are solved, round after
   round until none is better.
4. *All futures.* The best of all that were looked at are solved in every future: these are told.

It is a search, not a proof. How well it does where the truth is known is tested, and told on the
page about sweeps. The same seed takes the same road.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.search.keeping import ORDERS, best_rows, joined, lasting, robustly, taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.search.dealing import Space
    from foedus.search.values import Counts, Deal, Floats, Reduction

    Evaluate = Callable[[Counts, int], Reduction]
    """Solves deals (D, J), each in the first so many futures."""

RUNGS = 4
"""Times that futures are doubled while deals are halved: the first are solved in 1/16 of them."""

SHARES = {"halving": 0.3, "evolution": 0.4, "climbing": 0.15, "all": 0.15}
"""How the work is parted among the steps; climbing rarely uses up what it may."""

COARSE = 2
"""Halvings of the number of futures in which deals are bred and climbed: a quarter of them."""

PARENTS = 4
"""Deals whose neighbours are looked at in each round of climbing."""

GENERATIONS = 30
"""Generations bred, about, and no more than twice as many."""

POPULATION = 1024
"""Deals in a generation, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What narrowing may spend: so many pairs of a deal and one of ``futures`` futures.

    At least ``keep`` deals are solved in all futures, whatever it takes.
    """

    pairs: int
    futures: int
    keep: int

    def deals(self, step: str, futures: int) -> int:
        """Return how many deals a step can have solved in so many futures."""
        return int(self.pairs * SHARES[step]) // futures

    def coarse(self) -> int:
        """Return in how many futures deals are bred and climbed."""
        return max(2, self.futures >> COARSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """The deals worth solving, and how many were looked at to find them."""

    reduced: Reduction
    looked_at: int


class _Known:
    """The deals that were solved in a certain number of futures, each once."""

    def __init__(self, evaluate: Evaluate, futures: int) -> None:
        self._evaluate, self._futures = evaluate, futures
        self._parts: list[Reduction] = []
        self._places: dict[Deal, tuple[int, int]] = {}  # which part, and which row of it

    def all(self) -> Reduction:
        """Return all of them."""
        return joined(self._parts)

    def look(self, deals: Counts) -> Reduction:
        """Return these deals, solving those that are not known."""
        wanted = [tuple(deal) for deal in deals.tolist()]
        fresh = [deal for deal in dict.fromkeys(wanted) if deal not in self._places]
        if fresh:
            part = len(self._parts)
            self._parts.append(self._evaluate(np.array(fresh, dtype=np.int64), self._futures))
            self._places.update({deal: (part, row) for row, deal in enumerate(fresh)})
        places = np.array([self._places[deal] for deal in wanted])
        order = np.argsort(places[:, 0], kind="stable")
        found = joined(
            [
                taken(self._parts[part], places[places[:, 0] == part, 1])
                for part in np.unique(places[:, 0]).tolist()
            ]
        )
        return taken(found, np.argsort(order, kind="stable"))

    def count(self) -> int:
        """Return how many there are."""
        return len(self._places)


def narrow(space: Space, evaluate: Evaluate, budget: Budget, seed: int) -> Narrowed:
    """Return the deals worth solving, each in all futures, the bare one among them.

    Parameters
    ----------
    space
        The deals there are.
    evaluate
        Solves deals in the first so many futures.
    budget
        What may be spent, roughly.
    seed
        Of what is drawn by chance.
    """
    rng = np.random.default_rng(seed)
    start = _start(space, budget, rng)
    halved = _halve(start, evaluate, budget)
    known = _Known(evaluate, budget.coarse())
    known.look(halved)
    _evolve(space, known, budget, seed)
    _climb(space, known, budget)
    coarse = known.all()
    count = max(budget.keep, budget.deals("all", budget.futures))
    best = np.concatenate([space.bare(), coarse.deals[_in_turn(coarse, count)]])
    _, places = np.unique(best, axis=0, return_index=True)
    return Narrowed(
        reduced=evaluate(best[np.sort(places)], budget.futures),
        looked_at=len(np.unique(np.concatenate([start, coarse.deals]), axis=0)),
    )


def _rungs(budget: Budget) -> list[int]:
    """Return in how many futures deals are solved while they are halved."""
    return sorted({max(2, budget.futures >> k) for k in range(RUNGS + 1)})


def _start(space: Space, budget: Budget, rng: np.random.Generator) -> Counts:
    """Return the deals to begin with: the bare one, its neighbours, and some drawn by chance."""
    cost = sum(futures / 2**k for k, futures in enumerate(_rungs(budget)))
    count = max(2, int(budget.deals("halving", 1) / cost))
    bare = space.bare()
    near = space.neighbours([tuple(bare[0].tolist())])
    return np.unique(np.concatenate([bare, near, space.drawn(count, rng)]), axis=0)


def _halve(deals: Counts, evaluate: Evaluate, budget: Budget) -> Counts:
    """Return what is left when deals are halved, futures doubled, up to all."""
    rungs = _rungs(budget)
    for rung, futures in enumerate(rungs):
        reduced = evaluate(deals, futures)
        count = max(1, len(deals) // (1 if rung == len(rungs) - 1 else 2))
        deals = deals[_in_turn(reduced, count)]
    return deals


def _in_turn(reduced: Reduction, count: int) -> Counts:
    """Return the rows of up to ``count`` deals: half the most robust, half best on all orders."""
    robust = best_rows(reduced, robustly, (count + 1) // 2).tolist()
    ranks = [best_rows(reduced, order, count).tolist() for order in ORDERS]
    turns = [row for rank in zip(*ranks, strict=True) for row in rank]
    return np.array(list(dict.fromkeys([*robust, *turns]))[:count])


def _climb(space: Space, known: _Known, budget: Budget) -> None:
    """Look at the neighbours of the best until none is better."""
    room = known.count() + budget.deals("climbing", budget.coarse())
    climbed: set[Deal] = set()
    while True:
        coarse = known.all()
        ranks = [best_rows(coarse, order, PARENTS) for order in (robustly, lasting)]
        best = [tuple(deal) for deal in coarse.deals[np.concatenate(ranks)].tolist()]
        parents = [deal for deal in dict.fromkeys(best) if deal not in climbed]
        near = space.neighbours(parents)
        if not parents or known.count() + len(near) > room:
            return
        climbed.update(parents)
        if len(near):
            known.look(near)


def _evolve(space: Space, known: _Known, budget: Budget, seed: int) -> None:
    """Breed further deals from those known, towards all measures at once."""
    room = budget.deals("evolution", budget.coarse())
    size = min(max(4, room // GENERATIONS), POPULATION)
    begun = known.all()
    start = begun.deals[_in_turn(begun, min(size, len(begun.deals)))]
    algorithm = _algorithm(space, start, size, seed)
    enough = known.count() + room
    for _ in range(2 * GENERATIONS):  # most repeat some deals, and those cost nothing
        if known.count() >= enough:
            return
        born = algorithm.ask()
        if born is None:
            return
        deals = space.mended(_levels(space, born.get("X")))
        born.set("X", _places(space, deals))
        reduced = known.look(deals)
        born.set("F", -np.stack([_finite(order(reduced)) for order in ORDERS], axis=1))
        algorithm.tell(infills=born)


def _finite(scores: Floats) -> Floats:
    """Return scores with the worst for a deal that failed in every future."""
    return np.where(np.isnan(scores), -1e9, scores)


def _levels(space: Space, places: Counts) -> Counts:
    """Return deals from places among the levels allowed."""
    rows = [
        [levels[place] for levels, place in zip(space.allowed, row, strict=True)]
        for row in np.asarray(places, dtype=np.int64).tolist()
    ]
    return np.array(rows, dtype=np.int64)


def _places(space: Space, deals: Counts) -> Counts:
    """Return the place of each level among those allowed."""
    columns = [np.searchsorted(levels, deals[:, j]) for j, levels in enumerate(space.allowed)]
    return np.stack(columns, axis=1)


def _algorithm(space: Space, start: Counts, size: int, seed: int) -> Any:  # noqa: ANN401 - pymoo has no types
    """Return NSGA-II over places among the levels allowed, begun with ``start``."""
    from pymoo.config import Config  # noqa: PLC0415 - slow to load, seldom needed

    Config.show_compile_hint = False  # it would be printed among the results
    from pymoo.algorithms.moo.nsga2 import NSGA2  # noqa: PLC0415
    from pymoo.core.mutation import Mutation  # noqa: PLC0415
    from pymoo.core.problem import Problem  # noqa: PLC0415
    from pymoo.operators.crossover.ux import UniformCrossover  # noqa: PLC0415

    most = np.array([len(levels) - 1 for levels in space.allowed])

    class AnyLevel(Mutation):  # type: ignore[misc] # pymoo has no types
        """Any other level of about one provision in a deal: levels are kinds, not sizes."""

        def _do(self, _problem: object, X: Counts, *_: object, **given: Any) -> Counts:  # noqa: N803, ANN401 - as pymoo calls it
            random_state = given["random_state"]
            drawn = random_state.integers(0, most + 1, size=X.shape)
            return np.where(random_state.random(X.shape) < 1 / X.shape[1], drawn, X)

    problem = Problem(n_var=len(most), n_obj=len(ORDERS), xl=0, xu=most, vtype=int)
    algorithm = NSGA2(
        pop_size=size,
        sampling=_places(space, start),
        crossover=UniformCrossover(),
        mutation=AnyLevel(),
    )
    algorithm.setup(problem, termination=("n_gen", 10**9), seed=seed, verbose=False)
    return algorithm
