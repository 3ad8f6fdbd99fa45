"""The guarantee studio: a level for each provision, and at once how the deal would fare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus import case, flow
from foedus.answer.redlines import collisions
from foedus.errors import Fault, SearchError
from foedus.show.data import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from foedus.answer.values import DealView, Estimate
    from foedus.case.values import Case, RedLine
    from foedus.desk import CaseVersion
    from foedus.search import Deal
    from foedus.web.place import Place

DEALS_MOST = 4
FUTURES = 1024


def looked(
    place: Place, version: CaseVersion, wanted: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """Return how some deals fare in 1,024 futures, as plain data.

    Raises
    ------
    FoedusError
        With all that is wrong with the case or the deals.
    """
    chosen = read(place, version)
    deals = [deal_of(chosen, levels) for levels in wanted]
    found = flow.look(chosen, deals, futures=FUTURES)
    told = [_deal(chosen, view) for view in found.deals]
    return {
        "case": version.id,
        "version": version.n,
        "futures": FUTURES,
        "deals": told,
        "hinges": [_hinge(hinge) for hinge in found.hinges],
        "collisions": plain(collisions(chosen)),
    }


def read(place: Place, version: CaseVersion) -> Case:
    """Return the case that a version holds, read once."""
    key = ("case", version.id, version.n)
    return place.memory.once(key, lambda: case.from_yaml(version.text, version.name))


def deal_of(chosen: Case, levels: Mapping[str, str]) -> Deal:
    """Return a deal by the names of its levels; those not named are at their first.

    Raises
    ------
    SearchError
        With every provision and level that the case does not have, or leaves out.
    """
    faults = []
    provisions = {provision.id: provision for provision in chosen.provisions}
    for id_ in levels:
        if id_ not in provisions:
            known = ", ".join(provisions)
            faults.append(Fault(at="provision", found=repr(id_), must=f"be one of {known}"))
    deal = []
    for id_, provision in provisions.items():
        names = [level.name for level in provision.levels]
        wanted = levels.get(id_, names[0])
        if wanted not in names:
            must = f"be one of {', '.join(names)}"
            faults.append(Fault(at=id_, found=repr(wanted), must=must))
        elif wanted in provision.excluded:
            why = provision.excluded[wanted].why
            faults.append(Fault(at=id_, found=f"{wanted}, left out ({why})", must="be another"))
        deal.append(names.index(wanted) if wanted in names else 0)
    if faults:
        raise SearchError("the deal", tuple(faults))
    return tuple(deal)


def _deal(chosen: Case, view: DealView | None) -> dict[str, Any] | None:
    """Return how a deal fares, in names."""
    if view is None:
        return None
    ids = {
        provision.id: provision.levels[at].name
        for provision, at in zip(chosen.provisions, view.deal, strict=True)
    }
    return {
        "levels": ids,
        "name": view.name,
        "parts": [{"provision": title, "level": level} for title, level in view.parts],
        "robustness": view.robustness,
        "both_accept": view.both_accept,
        "binding": view.binding,
        "agree": plain(view.agree),
        "survive": plain(view.survive),
        "window_risk": plain(view.window_risk),
        "direct_any": plain(view.direct_any),
        "security": plain(view.security),
        "parties": plain(view.parties),
        "survival_curve": [_at(year, estimate) for year, estimate in view.survival_curve],
        "ends": {name: plain(estimate) for name, estimate in view.ends},
        "crossed": [_crossed(chosen, chosen.red_lines[n]) for n in view.crossed],
        "multiple_share": view.multiple_share,
        "failed_share": view.failed_share,
    }


def _crossed(chosen: Case, line: RedLine) -> dict[str, Any]:
    """Return a red line that a deal crosses, in names, and by the titles that the page shows."""
    provision = next(one for one in chosen.provisions if one.id == line.provision)
    return {
        "party": line.party,
        "provision": line.provision,
        "levels": list(line.levels),
        "title": provision.title,
        "refused": [level.title for level in provision.levels if level.name in line.levels],
    }


def _at(year: float, estimate: Estimate) -> dict[str, Any]:
    return {"year": year, **plain(estimate)}


def _hinge(hinge: Any) -> dict[str, Any]:  # noqa: ANN401 - a hinge
    names = ("parameter", "weight", "measure", "gain", "flips_at", "chance_beyond")
    return {name: plain(getattr(hinge, name)) for name in names} | {"source": plain(hinge.source)}
