"""The quick look before a search never hides a match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.reading.anchors import Sieve, anchors
from foedus.reading.dates.finding import _RULES
from foedus.reading.phrases import compiled, rows

FILES = ("topics.csv", "unknown_cues.csv", "conflict_words.csv")
PATTERNS = [compiled(r["pattern"]) for n in FILES for r in rows(n)]
RULES = [pattern for pattern, _ in _RULES]
SIEVE = Sieve(PATTERNS)
WORDS = sorted({w for p in PATTERNS for w in re.findall(r"[a-z]{2,}", p.pattern)})


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("peace", [{"peace"}]),
        ("lift(ed)? the (sanctions|embargo)", [{"sanctions", "embargo"}, {"lift"}]),
        ("(a|bc)?de+", []),
        (r"(?<!\w)(?:truce\w*)(?!\w)", [{"truce"}]),
        (r"no-?fly", [{"fly"}]),
        (r"[abc]x{0,3}monitor", [{"monitor"}]),
        (r"(?P<at>return) (if|when)", [{"return"}]),
        (r"U\.N\. force", [{"u.n. force"}]),
    ],
)
def test_letters_that_a_match_must_hold_are_read_off_a_pattern(
    pattern: str, expected: list[set[str]]
) -> None:
    assert list(anchors(re.compile(pattern))) == expected


def test_most_patterns_of_the_vocabularies_have_such_letters() -> None:
    assert sum(bool(anchors(p)) for p in PATTERNS) > 0.9 * len(PATTERNS)


def hidden_by(sieve: Sieve, patterns: list[re.Pattern[str]], text: str) -> list[str]:
    """Return the patterns that match a text though the sieve lets them through no more."""
    passed = sieve.possible(text)
    return [p.pattern for k, p in enumerate(patterns) if k not in passed and p.search(text)]


@given(
    st.lists(st.sampled_from([*WORDS, "the", "of", "its", "Ardal", "1,000", ".", ","]), max_size=9)
)
def test_where_a_pattern_matches_the_quick_look_says_it_may(words: list[str]) -> None:
    assert hidden_by(SIEVE, PATTERNS, " ".join(words)) == []
    assert hidden_by(SIEVE, PATTERNS, " ".join(words).upper()) == []


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
    assert hidden_by(Sieve(RULES), RULES, " ".join(words)) == []


def test_the_quick_look_leaves_out_nearly_every_pattern_of_a_plain_sentence() -> None:
    passed = SIEVE.possible("The brass band played until the evening.")
    assert len(passed) < 0.02 * len(PATTERNS)
