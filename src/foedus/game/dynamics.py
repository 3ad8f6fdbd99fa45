"""Where beliefs lead that are revised again and again: d pi/d tau = T(pi) - pi.

**The rule for a step.** From pi the flow heads for T(pi). A step of length h goes to pi + d with

    ((1 + 1/h) - S) d = T(pi) - pi,

the linearly implicit Euler step, S being the slopes of T. As long as the flow is easy S is taken to
be 0, and the step goes the part h/(1 + h) of the way to T(pi): all of the way for long steps. After
`PATIENCE` tries a step shorter than `STIFF` means that T is steep, so that steps without its slopes
would have to stay short for ever; from then on S is measured before each step.

A step is taken when all of this holds, and else it is tried again shorter:

- it moves no belief by more than `MOVE`;
- at its end T is where its straight line was to lead, within the part `TURN` of T(pi) - pi: the
  flow is as good as straight;
- nobody's acceptance changes by more than `SWING`. Where a guarantor's gain from the deal hardly
  depends on its stake, those who accept are soon the strong types and soon the weak, and T leaps
  within a sliver of beliefs that a longer step would jump across.

Steps grow while all three hold with room to spare. Where the flow is repelled from a point, along a
line or turning round it, an implicit step that is too long would lead into it: where S - 1 has an
eigenvalue r with a real part above 0, h is at most Re(r)/(2|r|^2), a quarter of what would do so.
A step of `SHORTEST` is taken in any case: T can jump, where hardly any type accepts.

Once T(pi) - pi is below `NEAR`, Newton's method goes on to `EXACT`. What it finds counts if it is
close by and if the flow is not repelled from it; else the flow is followed further, with Newton's
method tried again at each tenth of the distance.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

Row = npt.NDArray[np.float64]
"""Numbers in a row; beliefs lie between 0 and 1."""

MOVE = 0.1
TURN = 0.1
SWING = 0.25
FIRST = 0.1
SHORTEST = 1e-4
GROWTH = 4.0
PATIENCE = 100
STIFF = 0.2
STEPS = 1_000
NEAR = 1e-6
EXACT = 1e-12
CONVERGED = 1e-10
"""A point that reproduces itself less well than this is no equilibrium found."""

CLOSE = 1e-3
"""What Newton's method finds further away than this is not where the flow was heading."""

REPELS = 1e-3
"""Slopes above 1 by more than this lead away from a fixed point; less may be rounding."""

NUDGE = 1e-7
"""By how much a belief is moved to measure a slope."""

PIECES = 400
"""With one unknown, the unit interval is searched for roots in so many pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """What becomes of beliefs: ``to`` is T(pi), ``accepting`` chances that follow acceptance.

    ``accepting`` may hold nan for what there is not.
    """

    to: Row
    accepting: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A step that was tried, and by how much it strains the rule: up to 1 it may be taken."""

    pi: Row
    now: Revised
    strain: float


def limit(revise: Callable[[Row], Revised], start: Row) -> Row:
    """Return the limit of the flow from ``start``, or where it was when it was given up.

    Examples
    --------
    >>> def revise(pi):  # pi = 0.5 + 0.4 pi^2 has the roots 0.690983 and 1.809017
    ...     return Revised(to=0.5 + 0.4 * pi**2, accepting=np.empty(0))
    >>> limit(revise, np.array([0.0])).round(6)
    array([0.690983])
    """
    pi, now, length, near, tries, stiff = start, revise(start), FIRST, NEAR, 0, False
    for _ in range(STEPS):
        if np.abs(now.to - pi).max() <= near:
            exact = _newton(revise, pi)
            if exact is not None:
                return exact
            near /= 10
        stiff = stiff or (tries > PATIENCE and length < STIFF)
        slopes = np.zeros((pi.size, pi.size))
        if stiff:
            slopes = _slopes(revise, pi, now.to)
            length = _not_into(slopes, length)
        step = _try(revise, pi, now, slopes, length)
        tries += 1
        while step.strain > 1 and length > SHORTEST:
            length = max(SHORTEST, length * max(0.1, 0.7 / step.strain))
            step = _try(revise, pi, now, slopes, length)
            tries += 1
        pi, now = step.pi, step.now
        length = max(SHORTEST, length * min(GROWTH, 0.9 / max(step.strain, 0.9 / GROWTH)))
    return pi


