"""The reports known on a day and their mentions, as people have corrected them.

What a person changed is laid over what was read, never written into it. A change finds its mention
by the report, the family and the span; where another version of the reader has read the report
since, by the quoted words and the mention that covers most of them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from foedus.errors import RecordError
from foedus.ids import entry_id
from foedus.record.datasets import latest_editions
from foedus.record.fields import corrected, shown
from foedus.record.values import Correction, Evidence, ReportEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from foedus.ids import EntryId
    from foedus.reading.values import Claim, Event, Position, ProvisionMention, Span, Unknown
    from foedus.record.changes import Change, Family, Target
    from foedus.record.rows import Reading
    from foedus.report.values import Report

M_co = TypeVar("M_co", covariant=True)

_LEAST_COVER = 0.5
"""The share of a span that another has to cover to be taken for the same mention."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested(Generic[M_co]):
    """A mention as it stands: what was read, what people changed, and the words it rests on.

    ``read`` is what the machine read and ``mention`` what counts. One that was ``rejected`` does
    not count; it is kept so that the rejection can be undone.
    """

    id: EntryId
    read: M_co
    mention: M_co
    evidence: Evidence
    corrections: tuple[Correction, ...] = ()
    rejected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A report that is known, and all that was read in it, each family in the order of reading."""

    report: ReportEntry
    text_hash: str
    sketch: frozenset[int]
    events: tuple[Attested[Event], ...]
    claims: tuple[Attested[Claim], ...]
    positions: tuple[Attested[Position], ...]
    provisions: tuple[Attested[ProvisionMention], ...]
    unknowns: tuple[Attested[Unknown], ...]

    def families(self) -> Iterator[tuple[Family, tuple[Attested[Any], ...]]]:
        """Yield each family's name with its mentions."""
        yield "event", self.events
        yield "claim", self.claims
        yield "position", self.positions
        yield "provision", self.provisions
        yield "unknown", self.unknowns


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That a person has said two lots of mentions to be one event, or (``apart``) not to be."""

    correction: Correction
    apart: bool
    ones: tuple[EntryId, ...]
    others: tuple[EntryId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """All that was known on a day, before anything is joined.

    ``orphans`` are changes whose mention is no longer read where they found it.
    """

    known: tuple[Known, ...]
    links: tuple[Link, ...]
    orphans: tuple[Correction, ...]


def rank(published: dt.date | None, source: str) -> tuple[bool, dt.date, str]:
    """Return what copies of a text are ordered by; the first is the one to show.

    A copy whose day is known comes before one whose day is not, the earliest first: that is when
    the text became known.
    """
    return published is None, published or dt.date.max, source


def correction(change: Change, **more: str | None) -> Correction:
    """Return what a change is called where it is shown."""
    return Correction(
        number=change.number,
        kind=change.kind,
        by=change.by,
        at=change.at,
        field=change.field,
        now=change.value,
        why=change.why,
        **more,  # type: ignore[arg-type]
    )


def know(
    readings: Iterable[Reading], changes: Sequence[Change], as_of: dt.date | None
) -> Knowledge:
    """Return the reports known at the end of a day with their mentions, all of them when None.

    ``changes`` are those in force, oldest first. Reports come in the order of their days, those
    without a day first, so that what later days add always comes after.
    """
    copies: dict[str, list[Reading]] = defaultdict(list)
    for reading in latest_editions(readings, as_of):
        copies[reading.text_hash].append(reading)
    text_of = {r.mentions.report.id: text for text, same in copies.items() for r in same}
    orphans: list[Correction] = []
    about_reports, about_mentions = _sorted_out(changes, text_of, orphans)
    known = []
    links: dict[int, Link] = {}
    for text, same in copies.items():
        shown_one = _shown(same, about_reports.get(text, ()), as_of)
        if shown_one is not None:
            one = _attested(*shown_one, about_mentions.get(text, ()), orphans, links)
            known.append(one)
    known.sort(key=lambda k: (k.report.published or dt.date.min, k.report.id))
    if as_of is not None:  # what is only known later is not lost
        orphans = [o for o in orphans if o.mention is not None]
    return Knowledge(
        known=tuple(known),
        links=tuple(links[number] for number in sorted(links)),
        orphans=tuple(sorted(set(orphans), key=lambda o: (o.number, o.mention or ""))),
    )


_About = dict[str, list[tuple["Change", "Target"]]]


def _sorted_out(
    changes: Sequence[Change], text_of: dict[Any, str], orphans: list[Correction]
) -> tuple[_About, _About]:
    """Return the changes to reports and those to mentions, by the text that they are about."""
    texts = set(text_of.values())
    about_reports: _About = defaultdict(list)
    about_mentions: _About = defaultdict(list)
    for change in changes:
        for target in change.targets:
            if target.family in {"actor", "outlet"}:
                continue
            text = target.text_hash if target.text_hash in texts else text_of.get(target.report)
            if text is None:
                orphans.append(correction(change))
            else:
                where = about_reports if target.family == "report" else about_mentions
                where[text].append((change, target))
    return about_reports, about_mentions


def _shown(
    same: list[Reading],
    about: Sequence[tuple[Change, Target]],
    as_of: dt.date | None,
) -> tuple[Reading, ReportEntry] | None:
    """Return the copy of a text to show on a day; None when none is known yet, or it is rejected.

    What a person says of a report holds for each copy of its text.
    """
    told = [_report_corrected(r.mentions.report, about) for r in same]
    order = sorted(range(len(same)), key=lambda n: rank(told[n][0].published, told[n][0].source))
    first = told[order[0]][0]
    if told[0][2] or not _out(first, as_of):
        return None
    names = {source for n in order if _out(told[n][0], as_of) for source in same[n].sources}
    reading = same[order[0]]
    entry = ReportEntry(
        id=first.id,
        source=first.source,
        title=first.title,
        outlet=first.outlet,
        author=first.author,
        published=first.published,
        published_from=first.published_from,
        language=first.language,
        url=first.url,
        text=first.text,
        reader=reading.reader,
        mirrors=tuple(sorted(names - {first.source})),
        corrections=told[order[0]][1],
    )
    return reading, entry


def _out(report: Report, as_of: dt.date | None) -> bool:
    """Say whether a report was out on a day; one without a day counts as out."""
    return as_of is None or report.published is None or report.published <= as_of


def _report_corrected(
    report: Report, about: Sequence[tuple[Change, Target]]
) -> tuple[Report, tuple[Correction, ...], bool]:
    """Return a report as people say it is, what they changed, and whether they reject it."""
    machine = dict(shown("report", report)) if about else {}
    rejected = False
    made = []
    for change, _ in about:
        rejected = change.kind == "reject" or (rejected and change.kind != "accept")
        if change.kind == "correct" and change.field is not None and change.value is not None:
            report = corrected("report", report, change.field, change.value)
        made.append(correction(change, was=machine.get(change.field or "")))
    return report, tuple(made), rejected


def _attested(
    reading: Reading,
    entry: ReportEntry,
    about: Sequence[tuple[Change, Target]],
    orphans: list[Correction],
    links: dict[int, Link],
) -> Known:
    """Return a report's mentions with what people changed about them."""
    families = _families(reading)
    ids = {f: mention_ids(reading.text_hash, f, [m.span for m in ms]) for f, ms in families.items()}
    edits: dict[EntryId, list[Change]] = defaultdict(list)
    for change, target in about:
        n = _found(target, reading, families[target.family])
        if n is None:
            place = map(str, target.span or ())
            lost = entry_id("m", target.text_hash or "", target.family, *place)
            orphans.append(correction(change, mention=lost))
        elif change.kind in {"merge", "split"}:
            _link(links, change, target.side, ids[target.family][n])
        else:
            edits[ids[target.family][n]].append(change)
    told = {
        family: tuple(
            _one(
                family,
                name,
                thing,
                _evidence(entry, thing.span, name),
                edits.get(name, ()),
                orphans,
            )
            for name, thing in zip(ids[family], things, strict=True)
        )
        for family, things in families.items()
    }
    return Known(
        report=entry,
        text_hash=reading.text_hash,
        sketch=reading.sketch,
        events=told["event"],
        claims=told["claim"],
        positions=told["position"],
        provisions=told["provision"],
        unknowns=told["unknown"],
    )


