"""Bytes as text: what kind of file they are, which signs they stand for, and when neither is clear.

Text in a wrong character set still looks like text, so nothing here guesses in silence. A mark at
the beginning of the bytes speaks first (as in the WHATWG Encoding Standard); then UTF-8, which no
other text fits by accident; then what the server or the page names; then detection, for bytes
that name nothing. What does not decode to the last byte is refused.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from foedus.report.refusal import refusal

if TYPE_CHECKING:
    from foedus.report.received import Received

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"PK\x03\x04", "a zip archive, or a Word, Excel, OpenDocument or EPUB file"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or Outlook file"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"WARC/1.", "a WARC archive"),
    (b"bplist00", "a Safari web archive or property list"),
)
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NAMED = re.compile(
    rb"""<\?xml[^>]{0,80}?encoding=["']([\w.:-]{2,40})|<meta[^>]{0,200}?charset=["']?([\w.:-]{2,40})""",
    re.IGNORECASE,
)
NAMED_WITHIN = 4096  # pages name their character set near the top; browsers look at 1,024 bytes
AS_BROWSERS_READ = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "koi8_r", "koi8_u", "cp1253", "cp1254", "cp1255", "cp1256",
    "mac_roman", "cp437", "cp866", "shift_jis", "gb18030", "euc_kr", "big5",
]  # fmt: skip
AS_UTF8 = "Open it in an editor and save it as UTF-8."
GARBLED = re.compile(
    r"""\ufffd                            # a sign that some reader could not read
    | [\x80-\x9f]                         # control signs: Windows quotation marks read as Latin-1
    | â€[\u0153\u009d\u2122\u02dc\u0161\u201c\u201d\u00a6\u00a2]  # UTF-8 marks and dashes
    | вЂ[\u2122\u045a\u045c\u201c\u201d\u201e\u0459\u0430-\u044f\u00a6]  # the same in 1251
    | Ã[\u00a0-\u00bf\u2030\u2020\u02c6] | Â[\u00a0\u00a3\u00a7\u00a9\u00ab\u00ae\u00b0\u00b7\u00bb]
    """,
    re.VERBOSE,
)


def decode(received: Received) -> str:
    """Return the text that the bytes stand for, with plain line ends and no byte order mark.

    Raises
    ------
    ReportError
        When there are no bytes, they are no text, or no character set fits them to the last one.
    """
    where, content = received.source, received.content
    if not content.strip():
        found = "blank space only" if content else "an empty file"
        raise refusal("empty", where, found, "hold a report", "Save the page or the text again.")
    kind = binary_kind(content)
    if kind:
        must = "be an HTML page, a feed or plain text"
        do = "Open it, and save the report's text as plain text (UTF-8)."
        raise refusal("binary", where, f"what looks like {kind}", must, do)
    text = _signs(received)
    text = text.removeprefix("\ufeff").replace("\x00", "")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def binary_kind(content: bytes) -> str | None:
    """Return what kind of file the bytes look like when they are no text; None when they are.

    Examples
    --------
    >>> binary_kind(b"%PDF-1.7 ...")
    'a PDF document'
    >>> binary_kind("Talks began in Velmark.".encode("utf-16-le")) is None
    True
    """
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return kind
    if content[4:8] == b"ftyp":
        return "a video or a picture (MP4, HEIC)"
    if content[:4] == b"RIFF":
        return "a WebP image, or a sound or video file"
    if any(content.startswith(mark) for mark, _ in MARKS) or _utf16_without_mark(content):
        return None
    strange = sum(
        content.count(bytes([code])) for code in range(32) if code not in b"\t\n\v\f\r\x1b"
    )
    return "a binary file" if strange > len(content) / 200 else None


def garbled(text: str) -> str | None:
    """Return the first piece of a text that can only come from a wrong character set.

    Examples
    --------
    >>> garbled("Russiaâ€™s reply"), garbled("a reply in São Tomé")
    ('â€™', None)
    """
    found = GARBLED.search(text)
    return found.group() if found else None


def _signs(received: Received) -> str:
    """Return the text by the first character set that speaks for itself and fits."""
    where, content = received.source, received.content
    for mark, charset in MARKS:
        if content.startswith(mark):
            try:
                return content.decode(charset)
            except UnicodeDecodeError as err:
                found = f"a mark for {charset[:6]}, and bytes that do not fit it ({err.reason})"
                raise refusal("garbled", where, found, "be in one character set", AS_UTF8) from None
    first = _utf16_without_mark(content)
    for charset in [first] if first else ["utf-8", *_named(received)]:
        try:
            return content.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return _detected(where, content)


def _named(received: Received) -> list[str]:
    """Return the character sets that the server and the page name, as browsers understand them."""
    in_page = NAMED.search(received.content[:NAMED_WITHIN])
    names = [received.charset] if received.charset else []
    names += [name.decode("ascii") for name in (in_page.groups() if in_page else ()) if name]
    known = []
    for name in names:
        try:
            known.append(codecs.lookup(name).name)
        except LookupError:
            continue
    # UTF-8 has been tried; a page that says UTF-16 in plain letters is not in UTF-16.
    return [AS_BROWSERS_READ.get(n, n) for n in known if not n.startswith(("utf", "idna"))]


def _utf16_without_mark(content: bytes) -> str | None:
    """Return which UTF-16 the bytes are in when they have no mark: in English every other is 0."""
    head = content[:2000]
    pairs = len(head) // 2
    if pairs < 4 or len(content) % 2:
        return None
    if head[1::2].count(0) > 0.8 * pairs and head[0::2].count(0) == 0:
        return "utf-16-le"
    if head[0::2].count(0) > 0.8 * pairs and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _detected(where: str, content: bytes) -> str:
    """Return the text by the character set that fits best, or refuse it."""
    import charset_normalizer  # noqa: PLC0415 - most input names its character set

    best = charset_normalizer.from_bytes(content, cp_isolation=CANDIDATES).best()
    if best is None:
        found = "bytes in no character set that could be made out"
        raise refusal("garbled", where, found, "be text in one character set", AS_UTF8)
    return content.decode(best.encoding)
