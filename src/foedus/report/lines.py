"""Lines of a report before anything is known about them, and where hard-wrapped ones are joined.

A line here is a paragraph, a heading or a list item. A page says which is which; of plain text it
has to be seen: a sentence ends like one, a list item begins with a mark or a number, and the rest
are headings, or scraps.
"""

# ruff: noqa: RUF001, RUF002 - real typographic signs; word lists read best as words

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Kind = Literal["prose", "item", "short"]
"""What a line is: sentences; an item of a list; or a heading, label or scrap."""

SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*$|[:;]$|["”»]$""")
FULL_STOP = re.compile(r"""[.!…]["'”’»)\]]*$""")
ITEM = re.compile(r"^(?:[-–—*•·▪◦‣●]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z]\)\s+|\(?[ivx]{1,5}[.)]\s+)\S")
BLANK = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u3000]+")
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f]")
WRAPPED_AT_MOST = 120  # characters; text wrapped by hand or by a mail program is narrower


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, and what its place says of it.

    Parameters
    ----------
    text
        The words, with single spaces.
    kind
        Prose, an item, or short.
    gap
        Whether a blank line or a new element comes before it.
    links
        Which share of it is the text of links, 0 to 1; 0 where text cannot say.
    heading
        Whether the page marks it as a heading.
    """

    text: str
    kind: Kind
    gap: bool = True
    links: float = 0.0
    heading: bool = False


def squeezed(text: str) -> str:
    r"""Return text with single spaces and without signs that are not seen.

    Examples
    --------
    >>> squeezed("  Talks\u00a0 be\u00adgan\n in Velmark ")
    'Talks began in Velmark'
    """
    return BLANK.sub(" ", INVISIBLE.sub("", text)).strip()


def key(text: str) -> str:
    """Return what two lines share when a reader would call them the same.

    Examples
    --------
    >>> key("“Talks” – resumed!") == key("Talks resumed")
    True
    """
    return " ".join(re.findall(r"\w+", text.casefold()))


def kind_of_line(text: str) -> Kind:
    """Return what a line of plain text looks like.

    Examples
    --------
    >>> kind_of_line("The talks were broken off on Monday, the envoy said.")
    'prose'
    >>> kind_of_line("3. Observers return."), kind_of_line("What the text says")
    ('item', 'short')
    """
    if ITEM.match(text):
        return "item"
    return "prose" if is_prose(text) else "short"


def is_prose(text: str) -> bool:
    """Say whether a line is made of sentences, as a headline or a label is not."""
    words = len(text.split())
    if FULL_STOP.search(text):
        return words >= 4
    if SENTENCE_END.search(text):  # a question, a quotation, or an opening of a list
        return words >= 20 or (words >= 8 and bool(re.search(r"[.!?]\s+\S", text)))
    return words >= 30


def split_text(text: str) -> list[Line]:
    r"""Return the lines of plain text, with hard-wrapped ones joined.

    Examples
    --------
    >>> [line.text for line in split_text("Talks\n\nThe envoys met in Velmark.")]
    ['Talks', 'The envoys met in Velmark.']
    """
    raw = [squeezed(line) for line in text.split("\n")]
    pieces: list[list[str]] = []
    gaps: list[bool] = []
    joined = _wrapped_breaks(raw)
    for number, line in enumerate(raw):
        if not line:
            continue
        if number in joined:
            pieces[-1].append(line)
        else:
            gaps.append(number == 0 or not raw[number - 1])
            pieces.append([line])
    lines = [_joined(piece) for piece in pieces]
    return [
        Line(text=line, kind=kind_of_line(line), gap=gap)
        for line, gap in zip(lines, gaps, strict=True)
    ]


def _wrapped_breaks(raw: list[str]) -> frozenset[int]:
    """Return the numbers of the lines that go on with the line before them.

    In text that was wrapped to a width, a line breaks where the next word would not have fitted.
    If most breaks inside blocks are of that kind, these are undone and the others are kept.
    """
    width = max((len(line) for line in raw), default=0)
    if width > WRAPPED_AT_MOST:
        return frozenset()
    inside = [n for n in range(1, len(raw)) if raw[n] and raw[n - 1]]
    forced = [
        n
        for n in inside
        if len(raw[n - 1]) + 1 + len(raw[n].split()[0]) > width and not ITEM.match(raw[n])
    ]
    return frozenset(forced) if len(forced) >= max(2, 0.6 * len(inside)) else frozenset()


def _joined(pieces: list[str]) -> str:
    """Return the pieces of a broken line as one; a word broken at its hyphen keeps the hyphen."""
    whole = [pieces[0]]
    for before, after in pairwise(pieces):
        broken = re.search(r"\w-$", before[-2:]) and after[:1].islower()
        whole.append(after if broken else f" {after}")
    return "".join(whole)
