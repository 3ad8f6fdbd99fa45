"""Names, numbers, sentences and distributions as YAML that reads back to the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.case.distributions import WITHIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.case.values import Distribution

_WIDTH = 100
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z0-9_-]+)*")
_NOT_PLAIN = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}  # YAML reads no text
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_BREAK = re.compile(r"(?<=[^ \\]) (?=[^ \\])")  # one blank between words: a line may end there


def flow_list(names: Iterable[str]) -> str:
    """Write names as a list on one line."""
    return f"[{', '.join(text(name) for name in names)}]"


def number(value: float) -> str:
    """Write a number so that it reads back to the last bit, without a needless ``.0``."""
    whole = value == int(value) and abs(value) < 1e15
    return str(int(value)) if whole else repr(value)


def text(words: str, column: int | None = None) -> str:
    """Write ``words`` plain where YAML allows it beyond doubt, in double quotes elsewhere.

    With ``column``, where the text starts on its line, a long text goes on over several lines.
    """
    if len(words) <= _WIDTH // 2 and _PLAIN.fullmatch(words) and words.lower() not in _NOT_PLAIN:
        return words
    quoted = "".join(_escape(character) for character in words)
    if column is None or column + len(quoted) + 2 <= _WIDTH:
        return f'"{quoted}"'
    lines, width = [""], _WIDTH - column - 2
    for piece in _BREAK.split(quoted):
        if lines[-1] and len(lines[-1]) + len(piece) >= width:
            lines.append(piece)
        else:
            lines[-1] = f"{lines[-1]} {piece}" if lines[-1] else piece
    return '"' + f"\n{' ' * column}".join(lines) + '"'


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def distribution(values: Distribution) -> str:
    """Write a distribution as the value of a parameter, on one line."""
    low, high = number(values.low), number(values.high)
    if values.kind == "uniform" and values.low == values.high:
        return low
    if values.kind == "quantiles":
        pairs = (f"[{number(chance)}, {number(value)}]" for chance, value in values.quantiles)
        return f"{{quantiles: [{', '.join(pairs)}]}}"
    shape = [number(each) for each in values.shape]
    if values.kind in WITHIN:
        return f"{{{values.kind}: [{', '.join(shape)}], within: [{low}, {high}]}}"
    return f"{{{values.kind}: [{', '.join([low, *shape, high])}]}}"
