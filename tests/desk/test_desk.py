"""A desk keeps who may do what, what was done, and what is being done; on either database."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from foedus.desk import Given, open_desk
from foedus.desk.accounts import ATTEMPTS_MOST, ATTEMPTS_SECONDS, SESSION_SECONDS
from foedus.desk.jobs import SILENT_SECONDS
from foedus.errors import DeskError

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Clock  # only for its type: fixtures come by name
    from foedus.desk import Desk

PASSWORD = "a quiet harbour at noon"  # noqa: S105 - of nobody


def reasons(error: pytest.ExceptionInfo[DeskError]) -> list[str]:
    return [fault.reason for fault in error.value.faults]


def test_a_desk_is_found_again_with_its_secret(where: str) -> None:
    with open_desk(where) as first, open_desk(where) as second:
        assert first.secret == second.secret
        assert len(first.secret) == 32
        first.ping()


def test_two_desks_have_two_secrets(tmp_path: Path) -> None:
    with open_desk(str(tmp_path / "a.db")) as one, open_desk(str(tmp_path / "b.db")) as other:
        assert one.secret != other.secret


def test_a_desk_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    open_desk(str(tmp_path / "war.db")).__exit__()
    with sqlite3.connect(tmp_path / "war.desk.db") as connection:
        connection.execute("UPDATE desk_about SET version = 99")
    connection.close()
    with pytest.raises(DeskError, match=r"of version 99; it must be of version 1"):
        open_desk(str(tmp_path / "war.db"))


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "war.desk.db").write_text("no database, however long it is read" * 40)
    with pytest.raises(DeskError, match="not a database"):
        open_desk(str(tmp_path / "war.db"))


def test_only_the_right_password_signs_in(desk: Desk) -> None:
    desk.accounts.add("Ida", "analyst", PASSWORD)
    with pytest.raises(DeskError) as refused:
        desk.accounts.sign_in("Ida", PASSWORD + "!")
    with pytest.raises(DeskError) as unknown:
        desk.accounts.sign_in("Olle", PASSWORD)
    assert str(refused.value) == str(unknown.value)  # which of the two was wrong is not told
    held = desk.accounts.sign_in("Ida", PASSWORD)
    session = desk.accounts.session(held)
    assert session is not None
    assert (session.account.name, session.account.role) == ("Ida", "analyst")


def test_a_session_ends_by_itself_and_on_signing_out(desk: Desk, clock: Clock) -> None:
    desk.accounts.add("Ida", "reader", PASSWORD)
    held = desk.accounts.sign_in("Ida", PASSWORD)
    other = desk.accounts.sign_in("Ida", PASSWORD)
    desk.accounts.sign_out(other)
    assert desk.accounts.session(other) is None
    clock.move(SESSION_SECONDS - 1)
    assert desk.accounts.session(held) is not None
    clock.move(1)
    assert desk.accounts.session(held) is None
    assert desk.accounts.session("") is None


def test_after_some_failures_even_the_right_password_waits(desk: Desk, clock: Clock) -> None:
    desk.accounts.add("Ida", "reader", PASSWORD)
    for _ in range(ATTEMPTS_MOST):
        with pytest.raises(DeskError) as error:
            desk.accounts.sign_in("Ida", "guess")
        assert reasons(error) == ["refused"]
    with pytest.raises(DeskError) as error:
        desk.accounts.sign_in("Ida", PASSWORD)
    assert reasons(error) == ["too many"]
    clock.move(ATTEMPTS_SECONDS)
    assert desk.accounts.sign_in("Ida", PASSWORD)


def test_nothing_that_signs_in_can_be_read_from_the_tables(tmp_path: Path) -> None:
    with open_desk(str(tmp_path / "war.db")) as desk:
        account = desk.accounts.add("Ida", "reader", PASSWORD)
        held = desk.accounts.sign_in("Ida", PASSWORD)
        _, key = desk.accounts.make_token(account.id, "a script")
    raw = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert not any(each.encode() in raw for each in (PASSWORD, held, key))
    assert b"$argon2id$" in raw


def test_all_that_is_wrong_with_an_account_is_said_at_once(desk: Desk) -> None:
    with pytest.raises(DeskError) as error:
        desk.accounts.add(" ", "king", "short")  # type: ignore[arg-type]
    assert [fault.at for fault in error.value.faults] == ["name", "role", "password"]
    desk.accounts.add("Ida", "reader", PASSWORD)
    with pytest.raises(DeskError) as error:
        desk.accounts.add(" Ida ", "reader", PASSWORD)
    assert reasons(error) == ["conflict"]


def test_who_is_shut_out_is_signed_out(desk: Desk) -> None:
    desk.accounts.add("Olle", "admin", PASSWORD)
    ida = desk.accounts.add("Ida", "analyst", PASSWORD)
    held = desk.accounts.sign_in("Ida", PASSWORD)
    _, key = desk.accounts.make_token(ida.id, "a script")
    desk.accounts.change(ida.id, active=False)
    assert desk.accounts.session(held) is None
    assert desk.accounts.by_token(key) is None
    with pytest.raises(DeskError):
        desk.accounts.sign_in("Ida", PASSWORD)
    assert not next(a for a in desk.accounts.all() if a.name == "Ida").active


def test_the_last_admin_stays_one(desk: Desk) -> None:
    olle = desk.accounts.add("Olle", "admin", PASSWORD)
    for change in ({"active": False}, {"role": "reader"}):
        with pytest.raises(DeskError, match="last admin"):
            desk.accounts.change(olle.id, **change)  # type: ignore[arg-type]
    assert desk.accounts.all() == (olle,)  # nothing half done
    desk.accounts.add("Ida", "admin", PASSWORD)
    assert desk.accounts.change(olle.id, role="reader").role == "reader"


def test_a_new_password_signs_out_everywhere(desk: Desk) -> None:
    ida = desk.accounts.add("Ida", "reader", PASSWORD)
    held = desk.accounts.sign_in("Ida", PASSWORD)
    desk.accounts.set_password(ida.id, PASSWORD[::-1])
    assert desk.accounts.session(held) is None
    with pytest.raises(DeskError):
        desk.accounts.sign_in("Ida", PASSWORD)
    assert desk.accounts.sign_in("Ida", PASSWORD[::-1])


def test_a_key_acts_for_its_account_until_it_is_dropped(desk: Desk, clock: Clock) -> None:
    ida = desk.accounts.add("Ida", "analyst", PASSWORD)
    olle = desk.accounts.add("Olle", "admin", PASSWORD)
    made, key = desk.accounts.make_token(ida.id, "nightly feed")
    assert key.startswith(made.hint)
    assert made.used is None
    assert desk.accounts.by_token(key) == ida
    assert desk.accounts.by_token(key + "x") is None
    assert [t.used for t in desk.accounts.tokens(ida.id)] == [clock.time]
    assert desk.accounts.tokens(olle.id) == ()
    desk.accounts.drop_token(made.id, account=olle.id)  # not Olle's to drop
    assert desk.accounts.by_token(key) == ida
    desk.accounts.drop_token(made.id)
    assert desk.accounts.by_token(key) is None


def test_the_log_keeps_every_line_in_order(desk: Desk) -> None:
    for n in range(5):
        desk.audit.write("Ida", "corrected", f"m-{n}", "status")
    newest = desk.audit.newest(2)
    assert [line.target for line in newest] == ["m-4", "m-3"]
    assert [line.target for line in desk.audit.newest(9, newest[-1].number)] == [
        "m-2",
        "m-1",
        "m-0",
    ]


def test_every_version_of_a_case_is_kept(desk: Desk) -> None:
    first = desk.cases.add("Lissmar", "a: 1\n", by="Ida")
    second = desk.cases.save(first.id, "a: 2\n", onto=1, by="Olle", why="measured anew")
    assert desk.cases.save(first.id, "a: 2\n", onto=2, by="Ida") == second
    assert [v.text for v in desk.cases.versions(first.id)] == ["a: 1\n", "a: 2\n"]
    assert desk.cases.version(first.id, 1) == first
    assert desk.cases.all() == (second,)
    with pytest.raises(DeskError, match="version 2, saved by Olle meanwhile") as error:
        desk.cases.save(first.id, "a: 3\n", onto=1, by="Ida")
    assert reasons(error) == ["conflict"]
    with pytest.raises(DeskError, match="no such case"):
        desk.cases.newest("nowhere")
    with pytest.raises(DeskError, match="no such case"):
        desk.cases.version(first.id, 3)


def test_of_two_who_save_at_once_one_is_told(desk: Desk) -> None:
    case = desk.cases.add("Lissmar", "a: 0\n", by="Ida")
    ready, found = threading.Barrier(4), []

    def save(n: int) -> None:
        ready.wait()
        try:
            found.append(desk.cases.save(case.id, f"a: {n + 1}\n", onto=1, by=f"{n}").text)
        except DeskError:
            found.append(None)

    threads = [threading.Thread(target=save, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [text for text in found if text is not None]
    assert len(found) == 4
    assert kept == [desk.cases.newest(case.id).text]


def test_an_answer_comes_back_whole(desk: Desk) -> None:
    case = desk.cases.add("Lissmar", "a: 1\n", by="Ida")
    id_ = desk.answers.add(case, by="Ida", title="What holds", page="<p>ü</p>", told='{"a": 1}')
    assert desk.answers.page(id_) == "<p>ü</p>"
    assert desk.answers.told(id_) == '{"a": 1}'
    (entry,) = desk.answers.all(case.id)
    assert (entry.id, entry.case, entry.version, entry.title) == (id_, case.id, 1, "What holds")
    assert desk.answers.all("other") == ()
    with pytest.raises(DeskError, match="no such answer"):
        desk.answers.page("nowhere")


def test_a_job_goes_through_its_states(desk: Desk, clock: Clock) -> None:
    given = [Given(name="a.txt", content=b"text"), Given(name="https://a.example/", content=None)]
    job = desk.jobs.add("reports", by="Ida", given=given)
    assert desk.jobs.waiting() == 1
    running = desk.jobs.claim()
    assert running is not None
    assert (running.id, running.state) == (job.id, "running")
    assert desk.jobs.claim() is None  # nobody else gets it
    assert desk.jobs.next_item(job.id) == (0, given[0])
    item = replace(desk.jobs.items(job.id)[0], state="kept", said="2 events", report="c2e10c20bf46")
    desk.jobs.settle(job.id, item)
    assert desk.jobs.items(job.id)[0] == item
    assert desk.jobs.next_item(job.id) == (1, given[1])
    assert not desk.jobs.beat(job.id, 0.5, "reading")
    clock.move(5)
    desk.jobs.end(job.id, "done", "1 kept", {"kept": 1})
    ended = desk.jobs.job(job.id)
    assert (ended.state, ended.share, ended.result) == ("done", 1.0, {"kept": 1})
    assert ended.ended == clock.time
    assert desk.jobs.newest() == (ended,)
    assert desk.jobs.waiting() == 0


def test_what_was_read_is_not_kept_twice(where: str, clock: Clock) -> None:
    with open_desk(where, clock) as desk:
        job = desk.jobs.add("reports", by="Ida", given=[Given(name="a", content=b"once")])
        desk.jobs.settle(job.id, replace(desk.jobs.items(job.id)[0], state="kept"))
        assert desk.jobs.next_item(job.id) is None
    place = where if "://" in where else f"sqlite:///{where.removesuffix('.db')}.desk.db"
    engine = create_engine(place)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT content FROM desk_items")).scalar() is None
    engine.dispose()


def test_a_job_whose_process_is_gone_is_taken_over(desk: Desk, clock: Clock) -> None:
    job = desk.jobs.add("answer", by="Ida", asked={"case": "c"})
    desk.jobs.claim()
    clock.move(SILENT_SECONDS)
    assert desk.jobs.claim() is None
    clock.move(1)
    again = desk.jobs.claim()
    assert again is not None
    assert again.id == job.id
    desk.jobs.give_back(job.id)
    assert desk.jobs.job(job.id).state == "waiting"


def test_a_job_can_be_broken_off(desk: Desk) -> None:
    waiting = desk.jobs.add("answer", by="Ida")
    assert desk.jobs.cancel(waiting.id).state == "cancelled"
    running = desk.jobs.add("answer", by="Ida")
    desk.jobs.claim()
    assert desk.jobs.cancel(running.id).state == "running"  # until it hears of it
    assert desk.jobs.beat(running.id, 0.1, "solving")
    with pytest.raises(DeskError, match="no such job"):
        desk.jobs.cancel("nowhere")


def test_several_processes_never_run_one_job_twice(desk: Desk) -> None:
    for _ in range(12):
        desk.jobs.add("answer", by="Ida")
    claimed: list[str] = []

    def work() -> None:
        while (job := desk.jobs.claim()) is not None:
            claimed.append(job.id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 12
