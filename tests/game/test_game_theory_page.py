"""The page that derives the game: its examples run, its symbols are there, its sums are right."""

from __future__ import annotations

import doctest
import math
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from foedus.game import Effects, Future, classics

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def page(root: Path) -> Path:
    return root / "docs" / "theory" / "game.md"


def test_its_examples_run(page: Path) -> None:
    result = doctest.testfile(str(page), module_relative=False)
    assert result.failed == 0
    assert result.attempted >= 10


def test_it_names_every_parameter_and_effect(page: Path) -> None:
    text = page.read_text("utf-8")
    names = {field.name for kind in (Effects, Future) for field in fields(kind)}
    assert [n for n in sorted(names) if f"`{n}`" not in text and f"`{n}[" not in text] == []


def test_the_sums_done_by_hand_on_it_are_right() -> None:
    """Those of the worked example, from the page's own roundings."""
    alpha = 1 - 1 / (1 + math.exp(3.4905))
    honours = 1 / (1 + math.exp(-2.75))
    assert (alpha, honours, honours / alpha) == pytest.approx((0.9704, 0.9399, 0.9686), abs=1e-4)
    hold = 0.5 + 0.9686 * 0.25
    act = 0.2 + (1 - hold) * 0.8 - 0.3 - 0.9686 * 0.15
    z = (act - 0.05 - 0.21694) / 0.08
    q = 0.2 / (1 + math.exp(-z))
    assert (hold, act, z, q) == pytest.approx((0.7421, -0.0390, -3.824, 0.00427), abs=5e-4)
    waits, acts = 0.02 * (0.21694 - 0.2), 0.98 * 0.2 * 0.08 * math.log1p(math.exp(-3.824))
    assert (waits, acts) == pytest.approx((0.000339, 0.000339), abs=1e-6)
    held = (1 - 0.00427) ** 40
    assert held == pytest.approx(0.84, abs=5e-3)


def test_every_classic_is_catalogued(root: Path) -> None:
    """The package's own list names each function under the question it answers."""
    assert classics.__doc__ is not None
    functions = [name for name in classics.__all__ if name[0].islower()]
    assert [name for name in functions if f"`{name}`" not in classics.__doc__] == []
    assert "foedus.game.classics" in (root / "docs" / "theory" / "game.md").read_text("utf-8")
