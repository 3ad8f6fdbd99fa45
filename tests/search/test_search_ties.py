"""No deal that breaks a tie between provisions is ever solved, and every other one can be.

The oracle throws every combination of levels together and reads the ties as they are written: a
level asks for one of the levels it requires, and for none of those it excludes.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.case import usual_parameters
from foedus.case.ties import diagram_of
from foedus.case.values import Case, Criteria, Level, Provision, Source, Tie
from foedus.errors import CaseError, SearchError
from foedus.search import SweepSettings, sweep
from foedus.search.choosing import choose, solved
from foedus.search.dealing import named, space
from foedus.search.futures import draw
from foedus.search.middle import middle_pair
from foedus.search.narrowing import Budget, narrow
from foedus.search.sharding import here
from foedus.search.values import MEASURES_TOLD, Reduction

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.search.values import Deal

WHY = Source(kind="judgement", refs=(), why="drawn for a test")


@st.composite
def tied_cases(draw: st.DrawFn) -> Case:
    """Cases of up to five provisions of up to four levels, with ties thrown in anywhere."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))

    def ties(own: int) -> tuple[Tie, ...]:
        chosen = draw(st.lists(st.sampled_from(range(len(sizes))), max_size=2, unique=True))
        return tuple(
            Tie(
                provision=f"p{k}",
                levels=tuple(
                    f"v{i}" for i in sorted(draw(st.sets(st.integers(0, sizes[k] - 1), min_size=1)))
                ),
                source=WHY,
            )
            for k in chosen
            if k != own
        )

    provisions = tuple(
        Provision(
            id=f"p{j}",
            title="a provision",
            levels=tuple(
                Level(
                    name=f"v{i}",
                    title="a level",
                    effects={},
                    source=WHY,
                    requires=ties(j) if i else (),
                    excludes=ties(j) if i else (),
                )
                for i in range(size)
            ),
            excluded={f"v{i}": WHY for i in range(1, size) if draw(st.integers(0, 4)) == 0},
        )
        for j, size in enumerate(sizes)
    )
    return Case(
        title="Tied",
        challenger="Velmark",
        protected="Ardal",
        guarantors=(),
        period_years=0.25,
        horizon_years=2.0,
        parameters=usual_parameters((), [p.id for p in provisions]),
        provisions=provisions,
        red_lines=(),
        criteria=Criteria(),
        record_hash=None,
        notes=(),
    )


def by_hand(case: Case) -> list[Deal]:
    """Return every deal in order, from the words of the case alone."""
    choices = [
        [i for i, v in enumerate(p.levels) if v.name not in p.excluded] for p in case.provisions
    ]
    deals = []
    for deal in itertools.product(*choices):
        has = {p.id: p.levels[i] for p, i in zip(case.provisions, deal, strict=True)}
        kept = all(
            has[tie.provision].name in tie.levels for v in has.values() for tie in v.requires
        )
        apart = not any(
            has[tie.provision].name in tie.levels for v in has.values() for tie in v.excludes
        )
        if kept and apart:
            deals.append(deal)
    return deals


def tuples(deals: np.ndarray) -> list[Deal]:
    return [tuple(deal) for deal in deals.tolist()]


@given(tied_cases())
def test_the_deals_are_those_that_break_no_tie_counted_and_in_order(case: Case) -> None:
    expected, whole = by_hand(case), space(case)
    assert whole.count == len(expected)
    assert tuples(whole.deals(np.arange(whole.count))) == expected
    some = np.arange(whole.count)[::2]
    assert tuples(whole.deals(some)) == expected[::2]
    assert expected[0] == (0,) * len(case.provisions), "the bare deal always stays"


@given(tied_cases())
def test_the_levels_that_some_deal_has_are_known(case: Case) -> None:
    expected = by_hand(case)
    has = tuple(tuple(sorted(set(column))) for column in zip(*expected, strict=True))
    assert diagram_of(case).levels() == has


