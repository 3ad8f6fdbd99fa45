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
    from collections.abc import Sequence

    from foedus.record.changes import Change, Family
    from foedus.record.known import Known
    from foedus.record.values import Correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """The outlets, and for each name the one that stands for those that are one source with it."""

    entries: tuple[OutletEntry, ...]
    names: dict[str, str]

    def one(self, name: str) -> str:
        """Return the name that stands for an outlet and all that are one source with it."""
        return self.names.get(name, name)


def outlets(known: Sequence[Known], changes: Sequence[Change]) -> Outlets:
    """Return the outlets of some reports. ``changes`` are those in force, oldest first."""
    reports: dict[str, set[str]] = defaultdict(set)
    for one in known:
        if one.report.outlet is not None:
            reports[one.report.outlet].add(one.report.id)
    told = told_of("outlet", changes).corrections
    said = [
        (
            change.kind == "split",
            [t.name for t in change.targets if t.family == "outlet" and not t.side and t.name],
            [t.name for t in change.targets if t.family == "outlet" and t.side and t.name],
        )
        for change in changes
        if change.kind in {"merge", "split"}
    ]
    lots, _ = settled(said)
    lot_of = {name: lot for lot in lots for name in lot}
    by_key: dict[str, str] = {}
    names = {}
    for name in sorted({*reports, *lot_of}):
        same = by_key.setdefault(key(name), name)  # "The Post" and "the post" are one name
        names[name] = min(lot_of.get(name, lot_of.get(same, [same])))
    entries = tuple(
        OutletEntry(
            id=entry_id("o", key(name)),
            name=name,
            one_source_with=tuple(n for n in names if names[n] == names[name] and n != name),
            reports=len(reports[name]),
            corrections=tuple(told.get(name, ())),
        )
        for name in sorted(reports)
    )
    return Outlets(entries=entries, names=names)


def told_of(family: Family, changes: Sequence[Change]) -> ToldOfNames:
    """Return what people have said of each actor or outlet, by name."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for change in changes:
        for target in change.targets:
            if target.family == family and target.name is not None:
                found[target.name].append(correction(change))
    return ToldOfNames(corrections={name: tuple(made) for name, made in found.items()})
