"""Numbers and days read by hand."""

from __future__ import annotations

import datetime as dt

import pytest
import spacy

from foedus.reading.dates import find_times
from foedus.reading.numbers import amounts
from foedus.reading.tokens import read_off
from ours import reading

BLANK = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least eight people", [(8, "at-least")]),
        ("seventy-three people", [(73, "exact")]),
        ("between 26,000 and 36,000 people", [(26000, "at-least"), (36000, "at-most")]),
        ("more than half a million", [(500000, "at-least")]),
        ("no more than 12 tanks", [(12, "at-most")]),
        ("no fewer than 9 jets", [(9, "at-least")]),
        ("nearly 2,000 prisoners", [(2000, "about")]),
        ("one and a half million people", [(1500000, "exact")]),
        ("a toll of 3-5 soldiers", [(3, "at-least"), (5, "at-most")]),
        ("stood at 30 two days earlier", [(30, "exact")]),
        ("at seven in the morning", []),
        ("31 of 36 drones", [(31, "exact"), (36, "exact")]),
        ("90 billion euros", [(9e10, "exact")]),
        ("around 18,000 troops from 18 to 28 August", [(18000, "about")]),
        ("on 23 and 24 January 2025", []),
        ("a Kh-22 missile and an F-16", []),
        ("thousands of people", []),
        ("Ardal is to hand over 14 guns", [(14, "exact")]),
        ("over 14 guns", [(14, "at-least")]),
        ("21:40 Three bridges are down", [(3, "exact")]),
        ("05.15 Six dead in Orm", [(6, "exact")]),
        ("0730 Two ships sunk", [(2, "exact")]),
    ],
)
def test_a_number_is_read_with_its_bound(text: str, expected: list[tuple[float, str]]) -> None:
    (doc,) = read_off(iter([BLANK(text)]), [(text, 0)])
    assert [(a.value, a.bound) for a in amounts(doc)] == expected


PUBLISHED = dt.date(2025, 12, 6)  # a Saturday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("They met on Saturday.", "2025-12-06", "2025-12-06"),
        ("They met on Friday.", "2025-12-05", "2025-12-05"),
        ("They struck overnight.", "2025-12-05", "2025-12-06"),
        ("They met last week.", "2025-11-24", "2025-11-30"),
        ("They met in March.", "2025-03-01", "2025-03-31"),
        ("They met on 25 May.", "2025-05-25", "2025-05-25"),
        ("They met on 4 and 5 December.", "2025-12-04", "2025-12-05"),
        ("They have fought since Thursday.", "2025-12-04", "2025-12-06"),
        ("They met three days ago.", "2025-12-03", "2025-12-03"),
        ("They met in 1994.", "1994-01-01", "1994-12-31"),
        ("They met on 7 March last year.", "2024-03-07", "2024-03-07"),
        ("They met in June last year.", "2024-06-01", "2024-06-30"),
        ("They met at noon on Thursday.", "2025-12-04", "2025-12-04"),
        ("They met at the end of July.", "2025-07-21", "2025-07-31"),
    ],
)
def test_a_day_is_resolved_against_publication(text: str, first: str, last: str) -> None:
    assert _days(text, PUBLISHED) == [(first, last)]


def test_without_publication_only_a_date_with_a_year_is_resolved() -> None:
    text = "They met on Friday and on 3 May 2024."
    assert _days(text, None) == [("2024-05-03", "2024-05-03")]


def _days(text: str, published: dt.date | None) -> list[tuple[str, str]]:
    times = find_times(reading(text, published=published)[0])
    return [(t.past[0].isoformat(), t.past[1].isoformat()) for t in times if t.past]
