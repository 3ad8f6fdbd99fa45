"""One event as one report tells it: what is compared when the same events are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.ids import EntryId
from foedus.record.datasets import dataset_of
from foedus.record.independence import printed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from foedus.ids import ReportId
    from foedus.reading.values import Event
    from foedus.record.independence import Printed
    from foedus.record.known import Known
    from foedus.record.values import Correction, Evidence

_WORD = re.compile(r"[^\W\d_]{3,}")

_IDLE = frozenset(
    re.findall(
        r"\w+",
        """
        about after again against all also and any are because been before being but can could did
        does due each for from had has have her his how into its itself more most much not off only
        other our out over said same say says she should since some such than that the their them
        then there these they this those through under until upon was were what when where which
        while who whom whose will with would yet you your
        monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow night
        overnight morning afternoon evening day week month year late early
        january february march april may june july august september october november december
        """,
    )
)
"""Words that tell nothing about what happened; days are compared as days."""

_STEM = 5
"""Letters kept of a word, so that agree, agreed and agreement count as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An event as one report tells it, with what comparing it needs made ready.

    Parameters
    ----------
    id
        The digits of the mention's; an event joined of several tellings has the first one's.
    event, report, source, published, evidence, corrections
        What was told, where, how the report is called, and what people changed about it.
    printed
        Who prints the report, and its wording: what tells its source from others.
    dataset
        The dataset that the report is a row of; None when it is none.
    actors, recipients
        Names without case.
    place
        The words of the place's name.
    wide
        Whether the place is a whole state: one that is itself a party.
    words
        Stems of the words that tell it, without the names of those who took part.
    numbers
        What is told of each thing that is counted.
    """

    id: EntryId
    event: Event
    report: ReportId
    source: str
    published: dt.date | None
    evidence: Evidence
    corrections: tuple[Correction, ...]
    printed: Printed
    dataset: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    parties: frozenset[str]
    place: frozenset[str]
    wide: bool
    words: frozenset[str]
    numbers: dict[tuple[str, str], tuple[float, ...]]

    @property
    def teller(self) -> str:
        """What tells each event once: the report, or the dataset that it is a row of."""
        return self.dataset or self.report


def tellings(
    known: Iterable[Known], one: Callable[[str], str] = lambda outlet: outlet
) -> tuple[Telling, ...]:
    """Return every event of every report that was not rejected, in the order in which they come.

    ``one`` gives outlets that are declared to be one source one name.
    """
    return tuple(telling for k in known for telling in _of_report(k, one))


def _of_report(known: Known, one: Callable[[str], str]) -> Iterable[Telling]:
    report = known.report
    who_prints = printed(report, known.sketch, one)
    for attested in known.events:
        if attested.rejected:
            continue
        event, mention = attested.mention, attested.id
        actors = frozenset(name.casefold() for name in event.actors)
        recipients = frozenset(name.casefold() for name in event.recipients)
        yield Telling(
            id=EntryId(f"e-{mention[2:]}"),
            event=event,
            report=report.id,
            source=report.source,
            published=report.published,
            evidence=attested.evidence,
            corrections=attested.corrections,
            printed=who_prints,
            dataset=dataset_of(report.reader),
            actors=actors,
            recipients=recipients,
            parties=actors | recipients,
            place=place_words(event.place),
            wide=(event.place or "").casefold() in actors | recipients,
            words=_words(event, attested.evidence.quote),
            numbers=_numbers(event),
        )


def _numbers(event: Event) -> dict[tuple[str, str], tuple[float, ...]]:
    told: dict[tuple[str, str], tuple[float, ...]] = {}
    for q in event.quantities:
        told[q.item, q.role] = (*told.get((q.item, q.role), ()), q.value)
    return told


def place_words(name: str | None) -> frozenset[str]:
    """Return the words of a place's name that tell it from others."""
    words = frozenset(re.findall(r"\w+", (name or "").casefold()))
    return words - {"the", "of", "near", "city", "town"} or words


def _words(event: Event, quote: str) -> frozenset[str]:
    names = " ".join((*event.actors, *event.recipients, event.place or ""))
    known = {_stem(word) for word in _WORD.findall(names.casefold())}
    told = _WORD.findall(quote.casefold())
    return frozenset(_stem(word) for word in told if word not in _IDLE) - known


def _stem(word: str) -> str:
    return word[:_STEM]
