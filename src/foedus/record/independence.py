"""Which reports of one thing count as one source: the same outlet, outlets that are one, copies.

A report that shares most of its wording with an earlier one on the same thing is a wire copy and
counts as the source of that one, however many print it. Only the reports of one entry are held
against each other: that one outlet has once printed another's words does not make all that the two
ever write one source. Copies are found without comparing all with all: only reports that have a
sampled run of words in common are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from foedus.ids import ReportId
    from foedus.record.values import ReportEntry

COPIED = 0.7
"""From this share of the shorter report's sample being in the longer one's, it is a copy: wire
copies lose or gain a paragraph, and reports of one event by two hands share next to nothing."""

SAMPLE_LEAST = 4
"""Runs of words in a sample, without which nothing can be said."""

_ALL_PAIRS_MOST = 40
"""Where more reports than this hold a run of words, each is compared with the one before alone, so
that a set phrase in every report costs no more than their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Who prints a report, and its wording.

    ``outlet`` is the one name of the outlet and of all that are one source with it; None when the
    report names none. ``sketch`` stands for the wording, see `foedus.record.wording`.
    """

    report: ReportId
    outlet: str | None
    sketch: frozenset[int]


def printed(report: ReportEntry, sketch: frozenset[int], one: Callable[[str], str]) -> Printed:
    """Return who prints a report; ``one`` gives outlets that are one source one name."""
    outlet = None if report.outlet is None else one(report.outlet)
    return Printed(report=report.id, outlet=outlet, sketch=sketch)


def sources(reports: Sequence[Printed]) -> list[str]:
    """Return for each report what its source is called: the same for those that are one source.

    The reports are those of one entry, in the order of their days. A copy of several has the source
    of the first of them.
    """
    first = list(range(len(reports)))
    for one, two in copies([r.sketch for r in reports]):
        first[two] = min(first[two], one)
    named: list[str] = []
    for n, report in enumerate(reports):
        own = report.report if report.outlet is None else report.outlet
        named.append(own if first[n] == n else named[first[n]])
    return named


def independent(reports: Iterable[Printed]) -> int:
    """Return how many independent sources some reports of one entry have."""
    distinct = {report.report: report for report in reports}
    return len(set(sources(list(distinct.values()))))


def copies(sketches: Sequence[frozenset[int]]) -> Iterable[tuple[int, int]]:
    """Yield the pairs of reports of which one is mostly in the other, by their samples."""
    if len(sketches) < 2:  # most things are told once
        return
    holding: dict[int, list[int]] = defaultdict(list)
    for n, sketch in enumerate(sketches):
        if len(sketch) >= SAMPLE_LEAST:
            for run in sketch:
                holding[run].append(n)
    common: Counter[tuple[int, int]] = Counter()
    for reports in holding.values():
        if len(reports) <= _ALL_PAIRS_MOST:
            common.update(combinations(reports, 2))
        else:
            common.update(pairwise(reports))
    for (a, b), shared in common.items():
        if shared >= COPIED * min(len(sketches[a]), len(sketches[b])):
            yield a, b
