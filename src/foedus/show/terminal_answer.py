"""The answer on a terminal: deals, how they end, the outlook, the hinges and the case behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from foedus.show.beside import compared_parts, outlook_parts
from foedus.show.doubts import course_words, doubt_parts
from foedus.show.findings import (
    SOURCE_WORDS,
    binding_words,
    by_weakness,
    caution_words,
    criteria_words,
    end_words,
    ends_words,
    futures_words,
    hinge_words,
    parameter_words,
    pick_words,
    picked,
    range_words,
    red_line_words,
)
from foedus.show.lines import FAINT
from foedus.show.words import both, capital, clean, interval, listing, percent, span_of_years

if TYPE_CHECKING:
    from rich.text import Text

    from foedus.answer.compared import Group
    from foedus.answer.values import Answer
    from foedus.case.values import Source
    from foedus.show.beside import Part
    from foedus.show.lines import Lines

PICKS_MOST = 3
DEALS_MOST = 8
LINES_MOST = 12
COLUMNS_MOST = 7
HINGES_MOST = 5
PARAMETERS_MOST = 12


def print_answer(lines: Lines, answer: Answer) -> None:
    """Print the deals picked, each with who would accept and how it ends, then a table of deals."""
    chosen = picked(answer)
    lines.heading("The deals that do best")
    for index in chosen[:PICKS_MOST]:
        _print_pick(lines, answer, index)
    lines.more(len(chosen) - PICKS_MOST)
    _print_deals(lines, answer)
    for part in compared_parts(answer):
        _print_part(lines, part)


def print_outlook(lines: Lines, answer: Answer) -> None:
    """Print the seven ends by year without a deal and with the likely one, then the hinges."""
    outlook = answer.outlook
    lines.heading("Where it is heading")
    columns = [(span_of_years(year), dict(ends)) for year, ends in outlook.no_deal]
    if outlook.likely is not None:
        columns.append(("with likely deal", dict(answer.deals[outlook.likely].ends)))
    table = _table(lines)
    table.add_column("Without a deal, after")
    for title, _ in columns:
        table.add_column(title, justify="right", width=8)
    names = dict.fromkeys(name for _, ends in columns for name in ends)
    for name in names:
        means = [percent(ends[name].mean) if ends[name].mean > 0 else "-" for _, ends in columns]
        table.add_row(lines.text(end_words(name, answer.case)), *means)
    lines.put(table)
    if outlook.likely is None:
        lines.say("No deal looked at is acceptable to both sides in any future.")
    else:
        name = clean(answer.deals[outlook.likely].short or answer.deals[outlook.likely].name)
        lines.say(f"The likely deal is deal {outlook.likely + 1}: {name}.")
    lines.say(outlook.method, style=FAINT)
    for part in outlook_parts(answer):
        _print_part(lines, part)
    _print_hinges(lines, answer)
    for part in doubt_parts(answer, lines.sources):
        _print_part(lines, part)


def print_case(lines: Lines, answer: Answer) -> None:
    """Print what the game was played with: assumptions first, then the red lines, then how."""
    case = answer.case
    lines.heading(f"What every figure rests on ({len(case.parameters)}), assumptions first")
    for parameter in by_weakness(case.parameters)[:PARAMETERS_MOST]:
        what = capital(parameter_words(parameter, case))
        words = f"{what}: {range_words(parameter.distribution)} ({parameter.unit})"
        lines.say(words)
        _print_source(lines, parameter.source)
    lines.more(len(case.parameters) - PARAMETERS_MOST)
    if case.red_lines:
        lines.heading(f"Red lines ({len(case.red_lines)})")
    for line in case.red_lines:
        lines.say(red_line_words(line, case))
        _print_source(lines, line.source)
    lines.heading("How it was worked out")
    lines.say(
        f"foedus {answer.version}; {answer.futures} futures, seed {answer.seed}; "
        f"{len(answer.deals)} deals kept, {answer.screened} tried, {answer.possible} possible; "
        f"case {answer.case_hash}, record {answer.record_hash or 'none'}."
    )
    lines.say(criteria_words(case))
    if answer.unsolved:
        lines.say(f"Solved in no future, and so not told of: {'; '.join(answer.unsolved)}.")
    for note in case.notes:
        lines.say(note, style=FAINT)


def _print_pick(lines: Lines, answer: Answer, index: int) -> None:
    deal = answer.deals[index]
    years = span_of_years(answer.case.horizon_years)
    for words in pick_words(answer, index):
        lines.say(capital(words), style="bold")
    lines.say(f"Deal {index + 1}: {deal.name}", indent=2)
    accepts = ", ".join(f"{p.party} {percent(p.accepts)}" for p in deal.parties)
    rows = [
        ("holds", f"{both(deal.survive.mean)} for {years} once agreed; {interval(deal.survive)}"),
        ("agreed", f"{both(deal.agree.mean)}; {interval(deal.agree)}"),
        ("meets", f"every criterion in {futures_words(deal.robustness)}"),
        ("accepts", f"{accepts}; hardest to win over: {deal.binding}"),
        ("ends", ends_words(answer, deal)),
    ]
    crossed = (answer.case.red_lines[line] for line in deal.crossed)
    rows += [("crosses", red_line_words(line, answer.case)) for line in crossed]
    if caution := caution_words(deal):
        rows.append(("note", caution))
    texts = [(lines.text(first, FAINT), lines.text(rest)) for first, rest in rows]
    lines.rows(texts, first=8, indent=2)


def _print_deals(lines: Lines, answer: Answer) -> None:
    chosen = picked(answer)
    rest = [index for index in range(len(answer.deals)) if index not in chosen]
    firsts = {group.deals[0]: group for group in answer.groups}
    alike = {index for group in answer.groups for index in group.deals[1:]}
    shown = [*chosen, *(index for index in rest if index not in alike)][:DEALS_MOST]
    table = _table(lines)
    table.add_column("", width=3)
    table.add_column("Deal", ratio=1, overflow="fold")
    for title, width in (("holds", 5), ("agreed", 6), ("meets", 5)):
        table.add_column(title, justify="right", width=width)
    table.add_column("hardest to win", width=16, overflow="fold")
    for index in shown:
        deal = answer.deals[index]
        table.add_row(
            f"{index + 1}{'*' if index in chosen else ''}",
            _deal_cell(lines, answer, index, firsts.get(index)),
            percent(deal.survive.mean),
            percent(deal.agree.mean),
            percent(deal.robustness),
            lines.text(binding_words(deal)),
        )
    lines.console.print()
    lines.put(table)
    lines.more(len(answer.deals) - len(shown))
    years = span_of_years(answer.case.horizon_years)
    lines.say(
        f"holds: chance of lasting {years} once agreed; agreed: chance that all accept; "
        "meets: share of futures in which it meets every criterion; *: picked above.",
        style=FAINT,
    )


def _print_part(lines: Lines, part: Part) -> None:
    """Print sentences under a title, and the table if there is one."""
    lines.say(part.title, style="bold")
    for words in part.lines[:LINES_MOST]:
        lines.say(words, indent=2)
    lines.more(len(part.lines) - LINES_MOST, indent=2)
    if part.header:
        table = _table(lines)
        table.add_column(part.header[0], ratio=1, overflow="fold")
        for title in part.header[1 : COLUMNS_MOST + 1]:
            table.add_column(title, justify="right", max_width=9, overflow="fold")
        for row in part.rows:
            table.add_row(*(lines.text(cell) for cell in row[: COLUMNS_MOST + 1]))
        lines.put(table)
    if part.note:
        lines.say(capital(part.note), style=FAINT)


def _deal_cell(lines: Lines, answer: Answer, index: int, group: Group | None) -> Text:
    deal = answer.deals[index]
    cell = lines.text(deal.short or deal.name)
    if group is not None and group.size > 1:
        cell.append("\n")
        cell.append_text(lines.text(f"and {group.size - 1:,} more like it", FAINT))
    if deal.crossed:
        parties = dict.fromkeys(answer.case.red_lines[i].party for i in deal.crossed)
        cell.append("\n")
        cell.append_text(lines.text(f"crosses a red line of {listing(parties)}", FAINT))
    return cell


def _print_hinges(lines: Lines, answer: Answer) -> None:
    lines.heading("What the answer hinges on")
    if answer.hinges:
        lines.say(f"Measured on the deal that is {answer.hinges[0].measure}.", style=FAINT)
    else:
        lines.say("No parameter stands out.")
    for number, hinge in enumerate(answer.hinges[:HINGES_MOST]):
        lines.say(capital(f"{hinge_words(answer, hinge)} (hinge.{number + 1}.weight)"))
        if words := course_words(answer, number):
            lines.say(words, indent=4)
        if hinge.flips_at is not None and hinge.below != hinge.above:
            for side, index in (("below", hinge.below), ("above", hinge.above)):
                deal = answer.deals[index]
                lines.say(f"{side}: deal {index + 1}, {deal.short or deal.name}", indent=4)
        _print_source(lines, hinge.source)
    lines.more(len(answer.hinges) - HINGES_MOST)


def _print_source(lines: Lines, source: Source) -> None:
    """Print what a value rests on; references to entries become their source numbers."""
    entries = lines.sources.entries
    numbers = sorted({n for ref in source.refs for n in entries.get(ref, ())})
    others = [clean(ref) for ref in source.refs if ref not in entries]
    where = f" ({'; '.join(others)})" if others else ""
    words = f"{SOURCE_WORDS[source.kind]}: {source.why}{where}"
    lines.rows([(lines.text(""), lines.statement(words, numbers, style=FAINT))], first=3)


def _table(lines: Lines) -> Table:
    return Table(box=None, padding=(0, 1), pad_edge=False, width=lines.width, header_style="bold")
