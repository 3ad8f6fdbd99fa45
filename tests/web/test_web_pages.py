"""Every page answers, on a full record and on an empty one, and says what the record says."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from foedus import case, record
from foedus.web.shown import NAVIGATION
from web_app import ended

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PAGES = [address for address, _ in NAVIGATION] + ["/changes"]


class Links(HTMLParser):
    """The addresses that a page leads to or loads, and its labels and fields."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.loads: set[str] = set()
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.inline += [name for name in told if name == "style" or name.startswith("on")]
        if tag == "a" and "href" in told:
            self.links.add(told["href"])
        if tag in {"script", "link", "img", "iframe"}:
            self.loads.add(told.get("src") or told.get("href") or "inline")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_on_a_full_record(alone: TestClient, address: str) -> None:
    answer = alone.get(address)
    assert answer.status_code == 200, answer.text[-600:]
    assert "<h1>" in answer.text


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_record_says_what_to_do(empty: TestClient, address: str) -> None:
    answer = empty.get(address)
    assert answer.status_code == 200
    assert "<form" in answer.text or "<a href=" in answer.text.partition("<main")[2]


def test_all_that_pages_load_is_ours_and_there(alone: TestClient) -> None:
    loads: set[str] = set()
    for address in PAGES:
        page = Links(alone.get(address).text)
        assert page.inline == [], address
        loads |= page.loads
    assert loads
    assert all(one.startswith("/static/") for one in loads)
    for one in loads:
        answer = alone.get(one)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert alone.get("/static/000000000000/app.css").status_code == 404
    assert alone.get("/static/x/..%2Fsettings.py").status_code == 404


def test_every_link_leads_somewhere(alone: TestClient) -> None:
    """Follow every link within the app, from the inbox on."""
    alone.post("/cases", data={"csrf": alone.headers["x-csrf-token"]})
    seen, open_ = set(), {"/"}
    while open_ - seen:
        address = min(open_ - seen)
        seen.add(address)
        answer = alone.get(address)
        assert answer.status_code == 200, address
        if "text/html" in answer.headers["content-type"]:
            links = {link.partition("#")[0] for link in Links(answer.text).links}
            open_ |= {link for link in links if link.startswith("/")}
    assert len(seen) > 30


def test_a_report_shows_its_text_to_the_letter_and_every_mention(
    alone: TestClient, where: str
) -> None:
    with record.open_store(where) as store:
        reports = store.record().reports
    for report in reports:
        page = alone.get(f"/reports/{report.id}").text
        told = alone.get(f"/api/v1/reports/{report.id}").json()
        assert told["text"] == report.text
        section = page.partition('aria-label="The text"')[2].partition("</section>")[0]
        section = re.sub(r'<a class="cite".*?</a>', "", section)
        shown = re.sub(r"<[^>]*>", "", section.partition(">")[2])
        lines = [line.strip() for line in shown.splitlines() if line.strip()]
        assert [_plain(line) for line in lines] == [
            line.strip() for line in report.text.split("\n") if line.strip()
        ]
        for mention in told["mentions"]:
            start, end = mention["span"]
            assert report.text[start:end] == mention["quote"]
            assert f'id="{mention["id"]}"' in page


def _plain(text: str) -> str:
    from html import unescape  # noqa: PLC0415 - here alone

    return unescape(text)


def test_the_timeline_asks_what_the_command_asks(alone: TestClient, where: str) -> None:
    question = record.Question(actor="Velmark", event_type="ASSAULT")
    with record.open_store(where) as store:
        told = record.timeline(record.ask(store.record(), question))
    found = alone.get("/api/v1/timeline", params={"actor": "Velmark", "type": "ASSAULT"}).json()
    assert [one["id"] for one in found["items"]] == [moment.id for moment in told]
    assert found["total"] == len(told) > 0
    page = alone.get("/timeline", params={"actor": "Velmark", "type": "ASSAULT", "since": ""}).text
    assert all(moment.id in page for moment in told)


def test_what_was_known_on_a_day_leaves_out_what_came_later(alone: TestClient, where: str) -> None:
    with record.open_store(where) as store:
        days = sorted({r.published for r in store.record().reports if r.published})
        counts = {day: len(store.record(day).events) for day in days}
    assert len(set(counts.values())) > 1
    for day, count in counts.items():
        found = alone.get("/api/v1/record", params={"as_of": day.isoformat()}).json()
        assert found["counts"]["events"] == count


def test_a_question_that_cannot_be_is_told_with_what_could(alone: TestClient) -> None:
    answer = alone.get("/timeline", params={"type": "ASSAULTS"})
    assert answer.status_code == 422
    assert "ASSAULT" in answer.text
    assert "Traceback" not in answer.text
    api = alone.get("/api/v1/timeline", params={"type": "ASSAULTS", "about": "nothing"})
    assert [fault["at"] for fault in api.json()["faults"]] == ["about", "event type"]
    assert alone.get("/timeline", params={"since": "yesterday"}).status_code == 422


def test_search_marks_the_words(alone: TestClient) -> None:
    page = alone.get("/search", params={"q": "drones"}).text
    assert "<mark>drones</mark>" in page
    assert "No report holds" in alone.get("/search", params={"q": "zebra"}).text


def test_what_is_not_there_is_a_clear_page(alone: TestClient) -> None:
    for address in ("/nothing", "/reports/000000000000", "/cases/none", "/jobs/none", "/answers/x"):
        answer = alone.get(address)
        assert answer.status_code == 404, address
        assert "<h1>" in answer.text
    assert alone.get("/events/e-ffffffffffff").status_code == 422
    told = alone.get("/api/v1/nothing")
    assert told.status_code == 404
    assert told.headers["content-type"] == "application/problem+json"


