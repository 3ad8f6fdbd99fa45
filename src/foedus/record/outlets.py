"""Who prints: the outlets of the reports, and which of them people have declared to be one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.ids import entry_id
from foedus.reading.knowledge import key
from foedus.record.actors import ToldOfNames
from foedus.record.known import correction
from foedus.record.links import settled
from foedus.record.values import OutletEntry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from foedus.record.changes import Change, Family
    from foedus.record.known import Known
    from foedus.record.values import Correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """The outlets, and for the key of each name the one of those that are one source with it."""

    entries: tuple[OutletEntry, ...]
    leaders: dict[str, str]

    def one(self, name: str) -> str:
        """Return the name that stands for an outlet and all that are one source with it.

        "The Post" and "the post" are one name.
        """
        plain = key(name)
        return self.leaders.get(plain, plain)


def outlets(known: Sequence[Known], changes: Sequence[Change]) -> Outlets:
    """Return the outlets of some reports. ``changes`` are those in force, oldest first."""
    reports: dict[str, set[str]] = defaultdict(set)
    for one in known:
        if one.report.outlet is not None:
            reports[one.report.outlet].add(one.report.id)
    return Outlets(
        entries=outlet_entries({name: len(of) for name, of in reports.items()}, changes),
        leaders=one_source(changes),
    )


def outlet_entries(
    reports: Mapping[str, int], changes: Sequence[Change]
) -> tuple[OutletEntry, ...]:
    """Return the outlets, each of so many reports, with those that people say are one with it."""
    told = told_of("outlet", changes).corrections
    leaders = one_source(changes)
    by_leader: dict[str, list[str]] = defaultdict(list)
    for name in sorted({*reports, *_named(changes)}):
        by_leader[leaders.get(key(name), key(name))].append(name)
    return tuple(
        OutletEntry(
            id=entry_id("o", key(name)),
            name=name,
            one_source_with=tuple(n for n in same if n != name),
            reports=reports[name],
            corrections=tuple(told.get(name, ())),
        )
        for name in sorted(reports)
        for same in [by_leader[leaders.get(key(name), key(name))]]
    )


def one_source(changes: Sequence[Change]) -> dict[str, str]:
    """Return, by the keys of their names, one name for outlets that people say are one source."""
    said = [
        (
            change.kind == "split",
            [key(name) for name in _outlets(change, 0)],
            [key(name) for name in _outlets(change, 1)],
        )
        for change in changes
        if change.kind in {"merge", "split"}
    ]
    lots, _ = settled(said)
    return {name: min(lot) for lot in lots for name in lot}


def _named(changes: Sequence[Change]) -> set[str]:
    return {n for c in changes if c.kind == "merge" for n in _outlets(c, 0)}


def _outlets(change: Change, side: int) -> list[str]:
    return [t.name for t in change.targets if t.family == "outlet" and t.side == side and t.name]


def told_of(family: Family, changes: Sequence[Change]) -> ToldOfNames:
    """Return what people have said of each actor or outlet, by name."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for change in changes:
        for target in change.targets:
            if target.family == family and target.name is not None:
                found[target.name].append(correction(change))
    return ToldOfNames(corrections={name: tuple(made) for name, made in found.items()})
