"""The prior predictive panel on a terminal, or as plain data."""

from __future__ import annotations

import dataclasses
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.rule import Rule
from rich.text import Text

from foedus.answer.panel import FIGURES
from foedus.case import base_rates
from foedus.show.lines import FAINT, WIDEST
from foedus.show.words import capital, clean, counted, listing, percent, span_of_years

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from foedus.answer.panel import Panel, Row
    from foedus.case import BaseRate

VERDICTS = {
    "in": "in range",
    "above": "ABOVE",
    "below": "BELOW",
    "no rate": "no rate",
    "never": "never",
}
"""How each verdict is written: what a person should look at stands out without colour."""

WIDE = 0.5
"""A published range wider than this is said to be no comfort."""

LINE = "   {:<9} {:>5} {:>12} {:>12}  {:<8}  {}"
"""One figure in a line: fits in 80 columns."""


def checked(panel: Panel, console: Console) -> None:
    """Print the panel: each figure beside its rates, what lies outside them, and the rates.

    Parameters
    ----------
    panel
        What to show.
    console
        Where to; nothing is wider than it is, or depends on its colours.
    """
    width = min(console.width, WIDEST)

    def say(words: str, style: str = "") -> None:
        console.print(clean(words), style=style, width=width, markup=False, highlight=False)

    say(f"{panel.title}: what its ranges imply, beside what has been counted", "bold")
    say(
        f"{panel.futures:,} futures (seed {panel.seed}), {counted(len(panel.deals), 'deal')}"
        f" tried; {counted(panel.failed, 'pair')} of a deal and a future failed."
    )
    numbers = _numbers(panel.rows)
    for figure, rows in groupby(panel.rows, key=lambda row: row.figure):
        console.print()
        title = Text(capital(FIGURES[figure]), style="bold")
        console.print(Rule(title, align="left", characters="-", style=FAINT), width=width)
        console.print(Text(LINE.format("", "model", "5 to 95%", "published", "", "rates"), FAINT))
        for name, lines in groupby(_told(tuple(rows)), key=lambda row: row.name):
            say(name)
            for row in lines:
                console.print(Text(_line(row, numbers)))
    _outside(panel, say)
    console.print()
    console.print(Rule("The rates", align="left", characters="-", style=FAINT), width=width)
    for rate_id, number in numbers.items():
        say(f"[{number}] {_rate(base_rates()[rate_id])}")


def check_as_json(panel: Panel) -> dict[str, object]:
    """Return the panel as plain data, with every rate it names."""
    told: dict[str, Any] = dataclasses.asdict(panel)
    rates = base_rates()
    named = sorted({rate for row in panel.rows for rate in row.rates}, key=list(rates).index)
    return {**told, "rates": {name: dataclasses.asdict(rates[name]) for name in named}}


def _numbers(rows: Sequence[Row]) -> dict[str, int]:
    """Give the rates numbers in the order in which they come up."""
    named = dict.fromkeys(rate for row in _told(rows) for rate in row.rates)
    return {rate: number for number, rate in enumerate(named, start=1)}


def _told(rows: Sequence[Row]) -> list[Row]:
    """Leave out what no rate is about where it would be much: JSON has it all.

    That is survival at other years than the last, and crises that become war.
    """
    last = max((row.years for row in rows if row.years is not None), default=None)
    return [
        row
        for row in rows
        if row.rates
        or not (row.figure == "war-per-crisis" or (row.figure == "survival" and row.years != last))
    ]


def _line(row: Row, numbers: dict[str, int]) -> str:
    """Write one figure: after how long, the model's, what was published, and how they compare."""
    estimate = row.estimate
    span = f"{percent(estimate.low)[:-1]} to {percent(estimate.high)}" if estimate else ""
    return LINE.format(
        "" if row.years is None else _years(row.years),
        percent(estimate.mean) if estimate else "-",
        span,
        _span(row),
        VERDICTS[row.verdict],
        _cited([numbers[rate] for rate in row.rates]),
    ).rstrip()


def _cited(numbers: Sequence[int]) -> str:
    """Write numbers of rates, those in a row as from the first to the last.

    Examples
    --------
    >>> _cited([1, 2, 3, 7]), _cited([])
    ('[1-3, 7]', '')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    return f"[{', '.join(words)}]" if words else ""


def _years(years: float) -> str:
    return f"{years:g} year" if years == 1 else f"{years:g} years"


def _width(row: Row) -> float:
    return 0.0 if row.range is None else row.range[1] - row.range[0]


def _span(row: Row) -> str:
    if row.range is None:
        return "-"
    low, high = row.range
    return percent(low) if low == high else f"{percent(low)[:-1]} to {percent(high)}"


def _outside(panel: Panel, say: Any) -> None:  # noqa: ANN401 - a function of words and a style
    """Say of each figure that lies outside what was published, and what moves it."""
    found = [row for row in panel.rows if row.verdict in ("above", "below")]
    say("")
    if found:
        say(f"Outside the published range: {counted(len(found), 'figure')}", "bold")
    else:
        say("Every figure that has been counted lies within the published range.", "bold")
    for row in found:
        say(f"- {_warning(row)}")
    for figure in FIGURES:
        rows = [row for row in panel.rows if row.figure == figure]
        widest = max(rows, key=_width, default=None)
        if widest is not None and _width(widest) > WIDE:
            words = f"{capital(FIGURES[figure])}: published from {_span(widest)}"
            say(f"- {words}, so to be in range says little.")


def _warning(row: Row) -> str:
    mean = percent(row.estimate.mean) if row.estimate else "-"
    after = "" if row.years is None else f" after {span_of_years(row.years)}"
    figure = f"{capital(FIGURES[row.figure])}{after} ({row.name})"
    words = f"{figure}: {mean}, {row.verdict} {_span(row)}."
    if not row.drivers:
        return f"{words} No one parameter moves it much."
    drivers = listing(f"{key} ({percent(share)})" for key, share in row.drivers)
    return f"{words} What moves it most, by the share of its variance: {drivers}."


def _rate(rate: BaseRate) -> str:
    """Write a base rate with its count, interval, citation and caveat."""
    if rate.interval is None:
        size = f"{100 * rate.share:.3g}%, as published"
    else:
        low, high = rate.interval
        span = f"{percent(low)[:-1]} to {percent(high)}"
        size = f"{rate.k} of {rate.n}, {percent(rate.share)} (95%: {span})"
    return f"{rate.what}: {size}. {rate.citation}. {rate.caveat}"
