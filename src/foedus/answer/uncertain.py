"""What an answer says of its own doubts, worked out from more games on the deals that it tells of.

Sweeping looks at many deals in few futures. The few deals that are told of are looked at in many:
those of the sweep and, as the next points of the same Sobol sequence, as many more as make
`SAMPLE`. The games are played by whoever asks; nothing here knows how.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from foedus.answer.picks import best_deal, lasting_chances
from foedus.answer.prim import FEWEST, find_box
from foedus.answer.sobol import BASE, MEASURES, sobol_indices
from foedus.answer.told import HOLDS, each_criterion
from foedus.answer.uncertainty_values import (
    Box,
    Discovery,
    Indices,
    Knowing,
    Limit,
    Uncertainty,
)
from foedus.answer.value_of_information import evpi, evppi, ranks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.answer.prim import Told as BoxTold
    from foedus.answer.told import Told
    from foedus.answer.uncertainty_values import Index, Play
    from foedus.case.values import Case, Parameter
    from foedus.search.values import Flags, Floats, Outcomes, Sweep

SAMPLE = 1024
"""Futures that the deals told of are looked at in, at least; a power of two."""

DISCOVERED = 2048
"""Futures that boxes of today's choice are sought in, at least: one deal is soon played."""

FAILS_LEAST = 0.02
"""Share of futures in which a criterion must fail for boxes to be sought for it. A judgement."""

BOXES_MOST = 2
"""How many boxes are told of each kind: a third one seldom holds much."""

EVERYTHING = "everything"

_GROUPS = {
    "the challenger": ("fight_c", "shock_mean", "shock_scale", "war_cost_c"),
    "the protected state": ("hold", "fight_p", "war_cost_p"),
    "how the present war goes": ("war_win_c", "war_win_p", "war_freeze"),
    "peace": ("delta", "x0", "crisis"),
    "how well provisions work": ("effect",),
}
"""Names of groups of parameters; each guarantor is one of its own, under its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The deals told of, in many futures.

    ``today`` is today's choice, as an index; ``uncertain`` are the parameters that are not fixed
    and ``x`` (F, P) their values; ``lasting`` (D, F) is the chance of a lasting agreement, not a
    number where unsolved.
    """

    told: Told
    today: int
    uncertain: tuple[Parameter, ...]
    x: Floats
    lasting: Floats


def group_of(parameter: Parameter, case: Case) -> str:
    """Return the name of the group that a parameter belongs to."""
    if parameter.of in case.guarantors and parameter.name != "effect":
        return str(parameter.of)
    found = (group for group, names in _GROUPS.items() if parameter.name in names)
    return next(found, parameter.name)


def widened(sweep: Sweep, play: Play) -> Sweep:
    """Return the sweep with the deals kept told in `SAMPLE` futures, its own the first of them."""
    from foedus.search.futures import draw  # noqa: PLC0415 - scipy is slow to load

    if len(sweep.futures.values) >= SAMPLE:
        return sweep
    futures = draw(sweep.case, SAMPLE, sweep.futures.seed)
    return replace(sweep, futures=futures, outcomes=play(sweep.case, sweep.deals, futures))


def sample_of(told: Told) -> Sample | None:
    """Return the deals told of, ready to be looked at; None where nothing is ever agreed."""
    sweep = told.sweep
    chances = lasting_chances(told)
    today = best_deal(chances, told.sound & (chances > 0))
    if today is None:
        return None
    uncertain = tuple(p for p in sweep.case.parameters if p.distribution.low < p.distribution.high)
    columns = [sweep.futures.keys.index(parameter.key) for parameter in uncertain]
    outcomes = sweep.outcomes
    return Sample(
        told=told,
        today=today,
        uncertain=uncertain,
        x=sweep.futures.values[:, columns],
        lasting=np.where(outcomes.converged, outcomes.ends[:, :, HOLDS], np.nan),
    )


