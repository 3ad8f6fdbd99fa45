"""Every fault that a case can have is found, said, and said together with the others."""

from __future__ import annotations

import datetime as dt
import math
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from foedus.case import check
from foedus.case.values import Criteria, Distribution, Level, Parameter, Provision, Source, Tie
from foedus.errors import CaseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.case.values import Case

    Change = Callable[[Case], Case]


def faults(case: Case) -> str:
    with pytest.raises(CaseError, match=r"ardal\.yaml") as caught:
        check(case, "ardal.yaml")
    return str(caught.value)


def ranged(name: str, low: float, high: float, kind: str = "uniform") -> Change:
    """Change the range of the first parameter of that name."""

    def change(case: Case) -> Case:
        values = Distribution(kind=kind, low=low, high=high)
        return replace(
            case,
            parameters=tuple(
                replace(p, distribution=values) if p.name == name else p for p in case.parameters
            ),
        )

    return change


def first_parameter(**fields: object) -> Change:
    def change(case: Case) -> Case:
        return replace(
            case, parameters=(replace(case.parameters[0], **fields), *case.parameters[1:])
        )

    return change


def first_provision(**fields: object) -> Change:
    def change(case: Case) -> Case:
        first, *rest = case.provisions
        return replace(case, provisions=(replace(first, **fields), *rest))

    return change


def level(index: int, **fields: object) -> Change:
    """Change a level of the first provision."""

    def change(case: Case) -> Case:
        levels = list(case.provisions[0].levels)
        levels[index] = replace(levels[index], **fields)
        return first_provision(levels=tuple(levels))(case)

    return change


def red_line(**fields: object) -> Change:
    def change(case: Case) -> Case:
        return replace(case, red_lines=(replace(case.red_lines[0], **fields),))

    return change


def header(**fields: object) -> Change:
    return lambda case: replace(case, **fields)


def source(
    kind: str = "judgement", refs: tuple[str, ...] = (), why: str = "why", **told: object
) -> Source:
    return Source(kind=kind, refs=refs, why=why, **told)


def tie(provision: str = "watch", levels: tuple[str, ...] = ("none",), why: str = "why") -> Tie:
    return Tie(provision=provision, levels=levels, source=source(why=why))


DAY = dt.date(2031, 2, 3)


