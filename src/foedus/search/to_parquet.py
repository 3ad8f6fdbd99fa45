"""A sweep into a file: every deal told in a few numbers, however many there are."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from foedus import __version__
from foedus.case import case_hash
from foedus.errors import SearchError
from foedus.ids import digest
from foedus.search import sharding
from foedus.search.checkpoint import SIZE, open_checkpoint, whole, writing
from foedus.search.choosing import choose, refuse, solved
from foedus.search.keeping import Keeper, robustly
from foedus.search.table import metadata, read_metadata, reductions, schema, table, write
from foedus.search.values import Swept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyarrow as pa

    from foedus.case.values import Case
    from foedus.search.checkpoint import Checkpoint
    from foedus.search.choosing import Choice
    from foedus.search.sharding import Shard, Solve
    from foedus.search.values import Futures, SweepSettings

    Tell = Callable[[int, int], None]


def sweep_to_parquet(
    case: Case,
    settings: SweepSettings,
    file: Path,
    *,
    resume: bool = False,
    on: str | None = None,
    progress: Tell | None = None,
) -> Swept:
    """Solve deals over futures and write how each fares to a Parquet file.

    What is solved is kept beside ``file`` as it comes. However the sweep was broken off, it can be
    gone on with, and the file is then the same to the last bit.

    Parameters
    ----------
    case
        What is played.
    settings
        Which deals, in how many futures; ``keep`` says how many of the best are returned.
    file
        The file to be made; one that is there is replaced once the new one is whole.
    resume
        Go on with an unfinished sweep; where the file is finished already, only read it.
    on
        None for this machine alone, ``ray`` for a Ray cluster of its own here, or the address of
        one: ``ray://host:port``.
    progress
        Told how many pairs of a deal and a future are done, and of how many.

    Raises
    ------
    SearchError
        When a setting is out of its range, the case holds a number that is not finite, the place
        cannot be written to, or there is an unfinished sweep that was not asked for.
    """
    from foedus.search.futures import draw  # noqa: PLC0415 - scipy takes half a second to load

    refuse(case, settings)
    choice = choose(case, settings)
    plan = _plan(case, settings, choice)
    if resume and _is_of(file, plan):
        return _swept(file, case, settings, choice)
    columns = schema(case)
    drawn = draw(case, settings.futures, settings.seed)
    tell = progress or (lambda _done, _of: None)
    store = open_checkpoint(file, case, columns, plan, resume=resume)
    with _solver(case, drawn, settings.workers, on) as solve:
        if choice.narrowed:
            ((found, looked_at),) = solved(choice, settings, store.through(solve), tell)
            parts = iter([table(case, found, settings.futures, columns)])
        else:
            _fill(store, choice, settings.futures, solve, tell)
            parts, looked_at = _kept(store, choice, settings.futures), choice.count
    counts = {"possible": str(choice.space.count), "looked_at": str(looked_at)}
    told = metadata(case, plan | counts)
    with writing(file), whole(file, store.folder) as path:
        write(path, columns.with_metadata(told), parts)
    store.remove()
    return _swept(file, case, settings, choice)


def _plan(case: Case, settings: SweepSettings, choice: Choice) -> dict[str, str]:
    """Return what a sweep is of: all on which its numbers depend, to the last bit."""
    chosen = settings.deals
    deals = f"named, {digest(repr(chosen))}" if isinstance(chosen, tuple) else str(chosen)
    return {
        "version": __version__,
        "case_hash": case_hash(case),
        "seed": str(settings.seed),
        "futures": str(settings.futures),
        "deals": deals,
        "at_least": str(settings.keep) if choice.narrowed else "any",
        SIZE: str(sharding.shard_size(choice.count, settings.futures)),
    }


def _is_of(file: Path, plan: dict[str, str]) -> bool:
    """Whether ``file`` is a finished sweep of just this."""
    if not file.exists():
        return False
    try:
        held = read_metadata(file)
    except SearchError:
        return False
    return all(held.get(key) == value for key, value in plan.items())


@contextmanager
def _solver(case: Case, futures: Futures, workers: int, on: str | None) -> Iterator[Solve]:
    """Yield what solves shards, here or on a cluster."""
    if on is None:
        yield sharding.here(case, futures, workers)
        return
    from foedus.search.on_ray import cluster  # noqa: PLC0415 - needs what few have installed

    with cluster(case, futures, workers, on) as solve:
        yield solve


def _fill(store: Checkpoint, choice: Choice, futures: int, solve: Solve, tell: Tell) -> None:
    """Solve every shard that is not in the store yet."""
    done, pairs = 0, choice.count * futures

    def missing() -> Iterator[Shard]:
        nonlocal done
        for shard in sharding.shards(choice.deals, choice.count, futures):
            if not store.has(shard.index):
                yield shard
            else:
                done += len(shard.deals) * futures

    for index, reduced in solve(missing()):
        store.keep(index, reduced, futures)
        done += len(reduced.deals) * futures
        tell(done, pairs)


def _kept(store: Checkpoint, choice: Choice, futures: int) -> Iterator[pa.Table]:
    """Yield the shards of the store in their order."""
    for index in range(sharding.shard_count(choice.count, futures)):
        yield store.rows(index)


def _swept(file: Path, case: Case, settings: SweepSettings, choice: Choice) -> Swept:
    """Return what a finished file holds, and its best deals."""
    keeper = Keeper(count=settings.keep, orders=(robustly,))
    for reduced in reductions(file, case):
        keeper.add(reduced, settings.futures)
    return Swept(
        file=file,
        case=case,
        settings=settings,
        best=keeper.kept(),
        tally=keeper.tally,
        possible=choice.space.count,
        looked_at=int(read_metadata(file)["looked_at"]),
    )
