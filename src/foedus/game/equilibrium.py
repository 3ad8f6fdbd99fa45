"""The equilibria: beliefs about who honours that reproduce themselves.

From beliefs pi follow the challenger's reply, the guarantors' acceptance and, by Bayes' rule, new
beliefs T(pi). Where T(pi) = pi nobody has a reason to act or to believe otherwise. There may be
several such points. Two are looked for: where d pi/d tau = T(pi) - pi leads from "nobody honours"
and from "everybody does". If they differ the one in which the settlement survives less is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.game.acceptance import Choice, choose, plan_lines, refusing
from foedus.game.challenger import Reply, Weights, best_reply, weights

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from foedus.game.stages import Terms
    from foedus.game.values import Future
    from foedus.game.war import War

Beliefs = tuple[tuple[float, ...], ...]
"""pi: for each stage, for each guarantor, the chance that it honours."""

STEP = 1.0
"""The longest step along the flow, to T(pi) itself: taken only where the flow is straight."""

FIRST_STEP = 0.01
"""The first step, before it is known how fast the flow turns."""

TURN = 0.1
"""In one step T(pi) may change by this part of T(pi) - pi: the flow can be fast, and turn."""

STEPS = 5_000
"""After so many steps the flow is taken to lead nowhere."""

NEAR = 1e-6
"""Newton's method takes over from the flow once pi reproduces itself to this."""

EXACT = 1e-12
"""Newton's method stops when pi reproduces itself to this."""

CONVERGED = 1e-10
"""A point that reproduces itself less well than this is no equilibrium found."""

DIFFERENT = 1e-6
"""Equilibria further apart than this are two."""

GRID = 400
"""With one unknown, the unit interval is searched for roots in so many pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What follows from beliefs ``pi``: ``act`` is A by stage, ``hold`` the chance of holding."""

    pi: Beliefs
    act: tuple[float, ...]
    hold: tuple[float, ...]
    reply: Reply
    path: Weights
    choices: tuple[Choice, ...]

    @property
    def residual(self) -> float:
        """By how much the beliefs fail to reproduce themselves."""
        return max(
            (
                abs(choice.pi[i] - believed)
                for i, row in enumerate(self.pi)
                for choice, believed in zip(self.choices, row, strict=True)
            ),
            default=0.0,
        )


def play(terms: Terms, future: Future, war: War, pi: Beliefs) -> Play:
    """Return what everyone does, and what is to be believed of them, if ``pi`` is believed."""
    rest = 1 - terms.x
    hold = tuple(
        stage.p0 + sum(p * gap for p, gap in zip(row, stage.gap, strict=True))
        for stage, row in zip(terms.stages, pi, strict=True)
    )
    act = tuple(
        terms.x
        + (1 - h) * rest
        - future.fight_c
        - stage.punish
        - sum(p * harm for p, harm in zip(row, stage.harm, strict=True))
        for stage, h, row in zip(terms.stages, hold, pi, strict=True)
    )
    reply = best_reply(terms, future, act)
    path = weights(terms, reply, future.delta)
    choices: list[Choice] = []
    for k in range(future.guarantors):
        if not terms.parties[k]:
            choices.append(Choice(refusing=None, alpha=1.0, pi=(0.0,) * len(terms.stages)))
            continue
        base = [
            h - row[k] * stage.gap[k] for h, row, stage in zip(hold, pi, terms.stages, strict=True)
        ]
        lines = plan_lines(terms, k, base=base, path=path, war=war)
        choices.append(choose(terms, future, k, refusing(lines)))
    return Play(pi=pi, act=act, hold=hold, reply=reply, path=path, choices=tuple(choices))


def equilibria(terms: Terms, future: Future, war: War) -> tuple[Play, Play]:
    """Return E0 and E1, where the flow leads from no belief that any honours, and from certainty.

    They may be the same, and one may fail to reproduce itself: see `Play.residual`.
    """
    parties = [k for k, party in enumerate(terms.parties) if party]

    def at(values: Sequence[float]) -> Play:
        """Play on beliefs given as one row of numbers, a party after the other in each stage."""
        beliefs = iter(values)
        rows = [[0.0] * future.guarantors for _ in terms.stages]
        for row in rows:
            for k in parties:
                row[k] = next(beliefs)
        return play(terms, future, war, tuple(map(tuple, rows)))

    unknowns = len(terms.stages) * len(parties)
    if unknowns == 1:
        return _smallest(at, parties[0]), _largest(at, parties[0])
    return _follow(at, [0.0] * unknowns, parties), _follow(at, [1.0] * unknowns, parties)