@given(tied_cases(), st.integers(1, 40), st.integers(0, 5))
def test_deals_drawn_by_chance_break_no_tie_and_are_there_once(
    case: Case, count: int, seed: int
) -> None:
    expected = by_hand(case)
    drawn = tuples(space(case).drawn(count, np.random.default_rng(seed)))
    assert len(set(drawn)) == len(drawn) == min(count, len(expected))
    assert set(drawn) <= set(expected)
    assert drawn[0] == expected[0]


def test_each_deal_is_drawn_as_often_however_the_ties_lie(tied: Case) -> None:
    """A level that ties leave few deals with must not come up as often as one with many."""
    whole, rng, count = space(tied), np.random.default_rng(7), 40_000
    drawn = tuples(whole._some(count, rng))
    expected = by_hand(tied)
    times = np.array([drawn.count(deal) for deal in expected])
    assert times.sum() == count
    mean = count / len(expected)
    assert np.abs(times - mean).max() < 5 * np.sqrt(mean), "five standard deviations"


@given(tied_cases(), st.data())
def test_neighbours_change_one_level_and_as_few_others_as_ties_allow(
    case: Case, data: st.DataObject
) -> None:
    expected = by_hand(case)
    deal = data.draw(st.sampled_from(expected))
    near = set(tuples(space(case).neighbours([deal])))
    assert near <= set(expected)
    assert deal not in near
    for j, provision in enumerate(case.provisions):
        for i in range(len(provision.levels)):
            with_it = [d for d in expected if d[j] == i]
            if i != deal[j] and with_it:
                fewest = min(sum(a != b for a, b in zip(d, deal, strict=True)) for d in with_it)
                found = [
                    sum(a != b for a, b in zip(d, deal, strict=True)) for d in near if d[j] == i
                ]
                assert min(found) == fewest


@given(tied_cases(), st.data())
def test_a_deal_that_cannot_be_is_mended_with_as_few_changes_as_can_be(
    case: Case, data: st.DataObject
) -> None:
    expected, whole = by_hand(case), space(case)
    wanted = tuple(data.draw(st.sampled_from(levels)) for levels in whole.allowed)
    (mended,) = tuples(whole.mended(np.array([wanted])))
    assert mended in expected

    def apart(deal: Deal) -> int:
        return sum(a != b for a, b in zip(deal, wanted, strict=True))

    assert apart(mended) == min(map(apart, expected))


@settings(max_examples=10)
@given(tied_cases(), st.integers(0, 3))
def test_narrowing_looks_at_no_deal_that_breaks_a_tie(case: Case, seed: int) -> None:
    expected, looked = set(by_hand(case)), set()

    def solve(deals: np.ndarray, futures: int) -> Reduction:
        looked.update(tuples(deals))
        height = deals.sum(axis=1) / 20
        mean = np.repeat(height[:, None], len(MEASURES_TOLD), axis=1)
        none = np.zeros(len(deals), dtype=np.int64)
        return Reduction(
            deals=deals, mean=mean, by_guarantor=mean[:, :0, None],
            quantiles=np.zeros((*mean.shape, 5)), met=np.zeros((len(deals), 7), dtype=np.int64),
            robust=(height * futures).astype(np.int64), multiple=none, failed=none,
        )  # fmt: skip

    budget = Budget(pairs=400, futures=16, keep=3)
    found = narrow(space(case), solve, budget, seed)
    assert looked <= expected
    assert set(tuples(found.reduced.deals)) <= expected


