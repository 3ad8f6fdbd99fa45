"""What is to be looked at in a case is found, where it is, and nothing else is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from foedus.case.lint import RULES, CaseFinding, sources
from foedus.case.lint_parts import of_parts
from foedus.case.lint_record import of_record
from foedus.case.meanings import CRITERIA, DISTRIBUTIONS, EFFECTS, KEYS, PARAMETERS
from foedus.case.values import Distribution, Level, Source, Tie
from foedus.record import Change, Target
from foedus.record.values import Correction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from foedus.case.values import Case
    from foedus.record.values import Record

    Edit = Callable[[Case], Case]

JUDGED = Source(kind="judgement", refs=(), why="so")
DAY = dt.date(2031, 2, 3)


def quiet(case: Case) -> Case:
    """Return the case with no assumption in it, and a second level that costs something."""
    none, treaty = case.provisions[0].levels
    pact = replace(case.provisions[0], levels=(none, treaty))
    parameters = tuple(replace(p, source=JUDGED) for p in case.parameters)
    watch = replace(
        case.provisions[1],
        excluded={},
        levels=(none, Level(name="eyes", title="x", effects={"crisis": -0.1}, source=JUDGED)),
    )
    return replace(case, parameters=parameters, provisions=(pact, watch))


def told(case: Case) -> list[tuple[str, str]]:
    return [(finding.rule, ".".join(finding.path)) for finding in of_parts(case)]


def pact(*levels: Level) -> Edit:
    return lambda case: replace(
        case,
        provisions=(
            replace(case.provisions[0], levels=(*case.provisions[0].levels, *levels)),
            *case.provisions[1:],
        ),
    )


def parameter(name: str, **fields: object) -> Edit:
    return lambda case: replace(
        case,
        parameters=tuple(replace(p, **fields) if p.name == name else p for p in case.parameters),
    )


def level(effects: dict[str | tuple[str, str], float], **fields: object) -> Level:
    return Level(name="more", title="More", effects=effects, source=JUDGED, **fields)


TREATY = {"provoke": 0.02, "delay": 3, ("help", "Norrland"): 0.5}
AT = "provisions.pact.levels.more"
BAR = Tie(provision="watch", levels=("none", "eyes"), source=JUDGED)
RATES = ("war-ends-within-2y-after-2y",)


def hazards(*highs: float) -> Edit:
    """Set the chances of the three ends a period, each from half of it."""

    def change(case: Case) -> Case:
        for name, high in zip(("war_win_c", "war_win_p", "war_freeze"), highs, strict=True):
            source = Source(kind="base-rate", refs=RATES, why="counted")
            values = Distribution(kind="uniform", low=high / 2, high=high)
            case = parameter(name, distribution=values, source=source)(case)
        return case

    return change


FOUND = [
    (parameter("hold", source=replace(JUDGED, kind="assumption")), "assumption", "parameters.hold"),
    (pact(level({**TREATY})), "same-level", AT),
    (pact(level({**TREATY, "provoke": 0.03})), "lesser-level", AT),
    (pact(level({**TREATY, ("help", "Norrland"): 0.4})), "lesser-level", AT),
    (pact(level({**TREATY, "punish": 0.3})), "lesser-level", "provisions.pact.levels.treaty"),
    (pact(level({"cost": 0.0, "provoke": 0.03})), "lesser-level", AT),
    (pact(level({**TREATY, "punish": 1}, condition="a vote")), "not-in-game", f"{AT}.condition"),
    (pact(level({**TREATY, "punish": 1}, expires_years=5.0)), "not-in-game", f"{AT}.expires_years"),
    (pact(level({**TREATY, "punish": 1}, excludes=(BAR,))), "in-no-deal", AT),
    (
        lambda case: replace(
            case, red_lines=(replace(case.red_lines[0], active=False, why="they moved"),)
        ),
        "red-line-off",
        "red_lines.1",
    ),
    (
        parameter("hold", source=Source(kind="base-rate", refs=RATES, why="counted")),
        "other-rate",
        "parameters.hold",
    ),
    (
        parameter("hold", source=Source(kind="base-rate", refs=("no-such-rate",), why="counted")),
        "unknown-rate",
        "parameters.hold",
    ),
    (hazards(0.001, 0.001, 0.001), "outside-rate", "parameters.war_freeze"),
    (hazards(0.3, 0.3, 0.3), "outside-rate", "parameters.war_freeze"),
]  # fmt: skip


def test_a_case_with_nothing_to_look_at_gives_nothing(small_case: Case) -> None:
    assert told(quiet(small_case)) == []


@pytest.mark.parametrize(("change", "rule", "path"), FOUND, ids=[f"{r}-{p}" for _, r, p in FOUND])
def test_each_rule_finds_what_it_is_for_where_it_is(
    small_case: Case, change: Edit, rule: str, path: str
) -> None:
    assert (rule, path) in told(change(quiet(small_case)))


def test_levels_with_other_terms_or_that_give_and_take_are_not_compared(small_case: Case) -> None:
    for effects in (
        {**TREATY, "value_c": 0.1},
        {**TREATY, "share": 0.1},
        {**TREATY, "punish": 0.1, "provoke": 0.05},
    ):
        assert told(pact(level(effects))(quiet(small_case))) == []


def test_an_expiry_beyond_the_horizon_is_as_good_as_none(small_case: Case) -> None:
    lasting = level({**TREATY, "punish": 1, "provoke": 0.1}, expires_years=10.0)
    assert told(pact(lasting)(quiet(small_case))) == []


def test_the_ends_of_wars_are_reckoned_over_the_periods_of_the_rate(small_case: Case) -> None:
    """Of 5 in 14, counted: 16 to 61 % in two years. With 0.01 + 0.005 + 0.03 a quarter at most,
    1 - 0.955^8 = 31 %, and 17 % with half of each: within.
    """
    assert told(hazards(0.01, 0.005, 0.03)(quiet(small_case))) == []
    (low,) = (f for f in of_parts(hazards(0.003, 0.003, 0.009)(quiet(small_case))))
    assert "6% to 11% by the three chances" in low.what  # 1 - 0.9925^8, 1 - 0.985^8
    assert "16% to 61%" in low.what


def test_the_part_of_wars_that_end_undecided_is_reckoned_from_the_three_chances(
    small_case: Case,
) -> None:
    """Of 4 in 14, counted: 12 to 55 %. Freezes at 0.05 to 0.1 beside victories of 0.001 to 0.002
    each are at least 0.05/0.054 = 93 % of the ends and at most 0.1/0.102 = 98 %.
    """
    named = Source(kind="base-rate", refs=("long-wars-undecided",), why="counted")
    case = hazards(0.002, 0.002, 0.1)(quiet(small_case))
    for name in ("war_win_c", "war_win_p", "war_freeze"):
        case = parameter(name, source=named)(case)
    (found,) = of_parts(case)
    assert "those that end undecided are 93% to 98% by the three chances" in found.what
    even = hazards(0.02, 0.02, 0.03)(case)
    for name in ("war_win_c", "war_win_p", "war_freeze"):
        even = parameter(name, source=named)(even)
    assert told(even) == []


def test_quiet_years_are_reckoned_over_the_periods_of_the_rate(small_case: Case) -> None:
    """3 of 14 pairs of neighbours had five quiet years, 8 to 48 %. With a crisis in a quarter or
    more of the quarters, (3/4)^20 is 0.3 %: none; with one in 5 to 20 of 100, 1 to 36 %: some.
    """
    source = Source(kind="base-rate", refs=("no-fatal-dispute-5y-between-neighbours",), why="so")

    def with_crises(low: float, high: float) -> Case:
        values = Distribution(kind="uniform", low=low, high=high)
        return parameter("crisis", source=source, distribution=values)(quiet(small_case))

    assert told(with_crises(0.05, 0.2)) == []
    (found,) = of_parts(with_crises(0.25, 0.5))
    assert (found.rule, found.path) == ("outside-rate", ("parameters", "crisis"))
    assert "5 years without a crisis have a chance of 0% to 0% by the range" in found.what
    (found,) = of_parts(with_crises(0.01, 0.02))
    assert "67% to 82% by the range" in found.what  # 0.98^20, 0.99^20


def test_what_no_deal_can_have_has_no_bearing(small_case: Case) -> None:
    """With the treaty off the table Norrland is no party, and the pact's multiplier is idle."""
    case = quiet(small_case)
    first = replace(case.provisions[0], excluded={"treaty": JUDGED})
    found = told(replace(case, provisions=(first, *case.provisions[1:])))
    assert set(found) == {
        *(
            ("no-bearing", f"parameters.{name}.Norrland")
            for name in ("fight_g", "war_support", "stake_mean", "stake_scale")
        ),
        ("no-bearing", "parameters.effect.pact"),
        ("red-line-idle", "red_lines.1"),
    }


