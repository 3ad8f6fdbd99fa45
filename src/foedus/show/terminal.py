"""A brief on a terminal: the answer first, then what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.show.entries import (
    STATUS_WORDS,
    claims_by_speaker,
    event_numbers,
    event_place,
    event_status,
    event_title,
    happened,
    position_words,
    positions_by_actor,
    provision_history,
    provision_words,
    provisions_by_status,
    thing_words,
    when,
)
from foedus.show.findings import headline
from foedus.show.lines import FAINT, Lines
from foedus.show.sources import name_of, number
from foedus.show.terminal_answer import print_answer, print_case, print_outlook
from foedus.show.words import capital, clean, counted, day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.text import Text

    from foedus.record.values import EventEntry
    from foedus.show.values import Brief

EVENTS_MOST = 10
MEETINGS_MOST = 6
SPEAKERS_MOST = 8
CLAIMS_MOST = 2
ACTORS_MOST = 12
UNKNOWNS_MOST = 6
SOURCES_MOST = 40


def terminal(brief: Brief, console: Console) -> None:
    """Print a brief: five lines that say the answer, then all that stands behind it.

    Lines are no wider than the console, or than a person reads with ease; nothing depends on
    colour. What is long is cut short and says by how much. Words from reports are printed to the
    letter but for control characters, and are never taken for markup.

    Parameters
    ----------
    brief
        What to show.
    console
        Where to; its width and colours are used as they are.
    """
    lines = Lines(console, number(brief.record))
    _print_head(lines, brief)
    _print_events(lines, brief)
    _print_claims(lines, brief)
    _print_positions(lines, brief)
    _print_provisions(lines, brief)
    _print_unknowns(lines, brief)
    if brief.answer is not None:
        print_answer(lines, brief.answer)
        print_outlook(lines, brief.answer)
        print_case(lines, brief.answer)
    _print_sources(lines, brief)
    _print_failures(lines, brief)


def title_of(brief: Brief) -> str:
    """Return what a brief is about."""
    return "What was read" if brief.answer is None else clean(brief.answer.case.title)


def basis_of(brief: Brief) -> str:
    """Say what a brief rests on: how many reports, of which days."""
    dates = [r.published for r in brief.record.reports if r.published]
    basis = f"From {counted(len(brief.record.reports), 'report')}"
    if dates:
        last = "" if min(dates) == max(dates) else f" to {day(max(dates))}"
        basis += f", {day(min(dates))}{last}"
    if brief.record.as_of is not None:
        basis += f", as known on {day(brief.record.as_of)}"
    return basis


def _print_head(lines: Lines, brief: Brief) -> None:
    lines.say(f"foedus: {title_of(brief)}", style="bold")
    lines.say(f"{basis_of(brief)}. Record: {brief.record_path}", style=FAINT)
    lines.heading("In short")
    rows = [(lines.text(f"{n}."), lines.text(s)) for n, s in enumerate(headline(brief), 1)]
    lines.rows(rows, first=2)


def _print_events(lines: Lines, brief: Brief) -> None:
    acts, meetings = happened(brief.record)
    lines.heading(f"What happened ({len(acts)})")
    _print_some_events(lines, acts, EVENTS_MOST, "The reports tell of no act.")
    lines.heading(f"Who met whom ({len(meetings)})")
    _print_some_events(lines, meetings, MEETINGS_MOST, "The reports tell of no meeting.")


def _print_some_events(lines: Lines, events: Sequence[EventEntry], most: int, none: str) -> None:
    if not events:
        lines.say(none)
    rows: list[tuple[Text, ...]] = []
    for event in events[:most]:
        rows += _event_rows(lines, event)
    if rows:
        lines.rows(rows, first=15)
    lines.more(len(events) - most, indent=16)


def _event_rows(lines: Lines, event: EventEntry) -> list[tuple[Text, ...]]:
    place = event_place(event)
    status = event_status(event)
    words = event_title(event) + (f", at {place}" if place else "")
    words += f" - {status}" if status else ""
    told = lines.statement(words, lines.sources.of(event.evidence))
    rows: list[tuple[Text, ...]] = [(lines.text(when(event)), told)]
    for number_words, numbers in event_numbers(event, lines.sources):
        rows.append((lines.text(""), lines.statement(f"  {number_words}", numbers)))
    rows += [(lines.text(""), lines.text(f"  disputed: {d}", "italic")) for d in event.disputes]
    return rows


def _print_claims(lines: Lines, brief: Brief) -> None:
    speakers = claims_by_speaker(brief.record)
    lines.heading(f"Who claims what ({len(brief.record.claims)})")
    if not speakers:
        lines.say("Nobody is quoted.")
    for name, claims in speakers[:SPEAKERS_MOST]:
        lines.say(f"{name}:")
        for claim in claims[:CLAIMS_MOST]:
            quote = clean(claim.evidence.quote)
            said = f'"{quote}"' if claim.kind == "direct" else f"({claim.cue}) {quote}"
            numbers = lines.sources.of([claim.evidence])
            lines.rows([(lines.text("-"), lines.statement(said, numbers))], first=1, indent=2)
        lines.more(len(claims) - CLAIMS_MOST, indent=4)
    lines.more(sum(len(claims) for _, claims in speakers[SPEAKERS_MOST:]))


def _print_positions(lines: Lines, brief: Brief) -> None:
    actors = positions_by_actor(brief.record)
    lines.heading(f"Where each side stands ({len(brief.record.positions)})")
    if not actors:
        lines.say("The reports tell of no position.")
    rows: list[tuple[Text, ...]] = []
    for actor, positions in actors[:ACTORS_MOST]:
        for first, position in enumerate(positions):
            numbers = lines.sources.of(position.evidence)
            words = lines.statement(position_words(position), numbers)
            rows.append((lines.text("" if first else actor, "bold"), words))
    if rows:
        lines.rows(rows, first=18)
    lines.more(sum(len(found) for _, found in actors[ACTORS_MOST:]))


def _print_provisions(lines: Lines, brief: Brief) -> None:
    groups = provisions_by_status(brief.record)
    lines.heading("Which guarantees are on the table")
    if not groups:
        lines.say("The reports name no part of a deal.")
    for status, provisions in groups:
        lines.say(f"{STATUS_WORDS[status]} ({len(provisions)})", style="bold")
        for provision in provisions:
            history = provision_history(provision)
            words = provision_words(provision) + (f" ({history})" if history else "")
            numbers = lines.sources.entries[provision.id]
            lines.rows([(lines.text("-"), lines.statement(words, numbers))], first=1, indent=2)


def _print_unknowns(lines: Lines, brief: Brief) -> None:
    unknowns = brief.record.unknowns
    lines.heading(f"What is not disclosed, known or settled ({len(unknowns)})")
    if not unknowns:
        lines.say("The reports say of nothing that it is not known.")
    for unknown in unknowns[:UNKNOWNS_MOST]:
        words = f"{capital(thing_words(unknown.about))}: {clean(unknown.evidence[0].quote)}"
        row = (lines.text("-"), lines.statement(words, lines.sources.of(unknown.evidence)))
        lines.rows([row], first=1)
    lines.more(len(unknowns) - UNKNOWNS_MOST)


def _print_sources(lines: Lines, brief: Brief) -> None:
    lines.heading("Sources")
    cited = sorted(lines.cited)
    shown = set(cited[:SOURCES_MOST])
    for report in brief.record.reports:
        spans = [(n, e) for n, e in lines.sources.in_report(report.id) if n in shown]
        known = ", ".join(clean(p) for p in (report.outlet, report.author) if p)
        lines.say(
            ", ".join(p for p in (clean(name_of(report)), known, day(report.published)) if p),
            style="bold",
        )
        lines.say(report.url or report.source, style=FAINT, indent=2)
        rows = [(lines.text(f"[{n}]"), lines.text(f'"{clean(e.quote)}"')) for n, e in spans]
        if rows:
            lines.rows(rows, first=5, indent=2)
    lines.more(len(lines.sources.spans) - len(shown))


def _print_failures(lines: Lines, brief: Brief) -> None:
    if not brief.failures:
        return
    lines.heading(f"What could not be used ({len(brief.failures)})")
    for failure in brief.failures:
        lines.say(f"{failure.where}:")
        for fault in failure.faults:
            lines.say(f"- {fault}", indent=2)
