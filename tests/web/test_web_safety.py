"""Attacks on each line of safety; each is refused with a clear answer, and nothing is changed."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from foedus.web.app import make_app
from foedus.web.guard import CHANGES_A_MINUTE
from foedus.web.settings import UPLOAD_MOST, WebSettings
from web_app import HOME, PASSWORD, ended, with_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Team = Callable[[str | None], TestClient]

HOSTILE = """<html><head><title><script>alert(1)</script> Talks fail</title></head><body><article>
<p>Quend shelled Ostrave on Monday, killing four people, the governor said.</p>
<p>&lt;script&gt;alert(2)&lt;/script&gt; &lt;img src=x onerror=alert(3)&gt; was what the leaflet
said.
Quend said that "&lt;svg onload=alert(4)&gt; we will not sign" on Tuesday.</p>
<p>Ostrave demands that Quend withdraw its troops, the foreign minister of Ostrave said.</p>
</article></body></html>"""


def token(client: TestClient) -> str:
    return str(client.headers["x-csrf-token"])


# Headers


@pytest.mark.parametrize("address", ["/", "/nothing", "/api/v1/record", "/static/x/y.js"])
def test_every_answer_tells_browsers_to_be_strict(alone: TestClient, address: str) -> None:
    headers = alone.get(address).headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(where: str) -> None:
    settings = WebSettings(record=where, hosts=("foedus.example",), secure=True)
    with TestClient(make_app(settings), "https://foedus.example") as client:
        answer = client.get("/")
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/"))
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_fault_of_ours_shows_no_traceback(
    alone: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = alone.app.state.place  # type: ignore[attr-defined]

    def fail(*_: object) -> None:
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr(type(place.memory), "snapshot", fail)
    for address in ("/reports", "/api/v1/reports"):
        answer = alone.get(address)
        assert answer.status_code == 500
        assert "fault of foedus" in answer.text
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"


# Requests from elsewhere


def test_a_form_without_its_token_changes_nothing(alone: TestClient) -> None:
    del alone.headers["x-csrf-token"]
    for sent in ({}, {"csrf": "0" * 64}, {"csrf": ""}):
        answer = alone.post("/cases", data=sent)
        assert answer.status_code == 403
        assert "Load the page anew" in answer.text
    assert alone.post("/api/v1/cases", json={}).status_code == 403
    assert alone.get("/api/v1/cases").json()["total"] == 0


def test_the_token_of_another_browser_does_not_fit(alone: TestClient) -> None:
    mine = token(alone)
    alone.cookies.clear()
    with_token(alone)
    assert token(alone) != mine
    assert alone.post("/cases", data={}, headers={"x-csrf-token": mine}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_changes_nothing_even_with_the_token(
    alone: TestClient, headers: dict[str, str]
) -> None:
    answer = alone.post("/cases", data={"csrf": token(alone)}, headers=headers)
    assert answer.status_code == 403
    assert "Another site" in answer.text


def test_a_program_without_cookies_may_change_what_one_person_may(where: str) -> None:
    with TestClient(make_app(WebSettings(record=where)), HOME) as client:
        assert client.post("/api/v1/cases", json={}).status_code == 201
        origin = {"origin": "https://elsewhere.example"}
        assert client.post("/api/v1/cases", json={}, headers=origin).status_code == 403


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "", "[::1"])
def test_a_name_that_is_not_ours_is_not_answered(alone: TestClient, host: str) -> None:
    """Where a page elsewhere lets its own name lead to this machine (DNS rebinding)."""
    answer = alone.get("/api/v1/record", headers={"host": host})
    assert answer.status_code == 421
    assert "counts" not in answer.text
    for ours in ("127.0.0.1:8000", "localhost:8000", "[::1]:8000", "LOCALHOST"):
        assert alone.get("/healthz", headers={"host": ours}).status_code == 200


# Who may do what

PUBLIC = {"/sign-in", "/healthz", "/readyz", "/api/v1/session", "/api/v1/openapi.json"}


def test_who_is_not_signed_in_sees_nothing(team: Team) -> None:
    nobody = team(None)
    paths = nobody.get("/api/v1/openapi.json").json()["paths"]
    for path, methods in paths.items():
        address = re.sub(r"\{[^}]*\}", "1", path)
        for method in methods:
            answer = nobody.request(method, address, json={})
            allowed = address in PUBLIC
            expected = {200, 201, 204, 401, 422, 503} if allowed else {401}
            assert answer.status_code in expected, (method, path, answer.status_code)
    for address in ("/", "/reports", "/timeline", "/cases", "/settings", "/answers", "/changes"):
        answer = nobody.get(address)
        assert answer.status_code == 303, address
        assert answer.headers["location"].startswith("/sign-in")


def test_readers_read_and_analysts_keep_no_accounts(team: Team) -> None:
    reader, analyst, admin = team("reader"), team("analyst"), team("admin")
    case = analyst.post("/api/v1/cases", json={}).json()
    changes = [
        ("POST", "/api/v1/jobs/reports", {"texts": ["words"]}),
        ("POST", "/api/v1/changes", {"kind": "accept", "ids": ["m-1"]}),
        ("POST", "/api/v1/changes/1/undo", None),
        ("POST", "/api/v1/cases", {}),
        ("PUT", f"/api/v1/cases/{case['id']}", {"text": "a: 1", "onto": 1}),
        ("POST", "/api/v1/jobs/answer", {"case": case["id"]}),
        ("POST", "/api/v1/jobs/x/cancel", None),
    ]
    for method, address, body in changes:
        answer = reader.request(method, address, json=body)
        assert answer.status_code == 403, address
        assert "takes the role analyst; yours is reader" in answer.json()["detail"]
    for client in (reader, analyst):
        for address in ("/api/v1/accounts", "/api/v1/audit"):
            assert client.get(address).status_code == 403
        new = {"name": "Mallory", "role": "admin", "password": PASSWORD}
        assert client.post("/api/v1/accounts", json=new).status_code == 403
        assert "Who did what" not in client.get("/settings").text
    assert reader.get("/api/v1/timeline").status_code == 200
    studio = f"/api/v1/cases/{case['id']}/studio"
    assert reader.post(studio, json={"deals": [{}]}).status_code == 200
    assert admin.get("/api/v1/accounts").json()["total"] == 3


def test_guessing_a_password_is_slowed_and_says_nothing(team: Team) -> None:
    nobody = team(None)
    said = set()
    for n in range(5):
        name = "admin" if n % 2 else "nobody at all"
        form = {"name": name, "password": f"guess {n}", "csrf": token(nobody)}
        answer = nobody.post("/sign-in", data=form)
        assert answer.status_code == 401
        said.add(answer.text.partition('role="alert">')[2].partition("<")[0])
    assert len(said) == 1
    for _ in range(4):
        nobody.post("/sign-in", data={"name": "admin", "password": "x", "csrf": token(nobody)})
    form = {"name": "admin", "password": PASSWORD, "csrf": token(nobody)}
    assert nobody.post("/sign-in", data=form).status_code == 429


def test_signing_in_begins_a_new_visit(team: Team) -> None:
    """A cookie that somebody set before signing in is worth nothing after (session fixation)."""
    browser = team(None)
    before = browser.cookies["foedus_visit"]
    form = {"name": "reader", "password": PASSWORD, "csrf": token(browser)}
    browser.post("/sign-in", data=form)
    assert browser.cookies["foedus_visit"] != before
    held = browser.cookies["foedus_session"]
    with_token(browser)
    browser.post("/sign-out", data={"csrf": token(browser)})
    browser.cookies.set("foedus_session", held)
    assert browser.get("/api/v1/record").status_code == 401


@pytest.mark.parametrize(
    "then", ["https://elsewhere.example", "//elsewhere.example", "/\\e.example"]
)
def test_signing_in_leads_to_our_own_pages_only(team: Team, then: str) -> None:
    form = {"name": "reader", "password": PASSWORD, "then": then}
    browser = team(None)
    answer = browser.post("/sign-in", data=form | {"csrf": token(browser)})
    assert answer.headers["location"] == "/"


def test_a_key_acts_for_its_owner_and_no_further(team: Team) -> None:
    reader = team("reader")
    made = reader.post("/api/v1/tokens", json={"label": "nightly"}).json()
    program = team(None)
    program.cookies.clear()
    del program.headers["x-csrf-token"]
    program.headers["authorization"] = f"Bearer {made['key']}"
    assert program.get("/api/v1/record").status_code == 200
    assert program.post("/api/v1/cases", json={}).status_code == 403
    assert made["key"] not in reader.get("/settings").text
    reader.delete(f"/api/v1/tokens/{made['id']}")
    assert program.get("/api/v1/record").status_code == 401


def test_who_is_shut_out_is_out_at_once(team: Team) -> None:
    reader, admin = team("reader"), team("admin")
    id_ = next(
        a["id"] for a in admin.get("/api/v1/accounts").json()["items"] if a["name"] == "reader"
    )
    assert reader.get("/api/v1/record").status_code == 200
    admin.patch(f"/api/v1/accounts/{id_}", json={"active": False})
    assert reader.get("/api/v1/record").status_code == 401


# What comes in


def test_words_of_reports_are_never_html(empty: TestClient) -> None:
    files = [("files", ('<img src=x onerror="alert(5)">.html', HOSTILE.encode()))]
    job = ended(empty, empty.post("/api/v1/jobs/files", files=files).json()["id"])
    assert job["result"]["kept"] == 1, job
    report = job["items"][0]["report"]
    addresses = ["/", f"/jobs/{job['id']}", "/reports", f"/reports/{report}", "/timeline"]
    addresses += ["/positions", "/provisions", "/disputes", "/search?q=leaflet", "/meetings"]
    shown = ""
    for address in addresses:
        page = empty.get(address).text
        assert not re.search(r"<(script(?! src=\"/static/)|img|svg)", page), address
        shown += page
    assert "&lt;svg onload=alert(4)&gt;" in shown


@pytest.mark.parametrize("q", ["'; DROP TABLE reports; --", '" OR 1=1', "a* NEAR(b", "%", "\x00x"])
def test_questions_are_words_never_commands(alone: TestClient, q: str) -> None:
    before = alone.get("/api/v1/record").json()["counts"]
    for address in ("/api/v1/search", "/search"):
        assert alone.get(address, params={"q": q}).status_code in {200, 422}
    for name in ("actor", "place"):
        answer = alone.get("/api/v1/timeline", params={name: q})
        assert answer.json()["total"] == 0
    assert alone.get("/api/v1/record").json()["counts"] == before


def test_what_is_too_large_is_refused_before_it_is_read(alone: TestClient) -> None:
    answer = alone.post("/inbox", content=b"x", headers={"content-length": str(UPLOAD_MOST + 1)})
    assert answer.status_code == 413

    def without_end() -> Iterator[bytes]:
        for _ in range(UPLOAD_MOST // 2**20 + 2):
            yield b"x" * 2**20

    answer = alone.post(
        "/api/v1/jobs/reports", content=without_end(), headers={"content-type": "application/json"}
    )
    assert answer.status_code == 413
    assert "MiB" in answer.json()["detail"]


def test_too_many_changes_have_to_wait(alone: TestClient) -> None:
    statuses = [alone.post("/changes/1/undo").status_code for _ in range(CHANGES_A_MINUTE + 1)]
    assert statuses[-1] == 429
    assert 429 not in statuses[:200]


class _Elsewhere(BaseHTTPRequestHandler):
    """A server that leads elsewhere, and counts who came."""

    came = 0

    def do_GET(self) -> None:
        type(self).came += 1
        self.send_response(302)
        self.send_header("location", "http://169.254.169.254/latest/meta-data/")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/a",
        "http://localhost:{port}/a",
        "http://[::1]:{port}/a",
        "http://2130706433:{port}/a",
        "http://0x7f.1:{port}/a",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::ffff:127.0.0.1]:{port}/a",
    ],
)
def test_no_address_leads_into_this_machine_or_its_network(empty: TestClient, address: str) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Elsewhere)
    _Elsewhere.came = 0
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        sent = {"addresses": [address.format(port=server.server_port)]}
        job = ended(empty, empty.post("/api/v1/jobs/reports", json=sent).json()["id"])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert job["result"] == {"kept": 0, "known": 0, "skipped": 1}
    assert _Elsewhere.came == 0
    assert re.search("private|this machine|local|network|name", job["items"][0]["said"]), job


def test_who_signs_in_comes_to_the_page_that_was_asked_for_with_its_question(team: Team) -> None:
    stranger = team(None)
    asked = "/timeline?actor=Ardal&type=ASSAULT"
    to_sign_in = stranger.get(asked).headers["location"]
    page = stranger.get(to_sign_in).text
    assert f'name="then" value="{asked.replace("&", "&amp;")}"' in page