def test_an_effect_of_nought_is_no_effect(small_case: Case) -> None:
    case = quiet(small_case)
    nought = {"denial": 0.0, "provoke": 0.1, ("help", "Norrland"): 0.0}
    none, treaty = case.provisions[0].levels
    first = replace(case.provisions[0], levels=(none, replace(treaty, effects=nought)))
    found = told(replace(case, provisions=(first, case.provisions[1])))
    assert ("no-bearing", "parameters.effect.pact") in found
    assert ("no-bearing", "parameters.fight_g.Norrland") in found


def test_every_source_of_a_case_is_looked_at_once(small_case: Case) -> None:
    """Counted by hand: 13 + 4 parameters of one guarantor, 2 multipliers; 2 provisions of 2
    levels; 1 level off the table; 1 red line; and a tie.
    """
    none, treaty = small_case.provisions[0].levels
    tied = replace(treaty, requires=(replace(BAR, levels=("none",)),))
    first = replace(small_case.provisions[0], levels=(none, tied))
    paths = [
        p for p, _ in sources(replace(small_case, provisions=(first, small_case.provisions[1])))
    ]
    assert len(paths) == len(set(paths)) == 17 + 2 + 4 + 1 + 1 + 1
    assert ("provisions", "pact", "levels", "treaty", "requires", "1") in paths


