"""Two answers beside each other on a terminal: what changed, and because of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from foedus.show.lines import FAINT, WIDEST
from foedus.show.words import clean, counted, percent

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.answer.comparison import Cause, Comparison

COLUMNS = ("good", "agreed", "holds", "lasting")


def compared(found: Comparison, console: Console) -> None:
    """Print what changed from one answer to another.

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

    one, other = found.names
    say(f"From {one} to {other}", "bold")
    say(_headline(found))
    console.print()
    letters = _letters(found)
    console.print(_table(found, letters, width))
    for name, letter in letters.items():
        say(f"Deal {letter}: {name}")
    say(
        "good: share of futures in which every criterion holds; agreed: chance that all accept;"
        " holds: chance of lasting to the horizon once agreed; lasting: chance of both.",
        FAINT,
    )
    console.print()
    if not (found.causes or found.untried or found.other):
        say("Nothing that was put in differs.")
    for cause in found.causes:
        for sentence in cause.says:
            say(sentence)
        say(f"    {_alone(cause, letters)}", FAINT)
    for sentence in (*found.untried, *found.other):
        say(f"{sentence} (cannot be tried by itself)")


def _headline(found: Comparison) -> str:
    if found.same_choice:
        return "The deal most likely to be agreed and to hold is the same."
    flips = sum(cause.flips for cause in found.causes)
    if flips == 1:
        return "The choice is another deal, because of one input by itself."
    if flips:
        return f"The choice is another deal; each of {counted(flips, 'input')} does that by itself."
    return "The choice is another deal; no input does that by itself, they do together."


def _letters(found: Comparison) -> dict[str, str]:
    """Return a letter for each deal that is told of, in the order in which they come."""
    fares = [*found.choices, *(cause.choice for cause in found.causes if cause.flips)]
    names = dict.fromkeys(fare.name for fare in fares if fare is not None)
    return {name: _letter(n) for n, name in enumerate(names)}


def _letter(n: int) -> str:
    """Return A to Z, then A2, B2, ...

    Examples
    --------
    >>> _letter(0), _letter(25), _letter(26)
    ('A', 'Z', 'A2')
    """
    turn, at = divmod(n, 26)
    return chr(ord("A") + at) + (str(turn + 1) if turn else "")


def _table(found: Comparison, letters: dict[str, str], width: int) -> Table:
    table = Table(box=None, width=width, pad_edge=False, header_style="bold")
    table.add_column("in", overflow="fold", ratio=3)
    table.add_column("deal", overflow="fold", ratio=2)
    for column in COLUMNS:
        table.add_column(column, justify="right")
    one, other = found.names
    rows = [
        (one, found.choices[0], "chosen"),
        (other, found.beside[0], ""),
        (one, found.beside[1], ""),
        (other, found.choices[1], "chosen"),
    ]
    for name, fare, what in (rows[0], rows[3]) if found.same_choice else rows:
        if fare is None:
            missing = "nothing is ever agreed" if what else "not possible"
            table.add_row(clean(name), missing, *("-" for _ in COLUMNS))
        else:
            deal = f"{letters[fare.name]}{f', {what}' if what else ''}"
            table.add_row(clean(name), deal, *map(percent, fare.figures))
    return table


def _alone(cause: Cause, letters: dict[str, str]) -> str:
    parts = []
    if cause.flips:
        choice = f"deal {letters[cause.choice.name]}" if cause.choice else "none: nothing is agreed"
        parts.append(f"by itself it makes the choice {choice}")
    if cause.moved:
        moved = [
            f"{name} {change:+.1%}"
            for name, change in zip(COLUMNS, cause.moved, strict=True)
            if abs(change) >= 0.0005
        ]
        first = next(iter(letters.values()))
        told = f"moves deal {first}: {', '.join(moved)}" if moved else "moves nothing"
        parts.append(told if parts else f"by itself it {told}")
    return "; ".join(parts) or "the deal chosen before is not possible with it"
