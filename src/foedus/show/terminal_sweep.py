"""A sweep on a terminal: its best deals, and how much was solved to find them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from foedus.answer.told import deal_name
from foedus.search.values import MEASURES_TOLD
from foedus.show.lines import FAINT, WIDEST
from foedus.show.words import clean, counted, percent, span_of_years

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.search.values import Swept

COLUMNS = {"agreed": "agree", "holds": "survive", "war": "direct_any", "secure": "security"}
"""The columns of the table and the measure whose mean each holds."""


def swept(found: Swept, console: Console) -> None:
    """Print the best deals of a sweep, the most robust first.

    Parameters
    ----------
    found
        What to show.
    console
        Where to; nothing is wider than it is, or depends on its colours.
    """
    width = min(console.width, WIDEST)

    def say(words: str, style: str = "") -> None:
        console.print(clean(words), style=style, width=width, markup=False, highlight=False)

    say(_what(found), "bold")
    console.print()
    console.print(_table(found, width))
    years = span_of_years(found.case.horizon_years)
    say(
        "good: share of futures in which it meets every criterion; the others are means over"
        f" futures. agreed: chance that all accept; holds: chance of lasting {years} once agreed;"
        " war: chance of direct war with a guarantor; secure: worth to the protected state, as a"
        " share of lasting peace.",
        FAINT,
    )
    console.print()
    for sentence in _solved(found):
        say(sentence)
    console.print(f"Every deal is in {clean(str(found.file))}", markup=False, soft_wrap=True)


def _what(found: Swept) -> str:
    settings, deals = found.settings, counted(found.tally.deals, "deal")
    which = f"the best {len(found.best.deals)} of {deals}"
    return f"{found.case.title}: {which} in {settings.futures:,} futures (seed {settings.seed})"


def _table(found: Swept, width: int) -> Table:
    table = Table(box=None, padding=(0, 1), pad_edge=False, width=width, header_style="bold")
    table.add_column("", justify="right", width=3)
    table.add_column("good", justify="right", width=5)
    for title in COLUMNS:
        table.add_column(title, justify="right", width=6)
    table.add_column("Deal", ratio=1, overflow="fold")
    best = found.best
    for row, deal in enumerate(best.deals.tolist()):
        solved = found.settings.futures - int(best.failed[row])
        good = percent(best.robust[row] / solved) if solved else "-"
        means = [float(best.mean[row, MEASURES_TOLD.index(name)]) for name in COLUMNS.values()]
        cells = [percent(mean) if solved else "-" for mean in means]
        table.add_row(str(row + 1), good, *cells, clean(deal_name(found.case, tuple(deal))))
    return table


def _solved(found: Swept) -> list[str]:
    """Say how much was solved, how much of it failed, and what was not looked at."""
    tally = found.tally
    solved = (
        f"{tally.pairs:,} pairs of a deal and a future solved, {tally.failed:,} of them failed;"
        f" {tally.multiple:,} have several equilibria, of which the less lasting one counts."
    )
    if found.looked_at == found.possible:
        searched = f"All {counted(found.possible, 'deal')} that the case allows were solved."
    elif tally.deals == found.looked_at:
        searched = f"The case allows {found.possible:,} deals; the others were not looked at."
    else:
        searched = (
            f"The case allows {found.possible:,} deals: {found.looked_at:,} were looked at to find"
            " those worth solving in every future. A better one may have been missed."
        )
    return [solved, searched]
