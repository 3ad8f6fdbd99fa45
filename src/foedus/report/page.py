"""The report in an HTML page: where it stands, and its lines.

trafilatura says which paragraphs of a page are its main text. It does not give all of the report
as the page draws it (it can lose headings, lists and paragraphs that are parted by line breaks, and
finds nothing at all in some old pages), so its answer is used to find the smallest element that
holds the report, and that element's lines are then read anew. Where it finds nothing, the
paragraphs that are prose without links take its place.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from foedus.report.about import Cleaned
from foedus.report.blocks import Block, blocks_in
from foedus.report.bylines import is_name
from foedus.report.furniture import cue
from foedus.report.lines import Line, is_prose, key
from foedus.report.metadata import about_page, with_day
from foedus.report.refusal import refusal
from foedus.report.tidy import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement  # type: ignore[import-untyped]

CROSSED = re.compile(
    r"<h(?P<level>[1-6])(?P<rest>\b[^>]*>)(?P<inside>(?:(?!</?h[1-6]\b).){0,1000})</h[1-6]\s*>",
    re.IGNORECASE | re.DOTALL,
)
"""A heading that ends, as browsers take it, at the end of a heading of any level."""
MOST_OF_IT = 0.9  # of the main text must be in an element for it to hold the report
ELEMENTS_AT_MOST = 50_000
"""Ten times what a large news page is built of; a page of so many is cleaned in about 2 s."""
SIGNS_AT_MOST = 1_500_000
"""Of text in a page, furniture and all: seven times what a report may have."""
ATTRIBUTES_AT_MOST = 500
"""Of one element; the parser's time grows with their square."""
DEEPEST = 256
"""Elements inside each other, the parser's own limit."""
LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{2000,}>?")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
STYLE = re.compile(
    r"</?(?:a|b|i|u|s|em|strong|font|span|small|big|tt|center|code|ins|del)\b[^<>]*>", re.IGNORECASE
)
"""Tags that may be taken out of a page without its lines running into each other."""
SAVE_IT = "Save the report's text as plain text, and name that file."
FOREIGN = 0.5  # a line with more letters than this outside the Latin script is none of the report's


def clean_page(text: str, *, url: str | None = None, where: str = "") -> Cleaned | None:
    """Return the report in a page; None when the page holds no main text.

    Parameters
    ----------
    text
        The page's HTML.
    url
        The address that it came from, if it came from one.
    where
        Its name, for errors.

    Raises
    ------
    ReportError
        When it is built of more elements than any report is.
    """
    root = parse(text, where)
    if root is None:
        return None
    about = about_page(root, url=url)
    blocks = _main_blocks(root, text, about.title)
    kept = [line for line in _below_title(blocks, about.title) if not _is_foreign(line.text)]
    if about.author is None:
        about = replace(about, author=_named_above(kept))
    names = [name for name in (about.author, about.outlet) if name]
    lines = tuple(line.text for line in tidy(kept, title=about.title, names=names))
    if not any(is_prose(line) for line in lines):
        return None
    drawn = (block.line.text for block in blocks_in(root, strict=False))
    above = takewhile(lambda text: text != lines[0], drawn)
    return Cleaned(lines=lines, about=with_day(about, root, lines, tuple(above)))


def parse(text: str, where: str = "") -> HtmlElement | None:
    """Return the root of a page's elements; None when it has none.

    Raises
    ------
    ReportError
        When it is built of more elements, attributes or levels than any report is.
    """
    for tag in LONG_TAG.findall(text):
        if len(QUOTED.sub("", tag).split()) > ATTRIBUTES_AT_MOST:
            found = f"a tag with more than {ATTRIBUTES_AT_MOST} attributes"
            raise refusal("too large", where, found, "be written for browsers", SAVE_IT)
    root, deep = _parsed(CROSSED.sub(r"<h\g<level>\g<rest>\g<inside></h\g<level>>", text))
    if deep:  # often tags of style that nobody ended
        root, deep = _parsed(STYLE.sub("", text))
    if deep:
        must = f"have at most {DEEPEST} inside each other"
        raise refusal("too large", where, "elements inside elements", must, SAVE_IT)
    if root is not None and (too_much := _too_much_in(root)):
        raise refusal("too large", where, too_much, "hold one report and not thousands", SAVE_IT)
    return root


def _too_much_in(root: HtmlElement) -> str | None:
    """Say what a page has too much of; None when it has not."""
    signs = 0
    for number, element in enumerate(root.iter()):
        if number >= ELEMENTS_AT_MOST:
            return f"a page of more than {ELEMENTS_AT_MOST:,} elements"
        own = 0 if element.tag in {"script", "style"} else len(element.text or "")
        signs += own + len(element.tail or "")
        if signs > SIGNS_AT_MOST:
            return f"a page of more than {SIGNS_AT_MOST:,} signs of text"
    return None


def _parsed(text: str) -> tuple[HtmlElement | None, bool]:
    """Return the root of a page's elements, and whether it is too deep to have been read whole."""
    from lxml import etree, html  # type: ignore[import-untyped] # noqa: PLC0415 - slow to import

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = None
    return root, any("depth" in error.message.lower() for error in parser.error_log)