def _families(reading: Reading) -> dict[Family, Sequence[Any]]:
    mentions = reading.mentions
    return {
        "event": mentions.events,
        "claim": mentions.claims,
        "position": mentions.positions,
        "provision": mentions.provisions,
        "unknown": mentions.unknowns,
    }


def mention_ids(text_hash: str, family: Family, spans: Sequence[Span]) -> list[EntryId]:
    """Return the ids of mentions: of the text, family and span; counted where a span has several.

    Neither what was read nor under which name the text came in counts, so that an id outlives a new
    reading.
    """
    seen: Counter[Span] = Counter()
    made = []
    for start, end in spans:
        seen[start, end] += 1
        again = (str(seen[start, end]),) if seen[start, end] > 1 else ()
        made.append(entry_id("m", text_hash, family, str(start), str(end), *again))
    return made


def _evidence(report: ReportEntry, span: Span, mention: EntryId) -> Evidence:
    start, end = span
    return Evidence(
        report=report.id, start=start, end=end, quote=report.text[start:end], mention=mention
    )


def _one(
    family: Family,
    name: EntryId,
    read: Any,  # noqa: ANN401 - any mention
    evidence: Evidence,
    edits: Sequence[Change],
    orphans: list[Correction],
) -> Attested[Any]:
    """Return one mention with what people changed about it."""
    if not edits:
        return Attested(id=name, read=read, mention=read, evidence=evidence)
    machine = dict(shown(family, read))
    now, rejected, made = read, False, []
    for change in edits:
        rejected = change.kind == "reject" or (rejected and change.kind != "accept")
        was = None
        if change.kind == "correct" and change.field is not None and change.value is not None:
            was = machine.get(change.field, "none")
            try:
                now = corrected(family, now, change.field, change.value)
            except RecordError:  # another version's word, which this one does not know
                orphans.append(correction(change, mention=name))
                continue
        made.append(correction(change, mention=name, was=was))
    return Attested(
        id=name,
        read=read,
        mention=now,
        evidence=evidence,
        corrections=tuple(made),
        rejected=rejected,
    )


