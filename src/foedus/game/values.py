"""What the game is played with and what comes out: frozen values, checked where they are born.

A deal is one `Effects` for each provision; a `Future` is one draw of every uncertain parameter.
Symbols and units are those of the page ``docs/theory/game.md``: the disputed good has size 1, time
runs in periods, chances lie in 0..1, and a cost or worth is a share of the good.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from foedus.errors import Fault, GameError

EFFECT_VECTORS = ("help", "harm", "cost", "renege", "risk")
"""The effects that a level has once for each guarantor."""

FUTURE_VECTORS = ("fight_g", "war_support", "stake_mean", "stake_scale")
"""The parameters that a future has once for each guarantor."""

LARGEST = 1e12
"""The good has size 1: a number beyond this is a slip, and what follows might not fit a float."""

LONGEST_DELAY = 10_000
"""In periods: far beyond any horizon, and few enough to walk through."""

CHANCES = ("x0", "hold", "war_win_c", "war_win_p", "war_freeze")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What one level of a provision does; zero unless given.

    Parameters
    ----------
    share
        Added to the challenger's share of the good.
    value_c, value_p
        Flow values to challenger and protected state other than the share.
    denial
        Added to the chance that the protected state holds alone.
    punish
        Automatic cost to the challenger of any challenge.
    provoke
        Flow cost to the challenger of living with it.
    crisis
        Added to the logarithm of the crisis rate.
    help
        For each guarantor: the part of the protected state's shortfall that it closes by fighting.
    harm
        For each guarantor: the cost to the challenger if it fights.
    cost
        For each guarantor: its flow cost in peace.
    renege
        For each guarantor: its cost of not honouring.
    risk
        For each guarantor: added to its cost of fighting.
    delay
        Whole periods until it is in force, 0 to 10,000.

    A vector that is left empty is zero for every guarantor.

    Raises
    ------
    GameError
        With every field that is not finite, or so large that it must be a slip, or cannot be.
    """

    share: float = 0.0
    value_c: float = 0.0
    value_p: float = 0.0
    denial: float = 0.0
    punish: float = 0.0
    provoke: float = 0.0
    crisis: float = 0.0
    help: tuple[float, ...] = ()
    harm: tuple[float, ...] = ()
    cost: tuple[float, ...] = ()
    renege: tuple[float, ...] = ()
    risk: tuple[float, ...] = ()
    delay: int = 0

    def __post_init__(self) -> None:
        """Refuse a level that no game can be played with."""
        faults = _not_finite(self)
        delay = self.delay
        if math.isfinite(delay) and not (delay == int(delay) and 0 <= delay <= LONGEST_DELAY):
            must = f"be a whole number of periods, 0 to {LONGEST_DELAY}"
            faults.append(Fault(at="delay", found=self.delay, must=must))
        lengths = {name: len(getattr(self, name)) for name in EFFECT_VECTORS}
        if len(set(lengths.values()) - {0}) > 1:
            must = "have one number for each guarantor, the same count in all"
            faults.append(Fault(at="the vectors' lengths", found=lengths, must=must))
        if faults:
            raise GameError("effects", tuple(faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Future:
    """One draw of every uncertain parameter.

    Parameters
    ----------
    period_years, horizon_years
        The length of a period, and how far the outcomes look; a whole number of periods.
    delta
        Discount factor per period, 0 or more and below 1.
    x0
        The challenger's share of the good at the line of contact, 0..1.
    crisis
        Chance that a crisis arises in a period of peace, before provisions; 0 or more.
    hold
        Chance that the protected state alone keeps its share if attacked, 0..1.
    fight_c, fight_p
        Cost of a new war to challenger and protected state.
    shock_mean, shock_scale
        The challenger's private cost of acting in a crisis: logistic; the scale above 0.
    war_win_c, war_win_p, war_freeze
        Chances per period that the present war ends in the challenger's victory, in the protected
        state's, or stops at the line with no deal; together at most 1.
    war_cost_c, war_cost_p
        Flow costs of the present war.
    fight_g
        For each guarantor: its cost of fighting.
    war_support
        For each guarantor: its flow cost of support in the present war.
    stake_mean, stake_scale
        For each guarantor: its private stake, logistic; what the protected state's holding the
        whole good is worth to it. The scale above 0.
    effect
        For each provision of the deal: the multiplier on how well it works.

    Raises
    ------
    GameError
        With every field that is not finite, or so large that it must be a slip, or out of range.
    """

    period_years: float
    horizon_years: float
    delta: float
    x0: float
    crisis: float
    hold: float
    fight_c: float
    fight_p: float
    shock_mean: float
    shock_scale: float
    war_win_c: float
    war_win_p: float
    war_freeze: float
    war_cost_c: float
    war_cost_p: float
    fight_g: tuple[float, ...]
    war_support: tuple[float, ...]
    stake_mean: tuple[float, ...]
    stake_scale: tuple[float, ...]
    effect: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse a future that no game can be played in."""
        faults = _not_finite(self)
        for name in CHANCES:
            if not 0 <= getattr(self, name) <= 1:
                _add(faults, name, getattr(self, name), "lie between 0 and 1")
        if not 0 <= self.delta < 1:
            _add(faults, "delta", self.delta, "be 0 or more and below 1")
        if not self.crisis >= 0:
            _add(faults, "crisis", self.crisis, "be 0 or more")
        scales = {f"stake_scale[{k}]": scale for k, scale in enumerate(self.stake_scale)}
        for at, scale in {"shock_scale": self.shock_scale, **scales}.items():
            if not scale > 0:
                _add(faults, at, scale, "be above 0")
        ends = self.war_win_c + self.war_win_p + self.war_freeze
        if not ends <= 1 + 1e-12:
            _add(faults, "war_win_c + war_win_p + war_freeze", ends, "be at most 1")
        lengths = {name: len(getattr(self, name)) for name in FUTURE_VECTORS}
        if len(set(lengths.values())) > 1:
            must = "have one number for each guarantor, the same count in all"
            _add(faults, "the vectors' lengths", lengths, must)
        faults += _time_faults(self.period_years, self.horizon_years)
        if faults:
            raise GameError("future", tuple(faults))

    @property
    def guarantors(self) -> int:
        """K, how many guarantors there are."""
        return len(self.fight_g)

    @property
    def periods(self) -> int:
        """T, how many periods the horizon has."""
        return round(self.horizon_years / self.period_years)

    @property
    def stay(self) -> float:
        """The chance per period that the present war goes on."""
        return max(0.0, 1 - self.war_win_c - self.war_win_p - self.war_freeze)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """The chances of the seven ends by the horizon; they add to 1.

    The settlement holds; it breaks and at least one guarantor fights; it breaks and none does; no
    deal, and the war is still on, froze, the challenger prevailed, the protected state prevailed.
    """

    holds: float
    breaks_fight: float
    breaks_alone: float
    war_on: float
    frozen: float
    c_prevails: float
    p_prevails: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """The equilibrium that was found and not chosen."""

    pi: tuple[tuple[float, ...], ...]
    survive: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The equilibrium of one deal in one future, and what follows from it.

    Parameters
    ----------
    guarantors, window, periods
        K; n, the periods until every provision is in force; T, the periods to the horizon.
    starts
        n_i for each stage.
    x, y_c, y_p
        The challenger's share under the deal, and the peace flows.
    mu, p0, act
        For each stage: the chance of a crisis, the chance that the protected state holds alone, and
        A, what a challenge is worth to the challenger before its private cost.
    shortfall, cut, pi
        For each stage and guarantor: D, what it adds to the chance of holding; s*, the stake from
        which it honours; and the chance, in the challenger's eyes, that it does.
    alpha
        For each guarantor: the chance that it accepts.
    refuse_from, refuse_to
        For each guarantor: s1 and s2, the ends of the open interval of stakes that refuse; both nan
        when none does.
    wait
        Y, the worth to the challenger of not acting once all provisions are in force.
    q, q_ever, q_window
        The chance of a challenge per period in force; Q, its discounted chance ever; and the chance
        in each period of the window.
    value_c, value_c_in_force, war_value_c, value_p, war_value_p
        V_C at the start and once all is in force, W_C, V_P, W_P.
    accept_c, accept_p, agree
        Whether challenger and protected state accept, and the chance that all do.
    survive, window_risk
        Given agreement: the chance that the settlement still holds at the horizon, and of a
        challenge within the window.
    direct, direct_any
        Given agreement: for each guarantor the chance of direct war with the challenger by the
        horizon, and of any guarantor's.
    security
        The protected state's value over that of peace for ever; 0 where the latter is not above 0.
    cost, cost_total
        For each guarantor: discounted cost of the deal in peace, and with expected fighting and
        reneging.
    ends
        The chances of the seven ends by the horizon.
    converged, multiple, residual, other
        Whether the fixed point was found from both starts; whether two were found; by how much pi
        fails to reproduce itself; the equilibrium not chosen, if any.
    """

    guarantors: int
    window: int
    periods: int
    starts: tuple[int, ...]
    x: float
    y_c: float
    y_p: float
    mu: tuple[float, ...]
    p0: tuple[float, ...]
    act: tuple[float, ...]
    shortfall: tuple[tuple[float, ...], ...]
    cut: tuple[tuple[float, ...], ...]
    pi: tuple[tuple[float, ...], ...]
    alpha: tuple[float, ...]
    refuse_from: tuple[float, ...]
    refuse_to: tuple[float, ...]
    wait: float
    q: float
    q_ever: float
    q_window: tuple[float, ...]
    value_c: float
    value_c_in_force: float
    war_value_c: float
    value_p: float
    war_value_p: float
    accept_c: bool
    accept_p: bool
    agree: float
    survive: float
    window_risk: float
    direct: tuple[float, ...]
    direct_any: float
    security: float
    cost: tuple[float, ...]
    cost_total: tuple[float, ...]
    ends: Ends
    converged: bool
    multiple: bool
    residual: float
    other: Other | None


def _not_finite(value: Effects | Future) -> list[Fault]:
    """Return a fault for each number in ``value`` that is NaN, infinite, or far too large."""
    faults: list[Fault] = []
    for field in fields(value):
        held = getattr(value, field.name)
        numbers = (
            {f"{field.name}[{k}]": number for k, number in enumerate(held)}
            if isinstance(held, tuple)
            else {field.name: held}
        )
        for at, number in numbers.items():
            if not math.isfinite(number):
                _add(faults, at, number, "be a finite number")
            elif abs(number) > LARGEST:
                _add(faults, at, number, f"lie between -{LARGEST:g} and {LARGEST:g}")
    return faults


def _time_faults(period_years: float, horizon_years: float) -> list[Fault]:
    """Return what is wrong with the length of a period and of the horizon."""
    faults: list[Fault] = []
    if not period_years > 0:
        _add(faults, "period_years", period_years, "be above 0")
    if not horizon_years > 0:
        _add(faults, "horizon_years", horizon_years, "be above 0")
    if not faults and math.isfinite(horizon_years / period_years):
        periods = horizon_years / period_years
        if round(periods) < 1 or abs(periods - round(periods)) > 1e-9 * periods:
            _add(faults, "horizon_years", horizon_years, f"be whole periods of {period_years}")
    return faults


def _add(faults: list[Fault], at: str, found: object, must: str) -> None:
    """Add one fault to the list."""
    faults.append(Fault(at=at, found=found, must=must))
