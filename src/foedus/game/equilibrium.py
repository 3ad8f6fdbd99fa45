"""The equilibria: beliefs about who honours that reproduce themselves.

From beliefs pi follow the challenger's reply, the guarantors' acceptance and, by Bayes' rule, new
beliefs T(pi). Where T(pi) = pi nobody has a reason to act or to believe otherwise. There may be
several such points. Two are looked for: where d pi/d tau = T(pi) - pi leads from "nobody honours"
and from "everybody does" (`foedus.game.dynamics` says in which steps). If they differ, the one in
which the settlement survives less is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.game.acceptance import Choice, choose, nobody_refuses, plan_lines, refusing
from foedus.game.challenger import Reply, Weights, best_reply, weights
from foedus.game.dynamics import Revised, extremes, limit

if TYPE_CHECKING:
    from foedus.game.dynamics import Row
    from foedus.game.stages import Terms
    from foedus.game.values import Future
    from foedus.game.war import War

Beliefs = tuple[tuple[float, ...], ...]
"""pi: for each stage, for each guarantor, the chance that it honours."""

DIFFERENT = 1e-6
"""Equilibria further apart than this are two."""


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
            choices.append(nobody_refuses((0.0,) * len(terms.stages)))
            continue
        base = [
            h - row[k] * stage.gap[k] for h, row, stage in zip(hold, pi, terms.stages, strict=True)
        ]
        lines = plan_lines(terms, k, base=base, path=path, war=war)
        choices.append(choose(terms, future, k, refusing(lines)))
    return Play(pi=pi, act=act, hold=hold, reply=reply, path=path, choices=tuple(choices))


def equilibria(terms: Terms, future: Future, war: War) -> tuple[Play, Play]:
    """Return E0 and E1, where the flow leads from no belief that any honours, and from certainty.

    They may be the same, and one may fail to reproduce itself: see `Play.residual`. With a single
    unknown they are the smallest and the largest root, which are bracketed.
    """
    parties = [k for k, party in enumerate(terms.parties) if party]
    unknowns = len(terms.stages) * len(parties)

    def at(row: Row) -> Play:
        """Play on beliefs given as one row of numbers, a party after the other in each stage."""
        beliefs = iter(row.tolist())
        pi = [[0.0] * future.guarantors for _ in terms.stages]
        for stage in pi:
            for k in parties:
                stage[k] = next(beliefs)
        return play(terms, future, war, tuple(map(tuple, pi)))

    def revise(row: Row) -> Revised:
        """Return T(pi), and who accepts, each as one row of numbers."""
        choices = at(row).choices
        return Revised(
            to=np.array([choices[k].pi[i] for i in range(len(terms.stages)) for k in parties]),
            accepting=np.array([(choices[k].alpha, *choices[k].ends) for k in parties]).ravel(),
        )

    if unknowns == 0:
        return at(np.empty(0)), at(np.empty(0))
    if unknowns == 1:
        low, high = extremes(lambda p: float(revise(np.array([p])).to[0]))
        return at(np.array([low])), at(np.array([high]))
    return at(limit(revise, np.zeros(unknowns))), at(limit(revise, np.ones(unknowns)))
