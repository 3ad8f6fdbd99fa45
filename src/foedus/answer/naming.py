"""Short names of deals: the few provisions by which one knows a deal from the others.

The two on which most hangs come first; then, up to four, those that part it best from other deals
told that are the same so far.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.answer.told import BARE_NAME
from foedus.case.terms import slugs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.case.values import Case
    from foedus.search.values import Deal, Floats

FIRST, MOST = 2, 4
"""Provisions in a short name: those that always come in, and how many there are at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What deals are called: ``order`` are the provisions, that on which most hangs first."""

    case: Case
    deals: tuple[Deal, ...]
    order: tuple[int, ...]

    @classmethod
    def of(cls, case: Case, deals: Sequence[Deal], weights: Floats) -> Names:
        """Return the names for a case, told apart from ``deals``; ``weights`` are (J,)."""
        order = sorted(range(len(case.provisions)), key=lambda j: -round(float(weights[j]), 9))
        return cls(case=case, deals=tuple(deals), order=tuple(order))

    def short(self, deal: Deal) -> str:
        """Return the short name of a deal, in the case's order of provisions."""
        given = [j for j in self.order if deal[j] > 0]
        if not given:
            return BARE_NAME
        chosen = given[:FIRST]
        rivals = [d for d in self.deals if d != deal and all(d[j] == deal[j] for j in chosen)]
        while rivals and len(chosen) < min(MOST, len(given)):
            left = [j for j in given if j not in chosen]
            chosen.append(min(left, key=lambda j: sum(d[j] == deal[j] for d in rivals)))
            rivals = [d for d in rivals if d[chosen[-1]] == deal[chosen[-1]]]
        if len(given) > len(chosen) == FIRST:
            chosen = given[: FIRST + 1]
        words = "; ".join(_words(self.case, j, deal[j]) for j in sorted(chosen))
        more = len(given) - len(chosen)
        return f"{words}; +{more} more" if more else words


def _words(case: Case, j: int, level: int) -> str:
    """Name a level in the case's own short words: "own force cap: tight"."""
    provision = case.provisions[j]
    name, _, of = provision.id.partition(":")
    part = f"{_spaced(name)} by {_called(case, of)}" if of else _spaced(name)
    return f"{part}: {_spaced(provision.levels[level].name)}"


def _called(case: Case, of: str) -> str:
    """Return the guarantor that the end of a provision's id stands for, as the case writes it."""
    words = slugs(list(case.guarantors))
    return case.guarantors[words.index(of)] if of in words else _spaced(of)


def _spaced(word: str) -> str:
    return word.replace("-", " ").replace("_", " ")
