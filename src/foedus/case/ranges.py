"""The parameters of a drafted case: from the record where it holds numbers, else the library's.

A share of land that the record tells becomes the share held; how long the war has lasted chooses
which base rate its end is taken from. What else the record counts, losses and money, stands beside
the parameters that it bears on: nothing published turns it into shares of the good.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.case.fighting import named
from foedus.case.measures import find_holdings, find_years
from foedus.case.shelf import base_rates, usual_values
from foedus.case.values import (
    EFFECT_UNIT,
    GUARANTOR_PARAMETERS,
    SCALAR_PARAMETERS,
    Distribution,
    Parameter,
    Source,
)
from foedus.record.sayings import number, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from foedus.case.fighting import War
    from foedus.case.measures import Telling
    from foedus.case.roles import Roles
    from foedus.ids import EntryId
    from foedus.record.values import Record

_YEAR = 365.25  # days
_ENDS = ("war_win_c", "war_win_p", "war_freeze")
_RATES = {3: "war-ends-within-2y-after-3y", 2: "war-ends-within-2y-after-2y"}
"""The base rate of a war's end, by the whole years that it has lasted; none for a younger war."""

_RATE_PERIODS = 8  # the rates are for two years, a parameter for a quarter of a year
_SIGNIFICANT = 2
_TOLD_MOST = 4  # tellings that stand in a reason; the rest are counted


def usual_parameters(
    guarantors: Sequence[str], provision_ids: Sequence[str]
) -> tuple[Parameter, ...]:
    """Return every parameter of a case with its usual range, in the order of the model's tables."""
    usual = usual_values()
    keys: list[tuple[str, str | None, str]]
    keys = [(name, None, unit) for name, unit in SCALAR_PARAMETERS.items()]
    keys += [(name, of, unit) for name, unit in GUARANTOR_PARAMETERS.items() for of in guarantors]
    keys += [("effect", of, EFFECT_UNIT) for of in provision_ids]
    return tuple(
        Parameter(name=name, of=of, unit=unit, distribution=usual[name][0], source=usual[name][1])
        for name, of, unit in keys
    )


def draw_parameters(
    record: Record, war: War, roles: Roles, provision_ids: Sequence[str]
) -> tuple[tuple[Parameter, ...], tuple[str, ...]]:
    """Return every parameter, and notes on what the record disputes or is silent on."""
    told: dict[tuple[str, str | None], tuple[Distribution, Source]] = {}
    notes: list[str] = []
    held = _held(record, war, roles)
    if held is None:
        notes.append(f"what share {roles.challenger} holds")
    else:
        told["x0", None] = held
    lasted = _lasted(record, war)
    ends = None if lasted is None else _ends(*lasted)
    if lasted is None or (ends is None and lasted[1] == math.inf):
        notes.append("how long the war has lasted")
    told |= ends or {}
    counts = _counts(record, war, roles)
    notes += [
        f"the losses of {side}"
        for side in (roles.challenger, roles.protected)
        if (_COST_OF[side == roles.protected][0], None) not in counts
    ]
    notes += [
        f"what {name} pays for the war"
        for name in roles.guarantors
        if ("war_support", name) not in counts
    ]
    drawn = []
    for usual in usual_parameters(roles.guarantors, provision_ids):
        key = usual.name, usual.of
        one = usual
        if key in told:
            one = replace(one, distribution=told[key][0], source=told[key][1])
        if key in counts:
            one = replace(one, source=_beside(one.source, counts[key]))
        drawn.append(one)
    silent = f"The record is silent on {_joined(notes)}; the library's ranges stand for any war."
    disputes = [f"{p.key}: {p.source.why}" for p in drawn if _DISPUTED in p.source.why]
    return tuple(drawn), (*disputes, *([silent] if notes else []))


_LOSSES = [("soldier", role) for role in ("killed", "wounded", "missing", "captured")]
_MONEY = [(item, r) for item in ("money-usd", "money-eur") for r in ("pledged", "delivered")]

