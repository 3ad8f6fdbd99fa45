"""What every request is answered from: the record, the desk, what is remembered, the work."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from fastapi import Depends, Request

from foedus import record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from foedus.desk import Desk
    from foedus.web.settings import WebSettings
    from foedus.web.work import Work

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What every request is answered from."""

    settings: WebSettings
    store: record.Store
    desk: Desk
    memory: Memory
    work: Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A record as of a day with the index of its ids: drawn once, asked many times."""

    drawn: record.Drawn
    index: record.Index

    @property
    def record(self) -> record.Record:
        """Return the record itself."""
        return self.drawn.record


class Memory:
    """Snapshots and what was worked out from them, kept until the record changes."""

    MOST = 6

    def __init__(self, store: record.Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._turns: dict[tuple[Any, ...], threading.Lock] = {}

    def snapshot(self, as_of: dt.date | None = None) -> Snapshot:
        """Return the record as of a day; all there is when None."""

        def draw() -> Snapshot:
            drawn = self._store.drawn(as_of)
            return Snapshot(drawn=drawn, index=record.Index(drawn))

        return self.once(("snapshot", self._store.stamp(), as_of), draw)

    def once(self, key: tuple[Any, ...], make: Callable[[], Thing]) -> Thing:
        """Return what ``make`` made for ``key`` last time, or makes now.

        Of several who ask for the same thing at once, one makes it and the others wait for it;
        those who ask for other things do not.
        """
        with self._lock:
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    found: Thing = self._kept[key]
                    return found
            try:
                made = make()
            except BaseException:
                with self._lock:
                    self._turns.pop(key, None)  # what cannot be made leaves nothing behind
                raise
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > self.MOST:
                    gone, _ = self._kept.popitem(last=False)
                    self._turns.pop(gone, None)
        return made


def place_of(request: Request) -> Place:
    """Return what this app answers from."""
    found: Place = request.app.state.place
    return found


Here = Annotated[Place, Depends(place_of)]
"""An argument of a handler: what it answers from."""
