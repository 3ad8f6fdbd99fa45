# quotation marks and dashes of every style are the subject here
"""A report's text cut into lines, sentences and quotations, each line parsed.

A line is what the report's text keeps on one line: a heading, a paragraph or a list item. Each is
parsed by itself, so that a heading never runs into the sentence below it. Typographic signs are
replaced one for one before parsing, because the model knows straight quotes and short dashes best;
offsets stay those of the report's own text.

Offsets: a token knows its place in its line; `start_of`, `end_of` and `span_of` give the
place in ``report.text``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from foedus.reading.tokens import read_off

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from foedus.reading.pipeline import Pipeline
    from foedus.reading.tokens import Doc, Token, Words
    from foedus.reading.values import Span
    from foedus.report.values import Report

Found = TypeVar("Found")
LineKind = Literal["headline", "heading", "paragraph", "item"]

_PLAIN = str.maketrans({
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'",
    "–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    "\u2028": " ", "\u2029": " ", "\x0b": " ", "\x0c": " ", "\r": " ", "\x85": " ",
})  # fmt: skip
_ITEM = re.compile(r"\s*(?:[-–—•*·▪]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)")
_CLOCK = re.compile(r"\s*\d{1,2}[:.]\d{2}\b")
_SPEECH_OPENS = re.compile(r"\s*[\"“«„‘']")
_HEADING_WORDS_MOST = 16
_LINE_MOST = 4_000  # signs, some 600 words: no paragraph is so long, and memory grows with a line
_AT_ONCE = 32  # lines; more are no faster, and take more memory
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=\S)")
_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"'}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the text. ``[start, end)`` are offsets into the text; ``doc`` is its parse.

    ``text`` is what was parsed, with plain signs.
    """

    number: int
    start: int
    end: int
    kind: LineKind
    text: str
    doc: Doc


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: its line, its words, and its offsets into the text."""

    line: Line
    words: Words
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A stretch in quotation marks: offsets of what is inside, without the marks."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A report with its lines parsed, its sentences and its quotations, all in order of the text."""

    report: Report
    lines: tuple[Line, ...]
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    memory: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def quoted(self, offset: int) -> bool:
        """Say whether the place ``offset`` of the text lies inside quotation marks."""
        before = bisect_right(self.quotes, offset, key=lambda quote: quote.start)
        return before > 0 and offset < self.quotes[before - 1].end


def parse(report: Report, pipeline: Pipeline) -> Parsed:
    """Cut a report's text into lines and parse each.

    Returns
    -------
    Parsed
        With no lines when the text is empty.
    """
    cut = [
        part
        for match in re.finditer(r"[^\n]+", report.text)
        if match.group().strip()
        for part in _parts(report.text, match.start(), match.end())
    ]
    texts = [report.text[start:end] for start, end in cut]
    kinds = _kinds(texts, report.title)
    lines = []
    plain = [text.translate(_PLAIN) for text in texts]
    offsets = [start for start, _ in cut]
    results = pipeline.nlp.pipe(plain, batch_size=_AT_ONCE)
    docs = read_off(results, list(zip(plain, offsets, strict=True)))
    for (start, end), kind, text, doc in zip(cut, kinds, plain, docs, strict=True):
        lines.append(Line(number=doc.line, start=start, end=end, kind=kind, text=text, doc=doc))
    sentences = tuple(
        Sentence(line=line, words=words, start=start_of(words[0]), end=end_of(words[-1]))
        for line in lines
        for words in line.doc.sents
        if words.text.strip()
    )
    return Parsed(
        report=report, lines=tuple(lines), sentences=sentences, quotes=_quotes(report.text, cut)
    )


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a line that is too long to be parsed at once, at the ends of sentences where it can be.

    Examples
    --------
    >>> _parts("Talks began. They ended.", 0, 24)
    [(0, 24)]
    >>> [b - a for a, b in _parts("Talks began. " * 800, 0, 10_400)]
    [3991, 3991, 2418]
    """
    parts = []
    while end - start > _LINE_MOST:
        whole = text[start : start + _LINE_MOST]
        ends = [match.end() for match in _SENTENCE_END.finditer(whole)]
        at = start + (ends[-1] if ends else whole.rfind(" ") + 1 or _LINE_MOST)
        parts.append((start, at))
        start = at
    return [*parts, (start, end)]


class Remembers(Protocol):
    """What remembers findings about itself: a line's parse, or a whole report's."""

    @property
    def memory(self) -> dict[str, Any]:
        """What was found, by the name of the function that found it."""


Where = TypeVar("Where", bound=Remembers)


def once(find: Callable[[Where], Found]) -> Callable[[Where], Found]:
    """Let a parse remember what a function found in it, since each family of mentions asks again.

    What is found must not be changed by those who asked.
    """
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def remembered(where: Where) -> Found:
        known: dict[str, Found] = where.memory
        if name not in known:
            known[name] = find(where)
        return known[name]

    return remembered


def once_a_word(find: Callable[[Token], Found]) -> Callable[[Token], Found]:
    """Let a line's parse remember what a function found of each of its words, as `once` does."""
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def remembered(token: Token) -> Found:
        memory = token.doc.memory
        known: dict[int, Found] | None = memory.get(name)
        if known is None:
            known = memory[name] = {}
        place = token.i
        if place not in known:
            known[place] = find(token)
        return known[place]

    return remembered


