"""The charts of a page, each with the same numbers as a table.

Figures are built here and drawn by plotly.js in the page. Colours are those of the light page; the
page swaps each for its counterpart when it is dark, by the names in `PALETTE`.
"""

from __future__ import annotations

import html
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.show.findings import end_words, key_words, picked
from foedus.show.words import capital, interval, percent, span_of_years

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.answer.values import Answer, DealView, Estimate

    Figure = dict[str, Any]

PALETTE = {
    "ink": "#22272e",
    "faint": "#6b7280",
    "line": "#d8d5cd",
    "c1": "#1f5a8c",
    "c2": "#b26a1f",
    "c3": "#3b7d5c",
    "c4": "#7a4a86",
    "c5": "#94333d",
    "c6": "#8a94a0",
    "c7": "#5b6b3a",
    "c8": "#424b56",
}
"""Names of colours, as the style sheet has them, with their values on the light page."""

_DEALS = ("c1", "c2", "c3", "c4", "c5", "c7")
_ENDS = {
    "holds": "c3",
    "breaks_fight": "c2",
    "breaks_alone": "c5",
    "war_on": "c8",
    "frozen": "c6",
    "c_prevails": "c4",
    "p_prevails": "c1",
}
PICKS_MOST = len(_DEALS)
_SIDES = (
    "top center",
    "bottom center",
    "middle right",
    "middle left",
    "bottom right",
    "top left",
)
"""Where the numbers of the picks stand, each beside its circle in its own direction."""
_BUBBLE = 34
"""Pixels across of the bubble of a deal that meets every criterion in every future."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart: what to draw, what it shows in a sentence, and its numbers as a table.

    Parameters
    ----------
    name
        Of the place in the page where it goes.
    title, caption
        What stands over it, and how to read it.
    legend
        Pairs of colour name and what the colour stands for.
    figure
        Data and layout for plotly.js.
    header, rows
        The same as a table.
    """

    name: str
    title: str
    caption: str
    legend: tuple[tuple[str, str], ...]
    figure: Figure
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def charts(answer: Answer) -> tuple[Chart, ...]:
    """Return the charts of an answer; those that would be empty are left out."""
    found = (trade_off(answer), survival(answer), seven_ends(answer), hinge_bars(answer))
    return tuple(chart for chart in found if chart.rows)


def trade_off(answer: Answer) -> Chart:
    """Draw every deal: how likely all accept it against how likely it then holds."""
    chosen = picked(answer)[:PICKS_MOST]
    rest = [index for index in range(len(answer.deals)) if index not in chosen]
    traces = [_bubbles(answer, rest, "c6", named=False)] if rest else []
    traces += [
        {**_bubbles(answer, [index], colour, named=True), "textposition": side}
        for index, colour, side in zip(chosen, _DEALS, _SIDES, strict=False)
    ]
    years = span_of_years(answer.case.horizon_years)
    layout = frame(height=420) | {
        "xaxis": _chance_axis("chance that all accept", reach=None),
        "yaxis": _chance_axis(f"chance that it holds {years}, once agreed", reach=None),
    }
    return Chart(
        name="trade-off",
        title="What can be agreed, and what would last",
        caption=f"Each circle is a deal. Further right, all sides are likelier to accept it; "
        f"higher up, it is likelier to hold {years} once agreed; the larger, the more futures in "
        f"which it meets every criterion.",
        legend=_deal_legend(answer, bool(rest)),
        figure=framed(traces, layout),
        header=("Deal", "All accept", "Holds once agreed", "Meets every criterion"),
        rows=tuple(
            (
                deal_label(answer, i),
                percent(d.agree.mean),
                percent(d.survive.mean),
                percent(d.robustness),
            )
            for i, d in enumerate(answer.deals)
        ),
    )


