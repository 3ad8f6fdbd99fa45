"""The inbox: bring reports in, see what becomes of them."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from foedus.web.api.jobs import begin_reading, given_files, given_of, told
from foedus.web.place import Here
from foedus.web.shown import page
from foedus.web.visitors import Analyst, Reader, log

router = APIRouter(include_in_schema=False)

JOBS_SHOWN = 12


@router.get("/")
def inbox(request: Request, place: Here, _: Reader) -> HTMLResponse:
    """Show the inbox."""
    jobs = place.desk.jobs.newest(JOBS_SHOWN)
    items = {job.id: place.desk.jobs.items(job.id) for job in jobs}
    known = place.memory.snapshot().record
    return page(request, "inbox.html.j2", jobs=jobs, items=items, known=known)


@router.post("/inbox")
async def bring(
    request: Request,
    place: Here,
    visitor: Analyst,
    files: list[UploadFile] | None = None,
    address: Annotated[str, Form(max_length=2000)] = "",
    text: Annotated[str, Form(max_length=2_000_000)] = "",
) -> RedirectResponse:
    """Have what was brought in read, and lead to the job."""
    del request
    given = [*await given_files(files or []), *given_of([address], [text])]
    job = await asyncio.to_thread(begin_reading, place, visitor, given)
    return RedirectResponse(f"/jobs/{job.id}", 303)


@router.get("/jobs/{id_}")
def job(id_: str, request: Request, place: Here, _: Reader) -> HTMLResponse:
    """Show one job as it goes on."""
    found = place.desk.jobs.job(id_)
    items = place.desk.jobs.items(id_)
    return page(request, "job.html.j2", job=found, items=items, told=told(place, id_))


@router.post("/jobs/{id_}/cancel")
def cancel(id_: str, place: Here, visitor: Analyst) -> RedirectResponse:
    """Break a job off."""
    place.desk.jobs.cancel(id_)
    log(place, visitor, "cancel", f"job {id_}")
    return RedirectResponse(f"/jobs/{id_}", 303)
