"""The lines that a page draws, each with where it stands in the page.

A browser starts a new line at every block element and at every line break; so does this. What the
page hides, and what its own markup calls furniture (navigation, forms, captions, share buttons,
comments, by element or by class), is left out here already, unless the report itself is in it.
"""

# ruff: noqa: SIM905 - word lists read best as words

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.report.lines import Line, is_prose, squeezed

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figure "
    "figcaption footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre "
    "section summary table tbody td tfoot th thead title tr ul caption".split()
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
UNSEEN = frozenset(
    "script style noscript template head iframe object embed svg math canvas audio video "
    "select option button input textarea form nav footer figure figcaption menu dialog map "
    "link meta".split()
)
ROLES = frozenset(
    "navigation banner contentinfo search dialog alertdialog complementary form".split()
)
FURNITURE = frozenset(
    "ad ads advert advertisement advertising adverts agree also appeal aside auteur author "
    "authors autor banner bio breadcrumb breadcrumbs byline caption captions category "
    "categories colophon consent cookie cookies copyright credit credits crumb crumbs cta "
    "date datum disclaimer don donate donation figcaption footer gdpr hatnote infobar kicker "
    "lang login masthead menu meta metadata mini modal more mostread nav navbar navigation "
    "newsletter noprint overlay pager pagination paywall poll popular popup postmeta print "
    "printonly promo promoted promotion pubdate publication published quiz rating read "
    "readmore readnext recirc recirculation recommended recommendation recommendations "
    "regwall related relatedposts rss search seealso share sharebar sharebox sharedaddy "
    "sharing shares sidebar sig signature signup skip social sponsor sponsored sponsors "
    "subscribe subscription survey tag tagcloud taglist tags teaser ticker timestamp toc "
    "toolbar tools topbar topics trending upsell widget widgets".split()
)
COMMENTS = frozenset("comment comments commentlist disqus respond discussion replies".split())
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HARD_BREAK = "\x0b"  # a <br>, until it is known whether it ends a paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A line that the page draws, and the element it is drawn in."""

    line: Line
    element: HtmlElement


@dataclass(slots=True)
class _Pen:
    """What has been drawn so far, and the line that is being drawn.

    Parameters
    ----------
    strict
        Leave out what the markup calls furniture, not only what is hidden.
    blocks
        The lines drawn.
    pieces
        The text of the line being drawn, each piece with whether it is a link's.
    """

    strict: bool
    blocks: list[Block]
    pieces: list[tuple[str, bool]]


def blocks_in(root: HtmlElement, *, strict: bool = True) -> list[Block]:
    """Return the lines that an element draws, in their order."""
    pen = _Pen(strict=strict, blocks=[], pieces=[])
    _draw(pen, root, link=False)
    _lift(pen, root)
    return pen.blocks


