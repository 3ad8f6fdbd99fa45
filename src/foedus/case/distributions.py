"""What must hold of a distribution, and how it stands in a case file."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from foedus.case.values import SHAPES, Distribution, DistributionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LAYOUTS: dict[DistributionKind, tuple[str, ...]] = {
    "uniform": ("low", "high"),
    "loguniform": ("low", "high"),
    "triangular": ("low", "likeliest", "high"),
    "pert": ("low", "likeliest", "high"),
    "beta": ("a", "b"),
    "normal": ("mean", "deviation"),
    "lognormal": ("mean of the logarithm", "its deviation"),
    "quantiles": ("chance", "value"),
}
"""The numbers in the list that a case file gives for each kind; for quantiles in each pair."""

WITHIN: tuple[DistributionKind, ...] = ("beta", "normal", "lognormal")
"""The kinds whose ends a case file gives apart, as ``within``; a beta may leave them out."""

FORMS = (
    "one number, "
    + ", ".join(f"{{{kind}: [{', '.join(layout)}]}}" for kind, layout in list(LAYOUTS.items())[:-1])
    + " (the last three with within: [low, high]) or {quantiles: [[0, low], [chance, value], ...,"
    " [1, high]]}"
)
"""All forms that a value may have, for whoever wrote another."""


def distribution_from(
    kind: DistributionKind, numbers: tuple[float, ...], within: tuple[float, ...]
) -> Distribution:
    """Return the distribution of a case file's list of numbers, laid out as in `LAYOUTS`.

    ``within`` are its ends if given apart; those of a beta are otherwise 0 and 1.
    """
    if kind in WITHIN:
        low, high = within or (0.0, 1.0)
        return Distribution(kind=kind, low=low, high=high, shape=numbers)
    low, *shape, high = numbers
    return Distribution(kind=kind, low=low, high=high, shape=tuple(shape))


def quantiles_from(pairs: Sequence[tuple[float, ...]]) -> Distribution:
    """Return the distribution through pairs of a chance and a value, at least one."""
    quantiles = tuple((chance, value) for chance, value in pairs)
    return Distribution(
        kind="quantiles", low=quantiles[0][1], high=quantiles[-1][1], quantiles=quantiles
    )


def flaws_of(values: Distribution) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a distribution: what was found, and what must hold."""
    low, high = values.low, values.high
    span = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    if values.kind not in SHAPES:
        yield str(values.kind), f"be one number or one of {', '.join(SHAPES)}"
        return
    numbers = (low, high, *values.shape, *(n for pair in values.quantiles for n in pair))
    if not all(math.isfinite(number) for number in numbers):
        yield span, "be finite"
        return
    if low > high:
        yield span, "run from the least to the most"
        return
    if values.kind in ("loguniform", "lognormal") and low <= 0:
        yield span, f"start above 0 to be {values.kind}"
    wanted = SHAPES[values.kind]
    if len(values.shape) != len(wanted):
        yield (
            f"{values.kind} with {len(values.shape)} numbers besides its ends",
            (f"have {len(wanted)}: {', '.join(wanted) or 'none'}"),
        )
    elif values.kind == "quantiles":
        yield from _quantile_flaws(values)
    else:
        yield from _shape_flaws(values, span)


def _shape_flaws(values: Distribution, span: str) -> Iterator[tuple[str, str]]:
    if values.kind in ("triangular", "pert"):
        (likeliest,) = values.shape
        if not values.low <= likeliest <= values.high:
            yield f"{likeliest:g}, likeliest", f"lie within {span}"
    elif values.kind == "beta":
        if not min(values.shape) > 0:
            yield f"beta with {values.shape[0]:g} and {values.shape[1]:g}", "have both above 0"
    elif values.kind in ("normal", "lognormal"):
        mean, deviation = values.shape
        if not deviation > 0:
            yield f"{deviation:g}, standard deviation", "be above 0"
        ends = [values.low, values.high]
        if values.kind == "lognormal":
            ends = [math.log(end) if end > 0 else -math.inf for end in ends]
        if not ends[0] <= mean <= ends[1]:
            # else nearly all of it could be cut off, and what is left be an accident
            name = "mean" if values.kind == "normal" else "mean of the logarithm"
            yield f"{mean:g}, {name}", f"lie within {ends[0]:g} to {ends[1]:g}"


def _quantile_flaws(values: Distribution) -> Iterator[tuple[str, str]]:
    chances = [chance for chance, _ in values.quantiles]
    held = [value for _, value in values.quantiles]
    if not chances or chances[0] != 0 or chances[-1] != 1:
        yield (
            f"quantiles at {_listed(chances)}",
            ("begin with chance 0 and end with chance 1: the least and the most that it may be"),
        )
        return
    if any(a >= b for a, b in pairwise(chances)):
        yield f"quantiles at {_listed(chances)}", "have each chance above the one before"
    if any(a > b for a, b in pairwise(held)):
        yield f"quantiles of {_listed(held)}", "have no value below the one before"
    if (held[0], held[-1]) != (values.low, values.high):
        yield f"quantiles of {_listed(held)}", f"run from {values.low:g} to {values.high:g}"


def _listed(numbers: list[float]) -> str:
    return ", ".join(f"{number:g}" for number in numbers) or "nothing"
