"""What must hold of a case before a game can be played, said for every part at once.

The values themselves are plain: they can be put together in any order, by hand, by a draft or
from a file. Each door then passes the whole through `check`, and nothing later checks again.
"""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from typing import TYPE_CHECKING, get_args

from foedus.case.distributions import flaws_of
from foedus.case.values import (
    EFFECT_UNIT,
    GUARANTOR_EFFECTS,
    GUARANTOR_PARAMETERS,
    SCALAR_EFFECTS,
    SCALAR_PARAMETERS,
    SourceKind,
)
from foedus.errors import CaseError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.case.values import Case, Distribution, Level, Parameter, Provision, Source

Path = tuple[str, ...]
"""Where a part sits in a case, from the outside in: ``("parameters", "fight_g", "Norrland")``."""

Flaw = tuple[Path, Fault]

_NAME_LENGTH = 100  # a key of a YAML mapping must fit on a line
_CRISIS_MOST = 10.0  # exp(10) is 22,000 times as many crises: more can only be a slip

_RANGES: dict[str, tuple[float, float, str]] = {
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
        *_provisions(case),
        *_red_lines(case),
        *_criteria(case),
    ]


def _flaw(path: Path, found: object, must: str, do: str = "") -> Flaw:
    return path, Fault(at=".".join(path), found=found, must=must, do=do)


def _header(case: Case) -> Iterator[Flaw]:
    if not case.title.strip():
        yield _flaw(("title",), "empty", "say what the case is about")
    parties = [("challenger", case.challenger), ("protected", case.protected)]
    parties += [("guarantors", name) for name in case.guarantors]
    seen: set[str] = set()
    for part, name in parties:
        yield from _name((part,), name)
        if name in seen:
            yield _flaw((part,), f"{name!r} again", "name each party once")
        seen.add(name)
    yield from _times(case)
    for note in case.notes:
        if not note.strip():
            yield _flaw(("notes",), "an empty note", "be said or be left out")
    if case.record_hash is not None and not case.record_hash.strip():
        yield _flaw(("record",), "empty", "be a record's hash, or null")


def _times(case: Case) -> Iterator[Flaw]:
    period, horizon = case.period_years, case.horizon_years
    for part, years in (("period_years", period), ("horizon_years", horizon)):
        if not 0 < years < math.inf:
            yield _flaw((part,), years, "be above 0")
            return
    periods = horizon / period
    if periods < 0.5 or abs(periods - round(periods)) > 1e-6:
        found = f"{horizon:g}, which is {periods:g} periods of {period:g} years"
        yield _flaw(("horizon_years",), found, "be a whole number of periods, 1 or more")


def _name(path: Path, name: str) -> Iterator[Flaw]:
    if not 0 < len(name) <= _NAME_LENGTH or name != name.strip():
        must = f"have 1 to {_NAME_LENGTH} characters and no blank at either end"
        yield _flaw(path, repr(name), must)


def _source(path: Path, source: Source) -> Iterator[Flaw]:
    path = (*path, "source")
    if source.kind not in get_args(SourceKind):
        yield _flaw((*path, "kind"), source.kind, f"be one of {_listed(get_args(SourceKind))}")
    if not source.why.strip():
        yield _flaw((*path, "why"), "empty", "say in a sentence where the value comes from")
    if source.kind in ("claim", "base-rate", "published") and not source.refs:
        yield _flaw((*path, "refs"), "empty", f"name what a source of kind {source.kind} rests on")
    if any(not ref.strip() for ref in source.refs):
        yield _flaw((*path, "refs"), "an empty reference", "name what it rests on")


