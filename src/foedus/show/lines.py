"""Lines on a terminal: headings, statements with their source numbers, and how much was left out.

Everything is printed as finished text, never as markup, so that words from a report cannot colour
or hide anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from foedus.show.words import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, RenderableType

    from foedus.show.sources import Sources

WIDEST = 100
"""Columns that are used at most: longer lines are hard to read."""
FAINT = "dim"


@dataclass(slots=True)
class Lines:
    """A terminal that remembers which sources it has named.

    Parameters
    ----------
    console
        Where to print.
    sources
        The numbered spans of the record.
    cited
        The numbers printed so far.
    """

    console: Console
    sources: Sources
    cited: set[int] = field(default_factory=set)

    @property
    def width(self) -> int:
        """How many columns are used."""
        return min(self.console.width, WIDEST)

    def text(self, words: str, style: str = "") -> Text:
        """Return words made safe for this terminal, characters it cannot show replaced."""
        encoding = self.console.encoding
        return Text(clean(words).encode(encoding, "replace").decode(encoding), style=style)

    def put(self, thing: RenderableType) -> None:
        """Print something already finished."""
        self.console.print(thing, width=self.width, overflow="fold", highlight=False)

    def heading(self, title: str) -> None:
        """Print a heading with a line behind it."""
        self.console.print()
        self.put(Rule(self.text(title, "bold"), align="left", characters="-", style=FAINT))

    def say(self, words: str, *, style: str = "", indent: int = 0) -> None:
        """Print a sentence."""
        self.put(Padding(self.text(words, style), (0, 0, 0, indent), expand=False))

    def statement(self, words: str, numbers: Sequence[int] = (), *, style: str = "") -> Text:
        """Return a statement with its source numbers behind it, and remember those."""
        self.cited.update(numbers)
        text = self.text(words, style)
        for number in numbers:
            text.append(f" [{number}]", FAINT)
        return text

    def rows(self, rows: Sequence[tuple[Text, ...]], *, first: int, indent: int = 0) -> None:
        """Print rows of a narrow first column, ``first`` wide, and what belongs beside it."""
        grid = Table.grid(padding=(0, 1), expand=False)
        grid.add_column(width=first, overflow="fold")
        grid.add_column(overflow="fold")
        for row in rows:
            grid.add_row(*row)
        self.put(Padding(grid, (0, 0, 0, indent), expand=False))

    def more(self, left_out: int, *, indent: int = 0) -> None:
        """Say how many were left out, if any."""
        if left_out > 0:
            self.say(f"and {left_out} more (--html shows all)", style=FAINT, indent=indent)
