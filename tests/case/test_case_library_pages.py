"""The pages on the library say what the library holds."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from foedus.case import base_rates
from foedus.case.shelf import instruments
from foedus.case.values import GUARANTOR_EFFECTS, SCALAR_EFFECTS
from foedus.show.words import percent

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def test_the_pages_written_from_the_library_are_up_to_date() -> None:
    script = str(ROOT / "scripts" / "library_pages.py")
    done = subprocess.run(
        [sys.executable, script, "--check"], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "up to date", done.stderr


def test_every_base_rate_and_instrument_has_its_place() -> None:
    rates = (DOCS / "look-up" / "base-rates.md").read_text(encoding="utf-8")
    assert re.findall(r"^### `(.*)`$", rates, re.MULTILINE).sort() == list(base_rates()).sort()
    for rate in base_rates().values():
        assert f"### `{rate.id}`" in rates
        if rate.k is not None:
            assert f"**{rate.k} of {rate.n}**" in rates
    page = (DOCS / "look-up" / "instruments.md").read_text(encoding="utf-8")
    for instrument in instruments().values():
        assert f"`{instrument.id}`;" in page or f"`{instrument.id}`." in page
        for level in instrument.levels:
            assert f"| `{level.name}` | {level.title} |" in page


def test_every_effect_is_explained_with_sizes_that_the_library_has() -> None:
    page = (DOCS / "theory" / "instruments.md").read_text(encoding="utf-8")
    for effect in (*SCALAR_EFFECTS, *GUARANTOR_EFFECTS):
        assert f"`{effect}`" in page
    sizes = {
        name: {level.effects.get(name, 0) for one in instruments().values() for level in one.levels}
        for name in (*SCALAR_EFFECTS, *GUARANTOR_EFFECTS)
    }
    for line in page.splitlines():
        row = re.fullmatch(r"\| `(\w+)` \| .* \| (.*) \|", line)
        if row is None or " to " in row[2]:
            continue
        numbers = re.findall(r"-?\d[\d.]*", row[2].replace("\N{MINUS SIGN}", "-"))
        told = [float(number) for number in numbers]
        assert told or row[1] == "share", line
        assert set(told) <= sizes[row[1]], line


HISTORY = ("korea-1953", "ukraine-1994-budapest", "armenia-azerbaijan-2025", "ukraine-2025-12")


@pytest.mark.parametrize("stem", HISTORY)
def test_the_page_on_history_tells_what_the_golden_answers_hold(stem: str) -> None:
    page = (DOCS / "learn" / "history.md").read_text(encoding="utf-8")
    path = ROOT / "tests" / "golden" / "cases" / f"{stem}.json"
    deals = json.loads(path.read_text(encoding="utf-8"))["deals"]
    names = {
        "bare": "a truce and nothing else",
        "signed": "as signed",
        "typical": "the library's usual package",
    }
    assert set(deals) <= set(names)
    for key, deal in deals.items():
        cells = [percent(chance) for chance in deal["accepts"].values()]
        cells += [percent(chance) for chance in deal["survive"].values()]
        assert f"| {names[key]} | {' | '.join(cells)} |" in page
    parties = " | ".join(f"{party} signs" for party in deals["bare"]["accepts"])
    assert f"| deal | {parties} |" in page


def test_the_sentences_on_history_quote_the_golden_answers_too() -> None:
    page = " ".join((DOCS / "learn" / "history.md").read_text(encoding="utf-8").split())

    def golden(stem: str) -> dict[str, Any]:
        path = ROOT / "tests" / "golden" / "cases" / f"{stem}.json"
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return told

    def figure(stem: str, name: str, deal: str, years: float | None = None) -> dict[str, Any]:
        (row,) = [
            one
            for one in golden(stem)["panel"]
            if (one["figure"], one["deal"]) == (name, deal)
            and (years is None or one["years"] == years)
        ]
        found: dict[str, Any] = row
        return found

    budapest = "ukraine-1994-budapest"
    crises = figure(budapest, "war-per-crisis", "bare")
    assert crises["verdict"] == "above"
    low, high = crises["published"]
    counted = f"above the {percent(low)[:-1]} to {percent(high)} that have been counted"
    assert f"{percent(crises['mean'])} of crises become war, {counted}" in page
    for guarantor in ("united-states", "united-kingdom"):
        honour = figure(budapest, "honour", f"mutual-defence:{guarantor}")
        assert percent(honour["mean"]).replace("<", "less than ") in page
    bare = figure("armenia-azerbaijan-2025", "survival", "bare", 10)
    assert bare["verdict"] == "below"
    low, high = bare["published"]
    counted = f"where {percent(low)[:-1]} to {percent(high)} have been counted"
    assert f"stands after ten years with {percent(bare['mean'])}, {counted}" in page
    on = golden("ukraine-2025-12")["no_deal"]
    told = f"after a year in {percent(on['1']['war_on'])} of futures and after two in "
    assert told + percent(on["2"]["war_on"]) in page
    assert "A joint statement of governments" in golden("korea-1953")["best_of_sample"][0]["name"]
