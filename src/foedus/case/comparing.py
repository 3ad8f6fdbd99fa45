"""What changed between two cases, in plain words, part by part."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from foedus.case.meanings import CRITERIA, EFFECTS, PARAMETERS
from foedus.case.yaml_text import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from foedus.case.flaws import Path
    from foedus.case.values import Case, Distribution, Level, Parameter, Provision, Source, Tie

Part = Literal[
    "header", "parameter", "provision", "level", "effect", "tie", "red line", "criterion", "source"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDifference:
    """One thing that is said otherwise in the second of two cases.

    Parameters
    ----------
    part
        What kind of thing.
    path
        Where it stands in a case file.
    before, after
        What each says; None in the one that does not have it.
    says
        The change in a sentence.
    """

    part: Part
    path: Path
    before: str | None
    after: str | None
    says: str


def compare(before: Case, after: Case) -> tuple[CaseDifference, ...]:
    """Return what changed from one case to another, in the order of a case's parts.

    Cases that say the same have no differences, and the same hash.
    """
    return (
        *_header(before, after),
        *_parameters(before, after),
        *_provisions(before, after),
        *_red_lines(before, after),
        *_criteria(before, after),
    )


def _told(
    part: Part, path: Path, what: str, sides: tuple[str | None, str | None]
) -> Iterator[CaseDifference]:
    """Yield a difference where two sides are not the same."""
    before, after = sides
    if before == after:
        return
    if before is None:
        says = f"{what} is new: {after}" if after else f"{what} is new"
    elif after is None:
        says = f"{what} is gone; it was: {before}" if before else f"{what} is gone"
    else:
        says = f"{what}: {before or 'nothing'} -> {after or 'nothing'}"
    yield CaseDifference(part=part, path=path, before=before, after=after, says=f"{says}.")


def _header(before: Case, after: Case) -> Iterator[CaseDifference]:
    for field, key in (
        ("title", "title"),
        ("challenger", "challenger"),
        ("protected", "protected"),
        ("period_years", "period_years"),
        ("horizon_years", "horizon_years"),
        ("record_hash", "record"),
    ):
        sides = (_said(getattr(before, field)), _said(getattr(after, field)))
        yield from _told("header", (key,), key.replace("_", " "), sides)
    yield from _members(
        "header", ("guarantors",), "guarantor", (before.guarantors, after.guarantors)
    )
    yield from _members("header", ("notes",), "note", (before.notes, after.notes))


def _said(value: object) -> str:
    if value is None:
        return "none"
    return number(value) if isinstance(value, float) else str(value)


def _members(
    part: Part, path: Path, what: str, sides: tuple[Iterable[str], Iterable[str]]
) -> Iterator[CaseDifference]:
    """Yield what is gone from a list, what is new in it, or that only the order changed."""
    was, now = (tuple(side) for side in sides)
    for each in was:
        if each not in now:
            yield from _told(part, path, f"the {what} {each!r}", ("", None))
    for each in now:
        if each not in was:
            yield from _told(part, path, f"the {what} {each!r}", (None, ""))
    if was != now and set(was) == set(now):
        yield from _told(part, path, f"the order of each {what}", (", ".join(was), ", ".join(now)))


def _parameters(before: Case, after: Case) -> Iterator[CaseDifference]:
    was, now = ({p.key: p for p in case.parameters} for case in (before, after))
    for key in {**was, **now}:
        one, other = was.get(key), now.get(key)
        either = other or one
        if either is None:
            continue
        path = ("parameters", either.name, *((either.of,) if either.of else ()))
        what = f"{key} ({PARAMETERS.get(either.name, 'a parameter')})"
        if one is None or other is None:
            ranges = [_range(side.distribution) if side else None for side in (one, other)]
            yield from _told("parameter", path, what, (ranges[0], ranges[1]))
            continue
        yield from _moved(path, what, one, other)
        yield from _sources(path, what, (one.source, other.source))


def _moved(path: Path, what: str, one: Parameter, other: Parameter) -> Iterator[CaseDifference]:
    """Yield how the range of a parameter changed, and what that makes of it."""
    was, now = one.distribution, other.distribution
    widths = [values.high - values.low for values in (was, now)]
    how = "of another form" if was.kind != now.kind else "elsewhere"
    if widths[0] != widths[1]:
        how = "narrower" if widths[1] < widths[0] else "wider"
    apart = ", and the two do not meet" if was.high < now.low or now.high < was.low else ""
    for told in _told("parameter", path, what, (_range(was), _range(now))):
        yield dataclasses.replace(told, says=f"{told.says.rstrip('.')}: {how}{apart}.")


def _range(values: Distribution) -> str:
    """Write what a parameter may be: "0.4 to 0.65, pert with likeliest 0.5"."""
    if values.low == values.high and values.kind == "uniform":
        return number(values.low)
    words = f"{number(values.low)} to {number(values.high)}"
    if values.kind == "quantiles":
        pairs = (f"{number(value)} at {number(chance)}" for chance, value in values.quantiles)
        return f"{words}, quantiles {', '.join(pairs)}"
    shape = " and ".join(number(each) for each in values.shape)
    form = "" if values.kind == "uniform" else f", {values.kind}"
    return f"{words}{form}{f' with {shape}' if shape else ''}"


def _sources(path: Path, what: str, sides: tuple[Source, Source]) -> Iterator[CaseDifference]:
    one, other = (_source(side) for side in sides)
    yield from _told("source", (*path, "source"), f"the source of {what}", (one, other))


def _source(source: Source) -> str:
    """Write a source in a line."""
    day = source.date.isoformat() if source.date else ""
    signed = ", ".join(filter(None, (source.by, day)))
    refs = f" [{'; '.join(source.refs)}]" if source.refs else ""
    return f"{source.kind}{f' by {signed}' if signed else ''}{refs}, “{source.why}”"


def _provisions(before: Case, after: Case) -> Iterator[CaseDifference]:
    was, now = ({p.id: p for p in case.provisions} for case in (before, after))
    for name in {**was, **now}:
        path = ("provisions", name)
        one, other = was.get(name), now.get(name)
        if one is not None and other is not None:
            yield from _provision(path, one, other)
        else:
            titles = [side.title if side else None for side in (one, other)]
            yield from _told("provision", path, f"the provision {name}", (titles[0], titles[1]))
    if list(was) != list(now) and set(was) == set(now):
        sides = (", ".join(was), ", ".join(now))
        yield from _told("provision", ("provisions",), "the order of provisions", sides)


def _provision(path: Path, one: Provision, other: Provision) -> Iterator[CaseDifference]:
    yield from _told(
        "provision", (*path, "title"), f"the title of {one.id}", (one.title, other.title)
    )
    sides = (one.borne_by, other.borne_by)
    yield from _members("provision", (*path, "borne_by"), f"bearer of {one.id}", sides)
    was, now = ({v.name: v for v in side.levels} for side in (one, other))
    for name in {**was, **now}:
        at, what = (*path, "levels", name), f"{one.id}, {name}"
        level, changed = was.get(name), now.get(name)
        if level is not None and changed is not None:
            yield from _level(at, what, level, changed)
        else:
            titles = [side.title if side else None for side in (level, changed)]
            yield from _told("level", at, f"the level {what}", (titles[0], titles[1]))
    if list(was) != list(now) and set(was) == set(now):
        sides_of = (", ".join(was), ", ".join(now))
        yield from _told("level", (*path, "levels"), f"the order of levels of {one.id}", sides_of)
    yield from _standing(path, f"{one.id}, {{}}, off the table", (one.excluded, other.excluded))
    yield from _standing(path, f"{one.id}, {{}}, in force already", (one.present, other.present))


def _level(path: Path, what: str, one: Level, other: Level) -> Iterator[CaseDifference]:
    yield from _told("level", (*path, "title"), f"the title of {what}", (one.title, other.title))
    for key in {**one.effects, **other.effects}:
        name, guarantor = (key, "") if isinstance(key, str) else key
        at = (*path, "effects", name, *((guarantor,) if guarantor else ()))
        meaning = EFFECTS[name][0] if name in EFFECTS else "an effect"
        of = f" of {guarantor}" if guarantor else ""
        sizes = [number(side.effects.get(key, 0)) for side in (one, other)]
        yield from _told("effect", at, f"{what}: {name}{of} ({meaning})", (sizes[0], sizes[1]))
    for field, ties in (("requires", (one.requires, other.requires)),
                        ("excludes", (one.excludes, other.excludes))):  # fmt: skip
        was, now = ({tie.provision: tie for tie in side} for side in ties)
        yield from _ties((*path, field), f"{what} {field}", was, now)
    yield from _told(
        "level", (*path, "condition"), f"the condition of {what}", (one.condition, other.condition)
    )
    years = [
        "never" if side.expires_years is None else f"after {number(side.expires_years)} years"
        for side in (one, other)
    ]
    yield from _told("level", (*path, "expires_years"), f"{what} expires", (years[0], years[1]))
    yield from _sources(path, what, (one.source, other.source))


def _ties(
    path: Path, what: str, was: Mapping[str, Tie], now: Mapping[str, Tie]
) -> Iterator[CaseDifference]:
    for provision in {**was, **now}:
        one, other = was.get(provision), now.get(provision)
        sides = [" or ".join(tie.levels) if tie else None for tie in (one, other)]
        yield from _told("tie", path, f"{what} of {provision}", (sides[0], sides[1]))
        if one is not None and other is not None:
            yield from _sources(path, f"{what} of {provision}", (one.source, other.source))


def _standing(
    path: Path, what: str, sides: tuple[Mapping[str, Source], Mapping[str, Source]]
) -> Iterator[CaseDifference]:
    was, now = sides
    key = "excluded" if what.endswith("table") else "present"
    for name in {**was, **now}:
        told = [_source(side[name]) if name in side else None for side in sides]
        yield from _told("level", (*path, key, name), what.format(name), (told[0], told[1]))


def _red_lines(before: Case, after: Case) -> Iterator[CaseDifference]:
    was, now = (
        {
            (line.party, line.provision): (place, line)
            for place, line in enumerate(case.red_lines, 1)
        }
        for case in (before, after)
    )
    for key in {**was, **now}:
        what = f"the red line of {key[0]} on {key[1]}"
        places = [side[key] for side in (now, was) if key in side]
        path = ("red_lines", str(places[0][0]))
        levels = [" or ".join(side[key][1].levels) if key in side else None for side in (was, now)]
        yield from _told("red line", path, what, (levels[0], levels[1]))
        if key in was and key in now:
            one, other = was[key][1], now[key][1]
            switch = ["on" if line.active else f"off, “{line.why}”" for line in (one, other)]
            yield from _told("red line", (*path, "active"), f"{what} is", (switch[0], switch[1]))
            yield from _sources(path, what, (one.source, other.source))
    if list(was) != list(now) and set(was) == set(now):
        sides = [", ".join(f"{party} on {about}" for party, about in side) for side in (was, now)]
        yield from _told("red line", ("red_lines",), "the order of red lines", (sides[0], sides[1]))


def _criteria(before: Case, after: Case) -> Iterator[CaseDifference]:
    was, now = (dataclasses.asdict(case.criteria) for case in (before, after))
    for name, value in was.items():
        what = f"{name} ({CRITERIA[name]})"
        sides = (number(value), number(now[name]))
        yield from _told("criterion", ("criteria", name), what, sides)
