"""A brief as plain data, for programs.

The names are those of the values in ``record``, ``case`` and ``answer``; what those docstrings say
of a field holds here too. What differs:

- ``foedus_brief`` is the version of this layout, 1. It rises when a field is renamed, moved or
  removed, not when one is added.
- ``case_yaml`` is the case that was solved, as a file holds it.
- ``summary`` is the answer in five lines or fewer, in words.
- Days are ``YYYY-MM-DD``; what is not known is null, and so is a number that is not finite.
- Every piece of evidence has ``number`` (as the terminal and the page show it), ``report`` (an id
  in ``record.reports``), ``span`` (``[start, end]``) and ``quote``; ``text[start:end]`` of the
  report, counted in Unicode code points, is the quote.
- Pairs have names: ``{"year": ..., "mean": ..., "low": ..., "high": ...}`` in survival curves,
  ``{"year": ..., "ends": {...}}`` in the outlook, ``{"provision": ..., "level": ...}`` in the parts
  of a deal, ``{"date": ..., "status": ..., "evidence": ...}`` in a provision's history.
- ``gains`` of the outlook go by party; ``bare`` and ``whole`` of a deal's makeup by measure, and
  ``worth`` of a part is in the order of ``measures``.
- An effect on one guarantor has the key ``name[guarantor]``, as parameters do.
- ``figures`` names every figure, with its value, its meaning and what it rests on, as
  `foedus.show.explained.figures_as_json` lays it out.
- An error is ``{"kind": ..., "where": ..., "faults": [{"at", "found", "must", "do"}]}``.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from foedus.answer.compared import Heading, Makeup
from foedus.answer.values import DealView, Outlook
from foedus.errors import Fault, FoedusError
from foedus.record.values import Evidence, ProvisionEntry
from foedus.show.explained import figures_as_json
from foedus.show.findings import headline
from foedus.show.sources import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.answer.values import Estimate
    from foedus.show.sources import Sources
    from foedus.show.values import Brief

    Plain = dict[str, Any]

LAYOUT = 1


def as_json(brief: Brief) -> Plain:
    """Return the whole brief as plain data: dicts, lists, strings, finite numbers, booleans, None.

    The same brief gives the same data with the same order of keys; ``json.dumps`` takes it with
    ``allow_nan=False``. The layout is told at the top of this module.

    Parameters
    ----------
    brief
        What one run found out.

    Returns
    -------
    dict
        With the keys ``foedus_brief``, ``summary``, ``record_path``, ``record``, ``answer``,
        ``case_yaml``, ``figures``, ``no_answer`` and ``failures``.
    """
    sources = number(brief.record)
    return {
        "foedus_brief": LAYOUT,
        "summary": list(headline(brief)),
        "record_path": brief.record_path,
        "record": _plain(brief.record, sources),
        "answer": _plain(brief.answer, sources),
        "case_yaml": brief.case_yaml,
        "figures": figures_as_json(brief.answer),
        "no_answer": _plain(brief.no_answer, sources),
        "failures": _plain(brief.failures, sources),
    }


def _plain(value: object, sources: Sources) -> Any:  # noqa: ANN401, PLR0911 plain data is of many types, one return for each
    """Return a value of ours as plain data."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else None
        case dt.date():
            return value.isoformat()
        case tuple() | list():
            return [_plain(item, sources) for item in value]
        case dict():
            return {_key(key): _plain(item, sources) for key, item in value.items()}
        case FoedusError():
            return _error(value, sources)
        case Evidence():
            return _evidence(value, sources)
        case _ if is_dataclass(value):
            plain = {f.name: _plain(getattr(value, f.name), sources) for f in fields(value)}
            return plain | _named(value, sources)
        case _:
            raise TypeError(f"{type(value).__name__} has no plain form")


def _named(value: object, sources: Sources) -> Plain:
    """Return the fields of a value whose pairs get names."""
    match value:
        case DealView():
            return {
                "parts": [{"provision": title, "level": level} for title, level in value.parts],
                "survival_curve": [
                    {"year": year, **_plain(estimate, sources)}
                    for year, estimate in value.survival_curve
                ],
                "ends": _ends(value.ends, sources),
            }
        case Outlook():
            return {
                "no_deal": [
                    {"year": year, "ends": _ends(ends, sources)} for year, ends in value.no_deal
                ],
                "gains": _plain(dict(value.gains), sources),
            }
        case Heading():
            return {
                "ends": [{"year": year, "ends": _ends(ends, sources)} for year, ends in value.ends]
            }
        case Makeup():
            return {
                name: _plain(dict(zip(value.measures, worth, strict=True)), sources)
                for name, worth in (("bare", value.bare), ("whole", value.whole))
            }
        case ProvisionEntry():
            return {
                "history": [
                    {
                        "date": _plain(date, sources),
                        "status": status,
                        "evidence": _evidence(evidence, sources),
                    }
                    for date, status, evidence in value.history
                ]
            }
        case _:
            return {}


def _ends(ends: Iterable[tuple[str, Estimate]], sources: Sources) -> Plain:
    return {name: _plain(estimate, sources) for name, estimate in ends}


def _evidence(evidence: Evidence, sources: Sources) -> Plain:
    return {
        "number": sources.of([evidence])[0],
        "report": evidence.report,
        "span": [evidence.start, evidence.end],
        "quote": evidence.quote,
    }


def _error(error: FoedusError, sources: Sources) -> Plain:
    return {
        "kind": type(error).__name__,
        "where": error.where,
        "faults": [_fault(fault, sources) for fault in error.faults],
    }


def _fault(fault: Fault, sources: Sources) -> Plain:
    finite = _plain(fault.found, sources) if isinstance(fault.found, int | float | str) else None
    return {
        "at": fault.at,
        "found": str(fault.found) if finite is None else finite,
        "must": fault.must,
        "do": fault.do,
    }


def _key(key: str | tuple[str, str]) -> str:
    """Write the key of an effect as parameters are written: ``help[Norrland]``."""
    return key if isinstance(key, str) else f"{key[0]}[{key[1]}]"
