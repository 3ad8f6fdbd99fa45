"""How well reports are read, against labels made by hand; no floor is lowered without a reason."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.reading import as_json, read
from foedus.report.values import Report
from ours import pipeline

HERE = Path(__file__).parent
SHARED = HERE.parents[1].parent / "shared"
GOLD = SHARED / "data/reports/gold.jsonl"
SCORER = SHARED / "tools/score_reading.py"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    if not GOLD.exists() or not SCORER.exists():
        pytest.skip("the labelled reports (../shared) are not here")
    found = tmp_path_factory.mktemp("quality") / "found.jsonl"
    with found.open("w", encoding="utf-8") as out:
        for line in GOLD.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)["report"]
            day = told.get("published")
            report = Report(
                id=told["id"],
                source=told["source"],
                title=told.get("title"),
                outlet=told.get("outlet"),
                author=told.get("author"),
                published=dt.date.fromisoformat(day) if day else None,
                published_from=told["published_from"],
                language="en",
                text=told["text"],
            )
            out.write(json.dumps(as_json(read(report, pipeline()))) + "\n")
    run = subprocess.run(
        [sys.executable, str(SCORER), str(GOLD), str(found), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    result = json.loads(run.stdout)
    assert result["bad_spans"]["count"] == 0
    families: dict[str, dict[str, float]] = result["families"]
    return families


@pytest.mark.parametrize("family", [name for name in FLOORS if not name.startswith("_")])
def test_a_family_is_read_no_worse_than_its_floor(
    family: str, scores: dict[str, dict[str, float]]
) -> None:
    assert scores[family]["f1"] >= FLOORS[family]["f1"], FLOORS[family]["reason"]
