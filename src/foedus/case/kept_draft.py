"""The draft that a case file was made from, kept at the end of the file, for a later merge.

Who changed a value, a person or a newer draft, shows only against the draft that both began with.
It is kept in the file itself, packed into comments: a file beside it is lost when the case is
mailed, and a record cannot be asked again, as older reports come in late, readers get better and
the library is corrected. A case reads the same with it, without it, and has the same hash.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from foedus.errors import CaseError, Fault
from foedus.ids import digest

_HEAD = "# The draft that this file was made from, for foedus case draft --onto: leave it as it is."
_END = "# End of the draft."
_BLOCK = re.compile(
    r"^# The draft that this file was made from[^\n]*\n# foedus-draft (?P<sum>[0-9a-f]{12})[^\n]*\n"
    r"(?P<packed>(?:#[^\n]*\n)*?)# End of the draft\.[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
_WIDTH = 96
_MOST = 20_000_000  # characters: far above any case, so that a small block cannot unpack to a flood


def keep_draft(body: str, drafted: str) -> str:
    """Return the text of a case with the draft that it was made from at its end."""
    packed = base64.b85encode(zlib.compress(drafted.encode(), 9)).decode()
    lines = [packed[i : i + _WIDTH] for i in range(0, len(packed), _WIDTH)]
    return "\n".join(
        [
            body.rstrip("\n"),
            "",
            _HEAD,
            f"# foedus-draft {digest(drafted)}",
            *(f"# {line}" for line in lines),
            _END,
            "",
        ]
    )


def split_draft(text: str, name: str) -> tuple[str, str | None]:
    """Return a file without the draft that it keeps, and the draft; None where it keeps none.

    Raises
    ------
    CaseError
        If it keeps one that is damaged.
    """
    text = text.replace("\r\n", "\n")
    match = _BLOCK.search(text)
    if match is None:
        if "# foedus-draft " in text:
            raise CaseError(name, (_damaged("its end or its head is missing"),))
        return text, None
    body = f"{text[: match.start()].rstrip()}\n{text[match.end() :]}".rstrip() + "\n"
    packed = re.sub(r"(?m)^# ?|\s", "", match["packed"])
    try:
        unpacker = zlib.decompressobj()
        drafted = unpacker.decompress(base64.b85decode(packed), _MOST).decode()
    except (ValueError, binascii.Error, zlib.error) as error:
        raise CaseError(name, (_damaged(str(error)),)) from None
    if digest(drafted) != match["sum"]:
        raise CaseError(name, (_damaged("it is not what was kept"),))
    return body, drafted


def _damaged(how: str) -> Fault:
    return Fault(
        at="the draft kept at its end",
        found=f"damaged: {how}",
        must="be as it was written",
        do="Restore it from an earlier copy, or draft afresh and carry your edits over.",
    )
