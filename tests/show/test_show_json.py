"""A brief as plain data: whole, exact, and each piece of evidence where it says."""

import json
import math
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

import fictional_brief as fictional
from foedus.errors import CaseError, Fault
from foedus.show import as_json
from foedus.show.values import Brief


def walk(data: Any) -> Iterator[Any]:  # noqa: ANN401 plain data is of many types
    yield data
    if isinstance(data, dict):
        for value in data.values():
            yield from walk(value)
    elif isinstance(data, list):
        for value in data:
            yield from walk(value)


def evidence(data: Any) -> list[dict[str, Any]]:  # noqa: ANN401 as above
    return [part for part in walk(data) if isinstance(part, dict) and "span" in part]


@pytest.mark.parametrize("name", ["brief", "without_answer", "hostile"])
def test_it_survives_json_unchanged(name: str) -> None:
    data = as_json(getattr(fictional, name)())
    assert json.loads(json.dumps(data, allow_nan=False)) == data


@pytest.mark.parametrize("name", ["brief", "hostile"])
def test_every_quote_is_the_text_at_its_span(name: str) -> None:
    data = as_json(getattr(fictional, name)())
    texts = {report["id"]: report["text"] for report in data["record"]["reports"]}
    found = evidence(data["record"])
    assert found
    for part in found:
        start, end = part["span"]
        assert texts[part["report"]][start:end] == part["quote"]


def test_every_entry_has_evidence(whole: Brief) -> None:
    record = as_json(whole)["record"]
    for family in ("events", "claims", "positions", "provisions", "unknowns"):
        assert len(record[family]) == len(getattr(whole.record, family))
        assert all(evidence(entry) for entry in record[family])


def test_source_numbers_rise_along_each_report(whole: Brief) -> None:
    data = as_json(whole)["record"]
    order = [report["id"] for report in data["reports"]]
    places = {p["number"]: (order.index(p["report"]), *p["span"]) for p in evidence(data)}
    assert sorted(places) == list(range(1, len(places) + 1))
    assert [places[n] for n in sorted(places)] == sorted(places.values())


def test_every_field_of_the_answer_is_there_in_its_order(whole: Brief) -> None:
    data = as_json(whole)["answer"]
    assert list(data) == [field.name for field in fields(whole.answer)]
    for deal, plain in zip(whole.answer.deals, data["deals"], strict=True):
        assert list(plain) == [field.name for field in fields(deal)]
        assert plain["survive"]["mean"] == deal.survive.mean
        assert plain["ends"]["holds"]["mean"] == dict(deal.ends)["holds"].mean
        assert [p["year"] for p in plain["survival_curve"]] == [1.0, 2.0, 5.0, 10.0]


def test_the_same_brief_gives_the_same_bytes() -> None:
    one, other = (json.dumps(as_json(fictional.brief())) for _ in range(2))
    assert one == other


def test_effects_on_a_guarantor_are_named_like_parameters(whole: Brief) -> None:
    levels = as_json(whole)["answer"]["case"]["provisions"][1]["levels"]
    assert levels[1]["effects"] == {"help[Norrland]": 0.5, "renege[Norrland]": 0.06}


def test_a_number_that_is_not_finite_becomes_null(whole: Brief) -> None:
    hinge = replace(whole.answer.hinges[0], weight=math.nan, flips_at=math.inf)
    data = as_json(replace(whole, answer=replace(whole.answer, hinges=(hinge,))))
    assert data["answer"]["hinges"][0]["weight"] is None
    assert data["answer"]["hinges"][0]["flips_at"] is None
    json.dumps(data, allow_nan=False)


def test_errors_keep_their_faults_apart(unanswered: Brief) -> None:
    faults = (
        Fault(at="hold", found=1.3, must="lie between 0 and 1"),
        Fault(at="crisis", found=math.nan, must="be a number", do="Write 0.2."),
        Fault(at="parties", found=("Ardal",), must="be two"),
    )
    data = as_json(replace(unanswered, no_answer=CaseError("mine.yaml", faults)))
    assert data["answer"] is None
    assert data["no_answer"] == {
        "kind": "CaseError",
        "where": "mine.yaml",
        "faults": [
            {"at": "hold", "found": 1.3, "must": "lie between 0 and 1", "do": ""},
            {"at": "crisis", "found": "nan", "must": "be a number", "do": "Write 0.2."},
            {"at": "parties", "found": "('Ardal',)", "must": "be two", "do": ""},
        ],
    }


def test_what_has_no_plain_form_is_refused(whole: Brief) -> None:
    broken = replace(whole, record=replace(whole.record, hash=object()))
    with pytest.raises(TypeError, match="object has no plain form"):
        as_json(broken)


def test_its_version_is_one(whole: Brief) -> None:
    data = as_json(whole)
    assert data["foedus_brief"] == 1
    assert next(iter(data)) == "foedus_brief"
    assert len(data["summary"]) == 5