def _image(found: Play, parties: Sequence[int]) -> list[float]:
    """Return T(pi) as one row of numbers."""
    return [found.choices[k].pi[i] for i in range(len(found.pi)) for k in parties]


def _follow(
    at: Callable[[Sequence[float]], Play], start: list[float], parties: Sequence[int]
) -> Play:
    """Return the limit of the flow from ``start``, or where it was when it was given up."""
    pi, found, step, near = start, at(start), FIRST_STEP, NEAR
    for _ in range(STEPS):
        if found.residual <= near:
            exact = _newton(at, pi, parties)
            if exact is not None:
                return exact
            near /= 10  # slow, but not at a limit: go on along the flow
        image = _image(found, parties)
        ahead = [p + step * (t - p) for p, t in zip(pi, image, strict=True)]
        there = at(ahead)
        turned = max(abs(a - b) for a, b in zip(_image(there, parties), image, strict=True))
        ratio = turned / found.residual if found.residual > 0 else 0.0
        if ratio <= 2 * TURN:
            pi, found = ahead, there
        step = min(STEP, step * min(2.0, TURN / ratio)) if ratio > 0 else STEP
    return found


def _newton(
    at: Callable[[Sequence[float]], Play], pi: list[float], parties: Sequence[int]
) -> Play | None:
    """Return the fixed point by Newton's method if it lies close to ``pi``, else None.

    The Jacobian is by differences, so that each step gains some seven digits.
    """
    near = 1e-3
    here, found = np.array(pi), at(pi)
    for _ in range(20):
        image = np.array(_image(found, parties))
        if found.residual <= EXACT:
            return found
        jacobian = np.empty((here.size, here.size))
        for j, p in enumerate(here):
            nudge = 1e-7 if p < 0.5 else -1e-7
            moved = here.copy()
            moved[j] += nudge
            jacobian[:, j] = (np.array(_image(at(moved.tolist()), parties)) - image) / nudge
        try:
            step = np.linalg.solve(np.eye(here.size) - jacobian, image - here)
        except np.linalg.LinAlgError:
            return None
        here = np.clip(here + step, 0.0, 1.0)
        if np.abs(here - pi).max() > near:
            return None
        found = at(here.tolist())
    return found if found.residual <= CONVERGED else None


def _smallest(at: Callable[[Sequence[float]], Play], k: int) -> Play:
    """Return the smallest root of T(pi) - pi in one unknown.

    T(0) >= 0, so the first point at which T(pi) falls below pi has the root just under it.
    """
    low = 0.0
    if at([low]).choices[k].pi[0] <= low:
        return at([low])
    for g in range(1, GRID + 1):
        high = g / GRID
        if at([high]).choices[k].pi[0] <= high:
            return _bisect(at, k, low, high)
        low = high
    return at([1.0])


def _largest(at: Callable[[Sequence[float]], Play], k: int) -> Play:
    """Return the largest root of T(pi) - pi in one unknown; T(1) <= 1."""
    high = 1.0
    if at([high]).choices[k].pi[0] >= high:
        return at([high])
    for g in range(GRID - 1, -1, -1):
        low = g / GRID
        if at([low]).choices[k].pi[0] >= low:
            return _bisect(at, k, low, high)
        high = low
    return at([0.0])


def _bisect(at: Callable[[Sequence[float]], Play], k: int, low: float, high: float) -> Play:
    """Return the root between ``low``, where T(pi) >= pi, and ``high``, where T(pi) <= pi."""
    for _ in range(200):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        if at([middle]).choices[k].pi[0] >= middle:
            low = middle
        else:
            high = middle
    return min(at([low]), at([high]), key=lambda found: found.residual)
