"""Inputs made to break a reader: each is a report or a named refusal, soon and in little memory."""

# ruff: noqa: E501, RUF001 - each input reads best on a line of its own

from __future__ import annotations

import resource
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import ReportError
from foedus.report import Raw, Skipped, clean, collect
from foedus.report.page import clean_page

if TYPE_CHECKING:
    from pathlib import Path

SAID = "Envoys of Ardal and Velmark met in Lind on Monday, and the soldiers held their fire. "
P = f"<p>{SAID}</p>"
SECONDS = 10.0
"""Far above what any takes (under 2 s on one core), far below what each took before its limit."""
MEBIBYTES = 500

LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
CASES = {
    "a hundred thousand elements inside each other": "<html><body>" + "<div>" * 100_000 + P,
    "style that nobody ends": "<html><body><p>" + "<b><font>" * 50_000 + SAID * 2,
    "tables inside tables": "<html><body>" + "<table><tr><td>" * 20_000 + P,
    "lists inside lists": "<html><body>" + "<ul><li>" * 50_000 + P,
    "a table of fifty thousand rows": "<html><body>" + P + "<table>" + "<tr><td>1</td><td>2</td></tr>" * 50_000,
    "a row of a hundred thousand cells": "<html><body>" + P + "<table><tr>" + "<td>x</td>" * 100_000,
    "sixty thousand links": "<html><body>" + P + '<a href="/">A link</a> ' * 60_000,
    "line breaks without end": "<html><body>" + SAID + "<br>" * 300_000 + SAID,
    "twenty thousand paragraphs": "<html><body>" + P * 20_000,
    "a line of a megabyte": SAID * 12_000,
    "a word of a megabyte": SAID + "a" * 1_000_000,
    "a page of one line": "<html><body><p>" + SAID * 12_000 + "</p>",
    "two hundred thousand lines": SAID + "\nx 1" * 200_000,
    "blank lines": SAID + "\n" * 1_000_000 + SAID,
    "blanks": SAID + " " * 1_000_000 + SAID,
    "opening brackets": "<html><body>" + "<" * 200_000 + P,
    "tags that never end": "<html><body>" + "<a " * 200_000 + P,
    "one tag with fifty thousand attributes": "<html><body><div " + " ".join(f"a{n}=1" for n in range(50_000)) + ">" + P,
    "a class of a hundred thousand words": "<html><body><div class='" + "share " * 100_000 + "'>" + P * 2,
    "headings that cross": "<html><body>" + "<h1>a</h2>" * 50_000 + P,
    "a comment that never ends": "<html><body>" + P + "<!-- " + "x" * 500_000,
    "signs spelt as entities": "<html><body>" + P * 2 + "&amp;&#0;&#xD800;&#x110000;&nosuch;" * 10_000,
    "JSON inside JSON": "<html><head><script type='application/ld+json'>" + "[" * 100_000 + "</script></head><body>" + P * 2,
    "fifty thousand fields about itself": "<html><head>" + "<meta name=date content='2031-99-99'>" * 50_000 + "</head><body>" + P,
    "a title of fifty thousand parts": "<html><head><title>" + "talks | " * 50_000 + "</title></head><body>" + P * 2,
    "entities of its own in a page": '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aa">]><html><body>&a;' + P * 2,
    "entities that multiply": f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{LOL}]><rss version="2.0"><channel><item><description>&l9;</description></item></channel></rss>',
    "an entity that names a file": f'<!DOCTYPE rss [<!ENTITY % x SYSTEM "file:///etc/passwd">%x;]><rss version="2.0"><channel><item><description>{SAID}</description></item></channel></rss>',
    "a feed of deep elements": '<rss version="2.0"><channel><item>' + "<x>" * 100_000,
    "right-to-left marks": (SAID + "\u202e\u2067\u200f") * 50,
    "zeros": (SAID * 20).replace("Ardal", "Ar\x00dal"),
    "quotation marks": SAID + "“‘" * 100_000,
    "brackets": SAID + "(" * 299_000,
    "commas and figures": SAID + "1,2 " * 50_000,
    "dashes": "- " * 100_000 + "\n" + SAID,
    "bylines": "by Al " * 40_000 + "\n\n" + SAID,
    "captions": "Photo: " * 30_000 + "\n\n" + SAID,
    "cookies": "cookie " * 20_000 + "\n\n" + SAID + "\n" + "we " * 50_000,
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_nasty_input_is_a_report_or_a_named_refusal_within_bounds(
    tmp_path: Path, name: str
) -> None:
    file = tmp_path / "input"
    file.write_bytes(CASES[name].encode("utf-8", "surrogatepass"))
    before, start = _most_memory(), time.process_time()
    outcomes = []
    for each in collect([str(file)]):
        try:
            outcomes.append(clean(each).text if isinstance(each, Raw) else each.error)
        except ReportError as error:
            outcomes.append(error)
    assert time.process_time() - start < SECONDS
    assert _most_memory() - before < MEBIBYTES
    assert outcomes
    for outcome in outcomes:
        if isinstance(outcome, str):
            assert outcome.strip()
        else:
            assert Skipped(error=outcome).reason


def _most_memory() -> float:
    """Return the most memory that this process ever had, in MiB (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_a_page_with_style_that_nobody_ended_is_read_all_the_same() -> None:
    cleaned = clean_page(f"<html><body>{P}{'<b>' * 300}{P}{P}</body></html>")
    assert cleaned is not None
    assert cleaned.lines == (SAID.strip(),) * 3


TAGS = st.sampled_from(
    "p div b table tr td ul li h1 h2 br a nav article script style blockquote form".split()  # noqa: SIM905
)
PIECES = st.one_of(
    TAGS.map("<{}>".format),
    TAGS.map("</{}>".format),
    TAGS.map('<{} class="share author date">'.format),
    st.just(SAID),
    st.text(max_size=12),
    st.sampled_from(["&amp;", "&#0;", "<!--", "-->", "<![CDATA[", "\x00", "\u202e", "Photo: x"]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_markup_is_cleaned_or_refused(inside: str) -> None:
    try:
        cleaned = clean_page(f"<html><body>{inside}</body></html>")
    except ReportError as error:
        assert error.faults[0].reason  # noqa: PT017 - either is right
        return
    assert cleaned is None or all(line == line.strip() and line for line in cleaned.lines)
