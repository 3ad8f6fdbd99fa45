"""A record of any version opens with all that is in it, and each migration can be taken back."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import inspect, select

from foedus.ids import ReportId
from foedus.record import Signature, migrating, open_store, schema
from foedus.record.opening import open_engine, writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from foedus.reading.values import Mentions

IDA = Signature(by="Ida Stern", at=dt.datetime(2031, 6, 1, 9, 30, tzinfo=dt.UTC))


@pytest.fixture
def told(full: Mentions, read: Callable[..., Mentions], event: Any, number: Any) -> list[Mentions]:  # noqa: ANN401 - helpers
    """What is in ``samples/first_version.sql``, a record made by the first version."""
    drones = (number(12, "drone", "launched"),)
    raid = ("Ardal's 12 drones came at Velm.", event(place="Velm", quantities=drones))
    copy = replace(full.report, id=ReportId("0" * 12), source="copy.html")
    return [full, read("other.txt", None, raid), replace(full, report=copy)]


def _rows(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, the index of words by what it finds aside.

    Names and reports are told by what they are and not by their numbers, which are given anew.
    """
    with engine.connect() as connection:
        rows = {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in schema.metadata.sorted_tables
        }
        numbers = connection.execute(select(schema.reports.c.number, schema.reports.c.id))
        reports = {row.number: row.id for row in numbers}
    names = {row[0]: row[1] for row in rows["names"]} | {None: None}
    rows["names"] = sorted((row[1:] for row in rows["names"]), key=repr)
    rows["parties"] = sorted(
        (
            (names[name], part, day, reports[report], n, names[side])
            for name, part, day, report, n, side in rows["parties"]
        ),
        key=repr,
    )
    return rows


def test_a_record_of_the_first_version_opens_with_all_that_is_in_it(
    tmp_path: Path, told: list[Mentions]
) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    dump = Path(__file__).parent / "samples" / "first_version.sql"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(dump.read_text("utf-8"))
    with open_store(str(old)) as opened, open_store(str(new)) as fresh:
        for mentions in told:
            fresh.add(mentions, reader="1")
        assert opened.record() == fresh.record()
        assert opened.search("drones") == fresh.search("drones") != ()
        assert opened.check() == ()
        (one, two) = (_rows(store._engine) for store in (opened, fresh))
    one.pop("reports")  # numbered in another order
    two.pop("reports")
    assert one == two


def test_each_migration_can_be_taken_back_and_run_again_with_data(
    where: str, told: list[Mentions]
) -> None:
    with open_store(where) as store:
        store.add_all(told, reader="1")
        store.correct(store.record().events[0].id, "place", "Osk", IDA)
        record, rows = store.record(), _rows(store._engine)
        found = store.search("drones Velm")
    assert rows["parties"]
    for to in reversed(("base", *migrating.revisions()[:-1])):
        engine = open_engine(where)
        with writing(engine).begin() as connection:
            migrating.downgrade(connection, to)
            tables = set(inspect(connection).get_table_names())
        engine.dispose()
        assert ("changes" in tables, "reports" in tables) == (to in {"0002", "0003"}, to != "base")
        with open_store(where) as store:
            again = _rows(store._engine)
            if to in {"0002", "0003"}:
                assert (store.record(), store.search("drones Velm")) == (record, found)
                again.pop("reports")
                assert again.items() <= rows.items()
            elif to == "0001":
                assert len(store.record().reports) == 2
                assert (store.changes(), again["events"]) == ((), rows["events"])
            else:
                assert store.record().reports == ()
