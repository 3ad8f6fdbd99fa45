"""The work that takes longer than a request: one job at a time in each process that serves.

A job lives in the desk, not here: a process that ends leaves its job to another, or to itself
after a restart, and what had been done of it stays done.
"""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Self

import structlog

from foedus import case, flow, report, show
from foedus.desk import Item
from foedus.desk.jobs import SILENT_SECONDS
from foedus.errors import FoedusError
from foedus.report import Skipped
from foedus.search import SweepSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from foedus import reading, record
    from foedus.desk import Desk, Given, Job
    from foedus.report import Raw

LOOK_SECONDS = 0.5
"""How long work that another process was given may wait to be seen."""

BEAT_SECONDS = 1.0
"""How often a running job says that it is alive, at most."""

LIVE_SECONDS = SILENT_SECONDS / 4
"""How often it says so even when it has nothing new to say."""

FUTURES, KEPT = 1024, 32
"""In how many futures an answer's deals are solved, and how many of them are told of."""

log = structlog.get_logger("foedus.work")


class _LeftError(Exception):
    """The process ends, or somebody asked for the job to be broken off."""


class Work:
    """Runs jobs in a thread of its own, from `start` until `stop`."""

    def __init__(
        self, store: record.Store, desk: Desk, make_reader: Callable[[], reading.StandingReader]
    ) -> None:
        self._store = store
        self._desk = desk
        self._make_reader = make_reader
        self._stopping = threading.Event()
        self._come = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to look for jobs."""
        self._thread = threading.Thread(target=self._run, name="foedus-work", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Leave the job that runs, if one does, for another process, and end."""
        self._stopping.set()
        self._come.set()
        if self._thread is not None:
            self._thread.join()

    def wake(self) -> None:
        """Look for a job now: one has been added."""
        self._come.set()

    def _run(self) -> None:
        with self._make_reader() as reader:
            while not self._stopping.is_set():
                try:
                    job = self._desk.jobs.claim()
                    if job is not None:
                        self._do(job, reader)
                        continue
                except Exception:
                    log.exception("work")  # a database that does not answer may do so again
                self._come.wait(LOOK_SECONDS)
                self._come.clear()

    def _do(self, job: Job, reader: reading.StandingReader) -> None:
        """Run one job to its end, whatever that is."""
        jobs = self._desk.jobs
        log.info("job begins", job=job.id, kind=job.kind, by=job.by)
        beat = _Beat(self._desk, job, self._stopping)
        try:
            run = {"reports": self._reports, "answer": self._answer}[job.kind]
            with beat:
                says, result = run(job, beat, reader)
            jobs.end(job.id, "done", says, result)
        except _LeftError:
            if self._stopping.is_set():
                jobs.give_back(job.id)
            else:
                jobs.end(job.id, "cancelled", "broken off; what had been read stays")
        except FoedusError as error:
            jobs.end(job.id, "failed", str(error))
        except Exception as error:
            log.exception("job", job=job.id)
            jobs.end(job.id, "failed", f"a fault of foedus ({type(error).__name__}): see its log")
        log.info("job ends", job=job.id, state=jobs.job(job.id).state)

    def _reports(
        self, job: Job, beat: _Beat, reader: reading.StandingReader
    ) -> tuple[str, dict[str, object]]:
        """Read what is left to be read of a job."""
        jobs = self._desk.jobs
        count = len(jobs.items(job.id))
        while (found := jobs.next_item(job.id)) is not None:
            n, given = found
            beat.say(n / count, f"reading {given.name}", at_once=True)
            jobs.settle(job.id, self._item(n, given, reader, beat))
        items = jobs.items(job.id)
        kept = sum(item.state == "kept" for item in items)
        known = sum(item.state == "known" for item in items)
        skipped = len(items) - kept - known
        told = f"{kept} read, {known} known before, {skipped} skipped"
        return told, {"kept": kept, "known": known, "skipped": skipped}

    def _item(self, n: int, given: Given, reader: reading.StandingReader, beat: _Beat) -> Item:
        """Read one file or address, which may hold several reports, and say what became of it."""
        ones: list[flow.One] = []
        skipped: list[str] = []
        for raw in _raws(given):
            beat.check()
            found = flow.keep_one(raw, self._store, reader)
            if isinstance(found, Skipped):
                if found.failed or isinstance(raw, Skipped):
                    skipped.append("; ".join(map(str, found.error.faults)))
            else:
                ones.append(found)
        mentions = sum(one.mentions for one in ones)
        told = [f"{mentions} things read in it" if len(ones) == 1 else ""]
        told += [f"{len(ones)} reports, {mentions} things read in them" if len(ones) > 1 else ""]
        said = ". ".join(filter(None, [*told, *skipped[:3]]))
        if not ones:
            return Item(
                n=n, name=given.name, state="skipped", said=said or "no report in it", report=None
            )
        new = any(one.new for one in ones)
        return Item(
            n=n,
            name=given.name,
            state="kept" if new else "known",
            said=said,
            report=ones[0].report,
        )

    def _answer(
        self, job: Job, beat: _Beat, _: reading.StandingReader
    ) -> tuple[str, dict[str, object]]:
        """Solve a case and keep the answer."""
        version = self._desk.cases.version(job.asked["case"], job.asked["version"])
        chosen = case.from_yaml(version.text, version.name)
        settings = SweepSettings(futures=job.asked.get("futures", FUTURES), keep=KEPT)
        brief = flow.answered(
            chosen, self._store, settings, lambda doing, share: beat.say(0.9 * share, doing)
        )
        beat.say(0.95, "writing it down", at_once=True)
        kept = self._desk.answers.add(
            version,
            by=job.by,
            title=chosen.title,
            page=show.html(brief),
            told=json.dumps(show.as_json(brief)),
        )
        return "solved", {"answer": kept}


class _Beat:
    """How a running job says how far it is, and hears that it is to end."""

    def __init__(self, desk: Desk, job: Job, stopping: threading.Event) -> None:
        self._desk = desk
        self._job = job
        self._stopping = stopping
        self._last = -BEAT_SECONDS
        self._said = (0.0, job.says)
        self._over = threading.Event()

    def __enter__(self) -> Self:
        """Say every now and then that the job lives, also while it has nothing new to say."""
        threading.Thread(target=self._live, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Say no more."""
        self._over.set()

    def _live(self) -> None:
        while not self._over.wait(LIVE_SECONDS):
            self._desk.jobs.beat(self._job.id, *self._said)

    def say(self, share: float, says: str, *, at_once: bool = False) -> None:
        """Say how far the job is; raises when it is to end."""
        self._said = (share, says)
        if at_once:
            self._last = -BEAT_SECONDS
        self.check()

    def check(self) -> None:
        """Raise when the job is to end."""
        if self._stopping.is_set():
            raise _LeftError
        now = time.monotonic()
        if now - self._last >= BEAT_SECONDS:
            self._last = now
            if self._desk.jobs.beat(self._job.id, *self._said):
                raise _LeftError


def _raws(given: Given) -> Iterator[Raw | Skipped]:
    if given.content is None:
        return report.collect([given.name])
    return report.unpack(given.name, given.content)
