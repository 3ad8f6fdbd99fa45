"""Tables hold all of a record, and other programs read them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from foedus.errors import RecordError
from foedus.record import open_store
from foedus.record.changes import Signature
from foedus.record.exchange import export_record, import_file
from foedus.record.exchange.tables import TABLES
from foedus.record.values import (
    ActorEntry,
    ClaimEntry,
    Correction,
    EventEntry,
    Evidence,
    Figure,
    OutletEntry,
    PositionEntry,
    ProvisionEntry,
    QuantityEntry,
    Record,
    ReportEntry,
    RoleEntry,
    UnknownEntry,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from foedus.reading.values import Mentions
    from foedus.record import Store
    from foedus.record.exchange import ExportFormat

SAMPLES = Path(__file__).parent / "samples"
NOON = dt.datetime(2031, 6, 1, 12, 30, tzinfo=dt.UTC)
ANNA = Signature(by="Anna Berg", at=NOON, why="=seen, on the spot")

Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def store(full: Mentions, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A record with something of everything, rows and corrections included."""
    folder = tmp_path_factory.mktemp("tables")
    with open_store(str(folder / "record.db")) as opened:
        opened.add(full, reader="1")
        import_file(opened, SAMPLES / "ucdp-ged.csv")
        import_file(opened, SAMPLES / "acled.csv")
        record = opened.record()
        opened.correct(record.events[0].id, "place", "-Osk", ANNA)
        opened.accept([record.claims[0].id], ANNA)
        opened.correct(record.reports[0].id, "outlet", "'t Dagblad", ANNA)
        yield opened


def _rebuilt(tables: Tables) -> Record:
    """Put a record together again from its tables, by the names of fields alone."""

    def parts(table: str, entry: object) -> list[dict[str, Any]]:
        return sorted((r for r in tables[table] if r["entry"] == entry), key=lambda r: r["n"])

    def made(cls: type, row: dict[str, Any], **more: object) -> Any:  # noqa: ANN401 - any entry
        names = {f.name for f in fields(cls)}
        own = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k in names}
        if "corrections" in names:
            more["corrections"] = tuple(
                made(Correction, r) for r in parts("corrections", row["id"])
            )
        return cls(**own, **more)

    def evidence(name: str) -> tuple[Evidence, ...]:
        return tuple(made(Evidence, r) for r in parts("evidence", name))

    events = []
    for row in tables["events"]:
        days = (row["first_day"], row["last_day"])
        events.append(
            made(
                EventEntry,
                row,
                date=None if days == (None, None) else days,
                evidence=evidence(row["id"]),
                quantities=tuple(made(QuantityEntry, r) for r in parts("quantities", row["id"])),
                figures=tuple(made(Figure, r) for r in parts("figures", row["id"])),
            )
        )
    provisions = [
        made(
            ProvisionEntry,
            row,
            history=tuple(
                (r["date"], r["status"], made(Evidence, r)) for r in parts("history", row["id"])
            ),
        )
        for row in tables["provisions"]
    ]
    (about,) = tables["record"]
    return Record(
        **about,
        reports=tuple(made(ReportEntry, r) for r in tables["reports"]),
        events=tuple(events),
        claims=tuple(made(ClaimEntry, r, evidence=evidence(r["id"])[0]) for r in tables["claims"]),
        positions=tuple(
            made(PositionEntry, r, evidence=evidence(r["id"])) for r in tables["positions"]
        ),
        provisions=tuple(provisions),
        unknowns=tuple(
            made(UnknownEntry, r, evidence=evidence(r["id"])) for r in tables["unknowns"]
        ),
        actors=tuple(
            made(ActorEntry, r, roles=tuple(made(RoleEntry, p) for p in parts("roles", r["id"])))
            for r in tables["actors"]
        ),
        outlets=tuple(made(OutletEntry, r) for r in tables["outlets"]),
        orphans=tuple(made(Correction, r) for r in parts("corrections", None)),
    )


def _read_csv(text: str, name: str) -> list[dict[str, Any]]:
    """Read a table by its documented rules."""
    rules: dict[str, Callable[[str], Any]] = {
        "text": lambda cell: cell.removeprefix("'"),
        "day": dt.date.fromisoformat,
        "time": dt.datetime.fromisoformat,
        "number": float,
        "whole": int,
        "flag": lambda cell: {"true": True, "false": False}[cell],
        "texts": json.loads,
    }
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert all(list(row) == list(TABLES[name]) for row in rows)
    return [
        {c: None if row[c] == "" else rules[kind](row[c]) for c, kind in TABLES[name].items()}
        for row in rows
    ]


