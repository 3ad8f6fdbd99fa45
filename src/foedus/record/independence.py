"""Which reports count as one source: the same outlet, outlets that are one, wire copies.

Two reports that share most of their wording are one source however many print it. Copies are found
without comparing all with all: only reports that have a sampled run of words in common are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from foedus.record.known import Known

COPIED = 0.7
"""From this share of the shorter report's sample being in the longer one's, it is a copy: wire
copies lose or gain a paragraph, and reports of one event by two hands share next to nothing."""

SAMPLE_LEAST = 4
"""Runs of words in a sample, without which nothing can be said."""

_ALL_PAIRS_MOST = 40
"""Where more reports than this hold a run of words, each is compared with the one before alone, so
that a set phrase in every report costs no more than their number."""


def with_source_groups(
    known: Sequence[Known], outlet_of: Callable[[str], str]
) -> tuple[Known, ...]:
    """Return the reports, each with the first report of those that are one source with it.

    Parameters
    ----------
    known
        In the order of their days.
    outlet_of
        Gives outlets that are declared to be one source one name.
    """
    first = list(range(len(known)))

    def root(n: int) -> int:
        while first[n] != n:
            first[n] = first[first[n]]
            n = first[n]
        return n

    for one, two in [*_same_outlet(known, outlet_of), *copies([k.sketch for k in known])]:
        low, high = sorted((root(one), root(two)))
        first[high] = low
    return tuple(
        replace(k, report=replace(k.report, source_group=known[root(n)].report.id))
        for n, k in enumerate(known)
    )


def copies(sketches: Sequence[frozenset[int]]) -> Iterable[tuple[int, int]]:
    """Yield the pairs of reports of which one is mostly in the other, by their samples."""
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


def _same_outlet(
    known: Sequence[Known], outlet_of: Callable[[str], str]
) -> Iterable[tuple[int, int]]:
    seen: dict[str, int] = {}
    for n, one in enumerate(known):
        if one.report.outlet is not None:
            yield seen.setdefault(outlet_of(one.report.outlet), n), n
