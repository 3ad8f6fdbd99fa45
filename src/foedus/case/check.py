"""What must hold of a case before a game can be played, said for every part at once.

The values themselves are plain: they can be put together in any order, by hand, by a draft or
from a file. Each door then passes the whole through `check`, and nothing later checks again.
"""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from typing import TYPE_CHECKING

from foedus.case.check_provisions import level_flaws, provision_flaws
from foedus.case.distributions import flaws_of
from foedus.case.flaws import flaw, listed, name_flaws, source_flaws
from foedus.case.values import (
    EFFECT_UNIT,
    GUARANTOR_PARAMETERS,
    SCALAR_PARAMETERS,
)
from foedus.case.yaml_nodes import meant
from foedus.errors import CaseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.case.flaws import Flaw, Path
    from foedus.case.values import Case, Distribution, Parameter, RedLine

RANGES: dict[str, tuple[float, float, str]] = {
    "x0": (0, 1, "lie between 0 and 1"),
    "crisis": (0, 1, "lie between 0 and 1"),
    "hold": (0, 1, "lie between 0 and 1"),
    "fight_c": (0, math.inf, "be 0 or more"),
    "fight_p": (0, math.inf, "be 0 or more"),
    "war_win_c": (0, 1, "lie between 0 and 1"),
    "war_win_p": (0, 1, "lie between 0 and 1"),
    "war_freeze": (0, 1, "lie between 0 and 1"),
    "war_cost_c": (0, math.inf, "be 0 or more"),
    "war_cost_p": (0, math.inf, "be 0 or more"),
    "fight_g": (0, math.inf, "be 0 or more"),
    "war_support": (0, math.inf, "be 0 or more"),
    "effect": (0, math.inf, "be 0 or more"),
    # the smallest and the largest number inside: the ends themselves are not allowed
    "delta": (math.nextafter(0, 1), math.nextafter(1, 0), "lie above 0 and below 1"),
    "shock_scale": (math.nextafter(0, 1), math.inf, "be above 0"),
    "stake_scale": (math.nextafter(0, 1), math.inf, "be above 0"),
}
"""The least and the most that the model allows; a name that is not here may be any number."""


def check(case: Case, where: str) -> Case:
    """Return ``case`` as it is, or raise.

    Parameters
    ----------
    case
        What to check.
    where
        Its file or its title, for the error.

    Raises
    ------
    CaseError
        With every fault, not only the first.
    """
    faults = tuple(fault for _, fault in flaws(case))
    if faults:
        raise CaseError(where, faults)
    return case


def flaws(case: Case) -> list[Flaw]:
    """Return every fault of ``case`` with its path, in the order of a case's parts."""
    return [
        *_header(case),
        *_parameters(case),
        *_hazards(case),
        *provision_flaws(case),
        *_red_lines(case),
        *_criteria(case),
    ]


def _header(case: Case) -> Iterator[Flaw]:
    if not case.title.strip():
        yield flaw(("title",), "empty", "say what the case is about")
    parties = [("challenger", case.challenger), ("protected", case.protected)]
    parties += [("guarantors", name) for name in case.guarantors]
    seen: set[str] = set()
    for part, name in parties:
        yield from name_flaws((part,), name)
        if name in seen:
            yield flaw((part,), f"{name!r} again", "name each party once")
        seen.add(name)
    yield from _times(case)
    for note in case.notes:
        if not note.strip():
            yield flaw(("notes",), "an empty note", "be said or be left out")
    if case.record_hash is not None and not case.record_hash.strip():
        yield flaw(("record",), "empty", "be a record's hash, or null")


def _times(case: Case) -> Iterator[Flaw]:
    period, horizon = case.period_years, case.horizon_years
    for part, years in (("period_years", period), ("horizon_years", horizon)):
        if not 0 < years < math.inf:
            yield flaw((part,), years, "be above 0")
            return
    periods = horizon / period
    if periods < 0.5 or abs(periods - round(periods)) > 1e-6:
        found = f"{horizon:g}, which is {periods:g} periods of {period:g} years"
        yield flaw(("horizon_years",), found, "be a whole number of periods, 1 or more")


def _parameters(case: Case) -> Iterator[Flaw]:
    keys: list[tuple[str, str | None]] = [(name, None) for name in SCALAR_PARAMETERS]
    keys += [(name, g) for name in GUARANTOR_PARAMETERS for g in case.guarantors]
    keys += [("effect", provision.id) for provision in case.provisions]
    expected = dict.fromkeys(keys)
    times = Counter((p.name, p.of) for p in case.parameters)
    for name, of in expected:
        if (name, of) not in times:
            must = "be given: every case has it once"
            yield flaw(_parameter_path(name, of), "missing", must)
    for (name, of), count in times.items():
        path = _parameter_path(name, of)
        if count > 1:
            yield flaw(path, f"given {count} times", "be given once")
        if (name, of) not in expected:
            yield _unexpected(case, name, of)
    for parameter in case.parameters:
        yield from _parameter(parameter)