def test_parquet_holds_the_whole_record(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "war"
    export_record(store, "parquet", out)
    tables = {name: pq.read_table(out / f"{name}.parquet").to_pylist() for name in TABLES}
    assert _rebuilt(tables) == store.record()


def test_csv_holds_the_whole_record_but_for_texts_that_are_empty(
    store: Store, tmp_path: Path
) -> None:
    out = tmp_path / "war"
    export_record(store, "csv", out)
    texts = {name: (out / f"{name}.csv").read_bytes().decode("utf-8") for name in TABLES}
    assert _rebuilt({name: _read_csv(t, name) for name, t in texts.items()}) == store.record()


def test_points_are_those_of_the_map(store: Store, tmp_path: Path) -> None:
    export_record(store, "parquet", tmp_path / "war")
    export_record(store, "geojson", tmp_path / "war.geojson")
    points = pq.read_table(tmp_path / "war" / "points.parquet").to_pylist()
    features = json.loads((tmp_path / "war.geojson").read_text("utf-8"))["features"]
    on_map = {f["id"]: f["geometry"]["coordinates"] for f in features if f["geometry"]}
    assert {p["entry"]: [p["longitude"], p["latitude"]] for p in points} == on_map
    assert {p["precision"] for p in points} >= {"exact place", "province"}


def test_every_field_of_an_entry_is_a_column_or_a_table() -> None:
    apart = {"date", "quantities", "figures", "evidence", "corrections", "history", "roles"}
    entries = {
        "reports": ReportEntry,
        "events": EventEntry,
        "claims": ClaimEntry,
        "positions": PositionEntry,
        "provisions": ProvisionEntry,
        "unknowns": UnknownEntry,
        "actors": ActorEntry,
        "outlets": OutletEntry,
        "quantities": QuantityEntry,
        "figures": Figure,
        "roles": RoleEntry,
        "evidence": Evidence,
        "corrections": Correction,
    }
    for table, cls in entries.items():
        assert is_dataclass(cls)
        missing = {f.name for f in fields(cls)} - set(TABLES[table]) - apart
        assert missing == set(), table


def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(
    store: Store, tmp_path: Path
) -> None:
    out = tmp_path / "war"
    export_record(store, "csv", out)
    for file in out.iterdir():
        for row in csv.reader(io.StringIO(file.read_text("utf-8"), newline="")):
            assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in row), file
    events = (out / "events.csv").read_text("utf-8")
    assert "'-Osk" in events


def test_duckdb_and_polars_answer_from_parquet(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "war"
    export_record(store, "parquet", out)
    record = store.record()
    killed = sum(q.value for e in record.events for q in e.quantities if q.role == "killed")
    query = (
        f"select sum(value) from '{out}/quantities.parquet' q"  # noqa: S608 - a path of our own
        f" join '{out}/events.parquet' e on q.entry = e.id where role = 'killed'"
    )
    ((answer,),) = duckdb.sql(query).fetchall()
    assert answer == killed
    frame = pl.read_parquet(out / "events.parquet")
    assert frame.height == len(record.events)
    assert frame["first_day"].min() == min(e.date[0] for e in record.events if e.date)
    acting = frame.filter(pl.col("actors").list.contains("Ardal")).height
    assert acting == sum("Ardal" in e.actors for e in record.events)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_zip_holds_the_same_files_and_is_the_same_each_time(
    store: Store, tmp_path: Path, kind: ExportFormat
) -> None:
    folder, one, two = tmp_path / "war", tmp_path / "one.zip", tmp_path / "two.zip"
    for out in (folder, one, two):
        export_record(store, kind, out)
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    assert held == {file.name: file.read_bytes() for file in folder.iterdir()}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one.zip", "two.zip", "war"]


def test_an_earlier_export_is_replaced_and_nothing_else_is(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "war"
    out.mkdir()
    (out / "events.csv").write_text("old", "utf-8")
    export_record(store, "csv", out, as_of=dt.date(2031, 5, 1))
    assert (out / "events.csv").read_text("utf-8") != "old"
    (out / "thesis.docx").write_text("years of work", "utf-8")
    with pytest.raises(RecordError, match=r"a folder that holds thesis\.docx; it must be new"):
        export_record(store, "csv", out)
    assert (out / "thesis.docx").read_text("utf-8") == "years of work"
    assert [p.name for p in tmp_path.iterdir()] == ["war"]


def test_a_folder_in_the_way_of_a_file_and_a_file_in_the_way_of_a_folder_are_said(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "war").mkdir()
    with pytest.raises(RecordError, match="found a folder; it must be a file"):
        export_record(store, "jsonl", tmp_path / "war")
    (tmp_path / "peace").write_text("mine", "utf-8")
    with pytest.raises(RecordError, match="found a file; it must be a folder"):
        export_record(store, "csv", tmp_path / "peace")
    with pytest.raises(RecordError, match="No such file or directory; it must be in a folder"):
        export_record(store, "html", tmp_path / "nowhere" / "war.html")


def test_an_export_that_fails_half_way_leaves_what_was_there(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, folder = tmp_path / "war.jsonl", tmp_path / "war"
    export_record(store, "jsonl", file)
    export_record(store, "csv", folder)
    before = file.read_bytes(), sorted(p.read_bytes() for p in folder.iterdir())

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("foedus.record.exchange.writing.os.fsync", full_disk)
    for kind, out in (("jsonl", file), ("csv", folder)):
        with pytest.raises(RecordError, match="No space left on device"):
            export_record(store, kind, out, as_of=dt.date(2031, 5, 1))  # type: ignore[arg-type]
    assert (file.read_bytes(), sorted(p.read_bytes() for p in folder.iterdir())) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["war", "war.jsonl"]


def test_an_export_as_of_a_day_holds_only_what_was_known(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "war"
    day = dt.date(2031, 5, 6)
    export_record(store, "parquet", out, as_of=day)
    known = pq.read_table(out / "reports.parquet").to_pylist()
    assert {r["id"] for r in known} == {r.id for r in store.record(day).reports}
    assert 0 < len(known) < len(store.record().reports)
