"""The same sweep on a Ray cluster of two workers, one of which is killed while it solves."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from foedus.case import to_yaml
from foedus.errors import SearchError
from foedus.search import SweepSettings, on_ray
from foedus.search.to_parquet import sweep_to_parquet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.case.values import Case

SCRIPT = Path(__file__).parent / "sweep_script.py"
SETTINGS = SweepSettings(futures=16, keep=3, workers=2, deals="all")
INSTALLED = importlib.util.find_spec("ray") is not None
WORKING = "ray::reduce_there"
"""What Ray calls a worker while it solves a shard."""


def descendants(pid: int) -> dict[int, str]:
    """Return every process begun by ``pid`` or by one of those, with what it is called."""
    parents, names = {}, {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            name = (status.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, UnicodeDecodeError):
            continue
        parents[int(status.parent.name)], names[int(status.parent.name)] = parent, name
    found = {pid}
    while more := {p for p, parent in parents.items() if parent in found} - found:
        found |= more
    return {p: names[p] for p in found - {pid}}


@pytest.fixture
def short() -> Iterator[Path]:
    """Give a folder with a short name: Ray puts sockets in it, and those have short names."""
    with tempfile.TemporaryDirectory(prefix="ray", dir="/tmp") as folder:
        yield Path(folder)


@pytest.mark.skipif(not INSTALLED, reason="ray is not installed")
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc to look into")
def test_a_worker_killed_on_a_cluster_changes_nothing(
    small: Case, tmp_path: Path, short: Path
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(to_yaml(small), "utf-8")
    command = [sys.executable, str(SCRIPT)]
    here, there = tmp_path / "here.parquet", tmp_path / "there.parquet"
    environment = os.environ | {"HOME": str(short), "RAY_TMPDIR": str(short)}
    killed, seen = None, {}
    with subprocess.Popen(
        [*command, there, case, "ray", "0.1"], stdout=subprocess.DEVNULL, env=environment
    ) as sweeping:
        while sweeping.poll() is None:
            running = descendants(sweeping.pid)
            seen |= running
            solving = [pid for pid, name in running.items() if name.startswith(WORKING)]
            if solving and killed is None:
                killed = solving[0]
                os.kill(killed, signal.SIGKILL)
            time.sleep(0.02)
    assert sweeping.returncode == 0
    assert killed is not None
    subprocess.run([*command, here, case, "here", "0"], check=True, stdout=subprocess.DEVNULL)
    assert there.read_bytes() == here.read_bytes()
    wait_for_end(seen)


def wait_for_end(processes: dict[int, str]) -> None:
    """Fail unless all of them are gone soon."""
    left = dict(processes)
    for _ in range(100):
        left = {p: n for p, n in left.items() if Path(f"/proc/{p}/cmdline").exists()}
        if not left:
            return
        time.sleep(0.1)
    assert left == {}


def test_without_ray_the_extra_is_named(
    small: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SearchError, match=r"Ray is not installed.*pip install 'foedus\[ray\]'"):
        sweep_to_parquet(small, SETTINGS, tmp_path / "deals.parquet", on="ray")


def test_an_address_of_no_cluster_is_refused(small: Case, tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="must be ray or ray://host:port"):
        sweep_to_parquet(small, SETTINGS, tmp_path / "deals.parquet", on="http://elsewhere")


def test_another_version_on_a_worker_is_refused(small: Case) -> None:
    with pytest.raises(SearchError, match=r"it must be 0\.0\.9, as where the sweep was begun"):
        on_ray.reduce_there((small, None, "0.0.9"), None, 16)
