"""Accounts, the browsers signed in to them, and the keys by which programs act for them.

Passwords are kept as argon2id digests (RFC 9106), and what a browser or a program
holds as SHA-256 digests, so that a stolen database signs nobody in.
"""

from __future__ import annotations

import hashlib
import secrets
from functools import cache
from typing import TYPE_CHECKING, Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from foedus.desk import schema
from foedus.desk.tables import moment
from foedus.desk.values import ROLES, Account, Session, Token
from foedus.errors import DeskError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from foedus.desk.tables import Tables
    from foedus.desk.values import Role

SESSION_SECONDS = 12 * 3600
"""How long a browser stays signed in: a working day."""

ATTEMPTS_MOST, ATTEMPTS_SECONDS = 5, 900
"""So many failed attempts on one name within so many seconds, and it is not tried further."""

PASSWORD_LEAST, NAME_MOST = 12, 80

_hasher = PasswordHasher()


class Accounts:
    """The accounts of a team."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, name: str, role: Role, password: str) -> Account:
        """Make an account and return it.

        Raises
        ------
        DeskError
            With all that is wrong: the name is taken, empty or too long, the role unknown, the
            password too short.
        """
        name = name.strip()
        _refuse(name, [*_name_faults(name), *_role_faults(role), *_password_faults(password)])
        row = {"name": name, "role": role, "active": True, "made": self._tables.now()}
        try:
            with self._tables.writing() as connection:
                made = insert(schema.accounts).values(**row, password=_hasher.hash(password))
                id_ = connection.execute(made.returning(schema.accounts.c.id)).scalar_one()
                return _account({"id": id_, **row})
        except IntegrityError as error:
            taken = Fault(at="name", found="in use", must="be another", reason="conflict")
            raise DeskError(name, (taken,)) from error

    def all(self) -> tuple[Account, ...]:
        """Return every account, by name."""
        with self._tables.reading() as connection:
            rows = connection.execute(select(schema.accounts).order_by(schema.accounts.c.name))
            return tuple(_account(row) for row in rows.mappings())

    def change(self, id_: int, *, role: Role | None = None, active: bool | None = None) -> Account:
        """Give an account another role, or let it sign in or not; who may not is signed out.

        Raises
        ------
        DeskError
            When there is no such account, or no active admin would be left.
        """
        _refuse(str(id_), _role_faults(role) if role else [])
        values: dict[str, Any] = {}
        values |= {} if role is None else {"role": role}
        values |= {} if active is None else {"active": active}
        table = schema.accounts
        with self._tables.writing() as connection:
            if values:
                connection.execute(update(table).where(table.c.id == id_).values(values))
            account = _by_id(connection, id_)
            admins = select(func.count()).where(table.c.role == "admin", table.c.active)
            if not connection.execute(admins).scalar():
                fault = Fault(at="", found="the last admin", must="stay one", reason="conflict")
                raise DeskError(account.name, (fault,))
            if not account.active:
                sessions, tokens = schema.sessions, schema.tokens
                connection.execute(delete(sessions).where(sessions.c.account == id_))
                connection.execute(delete(tokens).where(tokens.c.account == id_))
        return account

    def set_password(self, id_: int, password: str) -> None:
        """Give an account another password, and sign it out everywhere.

        Raises
        ------
        DeskError
            When there is no such account, or the password is too short.
        """
        _refuse(str(id_), _password_faults(password))
        table, sessions = schema.accounts, schema.sessions
        with self._tables.writing() as connection:
            _by_id(connection, id_)
            hashed = _hasher.hash(password)
            connection.execute(update(table).where(table.c.id == id_).values(password=hashed))
            connection.execute(delete(sessions).where(sessions.c.account == id_))

    def sign_in(self, name: str, password: str) -> str:
        """Return what a browser is to hold from now on, if the password is the account's.

        It takes as long, and says the same, whether there is such an account or not.

        Raises
        ------
        DeskError
            When the two do not fit, or too many attempts on this name have failed (reason
            ``too many``).
        """
        name = name.strip()[:NAME_MOST]
        since = self._tables.now() - ATTEMPTS_SECONDS
        failed = schema.attempts
        with self._tables.reading() as connection:
            table = schema.accounts
            row = connection.execute(select(table).where(table.c.name == name)).mappings().first()
            tries = select(func.count()).where(failed.c.name == name, failed.c.at > since)
            if (connection.execute(tries).scalar() or 0) >= ATTEMPTS_MOST:
                raise DeskError("signing in", (_TOO_MANY,))
        right = _fits(row["password"] if row else _nobodys(), password)
        if row is None or not right or not row["active"]:
            with self._tables.writing() as connection:
                connection.execute(delete(failed).where(failed.c.at <= since))
                entry = {"name": name, "at": self._tables.now()}
                connection.execute(insert(failed).values(entry))
            raise DeskError("signing in", (_NO_FIT,))
        return self._begin(row["id"], name)

    def session(self, held: str) -> Session | None:
        """Return the session of what a browser holds; None when it is none, or over."""
        sessions, accounts = schema.sessions, schema.accounts
        asked = (
            select(accounts, sessions.c.until)
            .join(sessions, sessions.c.account == accounts.c.id)
            .where(sessions.c.key == _digest(held), sessions.c.until > self._tables.now())
            .where(accounts.c.active)
        )
        with self._tables.reading() as connection:
            row = connection.execute(asked).mappings().first()
        if row is None:
            return None
        return Session(account=_account(row), until=moment(row["until"]))

    def sign_out(self, held: str) -> None:
        """End a session."""
        with self._tables.writing() as connection:
            table = schema.sessions
            connection.execute(delete(table).where(table.c.key == _digest(held)))

    def make_token(self, id_: int, label: str) -> tuple[Token, str]:
        """Make a key for a program that acts for an account; return it with what it is, once."""
        held = f"foedus_{secrets.token_urlsafe(32)}"
        label = label.strip()[:NAME_MOST] or "a program"
        now = self._tables.now()
        row = {"label": label, "hint": held[:12], "made": now, "key": _digest(held), "account": id_}
        with self._tables.writing() as connection:
            account = _by_id(connection, id_)
            made = insert(schema.tokens).values(row).returning(schema.tokens.c.id)
            token = Token(
                id=connection.execute(made).scalar_one(),
                account=account.name,
                label=label,
                hint=held[:12],
                made=moment(now),
                used=None,
            )
        return token, held

    def tokens(self, account: int | None = None) -> tuple[Token, ...]:
        """Return the keys there are; those of one account, if asked."""
        tokens, accounts = schema.tokens, schema.accounts
        asked = (
            select(tokens, accounts.c.name)
            .join(accounts, accounts.c.id == tokens.c.account)
            .order_by(tokens.c.id)
        )
        if account is not None:
            asked = asked.where(tokens.c.account == account)
        with self._tables.reading() as connection:
            rows = connection.execute(asked).mappings().all()
        return tuple(
            Token(
                id=row["id"],
                account=row["name"],
                label=row["label"],
                hint=row["hint"],
                made=moment(row["made"]),
                used=None if row["used"] is None else moment(row["used"]),
            )
            for row in rows
        )

    def drop_token(self, id_: int, account: int | None = None) -> None:
        """Make a key useless; only if it is this account's, if one is given."""
        table = schema.tokens
        dropped = delete(table).where(table.c.id == id_)
        if account is not None:
            dropped = dropped.where(table.c.account == account)
        with self._tables.writing() as connection:
            connection.execute(dropped)

    def by_token(self, held: str) -> Account | None:
        """Return the account that a program acts for; None when the key is none."""
        tokens, accounts = schema.tokens, schema.accounts
        asked = (
            select(accounts, tokens.c.id.label("token"), tokens.c.used)
            .join(tokens, tokens.c.account == accounts.c.id)
            .where(tokens.c.key == _digest(held), accounts.c.active)
        )
        with self._tables.reading() as connection:
            row = connection.execute(asked).mappings().first()
        if row is None:
            return None
        now = self._tables.now()
        if row["used"] is None or row["used"] // 86_400 != now // 86_400:  # told to the day
            with self._tables.writing() as connection:
                used = update(tokens).where(tokens.c.id == row["token"]).values(used=now)
                connection.execute(used)
        return _account(row)

    def _begin(self, account: int, name: str) -> str:
        held = secrets.token_urlsafe(32)
        now = self._tables.now()
        sessions, failed = schema.sessions, schema.attempts
        with self._tables.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.until <= now))
            connection.execute(delete(failed).where(failed.c.name == name))
            row = {"key": _digest(held), "account": account, "until": now + SESSION_SECONDS}
            connection.execute(insert(sessions).values(row))
        return held


