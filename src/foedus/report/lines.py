"""Lines of a report before anything is known about them, and where hard-wrapped ones are joined.

A line here is a paragraph, a heading or a list item. A page says which is which; of plain text it
has to be seen: a sentence ends like one, a list item begins with a mark or a number, and the rest
are headings, or scraps.
"""

# ruff: noqa: RUF001, RUF002, SIM905 - real typographic signs; word lists read best as words

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Kind = Literal["prose", "item", "short"]
"""What a line is: sentences; an item of a list; or a heading, label or scrap."""

SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*$|[:;]$|["”»]$""")
FULL_STOP = re.compile(r"""[.!…]["'”’»)\]]*(?:\[\d{1,3}\])*$""")  # with the marks of notes after it
ITEM = re.compile(r"^(?:[-–—*•·▪◦‣●]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z]\)\s+|\(?[ivx]{1,5}[.)]\s+)\S")
BLANK = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u3000]+")
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f]")
HYPHENED = frozenset(
    "anti arms brigadier cease co commander counter cross deputy east eastern ex far fifty first "
    "five forty four front full half high ill inter large lieutenant light long low major mid "
    "multi near nine ninety non north northern off old one out over post pre pro quasi re second "
    "self semi seven seventy short single six sixty small so south southern sub ten thirty three "
    "twenty two ultra under vice war well west western all armoured battle ground hard heavy "
    "infra joint land medium micro mine peace sea surface vis water".split()
)
"""How words begin that are written with a hyphen of their own."""
WORD = re.compile(r"[^\W\d_]+")
BROKEN = re.compile(r"[^\W\d_]+-[ \t]*\n\s*[^\W\d_]+")
SPREAD = 8  # blanks that a line may have lost
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
    words = frozenset(WORD.findall(BROKEN.sub(" ", text).casefold()) if joined else ())
    lines = [_joined(piece, words) for piece in pieces]
    return [
        Line(text=line, kind=kind_of_line(line), gap=gap)
        for line, gap in zip(lines, gaps, strict=True)
    ]


def _wrapped_breaks(raw: list[str]) -> frozenset[int]:
    """Return the numbers of the lines that go on with the line before them.

    In text that was wrapped to a width, a line breaks where the next word would not have fitted.
    If most breaks inside blocks are of that kind, these are undone and the others are kept.
    """
    width = max((len(line) for line in raw if " " in line), default=0)
    if width > WRAPPED_AT_MOST:
        return frozenset()
    inside = [n for n in range(1, len(raw)) if raw[n] and raw[n - 1] and not ITEM.match(raw[n])]
    forced = [n for n in inside if _goes_on(raw[n - 1], raw[n], width)]
    return frozenset(forced) if len(forced) >= max(2, 0.6 * len(inside)) else frozenset()


def _goes_on(before: str, after: str, width: int) -> bool:
    """Say whether a line breaks for want of room.

    Blanks that spread a line to the margin are gone, so that a line may be somewhat short of it.
    """
    needed = len(before) + 1 + len(after.split(maxsplit=1)[0])
    return needed > width or (needed > width - SPREAD and not SENTENCE_END.search(before))


def _joined(pieces: list[str], words: frozenset[str]) -> str:
    """Return the pieces of a broken line as one.

    A word broken at a hyphen keeps it when the hyphen is its own, as in "south-western": when it
    begins as such words do, or the text has both its parts as words and not the whole.
    """
    whole = [pieces[0]]
    for before, after in pairwise(pieces):
        broken = re.search(r"([^\W\d_]+)-$", before)
        if not broken or not after[:1].islower():
            whole.append(f" {after}")
            continue
        first, second = broken[1].casefold(), WORD.findall(after)[0].casefold()
        own = first in HYPHENED or (words >= {first, second} and first + second not in words)
        if not own:
            whole[-1] = whole[-1].removesuffix("-")
        whole.append(after)
    return "".join(whole)
