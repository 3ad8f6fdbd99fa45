"""What changed: between a record on two days, or between two drafts of a plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from foedus.record.sayings import says

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from foedus.ids import EntryId, ReportId
    from foedus.record.values import (
        ClaimEntry,
        EventEntry,
        Evidence,
        PositionEntry,
        ProvisionEntry,
        Record,
        UnknownEntry,
    )

    _Entry = EventEntry | ClaimEntry | PositionEntry | ProvisionEntry | UnknownEntry

Kind = Literal["new", "gone", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is new, gone, or says something else; what it said and says, in a line."""

    kind: Kind
    family: Literal["event", "claim", "position", "provision", "unknown"]
    id: EntryId
    before: str | None
    after: str | None
    evidence: tuple[Evidence, ...]


def differences(before: Record, after: Record) -> tuple[Difference, ...]:
    """Return what is new, gone or other in ``after``; the same events are told by their mentions.

    Of an event that was joined of two, or fell apart, the part with the earliest telling counts as
    the same.
    """
    found = [*_of_events(before.events, after.events)]
    found += _of_family("claim", before.claims, after.claims)
    found += _of_family("position", before.positions, after.positions)
    found += _of_family("provision", before.provisions, after.provisions)
    found += _of_family("unknown", before.unknowns, after.unknowns)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDifference:
    """A provision that two drafts tell differently; None where a draft does not have it."""

    provision: str
    by: str | None
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    evidence: tuple[Evidence, ...]


def draft_differences(
    record: Record, before: ReportId, after: ReportId
) -> tuple[DraftDifference, ...]:
    """Return the provisions that differ between two reports, such as two drafts of one plan."""
    told: dict[tuple[str, str | None], dict[str, list[tuple[str, Evidence]]]] = {}
    for entry in record.provisions:
        for _, status, evidence in entry.history:
            if evidence.report in {before, after}:
                drafts = told.setdefault((entry.provision, entry.by), defaultdict(list))
                drafts[evidence.report].append((status, evidence))
    found = []
    for (provision, by), drafts in told.items():
        one, two = drafts.get(before, []), drafts.get(after, [])
        statuses = [tuple(dict.fromkeys(s for s, _ in draft)) or None for draft in (one, two)]
        if statuses[0] != statuses[1]:
            found.append(
                DraftDifference(
                    provision=provision,
                    by=by,
                    before=statuses[0],
                    after=statuses[1],
                    evidence=tuple(e for _, e in (*one, *two)),
                )
            )
    return tuple(found)


def _of_events(before: Sequence[EventEntry], after: Sequence[EventEntry]) -> list[Difference]:
    old_of = {e.mention: entry for entry in reversed(before) for e in reversed(entry.evidence)}
    matched: set[str] = set()
    found = []
    for now in after:
        olds = [old_of[e.mention] for e in now.evidence if e.mention in old_of]
        was = next((old for old in olds if old.id not in matched), None)
        if was is None:
            found.append(_difference("event", None, now))
            continue
        matched.add(was.id)
        if says(was) != says(now) or was.date != now.date:
            found.append(_difference("event", was, now))
    found += [_difference("event", was, None) for was in before if was.id not in matched]
    return found


def _of_family(
    family: Literal["claim", "position", "provision", "unknown"],
    before: Iterable[_Entry],
    after: Iterable[_Entry],
) -> list[Difference]:
    old = {entry.id: entry for entry in before}
    new = {entry.id: entry for entry in after}
    found = [_difference(family, old.get(n), e) for n, e in new.items() if not _same(old.get(n), e)]
    return found + [_difference(family, e, None) for n, e in old.items() if n not in new]


def _same(one: _Entry | None, two: _Entry) -> bool:
    return one is not None and says(one) == says(two)


def _difference(
    family: Literal["event", "claim", "position", "provision", "unknown"],
    before: _Entry | None,
    after: _Entry | None,
) -> Difference:
    kind: Kind = "new" if before is None else "gone" if after is None else "changed"
    one = after or before
    assert one is not None  # noqa: S101 - one of the two is always given
    return Difference(
        kind=kind,
        family=family,
        id=one.id,
        before=None if before is None else says(before),
        after=None if after is None else says(after),
        evidence=_evidence(one),
    )


def _evidence(entry: _Entry) -> tuple[Evidence, ...]:
    history = getattr(entry, "history", None)
    if history is not None:
        return tuple(e for _, _, e in history)
    evidence = entry.evidence  # type: ignore[union-attr]
    return evidence if isinstance(evidence, tuple) else (evidence,)
