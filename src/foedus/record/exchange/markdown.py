"""A dossier as Markdown in which no word of a report is ever taken for markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.record.exchange.told import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.record.exchange.dossier import Dossier, Line, Section

_MARKUP = re.compile(r"[\\`*_\[\]<>#|~&$@!^]|:(?=//|[a-z_]\w*:)|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"(\d*)([-+=.):])")

_ADDRESS = re.compile(r"https?://[!-;=?-~]+", re.IGNORECASE)
"""An address in plain characters, without the brackets that end a link."""


def escaped(text: str) -> str:
    r"""Return text that Markdown shows as it is, wherever in a line it stands.

    Examples
    --------
    >>> print(escaped("1. *Peace* <now> [x](y)"))
    1\. \*Peace\* \<now\> \[x\](y)
    """
    line = printable(text)
    safe = _MARKUP.sub(lambda found: f"\\{found[0]}", line)
    return _AT_START.sub(r"\1\\\2", safe, count=1) if _AT_START.match(safe) else safe


def markdown(dossier: Dossier) -> Iterator[str]:
    """Yield the lines of a dossier."""
    yield f"# {escaped(dossier.title)}\n\n"
    for name, value in dossier.facts:
        yield f"- **{escaped(name)}:** {escaped(value)}\n"
    yield "\n## Sources\n\n"
    for source in dossier.sources:
        url = f"; {_link(source.url)}" if source.url else ""
        yield f"{source.number}. {escaped(source.text)}{url}\n"
    if not dossier.sources:
        yield "There are none.\n"
    for section in dossier.sections:
        yield from _section(section)


def _link(url: str) -> str:
    """Return an address that can be followed, where it is one of the web and nothing else."""
    return f"<{url}>" if _ADDRESS.fullmatch(url) else escaped(url)


def _section(section: Section) -> Iterator[str]:
    yield f"\n## {escaped(section.title)}\n\n"
    for line in section.lines:
        yield from _line(line)
    if not section.lines:
        yield f"{escaped(section.none)}\n"


def _line(line: Line) -> Iterator[str]:
    yield f"- {escaped(line.text)}{_numbers(line.sources)}\n"
    for quote in line.quotes:
        about = escaped(quote.about)
        words = f"“{escaped(quote.words)}”" if quote.words else ""
        told = ": ".join(part for part in (about, words) if part)
        yield f"    - {told}{_numbers((quote.source,))}\n"


def _numbers(sources: tuple[int, ...]) -> str:
    return "".join(f" \\[{n}\\]" for n in sources)
