"""Which tellings could be one event with a given one: found by what they have in common.

They are the pairs that `foedus.record.merging.candidates` finds for all tellings at once.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from foedus.record.likeness import names_no_town, reach, traits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.record.tellings import Telling


class Blocks:
    """Some tellings, to be asked for those that could be one event with one of them."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self._tellings = tellings
        self._reaches = [reach(telling) for telling in tellings]
        self._blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._placeless: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._alike: dict[tuple[str, str, object], list[int]] = defaultdict(list)
        for n, telling in enumerate(tellings):
            common = list(traits(telling))
            for party in telling.parties:
                block = (telling.event.type, party)
                self._blocks[block].append(n)
                if names_no_town(telling):
                    self._placeless[block].append(n)
                for trait in common:
                    self._alike[*block, trait].append(n)

    def beside(self, n: int) -> set[int]:
        """Return the tellings that could be one event with the nth."""
        telling = self._tellings[n]
        found: set[int] = set()
        for party in telling.parties:
            block = (telling.event.type, party)
            if names_no_town(telling):
                found.update(self._blocks[block])
                continue
            found.update(self._placeless[block])
            for trait in traits(telling):
                found.update(self._alike[*block, trait])
        first, last = self._reaches[n]
        reaches = self._reaches
        found.discard(n)
        return {m for m in found if reaches[m][0] <= last and first <= reaches[m][1]}
