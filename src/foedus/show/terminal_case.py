"""A case on a terminal: the whole of it, what to look at in it, and what changed in it."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from foedus.case.lint import RULES
from foedus.case.meanings import CRITERIA, EFFECTS, PARAMETERS
from foedus.case.ties import diagram_of
from foedus.show.findings import range_words
from foedus.show.words import capital, clean, counted, figure, listing, span_of_years

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from foedus.case.comparing import CaseDifference
    from foedus.case.lint import CaseFinding
    from foedus.case.values import Case, Level, Parameter, Provision, RedLine, Source, Tie

WIDTH = 80
"""Columns that are used."""

STANDING = {"in-force": "in force already", "off-the-table": "off the table", "available": ""}


def case_shown(case: Case) -> str:
    """Return a case as a person reads it: parties, deals, what is not known, red lines, notes."""
    return "\n".join(_case(case)) + "\n"


def findings_shown(file: str, found: Sequence[tuple[int, CaseFinding]]) -> str:
    """Return what to look at in a case file, each finding with its line, the heaviest first."""
    return "\n".join(_findings(file, found)) + "\n"


def differences_shown(found: Sequence[CaseDifference]) -> str:
    """Return what changed between two cases, a line for each change."""
    if not found:
        return "The two say the same.\n"
    lines = [line for one in found for line in _wrapped(f"- {one.says}", 0, 2)]
    return "\n".join([*lines, "", f"{counted(len(found), 'difference')}."]) + "\n"


def _wrapped(words: str, indent: int, hang: int | None = None) -> list[str]:
    """Return words in lines no wider than a terminal, each made safe for it."""
    further = indent if hang is None else hang
    return textwrap.wrap(
        clean(words),
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * further,
        break_on_hyphens=False,
    ) or [""]


def _heading(words: str) -> list[str]:
    return ["", f"{words} {'-' * max(0, WIDTH - len(words) - 1)}"]


def _case(case: Case) -> Iterator[str]:
    yield from _wrapped(case.title, 0)
    yield from _wrapped(f"Challenger: {case.challenger}. Protected: {case.protected}.", 0)
    yield from _wrapped(f"Guarantors: {listing(case.guarantors) or 'none'}.", 0)
    horizon, months = span_of_years(case.horizon_years), case.period_years * 12
    count = diagram_of(case).count
    yield from _wrapped(
        f"Looks {horizon} ahead in periods of {figure(months)} months;"
        f" {counted(count, 'deal')} can be made.",
        0,
    )
    if case.record_hash:
        yield f"Drawn from the record {clean(case.record_hash)}."
    yield from _heading("What a deal is made of")
    for provision in case.provisions:
        yield from _provision(provision)
    used = {key if isinstance(key, str) else key[0]
            for p in case.provisions for v in p.levels for key in v.effects}  # fmt: skip
    told = [f"{name}: {what} ({unit})" for name, (what, unit) in EFFECTS.items() if name in used]
    yield from _wrapped(f"Effects: {'; '.join(told)}.", 0)
    yield from _heading("What nobody knows for sure")
    for parameter in case.parameters:
        yield from _parameter(parameter)
    yield from _heading("Red lines")
    for line in case.red_lines:
        yield from _red_line(line)
    if not case.red_lines:
        yield "None."
    yield from _heading("A deal is good in a future where")
    for name, words in CRITERIA.items():
        yield from _wrapped(f"{words}: {figure(getattr(case.criteria, name))} ({name})", 0, 2)
    if case.notes:
        yield from _heading("Notes")
        for note in case.notes:
            yield from _wrapped(f"- {note}", 0, 2)


def _provision(provision: Provision) -> Iterator[str]:
    borne = f", borne by {listing(provision.borne_by)}" if provision.borne_by else ""
    yield from _wrapped(f"{provision.title} ({provision.id}){borne}", 0, 2)
    for level in provision.levels:
        standing = STANDING[provision.availability(level.name)]
        mark = f" [{standing}]" if standing else ""
        yield from _wrapped(f"{level.name}: {level.title}{mark}", 2, 4)
        yield from _level(level)
        for held in (provision.present, provision.excluded):
            if level.name in held:
                yield from _wrapped(f"{standing}: {_source(held[level.name])}", 6, 8)


def _level(level: Level) -> Iterator[str]:
    effects = [
        f"{key} {_size(size)}" if isinstance(key, str) else f"{key[0]} of {key[1]} {_size(size)}"
        for key, size in level.effects.items()
    ]
    if effects:
        yield from _wrapped("; ".join(effects), 6)
    for word, ties in (("needs", level.requires), ("cannot stand beside", level.excludes)):
        for tie in ties:
            yield from _wrapped(_tie(word, tie), 6, 8)
    if level.condition:
        yield from _wrapped(f"if: {level.condition} (the game takes it as met)", 6, 8)
    if level.expires_years is not None:
        years = span_of_years(level.expires_years)
        yield from _wrapped(f"expires after {years} (the game takes it as lasting)", 6, 8)
    yield from _wrapped(_source(level.source), 6, 8)


def _tie(word: str, tie: Tie) -> str:
    return f"{word} {tie.provision}: {' or '.join(tie.levels)}. {_source(tie.source)}"


def _size(size: float) -> str:
    return f"{size:+g}"


def _parameter(parameter: Parameter) -> Iterator[str]:
    values = range_words(parameter.distribution)
    yield from _wrapped(f"{parameter.key}: {values} ({parameter.unit})", 0, 2)
    yield from _wrapped(f"{capital(PARAMETERS[parameter.name])}.", 2)
    yield from _wrapped(_source(parameter.source), 2, 4)


def _red_line(line: RedLine) -> Iterator[str]:
    off = f" [switched off: {line.why}]" if not line.active else ""
    words = f"{line.party} will not have {line.provision}: {' or '.join(line.levels)}{off}"
    yield from _wrapped(words, 0, 2)
    yield from _wrapped(_source(line.source), 2, 4)


def _source(source: Source) -> str:
    """Say where something comes from, with whose judgement it is and what it names."""
    day = source.date.isoformat() if source.date else ""
    signed = ", ".join(filter(None, (source.by, day)))
    refs = f" [{'; '.join(source.refs)}]" if source.refs else ""
    return f"<- {source.kind}{f' ({signed})' if signed else ''}: {source.why}{refs}"


def _findings(file: str, found: Sequence[tuple[int, CaseFinding]]) -> Iterator[str]:
    if not found:
        yield from _wrapped(f"{file}: nothing to look at.", 0)
        return
    yield from _wrapped(f"{file}: {counted(len(found), 'finding')}, the weightiest first.", 0)
    for rule, group in groupby(found, key=lambda pair: pair[1].rule):
        held = list(group)
        weight, words = RULES[rule]
        yield ""
        yield from _wrapped(f"{'!' * weight:<3} {capital(words)} ({rule}, {len(held)})", 0, 4)
        for reason, part in groupby(held, key=lambda pair: (pair[1].why, pair[1].do)):
            for line, finding in part:
                where = f"{file}:{line} {'.'.join(finding.path)}"
                yield from _wrapped(where, 4, 6)
                yield from _wrapped(finding.what, 6)
            yield from _wrapped(f"Why it matters: {reason[0]}", 4, 6)
            yield from _wrapped(f"What to do: {reason[1]}", 4, 6)
