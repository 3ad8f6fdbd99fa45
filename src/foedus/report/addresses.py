"""Which addresses may be fetched: those of the public internet, as they resolve, not as they read.

A name says nothing about where it leads. What is checked is every address it resolves to, and the
connection is then made to the address that was checked, so that a name which resolves differently
a moment later (DNS rebinding) leads nowhere else.

Source: the IANA special-purpose address registries (RFC 6890), as the standard library knows them;
and the forms of IPv6 that carry an IPv4 address inside: mapped (RFC 4291), 6to4 (RFC 3056), Teredo
(RFC 4380) and NAT64 (RFC 6052).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

Resolve = Callable[[str, int], Sequence[str]]
"""Given a host and a port, the addresses that the host has; raises OSError when it has none."""

NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses that the system's resolver gives for a host, each once, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Say whether an address belongs to the public internet.

    Examples
    --------
    >>> is_public("9.9.9.9"), is_public("127.0.0.1"), is_public("169.254.169.254")
    (True, False, False)
    >>> is_public("::ffff:10.0.0.1"), is_public("not an address")
    (False, False)
    """
    try:
        ip = ipaddress.ip_address(address)  # an address with a zone ("fe80::1%eth0") is one too
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        carried = _carried(ip)
        if carried:
            return all(is_public(str(inner)) for inner in carried)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _carried(ip: ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...]:
    """Return the IPv4 addresses that an IPv6 address carries inside it."""
    if ip.ipv4_mapped is not None:
        return (ip.ipv4_mapped,)
    if ip.sixtofour is not None:
        return (ip.sixtofour,)
    if ip.teredo is not None:
        return ip.teredo
    return (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF),) if ip in NAT64 else ()
