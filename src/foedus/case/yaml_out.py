"""A case as YAML text that a person reads, edits and defends.

The text is the canonical form of a case: keys come in the order of the model's tables, so cases
that say the same have the same text and the same hash. What a part means stands beside it as a
comment. `foedus.case.yaml_in` reads it back.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from foedus.case.distributions import WITHIN
from foedus.case.values import (
    GUARANTOR_EFFECTS,
    GUARANTOR_PARAMETERS,
    SCALAR_EFFECTS,
    SCALAR_PARAMETERS,
)
from foedus.ids import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.case.values import (
        Case,
        Distribution,
        Level,
        Parameter,
        Provision,
        RedLine,
        Source,
    )

_WIDTH = 100
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z0-9_-]+)*")
_NOT_PLAIN = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}  # YAML reads no text
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_BREAK = re.compile(r"(?<=[^ \\]) (?=[^ \\])")  # one blank between words: a line may end there

_ABOUT_PARAMETERS = """\
# What nobody knows for sure. Each value is one number or a range to draw from, {uniform: [low,
# high]}, {loguniform: [low, high]} or another that the page on case files names, and has a source.
# The disputed good has size 1; chances and flows are for one period. Kinds of source: claim
# (entries of the record), base-rate, published, judgement (somebody's), assumption (nobody's: the
# first thing to look at)."""

_ABOUT_PROVISIONS = """\
# What a deal is made of: one level of each provision. The first level is the deal without it.
# Effects are zero unless given. In shares of the good: share (moved to the challenger), value_c and
# value_p (worth to challenger and protected state, flow), provoke (irks the challenger, flow),
# punish (cost of any challenge); denial (adds to the chance to hold alone), crisis (adds to the
# logarithm of crises per period), delay (periods until in force). For each guarantor: help (part of
# the gap in defence it closes by fighting), harm (cost to the challenger if it fights), cost (in
# peace, flow), renege (cost of not honouring), risk (adds to its cost of fighting)."""

_ABOUT_RED_LINES = """\
# Levels that a party says it will not have. They stay in the game; the answer says who crosses
# what. A level that no deal may have belongs under "excluded" of its provision."""

_ABOUT_CRITERIA = """\
# What a deal must reach in a future to count as good there; chances by the horizon."""


def to_yaml(case: Case) -> str:
    """Return the canonical YAML text of a checked ``case``; `from_yaml` gives the case back."""
    lines = [
        "# A case for foedus: a war, and the deals that might end it.",
        f"title: {_text(case.title, 7)}",
        f"challenger: {_text(case.challenger)}  # holds part of the good and may attack again",
        f"protected: {_text(case.protected)}  # holds the rest",
        f"guarantors: {_list(case.guarantors)}",
        f"period_years: {_number(case.period_years)}",
        f"horizon_years: {_number(case.horizon_years)}",
        f"record: {_text(case.record_hash) if case.record_hash else 'null'}  # drawn from",
        *_block("notes:", (f"  - {_text(note, 4)}" for note in case.notes), empty="notes: []"),
        "",
        _ABOUT_PARAMETERS,
        "parameters:",
        *_parameters(case),
        "",
        _ABOUT_PROVISIONS,
        "provisions:",
        *(line for p in case.provisions for line in _provision(p, case.guarantors)),
        "",
        _ABOUT_RED_LINES,
        *_block(
            "red_lines:",
            (line for red in case.red_lines for line in _red_line(red)),
            empty="red_lines: []",
        ),
        "",
        _ABOUT_CRITERIA,
        "criteria:",
        *(f"  {k}: {_number(v)}" for k, v in dataclasses.asdict(case.criteria).items()),
    ]
    return "\n".join(lines) + "\n"


def case_hash(case: Case) -> str:
    """Return twelve hex digits that name what ``case`` says: of its canonical YAML text."""
    return digest(to_yaml(case))


def _block(head: str, lines: Iterable[str], *, empty: str) -> list[str]:
    body = list(lines)
    return [head, *body] if body else [empty]


