"""The main job end to end: reports in, a brief out."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from foedus import case, flow
from foedus.case.values import Distribution
from foedus.errors import ReportError
from foedus.search import SweepSettings

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.show.values import Brief

SMALL = SweepSettings(futures=8, keep=6, workers=1)


@pytest.fixture(scope="module")
def made(examples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Brief:
    """Return the brief of the example reports."""
    where = tmp_path_factory.mktemp("flow") / "war.db"
    settings = flow.BriefSettings(record=str(where), sweep=SMALL)
    return flow.brief([str(p) for p in examples], settings)


def test_the_examples_tell_of_the_raid_the_meeting_and_what_is_off_the_table(made: Brief) -> None:
    raid = next(e for e in made.record.events if e.type == "ASSAULT" and e.actors == ("Velmark",))
    assert raid.recipients == ("Ardal",)
    assert raid.date == (dt.date(2031, 3, 13), dt.date(2031, 3, 14))
    counts = {(q.item, q.role): q.value for q in raid.quantities}
    assert counts["drone", "launched"] == 212
    assert counts["missile", "launched"] == 18
    assert any(
        e.type == "CONSULT" and {"Ardal", "Velmark", "Sundria"} <= {*e.actors}
        for e in made.record.events
    )
    status = {p.provision: p.status for p in made.record.provisions}
    assert status["nato-membership"] == "off-the-table"
    assert status["monitoring"] == "agreed"


def test_a_case_is_drawn_from_them_and_solved(made: Brief) -> None:
    assert made.answer is not None
    drawn = made.answer.case
    assert (drawn.challenger, drawn.protected) == ("Velmark", "Ardal")
    assert "Sundria" in drawn.guarantors
    assert made.answer.record_hash == made.record.hash
    assert len(made.answer.deals) == SMALL.keep


def test_every_source_that_names_the_record_names_an_entry_of_it(made: Brief) -> None:
    assert made.answer is not None
    kept = made.record
    families = (kept.events, kept.claims, kept.positions, kept.provisions, kept.unknowns)
    known = {entry.id for family in families for entry in family}
    drawn = made.answer.case
    sources = [p.source for p in drawn.parameters] + [r.source for r in drawn.red_lines]
    sources += [s for p in drawn.provisions for s in p.excluded.values()]
    named = {ref for s in sources if s.kind == "claim" for ref in s.refs}
    assert named
    assert named <= known


def test_the_same_reports_again_give_the_same_answer_without_being_read_again(
    made: Brief, examples: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_given: object) -> None:
        raise AssertionError("a report was read again")

    monkeypatch.setattr("foedus.reading.pool.read_one", refuse)
    settings = flow.BriefSettings(record=made.record_path, sweep=SMALL)
    assert flow.brief([str(p) for p in examples], settings).answer == made.answer


def test_figures_change_when_a_range_of_the_case_changes(
    made: Brief, examples: list[Path], tmp_path: Path
) -> None:
    assert made.answer is not None
    strong = Distribution(kind="uniform", low=0.90, high=0.95)
    changed = tuple(
        replace(p, distribution=strong) if p.name == "hold" else p
        for p in made.answer.case.parameters
    )
    path = tmp_path / "mine.yaml"
    path.write_text(case.to_yaml(replace(made.answer.case, parameters=changed)), "utf-8")
    settings = flow.BriefSettings(record=made.record_path, case=path, sweep=SMALL)
    other = flow.brief([str(p) for p in examples], settings).answer
    assert other is not None
    bare, bare_before = (a.deals[a.bare or 0] for a in (other, made.answer))
    assert bare.survive.mean > bare_before.survive.mean


def test_reports_without_a_war_give_a_brief_that_says_why_there_is_no_answer(
    tmp_path: Path,
) -> None:
    path = tmp_path / "match.txt"
    path.write_text(
        "The harvest festival of the town of Lindholm was held on Sunday in fine weather. Many "
        "visitors came from the villages around, and the brass band played until the evening. "
        "The baker said that she had never sold so many loaves on one day.\n"
    )
    made = flow.brief([str(path)], flow.BriefSettings(sweep=SMALL))
    assert made.answer is None
    assert "fight each other" in str(made.no_answer)


def test_when_nothing_can_be_used_every_fault_is_raised(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    sources = [str(tmp_path / "empty.txt"), str(tmp_path / "missing.txt")]
    with pytest.raises(ExceptionGroup, match="no report could be used") as caught:
        flow.brief(sources, flow.BriefSettings(sweep=SMALL))
    assert [type(e) for e in caught.value.exceptions] == [ReportError, ReportError]


@pytest.fixture(scope="module")
def miami(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the brief of the real report as a person gets it from the terminal."""
    report = root.parent / "shared" / "data" / "reports" / "miami-talks.txt"
    if not report.exists():
        pytest.skip("the report pasted from a browser is not ours to distribute")
    where = tmp_path_factory.mktemp("miami") / "war.db"
    told = ["--published", "2025-12-06", "--json", "--futures", "8", "--record", str(where)]
    done = subprocess.run(
        [sys.executable, "-m", "foedus", "brief", str(report), *told],
        capture_output=True,
        text=True,
        check=True,
    )
    brief: dict[str, Any] = json.loads(done.stdout)
    return brief


