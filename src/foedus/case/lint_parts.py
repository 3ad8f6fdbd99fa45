"""What the parts of a case say of each other, and of the library's base rates."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from foedus.case.lint import CaseFinding, sources
from foedus.case.meanings import PARAMETERS
from foedus.case.shelf import base_rates
from foedus.case.ties import diagram_of
from foedus.case.values import GUARANTOR_EFFECTS, GUARANTOR_PARAMETERS
from foedus.case.yaml_text import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.case.shelf import BaseRate
    from foedus.case.values import Case, Level, Parameter, Provision

_RATE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_YEARS = re.compile(r"-(\d+)y-")
"""How long a rate looks, as its id tells it."""

_SCALED = ("denial", "punish", "crisis", "help", "harm")
"""The effects that a provision's multiplier scales: section 1 of the model's page."""

_BETTER = {
    "denial": 1, "punish": 1, "provoke": -1, "crisis": -1, "delay": -1, "help": 1, "harm": 1,
    "cost": -1, "renege": 1, "risk": -1,
}  # fmt: skip
"""Whether more of an effect keeps the peace, or less; terms are worth something to one side only,
so that levels with other terms are never compared."""

_WAR_ENDS = ("war_win_c", "war_win_p", "war_freeze")


def of_parts(case: Case) -> Iterator[CaseFinding]:
    """Yield what a case by itself gives to look at."""
    yield from _assumptions(case)
    yield from _rates(case)
    yield from _war_ends(case)
    yield from _crises(case)
    has = dict(zip((p.id for p in case.provisions), diagram_of(case).levels(), strict=True))
    yield from _bearing(case, has)
    for provision in case.provisions:
        yield from _levels(provision, has[provision.id])
        yield from _not_in_game(provision, case.horizon_years)
    yield from _red_lines(case, has)


def _assumptions(case: Case) -> Iterator[CaseFinding]:
    bare = {("provisions", p.id, "levels", p.levels[0].name) for p in case.provisions}
    for path, source in sources(case):
        if source.kind == "assumption" and path not in bare:
            yield CaseFinding(
                rule="assumption",
                path=path,
                what=f"“{source.why}”",
                why="Nobody stands behind it, and every answer rests on it.",
                do="Find a claim, a base rate or a work, or make it somebody's: foedus case set.",
            )


def _rates(case: Case) -> Iterator[CaseFinding]:
    """Yield base rates that the library does not have, or that bear on something else."""
    rates = base_rates()
    for path, source in sources(case):
        for ref in source.refs:
            if ref not in rates and source.kind == "base-rate" and _RATE.fullmatch(ref):
                yield CaseFinding(
                    rule="unknown-rate",
                    path=path,
                    what=f"the library has no base rate {ref}",
                    why="A rate that cannot be looked up is no source.",
                    do="Correct the id, or cite what it was counted from with kind: published.",
                )
    for parameter in case.parameters:
        for ref in parameter.source.refs:
            rate = rates.get(ref)
            if rate is None or parameter.name in rate.bears_on or not rate.bears_on:
                continue
            if parameter.source.kind == "base-rate":
                yield CaseFinding(
                    rule="other-rate",
                    path=_path(parameter),
                    what=f"{ref} bears on {', '.join(rate.bears_on)}",
                    why="The rate says little about this parameter.",
                    do="Name another rate, or call the range an assumption.",
                )


def _path(parameter: Parameter) -> tuple[str, ...]:
    return ("parameters", parameter.name, *((parameter.of,) if parameter.of else ()))


def _war_ends(case: Case) -> Iterator[CaseFinding]:
    """Yield rates of wars ending that the three chances a period cannot meet, whatever is drawn.

    After n periods a war has ended with chance 1 - (1 - sum)^n; of the ends, those in a freeze are
    the freeze's part of the sum: section 6 of the model's page.
    """
    by_name = {p.name: p for p in case.parameters if p.name in _WAR_ENDS}
    if len(by_name) < len(_WAR_ENDS):
        return
    ranges = [by_name[name].distribution for name in _WAR_ENDS]
    lows, highs = [r.low for r in ranges], [r.high for r in ranges]
    named = dict.fromkeys(ref for p in by_name.values() for ref in p.source.refs)
    for rate in (base_rates()[ref] for ref in named if ref in base_rates()):
        figure = rate.beside.figure if rate.beside else ""
        if figure == "war-ended" and rate.beside and rate.beside.years:
            periods = rate.beside.years / case.period_years
            low, high = (1 - max(0.0, 1 - sum(ends)) ** periods for ends in (lows, highs))
            what = f"a war ends within {rate.beside.years:g} years"
        elif figure == "ended-undecided" and lows[2] + sum(highs[:2]) > 0:
            low = lows[2] / (lows[2] + sum(highs[:2]))
            high = highs[2] / (highs[2] + sum(lows[:2])) if highs[2] + sum(lows[:2]) else 1.0
            what = "of wars that end, those that end undecided are"
        else:
            continue
        yield from _outside("war_freeze", rate, f"{what} {{}} by the three chances", (low, high))


def _crises(case: Case) -> Iterator[CaseFinding]:
    """Yield rates of quiet years that the chance of a crisis cannot meet, whatever is drawn.

    Those are meant that bear on this chance alone, so that they measure it: n periods pass without
    a crisis with chance (1 - crisis)^n.
    """
    for parameter in case.parameters:
        for ref in parameter.source.refs if parameter.name == "crisis" else ():
            rate, years = base_rates().get(ref), _YEARS.search(ref)
            if rate is not None and years is not None and rate.bears_on == ("crisis",):
                periods = int(years[1]) / case.period_years
                ends = (parameter.distribution.high, parameter.distribution.low)
                low, high = ((1 - crisis) ** periods for crisis in ends)
                what = f"{years[1]} years without a crisis have a chance of {{}} by the range"
                yield from _outside("crisis", rate, what, (low, high))


def _outside(
    name: str, rate: BaseRate, what: str, held: tuple[float, float]
) -> Iterator[CaseFinding]:
    least, most = rate.interval or (rate.share, rate.share)
    low, high = held
    if high < least or low > most:
        counted = f"{least:.0%}" if least == most else f"{least:.0%} to {most:.0%}"
        yield CaseFinding(
            rule="outside-rate",
            path=("parameters", name),
            what=f"{what.format(f'{low:.0%} to {high:.0%}')}; {rate.id} has {counted}",
            why="It names a rate that none of the futures drawn from it can meet.",
            do="Move the range until they meet, or say why this war is unlike the others;"
            " foedus case check shows all rates.",
        )


def _bearing(case: Case, has: dict[str, tuple[int, ...]]) -> Iterator[CaseFinding]:
    """Yield parameters that the answer cannot depend on, whatever is drawn."""
    levels = [(p, p.levels[i]) for p in case.provisions for i in has[p.id]]
    doing = {
        (provision.id, *((key, "") if isinstance(key, str) else key))
        for provision, level in levels
        for key, size in level.effects.items()
        if size
    }
    parties = {whose for _, name, whose in doing if name in GUARANTOR_EFFECTS}
    scaled = {provision for provision, name, _ in doing if name in _SCALED}
    for parameter in case.parameters:
        if parameter.name == "effect" and parameter.of not in scaled:
            told = (
                f"no level of {parameter.of} that a deal can have does any of {', '.join(_SCALED)}"
            )
        elif parameter.name in GUARANTOR_PARAMETERS and parameter.of not in parties:
            told = f"no level that a deal can have touches {parameter.of}, so it is no party to any"
        else:
            continue
        yield CaseFinding(
            rule="no-bearing",
            path=_path(parameter),
            what=f"{parameter.key} ({PARAMETERS[parameter.name]}): {told}",
            why="Time spent on its range is lost.",
            do="Leave it, or give the levels the effects that are meant.",
        )


def _levels(provision: Provision, has: tuple[int, ...]) -> Iterator[CaseFinding]:
    at = ("provisions", provision.id, "levels")
    for place, level in enumerate(provision.levels):
        if place not in has and level.name not in provision.excluded:
            yield CaseFinding(
                rule="in-no-deal",
                path=(*at, level.name),
                what="its ties leave no deal that could have it",
                why="It looks like a choice and is none.",
                do="Loosen its requires and excludes, or put it under excluded and say why.",
            )
    open_levels = [provision.levels[i] for i in has]
    for one, other in combinations(open_levels, 2):
        yield from _beside(provision, one, other)


def _beside(provision: Provision, one: Level, other: Level) -> Iterator[CaseFinding]:
    """Yield where a level does the same as the one before it, or less in everything."""
    keys = {**one.effects, **other.effects}
    apart = {k: other.effects.get(k, 0) - one.effects.get(k, 0) for k in keys}
    apart = {key: size for key, size in apart.items() if size}
    tied = (one.requires, one.excludes) != (other.requires, other.excludes)
    if not apart and not tied:
        yield CaseFinding(
            rule="same-level",
            path=("provisions", provision.id, "levels", other.name),
            what=f"it does the same as {one.name}",
            why="Deals that differ in nothing but words are told as if they differed.",
            do="Give it effects of its own, or leave one of the two out.",
        )
        return
    signs = []
    for key, size in apart.items():
        better = _BETTER.get(key if isinstance(key, str) else key[0], 0)
        signs.append(better * (1 if size > 0 else -1))
    if tied or 0 in signs or len(set(signs)) != 1:
        return
    lesser, greater = (other, one) if signs[0] < 0 else (one, other)
    if lesser is not provision.levels[0]:  # doing nothing is always open, and does nothing
        how = ", ".join(_name(key) for key in apart)
        yield CaseFinding(
            rule="lesser-level",
            path=("provisions", provision.id, "levels", lesser.name),
            what=f"against {greater.name} it is no better in anything and worse in {how}",
            why="Nobody who wants the settlement to hold would choose it; in the game it can still"
            " win where a weaker promise draws fewer insincere ones.",
            do="Check the sizes: what does the one cost that the other does not?",
        )


def _name(key: str | tuple[str, str]) -> str:
    return key if isinstance(key, str) else f"{key[0]} of {key[1]}"


def _not_in_game(provision: Provision, horizon_years: float) -> Iterator[CaseFinding]:
    for level in provision.levels:
        path = ("provisions", provision.id, "levels", level.name)
        if level.condition:
            yield CaseFinding(
                rule="not-in-game",
                path=(*path, "condition"),
                what=f"it hangs on “{level.condition}”",
                why="The game takes the condition as met.",
                do="Solve a second case in which it is not met, or make the effects smaller.",
            )
        if level.expires_years is not None and level.expires_years < horizon_years:
            years = number(level.expires_years)
            yield CaseFinding(
                rule="not-in-game",
                path=(*path, "expires_years"),
                what=f"it expires after {years} years of {number(horizon_years)}",
                why="The game takes it as lasting to the horizon and beyond.",
                do=f"Look only {years} years ahead (horizon_years), or make the effects smaller.",
            )


def _red_lines(case: Case, has: dict[str, tuple[int, ...]]) -> Iterator[CaseFinding]:
    names = {p.id: {p.levels[i].name for i in has[p.id]} for p in case.provisions}
    for place, line in enumerate(case.red_lines, start=1):
        path = ("red_lines", str(place))
        idle = [name for name in line.levels if name not in names[line.provision]]
        if idle:
            yield CaseFinding(
                rule="red-line-idle",
                path=path,
                what=f"{line.party} will not have {', '.join(idle)} of {line.provision},"
                " and no deal has",
                why="A line that cannot be crossed says nothing about the deals.",
                do="Leave it as a record of what was said, or take the level off the line.",
            )
        if not line.active:
            yield CaseFinding(
                rule="red-line-off",
                path=path,
                what=f"{line.party} on {line.provision}: “{line.why}”",
                why="The answer passes over it.",
                do="Set active to true to have deals that cross it marked again.",
            )
