"""The deals of an answer as a table with one row a deal, for Parquet and for a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from foedus.answer.values import Answer, DealView, Estimate

LAYOUT = 1
"""Rises when a column is renamed, moved or removed, not when one is added."""

ESTIMATES = ("agree", "survive", "window_risk", "direct_any", "security")


def deal_table(answer: Answer) -> pa.Table:
    """Return the deals of an answer, the most robust first.

    Columns: ``deal`` (its number, from 1) and ``name``; one for each provision with the name of its
    level; ``robustness``, ``both_accept``, ``efficient``, ``binding``; ``NAME``, ``NAME_low`` and
    ``NAME_high`` (mean, 5 and 95 % of the futures) of each of `ESTIMATES`, of the ``end_...`` and
    of the years of the survival curve; for each party ``accepts[PARTY]`` and what else is told of
    it; ``crosses`` (red lines, from 1), ``multiple_share`` and ``failed_share``. The metadata say
    the version, the case's hash, the seed and the number of futures.
    """
    import pyarrow as pa  # noqa: PLC0415 - slow to load, and only a table needs it

    rows = [_row(answer, n, deal) for n, deal in enumerate(answer.deals, 1)]
    told = {
        "foedus_layout": str(LAYOUT),
        "foedus_version": answer.version,
        "case_hash": answer.case_hash,
        "record_hash": answer.record_hash or "",
        "seed": str(answer.seed),
        "futures": str(answer.futures),
        "title": answer.case.title,
    }
    return pa.Table.from_pylist(rows).replace_schema_metadata(told)


def parquet(answer: Answer, file: Path) -> None:
    """Write the deals of an answer to a Parquet file; no half of one is left on failure."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    part = file.with_name(f".{file.name}.part")
    try:
        pq.write_table(deal_table(answer), part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _row(answer: Answer, n: int, deal: DealView) -> dict[str, Any]:
    levels = {
        provision.id: provision.levels[at].name
        for provision, at in zip(answer.case.provisions, deal.deal, strict=True)
    }
    row: dict[str, Any] = {"deal": n, "name": deal.name, **levels}
    row |= {name: getattr(deal, name) for name in ("robustness", "both_accept", "efficient")}
    row["binding"] = deal.binding
    for name in ESTIMATES:
        row |= _three(name, getattr(deal, name))
    for year, estimate in deal.survival_curve:
        row |= _three(f"survive_{year:g}y", estimate)
    for end, estimate in deal.ends:
        row |= _three(f"end_{end}", estimate)
    for party in deal.parties:
        row[f"accepts[{party.party}]"] = party.accepts
        row[f"regret[{party.party}]"] = party.regret
        for name in ("margin", "cost", "direct_war"):
            told = getattr(party, name)
            if told is not None:
                row |= _three(f"{name}[{party.party}]", told)
    row["crosses"] = [line + 1 for line in deal.crossed]
    return row | {"multiple_share": deal.multiple_share, "failed_share": deal.failed_share}


def _three(name: str, estimate: Estimate) -> dict[str, float]:
    return {name: estimate.mean, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
