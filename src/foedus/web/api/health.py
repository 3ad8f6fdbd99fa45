"""Whether the app lives, and whether it can answer: for whoever keeps it running."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException

from foedus import __version__
from foedus.errors import FoedusError
from foedus.web.place import Here

router = APIRouter(tags=["health"])


@router.get("/healthz")
def alive() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "alive", "version": __version__}


@router.get("/readyz", responses={503: {"description": "A database does not answer."}})
def ready(place: Here) -> dict[str, Any]:
    """Say whether record and desk answer."""
    try:
        stamp = place.store.stamp()
        place.desk.ping()
    except (FoedusError, OSError) as error:
        raise HTTPException(503, "A database does not answer.") from error
    return {"status": "ready", "record": stamp, "jobs": place.desk.jobs.waiting()}
