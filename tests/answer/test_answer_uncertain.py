"""What an answer says of its own doubts, on a small war that is really played, and played anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from foedus import search
from foedus.answer import answer
from foedus.answer.hinges import CHANCE_OF_NOISE
from foedus.answer.picks import LASTING
from foedus.answer.sensitivity import explained
from foedus.answer.sobol import MEASURES
from foedus.answer.told import HOLDS, each_criterion, meets_criteria
from foedus.answer.turning import GAIN_LEAST
from foedus.answer.uncertain import DISCOVERED, SAMPLE, group_of
from foedus.case import load_case
from foedus.case.values import Distribution
from foedus.search.distributions import chance_below, values_at
from foedus.search.futures import draw
from foedus.search.solving import outcomes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from foedus.answer.uncertainty_values import Discovery
    from foedus.answer.values import Answer, Hinge
    from foedus.case.values import Case
    from foedus.search.values import Deal, Futures, Outcomes, Sweep

FREE = ("mutual-defence:sund", "military-aid", "territorial-terms")
"""The provisions that a deal may have; the others stay at their first level."""


def play(case: Case, deals: Sequence[Deal], futures: Futures) -> Outcomes:
    return outcomes(case, np.array(deals, dtype=np.int64), futures)


def swept(case: Case, futures: int = 64) -> Sweep:
    """Every deal is solved and kept, so that none can be missed."""
    settings = search.SweepSettings(futures=futures, keep=100, deals="all", workers=1)
    return search.sweep(case, settings)


def answered(case: Case) -> Answer:
    return answer(swept(case), play=play)


def with_fixed(case: Case, key: str, value: float) -> Case:
    fixed = Distribution(kind="uniform", low=value, high=value)
    return replace(
        case,
        parameters=tuple(
            replace(p, distribution=fixed) if p.key == key else p for p in case.parameters
        ),
    )


@pytest.fixture(scope="module")
def case(root: Path) -> Case:
    whole = load_case(root / "cases" / "ardal.yaml")
    provisions = tuple(
        p
        if p.id in FREE
        else replace(p, excluded={level.name: level.source for level in p.levels[1:]})
        for p in whole.provisions
    )
    return replace(whole, provisions=provisions)


@pytest.fixture(scope="module")
def found(case: Case) -> Answer:
    return answered(case)


def turning(found: Answer) -> list[Hinge]:
    return [hinge for hinge in found.hinges if hinge.flips_at is not None]


def test_the_deals_kept_are_told_in_more_futures_than_they_were_swept_in(found: Answer) -> None:
    assert found.futures == SAMPLE
    assert found.uncertainty is not None
    assert found.uncertainty.futures == SAMPLE
    assert found.uncertainty.deal == found.picks[0].deal
    assert found.picks[0].measure == LASTING


def test_a_hinge_names_beforehand_where_one_altered_parameter_flips_the_choice(
    case: Case, found: Answer
) -> None:
    """The case with the parameter fixed just on today's side has the same choice, just beyond it
    another; each is answered from the start, all deals solved anew.
    """
    today = found.deals[found.picks[0].deal].deal
    told = turning(found)
    assert told
    for hinge in told[:2]:
        parameter = next(p for p in case.parameters if p.key == hinge.parameter)
        at = chance_below(parameter.distribution, hinge.flips_at or 0.0)
        sides = {}
        for side, chance in (("below", at - 0.001), ("above", at + 0.001)):
            value = float(values_at(parameter.distribution, np.array([chance]))[0])
            again = answer(swept(with_fixed(case, hinge.parameter, value), futures=SAMPLE))
            sides[side] = again.deals[again.picks[0].deal].deal
        own = "below" if found.deals[hinge.below].deal == today else "above"
        assert found.deals[getattr(hinge, own)].deal == today
        assert sides.pop(own) == today
        (beyond,) = sides.values()
        assert beyond != today


def test_beyond_a_flip_the_deal_named_beats_todays_choice_on_average(
    case: Case, found: Answer
) -> None:
    today = found.picks[0].deal
    for hinge in turning(found):
        parameter = next(p for p in case.parameters if p.key == hinge.parameter)
        assert sum(one.chance for one in hinge.stretches) == pytest.approx(1.0)
        assert hinge.stretches[0].low == parameter.distribution.low
        assert hinge.stretches[-1].high == parameter.distribution.high
        for one in hinge.stretches:
            middle = with_fixed(case, hinge.parameter, (one.low + one.high) / 2)
            deals = [found.deals[d].deal for d in (today, one.deal)]
            played = play(middle, deals, draw(middle, SAMPLE, found.seed))
            own, other = played.ends[:, :, HOLDS].mean(axis=1)
            assert other > own or one.deal == today
        at = chance_below(parameter.distribution, hinge.flips_at or 0.0)
        side = at if hinge.above == today else 1 - at
        assert hinge.chance_beyond == pytest.approx(side, abs=1e-6) or len(hinge.stretches) > 3


def test_what_choosing_by_a_parameter_gains_agrees_with_the_worth_of_knowing_it(
    found: Answer,
) -> None:
    """Games within games against a regression: two ways to the same figure."""
    assert found.uncertainty is not None
    worth = {one.of: one for one in found.uncertainty.knowing}
    for hinge in turning(found):
        one = worth[hinge.parameter]
        assert hinge.gain == pytest.approx(one.value, abs=3 * one.error + 0.002)
    most = max(turning(found), key=lambda hinge: hinge.gain)
    assert most.gain >= GAIN_LEAST
    assert found.uncertainty.knowing[0].of == most.parameter


def test_knowing_more_is_worth_no_less(case: Case, found: Answer) -> None:
    doubts = found.uncertainty
    assert doubts is not None
    assert doubts.everything is not None
    alone = {one.of: one for one in doubts.knowing}
    for group in doubts.groups:
        best = max(alone[key].value for key in group.parameters)
        assert group.value >= best - 3 * group.error
        assert group.value <= doubts.everything.value + 3 * group.error
    of_groups = {key for group in doubts.groups for key in group.parameters}
    uncertain = {p.key for p in case.parameters if p.distribution.low < p.distribution.high}
    assert of_groups == set(alone) == uncertain
    assert {group_of(p, case) for p in case.parameters} >= set(case.guarantors)


def test_first_indices_agree_with_those_from_the_futures_at_hand(case: Case, found: Answer) -> None:
    """Games in futures made for it against a correlation ratio in futures that are there."""
    doubts = found.uncertainty
    assert doubts is not None
    futures = draw(case, 4096, 11)
    today = found.deals[doubts.deal].deal
    played = play(case, [today], futures)
    told = next(i for i in doubts.indices if i.measure == "survive" and i.deal == doubts.deal)
    survive = played.survive[0, :, -1]
    assert told.mean == pytest.approx(survive.mean(), abs=0.01)
    assert told.deviation == pytest.approx(survive.std(), rel=0.1)
    for index in told.parameters:
        share, chance = explained(futures.values[:, futures.keys.index(index.of)], survive)
        assert index.first == pytest.approx(share, abs=0.03 + 1.5 * index.first_half)
        if chance < CHANCE_OF_NOISE / 1000:
            assert index.total > 0
    assert {i.measure for i in doubts.indices} <= set(MEASURES)


def test_a_box_says_what_futures_of_another_draw_say(case: Case, found: Answer) -> None:
    """Coverage, density and mass are found again, to within what 4096 other futures may differ."""
    doubts = found.uncertainty
    assert doubts is not None
    futures = draw(case, 4096, 77)
    today = found.deals[doubts.deal].deal
    played = play(case, [today], futures)
    each = {k: v[0] for k, v in each_criterion(case, played).items()}
    boxed = 0
    for discovery in doubts.discoveries:
        sought = _sought(discovery, each, meets_criteria(case, played)[0])
        assert discovery.share == pytest.approx(sought.mean(), abs=0.03)
        assert discovery.futures == DISCOVERED
        for box in discovery.boxes[:1]:
            boxed += 1
            inside = np.ones(4096, dtype=bool)
            for limit in box.limits:
                x = futures.values[:, futures.keys.index(limit.parameter)]
                inside &= x >= (-np.inf if limit.low is None else limit.low)
                inside &= x <= (np.inf if limit.high is None else limit.high)
            assert box.mass == pytest.approx(inside.mean(), abs=0.05)
            assert box.density == pytest.approx(sought[inside].mean(), abs=0.12)
            assert box.coverage == pytest.approx(sought[inside].sum() / sought.sum(), abs=0.15)
            assert sought[inside].mean() > sought[~inside].mean()
    assert boxed


def _sought(discovery: Discovery, each: dict[str, np.ndarray], meets: np.ndarray) -> np.ndarray:
    if discovery.outcome == "meets":
        return meets
    return ~meets if discovery.criterion is None else ~each[discovery.criterion]


def test_where_nothing_is_ever_agreed_there_is_nothing_to_doubt(case: Case) -> None:
    """A present war that costs the challenger nothing and is soon won."""
    never = case
    for key, value in (("war_win_c", 0.9), ("war_cost_c", 0.0), ("war_freeze", 0.0)):
        never = with_fixed(never, key, value)
    told = answered(never)
    assert max(deal.agree.mean for deal in told.deals) == 0
    assert told.uncertainty is None
    assert told.hinges == ()
