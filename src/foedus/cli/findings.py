"""What a report says, in a few lines for people at a terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.reading.values import Days, Event, Mentions, Quantity

SHOWN = 6  # events of a report that are shown; all are in the JSON
BOUNDS = {"exact": "", "at-least": "at least ", "at-most": "at most ", "about": "about "}


def in_words(mentions: Mentions) -> str:
    """Return what a report is, its first events, and how much else it says."""
    report = mentions.report
    day = f"{report.published} ({report.published_from})" if report.published else "day not known"
    head = " · ".join(part for part in (report.source, report.outlet, day) if part)
    lines = [report.title or report.source, f"  {head}"]
    lines += [f"  {_event(event)}" for event in mentions.events[:SHOWN]]
    if len(mentions.events) > SHOWN:
        lines.append(f"  and {len(mentions.events) - SHOWN} more events")
    status = Counter(provision.status for provision in mentions.provisions)
    told = ", ".join(f"{count} {name}" for name, count in sorted(status.items()))
    counts = [
        _many(len(mentions.events), "event"),
        _many(len(mentions.claims), "claim"),
        _many(len(mentions.positions), "position"),
        _many(len(mentions.provisions), "provision") + (f" ({told})" if told else ""),
        _many(len(mentions.unknowns), "unknown"),
    ]
    lines.append(f"  {', '.join(counts)}")
    return "\n".join([*lines, ""])


def _event(event: Event) -> str:
    """Return an event in one line: day, type, who to whom, counts, and how sure it is."""
    kind = f"{event.type} {event.mode}" if event.mode else event.type
    who = ", ".join(event.actors) or "?"
    whom = f" → {', '.join(event.recipients)}" if event.recipients else ""
    counts = "; ".join(map(_quantity, event.quantities))
    status = f" [{event.status}]" if event.status != "happened" else ""
    return f"{_days(event.date):<16}{kind:<18}{who}{whom}{': ' + counts if counts else ''}{status}"


def _days(days: Days | None) -> str:
    """Return a span of days as short as it can be written."""
    if days is None:
        return "no day"
    first, last = days
    if first == last:
        return str(first)
    end = f"{last:%d}" if (first.year, first.month) == (last.year, last.month) else f"{last:%m-%d}"
    return f"{first}..{end if first.year == last.year else last}"


def _quantity(quantity: Quantity) -> str:
    """Return a quantity as "at least 30 drone destroyed"."""
    return f"{BOUNDS[quantity.bound]}{quantity.value:,g} {quantity.item} {quantity.role}"


def _many(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
