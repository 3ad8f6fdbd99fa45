"""Lines of a page with the furniture taken out, by what each says and by where it stands.

Above the first sentence of a report stand its title, its author and its day; after the last one
nothing of it is left. Between them a line stays unless it is furniture by what it says, or one of
the headlines under a label such as "Read also".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.report.bylines import is_byline, is_datestamp, is_name, is_role
from foedus.report.furniture import CALL_WORDS, cue
from foedus.report.lines import Line, key

if TYPE_CHECKING:
    from collections.abc import Sequence

ABOUT_AUTHOR = re.compile(
    r"^(?:[A-ZÀ-Þ][\w.-]*\s+){2,4}is\s+(?:the|an?|our)\s+[^.“]{0,120}\b(?:editor|correspondent"
    r"|reporter|journalist|columnist|contributor|writer|fellow|professor|lecturer)\b[^.“]{0,120}\.$"
)
ENOUGH_SEEN = 0.3  # of the text above the last mention of comments
ASIDE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


def tidy(lines: Sequence[Line], *, title: str | None, names: Sequence[str] = ()) -> list[Line]:
    """Return the lines that belong to the report.

    Parameters
    ----------
    lines
        All lines in their order.
    title
        The report's title, which is left out wherever it stands by itself.
    names
        Authors and outlets that are known; a line that is only such a name is left out.
    """
    known = {key(name) for name in (title, *names) if name}
    kept = [line for line in _without_furniture(lines) if key(line.text) not in known]
    kept = _without_stamps(kept)
    return _without_loose_ends(kept)


def first_prose(lines: Sequence[Line]) -> int:
    """Return the number of the first line that is prose or an item and no furniture."""
    for number, line in enumerate(lines):
        if line.kind != "short" and cue(line) == "keep":
            return number
    return len(lines)


def _without_furniture(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that are no furniture by what they say."""
    # A link to comments can stand under every entry of a page; where the report ends is told by
    # how much of what stands above the last such line has been seen.
    last = max((n for n, line in enumerate(lines) if cue(line) == "comments"), default=0)
    total = sum(len(line.text) for line in lines[:last] if line.kind != "short")
    seen = 0
    kept: list[Line] = []
    under_label = False  # of links to other pages
    for number, line in enumerate(lines):
        text = line.text
        if line.kind == "prose" and len(text.split()) > CALL_WORDS:
            text = _without_call(text)
        what = cue(line if text == line.text else _shortened(line, text)) if text else "drop"
        if what == "comments" and seen >= ENOUGH_SEEN * total > 0:
            break
        if what != "keep":
            under_label = what == "links"
            continue
        if under_label and line.kind == "short" and not _opens_prose(lines, number):
            continue
        under_label = False
        seen += len(text) if line.kind != "short" else 0
        kept.append(line if text == line.text else _shortened(line, text))
    return kept


def _opens_prose(lines: Sequence[Line], number: int) -> bool:
    """Say whether a short line stands by itself right above prose, as a heading does."""
    after = lines[number + 1] if number + 1 < len(lines) else None
    before = lines[number - 1]
    return bool(
        after
        and after.kind != "short"
        and lines[number].gap
        and (lines[number].heading or cue(before) == "keep")
    )


def _without_call(text: str) -> str:
    """Return a line without a closing call to the reader, and the question that leads up to it."""
    starts = [0, *(match.end() for match in ASIDE.finditer(text))]
    sentences = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    keep = len(sentences)
    while keep > 1 and cue(Line(text=sentences[keep - 1], kind="short")) != "keep":
        keep -= 1
    if keep == len(sentences):
        return text
    while keep and sentences[keep - 1].endswith("?"):
        keep -= 1
    return text[: starts[keep]].rstrip()


def _shortened(line: Line, text: str) -> Line:
    """Return a line with less text."""
    return Line(text=text, kind=line.kind, gap=line.gap, links=line.links, heading=line.heading)


def _without_stamps(lines: list[Line]) -> list[Line]:
    """Return lines without the bylines and datestamps around the text."""
    sentences = [n for n, line in enumerate(lines) if line.kind == "prose"]
    first, last = (sentences[0], sentences[-1]) if sentences else (len(lines), -1)
    kept = []
    for number, line in enumerate(lines):
        outside = number <= first or number >= last
        stamp = is_datestamp(line.text) or (line.kind == "short" and is_byline(line.text))
        if stamp and (outside or line.text[:3].casefold() == "by "):
            continue
        named = line.kind == "short" and not line.heading
        if number < first and named and (is_name(line.text) or is_role(line.text)):
            continue
        kept.append(line)
    return kept


def _without_loose_ends(lines: list[Line]) -> list[Line]:
    """Return lines without the short ones, and those about the author, at the end."""
    end = len(lines)
    while end > 1 and ABOUT_AUTHOR.match(lines[end - 1].text):
        end -= 1
    while end and lines[end - 1].kind == "short" and not lines[end - 1].text.endswith("."):
        if end > 1 and lines[end - 2].text.endswith(":"):  # a list without marks
            break
        end -= 1
    return lines[:end] if end else lines