def uncertainty(sample: Sample, play: Play, also: Sequence[int] = ()) -> Uncertainty:
    """Return what can be said of the doubts about today's choice.

    Parameters
    ----------
    sample
        The deals told of in many futures.
    play
        Plays more games.
    also
        Other deals that Sobol indices are told of, as indices.
    """
    outcomes = sample.told.sweep.outcomes
    looked_at = tuple(dict.fromkeys([sample.today, *also]))
    knowing, groups, everything = _worth_of_knowing(sample)
    return Uncertainty(
        deal=sample.today,
        futures=len(sample.x),
        multiple_share=float(outcomes.multiple.mean()),
        failed_share=float(1 - outcomes.converged.mean()),
        discoveries=_discoveries(sample, play),
        indices=_indices(sample, play, looked_at) if sample.uncertain else (),
        knowing=knowing,
        groups=groups,
        everything=everything,
    )


def _discoveries(sample: Sample, play: Play) -> tuple[Discovery, ...]:
    """Return where today's choice fails, at all and each criterion, and where it meets them all."""
    from foedus.search.futures import draw  # noqa: PLC0415 - scipy is slow to load

    sweep, today = sample.told.sweep, sample.today
    x, outcomes, row = sample.x, sweep.outcomes, today
    if len(x) < DISCOVERED:
        futures = draw(sweep.case, DISCOVERED, sweep.futures.seed)
        columns = [futures.keys.index(parameter.key) for parameter in sample.uncertain]
        outcomes, row = play(sweep.case, [sweep.deals[today]], futures), 0
        x = futures.values[:, columns]
    solved = outcomes.converged[row]
    each = {name: ~met[row, solved] for name, met in each_criterion(sweep.case, outcomes).items()}
    fails = np.any(list(each.values()), axis=0)
    often = [(name, by) for name, by in each.items() if by.mean() >= FAILS_LEAST]
    often.sort(key=lambda pair: -float(pair[1].mean()))
    sought: list[tuple[Literal["fails", "meets"], str | None, Flags]] = [("fails", None, fails)]
    if len(often) > 1:  # else it fails by that one alone
        sought += [("fails", name, by) for name, by in often]
    sought.append(("meets", None, ~fails))
    return tuple(
        Discovery(
            deal=today,
            outcome=outcome,
            criterion=criterion,
            share=float(where.mean()),
            futures=len(where),
            boxes=tuple(
                _box(sample, box, left, float(where.mean()))
                for box, left in _boxes(x[solved], where, np.random.default_rng(sweep.futures.seed))
            ),
        )
        for outcome, criterion, where in sought
    )


def _boxes(x: Floats, sought: Flags, rng: np.random.Generator) -> list[tuple[BoxTold, float]]:
    """Return boxes, each with the share of futures that no box before it holds."""
    boxes: list[tuple[BoxTold, float]] = []
    left = np.ones(len(x), dtype=bool)
    while len(boxes) < BOXES_MOST and min(sought[left].sum(), (~sought[left]).sum()) >= FEWEST:
        found = find_box(x[left], sought[left], rng)
        if found is None:
            break
        boxes.append((found, float(left.mean())))
        left &= ~found.limits.inside(x)
    return boxes


def _box(sample: Sample, found: BoxTold, left: float, share: float) -> Box:
    """Return a box with shares of all futures, not of those left when it was found."""
    limits = found.limits
    told = [
        Limit(
            parameter=sample.uncertain[column].key,
            low=float(limits.low[column]) if np.isfinite(limits.low[column]) else None,
            high=float(limits.high[column]) if np.isfinite(limits.high[column]) else None,
            quasi_p=float(found.quasi_p[column]),
            agreed=float(found.agreed[column]),
        )
        for column in np.flatnonzero(limits.restricted()).tolist()
    ]
    mass = found.mass * left
    return Box(
        limits=tuple(sorted(told, key=lambda limit: (limit.quasi_p, limit.parameter))),
        coverage=min(1.0, mass * found.density / share),
        density=found.density,
        mass=mass,
    )