def test_every_rule_can_be_found() -> None:
    """Here or by the record, below: no rule is a dead letter."""
    by_record = {"not-in-record", "disputed", "superseded", "out-of-date", "outside-claim"}
    found = {rule for _, rule, _ in FOUND} | {"no-bearing", "red-line-idle"}
    assert found | by_record == set(RULES)


# -- against a record -----------------------------------------------------------------------------


def against(case: Case, record: Record) -> list[CaseFinding]:
    return list(of_record(replace(case, record_hash=record.hash), record))


def rejection(number: int, family: str, when: dt.datetime) -> Change:
    target = Target(family=family)
    return Change(number=number, kind="reject", by="Ann", at=when, targets=(target,), why="misread")


def resting_on(*refs: str) -> Source:
    return Source(kind="claim", refs=refs, why="it was said")


def test_what_the_record_bears_out_is_not_told(
    small_case: Case, record_of: Callable[[str], Record]
) -> None:
    record = record_of("provision monitoring rejected Velmark @r1")
    source = resting_on(record.provisions[0].id)
    watch = replace(small_case.provisions[1], excluded={"treaty": source})
    case = replace(small_case, provisions=(small_case.provisions[0], watch))
    assert against(case, record) == []


def test_another_state_of_the_record_and_entries_that_are_gone_are_told(
    small_case: Case, record_of: Callable[[str], Record]
) -> None:
    record = record_of("attack Velmark -> Ardal 40 @r1")
    case = parameter("hold", source=resting_on("e-0123456789ab"))(small_case)
    found = list(of_record(replace(case, record_hash="0" * 12), record))
    assert [(f.rule, f.path) for f in found] == [
        ("out-of-date", ("record",)),
        ("not-in-record", ("parameters", "hold")),
    ]
    assert found[1].what == "e-0123456789ab is not in the record"


