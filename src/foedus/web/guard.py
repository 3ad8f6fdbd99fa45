"""What stands before every request: whom it is meant for, where it came from, how large it is.

Written for the server itself (ASGI), so that a refused request reaches nothing else.
"""

from __future__ import annotations

import html
import json
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders

from foedus.web.assets import address_of, styles_of_plotly
from foedus.web.settings import UPLOAD_MOST
from foedus.web.visitors import SAFE, VISIT, new_visit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from foedus.web.settings import WebSettings

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
CHANGES_A_MINUTE, REQUESTS_A_MINUTE = 240, 3000
"""What one browser, or one program, may ask of one process in a minute: more than a person does."""

BEHIND_ONE_ADDRESS = 20
"""So many times as much may come from one address: a team may sit behind it."""

log = structlog.get_logger("foedus.web")


class Guard:
    """Refuses what must not come in, and says to browsers how to treat what goes out."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app = app
        self._settings = settings
        self._headers = {"content-security-policy": policy(), **HEADERS}
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limits = {
            "changes": RateLimitItemPerMinute(CHANGES_A_MINUTE, namespace="changes"),
            "requests": RateLimitItemPerMinute(REQUESTS_A_MINUTE, namespace="requests"),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        visit = _cookie(headers, VISIT)
        scope.setdefault("state", {})
        scope["state"]["had_visit"] = visit is not None
        scope["state"]["visit"] = visit or new_visit()
        outward = _Outward(send, scope, self._headers, secure=self._settings.secure)
        refused = self._refused(scope, headers)
        if refused is not None:
            await _refuse(scope, outward, *refused)
            return
        if scope["method"] == "HEAD":  # routes know GET alone; what they say is cut to its head
            scope = {**scope, "method": "GET"}
        inward = _Inward(receive, outward)
        try:
            await self._app(scope, inward, outward)
        except _TooLargeError:
            pass
        except Exception:
            log.exception("fault", path=scope["path"], method=scope["method"])
            if not outward.begun:
                await _refuse(scope, outward, *_OURS)
        if outward.held:
            outward.held = False
            await _refuse(scope, outward, *_TOO_LARGE)

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Return the status and the reason to refuse a request with; None to let it in."""
        host = _name(headers.get("host", ""))
        if host not in self._settings.hosts:
            return 421, f"This server does not answer to the name {host or 'given'}."
        if scope["method"] not in SAFE and not _from_here(headers):
            return 403, "Another site sent this. Nothing was changed."
        if not self._within_limits(scope):
            return 429, "Too many requests. Wait a minute."
        size = headers.get("content-length", "0")
        if not size.isdigit() or int(size) > UPLOAD_MOST:
            return _TOO_LARGE
        return None

    def _within_limits(self, scope: Scope) -> bool:
        """Count a request, by whom it comes from and by the address; say whether it is too many."""
        address = (scope.get("client") or ("nobody", 0))[0]
        state = scope["state"]
        who = state["visit"] if state["had_visit"] else address
        kinds = ["requests"] if scope["method"] in SAFE else ["requests", "changes"]
        return all(
            self._limiter.hit(self._limits[kind], who)
            and self._limiter.hit(_times(self._limits[kind], BEHIND_ONE_ADDRESS), "from", address)
            for kind in kinds
        )


_TOO_LARGE = (413, f"More than {UPLOAD_MOST // 2**20} MiB at once. Send it in parts.")
_OURS = (500, "This is a fault of foedus; it is written down in the log. Please report it.")


class _TooLargeError(Exception):
    """More came in than is taken."""


class _Inward:
    """Counts what comes in: the size that a request gives for itself need not be true."""

    def __init__(self, receive: Receive, outward: _Outward) -> None:
        self._receive = receive
        self._outward = outward
        self._size = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._size += len(message.get("body", b""))
        if self._size > UPLOAD_MOST:
            self._outward.held = not self._outward.begun  # what the app makes of it is not sent
            raise _TooLargeError
        return message


class _Outward:
    """Adds the headers, and the cookie of a new browser, to what goes out."""

    def __init__(
        self, send: Send, scope: Scope, headers: Mapping[str, str], *, secure: bool
    ) -> None:
        self._send = send
        self._state = scope["state"]
        self._headers = headers
        self._secure = secure
        self._head_alone = scope["method"] == "HEAD"
        self.begun = False
        self.held = False

    async def __call__(self, message: Message) -> None:
        if self.held or (self._head_alone and self.begun):
            return
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            if "cache-control" not in headers:
                headers["cache-control"] = "no-store"
            if self._secure:
                headers["strict-transport-security"] = "max-age=31536000"
            is_page = "text/html" in headers.get("content-type", "")
            if (is_page and not self._state["had_visit"]) or "renewed" in self._state:
                secure = "; Secure" if self._secure else ""
                visit = self._state.get("renewed", self._state["visit"])
                cookie = f"{VISIT}={visit}; Path=/; HttpOnly; SameSite=Lax{secure}"
                headers.append("set-cookie", cookie)
        await self._send(message)
        if self._head_alone:
            await self._send({"type": "http.response.body", "body": b""})


def _times(limit: RateLimitItemPerMinute, factor: int) -> RateLimitItemPerMinute:
    return RateLimitItemPerMinute(limit.amount * factor, namespace=limit.namespace)


def _cookie(headers: Headers, name: str) -> str | None:
    found = SimpleCookie(headers.get("cookie", "")).get(name)
    return found.value if found is not None and 16 <= len(found.value) <= 64 else None


def _name(host: str) -> str:
    """Return the name in a Host header, without its port.

    Examples
    --------
    >>> _name("localhost:8000"), _name("[::1]:8000"), _name("[::1]"), _name("Foedus.example")
    ('localhost', '::1', '::1', 'foedus.example')
    """
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _from_here(headers: Headers) -> bool:
    """Say whether a change comes from this app's own pages, or from no page at all."""
    if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def policy() -> str:
    """Return the policy of every page: all that it loads is ours, and nothing stands inline.

    plotly.js begins by putting two styles into the page, an empty one that it fills and one for
    maps that we do not use; the two are allowed by what they hold.
    """
    styles = " ".join(f"'sha256-{digest}'" for digest in styles_of_plotly())
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' {styles}; img-src 'self' data:;"
        " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    )


async def _refuse(scope: Scope, send: _Outward, status: int, said: str) -> None:
    """Answer with a short page, or for the API with JSON."""
    if scope["path"].startswith("/api/"):
        body, kind = json.dumps({"status": status, "detail": said}), "application/problem+json"
    else:
        style, said = address_of("app.css"), html.escape(said)
        body = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{status}</title>'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<link rel="stylesheet" href="{style}"></head><body><main><h1>{status}</h1>'
            f'<p class="lead">{said}</p><p><a href="/">Back to the inbox</a></p></main>'
            "</body></html>"
        )
        kind = "text/html; charset=utf-8"
    headers = [(b"content-type", kind.encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})
