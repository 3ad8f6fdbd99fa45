"""What in a case a careful reader would look at: not wrong, but worth a second thought.

Everything here is told by the case, the library and the record alone; no game is played. A finding
says where, what, why it matters and what to do. What cannot be is no finding but a fault: the case
does not load.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.case.flaws import Path
    from foedus.case.values import Case, Source

Rule = Literal[
    "assumption", "not-in-record", "disputed", "superseded", "out-of-date", "unknown-rate",
    "outside-rate", "outside-claim", "other-rate", "no-bearing", "in-no-deal", "same-level",
    "lesser-level", "red-line-idle", "red-line-off", "not-in-game",
]  # fmt: skip

RULES: dict[Rule, tuple[int, str]] = {
    "not-in-record": (3, "rests on an entry that the record does not have"),
    "unknown-rate": (3, "rests on a base rate that the library does not have"),
    "outside-rate": (3, "contradicts the base rate that it rests on"),
    "outside-claim": (3, "contradicts the words that it rests on"),
    "in-no-deal": (3, "is a level that no deal can have"),
    "disputed": (3, "rests on what reports or people dispute"),
    "superseded": (3, "rests on what was said otherwise later"),
    "not-in-game": (2, "says what the game does not know"),
    "red-line-off": (2, "is a red line that was switched off"),
    "out-of-date": (2, "was drawn from another state of the record"),
    "assumption": (2, "rests on an assumption"),
    "same-level": (2, "is a level that does the same as another"),
    "no-bearing": (1, "has no bearing on any deal"),
    "lesser-level": (1, "is a level that does less, or costs more, than another in everything"),
    "red-line-idle": (1, "is a red line about levels that no deal has anyway"),
    "other-rate": (1, "rests on a base rate that bears on something else"),
}
"""How much each rule weighs, 3 the most, and what it finds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFinding:
    """One thing to look at: where, what was found, why that matters, and what to do."""

    rule: Rule
    path: Path
    what: str
    why: str
    do: str

    @property
    def weight(self) -> int:
        """How much it weighs, 3 the most."""
        return RULES[self.rule][0]


def sources(case: Case) -> Iterator[tuple[Path, Source]]:
    """Yield every source of a case with the path of the part that rests on it."""
    for parameter in case.parameters:
        of = () if parameter.of is None else (parameter.of,)
        yield ("parameters", parameter.name, *of), parameter.source
    for provision in case.provisions:
        at = ("provisions", provision.id)
        for level in provision.levels:
            path = (*at, "levels", level.name)
            yield path, level.source
            for key, ties in (("requires", level.requires), ("excludes", level.excludes)):
                for number, tie in enumerate(ties, start=1):
                    yield (*path, key, str(number)), tie.source
        for key, standing in (("present", provision.present), ("excluded", provision.excluded)):
            for name, source in standing.items():
                yield (*at, key, name), source
    for number, line in enumerate(case.red_lines, start=1):
        yield ("red_lines", str(number)), line.source
