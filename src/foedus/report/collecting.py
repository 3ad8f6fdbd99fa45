"""From the inputs that a person names to the reports in them, one after another.

Nothing is held longer than it takes to hand it on: an archive or a file of JSON Lines of any size
is read as it is used. What an input is, is seen from its content.
"""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from foedus.errors import ReportError
from foedus.ids import ReportId, digest
from foedus.report import archive, jsonl
from foedus.report.about import About
from foedus.report.encoding import decode
from foedus.report.expanding import Expanded
from foedus.report.fetch import fetch
from foedus.report.kinds import TAG, kind_of_text
from foedus.report.places import SCHEME, STDIN, Place, places_in
from foedus.report.received import MAX_BYTES, Received, opened, too_large
from foedus.report.refusal import refusal
from foedus.report.values import Raw, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    Told = Callable[[float], None]

LOOK = 4096  # bytes that tell an archive and JSON Lines from a single report


def collect(
    names: Sequence[str],
    *,
    published: date | None = None,
    allow_private: bool = False,
    progress: Told | None = None,
) -> Iterator[Raw | Skipped]:
    """Yield the reports behind some names, in their order, and what is skipped.

    Parameters
    ----------
    names
        Files (pages, plain text, RSS and Atom feeds, JSON Lines, web archives), folders, patterns
        of file names, http and https addresses, and ``-`` for standard input.
    published
        The day of publication, if the caller knows it; it overrides what the inputs say.
    allow_private
        Let addresses lead into private networks and to this machine itself.
    progress
        Told the share of the inputs that has been taken, 0 to 1.

    Yields
    ------
    Raw or Skipped
        Whatever is wrong with an input, the others are still read.
    """
    tell = progress or _to_nobody
    places = list(places_in(names))
    for number, place in enumerate(places):
        tell(number / len(places))
        if isinstance(place, Skipped):
            yield place
            continue

        def within(share: float, number: int = number) -> None:
            tell((number + share) / len(places))

        try:
            for each in _open(place, allow_private=allow_private, progress=within):
                if isinstance(each, Raw):
                    yield replace(each, published=published, named=each.named and place.named)
                else:
                    yield each
        except ReportError as error:
            yield Skipped(error=error)
    tell(1.0)


def unpack(name: str, content: bytes) -> Iterator[Raw | Skipped]:
    """Yield the reports in a file that is not on this machine's disk, and what is skipped.

    Parameters
    ----------
    name
        What to call it.
    content
        Its bytes: anything that `collect` takes a file of.
    """
    try:
        yield from _stream(io.BytesIO(content), name, len(content), _to_nobody)
    except ReportError as error:
        yield Skipped(error=error)


def _to_nobody(_share: float) -> None:
    """Tell nobody."""


def _open(place: Place, *, allow_private: bool, progress: Told) -> Iterator[Raw | Skipped]:
    """Yield what is behind one place."""
    if SCHEME.match(place.name):
        yield from _whole(fetch(place.name, allow_private=allow_private))
    elif place.name == STDIN:
        yield from _stream(sys.stdin.buffer, place.source, None, progress)
    else:
        with opened(place.name) as (file, size):
            yield from _stream(file, place.source, size, progress)


def _stream(
    file: BinaryIO, source: str, size: int | None, progress: Told
) -> Iterator[Raw | Skipped]:
    """Yield what is in an open file, of ``size`` bytes if that is known."""
    stream = Expanded(file, source)
    begin = stream.peek(LOOK)
    if begin.startswith(archive.BEGIN):
        found: Iterator[Received | Raw | Skipped] = archive.pages_in(stream, source)
    elif jsonl.looks_like_jsonl(begin.decode("utf-8", "replace")):
        found = jsonl.raws_in(stream, source)
    else:
        yield from _whole(_received(stream, source, size))
        return
    for each in found:
        progress(min(1.0, stream.taken / size) if size else 0.0)
        if isinstance(each, Received):
            yield from _page_of_archive(each)
        else:
            yield each


def _received(stream: Expanded, source: str, size: int | None) -> Received:
    """Return the bytes of a single report."""
    if size is not None and size > MAX_BYTES:
        raise too_large(source, size, MAX_BYTES)
    content = bytearray()
    while len(content) <= MAX_BYTES and (piece := stream.read(io.DEFAULT_BUFFER_SIZE * 8)):
        content += piece
    if len(content) > MAX_BYTES:
        raise too_large(source, len(content), MAX_BYTES)
    if stream.fault is not None:
        raise stream.fault
    return Received(source=source, content=bytes(content))


def _page_of_archive(received: Received) -> Iterator[Raw | Skipped]:
    """Yield the report in a page of an archive; what is none was not asked for by name."""
    try:
        for each in _whole(received):
            if isinstance(each, Skipped):
                yield replace(each, failed=False)
            else:
                yield replace(each, named=False)
    except ReportError as error:
        yield Skipped(error=error, failed=False)


def _whole(received: Received) -> Iterator[Raw | Skipped]:
    """Yield the report, or the items of the feed, that some bytes are."""
    text = decode(received)
    kind = kind_of_text(text, received.source)
    if kind != "feed":
        report_id = ReportId(digest(received.content))
        yield Raw(source=received.source, text=text, kind=kind, id=report_id, url=received.url)
        return
    from foedus.report.feed import items_in  # noqa: PLC0415 - loads its library for feeds alone

    for number, item in enumerate(items_in(text, received.source), start=1):
        source = f"{received.source}#{number}"
        if not item.body.strip():
            do = "Name the page of the report."
            error = refusal("no report", source, "an item without text", "hold a report", do)
            yield Skipped(error=error, failed=False)
            continue
        body = item.body if TAG.search(item.body) else f"<p>{item.body}</p>"
        about = About(
            title=item.title,
            outlet=item.outlet,
            author=item.author,
            published=item.published,
            published_from="page" if item.published else "unknown",
            url=item.url,
        )
        page = f"<html><body><article>{body}</article></body></html>"
        yield Raw(source=source, text=page, kind="page", given=about, named=False)
