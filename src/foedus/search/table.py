"""Deals told in a few numbers each, as a Parquet file: one row a deal.

Columns: one for each provision, with the name of the level; ``robustness`` and the counts; how many
futures meet each criterion; mean and quantiles of each measure. The file says in its own metadata
what it was made from. Rows go in and come out a shard at a time, so that memory stays flat.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from foedus import __version__
from foedus.case import case_hash, to_yaml
from foedus.errors import Fault, SearchError
from foedus.search.values import (
    CRITERIA_TOLD,
    GUARANTOR_MEASURES_TOLD,
    MEASURES_TOLD,
    QUANTILES_TOLD,
    Reduction,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from foedus.case.values import Case
    from foedus.search.values import Counts, Floats

ROW_GROUP = 1 << 16
"""Rows that are written together, about: a reader holds as many at a time."""

COUNTS = ("robust", "multiple", "failed")
QUANTILE_NAMES = tuple(f"p{round(100 * share):02d}" for share in QUANTILES_TOLD)
PREFIX = "foedus."
"""What every key of the metadata begins with."""


def metadata(case: Case, told: dict[str, str]) -> dict[str, str]:
    """Return what a file says of itself: version, case, and what is ``told`` besides."""
    held = {
        "version": __version__,
        "case_hash": case_hash(case),
        "record_hash": case.record_hash or "",
        "title": case.title,
        **told,
        "measures": json.dumps(MEASURES_TOLD),
        "criteria": json.dumps(CRITERIA_TOLD),
        "quantiles": json.dumps(QUANTILES_TOLD),
        "case": to_yaml(case),
    }
    return {PREFIX + key: value for key, value in held.items()}


def schema(case: Case) -> pa.Schema:
    """Return the columns of ``case``.

    Raises
    ------
    SearchError
        When a provision has the name of another column.
    """
    names = [provision.id for provision in case.provisions]
    levels = pa.dictionary(pa.int16(), pa.string())
    fields = [pa.field(name, levels, nullable=False) for name in names]
    fields.append(pa.field("robustness", pa.float64()))
    fields += [pa.field(name, pa.int32(), nullable=False) for name in COUNTS]
    fields += [pa.field(f"met_{name}", pa.int32(), nullable=False) for name in CRITERIA_TOLD]
    for name in MEASURES_TOLD:
        fields.append(pa.field(f"mean_{name}", pa.float64()))
        fields += [pa.field(f"{share}_{name}", pa.float32()) for share in QUANTILE_NAMES]
    fields += [pa.field(name, pa.float64()) for name in _of_guarantors(case)]
    others = {field.name for field in fields[len(names) :]}
    faults = tuple(
        Fault(
            at=f"provision {name}",
            found="also the name of a column of the table",
            must="have another name",
            do="Rename the provision in the case.",
        )
        for name in names
        if name in others
    )
    if faults:
        raise SearchError(case.title, faults)
    return pa.schema(fields)


def table(case: Case, reduced: Reduction, futures: int, columns: pa.Schema) -> pa.Table:
    """Return deals solved in so many ``futures`` as rows."""
    arrays: list[pa.Array] = [
        pa.DictionaryArray.from_arrays(
            pa.array(reduced.deals[:, j].astype(np.int16)),
            pa.array([level.name for level in provision.levels]),
        )
        for j, provision in enumerate(case.provisions)
    ]
    solved = futures - reduced.failed
    shares = np.divide(reduced.robust, solved, out=np.full(len(solved), np.nan), where=solved > 0)
    arrays.append(_known(shares))
    arrays += [pa.array(getattr(reduced, name).astype(np.int32)) for name in COUNTS]
    arrays += [pa.array(column.astype(np.int32)) for column in reduced.met.T]
    for m in range(len(MEASURES_TOLD)):
        arrays.append(_known(reduced.mean[:, m]))
        arrays += [_known(column.astype(np.float32)) for column in reduced.quantiles[:, m].T]
    each = reduced.by_guarantor.reshape(len(reduced.deals), -1)
    arrays += [_known(column) for column in each.T]
    return pa.Table.from_arrays(arrays, schema=columns)


def _of_guarantors(case: Case) -> list[str]:
    """Return the columns told of each guarantor: ``mean_cost[Norrland]``."""
    return [f"mean_{name}[{g}]" for g in case.guarantors for name in GUARANTOR_MEASURES_TOLD]


def _known(values: Floats | Any) -> pa.Array:  # noqa: ANN401 - of either precision
    """Return numbers with null where there is none."""
    return pa.array(values, from_pandas=True)


def write(path: Path, columns: pa.Schema, parts: Iterable[pa.Table]) -> None:
    """Write ``parts`` in their order, in row groups that do not depend on where they are cut."""
    with pq.ParquetWriter(path, columns, compression="zstd") as writer:
        held: list[pa.Table] = []
        rows = 0
        for part in parts:
            held.append(part)
            rows += len(part)
            if rows >= ROW_GROUP:
                whole = pa.concat_tables(held)
                full = rows - rows % ROW_GROUP
                writer.write_table(_plain(whole.slice(0, full), columns), ROW_GROUP)
                held, rows = [whole.slice(full)], rows - full
        if rows or not held:
            writer.write_table(_plain(pa.concat_tables(held or [columns.empty_table()]), columns))


def _plain(rows: pa.Table, columns: pa.Schema) -> pa.Table:
    """Return rows as one piece with the metadata of ``columns``."""
    return rows.unify_dictionaries().combine_chunks().cast(columns)


def read_metadata(path: Path) -> dict[str, str]:
    """Return what a table says of itself, without the prefix of the keys.

    Raises
    ------
    SearchError
        When the file is no table of deals.
    """
    try:
        held = pq.read_schema(path).metadata or {}
    except (OSError, pa.ArrowInvalid) as error:
        fault = Fault(at="", found=f"no Parquet file: {error}", must="be a table of deals")
        raise SearchError(str(path), (fault,)) from error
    told = {key.decode(): value.decode() for key, value in held.items()}
    return {key.removeprefix(PREFIX): v for key, v in told.items() if key.startswith(PREFIX)}


def reductions(path: Path, case: Case) -> Iterator[Reduction]:
    """Yield the deals of a table, a row group at a time."""
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            yield reduction(file.read_row_group(group), case)


def reduction(rows: pa.Table, case: Case) -> Reduction:
    """Return rows as they went in; quantiles have the precision of the file, 7 digits."""
    levels = [
        pc.index_in(
            rows[provision.id].cast(pa.string()),
            value_set=pa.array([level.name for level in provision.levels]),
        )
        for provision in case.provisions
    ]

    def counts(name: str) -> Counts:
        return np.asarray(rows[name].to_numpy(), dtype=np.int64)

    def numbers(name: str) -> Floats:
        return np.asarray(rows[name].to_numpy(), dtype=np.float64)

    each = [numbers(name) for name in _of_guarantors(case)]
    shape = (len(rows), len(case.guarantors), len(GUARANTOR_MEASURES_TOLD))
    return Reduction(
        deals=np.stack([column.to_numpy().astype(np.int64) for column in levels], axis=1),
        mean=np.stack([numbers(f"mean_{name}") for name in MEASURES_TOLD], axis=1),
        by_guarantor=np.array(each).T.reshape(shape),
        quantiles=np.stack(
            [
                np.stack([numbers(f"{share}_{name}") for share in QUANTILE_NAMES], axis=1)
                for name in MEASURES_TOLD
            ],
            axis=1,
        ),
        met=np.stack([counts(f"met_{name}") for name in CRITERIA_TOLD], axis=1),
        robust=counts("robust"),
        multiple=counts("multiple"),
        failed=counts("failed"),
    )
