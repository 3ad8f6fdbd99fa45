"""A whole record as lines of JSON, out and in again: what was read, and what people changed.

The first line says what the file is. Then comes a line for each report, in the order of their ids,
and one for each change, in the order in which they were made. Taking a file in twice changes
nothing.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from foedus.errors import Fault, RecordError
from foedus.record.changes import Change
from foedus.record.exchange.files import lines, opened
from foedus.record.exchange.given import Given
from foedus.record.exchange.lines import (
    UNKNOWN_READER,
    change_from,
    line_of,
    line_of_change,
    mentions_from,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from foedus.reading.values import Mentions
    from foedus.record.exchange.files import Progress
    from foedus.record.exchange.tally import Tally
    from foedus.record.store import Store

LAYOUT = 1
"""Raised whenever an older version could not read what this one writes."""

BATCH = 500
"""Reports held at once while taking a file in."""


_COPY = '{"foedus_record"'
_NO_COPY = Fault(
    at="",
    found="a copy made by `foedus record backup`",
    must="be what `foedus record export` wrote",
    do="Use `foedus record restore`.",
)


def jsonl(store: Store, as_of: dt.date | None = None) -> Iterator[str]:
    """Yield the lines of a record, with what was known at the end of a day; all when None."""
    yield _line({"foedus": "record", "layout": LAYOUT, "as_of": as_of and as_of.isoformat()})
    known = None if as_of is None else {r.text: r.id for r in store.record(as_of).reports}
    told = set()
    for reading in store.readings():
        report = reading.mentions.report
        if known is not None and not (
            known.get(report.text) == report.id
            or (report.text in known and not _is_later(report.published, as_of))
        ):
            continue
        told |= {report.id, reading.text_hash}
        yield _line(line_of(reading.mentions, reader=reading.reader, names=reading.sources))
    kept: set[int] = set()
    for change in store.changes():
        if known is None or change.undoes in kept or _is_about(change, told):
            kept.add(change.number)
            yield _line(line_of_change(change))


def _is_later(published: dt.date | None, as_of: dt.date | None) -> bool:
    return published is not None and as_of is not None and published > as_of


def _is_about(change: Change, told: set[str]) -> bool:
    """Say whether a change is about a report that is told, or about an actor or an outlet."""
    return any(t.report is None or {t.report, t.text_hash} & told for t in change.targets)


def _line(thing: dict[str, Any]) -> str:
    return json.dumps(thing, ensure_ascii=False, allow_nan=False) + "\n"


def import_jsonl(store: Store, path: Path, tally: Tally, progress: Progress) -> None:
    """Take the lines of a file into a record; what is refused goes to the tally.

    Raises
    ------
    RecordError
        When it is a copy that `foedus record backup` made, which holds rows of tables.
    """
    with opened(path) as text:
        if text.readline(len(_COPY)) == _COPY:
            raise RecordError(str(path), (_NO_COPY,))
    changes: list[Change] = []
    told = _reports(lines(path, progress), tally, changes)
    for reader, each in groupby(told, key=lambda each: each[0]):
        _keep(store, reader, ((mentions, names) for _, mentions, names in each), tally)
    _enter(store, changes, tally)


_Told = tuple[str, "Mentions", tuple[str, ...]]


def _reports(text: Iterable[str], tally: Tally, changes: list[Change]) -> Iterator[_Told]:
    """Yield each report's reader, mentions and names; changes are put by."""
    for number, line in enumerate(text, 1):
        if tally.full():
            return
        if not line.strip():
            continue
        faults: list[Fault] = []
        told = _told(line, f"line {number}", faults, changes)
        if faults:
            tally.refuse(*faults)
        elif told is not None and tally.sound(told[1], f"line {number}"):
            yield told


def _told(line: str, at: str, faults: list[Fault], changes: list[Change]) -> _Told | None:
    try:
        thing = json.loads(line)
    except ValueError as error:
        faults.append(Fault(at=at, found=f'"{error}"', must="be an object of JSON in one line"))
        return None
    given = Given(thing, at, faults)
    if "foedus" in given:
        layout = given.whole("layout")
        if not faults and layout > LAYOUT:
            given.fault("layout", f"be {LAYOUT} or less: a later version of foedus wrote it")
        return None
    if "change" in given:
        change = change_from(given.part("change"))
        if not faults:
            changes.append(change)
        return None
    mentions = mentions_from(given)
    names = given.texts("names") if "names" in given else ()
    return given.text_or_none("reader") or UNKNOWN_READER, mentions, names


def _keep(
    store: Store, reader: str, told: Iterator[tuple[Mentions, tuple[str, ...]]], tally: Tally
) -> None:
    """Keep what one reader read, some hundred reports at a time, each with all its names."""
    while batch := list(islice(told, BATCH)):
        new = store.add_all((mentions for mentions, _ in batch), reader=reader)
        store.add_names((m.report.id, name) for m, names in batch for name in names)
        tally.added += new
        tally.known += len(batch) - new


def _enter(store: Store, changes: list[Change], tally: Tally) -> None:
    """Enter the changes that the record has not yet; an undo goes with what it takes back.

    Numbers are the file's own until the record gives new ones. A change that is already there has
    the record's number, so that those which are new are counted below 0 to keep them apart.
    """
    here = _named(store.changes())
    there = {name: number for number, name in here.items()}
    now: dict[int, int] = {}
    new: list[Change] = []
    for number, name in _named(changes).items():
        now[number] = there.get(name, -1 - number)
    for change in changes:
        if change.undoes is not None and change.undoes not in now:
            must = "be the number of a change that comes before it in the file"
            tally.refuse(Fault(at=f"change {change.number}.undoes", found=change.undoes, must=must))
        elif now[change.number] < 0:
            undoes = None if change.undoes is None else now[change.undoes]
            new.append(replace(change, number=now[change.number], undoes=undoes))
    if new:
        store.enter(new)
    tally.changes += len(new)


_Name = tuple[Change, Any]
"""A change without its numbers, and the name of the one that it takes back."""


def _named(changes: Iterable[Change]) -> dict[int, _Name]:
    """Return what tells each change from others by what it says, whatever its number is."""
    names: dict[int, _Name] = {}
    for change in changes:
        undone = None if change.undoes is None else names.get(change.undoes)
        names[change.number] = (replace(change, number=0, undoes=None), undone)
    return names
