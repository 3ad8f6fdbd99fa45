"""What an answer says: numbers over futures, each ready to be shown and traced.

Every figure of a deal counts only the futures in which that deal was solved. "Given agreement"
means: had all parties signed it in that future, whatever they think of it there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.answer.compared import Change, Cheapest, Group, Heading, Makeup, RedLines
    from foedus.answer.uncertainty_values import Stretch, Uncertainty
    from foedus.case.values import Case, Level, Parameter, Provision, Source
    from foedus.search.values import Deal


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A quantity over futures: its mean, and the 5 % and 95 % quantiles between futures.

    The mean of a lopsided quantity can lie outside the two: a deal that holds in one future out of
    fifty has a mean above nought and both quantiles at nought.
    """

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
        By how much it prefers the deal, once signed, to going on; in shares of the good. None for
        a guarantor, whose stake is private.
    cost
        A guarantor's discounted cost given agreement; None for the others.
    direct_war
        A guarantor's chance of direct war with the challenger by the horizon, given agreement.
    regret
        Mean over futures of the best this party could have got there by putting a kept deal on
        the table, or none, less what putting this one there gets it: ``agree`` times its margin,
        for a deal that somebody refuses changes nothing. In shares of the good; None for a
        guarantor.
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
    short
        The few of them by which one knows it from the other deals told.
    parts
        Pairs of provision title and level title, those that do something.
    parties
        Challenger, protected, then the guarantors.
    binding
        The party least likely to accept.
    robustness
        Share of futures in which every criterion of the case holds, 0..1.
    both_accept
        Share of futures in which challenger and protected state both accept, 0..1.
    agree
        Chance that every party accepts.
    survive, window_risk, direct_any, security
        As in `foedus.search.values.Outcomes`, given agreement, by the last of the years told.
    survival_curve
        (year, estimate) pairs, given agreement.
    ends
        (name, estimate) pairs in the order of `foedus.search.values.ENDS`, whether or not the
        parties agree; the first, ``holds``, is the chance of a lasting agreement.
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
    both_accept: float
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
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A deal named for a reason, which is always somebody's.

    Parameters
    ----------
    measure
        On what it is best, and among which deals.
    whose
        For whom that is the measure.
    deal
        Its index.
    value
        What it scores on the measure.
    """

    measure: str
    whose: str
    deal: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Where the conflict is heading: the seven ends without a deal, and with those worth a look.

    Parameters
    ----------
    no_deal
        (year, (name, estimate) pairs) at each of the years told.
    likely
        Index of the likely deal; None when no deal kept is accepted by both sides in any future.
    method
        How the likely deal was picked, in a sentence or two.
    acceptable
        How many of the deals told both sides can expect to gain by: those it was picked from.
    gains
        (party, what it can expect of the likely deal), in shares of the good.
    headings
        Without a deal, with the likely one, and with the first of each group that was picked: how
        it ends by year, and what that hangs on.
    """

    no_deal: tuple[tuple[float, tuple[tuple[str, Estimate], ...]], ...]
    likely: int | None
    method: str
    acceptable: int = 0
    gains: tuple[tuple[str, float], ...] = ()
    headings: tuple[Heading, ...] = ()


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
        Which measure, in the words of the pick whose deal is today's choice.
    gain
        By how much a choice made on the right side of ``flips_at`` beats today's choice on the
        measure, over all futures, as found in futures that had no part in finding it; 0 when it
        does not flip.
    flips_at
        The value at which another deal becomes the choice; None when none does within its range.
    chance_beyond
        Chance, under the case's range, that the value lies where the other deal is the choice;
        0 when it does not flip.
    below, above
        Indices of the deals chosen below and above ``flips_at``; the same when it does not flip.
    source
        What the parameter's range rests on.
    stretches, central
        The choice along the range of the parameter, as games played anew with it fixed tell:
        on average over what all others may be, and with them at their medians. Empty where nothing
        was played anew; then ``flips_at`` is estimated from the futures at hand.
    """

    parameter: str
    weight: float
    measure: str
    gain: float
    flips_at: float | None
    chance_beyond: float
    below: int
    above: int
    source: Source
    stretches: tuple[Stretch, ...] = ()
    central: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What a figure of a deal rests on; each part carries its source.

    Parameters
    ----------
    figure
        Its name: a key of `foedus.answer.FIGURES`.
    meaning
        What it means, in a sentence.
    parameters
        The uncertain inputs it can change with, in the case's order.
    levels
        The provisions of the deal and the levels taken that do something to it.
    """

    figure: str
    meaning: str
    parameters: tuple[Parameter, ...]
    levels: tuple[tuple[Provision, Level], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Which deals hold, for whom, how sure, and what it hinges on; enough to make it again.

    Parameters
    ----------
    deals
        Those kept and solved, the most robust first, then by the chance of a lasting agreement.
    bare
        Index of the bare deal, a stop to the fighting and nothing else; None when unsolved.
    unsolved
        Names of the kept deals that were solved in no future, and so are told nowhere else.
    picks
        One deal for each measure that any deal reaches; never one best deal.
    red_line_free
        Whether some deal told here crosses no red line.
    collisions
        Smallest sets of red lines, as indices into the case's, that no deal the case allows can
        respect together; empty when one can respect them all.
    red_lines
        What the red lines leave, and what giving some up would open.
    groups
        The deals told, those that come out alike together, in the order told.
    makeups
        What each provision of some deals adds.
    cheapest, changes
        The cheapest deals that reach a target, and what would make deals acceptable.
    compared, whole
        How many deals were solved in all futures, and so compared for these; whether that is every
        deal the case allows.
    uncertainty
        What was found by playing more games on the deals told; None where none was played, or
        where nothing is ever agreed.
    """

    version: str
    case: Case
    case_hash: str
    record_hash: str | None
    seed: int
    futures: int
    possible: int
    screened: int
    deals: tuple[DealView, ...]
    bare: int | None
    unsolved: tuple[str, ...]
    picks: tuple[Pick, ...]
    outlook: Outlook
    hinges: tuple[Hinge, ...]
    red_line_free: bool
    collisions: tuple[tuple[int, ...], ...]
    uncertainty: Uncertainty | None = None
    red_lines: RedLines | None = None
    groups: tuple[Group, ...] = ()
    makeups: tuple[Makeup, ...] = ()
    cheapest: tuple[Cheapest, ...] = ()
    changes: tuple[Change, ...] = ()
    compared: int = 0
    whole: bool = False
