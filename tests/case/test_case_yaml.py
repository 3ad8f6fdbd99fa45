"""A case goes into YAML and comes back the same; what is wrong in a file is said with its line."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from ruamel.yaml import YAML

from drawn_cases import cases
from foedus.case import case_hash, check, from_yaml, load_case, to_yaml
from foedus.case.values import Case, Criteria, Distribution
from foedus.errors import CaseError

if TYPE_CHECKING:
    from pathlib import Path


@given(cases())
def test_a_case_comes_back_from_yaml_as_it_went(case: Case) -> None:
    assert from_yaml(to_yaml(check(case, "drawn")), "drawn") == case


@given(cases())
def test_the_text_is_yaml_to_another_reader_too(case: Case) -> None:
    """The plain loader, which knows nothing of cases, finds the same names and numbers."""
    loaded: Any = YAML(typ="safe", pure=True).load(to_yaml(case))
    assert loaded["challenger"] == case.challenger
    assert list(loaded["provisions"]) == [provision.id for provision in case.provisions]
    for provision in case.provisions:
        for level in provision.levels:
            effects = loaded["provisions"][provision.id]["levels"][level.name]["effects"]
            flat = {
                (name, g) if isinstance(size, dict) else name: number
                for name, size in effects.items()
                for g, number in (size.items() if isinstance(size, dict) else [("", size)])
            }
            assert flat == level.effects


def test_text_that_yaml_might_take_for_something_else_stays_text(small_case: Case) -> None:
    for title in (
        "no",
        "null",
        "1.0",
        "2031-02-03",
        "- a",
        "a: b",
        "a #b",
        "'",
        '"\\',
        "a\x85\u2028b",
    ):
        case = replace(small_case, title=title)
        assert from_yaml(to_yaml(case), "x").title == title


def test_no_line_that_we_write_is_wider_than_a_hundred_characters(small_case: Case) -> None:
    long = replace(small_case, notes=("word " * 99 + "end",))
    assert max(map(len, to_yaml(long).splitlines())) <= 100


def test_the_order_of_keys_in_a_file_does_not_matter(small_case: Case) -> None:
    text = to_yaml(small_case)
    first, second = re.findall(r"  x0:.*?(?=  crisis:)|  crisis:.*?(?=  hold:)", text, re.DOTALL)
    turned = from_yaml(text.replace(first + second, second + first), "turned")
    assert turned == small_case
    assert case_hash(turned) == case_hash(small_case)


def test_every_part_of_a_case_is_in_its_hash(small_case: Case) -> None:
    pact, watch = small_case.provisions
    delta, *others = small_case.parameters
    other = Distribution(kind="uniform", low=0.9, high=0.91)
    changed = [
        replace(small_case, title="Another"),
        replace(small_case, notes=()),
        replace(small_case, record_hash="c2e10c20bf46"),
        replace(small_case, criteria=Criteria(alpha_least=0.4)),
        replace(small_case, red_lines=()),
        replace(small_case, provisions=(watch, pact)),
        replace(small_case, provisions=(replace(pact, excluded=watch.excluded), watch)),
        replace(small_case, parameters=(replace(delta, distribution=other), *others)),
        replace(small_case, guarantors=()),
    ]
    hashes = [case_hash(case) for case in (small_case, *changed)]
    assert len(set(hashes)) == len(hashes)
    assert case_hash(small_case) == hashes[0]


# -- faults of a file -----------------------------------------------------------------------------


def faults(text: str) -> str:
    with pytest.raises(CaseError, match=r"^ardal\.yaml: ") as caught:
        from_yaml(text, "ardal.yaml")
    return str(caught.value)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


EDITS = [
    # what a person writes, in place of what; where the fault is; what is said
    ("title: Velmark and Ardal\n", "", "line 1, column 1, title is missing; it must be given"),
    ("challenger: Velmark", "challenger:", "challenger is empty; it must be text"),
    ("challenger: Velmark", "challenger: 7", "challenger is 7; it must be text. Put it in quotes."),
    ("guarantors: [Norrland]", "guarantors: Norrland", "guarantors is the text 'Norrland'"),
    ("period_years: 0.25", "period_years: a quarter", "period_years is the text 'a quarter'"),
    ("period_years: 0.25", "period_years: .nan", "period_years is .nan; it must be a finite"),
    ("horizon_years: 10", "horizon_years: .inf", "horizon_years is .inf; it must be a finite"),
    ("horizon_years: 10", "horizon_years: true", "horizon_years is true; it must be a number"),
    ("horizon_years: 10", "horizon_years: 0x10", "horizon_years is 0x10; it must be a finite"),
    ("horizon_years: 10", "horizon_years: [10]", "horizon_years is a list; it must be a number"),
    ("record: null", "record: 7", "record is 7; it must be text"),
    ("notes:\n  -", "notes:\n  - 2031-02-03\n  -", "notes is 2031-02-03; it must be text"),
    ("parameters:\n", "parameters:\n  gamma: 3\n", "parameters.gamma is not known here"),
    ("record: null", "records: null", "records is not known here; it must be one of title"),
    ("{uniform: [0.975, 0.992]}", "{uniform: [0.975]}", "must be [low, high]"),
    ("{uniform: [0.975, 0.992]}", "{normal: [0, 1]}", "parameters.delta.value is normal"),
    ("{uniform: [0.975, 0.992]}", "{uniform: [0.975, x]}", "value.uniform is the text 'x'"),
    ("{uniform: [0.975, 0.992]}", "{uniform: [0.9, .nan]}", "delta.value.uniform is .nan"),
    ("{uniform: [0.975, 0.992]}", "{uniform: 0.9}", "parameters.delta.value.uniform is 0.9"),
    ("{uniform: [0.975, 0.992]}", "{uniform: [0.992, 0.9]}", "delta.value is 0.992 to 0.9"),
    ("provisions:\n  pact:", "provisions:\n  pact: 3\n  pact:", "provisions.pact is given twice"),
    ("          delay: 3\n", "          delay: soon\n", "effects.delay is the text 'soon'"),
    ("          delay: 3\n", "          delay: 3\n          delay: 4\n", "delay is given twice"),
    ("          delay: 3\n", "          delays: 3\n", "effects.delays is not an effect"),
    ("help: {Norrland: 0.5}", "help: {Sund: 0.5}", "effects.help.Sund is for 'Sund'"),
    ("help: {Norrland: 0.5}", "help: {Norrland: much}", "help.Norrland is the text 'much'"),
    ("    levels: [treaty]", "    levels: [vow]", "red_lines.1.levels is 'vow'"),
    ("  - party: Velmark\n", "  - side: Velmark\n", "red_lines.1.side is not known here"),
    ("  alpha_least: 0.5", "  alpha_most: 0.5", "criteria.alpha_most is not known here"),
    ("  alpha_least: 0.5", "  alpha_least: 5", "criteria.alpha_least is 5.0"),
    ("    title: A pact\n", "", "provisions.pact.title is missing"),
    ("          delay: 3\n", "          delay: 9 months\n", "Write the number alone, in the model"),
    ("unit: chance\n", "unit: per cent\n", "hold.unit is 'per cent'; it must be 'chance', the"),
    ("    levels: [treaty]\n", "    levels: [treaty]\n    active: maybe\n", "be true or false"),
    ("    levels: [treaty]\n", "    levels: [treaty]\n    active: false\n", "1.why is empty"),
    ("    title: A pact\n", "    title: A pact\n    borne_by: Sund\n", "be a list. Put it in [ ]."),
    ("      kind: assumption\n", "      kind: judgement\n      date: May\n", "be a day as YYYY"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now", "said"), EDITS, ids=[edit[2] for edit in EDITS])
def test_a_slip_of_the_pen_is_said_in_words(
    small_case: Case, was: str, now: str, said: str
) -> None:
    text = to_yaml(small_case)
    assert was in text
    assert said in faults(text.replace(was, now, 1))


def test_the_lines_are_those_of_the_file_and_all_faults_come_in_their_order(
    small_case: Case,
) -> None:
    text = to_yaml(small_case)
    for was, now in (
        ("{Norrland: 0.5}", "{Norrland: much}"),
        ("{uniform: [0.4, 0.65]}", "{uniform: [0.4, 6.5]}"),
        ("    levels: [treaty]", "    levels: [vow]"),
        ("  alpha_least: 0.5", "  alpha_least: 5"),
    ):
        text = text.replace(was, now, 1)
    places = ["{uniform: [0.4, 6.5]}", "{Norrland: much}", "levels: [vow]", "alpha_least: 5"]
    expected = [line_of(text, place) for place in places]
    said = faults(text)
    assert "4 faults" in said
    assert [int(n) for n in re.findall(r"^line (\d+)", said, re.MULTILINE)] == expected


BROKEN = [
    ("period_years: 0.25", "period_years: a quarter", "period_years is the text 'a quarter'"),
    ("horizon_years: 10", "horizonyears: 10", "horizonyears is not known here"),
    ("{uniform: [0.975, 0.992]}", "{uniform: [0.975, 1.2]}", "delta.value is 0.975 to 1.2"),
    ("{uniform: [0.4, 0.65]}", "{uniform: [0.4]}", "must be [low, high]"),
    ("unit: share of the good\n", "unit: per cent\n", "x0.unit is 'per cent'"),
    ("  fight_p:  #", "  fight_q:  #", "Was fight_p meant?"),
    ("    title: A pact\n", "    title: A pact\n    borne_by: [Sund]\n", "borne_by is 'Sund'"),
    ("          delay: 3\n", "          delay: 1.5\n", "must be a whole number of periods"),
    ("{Norrland: 0.5}", "{Norland: 0.5}", "Was Norrland meant?"),
    ("    excluded:", "    excluded: {vow: {kind: judgement, why: so}}\n    present:",
     "excluded.vow is no level of it"),
    ("    levels: [treaty]\n", "    levels: [treaty]\n    active: false\n", "why is empty"),
    ("  - party: Velmark\n", "  - party: Velmarc\n", "Was Velmark meant?"),
    ("  alpha_least: 0.5", "  alpha_least: 5", "criteria.alpha_least is 5.0"),
    ("  survive_least: 0.8", "  survive_least: high", "survive_least is the text 'high'"),
]  # fmt: skip


def test_a_case_broken_in_more_than_a_dozen_places_yields_all_its_faults_at_once(
    small_case: Case,
) -> None:
    text = to_yaml(small_case)
    for was, now, _ in BROKEN:
        assert was in text
        text = text.replace(was, now, 1)
    said = faults(text).splitlines()
    for *_, words in BROKEN:
        assert len([line for line in said if words in line]) == 1, words
    # besides: the keys that were misspelt are missing, and what is in force has a delay
    assert said[0] == f"ardal.yaml: {len(BROKEN) + 3} faults"
    places = [re.match(r"line (\d+), column (\d+), [a-z]", line) for line in said[1:]]
    assert all(places)
    assert [m.groups() for m in places if m] == sorted(
        (m.groups() for m in places if m), key=lambda place: tuple(map(int, place))
    )
    lines = text.splitlines()
    (line,) = (line for line in said if "Was fight_p meant?" in line)
    number, column = (int(n) for n in re.findall(r"\d+", line)[:2])
    assert lines[number - 1][column - 1 :].startswith("fight_q:")


def test_a_file_with_the_marks_of_another_system_is_read_the_same(small_case: Case) -> None:
    text = to_yaml(small_case)
    assert from_yaml("\ufeff" + text.replace("\n", "\r\n"), "x") == small_case


def test_one_slip_is_one_fault(small_case: Case) -> None:
    """A part that cannot be read is not complained of again for what it would have held."""
    text = to_yaml(small_case).replace("{uniform: [0.975, 0.992]}", "{uniform: [0.975, much]}")
    assert "faults" not in faults(text)
    assert "faults" not in faults(text.replace("much", "0.98").replace("Norrland]", "3]"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "found nothing; it must be a mapping"),
        ("- a\n- b", "found a list"),
        ("peace", "found the text 'peace'"),
        ("title: [a", "line 1"),
        ("title: 'a\n", "it must be YAML"),
        ("a: b: c", "line 1, column 5"),
        ("a: 1\n---\nb: 2", "it must be YAML"),
        ("title: \x00", "it must be YAML"),
        ("? [a]\n: b\n", "a list; it must be a name"),
        ("[" * 5000, "nested without end"),
        ("a: &x [*x]", "a is not known here"),
    ],
)
def test_what_is_no_case_at_all_is_refused_in_words(text: str, said: str) -> None:
    assert said in faults(text)


def test_a_single_number_is_a_range_of_no_width(small_case: Case) -> None:
    text = to_yaml(small_case).replace("{uniform: [0.975, 0.992]}", "0.98")
    case = from_yaml(text, "x")
    assert case.parameters[0].distribution == Distribution(kind="uniform", low=0.98, high=0.98)
    assert "value: 0.98\n" in to_yaml(case)


def test_what_is_left_out_has_its_usual_value(small_case: Case) -> None:
    text = to_yaml(small_case)
    text = text[: text.index("criteria:")] + "criteria: {survive_least: 0.9}\n"
    text = text.replace("record: null  # drawn from\n", "")
    case = from_yaml(text, "x")
    assert case.criteria == Criteria(survive_least=0.9)
    assert case.record_hash is None


def test_a_file_is_read_and_its_name_is_in_its_faults(small_case: Case, tmp_path: Path) -> None:
    path = tmp_path / "velmark.yaml"
    path.write_text(to_yaml(small_case), encoding="utf-8")
    assert load_case(path) == small_case
    path.write_text("title: 3\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"velmark\.yaml"):
        load_case(path)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"nowhere\.yaml: found No such file"):
        load_case(tmp_path / "nowhere.yaml")
    with pytest.raises(CaseError, match="must be a file that can be read"):
        load_case(tmp_path)
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("title: café".encode("latin-1"))
    with pytest.raises(CaseError, match="must be text in UTF-8"):
        load_case(latin)


def test_numbers_keep_their_last_bit(small_case: Case) -> None:
    values = Distribution(kind="uniform", low=math.nextafter(0.1, 1), high=1 / 3)
    hold = [p for p in small_case.parameters if p.name == "hold"][0]  # noqa: RUF015 -- one
    parameters = tuple(
        replace(p, distribution=values) if p is hold else p for p in small_case.parameters
    )
    case = replace(small_case, parameters=parameters)
    assert from_yaml(to_yaml(case), "x") == case
