"""What is documented of inputs is what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.report import REASONS, cleaning, page, places, received

if TYPE_CHECKING:
    from pathlib import Path


def test_every_reason_ending_and_limit_is_documented(root: Path) -> None:
    text = (root / "docs" / "look-up" / "inputs.md").read_text("utf-8")
    assert [reason for reason in REASONS if f"| `{reason}` |" not in text] == []
    assert [ending for ending in places.ENDINGS if ending not in text] == []
    limits = (page.ELEMENTS_AT_MOST, page.SIGNS_AT_MOST, cleaning.SIGNS_AT_MOST)
    assert [limit for limit in limits if f"{limit:,}" not in text] == []
    assert f"{received.MAX_BYTES >> 20} MiB" in text
