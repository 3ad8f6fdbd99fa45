"""Write the pages on instruments and base rates from the library; `--check` only compares.

The table of what each instrument does alone is solved anew each time, over the usual ranges and
with one guarantor, so it can be held against what the literature says.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.answer.references import references
from foedus.case import base_rates, check, usual_parameters
from foedus.case.shelf import instruments
from foedus.case.values import GUARANTOR_EFFECTS, Case, Criteria, Level, Provision, Source
from foedus.search import SweepSettings, sweep
from foedus.show.words import percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

    from foedus.case.shelf import BaseRate, Instrument, Strength
    from foedus.search import Deal, Sweep

DOCS = Path(__file__).resolve().parents[1] / "docs" / "look-up"
GUARANTOR = "Norrland"
FUTURES = 256

RATES = """# Base rates

How often things have gone one way or the other. `foedus case check` puts the figures of a case
beside these, and a source of kind `base-rate` names one by its id. How to read them:

- **Counted** rates have *k* of *n* and Wilson's 95 % interval. They were counted by us in a part of
  the rows of the public data set named, the other part being kept aside to test forecasts with; so
  a count differs from the published rate by chance. A rate *after so many years* counts only what
  could be followed that long. Rows are not shipped.
- **Published** rates stand as published, with no count and no interval.
- Where codings disagree both stand here, neither is called right, and each names the other.
- What is only remembered has no number here: see the end of [instruments and their
  effects](../theory/instruments.md).

This page is written by `scripts/library_pages.py` from `case/library/base_rates.yaml`.
"""

CATALOGUE = """# Instruments

What a deal may be made of: the library that drafts are filled from. Effects are judgements in the
model's units, explained and argued in [instruments and their effects](../theory/instruments.md);
where several guarantors give one thing together they share its *help*, *harm* and *cost*. *Bears
it* is who has a cost of it. An example marked *unverified* has not been looked up for this page.

This page is written by `scripts/library_pages.py` from `case/library/instruments.yaml`.
"""

ALONE = f"""## What each does alone

Each instrument at its highest level, with nothing else, over the usual ranges of all parameters
({FUTURES} futures, one guarantor who gives it all). *Holds*: mean chance that the settlement stands
after ten years, had it been signed. *Signs*: in how many futures the challenger and the protected
state would sign it; for the guarantor, the mean chance over its private stake. *War*: mean chance
of war between the challenger and the guarantor within ten years.

| instrument | holds | challenger signs | protected signs | guarantor signs | war |
|---|---|---|---|---|---|"""


STEPS = f"""## What a step of each effect does

The same figures for one effect at a time, and for a pact with one effect changed. It shows how far
an opinion on a size carries: {FUTURES} futures over the usual ranges, one guarantor.