def _link(links: dict[int, Link], change: Change, side: int, name: EntryId) -> None:
    """Take a mention into what a person has said to be one event, or to be apart."""
    apart = change.kind == "split"
    empty = Link(correction=correction(change), apart=apart, ones=(), others=())
    link = links.get(change.number, empty)
    if side == 0:
        links[change.number] = replace(link, ones=(*link.ones, name))
    else:
        links[change.number] = replace(link, others=(*link.others, name))


def _found(target: Target, reading: Reading, things: Sequence[Any]) -> int | None:
    """Return the place of the mention that a change is about among those of its family."""
    span = target.span
    if span is None:
        return None
    if target.text_hash != reading.text_hash:
        span = _moved(reading.mentions.report.text, target.quote or "", span)
        if span is None:
            return None
    cover = [_cover(span, thing.span) for thing in things]
    best = max(cover, default=0.0)
    if best < _LEAST_COVER:
        return None
    rivals = [n for n, c in enumerate(cover) if c == best]
    was = dict(target.was)

    def agreeing(n: int) -> int:
        now = dict(shown(target.family, things[n]))
        return sum(was[field] == now.get(field) for field in was)

    if len(rivals) == 1:
        return rivals[0]
    same = rivals[min(target.twin, len(rivals) - 1)]
    return max(rivals, key=lambda n: (agreeing(n), n == same, -n))


def _moved(text: str, quote: str, span: Span) -> Span | None:
    """Return where a quote stands in another text, the place nearest to the old one."""
    places = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    if not places:
        return None
    start = min(places, key=lambda p: (abs(p - span[0]), p))
    return start, start + len(quote)


def _cover(one: Span, two: Span) -> float:
    """Return what two spans share, as a share of what they cover together."""
    common = min(one[1], two[1]) - max(one[0], two[0])
    together = max(one[1], two[1]) - min(one[0], two[0])
    return max(0, common) / together if together else 0.0
