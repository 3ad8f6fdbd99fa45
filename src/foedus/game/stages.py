"""From the levels of a deal to stages: what is in force when, and what it comes to.

The distinct delays of the levels cut time into stages. In a stage a provision counts once its delay
has passed; before that only its terms bind (share, values, provocation). Its effectiveness scales
what it does to deter (denial, punish, help, harm, crisis), not what it costs or gives.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from foedus.errors import Fault, GameError
from foedus.game.values import EFFECT_VECTORS, Effects, Future

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stretch of time in which the same provisions are in force.

    ``start`` is n_i: it covers the periods from n_i + 1 on. ``gap`` is D, what each guarantor adds
    to the chance of holding; ``fight`` its cost of fighting, risk included; ``cut`` the stake from
    which it honours; a guarantor that is no party has an infinite cut.
    """

    start: int
    mu: float
    p0: float
    punish: float
    gap: tuple[float, ...]
    harm: tuple[float, ...]
    cost: tuple[float, ...]
    renege: tuple[float, ...]
    fight: tuple[float, ...]
    cut: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A deal in a future: who is party to it, what it gives in peace, and its stages.

    ``window`` has the index of the stage that each period lies in until all is in force, so its
    length is n.
    """

    x: float
    y_c: float
    y_p: float
    parties: tuple[bool, ...]
    stages: tuple[Stage, ...]
    window: tuple[int, ...]


def terms(deal: Sequence[Effects], future: Future) -> Terms:
    """Return what ``deal`` comes to in ``future``.

    Raises
    ------
    GameError
        When the deal and the future differ in how many provisions or guarantors there are.
    """
    refuse_mismatch(deal, future)
    guarantors = range(future.guarantors)
    x = _clip(future.x0 + sum(level.share for level in deal))
    parties = tuple(
        any(_of(level, v, k) for level in deal for v in EFFECT_VECTORS) for k in guarantors
    )
    starts = sorted({0, *(level.delay for level in deal)})
    return Terms(
        x=x,
        y_c=x + sum(level.value_c - level.provoke for level in deal),
        y_p=1 - x + sum(level.value_p for level in deal),
        parties=parties,
        stages=tuple(_stage(start, deal, future, x=x, parties=parties) for start in starts),
        window=tuple(
            i for i, (start, end) in enumerate(pairwise(starts)) for _ in range(start, end)
        ),
    )


def _stage(
    start: int, deal: Sequence[Effects], future: Future, *, x: float, parties: tuple[bool, ...]
) -> Stage:
    """Return the stage from ``start`` on, with the provisions that are in force by then."""
    live = [
        (e, level) for e, level in zip(future.effect, deal, strict=True) if level.delay <= start
    ]
    guarantors = range(future.guarantors)
    p0 = _clip(future.hold + sum(e * level.denial for e, level in live))
    help_by = [max(0.0, sum(e * _of(level, "help", k) for e, level in live)) for k in guarantors]
    shrink = max(1.0, sum(help_by))  # together they cannot close more than the whole shortfall
    gap = tuple((1 - p0) * h / shrink for h in help_by)
    fight = tuple(
        future.fight_g[k] + sum(_of(level, "risk", k) for _, level in live) for k in guarantors
    )
    renege = tuple(sum(_of(level, "renege", k) for _, level in live) for k in guarantors)
    return Stage(
        start=start,
        mu=_crisis_rate(future.crisis, sum(e * level.crisis for e, level in live)),
        p0=p0,
        punish=sum(e * level.punish for e, level in live),
        gap=gap,
        harm=tuple(sum(e * _of(level, "harm", k) for e, level in live) for k in guarantors),
        cost=tuple(sum(_of(level, "cost", k) for _, level in live) for k in guarantors),
        renege=renege,
        fight=fight,
        cut=tuple(
            honour_from(fight[k] - renege[k], gap[k] * (1 - x)) if parties[k] else math.inf
            for k in guarantors
        ),
    )


def honour_from(net_cost: float, saved: float) -> float:
    """Return the stake from which a guarantor honours, s*.

    Honouring costs ``net_cost`` more than abandoning and gains the stake times ``saved``, the share
    of the good that its fighting saves on average. If it saves nothing, the stake plays no part:
    every type honours or none does.

    Examples
    --------
    >>> honour_from(0.3, 0.2), honour_from(-0.1, 0.0), honour_from(0.1, 0.0)
    (1.4999999999999998, -inf, inf)
    """
    if saved > 0:
        return net_cost / saved
    return -math.inf if net_cost <= 0 else math.inf


def _crisis_rate(base: float, raised: float) -> float:
    """Return ``base`` raised by ``raised`` in its logarithm, and no more than 1."""
    return min(1.0, base * math.exp(min(raised, 700.0)))  # e^710 is more than a float holds


def _of(level: Effects, name: str, k: int) -> float:
    """Return what ``level`` has under ``name`` for guarantor ``k``; an empty vector is all zero."""
    vector: tuple[float, ...] = getattr(level, name)
    return vector[k] if vector else 0.0


def _clip(chance: float) -> float:
    """Return ``chance``, no less than 0 and no more than 1."""
    return min(1.0, max(0.0, chance))


def refuse_mismatch(deal: Sequence[Effects], future: Future) -> None:
    """Raise when the deal and the future do not fit each other.

    Raises
    ------
    GameError
        With each multiplier or vector that is too long or too short.
    """
    faults: list[Fault] = []
    if len(future.effect) != len(deal):
        must = f"have one multiplier for each of the deal's {len(deal)} provisions"
        faults.append(Fault(at="effect", found=f"{len(future.effect)} long", must=must))
    for j, level in enumerate(deal):
        for name in EFFECT_VECTORS:
            count = len(getattr(level, name))
            if count not in {0, future.guarantors}:
                must = f"have one number for each of the {future.guarantors} guarantors"
                faults.append(Fault(at=f"deal[{j}].{name}", found=f"{count} long", must=must))
    if faults:
        raise GameError("deal", tuple(faults))
