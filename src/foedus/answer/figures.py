"""Every figure of an answer by a name of its own, with what it means and what it rests on.

Names are words with dots between them: ``deal.3.robustness``, ``outlook.10.war_on``,
``hinge.1.flips_at``, ``sobol.survive.hold.total``, ``knowing.hold``, ``box.1.density``,
``without.1.robustness``. Numbers count from 1, as they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from foedus.answer.trace import FIGURES, trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.answer.uncertainty_values import Uncertainty
    from foedus.answer.values import Answer, DealView, PartyView
    from foedus.case.values import Case

_OF_MEASURE = {
    "lasting": "ends",
    "agree": "agree",
    "survive": "survive",
    "direct_any": "direct_any",
    "security": "security",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What figures rest on: parameters by key, levels by provision, and whether the criteria."""

    parameters: tuple[str, ...]
    levels: tuple[tuple[str, str], ...]
    criteria: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of an answer: its value, what it means, and what it rests on."""

    value: float
    meaning: str
    grounds: Grounds


def figures(answer: Answer) -> dict[str, Figure]:
    """Return every figure of an answer by its name."""
    found: dict[str, Figure] = {}
    for number, deal in enumerate(answer.deals, 1):
        found.update(_of_deal(answer.case, f"deal.{number}", deal))
    nothing = (0,) * len(answer.case.provisions)
    going_on = _grounds(answer.case, nothing, "ends_no_deal")
    for year, ends in answer.outlook.no_deal:
        for end, estimate in ends:
            meaning = FIGURES["ends_no_deal"]
            figure = Figure(value=estimate.mean, meaning=meaning, grounds=going_on)
            found[f"outlook.{year:g}.{end}"] = figure
    found.update(_of_hinges(answer))
    if answer.uncertainty is not None:
        found.update(_of_doubts(answer, answer.uncertainty))
    return found


def _of_deal(case: Case, name: str, view: DealView) -> Iterator[tuple[str, Figure]]:
    figure = partial(_figure, case, view)
    yield f"{name}.robustness", figure("robustness", view.robustness)
    yield f"{name}.both_accept", figure("both_accept", view.both_accept)
    for of in ("agree", "survive", "window_risk", "direct_any", "security"):
        yield f"{name}.{of}", figure(of, getattr(view, of).mean)
    for year, estimate in view.survival_curve:
        yield f"{name}.survive.{year:g}", figure("survival_curve", estimate.mean)
    for end, estimate in view.ends:
        yield f"{name}.ends.{end}", figure("ends", estimate.mean)
    for of, meaning in _SHARES.items():
        grounds = _grounds(case, view.deal, "agree")
        yield f"{name}.{of}", Figure(value=getattr(view, of), meaning=meaning, grounds=grounds)
    for party in view.parties:
        for of, value, told in _of_party(party):
            yield f"{name}.{party.party}.{of}", figure(told, value)


def _of_party(party: PartyView) -> Iterator[tuple[str, float, str]]:
    """Yield the figures of a party: the name, the value, and what it is called when traced."""
    accepts = {"challenger": "accepts_c", "protected": "accepts_p"}.get(party.role, "accepts_g")
    yield "accepts", party.accepts, accepts
    margin = "margin_c" if party.role == "challenger" else "margin_p"
    for field, told in (("margin", margin), ("cost", "cost"), ("direct_war", "direct_war")):
        estimate = getattr(party, field)
        if estimate is not None:
            yield field, estimate.mean, told
    if party.regret is not None:
        yield "regret", party.regret, "regret"


def _figure(case: Case, view: DealView, of: str, value: float) -> Figure:
    grounds = _grounds(case, view.deal, of, criteria=of == "robustness")
    return Figure(value=value, meaning=FIGURES[of], grounds=grounds)


def _of_hinges(answer: Answer) -> Iterator[tuple[str, Figure]]:
    meanings = {
        "weight": "Share of the variance between futures of the chance of a lasting agreement that "
        "{} explains by itself.",
        "gain": "By how much choosing by {} beats today's choice, on average.",
        "flips_at": "The value of {} at which another deal becomes the choice.",
        "chance_beyond": "Chance, by its range, that {} lies where another deal is the choice.",
    }
    for number, hinge in enumerate(answer.hinges, 1):
        deals = {hinge.below, hinge.above}
        parts = [_grounds(answer.case, answer.deals[deal].deal, "ends") for deal in sorted(deals)]
        grounds = _joined([Grounds(parameters=(hinge.parameter,), levels=()), *parts])
        for field, meaning in meanings.items():
            value = getattr(hinge, field)
            if value is not None:
                words = meaning.format(hinge.parameter)
                yield (
                    f"hinge.{number}.{field}",
                    Figure(value=float(value), meaning=words, grounds=grounds),
                )


def _of_doubts(answer: Answer, doubts: Uncertainty) -> Iterator[tuple[str, Figure]]:
    case, today = answer.case, answer.deals[doubts.deal].deal
    whole = _grounds(case, today, "robustness", criteria=True)
    yield from _of_discoveries(doubts, whole)
    yield from _of_indices(case, today, doubts)
    everything = _grounds(case, today, "regret")
    total = () if doubts.everything is None else (doubts.everything,)
    for one in (*doubts.knowing, *doubts.groups, *total):
        grounds = _joined([Grounds(parameters=one.parameters, levels=()), everything])
        yield f"knowing.{one.of}", Figure(value=one.value, meaning=_KNOWING, grounds=grounds)
    for place, report in enumerate(doubts.dropped or (), 1):
        rests = Grounds(parameters=report.parameters, levels=report.reopened)
        yield from _fields(f"without.{place}", report, _WITHOUT, _joined([rests, whole]))


def _of_discoveries(doubts: Uncertainty, whole: Grounds) -> Iterator[tuple[str, Figure]]:
    number = 0
    for place, discovery in enumerate(doubts.discoveries, 1):
        meaning = f"Share of futures in which today's choice {discovery.outcome} its criteria."
        share = Figure(value=discovery.share, meaning=meaning, grounds=whole)
        yield f"futures.{place}.share", share
        for box in discovery.boxes:
            number += 1
            keys = tuple(limit.parameter for limit in box.limits)
            grounds = _joined([Grounds(parameters=keys, levels=()), whole])
            yield from _fields(f"box.{number}", box, _BOX, grounds)


def _of_indices(
    case: Case, today: tuple[int, ...], doubts: Uncertainty
) -> Iterator[tuple[str, Figure]]:
    for indices in doubts.indices:
        if indices.deal == doubts.deal:
            grounds = _grounds(case, today, _OF_MEASURE[indices.measure])
            for index in (*indices.parameters, *indices.groups):
                name = f"sobol.{indices.measure}.{index.of}"
                yield from _fields(name, index, _INDEX, grounds)


def _fields(
    name: str, told: object, meanings: dict[str, str], grounds: Grounds
) -> Iterator[tuple[str, Figure]]:
    for field, words in meanings.items():
        value = float(getattr(told, field))
        yield f"{name}.{field}", Figure(value=value, meaning=words, grounds=grounds)


_SHARES = {
    "multiple_share": "Share of futures with several equilibria; the less lasting one is told.",
    "failed_share": "Share of futures in which no equilibrium was found; they are left out.",
}
_BOX = {
    "coverage": "Share of all such futures that lie in the box.",
    "density": "Share of the futures in the box that are such.",
    "mass": "Share of all futures that lie in the box.",
}
_INDEX = {
    "first": "Share of the variance between futures that knowing this alone would take away.",
    "total": "Share of the variance that would be left if all else were known.",
}
_KNOWING = (
    "By how much the chance of a lasting agreement would rise on average if this were known before "
    "choosing."
)
_WITHOUT = {
    "gain": "By how much another deal beats today's choice without this report.",
    "robustness": "Share of futures in which the choice meets every criterion without this report.",
}


def _grounds(case: Case, deal: tuple[int, ...], of: str, *, criteria: bool = False) -> Grounds:
    found = trace(case, deal, of)
    return Grounds(
        parameters=tuple(parameter.key for parameter in found.parameters),
        levels=tuple((provision.id, level.name) for provision, level in found.levels),
        criteria=criteria,
    )


def _joined(parts: Iterable[Grounds]) -> Grounds:
    parts = list(parts)
    return Grounds(
        parameters=tuple(dict.fromkeys(key for part in parts for key in part.parameters)),
        levels=tuple(dict.fromkeys(level for part in parts for level in part.levels)),
        criteria=any(part.criteria for part in parts),
    )
