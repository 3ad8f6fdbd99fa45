"""What a record costs as it grows: adding, asking, searching, joining, and room on the disk.

    python benchmarks/record.py [--json] [--reports 1000 10000 100000] [--record ADDRESS]

The reports are made up, of a war between two states that do not exist: seventy a day, each with ten
claims, two events, a position and a provision; an event is told by three reports on the average.
Processor time is given beside the clock, since other programs on the machine do not change it much.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import tempfile
import time
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.ids import ReportId, digest
from foedus.reading.values import (
    Claim,
    Event,
    Mentions,
    Position,
    ProvisionMention,
    Quantity,
)
from foedus.record import Question, open_store
from foedus.report.values import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sized

    from foedus.record import Store

A_DAY = 70
FIRST = dt.date(2031, 1, 1)
PLACES = [f"{a}{b}" for a in ("Velm", "Osk", "Tarn", "Brod", "Lind") for b in ("", "haven", "gard")]
SPEAKERS = [f"{first} {last}" for first in ("Olle", "Ida", "Nils") for last in ("Falk", "Stern")]
PAGE = 60
"""Moments that the command lists unless more are asked for."""

TIMES = 3
PART = 5000
WHOLE_MOST = 20_000
FILL = "and nothing more was known of it in the town on that evening, as people there told us"


def reports(count: int, seed: int = 1) -> Iterator[Mentions]:
    """Yield made-up readings in the order of their days."""
    chance = random.Random(seed)  # noqa: S311 - made-up data
    acts: list[tuple[dt.date, str, int]] = []
    for n in range(count):
        day = FIRST + dt.timedelta(days=n // A_DAY)
        if n % A_DAY == 0:
            acts = [
                (day, chance.choice(PLACES), chance.randrange(10, 900))
                for _ in range(2 * A_DAY // 3)
            ]
        yield _report(n, day, chance.sample(acts, 2), chance)


def _report(
    n: int, day: dt.date, acts: list[tuple[dt.date, str, int]], chance: random.Random
) -> Mentions:
    sentences = [f"Ardal sent {drones} drones at {place} that day." for _, place, drones in acts]
    sentences += [f"It was the {n}th report, {FILL}, number {k}." for k in range(10)]
    sentences += ["Velmark wants the valley.", "Monitors were proposed."]
    text = "\n".join(sentences)
    starts = [0]
    for sentence in sentences:
        starts.append(starts[-1] + len(sentence) + 1)
    spans = [(s, s + len(t)) for s, t in zip(starts, sentences, strict=False)]
    events = tuple(
        Event(
            type="ASSAULT", mode="aerial", status="happened", date=(day, day), place=place,
            country=None, actors=("Ardal",), recipients=("Velmark",), according_to=None, span=span,
            quantities=(
                Quantity(item="drone", role="launched", value=float(drones), bound="exact"),
            ),
        )
        for (_, place, drones), span in zip(acts, spans, strict=False)
    )  # fmt: skip
    return Mentions(
        report=Report(
            id=ReportId(digest(text)),
            source=f"{n}.html",
            title=f"Report {n}",
            outlet=f"Outlet {n % 40}",
            author=None,
            published=day,
            published_from="page",
            language="en",
            text=text,
        ),
        events=events,
        claims=tuple(
            Claim(
                speaker=chance.choice(SPEAKERS), side="Ardal", kind="indirect", cue="said", span=s
            )
            for s in spans[2:12]
        ),
        positions=(Position(actor="Velmark", issue="territory", stance="demands", span=spans[12]),),
        provisions=(
            ProvisionMention(provision="monitoring", by=None, status="proposed", span=spans[13]),
        ),
        unknowns=(),
    )


class Clock:
    """What is measured, by name: seconds by the clock and of the processor."""

    def __init__(self) -> None:
        self.told: dict[str, float | int] = {}

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Add up what is done within."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
        self._add(f"{name}_s", time.perf_counter() - clock)
        self._add(f"{name}_cpu_s", time.process_time() - processor)

    def best(self, name: str, ask: Callable[[], Sized]) -> None:
        """Keep the quickest of some times that a question is asked, and how long the answer is."""
        times = []
        for _ in range(TIMES):
            clock, processor = time.perf_counter(), time.process_time()
            found = ask()
            times.append((time.process_time() - processor, time.perf_counter() - clock))
        self.told[f"{name}_found"] = len(found)
        self.told[f"{name}_cpu_s"], self.told[f"{name}_s"] = (round(t, 4) for t in min(times))

    def _add(self, name: str, seconds: float) -> None:
        self.told[name] = round(self.told.get(name, 0) + seconds, 4)


def fill(store: Store, count: int, clock: Clock) -> None:
    """Make up reports and add them, some thousand at a time."""
    made = reports(count)
    while True:
        with clock.timed("make_up"):
            part = list(islice(made, PART))
        if not part:
            return
        with clock.timed("add"):
            store.add_all(part, reader="1")


def ask(store: Store, count: int, clock: Clock) -> None:
    """Put the questions, as of the middle of the war."""
    day = FIRST + dt.timedelta(days=count // A_DAY // 2)
    week = {"since": day - dt.timedelta(days=6), "until": day}
    pages: dict[str, tuple[Question, dt.date | None, int]] = {
        "newest": (Question(), None, PAGE),
        "as_of": (Question(), day, PAGE),
        "week": (Question(**week), day, PAGE),
        "whole_day": (Question(since=day, until=day), day, 10_000),
        "actor": (Question(actor="Ardal"), day, PAGE),
        "speaker": (Question(actor="Ida Falk"), day, PAGE),
        "actor_week": (Question(actor="Velmark", **week), day, 20),
        "type": (Question(event_type="ASSAULT"), day, 20),
        "place": (Question(place="Velmhaven"), day, 20),
        "issue": (Question(about="territory"), day, 5),
        "nobody": (Question(actor="Nobody"), day, PAGE),
    }
    for name, (question, as_of, most) in pages.items():
        clock.best(
            f"timeline_{name}",
            lambda q=question, a=as_of, m=most: store.timeline(q, as_of=a, most=m),
        )
    clock.best("positions", lambda: store.positions(Question(actor="Velmark"), as_of=day, most=20))
    clock.best("provisions", lambda: store.provisions(as_of=day, most=20))
    clock.best("disputes_day", lambda: store.findings(day, day, as_of=day))
    clock.best("mentions_week", lambda: store.mentions(Question(**week), as_of=day))
    clock.best("search", lambda: store.search("drones Velmhaven", as_of=day))
    event = next(m.id for m in store.timeline(as_of=day, most=PAGE) if m.family == "event")
    clock.best("show", lambda: store.around([event], day).record.events)
    if count <= WHOLE_MOST:
        with clock.timed("whole"):
            record = store.record()
        clock.told["whole_events"] = len(record.events)


def measure(count: int, where: str, path: Path | None) -> dict[str, float | int]:
    """Return what one size costs."""
    clock = Clock()
    clock.told |= {"reports": count, "claims": 10 * count}
    with open_store(where) as store:
        fill(store, count, clock)
        clock.told["add_reports_per_s"] = round(count / clock.told["add_s"])
        clock.told["add_reports_per_cpu_s"] = round(count / clock.told["add_cpu_s"])
        ask(store, count, clock)
    if path is not None:
        clock.told["bytes_per_claim"] = round(path.stat().st_size / (10 * count))
    return clock.told


def main() -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--record", help="a database address; it must be empty, for one size")
    options = parser.parse_args()
    for count in options.reports:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "record.db")
            where = options.record or str(path)
            told = measure(count, where, None if options.record else path)
        if options.json:
            print(json.dumps(told), flush=True)
        else:
            print("\n".join(lines(told)), flush=True)


def lines(told: dict[str, float | int]) -> Iterator[str]:
    """Yield what was measured for people: questions in milliseconds of the processor."""
    yield (
        f"{told['reports']:,} reports, {told['claims']:,} claims: made up in"
        f" {told['make_up_cpu_s']:.1f} s, added at {told['add_reports_per_s']:,} reports/s by the"
        f" clock, {told['add_reports_per_cpu_s']:,} of the processor;"
        f" {told.get('bytes_per_claim', '-')} bytes a claim"
    )
    for name, found in told.items():
        if name.endswith("_found"):
            what = name.removesuffix("_found")
            yield (
                f"  {what:22} {told[f'{what}_cpu_s'] * 1000:7.0f} ms"
                f"  (by the clock {told[f'{what}_s'] * 1000:.0f}; {found:,} found)"
            )
    if "whole_cpu_s" in told:
        yield f"  the whole joined: {told['whole_cpu_s']:.1f} s, {told['whole_events']:,} events"


if __name__ == "__main__":
    main()
