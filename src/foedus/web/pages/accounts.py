"""Signing in, one's own keys, the team's accounts, the audit log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from foedus.desk import ROLES, Role
from foedus.errors import DeskError
from foedus.web.api.accounts import (
    Changed,
    NewAccount,
    NewToken,
    begin_session,
    change,
    drop_token,
    end_session,
    make_token,
)
from foedus.web.api.accounts import add as add_account
from foedus.web.faults import status_of
from foedus.web.pages.changes import own_address
from foedus.web.place import Here
from foedus.web.shown import page
from foedus.web.visitors import Admin, Reader, Visitor

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def sign_in_page(request: Request, then: str = "/") -> HTMLResponse:
    """Ask for a name and a password."""
    return page(request, "sign-in.html.j2", then=own_address(then, "/"), said="", name="")


@router.post("/sign-in")
def sign_in(
    request: Request,
    place: Here,
    name: Annotated[str, Form(max_length=80)],
    password: Annotated[str, Form(max_length=1000)],
    then: Annotated[str, Form()] = "/",
) -> Response:
    """Sign in, and lead to the page that was asked for."""
    to = own_address(then, "/")
    answer = RedirectResponse(to, 303)
    try:
        begin_session(place, request, answer, name, password)
    except DeskError as error:
        status, said = status_of(error), str(error.faults[0])
        return page(request, "sign-in.html.j2", status=status, then=to, said=said, name=name)
    return answer


@router.post("/sign-out")
def sign_out(request: Request, place: Here) -> RedirectResponse:
    """Sign out."""
    answer = RedirectResponse("/sign-in" if place.settings.team else "/", 303)
    end_session(place, request, answer)
    return answer


@router.get("/settings")
def settings(request: Request, place: Here, visitor: Reader) -> HTMLResponse:
    """Show where the record is, one's own keys, and for an admin the accounts and the log."""
    return _settings(request, place, visitor)


@router.post("/settings/tokens")
def token(
    request: Request, place: Here, visitor: Reader, label: Annotated[str, Form(max_length=80)]
) -> HTMLResponse:
    """Make a key, and show it this once."""
    made = make_token(NewToken(label=label), place, visitor)
    return _settings(request, place, visitor, key=str(made["key"]))


@router.post("/settings/tokens/{id_}/drop")
def drop(id_: int, place: Here, visitor: Reader) -> RedirectResponse:
    """Make a key useless."""
    drop_token(id_, place, visitor)
    return RedirectResponse("/settings#keys", 303)


@router.post("/settings/accounts")
def add(
    place: Here,
    visitor: Admin,
    name: Annotated[str, Form(max_length=80)],
    password: Annotated[str, Form(max_length=1000)],
    role: Annotated[Role, Form()],
) -> RedirectResponse:
    """Make an account."""
    add_account(NewAccount(name=name, password=password, role=role), place, visitor)
    return RedirectResponse("/settings#accounts", 303)


@router.post("/settings/accounts/{id_}")
def alter(
    id_: int,
    place: Here,
    visitor: Admin,
    role: Annotated[Role, Form()],
    active: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Give an account another role, or shut it out."""
    change(id_, Changed(role=role, active=bool(active)), place, visitor)
    return RedirectResponse("/settings#accounts", 303)


def _settings(request: Request, place: Here, visitor: Visitor, key: str = "") -> HTMLResponse:
    desk, admin = place.desk, visitor.may("admin")
    return page(
        request,
        "settings.html.j2",
        record=place.store.name,
        tokens=() if visitor.account is None else desk.accounts.tokens(visitor.account),
        accounts=desk.accounts.all() if admin else (),
        audit=desk.audit.newest(60) if admin else (),
        roles=ROLES,
        key=key,
    )
