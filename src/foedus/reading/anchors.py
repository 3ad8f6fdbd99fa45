"""The letters without which a pattern cannot match: a quick look before a slow search.

Hundreds of patterns are sought in every line of a report, and nearly all of them fail. Most hold some
letters that a text must have for them to match at all: "lift* <3> sanctions" needs "sanctions".
`anchors` reads such letters off a compiled pattern, and `may_match` looks for them first. The result
of a search is the same with it and without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

_LETTERS_LEAST = 3
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


def may_match(needed: frozenset[str], there: frozenset[str]) -> bool:
    """Say whether a text that holds the letters ``there`` has what a pattern needs."""
    return not needed or not needed.isdisjoint(there)


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
