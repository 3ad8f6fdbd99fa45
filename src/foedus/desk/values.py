"""What a desk holds, as frozen values; times are UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import datetime as dt

Role = Literal["reader", "analyst", "admin"]
"""What an account may do: read; also add, correct and solve; also see to accounts."""

ROLES: tuple[Role, ...] = ("reader", "analyst", "admin")
"""Every role, each of which may do all that those before it may."""

JobKind = Literal["reports", "answer"]
"""Reading reports into the record; solving a case."""

JobState = Literal["waiting", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may sign in, unless not ``active``."""

    id: int
    name: str
    role: Role
    active: bool
    made: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser that an account has signed in from."""

    account: Account
    until: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A key by which a program acts for an account; ``hint`` is its beginning, to know it by.

    ``used`` is the day it was last used, None before it has been.
    """

    id: int
    account: str
    label: str
    hint: str
    made: dt.datetime
    used: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """Who did what to what, and when."""

    number: int
    at: dt.datetime
    by: str
    action: str
    target: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One thing to be read: a file's name with its bytes, or an address with none."""

    name: str
    content: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a job of reports is about, and what became of it.

    ``said`` says in plain words what was found, or why it was skipped; ``report`` is the id of what
    it became in the record.
    """

    n: int
    name: str
    state: Literal["waiting", "kept", "known", "skipped"]
    said: str
    report: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work that takes a while, kept so that it goes on after a restart.

    ``share`` is how much is done, 0..1; ``says`` what is being done, or why it failed; ``result``
    names what came of it, such as ``{"answer": "..."}``.
    """

    id: str
    kind: JobKind
    by: str
    state: JobState
    made: dt.datetime
    ended: dt.datetime | None
    share: float
    says: str
    asked: dict[str, Any]
    result: dict[str, Any]
    cancelling: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseVersion:
    """A case as somebody left it: version ``n`` of case ``id``, its YAML in ``text``."""

    id: str
    name: str
    n: int
    text: str
    by: str
    at: dt.datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEntry:
    """An answer that was worked out: from which version of which case, and when."""

    id: str
    case: str
    version: int
    title: str
    by: str
    at: dt.datetime