_DISPUTED = "The tellings disagree"

_COST_OF = (("fight_c", "war_cost_c"), ("fight_p", "war_cost_p"))
"""The parameters that losses of the challenger, and of the protected state, bear on."""


def _joined(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _held(record: Record, war: War, roles: Roles) -> tuple[Distribution, Source] | None:
    """Return the share that the challenger holds, as told of its own or of the other's land."""
    tellings = []
    for one in find_holdings(record, war):
        told = one.telling
        if one.owner == roles.protected and one.holder == roles.challenger:
            tellings.append(told)
        elif one.owner == one.holder == roles.protected:
            tellings.append(replace(told, low=1 - told.high, high=1 - told.low))
    if not tellings:
        return None
    what = f"What {roles.challenger} holds of {roles.protected}, taken as the good in dispute"
    standing, why = _weighed(tellings, what)
    low, high = _range(standing)
    source = Source(kind="claim", refs=_refs(standing), why=why)
    return Distribution(kind="uniform", low=max(low, 0.0), high=min(high, 1.0)), source


def _weighed(tellings: Sequence[Telling], what: str) -> tuple[list[Telling], str]:
    """Return the tellings that stand, and why: of one source the last; of several all of them."""
    last: dict[str, Telling] = {}
    for told in sorted(tellings, key=lambda t: (t.day or dt.date.min, t.ref)):
        last[told.source] = told
    standing = list(last.values())
    why = f"{what}, as told: {'; '.join(map(_in_words, standing[-_TOLD_MOST:]))}"
    if len(standing) > _TOLD_MOST:
        why += f"; and {len(standing) - _TOLD_MOST} more"
    why += ". A number told as it is may be off by a tenth of it."
    stand = {id(told) for told in standing}
    earlier = list(dict.fromkeys(t.ref for t in tellings if id(t) not in stand))
    if earlier:
        refs = ", ".join(earlier[:_TOLD_MOST]) + (" and others" if earlier[_TOLD_MOST:] else "")
        why += f" Left out, as the same source has said something later: {refs}."
    if max(t.low for t in standing) > min(t.high for t in standing):
        why += f" {_DISPUTED}, so the range spans them all."
    return standing, why


def _refs(standing: Sequence[Telling]) -> tuple[str, ...]:
    """Return what the tellings rest on that stand in a reason."""
    return tuple(dict.fromkeys(told.ref for told in standing[-_TOLD_MOST:]))


def _in_words(told: Telling) -> str:
    by = f"{told.speaker}, " if told.speaker else ""
    day = f"{told.day.isoformat()}, " if told.day else ""
    return f"{by}{day}{quote(told.quote)} ({told.ref})"


def _range(standing: Sequence[Telling]) -> tuple[float, float]:
    return (
        _rounded(min(t.low for t in standing), math.floor),
        _rounded(max(t.high for t in standing), math.ceil),
    )


def _rounded(value: float, way: Callable[[float], float]) -> float:
    """Round to two digits that mean something, outwards: the tellings are no sharper."""
    if value <= 0:
        return 0.0
    unit = 10.0 ** (math.floor(math.log10(value)) - _SIGNIFICANT + 1)
    return float(f"{way(value / unit * (1 - 1e-12)) * unit:.6g}")


def _lasted(record: Record, war: War) -> tuple[float, float, tuple[str, ...], str] | None:
    """Return the least and the most years that the war has lasted, the entries, and the words."""
    told = find_years(record, war)
    if told:
        standing, why = _weighed(told, "How long the war has lasted")
        low, high = min(t.low for t in standing), max(t.high for t in standing)
        return low, high, _refs(standing), why
    first = _first_blow(record, war)
    days = [report.published for report in record.reports if report.published is not None]
    now = record.as_of or max(days, default=None)
    if first is None or now is None:
        return None
    years = (now - first[0]).days / _YEAR
    why = (
        f"The earliest fight between the two that the record dates is of {first[0].isoformat()} "
        f"({first[1]}), so the war has lasted {years:.1f} years or more."
    )
    return years, math.inf, (first[1],), why


def _first_blow(record: Record, war: War) -> tuple[dt.date, EntryId] | None:
    ids = {entry for pair in (war.pair, war.pair[::-1]) for entry in war.told.get(pair, ())}
    dated = [(e.date[0], e.id) for e in record.events if e.id in ids and e.date is not None]
    return min(dated, default=None)


def _ends(
    low: float, high: float, refs: tuple[str, ...], why: str
) -> dict[tuple[str, str | None], tuple[Distribution, Source]] | None:
    """Return how the war may end, from the base rate for wars that have lasted as long.

    The library's three ranges keep their proportions; their sums become the two ends of the rate's
    interval, as a chance per period.
    """
    years = next((n for n in _RATES if low >= n), None)
    if years is None:
        return None
    rate = base_rates()[_RATES[years]]
    if rate.interval is None:
        return None
    usual = {name: usual_values()[name] for name in _ENDS}
    sums = [sum(getattr(d, end) for d, _ in usual.values()) for end in ("low", "high")]
    factors = [
        (1 - (1 - share) ** (1 / _RATE_PERIODS)) / total
        for share, total in zip(rate.interval, sums, strict=True)
    ]
    told = f"at least {low:.1f}" if high == math.inf else f"{low:.1f} to {high:.1f}"
    because = (
        f"{why} So the rate of ends within two years is that of wars which had lasted {years} "
        f"({rate.id}: {rate.k} of {rate.n}), the record telling {told}; how it is divided among "
        "the ends is the library's: "
    )
    return {
        (name, None): (
            replace(
                values,
                low=_rounded(values.low * factors[0], round),
                high=_rounded(values.high * factors[1], round),
            ),
            Source(
                kind="base-rate",
                refs=(*dict.fromkeys((rate.id, *source.refs)), *refs),
                why=because + source.why,
            ),
        )
        for name, (values, source) in usual.items()
    }


def _counts(
    record: Record, war: War, roles: Roles
) -> dict[tuple[str, str | None], list[tuple[str, EntryId]]]:
    """Return what the record counts that bears on a parameter: losses, and money for the war."""
    counts: dict[tuple[str, str | None], list[tuple[str, EntryId]]] = defaultdict(list)
    costs = dict(zip((roles.challenger, roles.protected), _COST_OF, strict=True))
    for event in record.events:
        if not war.told_by(event.evidence) or event.status not in ("happened", "claimed"):
            continue
        struck = named(event.recipients, war.sides)
        bears: dict[bool, list[tuple[str, str | None]]] = {
            False: [(name, None) for name in costs.get(struck[0], ())] if len(struck) == 1 else [],
            True: [("war_support", n) for n in named(event.actors, war.sides)],
        }
        for quantity in event.quantities:
            by = f" according to {quantity.according_to}" if quantity.according_to else ""
            said = f"{number(quantity.value)} {quantity.item} {quantity.role}{by}"
            is_money = (quantity.item, quantity.role) in _MONEY
            if is_money or (quantity.item, quantity.role) in _LOSSES:
                for key in bears[is_money]:
                    counts[key].append((said, event.id))
    return dict(counts)


def _beside(source: Source, counts: list[tuple[str, EntryId]]) -> Source:
    """Return a source with what the record counts beside it."""
    most = counts[-_TOLD_MOST:]
    said = "; ".join(f"{what} ({ref})" for what, ref in most)
    more = f" and {len(counts) - len(most)} more" if len(counts) > len(most) else ""
    why = (
        f"{source.why} The record counts {said}{more}: nothing published turns that into shares "
        "of the good, so the range is the library's."
    )
    return replace(source, refs=(*source.refs, *dict.fromkeys(ref for _, ref in most)), why=why)
