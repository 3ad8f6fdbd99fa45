"""Work that takes a while: begun here, followed here, broken off here."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Request, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from foedus.desk import Given, Job
from foedus.desk.jobs import OVER
from foedus.show.data import plain
from foedus.web.place import Here, Place
from foedus.web.visitors import Analyst, Reader, Visitor, log

router = APIRouter(prefix="/api/v1", tags=["jobs"])

FILES_MOST = 500
TOLD_SECONDS = 0.5
"""How often one who follows a job is told of it, at most."""


class Sent(BaseModel):
    """Reports to be read: addresses, and texts pasted in."""

    model_config = ConfigDict(extra="forbid")

    addresses: Annotated[list[Annotated[str, Field(max_length=2000)]], Field(max_length=100)] = []
    texts: Annotated[list[Annotated[str, Field(max_length=2_000_000)]], Field(max_length=20)] = []


@router.post("/jobs/reports", status_code=202)
def send(sent: Sent, place: Here, visitor: Analyst) -> dict[str, Any]:
    """Have addresses and pasted texts read into the record."""
    return dict(plain(begin_reading(place, visitor, given_of(sent.addresses, sent.texts))))


@router.post("/jobs/files", status_code=202)
async def send_files(files: list[UploadFile], place: Here, visitor: Analyst) -> dict[str, Any]:
    """Have files read into the record: pages, texts, feeds, JSON Lines, web archives."""
    given = await given_files(files)
    job = await asyncio.to_thread(begin_reading, place, visitor, given)
    return dict(plain(job))


@router.get("/jobs")
def jobs(place: Here, _: Reader) -> dict[str, Any]:
    """List the newest jobs."""
    found = place.desk.jobs.newest()
    return {"total": len(found), "first": 0, "items": plain(found)}


@router.get("/jobs/{id_}")
def job(id_: str, place: Here, _: Reader) -> dict[str, Any]:
    """Return a job with what it is about."""
    return told(place, id_)


@router.post("/jobs/{id_}/cancel")
def cancel(id_: str, place: Here, visitor: Analyst) -> dict[str, Any]:
    """Break a job off; what has been done of it stays."""
    found = place.desk.jobs.cancel(id_)
    log(place, visitor, "cancel", f"job {id_}")
    return dict(plain(found))


@router.get("/jobs/{id_}/events")
async def follow(id_: str, request: Request, place: Here, _: Reader) -> StreamingResponse:
    """Follow a job by server-sent events, each with the job as `/jobs/{id}` gives it."""
    first = await asyncio.to_thread(told, place, id_)  # a missing job is refused, not followed

    async def stream() -> AsyncIterator[str]:
        state, last = first, ""
        while not await request.is_disconnected():
            data = json.dumps(state)
            if data != last:
                yield f"event: job\ndata: {data}\n\n"
                last = data
            if state["state"] in OVER:
                return
            await asyncio.sleep(TOLD_SECONDS)
            state = await asyncio.to_thread(told, place, id_)

    return StreamingResponse(stream(), media_type="text/event-stream")


def told(place: Place, id_: str) -> dict[str, Any]:
    """Return a job with what it is about, as plain data."""
    found = place.desk.jobs.job(id_)
    return {**plain(found), "items": plain(place.desk.jobs.items(id_))}


def begin_reading(place: Place, visitor: Visitor, given: list[Given]) -> Job:
    """Keep a job that reads what is given, and let it begin.

    Raises
    ------
    HTTPException
        With status 422 when nothing is given, or too much.
    """
    if not given:
        raise HTTPException(
            422,
            "Nothing to read was sent: choose files, paste a text, or give an"
            " address that begins with https:// or http://.",
        )
    if len(given) > FILES_MOST:
        raise HTTPException(422, f"{len(given)} files at once; it must be {FILES_MOST} or fewer.")
    made = place.desk.jobs.add("reports", by=visitor.name, given=given)
    log(place, visitor, "add", f"job {made.id}", ", ".join(one.name for one in given[:20]))
    place.work.wake()
    return made


def given_of(addresses: list[str], texts: list[str]) -> list[Given]:
    """Return addresses and pasted texts as things to read; refuses what is no web address."""
    found = []
    for address in filter(None, map(str.strip, addresses)):
        if not address.lower().startswith(("https://", "http://")):
            raise HTTPException(
                422,
                f"{address[:200]} is no address to read: it must begin with https:// or http://.",
            )
        found.append(Given(name=address, content=None))
    for n, text in enumerate(filter(str.strip, texts), start=1):
        first = " ".join(text.split())[:40]
        found.append(Given(name=f"pasted {n}: {first}", content=text.encode()))
    return found


async def given_files(files: list[UploadFile]) -> list[Given]:
    """Return files that were sent as things to read; a browser's empty choice is none."""
    found = []
    for file in files:
        content = await file.read()
        name = (file.filename or "").replace("\\", "/").rpartition("/")[2][:200]
        if name or content:
            found.append(Given(name=name or "a file", content=content))
    return found
