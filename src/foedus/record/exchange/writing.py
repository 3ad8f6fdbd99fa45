"""Write a file or a folder whole or not at all: nobody ever meets half an export."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.errors import Fault, RecordError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a new file beside ``path`` to write into; it takes its place when all went well.

    Raises
    ------
    RecordError
        When the folder is not there or cannot be written to, ``path`` is a folder, or the disk is
        full. What was at ``path`` before is then still there.
    """
    with _said(path):
        if path.is_dir():
            fault = Fault(at="", found="a folder", must="be a file", do="Name a file in it.")
            raise RecordError(str(path), (fault,))
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(handle)
        draft = Path(name)
        try:
            yield draft
            draft.chmod(0o666 & ~_umask())
            _to_disk(draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path, names: Collection[str]) -> Iterator[Path]:
    """Yield a new folder beside ``path`` to write into; it takes its place when all went well.

    Parameters
    ----------
    path
        A folder that does not exist, is empty, or holds an earlier export and nothing else.
    names
        What the files of an export can be called.

    Raises
    ------
    RecordError
        When there is something else at ``path``, or it cannot be written.
    """
    with _said(path):
        _check_free(path, names)
        draft = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
        old = draft.with_name(f"{draft.name}.old")
        try:
            yield draft
            draft.chmod(0o777 & ~_umask())
            for file in draft.iterdir():
                _to_disk(file)
            if path.exists():
                path.replace(old)
            draft.replace(path)
        finally:
            if old.exists() and not path.exists():
                with suppress(OSError):
                    old.replace(path)
            shutil.rmtree(draft, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)


def _check_free(path: Path, names: Collection[str]) -> None:
    if not path.exists():
        return
    if not path.is_dir():
        fault = Fault(at="", found="a file", must="be a folder, or end in .zip")
        raise RecordError(str(path), (fault,))
    strange = sorted(file.name for file in path.iterdir() if file.name not in names)
    if strange:
        fault = Fault(
            at="",
            found=f"a folder that holds {strange[0]}",
            must="be new, empty, or hold an earlier export and nothing else",
            do="Name another folder.",
        )
        raise RecordError(str(path), (fault,))


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Turn what the system says into an error that a person can mend."""
    try:
        yield
    except OSError as error:
        must = "be in a folder that is there and can be written to, with room on the disk"
        fault = Fault(at="", found=error.strerror or str(error), must=must)
        raise RecordError(str(path), (fault,)) from error


def _to_disk(path: Path) -> None:
    """Wait until the disk has what was written, so that a power cut leaves no empty file."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _umask() -> int:
    """Return the mask of the permissions that a new file does not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
