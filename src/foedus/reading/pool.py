"""Many reports read by several processes, in the order they came, the same however many there are.

Each process loads the language pipeline when it gets its first report, and keeps it. Only a few
reports are on their way at a time, so that a crawl of any size takes no more memory than a folder.
A report that cannot be read is told in its place; it stops nothing, not even when it brings down
the process that reads it.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Self

from foedus.errors import Fault, FoedusError, ReadingError
from foedus.reading.pipeline import Pipeline, load_pipeline
from foedus.reading.reader import read
from foedus.report import Raw, Report, Skipped, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from foedus.reading.values import Mentions

    Given = Raw | Report | Skipped
    Found = Mentions | Skipped

FEW = 8
"""Reports that are read sooner than a second process has loaded its pipeline (2 s; 5 a second)."""
AHEAD = 4
"""Reports on their way for each process: enough that none waits, however their lengths differ."""
WAITING = 1000
"""Inputs, skipped ones too, that wait for one before them to be read."""
RENEWED = 2000
"""Inputs for each process after which fresh ones take over: a pipeline keeps every new word."""


def read_all(given: Iterable[Given], *, workers: int | None = None) -> Iterator[Found]:
    """Yield what each report says, or why it is skipped, in the order in which they were given.

    Parameters
    ----------
    given
        Reports, reports as they came, and what was skipped already, which is handed on.
    workers
        Processes to read with; None for one a processor, when there are more than a few reports.

    Yields
    ------
    Mentions or Skipped
        The same, to the last character, whatever the number of workers.
    """
    rest = iter(given)
    first: list[Given] = []
    if workers is None:
        workers = _processors()
        first = list(itertools.islice(rest, FEW)) if workers > 1 else []
        if len(first) < FEW:
            workers = 1
    given = itertools.chain(first, rest)
    if workers <= 1:
        yield from map(read_one, given)
    else:
        yield from _read_by(workers, given)


class StandingReader:
    """A process of its own that reads, its pipeline loaded once, for one who reads now and then.

    A context manager. Several threads may use one; they take turns. A report that brings the
    process down is told so, and the next one gets a fresh process.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._read = 0

    def __enter__(self) -> Self:
        """Return the reader itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        with self._lock:
            self._renew()

    def read(self, given: Given) -> Found:
        """Return what one report says, or why it is skipped."""
        if isinstance(given, Skipped):
            return given
        with self._lock:
            if self._read >= RENEWED:
                self._renew()
            self._pool = self._pool or _executor(1)
            self._read += 1
            try:
                return _settled(given, self._pool.submit(read_one, given))
            except BrokenProcessPool:
                self._renew()
                self._pool = _executor(1)
                return _settled(given, self._pool.submit(read_one, given))

    def _renew(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool, self._read = None, 0


def read_one(given: Given) -> Found:
    """Return what one report says, or why it is skipped.

    Raises
    ------
    ReadingError
        When no report can be read, because the pipeline cannot be loaded.
    """
    if isinstance(given, Skipped):
        return given
    pipeline = _pipeline()
    try:
        return read(given if isinstance(given, Report) else clean(given), pipeline)
    except FoedusError as error:
        return Skipped(error=error, failed=isinstance(given, Report) or given.named)
    except Exception as err:  # noqa: BLE001 - one report must not stop the others
        return _fault_of_ours(given, f"{type(err).__name__}: {err}")


@cache
def _pipeline() -> Pipeline:
    """Return this process's own pipeline, loaded when it is first needed."""
    return load_pipeline()


def _fault_of_ours(given: Raw | Report, found: str) -> Skipped:
    """Return the skip of a report that foedus itself stumbles over."""
    fault = Fault(
        at="",
        found=f"a report that foedus stumbles over ({found})",
        must="be read",
        do="Please report it, with the input.",
        reason="fault of foedus",
    )
    return Skipped(error=ReadingError(given.source, (fault,)))


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # where the system does not tell


def _executor(workers: int) -> ProcessPoolExecutor:
    """Return a pool of fresh processes; forked ones could inherit a lock that is held."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_stopping_to_parent)


def _leave_stopping_to_parent() -> None:
    """Let only the process that was started by a person answer to Ctrl-C, and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """End this process once the one that began it has gone, however it went."""
    wait([sentinel])
    os._exit(1)


def _read_by(workers: int, given: Iterable[Given]) -> Iterator[Found]:
    """Yield what several processes find, in the order of what they are given."""
    pool = _executor(workers)
    sent: deque[tuple[Given, Future[Found] | None]] = deque()
    running = 0
    try:
        for number, each in enumerate(given, start=1):
            if number % (RENEWED * workers) == 0:
                yield from itertools.starmap(_settled, _emptied(sent))
                running = 0
                pool.shutdown()
                pool = _executor(workers)
            if isinstance(each, Skipped):
                sent.append((each, None))
            else:
                try:
                    sent.append((each, pool.submit(read_one, each)))
                except BrokenProcessPool:
                    pool = _executor(workers)
                    sent.append((each, pool.submit(read_one, each)))
                running += 1
            while sent and (
                sent[0][1] is None
                or sent[0][1].done()
                or running > AHEAD * workers
                or len(sent) > WAITING
            ):
                first, future = sent.popleft()
                running -= future is not None
                yield _settled(first, future)
        yield from itertools.starmap(_settled, _emptied(sent))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _emptied(
    sent: deque[tuple[Given, Future[Found] | None]],
) -> Iterator[tuple[Given, Future[Found] | None]]:
    """Yield what was sent, the first first, until nothing is left."""
    while sent:
        yield sent.popleft()


def _settled(given: Given, future: Future[Found] | None) -> Found:
    """Return what was found; where the process is gone, what one process finds in it alone."""
    if isinstance(given, Skipped) or future is None:
        return read_one(given)
    try:
        return future.result()
    except BrokenProcessPool:
        pass
    with _executor(1) as pool:
        try:
            return pool.submit(read_one, given).result()
        except BrokenProcessPool:
            return _fault_of_ours(given, "the process that read it was killed")
