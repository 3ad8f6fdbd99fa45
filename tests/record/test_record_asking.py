"""A record answers who, what, where and when; what changed; and what does not fit together."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from foedus.errors import RecordError
from foedus.reading.values import Claim, Position, ProvisionMention, Unknown
from foedus.record import (
    Question,
    as_arrow,
    ask,
    differences,
    draft_differences,
    findings,
    open_store,
    positions_over_time,
    timeline,
)
from foedus.record.findings import highest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from foedus.reading.values import Mentions
    from foedus.record import Record

    Read = Callable[..., Mentions]
    Event = Callable[..., dict[str, Any]]
    Number = Callable[..., Any]


def _position(actor: str, issue: str, stance: str) -> tuple[type, dict[str, Any]]:
    return Position, {"actor": actor, "issue": issue, "stance": stance}


def _provision(kind: str, by: str | None, status: str) -> tuple[type, dict[str, Any]]:
    return ProvisionMention, {"provision": kind, "by": by, "status": status}


@pytest.fixture
def war(read: Read, event: Event, number: Number) -> list[Mentions]:
    """Three days of a war and its talks."""
    return [
        read(
            "one.txt",
            "2031-05-03",
            (
                "Ardal sent 40 drones at Velm.",
                event(place="Velm", country="VLM", quantities=(number(40, "drone", "launched"),)),
            ),
            ("Velmark wants the valley back.", _position("Velmark", "territory", "demands")),
            (
                "Monitors were proposed by Norrland.",
                _provision("monitoring", "Norrland", "proposed"),
            ),
        ),
        read(
            "two.txt",
            "2031-05-04",
            (
                "The envoys met at Osk.",
                event(
                    type="CONSULT",
                    mode="meeting",
                    date="2031-05-04",
                    place="Osk",
                    country="NOR",
                    actors=("Ardal", "Velmark"),
                    recipients=(),
                ),
            ),
            (
                "it went well",
                (
                    Claim,
                    {"speaker": "Olle Brandt", "side": "Ardal", "kind": "direct", "cue": "said"},
                ),
            ),
            ("Velmark would talk of the valley.", _position("Velmark", "territory", "open-to")),
            ("Nobody knows when.", (Unknown, {"about": "schedule"})),
        ),
        read(
            "three.txt",
            "2031-05-06",
            ("Monitors of Norrland are there.", _provision("monitoring", "Norrland", "in-force")),
        ),
    ]


@pytest.fixture
def record(war: list[Mentions], record_of: Callable[..., Record]) -> Record:
    return record_of(*war)


@pytest.mark.parametrize(
    ("question", "sizes"),
    [
        (Question(), (2, 1, 2, 1, 1)),
        (Question(actor="Velmark"), (2, 0, 2, 0, 0)),
        (Question(actor="olle brandt"), (0, 1, 0, 0, 0)),
        (Question(actor="Ardal"), (2, 1, 0, 0, 0)),
        (Question(actor="Norrland"), (0, 0, 0, 1, 0)),
        (Question(about="territory"), (0, 0, 2, 0, 0)),
        (Question(about="monitoring"), (0, 0, 0, 1, 0)),
        (Question(about="schedule"), (0, 0, 0, 0, 1)),
        (Question(event_type="CONSULT"), (1, 0, 0, 0, 0)),
        (Question(place="osk"), (1, 0, 0, 0, 0)),
        (Question(place="VLM"), (1, 0, 0, 0, 0)),
        (Question(since=dt.date(2031, 5, 4)), (1, 1, 1, 1, 1)),
        (Question(until=dt.date(2031, 5, 3)), (1, 0, 1, 1, 0)),
        (Question(since=dt.date(2031, 5, 5), actor="Velmark"), (0, 0, 0, 0, 0)),
    ],
)
def test_a_question_leaves_in_what_meets_all_of_it(
    record: Record, question: Question, sizes: tuple[int, ...]
) -> None:
    part = ask(record, question)
    families = (part.events, part.claims, part.positions, part.provisions, part.unknowns)
    assert tuple(map(len, families)) == sizes
    evidence = {
        e.report for x in (*part.events, *part.positions, *part.unknowns) for e in x.evidence
    }
    evidence |= {c.evidence.report for c in part.claims}
    evidence |= {e.report for p in part.provisions for _, _, e in p.history}
    assert {r.id for r in part.reports} == evidence


def test_words_that_no_record_can_hold_are_refused_with_those_near(record: Record) -> None:
    with pytest.raises(RecordError, match=r"about is 'teritory'; .*Near it: territory"):
        Question(about="teritory")
    with pytest.raises(RecordError, match=r"2 faults") as caught:
        Question(event_type="ATTACK", since=dt.date(2031, 5, 4), until=dt.date(2031, 5, 3))
    assert [f.at for f in caught.value.faults] == ["event type", "since"]
    assert record.reports


def test_a_timeline_is_in_order_and_holds_each_thing_on_its_days(record: Record) -> None:
    told = [(str(m.date[0]), m.family, m.says) for m in timeline(record)]
    assert told == [
        ("2031-05-02", "event", "ASSAULT aerial: Ardal > Velmark at Velm (40 drones launched)"),
        ("2031-05-03", "position", "Velmark demands territory"),
        ("2031-05-03", "provision", "monitoring by Norrland: proposed"),
        ("2031-05-04", "claim", "Olle Brandt said: “it went well”"),
        ("2031-05-04", "event", "CONSULT meeting: Ardal, Velmark at Osk"),
        ("2031-05-04", "position", "Velmark open-to territory"),
        ("2031-05-06", "provision", "monitoring by Norrland: in-force"),
    ]


def test_positions_over_time_show_how_a_party_moved(record: Record) -> None:
    steps = [(s.actor, s.issue, str(s.date), s.stance) for s in positions_over_time(record)]
    assert steps == [
        ("Velmark", "territory", "2031-05-03", "demands"),
        ("Velmark", "territory", "2031-05-04", "open-to"),
    ]


def test_two_days_differ_by_what_came_between(war: list[Mentions], tmp_path: Path) -> None:
    with open_store(str(tmp_path / "r.db")) as store:
        store.add_all(war, reader="1")
        days = [dt.date(2031, 5, day) for day in (3, 4, 6)]
        first, second, third = (store.record(day) for day in days)
    found = [(d.kind, d.family, d.after) for d in differences(first, second)]
    assert found == [
        ("new", "event", "CONSULT meeting: Ardal, Velmark at Osk"),
        ("new", "claim", "Olle Brandt said: “it went well”"),
        ("new", "position", "Velmark open-to territory"),
        ("new", "unknown", "not known: schedule"),
    ]
    (step,) = differences(second, third)
    assert (step.kind, step.before, step.after) == (
        "changed",
        "monitoring by Norrland: proposed",
        "monitoring by Norrland: in-force",
    )
    back = differences(third, first)
    assert sorted(d.kind for d in back) == ["changed", "gone", "gone", "gone", "gone"]
    assert differences(third, third) == ()


def test_two_drafts_of_a_plan_differ_by_their_provisions(
    read: Read, record_of: Callable[..., Record]
) -> None:
    drafts = [
        read(
            "draft-1.txt",
            "2031-05-03",
            ("Monitors shall come.", _provision("monitoring", None, "proposed")),
            ("Troops shall leave.", _provision("withdrawal", "Ardal", "proposed")),
            ("Prisoners shall be set free.", _provision("prisoner-exchange", None, "proposed")),
        ),
        read(
            "draft-2.txt",
            "2031-05-05",
            ("Monitors will come.", _provision("monitoring", None, "agreed")),
            ("Prisoners shall go home.", _provision("prisoner-exchange", None, "proposed")),
            ("A force of Norrland would come.", _provision("peacekeepers", "Norrland", "proposed")),
        ),
    ]
    record = record_of(*drafts)
    ids = [m.report.id for m in drafts]
    found = {(d.provision, d.by): (d.before, d.after) for d in draft_differences(record, *ids)}
    assert found == {
        ("monitoring", None): (("proposed",), ("agreed",)),
        ("withdrawal", "Ardal"): (("proposed",), None),
        ("peacekeepers", "Norrland"): (None, ("proposed",)),
    }


def test_tables_hold_every_entry_with_its_type(record: Record) -> None:
    tables = as_arrow(record)
    assert tables["events"].column("type").to_pylist() == [e.type for e in record.events]
    assert str(tables["events"].schema.field("first_day").type) == "date32[day]"
    assert tables["events"].column("actors").to_pylist() == [list(e.actors) for e in record.events]
    assert tables["positions"].num_rows == 2
    polars = pytest.importorskip("polars")
    frame = polars.from_arrow(tables["quantities"])
    assert frame["value"].to_list() == [40.0]


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        (((40, "drone", "launched"), (44, "drone", "destroyed")), "44 drones destroyed, of 40"),
        (((5, "person", "killed"), (7, "child", "killed")), "7 children killed, of 5 people"),
        (
            ((10, "missile", "launched"), (6, "ballistic-missile", "launched"),
             (5, "cruise-missile", "launched")),
            "6 ballistic missiles launched and 5 cruise missiles launched, of 10",
        ),
        (((40, "drone", "launched"), (40, "drone", "destroyed")), None),
        (((40, "drone", "launched", "at-least"), (44, "drone", "destroyed")), None),
        (((40, "drone", "launched", "about"), (43, "drone", "destroyed")), None),
        (((40, "drone", "launched"), (44, "missile", "destroyed")), None),
    ],
)  # fmt: skip
def test_a_part_is_not_larger_than_its_whole(
    read: Read, event: Event, number: Number, record_of: Callable[..., Record],
    numbers: tuple[Any, ...], says: str | None,
) -> None:  # fmt: skip
    text = "Of " + ", ".join(f"{n[0]} {n[1]}" for n in numbers) + " it was told."
    told = read("a.txt", "2031-05-03", (text, event(quantities=[number(*n) for n in numbers])))
    sums = [f for f in findings(record_of(told)) if f.kind == "sum"]
    if says is None:
        assert sums == []
    else:
        (finding,) = sums
        assert says in finding.says
        assert {e.quote for e in finding.evidence} == {str(n[0]) for n in numbers}


def test_a_status_that_jumps_is_told_with_both_places(record: Record) -> None:
    (jump,) = [f for f in findings(record) if f.kind == "jump"]
    assert jump.says.startswith("monitoring by Norrland: from proposed to in-force")
    assert [e.quote for e in jump.evidence] == [
        "Monitors were proposed by Norrland.",
        "Monitors of Norrland are there.",
    ]


@pytest.mark.parametrize(
    ("steps", "jumps"),
    [
        (("proposed", "agreed", "in-force"), 0),
        (("in-force",), 0),  # nothing was told of what came before
        (("discussed", "in-force", "in-force"), 1),
        (("proposed", "suspended"), 1),
        (("agreed", "suspended"), 0),
        (("in-force", "suspended"), 0),
        (("rejected", "in-force"), 1),
    ],
)
def test_only_what_leaves_a_step_out_jumps(
    read: Read, record_of: Callable[..., Record], steps: tuple[str, ...], jumps: int
) -> None:
    told = [
        read(
            f"{n}.txt",
            f"2031-05-0{n + 1}",
            (f"Of monitors, {n}.", _provision("monitoring", None, step)),
        )
        for n, step in enumerate(steps)
    ]
    assert len([f for f in findings(record_of(*told)) if f.kind == "jump"]) == jumps


def test_reports_that_cannot_both_be_right_are_found(
    read: Read, event: Event, number: Number, record_of: Callable[..., Record]
) -> None:
    def told(source: str, killed: int, status: str, stance: str) -> Mentions:
        toll = (number(40, "drone", "launched"), number(killed, "person", "killed"))
        return read(
            source,
            "2031-05-03",
            ("Ardal sent 40 drones at Velm.", event(place="Velm", quantities=toll)),
            ("Of the framework.", _provision("security-framework", None, status)),
            ("Of the valley.", _position("Velmark", "territory", stance)),
        )

    record = record_of(
        told("a.txt", 3, "agreed", "accepts"), told("b.txt", 9, "discussed", "rejects")
    )
    contradictions = [f for f in findings(record) if f.kind == "contradiction"]
    found = {frozenset(f.says.replace(": ", " or ").split(" or ")): f for f in contradictions}
    assert set(found) == {
        frozenset({"people killed", "3 (a.txt)", "9 (b.txt)"}),
        frozenset({"security-framework on 2031-05-03", "agreed", "discussed"}),
        frozenset({"Velmark on territory on 2031-05-03", "accepts", "rejects"}),
    }
    assert all(len({e.report for e in f.evidence}) == 2 for f in found.values())
    same_report = record_of(told("a.txt", 3, "agreed", "accepts"))
    assert findings(same_report) == ()


def test_numbers_beyond_history_are_found_and_the_table_has_its_sources(
    read: Read, event: Event, number: Number, record_of: Callable[..., Record]
) -> None:
    assert all(row.source and row.what and row.most > 0 for row in highest())
    most = next(r.most for r in highest() if (r.item, r.role) == ("drone", "launched"))
    over = (number(most + 1, "drone", "launched"),)
    planned = event(quantities=over, status="planned", actors=("Norrland",))
    all_year = event(quantities=over, date="2030-05-01/2031-04-30")
    told = [
        read("night.txt", "2031-05-03", ("So many came in a night.", event(quantities=over))),
        read("year.txt", "2031-05-03", ("So many came in a year.", all_year)),
        read("plan.txt", "2031-05-03", ("So many will come.", planned)),
    ]
    (finding,) = [f for f in findings(record_of(*told)) if f.kind == "history"]
    assert [e.quote for e in finding.evidence] == ["So many came in a night."]
    assert f"{most:,.0f}" in finding.says


def test_ten_times_the_next_highest_of_the_record_is_found(
    read: Read, event: Event, number: Number, record_of: Callable[..., Record]
) -> None:
    def raid(n: int, drones: int) -> Mentions:
        day = f"2031-05-{2 * n + 2:02}"
        launched = (number(drones, "drone", "launched"),)
        return read(f"{n}.txt", day, (f"{drones} came.", event(quantities=launched, date=day)))

    usual = [raid(n, drones) for n, drones in enumerate((30, 40, 44, 38))]
    (finding,) = findings(record_of(*usual, raid(5, 441)))
    assert (finding.kind, [e.quote for e in finding.evidence]) == ("history", ["441"])
    assert findings(record_of(*usual, raid(5, 440))) == ()
    assert findings(record_of(*(raid(n, 0) for n in range(4)), raid(5, 441))) == ()
    assert findings(record_of(*usual[1:], raid(5, 441))) == ()
