"""What the course of a conflict hangs on: families of parameters, and the share each explains.

How a conflict ends is seven chances, not one number. The share of what varies in them between
futures that one parameter explains by itself is the first-order Sobol index of all seven together,
the variance explained summed over the ends by the whole variance summed over them (M. Lamboni,
H. Monod & D. Makowski, "Multivariate Sensitivity Analysis to Measure Global Contribution of Input
Factors in Dynamic Models", Reliability Engineering & System Safety 96(4), 2011). Each index is
estimated as `foedus.answer.sensitivity` tells. Parameters are drawn independently, so that the
shares of a family add up; what its parameters explain only together is in the rest.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.compared import Driver
from foedus.answer.sensitivity import explained
from foedus.answer.trace import trace
from foedus.case.values import GUARANTOR_EFFECTS

if TYPE_CHECKING:
    from foedus.case.values import Case, Parameter
    from foedus.search.values import Deal, Flags, Floats, Sweep

FAMILIES = {
    "delta": "politics",
    "war_cost_c": "politics",
    "war_cost_p": "politics",
    "stake_mean": "support",
    "stake_scale": "support",
    "war_support": "support",
    "crisis": "escalation",
    "shock_mean": "escalation",
    "shock_scale": "escalation",
    "fight_c": "escalation",
    "fight_p": "escalation",
    "fight_g": "escalation",
    "x0": "fighting",
    "hold": "fighting",
    "war_win_c": "fighting",
    "war_win_p": "fighting",
    "war_freeze": "fighting",
}
"""To which family a parameter belongs: backing from abroad; how long either side will bear the war;
what a new crisis or war would bring; how the fighting goes. How well a provision works belongs to
``sanctions``, to ``support`` where guarantors give it, else to ``terms``."""

CHANCE_OF_NOISE = 0.05
"""How likely it may be that any share told is noise, shared out over all tests made."""


ROUNDING = 1e-20
"""A chance whose variance is no more than this does not vary: its digits do."""


def drivers(
    sweep: Sweep, ends: Floats, solved: Flags, deal: Deal | None = None
) -> tuple[tuple[Driver, ...], float]:
    """Return the families by the share they explain of how ``ends`` (F, 7) vary, and the rest.

    ``solved`` (F,) says in which futures they are known. Only parameters that the ends of the
    ``deal`` (None for no deal) can change with are asked: any other explains some by chance.
    """
    known = ends[solved]
    variances = known.var(axis=0) if len(known) else np.zeros(ends.shape[1])
    varying = np.flatnonzero(variances > ROUNDING)
    if not len(varying):
        return (), 0.0
    case = sweep.case
    bare, figure = (0,) * len(case.provisions), "ends_no_deal" if deal is None else "ends"
    reaching = trace(case, deal or bare, figure).parameters
    uncertain = [p for p in reaching if p.distribution.low < p.distribution.high]
    shares: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for parameter in uncertain:
        x = sweep.futures.values[solved, sweep.futures.keys.index(parameter.key)]
        found = [explained(x, known[:, e]) for e in varying.tolist()]
        least = min(chance for _, chance in found)
        if least * len(uncertain) * len(varying) <= CHANCE_OF_NOISE:
            share = sum(w * s for (s, _), w in zip(found, variances[varying], strict=True))
            weight = float(share / variances.sum())
            shares[family_of(parameter, case)].append((parameter.key, weight))
    told = [
        Driver(
            family=family,
            share=sum(weight for _, weight in found),
            parameters=tuple(sorted(found, key=lambda pair: -pair[1])),
        )
        for family, found in shares.items()
    ]
    told.sort(key=lambda driver: -driver.share)
    rest = 1.0 - sum(driver.share for driver in told)
    return tuple(told), max(0.0, rest)


def family_of(parameter: Parameter, case: Case) -> str:
    """Return the family of a parameter."""
    if parameter.name != "effect":
        return FAMILIES[parameter.name]
    provision = next(p for p in case.provisions if p.id == parameter.of)
    if provision.id.startswith("sanctions"):
        return "sanctions"
    keys = {key[0] for level in provision.levels for key in level.effects if isinstance(key, tuple)}
    return "support" if keys & set(GUARANTOR_EFFECTS) else "terms"
