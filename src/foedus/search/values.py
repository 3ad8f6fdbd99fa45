"""What a sweep is asked, and what it yields: arrays over D deals, F futures, K guarantors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from foedus.case.values import Case

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

ENDS = (
    "holds",
    "breaks_fight",
    "breaks_alone",
    "war_on",
    "frozen",
    "c_prevails",
    "p_prevails",
)
"""The seven ends by the horizon: the settlement holds; breaks and a guarantor fights; breaks and
none does; no deal and the war goes on; it froze; the challenger, the protected prevailed."""

YEARS = (1.0, 2.0, 5.0, 10.0)
"""The years at which survival curves and ends are told; those beyond the horizon are left out."""

Deal = tuple[int, ...]
"""The index of the level taken of each provision, in the order of the case's provisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepSettings:
    """How wide to look and how hard.

    Parameters
    ----------
    futures
        How many futures each kept deal is solved in; a power of two, 2 or more.
    keep
        How many deals are kept with their full outcomes, 1 or more.
    seed
        Of the scrambled Sobol sequence.
    workers
        Processes to use; the answer does not depend on it.
    """

    futures: int = 64
    keep: int = 32
    seed: int = 1
    workers: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Futures:
    """Draws of every uncertain parameter: ``values`` is (F, number of keys), in the keys' order."""

    seed: int
    keys: tuple[str, ...]
    values: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What the game gives for each deal in each future. Shapes (D, F) unless told.

    Parameters
    ----------
    accept_c, accept_p
        Whether the challenger and the protected state accept.
    margin_c, margin_p
        By how much they prefer the deal to going on: V - W, in shares of the good.
    alpha
        (D, F, K) chance that each guarantor accepts.
    agree
        Chance that all do.
    survive
        (D, F, Y) chance that the settlement still holds at each of the years told, given agreement.
    window_risk
        Chance of a challenge before every provision is in force.
    direct, direct_any
        (D, F, K) and (D, F): chance of direct war with the challenger by the horizon.
    security
        The protected state's value over that of peace for ever.
    cost
        (D, F, K) discounted cost of the deal to each guarantor, fighting and reneging included.
    value_c, value_p
        V_C and V_P, normalised so that a flow v for ever is worth v.
    ends
        (D, F, 7) chances of the seven ends by the horizon, in the order of `ENDS`; sum 1.
    ends_no_deal
        (F, Y, 7) the same at each of the years told, had no deal been possible.
    multiple, converged
        Whether several equilibria were found, and whether the fixed point was.
    """

    accept_c: Flags
    accept_p: Flags
    margin_c: Floats
    margin_p: Floats
    alpha: Floats
    agree: Floats
    survive: Floats
    window_risk: Floats
    direct: Floats
    direct_any: Floats
    security: Floats
    cost: Floats
    value_c: Floats
    value_p: Floats
    ends: Floats
    ends_no_deal: Floats
    multiple: Flags
    converged: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """The deals that were kept, and how they fare in every future.

    ``years`` are those of YEARS within the horizon, Y of them. ``possible`` counts the deals that
    the case allows, ``screened`` those that were solved in at least some futures. The first deal
    kept is always the bare one: the first level of every provision.
    """

    case: Case
    case_hash: str
    settings: SweepSettings
    years: tuple[float, ...]
    deals: tuple[Deal, ...]
    futures: Futures
    outcomes: Outcomes
    possible: int
    screened: int
