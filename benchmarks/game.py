"""How fast the game is solved, beside other ways to solve the same game; and that all agree.

    python benchmarks/game.py [--case FILE] [--json | --curve 8]

In one run, on the same deals and futures of one case: the compiled game; the readable one; NumPy
over all futures at once (`numpy_game`); the readable one run through the EMA Workbench; and Gambit,
asked of the game of one crisis whether anybody has something to gain. The last two need the
dependency group ``peers``, and are told as absent without it. How many evaluations of T the time of
a pair is worth is told too, all its work included: laying the deal out, looking, walking, reducing.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import json
import os
import resource
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numba
import numpy as np

from foedus.case import load_case
from foedus.game import solve
from foedus.search import careful, compiled, kernel, sharding
from foedus.search.dealing import space
from foedus.search.futures import draw
from foedus.search.inputs import each_future, effects
from foedus.search.packing import pack
from numpy_game import NumpyGame

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.case.values import Case
    from foedus.search.values import Counts, Futures

CASE = Path(__file__).parents[1] / "cases" / "ardal.yaml"
RUN = 64
"""Deals that follow each other in the order of enumeration, as in a sweep of all."""


def runs_of_deals(case: Case, runs: int, seed: int) -> Counts:
    """Return runs of neighbouring deals that begin anywhere among all deals of the case."""
    all_deals = space(case)
    size = min(RUN, all_deals.count)
    begins = np.random.default_rng(seed).integers(0, all_deals.count - size + 1, runs)
    return np.concatenate([all_deals.deals(np.arange(b, b + size)) for b in begins])


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Return the seconds on the clock that ``work`` takes, and what it gives."""
    begun = time.perf_counter()
    made = work()
    return time.perf_counter() - begun, made


def used(work: Callable[[], object]) -> float:
    """Return the seconds of this thread's processor that ``work`` takes, the least of three."""

    def once() -> float:
        begun = time.thread_time()
        work()
        return time.thread_time() - begun

    return min(once() for _ in range(3))


def peak() -> float:
    """Return how many pairs of a sigmoid and a log(1 + e^z) a second one thread can do at most.

    Measured on the kernel's own function in one loop over numbers in the first cache.
    """

    @numba.njit(error_model="numpy", nogil=True)
    def loop(z: np.ndarray, q: np.ndarray, value: np.ndarray, times: int) -> None:
        for _ in range(times):
            for f in range(z.size):
                q[f], value[f] = kernel._option(z[f])  # noqa: SLF001 - the very function

    z, q, value = (np.linspace(-5, 5, 256) for _ in range(3))
    loop(z, q, value, 1)
    return 256 * 20_000 / used(lambda: loop(z, q, value, 20_000))


def seconds_to_evaluate(case: Case, deals: Counts, futures: Futures) -> float:
    """Return what one evaluation of T takes in one lane, in double precision, on one thread."""

    @numba.njit(error_model="numpy", nogil=True)
    def loop(at, table, pi, play, out, window, party, order, stages, times):  # noqa: ANN001, ANN202, PLR0913, PLR0917 - as the kernel's
        for _ in range(times):
            kernel._call(at, table, pi, play, out, window, party, order, stages, 1)  # noqa: SLF001

    packed, at, spent = (
        pack(case, futures, (case.horizon_years,)),
        kernel.address(single=False),
        0.0,
    )
    which = np.arange(min(kernel.BLOCK, len(futures.values)))
    for d in range(len(deals)):
        rows = np.full(which.size, d)
        lanes = careful._filled(packed, deals, rows, which)  # noqa: SLF001 - the very lanes
        pi, play = np.full((lanes.pairs, which.size), 0.5), lanes.play(which.size)
        given = (at, lanes.table, pi, play, pi.copy(), *lanes.common)
        loop(*given, 8)
        spent += used(lambda given=given: loop(*given, 50)) / 50
    return spent / len(deals) / which.size


