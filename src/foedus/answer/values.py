"""What an answer says: numbers over futures, each ready to be shown and traced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.case.values import Case, Source
    from foedus.search.values import Deal


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A quantity over futures: its mean, and the 5 % and 95 % quantiles between futures."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """How one party sees a deal.

    Parameters
    ----------
    party
        Its name.
    role
        ``challenger``, ``protected`` or ``guarantor``.
    accepts
        Chance that it accepts, 0..1: over futures, and over private stakes for a guarantor.
    margin
        By how much it prefers the deal to none, in shares of the good; None for a guarantor, whose
        stake is private.
    cost
        A guarantor's discounted cost; None for the others.
    direct_war
        A guarantor's chance of direct war with the challenger by the horizon, given agreement.
    regret
        Mean over futures of the best this party could have got among the deals kept, less what
        this deal is worth to it; None for a guarantor.
    """

    party: str
    role: str
    accepts: float
    margin: Estimate | None
    cost: Estimate | None
    direct_war: Estimate | None
    regret: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DealView:
    """One deal in all futures.

    Parameters
    ----------
    deal
        Its levels.
    name
        Its provisions in plain words; "nothing but a stop to the fighting" for the bare one.
    parts
        Pairs of provision title and level title, those that do something.
    parties
        Challenger, protected, then the guarantors.
    binding
        The party least likely to accept.
    robustness
        Share of futures in which every criterion of the case holds, 0..1.
    agree, survive, window_risk, direct_any, security
        As in `foedus.search.values.Outcomes`, by the horizon; survive given agreement.
    survival_curve
        (year, estimate) pairs.
    ends
        (name, estimate) pairs in the order of `foedus.search.values.ENDS`.
    crossed
        Indices into the case's red lines that this deal crosses.
    efficient
        Whether no kept deal is at least as good on every measure and better on one.
    multiple_share, failed_share
        Shares of futures with several equilibria, and with no solution found (those are left out
        of the rest).
    """

    deal: Deal
    name: str
    parts: tuple[tuple[str, str], ...]
    parties: tuple[PartyView, ...]
    binding: str
    robustness: float
    agree: Estimate
    survive: Estimate
    survival_curve: tuple[tuple[float, Estimate], ...]
    window_risk: Estimate
    direct_any: Estimate
    security: Estimate
    ends: tuple[tuple[str, Estimate], ...]
    crossed: tuple[int, ...]
    efficient: bool
    multiple_share: float
    failed_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A deal named for a reason: ``measure`` says on what it is best, ``deal`` is its index."""

    measure: str
    deal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Where the conflict is heading: seven ends without a deal, by year, and with the likely deal.

    ``likely`` indexes the deals; None when no deal kept is acceptable to both sides in any future.
    ``method`` says in a sentence how the likely deal was picked.
    """

    no_deal: tuple[tuple[float, tuple[tuple[str, Estimate], ...]], ...]
    likely: int | None
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """A parameter the answer turns on.

    Parameters
    ----------
    parameter
        Its key in the table of futures.
    weight
        Share of the variance between futures of the measure that it explains, 0..1.
    measure
        Which measure: "the most robust deal", ...
    flips_at
        The value at which another deal becomes the choice; None when none does within its range.
    chance_beyond
        Chance, under the case's range, that the value lies where the other deal is the choice.
    below, above
        Indices of the deals chosen below and above ``flips_at``; the same when it does not flip.
    source
        What the parameter's range rests on.
    """

    parameter: str
    weight: float
    measure: str
    flips_at: float | None
    chance_beyond: float
    below: int
    above: int
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Which deals hold, for whom, how sure, and what it hinges on; enough to make it again."""

    version: str
    case: Case
    case_hash: str
    record_hash: str | None
    seed: int
    futures: int
    possible: int
    screened: int
    deals: tuple[DealView, ...]
    picks: tuple[Pick, ...]
    outlook: Outlook
    hinges: tuple[Hinge, ...]
