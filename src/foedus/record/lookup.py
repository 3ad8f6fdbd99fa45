"""Find what a person means by an id or a name, and tell ids apart in few letters.

``m-`` is a mention: what one report says at one place. ``e- c- p- v- u-`` are entries (events,
claims, positions, provisions, unknowns) and stand for all their mentions; ``a-`` and ``o-`` are
actors and outlets, a report has bare digits; these go by their names too. As with commits, the
first digits will do while it is plain which is meant.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.errors import Fault, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.ids import EntryId
    from foedus.record.changes import Family
    from foedus.record.known import Attested, Known
    from foedus.record.snapshot import Drawn
    from foedus.record.values import ActorEntry, Evidence, OutletEntry, Record, ReportEntry

SHORT = 6
"""Digits of an id that are shown, unless more are needed."""

_LEAST = 3
"""Digits that must be given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A mention, and the report it stands in."""

    family: Family
    known: Known
    attested: Attested[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an id or a name means: mentions, or a report, an actor or an outlet."""

    id: str
    places: tuple[Place, ...] = ()
    report: ReportEntry | None = None
    actor: ActorEntry | None = None
    outlet: OutletEntry | None = None

    @property
    def family(self) -> Family:
        """Return what kind of thing it is."""
        if self.report is not None:
            return "report"
        if self.actor is not None:
            return "actor"
        return "outlet" if self.outlet is not None else self.places[0].family


class Index:
    """All ids and names of a record, as they stand."""

    def __init__(self, drawn: Drawn) -> None:
        self._places: dict[str, Place] = {}
        self._twins: dict[tuple[Any, ...], list[EntryId]] = defaultdict(list)
        self._mentions_of: dict[str, list[str]] = defaultdict(list)
        self._things: dict[str, Found] = {}
        self._names: dict[str, list[str]] = defaultdict(list)
        for known in drawn.knowledge.known:
            self._take_mentions(known)
        self._take_entries(drawn.record)
        self._take_things(drawn.record)

    def _take_mentions(self, known: Known) -> None:
        for family, attested in known.families():
            for one in attested:
                self._places[one.id] = Place(family=family, known=known, attested=one)
                if not one.rejected:
                    self._twins[known.report.id, family, one.mention].append(one.id)

    def _take_entries(self, record: Record) -> None:
        for event in record.events:
            self._take(event.id, event.evidence)
        for position in record.positions:
            self._take(position.id, position.evidence)
        for unknown in record.unknowns:
            self._take(unknown.id, unknown.evidence)
        for provision in record.provisions:
            self._take(provision.id, [e for _, _, e in provision.history])
        for claim in record.claims:
            self._take(claim.id, [claim.evidence])

    def _take_things(self, record: Record) -> None:
        for report in record.reports:
            self._things[report.id] = Found(id=report.id, report=report)
            for source in (report.source, *report.mirrors):
                self._names[source.casefold()].append(report.id)
        for actor in record.actors:
            self._things[actor.id] = Found(id=actor.id, actor=actor)
            for name in (actor.name, *actor.aliases):
                self._names[name.casefold()].append(actor.id)
        for outlet in record.outlets:
            self._things[outlet.id] = Found(id=outlet.id, outlet=outlet)
            self._names[outlet.name.casefold()].append(outlet.id)

    def _take(self, entry: str, evidence: Iterable[Evidence]) -> None:
        """Take an entry's mentions, with others that say the same at the same place."""
        for mention in (e.mention for e in evidence):
            if mention is None:
                continue
            place = self._places[mention]
            key = (place.known.report.id, place.family, place.attested.mention)
            twins = [mention] if place.family == "event" else self._twins[key]
            self._mentions_of[entry] += [t for t in twins if t not in self._mentions_of[entry]]

    def find(self, said: str) -> Found:
        """Return what an id, the beginning of one, or a name means.

        Raises
        ------
        RecordError
            When nothing or more than one thing is meant; names what is near.
        """
        wanted = said.strip()
        ids = self._names.get(wanted.casefold()) or self._beginning(wanted)
        if len(ids) == 1:
            return self._thing(ids[0])
        raise self._not_one(said, ids)

    def shorten(self) -> dict[str, str]:
        """Return the id to show for each id: six digits, or as many as tell it from all others."""
        every = sorted(self._every())
        shown = {}
        for n, name in enumerate(every):
            beside = [every[m] for m in (n - 1, n + 1) if 0 <= m < len(every)]
            prefix = 2 if name[1:2] == "-" else 0
            size = prefix + SHORT
            while size < len(name) and any(b[:size] == name[:size] for b in beside):
                size += 1
            shown[name] = name[:size]
        return shown

    def entry_of(self, mention: str) -> tuple[str, ...]:
        """Return the ids of the entries that a mention is in."""
        return tuple(e for e, mentions in self._mentions_of.items() if mention in mentions)

    def _every(self) -> Iterable[str]:
        return {*self._places, *self._mentions_of, *self._things}

    def _beginning(self, wanted: str) -> list[str]:
        digits = wanted[2:] if wanted[1:2] == "-" else wanted
        if len(digits) < _LEAST:
            return []
        return sorted(name for name in self._every() if name.startswith(wanted.lower()))

    def _thing(self, name: str) -> Found:
        if name in self._things:
            return self._things[name]
        mentions = self._mentions_of.get(name, [name])
        return Found(id=name, places=tuple(self._places[m] for m in mentions))

    def _not_one(self, said: str, ids: list[str]) -> RecordError:
        if ids:
            shown = ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")
            fault = Fault(
                at="id",
                found=f"{said!r}, which {len(ids)} ids or names begin with or are",
                must="mean one thing",
                do=f"Give more of it: {shown}.",
            )
        else:
            near = self._near(said)
            shown = "`foedus record timeline` and `foedus record actors` show ids."
            do = f"Near it: {', '.join(near)}." if near else shown
            fault = Fault(
                at="id", found=repr(said), must="be an id or a name in this record", do=do
            )
        return RecordError("record", (fault,))

    def _near(self, said: str) -> list[str]:
        shown = self.shorten()
        names = {name: self._called(ids[0]) for name, ids in self._names.items()}
        words = difflib.get_close_matches(said.casefold(), names, n=3, cutoff=0.6)
        told = [names[word] for word in words]
        size = len(said)
        ids = {shown[name][: max(size, SHORT)]: shown[name] for name in self._every()}
        near = difflib.get_close_matches(said.lower(), sorted(ids), n=3, cutoff=0.7)
        return [*dict.fromkeys(told), *(ids[n] for n in near)]

    def _called(self, name: str) -> str:
        thing = self._things[name]
        if thing.actor is not None:
            return thing.actor.name
        return thing.outlet.name if thing.outlet is not None else name