def curve(case: Case, futures: Futures, threads: int, most: int) -> None:
    """Print what ever more pairs cost, in runs of neighbouring deals, a shard at a time."""
    whole, count = space(case), len(futures.values)
    for pairs in (10**power for power in range(5, most + 1)):
        wanted = max(1, pairs // count)
        step, done = sharding.shard_size(wanted, count), 0
        clock, used = time.perf_counter(), time.process_time()
        begins = np.linspace(0, whole.count - RUN, -(-wanted // RUN), dtype=np.int64)
        spread = (begins[:, None] + np.arange(RUN)).ravel()[:wanted]
        for low in range(0, wanted, step):
            places = spread[low : low + step]
            done += len(places) * count
            compiled.reduce(case, whole.deals(places), futures, threads=threads)
        clock, used = time.perf_counter() - clock, time.process_time() - used
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        print(
            f"{done:12,} pairs {clock:8.1f} s, {used:8.1f} s of processors, "
            f"{used / done * 1e9:6.0f} ns a pair, {memory} MiB at most"
        )


def by_ema(case: Case, deal: tuple[int, ...], futures: Futures) -> float:
    """Return the pairs a second of the readable game run through the EMA Workbench, one process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ema_workbench import Model, RealParameter, ScalarOutcome, perform_experiments  # noqa: PLC0415
    given, low, high = effects(case, deal), futures.values.min(axis=0), futures.values.max(axis=0)
    names = [f"u{i}" for i in range(len(futures.keys))]

    def play(**values: float) -> dict[str, float]:
        row = np.array([[values[name] for name in names]])
        (future,) = each_future(case, type(futures)(seed=0, keys=futures.keys, values=row))
        return {"survive": solve(given, future).survive}

    model = Model("game", function=play)
    model.uncertainties = [
        RealParameter(name, float(a), float(max(b, a + 1e-9)))
        for name, a, b in zip(names, low, high, strict=True)
    ]
    model.outcomes = [ScalarOutcome("survive")]
    count = len(futures.values)
    with contextlib.redirect_stderr(io.StringIO()):  # it draws a bar
        seconds, _ = timed(lambda: perform_experiments(model, scenarios=count))
    return count / seconds


def by_gambit(case: Case, deal: tuple[int, ...], futures: Futures) -> float | None:
    """Return the pairs a second that Gambit checks: the game of the first crisis of each."""
    import pygambit  # noqa: PLC0415

    from foedus.errors import GameError  # noqa: PLC0415
    from foedus.game.crisis import crisis  # noqa: PLC0415
    from foedus.game.efg import Names, to_efg  # noqa: PLC0415

    given, done, spent = effects(case, deal), 0, 0.0
    names = Names(title=case.title, guarantors=case.guarantors)
    for future in each_future(case, futures)[:8]:
        try:
            text = to_efg(crisis(given, future, period=1, types=4, shocks=4), names)
        except GameError:
            continue
        game = pygambit.read_efg(io.BytesIO(text.encode()))
        seconds, _ = timed(lambda game=game: game.mixed_behavior_profile().agent_max_regret())
        done, spent = done + 1, spent + seconds
    return done / spent if done else None


def measured(case: Case, deals: Counts, futures: Futures, threads: int) -> dict[str, object]:
    """Return what is measured."""
    compiled.reduce(case, deals[:1], futures)  # compile, or load what was compiled
    begun = time.process_time()
    seconds, reduced = timed(lambda: compiled.reduce(case, deals, futures, threads=threads))
    each_pair = (time.process_time() - begun) / len(deals) / len(futures.values)
    pairs = len(deals) * len(futures.values)
    rate = pairs / seconds
    some, each = deals[:: max(1, len(deals) // 24)], each_future(case, futures)
    told = compiled.outcomes(case, some, futures)
    vector, apart, known, elsewhere = 0.0, 0.0, 0, 0
    for d, deal in enumerate(some.tolist()):
        spent, other = timed(
            lambda deal=deal: NumpyGame(list(effects(case, tuple(deal))), list(each)).solve()
        )
        vector += spent
        same = told.converged[d] & ~told.multiple[d] & (other["off"] < 1e-11)
        gaps = [
            np.abs(values[d] - other[name])
            for name, values in (
                ("margin_c", told.margin_c),
                ("margin_p", told.margin_p),
                ("survive", told.survive[:, :, -1]),
            )
        ]
        gap = np.max(gaps, axis=0)[same]
        # NumPy goes one way only, and may end in an equilibrium that neither start leads to
        known, elsewhere = known + gap.size, elsewhere + int((gap > kernel.DIFFERENT).sum())
        apart = max(apart, float(gap[gap <= kernel.DIFFERENT].max(initial=0.0)))
    few = each[:16]

    def readable() -> list[tuple[float, bool, bool]]:
        found = [solve(effects(case, tuple(d)), f) for d in some.tolist() for f in few]
        return [(s.survive, s.multiple, s.converged) for s in found]

    plain, solved = timed(readable)
    survive, multiple, converged = (np.array(column) for column in zip(*solved, strict=True))
    good = told.converged[:, :16].ravel() & converged
    alike = good & (told.multiple[:, :16].ravel() == multiple)
    fast = np.abs(told.survive[:, :16, -1].ravel() - survive)[alike]
    first = tuple(some[0].tolist())
    ema = importlib.util.find_spec("ema_workbench") is not None
    gambit = importlib.util.find_spec("pygambit") is not None
    return {
        "kernel_pairs_per_second": rate,
        "kernel_pairs_per_processor_second": 1 / each_pair,
        "numpy_pairs_per_second": len(some) * len(each) / vector,
        "reference_pairs_per_second": len(solved) / plain,
        "ema_pairs_per_second": by_ema(case, first, futures) if ema else None,
        "gambit_pairs_per_second": by_gambit(case, first, futures) if gambit else None,
        "unconverged_share": float(reduced.failed.sum()) / pairs,
        "multiple_share": float(reduced.multiple.sum()) / pairs,
        "furthest_from_reference": float(fast[fast <= kernel.DIFFERENT].max(initial=0.0)),
        "other_than_reference": int((good & ~alike).sum() + (fast > kernel.DIFFERENT).sum()),
        "compared_with_reference": int(good.sum()),
        "furthest_from_numpy": apart,
        "other_than_numpy": elsewhere,
        "compared_with_numpy": known,
        "sigmoids_per_processor_second": peak(),
        "evaluations_worth_per_pair": each_pair
        / seconds_to_evaluate(case, deals[:: max(1, len(deals) // 16)], futures),
        "pairs": pairs,
        "guarantors": len(case.guarantors),
        "threads": threads,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--case", type=Path, default=CASE)
    parser.add_argument("--futures", type=int, default=1024)
    parser.add_argument("--runs", type=int, default=24)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--curve", type=int, help="only what 10^5 to 10^CURVE pairs cost")
    told = parser.parse_args()
    case = load_case(told.case)
    if told.curve:
        curve(case, draw(case, told.futures, 1), told.threads, told.curve)
        return
    deals, futures = runs_of_deals(case, told.runs, 1), draw(case, told.futures, 1)
    found = measured(case, deals, futures, told.threads)
    # one sigmoid and one log a period, stage and guarantor would be the least: what one evaluation
    # of T at the equilibrium, and the outcomes, cannot do without
    level = np.concatenate([[0], np.cumsum([len(p.levels) for p in case.provisions])[:-1]])
    delays = [int(v.effects.get("delay", 0)) for p in case.provisions for v in p.levels]
    window = np.array(delays)[level + deals].max(axis=1)
    least = float(window.mean()) + 1 + 2 * len(case.guarantors)
    found["sigmoids_at_least_per_pair"] = least
    limit = float(found["sigmoids_per_processor_second"]) / least
    found["limit_share"] = float(found["kernel_pairs_per_processor_second"]) / limit
    if told.json:
        print(json.dumps(found))
        return
    base = float(found["reference_pairs_per_second"])
    for name, value in found.items():
        ratio = (
            f"  ({float(value) / base:.3g} x the readable)"
            if "pairs_per_second" in name and value
            else ""
        )
        print(f"{name:28} {value if value is None else format(value, '.6g')}{ratio}")


if __name__ == "__main__":
    main()
