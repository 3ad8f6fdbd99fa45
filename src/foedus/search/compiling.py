"""The game compiled ahead, in processes of its own, while something else is done.

Compiling takes about half a minute of a processor, once on a machine: what was compiled is kept on
disk and loaded in an instant from then on. Two processes share the work, so that it is mostly done
by the time that some reports have been read.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numba import boolean, float32, float64, int64, typeof

from foedus.search import kernel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROW, TABLE, CUBE = float64[::1], float64[:, ::1], float64[:, :, ::1]
SHORT_ROW, SHORT_TABLE, SHORT_CUBE = float32[::1], float32[:, ::1], float32[:, :, ::1]
FLAGS, COUNTS, GRID = boolean[::1], int64[::1], int64[:, ::1]
COMMON = (COUNTS, FLAGS, GRID, int64)
"""What most calls end with: the window, who is a party, the order of s*, and how many stages. Most
begin with where T lies."""


def _packed() -> Any:  # noqa: ANN401 - the compiler's types have no types
    """Return the type of a packed case."""
    two, three = np.zeros((1, 1)), np.zeros((1, 1, 1))
    whole = np.zeros(1, dtype=np.int64)
    return typeof(  # type: ignore[no-untyped-call]
        kernel.Packed(
            draw=two,
            fight=two,
            support=two,
            mean=two,
            scale=two,
            effect=two,
            once=two,
            vector=three,
            delay=whole,
            first=whole,
            periods=whole,
        )
    )


def signatures() -> dict[str, tuple[tuple[Any, ...], ...]]:
    """Return the types of the arguments that each function of the kernel is called with."""
    packed = _packed()
    double, single = (
        (TABLE, CUBE, TABLE, TABLE, ROW),
        (
            *(SHORT_TABLE, SHORT_CUBE, SHORT_TABLE, SHORT_TABLE),
            SHORT_ROW,
        ),
    )
    most = (packed, GRID, int64, CUBE, boolean[:, :, ::1], CUBE, boolean[:, ::1])
    return {
        "evaluate": tuple((*(each,) * 4, *COMMON, int64) for each in (TABLE, SHORT_TABLE)),
        "solve_most": ((int64, int64, *most),),
        "fill_lanes": ((packed, GRID, COUNTS, COUNTS, TABLE, COUNTS, FLAGS, GRID),),
        "begin": ((int64, SHORT_TABLE, float64, SHORT_CUBE, SHORT_TABLE, *COMMON),),
        "seek": ((int64, TABLE, CUBE, TABLE, FLAGS, int64, *COMMON),),
        "straight": tuple(
            (int64, *(table,) * 4, row, FLAGS, *COMMON)
            for table, row in ((TABLE, ROW), (SHORT_TABLE, SHORT_ROW))
        ),
        "walk": tuple((int64, *each, int64, *COMMON) for each in (double, single)),
        "creep": ((int64, *double, int64, *COMMON),),
        "tell": ((int64, TABLE, TABLE, TABLE, *COMMON, COUNTS, TABLE),),
    }


PARTS = (
    ("solve_most",),
    ("evaluate", "fill_lanes", "walk", "straight", "seek", "creep", "begin", "tell"),
)
"""What each of two processes compiles: about the same work."""


def is_kept() -> bool:
    """Say whether everything has been compiled on this machine since the kernel last changed."""
    changed = Path(kernel.__file__).stat().st_mtime
    for name in signatures():
        folder = Path(getattr(kernel, name).stats.cache_path)
        found = list(folder.glob(f"kernel.{name}-*.nbi"))
        if not any(index.stat().st_mtime >= changed for index in found):
            return False
    return True


def begin() -> tuple[threading.Thread, ...]:
    """Begin to compile what is not kept; `wait` for what is returned before anything is solved."""
    if is_kept():
        return ()
    threads = tuple(threading.Thread(target=_compile, args=(part,), daemon=True) for part in PARTS)
    for thread in threads:
        thread.start()
    return threads


def wait(threads: Iterable[threading.Thread], say: Callable[[], None]) -> None:
    """Wait until all is compiled, and ``say`` so once if that takes a while."""
    still = [thread for thread in threads if thread.is_alive()]
    if still:
        say()
    for thread in still:
        thread.join()


def _compile(part: tuple[str, ...]) -> None:
    """Compile in a process of its own, which goes on if this one ends."""
    command = [sys.executable, "-m", "foedus.search.compiling", *part]
    subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - this very program


if __name__ == "__main__":
    known = signatures()
    for wanted in sys.argv[1:]:
        for types in known[wanted]:
            getattr(kernel, wanted).compile(types)
