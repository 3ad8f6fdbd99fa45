"""A sweep in a file: what is in it, who can read it, what becomes of it when it is broken off."""

from __future__ import annotations

import importlib.util
import json
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest

from foedus import __version__
from foedus.case import case_hash, from_yaml, to_yaml
from foedus.errors import SearchError
from foedus.search import SweepSettings, sharding, solving, table
from foedus.search.futures import draw
from foedus.search.keeping import joined, taken
from foedus.search.reducing import reduce_plain
from foedus.search.solving import reduce
from foedus.search.to_parquet import sweep_to_parquet
from foedus.search.values import CRITERIA_TOLD, MEASURES_TOLD, Reduction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.case.values import Case
    from foedus.search import Swept

SCRIPT = Path(__file__).parent / "sweep_script.py"
SETTINGS = SweepSettings(futures=16, keep=3, workers=2, deals="all")
"""As in the script."""


@pytest.fixture(scope="module", autouse=True)
def _small_shards() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharding, "PAIRS", 32)
        yield


@pytest.fixture(scope="module")
def swept(small: Case, tmp_path_factory: pytest.TempPathFactory) -> Swept:
    return sweep_to_parquet(small, SETTINGS, tmp_path_factory.mktemp("swept") / "deals.parquet")


@pytest.fixture(scope="module")
def reduced(small: Case) -> Reduction:
    """All its deals, in the same shards: where a solver starts may show in the last bit."""
    drawn = draw(small, 16, seed=1)
    deals = np.array([[a, b, c] for a in range(4) for b in range(3) for c in range(3)])
    return joined([reduce(small, deals[low : low + 2], drawn) for low in range(0, 36, 2)])


def test_every_deal_is_there_in_order_with_the_figures_of_the_solver(
    small: Case, swept: Swept, reduced: Reduction
) -> None:
    (whole,) = table.reductions(swept.file, small)
    for name in Reduction.__slots__:
        held, given = getattr(whole, name), getattr(reduced, name)
        if name == "quantiles":
            given = given.astype(np.float32).astype(float)
        assert held.tobytes() == given.tobytes(), name


def test_a_query_finds_what_the_solver_found(small: Case, swept: Swept, reduced: Reduction) -> None:
    names = [[level.name for level in p.levels] for p in small.provisions]
    agree, survive = (reduced.mean[:, MEASURES_TOLD.index(name)] for name in ("agree", "survive"))
    best = max(range(36), key=lambda row: (reduced.robust[row], agree[row] * survive[row]))
    ids = ", ".join(f'"{p.id}"' for p in small.provisions)
    (row,) = duckdb.sql(
        f"SELECT {ids}, robustness, mean_survive, met_alpha FROM '{swept.file}'"  # noqa: S608
        " ORDER BY robustness DESC, mean_agree * mean_survive DESC LIMIT 1"
    ).fetchall()
    deal = reduced.deals[best].tolist()
    assert row == (
        *(names[j][level] for j, level in enumerate(deal)),
        reduced.robust[best] / 16,
        survive[best],
        reduced.met[best, CRITERIA_TOLD.index("alpha")],
    )


def test_polars_reads_it(swept: Swept, reduced: Reduction) -> None:
    frame = pl.read_parquet(swept.file)
    assert len(frame) == 36
    assert frame["robust"].to_list() == reduced.robust.tolist()
    treaties = frame.filter(pl.col("mutual-defence:norrland").cast(pl.String) == "treaty")
    assert len(treaties) == 9


@pytest.mark.skipif(importlib.util.find_spec("pandas") is None, reason="pandas is not installed")
def test_pandas_reads_it(swept: Swept, reduced: Reduction) -> None:
    import pandas as pd  # noqa: PLC0415 - not always there

    frame = pd.read_parquet(swept.file)
    assert frame["mean_security"].tolist() == reduced.mean[:, 9].tolist()
    assert set(frame["military-aid"]) == {"none", "steady", "surge"}


def test_the_file_says_what_it_was_made_from(small: Case, swept: Swept) -> None:
    told = table.read_metadata(swept.file)
    assert told["version"] == __version__
    assert told["case_hash"] == case_hash(small)
    assert (told["seed"], told["futures"], told["deals"]) == ("1", "16", "all")
    assert (told["possible"], told["looked_at"]) == ("36", "36")
    assert json.loads(told["measures"]) == list(MEASURES_TOLD)
    assert from_yaml(told["case"], "from the file") == small


