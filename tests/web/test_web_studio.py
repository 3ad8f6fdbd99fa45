"""The studio tells what a sweep over the same deals and futures tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from foedus import case
from foedus.search import SweepSettings, sweep

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient


@pytest.fixture
def made(alone: TestClient, root: Path) -> dict[str, Any]:
    text = (root / "cases" / "ardal.yaml").read_text("utf-8")
    answer = alone.post("/api/v1/cases", json={"text": text})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def last_levels(chosen: case.values.Case) -> dict[str, str]:
    """The last level that is not left out, of every second provision."""
    return {
        p.id: next(level.name for level in reversed(p.levels) if level.name not in p.excluded)
        for p in chosen.provisions[::2]
    }


def test_figures_are_those_of_the_sweep(alone: TestClient, made: dict[str, Any]) -> None:
    chosen = case.from_yaml(made["text"], "ardal")
    levels = last_levels(chosen)
    told = alone.post(f"/api/v1/cases/{made['id']}/studio", json={"deals": [levels, {}]}).json()
    deal = tuple(
        [level.name for level in p.levels].index(levels.get(p.id, p.levels[0].name))
        for p in chosen.provisions
    )
    swept = sweep(chosen, SweepSettings(futures=1024, seed=1, keep=3, deals=(deal,)))
    at = swept.deals.index(deal)
    solved = swept.outcomes.converged[at]
    first = told["deals"][0]
    for name in ("agree", "window_risk", "direct_any", "security"):
        values = getattr(swept.outcomes, name)[at][solved]
        assert first[name]["mean"] == pytest.approx(float(np.mean(values)), abs=1e-12), name
    last_year = swept.outcomes.survive[at, :, -1][solved]
    assert first["survive"]["mean"] == pytest.approx(float(np.mean(last_year)), abs=1e-12)
    assert first["levels"] | levels == first["levels"]
    assert told["deals"][1]["name"] != first["name"]
    assert sum(end["mean"] for end in first["ends"].values()) == pytest.approx(1.0, abs=1e-9)


def test_it_asks_for_no_more_than_four_deals(alone: TestClient, made: dict[str, Any]) -> None:
    address = f"/api/v1/cases/{made['id']}/studio"
    assert alone.post(address, json={"deals": [{}] * 5}).status_code == 422
    assert alone.post(address, json={"deals": []}).status_code == 422


def test_what_a_case_does_not_have_is_named(alone: TestClient, made: dict[str, Any]) -> None:
    chosen = case.from_yaml(made["text"], "ardal")
    first = chosen.provisions[0].id
    wanted = {"deals": [{"moon": "full", first: "half"}]}
    told = alone.post(f"/api/v1/cases/{made['id']}/studio", json=wanted)
    assert told.status_code == 422
    assert {fault["at"] for fault in told.json()["faults"]} == {"provision", first}


def test_a_level_that_is_left_out_is_refused(alone: TestClient) -> None:
    made = alone.post("/api/v1/cases", json={}).json()
    chosen = case.from_yaml(made["text"], "drawn")
    provision = next(p for p in chosen.provisions if p.excluded)
    wanted = {"deals": [{provision.id: next(iter(provision.excluded))}]}
    told = alone.post(f"/api/v1/cases/{made['id']}/studio", json=wanted)
    assert told.status_code == 422
    assert "left out" in told.json()["detail"]
