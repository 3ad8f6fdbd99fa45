"""Run the app: one process or several, logs as JSON lines, and an end that leaves nothing half."""

from __future__ import annotations

import json
import logging
import os
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import structlog
import uvicorn

from foedus import desk, record
from foedus.web.app import make_app
from foedus.web.settings import WebSettings

if TYPE_CHECKING:
    from fastapi import FastAPI

STOP_SECONDS = 20
"""How long requests that are under way may take once the server is told to end."""

_VARIABLE = "FOEDUS_SERVING"
"""By which the processes that serve are told how; set by `run` for those it starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How and where to serve; `foedus.web.settings.WebSettings` says what its fields mean."""

    record: str
    host: str
    port: int
    team: bool
    hosts: tuple[str, ...]
    secure: bool
    workers: int


def run(serving: Serving) -> None:
    """Serve until told to end (SIGTERM, or Ctrl-C); requests and jobs under way end well.

    Raises
    ------
    FoedusError
        When the record or its desk cannot be opened.
    """
    logs()
    record.open_store(serving.record).__exit__()  # a fault is told here, once, before any process
    desk.open_desk(serving.record).__exit__()
    os.environ[_VARIABLE] = json.dumps(asdict(serving))
    where = f"[{serving.host}]" if ":" in serving.host else serving.host
    sys.stderr.write(f"foedus: http://{where}:{serving.port}/ (Ctrl-C ends it)\n")
    uvicorn.run(
        "foedus.web.serving:served",
        factory=True,
        host=serving.host,
        port=serving.port,
        workers=serving.workers,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=serving.team,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def served() -> FastAPI:
    """Return the app that `run` was asked for; called in each process that serves."""
    logs()
    told = json.loads(os.environ[_VARIABLE])
    return make_app(
        WebSettings(
            record=told["record"],
            team=told["team"],
            hosts=tuple(told["hosts"]),
            secure=told["secure"],
            workers=told["workers"],
        )
    )


def make_admin_account(where: str, name: str, password: str) -> None:
    """Make an account that may do everything.

    Raises
    ------
    FoedusError
        When the name is taken, or the password too short.
    """
    record.open_store(where).__exit__()
    with desk.open_desk(where) as opened:
        opened.accounts.add(name, "admin", password)
        opened.audit.write(name, "add", f"account {name}", "admin, from the command line")


def logs() -> None:
    """Write logs as JSON lines on standard error, those of the server too."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for ours in ("foedus", "uvicorn.error"):
        logging.getLogger(ours).setLevel(logging.INFO)
