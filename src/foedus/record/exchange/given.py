"""Take an object of JSON apart, keeping every fault rather than the first."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

from foedus.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


class Given:
    """An object of JSON, asked for by name; what is wrong with it goes into ``faults``.

    What is asked for in vain comes back as None or nothing, and the caller looks at ``faults``
    before using any of it.
    """

    def __init__(self, thing: object, at: str, faults: list[Fault]) -> None:
        self.at = at
        self.faults = faults
        self._thing: dict[str, Any] = {}
        if isinstance(thing, dict):
            self._thing = thing
        else:
            faults.append(Fault(at=at, found=_short(thing), must="be an object"))
            self.faults = []  # nothing is in it, and to say so of each field would be no help

    def __contains__(self, name: str) -> bool:
        """Say whether the object has a value of that name that is not null."""
        return self._thing.get(name) is not None

    def fault(self, name: str, must: str) -> None:
        """Keep one thing that is wrong."""
        found = _short(self._thing.get(name))
        self.faults.append(Fault(at=f"{self.at}.{name}", found=found, must=must))

    def text(self, name: str) -> Any:  # noqa: ANN401 - a str; on a fault nothing that is used
        """Return a text."""
        value = self._thing.get(name)
        if not isinstance(value, str):
            self.fault(name, "be text")
        return value

    def text_or_none(self, name: str) -> str | None:
        """Return a text, or None when it is null or not there."""
        return self.text(name) if name in self else None

    def word(self, name: str, words: Collection[str]) -> Any:  # noqa: ANN401 - as text
        """Return one of the words of a vocabulary."""
        value = self._thing.get(name)
        if not isinstance(value, str) or value not in words:
            self.fault(name, f"be one of {', '.join(sorted(words))}")
        return value

    def word_or_none(self, name: str, words: Collection[str]) -> Any:  # noqa: ANN401 - as text
        """Return one of the words of a vocabulary, or None."""
        return self.word(name, words) if name in self else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._thing.get(name)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.fault(name, "be a list of texts")
            return ()
        return tuple(value)

    def number(self, name: str) -> float:
        """Return a number, 0 or more."""
        value = self._thing.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf:
            return value
        self.fault(name, "be a number, 0 or more")
        return 0

    def whole(self, name: str) -> int:
        """Return a whole number."""
        value = self._thing.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.fault(name, "be a whole number")
        return 0

    def day_or_none(self, name: str) -> dt.date | None:
        """Return a day, or None."""
        if name not in self:
            return None
        try:
            return dt.date.fromisoformat(self._thing[name])
        except (TypeError, ValueError):
            self.fault(name, "be a day as YYYY-MM-DD")
            return None

    def days_or_none(self, name: str) -> tuple[dt.date, dt.date] | None:
        """Return a first and a last day, or None."""
        if name not in self:
            return None
        try:
            first, last = self._thing[name]
            return dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        except (TypeError, ValueError):
            self.fault(name, "be two days as YYYY-MM-DD, the first and the last")
            return None

    def moment(self, name: str) -> dt.datetime:
        """Return a moment with its time zone."""
        try:
            moment = dt.datetime.fromisoformat(self._thing[name])
        except (KeyError, TypeError, ValueError):
            moment = dt.datetime.min  # noqa: DTZ901 - without a zone, which is a fault
        if moment.tzinfo is None:
            self.fault(name, "be a moment such as 2031-05-02T12:00:00+00:00")
        return moment

    def pair(self, name: str) -> tuple[int, int]:
        """Return two whole numbers, 0 or more, of which the second is the larger."""
        value = self._thing.get(name)
        if (
            isinstance(value, list)
            and len(value) == 2
            and all(isinstance(n, int) and not isinstance(n, bool) for n in value)
            and 0 <= value[0] < value[1]
        ):
            return value[0], value[1]
        self.fault(name, "be a start and an end after it")
        return 0, 0

    def span(self, name: str, text: object) -> tuple[int, int]:
        """Return a start and an end within a text."""
        start, end = self.pair(name)
        length = len(text) if isinstance(text, str) else 0
        if end > length:
            self.fault(name, f"end within the {length:,} characters of the text")
        return start, end

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return a list of pairs of texts."""
        value = self._thing.get(name)
        if isinstance(value, list) and all(
            isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, str) for p in pair)
            for pair in value
        ):
            return tuple((one, two) for one, two in value)
        self.fault(name, "be a list of pairs of texts")
        return ()

    def each(self, name: str) -> Iterator[Given]:
        """Yield each object of a list."""
        value = self._thing.get(name, [])
        if not isinstance(value, list):
            self.fault(name, "be a list")
            return
        for n, thing in enumerate(value):
            yield Given(thing, f"{self.at}.{name}[{n}]", self.faults)

    def part(self, name: str) -> Given:
        """Return an object within this one."""
        return Given(self._thing.get(name), f"{self.at}.{name}", self.faults)


def _short(value: object) -> str:
    if value is None:
        return "nothing"
    told = repr(value)
    return told if len(told) <= 60 else f"{told[:60]}…"
