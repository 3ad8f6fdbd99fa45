"""Which war a record tells of: who attacks whom, in which reports.

A record may hold reports on several wars. The one that is drafted is the one most is told about;
entries that rest on reports of another war alone are left out.
"""

from __future__ import annotations

import difflib
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.errors import CaseError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from foedus.ids import EntryId, ReportId
    from foedus.record.values import ClaimEntry, Evidence, PositionEntry, ProvisionEntry, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Who plays which part, where a person says so; None for what the record is to tell."""

    challenger: str | None = None
    protected: str | None = None
    guarantors: tuple[str, ...] | None = None

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides of the war that are chosen."""
        return tuple(name for name in (self.challenger, self.protected) if name is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class War:
    """Two sides that fight, in the order of their names, and what is told of it.

    ``attacks`` weighs every (attacker, attacked) of the whole record, ``told`` names the events
    that tell of it; ``sides`` says whom a person or a ministry speaks for; ``reports`` are those
    that tell of this war, ``spans`` says where in them its events and positions are told.
    """

    pair: tuple[str, str]
    attacks: Mapping[tuple[str, str], float]
    told: Mapping[tuple[str, str], tuple[EntryId, ...]]
    sides: Mapping[str, str]
    reports: frozenset[ReportId]
    positions: tuple[PositionEntry, ...]
    provisions: tuple[ProvisionEntry, ...]
    claims: Mapping[ReportId, tuple[ClaimEntry, ...]]
    spans: Mapping[ReportId, tuple[tuple[int, int, EntryId], ...]]

    def side(self, name: str) -> str:
        """Return whom a person or a ministry speaks for; a state speaks for itself."""
        return self.sides.get(name, name)

    def told_by(self, evidence: Iterable[Evidence]) -> bool:
        """Whether an entry rests on a report of this war."""
        return any(words.report in self.reports for words in evidence)

    def speaker(self, words: Evidence) -> str | None:
        """Return who says ``words``, if they are a part of what somebody is said to have said."""
        for claim in self.claims.get(words.report, ()):
            if claim.evidence.start < words.end and words.start < claim.evidence.end:
                return claim.speaker
        return None

    def others(self) -> tuple[str, ...]:
        """Return who else fights somebody in the record."""
        return tuple(sorted({name for ends in self.attacks for name in ends} - set(self.pair)))


def find_war(record: Record, choice: Choice) -> War:
    """Find the war that the record tells most about, or the one between those who are chosen.

    Raises
    ------
    CaseError
        If no two sides fight each other in the record and none are chosen, or if a side that is
        chosen is nobody in it.
    """
    sides = _sides(record)
    _refuse_unknown(record, choice)
    attacks, told = _attacks(record, sides)
    pair = _pair(record, attacks, sides, choice)
    reports = _reports(record, pair, attacks, sides)
    claims: dict[ReportId, list[ClaimEntry]] = defaultdict(list)
    for claim in record.claims:
        if claim.evidence.report in reports:
            claims[claim.evidence.report].append(claim)
    return War(
        pair=pair,
        attacks=attacks,
        told=told,
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
        claims={report: tuple(claims) for report, claims in claims.items()},
        spans=_spans(record, reports),
    )


def _spans(
    record: Record, reports: frozenset[ReportId]
) -> dict[ReportId, tuple[tuple[int, int, EntryId], ...]]:
    """Return where each report tells of events and positions, events first."""
    told = [(entry.id, entry.evidence) for entry in record.events]
    told += [(entry.id, entry.evidence) for entry in record.positions]
    spans: dict[ReportId, list[tuple[int, int, EntryId]]] = defaultdict(list)
    for name, evidence in told:
        for words in evidence:
            if words.report in reports:
                spans[words.report].append((words.start, words.end, name))
    return {report: tuple(found) for report, found in spans.items()}


def known_names(record: Record) -> tuple[str, ...]:
    """Return everybody who does, says or would give something in the record, in order."""
    names = {name for event in record.events for name in (*event.actors, *event.recipients)}
    names |= {entry.actor for entry in record.positions}
    names |= {entry.by for entry in record.provisions if entry.by is not None}
    return tuple(sorted(names | {actor.name for actor in record.actors}))


def _refuse_unknown(record: Record, choice: Choice) -> None:
    """Refuse a side that the record does not know: a slip would be a case about nobody."""
    names = known_names(record)
    faults = tuple(
        Fault(
            at="",
            found=f"{name!r}, who does and says nothing in the record",
            must="be somebody whom the record names",
            do=f"Write the name as the record does: {', '.join(near) or 'see foedus record'}.",
        )
        for name in choice.sides
        if name not in names
        for near in [difflib.get_close_matches(name, names, n=3, cutoff=0.5) or list(names[:8])]
    )
    if faults:
        raise CaseError("record", faults)


def _sides(record: Record) -> dict[str, str]:
    """Return whom each name speaks for, by what most claims say, else by where it belongs."""
    belongs = {actor.name: actor.state for actor in record.actors if actor.state is not None}
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in record.claims:
        if claim.side is not None and claim.side != claim.speaker:
            said[claim.speaker][claim.side] += 1
    return belongs | {
        name: max(sorted(counts), key=counts.__getitem__) for name, counts in said.items()
    }


def named(names: Iterable[str], sides: Mapping[str, str]) -> list[str]:
    """Return the sides that ``names`` stand for, each once, in the order of their names."""
    return sorted({sides.get(name, name) for name in names})


def _attacks(
    record: Record, sides: Mapping[str, str]
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], tuple[EntryId, ...]]]:
    """Weigh who attacked whom, with the events that say so.

    Events count one, more by their size, half if they are one side's word. What is told with both
    sides as doers and as struck ("the war began") is nobody's attack, yet makes them foes.
    """
    weights: dict[tuple[str, str], float] = defaultdict(float)
    told: dict[tuple[str, str], list[EntryId]] = defaultdict(list)
    for event in record.events:
        if event.type != "ASSAULT" or event.status not in ("happened", "claimed"):
            continue
        size = max((quantity.value for quantity in event.quantities), default=0)
        weight = (1 + math.log10(1 + size)) * (1 if event.status == "happened" else 0.5)
        for actor in named(event.actors, sides):
            for recipient in named(event.recipients, sides):
                if actor != recipient:
                    weights[actor, recipient] += weight
                    told[actor, recipient].append(event.id)
    return dict(weights), {pair: tuple(ids) for pair, ids in told.items()}