FAULTS = [
    (header(title=" "), "title is empty"),
    (header(challenger=""), "challenger is ''"),
    (header(challenger=" Velmark"), "no blank at either end"),
    (header(protected="Velmark"), "protected is 'Velmark' again"),
    (header(guarantors=("Norrland", "Norrland")), "guarantors is 'Norrland' again"),
    (header(period_years=0.0), "period_years is 0.0; it must be above 0"),
    (header(horizon_years=math.nan), "horizon_years is nan"),
    (header(horizon_years=10.1), "a whole number of periods"),
    (header(notes=("",)), "notes is an empty note"),
    (header(record_hash=""), "record is empty"),
    (header(parameters=()), "parameters.hold is missing"),
    (header(provisions=()), "provisions is empty"),
    (header(criteria=Criteria(survive_least=1.2)), "criteria.survive_least is 1.2"),
    (header(criteria=Criteria(alpha_least=math.nan)), "criteria.alpha_least is nan"),
    (ranged("delta", 0.9, 1), "delta.value is 0.9 to 1; it must lie above 0 and below 1"),
    (ranged("delta", 0, 0.5), "delta.value is 0 to 0.5; it must lie above 0 and below 1"),
    (ranged("x0", -0.1, 0.5), "x0.value is -0.1 to 0.5; it must lie between 0 and 1"),
    (ranged("crisis", 0.5, 1.5), "crisis.value is 0.5 to 1.5; it must lie between 0 and 1"),
    (ranged("hold", 1.3, 1.3), "hold.value is 1.3; it must lie between 0 and 1"),
    (ranged("fight_c", -1, 0), "fight_c.value is -1 to 0; it must be 0 or more"),
    (ranged("shock_scale", 0, 1), "shock_scale.value is 0 to 1; it must be above 0"),
    (ranged("stake_scale", 0, 1), "stake_scale.Norrland.value is 0 to 1; it must be above 0"),
    (ranged("effect", -1, 1), "effect.pact.value is -1 to 1; it must be 0 or more"),
    (ranged("shock_mean", 1, 0), "shock_mean.value is 1 to 0; it must run from the least"),
    (ranged("shock_mean", 0, 1, "loguniform"), "must start above 0 to be loguniform"),
    (ranged("shock_mean", 0, 1, "normal"), "shock_mean.value is normal"),
    (ranged("shock_mean", math.nan, 1), "shock_mean.value is nan to 1; it must be finite"),
    (ranged("shock_mean", 0, math.inf), "shock_mean.value is 0 to inf; it must be finite"),
    (ranged("war_freeze", 0, 0.99), "at the upper ends of war_win_c, war_win_p, war_freeze"),
    (first_parameter(name="gamma"), "parameters.gamma is not a parameter"),
    (first_parameter(name="x0"), "parameters.x0 is given 2 times"),
    (first_parameter(of="Norrland"), "parameters.delta.Norrland is given for 'Norrland'"),
    (first_parameter(name="fight_g", of="Sund"), "must belong to a guarantor: Norrland"),
    (first_parameter(name="fight_g", of=None), "parameters.fight_g is given for nobody"),
    (first_parameter(name="effect", of="pacts"), "must belong to a provision: pact, watch"),
    (
        first_parameter(unit="euros"),
        "parameters.delta.unit is 'euros'; it must be 'factor per period'",
    ),
    (first_parameter(source=source(why=" ")), "parameters.delta.source.why is empty"),
    (first_parameter(source=source("rumour")), "source.kind is rumour"),
    (first_parameter(source=source("claim")), "source.refs is empty"),
    (first_parameter(source=source("base-rate")), "source.refs is empty"),
    (first_parameter(source=source("published")), "source.refs is empty"),
    (first_parameter(source=source("published", ("a book",), by="Ann")), "source.by is Ann; it"),
    (first_parameter(source=source(by=" ")), "source.by is empty"),
    (first_parameter(source=source("assumption", date=DAY)), "source.date is 2031-02-03; it must"),
    (first_parameter(source=source(refs=("",))), "source.refs is an empty reference"),
    (first_provision(id="watch"), "provisions.watch is given 2 times"),
    (first_provision(id=""), "provisions. is ''"),
    (first_provision(title=""), "provisions.pact.title is empty"),
    (first_provision(levels=()), "provisions.pact.levels is empty"),
    (first_provision(excluded={"none": source()}), "excluded.none is its first level"),
    (first_provision(excluded={"vow": source()}), "excluded.vow is no level of it"),
    (first_provision(excluded={"treaty": source(why="")}), "excluded.treaty.why is empty"),
    (first_provision(present={"vow": source()}), "present.vow is no level of it"),
    (first_provision(present={"none": source()}), "present.none is its first level"),
    (first_provision(present={"treaty": source()}), "a level with a delay of 3 periods"),
    (first_provision(present={"treaty": source(), "none": source()}), "present is treaty, none"),
    (
        first_provision(present={"treaty": source()}, excluded={"treaty": source()}),
        "present.treaty is excluded too",
    ),
    (first_provision(present={"treaty": source(why="")}), "present.treaty.why is empty"),
    (first_provision(borne_by=("Sund",)), "provisions.pact.borne_by is 'Sund'; it must be a party"),
    (first_provision(borne_by=("Ardal", "Ardal")), "borne_by is 'Ardal' 2 times"),
    (level(0, effects={"denial": 0.1}), "levels.none is first and has denial"),
    (level(1, name="none"), "provisions.pact.levels.none is given 2 times"),
    (level(1, title=""), "levels.treaty.title is empty"),
    (level(1, source=source(why="")), "levels.treaty.source.why is empty"),
    (level(1, condition=" "), "levels.treaty.condition is empty"),
    (level(1, expires_years=0.0), "levels.treaty.expires_years is 0; it must be above 0"),
    (level(1, expires_years=math.nan), "levels.treaty.expires_years is nan"),
    (level(0, requires=(tie(),)), "levels.none.requires is given for its first level"),
    (level(1, requires=(tie("pact"),)), "requires.1.provision is 'pact', its own"),
    (level(1, excludes=(tie("pax"),)), "excludes.1.provision is 'pax'; it must be a provision"),
    (level(1, requires=(tie(levels=()),)), "requires.1.levels is empty"),
    (level(1, requires=(tie(levels=("vow",)),)), "requires.1.levels is 'vow'"),
    (level(1, requires=(tie(levels=("treaty",) * 2),)), "requires.1.levels is treaty 2 times"),
    (level(1, requires=(tie(), tie())), "requires.1.provision is one of 2 about watch"),
    (level(1, excludes=(tie(why=""),)), "excludes.1.source.why is empty"),
    (level(1, effects={"denail": 1.0}), "Was denial meant?"),
    (level(1, effects={"valour": 1.0}), "effects.valour is not an effect"),
    (level(1, effects={"help": 1.0}), "effects.help is given for nobody"),
    (level(1, effects={("help", "Sund"): 1.0}), "effects.help.Sund is for 'Sund'"),
    (level(1, effects={("denial", "Norrland"): 1.0}), "effects.denial.Norrland is given for"),
    (level(1, effects={("valour", "Norrland"): 1.0}), "effects.valour.Norrland is not an effect"),
    (level(1, effects={"punish": math.nan}), "effects.punish is nan; it must be finite"),
    (level(1, effects={"delay": 1.5}), "effects.delay is 1.5; it must be a whole number"),
    (level(1, effects={"delay": -1}), "effects.delay is -1; it must be a whole number"),
    (level(1, effects={"share": 1.5}), "effects.share is 1.5; it must lie between -1 and 1"),
    (level(1, effects={"crisis": -11}), "effects.crisis is -11; it must lie between -10 and 10"),
    (red_line(party="Sund"), "red_lines.1.party is 'Sund'"),
    (red_line(provision="pax"), "red_lines.1.provision is 'pax'"),
    (red_line(levels=("vow",)), "red_lines.1.levels is 'vow'"),
    (red_line(levels=()), "red_lines.1.levels is empty"),
    (red_line(levels=("treaty", "treaty")), "red_lines.1.levels is treaty 2 times"),
    (red_line(active=False), "red_lines.1.why is empty; it must say in a sentence why"),
    (red_line(why="I say so."), "red_lines.1.why is given; it must be left out"),
    (red_line(party="Velmar"), "Was Velmark meant?"),
    (red_line(source=source("claim")), "red_lines.1.source.refs is empty"),
    (lambda case: replace(case, red_lines=case.red_lines * 2), "is one of 2 of Velmark on it"),
]


