"""The quick look before a search never hides a match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.reading.anchors import anchors, may_match
from foedus.reading.dates.finding import _RULES
from foedus.reading.phrases import compiled, rows

PATTERNS = [compiled(r["pattern"]) for n in ("topics.csv", "unknown_cues.csv") for r in rows(n)]
WORDS = sorted({w for p in PATTERNS for w in re.findall(r"[a-z]{2,}", p.pattern)})


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("peace", {"peace"}),
        ("lift(ed)? the (sanctions|embargo)", {"sanctions", "embargo"}),
        ("(a|bc)?de+", set()),
        (r"(?<!\w)(?:truce\w*)(?!\w)", {"truce"}),
        (r"no-?fly", {"fly"}),
        (r"[abc]x{0,3}monitor", {"monitor"}),
        (r"(?P<at>return) (if|when)", {"return"}),
        (r"U\.N\. force", {"u.n. force"}),
    ],
)
def test_letters_that_a_match_must_hold_are_read_off_a_pattern(
    pattern: str, expected: set[str]
) -> None:
    assert set(anchors(re.compile(pattern))) == expected


def test_most_patterns_of_the_vocabularies_have_such_letters() -> None:
    assert sum(bool(anchors(p)) for p in PATTERNS) > 0.9 * len(PATTERNS)


@given(
    st.lists(st.sampled_from([*WORDS, "the", "of", "its", "Ardal", "1,000", ".", ","]), max_size=9)
)
def test_where_a_pattern_matches_the_quick_look_says_it_may(words: list[str]) -> None:
    text = " ".join(words)
    for pattern in PATTERNS:
        if pattern.search(text):
            there = frozenset(letters for letters in anchors(pattern) if letters in text.lower())
            assert may_match(anchors(pattern), there), pattern.pattern


@given(
    st.lists(
        st.sampled_from([
            "on", "Monday", "the", "night", "of", "12", "March", "2031", "last", "week", "two",
            "days", "earlier", "ago", "since", "in", "and", "overnight", "later", "same", "day",
            "within", "past", "spring", "hours", "this", "May", "yesterday", "that", ",", "year",
        ]),
        max_size=9,
    )
)  # fmt: skip
def test_where_a_rule_of_the_calendar_matches_the_quick_look_says_it_may(words: list[str]) -> None:
    text = " ".join(words)
    for pattern, _ in _RULES:
        if pattern.search(text):
            there = frozenset(letters for letters in anchors(pattern) if letters in text.lower())
            assert may_match(anchors(pattern), there), pattern.pattern
