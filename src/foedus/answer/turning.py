"""Where along one parameter the choice turns, found by playing the games anew with it fixed.

The parameter is set to one value in all futures, everything else staying as drawn, and the choice
is the deal with the highest mean chance of a lasting agreement there. Between a value at which it
is today's and one at which it is another, the turning point is closed in on by halving. Since
everything but the parameter is the same in both, it is the value at which a case that has the
parameter fixed would change its answer, to within a few ten-thousandths of the range.

Where today's choice is not the choice, one other deal is named: the best there on average. Deals
that are nearly as good as each other would else take turns.

The same with all other parameters at their medians shows the turn in the middle future, without
averaging over what else may be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.told import HOLDS, SAME
from foedus.answer.uncertainty_values import Stretch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.answer.uncertainty_values import Play
    from foedus.case.values import Case, Parameter
    from foedus.search.values import Deal, Floats, Futures

GRID = 8
"""Steps, as likely as each other, into which a range is first cut: a deal that is the choice only
within one of them is not seen."""

GRID_IN_THE_MIDDLE = 64
"""The same with the others at their medians, where there is only one future to play in."""

HALVINGS = 9
"""How often a step in which the choice turns is halved."""

GAIN_LEAST = 0.01
"""A smaller gain in the chance of a lasting agreement is not worth telling of. A judgement."""

ERRORS_CLEAR = 3.0
"""By how many standard errors a gain must exceed nought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What is played: deals of a case in futures, the deal at ``today`` being today's choice."""

    case: Case
    deals: tuple[Deal, ...]
    today: int
    futures: Futures
    play: Play


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How the choice goes along a parameter, from its low end to its high one.

    Parameters
    ----------
    stretches
        Where which deal is the choice; their chances add to 1.
    gain
        What choosing by it beats today's choice by, on average over the range.
    clear
        Whether today's choice is somewhere beaten by enough to matter, clear of chance.
    """

    stretches: tuple[Stretch, ...]
    gain: float
    clear: bool


def course(table: Table, parameter: Parameter, steps: int = GRID) -> Course:
    """Return how the choice goes along ``parameter``."""
    chances = np.linspace(0.0, 1.0, steps + 1)
    means, errors = _compared(_played(table, parameter, chances), table.today)
    own = [_is_own(row, table.today) for row in means]
    turns = [
        _turn(table, parameter, (chances[at], chances[at + 1]), first=own[at])
        for at in np.flatnonzero(np.diff(own)).tolist()
    ]
    edges = [0.0, *turns, 1.0]
    choices: list[int | None] = []
    for number, (low, high) in enumerate(pairwise(edges)):
        inside = means[(chances >= low) & (chances <= high)]
        choices.append(_choice(inside, table.today, own=own[0] != bool(number % 2)))
    best = means.argmax(axis=1)
    gains = means.max(axis=1) - means[:, table.today]
    clear = gains >= np.maximum(GAIN_LEAST, ERRORS_CLEAR * errors[np.arange(len(best)), best])
    return Course(
        stretches=_stretches(parameter, edges, choices),
        gain=float(((gains[1:] + gains[:-1]) / 2).mean()),
        clear=bool(clear.any()),
    )


def better_within(table: Table, parameter: Parameter, stretch: Stretch) -> set[int]:
    """Return the deals of ``table`` that beat today's just within the ends of its ``stretch``."""
    from foedus.search.distributions import chance_below  # noqa: PLC0415 - scipy is slow to load

    low, high = (chance_below(parameter.distribution, end) for end in (stretch.low, stretch.high))
    inside = min(0.001, (high - low) / 4)
    chances = np.array([low + inside, high - inside])
    means, _ = _compared(_played(table, parameter, chances), table.today)
    return {int(row.argmax()) for row in means if not _is_own(row, table.today)}


def in_the_middle(table: Table, parameter: Parameter) -> tuple[Stretch, ...]:
    """Return how the choice goes along ``parameter`` with all others at their medians.

    What counts as the choice's own stretch there is that of the deal which is best with all at
    their medians, not of today's.
    """
    from foedus.search.distributions import values_at  # noqa: PLC0415 - scipy is slow to load

    half = np.array([0.5])
    held = {p.key: float(values_at(p.distribution, half)[0]) for p in table.case.parameters}
    middle = np.array([[held[key] for key in table.futures.keys]])
    only = replace(table, futures=replace(table.futures, values=middle))
    means, _ = _compared(_played(only, parameter, half), table.today)
    best = means[0].argmax() if means[0].max() > means[0, table.today] else table.today
    return course(replace(only, today=int(best)), parameter, GRID_IN_THE_MIDDLE).stretches


def _played(table: Table, parameter: Parameter, chances: Floats) -> Floats:
    """Return (V, D, F): the chance of a lasting agreement, not a number where unsolved."""
    from foedus.search.distributions import values_at  # noqa: PLC0415 - scipy is slow to load

    drawn = table.futures.values
    count = len(drawn)
    rows = np.tile(drawn, (len(chances), 1))
    values = values_at(parameter.distribution, np.asarray(chances))
    rows[:, table.futures.keys.index(parameter.key)] = np.repeat(values, count)
    outcomes = table.play(table.case, table.deals, replace(table.futures, values=rows))
    lasting = np.where(outcomes.converged, outcomes.ends[:, :, HOLDS], np.nan)
    return lasting.reshape(len(table.deals), len(chances), count).transpose(1, 0, 2)


def _compared(lasting: Floats, today: int) -> tuple[Floats, Floats]:
    """Return (V, D) means of ``lasting`` (V, D, F), and the errors of their leads over today's."""
    solved = np.isfinite(lasting)
    count = np.maximum(1, solved.sum(axis=2))
    means = (np.where(solved, lasting, 0.0).sum(axis=2) / count).round(SAME)
    leads = lasting - lasting[:, [today]]
    known = np.isfinite(leads)
    count = np.maximum(1, known.sum(axis=2))
    middle = np.where(known, leads, 0.0).sum(axis=2) / count
    spread = np.where(known, leads - middle[:, :, None], 0.0)
    return means, np.sqrt((spread**2).sum(axis=2) / np.maximum(1, count - 1) / count)


def _is_own(means: Floats, today: int) -> bool:
    """Whether no deal has a higher mean (D,) than today's choice."""
    return bool(means[today] >= means.max())


def _choice(means: Floats, today: int, *, own: bool) -> int | None:
    """Return the choice in a stretch from means (V, D) within it; None if nothing is agreed."""
    if means.max() <= 0:
        return None
    others = means.mean(axis=0)
    others[today] = -np.inf
    return today if own else int(others.argmax())


def _turn(
    table: Table, parameter: Parameter, between: tuple[float, float], *, first: bool
) -> float:
    """Return the chance ``between`` two where the choice goes over from or to today's."""
    low, high = between
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        means, _errors = _compared(_played(table, parameter, np.array([middle])), table.today)
        same = _is_own(means[0], table.today) == first
        low, high = (middle, high) if same else (low, middle)
    return float(low + high) / 2


def _stretches(
    parameter: Parameter, edges: Sequence[float], choices: Sequence[int | None]
) -> tuple[Stretch, ...]:
    from foedus.search.distributions import values_at  # noqa: PLC0415 - scipy is slow to load

    values = values_at(parameter.distribution, np.asarray(edges)).tolist()
    return tuple(
        Stretch(low=low, high=high, deal=choice, chance=above - below)
        for choice, low, high, below, above in zip(
            choices, values[:-1], values[1:], edges[:-1], edges[1:], strict=True
        )
    )
