"""What people change through pages and the API is signed, logged, shown, and can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from foedus import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient


def mention(client: TestClient, family: str = "event") -> dict[str, Any]:
    for report in client.get("/api/v1/reports").json()["items"]:
        told = client.get(f"/api/v1/reports/{report['id']}").json()
        for one in told["mentions"]:
            if one["family"] == family:
                return {**one, "report": report["id"]}
    pytest.fail(f"no {family} in the examples")


def test_a_correction_is_shown_beside_what_was_read(alone: TestClient, where: str) -> None:
    one = mention(alone)
    form = {"kind": "correct", "id": one["id"], "field": "place", "value": "Lissmar"}
    form |= {"why": "a slip of the map", "csrf": alone.headers["x-csrf-token"]}
    back = f"/reports/{one['report']}#mention-1"
    answer = alone.post("/changes", data=form | {"back": back})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/reports/{one['report']}?done=1#mention-1"
    page = alone.get(f"/reports/{one['report']}?done=1").text
    assert "Lissmar" in page
    assert f"read as {one['fields']['place']}" in page
    assert "a slip of the map" in page
    assert 'action="/changes/1/undo"' in page  # undo is offered, not "are you sure"
    with record.open_store(where) as store:
        (change,) = store.changes()
    assert (change.field, change.value, change.why) == ("place", "Lissmar", "a slip of the map")
    alone.post("/changes/1/undo", data={"csrf": alone.headers["x-csrf-token"]})
    told = alone.get(f"/api/v1/reports/{one['report']}").json()
    assert next(m for m in told["mentions"] if m["id"] == one["id"])["fields"] == one["fields"]


def test_what_was_found_wrong_counts_no_more_until_it_is_undone(alone: TestClient) -> None:
    one = mention(alone)
    before = alone.get("/api/v1/events").json()["total"]
    made = alone.post("/api/v1/changes", json={"kind": "reject", "ids": [one["id"]]}).json()
    assert alone.get("/api/v1/events").json()["total"] == before - 1
    assert "found wrong" in alone.get(f"/reports/{one['report']}").text
    alone.post(f"/api/v1/changes/{made['number']}/undo")
    assert alone.get("/api/v1/events").json()["total"] == before


def test_a_change_that_cannot_be_says_what_could(alone: TestClient) -> None:
    one = mention(alone)
    wanted = {"kind": "correct", "ids": [one["id"]], "field": "status", "value": "perhaps"}
    answer = alone.post("/api/v1/changes", json=wanted)
    assert answer.status_code == 422
    assert "claimed" in answer.json()["detail"]
    assert alone.post("/api/v1/changes", json=wanted | {"ids": ["m-zzz"]}).status_code == 422
    assert alone.post("/api/v1/changes", json=wanted | {"kind": "delete"}).status_code == 422
    assert alone.get("/api/v1/changes").json()["total"] == 0


def test_everything_is_signed_and_logged(team: Callable[[str | None], TestClient]) -> None:
    analyst, admin = team("analyst"), team("admin")
    one = mention(analyst)
    analyst.post("/api/v1/changes", json={"kind": "accept", "ids": [one["id"]]})
    case = analyst.post("/api/v1/cases", json={}).json()
    edit = {"text": case["text"] + "\n# mine\n", "onto": 1, "why": "noted"}
    analyst.put(f"/api/v1/cases/{case['id']}", json=edit)
    admin.post("/api/v1/accounts", json={"name": "Olle", "role": "reader", "password": "x" * 12})
    log = admin.get("/api/v1/audit").json()["items"]
    told = [(line["by"], line["action"], line["target"]) for line in reversed(log)]
    assert told == [
        ("analyst", "sign in", "session"),
        ("admin", "sign in", "session"),
        ("analyst", "accept", one["id"]),
        ("analyst", "add", f"case {case['id']}"),
        ("analyst", "edit", f"case {case['id']}"),
        ("admin", "add", "account Olle"),
    ]
    assert analyst.get("/api/v1/changes").json()["items"][0]["by"] == "analyst"


def test_a_change_taken_back_leads_back_to_the_same_question(alone: TestClient) -> None:
    one = mention(alone)
    form = {"kind": "accept", "id": one["id"], "csrf": alone.headers["x-csrf-token"]}
    made = alone.post("/changes", data=form | {"back": "/timeline?actor=Ardal&type=ASSAULT"})
    page = alone.get(made.headers["location"]).text
    assert 'name="back" value="/timeline?actor=Ardal&amp;type=ASSAULT"' in page