def _parameter_path(name: str, of: str | None) -> Path:
    return ("parameters", name) if of is None else ("parameters", name, of)


def _unexpected(case: Case, name: str, of: str | None) -> Flaw:
    """Say why a parameter does not belong in the case."""
    path = _parameter_path(name, of)
    if name in SCALAR_PARAMETERS:
        return flaw(path, f"given for {of!r}", "be given once, for nobody in particular")
    if name in GUARANTOR_PARAMETERS:
        found = "given for nobody" if of is None else f"given for {of!r}"
        return flaw(path, found, f"belong to a guarantor: {listed(case.guarantors)}")
    if name == "effect":
        found = "given for no provision" if of is None else f"given for {of!r}"
        ids = listed(p.id for p in case.provisions)
        return flaw(path, found, f"belong to a provision: {ids}")
    known = listed([*SCALAR_PARAMETERS, *GUARANTOR_PARAMETERS, "effect"])
    return flaw(path, "not a parameter", f"be one of {known}")


def _parameter(parameter: Parameter) -> Iterator[Flaw]:
    path = _parameter_path(parameter.name, parameter.of)
    yield from _distribution(path, parameter.name, parameter.distribution)
    units = SCALAR_PARAMETERS | GUARANTOR_PARAMETERS | {"effect": EFFECT_UNIT}
    unit = units.get(parameter.name)
    if unit is not None and parameter.unit != unit:
        must = f"be {unit!r}, the unit that the model reckons in"
        do = "Convert the numbers and write that unit, or leave the unit out."
        yield flaw((*path, "unit"), repr(parameter.unit), must, do)
    yield from source_flaws((*path, "source"), parameter.source)


def _distribution(path: Path, name: str, values: Distribution) -> Iterator[Flaw]:
    path = (*path, "value")
    low, high = values.low, values.high
    for found, must in flaws_of(values):
        yield flaw(path, found, must)
    least, most, must = RANGES.get(name, (-math.inf, math.inf, ""))
    if math.isfinite(low) and math.isfinite(high) and not (least <= low and high <= most):
        yield flaw(path, f"{low:g}" if low == high else f"{low:g} to {high:g}", must)


def _hazards(case: Case) -> Iterator[Flaw]:
    names = ("war_win_c", "war_win_p", "war_freeze")
    highs = {p.name: p.distribution.high for p in case.parameters if p.name in names}
    total = math.fsum(highs.values())
    if len(highs) == len(names) and total > 1 + 1e-12:
        must = "add up to 1 or less even at their upper ends: the war ends in one way"
        found = f"{total:g} at the upper ends of {', '.join(names)} together"
        yield flaw(("parameters", "war_freeze", "value"), found, must)


def _red_lines(case: Case) -> Iterator[Flaw]:
    parties = (case.challenger, case.protected, *case.guarantors)
    levels = {p.id: [level.name for level in p.levels] for p in case.provisions}
    times = Counter((line.party, line.provision) for line in case.red_lines)
    for number, line in enumerate(case.red_lines, start=1):
        path = ("red_lines", str(number))
        if line.party not in parties:
            must = f"be a party: {listed(parties)}"
            yield flaw((*path, "party"), repr(line.party), must, meant(line.party, parties))
        if line.provision not in levels:
            must = f"be a provision: {listed(levels)}"
            do = meant(line.provision, levels)
            yield flaw((*path, "provision"), repr(line.provision), must, do)
            continue
        if times[line.party, line.provision] > 1:
            found = f"one of {times[line.party, line.provision]} of {line.party} on it"
            yield flaw((*path, "provision"), found, "be one red line with all its levels")
        yield from level_flaws((*path, "levels"), line.levels, (line.provision, levels))
        yield from _switch(path, line)
        yield from source_flaws((*path, "source"), line.source)


def _switch(path: Path, line: RedLine) -> Iterator[Flaw]:
    if not line.active and not line.why.strip():
        must = "say in a sentence why the red line is switched off"
        yield flaw((*path, "why"), "empty", must)
    if line.active and line.why:
        must = "be left out: the red line is on, and its source says where it comes from"
        yield flaw((*path, "why"), "given", must, "To switch it off, write active: false.")


def _criteria(case: Case) -> Iterator[Flaw]:
    for name, value in dataclasses.asdict(case.criteria).items():
        if not 0 <= value <= 1:
            yield flaw(("criteria", name), value, "lie between 0 and 1")