def _pair(
    record: Record,
    attacks: Mapping[tuple[str, str], float],
    sides: Mapping[str, str],
    choice: Choice,
) -> tuple[str, str]:
    """Return the two sides of the war that most is told about: attacks, then what is at issue."""
    if choice.challenger is not None and choice.protected is not None:
        return _in_order(choice.challenger, choice.protected)
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for (actor, recipient), weight in attacks.items():
        if set(choice.sides) <= {actor, recipient}:
            weights[_in_order(actor, recipient)] += weight
    if not weights:
        raise CaseError("record", (_no_war(record, choice),))
    talked = Counter(sides.get(entry.actor, entry.actor) for entry in record.positions)
    talked.update(sides.get(e.by, e.by) for e in record.provisions if e.by is not None)
    told = {pair: weight + talked[pair[0]] + talked[pair[1]] for pair, weight in weights.items()}
    most = [pair for pair in sorted(told) if math.isclose(told[pair], max(told.values()))]
    if len(most) > 1:
        raise CaseError("record", (_several_wars(most),))
    return most[0]


def _several_wars(pairs: list[tuple[str, str]]) -> Fault:
    return Fault(
        at="",
        found=f"as much told of {' as of '.join(' against '.join(pair) for pair in pairs)}",
        must="tell more of one war than of any other",
        do="Name the sides of the one that is meant: foedus case draft --challenger NAME "
        "--protected NAME.",
    )


def _in_order(one: str, other: str) -> tuple[str, str]:
    return min(one, other), max(one, other)


def _no_war(record: Record, choice: Choice) -> Fault:
    assaults = sum(event.type == "ASSAULT" for event in record.events)
    whose = f" by or on {' and '.join(choice.sides)}" if choice.sides else ""
    sides = named((e.actor for e in record.positions), _sides(record))
    talkers = f" Of these the record tells positions: {', '.join(sides)}." if sides else ""
    return Fault(
        at="",
        found=(
            f"{len(record.reports)} reports with {len(record.events)} events, {assaults} of them "
            f"attacks, none by one named side on another{whose}"
        ),
        must="tell of two sides that fight each other",
        do="Add a report that says who attacked whom, or name both sides: foedus case draft "
        f"--challenger NAME --protected NAME.{talkers}",
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
