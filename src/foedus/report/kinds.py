"""What a text is: a page, a feed or plain text, seen from what it begins with."""

from __future__ import annotations

import re
from typing import Literal

from foedus.report.refusal import refusal

PROLOGUE = re.compile(
    r"""(?:\s+ | <\?[^>]*\?> | <!--.*?--> | <!doctype\s+(?!html)[^>\[]*(?:\[.*?\]\s*)?>)*""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
FEED = re.compile(r"<(?:rss|feed|(?:\w+:)?RDF)\b", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
TAG = re.compile(
    r"</?(?:p|div|span|br|a|h[1-6]|article|table|td|li|ul|ol|html|body|meta)\b[^>]*>", re.IGNORECASE
)
SOME_TAGS = 3  # plain text may mention one


def kind_of_text(text: str, where: str) -> Literal["page", "feed", "text"]:
    """Return what a text is, by what it begins with.

    Examples
    --------
    >>> kind_of_text("<?xml version='1.0'?> <rss version='2.0'>", "velmark.xml")
    'feed'
    >>> kind_of_text("<p>Talks <b>began</b>.</p><p>They go on.</p>", "velmark.txt")
    'page'
    >>> kind_of_text("Talks began, and 3 < 4.", "velmark.html")
    'text'
    """
    begin = PROLOGUE.match(text)
    start = text[begin.end() if begin else 0 :][:2000]
    if FEED.match(start):
        return "feed"
    if PAGE.match(start) or len(TAG.findall(text[:20_000])) >= SOME_TAGS:
        return "page"
    if text.lstrip().startswith("<?xml"):
        must = "be a page, a feed or plain text"
        raise refusal(
            "another kind", where, "XML of another kind", must, "Name the page of the report."
        )
    return "text"