def start_of(token: Token) -> int:
    """Return where a token begins in the report's text."""
    return token.doc.offset + token.idx


def end_of(token: Token) -> int:
    """Return where a token ends in the report's text."""
    return token.doc.offset + token.idx + len(token.text)


def line_of(token: Token) -> int:
    """Return the number of the line that a token stands in."""
    return token.doc.line


def span_of(tokens: Iterable[Token]) -> Span:
    """Return the span of the text from the first to the last of ``tokens``; at least one is needed.

    Trailing commas, colons and spaces are left out, and so is an opening mark without its end.
    """
    kept = sorted(tokens, key=lambda token: token.i)
    while len(kept) > 1 and (kept[-1].is_space or kept[-1].text in {",", ";", ":", "-", "--"}):
        kept.pop()
    while len(kept) > 1 and (kept[0].is_space or kept[0].text in {",", ";", ":", "-", "--"}):
        kept.pop(0)
    return start_of(kept[0]), end_of(kept[-1])


def _kinds(texts: list[str], title: str | None) -> list[LineKind]:
    """Say of each line what it is; what stands above the first paragraph is the headline."""
    found: list[LineKind] = [_kind(text) for text in texts]
    if "paragraph" in found:
        for k in range(found.index("paragraph")):
            if found[k] == "heading" and not _CLOCK.match(texts[k]):
                found[k] = "headline"
    if title:
        for k, text in enumerate(texts[:3]):
            if text.strip().casefold() == title.strip().casefold():
                found[k] = "headline"
    return found


def _kind(text: str) -> LineKind:
    """Tell a heading by its shortness and by its end, which is no full stop."""
    if _ITEM.match(text) and not _CLOCK.match(text):
        return "item"
    bare = text.strip().rstrip("”\"'’»)")
    ends_a_sentence = bare.endswith((".", "!", ";", ":", ",")) or _SPEECH_OPENS.match(text)
    if ends_a_sentence or len(bare.split()) > _HEADING_WORDS_MOST:
        return "paragraph"
    return "heading"


def _quotes(text: str, cut: list[tuple[int, int]]) -> tuple[Quote, ...]:
    """Find the stretches in quotation marks, line by line.

    A mark left open at the end of a line runs to that end; when the next line opens anew, as is
    usual for speech of several paragraphs, that is a stretch of its own. Single quotation marks
    count when they stand at a word's edge and both are there, since an apostrophe looks the same.
    """
    quotes: list[Quote] = []
    for start, end in cut:
        quotes.extend(_quotes_in(text, start, end))
    return tuple(quotes)


def _quotes_in(text: str, start: int, end: int) -> list[Quote]:
    found: list[Quote] = []
    at = start
    while at < end:
        closing = _PAIRS.get(text[at])
        if closing is None:
            single = _single_quote(text, at, start, end)
            if single:
                found.append(single)
                at = single.end
            at += 1
            continue
        stop = next((k for k in range(at + 1, end) if text[k] in closing), end)
        if stop > at + 1:
            found.append(Quote(start=at + 1, end=stop))
        at = stop + 1
    return found


def _single_quote(text: str, at: int, start: int, end: int) -> Quote | None:
    """Return the stretch that a single mark at ``at`` opens, or None when it opens none."""
    if text[at] not in "‘'" or (at > start and text[at - 1].isalnum()):
        return None
    if at + 1 >= end or text[at + 1].isspace():
        return None
    closing = "’" if text[at] == "‘" else "'"
    for k in range(at + 2, end):
        ends_a_word = k + 1 >= end or not text[k + 1].isalnum()
        if text[k] == closing and ends_a_word and not text[k - 1].isspace():
            return Quote(start=at + 1, end=k)
    return None
