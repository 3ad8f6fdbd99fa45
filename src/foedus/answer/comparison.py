"""What is said of two answers beside each other."""

from __future__ import annotations

from dataclasses import dataclass

MEASURES = ("robustness", "agree", "survive", "lasting")
"""What is compared of a deal: in which share of futures every criterion holds, and the means of the
chances that all accept, that it still holds at the horizon, and of a lasting agreement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fare:
    """How a deal fares by each of `MEASURES`; the deal is in levels that are not the first."""

    levels: tuple[tuple[str, str], ...]
    name: str
    figures: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What one input does by itself, in the first case.

    Parameters
    ----------
    says
        How it differs, one sentence for each part of it.
    choice
        The deal most likely to be agreed and to hold, with only this changed.
    moved
        How the figures of the first answer's choice are with only this changed, less how they were.
    flips
        Whether the choice is another deal than in the first answer.
    """

    says: tuple[str, ...]
    choice: Fare | None
    moved: tuple[float, ...]
    flips: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed from one answer to another.

    Parameters
    ----------
    names
        What the two are called.
    choices
        The deal most likely to be agreed and to hold, in each; None where none is ever agreed.
    beside
        The first answer's choice, and the second's, as each fares in the other case; None where the
        other case does not have it.
    other
        What differs that is no input of the case: version, seed, futures.
    causes
        What each input that differs does by itself, those that change the choice first, then by how
        much they move the chance of a lasting agreement.
    untried
        Differences that cannot be tried by themselves (who the parties are, the length of a
        period), in a sentence each.
    """

    names: tuple[str, str]
    choices: tuple[Fare | None, Fare | None]
    beside: tuple[Fare | None, Fare | None]
    other: tuple[str, ...]
    causes: tuple[Cause, ...]
    untried: tuple[str, ...]

    @property
    def same_choice(self) -> bool:
        """Say whether both answers choose the same deal."""
        one, other = self.choices
        return (one and one.levels) == (other and other.levels)