def test_a_case_is_drawn_edited_and_every_version_kept(alone: TestClient, where: str) -> None:
    made = alone.post("/api/v1/cases", json={}).json()
    with record.open_store(where) as store:
        assert made["text"] == case.to_yaml(case.draft(store.record()))
    text = made["text"].replace("horizon_years: 10", "horizon_years: 8")
    assert text != made["text"]
    edit = {"text": text, "onto": 1, "why": "a shorter view"}
    assert alone.put(f"/api/v1/cases/{made['id']}", json=edit).json()["n"] == 2
    again = alone.put(f"/api/v1/cases/{made['id']}", json=edit | {"text": made["text"]})
    assert again.status_code == 409
    assert "version 2" in again.json()["detail"]
    broken = text.replace("horizon_years: 8", "horizon_years: -8").replace("delta:", "delty:")
    page = alone.post(
        f"/cases/{made['id']}",
        data={"text": broken, "onto": 2, "csrf": alone.headers["x-csrf-token"]},
    )
    assert page.status_code == 422
    assert "Not kept" in page.text
    assert "horizon_years" in page.text
    assert "delty" in page.text  # what was typed is not lost
    versions = alone.get(f"/api/v1/cases/{made['id']}/versions").json()["items"]
    assert [(v["n"], v["why"]) for v in versions] == [
        (1, "drawn from the record"),
        (2, "a shorter view"),
    ]


def test_a_case_is_solved_and_its_answer_shown(alone: TestClient) -> None:
    made = alone.post("/api/v1/cases", json={}).json()
    asked = {"case": made["id"], "futures": 16}
    job = ended(alone, alone.post("/api/v1/jobs/answer", json=asked).json()["id"])
    assert job["state"] == "done", job
    answer = job["result"]["answer"]
    told = alone.get(f"/api/v1/answers/{answer}").json()
    assert told["answer"]["futures"] == 1024  # the deals kept are played in so many at least
    page = alone.get(f"/answers/{answer}/page")
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert alone.get(f"/answers/{answer}").status_code == 200
    assert told["record_path"] in page.text
    listed = alone.get("/api/v1/answers", params={"case": made["id"]}).json()
    assert [one["id"] for one in listed["items"]] == [answer]


def test_one_value_is_set_and_rests_on_who_set_it(alone: TestClient) -> None:
    made = alone.post("/api/v1/cases", json={}).json()
    wanted = {"path": "parameters.hold.value", "value": "{uniform: [0.5, 0.6]}", "onto": 1}
    kept = alone.post(f"/api/v1/cases/{made['id']}/set", json=wanted | {"why": "firmer lines"})
    assert kept.status_code == 200, kept.text
    assert kept.json()["n"] == 2
    chosen = case.from_yaml(kept.json()["text"], "kept")
    (hold,) = [p for p in chosen.parameters if p.key == "hold"]
    assert (hold.distribution.low, hold.distribution.high) == (0.5, 0.6)
    assert hold.source.kind == "judgement"
    assert "firmer lines" in hold.source.why
    before = case.from_yaml(made["text"], "made")
    others = [p for p in chosen.parameters if p.key != "hold"]
    assert others == [p for p in before.parameters if p.key != "hold"]
    broken = wanted | {"value": "{uniform: [0.5, 3]}", "onto": 2, "why": "a slip"}
    refused = alone.post(f"/cases/{made['id']}/set", data=broken | {"csrf": _csrf(alone)})
    assert refused.status_code == 422
    assert "Not kept" in refused.text
    assert alone.post(f"/api/v1/cases/{made['id']}/set", json=broken).status_code == 422


def _csrf(client: TestClient) -> str:
    return str(client.headers["x-csrf-token"])


@pytest.mark.parametrize("address", ["/", "/timeline", "/healthz", "/nothing", "/api/v1/jobs"])
def test_a_head_request_has_the_head_of_the_page_and_no_body(
    alone: TestClient, address: str
) -> None:
    whole, head = alone.get(address), alone.head(address)
    assert head.status_code == whole.status_code
    assert head.headers == whole.headers
    assert head.content == b""
    assert whole.content


def test_what_another_kept_meanwhile_is_not_written_over(alone: TestClient) -> None:
    """Two edit one version: the second is refused, keeps its words, and stays refused."""
    made = alone.post("/api/v1/cases", json={}).json()
    form = {"onto": 1, "csrf": alone.headers["x-csrf-token"]}
    first = alone.post(f"/cases/{made['id']}", data=form | {"text": made["text"] + "# one\n"})
    assert first.status_code == 303
    again = form | {"text": made["text"] + "# other\n"}
    refused = alone.post(f"/cases/{made['id']}", data=again)
    assert refused.status_code == 409
    assert "# other" in refused.text
    whole = refused.text.partition("The whole case")[2]
    (onto,) = re.findall(r'name="onto" value="(\d+)"', whole)
    assert alone.post(f"/cases/{made['id']}", data=again | {"onto": onto}).status_code == 409
    assert alone.get(f"/api/v1/cases/{made['id']}").json()["text"].endswith("# one\n")


def test_a_report_calls_what_was_read_by_plain_words(alone: TestClient) -> None:
    """Looks at each term and its value; the API goes on telling the words of the code."""
    codes = re.compile(r"[a-z]_[a-z]|/|^[A-Z]{4,}$|^(open-to|red-line|off-the-table)$|-framework")
    told = []
    for report in alone.get("/api/v1/reports").json()["items"]:
        page = alone.get(f"/reports/{report['id']}").text
        for term, value in re.findall(r"<dt>(.*?)</dt><dd>([^<]*)", page):
            told += [term, value.strip()] if term != "on" else [term]
    assert len(told) > 50
    assert {"according to", "assault", "security framework"} <= set(told)
    assert [word for word in told if codes.search(word)] == []
