"""Who asks, what they may do, and whether they themselves sent the form.

A browser holds a random cookie; the token in each form is made from it with the desk's secret, so
that no other page can send a form in a visitor's name (OWASP, "Cross-Site Request Forgery
Prevention Cheat Sheet": signed double submit). A program sends a key instead and needs no token,
since no browser sends a key by itself.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from foedus.desk import ROLES, Role
from foedus.web.place import Here, Place

VISIT, SESSION = "foedus_visit", "foedus_session"
"""Cookies: any browser's own, and that of one that is signed in."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN_HEADER, TOKEN_FIELD = "x-csrf-token", "csrf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks.

    ``name`` is what their changes are signed with; ``role`` None for one who has to sign in first;
    ``account`` the number of the account, None where nobody signs in; ``token`` stands in forms.
    """

    name: str
    role: Role | None
    account: int | None
    token: str

    def may(self, role: Role) -> bool:
        """Say whether they may do what ``role`` may."""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(role)


def new_visit() -> str:
    """Return a cookie for a browser that has none."""
    return secrets.token_urlsafe(24)


def form_token(secret: bytes, visit: str) -> str:
    """Return the token that forms sent to this browser carry."""
    return hmac.new(secret, visit.encode(), hashlib.sha256).hexdigest()


def visitor_of(request: Request, place: Here) -> Visitor:
    """Return who asks; the request may come from a browser or a program."""
    visit = request.state.visit
    token = form_token(place.desk.secret, visit)
    if not place.settings.team:
        return Visitor(name=_own_name(request), role="admin", account=None, token=token)
    account = None
    if (key := _key(request)) is not None:
        account = place.desk.accounts.by_token(key)
    elif held := request.cookies.get(SESSION):
        session = place.desk.accounts.session(held)
        account = session.account if session else None
    if account is None:
        return Visitor(name="", role=None, account=None, token=token)
    return Visitor(name=account.name, role=account.role, account=account.id, token=token)


Who = Annotated[Visitor, Depends(visitor_of)]


async def meant(request: Request, place: Here) -> None:
    """Refuse a change that the visitor's own page did not send.

    Raises
    ------
    HTTPException
        With status 403.
    """
    if request.method in SAFE or _key(request) is not None:
        return
    from_a_browser = request.state.had_visit or SESSION in request.cookies
    if not from_a_browser and "origin" not in request.headers:
        return  # no browser sends a change from elsewhere without saying from where
    sent = request.headers.get(TOKEN_HEADER)
    if sent is None and _is_form(request):
        sent = str((await request.form()).get(TOKEN_FIELD, ""))
    right = form_token(place.desk.secret, request.state.visit)
    if not hmac.compare_digest((sent or "").encode(), right.encode()):
        raise HTTPException(
            403, "The form has grown old, or another page sent it. Load the page anew and repeat."
        )


class Allowed:
    """A dependency that lets through who may do what a role may; others sign in, or are refused."""

    def __init__(self, role: Role) -> None:
        self._role = role

    def __call__(self, visitor: Who) -> Visitor:
        """Return the visitor.

        Raises
        ------
        HTTPException
            With status 401 when nobody is signed in, 403 when their role is not enough.
        """
        if visitor.role is None:
            raise HTTPException(401, "Sign in first.")
        if not visitor.may(self._role):
            raise HTTPException(403, f"This takes the role {self._role}; yours is {visitor.role}.")
        return visitor


Reader = Annotated[Visitor, Depends(Allowed("reader"))]
Analyst = Annotated[Visitor, Depends(Allowed("analyst"))]
Admin = Annotated[Visitor, Depends(Allowed("admin"))]


def log(place: Place, visitor: Visitor, action: str, target: str, said: str = "") -> None:
    """Write a change into the audit log."""
    place.desk.audit.write(visitor.name, action, target, said)


def _key(request: Request) -> str | None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" and key.strip() else None


def _is_form(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in {"application/x-www-form-urlencoded", "multipart/form-data"}


def _own_name(request: Request) -> str:
    """Return the name that the one user of this machine signs with."""
    name: str = request.app.state.own_name
    return name
