"""The app, put together: what stands before it, its pages, its API, and the work behind it."""

from __future__ import annotations

import getpass
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog
from fastapi import Depends, FastAPI

from foedus import __version__, desk, flow, reading, record
from foedus.web import assets, faults
from foedus.web.api import routers as api
from foedus.web.guard import Guard
from foedus.web.pages import routers as pages
from foedus.web.place import Memory, Place
from foedus.web.visitors import meant
from foedus.web.work import Work

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from foedus.web.settings import WebSettings

log = structlog.get_logger("foedus.web")


def make_app(settings: WebSettings) -> FastAPI:
    """Return the app on a record; the record and its desk are made if there are none.

    Raises
    ------
    FoedusError
        When either cannot be opened.
    """
    store = record.open_store(settings.record)
    kept = desk.open_desk(settings.record)
    work = Work(store, kept, reading.StandingReader)

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        work.start()
        compile_ahead()
        try:
            yield
        finally:
            work.stop()
            kept.__exit__()
            store.__exit__()

    app = FastAPI(
        title="foedus",
        version=__version__,
        summary="Which security guarantee would hold?",
        lifespan=running,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        dependencies=[Depends(meant)],
    )
    app.state.place = Place(
        settings=settings, store=store, desk=kept, memory=Memory(store), work=work
    )
    app.state.own_name = _own_name()
    app.add_middleware(Guard, settings=settings)
    faults.add_to(app)
    app.include_router(assets.router)
    for router in pages:
        app.include_router(router)
    for router in api:
        app.include_router(router, responses=faults.PROBLEMS)
    return app


def compile_ahead() -> None:
    """Begin to compile the game, if this machine has not yet: nobody should wait for it later."""
    threading.Thread(target=flow.compile_game, args=(log.info,), daemon=True).start()


def _own_name() -> str:
    """Return the name that the one user of a machine signs changes with."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in a container
        return "somebody"
