"""A case as YAML text that a person reads, edits and defends.

The text is the canonical form of a case: keys come in the order of the model's tables, so cases
that say the same have the same text and the same hash. What a part means stands beside it as a
comment. `foedus.case.yaml_in` reads it back.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from foedus.case.meanings import PARAMETERS
from foedus.case.values import (
    GUARANTOR_EFFECTS,
    GUARANTOR_PARAMETERS,
    SCALAR_EFFECTS,
    SCALAR_PARAMETERS,
)
from foedus.case.yaml_text import distribution, flow_list, number, text
from foedus.ids import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.case.values import (
        Case,
        Level,
        Parameter,
        Provision,
        RedLine,
        Source,
        Tie,
    )

SCHEMA = "case.schema.json"
"""Where an editor finds what a case file may hold: `foedus case schema` writes it there."""

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
# peace, flow), renege (cost of not honouring), risk (adds to its cost of fighting). A level may
# require or exclude levels of other provisions; "present" is in force already, "excluded" is what
# no deal may have."""

_ABOUT_RED_LINES = """\
# Levels that a party says it will not have. They stay in the game; the answer says who crosses
# what. One that is to be passed over has active: false, and why; the answer says so. A level that
# no deal may have belongs under "excluded" of its provision."""

_ABOUT_CRITERIA = """\
# What a deal must reach in a future to count as good there; chances by the horizon."""


def to_yaml(case: Case, *, schema: str = SCHEMA) -> str:
    """Return the canonical YAML text of a checked ``case``; `from_yaml` gives the case back.

    Parameters
    ----------
    case
        What to write.
    schema
        Where an editor finds the schema, seen from the file's folder.
    """
    lines = [
        f"# yaml-language-server: $schema={schema}",
        "# A case for foedus: a war, and the deals that might end it.",
        f"title: {text(case.title, 7)}",
        f"challenger: {text(case.challenger)}  # holds part of the good and may attack again",
        f"protected: {text(case.protected)}  # holds the rest",
        f"guarantors: {flow_list(case.guarantors)}",
        f"period_years: {number(case.period_years)}",
        f"horizon_years: {number(case.horizon_years)}",
        f"record: {text(case.record_hash) if case.record_hash else 'null'}  # drawn from",
        *_block("notes:", (f"  - {text(note, 4)}" for note in case.notes), empty="notes: []"),
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
        *(f"  {k}: {number(v)}" for k, v in dataclasses.asdict(case.criteria).items()),
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
    for name in SCALAR_PARAMETERS:
        yield f"  {name}:  # {PARAMETERS[name]}"
        yield from _parameter(by_key[name, None], 4)
    for name in GUARANTOR_PARAMETERS:
        if case.guarantors:
            yield f"  {name}:  # {PARAMETERS[name]}"
        for guarantor in case.guarantors:
            yield f"    {text(guarantor)}:"
            yield from _parameter(by_key[name, guarantor], 6)
    yield "  effect:  # by how much the effects of each provision below are multiplied"
    for provision in case.provisions:
        yield f"    {text(provision.id)}:"
        yield from _parameter(by_key["effect", provision.id], 6)


def _parameter(parameter: Parameter, indent: int) -> Iterator[str]:
    yield f"{' ' * indent}value: {distribution(parameter.distribution)}"
    yield f"{' ' * indent}unit: {text(parameter.unit)}"
    yield from _source("source", parameter.source, indent)


def _source(key: str, source: Source, indent: int) -> Iterator[str]:
    pad = " " * indent
    yield f"{pad}{key}:"
    yield f"{pad}  kind: {source.kind}"
    if source.refs:
        yield f"{pad}  refs:"
        for ref in source.refs:
            yield f"{pad}    - {text(ref, indent + 6)}"
    yield f"{pad}  why: {text(source.why, indent + 7)}"
    if source.by:
        yield f"{pad}  by: {text(source.by, indent + 6)}"
    if source.date is not None:
        yield f'{pad}  date: "{source.date.isoformat()}"'


def _provision(provision: Provision, guarantors: tuple[str, ...]) -> Iterator[str]:
    yield f"  {text(provision.id)}:"
    yield f"    title: {text(provision.title, 11)}"
    if provision.borne_by:
        yield f"    borne_by: {flow_list(provision.borne_by)}"
    yield "    levels:"
    for level in provision.levels:
        yield f"      {text(level.name)}:"
        yield f"        title: {text(level.title, 15)}"
        yield from _effects(level, guarantors)
        yield from _ties("requires", level.requires)
        yield from _ties("excludes", level.excludes)
        if level.condition:
            yield f"        condition: {text(level.condition, 19)}"
        if level.expires_years is not None:
            yield f"        expires_years: {number(level.expires_years)}"
        yield from _source("source", level.source, 8)
    if provision.present:
        yield "    present:  # in force already"
        for name, source in provision.present.items():
            yield from _source(text(name), source, 6)
    if provision.excluded:
        yield "    excluded:  # no deal may have these"
        for level in provision.levels:
            if level.name in provision.excluded:
                yield from _source(text(level.name), provision.excluded[level.name], 6)


def _effects(level: Level, guarantors: tuple[str, ...]) -> Iterator[str]:
    if not level.effects:
        yield "        effects: {}"
        return
    yield "        effects:"
    for name in SCALAR_EFFECTS:
        if name in level.effects:
            yield f"          {name}: {number(level.effects[name])}"
    for name in GUARANTOR_EFFECTS:
        sizes = [(g, level.effects[name, g]) for g in guarantors if (name, g) in level.effects]
        if sizes:
            inner = ", ".join(f"{text(g)}: {number(size)}" for g, size in sizes)
            yield f"          {name}: {{{inner}}}"


def _ties(key: str, ties: Iterable[Tie]) -> Iterator[str]:
    for first, tie in enumerate(ties):
        if not first:
            yield f"        {key}:"
        yield f"          - provision: {text(tie.provision)}"
        yield f"            levels: {flow_list(tie.levels)}"
        yield from _source("source", tie.source, 12)


def _red_line(line: RedLine) -> Iterator[str]:
    yield f"  - party: {text(line.party)}"
    yield f"    provision: {text(line.provision)}"
    yield f"    levels: {flow_list(line.levels)}"
    if not line.active:
        yield "    active: false  # switched off"
        yield f"    why: {text(line.why, 9)}"
    yield from _source("source", line.source, 4)
