"""What a sweep costs beside the solving, and how well narrowing does where the truth is known.

    python benchmarks/sweep.py narrow [--futures 256] [--seeds 5]
    python benchmarks/sweep.py ray [--shards 24]

``narrow`` solves every deal of the shipped case, narrows down with several seeds, and compares the
most robust deal found with the most robust there is. ``ray`` sweeps the same shards in this process
and on Ray clusters of one and two workers here, and compares processor time, which other programs
on the machine do not change much; of clocks it says nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from foedus.case import load_case
from foedus.search import SweepSettings, sharding
from foedus.search.choosing import NARROW_SHARE, choose, solved
from foedus.search.dealing import space
from foedus.search.futures import draw
from foedus.search.solving import reduce
from foedus.search.to_parquet import sweep_to_parquet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.search.sharding import Solve
    from foedus.search.values import Reduction

CASE = Path(__file__).parents[1] / "cases" / "ardal.yaml"


def narrow(futures: int, seeds: int) -> None:
    """Print how near narrowing comes to the best, and for how much of the work."""
    case = load_case(CASE)
    rows = []
    for seed in range(1, seeds + 1):
        settings = SweepSettings(futures=futures, seed=seed, deals="narrow", keep=32)
        drawn = draw(case, futures, seed)
        choice = choose(case, settings)
        here, spent = sharding.here(case, drawn, 2), [0]

        def solve(
            some: Iterable[sharding.Shard], here: Solve = here, spent: list[int] = spent
        ) -> Iterator[tuple[int, Reduction]]:
            for shard in some:
                spent[0] += len(shard.deals) * shard.futures
                yield from here([shard])

        started = time.perf_counter()
        ((found, looked_at),) = solved(choice, settings, solve, lambda _done, _of: None)
        narrowed = time.perf_counter() - started
        every = choose(case, SweepSettings(futures=futures, seed=seed, deals="all"))
        parts = [
            part.robust
            for shard in sharding.shards(every.deals, every.count, futures)
            for part in [reduce(case, shard.deals, drawn, threads=2)]
        ]
        best = int(np.concatenate(parts).max())
        rows.append(
            {
                "seed": seed,
                "best_there_is": best / futures,
                "best_found": int(found.robust.max()) / futures,
                "share_of_best": int(found.robust.max()) / best,
                "looked_at": looked_at,
                "share_of_work": round(spent[0] / (every.count * futures), 4),
                "seconds": round(narrowed, 2),
            }
        )
        print(json.dumps(rows[-1]))
    worst = min(row["share_of_best"] for row in rows)
    print(f"worst share of the best found: {worst:.4f}; may take {NARROW_SHARE:.0%} of the work")


def _processor_seconds(pid: int) -> dict[int, float]:
    """Return the processor time that ``pid`` and every process it began have used so far."""
    parents, used = {}, {}
    tick = os.sysconf("SC_CLK_TCK")
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        one = int(status.parent.name)
        parents[one], used[one] = int(fields[1]), (int(fields[11]) + int(fields[12])) / tick
    found = {pid}
    while more := {p for p, parent in parents.items() if parent in found} - found:
        found |= more
    return {p: used[p] for p in found}


def _swept(shards: int, on: str | None, workers: int) -> float:
    """Return the processor seconds of a sweep of so many shards, all processes together."""
    case = load_case(CASE)
    futures = 8192
    whole = space(case)
    count = shards * sharding.shard_size(whole.count, futures)
    spread = whole.deals(np.linspace(0, whole.count - 1, count, dtype=np.int64)).tolist()
    deals = tuple(tuple(deal) for deal in spread)
    settings = SweepSettings(futures=futures, workers=workers, deals=deals, keep=1)
    latest: dict[int, float] = {}

    def told(_done: int, _of: int) -> None:
        latest.update(_processor_seconds(os.getpid()))

    before = _processor_seconds(os.getpid())[os.getpid()]
    with tempfile.TemporaryDirectory() as folder:
        sweep_to_parquet(case, settings, Path(folder) / "deals.parquet", on=on, progress=told)
    latest.update(_processor_seconds(os.getpid()))
    return sum(latest.values()) - before


def ray(shards: int) -> None:
    """Print the processor time of a shard here and on a cluster, and so its efficiency."""
    few = max(2, shards // 4)
    reduce_once()
    here = (_swept(shards, None, 1) - _swept(few, None, 1)) / (shards - few)
    print(f"here: {here:.3f} processor seconds a shard")
    for workers in (1, 2):
        small, large = _swept(few, "ray", workers), _swept(shards, "ray", workers)
        each = (large - small) / (shards - few)
        print(
            f"Ray, {workers} workers: {each:.3f} a shard, efficiency {here / each:.2f};"
            f" {small - few * each:.1f} to begin and end"
        )


def reduce_once() -> None:
    """Solve a pair, so that compiling is no part of what is measured."""
    case = load_case(CASE)
    reduce(case, np.zeros((1, len(case.provisions)), dtype=np.int64), draw(case, 2, 1))


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["narrow", "ray"])
    parser.add_argument("--futures", type=int, default=256)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--shards", type=int, default=24)
    asked = parser.parse_args()
    if asked.what == "narrow":
        narrow(asked.futures, asked.seeds)
    else:
        ray(asked.shards)


if __name__ == "__main__":
    main()
