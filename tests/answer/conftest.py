"""Sweeps built by hand: a war between two fictional states, and whatever outcomes a test names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from foedus.case.values import (
    GUARANTOR_PARAMETERS,
    SCALAR_PARAMETERS,
    Case,
    Criteria,
    Distribution,
    Level,
    Parameter,
    Provision,
    RedLine,
    Source,
)
from foedus.search.values import Futures, Outcomes, Sweep, SweepSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

JUDGED = Source(kind="judgement", refs=(), why="made up for a test")
YEARS = (1.0, 10.0)


def build_case(
    *,
    guarantors: tuple[str, ...] = ("Ostra",),
    levels: Sequence[int] = (9,),
    ranges: dict[str, Distribution] | None = None,
    red_lines: tuple[RedLine, ...] = (),
    excluded: dict[str, tuple[str, ...]] | None = None,
) -> Case:
    """Ardal attacks Velm; provision a, b, ... has levels a0, a1, ..."""
    ids = "abcdefgh"[: len(levels)]
    provisions = tuple(
        Provision(
            id=letter,
            title=f"Part {letter}",
            levels=tuple(
                Level(name=f"{letter}{i}", title=f"level {i}", effects={}, source=JUDGED)
                for i in range(count)
            ),
            excluded=dict.fromkeys((excluded or {}).get(letter, ()), JUDGED),
        )
        for letter, count in zip(ids, levels, strict=True)
    )
    names = [
        *((name, None) for name in SCALAR_PARAMETERS),
        *((name, k) for name in GUARANTOR_PARAMETERS for k in guarantors),
        *(("effect", letter) for letter in ids),
    ]
    fixed = Distribution(kind="uniform", low=0.5, high=0.5)
    parameters = []
    for name, of in names:
        key = name if of is None else f"{name}[{of}]"
        parameter = Parameter(
            name=name,
            of=of,
            distribution=(ranges or {}).get(key, fixed),
            unit="",
            source=Source(kind="assumption", refs=(), why=f"range of {key}"),
        )
        parameters.append(parameter)
    return Case(
        title="Ardal and Velm",
        challenger="Ardal",
        protected="Velm",
        guarantors=guarantors,
        period_years=0.25,
        horizon_years=10.0,
        parameters=tuple(parameters),
        provisions=provisions,
        red_lines=red_lines,
        criteria=Criteria(),
        record_hash="r",
        notes=(),
    )


def build_sweep(case: Case, deals: int | Sequence[tuple[int, ...]], **given: object) -> Sweep:
    """Outcomes not given are those of a deal that all accept and that never breaks.

    A given outcome is broadcast from (D, F, ...); ``x`` gives columns of the table of futures by
    key. Chances to agree, and of the ends, follow from the rest unless given.
    """
    x = {key: np.asarray(values, dtype=float) for key, values in given.pop("x", {}).items()}
    rows = [(d,) for d in range(deals)] if isinstance(deals, int) else list(deals)
    count = next(
        (len(v) for v in x.values()), max(np.shape(v)[1] for v in given.values() if np.ndim(v) > 1)
    )
    shape, k = (len(rows), count), len(case.guarantors)
    default = {
        "accept_c": True,
        "accept_p": True,
        "margin_c": 0.1,
        "margin_p": 0.1,
        "alpha": 1.0,
        "survive": 1.0,
        "window_risk": 0.0,
        "direct": 0.0,
        "direct_any": 0.0,
        "security": 0.9,
        "cost": 0.0,
        "value_c": 0.5,
        "value_p": 0.5,
        "multiple": False,
        "converged": True,
    } | given
    sizes = {"alpha": (*shape, k), "direct": (*shape, k), "cost": (*shape, k)}
    sizes["survive"] = (*shape, len(YEARS))
    out = {
        name: np.broadcast_to(np.asarray(values), sizes.get(name, shape)).copy()
        for name, values in default.items()
        if name not in ("ends_no_deal", "agree", "ends", "ends_by_year")
    }
    on = np.zeros((count, len(YEARS), 7))
    on[:, :, 3] = 1.0
    no_deal = np.asarray(given.get("ends_no_deal", on), dtype=float)
    agree = out["accept_c"] * out["accept_p"] * out["alpha"].prod(axis=2)
    agree = np.broadcast_to(np.asarray(given.get("agree", agree)), shape).copy()
    holds = agree * out["survive"][:, :, -1]
    fights = agree * out["direct_any"]
    rest = (1 - agree)[:, :, None] * no_deal[None, :, -1, 3:]
    made = np.concatenate([np.stack([holds, fights, agree - holds - fights], axis=2), rest], axis=2)
    ends = np.asarray(given.get("ends", made), dtype=float)
    by_year = (
        np.stack([ends] * len(YEARS), axis=2)
        if "ends_by_year" not in given
        else (np.asarray(given["ends_by_year"], dtype=float))
    )
    keys = tuple(p.key for p in case.parameters)
    table = np.stack([x.get(key, np.full(count, 0.5)) for key in keys], axis=1)
    return Sweep(
        case=case,
        case_hash="c",
        settings=SweepSettings(futures=count, keep=len(rows)),
        years=YEARS,
        deals=tuple(rows),
        futures=Futures(seed=1, keys=keys, values=table),
        outcomes=Outcomes(
            **out, agree=agree, ends=ends, ends_by_year=by_year, ends_no_deal=no_deal
        ),
        possible=100,
        screened=50,
    )


def reorder(sweep: Sweep, deals: Sequence[int], futures: Sequence[int]) -> Sweep:
    """The same sweep with its deals and futures told in another order."""
    old = sweep.outcomes
    moved = {
        name: getattr(old, name)[np.ix_(deals, futures)]
        for name in Outcomes.__slots__
        if name != "ends_no_deal"
    }
    return replace(
        sweep,
        deals=tuple(sweep.deals[d] for d in deals),
        futures=replace(sweep.futures, values=sweep.futures.values[list(futures)]),
        outcomes=Outcomes(**moved, ends_no_deal=old.ends_no_deal[list(futures)]),
    )


@pytest.fixture(scope="session")
def case_of() -> Callable[..., Case]:
    return build_case


@pytest.fixture(scope="session")
def sweep_of() -> Callable[..., Sweep]:
    return build_sweep


@pytest.fixture(scope="session")
def reordered() -> Callable[..., Sweep]:
    return reorder