def _try(
    revise: Callable[[Row], Revised], pi: Row, now: Revised, slopes: Row, length: float
) -> _Step:
    """Return where a step of ``length`` leads; no belief leaves 0..1."""
    ahead = now.to - pi
    matrix = (1 + 1 / length) * np.eye(pi.size) - slopes
    there = np.clip(pi + np.linalg.solve(matrix, ahead), 0.0, 1.0)
    then = revise(there)
    furthest = np.abs(ahead).max()
    turned = np.abs(then.to - now.to - slopes @ (there - pi)).max()
    swing = np.fmax.reduce(np.abs(then.accepting - now.accepting), initial=0.0)  # passes over nan
    strain = max(
        float(np.abs(there - pi).max()) / MOVE,
        float(turned) / (TURN * furthest) if furthest > 0 else 0.0,
        float(swing) / SWING,
    )
    return _Step(pi=there, now=then, strain=strain)


def _not_into(slopes: Row, length: float) -> float:
    """Return ``length``, or less where a step would lead into a point that repels the flow."""
    rates = np.linalg.eigvals(slopes) - 1
    repels = rates[rates.real > 0]
    if not repels.size:
        return length
    return max(SHORTEST, min(length, float((0.5 * repels.real / np.abs(repels) ** 2).min())))


def _slopes(revise: Callable[[Row], Revised], pi: Row, to: Row) -> Row:
    """Return the slopes of T at ``pi`` by differences; where it jumps they are only very steep."""
    slopes = np.empty((pi.size, pi.size))
    for j, p in enumerate(pi):
        nudge = NUDGE if p < 0.5 else -NUDGE
        moved = pi.copy()
        moved[j] += nudge
        slopes[:, j] = (revise(moved).to - to) / nudge
    return slopes


def _newton(revise: Callable[[Row], Revised], pi: Row) -> Row | None:
    """Return the fixed point by Newton's method if it is the limit of a flow at ``pi``, else None.

    The slopes are differences, so that each step gains some seven digits.
    """
    here, slopes = pi, None
    for _ in range(20):
        to = revise(here).to
        if np.abs(to - here).max() <= EXACT:
            break
        slopes = _slopes(revise, here, to)
        try:
            here = np.clip(here + np.linalg.solve(np.eye(pi.size) - slopes, to - here), 0.0, 1.0)
        except np.linalg.LinAlgError:
            return None
        if np.abs(here - pi).max() > CLOSE:
            return None
    else:
        if np.abs(revise(here).to - here).max() > CONVERGED:
            return None
    if slopes is not None and np.linalg.eigvals(slopes).real.max() > 1 + REPELS:
        return None
    return here


def extremes(image: Callable[[float], float]) -> tuple[float, float]:
    """Return the smallest and the largest root of T(pi) - pi in one unknown, bracketed.

    Only roots that hold the flow count, at which T(pi) - pi falls through 0. Where it leaps through
    0 there is none; such a place is returned if there is no root at all.

    Examples
    --------
    >>> extremes(lambda pi: 0.2 if pi < 0.5 else 0.9)
    (0.2, 0.9)
    >>> low, high = extremes(lambda pi: 0.9 if pi < 0.5 else 0.1)  # no root: it leaps at 0.5
    >>> round(low, 9), round(high, 9)
    (0.5, 0.5)
    """
    grid = [g / PIECES for g in range(PIECES + 1)]
    over = [image(p) - p for p in grid]
    falls = [
        (low, high) for (low, a), (high, b) in pairwise(zip(grid, over, strict=True)) if a >= 0 >= b
    ]
    # T(0) >= 0 and T(1) <= 1, so there is at least one
    return _first(image, falls), _first(image, falls[::-1])


def _first(image: Callable[[float], float], falls: list[tuple[float, float]]) -> float:
    """Return the first root in the brackets ``falls``, or the first leap if there is none."""
    leap = None
    for low, high in falls:
        root = _bisect(image, low, high)
        if abs(image(root) - root) <= CONVERGED:
            return root
        leap = root if leap is None else leap
    return 0.0 if leap is None else leap


def _bisect(image: Callable[[float], float], low: float, high: float) -> float:
    """Return the root between ``low``, where T(pi) >= pi, and ``high``, where T(pi) <= pi."""
    while high - low > 1e-18 and low < (middle := (low + high) / 2) < high:
        if image(middle) >= middle:
            low = middle
        else:
            high = middle
    return min(low, high, key=lambda p: abs(image(p) - p))