def test_the_queries_on_the_page_about_sweeps_run(
    ardal: Case, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (root / "docs" / "do" / "sweep-deals.md").read_text("utf-8")
    queries = re.findall(r"```sql\n(.*?);\n```", page, re.DOTALL)
    settings = replace(SETTINGS, futures=2, deals=4)
    sweep_to_parquet(ardal, settings, tmp_path / "deals.parquet")
    monkeypatch.chdir(tmp_path)
    counts = [len(duckdb.sql(query).fetchall()) for query in queries]
    assert len(counts) == 3
    assert min(counts) > 0


def test_the_page_about_sweeps_names_every_column(root: Path) -> None:
    page = (root / "docs" / "do" / "sweep-deals.md").read_text("utf-8")
    names = [*table.COUNTS, "robustness", *(f"met_{name}" for name in CRITERIA_TOLD)]
    assert [n for n in (*names, *MEASURES_TOLD) if f"`{n}`" not in page] == []
    assert [share for share in table.QUANTILE_NAMES if f"`{share}_…`" not in page] == []


def test_the_best_are_told_with_what_was_solved(swept: Swept, reduced: Reduction) -> None:
    assert swept.best.robust.tolist() == sorted(reduced.robust.tolist(), reverse=True)[:3]
    assert (swept.tally.deals, swept.tally.pairs) == (36, 36 * 16)
    assert swept.tally.multiple == reduced.multiple.sum()
    assert not list(swept.file.parent.glob("*.unfinished"))


def test_a_deal_that_failed_throughout_has_no_figures(
    small: Case, reduced: Reduction, tmp_path: Path
) -> None:
    part = taken(reduced, np.arange(2))
    failed = replace(
        part,
        mean=np.where([[True], [False]], np.nan, part.mean),
        failed=np.array([16, 3]),
        robust=np.array([0, 13]),
    )
    columns = table.schema(small)
    table.write(tmp_path / "t", columns, [table.table(small, failed, 16, columns)])
    frame = pl.read_parquet(tmp_path / "t")
    assert frame["robustness"].to_list() == [None, 1.0]
    assert frame["mean_survive"].is_null().to_list() == [True, False]
    (again,) = table.reductions(tmp_path / "t", small)
    assert np.isnan(again.mean[0]).all()


def test_rows_come_in_groups_that_do_not_depend_on_how_they_came(
    small: Case, reduced: Reduction, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "ROW_GROUP", 8)
    columns = table.schema(small)
    rows = table.table(small, reduced, 16, columns)
    for name, cuts in {"one": [36], "few": [3, 20, 1, 12], "many": [1] * 36}.items():
        lows = np.cumsum([0, *cuts[:-1]]).tolist()
        parts = [rows.slice(low, n) for low, n in zip(lows, cuts, strict=True)]
        table.write(tmp_path / name, columns, parts)
    groups = pq.ParquetFile(tmp_path / "one").metadata
    assert [groups.row_group(g).num_rows for g in range(groups.num_row_groups)] == [8, 8, 8, 8, 4]
    assert (tmp_path / "one").read_bytes() == (tmp_path / "few").read_bytes()
    assert (tmp_path / "one").read_bytes() == (tmp_path / "many").read_bytes()


def test_a_provision_named_as_a_column_is_refused(small: Case, tmp_path: Path) -> None:
    first = small.provisions[0]
    named = replace(small, provisions=(replace(first, id="failed"), *small.provisions[1:]))
    named = replace(
        named,
        parameters=tuple(
            replace(p, of="failed") if p.of == first.id else p for p in small.parameters
        ),
    )
    with pytest.raises(SearchError, match="provision failed is also the name of a column"):
        sweep_to_parquet(named, SETTINGS, tmp_path / "deals.parquet")
    assert list(tmp_path.iterdir()) == []


def test_a_narrowed_sweep_tells_the_deals_worth_solving(small: Case, tmp_path: Path) -> None:
    settings = replace(SETTINGS, futures=4, deals="narrow")
    found = sweep_to_parquet(small, settings, tmp_path / "deals.parquet")
    assert 3 <= found.tally.deals <= found.looked_at <= found.possible == 36
    drawn = draw(small, 4, seed=1)
    alone = reduce_plain(small, found.best.deals, drawn)
    assert found.best.robust.tolist() == alone.robust.tolist()


class Stop(BaseException):
    """Stands for whatever breaks a sweep off."""


def broken_off(case: Case, file: Path, after: int, settings: SweepSettings = SETTINGS) -> None:
    count = 0

    def progress(_done: int, _of: int) -> None:
        nonlocal count
        count += 1
        if count == after:
            raise Stop

    with pytest.raises(Stop):
        sweep_to_parquet(case, settings, file, progress=progress, resume=True)


def counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that then holds how many deals are solved, shard by shard."""
    solved: list[int] = []
    whole = solving.reduce

    def counted(case: Case, deals: np.ndarray, *given: object, **named: object) -> Reduction:
        solved.append(len(deals))
        return whole(case, deals, *given, **named)

    monkeypatch.setattr(sharding, "reduce", counted)
    return solved


def test_a_sweep_broken_off_is_gone_on_with_and_is_the_same_to_the_last_bit(
    small: Case, swept: Swept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "deals.parquet"
    broken_off(small, file, after=5)
    broken_off(small, file, after=4)
    assert not file.exists()
    solved = counting(monkeypatch)
    again = sweep_to_parquet(small, SETTINGS, file, resume=True)
    assert sum(solved) == 36 - 2 * (5 + 4)
    assert file.read_bytes() == swept.file.read_bytes()
    assert again.best.robust.tolist() == swept.best.robust.tolist()
    assert [p.name for p in tmp_path.iterdir()] == ["deals.parquet"]


def test_narrowing_broken_off_takes_the_same_road_again(
    small: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(SETTINGS, futures=4, deals="narrow")
    solved = counting(monkeypatch)
    sweep_to_parquet(small, settings, tmp_path / "whole.parquet")
    in_all = len(solved)
    broken_off(small, tmp_path / "deals.parquet", after=3, settings=settings)
    solved.clear()
    sweep_to_parquet(small, settings, tmp_path / "deals.parquet", resume=True)
    assert in_all - 5 <= len(solved) < in_all  # what was solved when it broke off is not again
    whole = (tmp_path / "whole.parquet").read_bytes()
    assert (tmp_path / "deals.parquet").read_bytes() == whole


def test_a_finished_sweep_is_only_read_when_it_is_resumed(
    small: Case, swept: Swept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharding, "reduce", lambda *_a, **_b: pytest.fail("solved again"))
    again = sweep_to_parquet(small, SETTINGS, swept.file, resume=True)
    assert again.tally == swept.tally


def test_an_unfinished_sweep_is_not_gone_on_with_unasked_or_as_another(
    small: Case, tmp_path: Path
) -> None:
    file = tmp_path / "deals.parquet"
    broken_off(small, file, after=2)
    with pytest.raises(SearchError, match=r"an unfinished sweep.*--resume"):
        sweep_to_parquet(small, SETTINGS, file)
    other = replace(SETTINGS, seed=2, futures=32)
    with pytest.raises(SearchError, match="2 faults") as caught:
        sweep_to_parquet(small, other, file, resume=True)
    assert "seed is 2; it must be 1 to go on with what is there" in str(caught.value)
    assert "futures is 32; it must be 16" in str(caught.value)


def test_a_place_that_cannot_be_written_to_is_said(small: Case, tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="No such file or directory; it must be a file in"):
        sweep_to_parquet(small, SETTINGS, tmp_path / "nowhere" / "deals.parquet")


def test_a_file_that_is_no_table_is_said(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("no table", "utf-8")
    with pytest.raises(SearchError, match="no Parquet file"):
        table.read_metadata(tmp_path / "words")


def test_a_killed_sweep_is_gone_on_with_and_is_the_same_to_the_last_bit(
    small: Case, swept: Swept, tmp_path: Path
) -> None:
    case, file = tmp_path / "case.yaml", tmp_path / "deals.parquet"
    case.write_text(to_yaml(small), "utf-8")
    command = [sys.executable, str(SCRIPT), str(file), str(case), "here"]
    with subprocess.Popen([*command, "0.3"], stdout=subprocess.PIPE, text=True) as killed:
        for line in killed.stdout or ():
            if int(line.split()[0]) >= 4 * 32:
                killed.send_signal(signal.SIGKILL)
                break
    assert killed.returncode == -signal.SIGKILL
    assert not file.exists()
    there = len(list((tmp_path / "deals.parquet.unfinished").glob("*.parquet")))
    assert 4 <= there < 18
    subprocess.run([*command, "0"], check=True, stdout=subprocess.DEVNULL)
    assert file.read_bytes() == swept.file.read_bytes()
