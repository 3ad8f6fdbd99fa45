"""The small language in which the vocabularies write what to look for, and its compiler.

A pattern is a regular expression over words with two shorthands: ``*`` at a word's end stands for
any ending (``withdraw*``), and ``<3>`` for at most three words in between, none of them with a
comma or a full stop (but "1,000" is one word). A blank stands for any white space. Small and capital letters are alike, and a
pattern begins and ends at a word's edge.

The vocabularies are CSV files in ``data/``, each row with the reason why it is there.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

_GAP = re.compile(r"( ?)<(\d+)> ?")


def compiled(pattern: str) -> re.Pattern[str]:
    """Return the regular expression that a pattern stands for.

    Examples
    --------
    >>> bool(compiled("lift* <3> sanctions").search("would be Lifting most of the sanctions soon"))
    True
    >>> bool(compiled("lift* <3> sanctions").search("lift the mood, and sanctions"))
    False
    """
    words = re.sub(r"(?<=\w)(?<!\\w)\*", r"\\w*", pattern)
    gaps = _GAP.sub(_gap, words)
    spaced = gaps.replace(" ", r"\s")
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", re.IGNORECASE)


def _gap(match: re.Match[str]) -> str:
    """Return a gap of some words; a blank before it stays one."""
    return rf"{match.group(1)}(?:[^\s,.;:]+(?:[.,]\d+)*\s){{0,{match.group(2)}}}?"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a vocabulary, each by the names of its columns."""
    text = resources.files("foedus.reading").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of a kind in the table ``event_words.csv``.

    Examples
    --------
    >>> "truce" in words("truces")
    True
    """
    return next(frozenset(r["words"].split()) for r in rows("event_words.csv") if r["kind"] == kind)
