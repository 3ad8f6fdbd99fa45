"""Two answers beside each other: what changed, and because of which input.

The inputs that differ are changed one at a time, each in the first case alone, and the deals that
either answer tells of are solved again in the same futures. An input that changes the choice by
itself is named as the cause; where none does by itself, they do together.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from foedus import case, search
from foedus.answer.comparison import Cause, Comparison, Fare
from foedus.case.comparing import compare as differences
from foedus.errors import CaseError, Fault, FoedusError
from foedus.flow.answering import answer_case
from foedus.flow.settings import no_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from foedus.answer.values import DealView
    from foedus.case.comparing import CaseDifference
    from foedus.case.values import Case
    from foedus.flow.settings import Progress
    from foedus.search import Deal, SweepSettings

    Levels = Mapping[str, str]

CAUSES_MOST = 40
"""So many inputs are tried by themselves: each costs one small sweep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two answers: a case, and how it was or is to be solved; ``version`` of an old one."""

    name: str
    case: Case
    settings: SweepSettings
    version: str | None = None


def side(file: Path, settings: SweepSettings) -> Side:
    """Return what a file holds: a case, or an answer as ``foedus brief --json`` writes it.

    Raises
    ------
    CaseError
        When it holds neither.
    """
    if file.suffix.lower() != ".json":
        return Side(name=str(file), case=case.load_case(file), settings=settings)
    try:
        told = json.loads(file.read_text("utf-8"))
        text, answer = told["case_yaml"], told["answer"]
        futures, seed, version = answer["futures"], answer["seed"], answer["version"]
    except OSError as error:
        fault = Fault(at="", found=error.strerror, must="be a file that can be read")
        raise CaseError(str(file), (fault,)) from error
    except (ValueError, KeyError, TypeError) as error:
        fault = Fault(
            at="",
            found="JSON that holds no answer",
            must="be what foedus brief --json writes, with an answer in it",
        )
        raise CaseError(str(file), (fault,)) from error
    return Side(
        name=str(file),
        case=case.from_yaml(text, str(file)),
        settings=replace(settings, futures=futures, seed=seed),
        version=version,
    )


def compare(before: Side, after: Side, *, progress: Progress = no_progress) -> Comparison:
    """Say what changed from one answer to another, and because of which input.

    Raises
    ------
    FoedusError
        When either case cannot be solved.
    """
    told: list[Levels] = []
    for one in (before, after):
        answer = answer_case(one.case, one.settings, progress=progress)
        told += [_levels(one.case, deal.deal) for deal in answer.deals]
    first, second = (_fares(one.case, told, one.settings) for one in (before, after))
    chosen = _choice(first)
    inputs, untried = _inputs(before.case, after.case)
    causes = []
    for done, (says, changed) in enumerate(inputs[:CAUSES_MOST]):
        progress("trying each input by itself", done / len(inputs))
        causes.append(_cause(says, _fares(changed, told, before.settings), chosen))
    if len(inputs) > CAUSES_MOST:
        untried.append(f"{len(inputs) - CAUSES_MOST} more inputs differ")
    return Comparison(
        names=(before.name, after.name),
        choices=(chosen, _choice(second)),
        beside=(_found(chosen, second), _found(_choice(second), first)),
        other=tuple(_other(before, after)),
        causes=tuple(sorted(causes, key=_weight)),
        untried=tuple(untried),
    )


def _weight(cause: Cause) -> tuple[bool, float]:
    return not cause.flips, -abs(cause.moved[-1]) if cause.moved else 0.0


def _levels(chosen: Case, deal: Deal) -> Levels:
    """Return the levels of a deal that are not the first, by provision."""
    pairs = zip(chosen.provisions, deal, strict=True)
    return {provision.id: provision.levels[at].name for provision, at in pairs if at}


def _fares(chosen: Case, told: Sequence[Levels], settings: SweepSettings) -> tuple[Fare, ...]:
    """Return how each of some deals fares in a case, those that it has."""
    from foedus.answer.deals import deal_views  # noqa: PLC0415 - numpy is slow to load
    from foedus.answer.told import told as solved  # noqa: PLC0415 - as above

    deals = tuple(dict.fromkeys(_deals(chosen, told)))
    alone = replace(settings, deals=deals, keep=len(deals) + 1)
    views = deal_views(solved(search.sweep(chosen, alone)))
    return tuple(_fare(chosen, view) for view in views)


def _deals(chosen: Case, told: Iterable[Levels]) -> Iterable[Deal]:
    from foedus.search.middle import deal_of  # noqa: PLC0415 - numpy is slow to load

    for levels in told:
        try:
            yield deal_of(chosen, levels)
        except FoedusError:  # the other case has a provision or a level that this one lacks
            continue


def _fare(chosen: Case, view: DealView) -> Fare:
    holds = dict(view.ends)["holds"].mean
    return Fare(
        levels=tuple(_levels(chosen, view.deal).items()),
        name=view.name,
        figures=(view.robustness, view.agree.mean, view.survive.mean, holds),
    )


def _choice(fares: Iterable[Fare]) -> Fare | None:
    """Return the deal most likely to be agreed and to hold; of equals the first by its levels."""
    able = [fare for fare in fares if fare.figures[-1] > 0]
    return min(able, key=lambda fare: (-fare.figures[-1], fare.levels), default=None)


def _found(fare: Fare | None, among: Iterable[Fare]) -> Fare | None:
    return next((one for one in among if fare is not None and one.levels == fare.levels), None)


def _cause(says: tuple[str, ...], fares: Sequence[Fare], chosen: Fare | None) -> Cause:
    choice, still = _choice(fares), _found(chosen, fares)
    moved: tuple[float, ...] = ()
    if chosen is not None and still is not None:
        pairs = zip(still.figures, chosen.figures, strict=True)
        moved = tuple(now - was for now, was in pairs)
    return Cause(
        says=says,
        choice=choice,
        moved=moved,
        flips=(choice and choice.levels) != (chosen and chosen.levels),
    )


def _inputs(before: Case, after: Case) -> tuple[list[tuple[tuple[str, ...], Case]], list[str]]:
    """Return each input that differs: in words, and the first case with only it changed.

    What cannot be changed by itself comes beside it, in words.
    """
    said: dict[tuple[str, ...], list[str]] = {}
    untried: list[str] = []
    for difference in differences(before, after):
        key = _input(difference)
        if key is None:
            untried.append(difference.says)
        else:
            said.setdefault(key, []).append(difference.says)
    found = [(tuple(says), _with(before, after, key)) for key, says in said.items()]
    return [(says, changed) for says, changed in found if changed != before], untried


def _input(difference: CaseDifference) -> tuple[str, ...] | None:
    """Return which input a difference belongs to; None when it is none, or not one by itself."""
    first = difference.path[0]
    if first == "parameters":
        return tuple(part for part in difference.path if part not in {"source", "value", "unit"})[
            :3
        ]
    if first in {"provisions", "criteria", "red_lines", "horizon_years"}:
        return (first, difference.path[1]) if first == "provisions" else (first,)
    return (
        None if first in {"challenger", "protected", "guarantors", "period_years"} else ("other",)
    )


def _with(before: Case, after: Case, key: tuple[str, ...]) -> Case:
    """Return the first case with one input as the second has it."""
    changes: dict[str, Callable[[], dict[str, Any]]] = {
        "parameters": lambda: {"parameters": _parameters(before, after, key[1:])},
        "provisions": lambda: _provisions(before, after, key[1]),
        "criteria": lambda: {"criteria": after.criteria},
        "red_lines": lambda: {"red_lines": after.red_lines},
        "horizon_years": lambda: {"horizon_years": after.horizon_years},
        "other": dict,
    }
    return replace(before, **changes[key[0]]())


def _parameters(before: Case, after: Case, names: tuple[str, ...]) -> tuple[Any, ...]:
    of = names[1] if len(names) > 1 else None
    theirs = {(p.name, p.of): p for p in after.parameters}
    wanted = (names[0], of)
    return tuple(
        theirs.get(wanted, p) if (p.name, p.of) == wanted else p for p in before.parameters
    )


def _provisions(before: Case, after: Case, id_: str) -> dict[str, Any]:
    """Return provisions and parameters with one provision as the second case has it."""
    theirs = {p.id: p for p in after.provisions}
    kept = [theirs.get(id_, p) if p.id == id_ else p for p in before.provisions]
    kept = [p for p in kept if p.id != id_ or id_ in theirs]
    parameters = [p for p in before.parameters if p.of != id_ or id_ in theirs]
    if id_ in theirs and all(p.id != id_ for p in before.provisions):
        kept.append(theirs[id_])
        parameters += [p for p in after.parameters if p.of == id_]
    return {"provisions": tuple(kept), "parameters": tuple(parameters)}


def _other(before: Side, after: Side) -> Iterable[str]:
    for name in ("futures", "seed"):
        was, now = getattr(before.settings, name), getattr(after.settings, name)
        if was != now:
            yield f"{name}: {was} -> {now}"
    if before.version != after.version and before.version and after.version:
        yield f"version of foedus: {before.version} -> {after.version}"
