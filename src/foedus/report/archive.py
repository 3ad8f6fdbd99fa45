"""The pages of a web archive (WARC, ISO 28500) that may be reports, as they were served.

What is no page served with success is passed over without reading it, and so is, after a look at
its bytes, what has no words of armed conflict (``gate.py``). An archive is read to its end, or to
the place where it is broken; what came before is good.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any

from foedus.errors import ReportError
from foedus.report.expanding import expanded
from foedus.report.gate import may_be_about_conflict
from foedus.report.received import MAX_BYTES, Received, too_large
from foedus.report.refusal import refusal
from foedus.report.values import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.report.expanding import Expanded

BEGIN = b"WARC/"
PAGES = frozenset(["text/html", "application/xhtml+xml", "text/plain"])
ENCODINGS = frozenset(["", "identity", "gzip", "x-gzip", "deflate"])
CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")


def pages_in(stream: Expanded, source: str) -> Iterator[Received | Skipped]:
    """Yield the pages of an archive that may be reports, and what was passed over.

    Parameters
    ----------
    stream
        The archive, from its beginning.
    source
        The archive's name; its pages are named after it and numbered, all records counted.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - for archives alone

    types = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number = 0
    try:
        for record in ArchiveIterator(stream, record_types=types, parse_http=True):
            number += 1
            try:
                yield _page_in(record, f"{source}#{number}")
            except ReportError as error:
                yield Skipped(error=error, failed=error.faults[0].reason == "broken archive")
    except (OSError, ValueError) as err:
        found = f"an archive that is broken after its record {number} ({err})"
        broken = refusal("broken archive", source, found, "be whole", "Fetch it again.")
        yield Skipped(error=broken)
        return
    if stream.fault is not None:
        yield Skipped(error=stream.fault)
    elif not number:
        do = "Name an archive with responses in it."
        found = "a web archive without pages"
        yield Skipped(error=refusal("no report", source, found, "hold some", do))


def _page_in(record: Any, where: str) -> Received:  # noqa: ANN401 - ships no types
    """Return the page in a record, or refuse it."""
    head = record.http_headers
    status = head.status_code if head is not None else 200
    if status != 200:
        raise refusal("no page", where, f"the answer {status}", "be the answer 200")
    named = record.http_content_type if head is not None else record.headers.get("Content-Type")
    kind = (named or "").split(";")[0].strip().lower()
    if kind not in PAGES:
        found = f"the content type {kind or 'of no name'}"
        raise refusal("no page", where, found, "be a page or plain text")
    length = record.content_length
    if length > MAX_BYTES:
        raise too_large(where, length, MAX_BYTES)
    content = record.reader.read(length)
    if len(content) < length:
        found = f"{len(content)} bytes where {length} were announced"
        raise refusal("broken archive", where, found, "be whole", "Fetch it again.")
    if head is not None:
        content = _unpacked(content, head, where)
    if not may_be_about_conflict(content):
        found = "no words of armed conflict"
        raise refusal("no word of conflict", where, found, "mention two")
    return Received(
        source=where,
        content=content,
        charset=record.http_charset if head is not None else None,
        url=record.headers.get("WARC-Target-URI"),
    )


def _unpacked(content: bytes, head: Any, where: str) -> bytes:  # noqa: ANN401 - ships no types
    """Return the body of an answer as its server meant it, within the limit.

    Some crawlers undo chunks and packing but keep the headers that announce them, so each is undone
    only where the bytes look like it.
    """
    if "chunked" in (head.get("Transfer-Encoding") or "").lower():
        content = _unchunked(content)
    encoding = (head.get("Content-Encoding") or "").strip().lower()
    if encoding in {"gzip", "x-gzip"} and content.startswith(b"\x1f\x8b"):
        content = expanded(content, where, MAX_BYTES)
    elif encoding == "deflate":
        content = _inflated(content)
    elif encoding not in ENCODINGS and content.lstrip()[:1] != b"<":
        must = "be packed by gzip or deflate, or not at all"
        raise refusal("no page", where, f"the content encoding {encoding[:20]}", must)
    if len(content) > MAX_BYTES:
        raise too_large(where, len(content), MAX_BYTES)
    return content


def _unchunked(content: bytes) -> bytes:
    r"""Return a body without the sizes of its chunks, or as it is where it has none.

    Examples
    --------
    >>> _unchunked(b"5\r\nTalks\r\n4;x=1\r\n end\r\n0\r\n\r\n")
    b'Talks end'
    >>> _unchunked(b"<p>Talks end</p>")
    b'<p>Talks end</p>'
    """
    at = 0
    pieces: list[bytes] = []
    while match := CHUNK.match(content, at):
        size = int(match[1], 16)
        if not size:
            return b"".join(pieces)
        pieces.append(content[match.end() : match.end() + size])
        at = match.end() + size + 2
    return b"".join(pieces) if at >= len(content) and pieces else content


def _inflated(content: bytes) -> bytes:
    """Return a deflated body, with or without its wrapper; as it is where it is not deflated."""
    for wbits in (15, -15):
        try:
            return zlib.decompressobj(wbits=wbits).decompress(content, MAX_BYTES + 1)
        except zlib.error:
            continue
    return content
