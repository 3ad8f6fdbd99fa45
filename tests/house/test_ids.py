"""Ids are the same on every machine: they are what sha256sum shows."""

from __future__ import annotations

import hashlib

from foedus.ids import digest, entry_id


def test_one_part_is_hashed_as_it_is() -> None:
    assert digest(b"\x00peace") == hashlib.sha256(b"\x00peace").hexdigest()[:12]


def test_parts_are_joined_so_that_their_borders_count() -> None:
    assert digest("a", "b") == hashlib.sha256(b"a\nb").hexdigest()[:12]
    assert digest("ab", "c") != digest("a", "bc")


def test_an_entry_id_tells_its_family() -> None:
    assert entry_id("e", "x", "y") == f"e-{digest('x', 'y')}"
