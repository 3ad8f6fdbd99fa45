"""Which files and addresses a person means: by name, by folder, or by a pattern of names.

A folder stands for the reports below it, in the order of their names; what is hidden, and what by
its ending is no report (a picture, a style sheet saved beside a page), is not opened. Links to
folders are followed, but never into a folder that is being walked already.
"""

from __future__ import annotations

import glob
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.report.refusal import refusal
from foedus.report.values import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STDIN = "-"
SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
PATTERN = re.compile(r"[*?\[]")
ENDINGS = (
    ".html", ".htm", ".xhtml", ".txt", ".text", ".md", ".xml", ".rss", ".atom",
    ".jsonl", ".ndjson", ".warc", ".gz",
)  # fmt: skip
"""What a file in a folder must end in to be opened; a file that is named is opened in any case."""
DEEPEST = 64  # folders inside each other: far more than people make, far fewer than Python can walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file or an address to open, and the name that its reports get.

    Parameters
    ----------
    name
        What to open: a path, an address, or ``-`` for standard input.
    source
        The name for people: a file's own name, its path below the folder that was given, or the
        address.
    named
        Whether a person named it, and not a folder or a pattern.
    """

    name: str
    source: str
    named: bool = True


def places_in(names: Iterable[str]) -> Iterator[Place | Skipped]:
    """Yield the places that names stand for, in their order, each folder and pattern sorted."""
    for name in names:
        if name == STDIN or SCHEME.match(name):
            yield Place(name=name, source="stdin" if name == STDIN else name)
        elif _exists(name) or not PATTERN.search(name):
            yield from _below(name)
        else:
            matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - any path, absolute too
            if not matches:
                do = "Check the pattern; quotes around it keep the shell from changing it."
                error = refusal("no file", name, "no file that fits", "fit a file's name", do)
                yield Skipped(error=error)
            for match in matches:
                yield from _below(match, named=False)


def _exists(name: str) -> bool:
    """Say whether there is something of this name; a name that cannot be is none."""
    try:
        return os.path.lexists(name)
    except ValueError:  # a zero byte in it
        return False


def _below(name: str, *, named: bool = True) -> Iterator[Place | Skipped]:
    """Yield the file of a name, or the files below the folder of that name."""
    try:
        is_folder = os.path.isdir(name)  # noqa: PTH112 - a name with a zero byte raises elsewhere
    except ValueError:
        is_folder = False
    if not is_folder:
        source = os.path.basename(name) or name  # noqa: PTH119 - as above
        yield Place(name=name, source=source, named=named)
        return
    found = False
    for each in _walk(name, "", ()):
        found = True
        yield each
    if not found:
        do = f"Name one whose files end in {', '.join(ENDINGS)}."
        error = refusal("no report", name, "a folder without reports", "hold one", do)
        yield Skipped(error=error)


def _walk(folder: str, below: str, above: tuple[tuple[int, int], ...]) -> Iterator[Place | Skipped]:
    """Yield what lies in a folder; ``above`` are the folders that lead to it, by device and number.

    A folder that cannot be opened is told and left out; the others are walked all the same.
    """
    try:
        status = os.stat(folder)  # noqa: PTH116 - beside scandir
        known = (status.st_dev, status.st_ino)
        if known in above or len(above) >= DEEPEST:
            found = "a link back to a folder that it lies in" if known in above else "a deep folder"
            must = f"lead to new files, at most {DEEPEST} folders deep"
            error = refusal("not readable", folder, found, must, "Name the folder itself.")
            yield Skipped(error=error, failed=False)
            return
        with os.scandir(folder) as scan:
            entries = sorted((entry for entry in scan), key=lambda entry: entry.name)
    except OSError as err:
        found = f"a folder that cannot be opened ({err.strerror or err})"
        do = "Give yourself the right to read it."
        yield Skipped(error=refusal("not readable", folder, found, "be readable", do))
        return
    for entry in entries:
        source = f"{below}{entry.name}"
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _walk(entry.path, f"{source}/", (*above, known))
        elif entry.name.casefold().endswith(ENDINGS):
            yield Place(name=entry.path, source=source, named=False)
        else:
            must = f"end in {', '.join(ENDINGS)} to be opened in a folder"
            error = refusal("another kind", entry.path, "another kind of file", must, "Name it.")
            yield Skipped(error=error, failed=False)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is a folder, or a link to one; a link in a circle is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False
