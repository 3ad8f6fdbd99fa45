"""Jobs: work that takes a while, kept so that it goes on after a restart.

One process at a time runs a job: it claims one that waits, says now and then that it is alive, and
another may take over what it has not spoken of for a while.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, or_, select, update

from foedus.desk import schema
from foedus.desk.tables import moment
from foedus.desk.values import Given, Item, Job
from foedus.errors import DeskError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from foedus.desk.tables import Tables
    from foedus.desk.values import JobKind, JobState

SILENT_SECONDS = 60
"""A job that nobody has spoken of for so long is taken over: its process has gone."""

OVER = ("done", "failed", "cancelled")


class Jobs:
    """The jobs."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(
        self,
        kind: JobKind,
        *,
        by: str,
        asked: Mapping[str, Any] | None = None,
        given: Sequence[Given] = (),
    ) -> Job:
        """Keep a job to be done, with what it is about, and return it."""
        now = self._tables.now()
        row = {
            "id": secrets.token_hex(6),
            "kind": kind,
            "by": by,
            "state": "waiting",
            "made": now,
            "beat": now,
            "share": 0.0,
            "says": "waiting for its turn",
            "asked": dict(asked or {}),
            "result": {},
            "cancelling": False,
        }
        items = [
            {"job": row["id"], "n": n, "name": one.name, "content": one.content}
            | {"state": "waiting", "said": "", "report": None}
            for n, one in enumerate(given)
        ]
        with self._tables.writing() as connection:
            connection.execute(insert(schema.jobs).values(row))
            if items:
                connection.execute(insert(schema.items), items)
        return _job({**row, "ended": None})

    def claim(self) -> Job | None:
        """Return a job for this process to run, the oldest first; None when there is none."""
        table, now = schema.jobs, self._tables.now()
        left = (table.c.state == "running") & (table.c.beat < now - SILENT_SECONDS)
        asked = (
            select(table)
            .where(or_(table.c.state == "waiting", left))
            .order_by(table.c.made, table.c.id)
            .limit(1)
        )
        with self._tables.reading() as connection:  # most looks find nothing: no lock for that
            if connection.execute(asked).first() is None:
                return None
        with self._tables.writing() as connection:
            row = connection.execute(asked).mappings().first()
            if row is None:
                return None
            taken = {"state": "running", "beat": now}
            connection.execute(update(table).where(table.c.id == row["id"]).values(taken))
        return _job({**row, **taken})

    def beat(self, id_: str, share: float, says: str) -> bool:
        """Say that a job goes on and how far it is; return whether it is to be broken off."""
        table = schema.jobs
        said = {"beat": self._tables.now(), "share": share, "says": says}
        with self._tables.writing() as connection:
            connection.execute(update(table).where(table.c.id == id_).values(said))
            asked = select(table.c.cancelling).where(table.c.id == id_)
            return bool(connection.execute(asked).scalar())

    def end(
        self, id_: str, state: JobState, says: str, result: Mapping[str, Any] | None = None
    ) -> None:
        """Say that a job is over, and what came of it."""
        table, now = schema.jobs, self._tables.now()
        said: dict[str, Any] = {"state": state, "says": says, "ended": now, "beat": now}
        said |= {"result": dict(result or {})} | ({"share": 1.0} if state == "done" else {})
        with self._tables.writing() as connection:
            connection.execute(update(table).where(table.c.id == id_).values(said))

    def give_back(self, id_: str) -> None:
        """Let another process run a job that this one has to leave."""
        table = schema.jobs
        left = {"state": "waiting", "says": "waiting for its turn"}
        with self._tables.writing() as connection:
            running = (table.c.id == id_) & (table.c.state == "running")
            connection.execute(update(table).where(running).values(left))

    def cancel(self, id_: str) -> Job:
        """Ask that a job be broken off; one that waits is over at once.

        Raises
        ------
        DeskError
            When there is no such job.
        """
        table, now = schema.jobs, self._tables.now()
        mine = table.c.id == id_
        waiting = {"state": "cancelled", "says": "cancelled before it began", "ended": now}
        with self._tables.writing() as connection:
            connection.execute(update(table).where(mine).values(cancelling=True))
            stopped = update(table).where(mine, table.c.state == "waiting").values(waiting)
            connection.execute(stopped)
        return self.job(id_)

    def job(self, id_: str) -> Job:
        """Return a job; `DeskError` when there is none."""
        with self._tables.reading() as connection:
            asked = select(schema.jobs).where(schema.jobs.c.id == id_)
            row = connection.execute(asked).mappings().first()
        if row is None:
            fault = Fault(at="", found="no such job", must="be one that is kept", reason="missing")
            raise DeskError(id_, (fault,))
        return _job(row)

    def newest(self, most: int = 50) -> tuple[Job, ...]:
        """Return the newest jobs, the newest first."""
        table = schema.jobs
        asked = select(table).order_by(table.c.made.desc(), table.c.id.desc()).limit(most)
        with self._tables.reading() as connection:
            return tuple(_job(row) for row in connection.execute(asked).mappings())

    def items(self, id_: str) -> tuple[Item, ...]:
        """Return what a job is about, in the order given."""
        table = schema.items
        columns = [table.c[name] for name in ("n", "name", "state", "said", "report")]
        asked = select(*columns).where(table.c.job == id_).order_by(table.c.n)
        with self._tables.reading() as connection:
            return tuple(Item(**row) for row in connection.execute(asked).mappings())

    def next_item(self, id_: str) -> tuple[int, Given] | None:
        """Return the number of the next thing to be read, and the thing; None when all is."""
        table = schema.items
        left = (table.c.job == id_) & (table.c.state == "waiting")
        asked = select(table.c.n, table.c.name, table.c.content).where(left).order_by(table.c.n)
        with self._tables.reading() as connection:
            row = connection.execute(asked.limit(1)).first()
        return None if row is None else (row.n, Given(name=row.name, content=row.content))

    def settle(self, id_: str, item: Item) -> None:
        """Say what became of one thing; its bytes are dropped."""
        table = schema.items
        said = {"state": item.state, "said": item.said, "report": item.report, "content": None}
        mine = (table.c.job == id_) & (table.c.n == item.n)
        with self._tables.writing() as connection:
            connection.execute(update(table).where(mine).values(said))

    def waiting(self) -> int:
        """Return how many jobs wait or run."""
        table = schema.jobs
        asked = select(func.count()).where(table.c.state.not_in(OVER))
        with self._tables.reading() as connection:
            return int(connection.execute(asked).scalar() or 0)


def _job(row: Mapping[Any, Any]) -> Job:
    return Job(
        id=row["id"],
        kind=row["kind"],
        by=row["by"],
        state=row["state"],
        made=moment(row["made"]),
        ended=None if row["ended"] is None else moment(row["ended"]),
        share=row["share"],
        says=row["says"],
        asked=dict(row["asked"]),
        result=dict(row["result"]),
        cancelling=row["cancelling"],
    )
