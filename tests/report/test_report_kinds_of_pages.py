"""Pages of many kinds, written for this test: each keeps its report and loses its furniture.

Beside each page in ``pages/`` lies what a careful reader would keep of it, line by line, and what
the page says of itself. A line marked "(may stay)" is one that careful readers would not agree on.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.report import load

PAGES = Path(__file__).parent / "pages"
MAY_STAY = "(may stay) "
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_keeps_its_report_and_loses_its_furniture(name: str) -> None:
    wanted = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    (page,) = [p for p in PAGES.glob(f"{name}.*") if p.suffix != ".json"]
    (report,) = load(str(page))
    lines = report.text.split("\n")
    must = [line for line in wanted["lines"] if not line.startswith(MAY_STAY)]
    may = {line.removeprefix(MAY_STAY) for line in wanted["lines"]}
    assert [line for line in lines if line in must] == must
    assert [line for line in lines if line not in may] == []
    day = report.published.isoformat() if report.published else None
    found = {"title": report.title, "published": day, "published_from": report.published_from}
    assert {k: v for k, v in found.items() if wanted[k] not in {"*", v}} == {}
