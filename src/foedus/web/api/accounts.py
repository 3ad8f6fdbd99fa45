"""Accounts, keys for programs, and the audit log."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from foedus.desk import Role
from foedus.show.data import plain
from foedus.web.place import Here, Place
from foedus.web.visitors import SESSION, Admin, Reader, Visitor, Who, log, new_visit

router = APIRouter(prefix="/api/v1", tags=["accounts"])

Name = Annotated[str, Field(min_length=1, max_length=80)]
Password = Annotated[str, Field(min_length=1, max_length=1000)]


class SignIn(BaseModel):
    """A name and a password."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    password: Password


class NewAccount(SignIn):
    """An account to make."""

    role: Role


class Changed(BaseModel):
    """What is to be another about an account; None leaves it as it is."""

    model_config = ConfigDict(extra="forbid")

    role: Role | None = None
    active: bool | None = None
    password: Password | None = None


class NewToken(BaseModel):
    """A key to make for a program, and what to call it."""

    model_config = ConfigDict(extra="forbid")

    label: Name


@router.get("/session")
def session(visitor: Who, place: Here) -> dict[str, Any]:
    """Say who asks, and the token that changes from this browser carry."""
    told = {"name": visitor.name, "role": visitor.role, "csrf": visitor.token}
    return told | {"team": place.settings.team}


@router.post("/session", status_code=201)
def sign_in(wanted: SignIn, request: Request, response: Response, place: Here) -> dict[str, Any]:
    """Sign in; the cookie that comes back stands for it."""
    begin_session(place, request, response, wanted.name, wanted.password)
    return {"name": wanted.name.strip()}


@router.delete("/session", status_code=204)
def sign_out(request: Request, response: Response, place: Here) -> None:
    """Sign out."""
    end_session(place, request, response)


@router.get("/accounts")
def accounts(place: Here, _: Admin) -> dict[str, Any]:
    """List the accounts."""
    found = place.desk.accounts.all()
    return {"total": len(found), "first": 0, "items": plain(found)}


@router.post("/accounts", status_code=201)
def add(wanted: NewAccount, place: Here, visitor: Admin) -> dict[str, Any]:
    """Make an account."""
    made = place.desk.accounts.add(wanted.name, wanted.role, wanted.password)
    log(place, visitor, "add", f"account {made.name}", made.role)
    return dict(plain(made))


@router.patch("/accounts/{id_}")
def change(id_: int, wanted: Changed, place: Here, visitor: Admin) -> dict[str, Any]:
    """Give an account another role or password, or shut it out."""
    changed = place.desk.accounts.change(id_, role=wanted.role, active=wanted.active)
    if wanted.password is not None:
        place.desk.accounts.set_password(id_, wanted.password)
    kept = {k: v for k, v in wanted.model_dump().items() if v is not None and k != "password"}
    said = [f"{name} = {value}" for name, value in kept.items()]
    said += ["password"] if wanted.password is not None else []
    log(place, visitor, "change", f"account {changed.name}", ", ".join(said))
    return dict(plain(changed))


@router.get("/tokens")
def tokens(place: Here, visitor: Reader) -> dict[str, Any]:
    """List one's own keys."""
    found = () if visitor.account is None else place.desk.accounts.tokens(visitor.account)
    return {"total": len(found), "first": 0, "items": plain(found)}


@router.post("/tokens", status_code=201)
def make_token(wanted: NewToken, place: Here, visitor: Reader) -> dict[str, Any]:
    """Make a key for a program that acts for oneself; ``key`` is told this once."""
    made, key = place.desk.accounts.make_token(_account(visitor), wanted.label)
    log(place, visitor, "add", f"key {made.hint}", made.label)
    return {**plain(made), "key": key}


@router.delete("/tokens/{id_}", status_code=204)
def drop_token(id_: int, place: Here, visitor: Reader) -> None:
    """Make one of one's own keys useless."""
    place.desk.accounts.drop_token(id_, _account(visitor))
    log(place, visitor, "drop", f"key {id_}")


@router.get("/audit")
def audit(place: Here, _: Admin, before: int | None = None) -> dict[str, Any]:
    """List what was done by whom, the newest first."""
    found = place.desk.audit.newest(before=before)
    return {"total": len(found), "first": 0, "items": plain(found)}


def begin_session(
    place: Place, request: Request, response: Response, name: str, password: str
) -> None:
    """Sign a browser in, under a new cookie of its own: one set before it cannot be used after."""
    if not place.settings.team:
        raise HTTPException(409, "Nobody signs in here: whoever uses this machine does everything.")
    held = place.desk.accounts.sign_in(name, password)
    place.desk.audit.write(name.strip(), "sign in", "session")
    request.scope["state"]["renewed"] = new_visit()
    secure = place.settings.secure
    response.set_cookie(SESSION, held, httponly=True, samesite="lax", secure=secure, path="/")


def end_session(place: Place, request: Request, response: Response) -> None:
    """Sign a browser out."""
    if held := request.cookies.get(SESSION):
        place.desk.accounts.sign_out(held)
    response.delete_cookie(SESSION, path="/")


def _account(visitor: Visitor) -> int:
    if visitor.account is None:
        raise HTTPException(
            409, "Keys belong to accounts; here nobody has one, and none is needed."
        )
    return visitor.account