@pytest.mark.parametrize(("change", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_case_that_cannot_be_is_refused_in_words(
    small_case: Case, change: Change, said: str
) -> None:
    assert said in faults(change(small_case))


def test_a_case_that_is_right_comes_back_as_it_is(small_case: Case) -> None:
    assert check(small_case, "ardal.yaml") is small_case


def test_the_edges_of_what_the_model_allows_are_allowed(small_case: Case) -> None:
    """Chances of 0 and 1, hazards that add up to 1, a cost of 0: all are games of the model."""
    edges = [ranged("hold", 0, 1), ranged("x0", 1, 1), ranged("fight_c", 0, 0)]
    edges += [ranged("war_win_c", 0.1, 0.3), ranged("war_win_p", 0, 0.3)]
    edges += [ranged("war_freeze", 0, 0.4), ranged("stake_mean", -2, 0)]
    for change in edges:
        small_case = change(small_case)
    assert check(small_case, "ardal.yaml") is small_case


def test_who_does_not_bear_a_provision_has_no_cost_of_it(small_case: Case) -> None:
    costly = level(1, effects={("cost", "Norrland"): 0.1, ("help", "Norrland"): 0.5})(small_case)
    assert check(first_provision(borne_by=("Norrland",))(costly), "ardal.yaml")
    said = faults(first_provision(borne_by=("Ardal",))(costly))
    assert "effects.cost.Norrland is for 'Norrland'; it must be for one who bears" in said
    assert "faults" not in said, "help may come from whoever"


def test_a_level_stands_in_one_of_three_ways_today(small_case: Case) -> None:
    now = first_provision(present={"treaty": source()})(
        level(1, effects={"punish": 0.1})(small_case)
    )
    pact, watch = check(now, "ardal.yaml").provisions
    assert [pact.availability(name) for name in ("none", "treaty")] == ["available", "in-force"]
    assert watch.availability("treaty") == "off-the-table"


def test_all_faults_come_at_once(small_case: Case) -> None:
    changes = [ranged("hold", 2, 2), ranged("delta", 1, 1), level(0, effects={"punish": 1.0})]
    for change in (*changes, red_line(party="Sund"), header(title="")):
        small_case = change(small_case)
    said = faults(small_case)
    assert "5 faults" in said
    for part in ("title", "hold", "delta", "levels.none", "red_lines.1.party"):
        assert part in said


def test_the_error_survives_a_trip_between_processes(small_case: Case) -> None:
    with pytest.raises(CaseError, match="title") as caught:
        check(replace(small_case, title=""), "ardal.yaml")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 -- pickled one line above
    assert str(again) == str(caught.value)


def test_a_case_without_guarantors_is_a_case_like_any_other(small_case: Case) -> None:
    none = Level(name="none", title="Nothing", effects={}, source=source())
    provisions = (Provision(id="pact", title="A pact", levels=(none,), excluded={}),)
    mine = {"fight_g", "war_support", "stake_mean", "stake_scale"}
    kept: tuple[Parameter, ...] = tuple(
        p for p in small_case.parameters if p.name not in mine and p.of != "watch"
    )
    bare = replace(small_case, guarantors=(), provisions=provisions, parameters=kept, red_lines=())
    assert check(bare, "ardal.yaml") is bare
