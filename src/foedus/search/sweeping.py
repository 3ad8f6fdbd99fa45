"""The sweep: which deals are worth solving in every future, and how they fare there.

A case may allow millions of deals. So a sample is screened in a few futures: the bare deal, every
deal with one provision, and deals with each level drawn by chance. The neighbours of the best of
these (one level changed) are screened too, round after round. Those that do best on any of several
measures are kept and solved in every future. It is a search, not a proof: a better deal may have
been missed, and `Sweep.screened` says how many were looked at.
"""

from __future__ import annotations

import math
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.case import case_hash
from foedus.errors import Fault, SearchError
from foedus.search.inputs import Tables, each_future, effects, tables
from foedus.search.solving import executor, outcomes, solve_all
from foedus.search.values import YEARS, Sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Executor

    from foedus.case.values import Case
    from foedus.game import Effects, Future
    from foedus.search.solving import Row
    from foedus.search.values import Deal, SweepSettings

SAMPLE = 96
"""Deals drawn by chance to begin with."""

ROUNDS = 3
"""Rounds of neighbours."""

PARENTS = 3
"""Deals whose neighbours are looked at in each round."""

FEW = 4
"""Futures in which deals are screened."""

SCREENING = 0.6
"""Share of the work that screening is, roughly: for the progress told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Play:
    """What screening needs: the case as the game takes it, and where the work is done."""

    case: Case
    levels: Tables
    futures: tuple[Future, ...]
    pool: Executor | None

    def inputs(self, deals: Iterable[Deal]) -> list[tuple[Effects, ...]]:
        """Return what each deal does, as the game takes it."""
        return [effects(self.case, deal) for deal in deals]


def sweep(
    case: Case, settings: SweepSettings, *, progress: Callable[[float], None] | None = None
) -> Sweep:
    """Return the deals worth keeping, each solved in every future.

    Parameters
    ----------
    case
        What is played.
    settings
        How widely to look.
    progress
        Told the share of the work that is done, 0..1.

    Raises
    ------
    SearchError
        When a setting is out of its range or the case holds a number that is not finite; nothing
        has been solved then.
    """
    from foedus.search.futures import draw  # noqa: PLC0415 - scipy takes half a second to load

    tell = progress or (lambda _share: None)
    _refuse(case, settings)
    drawn = draw(case, settings.futures, settings.seed)
    futures = each_future(case, drawn)
    levels = tables(case)
    pool = executor(settings.workers)
    with pool or nullcontext():
        few = _Play(case=case, levels=levels, futures=futures[:FEW], pool=pool)
        screened = _screen(few, settings, lambda share: tell(SCREENING * share))
        kept = _keep(screened, settings.keep)
        rows = solve_all(
            few.inputs(kept),
            futures,
            pool,
            progress=lambda share: tell(SCREENING + (1 - SCREENING) * share),
        )
    years = (*(y for y in YEARS if y < case.horizon_years), case.horizon_years)
    return Sweep(
        case=case,
        case_hash=case_hash(case),
        settings=settings,
        years=years,
        deals=kept,
        futures=drawn,
        outcomes=outcomes(rows, futures, years),
        possible=math.prod(len(allowed) for allowed in levels.allowed),
        screened=len(screened),
    )


def _refuse(case: Case, settings: SweepSettings) -> None:
    """Refuse what cannot be swept, naming every fault."""
    faults = [
        Fault(at=f"{parameter.key}, end of its range", found=end, must="be a finite number")
        for parameter in case.parameters
        for end in (parameter.distribution.low, parameter.distribution.high)
        if not math.isfinite(end)
    ]
    faults += [
        Fault(at=f"{provision.id}, {level.name}, {key}", found=value, must="be a finite number")
        for provision in case.provisions
        for level in provision.levels
        for key, value in level.effects.items()
        if not math.isfinite(value)
    ]
    if settings.futures < 2 or settings.futures & (settings.futures - 1):
        must = "be a power of two, 2 or more: Sobol points fill a box evenly only then"
        faults.append(Fault(at="futures", found=settings.futures, must=must))
    for name in ("keep", "workers"):
        if getattr(settings, name) < 1:
            faults.append(Fault(at=name, found=getattr(settings, name), must="be 1 or more"))
    if settings.seed < 0:
        faults.append(Fault(at="seed", found=settings.seed, must="be 0 or more"))
    if faults:
        raise SearchError(case.title, tuple(faults))


def _screen(few: _Play, settings: SweepSettings, tell: Callable[[float], None]) -> dict[Deal, Row]:
    """Return the deals looked at, the bare one first, each in a few futures."""
    screened: dict[Deal, Row] = {}

    def look(deals: Iterable[Deal], done: int) -> None:
        fresh = [deal for deal in dict.fromkeys(deals) if deal not in screened]
        if fresh:
            rows = solve_all(
                few.inputs(fresh),
                few.futures,
                few.pool,
                progress=lambda share: tell((done + share) / (1 + ROUNDS)),
            )
            screened.update(zip(fresh, rows, strict=True))

    look(_first(few.levels.allowed, settings.seed), 0)
    for done in range(1, ROUNDS + 1):
        best = _keep(screened, PARENTS + 1)[1:]
        look((n for deal in best for n in _neighbours(deal, few.levels.allowed)), done)
    return screened


def _first(allowed: tuple[tuple[int, ...], ...], seed: int) -> list[Deal]:
    """Return the bare deal, every deal with one provision, and some drawn by chance."""
    bare = tuple(choices[0] for choices in allowed)
    rng = np.random.default_rng(seed)
    drawn = zip(*(rng.choice(choices, SAMPLE).tolist() for choices in allowed), strict=True)
    return [bare, *_neighbours(bare, allowed), *drawn]


def _neighbours(deal: Deal, allowed: tuple[tuple[int, ...], ...]) -> list[Deal]:
    """Return the deals that differ from ``deal`` in one level."""
    return [
        (*deal[:j], level, *deal[j + 1 :])
        for j, choices in enumerate(allowed)
        for level in choices
        if level != deal[j]
    ]


def _keep(screened: dict[Deal, Row], count: int) -> tuple[Deal, ...]:
    """Return the bare deal and those that do best, taken in turn from the order on each measure."""
    bare, *others = screened
    orders = [
        sorted(others, key=lambda deal: (-measure(screened[deal]), deal)) for measure in MEASURES
    ]
    ranked = dict.fromkeys(deal for turn in zip(*orders, strict=True) for deal in turn)
    return (bare, *list(ranked)[: count - 1])


def _mean(values: Iterable[float], row: Row) -> float:
    """Return the mean over the futures of a row."""
    return sum(values) / len(row)


def _lasting(row: Row) -> float:
    """Chance that it is agreed and still holds at the horizon."""
    return _mean((s.agree * s.survive for s in row if s.converged), row)


def _holding(row: Row) -> float:
    """Chance that it holds once agreed, where at least one side would sign."""
    return _mean((s.survive * (s.accept_c + s.accept_p) for s in row if s.converged), row)


def _near(row: Row) -> float:
    """How near the less willing of the two sides is to accepting."""
    return _mean(
        (
            min(s.value_c - s.war_value_c, s.value_p - s.war_value_p, 0.0)
            for s in row
            if s.converged
        ),
        row,
    )


def _secure(row: Row) -> float:
    """How secure the protected state is where all agree."""
    return _mean((s.agree * s.security for s in row if s.converged), row)


MEASURES: Sequence[Callable[[Row], float]] = (_lasting, _holding, _near, _secure)
"""What deals are ranked on when it is chosen which to look at further: all to be high."""
