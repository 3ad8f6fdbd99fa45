"""Floors on labelled development reports, where they are at hand."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from foedus.report import Report, load

REPORTS = Path(__file__).parents[3] / "shared" / "data" / "reports"
GIVEN = {  # what a person tells the reader of reports that do not state their day
    "dnipro-search-ends.txt": dt.date(2023, 1, 17),
    "kursk-week-two.txt": dt.date(2024, 8, 13),
    "gaza-school-strike.txt": dt.date(2024, 8, 10),
    "interview-cyprus-envoy.txt": dt.date(2025, 3, 22),
    "miami-talks.txt": dt.date(2025, 12, 6),
}
pytestmark = pytest.mark.skipif(
    not REPORTS.is_dir(), reason="the development reports are not beside the repository"
)


def labelled() -> list[dict[str, object]]:
    lines = (REPORTS / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["report"] for line in lines]


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    names = dict.fromkeys(str(gold["source"]).split("#")[0] for gold in labelled())
    loaded = [r for n in names for r in load(str(REPORTS / n), published=GIVEN.get(n))]
    return {report.source: report for report in loaded}


def test_every_text_equals_the_labelled_one_line_by_line(reports: dict[str, Report]) -> None:
    for gold in labelled():
        assert reports[str(gold["source"])].text == gold["text"], gold["source"]


def test_ids_titles_languages_and_days_are_as_labelled(reports: dict[str, Report]) -> None:
    for gold in labelled():
        report = reports[str(gold["source"])]
        day = report.published.isoformat() if report.published else None
        found = (report.id, report.title, report.language, day, report.published_from)
        wanted = ("id", "title", "language", "published", "published_from")
        assert found == tuple(gold[name] for name in wanted), gold["source"]


def test_most_outlets_and_authors_are_as_labelled(reports: dict[str, Report]) -> None:
    """Those that are wrong are named nowhere in the report, or by what is no person's name."""
    right = [
        getattr(reports[str(gold["source"])], name) == gold[name]
        for gold in labelled()
        for name in ("outlet", "author")
    ]
    assert sum(right) >= 0.8 * len(right)


def test_a_page_pasted_from_a_browser_keeps_its_body_and_loses_its_furniture() -> None:
    (gold,) = (REPORTS / "miami-talks.gold.jsonl").read_text(encoding="utf-8").splitlines()
    labels = json.loads(gold)["report"]
    (report,) = load(str(REPORTS / "miami-talks.txt"), published=GIVEN["miami-talks.txt"])
    body = re.sub(rf"^{re.escape(labels['title'])}\n", "", labels["text"])
    assert report.text == body
    assert (report.title, report.author) == (labels["title"], labels["author"])
    assert not [piece for piece in labels["boilerplate"] if piece in report.text]
