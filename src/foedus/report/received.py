"""What was received, to the byte, and how a file is read without being swallowed whole.

A path can name what is no file at all (a folder, a device that never ends), or a file that is far
too large for a report; both are refused by what the file system says of them, before reading.
"""

from __future__ import annotations

import contextlib
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from foedus.report.refusal import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 10 * 1024 * 1024
"""The most that a report may be, in bytes: ten times the largest news page we know of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The bytes of one input, and what came with them.

    Parameters
    ----------
    source
        The file's name, or the address as given.
    content
        The bytes as they came.
    charset
        The character set that the server named; None for a file, or when it named none.
    url
        The address that answered in the end, after redirects; None for a file.
    """

    source: str
    content: bytes
    charset: str | None = None
    url: str | None = None


def megabytes(size: int) -> str:
    """Return a number of bytes in words.

    Examples
    --------
    >>> megabytes(52_428_800), megabytes(900)
    ('50.0 MiB', '900 bytes')
    """
    return f"{size / 1_048_576:.1f} MiB" if size >= 1_048_576 else f"{size} bytes"


@contextlib.contextmanager
def opened(path: str) -> Iterator[tuple[BinaryIO, int]]:
    """Open a file for as long as it is read, and yield it with its size in bytes.

    Raises
    ------
    ReportError
        When there is no such file, it is no regular file, or it cannot be read.
    """
    file = Path(path)
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a directory" if stat.S_ISDIR(status.st_mode) else "a device or a pipe"
            raise refusal("no file", path, kind, "be a file", "Save it to a file.")
        reading = file.open("rb")
    except FileNotFoundError:
        do = "Check the name; an address begins with https:// or http://."
        raise refusal("no file", path, "no such file", "name a file or an address", do) from None
    except PermissionError:
        do = "Give yourself the right to read it."
        found = "a file that may not be read"
        raise refusal("not readable", path, found, "be readable", do) from None
    except (OSError, ValueError) as err:  # a name too long, a zero byte in it, a circle of links
        found = f"a file that cannot be read ({err})"
        do = "Check the name and the disk."
        raise refusal("not readable", path, found, "be readable", do) from None
    with reading:
        yield reading, status.st_size


def too_large(where: str, size: int, limit: int) -> Exception:
    """Return the error for an input of ``size`` bytes or more."""
    found = f"{megabytes(size)} or more"
    must = f"be at most {megabytes(limit)}"
    return refusal(
        "too large", where, found, must, "Save only the report, without pictures and attachments."
    )
