"""The game's values as plain JSON objects, and back: no files are read here.

An object of the deal is one level, ``{"help": [0.5], "delay": 3}``: missing effects are zero. A
future is an object of its parameters. JSON has no infinities and no NaN; here they are the strings
"inf", "-inf" and "nan". The solution's keys are the symbols of the page ``docs/theory/game.md``;
``docs/look-up/game-json.md`` has the whole layout.
"""

from __future__ import annotations

import math
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any, cast

from foedus.errors import Fault, GameError
from foedus.game.values import (
    EFFECT_VECTORS,
    FUTURE_VECTORS,
    Effects,
    Ends,
    Future,
    Other,
    Solution,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Json = dict[str, object]

SYMBOLS = {
    "guarantors": "K",
    "window": "n",
    "periods": "T",
    "act": "A",
    "shortfall": "D",
    "refuse_from": "s1",
    "refuse_to": "s2",
    "wait": "Y",
    "q_ever": "Q",
    "value_c": "V_C",
    "value_c_in_force": "V_C_in_force",
    "war_value_c": "W_C",
    "value_p": "V_P",
    "war_value_p": "W_P",
    "cost": "g_cost",
    "cost_total": "g_cost_total",
}
"""The keys of a solution that are not the names of its fields."""

TIME = {"period_years": 0.25, "horizon_years": 10.0}
"""How time runs in a future that does not say: ten years in quarters."""

VECTORS = {*EFFECT_VECTORS, *FUTURE_VECTORS, "effect"}
NUMBERS = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}


def deal_from_raw(levels: Sequence[Mapping[str, object]]) -> tuple[Effects, ...]:
    """Return the deal that the objects describe.

    Raises
    ------
    GameError
        With every key that is unknown and every value that is no number or no list of them, or with
        what `Effects` refuses.

    Examples
    --------
    >>> deal_from_raw([{}, {"help": [0.5], "delay": 3}])[1].delay
    3
    """
    deal: list[Effects] = []
    faults: list[Fault] = []
    for j, level in enumerate(levels):
        try:
            deal.append(Effects(**_read(level, Effects)))
        except GameError as error:
            faults += [_under(f"deal[{j}]", fault) for fault in error.faults]
    if faults:
        raise GameError("deal", tuple(faults))
    return tuple(deal)


def future_from_raw(raw: Mapping[str, object]) -> Future:
    """Return the future that the object describes; every parameter but `TIME` must be there.

    Raises
    ------
    GameError
        As `deal_from_raw`, and with every parameter that is missing.
    """
    try:
        return Future(**_read({**TIME, **raw}, Future))
    except GameError as error:
        faults = (_under("future", fault) for fault in error.faults)
        raise GameError("future", tuple(faults)) from error


def deal_to_raw(deal: Sequence[Effects]) -> list[Json]:
    """Return one object for each level, without its zeros.

    Examples
    --------
    >>> deal_to_raw([Effects(), Effects(renege=(0.2,), delay=1)])
    [{}, {'renege': [0.2], 'delay': 1}]
    """
    return [
        {
            name: _plain(value)
            for name, value in asdict(level).items()
            if (any(value) if isinstance(value, tuple) else value)
        }
        for level in deal
    ]


def future_to_raw(future: Future) -> Json:
    """Return the object that describes ``future``."""
    return cast("Json", _plain(asdict(future)))


def solution_to_raw(solution: Solution) -> Json:
    """Return the object that describes ``solution``, its keys the symbols of the theory page."""
    return {SYMBOLS.get(name, name): _plain(value) for name, value in asdict(solution).items()}


def solution_from_raw(raw: Mapping[str, object]) -> Solution:
    """Return the solution that the object describes, as written by `solution_to_raw`.

    Raises
    ------
    GameError
        With every key that is missing.
    """
    keys = {field.name: SYMBOLS.get(field.name, field.name) for field in fields(Solution)}
    missing = [key for key in keys.values() if key not in raw]
    if missing:
        must = "be there"
        raise GameError("solution", tuple(Fault(at=k, found="missing", must=must) for k in missing))
    values: dict[str, Any] = {name: _value(raw[key]) for name, key in keys.items()}
    values["ends"] = Ends(**cast("dict[str, float]", raw["ends"]))
    if raw["other"] is not None:
        other = cast("dict[str, Any]", raw["other"])
        values["other"] = Other(pi=_value(other["pi"]), survive=other["survive"])
    return Solution(**values)


def _read(raw: object, kind: type[Effects | Future]) -> dict[str, Any]:
    """Return the fields of ``kind`` found in ``raw``, with every fault refused at once."""
    if not isinstance(raw, dict):
        must = f"be an object of {'parameters' if kind is Future else 'effects'}"
        raise GameError("", (Fault(at="", found=repr(raw), must=must),))
    names = {field.name for field in fields(kind)}
    faults = [
        Fault(at=key, found="an unknown key", must=f"be one of {', '.join(sorted(names))}")
        for key in raw
        if key not in names
    ]
    if kind is Future:
        faults += [
            Fault(at=name, found="missing", must="be there") for name in names if name not in raw
        ]
    read: dict[str, Any] = {}
    for name, value in raw.items():
        try:
            read[name] = _vector(value) if name in VECTORS else _number(value)
        except (TypeError, ValueError, OverflowError):
            must = "be a list of numbers" if name in VECTORS else "be a number"
            if name not in names:
                continue  # said already
            faults.append(Fault(at=name, found=repr(value), must=must))
    if faults:
        raise GameError("", tuple(sorted(faults, key=lambda fault: fault.at)))
    if float(read.get("delay", math.nan)).is_integer():
        read["delay"] = int(read["delay"])  # JSON has one kind of number
    return read


def _under(part: str, fault: Fault) -> Fault:
    """Return ``fault`` as one in ``part`` of something larger."""
    return replace(fault, at=f"{part}.{fault.at}" if fault.at else part)


def _number(value: object) -> float:
    """Return a number, or what a string such as "inf" stands for."""
    if isinstance(value, str) and value in NUMBERS:
        return NUMBERS[value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    return float(value)


def _vector(value: object) -> tuple[float, ...]:
    """Return a tuple of numbers from a list of them."""
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return tuple(map(_number, value))


def _value(value: object) -> Any:  # noqa: ANN401 - a value of JSON
    """Return what plain JSON stands for: lists become tuples, "inf" a number."""
    if isinstance(value, list | tuple):
        return tuple(map(_value, value))
    return NUMBERS.get(value, value) if isinstance(value, str) else value


def _plain(value: object) -> object:
    """Return a value as plain JSON: tuples become lists, what JSON cannot hold a string."""
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    if isinstance(value, float) and not math.isfinite(value):
        return next(name for name, number in NUMBERS.items() if repr(number) == repr(value))
    return value