def survival(answer: Answer) -> Chart:
    """Draw how long the deals picked hold once agreed, with the spread between futures."""
    traces: list[Figure] = []
    rows: list[tuple[str, ...]] = []
    for index, colour in zip(picked(answer), _DEALS, strict=False):
        curve = answer.deals[index].survival_curve
        traces += _curve(curve, PALETTE[colour], deal_number(index))
        means = [_with_interval(estimate) for _, estimate in curve]
        rows.append((deal_label(answer, index), *means))
    years = [year for year, _ in answer.deals[0].survival_curve] if rows else []
    layout = frame(height=360) | {
        "xaxis": {**axis("years after signing"), "tickvals": years},
        "yaxis": _chance_axis("chance that it still holds", reach=1.0),
    }
    return Chart(
        name="survival",
        title="How long each would hold, once agreed",
        caption="Lines are means over futures; bands reach from the 5% to the 95% quantile between "
        "futures.",
        legend=_deal_legend(answer, rest=False),
        figure=framed(traces, layout),
        header=("Deal", *(capital(span_of_years(year)) for year in years)),
        rows=tuple(rows),
    )


def seven_ends(answer: Answer) -> Chart:
    """Draw the seven ends: by year without a deal, and with the likely deal."""
    outlook = answer.outlook
    bars = [(f"no deal, {span_of_years(year)}", dict(ends)) for year, ends in outlook.no_deal]
    if outlook.likely is not None:
        years = span_of_years(answer.case.horizon_years)
        name = f"{deal_number(outlook.likely).lower()}, {years}"
        bars.append((name, dict(answer.deals[outlook.likely].ends)))
    names = [end for end in _ENDS if any(end in ends for _, ends in bars)]
    traces = [_end_trace(bars, end, end_words(end, answer.case)) for end in names]
    layout = frame(height=70 + 46 * len(bars)) | {
        "barmode": "stack",
        "bargap": 0.35,
        "xaxis": _chance_axis("", reach=1.0),
        "yaxis": {**axis(""), "autorange": "reversed", "showgrid": False},
    }
    return Chart(
        name="ends",
        title="How it ends",
        caption="Chances of the seven ends: had no deal been possible, by year; and with the "
        "likely deal on the table, whether or not it is agreed.",
        legend=tuple((_ENDS[end], end_words(end, answer.case)) for end in names),
        figure=framed(traces, layout),
        header=("End", *(capital(title) for title, _ in bars)),
        rows=tuple(
            (
                capital(end_words(end, answer.case)),
                *(_with_interval(ends[end]) if end in ends else "" for _, ends in bars),
            )
            for end in names
        ),
    )


def hinge_bars(answer: Answer) -> Chart:
    """Draw how much of the differences between futures each hinge explains."""
    hinges = answer.hinges
    labels = [_wrapped(capital(key_words(hinge.parameter, answer.case))) for hinge in hinges]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [hinge.weight for hinge in hinges],
        "y": labels,
        "text": [percent(hinge.weight) for hinge in hinges],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": PALETTE["c1"]},
        "hoverinfo": "skip",
    }
    layout = frame(height=70 + 52 * len(hinges)) | {
        "bargap": 0.45,
        "xaxis": {**_chance_axis("", reach=None), "rangemode": "tozero"},
        "yaxis": {**axis(""), "autorange": "reversed", "showgrid": False},
    }
    return Chart(
        name="hinges",
        title="What the answer hinges on",
        caption="Share of the differences between futures that each uncertain input explains.",
        legend=(),
        figure=framed([bars], layout),
        header=("Input", "Share explained"),
        rows=tuple(
            (capital(key_words(hinge.parameter, answer.case)), percent(hinge.weight))
            for hinge in hinges
        ),
    )


def deal_number(index: int) -> str:
    """Return the name by which charts and tables call a deal."""
    return f"Deal {index + 1}"


def deal_label(answer: Answer, index: int) -> str:
    """Return a deal's number and its name."""
    return f"{deal_number(index)}: {answer.deals[index].name}"


def _with_interval(estimate: Estimate) -> str:
    return f"{percent(estimate.mean)} ({interval(estimate)})"


def _deal_legend(answer: Answer, rest: bool) -> tuple[tuple[str, str], ...]:  # noqa: FBT001 one caller each way
    named = tuple(
        (colour, f"{deal_number(index)}: {_first_reason(answer, index)}")
        for index, colour in zip(picked(answer), _DEALS, strict=False)
    )
    return (*named, ("c6", "other deals")) if rest else named


