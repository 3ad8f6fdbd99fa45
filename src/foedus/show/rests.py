"""What each figure of a deal rests on, figures that rest on the same told together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.answer import FIGURES, trace
from foedus.show.findings import parameter_words

if TYPE_CHECKING:
    from foedus.answer.values import Answer, Trace

NAMES = {
    "robustness": "meets every criterion",
    "both_accept": "both sides accept",
    "agree": "all accept",
    "survive": "holds to the horizon",
    "survival_curve": "holds by year",
    "window_risk": "challenged before in force",
    "direct_any": "direct war with a guarantor",
    "security": "security",
    "ends": "how it ends",
    "accepts_c": "the challenger accepts",
    "accepts_p": "the protected state accepts",
    "accepts_g": "a guarantor accepts",
    "margin_c": "the challenger's gain",
    "margin_p": "the protected state's gain",
    "cost": "cost to a guarantor",
    "direct_war": "direct war of one guarantor",
    "regret": "regret",
    "ends_no_deal": "ends without a deal",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rests:
    """Figures (name, meaning) with the inputs and levels they rest on, as (place, words) pairs.

    An input's place is its number in the case; a level's is ``provision-level``, from 1.
    """

    figures: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[int, str], ...]
    levels: tuple[tuple[str, str], ...]


def rests_on(answer: Answer, index: int) -> list[Rests]:
    """Return what the figures of one deal rest on."""
    groups: dict[tuple[tuple[int, ...], tuple[str, ...]], list[Trace]] = {}
    for figure in FIGURES:
        found = trace(answer.case, answer.deals[index].deal, figure)
        key = (
            tuple(answer.case.parameters.index(p) for p in found.parameters),
            tuple(_place(answer, p.id, level.name) for p, level in found.levels),
        )
        groups.setdefault(key, []).append(found)
    return [_rests(answer, places, traces) for places, traces in groups.items()]


def _rests(
    answer: Answer, places: tuple[tuple[int, ...], tuple[str, ...]], traces: list[Trace]
) -> Rests:
    parameters, levels = places
    case = answer.case
    return Rests(
        figures=tuple((NAMES.get(t.figure, t.figure), t.meaning) for t in traces),
        parameters=tuple((at + 1, parameter_words(case.parameters[at], case)) for at in parameters),
        levels=tuple(
            (place, f"{provision.title}: {level.title}")
            for place, (provision, level) in zip(levels, traces[0].levels, strict=True)
        ),
    )


def _place(answer: Answer, provision: str, level: str) -> str:
    """Return where a level stands in the case: ``2-3`` is the third level of the second part."""
    for j, candidate in enumerate(answer.case.provisions, 1):
        if candidate.id == provision:
            names = [one.name for one in candidate.levels]
            return f"{j}-{names.index(level) + 1}"
    raise KeyError(provision)