def _parameters(case: Case) -> Iterator[Flaw]:
    keys: list[tuple[str, str | None]] = [(name, None) for name in SCALAR_PARAMETERS]
    keys += [(name, g) for name in GUARANTOR_PARAMETERS for g in case.guarantors]
    keys += [("effect", provision.id) for provision in case.provisions]
    expected = dict.fromkeys(keys)
    times = Counter((p.name, p.of) for p in case.parameters)
    for name, of in expected:
        if (name, of) not in times:
            must = "be given: every case has it once"
            yield _flaw(_parameter_path(name, of), "missing", must)
    for (name, of), count in times.items():
        path = _parameter_path(name, of)
        if count > 1:
            yield _flaw(path, f"given {count} times", "be given once")
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
        return _flaw(path, f"given for {of!r}", "be given once, for nobody in particular")
    if name in GUARANTOR_PARAMETERS:
        found = "given for nobody" if of is None else f"given for {of!r}"
        return _flaw(path, found, f"belong to a guarantor: {_listed(case.guarantors)}")
    if name == "effect":
        found = "given for no provision" if of is None else f"given for {of!r}"
        ids = _listed(p.id for p in case.provisions)
        return _flaw(path, found, f"belong to a provision: {ids}")
    known = _listed([*SCALAR_PARAMETERS, *GUARANTOR_PARAMETERS, "effect"])
    return _flaw(path, "not a parameter", f"be one of {known}")


def _parameter(parameter: Parameter) -> Iterator[Flaw]:
    path = _parameter_path(parameter.name, parameter.of)
    yield from _distribution(path, parameter.name, parameter.distribution)
    units = SCALAR_PARAMETERS | GUARANTOR_PARAMETERS | {"effect": EFFECT_UNIT}
    unit = units.get(parameter.name)
    if unit is not None and parameter.unit != unit:
        yield _flaw(path, f"in the unit {parameter.unit!r}", f"be in the unit {unit!r}")
    yield from _source(path, parameter.source)


def _distribution(path: Path, name: str, values: Distribution) -> Iterator[Flaw]:
    path = (*path, "value")
    low, high = values.low, values.high
    for found, must in flaws_of(values):
        yield _flaw(path, found, must)
    least, most, must = _RANGES.get(name, (-math.inf, math.inf, ""))
    if math.isfinite(low) and math.isfinite(high) and not (least <= low and high <= most):
        yield _flaw(path, f"{low:g}" if low == high else f"{low:g} to {high:g}", must)


def _hazards(case: Case) -> Iterator[Flaw]:
    names = ("war_win_c", "war_win_p", "war_freeze")
    highs = {p.name: p.distribution.high for p in case.parameters if p.name in names}
    total = math.fsum(highs.values())
    if len(highs) == len(names) and total > 1 + 1e-12:
        must = "add up to 1 or less even at their upper ends: the war ends in one way"
        found = f"{total:g} at the upper ends of {', '.join(names)} together"
        yield _flaw(("parameters", "war_freeze", "value"), found, must)


def _provisions(case: Case) -> Iterator[Flaw]:
    if not case.provisions:
        yield _flaw(("provisions",), "empty", "hold at least one provision: a deal is made of them")
    times = Counter(p.id for p in case.provisions)
    for provision_id, count in times.items():
        if count > 1:
            yield _flaw(("provisions", provision_id), f"given {count} times", "be given once")
    for provision in case.provisions:
        yield from _provision(provision, case.guarantors)


def _provision(provision: Provision, guarantors: tuple[str, ...]) -> Iterator[Flaw]:
    path = ("provisions", provision.id)
    yield from _name(path, provision.id)
    if not provision.title.strip():
        yield _flaw((*path, "title"), "empty", "say what the provision is")
    names = [level.name for level in provision.levels]
    if not names:
        yield _flaw((*path, "levels"), "empty", "hold at least one level, one that does nothing")
        return
    for name, count in Counter(names).items():
        if count > 1:
            yield _flaw((*path, "levels", name), f"given {count} times", "be given once")
    first = provision.levels[0]
    doing = [key for key, size in first.effects.items() if size != 0]
    if doing:
        found = f"first and has {_listed(map(_effect_name, doing))}"
        must = "do nothing: the first level of a provision is the deal without it"
        yield _flaw((*path, "levels", first.name), found, must)
    for level in provision.levels:
        yield from _level((*path, "levels", level.name), level, guarantors)
    for name, source in provision.excluded.items():
        at = (*path, "excluded", name)
        if name not in names:
            yield _flaw(at, "no level of it", f"be one of {_listed(names[1:])}")
        elif name == names[0]:
            yield _flaw(at, "its first level", "leave the first level in: the bare deal stays")
        yield from _source(at, source)


