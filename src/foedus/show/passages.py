"""The text of a report in pieces, so that the words an entry rests on can be marked.

Spans may overlap and may cross from one paragraph into the next; a piece is a stretch over which
neither changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.record.values import Evidence, ReportEntry
    from foedus.show.sources import Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text, the numbers of the spans it lies in, and of those that begin with it."""

    text: str
    inside: tuple[int, ...]
    begins: tuple[int, ...]


def passages(report: ReportEntry, sources: Sources) -> list[list[Piece]]:
    """Return the paragraphs of a report, each as its pieces; together they are the text."""
    spans = sources.in_report(report.id)
    paragraphs: list[list[Piece]] = []
    start = 0
    for paragraph in report.text.split("\n"):
        end = start + len(paragraph)
        if paragraph.strip():
            paragraphs.append(_pieces(report.text, (start, end), spans))
        start = end + 1
    return paragraphs


def _pieces(
    text: str, bounds: tuple[int, int], spans: tuple[tuple[int, Evidence], ...]
) -> list[Piece]:
    first, last = bounds
    here = [(n, e) for n, e in spans if e.start < last and e.end > first]
    edges = {first, last} | {edge for _, e in here for edge in (e.start, e.end)}
    cuts = sorted(edge for edge in edges if first <= edge <= last)
    return [
        Piece(
            text=text[start:end],
            inside=tuple(n for n, e in here if e.start <= start and end <= e.end),
            begins=tuple(n for n, e in here if e.start == start),
        )
        for start, end in pairwise(cuts)
    ]
