"""A case cut down to what a test can solve with the readable game in a second or two."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from foedus.case import load_case

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.case.values import Case


def cut(whole: Case, ids: tuple[str, ...]) -> Case:
    """Return the case with only these provisions."""
    return replace(
        whole,
        provisions=tuple(p for p in whole.provisions if p.id in ids),
        red_lines=(),
        parameters=tuple(p for p in whole.parameters if p.name != "effect" or p.of in ids),
    )


@pytest.fixture(scope="session")
def ardal(root: Path) -> Case:
    """The shipped case about an invented war, whole: 20,736 deals."""
    return load_case(root / "cases" / "ardal.yaml")


@pytest.fixture(scope="session")
def small(ardal: Case) -> Case:
    """Three of its provisions: 36 deals, some of which are good in many futures."""
    return cut(ardal, ("mutual-defence:norrland", "military-aid", "territorial-terms"))
