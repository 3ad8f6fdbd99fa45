"""What the library holds: instruments, usual ranges and base rates, each with its source.

The library is data, in the YAML files of the folder ``library`` beside this module; it is read
once and trusted, as its own tests check it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from foedus.case.values import Distribution, Source

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The figure of the prior predictive panel that a base rate stands beside.

    Parameters
    ----------
    figure
        Its name, one of `foedus.answer.panel.FIGURES`.
    years
        After how many years, where that matters.
    deals
        Of which deals: ``bare``, ``typical``, ``none`` (no deal at all) or instruments alone.
    """

    figure: str
    years: float | None
    deals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRate:
    """How often something happened: ``share`` of times, ``k`` of ``n`` where rows were counted.

    ``interval`` is the 95 % interval of Wilson; k, n and interval are None for a rate that is only
    published. ``differs`` names other codings of the same or its opposite, ``bears_on`` parameters
    of the model, ``beside`` the figure of the panel it is compared with.
    """

    id: str
    what: str
    share: float
    k: int | None
    n: int | None
    interval: tuple[float, float] | None
    citation: str
    caveat: str
    differs: tuple[str, ...]
    bears_on: tuple[str, ...]
    beside: Beside | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """One level of an instrument; the effects on guarantors are for all who give it together.

    ``example`` is where it has been signed, proposed or done; None for the level that does nothing.
    """

    name: str
    title: str
    example: str | None
    effects: Mapping[str, float]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """What a deal may have, from nothing upwards.

    ``each`` says that it takes a provision for each giver, ``backs`` that who gives it stands
    behind the settlement with its own forces. ``typical`` is its level in the usual package.
    """

    id: str
    title: str
    each: bool
    backs: bool
    typical: str
    levels: tuple[Strength, ...]


@cache
def instruments() -> Mapping[str, Instrument]:
    """Return every instrument by its id, in the order of the file."""
    return {
        name: Instrument(
            id=name,
            title=entry["title"],
            each=entry.get("each", False),
            backs=entry.get("backs", False),
            typical=entry.get("typical", next(iter(entry["levels"]))),
            levels=tuple(
                Strength(
                    name=level,
                    title=what["title"],
                    example=what.get("example"),
                    effects=what["effects"],
                    source=_source(what["source"]),
                )
                for level, what in entry["levels"].items()
            ),
        )
        for name, entry in _file("instruments.yaml").items()
    }


@cache
def usual_values() -> Mapping[str, tuple[Distribution, Source]]:
    """Return the usual range of each parameter, and where it comes from."""
    usual = {}
    for name, entry in _file("parameters.yaml").items():
        ((kind, (low, high)),) = entry["value"].items()
        values = Distribution(kind=kind, low=float(low), high=float(high))
        usual[name] = (values, _source(entry["source"]))
    return usual


@cache
def base_rates() -> Mapping[str, BaseRate]:
    """Return every base rate by its id, in the order of the file.

    Examples
    --------
    >>> rate = base_rates()["war-ends-within-2y-after-2y"]
    >>> (rate.k, rate.n), rate.interval
    ((5, 14), (0.163, 0.612))
    """
    rates = {}
    for name, entry in _file("base_rates.yaml").items():
        low_high, beside = entry["interval"], entry["panel"]
        rates[name] = BaseRate(
            id=name,
            what=entry["what"],
            share=entry["share"],
            k=entry["k"],
            n=entry["n"],
            interval=low_high and tuple(low_high),
            citation=entry["citation"],
            caveat=entry["caveat"],
            differs=tuple(entry["differs"]),
            bears_on=tuple(entry["bears_on"]),
            beside=beside
            and Beside(
                figure=beside["figure"],
                years=beside.get("years"),
                deals=tuple(beside["deals"]),
            ),
        )
    return rates


def _source(entry: Mapping[str, Any]) -> Source:
    return Source(kind=entry["kind"], refs=tuple(entry.get("refs", ())), why=entry["why"])


def _file(name: str) -> dict[str, Any]:
    text = (files("foedus.case") / "library" / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return loaded
