"""What becomes of the rows of a file while it is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.errors import RecordError
from foedus.record.checking import check
from foedus.record.exchange.values import Imported

if TYPE_CHECKING:
    from foedus.errors import Fault
    from foedus.reading.values import Mentions
    from foedus.record.exchange.values import ImportFormat

MOST_REFUSED = 1_000
"""After so many faults a file is rather of another layout: reading it stops."""


class Tally:
    """What became of the rows so far."""

    def __init__(self) -> None:
        self.added = 0
        self.known = 0
        self.changes = 0
        self.left_out: Counter[str] = Counter()
        self.refused: list[Fault] = []
        self.lines: dict[str, int] = {}

    def refuse(self, *faults: Fault) -> None:
        """Keep what is wrong with one row."""
        self.refused += faults

    def sound(self, mentions: Mentions, at: str) -> bool:
        """Say whether the record would keep these mentions; refuse them when it would not."""
        try:
            check(mentions)
        except RecordError as error:
            self.refuse(*(replace(fault, at=f"{at}, {fault.at}") for fault in error.faults))
            return False
        return True

    def full(self) -> bool:
        """Say whether so much is wrong that it makes no sense to go on."""
        return len(self.refused) >= MOST_REFUSED

    def result(self, chosen: ImportFormat, *, guessed: bool) -> Imported:
        """Return the tally as a value."""
        return Imported(
            format=chosen,
            guessed=guessed,
            added=self.added,
            known=self.known,
            changes=self.changes,
            left_out=tuple(sorted(self.left_out.items())),
            refused=tuple(self.refused),
            stopped=self.full(),
        )
