"""Where a command's words go: results to standard output, the rest to standard error."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from foedus.errors import Fault, FoedusError


def complain(errors: Iterable[BaseException]) -> None:
    """Print each error's message on standard error."""
    tell(*map(str, errors))


def tell(*lines: str) -> None:
    """Print lines on standard error."""
    for line in lines:
        sys.stderr.write(f"foedus: {line}\n")


@contextmanager
def progress_shown() -> Iterator[Callable[[str, float], None]]:
    """Yield a function that shows what is being done: a bar in a terminal, else a line a step."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _line_a_step()
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task("starting", total=1.0)

        def tell(doing: str, share: float) -> None:
            bars.update(task, description=doing, completed=share)

        yield tell


def _line_a_step() -> Callable[[str, float], None]:
    """Return a function that writes a line whenever something else is being done."""
    last = ""

    def tell(doing: str, _share: float) -> None:
        nonlocal last
        if doing != last:
            sys.stderr.write(f"foedus: {doing}\n")
            last = doing

    return tell


def write_whole(path: Path, text: str) -> None:
    """Write ``text`` to ``path``, all of it or nothing: a reader never meets half a file.

    Raises
    ------
    FoedusError
        When the folder is not there or cannot be written to.
    """
    with written_whole(path) as file:
        file.write(text)


@contextmanager
def written_whole(path: Path) -> Iterator[IO[str]]:
    """Yield a file that takes the place of ``path`` when all is written, and is gone otherwise.

    Raises
    ------
    FoedusError
        When the folder is not there or cannot be written to.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            yield file
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from error
        raise


def _unwritable(path: Path, error: OSError) -> FoedusError:
    """Return the error for a file that cannot be written."""
    fault = Fault(
        at="",
        found=error.strerror or str(error),
        must="be a file in a folder that can be written to",
        do="Name another place.",
    )
    return FoedusError(str(path), (fault,))


def _umask() -> int:
    """Return the mask of the permissions that a new file does not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
