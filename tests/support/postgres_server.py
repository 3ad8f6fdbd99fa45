"""A PostgreSQL server of the tests' own, where Debian's is installed: made, used, taken away."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTINGS = {
    "fsync": "off",  # a server that lives for a minute need not outlive the machine
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "40",
    "shared_buffers": "16MB",
}


class Server:
    """A running server; each call of `database` makes an empty database and gives its address."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._numbers = count()

    def database(self) -> str:
        import psycopg  # noqa: PLC0415 - may not be installed

        name = f"record_{next(self._numbers)}"
        address = f"postgresql://foedus@127.0.0.1:{self._port}"
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        return f"postgresql+psycopg://foedus@127.0.0.1:{self._port}/{name}"


@contextmanager
def server() -> Iterator[Server]:
    """Run a server for a while; skip with a reason where there is none to run."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not binaries:
        pytest.skip("PostgreSQL is not installed: there is no /usr/lib/postgresql/*/bin/initdb")
    pytest.importorskip("psycopg", reason="the driver psycopg is not installed")
    commands = binaries[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="foedus-postgres-"))
    who: dict[str, Any] = {"cwd": folder}
    if os.geteuid() == 0:  # the server refuses to run as root
        who |= _somebody_else(folder)
    data, port = folder / "data", _free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
    try:
        made = [commands / "initdb", "-D", data, "-U", "foedus", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*made, "--no-sync", "--locale=C"], check=True, **quiet, **who)
        options = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
        with (folder / "log").open("w") as log:
            running = subprocess.Popen(
                [commands / "postgres", "-D", data, "-p", str(port), *options],
                stdout=log,
                stderr=log,
                **who,
            )
        try:
            _wait(commands / "pg_isready", port, running, folder / "log")
            yield Server(port)
        finally:
            running.terminate()
            running.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _somebody_else(folder: Path) -> dict[str, Any]:
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    pytest.skip("PostgreSQL will not run as root, and there is no other user here")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(ready: Path, port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    ask = [ready, "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(300):
        if subprocess.run(ask, check=False).returncode == 0:
            return
        if running.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(f"PostgreSQL did not start:\n{log.read_text('utf-8')}")