def words_of(element: HtmlElement) -> frozenset[str]:
    """Return the words in an element's class and id, in small letters.

    Examples
    --------
    >>> from lxml.html import fromstring
    >>> sorted(words_of(fromstring('<div class="entry-meta postedOn" id="a1">x</div>')))
    ['a', 'entry', 'meta', 'on', 'posted']
    """
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return frozenset(w.casefold() for w in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", names))


def _draw(pen: _Pen, element: HtmlElement, *, link: bool) -> None:
    """Draw an element's text and its children; a page's parser lets none be too deep."""
    link = link or element.tag == "a"
    pen.pieces.append((element.text or "", link))
    for child in element:
        if not isinstance(child.tag, str):  # a comment or a processing instruction
            pass
        elif child.tag == "br":
            pen.pieces.append((HARD_BREAK, link))
        elif _is_left_out(child, strict=pen.strict, inside=element):
            if child.tag in BLOCKS:
                _lift(pen, element)
        elif child.tag == "tr" and (row := _row_of(child)):
            _lift(pen, element)
            links = sum(len(squeezed(a.text_content())) for a in child.iter("a")) / len(row)
            line = Line(text=row, kind="item", links=min(1.0, links))
            pen.blocks.append(Block(line=line, element=child))
        elif child.tag in BLOCKS:
            _lift(pen, element)
            _draw(pen, child, link=link)
            _lift(pen, child)
        else:
            _draw(pen, child, link=link)
        pen.pieces.append((child.tail or "", link))


def _lift(pen: _Pen, element: HtmlElement) -> None:
    """End the line that is being drawn."""
    pieces, pen.pieces = pen.pieces, []
    whole = "".join(text for text, _ in pieces)
    linked = sum(len(squeezed(text)) for text, link in pieces if link)
    for text in _broken(whole):
        share = min(1.0, linked / max(1, len(squeezed(whole))))
        pen.blocks.append(Block(line=_line(text, element, share), element=element))


def _line(text: str, element: HtmlElement, links: float) -> Line:
    """Return a line, with its kind as the element and the words say it."""
    around = {element.tag, *(above.tag for above in element.iterancestors())}
    if around & HEADINGS:
        return Line(text=text, kind="short", links=links, heading=True)
    if is_prose(text):
        return Line(text=text, kind="prose", links=links)
    return Line(text=text, kind="item" if around & {"li", "dd"} else "short", links=links)


def _row_of(element: HtmlElement) -> str | None:
    """Return a row of a table of data in one line; None when the row lays out the page."""
    cells = [child for child in element if child.tag in {"td", "th"}]
    if len(cells) < 2 or element.xpath(".//table|.//p|.//div|.//ul|.//br|.//img"):
        return None
    texts = [squeezed(" ".join(cell.itertext())) for cell in cells]
    laid_out = any(len(text.split()) > 12 for text in texts)
    return None if laid_out else " | ".join(text for text in texts if text)


def _broken(text: str) -> list[str]:
    """Return the paragraphs of a drawn text: two line breaks end one; a single one may."""
    paragraphs: list[str] = []
    for part in re.split(rf"\s*{HARD_BREAK}\s*{HARD_BREAK}[\s{HARD_BREAK}]*", text):
        pieces = [squeezed(piece) for piece in part.split(HARD_BREAK)]
        lines: list[str] = []
        for piece in pieces:
            if not piece:
                continue
            if lines and (piece[:1].islower() or lines[-1].endswith((",", "-"))):
                lines[-1] = f"{lines[-1]} {piece}"
            else:
                lines.append(piece)
        paragraphs += lines
    return paragraphs


def _is_left_out(element: HtmlElement, *, strict: bool, inside: HtmlElement) -> bool:
    """Say whether an element is hidden, or furniture by its markup."""
    if element.tag in UNSEEN and not _holds_report(element, most=3):
        return True
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    if hidden or HIDDEN.search(element.get("style", "")):
        return True
    if not strict or element.tag in {"body", "html", "main"}:
        return False
    words = words_of(element)
    if words & COMMENTS and not element.xpath(".//h1|.//main|.//*[@itemprop='articleBody']"):
        return True
    if element.tag not in BLOCKS and inside.tag in {"p", "li", "blockquote", *HEADINGS}:
        return bool(words & {"share", "sharing", "caption"}) or _is_footnote_mark(element)
    marked = element.get("role") in ROLES or element.tag == "aside" or words & FURNITURE
    return bool(marked) and not _holds_report(element, most=1)


def _is_footnote_mark(element: HtmlElement) -> bool:
    """Say whether an element is the raised number of a footnote."""
    text = "".join(element.itertext())
    return element.tag == "sup" and bool(
        re.fullmatch(r"\s*\[?\d{1,3}\]?\s*|\s*\[[a-z ]+\]\s*", text)
    )


def _holds_report(element: HtmlElement, *, most: int) -> bool:
    """Say whether an element holds more than ``most`` paragraphs of prose without links."""
    if element.tag in {"script", "style", "template", "head", "noscript"}:
        return False
    found = 0
    for paragraph in element.iter("p", "div", "td", "section"):
        own = squeezed((paragraph.text or "") + "".join(c.tail or "" for c in paragraph))
        found += len(own.split()) >= 15 and is_prose(own)
        if found > most:
            return True
    return False
