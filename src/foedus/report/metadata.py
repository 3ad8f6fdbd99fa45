"""What a page says about itself: title, outlet, author, day and address.

Read from what sites publish for machines first (OpenGraph, JSON-LD, Dublin Core, plain meta
names), then from the page's address, then from what it shows to people. A day is taken as the page
writes it, in its own time zone. A modification is no publication and is not read.

Sources: ogp.me; schema.org/NewsArticle; Dublin Core terms (DCMI); HTML's own ``time`` and ``rel``.
"""

from __future__ import annotations

# ruff: noqa: RUF001 - real typographic signs
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from foedus.report.about import About
from foedus.report.blocks import words_of
from foedus.report.bylines import author_in, is_byline, is_datestamp, is_name
from foedus.report.dateline import day_in_text
from foedus.report.dates import day_in_address, stated_day
from foedus.report.furniture import COLUMNS
from foedus.report.lines import key, squeezed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement  # type: ignore[import-untyped]

TITLES = ("og:title", "twitter:title", "dcterms.title", "dc.title", "citation_title", "title")
OUTLETS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher",
           "citation_publisher", "copyright")  # fmt: skip
AUTHORS = ("article:author", "author", "dc.creator", "dcterms.creator", "citation_author", "byl",
           "parsely-author", "sailthru.author", "og:article:author")  # fmt: skip
DAYS = ("article:published_time", "og:published_time", "og:article:published_time", "date",
        "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created",
        "dc.date.created",
        "publication_date", "publish-date", "publish_date", "pubdate", "publishdate", "published",
        "datepublished", "citation_publication_date", "citation_date", "parsely-pub-date",
        "sailthru.date", "article.published", "issuedate")  # fmt: skip
ARTICLES = re.compile(r"Article$|^(?:Report|BlogPosting|LiveBlogPosting|SocialMediaPosting)$")
BYLINE_SIGNS = 119
STAMP_SIGNS = 160
TITLE_SIGNS = re.compile(r"\s+(?:[|–—·»/-]|::|&\#8211;)\s+|\s*\|\s*")


def about_page(root: HtmlElement, *, url: str | None = None) -> About:
    """Return what a page says about itself, all but the day that only its text gives."""
    metas, data = _metas(root), _article_data(root)
    shown = _heading(root, _first(metas, TITLES) or _text(data.get("headline")) or _title_tag(root))
    author = _author(root, metas, data)
    address = _own_address(root, metas) or url
    return About(
        title=shown,
        outlet=_outlet(root, metas, data, shown, author),
        author=author,
        published=_published(root, metas, data, address),
        url=address,
    )


def with_day(about: About, root: HtmlElement, lines: Sequence[str], above: Sequence[str]) -> About:
    """Return what is known, with the day of publication and where it was found.

    Parameters
    ----------
    about
        What is known without it.
    root
        The page.
    lines
        The report's own lines.
    above
        What the page draws above them.
    """
    published = about.published or _shown_day(root, lines) or _stamped_day(above)
    if published:
        return replace(about, published=published, published_from="page")
    in_text = day_in_text(lines, about.title)
    return replace(about, published=in_text, published_from="text" if in_text else "unknown")


def _metas(root: HtmlElement) -> dict[str, str]:
    """Return the page's meta fields by name, in small letters; of several, the first."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = squeezed(meta.get("content", ""))
        if name and content:
            found.setdefault(name.casefold(), content)
    return found


def _first(metas: dict[str, str], names: Sequence[str]) -> str | None:
    """Return the first field that the page fills."""
    return next((metas[name] for name in names if name in metas), None)


def _article_data(root: HtmlElement) -> dict[str, Any]:
    """Return the page's JSON-LD object for the article, with references inside it resolved."""
    objects: list[dict[str, Any]] = []
    for script in root.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            objects += list(_objects(json.loads(script.text or "")))
        except (ValueError, RecursionError):
            continue
    by_id = {str(o["@id"]): o for o in objects if "@id" in o and len(o) > 1}
    for item in objects:
        kinds = item.get("@type")
        if any(ARTICLES.search(str(k)) for k in (kinds if isinstance(kinds, list) else [kinds])):
            return {k: _resolved(v, by_id) for k, v in item.items()}
    return {}


def _objects(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON as it comes
    """Yield every object in a JSON value, outer ones first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def _resolved(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:  # noqa: ANN401 - JSON as it comes
    """Return a value, or the object that it refers to."""
    if isinstance(value, list):
        return [_resolved(inner, by_id) for inner in value]
    return by_id.get(str(value.get("@id")), value) if isinstance(value, dict) else value


def _text(value: Any) -> str | None:  # noqa: ANN401 - JSON as it comes
    """Return the words of a JSON-LD value: a text, an object's name, or several of them."""
    if isinstance(value, str):
        return squeezed(value) or None
    if isinstance(value, dict):
        return _text(value.get("name"))
    if isinstance(value, list):
        names = [name for inner in value if (name := _text(inner))]
        return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])) or None
    return None


def _title_tag(root: HtmlElement) -> str:
    """Return the first line of the page's title element."""
    return next((squeezed((t.text or "").strip().split("\n")[0]) for t in root.iter("title")), "")


