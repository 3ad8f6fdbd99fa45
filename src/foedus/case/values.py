"""What a case is: what an analyst edits and defends before a game can be played.

Symbols and units are those of the model page of the documentation. Nothing here has a value
without a source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SourceKind = Literal["claim", "base-rate", "judgement", "published", "assumption"]

DistributionKind = Literal[
    "uniform", "loguniform", "triangular", "pert", "beta", "normal", "lognormal", "quantiles"
]

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
    "delta": "discount factor per period",
    "x0": "share of the good that the challenger holds",
    "crisis": "crises per period of peace",
    "hold": "chance that the protected state holds alone",
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
"""The parameters that a case has once, with their units."""

GUARANTOR_PARAMETERS: dict[str, str] = {
    "fight_g": "share of the good",
    "war_support": "share of the good, flow",
    "stake_mean": "worth of the whole good to the guarantor",
    "stake_scale": "worth of the whole good to the guarantor",
}
"""The parameters that a case has once for each guarantor."""

EFFECT_UNIT = "times the effects given"
"""The unit of ``effect``, the parameter that a case has once for each provision."""

SCALAR_EFFECTS = ("share", "value_c", "value_p", "denial", "punish", "provoke", "crisis", "delay")
GUARANTOR_EFFECTS = ("help", "harm", "cost", "renege", "risk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a value comes from.

    ``refs`` are entry ids of the record (kind ``claim``), base-rate ids, or citations; ``why`` is a
    plain sentence, never empty.
    """

    kind: SourceKind
    refs: tuple[str, ...]
    why: str


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
class Level:
    """One way to fill a provision: ``effects`` in the model's units, zero unless given.

    A key is a name of SCALAR_EFFECTS, or ``(name, guarantor)`` with a name of GUARANTOR_EFFECTS;
    ``delay`` is in periods.
    """

    name: str
    title: str
    effects: dict[str | tuple[str, str], float]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One part of a deal: a choice among levels, the first of which does nothing.

    ``excluded`` maps the names of levels that no deal may have to the reason (off the table ...).
    """

    id: str
    title: str
    levels: tuple[Level, ...]
    excluded: dict[str, Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedLine:
    """Levels of a provision that a party says it will not have, and where it said so.

    A red line does not remove a deal; the answer says which red lines each deal crosses.
    """

    party: str
    provision: str
    levels: tuple[str, ...]
    source: Source


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
