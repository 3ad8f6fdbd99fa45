"""The letters without which a pattern cannot match: a quick look before a slow search.

Hundreds of patterns are sought in every line of a report, and nearly all of them fail. Most hold some
letters that a text must have for them to match at all: "lift* <3> sanctions" needs "sanctions".
`anchors` reads such letters off a compiled pattern, and a `Sieve` of patterns looks for them first.
The result of a search is the same with it and without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

_LETTERS_LEAST = 3
_TEXTS_KEPT = 512  # lines and sentences; a report has fewer, and each family of mentions asks again
_CLASSES = frozenset("wdsbWDSBAZ")


def anchors(pattern: re.Pattern[str]) -> frozenset[str]:
    r"""Return letters, in small, of which any text that a pattern matches holds at least one.

    The set is empty when nothing can be said; then every text may match.

    Examples
    --------
    >>> import re
    >>> sorted(anchors(re.compile("lift(ed)? the (sanctions|embargo)")))
    ['embargo', 'sanctions']
    >>> anchors(re.compile(r"(\w+ )?x?"))
    frozenset()
    """
    found = _Reader(pattern.pattern).alternatives()
    return found if found is not None else frozenset()


class Sieve:
    """Tells which of some patterns a text may match, by the letters that each needs.

    Examples
    --------
    >>> import re
    >>> sieve = Sieve([re.compile("lift(ed)? the (sanctions|embargo)"), re.compile("x?")])
    >>> sieve.possible("They lifted an Embargo."), sieve.possible("It rained.")
    ([0, 1], [1])
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        """Sort the patterns by the letters that they need, and those by the first of them."""
        self._always: list[int] = []
        which: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            needed = anchors(pattern)
            for letters in needed:
                which.setdefault(letters, []).append(number)
            if not needed:
                self._always.append(number)
        self._by_start: dict[str, list[tuple[str, list[int]]]] = {}
        for letters, numbers in which.items():
            self._by_start.setdefault(letters[:_LETTERS_LEAST], []).append((letters, numbers))

    def possible(self, text: str) -> list[int]:
        """Return the places of the patterns that a text may match, in order."""
        lowered, starts = _threes(text)
        found = set(self._always)
        for start in self._by_start.keys() & starts:
            for letters, numbers in self._by_start[start]:
                if letters in lowered:
                    found.update(numbers)
        return sorted(found)


@lru_cache(maxsize=_TEXTS_KEPT)
def _threes(text: str) -> tuple[str, frozenset[str]]:
    """Return a text in small letters, and all that three of them in a row spell."""
    lowered = text.lower()
    return lowered, frozenset(map("".join, zip(lowered, lowered[1:], lowered[2:], strict=False)))


@dataclass(slots=True)
class _Reader:
    """Reads the part of the language of regular expressions that the vocabularies use."""

    text: str
    at: int = 0

    def alternatives(self) -> frozenset[str] | None:
        """Return the letters of a group: those of all its branches, None when one has none."""
        branches = [self._branch()]
        while self._peek() == "|":
            self.at += 1
            branches.append(self._branch())
        known = [branch for branch in branches if branch is not None]
        return frozenset().union(*known) if len(known) == len(branches) else None

    def _peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def _branch(self) -> frozenset[str] | None:
        """Return the best letters that a sequence must have."""
        best: frozenset[str] | None = None
        run = ""
        while self._peek() not in {"", "|", ")"}:
            letters, inner = self._item()
            optional = self._quantifier()
            if letters and not optional:
                run += letters
                continue
            best, run = _better(best, _as_set(run)), ""
            if inner is not None and not optional:
                best = _better(best, inner)
        return _better(best, _as_set(run))

    def _item(self) -> tuple[str, frozenset[str] | None]:
        """Read one item: a letter, or something else with the letters that it must have."""
        sign = self._peek()
        self.at += 1
        if sign == "(":
            return "", self._group()
        if sign == "[":
            self._skip_class()
            return "", None
        if sign == "\\":
            escaped = self._peek()
            self.at += 1
            return ("", None) if escaped in _CLASSES else (escaped.lower(), None)
        if sign in ".^$":
            return "", None
        return sign.lower(), None

    def _group(self) -> frozenset[str] | None:
        looks = False
        if self._peek() == "?":
            kind = self.text[self.at + 1]
            looks = kind in "=!" or self.text[self.at + 1 : self.at + 3] in {"<=", "<!"}
            end = {":": 2, "=": 2, "!": 2}.get(kind)
            if end is None and kind == "<":
                end = 3
            self.at = self.at + end if end else self.text.index(">", self.at) + 1
        found = self.alternatives()
        self.at += 1
        return None if looks else found

    def _skip_class(self) -> None:
        first = self.at
        while self._peek() != "]" or self.at == first:
            self.at += 2 if self._peek() == "\\" else 1
        self.at += 1

    def _quantifier(self) -> bool:
        """Read how often the last item stands; say whether it may be missing."""
        sign = self._peek()
        optional = False
        if sign in {"?", "*"}:
            optional = True
            self.at += 1
        elif sign == "+":
            self.at += 1
        elif sign == "{":
            end = self.text.index("}", self.at)
            optional = self.text[self.at + 1 : end].startswith("0")
            self.at = end + 1
        if sign and sign in "?*+{" and self._peek() == "?":
            self.at += 1
        return optional


def _as_set(run: str) -> frozenset[str] | None:
    return frozenset({run}) if len(run) >= _LETTERS_LEAST else None


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Return the set that fewer texts will hold: fewer and longer letters."""
    if one is None or other is None:
        return one if other is None else other
    return min(one, other, key=lambda s: (len(s) > 4, -min(map(len, s)), len(s), sorted(s)))
