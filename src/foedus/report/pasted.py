"""Plain text: saved as such, or copied from a browser with everything that stood on the page.

The report begins with its first sentence that is no furniture. What stands above it is read for
the title (the line that the path to the page repeats, or the first line long enough), the author
and the day below the title, and the outlet above it. Headings between the title's block and the
first sentence stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.report.about import About, Cleaned
from foedus.report.bylines import author_in, is_byline, is_datestamp, is_name, outlet_in
from foedus.report.dateline import agency_in_text, day_in_text
from foedus.report.dates import stated_day
from foedus.report.furniture import (
    COLUMNS,
    CRUMBS,
    HOME,
    cue,
    is_crumbs,
    is_menu,
    is_site_word,
    is_way_in,
)
from foedus.report.lines import Line, key, split_text
from foedus.report.tidy import first_prose, tidy

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

TITLE_WORDS = 5  # a shorter first line may be an outlet's name or a section


def clean_text(text: str, *, title: str | None = None) -> Cleaned:
    """Return the report in a plain text.

    Parameters
    ----------
    text
        The text as it came.
    title
        Its title, where that is known from elsewhere; otherwise it is looked for above the text.
    """
    lines = split_text(text)
    start = first_prose(lines)
    head, body = lines[:start], lines[start:]
    if not body:  # a single line, or a list of scraps: nothing tells a title from the text
        kept = [line.text for line in lines if cue(line) == "keep"]
        return Cleaned(lines=tuple(kept), about=About())
    at = _title(lines, start) if title is None else _given_title(head, title)
    author = _author(head, at)
    outlet = _outlet(head, at)
    published = _stamped_day(head)
    names = [name for name in (author, outlet) if name]
    after_title = head[at + 1 :] if at is not None else head
    heading = title or (head[at].text if at is not None else None)
    kept = [line.text for line in tidy([*after_title, *body], title=heading, names=names)]
    in_text = day_in_text([*kept, body[-1].text], heading)  # a signed text ends in place and day
    about = About(
        title=heading,
        outlet=outlet or agency_in_text(kept),
        author=author,
        published=published or in_text,
        published_from="page" if published else "text" if in_text else "unknown",
    )
    return Cleaned(lines=tuple(kept), about=about)


def _title(lines: Sequence[Line], start: int) -> int | None:
    """Return the number of the line above the text that is its title.

    Parameters
    ----------
    lines
        All lines of the page.
    start
        The number of the first line of the text.
    """
    head = lines[:start]
    paths = [CRUMBS.split(line.text)[-1] for line in head if is_crumbs(line.text)]
    named = {key(path) for path in paths}
    for number, line in enumerate(head):
        if key(line.text) in named and not is_crumbs(line.text):
            return number
    fit = [n for n, line in enumerate(head) if _may_be_title(line)]
    long = [n for n in fit if len(head[n].text.split()) >= TITLE_WORDS]
    if len(long) > 1:
        below = f" {key(' '.join(line.text for line in lines[start:] if line.kind == 'short'))} "
        for number in long:  # the head of the comments, or of what is printed, repeats it
            if f" {key(head[number].text)} " in below:
                return number
        menus = [n for n, line in enumerate(head) if is_way_in(line.text)]
        if menus and long[0] < menus[-1] < long[-1]:  # the first names the site
            return next(n for n in long if n > menus[-1])
        if head[long[0]].text.isupper() and not head[long[1]].text.isupper():
            return long[1]  # the first names the series or the office
    return next(iter(long or fit), None)


def _given_title(head: Sequence[Line], title: str) -> int | None:
    """Return the number of the line above the text that repeats a title that is known."""
    return next((n for n, line in enumerate(head) if key(line.text) == key(title)), None)


def _may_be_title(line: Line) -> bool:
    """Say whether a line above the text can be its title."""
    return cue(line) == "keep" and not is_byline(line.text) and not is_datestamp(line.text)


def _author(head: Sequence[Line], title: int | None) -> str | None:
    """Return the author that is named above the text, after the title."""
    for line in head[0 if title is None else title + 1 :]:
        if is_byline(line.text):
            return author_in(line.text)
    if title is None:
        return None
    for line in head[title + 1 :]:
        if cue(line) == "keep" and is_name(line.text):
            return line.text
    return None


def _outlet(head: Sequence[Line], title: int | None) -> str | None:
    """Return the outlet that is named above the text: by a path, a line of its own, or a byline."""
    above = head[: title or 0]
    for line in above:
        first = COLUMNS.split(line.text)[0].strip()
        if is_crumbs(line.text) or is_menu(line.text):
            if not HOME.match(first) and not is_site_word(first):
                return first
        elif cue(line) == "keep" and is_name(line.text):
            return line.text
    for line in head:
        if is_byline(line.text):
            return outlet_in(line.text)
    return None


def _stamped_day(head: Sequence[Line]) -> dt.date | None:
    """Return the day in the datestamp or byline above the text; of several, one of publication."""
    stamps = [line.text for line in head if is_datestamp(line.text) or is_byline(line.text)]
    stamps.sort(key=lambda text: "updated" in text.casefold() or "modified" in text.casefold())
    return next((day for text in stamps if (day := stated_day(text))), None)
