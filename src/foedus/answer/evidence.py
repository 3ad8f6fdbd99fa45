"""What the answer would be had one report not been there, or been wrong.

A case that was drawn from a record says of each value which entries it rests on. Without a report
its entries go, save those that other reports tell of too; and with them what rests on nothing else:
a parameter falls back to the library's range, a level that was ruled out is allowed again, a red
line is gone. The deals told of are then played anew, and beside them each with the levels that are
allowed again. Nothing is drawn from the record anew, so that parties and provisions stay the same:
the question is what the answer owes to this report, not what another case would say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from foedus.answer.possible import allows
from foedus.answer.redlines import collisions
from foedus.answer.told import HOLDS, SAME, deal_name, meets_criteria
from foedus.answer.turning import ERRORS_CLEAR, GAIN_LEAST
from foedus.answer.uncertainty_values import Dropped
from foedus.case.shelf import usual_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from foedus.answer.uncertain import Sample
    from foedus.answer.uncertainty_values import Play
    from foedus.case.values import Case, Parameter, Source
    from foedus.ids import EntryId, ReportId
    from foedus.record.values import Record
    from foedus.search.values import Deal, Flags, Floats

FUTURES = 256
"""In how many futures deals are played for each report; a power of two."""

DEALS_MOST = 128
"""How many deals are played for each report, at most."""

REPORTS_MOST = 40
"""How many reports are left out in turn, those first that most rests on: a matter of two seconds or
three, however many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Without:
    """A case without some entries: what is left of it, and what went."""

    case: Case
    parameters: tuple[str, ...]
    reopened: tuple[tuple[str, str], ...]
    red_lines: tuple[int, ...]

    @property
    def changed(self) -> bool:
        """Whether anything rested on them alone."""
        return bool(self.parameters or self.reopened or self.red_lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Played:
    """How deals do in a case: the best, its lead over today's, and whether that is clear."""

    deal: Deal
    gain: float
    clear: bool
    robustness: float


def dropped(sample: Sample, record: Record, play: Play) -> tuple[tuple[Dropped, ...], int]:
    """Return what the answer would be without each report, and how many were not looked at.

    Only reports that something in the case rests on alone are told of, those first that change
    most.
    """
    case = sample.told.sweep.case
    by_report = _entries_by_report(record)
    bearing = []
    for report, entries in by_report.items():
        left = without(case, entries)
        if left.changed:
            bearing.append((report, entries, left))
    bearing.sort(key=lambda each: -_weight(each[2]))
    today = sample.told.sweep.deals[sample.today]
    before = _play(sample, case, today, (), play)
    found = [
        _dropped(sample, before, (report, entries, left), play)
        for report, entries, left in bearing[:REPORTS_MOST]
    ]
    found.sort(
        key=lambda one: (not one.changes, one.collisions == one.collisions_before, -one.gain)
    )
    return tuple(found), max(0, len(bearing) - REPORTS_MOST)


def without(case: Case, entries: AbstractSet[EntryId]) -> _Without:
    """Return ``case`` without ``entries`` of the record, and what went with them."""
    usual = usual_values()

    def falls(source: Source) -> bool:
        return source.kind == "claim" and bool(source.refs) and set(source.refs) <= entries

    parameters = tuple(
        _usual(parameter) if falls(parameter.source) and parameter.name in usual else parameter
        for parameter in case.parameters
    )
    provisions = tuple(
        replace(p, excluded={name: why for name, why in p.excluded.items() if not falls(why)})
        for p in case.provisions
    )
    gone = tuple(i for i, line in enumerate(case.red_lines) if falls(line.source))
    return _Without(
        case=replace(
            case,
            parameters=parameters,
            provisions=provisions,
            red_lines=tuple(line for i, line in enumerate(case.red_lines) if i not in gone),
        ),
        parameters=tuple(
            old.key for old, new in zip(case.parameters, parameters, strict=True) if old != new
        ),
        reopened=tuple(
            (old.id, name)
            for old, new in zip(case.provisions, provisions, strict=True)
            for name in old.excluded
            if name not in new.excluded
        ),
        red_lines=gone,
    )


def _usual(parameter: Parameter) -> Parameter:
    distribution, source = usual_values()[parameter.name]
    return replace(parameter, distribution=distribution, source=source)


def _weight(left: _Without) -> int:
    return len(left.parameters) + len(left.reopened) + len(left.red_lines)


def _entries_by_report(record: Record) -> dict[ReportId, frozenset[EntryId]]:
    """Return for each report the entries that it alone tells of."""
    found: dict[ReportId, set[EntryId]] = {report.id: set() for report in record.reports}
    for entry, reports in _reports_of(record):
        if len(reports) == 1:
            found.setdefault(next(iter(reports)), set()).add(entry)
    return {report: frozenset(entries) for report, entries in found.items() if entries}


def _reports_of(record: Record) -> Iterator[tuple[EntryId, set[ReportId]]]:
    for event in record.events:
        yield event.id, {words.report for words in event.evidence}
    for claim in record.claims:
        yield claim.id, {claim.evidence.report}
    for position in record.positions:
        yield position.id, {words.report for words in position.evidence}
    for provision in record.provisions:
        yield provision.id, {words.report for _, _, words in provision.history}
    for unknown in record.unknowns:
        yield unknown.id, {words.report for words in unknown.evidence}


def _dropped(
    sample: Sample,
    before: _Played,
    one: tuple[ReportId, frozenset[EntryId], _Without],
    play: Play,
) -> Dropped:
    report, entries, left = one
    case = sample.told.sweep.case
    today = sample.told.sweep.deals[sample.today]
    after = _play(sample, left.case, today, left.reopened, play)
    changes = after.clear
    resting = frozenset(_refs(case)) & entries
    enough = tuple(
        entry
        for entry in sorted(resting)
        if changes and len(resting) > 1 and _alone(sample, entry, play)
    )
    return Dropped(
        report=report,
        entries=tuple(sorted(resting)),
        parameters=left.parameters,
        reopened=left.reopened,
        red_lines=left.red_lines,
        deal=after.deal if changes else today,
        name=deal_name(case, after.deal if changes else today),
        changes=changes,
        gain=after.gain if changes else 0.0,
        robustness_before=before.robustness,
        robustness=after.robustness,
        collisions_before=len(collisions(case)),
        collisions=len(collisions(left.case)),
        enough=enough,
    )


def _alone(sample: Sample, entry: EntryId, play: Play) -> bool:
    """Whether the choice changes without one entry already."""
    sweep = sample.told.sweep
    left = without(sweep.case, frozenset({entry}))
    today = sweep.deals[sample.today]
    return left.changed and _play(sample, left.case, today, left.reopened, play).clear


def _refs(case: Case) -> Iterator[EntryId]:
    """Yield every entry that something in the case rests on."""
    sources = [parameter.source for parameter in case.parameters]
    sources += [why for provision in case.provisions for why in provision.excluded.values()]
    sources += [line.source for line in case.red_lines]
    for source in sources:
        if source.kind == "claim":
            yield from source.refs  # type: ignore[misc]


def _play(
    sample: Sample, case: Case, today: Deal, reopened: Iterable[tuple[str, str]], play: Play
) -> _Played:
    """Return which deal is the choice in ``case``, in the first futures of today's seed."""
    from foedus.search.futures import draw  # noqa: PLC0415 - scipy is slow to load

    sweep = sample.told.sweep
    deals = _deals(case, [today, *sweep.deals], reopened)
    futures = draw(case, min(FUTURES, len(sweep.futures.values)), sweep.futures.seed)
    outcomes = play(case, deals, futures)
    solved = outcomes.converged
    lasting = np.where(solved, outcomes.ends[:, :, HOLDS], np.nan)
    best = _best(lasting, solved)
    lead = lasting[best] - lasting[0]
    lead = lead[np.isfinite(lead)]
    gain = float(lead.mean()) if len(lead) else 0.0
    error = float(lead.std(ddof=1)) / len(lead) ** 0.5 if len(lead) > 1 else 0.0
    clear = best != 0 and gain >= max(GAIN_LEAST, ERRORS_CLEAR * error)
    told = best if clear else 0
    robust = meets_criteria(case, outcomes)[told]
    return _Played(
        deal=deals[best],
        gain=gain,
        clear=clear,
        robustness=float(robust.sum() / max(1, solved[told].sum())),
    )


def _best(lasting: Floats, solved: Flags) -> int:
    """Return the row with the highest mean, the first of several."""
    means = np.where(solved, lasting, 0.0).sum(axis=1) / np.maximum(1, solved.sum(axis=1))
    return int(means.round(SAME).argmax())


def _deals(
    case: Case, told: Iterable[Deal], reopened: Iterable[tuple[str, str]]
) -> tuple[Deal, ...]:
    """Return the deals told of, and each with one level that is allowed again; each once."""
    base = list(dict.fromkeys(told))
    found = dict.fromkeys(base)
    for provision_id, name in reopened:
        j, provision = next((j, p) for j, p in enumerate(case.provisions) if p.id == provision_id)
        level = [one.name for one in provision.levels].index(name)
        for deal in base:
            found[(*deal[:j], level, *deal[j + 1 :])] = None
    allowed = allows(case, np.array(list(found), dtype=np.int64))
    return tuple(deal for deal, good in zip(found, allowed, strict=True) if good)[:DEALS_MOST]
