"""One crisis of a solved pair as a finite game, for tools that check equilibria of such games.

Types are put on a grid, with a type exactly at each cut-off; what comes before the crisis and what
follows it enters as payoffs, as the equilibrium has it. In the finite game the equilibrium's plan
must then be one too: nobody, whatever its type, gains by acting otherwise.

The order of moves is: the stakes are drawn; challenger, protected state and guarantors accept or
refuse, none knowing what the others do; if all accept there may be a crisis, in which the cost of
acting is drawn and the challenger acts or waits; if it acts, each guarantor honours or abandons. A
refusal ends the game at once, so that each accepts or refuses as if it hung on it alone: that all
refuse is an equilibrium too, and a trivial one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.errors import Fault, GameError
from foedus.game.cells import Cell, cells
from foedus.game.logistic import surplus
from foedus.game.solve import solve
from foedus.game.stages import Stage, Terms, terms
from foedus.game.war import War, war

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.game.values import Effects, Future, Solution

REACHED = 1e-9
"""If a guarantor accepts with less than this chance the crisis is as good as never reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder:
    """A type of a guarantor: its stake, what the plan has it do, and what is fixed for it.

    ``war`` is what a refusal brings it, ``before`` what comes before the crisis, ``peace`` what it
    has in all if the crisis passes.
    """

    cell: Cell
    accepts: bool
    honours: bool
    war: float
    before: float
    peace: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """A cost of acting, and whether the plan has the challenger act at it."""

    cell: Cell
    acts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Challenger or protected state: as for a stakeholder, with no type."""

    accepts: bool
    war: float
    before: float
    peace: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The cut-offs of an equilibrium in one period.

    For each party to the deal the types that refuse (None: nobody) and the stake from which it
    honours; the highest cost at which the challenger acts.
    """

    refusing: tuple[tuple[float, float] | None, ...]
    honour_from: tuple[float, ...]
    acts_to: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Crisis:
    """A crisis in ``period``, as a finite game with the equilibrium's plan.

    ``parties`` are the guarantors that are party to the deal, by number; ``weight`` is that of a
    value in this period, discounted and with the chance that it is reached.
    """

    period: int
    parties: tuple[int, ...]
    types: tuple[tuple[Stakeholder, ...], ...]
    shocks: tuple[Shock, ...]
    challenger: Side
    protected: Side
    weight: float
    future: Future
    terms: Terms
    stage: Stage

    def after(
        self, drawn: Sequence[Stakeholder], shock: Shock, fights: Sequence[bool]
    ) -> tuple[float, ...]:
        """Return everybody's payoff if the challenger acts and these guarantors fight."""
        stage, rest, f = self.stage, 1 - self.terms.x, self.future
        hold = stage.p0 + sum(
            stage.gap[k] for k, fight in zip(self.parties, fights, strict=True) if fight
        )
        harm = sum(stage.harm[k] for k, fight in zip(self.parties, fights, strict=True) if fight)
        challenger = self.terms.x + (1 - hold) * rest - f.fight_c - stage.punish - harm
        return (
            self.challenger.before + self.weight * (challenger - shock.cell.at),
            self.protected.before + self.weight * (hold * rest - f.fight_p),
            *(
                one.before
                + self.weight
                * (one.cell.at * rest * hold - (stage.fight[k] if fight else stage.renege[k]))
                for one, k, fight in zip(drawn, self.parties, fights, strict=True)
            ),
        )

    @property
    def size(self) -> int:
        """How many nodes the game's tree has."""
        parties: int = len(self.parties)
        types = math.prod(map(len, self.types))
        acted: int = 2 ** (parties + 1) - 1  # the moves of those who may fight, and their ends
        drawn = sum(math.prod(map(len, self.types[:i])) for i in range(parties))
        return drawn + types * (2 * (2 + parties) + 2 + len(self.shocks) * (2 + acted))


