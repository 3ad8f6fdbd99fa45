"""A record on disk: mentions go in report by report, snapshots come out as of a day."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from foedus.ids import digest
from foedus.record import rows, schema
from foedus.record.checking import check
from foedus.record.opening import name_of, open_engine, reading, take_turn, trouble, writing
from foedus.record.snapshot import rank, snapshot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine, Row

    from foedus.ids import ReportId
    from foedus.reading.values import Mentions
    from foedus.record.values import Record
    from foedus.report.values import Report


def open_store(where: str) -> Store:
    """Open the record at ``where``, a file name or a database URL; make it when there is none.

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
    return Store(name_of(where), open_engine(where))


class Store:
    """An open record. Several threads and several processes may use one record at once.

    Made by `open_store`; a context manager that closes every connection on leaving.
    """

    def __init__(self, name: str, engine: Engine) -> None:
        self._name = name
        self._engine = engine

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
        version of the reader takes the place of the old one's reading.

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
        check(mentions)
        with self._trouble(), writing(self._engine).begin() as connection:
            take_turn(connection)
            return _add(connection, mentions, reader)

    def record(self, as_of: dt.date | None = None) -> Record:
        """Return all that was known at the end of the day ``as_of``; all there is when None.

        Reports published later are left out; those whose day is not known count as known.
        """
        with self._trouble(), reading(self._engine).connect() as connection:
            readings = rows.read_all(connection)
        return snapshot(readings, as_of)

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """Turn a database's error into one that a person can mend."""
        try:
            yield
        except DBAPIError as error:
            raise trouble(self._name, error) from error


def _add(connection: Connection, mentions: Mentions, reader: str) -> bool:
    report = mentions.report
    table = schema.reports
    held = connection.execute(select(table).filter_by(id=report.id)).first()
    same_text = select(table.c.id).filter_by(text_hash=digest(report.text), reader=reader)
    news = connection.execute(same_text).first() is None
    if held is None or held.reader != reader or _supersedes(report, held):
        news = news or (held is not None and held.reader == reader and held.source == report.source)
        rows.write_report(connection, report, reader, known=held is not None)
        rows.write_mentions(connection, mentions)
    name = {"report": report.id, "source": report.source}
    if connection.execute(select(schema.sources).filter_by(**name)).first() is None:
        connection.execute(insert(schema.sources).values(name))
    return news


def _supersedes(report: Report, held: Row[tuple[object, ...]]) -> bool:
    """Say whether a report that came in again is the one to show from now on.

    Under the same name, what came last counts: somebody has corrected its day. Under another name
    a known day beats an unknown one and the earlier of two days is the day of publication, so that
    it does not matter which of them came first.
    """
    if report.source == held.source:
        return (report.published, digest(report.text)) != (held.published, held.text_hash)
    return rank(report.published, report.source) < rank(held.published, held.source)
