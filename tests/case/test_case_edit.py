"""A value set in a case file changes that value and its source, and not one other character."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drawn_cases import cases
from foedus.case import from_yaml, to_yaml
from foedus.case.edit import Judgement, set_value
from foedus.case.values import Distribution, Source
from foedus.errors import CaseError

if TYPE_CHECKING:
    from foedus.case.values import Case

DAY = dt.date(2031, 5, 2)
MINE = Judgement(why="Counted on a map.", by="A. Larsen", date=DAY)
SIGNED = Source(kind="judgement", refs=(), why="Counted on a map.", by="A. Larsen", date=DAY)


def put(text: str, path: str, value: str, judgement: Judgement | None = MINE) -> str:
    return set_value((text, "ardal.yaml"), path, value, judgement)


def refused(text: str, path: str, value: str, judgement: Judgement | None = MINE) -> str:
    with pytest.raises(CaseError, match=r"^ardal\.yaml") as caught:
        put(text, path, value, judgement)
    return str(caught.value)


@settings(max_examples=12)
@given(cases(), st.data())
def test_what_is_set_reads_back_and_nothing_else_has_changed(
    case: Case, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(case.parameters) - 1))
    parameter = case.parameters[place]
    low, high = sorted(data.draw(st.tuples(st.floats(1e-6, 0.3), st.floats(1e-6, 0.3))))
    assume(low < high)
    of = f".{parameter.of}" if parameter.of else ""
    text = put(
        to_yaml(case),
        f"parameters.{parameter.name}{of}.value",
        f"{{pert: [{low}, {high}, {high}]}}",
    )
    values = Distribution(kind="pert", low=low, high=high, shape=(high,))
    changed = replace(parameter, distribution=values, source=SIGNED)
    others = case.parameters
    expected = replace(case, parameters=(*others[:place], changed, *others[place + 1 :]))
    assert from_yaml(text, "set") == expected


@settings(max_examples=12)
@given(cases(), st.data())
def test_an_effect_that_is_set_reads_back_whether_it_was_there_or_not(
    case: Case, data: st.DataObject
) -> None:
    provision = data.draw(st.sampled_from(case.provisions))
    assume(len(provision.levels) > 1)
    level = data.draw(st.sampled_from(provision.levels[1:]))
    assume(level.name not in provision.present)
    path = f"provisions.{provision.id}.levels.{level.name}.effects.punish"
    back = from_yaml(put(to_yaml(case), path, "0.25"), "set")
    (found,) = (
        v for p in back.provisions if p.id == provision.id for v in p.levels if v.name == level.name
    )
    assert found.effects == {**level.effects, "punish": 0.25}
    assert found.source.kind == "judgement"
    assert set(level.effects) <= {"punish"} or set(level.source.refs) <= set(found.source.refs)
    same = replace(found, effects=level.effects, source=level.source)
    assert same == level


@pytest.fixture
def typed(small_case: Case) -> str:
    """A case as a person leaves it: comments, single quotes, odd spacing, block and flow mixed."""
    text = to_yaml(small_case)
    text = text.replace("title: Velmark and Ardal\n", "title:   'Velmark and Ardal'   # odd\n", 1)
    text = re.sub(r"(?m)^(  \w+:)(.*)$", r"  # about the next\n\1\2", text)
    text = text.replace(
        "value: {uniform: [0.4, 0.65]}",
        "value:  # a block\n      uniform:\n        - 0.4\n        - 0.65  # high",
    )
    text = text.replace(
        "value: {uniform: [0.15, 0.45]}", "value: { uniform: [ 0.15,0.45 ] }   # why not"
    )
    return text + "# the last line, without an end"


def outside(text: str, name: str) -> str:
    """Return a text without the block of one parameter, found by its indent alone."""
    return re.sub(rf"(?m)^  {name}:.*\n(?:(?:    .*)?\n)*", "", text, count=1)


@pytest.mark.parametrize("name", ["delta", "hold", "fight_c", "crisis"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_comments_quotes_and_spacing_outside_stay_to_the_letter(
    typed: str, name: str, ends: str
) -> None:
    was = typed.replace("\n", ends)
    now = put(was, f"parameters.{name}.value", "0.5")
    assert now != was
    assert now.count("\r\n") == (now.count("\n") if ends == "\r\n" else 0)
    was, now = was.replace("\r\n", "\n"), now.replace("\r\n", "\n")
    assert outside(now, name) == outside(was, name)
    (found,) = (p for p in from_yaml(now, "set").parameters if p.name == name)
    assert found.distribution == Distribution(kind="uniform", low=0.5, high=0.5)
    assert found.source == SIGNED


def test_comments_beside_what_is_set_stay_too(typed: str) -> None:
    now = put(typed, "parameters.hold.value", "{uniform: [0.4, 0.6]}")
    assert "    value: {uniform: [0.4, 0.6]}  # a block\n" in now
    now = put(typed, "parameters.fight_c.value", "{uniform: [0.2, 0.4]}")
    assert "    value: {uniform: [0.2, 0.4]}   # why not\n" in now


def test_a_line_is_put_at_the_very_end_of_a_file_that_ends_without_one(small_case: Case) -> None:
    text = to_yaml(small_case).replace("  security_least: 0.7\n", "").rstrip("\n")
    now = put(text, "criteria.security_least", "0.6", None)
    assert now == f"{text}\n  security_least: 0.6"
    without = re.sub(r"(?s)\n# What a deal must reach.*", "", text)
    now = put(without, "criteria.security_least", "0.6", None)
    assert now == f"{without}criteria: {{security_least: 0.6}}\n"


def test_a_source_in_braces_and_a_text_in_a_block_are_set_as_well(small_case: Case) -> None:
    text = to_yaml(small_case)
    start = text.index("    source:", text.index("  fight_c:"))
    end = text.index("  fight_p:")
    braces = (
        text[:start] + "    source: {kind: published, refs: [a book], why: so}  # b\n" + text[end:]
    )
    now = put(braces, "parameters.fight_c.value", "0.3")
    told = 'why: "Counted on a map.", by: "A. Larsen", date: "2031-05-02"}  # b\n'
    assert f"    source: {{kind: judgement, {told}" in now
    folded = (
        text[:start]
        + "    source:\n      kind: assumption\n      why: >\n        It is\n        so.\n\n"
        + text[end:]
    )
    now = put(folded, "parameters.fight_c.value", "0.3")
    assert from_yaml(now, "set").parameters[4].source == SIGNED


def test_what_it_rests_on_is_kept_with_the_judgement(small_case: Case) -> None:
    resting = replace(MINE, refs=("v-0123456789ab", "a map"))
    now = put(to_yaml(small_case), "parameters.hold.value", "0.5", resting)
    (hold,) = (p for p in from_yaml(now, "set").parameters if p.name == "hold")
    assert hold.source == replace(SIGNED, refs=("v-0123456789ab", "a map"))


def test_the_other_effects_of_a_level_rest_on_what_they_rested_on(small_case: Case) -> None:
    path = "provisions.pact.levels.treaty.effects.help.Norrland"
    now = put(to_yaml(small_case), path, "0.4")
    level = from_yaml(now, "set").provisions[0].levels[1]
    assert level.effects["help", "Norrland"] == 0.4
    assert level.source.why == "Counted on a map. The other effects: made up for a test"


def test_a_red_line_is_switched_off_with_a_reason_and_on_again(small_case: Case) -> None:
    text = to_yaml(small_case)
    off = put(text, "red_lines.1.active", "false")
    (line,) = from_yaml(off, "set").red_lines
    assert not line.active
    assert line.why == "Counted on a map. (A. Larsen, 2031-05-02)"
    assert line.source == small_case.red_lines[0].source
    on = put(off, "red_lines.1.active", "true", None)
    assert from_yaml(on, "set") == small_case
    assert "set for no reason" in refused(text, "red_lines.1.active", "false", None)


@pytest.mark.parametrize(
    "line",
    [
        "  - why: they moved\n    active: false  # off\n    party: Velmark\n",
        "  - party: Velmark\n    why: they\n      moved\n    active: false\n",
        "  - {why: they moved, active: false, party: Velmark, ",
        "  - {party: Velmark, active: false, why: they moved, ",
    ],
)
def test_a_reason_goes_wherever_it_stands(small_case: Case, line: str) -> None:
    text = to_yaml(small_case)
    start = text.index("  - party: Velmark\n")
    rest = text.index("    provision: pact\n", start)
    off = text[:start] + line + text[rest:]
    if "{" in line:
        end = text.index("\n\n", rest)
        held = "provision: pact, levels: [treaty], source: {kind: judgement, why: so}}"
        off = text[:start] + line + held + text[end:]
    assert not from_yaml(off, "off").red_lines[0].active
    (on,) = from_yaml(put(off, "red_lines.1.active", "true", None), "on").red_lines
    assert (on.active, on.why, on.party) == (True, "", "Velmark")


def test_what_has_no_source_is_set_without_a_reason(small_case: Case) -> None:
    text = to_yaml(small_case)
    now = put(text, "criteria.survive_least", "0.9", None)
    assert now == text.replace("survive_least: 0.8", "survive_least: 0.9")
    assert "Leave out --why" in refused(text, "criteria.survive_least", "0.9")
    now = put(text, "provisions.pact.levels.treaty.title", '"A vow"', None)
    assert now == text.replace("title: A treaty", 'title: "A vow"', 1)


REFUSED = [
    ("parameters.hold.value", "{uniform: [0.4, 1.6]}", "hold.value is 0.4 to 1.6; it must lie"),
    ("parameters.hold.value", "often", "hold.value is the text 'often'"),
    ("parameters.hold.value", "0.5 # sure", None),
    ("parameters.hold.value", "uniform: [0.4, 0.6]", "must be one value on one line"),
    ("parameters.hold.value", "- 0.4", "must be one value on one line"),
    ("parameters.hold.value", "", "must be one value on one line"),
    ("parameters.hold.value", '"0.4\n0.5"', "must be one value on one line"),
    ("parameters.hold.value", "{uniform: [0.4", "no YAML"),
    ("parameters.hold.value", "*x", "found"),
    ("parameters.holds.value", "0.5", "Was hold meant?"),
    ("parameters.hold.value.low", "0.5", "hold.value is uniform with low"),
    ("red_lines.2.active", "true", "red_lines.2.active is not there; it must be one of 1"),
    ("", "0.5", "not there"),
    ("criteria.survive_most", "0.5", "Was survive_least meant?"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "said"), REFUSED)
def test_what_cannot_be_set_is_refused_in_words(
    small_case: Case, path: str, value: str, said: str | None
) -> None:
    text = to_yaml(small_case)
    judgement = None if path.startswith(("criteria", "red_lines")) else MINE
    if said is None:  # a comment behind the value is no part of it
        assert "value: 0.5\n" in put(text, path, value, judgement)
    else:
        assert said in refused(text, path, value, judgement)


def test_a_value_needs_a_reason(small_case: Case) -> None:
    text = to_yaml(small_case)
    assert "Give it by --why." in refused(text, "parameters.hold.value", "0.5", None)
    blank = replace(MINE, why=" ")
    assert "Give it by --why." in refused(text, "parameters.hold.value", "0.5", blank)


def test_a_file_in_which_one_part_stands_for_another_is_not_set(small_case: Case) -> None:
    text = to_yaml(small_case).replace("value: {uniform: [0.4, 0.65]}", "value: &x 0.5", 1)
    text = text.replace("value: {uniform: [0.15, 0.45]}", "value: *x", 1)
    assert "must be written out" in refused(text, "parameters.hold.value", "0.6")
