"""Which war a record tells of: who attacks whom, in which reports.

A record may hold reports on several wars. The one that is drafted is the one most is told about;
entries that rest on reports of another war alone are left out.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.errors import CaseError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from foedus.ids import ReportId
    from foedus.record.values import Evidence, PositionEntry, ProvisionEntry, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class War:
    """Two sides that fight, in the order of their names, and what is told of it.

    ``attacks`` weighs every (attacker, attacked) of the whole record; ``sides`` says whom a person
    or a ministry speaks for; ``reports`` are those that tell of this war.
    """

    pair: tuple[str, str]
    attacks: Mapping[tuple[str, str], float]
    sides: Mapping[str, str]
    reports: frozenset[ReportId]
    positions: tuple[PositionEntry, ...]
    provisions: tuple[ProvisionEntry, ...]

    def side(self, name: str) -> str:
        """Return whom a person or a ministry speaks for; a state speaks for itself."""
        return self.sides.get(name, name)

    def told_by(self, evidence: Iterable[Evidence]) -> bool:
        """Whether an entry rests on a report of this war."""
        return any(words.report in self.reports for words in evidence)

    def others(self) -> tuple[str, ...]:
        """Return who else fights somebody in the record."""
        return tuple(sorted({name for ends in self.attacks for name in ends} - set(self.pair)))


def find_war(record: Record) -> War:
    """Find the war that the record tells most about.

    Raises
    ------
    CaseError
        If no two sides fight each other in the record.
    """
    sides = _sides(record)
    attacks = _attacks(record, sides)
    pair = _pair(record, attacks, sides)
    reports = _reports(record, pair, attacks, sides)
    return War(
        pair=pair,
        attacks=attacks,
        sides=sides,
        reports=reports,
        positions=tuple(
            entry
            for entry in record.positions
            if any(words.report in reports for words in entry.evidence)
        ),
        provisions=tuple(
            entry
            for entry in record.provisions
            if any(words.report in reports for _, _, words in entry.history)
        ),
    )


def _sides(record: Record) -> dict[str, str]:
    """Return whom each speaker of the record speaks for, by what most claims say."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in record.claims:
        if claim.side is not None and claim.side != claim.speaker:
            said[claim.speaker][claim.side] += 1
    return {name: max(sorted(counts), key=counts.__getitem__) for name, counts in said.items()}


def named(names: Iterable[str], sides: Mapping[str, str]) -> list[str]:
    """Return the sides that ``names`` stand for, each once, in the order of their names."""
    return sorted({sides.get(name, name) for name in names})


def _attacks(record: Record, sides: Mapping[str, str]) -> dict[tuple[str, str], float]:
    """Weigh who attacked whom: events count one, more by their size, less if one side's word."""
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for event in record.events:
        if event.type != "ASSAULT" or event.status not in ("happened", "claimed"):
            continue
        size = max((quantity.value for quantity in event.quantities), default=0)
        weight = (1 + math.log10(1 + size)) * (1 if event.status == "happened" else 0.5)
        for actor in named(event.actors, sides):
            for recipient in named(event.recipients, sides):
                if actor != recipient:
                    weights[actor, recipient] += weight
    return dict(weights)


def _pair(
    record: Record, attacks: Mapping[tuple[str, str], float], sides: Mapping[str, str]
) -> tuple[str, str]:
    """Return the two sides of the war that most is told about: attacks, then what is at issue."""
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for (actor, recipient), weight in attacks.items():
        weights[min(actor, recipient), max(actor, recipient)] += weight
    if not weights:
        raise CaseError("record", (_no_war(record),))
    talked = Counter(sides.get(entry.actor, entry.actor) for entry in record.positions)
    talked.update(sides.get(e.by, e.by) for e in record.provisions if e.by is not None)
    return min(weights, key=lambda pair: (-weights[pair] - talked[pair[0]] - talked[pair[1]], pair))


def _no_war(record: Record) -> Fault:
    assaults = sum(event.type == "ASSAULT" for event in record.events)
    return Fault(
        at="",
        found=(
            f"{len(record.reports)} reports with {len(record.events)} events, {assaults} of them "
            "attacks, none by one named side on another"
        ),
        must="tell of two sides that fight each other",
        do="Add a report that says who attacked whom, or write a case by hand: the shipped cases "
        "show how.",
    )


def _reports(
    record: Record,
    pair: tuple[str, str],
    attacks: Mapping[tuple[str, str], float],
    sides: Mapping[str, str],
) -> frozenset[ReportId]:
    """Return the reports that name both sides, or one of them and none of its other foes."""
    told: dict[ReportId, set[str]] = defaultdict(set)
    for event in record.events:
        for words in event.evidence:
            told[words.report].update(named((*event.actors, *event.recipients), sides))
    for position in record.positions:
        for words in position.evidence:
            told[words.report].add(sides.get(position.actor, position.actor))
    for provision in record.provisions:
        for _, _, words in provision.history:
            told[words.report].update(named([provision.by] if provision.by else [], sides))
    foes = {name for ends in attacks if set(ends) & set(pair) for name in ends} - set(pair)
    return frozenset(
        report
        for report, names in told.items()
        if names >= set(pair) or (names & set(pair) and not names & foes)
    )
