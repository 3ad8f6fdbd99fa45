"""What the answer turns on, and where it would turn.

Today's choice is the deal most likely to be agreed and to hold over all futures. A parameter is a
hinge when it explains part of how that chance varies between futures, or when knowing on which side
of some value it lies would change the choice. The value is the one whose two-sided rule gains most:
keep today's choice on one side and take the one other deal that is best on the other. The gain of
such a rule is a lower bound of what it is worth to know the parameter before choosing (EVPPI:
M. Strong, J. E. Oakley & A. Brennan, Medical Decision Making 34(3), 2014).

Where games can be played anew, the value is not estimated but found: each parameter along which the
choice may turn, by what the futures at hand tell, is set to one value after another
(`foedus.answer.turning`), in the very futures that today's choice was made in.

The largest gain among thousands of rules is large by luck alone. So each rule is found in four
fifths of the futures and its gain counted in the fifth that had no part in it; a hinge flips when
that gain is well above its standard error, and large enough to matter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.picks import LASTING, best_deal, lasting_chances
from foedus.answer.sensitivity import FEWEST, explained
from foedus.answer.told import HOLDS
from foedus.answer.turning import (
    ERRORS_CLEAR,
    GAIN_LEAST,
    Table,
    better_within,
    course,
    in_the_middle,
)
from foedus.answer.value_of_information import ranks, regress
from foedus.answer.values import Hinge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.answer.told import Told
    from foedus.answer.turning import Course
    from foedus.answer.uncertain import Sample
    from foedus.answer.uncertainty_values import Play, Stretch
    from foedus.case.values import Distribution, Parameter
    from foedus.search.values import Flags, Floats

MOST = 8
"""How many hinges are told of."""

CHANCE_OF_NOISE = 0.05
"""How likely it may be that any of the weights told is noise: the usual level, shared out over the
parameters (C. E. Bonferroni, 1936)."""

WEIGHT_LEAST = 0.02
"""A parameter that explains less is no hinge by its weight alone, however sure that is where there
are many futures. A judgement."""

RIVALS = 5
"""How many deals are played anew along a parameter: those that the fit comes nearest to choosing
somewhere, today's choice among them."""

ROUNDS = 3
"""How often deals may join those played along a parameter."""

TRIED = 8
"""Along how many parameters games are played anew: those along which most is to be gained."""

PLAYED_MOST = 1024
"""In how many of the futures of the sweep, the first ones, they are played anew at most."""

FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Take ``deal`` instead of today's choice in the futures before (or after) a place.

    Futures are in the order of the parameter; ``place`` of them come before. ``gain`` is over all
    futures, nought where the rule keeps today's choice.
    """

    deal: int
    place: int
    before: bool
    gain: float

    def where(self, count: int) -> slice:
        """Return the futures in which it takes the other deal."""
        return slice(0, self.place) if self.before else slice(self.place, count)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """Today's choice, and how it fares.

    ``lasting`` is its chance of a lasting agreement in the futures where it was ``solved`` (F,),
    ``beats`` (D, F) by how much each deal beats it, nought where either was not solved.
    """

    deal: int
    lasting: Floats
    solved: Flags
    beats: Floats


def hinges(told: Told) -> tuple[Hinge, ...]:
    """Return the hinges, the weightiest first; none where nothing is ever agreed."""
    choice = _choice(told)
    if choice is None:
        return ()
    keys = told.sweep.futures.keys
    uncertain = [p for p in told.sweep.case.parameters if p.distribution.low < p.distribution.high]
    found: list[Hinge] = []
    for parameter in uncertain:
        values = told.sweep.futures.values[:, keys.index(parameter.key)]
        weight, chance = explained(values[choice.solved], choice.lasting)
        flip = clear_rule(values, choice.beats)
        clear = chance * len(uncertain) <= CHANCE_OF_NOISE
        if clear or flip is not None:
            found.append(_hinge(parameter, values, weight, choice.deal, flip))
    ranked = sorted(found, key=lambda hinge: (hinge.flips_at is None, -hinge.weight))[:MOST]
    return tuple(sorted(ranked, key=lambda hinge: -hinge.weight))


def played_hinges(sample: Sample, play: Play) -> tuple[Hinge, ...]:
    """Return the hinges, the weightiest first, their values found by games played anew."""
    told, today = sample.told, sample.today
    lasting = sample.lasting
    solved = np.isfinite(lasting[today])
    rivals = _rivals(sample)
    found: list[Hinge] = []
    for at, parameter in enumerate(sample.uncertain):
        weight, chance = explained(sample.x[solved, at], lasting[today, solved])
        deals, along = _along(sample, parameter, rivals.get(parameter.key, ()), play)
        told_of = chance * len(sample.uncertain) <= CHANCE_OF_NOISE and weight >= WEIGHT_LEAST
        if told_of or (along is not None and along.clear):
            middle = in_the_middle(_table(told, today, range(len(lasting)), play), parameter)
            clear = along if along is not None and along.clear else None
            found.append(_played(parameter, weight, today, _named(clear, deals), middle))
    ranked = sorted(found, key=lambda hinge: (hinge.flips_at is None, -hinge.gain, -hinge.weight))
    return tuple(sorted(ranked[:MOST], key=lambda hinge: -hinge.weight))


def _along(
    sample: Sample, parameter: Parameter, rivals: tuple[int, ...], play: Play
) -> tuple[list[int], Course | None]:
    """Return how the choice goes along a parameter, and the deals it was played with.

    At the ends of its stretch today's choice is held against all deals told of: one that is better
    there joins the rivals, and the course is played again.
    """
    told, today = sample.told, sample.today
    deals = sorted({today, *rivals})
    if len(deals) < 2:
        return deals, None
    everyone = np.flatnonzero(told.sound).tolist()
    along: Course | None = None
    for _ in range(ROUNDS):
        along = course(_table(told, today, deals, play), parameter)
        own = [one for one in along.stretches if one.deal == deals.index(today)]
        if not along.clear or not own:
            break
        widest = max(own, key=lambda one: one.chance)
        better = better_within(_table(told, today, everyone, play), parameter, widest)
        joining = {everyone[place] for place in better} - set(deals)
        if not joining:
            break
        deals = sorted({*deals, *joining})
    return deals, along


def _rivals(sample: Sample) -> dict[str, tuple[int, ...]]:
    """Return the deals to play anew along each parameter that the choice may turn on.

    A regression of how each deal fares on the parameter says which may beat today's somewhere in
    its range: all that do within two standard errors, by enough to matter.
    """
    sound = np.flatnonzero(sample.told.sound)
    lasting = sample.lasting[sound]
    solved = np.asarray(np.isfinite(lasting).all(axis=0))
    if solved.sum() < FEWEST or len(sound) < 2:
        return {}
    gains = lasting[:, solved] - sample.lasting[sample.today, solved]
    grid = np.linspace(0.0, 1.0, 33)[:, None]
    found: list[tuple[float, str, tuple[int, ...]]] = []
    for at, parameter in enumerate(sample.uncertain):
        fit = regress(ranks(sample.x[solved][:, [at]]), gains)
        most = (fit.at(grid) + 2 * fit.errors_at(grid)).max(axis=1)
        if most.max() >= GAIN_LEAST:
            near = [int(d) for d in np.argsort(-most, kind="stable")[: RIVALS - 1] if most[d] > 0]
            deals = tuple(sorted({sample.today, *sound[near].tolist()}))
            found.append((-float(most.max()), parameter.key, deals))
    return {key: deals for _, key, deals in sorted(found)[:TRIED]}


def _table(told: Told, today: int, deals: Iterable[int], play: Play) -> Table:
    chosen = sorted({today, *deals})
    futures = told.sweep.futures
    return Table(
        case=told.sweep.case,
        deals=tuple(told.sweep.deals[deal] for deal in chosen),
        today=chosen.index(today),
        futures=replace(futures, values=futures.values[:PLAYED_MOST]),
        play=play,
    )


def _named(along: Course | None, deals: list[int]) -> Course | None:
    """Return a course with the deals' indices in the answer in place of those in its table."""
    if along is None:
        return None
    return replace(
        along,
        stretches=tuple(
            replace(one, deal=None if one.deal is None else deals[one.deal])
            for one in along.stretches
        ),
    )


def _played(
    parameter: Parameter,
    weight: float,
    today: int,
    along: Course | None,
    middle: tuple[Stretch, ...],
) -> Hinge:
    below, above, at, beyond = today, today, None, 0.0
    stretches = () if along is None else along.stretches
    if len(stretches) > 1:
        place = _main_turn(stretches, today)
        first, second = stretches[place], stretches[place + 1]
        at = second.low
        below = today if first.deal is None else first.deal
        above = today if second.deal is None else second.deal
        side = stretches[: place + 1] if first.deal != today else stretches[place + 1 :]
        beyond = sum(one.chance for one in side if one.deal != today)
    return Hinge(
        parameter=parameter.key,
        weight=weight,
        measure=LASTING,
        gain=0.0 if along is None else along.gain,
        flips_at=at,
        chance_beyond=beyond,
        below=below,
        above=above,
        source=parameter.source,
        stretches=stretches,
        central=middle,
    )


