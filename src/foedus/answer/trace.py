"""Where every figure comes from: the inputs that it can change with, each with its source.

Which input reaches which figure follows from the game's equations (sections 1 to 6 of the model
page). With no guarantor party to a deal its fate after signing is decided by the challenger alone,
so that nothing about the present war reaches it. A guarantor that is party brings in its own
parameters and those of the present war too: what it stands to lose by refusing decides which
guarantors sign, and so what the challenger expects of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from foedus.answer.values import Trace
from foedus.case.values import GUARANTOR_PARAMETERS

if TYPE_CHECKING:
    from foedus.case.values import Case, Level, Parameter, Provision
    from foedus.search.values import Deal

_PEACE = frozenset({"delta", "x0", "crisis", "hold", "fight_c", "shock_mean", "shock_scale"})
_HAZARDS = frozenset({"war_win_c", "war_win_p", "war_freeze"})
_WAR_C = _HAZARDS | {"war_cost_c"}
_WAR_P = _HAZARDS | {"war_cost_p", "fight_p"}
_SCALED = frozenset({"denial", "punish", "help", "harm", "crisis"})
"""The effects that a provision's ``effect`` parameter scales."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    """What a figure means, and what it rests on.

    ``rests_on`` is ``deal`` for what follows from signing the deal, ``guarantors`` for what only
    comes about when a guarantor is party to it, ``case`` for everything, ``war`` for the present
    war alone; ``also`` are parameters beyond those.
    """

    meaning: str
    rests_on: Literal["deal", "guarantors", "case", "war"] = "deal"
    also: frozenset[str] = frozenset()


_FIGURES = {
    "robustness": _Figure(
        meaning="Share of futures in which every criterion of the case holds.",
        also=_WAR_C | _WAR_P,
    ),
    "both_accept": _Figure(
        meaning="Share of futures in which challenger and protected state both prefer the deal, "
        "once signed, to going on.",
        also=_WAR_C | _WAR_P,
    ),
    "agree": _Figure(
        meaning="Chance that every party accepts.",
        also=_WAR_C | _WAR_P,
    ),
    "survive": _Figure(
        meaning="Chance, given agreement, that nobody has challenged the settlement by the "
        "horizon.",
    ),
    "survival_curve": _Figure(
        meaning="Chance, given agreement, that nobody has challenged the settlement by each year.",
    ),
    "window_risk": _Figure(
        meaning="Chance, given agreement, of a challenge before every provision is in force.",
    ),
    "direct_any": _Figure(
        meaning="Chance, given agreement, that any guarantor fights the challenger by the horizon.",
        rests_on="guarantors",
    ),
    "security": _Figure(
        meaning="What the deal, once signed, is worth to the protected state as a share of what "
        "peace for ever on its terms would be.",
        also=frozenset({"fight_p"}),
    ),
    "ends": _Figure(
        meaning="Chances of the seven ends by the horizon, whether or not the parties agree.",
        also=_WAR_C | _WAR_P,
    ),
    "accepts_c": _Figure(
        meaning="Share of futures in which the challenger prefers the deal, once signed, to going "
        "on.",
        also=_WAR_C,
    ),
    "accepts_p": _Figure(
        meaning="Share of futures in which the protected state prefers the deal, once signed, to "
        "going on.",
        also=_WAR_P,
    ),
    "accepts_g": _Figure(
        meaning="Chance that the guarantor accepts, over futures and its private stake.",
        rests_on="guarantors",
    ),
    "margin_c": _Figure(
        meaning="By how much the challenger prefers the deal, once signed, to going on.",
        also=_WAR_C,
    ),
    "margin_p": _Figure(
        meaning="By how much the protected state prefers the deal, once signed, to going on.",
        also=_WAR_P,
    ),
    "cost": _Figure(
        meaning="The guarantor's discounted cost given agreement, fighting and reneging included.",
        rests_on="guarantors",
    ),
    "direct_war": _Figure(
        meaning="Chance, given agreement, that the guarantor fights the challenger by the horizon.",
        rests_on="guarantors",
    ),
    "regret": _Figure(
        meaning="What a side loses, on average over futures, by putting this deal on the table and "
        "not the one of those kept, or none, that would there have got it most.",
        rests_on="case",
    ),
    "ends_no_deal": _Figure(
        meaning="Chances of the ends of the present war by each year, had no deal been possible.",
        rests_on="war",
    ),
}

FIGURES = {name: figure.meaning for name, figure in _FIGURES.items()}
"""Every figure that an answer gives of a deal, and what it means."""


def trace(case: Case, deal: Deal, figure: str) -> Trace:
    """Return what a ``figure`` of a ``deal`` rests on.

    Parameters
    ----------
    case
        The case that was answered.
    deal
        Its levels; ``ends_no_deal`` has none to do with them.
    figure
        A key of `FIGURES`. Where a figure is one of several guarantors', it rests on all of them:
        what each would do weighs with the challenger, and so with the others.

    Raises
    ------
    KeyError
        There is no such figure.
    """
    entry = _FIGURES[figure]
    taken = tuple(
        (provision, provision.levels[level])
        for provision, level in zip(case.provisions, deal, strict=True)
        if any(provision.levels[level].effects.values())
    )
    if entry.rests_on == "case":
        parameters = case.parameters
    elif entry.rests_on == "war":
        parameters = tuple(p for p in case.parameters if p.name in _HAZARDS)
        taken = ()
    else:
        parameters = _after_signing(case, taken, entry)
    return Trace(figure=figure, meaning=entry.meaning, parameters=parameters, levels=taken)


def _after_signing(
    case: Case, taken: tuple[tuple[Provision, Level], ...], entry: _Figure
) -> tuple[Parameter, ...]:
    guarantors = {
        key[1]
        for _, level in taken
        for key, size in level.effects.items()
        if size and not isinstance(key, str)
    }
    if entry.rests_on == "guarantors" and not guarantors:
        return ()
    names = _PEACE | entry.also | (_HAZARDS if guarantors else frozenset())
    scaled = {provision.id for provision, level in taken if _is_scaled(level)}
    return tuple(
        parameter
        for parameter in case.parameters
        if (parameter.of is None and parameter.name in names)
        or (parameter.name in GUARANTOR_PARAMETERS and parameter.of in guarantors)
        or (parameter.name == "effect" and parameter.of in scaled)
    )


def _is_scaled(level: Level) -> bool:
    return any(
        size and (key if isinstance(key, str) else key[0]) in _SCALED
        for key, size in level.effects.items()
    )