def _main_blocks(root: HtmlElement, text: str, title: str | None) -> list[Block]:
    """Return the lines of the smallest element that holds the report, and those around it."""
    everything = blocks_in(root, strict=False)
    found = _main_text(text)
    confirmed = _confirmed(everything, found)
    main = _with_twins(everything, confirmed) or [b for b in everything if _may_be_report(b)]
    if not main:
        return []
    holder = _holder(main)
    within = blocks_in(holder)
    if not any(_is_report(block) for block in within):
        within = blocks_in(holder, strict=False)
    shown = [block for block in blocks_in(root) if block.line.kind == "prose"]
    leads = _leads(everything, shown, holder, title)
    return [*leads, *within, *_tails(everything, shown, holder, found)]


def _with_twins(everything: Sequence[Block], confirmed: Sequence[Block]) -> list[Block]:
    """Return lines with those that the page marks in the same way, as the posts of a channel."""
    marks = {mark for block in confirmed if (mark := _mark(block.element))}
    known = {id(block) for block in confirmed}
    return [
        block
        for block in everything
        if id(block) in known or (_is_report(block) and _mark(block.element) in marks)
    ]


def _mark(element: HtmlElement) -> tuple[str, ...] | None:
    """Return how a page marks an element and what is around it; None when it does not."""
    parent = element.getparent()
    own = element.get("class")
    if not own or parent is None:
        return None
    return (str(element.tag), own, str(parent.tag), parent.get("class", ""))


def _leads(
    everything: Sequence[Block], shown: Sequence[Block], holder: HtmlElement, title: str | None
) -> list[Block]:
    """Return the paragraphs between the title and the element that holds the rest of a report."""
    inside = [n for n, block in enumerate(everything) if _is_in(block, holder)]
    first = inside[0] if inside else 0
    titles = [n for n in range(first) if title and key(everything[n].line.text) == key(title)]
    between = everything[titles[-1] + 1 : first] if titles else ()
    texts = {block.line.text for block in shown}
    return [block for block in between if _is_report(block) and block.line.text in texts]


def _tails(
    everything: Sequence[Block], shown: Sequence[Block], holder: HtmlElement, main: str
) -> list[Block]:
    """Return the paragraphs of the main text that stand behind the element that holds the rest."""
    inside = [n for n, block in enumerate(everything) if _is_in(block, holder)]
    behind = everything[inside[-1] + 1 :] if inside else ()
    wanted, texts = f" {key(main)} ", {block.line.text for block in shown}
    return [b for b in behind if b.line.text in texts and f" {key(b.line.text)} " in wanted]


def _is_in(block: Block, holder: HtmlElement) -> bool:
    """Say whether a line is drawn in an element."""
    return block.element is holder or holder in block.element.iterancestors()


def _main_text(text: str) -> str:
    """Return what trafilatura takes for the main text of a page; empty when it finds none."""
    import trafilatura  # noqa: PLC0415 - takes half a second, which other sources need not wait for

    found = trafilatura.extract(
        text, favor_precision=True, include_comments=False, include_tables=False, deduplicate=False
    )
    return found or ""


def _confirmed(blocks: Sequence[Block], main: str) -> list[Block]:
    """Return the lines of prose that stand in the main text as well."""
    wanted = f" {key(main)} "
    return [b for b in blocks if _is_report(b) and f" {key(b.line.text)} " in wanted]


def _is_report(block: Block) -> bool:
    """Say whether a line looks like a paragraph of a report."""
    line = block.line
    return line.kind == "prose" and len(line.text.split()) >= 8 and line.links < 0.5


def _may_be_report(block: Block) -> bool:
    """Say whether a line is prose and no furniture, where nothing tells the main text."""
    line = block.line
    return line.kind == "prose" and line.links < 0.5 and cue(line) == "keep"


def _holder(blocks: Sequence[Block]) -> HtmlElement:
    """Return the smallest element that holds most of some lines."""
    held: Counter[HtmlElement] = Counter()
    for block in blocks:
        for element in (block.element, *block.element.iterancestors()):
            held[element] += len(block.line.text)
    total = sum(len(block.line.text) for block in blocks)
    enough = [element for element, size in held.items() if size >= MOST_OF_IT * total]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()))


def _below_title(blocks: Sequence[Block], title: str | None) -> list[Line]:
    """Return the lines below the title, if it stands above the first paragraph of the report."""
    first = next((n for n, block in enumerate(blocks) if _is_report(block)), len(blocks))
    above = [n for n in range(first) if title and key(blocks[n].line.text) == key(title)]
    start = above[-1] + 1 if above else 0
    return [block.line for block in blocks[start:]]


def _named_above(lines: Sequence[Line]) -> str | None:
    """Return the name that stands by itself between the title and the first paragraph."""
    for line in lines[:3]:
        if line.kind == "prose":
            return None
        if not line.heading and is_name(line.text) and cue(line) == "keep":
            return line.text
    return None


def _is_foreign(text: str) -> bool:
    """Say whether a line is mostly in another script than an English report is."""
    if text.isascii():
        return False
    letters = [sign for sign in text if sign.isalpha()]
    other = sum(
        not ("a" <= sign.casefold() <= "z" or "\u00c0" <= sign <= "\u024f") for sign in letters
    )
    return bool(letters) and other > FOREIGN * len(letters)
