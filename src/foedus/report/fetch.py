"""A report fetched from an address, without trusting the address, the server or the way there.

Each hop of a redirect is checked like the address that was given: its scheme, that it carries no
password, and that all it resolves to is public. The connection goes to the address that was
checked, under the host's own name (in the Host header and in TLS), so that nothing can be changed
between the check and the use. Proxies named in the environment are not used: a proxy would
resolve the name a second time, out of our sight.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus import __version__
from foedus.report.addresses import Resolve, is_public, resolve
from foedus.report.received import MAX_BYTES, Received, too_large
from foedus.report.refusal import refusal

if TYPE_CHECKING:
    import httpx

REDIRECTS = frozenset({301, 302, 303, 307, 308})
TEXT_TYPES = frozenset({
    "text/html", "text/plain", "text/xml", "application/xhtml+xml", "application/xml",
    "application/rss+xml", "application/atom+xml", "application/rdf+xml",
})  # fmt: skip
SAVE_IT = "Open it in a browser, save the page, and name the file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How much is waited for and taken.

    Parameters
    ----------
    step_seconds
        To connect, and to wait for the next bytes.
    total_seconds
        For one whole answer, so that a server cannot drip for ever.
    redirects
        The most redirects to follow.
    limit
        The most bytes to take.
    """

    step_seconds: float = 10.0
    total_seconds: float = 30.0
    redirects: int = 5
    limit: int = MAX_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One request that may be sent: where to, and under which address that was checked."""

    where: str  # the address as given, for errors
    url: httpx.URL
    hosts: tuple[str, ...]


def fetch(
    address: str,
    *,
    allow_private: bool = False,
    resolver: Resolve = resolve,
    patience: Patience | None = None,
) -> Received:
    """Return what an http or https address answers.

    Parameters
    ----------
    address
        The address as given.
    allow_private
        Let the address lead into private networks and to this machine itself.
    resolver
        What turns a host's name into addresses.
    patience
        How much to wait for and take.

    Raises
    ------
    ReportError
        When the address may not be fetched, cannot be reached, or answers with no text.
    """
    import httpx  # noqa: PLC0415 - takes a tenth of a second, which files need not wait for

    patience = patience or Patience()
    url = _parsed(address, address)
    for _ in range(patience.redirects + 1):
        hop = Hop(
            where=address,
            url=url,
            hosts=_checked_hosts(address, url, resolver, allow_private=allow_private),
        )
        try:
            answer = _ask(hop, patience)
        except httpx.TimeoutException:
            found = f"no answer within {patience.step_seconds:g} seconds"
            raise refusal(
                "not reached", address, found, "answer in time", "Try again later. " + SAVE_IT
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as err:
            found = f"an address that cannot be reached ({err})"
            do = "Check the address and the network."
            raise refusal("not reached", address, found, "answer", do) from None
        if isinstance(answer, Received):
            return answer
        url = _parsed(address, answer)
    found = f"more than {patience.redirects} redirects"
    raise refusal(
        "no page there", address, found, "lead to a page", "Name the page's final address."
    )


def _parsed(where: str, address: str) -> httpx.URL:
    """Return an address in its parts, or refuse it for what can be read off it."""
    import httpx  # noqa: PLC0415 - as above

    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, UnicodeError, ValueError) as err:
        found = f"an address that cannot be read ({err})"
        raise refusal(
            "address refused", where, found, "be an address", "Copy it again from the browser."
        ) from None
    if url.scheme not in {"http", "https"}:
        found = f"the scheme {url.scheme or 'none'}"
        raise refusal("address refused", where, found, "begin with https:// or http://", SAVE_IT)
    if url.userinfo:
        do = "Leave the part before the @ out; save a page that needs a password to a file."
        raise refusal(
            "address refused", where, "a user name or password in the address", "carry none", do
        )
    if url.port is not None and not 0 < url.port < 65536:
        found = f"an address that cannot be read (port {url.port})"
        raise refusal(
            "address refused", where, found, "name a port from 1 to 65535", "Check the address."
        )
    if not url.host:
        raise refusal(
            "address refused", where, "no host in the address", "name one", "Check the address."
        )
    return url


def _checked_hosts(
    where: str, url: httpx.URL, resolver: Resolve, *, allow_private: bool
) -> tuple[str, ...]:
    """Return the addresses that a host resolves to, or refuse it when one of them is not public."""
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        hosts = tuple(resolver(url.raw_host.decode("ascii"), port))
    except (OSError, UnicodeError) as err:
        found = f"a host that cannot be found: {url.host} ({err})"
        do = "Check the address and the network."
        raise refusal("not reached", where, found, "have an address", do) from None
    closed = [host for host in hosts if not is_public(host)]
    if closed and not allow_private:
        found = f"{url.host}, which leads to {closed[0]}"
        must = "lead to the public internet, not to this machine or a private network"
        raise refusal(
            "address refused", where, found, must, "Allow private addresses if you trust this one."
        )
    if not hosts:
        raise refusal(
            "not reached",
            where,
            f"{url.host}, which has no address",
            "have one",
            "Check the address.",
        )
    return hosts


def _ask(hop: Hop, patience: Patience) -> Received | str:
    """Return the answer to one request, or the address that it redirects to."""
    import httpx  # noqa: PLC0415 - as above

    last: Exception | None = None
    with httpx.Client(
        timeout=patience.step_seconds, follow_redirects=False, trust_env=False
    ) as client:
        for host in hop.hosts:
            request = client.build_request(
                "GET",
                hop.url.copy_with(host=host),
                headers={
                    "Host": hop.url.netloc.decode("ascii"),
                    "User-Agent": f"foedus/{__version__}",
                    "Accept": "text/html, application/xhtml+xml, application/rss+xml, "
                    "application/atom+xml, text/plain;q=0.9, application/xml;q=0.9",
                    "Accept-Language": "en",
                    "Accept-Encoding": "gzip, deflate",
                },
                extensions={"sni_hostname": hop.url.raw_host.decode("ascii")},
            )
            try:
                response = client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout) as err:
                last = err  # a host can have addresses that this network does not reach
                continue
            with contextlib.closing(response):
                return _answer(hop, response, patience)
    raise last or httpx.ConnectError("no address to connect to")


def _answer(hop: Hop, response: httpx.Response, patience: Patience) -> Received | str:
    """Return the body of a response, or the address it redirects to, or refuse it."""
    if response.status_code in REDIRECTS and "location" in response.headers:
        return str(hop.url.join(response.headers["location"]))
    if response.status_code != 200:
        found = f"the answer {response.status_code} {response.reason_phrase}".rstrip()
        raise refusal(
            "no page there", hop.where, found, "answer 200 OK", "Check the address. " + SAVE_IT
        )
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind and kind not in TEXT_TYPES:
        must = "be a page, a feed or plain text"
        raise refusal(
            "no page there",
            hop.where,
            f"the content type {kind}",
            must,
            "Name the page of the report.",
        )
    return Received(
        source=hop.where,
        content=_body(hop.where, response, patience),
        charset=response.charset_encoding,
        url=str(hop.url),
    )


def _body(where: str, response: httpx.Response, patience: Patience) -> bytes:
    """Return a body that stays within the limit and comes in time."""
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > patience.limit:
        raise too_large(where, int(declared), patience.limit)
    end = time.monotonic() + patience.total_seconds
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > patience.limit:
            raise too_large(where, len(content), patience.limit)
        if time.monotonic() > end:
            found = f"an answer that took more than {patience.total_seconds:g} seconds"
            raise refusal(
                "not reached", where, found, "come in time", "Try again later. " + SAVE_IT
            )
    return bytes(content)
