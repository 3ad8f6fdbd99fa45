"""The ranges that a formula holds in: outside of them it is refused, with every reason at once."""

from __future__ import annotations

import math

from foedus.errors import Fault, GameError

Rule = tuple[float, bool, str]
"""A value, whether it is in range, and what must hold, as the end of a sentence."""


def chance(value: float) -> Rule:
    """Return the rule that ``value`` is a chance, or a share of the good."""
    return value, 0 <= value <= 1, "lie between 0 and 1"


def inside(value: float) -> Rule:
    """Return the rule that ``value`` lies above 0 and below 1."""
    return value, 0 < value < 1, "lie above 0 and below 1"


def not_below(value: float, least: float = 0) -> Rule:
    """Return the rule that ``value`` is ``least`` or more."""
    return value, least <= value < math.inf, f"be {least:g} or more"


def above(value: float, bound: float = 0) -> Rule:
    """Return the rule that ``value`` is above ``bound``."""
    return value, bound < value < math.inf, f"be above {bound:g}"


def require(source: str, **rules: Rule) -> None:
    """Raise `GameError` with every value that is out of its range; nan is out of every one.

    Examples
    --------
    >>> require("Fearon 1995", p=chance(0.5), c=not_below(0.1))
    >>> require("Fearon 1995", p=chance(1.5))
    Traceback (most recent call last):
    foedus.errors.GameError: Fearon 1995: p is 1.5; it must lie between 0 and 1.
    """
    faults = tuple(
        Fault(at=name, found=value, must=must)
        for name, (value, held, must) in rules.items()
        if not held
    )
    if faults:
        raise GameError(source, faults)