| what is agreed | holds | challenger signs | protected signs | guarantor signs | war |
|---|---|---|---|---|---|"""

PACT = {"help": 0.5, "harm": 0.15, "renege": 0.15}

STEPPED: dict[str, dict[str, float]] = {
    "denial 0.1": {"denial": 0.1},
    "punish 0.1": {"punish": 0.1},
    "crisis -0.5": {"crisis": -0.5},
    "provoke 0.05": {"provoke": 0.05},
    "value_c 0.05": {"value_c": 0.05},
    "value_p 0.05": {"value_p": 0.05},
    "share 0.04": {"share": 0.04},
    "cost 0.01, by the guarantor": {"cost": 0.01},
    "a pact: help 0.5, harm 0.15, renege 0.15": PACT,
    "the pact with renege 0.05": PACT | {"renege": 0.05},
    "the pact with renege 0.3": PACT | {"renege": 0.3},
    "the pact with help 0.25": PACT | {"help": 0.25},
    "the pact with harm 0.3": PACT | {"harm": 0.3},
    "the pact with risk -0.05": PACT | {"risk": -0.05},
    "the pact with cost 0.01": PACT | {"cost": 0.01},
    "the pact after a year (delay 4)": PACT | {"delay": 4},
}
"""One effect at a time."""


def rates_page() -> str:
    """Return the page on base rates, those of one figure together."""
    parts = [RATES]
    rates = list(base_rates().values())
    for figure in dict.fromkeys(_figure(rate) for rate in rates):
        parts += [f"## {figure}", ""]
        parts += [_rate(rate) for rate in rates if _figure(rate) == figure]
    return "\n".join(parts)


def _figure(rate: BaseRate) -> str:
    names = {
        "honour": "Honouring of pacts",
        "some-guarantor-fights": "Honouring of pacts",
        "survival": "Lasting of peace",
        "war-per-crisis": "Crises and war",
        "war-ended": "Ends of wars",
        "ended-undecided": "Ends of wars",
    }
    if rate.beside is not None:
        return names[rate.beside.figure]
    if "war_freeze" in rate.bears_on:
        return names["war-ended"]
    if "crisis" in rate.bears_on:
        return names["survival"]
    return names["honour"] if "honoured" in rate.what or "partner" in rate.what else "Sanctions"


def _rate(rate: BaseRate) -> str:
    if rate.interval is None:
        size = f"**{100 * rate.share:.3g} %**, as published"
    else:
        low, high = (100 * end for end in rate.interval)
        size = (
            f"**{rate.k} of {rate.n}**, {100 * rate.share:.1f} % (95 %: {low:.1f} to {high:.1f} %)"
        )
    lines = [f"### `{rate.id}`", "", f"{rate.what}: {size}.", "", f"{rate.citation}. {rate.caveat}"]
    if rate.bears_on:
        lines += ["", f"Bears on {', '.join(f'`{name}`' for name in rate.bears_on)}."]
    if rate.differs:
        links = ", ".join(f"[`{name}`](#{name})" for name in rate.differs)
        lines += ["", f"Another coding, or its counterpart: {links}."]
    return "\n".join([*lines, ""])


def instruments_page() -> str:
    """Return the page on instruments: what each does alone, then every level."""
    parts = [CATALOGUE, ALONE, *_alone(), "", STEPS, *_steps(), ""]
    for instrument in instruments().values():
        parts += [f"## {instrument.title}", "", _kind(instrument), ""]
        parts += ["| level | what it is | effects | example | bears it |", "|---|---|---|---|---|"]
        parts += [_level(level) for level in instrument.levels]
        parts += ["", *(_why(level) for level in instrument.levels[1:]), ""]
    return "\n".join(parts)


def _kind(instrument: Instrument) -> str:
    words = [f"`{instrument.id}`"]
    if instrument.each:
        words.append("a provision for each guarantor that would give it")
    if instrument.backs:
        words.append("who gives it is a guarantor")
    words.append(f"usual level: {instrument.typical}")
    return "; ".join(words) + "."


def _level(level: Strength) -> str:
    effects = ", ".join(f"{name} {size:g}" for name, size in level.effects.items()) or "none"
    example = level.example or ""
    return f"| `{level.name}` | {level.title} | {effects} | {example} | {_bears(level)} |"


def _bears(level: Strength) -> str:
    """Say who has a cost of a level, as its effects have it."""
    effects = level.effects
    bearers = {
        "guarantor": any(effects.get(name, 0) > 0 for name in ("cost", "renege", "risk")),
        "challenger": any(effects.get(name, 0) > 0 for name in ("punish", "provoke", "harm"))
        or effects.get("value_c", 0) < 0,
        "protected": any(effects.get(name, 0) < 0 for name in ("value_p", "denial"))
        or effects.get("share", 0) > 0,
    }
    if effects.get("share", 0) < 0:
        bearers["challenger"] = True
    return ", ".join(who for who, bears in bearers.items() if bears)


def _why(level: Strength) -> str:
    kind = "A judgement" if level.source.kind == "judgement" else "An assumption"
    rests = f" ({'; '.join(level.source.refs)})" if level.source.refs else ""
    return f"- `{level.name}`: {level.source.why} {kind}{rests}."


def _alone() -> list[str]:
    """Return a row for a bare truce, each instrument alone, and the usual package."""
    case = _case(
        [
            Provision(
                id=instrument.id,
                title=instrument.title,
                levels=tuple(
                    _given(level.name, level.title, level.effects, level.source)
                    for level in instrument.levels
                ),
                excluded={},
            )
            for instrument in instruments().values()
        ]
    )
    named = {one.deal: one.name for one in references(case)}
    return _rows(case, named)


def _steps() -> list[str]:
    """Return a row for each effect alone and each change of a pact."""
    why = Source(kind="assumption", refs=(), why="One step, to see what it does.")
    levels = {"a truce and nothing else": {}, **STEPPED}
    step = Provision(
        id="step",
        title="A step",
        levels=tuple(_given(name, name, effects, why) for name, effects in levels.items()),
        excluded={},
    )
    return _rows(_case([step]), {(index,): name for index, name in enumerate(levels)})


def _given(name: str, title: str, effects: Mapping[str, float], source: Source) -> Level:
    """Return a level whose guarantor's effects are those of the one guarantor."""
    whose: dict[str | tuple[str, str], float] = {
        (key, GUARANTOR) if key in GUARANTOR_EFFECTS else key: size for key, size in effects.items()
    }
    return Level(name=name, title=title, effects=whose, source=source)


def _case(provisions: Sequence[Provision]) -> Case:
    """Return a case with the usual ranges and one guarantor."""
    title = "What the library holds"
    case = Case(
        title=title,
        challenger="Velmark",
        protected="Ardal",
        guarantors=(GUARANTOR,),
        period_years=0.25,
        horizon_years=10.0,
        parameters=usual_parameters((GUARANTOR,), [p.id for p in provisions]),
        provisions=tuple(provisions),
        red_lines=(),
        criteria=Criteria(),
        record_hash=None,
        notes=(),
    )
    return check(case, title)


def _rows(case: Case, named: dict[Deal, str]) -> list[str]:
    """Return a row for each deal named."""
    settings = SweepSettings(futures=FUTURES, keep=len(named), deals=tuple(named), workers=1)
    swept = sweep(case, settings)
    return [_row(swept, name, swept.deals.index(deal)) for deal, name in named.items()]


def _row(swept: Sweep, name: str, row: int) -> str:
    outcomes = swept.outcomes
    found = outcomes.converged[row]

    def mean(values: np.ndarray) -> str:
        return percent(float(values[row][found].mean()))

    cells = [
        name,
        mean(outcomes.survive[:, :, -1]),
        mean(outcomes.accept_c),
        mean(outcomes.accept_p),
        mean(outcomes.alpha[:, :, 0]),
        mean(outcomes.direct_any),
    ]
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Write the pages, or say which are out of date."""
    pages = {"base-rates.md": rates_page(), "instruments.md": instruments_page()}
    stale = [
        name
        for name, text in pages.items()
        if not (DOCS / name).exists() or (DOCS / name).read_text("utf-8") != text
    ]
    if "--check" not in sys.argv:
        for name in stale:
            (DOCS / name).write_text(pages[name], "utf-8")
    sys.stdout.write(
        f"{'out of date:' if stale else 'up to date'} {' '.join(stale)}".strip() + "\n"
    )
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