def _parameters(case: Case) -> Iterator[str]:
    by_key = {(p.name, p.of): p for p in case.parameters}
    for name, meaning in SCALAR_PARAMETERS.items():
        yield f"  {name}:  # {meaning}"
        yield from _parameter(by_key[name, None], 4)
    for name, meaning in GUARANTOR_PARAMETERS.items():
        if case.guarantors:
            yield f"  {name}:  # {meaning}"
        for guarantor in case.guarantors:
            yield f"    {_text(guarantor)}:"
            yield from _parameter(by_key[name, guarantor], 6)
    yield "  effect:  # by how much the effects of each provision below are multiplied"
    for provision in case.provisions:
        yield f"    {_text(provision.id)}:"
        yield from _parameter(by_key["effect", provision.id], 6)


def _parameter(parameter: Parameter, indent: int) -> Iterator[str]:
    yield f"{' ' * indent}value: {_distribution(parameter.distribution)}"
    yield from _source("source", parameter.source, indent)


def _distribution(values: Distribution) -> str:
    low, high = _number(values.low), _number(values.high)
    if values.kind == "uniform" and values.low == values.high:
        return low
    if values.kind == "quantiles":
        pairs = (f"[{_number(chance)}, {_number(value)}]" for chance, value in values.quantiles)
        return f"{{quantiles: [{', '.join(pairs)}]}}"
    shape = [_number(number) for number in values.shape]
    if values.kind in WITHIN:
        return f"{{{values.kind}: [{', '.join(shape)}], within: [{low}, {high}]}}"
    return f"{{{values.kind}: [{', '.join([low, *shape, high])}]}}"


def _source(key: str, source: Source, indent: int) -> Iterator[str]:
    pad = " " * indent
    yield f"{pad}{key}:"
    yield f"{pad}  kind: {source.kind}"
    if source.refs:
        yield f"{pad}  refs:"
        for ref in source.refs:
            yield f"{pad}    - {_text(ref, indent + 6)}"
    yield f"{pad}  why: {_text(source.why, indent + 7)}"


def _provision(provision: Provision, guarantors: tuple[str, ...]) -> Iterator[str]:
    yield f"  {_text(provision.id)}:"
    yield f"    title: {_text(provision.title, 11)}"
    yield "    levels:"
    for level in provision.levels:
        yield f"      {_text(level.name)}:"
        yield f"        title: {_text(level.title, 15)}"
        yield from _effects(level, guarantors)
        yield from _source("source", level.source, 8)
    if provision.excluded:
        yield "    excluded:  # no deal may have these"
        for level in provision.levels:
            if level.name in provision.excluded:
                yield from _source(_text(level.name), provision.excluded[level.name], 6)


def _effects(level: Level, guarantors: tuple[str, ...]) -> Iterator[str]:
    if not level.effects:
        yield "        effects: {}"
        return
    yield "        effects:"
    for name in SCALAR_EFFECTS:
        if name in level.effects:
            yield f"          {name}: {_number(level.effects[name])}"
    for name in GUARANTOR_EFFECTS:
        sizes = [(g, level.effects[name, g]) for g in guarantors if (name, g) in level.effects]
        if sizes:
            inner = ", ".join(f"{_text(g)}: {_number(size)}" for g, size in sizes)
            yield f"          {name}: {{{inner}}}"


def _red_line(line: RedLine) -> Iterator[str]:
    yield f"  - party: {_text(line.party)}"
    yield f"    provision: {_text(line.provision)}"
    yield f"    levels: {_list(line.levels)}"
    yield from _source("source", line.source, 4)


def _list(names: Iterable[str]) -> str:
    return f"[{', '.join(_text(name) for name in names)}]"


def _number(value: float) -> str:
    """Write a number so that it reads back to the last bit, without a needless ``.0``."""
    whole = value == int(value) and abs(value) < 1e15
    return str(int(value)) if whole else repr(value)


def _text(text: str, column: int | None = None) -> str:
    """Write ``text`` plain where YAML allows it beyond doubt, in double quotes elsewhere.

    With ``column``, where the text starts on its line, a long text goes on over several lines.
    """
    if len(text) <= _WIDTH // 2 and _PLAIN.fullmatch(text) and text.lower() not in _NOT_PLAIN:
        return text
    quoted = "".join(_escape(character) for character in text)
    if column is None or column + len(quoted) + 2 <= _WIDTH:
        return f'"{quoted}"'
    lines, width = [""], _WIDTH - column - 2
    for piece in _BREAK.split(quoted):
        if lines[-1] and len(lines[-1]) + len(piece) >= width:
            lines.append(piece)
        else:
            lines[-1] = f"{lines[-1]} {piece}" if lines[-1] else piece
    return '"' + f"\n{' ' * column}".join(lines) + '"'


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
