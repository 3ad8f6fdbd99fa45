"""What the answer hinges on, on data built so that the turning point is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.stats import qmc

from foedus.answer import answer
from foedus.answer.hinges import clear_rule
from foedus.answer.picks import LASTING
from foedus.case.values import Case, Distribution

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.answer.values import Answer, Hinge
    from foedus.search.values import Sweep

    Build = Callable[..., Sweep]
    MakeCase = Callable[..., Case]

UNIT = Distribution(kind="uniform", low=0.0, high=1.0)
SPREAD = 12**-0.5
"""Standard deviation of a uniform number in 0..1."""


def draws(count: int, dimensions: int) -> np.ndarray:
    return qmc.Sobol(dimensions, scramble=True, rng=1).random(count)


def lasting(*by_deal: np.ndarray) -> np.ndarray:
    """(D, F, 2): the chance to hold at the first and last year told; all agree."""
    last = np.stack(by_deal)
    return np.stack([np.ones_like(last), last], axis=2)


def found(answered: Answer) -> dict[str, Hinge]:
    return {hinge.parameter: hinge for hinge in answered.hinges}


def test_a_deal_that_rises_overtakes_one_that_does_not_where_they_cross(
    case_of: MakeCase, sweep_of: Build
) -> None:
    """0.6 whatever comes, against hold + noise: they cross at 0.6, with 0.4 of the range beyond.

    Taking the other there gains the integral of (u - 0.6) over 0.6..1, which is 0.08.
    """
    hold = draws(128, 1)[:, 0]
    noise = 0.05 * np.random.default_rng(1).normal(size=128)
    case = case_of(ranges={"hold": UNIT})
    sweep = sweep_of(
        case, 3, x={"hold": hold}, survive=lasting(0 * hold, hold + noise, 0 * hold + 0.6)
    )
    answered = answer(sweep)
    assert [view.deal for view in answered.deals] == [(1,), (2,), (0,)]
    hinge = found(answered)["hold"]
    assert hinge.flips_at == pytest.approx(0.6, abs=0.03)
    assert hinge.chance_beyond == pytest.approx(1 - hinge.flips_at, abs=1e-12)
    assert (hinge.below, hinge.above) == (1, 0)
    assert hinge.gain == pytest.approx(0.08, abs=0.01)
    assert hinge.measure == LASTING == answered.picks[0].measure
    assert answered.picks[0].deal == 1
    assert hinge.source.why == "range of hold"


def test_a_turn_at_the_low_end_of_a_logarithmic_range(case_of: MakeCase, sweep_of: Build) -> None:
    """The steady deal is the choice above 0.01 ^ 0.7, which has 0.3 of the range 0.01..1 below."""
    u = draws(256, 1)[:, 0]
    crisis = 0.01 ** (1 - u)
    case = case_of(ranges={"crisis": Distribution(kind="loguniform", low=0.01, high=1.0)})
    fragile = np.where(u < 0.3, 0.9, 0.2)
    sweep = sweep_of(case, 2, x={"crisis": crisis}, survive=lasting(fragile, 0 * u + 0.5))
    answered = answer(sweep)
    hinge = found(answered)["crisis"]
    names = [answered.deals[i].deal for i in (hinge.below, hinge.above)]
    assert names == [(0,), (1,)]
    assert hinge.flips_at == pytest.approx(0.01**0.7, rel=0.02)
    middle = (u[u < 0.3].max() + u[u >= 0.3].min()) / 2
    assert hinge.chance_beyond == pytest.approx(middle, abs=1e-12)
    assert hinge.gain == pytest.approx(0.3 * 0.4, abs=0.4 / 128)  # a future lost at the cut


def test_weights_are_shares_of_the_variance_of_the_deal_chosen(
    case_of: MakeCase, sweep_of: Build
) -> None:
    """0.3 + 0.3 hold + 0.15 x0 has shares 4/5 and 1/5; the other deals do not count."""
    u = draws(512, 4)
    case = case_of(ranges=dict.fromkeys(("hold", "x0", "delta", "crisis"), UNIT))
    x = {"hold": u[:, 0], "x0": u[:, 1], "delta": u[:, 2], "crisis": u[:, 3]}
    chosen = 0.3 + 0.3 * u[:, 0] + 0.15 * u[:, 1]
    answered = answer(sweep_of(case, 2, x=x, survive=lasting(chosen, 0.2 * u[:, 2])))
    assert [hinge.parameter for hinge in answered.hinges] == ["hold", "x0"]
    assert [h.weight for h in answered.hinges] == pytest.approx([0.8, 0.2], abs=0.03)
    for hinge in answered.hinges:
        assert hinge.flips_at is None
        assert (hinge.gain, hinge.chance_beyond) == (0.0, 0.0)
        assert hinge.below == hinge.above == answered.picks[0].deal


def test_noise_is_no_hinge(case_of: MakeCase, sweep_of: Build) -> None:
    """Twenty answers with ten idle parameters each: 5 % of answers may err on weights, which are
    corrected for there being ten, and 3 errors of the mean are allowed for: 4 in 20.
    """
    names = ["delta", "x0", "crisis", "hold", "fight_c"]
    names += ["fight_p", "shock_mean", "shock_scale", "war_win_c", "war_win_p"]
    case = case_of(ranges=dict.fromkeys(names, UNIT))
    told, flips = 0, 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        x = {name: rng.uniform(size=128) for name in names}
        held = (rng.uniform(size=(8, 128)) < 0.4) * rng.uniform(size=(8, 128))
        answered = answer(sweep_of(case, 8, x=x, survive=lasting(*held)))
        told += bool(answered.hinges)
        flips += any(hinge.flips_at is not None for hinge in answered.hinges)
    assert told <= 4
    assert flips == 0


def test_the_best_of_many_rules_in_noise_gains_something_but_is_not_told() -> None:
    """Without futures held back it would be: the best rule gains more than 3 errors here."""
    rng = np.random.default_rng(12)
    beats = rng.normal(scale=0.3, size=(512, 128))
    beats[0] = 0.0
    ordered = beats[:, np.argsort(x := rng.uniform(size=128))]
    sums = ordered.cumsum(axis=1)[:, :-1] / 128
    deal, place = np.unravel_index(sums.argmax(), sums.shape)
    realised = np.where(np.arange(128) <= place, ordered[deal], 0.0)
    assert sums.max() > 3 * realised.std(ddof=1) / 128**0.5
    assert clear_rule(x, beats) is None


def test_a_gain_too_small_to_matter_is_no_flip(case_of: MakeCase, sweep_of: Build) -> None:
    """Certain, but worth 0.2 times 0.04 = 0.008 of a lasting agreement; 0.2 times 0.06 is told."""
    u = draws(128, 1)[:, 0]
    case = case_of(ranges={"hold": UNIT})

    def flips(better: float) -> float | None:
        other = np.where(u > 0.8, 0.5 + better, 0.3)
        answered = answer(sweep_of(case, 2, x={"hold": u}, survive=lasting(0 * u + 0.5, other)))
        return found(answered)["hold"].flips_at if answered.hinges else None

    assert flips(0.04) is None
    just = 0.01 * 128 / (u > 0.8).sum() + 1e-6  # in hindsight; less in futures held back
    assert flips(just) is None
    assert flips(0.06) == pytest.approx(0.8, abs=0.01)


def test_a_flip_rests_only_on_futures_in_which_both_deals_were_solved(
    case_of: MakeCase, sweep_of: Build
) -> None:
    """The other deal would win above 0.91, but there it was not solved.

    Twelve futures lie there: their gain is 3.6 times its error, sqrt(12 / (1 - 12 / 128)).
    """
    u = draws(128, 1)[:, 0]
    case = case_of(ranges={"hold": UNIT})
    survive = lasting(0 * u + 0.5, np.where(u > 0.91, 0.9, 0.1))
    converged = np.stack([u >= 0, u <= 0.91])
    flips = {}
    for name, solved in (("all", np.ones((2, 128), dtype=bool)), ("few", converged)):
        answered = answer(sweep_of(case, 2, x={"hold": u}, survive=survive, converged=solved))
        flips[name] = [hinge.flips_at for hinge in answered.hinges]
    assert flips["all"] == [pytest.approx(0.91, abs=0.01)]
    assert flips["few"] == []


def test_at_most_eight_are_told_the_weightiest_first_and_flips_before_others(
    case_of: MakeCase, sweep_of: Build
) -> None:
    names = ["delta", "x0", "crisis", "hold", "fight_c"]
    names += ["fight_p", "shock_mean", "shock_scale", "war_win_c", "war_win_p"]
    u = draws(1024, 10)
    case = case_of(ranges=dict.fromkeys(names, UNIT))
    chosen = 0.4 + 0.04 * u[:, :9].sum(axis=1) + 0.01 * u[:, 0]
    other = np.where(u[:, 9] > 0.7, 0.9, 0.0)  # a parameter without weight in the deal chosen
    x = dict(zip(names, u.T, strict=True))
    hinges = answer(sweep_of(case, 2, x=x, survive=lasting(chosen, other))).hinges
    assert len(hinges) == 8
    assert [h.weight for h in hinges] == sorted((h.weight for h in hinges), reverse=True)
    assert (hinges[0].parameter, hinges[-1].parameter) == ("delta", "war_win_p")
    assert [h.parameter for h in hinges if h.flips_at is not None] == ["war_win_p"]


def test_a_parameter_without_a_range_is_no_hinge(case_of: MakeCase, sweep_of: Build) -> None:
    u = draws(64, 1)[:, 0]
    sweep = sweep_of(case_of(), 1, x={"hold": u}, survive=lasting(u))
    assert answer(sweep).hinges == ()


def test_where_nothing_is_ever_agreed_nothing_hinges(case_of: MakeCase, sweep_of: Build) -> None:
    u = draws(64, 1)[:, 0]
    case = case_of(ranges={"hold": UNIT})
    sweep = sweep_of(case, 2, x={"hold": u}, accept_p=np.zeros((2, 64), dtype=bool))
    assert answer(sweep).hinges == ()


def test_hinges_do_not_depend_on_the_order_of_futures_or_deals(
    case_of: MakeCase, sweep_of: Build, reordered: Callable[..., Sweep]
) -> None:
    rng = np.random.default_rng(6)
    u = draws(128, 2)
    case = case_of(ranges={"hold": UNIT, "x0": UNIT})
    x = {"hold": u[:, 0], "x0": u[:, 1]}
    rows = [u[:, 0], 0.55 + 0 * u[:, 0], 0.5 * u[:, 1]]
    sweep = sweep_of(
        case, 3, x=x, survive=lasting(*rows), converged=rng.uniform(size=(3, 128)) > 0.03
    )
    moved = reordered(sweep, [2, 0, 1], rng.permutation(128))
    one, other = answer(sweep).hinges, answer(moved).hinges
    assert [h.parameter for h in one] == [h.parameter for h in other]
    assert one[0].flips_at is not None
    for a, b in zip(one, other, strict=True):
        assert (a.flips_at, a.below, a.above) == (b.flips_at, b.below, b.above)
        assert (a.weight, a.gain) == pytest.approx((b.weight, b.gain), abs=1e-12)


def test_with_few_futures_nothing_is_said_to_flip() -> None:
    """Fifteen are too few whatever they show; of twenty the upper half is enough."""
    for count, told in ((15, False), (20, True)):
        x = np.arange(float(count))
        beats = np.where(x >= count / 2 - 1, 0.5, -0.5)[None, :]
        assert (clear_rule(x, beats) is not None) == told