@pytest.fixture(scope="module")
def tied(small: Case) -> Case:
    """The small case, in which aid needs a pact and ceding more excludes the treaty."""
    pact, *_ = (p.id for p in small.provisions)
    titles = {p.id: [v.name for v in p.levels] for p in small.provisions}

    def tie(provision: Provision) -> Provision:
        if provision.id == "military-aid":
            need = Tie(provision=pact, levels=tuple(titles[pact][1:]), source=WHY)
            levels = (
                provision.levels[0],
                *(replace(v, requires=(need,)) for v in provision.levels[1:]),
            )
        elif provision.id == "territorial-terms":
            bar = Tie(provision=pact, levels=("treaty",), source=WHY)
            levels = tuple(
                replace(v, excludes=(bar,)) if v.name == "cede-more" else v
                for v in provision.levels
            )
        else:
            levels = provision.levels
        return replace(provision, levels=levels)

    return replace(small, provisions=tuple(map(tie, small.provisions)))


def test_a_sweep_solves_and_counts_just_the_deals_that_break_no_tie(tied: Case) -> None:
    """36 deals without ties; without a pact only the 3 terms without aid are left, of 9, and
    with the treaty the 3 with ceding more are not: 36 - 6 - 3 = 27.
    """
    expected = by_hand(tied)
    assert len(expected) == 27
    chosen = SweepSettings(futures=4, keep=50, deals="all", workers=1)
    choice, futures = choose(tied, chosen), draw(tied, 4, 1)
    parts = solved(choice, chosen, here(tied, futures, 1), lambda _done, _of: None)
    assert sorted(deal for part, _ in parts for deal in tuples(part.deals)) == expected
    swept = sweep(tied, chosen)
    assert set(swept.deals) <= set(expected), "of deals that are as good as alike one is kept"
    assert (swept.possible, swept.screened) == (27, 27)


@pytest.mark.parametrize("deals", ["narrow", 12])
def test_what_is_narrowed_or_drawn_breaks_no_tie_either(tied: Case, deals: str | int) -> None:
    chosen = SweepSettings(futures=4, keep=9, deals=deals, workers=1, seed=3)
    choice = choose(tied, chosen)
    parts = solved(choice, chosen, here(tied, draw(tied, 4, 3), 1), lambda _done, _of: None)
    found = {deal for part, _ in parts for deal in tuples(part.deals)}
    assert found <= set(by_hand(tied))
    assert (0, 0, 0) in found
    assert len(found) > 5


def refused(call: Callable[[], object], error: type[Exception]) -> str:
    with pytest.raises(error, match="military-aid") as caught:
        call()
    return str(caught.value)


def test_a_deal_that_breaks_a_tie_is_refused_by_name(tied: Case) -> None:
    said = refused(lambda: named(tied, [(0, 1, 0)]), SearchError)
    assert "steady beside mutual-defence:norrland none; it must have one of pledge" in said
    said = refused(lambda: middle_pair(tied, {"military-aid": "surge"}), CaseError)
    assert "surge beside mutual-defence:norrland none" in said
    assert named(tied, [(1, 1, 0)]).tolist() == [[1, 1, 0]]


def test_forty_provisions_with_ties_are_counted_without_being_listed() -> None:
    """Two levels each, the second of which needs that of the one before: 41 deals in all."""
    links = [
        Provision(
            id=f"p{j}",
            title="a link",
            levels=(
                Level(name="no", title="no", effects={}, source=WHY),
                Level(
                    name="yes",
                    title="yes",
                    effects={},
                    source=WHY,
                    requires=(Tie(provision=f"p{j - 1}", levels=("yes",), source=WHY),)
                    if j
                    else (),
                ),
            ),
            excluded={},
        )
        for j in range(40)
    ]
    chain = Case(
        title="A chain", challenger="Velmark", protected="Ardal", guarantors=(),
        period_years=0.25, horizon_years=2.0,
        parameters=usual_parameters((), [p.id for p in links]), provisions=tuple(links),
        red_lines=(), criteria=Criteria(), record_hash=None, notes=(),
    )  # fmt: skip
    whole = space(chain)
    assert whole.count == 41
    assert tuples(whole.deals(np.array([40]))) == [(1,) * 40]
