"""The figures of an answer as plain data, each with what it rests on; and the way back from one."""

from __future__ import annotations

import difflib
import math
from typing import TYPE_CHECKING, Any

from foedus.answer.figures import figures
from foedus.errors import Fault, FoedusError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.answer.values import Answer

    Plain = dict[str, Any]

NEAR = 5
"""How many names that are like a misspelt one are told."""

CRITERIA = (
    "judgement: what a deal must reach in a future to count as good there is a choice of whoever "
    "answers for the case"
)


def figures_as_json(answer: Answer | None) -> Plain:
    """Return ``{"by_name": {name: {value, meaning, rests_on}}, "grounds": [...]}``.

    ``rests_on`` is the place in ``grounds`` of what a figure rests on: keys of parameters, pairs of
    provision and level, and whether the criteria of the case.
    """
    places: dict[Any, int] = {}
    by_name: Plain = {}
    for name, figure in ({} if answer is None else figures(answer)).items():
        place = places.setdefault(figure.grounds, len(places))
        value = figure.value if math.isfinite(figure.value) else None
        by_name[name] = {"value": value, "meaning": figure.meaning, "rests_on": place}
    grounds = [
        {
            "parameters": list(one.parameters),
            "levels": [list(level) for level in one.levels],
            "criteria": one.criteria,
        }
        for one in places
    ]
    return {"by_name": by_name, "grounds": grounds}


def explained(brief: Plain, name: str) -> Plain:
    """Return the way from a figure of a brief, as plain data, back to what it rests on.

    Returns
    -------
    dict
        ``figure``, ``value``, ``meaning`` and ``rests_on``: a list of ``{what, kind, why, refs,
        quotes}``, the weakest kinds of source first; each quote has the words, and the title,
        outlet and day of the report.

    Raises
    ------
    FoedusError
        When the brief has no such figure; those with names like it are told.
    """
    held = brief.get("figures", {})
    by_name = held.get("by_name", {})
    if name not in by_name:
        raise FoedusError("explain", (_misspelt(name, by_name),))
    figure = by_name[name]
    grounds = held["grounds"][figure["rests_on"]]
    case, quotes = brief["answer"]["case"], _quotes(brief["record"])
    parameters = {_key(one): one for one in case["parameters"]}
    rests = [
        _step(
            key, f"{one['distribution']['low']:g} to {one['distribution']['high']:g}", one, quotes
        )
        for key in grounds["parameters"]
        if (one := parameters.get(key)) is not None
    ]
    levels = {
        (provision["id"], level["name"]): (provision, level)
        for provision in case["provisions"]
        for level in provision["levels"]
    }
    for pair in grounds["levels"]:
        provision, level = levels[tuple(pair)]
        rests.append(_step(provision["title"], level["title"], level, quotes))
    if grounds["criteria"]:
        kind, _, why = CRITERIA.partition(": ")
        rests.append({"what": "the criteria", "kind": kind, "why": why, "refs": [], "quotes": []})
    order = ("assumption", "judgement", "base-rate", "published", "claim")
    rests.sort(key=lambda one: order.index(one["kind"]))
    told = {"figure": name, "value": figure["value"], "meaning": figure["meaning"]}
    return {**told, "rests_on": rests}


def explanation_lines(told: Plain) -> Iterator[str]:
    """Yield the lines that say what a figure rests on."""
    value = told["value"]
    yield f"{told['figure']} = {'not known' if value is None else f'{value:.4g}'}"
    yield told["meaning"]
    if not told["rests_on"]:
        yield "It rests on nothing that could be otherwise: no guarantor is party to this deal."
    for one in told["rests_on"]:
        yield f"- {one['what']}"
        yield f"    {one['kind']}: {one['why']}"
        for rate in one["refs"]:
            yield f"    {rate}"
        for quote in one["quotes"]:
            words, known = quote["quote"], (quote["title"], quote["outlet"], quote["published"])
            yield f'    "{words}" ({", ".join(part for part in known if part)})'


def _misspelt(name: str, known: Iterable[str]) -> Fault:
    names = list(known)
    like = difflib.get_close_matches(name, names, NEAR, 0.5)
    like += [one for one in names if one.startswith(name) and one not in like]
    do = f"Perhaps {', '.join(like[:NEAR])}." if like else "The JSON of a brief lists all of them."
    return Fault(at="figure", found=name, must="be a figure of this answer", do=do)


def _step(name: str, held: str, one: Plain, quotes: dict[str, list[Plain]]) -> Plain:
    from foedus.case import base_rates  # noqa: PLC0415 - read from files

    source, rates = one["source"], base_rates()
    refs = source["refs"]
    told = [rates[ref].citation if ref in rates else ref for ref in refs if ref not in quotes]
    return {
        "what": f"{name}: {held}",
        "kind": source["kind"],
        "why": source["why"],
        "refs": told,
        "quotes": [quote for ref in refs for quote in quotes.get(ref, [])],
    }


def _key(parameter: Plain) -> str:
    of = parameter["of"]
    return str(parameter["name"]) if of is None else f"{parameter['name']}[{of}]"


def _quotes(record: Plain) -> dict[str, list[Plain]]:
    """Return the words behind each entry of a record, by its id."""
    reports = {report["id"]: report for report in record["reports"]}
    found: dict[str, list[Plain]] = {}
    for family in ("events", "claims", "positions", "provisions", "unknowns"):
        for entry in record[family]:
            if family == "provisions":
                spans = [step["evidence"] for step in entry["history"]]
            else:
                held = entry["evidence"]
                spans = held if isinstance(held, list) else [held]
            found[entry["id"]] = [
                {
                    "quote": span["quote"],
                    "report": span["report"],
                    "title": reports[span["report"]]["title"],
                    "outlet": reports[span["report"]]["outlet"],
                    "published": reports[span["report"]]["published"],
                }
                for span in spans
            ]
    return found
