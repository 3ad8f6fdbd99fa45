"""The command that writes a deal in a future for other tools."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from foedus import case, flow
from foedus.cli.app import app
from foedus.errors import CaseError, GameError
from foedus.game import raw, solve

if TYPE_CHECKING:
    from pathlib import Path

ARDAL = ("mutual-defence:sund=treaty", "mutual-defence:norrland=agreement", "monitoring=technical")


def export(*arguments: object) -> Any:  # noqa: ANN401 - what the runner returns
    return CliRunner().invoke(app, ["game", "export", *map(str, arguments)])


@pytest.fixture
def ardal(root: Path) -> list[object]:
    """The arguments that name a deal of the shipped case."""
    levels = [word for level in ARDAL for word in ("--level", level)]
    return [root / "cases" / "ardal.yaml", *levels]


def test_a_case_is_written_by_number_and_solved_from_there(
    ardal: list[object], tmp_path: Path
) -> None:
    pair = tmp_path / "pair.json"
    assert export(*ardal, "--raw", pair).exit_code == 0
    one = json.loads(pair.read_text("utf-8"))["cases"][0]
    deal, future = raw.deal_from_raw(one["deal"]), raw.future_from_raw(one["future"])
    chosen = case.load_case(ardal[0])
    assert (len(deal), future.guarantors) == (len(chosen.provisions), 2)
    # the medians of the uniform parameters are the middles of their ranges
    for parameter in chosen.parameters:
        told = parameter.distribution
        if told.kind == "uniform" and parameter.of is None:
            middle = (told.low + told.high) / 2
            assert getattr(future, parameter.name) == pytest.approx(middle)
    solved = flow.solve_raw(pair)["cases"][0]["out"]
    assert solved == json.loads(json.dumps(raw.solution_to_raw(solve(deal, future))))


def test_gambit_finds_nothing_to_gain_in_what_is_written(
    ardal: list[object], tmp_path: Path
) -> None:
    gambit = pytest.importorskip("pygambit", reason="pygambit is not installed: group gambit")
    file = tmp_path / "crisis.efg"
    assert export(*ardal, "--efg", file, "--types", 2, "--shocks", 2, "--period", 2).exit_code == 0
    text = file.read_text("utf-8")
    game = gambit.read_efg(io.StringIO(text))
    assert [player.label for player in game.players] == ["Velmark", "Ardal", "Norrland", "Sund"]
    profile = game.mixed_behavior_profile(rational=False)
    for player in game.players:
        for infoset in player.infosets:
            for action in infoset.actions:
                does = infoset.label.endswith(f": {action.label}")
                profile[action] = 1.0 if does else 0.0
    assert profile.agent_max_regret() <= 1e-9
    # the written game has the same regret when it is written again by Gambit itself
    again = gambit.read_efg(io.StringIO(game.to_efg()))
    copied = again.mixed_behavior_profile(rational=False)
    for one, other in zip(game.players, again.players, strict=True):
        for infoset, twin in zip(one.infosets, other.infosets, strict=True):
            for action, same in zip(infoset.actions, twin.actions, strict=True):
                copied[same] = profile[action]
    assert copied.agent_max_regret() == pytest.approx(profile.agent_max_regret(), abs=1e-12)


def test_a_case_of_a_file_is_chosen_by_its_id(ardal: list[object], tmp_path: Path) -> None:
    pair = tmp_path / "pair.json"
    export(*ardal, "--raw", pair)
    one = json.loads(pair.read_text("utf-8"))["cases"][0]
    plain = {**one, "id": 8, "deal": [{} for _ in one["deal"]]}
    pair.write_text(json.dumps({"cases": [{**one, "id": 7}, plain]}), "utf-8")
    out = tmp_path / "out.json"
    assert export(pair, "--id", 8, "--raw", out).exit_code == 0
    assert json.loads(out.read_text("utf-8"))["cases"][0]["deal"] == plain["deal"]
    efg = tmp_path / "crisis.efg"
    assert export(pair, "--id", 7, "--efg", efg, "--types", 1, "--shocks", 1).exit_code == 0
    assert re.match(r'EFG 2 R "7" .* "Guarantor 1" "Guarantor 2" ', efg.read_text("utf-8"))
    settings = flow.PairSettings()
    with pytest.raises(GameError, match=r"found 2 cases; .* There are: 7, 8\."):
        flow.export_pair(pair, settings)
    with pytest.raises(GameError, match="found 0 cases with the id 9"):
        flow.export_pair(pair, flow.PairSettings(id="9"))


def test_what_a_case_does_not_have_is_refused_by_name(root: Path) -> None:
    levels = {"wall": "high", "monitoring": "loud", "multinational-force": "forward"}
    with pytest.raises(CaseError) as caught:
        flow.export_pair(root / "cases" / "ardal.yaml", flow.PairSettings(levels=levels))
    assert [(fault.at, fault.found) for fault in caught.value.faults] == [
        ("a provision", "'wall'"),
        ("the level of multinational-force", "'forward'"),  # which no deal may have
        ("the level of monitoring", "'loud'"),
    ]


@pytest.mark.parametrize(
    "wrong", [(), ("--raw", "x.json", "--level", "monitoring"), ("--efg", "x.efg", "--types", "0")]
)
def test_wrong_usage_is_told_as_such(root: Path, wrong: tuple[str, ...]) -> None:
    done = export(root / "cases" / "ardal.yaml", *wrong)
    assert (done.exit_code, done.stdout) == (2, "")
