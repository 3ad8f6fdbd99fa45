"""Where every entry comes from: one number for each span of text, the same in every rendering.

The spans are numbered by report and then by their place in it, so that the numbers rise as a
reader goes down a report, and ``[7]`` on a terminal is ``[7]`` on the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.record.values import Evidence, Record, ReportEntry

    Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The numbered spans of a record.

    Parameters
    ----------
    spans
        The evidence by its number: number 1 first.
    numbers
        The number of each place (report, start, end).
    entries
        The numbers behind each entry of the record, by the entry's id.
    reports
        The reports by their ids, in the order of the record.
    """

    spans: tuple[Evidence, ...]
    numbers: dict[Place, int]
    entries: dict[str, tuple[int, ...]]
    reports: dict[str, ReportEntry]

    def of(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        """Return the numbers of some evidence, rising, each once."""
        return tuple(sorted({self.numbers[_place(e)] for e in evidence}))

    def in_report(self, report: str) -> tuple[tuple[int, Evidence], ...]:
        """Return the numbered spans of one report in the order of its text."""
        return tuple((n, e) for n, e in enumerate(self.spans, 1) if e.report == report)


def number(record: Record) -> Sources:
    """Give every span of text that an entry of the record rests on its number."""
    rank = {report.id: i for i, report in enumerate(record.reports)}
    by_entry = {entry: tuple(evidence) for entry, evidence in _entries(record)}
    found = {_place(e): e for evidence in by_entry.values() for e in evidence}
    spans = sorted(found.values(), key=lambda e: (rank.get(e.report, len(rank)), e.start, e.end))
    numbers = {_place(e): n for n, e in enumerate(spans, 1)}
    return Sources(
        spans=tuple(spans),
        numbers=numbers,
        entries={
            entry: tuple(sorted({numbers[_place(e)] for e in evidence}))
            for entry, evidence in by_entry.items()
        },
        reports={report.id: report for report in record.reports},
    )


def name_of(report: ReportEntry) -> str:
    """Return what a reader knows a report by: its title, else the file or address it came from."""
    return report.title or report.source


def _place(evidence: Evidence) -> Place:
    return (evidence.report, evidence.start, evidence.end)


def _entries(record: Record) -> Iterator[tuple[str, Iterable[Evidence]]]:
    """Yield every entry's id with all the evidence it rests on."""
    for event in record.events:
        yield event.id, event.evidence
    for claim in record.claims:
        yield claim.id, (claim.evidence,)
    for position in record.positions:
        yield position.id, position.evidence
    for provision in record.provisions:
        yield provision.id, [evidence for _, _, evidence in provision.history]
    for unknown in record.unknowns:
        yield unknown.id, unknown.evidence
