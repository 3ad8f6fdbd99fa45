"""Solve every shipped case in a small fixed sweep and keep what came out; `--check` only compares.

A golden answer is no truth: it is what the program said when somebody last looked. A change in it
is read as a difference in a review, and docs/learn/history.md quotes it.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.answer.panel import panel
from foedus.answer.references import references
from foedus.answer.told import deal_name, meets_criteria
from foedus.case import load_case
from foedus.search import ENDS, SweepSettings, sweep

if TYPE_CHECKING:
    import numpy as np

    from foedus.case.values import Case
    from foedus.search import Sweep
    from foedus.search.values import Deal

ROOT = Path(__file__).resolve().parents[1]
CASES, GOLDEN = ROOT / "cases", ROOT / "tests" / "golden" / "cases"

FUTURES, SEED, SAMPLE, BEST = 256, 1, 1024, 5
"""Futures, what they are drawn with, deals looked at beside those named, and deals told of."""

FEW = 4
"""Deals that are all told of by name."""

DECIMALS = 4

SIGNED: dict[str, dict[str, str]] = {
    # What was signed, or is on the table as signed: the levels that are not the first.
    "ukraine-1994-budapest": {
        "mutual-defence:united-states": "pledge",
        "mutual-defence:united-kingdom": "pledge",
        "warheads": "transfer",
        "economic-support": "grants",
        "defence-cooperation": "training",
    },
    "korea-1953": {
        "mutual-defence:united-states": "treaty",
        "multinational-force": "forward",
        "demilitarised-zone": "zone",
        "monitoring": "civilian",
        "military-aid": "steady",
        "economic-support": "grants",
    },
    "armenia-azerbaijan-2025": {
        "mutual-defence:united-states": "pledge",
        "transit": "third-party",
        "third-forces": "barred",
        "constitution": "changed",
        "recognition-borders": "recognised",
        "economic-support": "grants",
    },
}


def solved(stem: str) -> dict[str, Any]:
    """Return the golden answer of one shipped case."""
    case = load_case(CASES / f"{stem}.yaml")
    tried = _sweep(case, _named(case, stem))
    sample = sweep(case, SweepSettings(futures=FUTURES, keep=SAMPLE, seed=SEED, deals=SAMPLE))
    told = {"bare": tuple([0] * len(case.provisions))}
    if stem in SIGNED:
        told["signed"] = _levels(case, SIGNED[stem])
    told |= {one.id: one.deal for one in references(case) if one.id == "typical"}
    if tried.possible <= FEW:
        told |= {deal_name(case, deal): deal for deal in tried.deals if any(deal)}
    return {
        "case": stem,
        "case_hash": tried.case_hash,
        "futures": FUTURES,
        "seed": SEED,
        "possible": tried.possible,
        "no_deal": _no_deal(tried),
        "deals": {name: _deal(tried, deal) for name, deal in told.items()},
        "best_of_sample": [_deal(sample, deal) for deal in _ranked(sample)],
        "panel": [_row(row) for row in panel(tried).rows if row.rates],
    }


def _levels(case: Case, taken: dict[str, str]) -> Deal:
    """Return the deal with these levels and the first of every other provision."""
    names = {p.id: [level.name for level in p.levels] for p in case.provisions}
    wanted = {name: levels[0] for name, levels in names.items()} | taken
    return tuple(names[name].index(wanted[name]) for name in names)


def _named(case: Case, stem: str) -> tuple[Deal, ...]:
    deals = [reference.deal for reference in references(case)]
    if stem in SIGNED:
        deals.append(_levels(case, SIGNED[stem]))
    every = itertools.product(*(range(len(p.levels)) for p in case.provisions))
    if math.prod(len(p.levels) for p in case.provisions) <= FEW:
        deals += every
    return tuple(dict.fromkeys(deals))


def _sweep(case: Case, deals: tuple[Deal, ...]) -> Sweep:
    settings = SweepSettings(futures=FUTURES, keep=len(deals), seed=SEED, deals=deals)
    return sweep(case, settings)


def _ranked(swept: Sweep) -> list[Deal]:
    """Return the deals that meet every criterion in most futures, the first ones first."""
    good = meets_criteria(swept.case, swept.outcomes).mean(axis=1).round(9).tolist()
    order = sorted(range(len(good)), key=lambda d: (-good[d], swept.deals[d]))
    return [swept.deals[d] for d in order[:BEST]]


def _no_deal(swept: Sweep) -> dict[str, dict[str, float]]:
    means = swept.outcomes.ends_no_deal.mean(axis=0)
    return {
        f"{years:g}": {end: _round(means[y, e]) for e, end in enumerate(ENDS) if end in ENDS[3:]}
        for y, years in enumerate(swept.years)
    }


def _deal(swept: Sweep, deal: Deal) -> dict[str, Any]:
    """Return one deal's means over the futures in which it was solved."""
    row, case, outcomes = swept.deals.index(deal), swept.case, swept.outcomes
    solved_in = outcomes.converged[row]

    def mean(values: np.ndarray) -> float:
        return _round(values[row][solved_in].mean())

    accepts = {case.challenger: mean(outcomes.accept_c), case.protected: mean(outcomes.accept_p)}
    for k, guarantor in enumerate(case.guarantors):
        accepts[guarantor] = mean(outcomes.alpha[:, :, k])
    return {
        "name": deal_name(case, deal),
        "robustness": mean(meets_criteria(case, outcomes)),
        "accepts": accepts,
        "agree": mean(outcomes.agree),
        "survive": {f"{y:g}": mean(outcomes.survive[:, :, i]) for i, y in enumerate(swept.years)},
        "window_risk": mean(outcomes.window_risk),
        "direct_war": mean(outcomes.direct_any),
        "security": mean(outcomes.security),
        "ends": {end: mean(outcomes.ends[:, :, e]) for e, end in enumerate(ENDS)},
        "failed": int((~solved_in).sum()),
        # to the nearest tenth: whether two equilibria count as two can hang on a rounding
        "several_equilibria": round(float(outcomes.multiple[row].mean()), 1),
    }


def _row(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of the panel
    estimate = row.estimate
    return {
        "figure": row.figure,
        "deal": row.deal,
        "years": row.years,
        "mean": None if estimate is None else _round(estimate.mean),
        "low": None if estimate is None else _round(estimate.low),
        "high": None if estimate is None else _round(estimate.high),
        "published": None if row.range is None else list(row.range),
        "verdict": row.verdict,
    }


def _round(value: float) -> float:
    return round(float(value), DECIMALS) + 0.0  # no -0.0


def main() -> int:
    """Write the golden answers, or say which are out of date."""
    stale = []
    for case in sorted(CASES.glob("*.yaml")):
        text = json.dumps(solved(case.stem), indent=1, ensure_ascii=False) + "\n"
        path = GOLDEN / f"{case.stem}.json"
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(case.stem)
        if "--check" not in sys.argv:
            GOLDEN.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{'out of date' if stale else 'up to date'} {' '.join(stale)}".strip() + "\n")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
