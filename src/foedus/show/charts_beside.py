"""Charts of what lies beside the deals: how fierce the fighting was, whose red lines are met."""

from __future__ import annotations

import html
from collections import Counter
from typing import TYPE_CHECKING, Any

from foedus.show.charts import PALETTE, Chart, axis, deal_number, frame, framed
from foedus.show.findings import picked, red_line_short
from foedus.show.words import amount

if TYPE_CHECKING:
    import datetime as dt

    from foedus.answer.values import Answer
    from foedus.record.values import EventEntry, Record

FIGHTING = ("ASSAULT", "COERCE")
"""Types of events that count as attacks."""

DEALS_MOST = 12


def charts_beside(answer: Answer, record: Record) -> tuple[Chart, ...]:
    """Return these charts; those that would be empty are left out."""
    found = (attack_days(record), red_line_matrix(answer))
    return tuple(chart for chart in found if chart.rows)


def intensity(events: tuple[EventEntry, ...]) -> tuple[tuple[dt.date, int, float], ...]:
    """Return each day with fighting, how many attacks began on it, and what they launched.

    Attacks that somebody denies count, those that are told as untrue do not; of what was launched,
    the best figure of each attack.
    """
    attacks: Counter[dt.date] = Counter()
    launched: Counter[dt.date] = Counter()
    for event in events:
        if event.type in FIGHTING and event.status != "denied" and event.date is not None:
            attacks[event.date[0]] += 1
            told = sum(f.best for f in event.figures if f.role == "launched")
            launched[event.date[0]] += int(told)
    return tuple((day, attacks[day], float(launched[day])) for day in sorted(attacks))


def attack_days(record: Record) -> Chart:
    """Draw how many attacks reports tell of on each day, and what was launched in them."""
    days = intensity(record.events)
    dates = [day.isoformat() for day, _, _ in days]
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "x": dates,
            "y": [launched for _, _, launched in days],
            "width": 0.8 * 86_400_000,  # milliseconds of a day
            "yaxis": "y2",
            "marker": {"color": PALETTE["line"]},
            "hovertemplate": "%{x}: %{y} launched<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": dates,
            "y": [attacks for _, attacks, _ in days],
            "line": {"color": PALETTE["c5"], "width": 2},
            "marker": {"color": PALETTE["c5"], "size": 8},
            "hovertemplate": "%{x}: %{y} attacks<extra></extra>",
        },
    ]
    whole = {"rangemode": "tozero", "tickformat": "d"}
    layout: dict[str, Any] = {
        "xaxis": axis("") | {"type": "date"},
        "yaxis": axis("attacks") | whole,
        "yaxis2": axis("launched") | whole | {"overlaying": "y", "side": "right"},
    }
    layout["yaxis2"]["showgrid"] = False
    return Chart(
        name="attacks",
        title="How fierce the fighting was",
        caption="Attacks by day, as reports tell them, and the drones, missiles and the like that "
        "were launched in them. A day without a mark is a day without a report of one.",
        legend=(("c5", "attacks"), ("line", "launched")),
        figure=framed(traces, frame(height=260) | layout),
        header=("Day", "Attacks", "Launched"),
        rows=tuple(
            (day.isoformat(), str(attacks), amount(launched)) for day, attacks, launched in days
        ),
    )


def red_line_matrix(answer: Answer) -> Chart:
    """Draw which red lines each deal crosses: those picked first, then the most robust."""
    chosen = picked(answer)
    rest = [index for index in range(len(answer.deals)) if index not in chosen]
    shown = [*chosen, *rest][:DEALS_MOST]
    lines = [red_line_short(line, answer.case) for line in answer.case.red_lines]
    crossed = [
        [1 if n in answer.deals[index].crossed else 0 for index in shown] for n in range(len(lines))
    ]
    names = [deal_number(index) for index in shown]
    traces: list[dict[str, Any]] = [
        {
            "type": "heatmap",
            "x": names,
            "y": [html.escape(line) for line in lines],
            "z": crossed,
            "zmin": 0,
            "zmax": 1,
            "xgap": 3,
            "ygap": 3,
            "showscale": False,
            "colorscale": [[0, PALETTE["line"]], [1, PALETTE["c5"]]],
            "hovertemplate": "%{y}, %{x}<extra></extra>",
        }
    ]
    layout: dict[str, Any] = {
        "xaxis": axis("deal") | {"type": "category", "showgrid": False},
        "yaxis": axis("") | {"type": "category", "showgrid": False, "automargin": True},
    }
    layout["yaxis"]["autorange"] = "reversed"
    words = {0: "kept", 1: "crossed"}
    return Chart(
        name="red-lines",
        title="Whose red lines each deal crosses",
        caption="A row for each red line on record, a column for each deal: those picked, then the "
        "most robust.",
        legend=(("c5", "crossed"), ("line", "kept")),
        figure=framed(traces, frame(height=110 + 34 * len(lines)) | layout),
        header=("Red line", *names),
        rows=tuple(
            (line, *(words[cell] for cell in row)) for line, row in zip(lines, crossed, strict=True)
        ),
    )
