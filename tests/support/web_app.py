"""What tests of the web app share: waiting for a job, the password of everybody."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PASSWORD = "a quiet harbour at noon"  # noqa: S105 - of nobody
HOME = "http://127.0.0.1"
OVER = {"done", "failed", "cancelled"}
PATIENCE = 120.0
"""Seconds to wait for a job: a machine may have to compile the game first."""


def with_token(client: TestClient) -> TestClient:
    """Open a page, as a browser does, and send the token of its forms from then on."""
    client.get("/sign-in")
    client.headers["x-csrf-token"] = client.get("/api/v1/session").json()["csrf"]
    return client


def ended(client: TestClient, job: str) -> dict[str, Any]:
    """Wait until a job is over, and return it."""
    deadline = time.monotonic() + PATIENCE
    while True:
        told: dict[str, Any] = client.get(f"/api/v1/jobs/{job}").json()
        if told["state"] in OVER:
            return told
        assert time.monotonic() < deadline, told
        time.sleep(0.05)