_NO_FIT = Fault(at="", found="a name and a password that do not fit", must="fit", reason="refused")
_TOO_MANY = Fault(
    at="",
    found=f"{ATTEMPTS_MOST} failed attempts",
    must=f"rest {ATTEMPTS_SECONDS // 60} minutes from the first of them",
    reason="too many",
)


def _account(row: Mapping[Any, Any]) -> Account:
    return Account(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        active=row["active"],
        made=moment(row["made"]),
    )


def _by_id(connection: Connection, id_: int) -> Account:
    table = schema.accounts
    row = connection.execute(select(table).where(table.c.id == id_)).mappings().first()
    if row is None:
        fault = Fault(at="", found="no such account", must="be one", reason="missing")
        raise DeskError(str(id_), (fault,))
    return _account(row)


def _digest(held: str) -> str:
    return hashlib.sha256(held.encode()).hexdigest()


def _fits(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """Return the digest of a password that nobody has: trying it takes as long as a real one."""
    return _hasher.hash(secrets.token_urlsafe(32))


def _name_faults(name: str) -> list[Fault]:
    if 0 < len(name) <= NAME_MOST and name.isprintable():
        return []
    return [Fault(at="name", found=repr(name[:90]), must=f"be 1 to {NAME_MOST} characters")]


def _role_faults(role: str) -> list[Fault]:
    return [] if role in ROLES else [Fault(at="role", found=role, must=f"be one of {ROLES}")]


def _password_faults(password: str) -> list[Fault]:
    if len(password) >= PASSWORD_LEAST:
        return []
    found = f"{len(password)} characters long"
    return [Fault(at="password", found=found, must=f"be {PASSWORD_LEAST} characters or more")]


def _refuse(where: str, faults: list[Fault]) -> None:
    if faults:
        raise DeskError(where or "account", tuple(faults))
