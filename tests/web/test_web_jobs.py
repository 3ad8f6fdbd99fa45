"""Reports come in by every way, jobs are followed, broken off, and go on after a restart."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from foedus.desk import Given, open_desk
from foedus.web import work
from foedus.web.app import make_app
from foedus.web.settings import WebSettings
from web_app import HOME, ended, with_token

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

STORY = (
    "Quend shelled the port of Ostrave on Monday, killing four people, the governor of Ostrave"
    " said. The defence ministry of Quend said that its army had not fired. Talks between Quend"
    " and Ostrave will resume on Thursday, the mediators said."
)


def test_files_are_read_and_each_is_told(empty: TestClient, examples: list[Path]) -> None:
    files = [("files", (p.name, p.read_bytes())) for p in examples]
    files += [("files", ("noise.bin", b"\x00\x01\x02" * 500))]
    job = ended(empty, empty.post("/api/v1/jobs/files", files=files).json()["id"])
    assert job["state"] == "done"
    assert job["result"] == {"kept": len(examples), "known": 0, "skipped": 1}
    told = {item["name"]: item for item in job["items"]}
    assert told["noise.bin"]["state"] == "skipped"
    assert told["noise.bin"]["said"]
    for path in examples:
        item = told[path.name]
        assert item["state"] == "kept"
        assert empty.get(f"/reports/{item['report']}").status_code == 200
    page = empty.get(f"/jobs/{job['id']}").text
    assert told["noise.bin"]["said"][:30] in page
    again = ended(empty, empty.post("/api/v1/jobs/files", files=files).json()["id"])
    assert again["result"] == {"kept": 0, "known": len(examples), "skipped": 1}


def test_a_pasted_text_becomes_a_report(empty: TestClient) -> None:
    answer = empty.post("/inbox", data={"text": STORY, "csrf": empty.headers["x-csrf-token"]})
    assert answer.status_code == 303
    job = ended(empty, answer.headers["location"].rpartition("/")[2])
    assert job["result"]["kept"] == 1, job
    report = empty.get(f"/api/v1/reports/{job['items'][0]['report']}").json()
    assert report["text"] == STORY
    events = empty.get("/api/v1/events").json()["items"]
    assert any(e["type"] == "ASSAULT" and e["actors"] == ["Quend"] for e in events)


def test_a_feed_is_several_reports(empty: TestClient) -> None:
    items = "".join(
        f"<item><title>{n} dead in Ostrave</title><pubDate>Mon, 0{n} May 2031 08:00:00 GMT"
        f"</pubDate><description>{STORY} It was raid {n}.</description></item>"
        for n in (5, 6)
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel>'
    file = ("feed.xml", f"{feed}</rss>".encode())
    job = ended(empty, empty.post("/api/v1/jobs/files", files=[("files", file)]).json()["id"])
    assert empty.get("/api/v1/record").json()["counts"]["reports"] == 2, job


def test_nothing_is_nothing_to_read(empty: TestClient) -> None:
    answer = empty.post("/inbox", data={"csrf": empty.headers["x-csrf-token"]})
    assert answer.status_code == 422
    assert "Nothing to read" in answer.text
    assert empty.post("/api/v1/jobs/reports", json={}).status_code == 422
    for address in ("file:///etc/passwd", "ftp://a.example/x", "javascript:alert(1)", "x.html"):
        sent = {"addresses": [address]}
        assert empty.post("/api/v1/jobs/reports", json=sent).status_code == 422, address


def test_a_job_is_followed_as_it_goes_on(empty: TestClient) -> None:
    sent = {"texts": [f"{STORY} It was raid {n}." for n in range(4)]}
    job = empty.post("/api/v1/jobs/reports", json=sent).json()
    with empty.stream("GET", f"/api/v1/jobs/{job['id']}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in stream.iter_lines() if line.startswith("data: ")]
    told = [json.loads(line.removeprefix("data: ")) for line in lines]
    assert told[-1]["state"] == "done"
    assert [t["share"] for t in told] == sorted(t["share"] for t in told)
    assert sum(item["state"] == "kept" for item in told[-1]["items"]) == 4
    assert empty.get("/api/v1/jobs/none/events").status_code == 404


def test_a_job_can_be_broken_off_and_what_was_read_stays(empty: TestClient) -> None:
    sent = {"texts": [f"{STORY} It was raid {n}." for n in range(20)]}
    job = empty.post("/api/v1/jobs/reports", json=sent).json()
    while not (
        empty.get("/api/v1/record").json()["counts"]["reports"]
        or empty.get(f"/api/v1/jobs/{job['id']}").json()["ended"]
    ):
        time.sleep(0.02)
    empty.post(f"/api/v1/jobs/{job['id']}/cancel")
    over = ended(empty, job["id"])
    assert over["state"] == "cancelled", over
    kept = sum(item["state"] == "kept" for item in over["items"])
    assert 0 < kept < 20
    assert empty.get("/api/v1/record").json()["counts"]["reports"] == kept


def test_a_job_goes_on_after_a_restart(tmp_path: Path) -> None:
    where = str(tmp_path / "war.db")
    settings = WebSettings(record=where)
    given = [Given(name=f"{n}.txt", content=f"{STORY} Raid {n}.".encode()) for n in range(12)]
    with TestClient(make_app(settings), HOME) as client, open_desk(where) as desk:
        job = desk.jobs.add("reports", by="Ida", given=given)
        while not any(item.state == "kept" for item in desk.jobs.items(job.id)):
            time.sleep(0.02)
        del client
    with open_desk(where) as desk:  # the app has ended, half way
        left = desk.jobs.job(job.id)
        assert left.state == "waiting", left
        kept = sum(item.state == "kept" for item in desk.jobs.items(job.id))
        assert 0 < kept < len(given)
    with TestClient(make_app(settings), HOME) as client:
        over = ended(with_token(client), job.id)
        assert over["state"] == "done"
        assert over["result"] == {"kept": len(given), "known": 0, "skipped": 0}
        assert client.get("/api/v1/record").json()["counts"]["reports"] == len(given)


def test_several_browsers_send_at_once_and_nothing_is_lost(empty: TestClient) -> None:
    jobs: list[str] = []

    def send(n: int) -> None:
        sent = {"texts": [f"{STORY} Sent by browser {n}."]}
        jobs.append(empty.post("/api/v1/jobs/reports", json=sent).json()["id"])

    threads = [threading.Thread(target=send, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(ended(empty, job)["result"]["kept"] == 1 for job in jobs)
    assert empty.get("/api/v1/record").json()["counts"]["reports"] == 6


def test_a_job_that_has_nothing_new_to_say_still_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or another process would take up what this one is still doing."""
    monkeypatch.setattr(work, "LIVE_SECONDS", 0.01)
    with open_desk(str(tmp_path / "war.db")) as desk:
        desk.jobs.add("answer", by="Ida")
        job = desk.jobs.claim()
        assert job is not None
        beats: list[str] = []
        monkeypatch.setattr(type(desk.jobs), "beat", lambda _, id_, *__: beats.append(id_))
        with work._Beat(desk, job, threading.Event()):
            while len(beats) < 3:
                time.sleep(0.01)
        assert set(beats) == {job.id}
