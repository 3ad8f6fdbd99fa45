"""Deals beside each other: against brute force, laws, and cases worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations, product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.answer import Asked, Target, answer
from foedus.answer.driving import drivers
from foedus.answer.makeup import PAIRS, drawn_values, exact_values, makeup, sets_of
from foedus.answer.table import table
from foedus.answer.told import told
from foedus.case.values import Distribution, RedLine, Source
from foedus.search.means import rows_of
from foedus.search.values import MEASURES_TOLD, Means

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.case.values import Case
    from foedus.search.values import Sweep

SOURCE = Source(kind="judgement", refs=(), why="made up for a test")
SEED = 20310314


def means_over(deals: np.ndarray, **given: np.ndarray) -> Means:
    """Means of 100 futures in which nothing is ever agreed, but for what is given."""
    mean = np.zeros((len(deals), len(MEASURES_TOLD)))
    for name in set(given) & set(MEASURES_TOLD):
        mean[:, MEASURES_TOLD.index(name)] = given[name]
    each = np.zeros((len(deals), 1, 3))
    each[:, 0, 2] = given.get("cost", 0.0)
    return Means(
        futures=100,
        deals=deals,
        mean=mean,
        by_guarantor=each,
        robust=np.asarray(given.get("robust", np.zeros(len(deals))), dtype=np.int64),
        failed=np.zeros(len(deals), dtype=np.int64),
    )


def swept(case: Case, sweep_of: Callable[..., Sweep], means: Means) -> Sweep:
    """A sweep of the bare deal and the last one, that knows the means of all."""
    kept = [tuple(means.deals[0].tolist()), tuple(means.deals[-1].tolist())]
    made = sweep_of(case, kept, margin_c=np.full((2, 2), 0.1))
    return replace(made, means=means, whole=True, possible=len(means.deals))


def every(*levels: int) -> np.ndarray:
    return np.array(list(product(*map(range, levels))), dtype=np.int64)


games = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.floats(-1, 1), min_size=2**n, max_size=2**n)
)


@given(games)
def test_a_value_is_what_a_player_adds_averaged_over_all_orders(worth: list[float]) -> None:
    count = len(worth).bit_length() - 1
    adds = np.zeros(count)
    orders = list(permutations(range(count)))
    for order in orders:
        inside = 0
        for player in order:
            adds[player] += worth[inside | 1 << player] - worth[inside]
            inside |= 1 << player
    found = exact_values(np.array(worth)[:, None])[:, 0]
    assert found == pytest.approx(adds / len(orders), abs=1e-12)
    assert found.sum() == pytest.approx(worth[-1] - worth[0], abs=1e-12)


@given(games, st.floats(-1, 1))
def test_who_adds_the_same_to_every_set_gets_just_that(worth: list[float], alone: float) -> None:
    """The dummy law: a player put before all others who adds ``alone`` to whatever there is."""
    wider = np.array([*worth, *(w + alone for w in worth)])[:, None]
    found = exact_values(wider)[:, 0]
    assert found[-1] == pytest.approx(alone, abs=1e-12)
    assert found[:-1] == pytest.approx(exact_values(np.array(worth)[:, None])[:, 0], abs=1e-12)


@given(st.integers(2, 5), st.data())
def test_who_works_alike_gets_the_same(count: int, data: st.DataObject) -> None:
    by_size = data.draw(st.lists(st.floats(-1, 1), min_size=count + 1, max_size=count + 1))
    worth = np.array([by_size[s.bit_count()] for s in range(1 << count)])[:, None]
    found = exact_values(worth)[:, 0]
    assert found == pytest.approx(np.full(count, (by_size[-1] - by_size[0]) / count), abs=1e-12)


def test_orders_drawn_meet_the_exact_value_within_their_errors(
    case_of: Callable[..., Case], sweep_of: Callable[..., Sweep]
) -> None:
    """Eleven parts with weights, and 2 for each pair of neighbours: i gets w_i + 1 per pair."""
    count = 11
    case = case_of(levels=(2,) * 8)
    extra = [replace(case.provisions[0], id=f"p{i}", title=f"Part {i}") for i in range(count)]
    case = replace(case, provisions=tuple(extra))
    deal = (1,) * count
    deals = sets_of(deal, SEED)
    weights = np.arange(count) / 10
    score = deals @ weights + 2.0 * (deals[:, 1:] * deals[:, :-1]).sum(axis=1)
    deals = np.concatenate([np.zeros((1, count), dtype=np.int64), deals, [deal]])
    score = np.concatenate([[0.0], score, [weights.sum() + 20]])
    sweep = swept(case, sweep_of, means_over(deals, survive=score))
    found = makeup(table(told(sweep)), deal, SEED)
    assert found is not None
    assert found.orders == 2 * PAIRS
    at = found.measures.index("survive")
    got = np.array([one.worth[at].adds for one in found.contributions])
    error = np.array([one.worth[at].error for one in found.contributions], dtype=float)
    exact = weights + np.array([1.0, *[2.0] * (count - 2), 1.0])
    assert got.sum() == pytest.approx(weights.sum() + 20, abs=1e-9)
    assert (np.abs(got - exact) <= 4 * error + 1e-9).all()
    assert error.max() < 0.2


def test_the_error_told_is_that_of_independent_pairs() -> None:
    """Two orders and their reverses: pairs of a player average to 1.5 and 2.5, so 0.5."""
    orders = np.array([[0, 1], [1, 0], [1, 0], [0, 1]])
    gains = np.array([[1.0, 0.0], [0.0, 2.0], [0.0, 2.0], [3.0, 0.0]])
    worth = np.concatenate([np.zeros((4, 1)), gains.cumsum(axis=1)], axis=1)[:, :, None]
    adds, error = drawn_values(worth, orders)
    assert adds[:, 0].tolist() == [2.0, 0.0]
    assert error[:, 0].tolist() == [0.5, 0.0]


def test_rows_are_found_and_what_is_not_there_is_not() -> None:
    rng = np.random.default_rng(SEED)
    deals = np.unique(rng.integers(0, 4, (300, 9)), axis=0)
    rng.shuffle(deals)
    means = means_over(deals)
    assert rows_of(means, deals).tolist() == list(range(len(deals)))
    assert rows_of(means, deals + 4).tolist() == [-1] * len(deals)


def test_the_cheapest_deal_to_a_target_is_that_of_a_search_through_all(
    case_of: Callable[..., Case], sweep_of: Callable[..., Sweep]
) -> None:
    deals = every(3, 3, 2)
    rng = np.random.default_rng(SEED)
    robust, cost = rng.integers(0, 101, len(deals)), rng.random(len(deals))
    means = means_over(deals, robust=robust, cost=cost)
    sweep = swept(case_of(levels=(3, 3, 2)), sweep_of, means)
    targets = (Target(least=0.6), Target(least=1.0))
    some, none = answer(sweep, Asked(targets=targets)).cheapest
    wanted = min((c, d) for c, d, r in zip(cost, deals.tolist(), robust, strict=True) if r >= 60)
    assert some.deal is not None
    assert (some.cost, list(some.deal.deal)) == wanted
    assert some.reached == (robust >= 60).sum()
    assert robust.max() < 100
    assert (none.deal, none.cost, none.reached) == (None, None, 0)
    assert none.most.robustness == robust.max() / 100


def test_the_smallest_change_is_that_of_a_search_through_all(
    case_of: Callable[..., Case], sweep_of: Callable[..., Sweep]
) -> None:
    """One part changed comes before two, and one step of a level before two."""
    deals = every(3, 3, 2)
    agree = np.full(len(deals), 0.1)
    rows = {tuple(deal): row for row, deal in enumerate(deals.tolist())}
    for deal in ((2, 0, 0), (1, 1, 0), (0, 2, 1)):
        agree[rows[deal]] = 0.9
    sweep = swept(case_of(levels=(3, 3, 2)), sweep_of, means_over(deals, agree=agree))
    asked = Asked(deals=((1, 0, 1), (2, 0, 0)))
    found = {change.deal.deal: change for change in answer(sweep, asked).changes}
    bare, other, fine = found[0, 0, 0], found[1, 0, 1], found[2, 0, 0]
    assert (bare.why, other.why) == ("bare", "asked")
    assert bare.to is not None
    assert (bare.to.deal, bare.steps) == ((2, 0, 0), 2)
    assert bare.changed == (("Part a", "level 0", "level 2"),)
    assert other.to is not None
    assert other.to.deal in {(2, 0, 0), (1, 1, 0)}  # two parts and two steps, both
    assert other.steps == 2
    assert (fine.changed, fine.steps) == ((), 0)
    nothing = answer(sweep, Asked(share=0.95)).changes
    assert [change.to for change in nothing] == [None]


def test_deals_are_alike_only_within_the_tolerance_of_the_first(
    case_of: Callable[..., Case], sweep_of: Callable[..., Sweep]
) -> None:
    """A chain of steps of 0.015 is cut where it leaves the first by more than 0.02."""
    deals = every(5)
    means = means_over(deals, survive=np.array([0.5, 0.515, 0.53, 0.545, 0.9]))
    groups = answer(swept(case_of(levels=(5,)), sweep_of, means)).groups
    sizes = {group.size for group in groups}
    first = next(group for group in groups if group.size > 1)
    assert sizes == {2, 1}
    assert first.differ == (("Part a", ("level 0", "level 1")),)
    assert first.free


def test_red_lines_leave_and_open_what_counting_all_deals_gives(
    case_of: Callable[..., Case], sweep_of: Callable[..., Sweep]
) -> None:
    def line(provision: str, *levels: str, active: bool = True) -> RedLine:
        return RedLine(
            party="Velm", provision=provision, levels=levels, source=SOURCE, active=active
        )

    lines = (
        line("a", "a0"),
        line("a", "a1", "a2"),
        line("b", "b1"),
        line("b", "b0", "b1", active=False),
    )
    case = case_of(levels=(3, 2), red_lines=lines)
    deals = every(3, 2)
    agree = np.linspace(0.1, 0.6, 6)
    found = answer(swept(case, sweep_of, means_over(deals, agree=agree))).red_lines
    assert found is not None
    crossed = [
        {
            i
            for i, one in enumerate(lines)
            if one.active and f"{one.provision}{deal['ab'.index(one.provision)]}" in one.levels
        }
        for deal in deals.tolist()
    ]
    assert (found.active, found.off) == ((0, 1, 2), (3,))
    assert found.free == sum(not c for c in crossed) == 0
    assert found.collisions == ((0, 1),)
    for one in (*found.single, *found.least):
        opened = [row for row, c in enumerate(crossed) if c and c <= set(one.lines)]
        assert (one.opens, one.compared) == (len(opened), len(opened))
        best = None if one.agreed is None else one.agreed.agree
        assert best == (max(agree[opened]) if opened else None)
    smallest = [
        set(some)
        for size in range(1, 4)
        for some in combinations((0, 1, 2), size)
        if any(c <= set(some) for c in crossed)
    ]
    least = [s for s in smallest if not any(other < s for other in smallest)]
    assert [set(one.lines) for one in found.least] == least


def test_a_family_explains_what_its_parameters_do_one_by_one(
    case_of: Callable[..., Case], sweep_of: Callable[..., Sweep]
) -> None:
    """Frozen with 0.4 + 0.2 u + 0.1 v, else war: u has 4/5 of the variance, v 1/5."""
    free = Distribution(kind="uniform", low=0.0, high=1.0)
    case = case_of(levels=(2,), ranges={"war_freeze": free, "war_win_c": free, "crisis": free})
    rng = np.random.default_rng(SEED)
    u, v, idle = rng.random((3, 4096))
    ends = np.zeros((4096, 7))
    ends[:, 4] = 0.4 + 0.2 * u + 0.1 * v
    ends[:, 3] = 1 - ends[:, 4]
    x = {"war_freeze": u, "war_win_c": v, "crisis": idle}
    sweep = sweep_of(case, 1, x=x, margin_c=np.full((1, 4096), 0.1))
    (only,), rest = drivers(sweep, ends, np.ones(4096, dtype=bool))
    assert only.family == "fighting"
    assert [key for key, _ in only.parameters] == ["war_freeze", "war_win_c"]
    assert [share for _, share in only.parameters] == pytest.approx([0.8, 0.2], abs=0.03)
    assert rest == pytest.approx(0.0, abs=0.05)


def test_the_nash_deal_is_the_one_with_the_largest_product(
    case_of: Callable[..., Case], sweep_of: Callable[..., Sweep]
) -> None:
    """Gains (agree times margin): 0.5 x (0.4, 0.1), 1 x (0.2, 0.2), 1 x (0.6, -0.1)."""
    sweep = sweep_of(
        case_of(),
        3,
        margin_c=np.array([[0.4] * 2, [0.2] * 2, [0.6] * 2]),
        margin_p=np.array([[0.1] * 2, [0.2] * 2, [-0.1] * 2]),
        alpha=np.array([[0.5] * 2, [1.0] * 2, [1.0] * 2])[:, :, None],
    )
    found = answer(sweep)
    assert found.outlook.likely is not None
    assert found.deals[found.outlook.likely].deal == (1,)
    assert dict(found.outlook.gains) == pytest.approx({"Ardal": 0.2, "Velm": 0.2})
    assert found.outlook.acceptable == 2
