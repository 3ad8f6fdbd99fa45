"""The app on a record of the example reports, for one person and for a team."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from foedus import flow
from foedus.desk import open_desk
from foedus.web.app import make_app
from foedus.web.settings import WebSettings
from web_app import HOME, PASSWORD, with_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Client = TestClient


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory, examples: list[Path]) -> Path:
    """The record of the example reports, read once."""
    path = tmp_path_factory.mktemp("read") / "war.db"
    flow.keep([str(p) for p in examples], str(path), flow.BriefSettings())
    return path


@pytest.fixture
def where(read: Path, tmp_path: Path) -> str:
    """A copy of that record, to change."""
    return str(shutil.copy(read, tmp_path / "war.db"))


@pytest.fixture
def alone(where: str) -> Iterator[Client]:
    """The app for one person, in a browser: with a cookie, and the token of its forms."""
    with TestClient(make_app(WebSettings(record=where)), HOME, follow_redirects=False) as client:
        yield with_token(client)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Client]:
    """The app for one person on a record that holds nothing."""
    settings = WebSettings(record=str(tmp_path / "empty.db"))
    with TestClient(make_app(settings), HOME, follow_redirects=False) as client:
        yield with_token(client)


@pytest.fixture
def team(where: str) -> Iterator[Callable[[str | None], Client]]:
    """The app for a team; called with a role (or None), a browser signed in (or not)."""
    with open_desk(where) as desk:
        for role in ("reader", "analyst", "admin"):
            desk.accounts.add(role, role, PASSWORD)
    app = make_app(WebSettings(record=where, team=True))
    clients: list[TestClient] = []

    def browser(role: str | None) -> Client:
        client = TestClient(app, HOME, follow_redirects=False)
        clients.append(client)
        with_token(client)
        if role is not None:
            told = {"name": role, "password": PASSWORD, "csrf": client.headers["x-csrf-token"]}
            assert client.post("/sign-in", data=told).status_code == 303
            with_token(client)
        return client

    with TestClient(app, HOME):  # begins and ends the work behind the app
        yield browser
    for client in clients:
        client.close()