def crisis(
    deal: Sequence[Effects], future: Future, *, period: int = 1, types: int = 8, shocks: int = 6
) -> Crisis:
    """Return the crisis of one period under the equilibrium of ``deal`` in ``future``.

    Parameters
    ----------
    deal, future
        As `foedus.game.solve` takes them.
    period
        Counted from the agreement. The first one after the window stands for all later ones.
    types, shocks
        Equally likely cells of each guarantor's stakes and of the challenger's cost, at least 1;
        cut-offs cut some of them further.

    Raises
    ------
    GameError
        When the period is none of these, the equilibrium was not found, or a guarantor is as good
        as sure to refuse.
    """
    solution = solve(deal, future)
    _refuse_unplayable(solution, period=period, types=types, shocks=shocks)
    equilibrium = Solved(terms=terms(deal, future), future=future, solution=solution)
    return discretised(equilibrium, plan(equilibrium, period), period, types=types, shocks=shocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """A deal in a future with its equilibrium, and what it is worth as time goes by."""

    terms: Terms
    future: Future
    solution: Solution

    @property
    def parties(self) -> tuple[int, ...]:
        """The guarantors that are party to the deal, by number."""
        return tuple(k for k, party in enumerate(self.terms.parties) if party)

    @property
    def rates(self) -> tuple[float, ...]:
        """The chance of a challenge in each period of the window, and in each one after it."""
        return (*self.solution.q_window, self.solution.q)

    def stage(self, period: int) -> int:
        """Return the number of the stage that ``period`` lies in."""
        window = self.terms.window
        return window[period - 1] if period <= len(window) else len(self.terms.stages) - 1

    def weight(self, period: int) -> float:
        """Return the weight of a value in ``period``: discounted, and with the chance of reach."""
        return math.prod(self.future.delta * (1 - q) for q in self.rates[: period - 1])

    def waits(self, values: Sequence[float], flow: float, period: int) -> float:
        """Return what it is worth that ``period`` passes, ``values`` being those of the periods."""
        later = values[min(period, len(values) - 1)]
        return (1 - self.future.delta) * flow + self.future.delta * later

    def side(
        self, values: Sequence[float], flow: float, period: int, *, war: float, accepts: bool = True
    ) -> Side:
        """Return what is fixed for somebody with these ``values`` and ``flow`` in ``period``."""
        before = values[0] - self.weight(period) * values[period - 1]
        peace = before + self.weight(period) * self.waits(values, flow, period)
        return Side(accepts=accepts, war=war, before=before, peace=peace)

    def challenger_values(self) -> tuple[float, ...]:
        """Return V_C in each period of the window, and after it."""
        values = [self.solution.value_c_in_force]
        for i in reversed(self.terms.window):
            delta = self.future.delta
            wait = (1 - delta) * self.terms.y_c + delta * values[0]
            gain = self.solution.act[i] - self.future.shock_mean - wait
            scale = self.future.shock_scale
            values.insert(0, wait + self.terms.stages[i].mu * surplus(gain, scale))
        return tuple(values)

    def values(self, flows: Sequence[float], broken: Sequence[float]) -> tuple[float, ...]:
        """Return what flows, and what a challenge leaves, both by stage, are worth by period."""
        delta, q = self.future.delta, self.solution.q
        last = q * broken[-1] + (1 - q) * (1 - delta) * flows[-1]
        values = [last / (1 - delta + delta * q)]
        for i, rate in zip(reversed(self.terms.window), reversed(self.rates[:-1]), strict=True):
            later = (1 - delta) * flows[i] + delta * values[0]
            values.insert(0, rate * broken[i] + (1 - rate) * later)
        return tuple(values)

    def holds(self) -> tuple[float, ...]:
        """Return the chance that the protected state holds in each stage, as it is believed."""
        stages = zip(self.terms.stages, self.solution.pi, strict=True)
        return tuple(s.p0 + sum(p * d for p, d in zip(pi, s.gap, strict=True)) for s, pi in stages)


def plan(solved: Solved, period: int) -> Plan:
    """Return the cut-offs of the equilibrium in ``period``."""
    solution, stage = solved.solution, solved.stage(period)
    refused = [
        None if math.isnan(low) else (low, high)
        for low, high in zip(solution.refuse_from, solution.refuse_to, strict=True)
    ]
    wait = solved.waits(solved.challenger_values(), solved.terms.y_c, period)
    return Plan(
        refusing=tuple(refused[k] for k in solved.parties),
        honour_from=tuple(solved.terms.stages[stage].cut[k] for k in solved.parties),
        acts_to=solution.act[stage] - wait,
    )


def discretised(solved: Solved, plan: Plan, period: int, *, types: int, shocks: int) -> Crisis:
    """Return the finite game in which everybody keeps to ``plan``.

    With the plan of the equilibrium nobody gains by leaving it; with another one somebody does.
    """
    f, agreed, solution = solved.future, solved.terms, solved.solution
    outside = war(f)
    peace = [agreed.y_p] * len(agreed.stages)
    left = [hold * (1 - agreed.x) - f.fight_p for hold in solved.holds()]
    return Crisis(
        period=period,
        parties=solved.parties,
        types=tuple(
            _types(solved, outside, plan, (j, k, period), count=types)
            for j, k in enumerate(solved.parties)
        ),
        shocks=_shocks(f, plan.acts_to, shocks),
        challenger=solved.side(
            solved.challenger_values(),
            agreed.y_c,
            period,
            war=outside.value_c,
            accepts=solution.accept_c,
        ),
        protected=solved.side(
            solved.values(peace, left),
            agreed.y_p,
            period,
            war=outside.value_p,
            accepts=solution.accept_p,
        ),
        weight=solved.weight(period),
        future=f,
        terms=agreed,
        stage=agreed.stages[solved.stage(period)],
    )


def _types(
    solved: Solved, outside: War, plan: Plan, where: tuple[int, int, int], *, count: int
) -> tuple[Stakeholder, ...]:
    """Return the types of guarantor k, the j-th party, in ``where`` = (j, k, period)."""
    j, k, period = where
    mean, scale = solved.future.stake_mean[k], solved.future.stake_scale[k]
    refusing, honour_from = plan.refusing[j], plan.honour_from[j]
    rest, holds = 1 - solved.terms.x, solved.holds()
    found: list[Stakeholder] = []
    for cell in cells(mean, scale, (honour_from, *(refusing or ())), count):
        s = cell.at
        flows, broken = [], []
        for i, stage in enumerate(solved.terms.stages):
            alone = holds[i] - solved.solution.pi[i][k] * stage.gap[k]
            flows.append(s * rest - stage.cost[k])
            broken.append(
                max(
                    s * rest * (alone + stage.gap[k]) - stage.fight[k],
                    s * rest * alone - stage.renege[k],
                )
            )
        fixed = solved.side(
            solved.values(flows, broken),
            flows[solved.stage(period)],
            period,
            war=s * outside.per_stake - outside.support[k],
        )
        found.append(
            Stakeholder(
                cell=cell,
                accepts=refusing is None or not refusing[0] < cell.inside < refusing[1],
                honours=cell.inside >= honour_from,
                war=fixed.war,
                before=fixed.before,
                peace=fixed.peace,
            )
        )
    return tuple(found)


def _shocks(future: Future, acts_to: float, count: int) -> tuple[Shock, ...]:
    """Return costs of acting, with what the plan has the challenger do at each."""
    mean, scale = future.shock_mean, future.shock_scale
    return tuple(
        Shock(cell=cell, acts=cell.inside <= acts_to)
        for cell in cells(mean, scale, (acts_to,), count)
    )


def _refuse_unplayable(solution: Solution, *, period: int, types: int, shocks: int) -> None:
    """Raise with every reason why there is no crisis to look at."""
    faults: list[Fault] = []
    last = solution.window + 1
    if not 1 <= period <= last:
        must = f"lie between 1 and {last}, the first period in which all is in force"
        faults.append(Fault(at="period", found=period, must=must))
    faults += [
        Fault(at=name, found=count, must="be 1 or more")
        for name, count in (("types", types), ("shocks", shocks))
        if count < 1
    ]
    if not solution.converged:
        must = "be one that was found from both starts"
        faults.append(Fault(at="the equilibrium", found="not found", must=must))
    faults += [
        Fault(
            at=f"alpha[{k}]",
            found=alpha,
            must=f"be {REACHED:g} or more",
            do="The guarantor is as good as sure to refuse, and no crisis comes.",
        )
        for k, alpha in enumerate(solution.alpha)
        if alpha < REACHED
    ]
    if faults:
        raise GameError("a crisis to look at", tuple(faults))
