"""The desk's database as its parts use it: read, write in turn, and tell the time."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import select

from foedus.desk import schema
from foedus.record.opening import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine


def moment(seconds: int) -> dt.datetime:
    """Return the time that a table holds.

    Examples
    --------
    >>> moment(0).isoformat()
    '1970-01-01T00:00:00+00:00'
    """
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


class Tables:
    """A database and a clock."""

    def __init__(self, engine: Engine, clock: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def now(self) -> int:
        """Return the time as a table holds it."""
        return int(self._clock().timestamp())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection to read by."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection whose turn it is to write; what was written stands all or not."""
        with writing(self._engine).begin() as connection:
            # Where BEGIN itself does not see to it, a row's lock makes writers take turns.
            connection.execute(select(schema.about.c.version).with_for_update())
            yield connection
