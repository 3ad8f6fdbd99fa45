"""How well reports of our own are read: eight kinds, on states and people that do not exist.

The reports and their labels lie in ``own_reports.jsonl``, one object a line, as the reader yields
them. They were labelled before they were read for the first time, so the first scores, which the
floors' reasons tell, are those of texts never seen.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from foedus.reading import as_json, read
from foedus.report.values import Report
from ours import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Item = dict[str, Any]

HERE = Path(__file__).parent
LABELLED = [json.loads(x) for x in (HERE / "own_reports.jsonl").read_text("utf-8").splitlines()]
FLOORS: dict[str, Item] = json.loads((HERE / "own_floors.json").read_text("utf-8"))
TOLD = {"happened": 0, "claimed": 0, "planned": 1, "denied": 2, "called-off": 2}
FOR = {"demands", "supports", "accepts", "open-to", "red-line"}
PEOPLE = {"soldier", "person", "prisoner", "child"}
AGAINST = {"opposes", "rejects", "red-line"}


def plain(text: str | None) -> str:
    kept = (c for c in (text or "").casefold().replace("\u2019", "'") if c.isalnum() or c in " '")
    return " ".join("".join(kept).split()).removeprefix("the ")


def shared(a: Item, b: Item) -> float:
    """Return the share of the longer evidence's words that both have."""
    first, second = plain(a["words"]).split(), plain(b["words"]).split()
    both = sum(min(first.count(w), second.count(w)) for w in set(first))
    return both / max(1, len(first), len(second))


def meets(a: Item, b: Item) -> bool:
    if a["date"] is None or b["date"] is None:
        return a["date"] == b["date"]
    return a["date"][0] <= b["date"][1] and b["date"][0] <= a["date"][1]


def same_event(a: Item, b: Item) -> bool:
    if a["type"] != b["type"] or TOLD[a["status"]] != TOLD[b["status"]] or not meets(a, b):
        return False
    ours = {(r, plain(n)) for r in ("actors", "recipients") for n in a[r]}
    theirs = {(r, plain(n)) for r in ("actors", "recipients") for n in b[r]}
    return 2 * len(ours & theirs) >= len(theirs) and 3 * len(ours & theirs) >= len(ours)


def same_claim(a: Item, b: Item) -> bool:
    return plain(a["speaker"]) == plain(b["speaker"]) and shared(a, b) >= 0.5


def same_position(a: Item, b: Item) -> bool:
    stances = {a["stance"], b["stance"]}
    alike = stances <= FOR or stances <= AGAINST
    return alike and (plain(a["actor"]), a["issue"]) == (plain(b["actor"]), b["issue"])


def same_provision(a: Item, b: Item) -> bool:
    giver = not a["by"] or plain(a["by"]) == plain(b["by"])
    return giver and (a["provision"], a["status"]) == (b["provision"], b["status"])


def same_quantity(a: Item, b: Item) -> bool:
    kinds = {"people" if x["item"] in PEOPLE else x["item"] for x in (a, b)}
    return len(kinds) == 1 and all(a[k] == b[k] for k in ("role", "value", "type"))


RULES: dict[str, Callable[[Item, Item], bool]] = {
    "events": same_event,
    "quantities": same_quantity,
    "claims": same_claim,
    "positions": same_position,
    "provisions": same_provision,
    "unknowns": lambda a, b: bool(a["about"] == b["about"]),
}


def items(told: Item, family: str) -> Iterator[Item]:
    text = told["report"]["text"]
    if family == "quantities":
        for event in told["events"]:
            yield from ({**q, "type": event["type"]} for q in event["quantities"])
        return
    for item in told[family]:
        yield {**item, "words": text[item["span"][0] : item["span"][1]]}


def paired(ours: list[Item], theirs: list[Item], rule: Callable[[Item, Item], bool]) -> int:
    """Return how many can be paired one to one: Kuhn's augmenting paths."""
    owner: dict[int, int] = {}

    def settle(i: int, tried: set[int]) -> bool:
        for j, their in enumerate(theirs):
            if j not in tried and rule(ours[i], their):
                tried.add(j)
                if j not in owner or settle(owner[j], tried):
                    owner[j] = i
                    return True
        return False

    return sum(settle(i, set()) for i in range(len(ours)))


def reading(told: Item) -> Item:
    known = told["report"]
    kept = ("id", "source", "title", "outlet", "author", "published_from", "language", "text")
    day = dt.date.fromisoformat(known["published"])
    report = Report(**{name: known[name] for name in kept}, published=day)
    return as_json(read(report, pipeline()))


@pytest.fixture(scope="module")
def found() -> list[Item]:
    return [json.loads(json.dumps(reading(told), default=str)) for told in LABELLED]


def f1(found: list[Item], family: str) -> float:
    asked = given = right = 0
    for told, read_ in zip(LABELLED, found, strict=True):
        ours, theirs = list(items(told, family)), list(items(read_, family))
        asked, given = asked + len(ours), given + len(theirs)
        right += paired(ours, theirs, RULES[family])
    return 2 * right / max(1, asked + given)


@pytest.mark.parametrize("family", sorted(FLOORS))
def test_reports_of_our_own_are_read_no_worse_than_the_floor(
    family: str, found: list[Item]
) -> None:
    score = f1(found, family)
    print(f"\n{family}: F1 {score:.3f}")  # noqa: T201 - shown with -s
    assert score >= FLOORS[family]["f1"], FLOORS[family]["reason"]


def test_words_in_quotation_marks_go_to_whoever_said_them(found: list[Item]) -> None:
    for told, read_ in zip(LABELLED, found, strict=True):
        right = {(plain(c["speaker"]), plain(c["words"])) for c in items(told, "claims")}
        for claim in items(read_, "claims"):
            if claim["kind"] == "direct":
                assert (plain(claim["speaker"]), plain(claim["words"])) in right


def test_a_report_of_a_regatta_yields_no_war(found: list[Item]) -> None:
    regatta = next(told for told in found if told["report"]["source"] == "harbour-eights.txt")
    assert [regatta[f] for f in ("events", "positions", "provisions", "unknowns")] == [
        [],
        [],
        [],
        [],
    ]


def test_every_label_is_a_stretch_of_its_report() -> None:
    for told in LABELLED:
        end = len(told["report"]["text"])
        spans = [i["span"] for f in ("events", "claims", "positions") for i in told[f]]
        assert all(0 <= first < last <= end for first, last in spans)
