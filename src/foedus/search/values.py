"""What a sweep is asked, and what it yields: arrays over D deals, F futures, K guarantors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from foedus.case.values import Case

    Counts = NDArray[np.int64]
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


def years_told(case: Case) -> tuple[float, ...]:
    """Return the years of YEARS within the horizon of ``case``, and the horizon."""
    return (*(year for year in YEARS if year < case.horizon_years), case.horizon_years)


MEASURES_TOLD = (
    "accept_c",
    "accept_p",
    "margin_c",
    "margin_p",
    "alpha",
    "agree",
    "survive",
    "window_risk",
    "direct_any",
    "security",
    "cost",
    "value_c",
    "value_p",
    "lasting",
    "gain_c",
    "gain_p",
)
"""What a `Reduction` tells of each deal, in the order of its axis M. As in `Outcomes`, but one
number each: whether the side accepts is 0 or 1, ``alpha`` is the product and ``cost`` the sum over
the guarantors (nobody's: 1 and 0), and ``survive`` is at the horizon. ``lasting`` is agree times
survive, the chance of a lasting agreement; ``gain_c`` and ``gain_p`` are agree times the margins,
what putting the deal on the table gets a side."""

GUARANTOR_MEASURES_TOLD = ("alpha", "direct", "cost")
"""What a `Reduction` tells of each guarantor, by name as in `Outcomes`."""

QUANTILES_TOLD = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The shares at which a `Reduction` gives quantiles."""

CRITERIA_TOLD = (
    "accept_c",
    "accept_p",
    "alpha",
    "survive",
    "window_risk",
    "direct_any",
    "security",
)
"""The criteria that a `Reduction` counts, by the measure that each is about: both sides accept, the
others as in the case's `Criteria`."""

Deal = tuple[int, ...]
"""The index of the level taken of each provision, in the order of the case's provisions."""

Chosen = Literal["all", "quick", "narrow"] | int | tuple[Deal, ...]
"""Which deals to solve: see `SweepSettings`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepSettings:
    """How wide to look and how hard.

    Parameters
    ----------
    futures
        How many futures each deal is solved in; a power of two, 2 or more.
    keep
        How many deals are kept at most, 1 or more: no two that are as good as alike, unless they
        were named.
    seed
        Of the scrambled Sobol sequence, and of all else that is drawn by chance.
    workers
        Threads or processes to use; the answer does not depend on it.
    deals
        Which deals are solved. ``all``: every deal that the case allows, up to ten million; beyond
        that, and for ``narrow``, a search finds those worth solving. ``quick``: all where that is a
        matter of seconds, else narrow. A number: so many drawn by chance, the bare deal among
        them. Or the deals themselves.
    """

    futures: int = 64
    keep: int = 32
    seed: int = 1
    workers: int = 2
    deals: Chosen = "quick"


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
    ends_by_year
        (D, F, Y, 7) the same at each of the years told.
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
    ends_by_year: Floats
    ends_no_deal: Floats
    multiple: Flags
    converged: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """How each of D deals fares over F futures, told in a few numbers a deal.

    A pair that failed (its equilibrium was not found, or it has an outcome that is not a finite
    number) is counted in ``failed`` and has no part in any other number here. Of several equilibria
    the one the game chooses, the less lasting one, is meant throughout.

    Parameters
    ----------
    deals
        (D, J) the level of each provision.
    mean
        (D, M) means over the futures that did not fail, in the order of `MEASURES_TOLD`; not a
        number for a deal that failed in all.
    by_guarantor
        (D, K, 3) the same for each guarantor, in the order of `GUARANTOR_MEASURES_TOLD`.
    quantiles
        (D, M, 5) at the shares of `QUANTILES_TOLD`: the smallest value that at least this share of
        the futures that did not fail have at most. `foedus.search.reducing.reduce_plain` gives it
        exactly; a reduction that keeps histograms gives it to within the width of a bin.
    met
        (D, C) in how many futures each criterion holds, in the order of `CRITERIA_TOLD`.
    robust
        (D,) in how many futures all of them hold.
    multiple
        (D,) in how many futures several equilibria were found.
    failed
        (D,) in how many futures the pair failed.
    """

    deals: Counts
    mean: Floats
    by_guarantor: Floats
    quantiles: Floats
    met: Counts
    robust: Counts
    multiple: Counts
    failed: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """How many deals fare over all futures, in means alone: fields as those of a `Reduction`.

    ``futures`` is how many there are; ``by_guarantor`` is (D, K, 3), ``robust`` and ``failed`` are
    counts of futures.
    """

    futures: int
    deals: Counts
    mean: Floats
    by_guarantor: Floats
    robust: Counts
    failed: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many deals were solved, in how many pairs of a deal and a future, and how it went.

    ``failed`` counts the pairs whose equilibrium was not found, ``multiple`` those with several.
    """

    deals: int = 0
    pairs: int = 0
    failed: int = 0
    multiple: int = 0

    def plus(self, reduced: Reduction, futures: int) -> Tally:
        """Return the tally with more deals, each solved in ``futures``."""
        return Tally(
            deals=self.deals + len(reduced.deals),
            pairs=self.pairs + len(reduced.deals) * futures,
            failed=self.failed + int(reduced.failed.sum()),
            multiple=self.multiple + int(reduced.multiple.sum()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """The deals that were kept, and how they fare in every future.

    ``years`` are those of YEARS within the horizon, Y of them. ``possible`` counts the deals that
    the case allows, ``screened`` those that were solved in at least some futures; ``tally`` is of
    those solved in all. The first deal kept is always the bare one: the first level of every
    provision. ``means`` are of every deal that was solved in all futures, None where nobody asked
    for them; ``whole`` says whether these are all that the case allows.
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
    tally: Tally = Tally()
    means: Means | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """A sweep in a file: where it is, and the deals of it that are good in most futures.

    ``best`` are up to ``settings.keep`` deals, the most robust first; ``tally`` is of all deals in
    the file, ``looked_at`` of those that were solved in at least some futures, ``possible`` of all
    that the case allows.
    """

    file: Path
    case: Case
    settings: SweepSettings
    best: Reduction
    tally: Tally
    possible: int
    looked_at: int
