"""Reports that come as JSON, one object a line (JSON Lines): their ``text``, and what is known.

Beside ``text`` an object may hold ``title``, ``outlet``, ``author``, ``source``, ``url`` and
``published``; other fields are left alone.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import TYPE_CHECKING, Any

from foedus.errors import Fault, ReportError
from foedus.ids import ReportId, digest
from foedus.report.about import About
from foedus.report.dates import stated_day
from foedus.report.lines import squeezed
from foedus.report.received import MAX_BYTES, megabytes
from foedus.report.refusal import refusal
from foedus.report.values import Raw, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.report.expanding import Expanded

WRONG_AT_MOST = 3  # lines at the beginning of a file before it is taken for something else
FIELDS = ("title", "outlet", "author", "source", "url", "published")
DO = "Write one JSON object a line, with the report's words as its text."


def looks_like_jsonl(begin: str) -> bool:
    """Say whether a file that begins so holds JSON Lines.

    Examples
    --------
    >>> looks_like_jsonl(' {"text": "Talks'), looks_like_jsonl("{Talks} began.")
    (True, False)
    """
    rest = begin.lstrip("\ufeff \t\r\n")
    return rest.startswith("{") and rest[1:].lstrip()[:1] in {'"', "}"}


def raws_in(stream: Expanded, source: str) -> Iterator[Raw | Skipped]:
    """Yield the reports of a file of JSON Lines, and what is wrong with the other lines.

    A file whose first lines are no reports is something else, and is told and left alone.
    """
    begun, wrong = False, 0
    for line, where in _lines_in(stream, source):
        try:
            yield _raw_of(line, where)
            begun = True
        except ReportError as error:
            yield Skipped(error=error)
            wrong += 1
        if wrong == WRONG_AT_MOST and not begun:
            found = f"JSON without reports in its first {WRONG_AT_MOST} lines"
            yield Skipped(error=refusal("another kind", source, found, "hold reports", DO))
            return
    if stream.fault is not None:
        yield Skipped(error=stream.fault)


def _lines_in(stream: Expanded, source: str) -> Iterator[tuple[bytes, str]]:
    """Yield the lines that are not blank, each with its name; of one too long, its beginning."""
    lines = io.BufferedReader(stream, buffer_size=1 << 16)
    number = 0
    while line := lines.readline(MAX_BYTES + 1):
        number += 1
        if line.strip():
            yield line, f"{source}#{number}"
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = lines.readline(MAX_BYTES + 1)


def _raw_of(line: bytes, where: str) -> Raw:
    """Return the report of one line."""
    if len(line) > MAX_BYTES:
        must = f"be at most {megabytes(MAX_BYTES)}"
        raise refusal("too large", where, "a line of more", must, DO)
    try:
        told = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as err:
        found = f"what is no JSON in UTF-8 ({err})"
        raise refusal("broken line", where, found, "be a JSON object", DO) from None
    if not isinstance(told, dict):
        raise refusal("broken line", where, "JSON of another kind", "be a JSON object", DO)
    text = told.get("text")
    faults = [_fault("text", text, "be words")] if not isinstance(text, str) else []
    faults += [
        _fault(name, told[name], "be words")
        for name in FIELDS
        if not isinstance(told.get(name), str | None)
    ]
    day = _day_of(told.get("published"))
    if told.get("published") and day is None and not faults:
        faults.append(_fault("published", told["published"], "be a day as 2031-03-14"))
    if faults or not isinstance(text, str):
        raise ReportError(where, tuple(faults))
    if not text.strip():
        raise refusal("empty", where, "a text without words", "hold a report", DO)
    said = {name: squeezed(told.get(name) or "") or None for name in FIELDS}
    about = About(
        title=said["title"],
        outlet=said["outlet"],
        author=said["author"],
        published=day,
        published_from="page" if day else "unknown",
        url=said["url"],
    )
    text = _mended(text)
    return Raw(
        source=said["source"] or where,
        text=text.replace("\r\n", "\n").replace("\r", "\n"),
        kind="text",
        id=ReportId(digest(text)),
        given=about,
        url=said["url"],
    )


def _fault(name: str, found: object, must: str) -> Fault:
    """Return what is wrong with a field."""
    shown = repr(found) if found is not None else "missing"
    return Fault(at=name, found=shown[:80], must=must, do=DO, reason="broken line")


def _day_of(value: Any) -> dt.date | None:  # noqa: ANN401 - JSON as it comes
    """Return the day that a field names, as an ISO day or time, or in words."""
    if not isinstance(value, str):
        return None
    try:
        return dt.datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return stated_day(value)


def _mended(text: str) -> str:
    """Return a text without halves of signs, which JSON can spell and no encoding can write."""
    return text.encode("utf-8", "replace").decode("utf-8")