def _level(path: Path, level: Level, guarantors: tuple[str, ...]) -> Iterator[Flaw]:
    yield from _name(path, level.name)
    if not level.title.strip():
        yield _flaw((*path, "title"), "empty", "say what the level is")
    for key, size in level.effects.items():
        at = (*path, "effects", *((key,) if isinstance(key, str) else key))
        yield from _effect(at, key, size, guarantors)
    yield from _source(path, level.source)


def _effect_name(key: str | tuple[str, str]) -> str:
    return key if isinstance(key, str) else f"{key[0]} of {key[1]}"


def _effect(
    at: Path, key: str | tuple[str, str], size: float, guarantors: tuple[str, ...]
) -> Iterator[Flaw]:
    if isinstance(key, str):
        if key in GUARANTOR_EFFECTS:
            yield _flaw(at, "given for nobody", "be given for each guarantor that it touches")
        elif key not in SCALAR_EFFECTS:
            known = _listed([*SCALAR_EFFECTS, *GUARANTOR_EFFECTS])
            yield _flaw(at, "not an effect", f"be one of {known}")
    else:
        name, guarantor = key
        if name in SCALAR_EFFECTS:
            yield _flaw(at, f"given for {guarantor!r}", "be one number, for nobody in particular")
        elif name not in GUARANTOR_EFFECTS:
            yield _flaw(at, "not an effect", f"be one of {_listed(GUARANTOR_EFFECTS)}")
        if guarantor not in guarantors:
            yield _flaw(at, f"for {guarantor!r}", f"be for a guarantor: {_listed(guarantors)}")
    yield from _size(at, key, size)


def _size(at: Path, key: str | tuple[str, str], size: float) -> Iterator[Flaw]:
    if not math.isfinite(size):
        yield _flaw(at, size, "be finite")
    elif key == "delay" and (size < 0 or size != round(size)):
        yield _flaw(at, f"{size:g}", "be a whole number of periods, 0 or more")
    elif key == "share" and not -1 <= size <= 1:
        yield _flaw(at, f"{size:g}", "lie between -1 and 1: the good has size 1")
    elif key == "crisis" and abs(size) > _CRISIS_MOST:
        must = f"lie between -{_CRISIS_MOST:g} and {_CRISIS_MOST:g}: it is added to a logarithm"
        yield _flaw(at, f"{size:g}", must)


def _red_lines(case: Case) -> Iterator[Flaw]:
    parties = (case.challenger, case.protected, *case.guarantors)
    levels = {p.id: [level.name for level in p.levels] for p in case.provisions}
    times = Counter((line.party, line.provision) for line in case.red_lines)
    for number, line in enumerate(case.red_lines, start=1):
        path = ("red_lines", str(number))
        if line.party not in parties:
            yield _flaw((*path, "party"), repr(line.party), f"be a party: {_listed(parties)}")
        if line.provision not in levels:
            must = f"be a provision: {_listed(levels)}"
            yield _flaw((*path, "provision"), repr(line.provision), must)
            continue
        if times[line.party, line.provision] > 1:
            found = f"one of {times[line.party, line.provision]} of {line.party} on it"
            yield _flaw((*path, "provision"), found, "be one red line with all its levels")
        if not line.levels:
            yield _flaw((*path, "levels"), "empty", "name the levels that the party will not have")
        for name in line.levels:
            if name not in levels[line.provision]:
                must = f"be a level of {line.provision}: {_listed(levels[line.provision])}"
                yield _flaw((*path, "levels"), repr(name), must)
        for name, count in Counter(line.levels).items():
            if count > 1:
                yield _flaw((*path, "levels"), f"{name} {count} times", "name each level once")
        yield from _source(path, line.source)


def _criteria(case: Case) -> Iterator[Flaw]:
    for name, value in dataclasses.asdict(case.criteria).items():
        if not 0 <= value <= 1:
            yield _flaw(("criteria", name), value, "lie between 0 and 1")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "there is none"
