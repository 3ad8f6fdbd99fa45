"""What an answer says of its own doubts: values, each ready to be shown and traced.

All are about today's choice, the deal most likely to be agreed and to hold, unless told otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from foedus.case.values import Case
    from foedus.ids import EntryId, ReportId
    from foedus.search.values import Deal, Futures, Outcomes

    Play = Callable[[Case, Sequence[Deal], Futures], Outcomes]
    """Plays each deal of a case in each future: `foedus.search.solving`, handed in from outside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One side, or both, of a box.

    Parameters
    ----------
    parameter
        Its key.
    low, high
        Futures in the box have it at ``low`` or more and ``high`` or less; None where free.
    quasi_p
        How likely the limit is to be chance, 0..1.
    agreed
        In which share of boxes found anew in random halves of the futures it comes back.
    """

    parameter: str
    low: float | None
    high: float | None
    quasi_p: float
    agreed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Limits that fence in where something comes about, as futures tell that did not find them.

    Parameters
    ----------
    limits
        The one that matters most first.
    coverage
        Share of all futures where it comes about that lie in the box.
    density
        Share of the futures in the box where it comes about.
    mass
        Share of all futures that lie in the box.
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """In which futures a deal fails its criteria, or meets them all.

    Parameters
    ----------
    deal
        Its index.
    outcome
        ``fails`` some criterion, or ``meets`` them all.
    criterion
        Which one it fails, a name of `foedus.search.values.CRITERIA_TOLD`; None for any of them.
    share
        Share of futures in which it does.
    futures
        How many it was looked for in; those where the game was not solved are left out.
    boxes
        Each found in the futures that no box before it holds; empty where none is clear of chance.
    """

    deal: int
    outcome: Literal["fails", "meets"]
    criterion: str | None
    share: float
    futures: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Sobol indices of one parameter or group, with half-widths of their 95 % intervals.

    ``first`` is the share of the variance that knowing it alone would take away; ``total`` the
    share that would be left if all else were known. Both lie in 0..1 but for their errors.
    """

    of: str
    first: float
    first_half: float
    total: float
    total_half: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Indices:
    """What makes one measure of one deal vary between futures.

    Parameters
    ----------
    deal, measure
        The deal's index, and a name of `foedus.answer.sobol.MEASURES`.
    mean, deviation
        Of the measure over futures.
    parameters, groups
        The highest total first.
    """

    deal: int
    measure: str
    mean: float
    deviation: float
    parameters: tuple[Index, ...]
    groups: tuple[Index, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowing:
    """What it is worth to know something before choosing.

    ``of`` is a parameter's key, the name of a group, or ``everything``; ``parameters`` are the keys
    it stands for. ``value`` is by how much the chance of a lasting agreement would rise on average,
    ``error`` its standard error.
    """

    of: str
    parameters: tuple[str, ...]
    value: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The values of a parameter from ``low`` to ``high`` where one deal is the choice.

    ``deal`` is its index, None where nothing is ever agreed; ``chance`` how likely such a value is.
    """

    low: float
    high: float
    deal: int | None
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What the answer would be had one report, or one entry of the record, not been there.

    Parameters
    ----------
    report, entries
        The report, and the entries of the record that rest on it alone.
    parameters
        Keys of those that fell back to the library's range.
    reopened
        Pairs of provision and level that nothing would rule out any more.
    red_lines
        Indices of the case's red lines that nobody would have drawn.
    deal, name
        The choice without it, as levels and in words.
    changes
        Whether that is another than today's, clear of chance and by enough to matter.
    gain
        By how much it then beats today's choice on the chance of a lasting agreement.
    robustness_before, robustness
        In which share of futures the choice meets every criterion, with the report and without.
    collisions_before, collisions
        How many smallest sets of red lines collide, with the report and without.
    enough
        The single entries that would do by themselves what ``changes`` says; empty if none.
    """

    report: ReportId
    entries: tuple[EntryId, ...]
    parameters: tuple[str, ...]
    reopened: tuple[tuple[str, str], ...]
    red_lines: tuple[int, ...]
    deal: Deal
    name: str
    changes: bool
    gain: float
    robustness_before: float
    robustness: float
    collisions_before: int
    collisions: int
    enough: tuple[EntryId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """What an answer says of its own doubts.

    Parameters
    ----------
    deal
        Today's choice, as an index.
    futures
        In how many it was looked at for this.
    multiple_share, failed_share
        Shares of pairs of a kept deal and a future with several equilibria, and unsolved.
    discoveries, indices
        Where it fails and where it meets every criterion; what makes its measures vary.
    knowing, groups, everything
        What knowing one parameter, a group of them, or all is worth; the most worth first.
    dropped
        What the answer would be without each report, the largest change first; None where that
        was not looked at.
    untried
        How many reports it was not looked at for, to keep within the time.
    """

    deal: int
    futures: int
    multiple_share: float
    failed_share: float
    discoveries: tuple[Discovery, ...]
    indices: tuple[Indices, ...]
    knowing: tuple[Knowing, ...]
    groups: tuple[Knowing, ...]
    everything: Knowing | None
    dropped: tuple[Dropped, ...] | None = None
    untried: int = 0
