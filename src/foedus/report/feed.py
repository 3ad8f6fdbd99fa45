"""The items of an RSS or Atom feed, each as a small page.

feedparser reads the feeds that people publish (RSS 0.9 to 2.0, Atom, and broken ones). What it
would be asked to expand is refused before it sees it: no feed needs entities of its own.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.report.dates import stated_day
from foedus.report.lines import squeezed
from foedus.report.refusal import refusal

if TYPE_CHECKING:
    import datetime as dt

TAGS_AT_MOST = 400_000
"""Of a feed of some thousand full reports; feedparser takes about 5 s for so many."""
ENTITIES = re.compile(r"<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item: its body as HTML, and what the feed says of it."""

    body: str
    title: str | None
    outlet: str | None
    author: str | None
    published: dt.date | None
    url: str | None


def items_in(text: str, where: str) -> tuple[Item, ...]:
    """Return the items of a feed in its order.

    Raises
    ------
    ReportError
        When the feed declares entities, is too large, or holds no items.
    """
    if ENTITIES.search(text):
        do = "Ask its publisher for a plain feed, or name the pages themselves."
        raise refusal(
            "entities", where, "a feed that declares entities of its own", "declare none", do
        )
    if text.count("<") > TAGS_AT_MOST:
        found = f"a feed of more than {TAGS_AT_MOST:,} tags"
        raise refusal("too large", where, found, "be read in seconds", "Cut it into several.")
    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415 - slow, and for feeds alone

    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)  # it is text by now, whatever it was sent as
    parsed = feedparser.parse(io.BytesIO(bare.encode()))
    if not parsed.entries:
        raise refusal(
            "no report", where, "a feed without items", "hold at least one", "Check the address."
        )
    outlet = _said(parsed.feed.get("title"))
    return tuple(_item(entry, outlet) for entry in parsed.entries)


def _item(entry: Any, outlet: str | None) -> Item:  # noqa: ANN401 - feedparser's own dictionary
    """Return one item; of its body and its summary, the longer."""
    bodies = [str(part.get("value", "")) for part in entry.get("content", [])]
    bodies.append(str(entry.get("summary", "")))
    day = entry.get("published") or entry.get("issued") or entry.get("created") or ""
    return Item(
        body=max(bodies, key=len),
        title=_said(entry.get("title")),
        outlet=outlet,
        author=_said(entry.get("author")),
        published=stated_day(str(day)),
        url=_said(entry.get("link")),
    )


def _said(value: object) -> str | None:
    """Return a field's words; None when it holds none, as when it is a dash."""
    text = squeezed(re.sub(r"<[^>]+>", " ", str(value or "")))
    return text if re.search(r"\w", text) else None
