"""What a case is: what an analyst edits and defends before a game can be played.

Symbols and units are those of the model page of the documentation. Nothing here has a value
without a source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

SourceKind = Literal["claim", "base-rate", "judgement", "published", "assumption"]

DistributionKind = Literal[
    "uniform", "loguniform", "triangular", "pert", "beta", "normal", "lognormal", "quantiles"
]

Availability = Literal["in-force", "available", "off-the-table"]
"""How a level stands today: in force already, open to a deal, or such that no deal may have it."""

SHAPES: dict[DistributionKind, tuple[str, ...]] = {
    "uniform": (),
    "loguniform": (),
    "triangular": ("likeliest",),
    "pert": ("likeliest",),
    "beta": ("a", "b"),
    "normal": ("mean", "deviation"),
    "lognormal": ("mean of the logarithm", "its deviation"),
    "quantiles": (),
}
"""The numbers in ``shape`` of each kind of distribution."""

SCALAR_PARAMETERS: dict[str, str] = {
    "delta": "factor per period",
    "x0": "share of the good",
    "crisis": "chance per period of peace",
    "hold": "chance",
    "fight_c": "share of the good",
    "fight_p": "share of the good",
    "shock_mean": "share of the good",
    "shock_scale": "share of the good",
    "war_win_c": "chance per period",
    "war_win_p": "chance per period",
    "war_freeze": "chance per period",
    "war_cost_c": "share of the good, flow",
    "war_cost_p": "share of the good, flow",
}
"""The parameters that a case has once, with their units; their meanings: `foedus.case.meanings`."""

GUARANTOR_PARAMETERS: dict[str, str] = {
    "fight_g": "share of the good",
    "war_support": "share of the good, flow",
    "stake_mean": "worth of the whole good",
    "stake_scale": "worth of the whole good",
}
"""The parameters that a case has once for each guarantor, with their units."""

EFFECT_UNIT = "times the effects given"
"""The unit of ``effect``, the parameter that a case has once for each provision."""

SCALAR_EFFECTS = ("share", "value_c", "value_p", "denial", "punish", "provoke", "crisis", "delay")
GUARANTOR_EFFECTS = ("help", "harm", "cost", "renege", "risk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a value comes from.

    ``refs`` are entry ids of the record (kind ``claim``), base-rate ids, or citations; ``why`` is a
    plain sentence, never empty. Of a judgement, ``by`` says whose it is and ``date`` of what day;
    empty and None where that is not told, and for all other kinds.
    """

    kind: SourceKind
    refs: tuple[str, ...]
    why: str
    by: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """What a parameter may be, never below ``low`` or above ``high`` (which may be equal).

    Parameters
    ----------
    kind
        Its form.
    low, high
        The least and the most that it may be.
    shape
        What else makes it, as `SHAPES` names it for each kind: the likeliest value of a triangular
        or a PERT distribution, the two exponents of a beta, mean and standard deviation of a normal
        or (of the logarithm) a lognormal one before what lies beyond the ends was cut off.
    quantiles
        For the kind of that name: pairs of a chance and the value that is not exceeded with it,
        from chance 0 (``low``) to chance 1 (``high``).
    """

    kind: DistributionKind
    low: float
    high: float
    shape: tuple[float, ...] = ()
    quantiles: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One uncertain input; ``of`` names the guarantor or the provision it belongs to, if any.

    ``name`` is one of SCALAR_PARAMETERS (``of`` None), GUARANTOR_PARAMETERS (``of`` a guarantor) or
    ``effect`` (``of`` a provision's id: the multiplier on its effects).
    """

    name: str
    of: str | None
    distribution: Distribution
    unit: str
    source: Source

    @property
    def key(self) -> str:
        """Its name in a table of futures: ``hold``, ``fight_g[Ardal]``."""
        return self.name if self.of is None else f"{self.name}[{self.of}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Levels of another provision that a level needs, one of them, or cannot stand beside."""

    provision: str
    levels: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One way to fill a provision.

    Parameters
    ----------
    name, title
        The word for it in the case, and what it is.
    effects
        In the model's units, zero unless given. A key is a name of SCALAR_EFFECTS, or ``(name,
        guarantor)`` with a name of GUARANTOR_EFFECTS; ``delay`` is in periods.
    source
        Where the effects come from.
    requires, excludes
        What a deal with this level must have beside it, one level of each tie, and what it must
        not have. A deal that breaks one is no deal: it is never solved.
    condition, expires_years
        What the level hangs on, in words, and how long it lasts; empty and None where nothing is
        said. The game knows neither: it takes the condition as met and the level as lasting, which
        is said wherever a case is shown.
    """

    name: str
    title: str
    effects: dict[str | tuple[str, str], float]
    source: Source
    requires: tuple[Tie, ...] = ()
    excludes: tuple[Tie, ...] = ()
    condition: str = ""
    expires_years: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One part of a deal: a choice among levels, the first of which does nothing.

    Parameters
    ----------
    id, title
        The word for it in the case, and what it is.
    levels
        From the deal without it upwards.
    excluded
        The levels that no deal may have, each with the reason (off the table ...).
    present
        The level that is in force already, with what says so; at most one, with no delay. A deal
        without it gives it up.
    borne_by
        The parties that bear it, if that is told: then no other guarantor has a cost of it, in
        peace or in backing out.
    """

    id: str
    title: str
    levels: tuple[Level, ...]
    excluded: dict[str, Source]
    present: dict[str, Source] = field(default_factory=dict)
    borne_by: tuple[str, ...] = ()

    def availability(self, level: str) -> Availability:
        """Say how the level of this name stands today."""
        if level in self.excluded:
            return "off-the-table"
        return "in-force" if level in self.present else "available"


@dataclass(frozen=True, slots=True, kw_only=True)
class RedLine:
    """Levels of a provision that a party says it will not have, and where it said so.

    A red line does not remove a deal; the answer says which red lines each deal crosses. One that
    is not ``active`` was switched off by whoever answers for the case, who says ``why``: the answer
    passes over it and says so.
    """

    party: str
    provision: str
    levels: tuple[str, ...]
    source: Source
    active: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What a deal must reach in a future to count as good there: chances 0..1 by the horizon."""

    alpha_least: float = 0.5
    survive_least: float = 0.8
    window_risk_most: float = 0.1
    direct_war_most: float = 0.1
    security_least: float = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A conflict as the game sees it.

    Every guarantor has each of GUARANTOR_PARAMETERS, every provision has an ``effect`` parameter,
    and each of SCALAR_PARAMETERS is there once. ``hash`` in answers is of the case's YAML text.
    """

    title: str
    challenger: str
    protected: str
    guarantors: tuple[str, ...]
    period_years: float
    horizon_years: float
    parameters: tuple[Parameter, ...]
    provisions: tuple[Provision, ...]
    red_lines: tuple[RedLine, ...]
    criteria: Criteria
    record_hash: str | None
    notes: tuple[str, ...]