def _main_turn(stretches: tuple[Stretch, ...], today: int) -> int:
    """Return after which stretch lies the turn to tell of: out of today's, to the likelier side."""
    own = [at for at, one in enumerate(stretches) if one.deal == today]
    if not own:
        return max(
            range(len(stretches) - 1),
            key=lambda at: stretches[at].chance + stretches[at + 1].chance,
        )
    at = max(own, key=lambda place: stretches[place].chance)
    before = sum(one.chance for one in stretches[:at])
    after = sum(one.chance for one in stretches[at + 1 :])
    return at - 1 if before > after else at


def _choice(told: Told) -> _Choice | None:
    outcomes = told.sweep.outcomes
    chances = lasting_chances(told)
    deal = best_deal(chances, told.sound & (chances > 0))
    if deal is None:
        return None
    lasting = outcomes.ends[:, :, HOLDS]
    known = outcomes.converged & outcomes.converged[deal] & told.sound[:, None]
    return _Choice(
        deal=deal,
        lasting=lasting[deal, outcomes.converged[deal]],
        solved=outcomes.converged[deal],
        beats=np.where(known, lasting - lasting[deal], 0.0),
    )


def clear_rule(values: Floats, beats: Floats) -> Rule | None:
    """Return the best rule in ``values`` (F,), with its gain in futures that had no part in it.

    ``beats`` (D, F) says by how much each deal beats today's choice. None when the gain is too
    small to matter or not clear of luck.
    """
    count = len(values)
    if count < FEWEST:
        return None
    ordered = beats[:, np.argsort(values, kind="stable")]
    rule = _best_rule(ordered)
    if rule.gain < GAIN_LEAST:
        return None
    realised = np.zeros(count)
    fold = np.arange(count) % FOLDS
    for held in (fold == k for k in range(FOLDS)):
        trial = _best_rule(np.where(held, 0.0, ordered))
        if trial.gain > 0:
            taken = np.zeros(count, dtype=bool)
            taken[trial.where(count)] = True
            realised[held & taken] = ordered[trial.deal, held & taken]
    gain = float(realised.mean())
    error = float(realised.std(ddof=1)) / count**0.5
    return replace(rule, gain=gain) if gain >= max(GAIN_LEAST, ERRORS_CLEAR * error) else None


def _best_rule(ordered: Floats) -> Rule:
    """Return the rule with the largest gain on ``ordered`` (D, F), in the parameter's order."""
    deals, count = ordered.shape
    sums = ordered.cumsum(axis=1)
    before = sums[:, :-1]
    after = sums[:, -1:] - before
    gains = np.stack([before, after]) / count
    side, deal, place = np.unravel_index(int(gains.argmax()), (2, deals, count - 1))
    return Rule(
        deal=int(deal),
        place=int(place) + 1,
        before=bool(side == 0),
        gain=float(gains[side, deal, place]),
    )


def _hinge(
    parameter: Parameter, values: Floats, weight: float, choice: int, rule: Rule | None
) -> Hinge:
    at = None if rule is None else _between(parameter.distribution, np.sort(values), rule.place)
    below = above = choice
    beyond = 0.0
    if rule is not None and at is not None:
        chance_below = _chance_below(parameter.distribution, at)
        below, above = (rule.deal, choice) if rule.before else (choice, rule.deal)
        beyond = chance_below if rule.before else 1.0 - chance_below
    return Hinge(
        parameter=parameter.key,
        weight=weight,
        measure=LASTING,
        gain=0.0 if rule is None else rule.gain,
        flips_at=at,
        chance_beyond=beyond,
        below=below,
        above=above,
        source=parameter.source,
    )


def _between(distribution: Distribution, ranked: Floats, place: int) -> float:
    """Return the value as likely to be exceeded as not between two neighbouring futures."""
    low, high = float(ranked[place - 1]), float(ranked[place])
    logarithmic = distribution.kind in ("loguniform", "lognormal")
    return math.sqrt(low * high) if logarithmic else (low + high) / 2


def _chance_below(distribution: Distribution, value: float) -> float:
    """Return the chance, under the case's range, of a lower value."""
    from foedus.search.distributions import chance_below  # noqa: PLC0415 - scipy is slow to load

    return chance_below(distribution, value)