def _heading(root: HtmlElement, named: str) -> str | None:
    """Return the title as the page shows it: the heading that its named title holds."""
    headings = [squeezed(h.text_content()) for h in root.iter("h1", "h2")]
    for shown in (h for h in headings if h):
        if key(shown) and key(shown) in key(named) and len(key(shown)) * 3 > len(key(named)):
            return shown
    parts = [part.strip() for part in TITLE_SIGNS.split(named) if part.strip()]
    return max(parts, key=len) if parts else next(iter(headings), None)


def _author(root: HtmlElement, metas: dict[str, str], data: dict[str, Any]) -> str | None:
    """Return the author: as named for machines, marked in the page, or in a byline."""
    shown = _marked_author(root)
    named = _first(metas, AUTHORS) or _text(data.get("author"))
    if named and not named.startswith(("http://", "https://", "@")):
        issued = metas.get("dcterms.creator") or metas.get("dc.creator")
        return shown if shown and named == issued and not is_name(named) else named
    return shown


def _marked_author(root: HtmlElement) -> str | None:
    """Return the author that an element of the page is marked with, or a short line names."""
    for element in root.xpath("//*[@rel='author' or @itemprop='author']"):
        name = squeezed(element.text_content())
        if name:
            return author_in(name) or name
    for element in root.body.iter() if root.body is not None else ():
        if not isinstance(element.tag, str) or element.tag in {"script", "style", "body"}:
            continue
        text = _short_text(element, BYLINE_SIGNS) if len(element) < 6 else None
        marked = words_of(element) & {"author", "byline", "auteur", "autor", "sig", "writer"}
        if text and (is_byline(text) or (marked and author_in(text))):
            return author_in(text)
    return None


def _stamped_day(above: Sequence[str]) -> dt.date | None:
    """Return the day of the last datestamp or byline among the lines above a report."""
    stamps = (text for text in reversed(above) if is_datestamp(text) or is_byline(text))
    return next((day for text in stamps if (day := stated_day(text))), None)


def _short_text(element: HtmlElement, most: int) -> str | None:
    """Return an element's text when it is at most ``most`` signs long, without reading on."""
    pieces, signs = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        signs += len(piece.strip())
        if signs > most:
            return None
    text = squeezed("".join(pieces))
    return text if len(text) <= most else None


def _outlet(
    root: HtmlElement,
    metas: dict[str, str],
    data: dict[str, Any],
    title: str | None,
    author: str | None,
) -> str | None:
    """Return the outlet: as named for machines, beside the title, or by the front page."""
    named = _first(metas, OUTLETS) or _text(data.get("publisher"))
    if named:
        return named
    for part in TITLE_SIGNS.split(_title_tag(root)):
        rest = part.strip()
        if rest and title and key(rest) != key(title) and len(rest.split()) <= 6:
            return rest
    for link in root.xpath("//a[@href='/' or @rel='home']"):
        name = squeezed(link.text_content()) or squeezed(" ".join(link.xpath(".//img/@alt")))
        if len(name.split()) > 1 and name != author:
            return name
    for element in root.iter("div", "p", "span"):
        if words_of(element) & {"logo", "sitename", "brand"} and len(element) < 2:
            name = squeezed(element.text_content())
            if name and is_name(name):
                return name
    return None


def _own_address(root: HtmlElement, metas: dict[str, str]) -> str | None:
    """Return the address that the page gives as its own."""
    links = root.xpath("//link[@rel='canonical']/@href")
    address = next((link for link in links if link), None) or metas.get("og:url")
    return address if address and address.startswith(("http://", "https://")) else None


def _published(
    root: HtmlElement, metas: dict[str, str], data: dict[str, Any], address: str | None
) -> dt.date | None:
    """Return the day of publication that the page gives to machines or carries in its address."""
    stated = [metas[name] for name in DAYS if name in metas]
    stated[1:1] = [str(data["datePublished"])] if "datePublished" in data else []
    stated += root.xpath("//*[@itemprop='datePublished']/@datetime|//time[@pubdate]/@datetime")
    stated += [t.get("datetime") for t in root.iter("time") if words_of(t) & {"published", "date"}]
    for text in stated:
        day = stated_day(text or "")
        if day:
            return day
    return day_in_address(address) if address else None


def _shown_day(root: HtmlElement, lines: Sequence[str]) -> dt.date | None:
    """Return the day that the page shows beside the report: a time element, or a datestamp.

    Only small elements above the report's first paragraph are looked at, and lines of the report
    itself are not.
    """
    ours = {key(line) for line in lines}
    first = key(lines[0])
    for element in root.body.iter() if root.body is not None else ():
        if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
            continue
        text = _short_text(element, max(STAMP_SIGNS, len(lines[0])))
        if text is None:
            continue
        if key(text) == first:
            return None
        if len(text) > STAMP_SIGNS or key(text) in ours:
            continue
        if element.tag == "time" and stated_day(element.get("datetime", "")):
            return stated_day(element.get("datetime", ""))
        parts = [text, *COLUMNS.split(text)]
        if any(is_datestamp(part) or is_byline(part) for part in parts) and stated_day(text):
            return stated_day(text)
    return None