def _first_reason(answer: Answer, index: int) -> str:
    """Return on what a deal that was picked is best, without among which."""
    measure = next(pick.measure for pick in answer.picks if pick.deal == index)
    return measure.partition(", among")[0]


def _bubbles(answer: Answer, indices: Iterable[int], colour: str, *, named: bool) -> Figure:
    shown = [(index, answer.deals[index]) for index in indices]
    return {
        "type": "scatter",
        "mode": "markers+text" if named else "markers",
        "x": [deal.agree.mean for _, deal in shown],
        "y": [deal.survive.mean for _, deal in shown],
        "text": [str(index + 1) if named else "" for index, _ in shown],
        "hovertext": [_hover(index, deal) for index, deal in shown],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "size": [deal.robustness for _, deal in shown],
            "sizemode": "area",
            "sizeref": 2 / _BUBBLE**2,
            "sizemin": 4,
            "color": PALETTE[colour],
            "opacity": 0.9 if named else 0.45,
            "line": {"width": 0},
        },
    }


def _hover(index: int, deal: DealView) -> str:
    return (
        f"<b>{deal_number(index)}</b><br>{_wrapped(deal.name, 44)}<br>"
        f"all accept {percent(deal.agree.mean)}, holds {percent(deal.survive.mean)}, "
        f"meets all {percent(deal.robustness)}"
    )


def _curve(
    curve: tuple[tuple[float, Estimate], ...], colour: str, name: str
) -> tuple[Figure, Figure]:
    years = [year for year, _ in curve]
    band = {
        "type": "scatter",
        "x": years + years[::-1],
        "y": [e.high for _, e in curve] + [e.low for _, e in reversed(curve)],
        "mode": "lines",
        "line": {"width": 0, "color": colour},
        "fill": "toself",
        "fillcolor": colour,
        "opacity": 0.09,
        "hoverinfo": "skip",
    }
    line = {
        "type": "scatter",
        "x": years,
        "y": [estimate.mean for _, estimate in curve],
        "mode": "lines+markers",
        "line": {"width": 2.5, "color": colour},
        "marker": {"size": 7, "color": colour},
        "hovertext": [f"{name}: {_with_interval(estimate)}" for _, estimate in curve],
        "hoverinfo": "text",
    }
    return band, line


def _end_trace(bars: list[tuple[str, dict[str, Estimate]]], end: str, words: str) -> Figure:
    shown = [(title, ends[end]) for title, ends in bars if end in ends]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [estimate.mean for _, estimate in shown],
        "y": [capital(title) for title, _ in shown],
        "marker": {"color": PALETTE[_ENDS[end]]},
        "hovertext": [
            f"{html.escape(capital(words))}: {_with_interval(estimate)}" for _, estimate in shown
        ],
        "hoverinfo": "text",
    }


def framed(traces: list[Figure], layout: Figure) -> Figure:
    """Return a figure as plain data, checked by plotly."""
    import plotly.graph_objects as go  # noqa: PLC0415 slow to import, and only a page needs it

    checked: Figure = go.Figure(data=traces, layout=layout).to_plotly_json()
    return checked


def frame(*, height: int) -> Figure:
    """Return the layout that all charts share."""
    return {
        "template": "none",
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 12, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 13, "color": PALETTE["ink"]},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
    }


def axis(title: str) -> Figure:
    """Return an axis as all charts have it."""
    return {
        "title": {"text": title, "font": {"color": PALETTE["faint"]}},
        "automargin": True,
        "fixedrange": True,
        "gridcolor": PALETTE["line"],
        "linecolor": PALETTE["line"],
        "zeroline": False,
        "ticks": "",
    }


def _chance_axis(title: str, *, reach: float | None) -> Figure:
    found = {**axis(title), "tickformat": ".0%"}
    return found if reach is None else {**found, "range": [0, reach]}


def _wrapped(words: str, width: int = 30) -> str:
    """Return words as plotly takes them: escaped, in lines of at most ``width``."""
    return "<br>".join(html.escape(line) for line in textwrap.wrap(words, width))
