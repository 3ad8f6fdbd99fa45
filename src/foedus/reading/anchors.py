"""The letters without which a pattern cannot match: a quick look before a slow search.

Hundreds of patterns are sought in every line of a report, and nearly all of them fail. Most hold some
letters that a text must have for them to match at all: "lift* <3> sanctions" needs "sanctions".
`anchors` reads such letters off a compiled pattern, and a `Sieve` of patterns looks for them first.
The result of a search is the same with it and without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.reading.parsed import once

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from foedus.reading.tokens import Doc

_LETTERS_LEAST = 3
_FEW = 4
_SETS_MOST = 2  # a third set leaves out hardly a pattern more, and costs a look
_CLASSES = frozenset("wdsbWDSBAZ")


Needed = tuple[frozenset[str], ...]
"""Sets of letters; a text that matches holds at least one of each."""


def anchors(pattern: re.Pattern[str]) -> Needed:
    r"""Return sets of letters, in small, of each of which any text that a pattern matches holds one.

    There are none when nothing can be said; then every text may match.

    Examples
    --------
    >>> import re
    >>> [sorted(letters) for letters in anchors(re.compile("lift(ed)? the (sanctions|embargo)"))]
    [['embargo', 'sanctions'], ['lift']]
    >>> anchors(re.compile(r"(\w+ )?x?"))
    ()
    """
    found = sorted(_Reader(pattern.pattern).alternatives(), key=_commonness)
    return tuple(dict.fromkeys(found))[:_SETS_MOST]


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
        """Note of all letters which patterns need them, and sort them by the first three."""
        needed = [anchors(pattern) for pattern in patterns]
        self._always = [number for number, sets in enumerate(needed) if not sets]
        self._all = [(1 << len(sets)) - 1 for sets in needed]
        which: dict[str, list[tuple[int, int]]] = {}
        for number, sets in enumerate(needed):
            for k, letters in enumerate(sets):
                for one in letters:
                    which.setdefault(one, []).append((number, 1 << k))
        self._by_start: dict[str, list[tuple[str, list[tuple[int, int]]]]] = {}
        for one, marks in which.items():
            self._by_start.setdefault(one[:_LETTERS_LEAST], []).append((one, marks))

    def possible(self, text: str) -> list[int]:
        """Return the places of the patterns that a text may match, in order."""
        return self._passed(_threes(text))

    def possible_in(self, doc: Doc) -> list[int]:
        """Return the places of the patterns that a parsed line may match, in order."""
        return self._passed(_threes_of(doc))

    def _passed(self, threes: tuple[str, frozenset[str]]) -> list[int]:
        lowered, starts = threes
        held: dict[int, int] = {}
        for start in self._by_start.keys() & starts:
            for letters, marks in self._by_start[start]:
                if letters in lowered:
                    for number, mark in marks:
                        held[number] = held.get(number, 0) | mark
        found = [number for number, marks in held.items() if marks == self._all[number]]
        return sorted(found + self._always)


@once
def _threes_of(doc: Doc) -> tuple[str, frozenset[str]]:
    return _threes(doc.text)


def _threes(text: str) -> tuple[str, frozenset[str]]:
    """Return a text in small letters, and all that three of them in a row spell."""
    lowered = text.lower()
    return lowered, frozenset(map("".join, zip(lowered, lowered[1:], lowered[2:], strict=False)))


@dataclass(slots=True)
class _Reader:
    """Reads the part of the language of regular expressions that the vocabularies use."""

    text: str
    at: int = 0

    def alternatives(self) -> list[frozenset[str]]:
        """Return what a group needs: all that its one branch does, else one set of each branch."""
        branches = [self._branch()]
        while self._peek() == "|":
            self.at += 1
            branches.append(self._branch())
        if len(branches) == 1:
            return branches[0]
        if not all(branches):
            return []
        return [frozenset().union(*(min(sets, key=_commonness) for sets in branches))]

    def _peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def _branch(self) -> list[frozenset[str]]:
        """Return what a sequence needs: its runs of letters, and what its groups need."""
        found: list[frozenset[str]] = []
        run = ""
        while self._peek() not in {"", "|", ")"}:
            letters, inner = self._item()
            optional = self._quantifier()
            if letters and not optional:
                run += letters
                continue
            found, run = found + _as_set(run), ""
            if not optional:
                found += inner
        return found + _as_set(run)

    def _item(self) -> tuple[str, list[frozenset[str]]]:
        """Read one item: a letter, or something else with what it needs."""
        sign = self._peek()
        self.at += 1
        if sign == "(":
            return "", self._group()
        if sign == "[":
            self._skip_class()
            return "", []
        if sign == "\\":
            escaped = self._peek()
            self.at += 1
            return ("", []) if escaped in _CLASSES else (escaped.lower(), [])
        if sign in ".^$":
            return "", []
        return sign.lower(), []

    def _group(self) -> list[frozenset[str]]:
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
        return [] if looks else found

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


def _as_set(run: str) -> list[frozenset[str]]:
    return [frozenset({run})] if len(run) >= _LETTERS_LEAST else []


def _commonness(letters: frozenset[str]) -> tuple[bool, int, int, list[str]]:
    """Return what is less of a set that fewer texts hold one of: fewer and longer letters."""
    shortest = min(len(one.strip()) for one in letters)  # " the " is as common as "the"
    return len(letters) > _FEW, -shortest, len(letters), sorted(letters)