def test_what_is_gone_is_told_with_what_was_rejected_and_not_taken_back(
    small_case: Case, record_of: Callable[[str], Record]
) -> None:
    record = record_of("attack Velmark -> Ardal 40 @r1")
    case = parameter("hold", source=resting_on("e-0123456789ab"))(small_case)
    when = dt.datetime(2031, 5, 2, tzinfo=dt.UTC)
    event, claim = (rejection(1, "event", when), rejection(2, "claim", when))
    undo = Change(number=3, kind="undo", by="Ann", at=when, undoes=1)

    def said(*changes: Change) -> str:
        (found,) = of_record(replace(case, record_hash=record.hash), record, changes)
        return found.what

    assert said(event, claim).endswith("; rejected of its kind: #1 by Ann (misread)")
    assert "rejected" not in said(event, claim, undo)


def test_what_is_disputed_denied_or_corrected_is_told(
    small_case: Case, record_of: Callable[[str], Record]
) -> None:
    record = record_of("denied-attack Velmark -> Ardal 40 @r1")
    (event,) = record.events
    corrected = Correction(
        number=1, kind="correct", by="Ann", at=dt.datetime(2031, 5, 2, tzinfo=dt.UTC),
        field="place", now="Ombel", was="Ambel",
    )  # fmt: skip
    disputed = replace(event, disputes=("drones launched: 40 or 50",), corrections=(corrected,))
    case = parameter("hold", source=resting_on(event.id))(small_case)
    (found,) = against(case, replace(record, events=(disputed,)))
    assert found.rule == "disputed"
    for words in ("drones launched", "it is denied", "Ann corrected place to Ombel, read as Ambel"):
        assert words in found.what


def test_a_level_that_came_back_onto_the_table_is_told(
    small_case: Case, record_of: Callable[[str], Record]
) -> None:
    record = record_of("provision monitoring agreed Velmark @r1")
    source = resting_on(record.provisions[0].id)
    watch = replace(small_case.provisions[1], excluded={"treaty": source})
    case = replace(small_case, provisions=(small_case.provisions[0], watch))
    (found,) = against(case, record)
    assert found.rule == "superseded"
    assert found.path == ("provisions", "watch", "excluded", "treaty")
    assert "monitoring is agreed since 2031-02-03, off the table in the case" in found.what


def test_a_red_line_that_its_party_has_since_given_up_is_told(
    small_case: Case, record_of: Callable[[str], Record]
) -> None:
    record = record_of(
        "position Velmark rejects foreign-troops @r1\nposition Velmark accepts foreign-troops @r2"
    )
    before, after = record.positions
    later = replace(after, date=DAY + dt.timedelta(days=30))
    line = replace(small_case.red_lines[0], source=resting_on(before.id))
    case = replace(small_case, red_lines=(line,))
    (found,) = against(case, replace(record, positions=(before, later)))
    assert found.rule == "superseded"
    assert "and accepts it on 2031-03-05" in found.what
    assert "superseded" not in [f.rule for f in against(case, record)], "one day tells no order"


def test_a_share_that_the_words_do_not_bear_out_is_told(
    small_case: Case, record_of: Callable[[str], Record]
) -> None:
    record = record_of("speaks Velmark holds 19 per cent of Ardal for Velmark @r1")
    source = resting_on(record.claims[0].id)
    wide = Distribution(kind="uniform", low=0.15, high=0.25)
    case = parameter("x0", source=source, distribution=wide)(small_case)
    assert against(case, record) == []
    narrow = replace(wide, low=0.22)
    (found,) = against(parameter("x0", distribution=narrow)(case), record)
    assert found.rule == "outside-claim"
    assert found.what == "0.22 to 0.25, where the reports named say 0.19"


def test_every_rule_and_every_key_is_documented(root: Path) -> None:
    page = (root / "docs" / "look-up" / "case-file.md").read_text("utf-8")
    assert [rule for rule in RULES if f"`{rule}`" not in page] == []
    keys = {key for part in KEYS.values() for key in part if key}
    words = {*keys, *PARAMETERS, *EFFECTS, *CRITERIA, *DISTRIBUTIONS}
    plain = page.replace("{", "`").replace(":", "`")
    assert sorted(word for word in words if f"`{word}`" not in plain) == []
