"""A record as Arrow tables, for those who work with tables; Polars takes them by `from_arrow`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.record.exchange.tables import TABLES, arrow_table, tables

if TYPE_CHECKING:
    import pyarrow as pa

    from foedus.record.values import Record


def as_arrow(record: Record) -> dict[str, pa.Table]:
    """Return each family of a record as one table, and each list that its entries hold as another.

    The tables and columns are those of the exports to CSV and Parquet: ``reports``, ``events``,
    ``quantities``, ``figures``, ``points``, ``claims``, ``positions``, ``provisions``, ``history``,
    ``unknowns``, ``evidence``, ``actors``, ``roles``, ``outlets``, ``corrections``.
    """
    return {name: arrow_table(TABLES[name], rows) for name, rows in tables(record)}
