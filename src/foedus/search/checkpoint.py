"""What is solved of a sweep, kept on disk shard by shard, so that it can be broken off at any time.

Beside the file to be made stands a folder with a plan, which says what is swept, and a Parquet file
for each shard that is solved. A file appears there whole or not at all: it is written under another
name first. So whatever happens, only the shards being solved are lost.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from foedus.errors import Fault, SearchError
from foedus.search.table import reduction, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pyarrow as pa

    from foedus.case.values import Case
    from foedus.search.sharding import Shard, Solve
    from foedus.search.values import Reduction

PLAN = "plan.json"
SUFFIX = ".unfinished"
SIZE = "deals_a_shard"
"""What in a plan follows from the rest, unless foedus itself was changed: told only then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The shards of one sweep that are solved: ``folder`` holds them, as tables of ``columns``."""

    folder: Path
    case: Case
    columns: pa.Schema

    def has(self, index: int) -> bool:
        """Whether a shard is here."""
        return self._path(index).exists()

    def keep(self, index: int, reduced: Reduction, futures: int) -> None:
        """Put a shard here, solved in so many ``futures``."""
        rows = table(self.case, reduced, futures, self.columns)
        with writing(self._path(index)), whole(self._path(index)) as path:
            pq.write_table(rows, path, compression="zstd")

    def rows(self, index: int) -> pa.Table:
        """Return a shard that is here, as rows."""
        with pq.ParquetFile(self._path(index)) as file:
            return file.read()

    def through(self, solve: Solve) -> Solve:
        """Return what solves only the shards that are not here, keeps them, and yields all.

        All are yielded as they are on disk, so that it never matters when they were solved.
        """

        def kept(some: Iterable[Shard]) -> Iterator[tuple[int, Reduction]]:
            wanted = list(some)
            missing = {shard.index: shard for shard in wanted if not self.has(shard.index)}
            for index, reduced in solve(missing.values()):
                self.keep(index, reduced, missing[index].futures)
            for shard in wanted:
                yield shard.index, reduction(self.rows(shard.index), self.case)

        return kept

    def remove(self) -> None:
        """Remove the folder: the whole is in one file now."""
        shutil.rmtree(self.folder)

    def _path(self, index: int) -> Path:
        return self.folder / f"{index:08d}.parquet"


def open_checkpoint(
    file: Path, case: Case, columns: pa.Schema, plan: dict[str, str], *, resume: bool
) -> Checkpoint:
    """Return the checkpoint beside ``file``, begun or taken up again.

    Parameters
    ----------
    file
        The file to be made.
    case, columns
        Of the tables in it.
    plan
        What is swept: an unfinished sweep of anything else is not gone on with.
    resume
        Whether to go on with an unfinished sweep; if there is none it is begun all the same.

    Raises
    ------
    SearchError
        When there is an unfinished sweep and it was not asked for, or it is of something else.
    """
    folder = file.with_name(file.name + SUFFIX)
    if not (folder / PLAN).exists():
        with writing(file):
            folder.mkdir(exist_ok=True)
            with whole(folder / PLAN) as path:
                path.write_text(json.dumps(plan, indent=1), "utf-8")
    elif not resume:
        fault = Fault(
            at=f"{folder.name} beside it",
            found="an unfinished sweep",
            must="be gone on with or be removed",
            do=f"Ask to resume it (--resume), or remove {folder} to begin anew.",
        )
        raise SearchError(str(file), (fault,))
    else:
        _same(folder, json.loads((folder / PLAN).read_text("utf-8")), plan)
    return Checkpoint(folder=folder, case=case, columns=columns)


def _same(folder: Path, begun: dict[str, str], plan: dict[str, str]) -> None:
    differing = [key for key in sorted({*plan, *begun}) if plan.get(key) != begun.get(key)]
    chosen = [key for key in differing if key != SIZE]
    faults = tuple(
        Fault(at=key, found=plan.get(key), must=f"be {begun.get(key)} to go on with what is there")
        for key in chosen or differing
    )
    if faults:
        raise SearchError(str(folder), faults)


@contextmanager
def whole(path: Path, folder: Path | None = None) -> Iterator[Path]:
    """Yield where to write a file that then takes the place of ``path``, all of it or nothing.

    That is in ``folder``, or beside ``path``; what a killed process left there is written over.
    """
    part = (folder or path.parent) / f".{path.name}.part"
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Say it in words where a place cannot be written to.

    Raises
    ------
    SearchError
        With what the system says, and what to do.
    """
    try:
        yield
    except OSError as error:
        fault = Fault(
            at="",
            found=error.strerror or str(error),
            must="be a file in a folder that can be written to and has room",
            do="Name another place, or make room and ask to resume (--resume).",
        )
        raise SearchError(str(file), (fault,)) from error
