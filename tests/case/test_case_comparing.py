"""Two cases compared: nothing where they say the same, and each change said once, where it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from drawn_cases import cases
from foedus.case import case_hash
from foedus.case.comparing import compare
from foedus.case.values import Criteria, Distribution, Source, Tie

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.case.values import Case

    Change = Callable[[Case], Case]

WHY = Source(kind="judgement", refs=(), why="so", by="Ann", date=dt.date(2031, 5, 2))


@given(cases())
@settings(max_examples=30)
def test_a_case_does_not_differ_from_itself(case: Case) -> None:
    assert compare(case, replace(case)) == ()


@given(cases(), cases())
@settings(max_examples=30)
def test_cases_with_other_hashes_differ_and_the_way_back_tells_the_same_the_other_way(
    one: Case, other: Case
) -> None:
    there, back = compare(one, other), compare(other, one)
    assert bool(there) == (case_hash(one) != case_hash(other))
    turned = {(d.part, d.path[0], d.after, d.before) for d in back}
    assert {(d.part, d.path[0], d.before, d.after) for d in there} == turned


def parameter(name: str, **fields: object) -> Change:
    return lambda case: replace(
        case,
        parameters=tuple(replace(p, **fields) if p.name == name else p for p in case.parameters),
    )


def provision(**fields: object) -> Change:
    return lambda case: replace(
        case, provisions=(replace(case.provisions[0], **fields), *case.provisions[1:])
    )


def treaty(**fields: object) -> Change:
    def change(case: Case) -> Case:
        none, level = case.provisions[0].levels
        return provision(levels=(none, replace(level, **fields)))(case)

    return change


def red_line(**fields: object) -> Change:
    return lambda case: replace(case, red_lines=(replace(case.red_lines[0], **fields),))


def ranged(low: float, high: float) -> Distribution:
    return Distribution(kind="uniform", low=low, high=high)


TIE = Tie(provision="watch", levels=("none",), source=WHY)
CHANGES = [
    (parameter("hold", distribution=ranged(0.4, 0.6)), "parameters.hold",
     "alone keeps its share if attacked): 0.4 to 0.65 -> 0.4 to 0.6: narrower."),
    (parameter("hold", distribution=ranged(0.1, 0.3)), "parameters.hold",
     "0.4 to 0.65 -> 0.1 to 0.3: narrower, and the two do not meet."),
    (parameter("hold", distribution=ranged(0.3, 0.7)), "parameters.hold", "0.7: wider."),
    (parameter("hold", distribution=replace(ranged(0.4, 0.65), kind="pert", shape=(0.5,))),
     "parameters.hold", "-> 0.4 to 0.65, pert with 0.5: of another form."),
    (parameter("hold", source=WHY), "parameters.hold.source", "judgement by Ann, 2031-05-02, “so”"),
    (provision(title="A vow"), "provisions.pact.title", "the title of pact: A pact -> A vow."),
    (provision(borne_by=("Norrland",)), "provisions.pact.borne_by", "bearer of pact 'Norrland' is"),
    (provision(excluded={"treaty": WHY}), "provisions.pact.excluded.treaty",
     "pact, treaty, off the table is new"),
    (treaty(effects={"provoke": 0.02, "delay": 3, ("help", "Norrland"): 0.6}),
     "provisions.pact.levels.treaty.effects.help.Norrland", "help of Norrland (part of the gap in"),
    (treaty(requires=(TIE,)), "provisions.pact.levels.treaty.requires",
     "pact, treaty requires of watch is new: none."),
    (treaty(condition="a vote"), "provisions.pact.levels.treaty.condition", "nothing -> a vote."),
    (treaty(expires_years=5.0), "provisions.pact.levels.treaty.expires_years",
     "pact, treaty expires: never -> after 5 years."),
    (red_line(active=False, why="they moved"), "red_lines.1.active",
     "the red line of Velmark on pact is: on -> off, “they moved”."),
    (red_line(levels=("none", "treaty")), "red_lines.1", "treaty -> none or treaty."),
    (lambda case: replace(case, red_lines=()), "red_lines.1",
     "the red line of Velmark on pact is gone; it was: treaty."),
    (lambda case: replace(case, criteria=Criteria(survive_least=0.9)), "criteria.survive_least",
     "at least this chance): 0.8 -> 0.9."),
    (lambda case: replace(case, horizon_years=5.0), "horizon_years", "horizon years: 10 -> 5."),
    (lambda case: replace(case, notes=()), "notes", "the note 'All invented.' is gone."),
    (lambda case: replace(case, record_hash="ab"), "record", "record: none -> ab."),
    (lambda case: replace(case, provisions=case.provisions[::-1]), "provisions",
     "the order of provisions: pact, watch -> watch, pact."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "path", "says"), CHANGES, ids=[says for *_, says in CHANGES])
def test_one_change_is_said_once_in_words(
    small_case: Case, change: Change, path: str, says: str
) -> None:
    (found,) = compare(small_case, change(small_case))
    assert ".".join(found.path) == path
    assert says in found.says
