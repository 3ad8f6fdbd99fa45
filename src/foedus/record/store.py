"""A record on disk: mentions go in report by report, snapshots come out as of a day."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from foedus.errors import Fault, RecordError
from foedus.record import (
    adding,
    around,
    backup,
    counting,
    editing,
    journal,
    listing,
    pages,
    rows,
    schema,
    searching,
    soundness,
    steps,
)
from foedus.record.asking import Question
from foedus.record.changes import in_force
from foedus.record.checking import check
from foedus.record.chunks import chunks
from foedus.record.known import know
from foedus.record.opening import name_of, open_engine, reading, take_turn, trouble, writing
from foedus.record.snapshot import Drawn, draw

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Engine

    from foedus.ids import ReportId
    from foedus.reading.values import Mentions
    from foedus.record.asking import Moment, PositionStep
    from foedus.record.changes import Change, Signature
    from foedus.record.counting import Counts
    from foedus.record.findings import Finding
    from foedus.record.listing import Mention
    from foedus.record.values import ActorEntry, Correction, OutletEntry, ProvisionEntry, Record

FEW = 500
"""Reports up to which the whole is drawn where a part would do."""

BATCH = 1000
"""Reports written in one transaction by `Store.add_all`: more gain little speed, and make another
writer wait longer."""


def open_store(where: str, *, make: bool = True) -> Store:
    """Open the record at ``where``, a file name or a database URL; make it when there is none.

    Parameters
    ----------
    where
        A file name, or a database URL.
    make
        Whether to make a record where there is none; when not, that is an error.

    Raises
    ------
    RecordError
        When ``where`` is no record, was made by a later version, or cannot be written. What is
        there has then not been touched.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open_store(str(pathlib.Path(folder) / "record.db")) as store:
    ...         record = store.record()
    >>> record.reports
    ()
    """
    return Store(name_of(where), open_engine(where, make=make))


class Store:
    """An open record. Several threads and several processes may use one record at once.

    Made by `open_store`; a context manager that closes every connection on leaving.
    """

    def __init__(self, name: str, engine: Engine) -> None:
        self._name = name
        self._engine = engine

    @property
    def name(self) -> str:
        """Return what the record is called in messages: where it is, without a password."""
        return self._name

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the record."""
        self._engine.dispose()

    def has(self, report_id: ReportId, reader: str) -> bool:
        """Say whether this version of the reader has read this report.

        Only what was received and the reader count; a report that is loaded again with another
        day of publication is known too, and `add` takes the new day over.
        """
        known = select(schema.reports.c.id).filter_by(id=report_id, reader=reader)
        with self._trouble(), self._engine.connect() as connection:
            return connection.execute(known).first() is not None

    def add(self, mentions: Mentions, *, reader: str) -> bool:
        """Keep what a reader found in a report; all of it or, when anything is wrong, nothing.

        The same text under another name is the same report: its name is kept beside the first, and
        so is what was read in it, since its day of publication may be the better known one. A new
        version of the reader takes the place of the old one's reading; what people changed stays.

        Parameters
        ----------
        mentions
            What was read.
        reader
            The version of the reader.

        Returns
        -------
        bool
            False when the same text had been read by the same version of the reader before.

        Raises
        ------
        RecordError
            With every span that is not within the text; or when the database fails.
        """
        return self.add_all([mentions], reader=reader) == 1

    def add_all(self, readings: Iterable[Mentions], *, reader: str) -> int:
        """Keep what a reader found in many reports, some hundred in one transaction.

        Each report is kept wholly or not at all. When one is at fault, those of earlier
        transactions stay; giving all of them again does the rest.

        Returns
        -------
        int
            How many of them were new.

        Raises
        ------
        RecordError
            As `add`.
        """
        rest = iter(readings)
        new = 0
        while batch := list(islice(rest, BATCH)):
            for mentions in batch:
                check(mentions)
            with self._writing() as connection:
                new += sum(adding.add(connection, batch, reader))
        return new

    def add_names(self, names: Iterable[tuple[ReportId, str]]) -> None:
        """Keep further names under which reports that are known came in."""
        with self._writing() as connection:
            adding.write_names(connection, list(names))

    def readings(self) -> Iterator[rows.Reading]:
        """Yield what was read in each report, as it was read, in the order of the reports' ids.

        All as of the moment of the first, however long the rest takes, and few held at a time.
        """
        with self._trouble(), reading(self._engine).connect() as connection:
            ids = iter(rows.read_ids(connection))
            while part := list(islice(ids, BATCH)):
                yield from rows.read_all(connection, part)

    def record(self, as_of: dt.date | None = None) -> Record:
        """Return all that was known at the end of the day ``as_of``; all there is when None.

        Reports published later are left out; those whose day is not known count as known. What
        people changed counts whenever they did: it says what a report says, not when.
        """
        return self.drawn(as_of).record

    def drawn(self, as_of: dt.date | None = None) -> Drawn:
        """Return a snapshot with what it was drawn from: every mention, and the tellings."""
        with self._trouble(), reading(self._engine).connect() as connection:
            readings = rows.read_all(connection)
            changes = journal.read_changes(connection)
        return draw(readings, as_of, changes)

    def stamp(self) -> str:
        """Return a few letters that are others once anything in the record is.

        For those who keep what they drew: cheap beside drawing, however large the record.
        """
        with self._trouble(), reading(self._engine).connect() as connection:
            return rows.stamp(connection)

    def around(self, ids: Sequence[str], as_of: dt.date | None = None) -> Drawn:
        """Return a snapshot in which some ids and names mean what they do in the whole record.

        Of a record of few reports that is all of it, in which what is near an id can be named too.
        """
        with self._trouble(), reading(self._engine).connect() as connection:
            if rows.count_reports(connection) > FEW:
                changes = journal.read_changes(connection)
                return around.around(connection, ids, as_of, changes)
        return self.drawn(as_of)

    def counts(self, as_of: dt.date | None = None) -> Counts:
        """Return how much of each was known on a day, as it was read."""
        with self._trouble(), reading(self._engine).connect() as connection:
            return counting.counts(connection, as_of)

    def called(self, reports: Iterable[ReportId]) -> dict[ReportId, str]:
        """Return the name under which each of some reports is shown."""
        with self._trouble(), reading(self._engine).connect() as connection:
            return rows.read_names(connection, reports)

    def actors(
        self, as_of: dt.date | None = None
    ) -> tuple[tuple[ActorEntry, ...], tuple[OutletEntry, ...]]:
        """Return who acts, speaks and takes positions, and who prints, without joining anything.

        Where the record is large, reports are counted as they were read, not as people corrected
        them.
        """
        with self._trouble(), reading(self._engine).connect() as connection:
            if rows.count_reports(connection) > FEW:
                changes = journal.read_changes(connection)
                return around.everybody(connection, as_of, changes)
        record = self.record(as_of)
        return record.actors, record.outlets

    def size(self) -> int:
        """Return how many reports the record holds."""
        with self._trouble(), reading(self._engine).connect() as connection:
            return rows.count_reports(connection)

    def orphans(self) -> tuple[Correction, ...]:
        """Return the changes whose mention is no longer read where they found it."""
        with self._trouble(), reading(self._engine).connect() as connection:
            changes = journal.read_changes(connection)
            touched = sorted(connection.execute(listing.touched_reports()).scalars())
            readings = [r for p in chunks(touched) for r in rows.read_all(connection, p)]
        return know(readings, in_force(changes), None).orphans

    def changes(self) -> tuple[Change, ...]:
        """Return the journal: everything that people changed or took back, oldest first."""
        with self._trouble(), reading(self._engine).connect() as connection:
            return journal.read_changes(connection)

    def enter(self, changes: Iterable[Change]) -> tuple[Change, ...]:
        """Write changes that were made elsewhere into the journal, with new numbers.

        What an undo takes back is looked up among the changes given with it. For what people do
        here there are `accept`, `correct`, `reject`, `merge`, `split` and `undo`.
        """
        with self._writing() as connection:
            return journal.write_changes(connection, changes)

    def accept(self, ids: Sequence[str], signed: Signature) -> Change:
        """Write down that a person has found mentions, reports or entries to be right.

        It also takes a rejection back. An id of an entry stands for all its mentions, and may be
        shortened as long as it is plain which is meant; the same holds for the other changes.

        Raises
        ------
        RecordError
            When there is no such id; names those near it.
        """
        return self._change(ids, lambda drawn: editing.accepted(drawn, ids, signed))

    def correct(self, id_: str, field: str, value: str, signed: Signature) -> Change:
        """Write down what a field is to say; what the machine read stays beside it.

        Raises
        ------
        RecordError
            When there is no such id or field, or the field cannot say that.
        """
        told = (field, value)
        return self._change([id_], lambda drawn: editing.corrected(drawn, id_, told, signed))

    def reject(self, ids: Sequence[str], signed: Signature) -> Change:
        """Write down that mentions or reports are wrong: they leave every snapshot.

        Raises
        ------
        RecordError
            When there is no such id.
        """
        return self._change(ids, lambda drawn: editing.rejected(drawn, ids, signed))

    def merge(self, ids: Sequence[str], signed: Signature) -> Change:
        """Write down that events are one event, actors one actor, or outlets one source.

        Raises
        ------
        RecordError
            When there is no such id, or they are not of one kind.
        """
        return self._change(ids, lambda drawn: editing.merged(drawn, ids, signed))

    def split(self, ids: Sequence[str], signed: Signature) -> Change:
        """Write down that these mentions, or this name, are not what they were joined with.

        Raises
        ------
        RecordError
            When there is no such id, or it is joined with nothing.
        """
        return self._change(ids, lambda drawn: editing.parted(drawn, ids, signed))

    def undo(self, number: int, signed: Signature) -> Change:
        """Take a change back; an undo can be taken back too.

        Raises
        ------
        RecordError
            When there is no such change, or it does not hold any more.
        """
        with self._writing() as connection:
            change = editing.undone(journal.read_changes(connection), number, signed)
            return journal.write_changes(connection, [change])[0]

    def search(
        self, words: str, *, as_of: dt.date | None = None, most: int = 20
    ) -> tuple[searching.Hit, ...]:
        """Return the reports that hold all these words, the most relevant first.

        Case, accents and the plural s do not count; ``"peace plan"`` finds the words as they stand
        and ``ceasef*`` all that begins so.

        Raises
        ------
        RecordError
            When there is no word to look for.
        """
        query = searching.parse(words)
        with self._trouble(), reading(self._engine).connect() as connection:
            changes = journal.about_reports(connection)
            always = [t.report for c in changes for t in c.targets if t.report is not None]
            found = searching.candidates(connection, query, as_of, always)
            readings = rows.read_reports(connection, found.ids)
        known = know(readings, in_force(changes), as_of).known
        return searching.ranked(found, [k.report for k in known], most=most)

    def mentions(
        self, question: Question, *, as_of: dt.date | None = None, most: int = 1000
    ) -> tuple[Mention, ...]:
        """Return the newest mentions that a question is about, the oldest of them first.

        Straight from the tables, however large the record: nothing is joined, and names are those
        that the reports give. `record` and `ask` give events joined and actors under one name.
        """
        with self._trouble(), reading(self._engine).connect() as connection:
            changes = journal.read_changes(connection)
            return listing.mentions(connection, question, as_of, changes, most=most)

    def timeline(
        self, question: Question | None = None, *, as_of: dt.date | None = None, most: int = 1000
    ) -> tuple[Moment, ...]:
        """Return the newest moments that a question is about, the oldest of them first.

        They are those at the end of the timeline of the whole record, and cost only the reading of
        what bears on them, however large the record.
        """
        asked = Question() if question is None else question
        with self._trouble(), reading(self._engine).connect() as connection:
            changes = journal.read_changes(connection)
            return pages.moments(connection, asked, as_of, changes, most=most)

    def positions(
        self, question: Question | None = None, *, as_of: dt.date | None = None, most: int = 100
    ) -> tuple[PositionStep, ...]:
        """Return where parties stood on issues: of each party and issue the newest steps.

        They are those of `foedus.record.positions_over_time` on the whole record, less the older
        ones.
        """
        asked = Question() if question is None else question
        with self._trouble(), reading(self._engine).connect() as connection:
            changes = journal.read_changes(connection)
            return steps.positions(connection, asked, as_of, changes, most=most)

    def provisions(
        self, question: Question | None = None, *, as_of: dt.date | None = None, most: int = 100
    ) -> tuple[ProvisionEntry, ...]:
        """Return the provisions that a question is about, each with its newest steps.

        They are those of the whole record, less the older steps of their histories;
        ``independent`` counts the sources of what has been read of each.
        """
        asked = Question() if question is None else question
        with self._trouble(), reading(self._engine).connect() as connection:
            changes = journal.read_changes(connection)
            return steps.provisions(connection, asked, as_of, changes, most=most)

    def findings(
        self, since: dt.date, until: dt.date, *, as_of: dt.date | None = None
    ) -> tuple[Finding, ...]:
        """Return what does not fit together in the events and in the reports of some days.

        What takes the whole record to find, a status that jumps and a number far above all others,
        is left to `foedus.record.findings`.
        """
        with self._trouble(), reading(self._engine).connect() as connection:
            changes = journal.read_changes(connection)
            return pages.findings_between(connection, (since, until), as_of, changes)

    def check(self) -> tuple[Fault, ...]:
        """Return what is damaged in the database itself; nothing when it is sound."""
        with self._trouble(), reading(self._engine).connect() as connection:
            return soundness.faults(connection)

    def backup(self, to: Path) -> None:
        """Write a copy of the record as it is at this moment, while others may use it.

        A record in a file is copied as one, unless ``to`` ends in ``.jsonl``; everything else is
        written as JSON Lines, which `restore` reads into a record in any kind of database.

        Raises
        ------
        RecordError
            When the copy cannot be written; no half of it is left.
        """
        file = self._engine.url.database if self._engine.dialect.name == "sqlite" else None
        if file is not None and to.suffix != ".jsonl":
            if to.exists() and to.samefile(file):
                fault = Fault(at="", found="the record itself", must="be another file")
                raise RecordError(str(to), (fault,))
            with self._trouble():
                backup.copy_file(Path(file), to)
            return
        with self._trouble(), reading(self._engine).connect() as connection:
            backup.write_lines(connection, to)

    def restore(self, source: Path) -> int:
        """Read a copy in JSON Lines into this record, which must be empty; return its rows.

        Raises
        ------
        RecordError
            When the record is not empty or the copy not whole; nothing is then kept.
        """
        with self._writing() as connection:
            return backup.read_lines(connection, source)

    def _change(self, ids: Sequence[str], make: Callable[[Drawn], Change]) -> Change:
        """Make a change from the record as it stands, and write it.

        Others may write in between: a change names its words, not their place in the record.
        """
        change = make(self.around(ids))
        with self._writing() as connection:
            return journal.write_changes(connection, [change])[0]

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Yield a connection whose turn it is to write; what was written stands all or not."""
        with self._trouble(), writing(self._engine).begin() as connection:
            take_turn(connection)
            yield connection

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """Turn a database's error into one that a person can mend."""
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            raise trouble(self._name, error) from error
