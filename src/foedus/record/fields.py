"""The fields of a mention or a report that a person can correct: how they are shown and read.

A value is written as text and read anew each time, so a correction outlives every way of storing
it. What is empty is written ``none``; lists are parted by semicolons; days are ``YYYY-MM-DD``, or
``first/last``. A number of an event is the field ``item/role``, such as ``drone/launched``, with an
optional bound before it: ``at-least 30``.
"""

from __future__ import annotations

import datetime as dt
import difflib
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from foedus.errors import Fault, RecordError
from foedus.reading.values import (
    ABOUT,
    ISSUES,
    PROVISIONS,
    Bound,
    ClaimKind,
    Event,
    EventMode,
    EventStatus,
    EventType,
    Item,
    ProvisionStatus,
    Quantity,
    Role,
    Stance,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.record.changes import Family

NONE = "none"

_ITEMS, _ROLES = get_args(Item), get_args(Role)
_BOUNDS: tuple[str, ...] = get_args(Bound)


def fields_of(family: Family) -> tuple[str, ...]:
    """Return the fields of a family that can be corrected, less the numbers of an event."""
    return tuple(_FIELDS[family])


def shown(family: Family, thing: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - any mention
    """Return every field of a mention or report as a person would write it."""
    plain = [(name, _write(getattr(thing, name))) for name in _FIELDS[family]]
    if isinstance(thing, Event):
        numbers: dict[str, list[str]] = {}
        for q in thing.quantities:
            numbers.setdefault(f"{q.item}/{q.role}", []).append(_number(q))
        plain += [(name, "; ".join(values)) for name, values in numbers.items()]
    return tuple(plain)


def corrected(family: Family, thing: Any, field: str, value: str) -> Any:  # noqa: ANN401 - as it is given
    """Return a mention or report with one field as a person says it is.

    Raises
    ------
    RecordError
        When there is no such field, or it cannot have this value; says what could be.
    """
    if family == "event" and "/" in field:
        return _with_number(thing, field, value)
    if field not in _FIELDS[family]:
        raise _unknown(family, field)
    try:
        read = _FIELDS[family][field](value.strip())
    except ValueError as error:
        fault = Fault(at=field, found=repr(value), must=str(error))
        raise RecordError("correction", (fault,)) from error
    return replace(thing, **{field: read})


def close_to(word: str, known: tuple[str, ...]) -> str:
    """Return the end of a sentence that names what is near a word; empty when nothing is."""
    near = difflib.get_close_matches(word, known, n=3, cutoff=0.6)
    return f"Near it: {', '.join(near)}." if near else ""


def _unknown(family: Family, field: str) -> RecordError:
    known = fields_of(family)
    must = f"be one of {', '.join(known)}"
    if family == "event":
        must += ", or a number such as drone/launched"
    fault = Fault(at="field", found=repr(field), must=must, do=close_to(field, known))
    return RecordError("correction", (fault,))


def _with_number(event: Event, field: str, value: str) -> Event:
    """Return an event with one of its numbers as a person says it is; ``none`` takes it away."""
    item, _, role = field.partition("/")
    faults = [
        Fault(at=at, found=repr(said), must=f"be one of {', '.join(known)}")
        for at, said, known in (("item", item, _ITEMS), ("role", role, _ROLES))
        if said not in known
    ]
    if faults:
        raise RecordError("correction", tuple(faults))
    others = tuple(q for q in event.quantities if (q.item, q.role) != (item, role))
    if value.strip() == NONE:
        return replace(event, quantities=others)
    told = tuple(_read_number(item, role, part) for part in value.split(";"))
    return replace(event, quantities=(*others, *told))


def _read_number(item: str, role: str, said: str) -> Quantity:
    bound, _, digits = said.strip().rpartition(" ")
    try:
        number = float(digits.replace(",", ""))
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf or (bound and bound not in _BOUNDS):
        must = f"be a number, 0 or more, after one of {', '.join(_BOUNDS)} or nothing"
        raise RecordError("correction", (Fault(at=f"{item}/{role}", found=repr(said), must=must),))
    return Quantity(item=item, role=role, value=number, bound=bound or "exact")  # type: ignore[arg-type]


def _number(quantity: Quantity) -> str:
    value = quantity.value
    plain = str(int(value)) if value == int(value) else repr(value)
    return plain if quantity.bound == "exact" else f"{quantity.bound} {plain}"


def _write(value: object) -> str:
    match value:
        case None | ():
            return NONE
        case (dt.date() as first, dt.date() as last):
            return str(first) if first == last else f"{first}/{last}"
        case tuple():
            return "; ".join(map(str, value))
        case _:
            return str(value)


def _text(said: str) -> str:
    if said in {"", NONE}:
        raise ValueError("be a name or words")
    return said


def _text_or_none(said: str) -> str | None:
    return None if said in {"", NONE} else said


def _names(said: str) -> tuple[str, ...]:
    named = (part.strip() for part in said.split(";"))
    return () if said == NONE else tuple(dict.fromkeys(n for n in named if n))


def _day(said: str) -> dt.date:
    try:
        return dt.date.fromisoformat(said)
    except ValueError as error:
        raise ValueError("be a day such as 2031-05-02") from error


def _day_or_none(said: str) -> dt.date | None:
    return None if said == NONE else _day(said)


def _days(said: str) -> tuple[dt.date, dt.date] | None:
    if said == NONE:
        return None
    first, _, last = said.partition("/")
    days = _day(first), _day(last or first)
    if days[0] > days[1]:
        raise ValueError("begin before it ends")
    return days


def _country(said: str) -> str | None:
    if said != NONE and not (len(said) == 3 and said.isalpha() and said.isupper()):
        raise ValueError("be an ISO 3166 alpha-3 code such as UKR, or none")
    return _text_or_none(said)


def _one_of(known: tuple[str, ...], *, empty: bool = False) -> Callable[[str], str | None]:
    def read(said: str) -> str | None:
        if empty and said == NONE:
            return None
        if said not in known:
            raise ValueError(f"be one of {', '.join(known)}{' or none' if empty else ''}")
        return said

    return read


_FIELDS: dict[Family, dict[str, Callable[[str], object]]] = {
    "report": {
        "title": _text_or_none,
        "outlet": _text_or_none,
        "author": _text_or_none,
        "published": _day_or_none,
        "url": _text_or_none,
    },
    "event": {
        "type": _one_of(get_args(EventType)),
        "mode": _one_of(get_args(EventMode), empty=True),
        "status": _one_of(get_args(EventStatus)),
        "date": _days,
        "place": _text_or_none,
        "country": _country,
        "actors": _names,
        "recipients": _names,
        "according_to": _text_or_none,
    },
    "claim": {
        "speaker": _text,
        "side": _text_or_none,
        "kind": _one_of(get_args(ClaimKind)),
        "cue": _text,
    },
    "position": {
        "actor": _text,
        "issue": _one_of(ISSUES),
        "stance": _one_of(get_args(Stance)),
    },
    "provision": {
        "provision": _one_of(PROVISIONS),
        "by": _text_or_none,
        "status": _one_of(get_args(ProvisionStatus)),
    },
    "unknown": {"about": _one_of(ABOUT)},
    "actor": {"state": _text_or_none, "role": _text},
    "outlet": {},
}
