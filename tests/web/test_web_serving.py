"""`foedus serve` as a team runs it: several processes on PostgreSQL, begun, asked, ended."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest
from typer.testing import CliRunner

import postgres_server
from foedus.cli.app import app
from foedus.desk import open_desk
from foedus.errors import FoedusError
from web_app import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 120
STORY = "Quend shelled Ostrave on Monday, killing four people, the governor of Ostrave said."


@pytest.fixture(scope="module")
def server() -> Iterator[postgres_server.Server]:
    with postgres_server.server() as running:
        yield running


@contextmanager
def serving(where: str, *options: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "foedus", "serve", "--record", where, "--port", str(port)]
    process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            _wait(client, process)
            yield client, process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _wait(client: httpx.Client, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    process.kill()
    pytest.fail(f"the server did not begin: {process.communicate()[1]}")


def make_admin(where: str) -> None:
    options = ["serve", "--record", where, "--make-admin", "Ida Stern"]
    done = CliRunner().invoke(app, options, input=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output


def sign_in(client: httpx.Client) -> None:
    client.get("/sign-in")
    token = client.get("/api/v1/session").json()["csrf"]
    form = {"name": "Ida Stern", "password": PASSWORD, "csrf": token}
    assert client.post("/sign-in", data=form).status_code == 303
    client.headers["x-csrf-token"] = client.get("/api/v1/session").json()["csrf"]


def test_a_team_signs_in_reads_and_stops_without_losing_work(
    server: postgres_server.Server,
) -> None:
    where = server.database()
    make_admin(where)
    texts = [f"{STORY} It was raid {n}." for n in range(16)]
    with serving(where, "--team", "--workers", "2") as (client, process):
        assert client.get("/api/v1/record").status_code == 401
        sign_in(client)
        job = client.post("/api/v1/jobs/reports", json={"texts": texts}).json()["id"]
        deadline = time.monotonic() + PATIENCE
        while not client.get("/api/v1/record").json()["counts"]["reports"]:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=PATIENCE)
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {"event", "level", "timestamp"} <= set(lines[0])
    assert "Traceback" not in log
    with open_desk(where) as desk:
        left = desk.jobs.job(job)
        assert left.state in {"waiting", "done"}, left
    with serving(where, "--team") as (client, _):
        sign_in(client)
        while client.get(f"/api/v1/jobs/{job}").json()["state"] != "done":
            time.sleep(0.1)
        assert client.get("/api/v1/record").json()["counts"]["reports"] == len(texts)


def test_a_killed_process_leaves_its_job_to_the_next(tmp_path: Path) -> None:
    where = str(tmp_path / "war.db")
    with serving(where) as (client, process):
        texts = [f"{STORY} It was raid {n}." for n in range(12)]
        job = client.post("/api/v1/jobs/reports", json={"texts": texts}).json()["id"]
        while not client.get("/api/v1/record").json()["counts"]["reports"]:
            time.sleep(0.02)
        process.kill()
        process.communicate(timeout=30)  # until the process that reads has gone too
    with open_desk(where) as desk:
        items = desk.jobs.items(job)
        assert desk.jobs.job(job).state == "running"  # nobody could say otherwise
        left = sum(item.state == "waiting" for item in items)
        assert left > 0
        found = desk.jobs.next_item(job)
        assert found is not None
        assert found[1].content  # what has not been read is there to be read


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7"])  # noqa: S104 - to be refused
def test_without_accounts_only_this_machine_is_served(host: str) -> None:
    done = CliRunner().invoke(app, ["serve", "--host", host])
    assert isinstance(done.exception, FoedusError)
    assert "--team" in str(done.exception)


def test_an_account_needs_a_password_that_is_long_enough(tmp_path: Path) -> None:
    options = ["serve", "--record", str(tmp_path / "war.db"), "--make-admin", "Ida"]
    done = CliRunner().invoke(app, options, input="short\nshort\n")
    assert isinstance(done.exception, FoedusError)
    assert "12 characters" in str(done.exception)
