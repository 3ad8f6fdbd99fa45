"""The same sweep on many machines: shards are solved on a Ray cluster, one a processor at a time.

A shard is the same to the last bit wherever it is solved. When a worker dies, Ray solves its shard
again elsewhere. Every machine needs this version of foedus.
"""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from foedus import __version__
from foedus.errors import Fault, SearchError
from foedus.search.solving import first, reduce

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.case.values import Case
    from foedus.search.sharding import Shard, Solve
    from foedus.search.values import Counts, Futures, Reduction

RETRIES = 5
"""Times that a shard is given to another worker when one dies, before the sweep gives up."""

AHEAD = 2
"""Shards on their way for each processor, so that none waits for the next."""

QUIET: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
LOCAL, REMOTE = "ray", "ray://"


@contextmanager
def cluster(case: Case, futures: Futures, workers: int, on: str) -> Iterator[Solve]:
    """Yield what solves shards on a Ray cluster.

    Parameters
    ----------
    case, futures
        What is solved; sent to each machine once.
    workers
        Processors of a cluster of its own here; one that is there already says itself.
    on
        ``ray`` to begin a cluster here, or the address of one, ``ray://host:port``.

    Raises
    ------
    SearchError
        When Ray is not installed, or no cluster answers there.
    """
    ray = _ray(on)
    _begin(ray, workers, on)
    try:
        yield _solve(ray, case, futures)
    finally:
        ray.shutdown()


def _ray(on: str) -> Any:  # noqa: ANN401 - Ray has no types that we rely on
    if on != LOCAL and not on.startswith(REMOTE):
        fault = Fault(
            at="", found="no address of a cluster", must=f"be {LOCAL} or {REMOTE}host:port"
        )
        raise SearchError(on, (fault,))
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # what is swept is nobody else's business
    try:
        import ray  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        fault = Fault(
            at="Ray",
            found="not installed",
            must="be there to use other machines",
            do="Install it: pip install 'foedus[ray]'.",
        )
        raise SearchError(on, (fault,)) from error
    return ray


def _begin(ray: Any, workers: int, on: str) -> None:  # noqa: ANN401 - as above
    try:
        if on == LOCAL:
            ray.init(address="local", num_cpus=workers, include_dashboard=False, **QUIET)
        else:
            ray.init(address=on, **QUIET)
    except (ConnectionError, RuntimeError, ValueError) as error:
        fault = Fault(
            at="",
            found=f"no cluster: {error}",
            must="be the address of a Ray cluster that can be reached",
            do="Begin one with 'ray start --head' and give ray://HOST:10001.",
        )
        raise SearchError(on, (fault,)) from error


def _solve(ray: Any, case: Case, futures: Futures) -> Solve:  # noqa: ANN401 - as above
    remote = ray.remote(max_retries=RETRIES)(reduce_there)
    given = ray.put((case, futures, __version__))
    room = AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))

    def solve(some: Iterable[Shard]) -> Iterator[tuple[int, Reduction]]:
        waiting: dict[Any, int] = {}
        coming = iter(some)
        while True:
            while len(waiting) < room and (shard := next(coming, None)) is not None:
                waiting[remote.remote(given, shard.deals, shard.futures)] = shard.index
            if not waiting:
                return
            (ready, *_), _ = ray.wait(list(waiting), num_returns=1)
            yield waiting.pop(ready), _result(ray, ready)

    return solve


def _result(ray: Any, ready: Any) -> Reduction:  # noqa: ANN401 - as above
    try:
        reduced: Reduction = ray.get(ready)
    except ray.exceptions.RayTaskError as error:
        raise error.cause if isinstance(error.cause, SearchError) else error from None
    except ray.exceptions.RayError as error:
        fault = Fault(
            at="a worker",
            found=f"lost {RETRIES + 1} times with the same deals: {error}",
            must="live to solve them",
            do="See that machines have memory, and resume (--resume).",
        )
        raise SearchError("the cluster", (fault,)) from error
    return reduced


def reduce_there(given: tuple[Case, Futures, str], deals: Counts, count: int) -> Reduction:
    """Solve a shard on whatever machine this runs on.

    Raises
    ------
    SearchError
        When another version of foedus is installed there: its numbers could differ.
    """
    case, futures, version = given
    if version != __version__:
        must = f"be {version}, as where the sweep was begun"
        fault = Fault(at="foedus on a worker", found=f"version {__version__}", must=must)
        raise SearchError("the cluster", (fault,))
    return reduce(case, deals, first(futures, count))
