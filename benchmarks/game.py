"""How fast the game is solved, beside other ways to solve the same game; and that all agree.

    python benchmarks/game.py [--case FILE] [--json]

In one run, on the same deals and futures of one case: the compiled game; the readable one; NumPy
over all futures at once (`numpy_game`); the readable one run through the EMA Workbench; and Gambit,
asked of the game of one crisis whether anybody has something to gain. The last two need the
dependency group ``peers``, and are told as absent without it.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import json
import os
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numba
import numpy as np

from foedus.case import load_case
from foedus.game import solve
from foedus.search import compiled, kernel
from foedus.search.dealing import space
from foedus.search.futures import draw
from foedus.search.inputs import each_future, effects
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


def peak(threads: int) -> float:
    """Return how many pairs of a sigmoid and a log(1 + e^z) a second the machine can do at most.

    Measured on the kernel's own loop over numbers in the first cache, on one thread, times the
    threads.
    """

    @numba.njit(error_model="numpy", nogil=True)
    def loop(z: np.ndarray, q: np.ndarray, value: np.ndarray, times: int) -> None:
        for _ in range(times):
            kernel._last_stage(z, z, z, q, value)  # noqa: SLF001 - the very loop

    z, q, value = (np.linspace(-5, 5, 256) for _ in range(3))
    loop(z, q, value, 1)
    seconds = min(timed(lambda: loop(z, q, value, 20_000))[0] for _ in range(3))
    return threads * 256 * 20_000 / seconds


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
    seconds, reduced = timed(lambda: compiled.reduce(case, deals, futures, threads=threads))
    pairs = len(deals) * len(futures.values)
    some, each = deals[:: max(1, len(deals) // 24)], each_future(case, futures)
    told = compiled.outcomes(case, some, futures)
    vector, apart, known = 0.0, 0.0, 0
    for d, deal in enumerate(some.tolist()):
        spent, other = timed(
            lambda deal=deal: NumpyGame(list(effects(case, tuple(deal))), list(each)).solve()
        )
        vector += spent
        same = told.converged[d] & ~told.multiple[d] & (other["off"] < 1e-11)
        known += int(same.sum())
        for name, values in (
            ("margin_c", told.margin_c),
            ("margin_p", told.margin_p),
            ("survive", told.survive[:, :, -1]),
        ):
            gap = np.abs(values[d] - other[name])[same].max(initial=0.0)
            apart = max(apart, float(gap))
    few = each[:16]

    def readable() -> list[float]:
        return [solve(effects(case, tuple(d)), f).survive for d in some.tolist() for f in few]

    plain, survive = timed(readable)
    fast = told.survive[:, :16, -1].ravel()
    good = told.converged[:, :16].ravel()
    first = tuple(some[0].tolist())
    ema = importlib.util.find_spec("ema_workbench") is not None
    gambit = importlib.util.find_spec("pygambit") is not None
    rate = pairs / seconds
    return {
        "kernel_pairs_per_second": rate,
        "numpy_pairs_per_second": len(some) * len(each) / vector,
        "reference_pairs_per_second": len(survive) / plain,
        "ema_pairs_per_second": by_ema(case, first, futures) if ema else None,
        "gambit_pairs_per_second": by_gambit(case, first, futures) if gambit else None,
        "unconverged_share": float(reduced.failed.sum()) / pairs,
        "multiple_share": float(reduced.multiple.sum()) / pairs,
        "furthest_from_reference": float(np.abs(fast - np.array(survive))[good].max()),
        "furthest_from_numpy": apart,
        "compared_with_numpy": known,
        "sigmoids_per_second": peak(threads),
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
    told = parser.parse_args()
    case = load_case(told.case)
    deals, futures = runs_of_deals(case, told.runs, 1), draw(case, told.futures, 1)
    found = measured(case, deals, futures, told.threads)
    # one sigmoid and one log a period, stage and guarantor would be the least: what one evaluation
    # of T at the equilibrium, and the outcomes, cannot do without
    level = np.concatenate([[0], np.cumsum([len(p.levels) for p in case.provisions])[:-1]])
    delays = [int(v.effects.get("delay", 0)) for p in case.provisions for v in p.levels]
    window = np.array(delays)[level + deals].max(axis=1)
    least = float(window.mean()) + 1 + 2 * len(case.guarantors)
    found["sigmoids_at_least_per_pair"] = least
    found["limit_share"] = (
        float(found["kernel_pairs_per_second"]) * least / float(found["sigmoids_per_second"])
    )
    if told.json:
        print(json.dumps(found))
        return
    base = float(found["reference_pairs_per_second"])
    for name, value in found.items():
        ratio = (
            f"  ({float(value) / base:.3g} x the readable)" if "pairs_per" in name and value else ""
        )
        print(f"{name:28} {value if value is None else format(value, '.6g')}{ratio}")


if __name__ == "__main__":
    main()
