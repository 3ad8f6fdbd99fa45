"""How the web app is run."""

from __future__ import annotations

from dataclasses import dataclass

UPLOAD_MOST = 40 * 1024 * 1024
"""Bytes that one request may bring: a folder of reports; the largest report is 10 MiB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """How the web app is run.

    Parameters
    ----------
    record
        Where the record is: a file name or a database URL.
    team
        Whether people sign in. When not, whoever reaches the app may do everything, and only this
        machine reaches it.
    hosts
        Names and addresses by which browsers reach it, without ports; a request for another name is
        refused, so that no page elsewhere can have its own name lead here.
    secure
        Whether it is reached by https: cookies are then sent by https alone.
    workers
        Processes that serve; each also runs jobs.
    """

    record: str
    team: bool = False
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "::1")
    secure: bool = False
    workers: int = 1