def _worth_of_knowing(
    sample: Sample,
) -> tuple[tuple[Knowing, ...], tuple[Knowing, ...], Knowing | None]:
    """Return what each parameter, each group, and everything is worth knowing."""
    sound = np.flatnonzero(sample.told.sound)
    lasting = sample.lasting[sound]
    solved = np.asarray(np.isfinite(lasting).all(axis=0))
    if solved.sum() < len(solved) / 2 or not sample.uncertain:
        return (), (), None
    lasting, chances = lasting[:, solved], ranks(sample.x[solved])
    case = sample.told.sweep.case
    sets = {parameter.key: [column] for column, parameter in enumerate(sample.uncertain)}
    members: dict[str, list[int]] = {}
    for column, parameter in enumerate(sample.uncertain):
        members.setdefault(group_of(parameter, case), []).append(column)

    def known(sets: dict[str, list[int]]) -> tuple[Knowing, ...]:
        rng = np.random.default_rng(sample.told.sweep.futures.seed)
        found = []
        for name, columns in sets.items():
            worth = evppi(chances[:, columns], lasting, rng)
            keys = tuple(sample.uncertain[column].key for column in columns)
            found.append(Knowing(of=name, parameters=keys, value=worth.value, error=worth.error))
        return tuple(sorted(found, key=lambda one: (-one.value, one.of)))

    worth = evpi(lasting)
    every = tuple(parameter.key for parameter in sample.uncertain)
    everything = Knowing(of=EVERYTHING, parameters=every, value=worth.value, error=worth.error)
    return known(sets), known(members), everything


def _indices(sample: Sample, play: Play, deals: Sequence[int]) -> tuple[Indices, ...]:
    """Return Sobol indices of each of ``deals`` on each measure that varies."""
    from foedus.search.distributions import values_at  # noqa: PLC0415 - scipy is slow to load

    sweep = sample.told.sweep
    asked, drawn = [sweep.deals[deal] for deal in deals], sweep.futures

    def evaluate(chances: Floats) -> Floats:
        rows = np.tile(drawn.values[:1], (len(chances), 1))
        for at, parameter in enumerate(sample.uncertain):
            column = drawn.keys.index(parameter.key)
            rows[:, column] = values_at(parameter.distribution, chances[:, at])
        outcomes = play(sweep.case, asked, replace(drawn, values=rows))
        return _measured(outcomes)

    keys = [parameter.key for parameter in sample.uncertain]
    groups = [group_of(parameter, sweep.case) for parameter in sample.uncertain]
    seed = drawn.seed
    alone = sobol_indices(evaluate, keys, None, seed=seed, base=BASE)
    together: list[tuple[Index, ...]] = [()] * len(alone)
    if len(set(groups)) > 1:
        together = sobol_indices(evaluate, keys, groups, seed=seed, base=BASE)
    told = [(deal, measure) for deal in deals for measure in MEASURES]
    levels = _measured(sweep.outcomes, deals)
    return tuple(
        Indices(
            deal=deal,
            measure=measure,
            mean=float(np.nanmean(values)),
            deviation=float(np.nanstd(values)),
            parameters=parameters,
            groups=of_groups,
        )
        for (deal, measure), values, parameters, of_groups in zip(
            told, levels, alone, together, strict=True
        )
        if parameters
    )


def _measured(outcomes: Outcomes, deals: Sequence[int] | None = None) -> Floats:
    """Return (D times M, F): each measure of each deal, not a number where it was not solved."""
    chosen = range(len(outcomes.agree)) if deals is None else deals
    each = {
        "lasting": outcomes.ends[:, :, HOLDS],
        "agree": outcomes.agree,
        "survive": outcomes.survive[:, :, -1],
        "direct_any": outcomes.direct_any,
        "security": outcomes.security,
    }
    return np.stack(
        [
            np.where(outcomes.converged[deal], each[measure][deal], np.nan)
            for deal in chosen
            for measure in MEASURES
        ]
    )
