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
    from collections.abc import Iterator

A_DAY = 70
FIRST = dt.date(2031, 1, 1)
PLACES = [f"{a}{b}" for a in ("Velm", "Osk", "Tarn", "Brod", "Lind") for b in ("", "haven", "gard")]
SPEAKERS = [f"{first} {last}" for first in ("Olle", "Ida", "Nils") for last in ("Falk", "Stern")]
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


def measure(count: int, where: str, path: Path | None) -> dict[str, object]:
    """Return what one size costs."""
    told: dict[str, object] = {"reports": count, "claims": 10 * count}

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        clock, processor = time.perf_counter(), time.process_time()
        yield
        told[f"{name}_s"] = round(time.perf_counter() - clock, 4)
        told[f"{name}_cpu_s"] = round(time.process_time() - processor, 4)

    made = list(reports(count))
    middle = FIRST + dt.timedelta(days=count // A_DAY // 2)
    with open_store(where) as store:
        with timed("add"):
            store.add_all(made, reader="1")
        if path is not None:
            told["bytes_per_claim"] = round(path.stat().st_size / (10 * count))
        week = Question(since=middle - dt.timedelta(days=6), until=middle)
        for name, question in (
            ("week", week),
            ("actor_week", Question(actor="Ardal", since=week.since, until=week.until)),
        ):
            with timed(f"ask_{name}"):
                found = store.mentions(question, as_of=middle)
            told[f"ask_{name}_mentions"] = len(found)
        raids = Question(event_type="ASSAULT")
        with timed("list_10000"):
            told["list_10000_events"] = len(store.mentions(raids, most=10_000))
        with timed("search"):
            told["search_hits"] = len(store.search("drones Velmhaven", as_of=middle))
        if count <= 20_000:
            with timed("snapshot"):
                record = store.record()
            told["events"] = len(record.events)
    told["add_reports_per_s"] = round(count / float(str(told["add_s"])))
    return told


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
            print("  ".join(f"{name} {value}" for name, value in told.items()), flush=True)


if __name__ == "__main__":
    main()
