"""How fast a dataset comes in and a record goes out, beside Python's csv reading the same file.

    python benchmarks/exchange.py [--rows 10000] [--json]

A file of UCDP's layout with rows that no war has seen is taken into a new record, taken in again,
and the record goes out as JSON Lines. Told are rows a second of one core's time, the ratio to only
reading the file, and the most memory that the process had.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import random
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.record import export_record, import_file, open_store

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).parents[1] / "tests" / "record" / "samples" / "ucdp-ged.csv"
SEED = 20310502


def write_rows(path: Path, rows: int) -> None:
    """Write a file of ``rows`` rows: the sample's first, with other names, days and numbers."""
    rng = random.Random(SEED)  # noqa: S311 - no secret
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        for n in range(rows):
            day = dt.date(2001, 1, 1) + dt.timedelta(days=rng.randrange(9000))
            land, low = rng.randrange(40), rng.randrange(9)
            writer.writerow(
                first
                | {
                    "id": str(600_000 + n),
                    "side_a": f"Government of Land {land}",
                    "side_b": f"Front {land}.{rng.randrange(4)}",
                    "date_start": f"{day} 00:00:00.000",
                    "date_end": f"{day} 00:00:00.000",
                    "source_date": str(day + dt.timedelta(days=2)),
                    "where_coordinates": f"Town {rng.randrange(900)}",
                    "low": str(low),
                    "best": str(low + rng.randrange(5)),
                    "high": str(low + 9),
                }
            )


def only_read(path: Path) -> None:
    """Read every cell of a file and keep nothing."""
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass


def seconds(work: Callable[[], object]) -> float:
    """Return the time that one core spent on some work."""
    before = time.process_time()
    work()
    return time.process_time() - before


def measure(rows: int) -> dict[str, float]:
    """Return rows a second of each step, and its ratio to only reading the file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "rows.csv"
        write_rows(path, rows)
        plain = seconds(lambda: only_read(path))
        with open_store(str(folder / "record.db")) as store:
            spent = {
                "import": seconds(lambda: import_file(store, path)),
                "import again": seconds(lambda: import_file(store, path)),
                "export jsonl": seconds(
                    lambda: export_record(store, "jsonl", folder / "record.jsonl")
                ),
            }
    told: dict[str, float] = {"rows": rows}
    for step, time_spent in spent.items():
        told[f"{step}, rows/s"] = round(rows / time_spent)
        told[f"{step}, times only reading"] = round(time_spent / plain, 1)
    told["most memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    told = measure(given.rows)
    if given.json:
        print(json.dumps(told))
        return
    for name, value in told.items():
        print(f"{name:35} {value:>12,}")


if __name__ == "__main__":
    main()
