"""Bytes read one piece at a time, expanded where they are packed, and never more than is sound.

A few kilobytes of gzip can stand for gigabytes. What comes out is counted against what went in,
and reading ends where the two have lost all proportion: text packs four to twenty times.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, BinaryIO

from foedus.report.received import megabytes
from foedus.report.refusal import Reason, refusal

if TYPE_CHECKING:
    from collections.abc import Buffer  # type: ignore[attr-defined]  # from Python 3.12

    from foedus.errors import ReportError

GZIP = b"\x1f\x8b"
PIECE = 1 << 16
FREE = 64 << 20
"""Bytes that may come out whatever went in: no harm in any memory, and more than a page needs."""
TIMES = 200
"""How often what went in may come out beyond that; gzip itself reaches 1,030 at the most."""


class Expanded(io.RawIOBase):
    """A file's bytes, expanded where they are gzip, from where it stands.

    It ends early, and says why in ``fault``, when the bytes are cut off, are broken, or expand
    beyond proportion; what came before is good.

    Parameters
    ----------
    file
        Where the bytes come from; only its ``read`` is used.
    where
        Its name, for the fault.
    """

    def __init__(self, file: BinaryIO, where: str) -> None:
        self.fault: ReportError | None = None
        self.taken = 0
        self._file = file
        self._where = where
        self._given = 0
        self._ahead = b""  # what was looked at and has not come out
        self._rest = self._take()
        self.packed = self._rest.startswith(GZIP)
        self._gzip = zlib.decompressobj(wbits=31) if self.packed else None

    def readable(self) -> bool:
        """Say that this can be read from."""
        return True

    def tell(self) -> int:
        """Return how many bytes have come out."""
        return self._given

    def readinto(self, buffer: Buffer) -> int:
        """Fill a buffer with the next bytes, and return how many; 0 at the end."""
        view = memoryview(buffer).cast("B")
        if self._ahead:
            piece, self._ahead = self._ahead[: len(view)], self._ahead[len(view) :]
        else:
            piece = self._expanded(len(view)) if self.packed else self._plain(len(view))
        view[: len(piece)] = piece
        self._given += len(piece)
        return len(piece)

    def peek(self, size: int) -> bytes:
        """Return the first bytes that will come out, at least ``size`` if there are so many."""
        while len(self._ahead) < size:
            piece = self._expanded(PIECE) if self.packed else self._plain(PIECE)
            if not piece:
                break
            self._ahead += piece
        return self._ahead

    def _take(self) -> bytes:
        """Return the next bytes of the file as they are; nothing at its end."""
        try:
            piece = self._file.read(PIECE)
        except OSError as err:
            found = f"bytes that cannot be read ({err.strerror or err})"
            self._end("not readable", found, "be readable to the end")
            return b""
        self.taken += len(piece)
        return piece

    def _plain(self, size: int) -> bytes:
        """Return the next bytes of a file that is not packed."""
        rest = self._rest or self._take()
        self._rest = rest[size:]
        return rest[:size]

    def _expanded(self, size: int) -> bytes:
        """Return the next bytes of a packed file, at most ``size``."""
        while self.fault is None:
            if self._gzip is None and not self._next_member():
                return b""
            self._rest = self._rest or self._take()
            if not self._rest or self._gzip is None:
                self._end("broken archive", "gzip that is cut off", "be whole")
                return b""
            try:
                piece = self._gzip.decompress(self._rest, size)
            except zlib.error as err:
                self._end("broken archive", f"gzip that is broken ({err})", "be whole")
                return b""
            if self._gzip.eof:
                self._rest, self._gzip = self._gzip.unused_data, None
            else:
                self._rest = self._gzip.unconsumed_tail
            if self._given + len(piece) > FREE + TIMES * self.taken:
                found = f"{megabytes(self.taken)} that expand to more than {megabytes(self._given)}"
                must = f"expand to at most {megabytes(FREE)} and {TIMES} times the file"
                self._end("too large", found, must)
                return b""
            if piece:
                return piece
        return b""

    def _next_member(self) -> bool:
        """Begin the next packed part, after any padding; False when none is left."""
        while True:
            self._rest = self._rest.lstrip(b"\x00")
            if self._rest and (len(self._rest) > 1 or not GZIP.startswith(self._rest)):
                break
            more = self._take()
            if not more:
                return False
            self._rest += more
        if not self._rest.startswith(GZIP):
            self._end("broken archive", "gzip with other bytes behind it", "be whole")
            return False
        self._gzip = zlib.decompressobj(wbits=31)
        return True

    def _end(self, reason: Reason, found: str, must: str) -> None:
        """Say why nothing more comes."""
        do = "Save or fetch it again." if reason != "too large" else "Do not trust it."
        self.fault = refusal(reason, self._where, found, must, do)


def expanded(content: bytes, where: str, limit: int) -> bytes:
    """Return packed bytes expanded, at most ``limit`` of them and one more.

    Raises
    ------
    ReportError
        When they are broken or cut off.
    """
    stream = Expanded(io.BytesIO(content), where)
    whole = bytearray()
    while len(whole) <= limit and (piece := stream.read(min(PIECE, limit + 1 - len(whole)))):
        whole += piece
    if stream.fault is not None:
        raise stream.fault
    return bytes(whole)
