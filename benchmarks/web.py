"""Fifty people reading and five writing at once, for a minute, in the web app on this machine.

    python benchmarks/web.py [--json] [--seconds 60] [--record postgresql+psycopg://...]
                             [--workers 1] [--readers 50] [--writers 5]

The app is served as `foedus serve` serves it, on a record of the example reports. A reader goes
from page to page and tries deals in the studio, a second between two of them; a writer corrects
what was read and takes it back, and brings new reports in. At the end it is checked that no answer
was a fault and that nothing that was written is lost.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from foedus import flow, record

PAGES = ("/", "/reports", "/timeline", "/map", "/meetings", "/positions", "/provisions")
PAGES += ("/disputes", "/cases", "/search?q=drones", "/changes", "/settings")
PAUSE = 1.0
"""Seconds that a person looks at a page: far fewer than they do."""


@dataclass
class Told:
    """How long answers took, by what was asked, and those that were faults."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    written: int = 0
    brought: int = 0


class Person:
    """A browser, with a cookie and the token of its forms."""

    def __init__(self, client: httpx.AsyncClient, told: Told) -> None:
        self._client = client
        self._told = told

    async def begin(self) -> None:
        """Open the first page."""
        await self._client.get("/")
        session = (await self._client.get("/api/v1/session")).json()
        self._client.headers["x-csrf-token"] = session["csrf"]

    async def ask(self, kind: str, method: str, address: str, **more: object) -> httpx.Response:
        """Ask for something, and note how long it took and whether it was a fault."""
        begun = time.perf_counter()
        answer = await self._client.request(method, address, **more)
        self._told.seconds[kind].append(time.perf_counter() - begun)
        if answer.status_code >= 400:
            self._told.faults.append(
                f"{method} {address}: {answer.status_code} {answer.text[:200]}"
            )
        return answer


async def read(person: Person, case: dict, chance: random.Random, until: float) -> None:
    """Read page after page, and try deals, until a time."""
    await person.begin()
    await asyncio.sleep(chance.uniform(0, PAUSE))
    while time.perf_counter() < until:
        if chance.random() < 0.25:
            deal = {
                p["id"]: chance.choice(
                    [le["name"] for le in p["levels"] if le["name"] not in p["excluded"]]
                )
                for p in case["case"]["provisions"]
            }
            body = {"deals": [deal]}
            await person.ask("studio", "POST", f"/api/v1/cases/{case['id']}/studio", json=body)
        else:
            await person.ask("page", "GET", chance.choice(PAGES))
        await asyncio.sleep(PAUSE)


async def write(person: Person, n: int, told: Told, mentions: list[str], until: float) -> None:
    """Correct and take back, and bring reports in, until a time."""
    await person.begin()
    turn = 0
    while time.perf_counter() < until:
        turn += 1
        wanted = {"kind": "accept", "ids": [mentions[(n + 7 * turn) % len(mentions)]]}
        made = await person.ask("change", "POST", "/api/v1/changes", json=wanted)
        if made.is_success:
            told.written += 1
            number = made.json()["number"]
            undone = await person.ask("change", "POST", f"/api/v1/changes/{number}/undo")
            told.written += undone.is_success
        if turn % 5 == 1:
            story = (
                f"Quend shelled Ostrave on Monday, killing {n + turn} people. Writer {n}, {turn}."
            )
            sent = await person.ask(
                "bring in", "POST", "/api/v1/jobs/reports", json={"texts": [story]}
            )
            told.brought += sent.is_success
        await asyncio.sleep(PAUSE)


async def drive(address: str, options: argparse.Namespace) -> Told:
    """Let everybody in at once; then check that nothing that was written is lost."""
    told = Told()
    limits = httpx.Limits(max_connections=None)
    clients = [
        httpx.AsyncClient(base_url=address, timeout=60, limits=limits)
        for _ in range(options.readers + options.writers)
    ]
    try:
        first = Person(clients[0], told)
        await first.begin()
        made = (await first.ask("begin", "POST", "/api/v1/cases", json={})).json()
        case = (await first.ask("begin", "GET", f"/api/v1/cases/{made['id']}")).json()
        await first.ask("begin", "POST", f"/api/v1/cases/{made['id']}/studio", json={"deals": [{}]})
        reports = (await first.ask("begin", "GET", "/api/v1/reports")).json()["items"]
        shown = await first.ask("begin", "GET", f"/api/v1/reports/{reports[0]['id']}")
        mentions = [m["id"] for m in shown.json()["mentions"]]
        until = time.perf_counter() + options.seconds
        people = [Person(client, told) for client in clients]
        readers = [
            read(person, case, random.Random(n), until)  # noqa: S311 - made-up people
            for n, person in enumerate(people[options.writers :])
        ]
        writers = [
            write(person, n, told, mentions, until)
            for n, person in enumerate(people[: options.writers])
        ]
        await asyncio.gather(*readers, *writers)
        while (await clients[0].get("/readyz")).json()["jobs"]:  # noqa: ASYNC110 - another process's
            await asyncio.sleep(0.2)
        kept = (await clients[0].get("/api/v1/changes")).json()["total"]
        if kept != told.written:
            told.faults.append(f"{told.written} changes were written, {kept} are kept")
        held = (await clients[0].get("/api/v1/record")).json()["counts"]["reports"]
        if held != len(reports) + told.brought:
            told.faults.append(
                f"{told.brought} reports were brought in, {held - len(reports)} kept"
            )
    finally:
        for client in clients:
            await client.aclose()
    return told


def served(where: str, options: argparse.Namespace) -> Told:
    """Serve the app for as long as it is driven."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "foedus", "serve", "--record", where, "--port", str(port)]
    server = subprocess.Popen(  # noqa: S603 - ourselves
        [*command, "--workers", str(options.workers)], stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                if httpx.get(f"{address}/readyz").is_success:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        return asyncio.run(drive(address, options))
    finally:
        server.terminate()
        server.wait(timeout=60)


def summary(told: Told, seconds: float) -> dict[str, object]:
    """Return how many answers there were and how long they took, in milliseconds."""
    result: dict[str, object] = {
        "requests": sum(map(len, told.seconds.values())),
        "requests_per_second": round(sum(map(len, told.seconds.values())) / seconds, 1),
        "faults": len(told.faults),
        "changes_written": told.written,
        "reports_brought_in": told.brought,
    }
    for kind, times in told.seconds.items():
        ranked = sorted(times)
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            at = min(len(ranked) - 1, int(share * len(ranked)))
            result[f"{kind.replace(' ', '_')}_{name}_ms"] = round(1000 * ranked[at], 1)
    return result


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--record", help="an empty database; a file of its own when left out")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--writers", type=int, default=5)
    options = parser.parse_args()
    examples = sorted((Path(__file__).parents[1] / "examples").glob("*.*"))
    with tempfile.TemporaryDirectory() as folder:
        where = options.record or str(Path(folder) / "war.db")
        names = [str(p) for p in examples if p.suffix in {".txt", ".html"}]
        flow.keep(names, where, flow.BriefSettings())
        with record.open_store(where) as store:
            assert store.record().reports, "an empty record cannot be read"  # noqa: S101 - of ours
        told = served(where, options)
    found = summary(told, options.seconds)
    if options.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name:24} {value}")
    for fault in told.faults[:10]:
        print(fault, file=sys.stderr)
    sys.exit(bool(told.faults))


if __name__ == "__main__":
    main()
