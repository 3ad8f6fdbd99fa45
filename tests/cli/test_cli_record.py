"""``foedus record`` at the terminal: what is shown, what is written, and what is said to do."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from foedus.cli import main
from foedus.ids import ReportId, digest
from foedus.reading.values import (
    Claim,
    Event,
    Mentions,
    Position,
    ProvisionMention,
    Quantity,
)
from foedus.record import open_store
from foedus.record.opening import name_of
from foedus.report.values import Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]


def _mentions(source: str, day: str, sentence: str, **found: Any) -> Mentions:  # noqa: ANN401 - mentions
    """A report of two states that do not exist, with one mention of a family or two."""
    text = f"{sentence}\nAs {source} has it."
    families: dict[str, Any] = dict.fromkeys(
        ("events", "claims", "positions", "provisions", "unknowns"), ()
    )
    span = (0, len(sentence))
    families |= {name: (make(span),) for name, make in found.items()}
    report = Report(
        id=ReportId(digest(text)),
        source=source,
        title=None,
        outlet="The Post",
        author=None,
        published=dt.date.fromisoformat(day),
        published_from="page",
        language="en",
        text=text,
    )
    return Mentions(report=report, **families)


def _raid(killed: int, place: str) -> Callable[[tuple[int, int]], Event]:
    day = dt.date(2031, 5, 2)
    return lambda span: Event(
        type="ASSAULT", mode="aerial", status="happened", date=(day, day), place=place,
        country=None, actors=("Ardal",), recipients=("Velmark",), according_to=None, span=span,
        quantities=(
            Quantity(item="drone", role="launched", value=40, bound="exact"),
            Quantity(item="person", role="killed", value=killed, bound="exact"),
        ),
    )  # fmt: skip


@pytest.fixture
def war(tmp_path: Path) -> Path:
    """A record with one raid in two reports that disagree, a position and a provision."""
    path = tmp_path / "war.db"
    told = [
        _mentions("a.txt", "2031-05-03", "Ardal sent 40 drones at Velm; 3 died.",
                  events=_raid(3, "Velm"),
                  provisions=lambda s: ProvisionMention(
                      provision="monitoring", by="Norrland", status="proposed", span=s)),
        _mentions("b.txt", "2031-05-04", "40 drones of Ardal came at Velm; [9] died.",
                  events=_raid(9, "Velm"),
                  claims=lambda s: Claim(
                      speaker="Olle Brandt", side="Ardal", kind="direct", cue="said", span=s)),
        _mentions("c.txt", "2031-05-06", "Velmark wants the valley back.",
                  positions=lambda s: Position(
                      actor="Velmark", issue="territory", stance="demands", span=s),
                  provisions=lambda s: ProvisionMention(
                      provision="monitoring", by="Norrland", status="in-force", span=s)),
    ]  # fmt: skip
    with open_store(str(path)) as store:
        store.add_all(told, reader="1")
    return path


@pytest.fixture
def run(war: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs ``foedus record`` on the record, at 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: str, record: str | None = None) -> tuple[int, str, str]:
        where = ["--record", record or str(war)]
        monkeypatch.setattr(sys, "argv", ["foedus", "record", *arguments, *where])
        try:
            main()
            status = 0
        except SystemExit as stop:
            status = int(stop.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def _ids(war: Path) -> tuple[str, list[str]]:
    """Return the id of the raid and those of its mentions."""
    with open_store(str(war)) as store:
        entry = store.record().events[0]
    return entry.id, [str(e.mention) for e in entry.evidence]


def test_the_whole_is_told_in_a_few_lines(run: Run) -> None:
    status, said, _ = run("show")
    assert status == 0
    assert "3 reports, 2031-05-03 to 2031-05-06, from 1 outlet" in said
    assert "1 event; 1 told by several reports, 1 disputed" in said


def test_an_event_is_shown_with_its_numbers_its_words_and_why_it_is_one(
    run: Run, war: Path
) -> None:
    event, mentions = _ids(war)
    status, said, _ = run("show", event[:8])
    assert status == 0
    rows = {tuple(line.split()) for line in said.splitlines()}
    assert ("person", "killed", "3", "9", "9", "1", "disputed") in rows
    assert all(mention[:8] in said for mention in mentions)
    assert "[9] died" in said  # brackets in a report are no markup
    assert "are one event: days +3" in said
    assert "of 5 needed" in said
    assert max(map(len, said.splitlines())) <= 80


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("timeline",), ["2031-05-02", "ASSAULT aerial: Ardal > Velmark at Velm", "disputed"]),
        (("timeline", "--type", "ASSAULT", "--actor", "Ardal"), ["ASSAULT"]),
        (("positions",), ["Velmark", "territory", "demands", "valley back"]),
        (("provisions",), ["monitoring by Norrland", "in-force", "2031-05-03 proposed"]),
        (("disputes",), ["contradiction", "people killed", "jump", "from proposed to in-force"]),
        (("diff", "2031-05-03", "2031-05-06"), ["new", "changed", "in-force", "before:"]),
        (("diff", "a.txt", "c.txt"), ["monitoring by Norrland", "proposed", "in-force"]),
        (("search", "drones", "velm"), ["a.txt", "b.txt", "40 drones"]),
        (("actors",), ["Olle Brandt", "Ardal", "The Post"]),
        (("check",), ["sound: 3 reports"]),
        (("show", "Olle Brandt"), ["state: Ardal"]),
        (("show", "a.txt"), ["published: 2031-05-03 (page)", "provision"]),
    ],
)
def test_each_question_is_answered_within_eighty_columns(
    run: Run, command: tuple[str, ...], told: list[str]
) -> None:
    status, said, _ = run(*command)
    assert status == 0
    flat = " ".join(said.split())
    assert [t for t in told if t not in flat] == []
    assert max(map(len, said.splitlines())) <= 80


@pytest.mark.parametrize(
    "command",
    ["show", "timeline", "positions", "provisions", "disputes", "actors", "changes", "check"],
)
def test_every_answer_can_be_had_as_json(run: Run, command: str) -> None:
    status, said, _ = run(command, "--json")
    assert status == 0
    assert isinstance(json.loads(said), dict | list)


def test_one_thing_can_be_had_as_json(run: Run, war: Path) -> None:
    event, (first, _) = _ids(war)
    run("correct", first, "status", "claimed")
    entry, mention, report, actor = json.loads(
        run("show", event, first, "a.txt", "Olle Brandt", "--json")[1]
    )
    assert entry["mentions"][0]["id"] == first
    assert (entry["id"], entry["figures"][1]["disputed"]) == (event, True)
    assert (mention["read"]["status"], mention["now"]["status"]) == ("happened", "claimed")
    assert (report["source"], actor["state"]) == ("a.txt", "Ardal")


def test_nothing_in_a_report_commands_the_terminal(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "rude.db")
    with open_store(path) as store:
        sentence = "Ardal \x1b]0;owned\x07 sent drones \x1b[2J at Velm."
        store.add(
            _mentions("rude.txt", "2031-05-03", sentence, events=_raid(3, "Velm")), reader="1"
        )
        event = store.record().events[0].id
    for command in (("show", event), ("search", "drones"), ("show", "rude.txt")):
        _, said, _ = run(*command, record=path)
        assert "sent drones" in said
        assert not set(said) & {"\x1b", "\x07"}


@pytest.mark.parametrize(
    ("command", "do"),
    [
        (("show",), "Begin with: foedus record add"),
        (("timeline",), "Widen the question"),
        (("positions",), "add reports"),
        (("provisions",), "add reports"),
        (("disputes",), "Nothing contradicts"),
        (("search", "drones"), "Try fewer"),
        (("actors",), "Add reports"),
        (("changes",), "correct --help"),
        (("diff", "2031-05-03", "2031-05-06"), "Nothing changed"),
    ],
)
def test_an_empty_answer_says_what_to_do(
    run: Run, tmp_path: Path, command: tuple[str, ...], do: str
) -> None:
    with open_store(str(tmp_path / "empty.db")):
        pass
    status, said, _ = run(*command, record=str(tmp_path / "empty.db"))
    assert status == 0
    assert do in " ".join(said.split())


def test_a_day_asks_for_what_was_known_then(run: Run) -> None:
    assert "3 died" not in run("timeline", "--as-of", "2031-05-02")[1]
    assert "1 event; 0 told by several" in run("show", "--as-of", "2031-05-03")[1]


def test_changes_are_made_listed_and_taken_back(run: Run, war: Path) -> None:
    event, (first, second) = _ids(war)
    who = ("--by", "Ida Stern")
    assert "#1 split 1 mention of an event, by Ida Stern" in run("split", second[:9], *who)[1]
    assert "#2 merged" in run("merge", first, second, *who)[1]
    said = run("correct", first, "person/killed", "at-least 4", *who, "--why", "a later list")[1]
    assert "#3 corrected person/killed to at-least 4" in said
    assert "To take it back: undo 3" in said
    run("accept", second)
    run("reject", "c.txt", *who)
    run("undo", "5", *who)
    status, said, _ = run("changes")
    flat = " ".join(said.split())
    assert status == 0
    assert "a later list" in flat
    assert "rejected 1 report (taken back)" in flat
    assert getpass.getuser() in flat  # where no name was given
    shown = " ".join(run("show", event)[1].split())
    assert "person/killed = at-least 4 (read as 3), by Ida Stern" in shown
    assert "person/killed: read as 3, now at-least 4" in shown
    mention = " ".join(run("show", first)[1].split())
    assert "person/killed 3 at-least 4" in mention


def test_what_is_wrong_is_said_with_what_is_near(run: Run, war: Path) -> None:
    _, (first, _) = _ids(war)
    for command, said in (
        (("show", first[:-2] + "zz"), f"Near it: {first[:8]}"),
        (("correct", first, "statis", "claimed"), "Near it: status"),
        (("timeline", "--about", "teritory"), "Near it: territory"),
        (("diff", "2031-05-03", "nobody"), "must be an id or a name"),
        (("diff", "a.txt", "Olle Brandt"), "a day or a report"),
        (("search", "..."), "hold a letter"),
    ):
        status, out, err = run(*command)
        assert (status, out) == (1, "")
        assert said in err


def test_a_copy_is_written_and_read_back(run: Run, tmp_path: Path) -> None:
    assert run("backup", str(tmp_path / "copy.db"))[0] == 0
    assert "3 reports" in run("show", record=str(tmp_path / "copy.db"))[1]
    assert run("backup", str(tmp_path / "copy.jsonl"))[0] == 0
    new = str(tmp_path / "new.db")
    assert "rows restored" in run("restore", str(tmp_path / "copy.jsonl"), record=new)[1]
    assert run("show", record=new)[1] == run("show")[1]


def test_reports_are_added_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "raid.txt").write_text(
        "OSTHAVEN, 3 May 2031. Ardal launched 40 drones at Velmark overnight, the army of Velmark"
        " said. The president of Velmark said that his country wanted its valley back.\n"
    )
    where = str(tmp_path / "new.db")
    status, _, said = run("add", str(tmp_path / "raid.txt"), record=where)
    assert (status, "1 report added, 0 known" in said) == (0, True)
    status, _, said = run("add", str(tmp_path), record=where)
    assert "0 reports added, 1 known" in said
    status, _, said = run("add", str(tmp_path / "nothing.txt"), record=where)
    assert status == 1
    assert "nothing.txt" in said


def test_a_password_is_not_shown_in_any_message(
    run: Run, monkeypatch: pytest.MonkeyPatch, war: Path
) -> None:
    """The record is a file here; only its name is that of a server, as `open_store` makes it."""
    hidden = name_of("postgresql+psycopg://ida:hunter2@server/war")
    assert "hunter2" not in hidden
    monkeypatch.setattr("foedus.record.store.name_of", lambda _: hidden)
    for command in (("show", "nobody"), ("show", "m-zzzz")):
        status, _, err = run(*command)
        assert (status, str(war) in err, hidden in err) == (1, False, True)


def test_a_large_record_is_answered_as_a_small_one(
    run: Run, war: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without drawing the whole: as if a record of more than no report at all were large."""
    event, (first, second) = _ids(war)
    run("correct", first, "person/killed", "at-least 4", "--by", "Ida Stern")
    asked = (
        ("show", event[:8]),
        ("show", first, "Olle Brandt", "a.txt", "The Post"),
        ("show", second[:9], "--json"),
        ("actors",),
        ("actors", "--as-of", "2031-05-03"),
        ("diff", "a.txt", "c.txt"),
        ("check",),
    )
    small = [run(*command) for command in asked]
    monkeypatch.setattr("foedus.record.store.FEW", 0)
    assert [run(*command) for command in asked] == small
    assert "#2 split 1 mention" in run("split", second, "--by", "Ida Stern")[1]
    assert "1 event; 0 told" not in run("show")[1]
    assert "#3 took back #2" in run("undo", "2", "--by", "Ida Stern")[1]
    assert run("show", event[:8]) == small[0]
    status, _, said = run("show", "m-0123456789ab")
    assert (status, "must be an id or a name" in said) == (1, True)


def test_of_a_large_record_the_overview_joins_nothing_and_the_disputes_are_of_a_week(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run("disputes", "--whole")[1]
    for module in ("record", "record_overview"):
        monkeypatch.setattr(f"foedus.cli.{module}.JOINED_MOST", 2)
    assert "2 times an event is told" in run("show")[1]
    status, said, note = run("disputes")
    assert (status, "2031-04-30 to 2031-05-06" in note) == (0, True)
    assert "person killed" in said or "people killed" in said
    assert "jump" in whole
    assert "jump" not in said
    assert "jump" in run("disputes", "--whole")[1]


def test_more_than_is_shown_is_said(run: Run) -> None:
    assert "Earlier ones are not shown" in run("timeline", "--limit", "1")[1]
    assert "Earlier" not in run("timeline")[1]
    assert "Earlier steps" in run("provisions", "--limit", "1")[1]
    assert "in-force" in run("provisions", "--limit", "1")[1]
    assert "more are not shown" in run("diff", "2031-05-02", "2031-05-06", "--limit", "1")[1]
