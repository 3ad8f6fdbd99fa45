"""A case on a terminal tells all that the case says, and keeps within it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from foedus.case import load_case
from foedus.case.values import Source, Tie
from foedus.show.findings import red_line_words
from foedus.show.terminal_case import WIDTH, case_shown, differences_shown, findings_shown

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.case.values import Case

WHY = Source(kind="judgement", refs=("a map",), why="so it is")


@pytest.fixture(scope="module")
def ardal(root: Path) -> Case:
    return load_case(root / "cases" / "ardal.yaml")


def words(text: str) -> str:
    return " ".join(text.split())


def test_every_part_is_told(ardal: Case) -> None:
    (watch,) = (p for p in ardal.provisions if p.id == "monitoring")
    none, civilian, *more = watch.levels
    tied = replace(
        civilian,
        requires=(Tie(provision="military-aid", levels=("steady", "surge"), source=WHY),),
        excludes=(Tie(provision="multinational-force", levels=("liaison",), source=WHY),),
        condition="both let monitors in",
        expires_years=5.0,
    )
    changed = replace(
        watch, levels=(none, tied, *more), present={"civilian": WHY}, borne_by=("Sund",)
    )
    provisions = tuple(changed if p is watch else p for p in ardal.provisions)
    line = replace(ardal.red_lines[0], active=False, why="they moved")
    text = case_shown(replace(ardal, provisions=provisions, red_lines=(line,)))
    assert max(map(len, text.splitlines())) <= WIDTH
    told = words(text)
    for part in (
        "(monitoring), borne by Sund",
        "civilian: Civilian monitors with limited access [in force already]",
        "needs military-aid: steady or surge. <- judgement: so it is [a map]",
        "cannot stand beside multinational-force: liaison.",
        "if: both let monitors in (the game takes it as met)",
        "expires after five years (the game takes it as lasting)",
        "forward: Brigades near the line [off the table]",
        "[switched off: they moved]",
    ):
        assert part in told
    for parameter in ardal.parameters:
        assert f"{parameter.key}: " in told


def test_the_deals_are_counted_without_those_that_break_a_tie(ardal: Case) -> None:
    """20,736 in all, in three of four with monitors: of those a third have no aid, 5,184."""
    assert "20,736 deals can be made" in case_shown(ardal)
    (watch,) = (p for p in ardal.provisions if p.id == "monitoring")
    need = Tie(provision="military-aid", levels=("steady", "surge"), source=WHY)
    tied = replace(
        watch, levels=(watch.levels[0], *(replace(v, requires=(need,)) for v in watch.levels[1:]))
    )
    case = replace(ardal, provisions=tuple(tied if p is watch else p for p in ardal.provisions))
    assert "15,552 deals can be made" in case_shown(case)


def test_words_of_a_case_command_no_terminal(ardal: Case) -> None:
    nasty = replace(ardal, title="War \x1b[31mred\x1b[0m", notes=("\x07bell",))
    assert "\x1b" not in case_shown(nasty)
    assert "\x07" not in case_shown(nasty)


def test_nothing_to_tell_is_said(ardal: Case) -> None:
    assert differences_shown(()) == "The two say the same.\n"
    assert findings_shown("a.yaml", ()) == "a.yaml: nothing to look at.\n"
    assert "\nNone.\n" in case_shown(replace(ardal, red_lines=()))


def test_a_red_line_that_is_off_says_so_wherever_it_is_told(ardal: Case) -> None:
    line = ardal.red_lines[0]
    assert "switched off" not in red_line_words(line, ardal)
    off = replace(line, active=False, why="They moved.")
    assert red_line_words(off, ardal) == f"{red_line_words(line, ardal)} (switched off: They moved)"
