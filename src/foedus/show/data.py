"""Values of ours as plain data: what a program is given, whichever door it comes by."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import fields, is_dataclass
from typing import Any


def plain(value: object) -> Any:  # noqa: ANN401 - plain data is of many types
    """Return values as dicts, lists, texts and numbers; days as YYYY-MM-DD, no number as None.

    Examples
    --------
    >>> plain((dt.date(2031, 5, 6), math.nan, {("help", "Sund"): 0.5}))
    ['2031-05-06', None, {'help[Sund]': 0.5}]
    """
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {_key(name): plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _key(name: str | tuple[str, str]) -> str:
    return name if isinstance(name, str) else f"{name[0]}[{name[1]}]"
