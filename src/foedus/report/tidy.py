"""Lines of a page with the furniture taken out, by what each says and by where it stands.

Above the first sentence of a report stand its title, its author and its day; after the last one
nothing of it is left. Between them a line stays unless it is furniture by what it says, or one of
the headlines under a label such as "Read also".
"""

from __future__ import annotations

import re
from collections import Counter
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
SCRAPS = 3  # in a row
PART = 0.6  # of a title's signs
RUNNING = re.compile(r"\d|^[^a-z]+$")
"""A scrap that recurs is a running head when it has a number in it, or no small letters."""
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
    kept = _without_furniture(_without_running_heads(lines))
    kept = [line for line in kept if key(line.text) not in known and not _is_part(line, title)]
    kept = _without_stamps(kept)
    return _without_loose_ends(kept, names)


def _is_part(line: Line, title: str | None) -> bool:
    """Say whether a line is the title without what some pages add to it: a day, a series."""
    words = key(line.text)
    return bool(title and line.kind == "short" and len(words) >= PART * len(key(title))) and (
        f" {words} " in f" {key(title or '')} "
    )


def _without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """Return lines without the scraps that stand at the head or foot of every printed page."""
    scraps = Counter(line.text for line in lines if line.kind == "short" and line.gap)
    return [
        line
        for line in lines
        if line.kind != "short" or scraps[line.text] < 2 or not RUNNING.search(line.text)
    ]


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
    among = _among_words_to_the_reader(lines)
    kept: list[Line] = []
    under_label = False  # of links to other pages
    for number, line in enumerate(lines):
        text = line.text
        if line.kind == "prose" and len(text.split()) > CALL_WORDS:
            text = _without_call(text)
        what = cue(line if text == line.text else _shortened(line, text)) if text else "drop"
        if what == "keep" and number in among:
            continue
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


def _among_words_to_the_reader(lines: Sequence[Line]) -> frozenset[int]:
    """Return the numbers of the scraps between two words of the site to its reader.

    Boxes for newsletters and subscriptions hold slogans that nothing else tells from headings.
    """
    found: set[int] = set()
    scraps: list[int] = []
    inside = False  # a word to the reader has been read, and nothing but scraps since
    for number, line in enumerate(lines):
        if cue(line) == "reader":
            found.update(scraps if inside else ())
            inside, scraps = True, []
        elif line.kind == "short" and not line.heading and len(scraps) < SCRAPS:
            scraps.append(number)
        else:
            inside, scraps = False, []
    return frozenset(found)


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
        if (
            number < first
            and named
            and re.fullmatch(r"\W*\w|[^|]{1,40}\s\|\s[^|]{1,20}", line.text)
        ):
            continue  # an initial in place of a picture; a name and a role
        kept.append(line)
    return kept


def _without_loose_ends(lines: list[Line], names: Sequence[str]) -> list[Line]:
    """Return lines without the short ones, and those about the author, at the end."""
    end = len(lines)
    while end:
        last, before = lines[end - 1], lines[end - 2] if end > 1 else None
        listed = before is not None and before.text.endswith(":")  # a list without marks
        loose = last.kind == "short" and not last.text.endswith(".") and not listed
        if not loose and (end == 1 or not _is_about_author(last, names)):
            break
        end -= 1
    return lines[:end] if end else lines


def _is_about_author(line: Line, names: Sequence[str]) -> bool:
    """Say whether a line tells who the author is: by the name of one, or by the words of such."""
    begins = any(key(line.text).startswith(f"{key(name)} ") for name in names)
    quoted = re.search(r"[“”\"«»]", line.text)
    return bool(ABOUT_AUTHOR.match(line.text) or (begins and not quoted))