def test_the_real_report_tells_of_the_barrage_and_the_talks(miami: dict[str, Any]) -> None:
    events = miami["record"]["events"]
    raid = next(e for e in events if e["type"] == "ASSAULT")
    assert (raid["actors"], raid["recipients"]) == (["Russia"], ["Ukraine"])
    assert raid["date"] == ["2025-12-05", "2025-12-06"]
    counts = {(q["item"], q["role"]): q["value"] for q in raid["quantities"]}
    assert (counts["drone", "launched"], counts["missile", "launched"]) == (653, 51)
    people = {"United States", "Ukraine", "Steve Witkoff", "Jared Kushner", "Rustem Umerov"}
    assert any(e["type"] == "CONSULT" and people <= {*e["actors"]} for e in events)


def test_the_real_report_tells_of_demands_and_what_is_ruled_out(miami: dict[str, Any]) -> None:
    record = miami["record"]
    held = {(p["actor"], p["issue"], p["stance"]) for p in record["positions"]}
    assert ("Russia", "territory", "demands") in held
    status = {p["provision"]: p["status"] for p in record["provisions"]}
    assert status["nato-membership"] == "off-the-table"
    assert miami["answer"]["deals"]


def test_every_claim_of_the_real_report_is_its_evidence_to_the_letter(
    miami: dict[str, Any],
) -> None:
    texts = {r["id"]: r["text"] for r in miami["record"]["reports"]}
    assert miami["record"]["claims"]
    for claim in miami["record"]["claims"]:
        words = claim["evidence"]
        start, end = words["span"]
        assert texts[words["report"]][start:end] == words["quote"]


def test_a_day_given_later_moves_the_dates_of_a_report_read_before(tmp_path: Path) -> None:
    path = tmp_path / "raid.txt"
    path.write_text(
        "Velmark launched 40 drones at Ardal overnight, the Ardali army said. The army of Ardal "
        "shot down 30 of the drones. The president of Velmark did not comment on the attack.\n"
    )
    where = str(tmp_path / "war.db")
    days = []
    for day in (dt.date(2031, 5, 2), dt.date(2031, 5, 9)):
        settings = flow.BriefSettings(record=where, published=day, sweep=SMALL)
        events = flow.brief([str(path)], settings).record.events
        days += [e.date for e in events if e.type == "ASSAULT"]
    assert days == [
        (dt.date(2031, 5, 1), dt.date(2031, 5, 2)),
        (dt.date(2031, 5, 8), dt.date(2031, 5, 9)),
    ]
