"""Which red lines collide, against trying every deal."""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from foedus.answer.redlines import collisions
from foedus.case.values import Case, RedLine, Source

if TYPE_CHECKING:
    from collections.abc import Callable

SAID = Source(kind="claim", refs=("c-1",), why="said so")


def line(party: str, provision: str, *levels: str) -> RedLine:
    return RedLine(party=party, provision=provision, levels=levels, source=SAID)


def by_trying_every_deal(case: Case) -> set[tuple[int, ...]]:
    """Smallest sets of red lines such that each allowed deal crosses one of them."""
    allowed = [[v.name for v in p.levels if v.name not in p.excluded] for p in case.provisions]
    crossed = []
    for deal in product(*allowed):
        taken = dict(zip((p.id for p in case.provisions), deal, strict=True))
        crossed.append({i for i, r in enumerate(case.red_lines) if taken[r.provision] in r.levels})
    count = len(case.red_lines)
    every = chain.from_iterable(combinations(range(count), n) for n in range(count + 1))
    collide = [s for s in every if all(c & set(s) for c in crossed)]
    return {s for s in collide if not any(set(o) < set(s) for o in collide)}


def test_troops_demanded_and_troops_refused_collide(case_of: Callable[..., Case]) -> None:
    lines = (
        line("Velm", "a", "a0"),
        line("Ardal", "a", "a1", "a2"),
        line("Ardal", "b", "b1"),
    )
    case = case_of(levels=(3, 2), red_lines=lines)
    assert collisions(case) == ((0, 1),)


def test_a_level_off_the_table_can_be_the_one_that_would_have_done(
    case_of: Callable[..., Case],
) -> None:
    lines = (line("Velm", "a", "a0"), line("Ardal", "a", "a2"))
    assert collisions(case_of(levels=(3,), red_lines=lines)) == ()
    off = case_of(levels=(3,), red_lines=lines, excluded={"a": ("a1",)})
    assert collisions(off) == ((0, 1),)


def test_a_line_against_every_level_collides_by_itself(case_of: Callable[..., Case]) -> None:
    lines = (line("Velm", "a", "a0"), line("Ardal", "a", "a0", "a1"), line("Velm", "b", "b0"))
    assert collisions(case_of(levels=(2, 2), red_lines=lines)) == ((1,),)


def test_three_lines_can_collide_of_which_any_two_do_not(case_of: Callable[..., Case]) -> None:
    lines = tuple(line(f"state {i}", "a", f"a{i}") for i in range(3))
    assert collisions(case_of(levels=(3,), red_lines=lines)) == ((0, 1, 2),)


@given(data=st.data())
def test_they_are_those_found_by_trying_every_deal(
    data: st.DataObject, case_of: Callable[..., Case]
) -> None:
    levels = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    names = {
        letter: [f"{letter}{i}" for i in range(count)]
        for letter, count in zip("abc", levels, strict=False)
    }
    lines = []
    for _ in range(data.draw(st.integers(0, 5))):
        provision = data.draw(st.sampled_from(sorted(names)))
        barred = data.draw(st.lists(st.sampled_from(names[provision]), min_size=1, unique=True))
        lines.append(line("someone", provision, *barred))
    excluded = {
        letter: tuple(data.draw(st.lists(st.sampled_from(own[1:]), unique=True)))
        for letter, own in names.items()
        if len(own) > 1
    }
    case = case_of(levels=levels, red_lines=tuple(lines), excluded=excluded)
    assert set(collisions(case)) == by_trying_every_deal(case)
