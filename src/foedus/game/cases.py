"""Files of cases as plain JSON: deals and futures by number, for those who bring their own.

The layout is ``{"cases": [{"id": ..., "deal": [level, ...], "future": {...}}, ...]}``, as
``docs/look-up/game-json.md`` lays out; whatever else such a file holds is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from foedus.errors import Fault, GameError
from foedus.game.raw import deal_from_raw, future_from_raw
from foedus.game.stages import refuse_mismatch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeVar

    from foedus.game.raw import Json
    from foedus.game.values import Effects, Future

    T = TypeVar("T")


SHOWN = 12
"""So many ids are named when one has to be chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCase:
    """A deal in a future, the name it goes by, and the object that it was read from."""

    name: str
    deal: tuple[Effects, ...]
    future: Future
    told: Json


def cases_from_raw(told: object, where: str) -> tuple[RawCase, ...]:
    """Return the cases that ``told``, read from ``where``, holds.

    Raises
    ------
    GameError
        With every fault of every case, each under the case's id.

    Examples
    --------
    >>> cases_from_raw({"cases": [{"id": "a", "deal": [{"delay": -1}]}]}, "mine.json")
    Traceback (most recent call last):
    foedus.errors.GameError: mine.json: 2 faults
    case a: deal[0].delay is -1; it must be a whole number of periods, 0 to 10000.
    case a: future is missing; it must be there.
    """
    listed = told.get("cases") if isinstance(told, dict) else None
    if not isinstance(listed, list):
        fault = Fault(at="", found="no list of cases", must='be an object that holds "cases"')
        raise GameError(where, (fault,))
    faults: list[Fault] = []
    cases = [_case(i, each, faults) for i, each in enumerate(listed)]
    if faults:
        raise GameError(where, tuple(faults))
    return tuple(case for case in cases if case is not None)


def one_case(cases: Sequence[RawCase], name: str | None, where: str) -> RawCase:
    """Return the case that goes by ``name``, or the only one there is if none is named.

    Raises
    ------
    GameError
        When there is none of that name, or several and none is named.
    """
    found = [case for case in cases if name is None or case.name == name]
    if len(found) == 1:
        return found[0]
    names = ", ".join(case.name for case in cases[:SHOWN]) + (" ..." if cases[SHOWN:] else "")
    what = f"{len(found)} cases" + ("" if name is None else f" with the id {name}")
    fault = Fault(at="", found=what, must="be one that is meant", do=f"There are: {names}.")
    raise GameError(where, (fault,))


def _case(index: int, each: object, faults: list[Fault]) -> RawCase | None:
    """Return one case, or None with its faults added to ``faults``."""
    if not isinstance(each, dict):
        must = "be an object with a deal and a future"
        faults.append(Fault(at=f"cases[{index}]", found=repr(each), must=must))
        return None
    name = str(each.get("id", index))
    found: list[Fault] = []
    deal = _part(each, "deal", list, deal_from_raw, found)
    future = _part(each, "future", dict, future_from_raw, found)
    if deal is not None and future is not None:
        _gathered(lambda: refuse_mismatch(deal, future), found)
    faults += [Fault(at=f"case {name}: {f.at}", found=f.found, must=f.must, do=f.do) for f in found]
    if found or deal is None or future is None:
        return None
    return RawCase(name=name, deal=deal, future=future, told=cast("Json", each))


def _part(
    each: Mapping[str, object],
    key: str,
    kind: type,
    read: Callable[..., T],
    found: list[Fault],
) -> T | None:
    """Return what ``read`` makes of a part of a case, or None with what is wrong added."""
    if key not in each:
        found.append(Fault(at=key, found="missing", must="be there"))
        return None
    if not isinstance(each[key], kind):
        must = "be a list of levels" if kind is list else "be an object of parameters"
        found.append(Fault(at=key, found=repr(each[key]), must=must))
        return None
    return _gathered(lambda: read(each[key]), found)


def _gathered(make: Callable[[], T], found: list[Fault]) -> T | None:
    """Return what ``make`` makes, or None with the faults it refuses for added to ``found``."""
    try:
        return make()
    except GameError as error:
        found += error.faults
        return None
